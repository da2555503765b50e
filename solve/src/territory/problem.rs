//! The territory planning problem as numbers: the serde mirror of `tourplan-problem/1`.
//!
//! Responsible for: names, units and defaults of the file format.
//! Not responsible for: whether the numbers make sense (`validate`), or solving (`solve`).

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The schema string every problem carries.
pub const PROBLEM_SCHEMA: &str = "tourplan-problem/1";

/// One whole planning problem. Units: hours, km, yuan, ISO dates.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// Always [`PROBLEM_SCHEMA`].
    pub schema: String,
    /// The calendar, gapless and ascending; rest days are listed with `work: false`.
    pub days: Vec<Day>,
    /// The touring teams.
    pub teams: Vec<Team>,
    /// Rules every tour keeps.
    pub limits: Limits,
    /// Prices of moving and staying away.
    pub costs: Costs,
    /// Candidate service points.
    pub points: Vec<Point>,
    /// Road legs between the depot (index 0) and the points (index + 1).
    pub legs: Legs,
    /// Demand cells.
    pub cells: Vec<Cell>,
    /// Which cell can be served at which point, and on what terms.
    pub pairs: Vec<Pair>,
}

/// One calendar day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// ISO date.
    pub date: String,
    /// Whether tours may run on it.
    #[serde(default = "yes")]
    pub work: bool,
}

/// One touring team.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Team {
    /// Unique id.
    pub id: String,
    /// Technicians who work in parallel (a count).
    #[serde(serialize_with = "whole")]
    pub technicians: f64,
    /// Working hours of a day, driving included.
    pub hours_per_day: f64,
    /// Yuan per touring day.
    #[serde(default)]
    pub cost_per_day: f64,
    /// ISO dates on which the team does not tour.
    #[serde(default, deserialize_with = "null_as_default")]
    pub days_off: Vec<String>,
}

/// Rules every tour keeps.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Limits {
    /// Most nights away; a tour has at most one day more.
    pub max_nights: u32,
    /// Hours of each day lost to setting up.
    #[serde(default)]
    pub setup_hours: f64,
    /// Least hours left for service on every touring day.
    #[serde(default)]
    pub min_service_hours: f64,
    /// Most driving on any day.
    pub max_drive_hours_per_day: f64,
    /// Most visits of one point in the plan.
    #[serde(default = "one_visit")]
    pub visits_per_point: u32,
    /// Usable part of the service hours, 0 to 1.
    #[serde(default = "one")]
    pub utilisation: f64,
    /// No tour leaves before this ISO date.
    #[serde(default)]
    pub first_depart: Option<String>,
    /// Days of the list between coming home and leaving again.
    #[serde(default)]
    pub min_days_home: u32,
}

/// Prices of moving and staying away, yuan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Costs {
    /// Per km driven.
    #[serde(default)]
    pub per_km: f64,
    /// Per night away (the whole team).
    #[serde(default)]
    pub per_night: f64,
}

/// A candidate service point.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Unique id.
    pub id: String,
    /// Vehicles that can be worked on at once (a count).
    #[serde(serialize_with = "whole")]
    pub bays: f64,
    /// Yuan per day of use.
    #[serde(default)]
    pub fee_per_day: f64,
    /// ISO dates of use; `None` = every day.
    #[serde(default)]
    pub open: Option<Vec<String>>,
    /// Most days in the whole plan; `None` = no limit.
    #[serde(default)]
    pub max_days: Option<u32>,
    /// What the manager has fixed.
    #[serde(default)]
    pub pin: Pin,
}

/// What the manager has fixed about a point.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Pin {
    /// Nothing (`null`).
    #[default]
    Free,
    /// It must be visited (`"must"`).
    Must,
    /// It must not be visited (`"never"`).
    Never,
    /// A visit must begin on this ISO date.
    On(String),
}

/// Road legs, square, not necessarily symmetric; row = from, column = to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Legs {
    /// Kilometres.
    pub km: Vec<Vec<f64>>,
    /// Hours, legal breaks included.
    pub hours: Vec<Vec<f64>>,
}

/// A demand cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// Unique id.
    pub id: String,
    /// Vehicles in it; not used by the solver, kept for readers.
    #[serde(default, serialize_with = "whole")]
    pub vehicles: f64,
    /// Expected technician hours of all of them.
    pub hours: f64,
    /// Planning value of all of them, yuan.
    pub value: f64,
}

/// An allowed (cell, point) pair.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pair {
    /// Index into `cells`.
    pub cell: usize,
    /// Index into `points`.
    pub point: usize,
    /// Distance, km; not used by the solver, kept for readers.
    #[serde(default)]
    pub km: f64,
    /// Part of the cell that comes, 0 to 1.
    #[serde(default = "one")]
    pub share: f64,
    /// Yuan lost when all of the cell is served there.
    #[serde(default)]
    pub cost: f64,
}

impl Serialize for Pin {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Pin::Free => serializer.serialize_none(),
            Pin::Must => serializer.serialize_str("must"),
            Pin::Never => serializer.serialize_str("never"),
            Pin::On(date) => serializer.serialize_str(date),
        }
    }
}

impl<'de> Deserialize<'de> for Pin {
    /// Any other text is taken as a date; `validate` says when it is none.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Option::<String>::deserialize(deserializer)? {
            None => Pin::Free,
            Some(text) => match text.as_str() {
                "must" => Pin::Must,
                "never" => Pin::Never,
                _ => Pin::On(text),
            },
        })
    }
}

fn yes() -> bool {
    true
}

fn one() -> f64 {
    1.0
}

fn one_visit() -> u32 {
    1
}

fn null_as_default<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// Writes counts as JSON integers, so that `2` does not become `2.0`.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature serde asks for"
)]
fn whole<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    if value.fract() == 0.0 && value.abs() < 9.0e15 {
        serializer.serialize_i64(*value as i64)
    } else {
        serializer.serialize_f64(*value)
    }
}
