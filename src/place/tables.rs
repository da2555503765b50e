//! The gazetteer's CSV tables, embedded or a workspace's own.
//!
//! Responsible for: reading them into divisions, villages and former names, and for leaving out
//! points of doubtful origin. Not responsible for: looking anything up (`gazetteer`).

use super::adcode::Adcode;
use super::gazetteer::{Division, Former, GazetteerChoice, GazetteerError, Source, Spot};
use super::outline::{Outline, Outlines};
use crate::domain::geo::{LonLat, PlaceLevel};

const GAZETTEER: &str = include_str!("../../data/gazetteer.csv");
const TOWNS: &str = include_str!("../../data/towns-cn.csv");
const FORMER: &str = include_str!("../../data/county-aliases.csv");
const VILLAGES: &str = include_str!("../../data/hunan-villages.csv");
const OLD_TOWNS: &str = include_str!("../../data/hunan-old-towns.csv");

/// All divisions of the embedded tables. They are checked by a test, so that a row that cannot be
/// read is only skipped.
pub(crate) fn builtin_divisions(choice: GazetteerChoice) -> Vec<Division> {
    let mut divisions = Vec::new();
    if let Ok(table) = Table::new(GAZETTEER) {
        divisions.extend(
            table
                .rows()
                .filter_map(|(_, row)| division(&table, &row, choice).ok()),
        );
    }
    divisions.extend(builtin_towns(choice));
    divisions
}

/// The divisions of a workspace's own table; the error names the first line that cannot be read.
pub(crate) fn own_divisions(
    text: &str,
    choice: GazetteerChoice,
) -> Result<Vec<Division>, GazetteerError> {
    let table = Table::new(text)?;
    for column in ["adcode", "province", "city", "county", "township"] {
        if table.column(column).is_none() {
            let message = format!("column {column} is missing");
            return Err(GazetteerError { line: 1, message });
        }
    }
    let read = |(line, row)| {
        division(&table, &row, choice).map_err(|message| GazetteerError { line, message })
    };
    table.rows().map(read).collect()
}

/// A CSV text with its header read.
struct Table {
    header: csv::StringRecord,
    records: Vec<(u64, csv::StringRecord)>,
}

impl Table {
    fn new(text: &str) -> Result<Self, GazetteerError> {
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .from_reader(text.as_bytes());
        let failed = |error: &csv::Error| GazetteerError {
            line: error.position().map_or(0, csv::Position::line),
            message: error.to_string(),
        };
        let header = reader.headers().map_err(|error| failed(&error))?.clone();
        let mut records = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| failed(&error))?;
            records.push((record.position().map_or(0, csv::Position::line), record));
        }
        Ok(Self { header, records })
    }

    fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|header| header.trim() == name)
    }

    fn rows(&self) -> impl Iterator<Item = (u64, Row<'_>)> {
        self.records.iter().map(|(line, record)| {
            (
                *line,
                Row {
                    table: self,
                    record,
                },
            )
        })
    }
}

/// One record, read by column name.
struct Row<'a> {
    table: &'a Table,
    record: &'a csv::StringRecord,
}

impl Row<'_> {
    fn text(&self, column: &str) -> &str {
        let cell = self.table.column(column).and_then(|at| self.record.get(at));
        cell.unwrap_or("").trim()
    }

    fn number(&self, column: &str) -> Option<f64> {
        self.text(column)
            .parse()
            .ok()
            .filter(|number: &f64| number.is_finite())
    }

    fn code(&self, column: &str) -> Option<Adcode> {
        Adcode::parse(self.text(column))
    }

    fn point(&self, lon: &str, lat: &str) -> Option<LonLat> {
        let (lon, lat) = (self.number(lon)?, self.number(lat)?);
        ((-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat))
            .then_some(LonLat { lon, lat })
    }
}

/// A row of the gazetteer; the error says what was found.
fn division(table: &Table, row: &Row<'_>, choice: GazetteerChoice) -> Result<Division, String> {
    let adcode = row
        .code("adcode")
        .ok_or_else(|| format!("adcode {:?} is not six or nine digits", row.text("adcode")))?;
    let level = adcode.level();
    let column = match level {
        PlaceLevel::Province => "province",
        PlaceLevel::City => "city",
        PlaceLevel::County => "county",
        PlaceLevel::Township | PlaceLevel::Village | PlaceLevel::Point => "township",
    };
    let name = row.text(column).to_owned();
    if name.is_empty() {
        return Err(format!("{adcode} has no name in column {column}"));
    }
    let lonlat = row.point("lon", "lat");
    let src = match (table.column("src"), lonlat) {
        (_, None) => Source::Parent,
        (None, Some(_)) => Source::Own,
        (Some(_), Some(_)) => Source::parse(row.text("src")),
    };
    let geonames = row.point("gn_lon", "gn_lat");
    let (lonlat, src) = match choice {
        GazetteerChoice::All => (lonlat, src),
        GazetteerChoice::Clean => clean_point(adcode, lonlat, src, geonames),
    };
    Ok(Division {
        adcode,
        level,
        name,
        lonlat,
        src,
        spread_km: row.number("spread_km"),
    })
}

/// The point a clean build may use: never one whose origin is in doubt, nor one copied from such.
fn clean_point(
    adcode: Adcode,
    lonlat: Option<LonLat>,
    src: Source,
    geonames: Option<LonLat>,
) -> (Option<LonLat>, Source) {
    if !src.origin_in_doubt() && src != Source::Parent {
        return (lonlat, src);
    }
    if let Some(point) = geonames {
        return (Some(point), Source::GeoNames);
    }
    match Outlines::builtin()
        .county(adcode)
        .and_then(Outline::inside_point)
    {
        Some(point) => (Some(point), Source::Outline),
        None => (None, Source::Parent),
    }
}

fn builtin_towns(choice: GazetteerChoice) -> Vec<Division> {
    let Ok(table) = Table::new(TOWNS) else {
        return Vec::new();
    };
    let town = |row: &Row<'_>| {
        let lonlat = row.point("lon", "lat");
        let src = if lonlat.is_some() {
            Source::parse(row.text("src"))
        } else {
            Source::Parent
        };
        let kept = choice == GazetteerChoice::All || !src.origin_in_doubt();
        Some(Division {
            adcode: row.code("adcode")?,
            level: PlaceLevel::Township,
            name: row.text("name").to_owned(),
            lonlat: lonlat.filter(|_| kept),
            src: if kept { src } else { Source::Parent },
            spread_km: None,
        })
    };
    table.rows().filter_map(|(_, row)| town(&row)).collect()
}

/// Villages and former townships; their points all come from the source in doubt.
pub(crate) fn builtin_spots(choice: GazetteerChoice) -> Vec<Spot> {
    let kept = |point: Option<LonLat>| point.filter(|_| choice == GazetteerChoice::All);
    let mut spots = Vec::new();
    if let Ok(table) = Table::new(VILLAGES) {
        spots.extend(table.rows().filter_map(|(_, row)| {
            Some(Spot {
                name: row.text("village").to_owned(),
                within: row
                    .code("township_adcode")
                    .or_else(|| row.code("county_adcode"))?,
                lonlat: kept(row.point("lon", "lat")),
                level: PlaceLevel::Village,
            })
        }));
    }
    if let Ok(table) = Table::new(OLD_TOWNS) {
        spots.extend(table.rows().filter_map(|(_, row)| {
            Some(Spot {
                name: row.text("old_name").to_owned(),
                within: row.code("cur_county_adcode")?,
                lonlat: kept(row.point("lon", "lat")),
                level: PlaceLevel::Township,
            })
        }));
    }
    spots
}

pub(crate) fn builtin_former() -> impl Iterator<Item = Former> {
    let table = Table::new(FORMER).ok();
    let read = |row: &Row<'_>| {
        Some(Former {
            name: row.text("old_name").to_owned(),
            city: row.text("old_city").to_owned(),
            code: row.code("old_adcode")?,
            now: row.code("cur_adcode")?,
            last_year: row.text("last_year").parse().ok()?,
        })
    };
    let rows: Vec<Former> = table
        .iter()
        .flat_map(Table::rows)
        .filter_map(|(_, row)| read(&row))
        .collect();
    rows.into_iter()
}
