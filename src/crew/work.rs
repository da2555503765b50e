//! What the crew room is asked for: the work of each tour, as plain numbers.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::Date;

/// One vehicle's hours on a day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct JobHours {
    /// Probability that it comes.
    pub show: f64,
    /// Hours whenever it comes (the free check).
    pub base_hours: f64,
    /// Each item's probability given that it comes, and its hours in the field.
    pub items: Vec<(f64, f64)>,
}

/// One day of a tour.
#[derive(Clone, Debug, PartialEq)]
pub struct WorkDay {
    /// The day.
    pub date: Date,
    /// Driving, hours: everybody in the van sits through it.
    pub drive_hours: f64,
    /// Hours of service offered.
    pub capacity_hours: f64,
    /// Expected hours of work.
    pub expected_hours: f64,
    /// The day's jobs.
    pub jobs: Vec<JobHours>,
}

/// One visit's need of tools.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VisitTools {
    /// Vehicles worked on at once: min(technicians, bays).
    pub at_once: u32,
    /// The tools each job needs at the same time.
    pub jobs: Vec<BTreeSet<String>>,
}

/// One tour's work.
#[derive(Clone, Debug, PartialEq)]
pub struct TourWork {
    /// Tour id.
    pub tour: String,
    /// Team id.
    pub team: String,
    /// Technicians planned.
    pub technicians: u32,
    /// Van id; empty = none known.
    pub van: String,
    /// Its days, in order; depart is the first, return the last.
    pub days: Vec<WorkDay>,
    /// Expected hours by skill, every skill of every item on the tour.
    pub skills: BTreeMap<String, f64>,
    /// Tools, visit by visit.
    pub tools: Vec<VisitTools>,
    /// People to keep where possible (from the plan before); empty = no wish.
    pub keep: BTreeSet<String>,
}
