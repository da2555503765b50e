//! The answer to a territory problem: the serde mirror of `tourplan-solution/1`.
//!
//! Responsible for: names and units of the file format.
//! Not responsible for: checking it (`evaluate`).

use serde::{Deserialize, Serialize};

/// The schema string every solution carries.
pub const SOLUTION_SCHEMA: &str = "tourplan-solution/1";

/// A set of tours and who is served where.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Solution {
    /// Always [`SOLUTION_SCHEMA`].
    pub schema: String,
    /// Tours, by departure and team.
    pub tours: Vec<TourPlan>,
    /// Which part of which cell is served at which stop; zero entries are left out.
    pub allocation: Vec<Allocation>,
    /// Yuan, as the contract defines it.
    pub objective: f64,
    /// A proven upper bound of the same problem; `None` where none was computed.
    #[serde(default)]
    pub bound: Option<f64>,
    /// (bound − objective) / |bound|: how far below the best possible, at most.
    #[serde(default)]
    pub gap: Option<f64>,
    /// Work done; the same problem, seed and number of iterations give the same solution.
    #[serde(default)]
    pub iterations: u64,
    /// What ended the search.
    #[serde(default)]
    pub stopped_by: StoppedBy,
    /// The seed of the search.
    #[serde(default)]
    pub seed: u64,
}

impl Solution {
    /// Tours nobody is allocated to yet.
    pub fn bare(tours: Vec<TourPlan>) -> Self {
        Self {
            schema: SOLUTION_SCHEMA.to_owned(),
            tours,
            allocation: Vec::new(),
            objective: 0.0,
            bound: None,
            gap: None,
            iterations: 0,
            stopped_by: StoppedBy::Converged,
            seed: 0,
        }
    }
}

/// One tour: from the depot, through its stops in order, back to the depot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TourPlan {
    /// Team id.
    pub team: String,
    /// ISO date of the first day.
    pub depart: String,
    /// Stops in order.
    pub stops: Vec<StopPlan>,
}

/// One stop of a tour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StopPlan {
    /// Point id.
    pub point: String,
    /// Whole days, at least 1.
    pub days: u32,
}

/// A part of a cell served at a stop.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Allocation {
    /// Index into the problem's cells.
    pub cell: usize,
    /// Index into the solution's tours.
    pub tour: usize,
    /// Index into that tour's stops.
    pub stop: usize,
    /// Part of the cell, 0 to 1.
    pub x: f64,
}

/// What ended the search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StoppedBy {
    /// The work budget was used up.
    #[default]
    Iterations,
    /// The caller's clock said stop.
    Time,
    /// Nothing better exists, or further work found nothing.
    Converged,
}
