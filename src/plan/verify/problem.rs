//! problem.json and the solution beside it, read by the checker's own eyes.
//!
//! Responsible for: the keys of `tourplan-problem/1` and `tourplan-solution/1` the rules need.
//! Not responsible for: solving; deliberately shares no type with the engine.

use serde::Deserialize;

use crate::domain::Date;

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Problem {
    pub(super) days: Vec<Day>,
    pub(super) teams: Vec<Team>,
    pub(super) limits: Limits,
    pub(super) costs: Costs,
    pub(super) points: Vec<Point>,
    pub(super) legs: Legs,
    pub(super) cells: Vec<Cell>,
    pub(super) pairs: Vec<Pair>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Day {
    pub(super) date: Date,
    #[serde(default = "yes")]
    pub(super) work: bool,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Team {
    pub(super) id: String,
    pub(super) technicians: f64,
    pub(super) hours_per_day: f64,
    #[serde(default)]
    pub(super) cost_per_day: f64,
    #[serde(default)]
    pub(super) days_off: Vec<Date>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Limits {
    pub(super) max_nights: u64,
    #[serde(default)]
    pub(super) setup_hours: f64,
    #[serde(default)]
    pub(super) min_service_hours: f64,
    pub(super) max_drive_hours_per_day: f64,
    #[serde(default = "once")]
    pub(super) visits_per_point: u64,
    #[serde(default = "one")]
    pub(super) utilisation: f64,
    #[serde(default)]
    pub(super) first_depart: Option<Date>,
    #[serde(default)]
    pub(super) min_days_home: i64,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Costs {
    #[serde(default)]
    pub(super) per_km: f64,
    #[serde(default)]
    pub(super) per_night: f64,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Point {
    pub(super) id: String,
    pub(super) bays: f64,
    #[serde(default)]
    pub(super) fee_per_day: f64,
    #[serde(default)]
    pub(super) open: Option<Vec<Date>>,
    #[serde(default)]
    pub(super) max_days: Option<u64>,
    #[serde(default)]
    pub(super) pin: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Legs {
    pub(super) km: Vec<Vec<f64>>,
    pub(super) hours: Vec<Vec<f64>>,
}

impl Legs {
    /// Km and hours of a leg; 0 = depot, then the points.
    pub(super) fn leg(&self, from: usize, to: usize) -> Option<(f64, f64)> {
        Some((
            *self.km.get(from)?.get(to)?,
            *self.hours.get(from)?.get(to)?,
        ))
    }
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Cell {
    pub(super) id: String,
    pub(super) hours: f64,
    pub(super) value: f64,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Pair {
    pub(super) cell: usize,
    pub(super) point: usize,
    #[serde(default)]
    pub(super) km: f64,
    #[serde(default = "one")]
    pub(super) share: f64,
    #[serde(default)]
    pub(super) cost: f64,
}

impl Problem {
    pub(super) fn team(&self, id: &str) -> Option<&Team> {
        self.teams.iter().find(|team| team.id == id)
    }

    pub(super) fn point_at(&self, id: &str) -> Option<usize> {
        self.points.iter().position(|point| point.id == id)
    }

    /// The contract's formula for one day: min(technicians, bays) × max(0, hours − set-up − driving) × utilisation.
    pub(super) fn day_capacity(&self, team: &Team, point: &Point, drive_hours: f64) -> f64 {
        let hours = team.hours_per_day - self.limits.setup_hours - drive_hours;
        team.technicians.min(point.bays) * hours.max(0.0) * self.limits.utilisation
    }
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Solution {
    pub(super) tours: Vec<SolutionTour>,
    pub(super) allocation: Vec<Allocation>,
    pub(super) objective: f64,
    #[serde(default)]
    pub(super) bound: Option<f64>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct SolutionTour {
    pub(super) team: String,
    pub(super) depart: Date,
    pub(super) stops: Vec<SolutionStop>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub(super) struct SolutionStop {
    pub(super) point: String,
    pub(super) days: i64,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Allocation {
    pub(super) cell: usize,
    pub(super) tour: usize,
    pub(super) stop: usize,
    pub(super) x: f64,
}

fn yes() -> bool {
    true
}

fn once() -> u64 {
    1
}

fn one() -> f64 {
    1.0
}
