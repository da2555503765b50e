//! One file per table of the contract: a record to a value of the domain.
//!
//! Responsible for: what each table's columns mean, its defaults and its references to others.
//! Not responsible for: opening files (`desk`), reading cells (`cells`), merging (`duplicates`).

pub(crate) mod bom;
pub(crate) mod calendar;
pub(crate) mod crew;
mod folder;
pub(crate) mod history;
pub(crate) mod items;
pub(crate) mod matrix;
pub(crate) mod models;
pub(crate) mod parts;
pub(crate) mod past_visits;
pub(crate) mod peers;
pub(crate) mod points;
pub(crate) mod population;
pub(crate) mod rules;
pub(crate) mod stock;
pub(crate) mod suppliers;
pub(crate) mod symptoms;
pub(crate) mod tools;
pub(crate) mod vans;

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{Catalogue, Date, Datum, LonLat, TransportMode};
use crate::findings::Finding;

use super::cells;
use super::desk::{Keyed, ToWgs84};
use super::record::Record;

/// A map of rows by key.
fn by_key<T>(rows: Vec<Keyed<T>>) -> BTreeMap<String, T> {
    rows.into_iter().map(|row| (row.key, row.value)).collect()
}

/// The values of rows, in their order.
fn values<T>(rows: Vec<Keyed<T>>) -> Vec<T> {
    rows.into_iter().map(|row| row.value).collect()
}

/// A code that must stand in another table; a warning where it does not.
fn refer(record: &mut Record<'_>, key: &str, known: bool, code: &str) {
    if !known {
        record.tell(record.finding(code, key));
    }
}

/// `applies_to`: says so where no model of the catalogue fits. Empty stands for every model.
fn pattern(record: &mut Record<'_>, catalogue: &Catalogue) -> String {
    let list = record.list("applies_to");
    if list.is_empty() {
        return "*".to_owned();
    }
    for one in &list {
        if !catalogue
            .models
            .keys()
            .any(|model| catalogue.applies(one, model))
        {
            record.tell(record.finding("D305", "applies_to").value(one.clone()));
        }
    }
    list.join("|")
}

/// Dates of a list; each that is none is reported.
fn dates(record: &mut Record<'_>, key: &str) -> BTreeSet<Date> {
    let mut days = BTreeSet::new();
    for text in cells::list::read_days(record.raw(key)) {
        match cells::date::read(&text).into_value() {
            Some(date) => {
                days.insert(date);
            }
            None => record.tell(record.finding("D101", key).value(text)),
        }
    }
    days
}

/// Transport modes of a list; each that is none is reported.
fn modes(record: &mut Record<'_>, key: &str) -> BTreeSet<TransportMode> {
    let mut modes = BTreeSet::new();
    for text in cells::list::read_days(record.raw(key)) {
        if let Some(mode) = cells::words::transport_mode(&text) {
            modes.insert(mode);
        } else {
            let finding = record.finding("D109", key).value(text);
            record.tell(finding.arg("allowed", "road | express | air (汽运 | 快递 | 空运)"));
        }
    }
    modes
}

/// Where the datum and its conversion come from for one file.
#[derive(Clone, Copy)]
struct Positions<'s> {
    datum: Datum,
    to_wgs84: ToWgs84<'s>,
}

/// The position of a row in WGS-84. Longitude and latitude written the wrong way round are
/// recognised where both only make sense so.
fn position(record: &mut Record<'_>, positions: Positions<'_>) -> Option<LonLat> {
    const CHINA_LON: std::ops::RangeInclusive<f64> = 73.0..=136.0;
    const CHINA_LAT: std::ops::RangeInclusive<f64> = 3.0..=54.0;
    let (lon, lat) = (record.number("lon")?, record.number("lat")?);
    if lon == 0.0 && lat == 0.0 {
        return None;
    }
    if CHINA_LON.contains(&lon) && CHINA_LAT.contains(&lat) {
        return Some((positions.to_wgs84)(positions.datum, LonLat { lon, lat }));
    }
    if CHINA_LON.contains(&lat) && CHINA_LAT.contains(&lon) {
        let rule = "position: longitude and latitude swapped";
        let (from_lon, from_lat) = (record.text("lon"), record.text("lat"));
        record.note_repair("lon", &from_lon, from_lat.clone(), rule);
        record.note_repair("lat", &from_lat, from_lon, rule);
        return Some((positions.to_wgs84)(
            positions.datum,
            LonLat { lon: lat, lat: lon },
        ));
    }
    let value = format!("{lon}, {lat}");
    let finding: Finding = record.finding("D113", "lon").value(value);
    record.tell(finding);
    None
}
