//! `tourplan solve place`: rows of addresses in, rows of divisions out.
//!
//! Responsible for: the fields of the output table. Not responsible for: reading and writing CSV.

use serde::{Deserialize, Serialize};

use super::gazetteer::DivisionNames;
use super::matcher::{Matcher, Query, Resolution, Via};
use crate::domain::geo::PlaceLevel;

/// One input row; columns that are missing are empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlaceRow {
    /// Address.
    pub address: String,
    /// Province.
    pub province: String,
    /// City.
    pub city: String,
    /// County.
    pub county: String,
    /// Township.
    pub town: String,
}

/// One output row. `adcode` is empty where the place is not determined.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct PlaceAnswer {
    /// Province, in full.
    pub province: String,
    /// City.
    pub city: String,
    /// County.
    pub county: String,
    /// Township.
    pub town: String,
    /// Code of the deepest division: six digits, a township's nine.
    pub adcode: String,
    /// Level of what was found (`village` is finer than its `adcode`); empty if nothing was.
    pub level: Option<PlaceLevel>,
    /// Longitude of the point, WGS-84.
    pub lon: Option<f64>,
    /// Latitude of the point, WGS-84.
    pub lat: Option<f64>,
    /// 0 to 1; 0 where the place is not determined.
    pub confidence: f64,
    /// Codes that fit equally well, joined by `|`; empty unless ambiguous.
    pub candidates: String,
    /// `found`, `ambiguous` or `unknown`.
    pub status: &'static str,
    /// How it was found.
    pub via: Option<Via>,
    /// Typical distance of the customer from the point, one decimal.
    pub typical_error_km: Option<f64>,
}

/// Most candidates listed: beyond that the name says nothing.
const MOST_CANDIDATES: usize = 20;

/// Answers one row.
pub fn solve_place(row: &PlaceRow, matcher: &Matcher<'_>) -> PlaceAnswer {
    let PlaceRow {
        address,
        province,
        city,
        county,
        town,
    } = row;
    match matcher.resolve(&Query {
        address,
        province,
        city,
        county,
        town,
    }) {
        Resolution::Found(found) => {
            let DivisionNames {
                province,
                city,
                county,
                town,
            } = matcher.gazetteer().names(found.adcode);
            PlaceAnswer {
                province: province.to_owned(),
                city: city.to_owned(),
                county: county.to_owned(),
                town: town.to_owned(),
                adcode: found.adcode.to_string(),
                level: Some(found.level),
                lon: found.lonlat.map(|at| at.lon),
                lat: found.lonlat.map(|at| at.lat),
                confidence: found.confidence,
                candidates: String::new(),
                status: "found",
                via: Some(found.via),
                typical_error_km: found.typical_error_km.map(|km| (km * 10.0).round() / 10.0),
            }
        }
        Resolution::Ambiguous { candidates } => {
            let listed: Vec<String> = candidates
                .iter()
                .take(MOST_CANDIDATES)
                .map(ToString::to_string)
                .collect();
            PlaceAnswer {
                candidates: listed.join("|"),
                status: "ambiguous",
                ..PlaceAnswer::default()
            }
        }
        Resolution::Unknown => PlaceAnswer {
            status: "unknown",
            ..PlaceAnswer::default()
        },
    }
}
