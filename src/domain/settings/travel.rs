//! `[travel]`: where road distances come from, and the curve they are estimated by.
//!
//! Responsible for: names, units, defaults. Not responsible for: applying them (`place::travel`,
//! `place::osrm`).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where road distances come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct TravelSettings {
    /// `estimate`, `matrix` (matrix.csv, estimates where it has no pair) or `osrm` (a routing server at
    /// `url`; a pair of matrix.csv wins, estimates where neither knows).
    pub mode: String,
    /// Address of an OSRM server, e.g. `http://127.0.0.1:5000`. Only coordinates are sent to it: depot,
    /// points and the middles of demand cells. Plain http: put a proxy on this network before an https one.
    pub url: String,
    /// The server's profile: the word after `/table/v1/`.
    pub profile: String,
    /// Most places in one request (osrm-routed's `--max-table-size`).
    pub max_table_size: u32,
    /// A place farther than so many metres from the next road of the server is estimated and named.
    pub snap_m: u32,
    /// Seconds one request may take.
    pub timeout_seconds: f64,
    /// How often a request is tried before the server counts as gone.
    pub tries: u32,
    /// The server's driving times are multiplied by this (traffic, a loaded van).
    pub time_factor: f64,
    /// The curve of the estimate; `tourplan calibrate` proposes values.
    pub estimate: TravelCurve,
}

impl Default for TravelSettings {
    fn default() -> Self {
        Self {
            mode: "estimate".into(),
            url: String::new(),
            profile: "driving".into(),
            max_table_size: 100,
            snap_m: 2000,
            timeout_seconds: 20.0,
            tries: 3,
            time_factor: 1.0,
            estimate: TravelCurve::default(),
        }
    }
}

/// The parameters of the estimate (formula: `place::travel`).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct TravelCurve {
    /// Road over straight line on a long trip.
    pub detour_far: f64,
    /// What a very short trip adds to it.
    pub detour_near: f64,
    /// Straight-line kilometres over which that addition falls to 1/e.
    pub detour_fade_km: f64,
    /// Factor on plains.
    pub plain: f64,
    /// Factor in hills.
    pub hills: f64,
    /// Factor in mountains.
    pub mountains: f64,
    /// Shortest leg between two different places, km.
    pub least_km: f64,
    /// Door-to-door speed of a very long trip, km/h.
    pub speed_far: f64,
    /// How much slower a very short trip is, km/h.
    pub speed_loss_near: f64,
    /// Road kilometres over which that loss falls to 1/e.
    pub speed_fade_km: f64,
    /// Driving after which a rest is due, in hours.
    pub rest_after_hours: f64,
    /// Length of the rest in minutes.
    pub rest_minutes: u32,
}

impl Default for TravelCurve {
    fn default() -> Self {
        Self {
            detour_far: 1.20,
            detour_near: 0.28,
            detour_fade_km: 40.0,
            plain: 1.0,
            hills: 1.08,
            mountains: 1.15,
            least_km: 1.0,
            speed_far: 85.0,
            speed_loss_near: 57.0,
            speed_fade_km: 70.0,
            rest_after_hours: 4.0,
            rest_minutes: 20,
        }
    }
}
