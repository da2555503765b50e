//! The gazetteer: divisions of China down to the township, their points and former names.
//!
//! Responsible for: reading the embedded tables or a workspace's own, and looking divisions up.
//! Not responsible for: reading addresses (`matcher`). Where the data comes from and under
//! which licence: `data/SOURCES.md`; every point keeps its source letter.

use std::fmt;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::adcode::Adcode;
use super::tables;
use crate::domain::geo::{LonLat, PlaceLevel};

/// Median distance of a customer from the township's point, measured in Hunan.
const TOWNSHIP_ERROR_KM: f64 = 4.3;
/// The same for a village.
const VILLAGE_ERROR_KM: f64 = 1.0;
/// Where a county has no townships with points to measure its spread on.
const COUNTY_ERROR_KM: f64 = 20.0;
/// The same for a city, and for a province.
const REGION_ERROR_KM: f64 = 60.0;

/// Which points may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum GazetteerChoice {
    /// Every point, also those whose origin is in doubt (sources A and V).
    #[default]
    All,
    /// Only points of clean origin: `GeoNames`, or a point inside the county's outline; a division
    /// without one keeps its name and borrows its parent's point.
    Clean,
}

impl GazetteerChoice {
    /// From the setting: `clean`, anything else is all.
    pub fn of(setting: &str) -> Self {
        if setting == "clean" {
            Self::Clean
        } else {
            Self::All
        }
    }
}

/// Where a division's point comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// Seat of government, Vonng/adcode (Amap upstream: origin in doubt).
    #[serde(rename = "A")]
    Adcode,
    /// Median of the township's village points (same origin).
    #[serde(rename = "V")]
    Villages,
    /// `GeoNames`.
    #[serde(rename = "G")]
    GeoNames,
    /// A point inside the Tianditu outline, not the seat.
    #[serde(rename = "T")]
    Outline,
    /// The parent's point.
    #[serde(rename = "P")]
    Parent,
    /// The workspace's own gazetteer, with a letter we do not know.
    #[serde(rename = "own")]
    Own,
}

impl Source {
    pub(crate) fn parse(letter: &str) -> Self {
        match letter {
            "A" => Self::Adcode,
            "V" => Self::Villages,
            "G" => Self::GeoNames,
            "T" => Self::Outline,
            "P" => Self::Parent,
            _ => Self::Own,
        }
    }

    pub(crate) fn origin_in_doubt(self) -> bool {
        matches!(self, Self::Adcode | Self::Villages)
    }
}

/// One division.
#[derive(Debug, Clone, PartialEq)]
pub struct Division {
    /// Its code.
    pub adcode: Adcode,
    /// Its level, township to province.
    pub level: PlaceLevel,
    /// Its full official name.
    pub name: String,
    /// Its point; `None` where no point of the chosen origin is known for it.
    pub lonlat: Option<LonLat>,
    /// Where the point comes from.
    pub src: Source,
    /// Median distance of its townships from its point.
    pub spread_km: Option<f64>,
}

/// The names of a division and of those above it; empty where there is none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DivisionNames<'a> {
    /// Province.
    pub province: &'a str,
    /// Prefecture or city.
    pub city: &'a str,
    /// County, county city or district.
    pub county: &'a str,
    /// Township or street.
    pub town: &'a str,
}

/// A village or a former township: a name with a point inside a present division.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Spot {
    pub(crate) name: String,
    pub(crate) within: Adcode,
    pub(crate) lonlat: Option<LonLat>,
    pub(crate) level: PlaceLevel,
}

/// A county's former name, or its present name under a former city.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Former {
    pub(crate) name: String,
    pub(crate) city: String,
    /// The code it had then: says which city it was read under.
    pub(crate) code: Adcode,
    pub(crate) now: Adcode,
    pub(crate) last_year: u16,
}

/// A gazetteer that cannot be used: what is wrong, with the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GazetteerError {
    /// Physical line, 1-based; 0 when the file as a whole is meant.
    pub line: u64,
    /// What is wrong and what was expected.
    pub message: String,
}

impl fmt::Display for GazetteerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "gazetteer line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for GazetteerError {}

/// Divisions sorted by code, with villages and former names.
#[derive(Debug, Clone, PartialEq)]
pub struct Gazetteer {
    divisions: Vec<Division>,
    pub(crate) spots: Vec<Spot>,
    pub(crate) former: Vec<Former>,
}

impl Gazetteer {
    /// The gazetteer that comes with the program, read once for each choice.
    pub fn builtin(choice: GazetteerChoice) -> &'static Self {
        static ALL: OnceLock<Gazetteer> = OnceLock::new();
        static CLEAN: OnceLock<Gazetteer> = OnceLock::new();
        match choice {
            GazetteerChoice::All => ALL.get_or_init(|| Self::read_builtin(choice)),
            GazetteerChoice::Clean => CLEAN.get_or_init(|| Self::read_builtin(choice)),
        }
    }

    fn read_builtin(choice: GazetteerChoice) -> Self {
        let mut gazetteer = Self::assemble(tables::builtin_divisions(choice));
        gazetteer.spots = tables::builtin_spots(choice);
        gazetteer
    }

    /// A workspace's own gazetteer: CSV text with the columns of `data/gazetteer.csv`
    /// (`adcode` and the names are required). It replaces the embedded one; former county names
    /// are added where their present county is in it.
    pub fn from_csv(text: &str, choice: GazetteerChoice) -> Result<Self, GazetteerError> {
        Ok(Self::assemble(tables::own_divisions(text, choice)?))
    }

    fn assemble(mut divisions: Vec<Division>) -> Self {
        divisions.sort_by_key(|division| division.adcode);
        divisions.dedup_by_key(|division| division.adcode);
        let mut gazetteer = Self {
            divisions,
            spots: Vec::new(),
            former: Vec::new(),
        };
        gazetteer.former = tables::builtin_former()
            .filter(|former| gazetteer.get(former.now).is_some())
            .collect();
        gazetteer
    }

    /// All divisions, by code.
    pub fn divisions(&self) -> &[Division] {
        &self.divisions
    }

    /// One division.
    pub fn get(&self, adcode: Adcode) -> Option<&Division> {
        let at = self
            .divisions
            .binary_search_by_key(&adcode, |division| division.adcode)
            .ok()?;
        self.divisions.get(at)
    }

    /// Its name and the names above it.
    pub fn names(&self, adcode: Adcode) -> DivisionNames<'_> {
        let name = |code: Adcode, level: PlaceLevel| {
            self.get(code)
                .filter(|division| division.level == level)
                .map_or("", |division| division.name.as_str())
        };
        DivisionNames {
            province: name(adcode.province(), PlaceLevel::Province),
            city: name(adcode.city(), PlaceLevel::City),
            county: name(adcode.county(), PlaceLevel::County),
            town: name(adcode, PlaceLevel::Township),
        }
    }

    /// The point of a division or, where it has none, of the nearest division above it; with the
    /// typical distance in kilometres of a customer from that point.
    pub fn point(&self, adcode: Adcode) -> Option<(LonLat, f64)> {
        let levels = [adcode, adcode.county(), adcode.city(), adcode.province()];
        let mut borrowed = false;
        for code in levels {
            let Some(division) = self.get(code) else {
                continue;
            };
            let own = division.src != Source::Parent;
            // A row marked P carries its parent's point already, so the parent's spread counts.
            if let Some(point) = division.lonlat.filter(|_| own || code == adcode.province()) {
                let error = if borrowed {
                    spread_of(division)
                } else {
                    division.error_km()
                };
                return Some((point, error));
            }
            borrowed = true;
        }
        None
    }

    pub(crate) fn spot(&self, at: u32) -> Option<&Spot> {
        self.spots.get(at as usize)
    }

    pub(crate) fn spot_error_km(spot: &Spot) -> f64 {
        if spot.level == PlaceLevel::Village {
            VILLAGE_ERROR_KM
        } else {
            TOWNSHIP_ERROR_KM
        }
    }
}

impl Division {
    /// Typical distance of a customer known only to this division from its point.
    fn error_km(&self) -> f64 {
        if self.level == PlaceLevel::Township {
            TOWNSHIP_ERROR_KM
        } else {
            spread_of(self)
        }
    }
}

/// The spread when it is known, else what is usual on that level.
fn spread_of(division: &Division) -> f64 {
    division.spread_km.unwrap_or(match division.level {
        PlaceLevel::Province | PlaceLevel::City => REGION_ERROR_KM,
        PlaceLevel::County | PlaceLevel::Township | PlaceLevel::Village | PlaceLevel::Point => {
            COUNTY_ERROR_KM
        }
    })
}
