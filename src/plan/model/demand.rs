//! Where the month's vehicles are: the map's dots.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// All vehicles of one place, whatever happens to them this month.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PlaceDemand {
    /// County found.
    pub county: String,
    /// Township found; empty = known to the county only.
    pub town: String,
    /// Longitude of the place, never of a customer, WGS-84.
    pub lon: f64,
    /// Latitude likewise.
    pub lat: f64,
    /// Vehicles by status.
    pub by_status: BTreeMap<String, u64>,
    /// The tour that calls most of them; empty = none calls any.
    pub tour: String,
}

impl PlaceDemand {
    /// Vehicles of a status.
    pub fn of(&self, status: super::Status) -> u64 {
        self.by_status.get(status.key()).copied().unwrap_or(0)
    }
}
