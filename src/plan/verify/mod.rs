//! The independent checker: every rule of "What must always hold", computed again from the written files.
//!
//! Responsible for: reading a plan folder's tables, problem.json and pages as any outsider would, and telling
//! every fault with its file, line and key. One function per rule; every rule runs, and one fault never hides
//! the next.
//! Not responsible for: files on disk (`workspace` hands the bytes over), printing (`cli`). Uses no planning
//! code and none of the planner's types: a mistake there must not be repeated here.

mod book;
mod calls;
mod capacity;
mod case;
mod changes;
mod closing;
mod leaks;
mod limits;
mod parts;
mod problem;
mod reach;
mod reminders;
mod route;
mod rows;
mod rules;
mod sheet;
mod signatures;
mod skills;
mod solution;
mod sourcing;
mod staff;
mod tables;
#[cfg(test)]
mod tests;
mod tours;

use std::collections::BTreeMap;

pub use rules::{RULES, Rule};

use crate::domain::{
    Calendar, Catalogue, Date, Month, Person, ServicePoint, Settings, Supply, Van,
};
use crate::findings::Finding;

/// A plan folder as it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WrittenPlan {
    /// Bytes by path relative to `plans/YYYY-MM/`, with `/` between folders.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// What became of the rows of all population files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowsRead {
    /// Rows below the headers.
    pub rows: u64,
    /// Rows that became a vehicle.
    pub accepted: u64,
    /// Rows merged into a vehicle already there.
    pub merged: u64,
    /// Rows set aside.
    pub rejected: u64,
    /// Blank, title, total and repeated header rows.
    pub ignored: u64,
}

/// The workspace the plan was made from, as `ingest` reads it.
#[derive(Clone, Copy, Debug)]
pub struct Inputs<'a> {
    /// points.csv.
    pub points: &'a [ServicePoint],
    /// catalogue/.
    pub catalogue: &'a Catalogue,
    /// stock.csv, peers.csv and suppliers.csv.
    pub supply: &'a Supply,
    /// crew.csv.
    pub crew: &'a [Person],
    /// vans.csv.
    pub vans: &'a [Van],
    /// Workdays.
    pub calendar: &'a Calendar,
    /// tour.toml.
    pub settings: &'a Settings,
    /// The month planned.
    pub month: Month,
    /// Today, where plan.json does not say when it was made.
    pub today: Date,
    /// Ids of all accepted vehicles.
    pub accepted: &'a [String],
    /// Fates of all rows.
    pub rows: RowsRead,
    /// Files of the workspace as they are now: path, SHA-256.
    pub files: &'a [(String, String)],
}

/// Every fault of the plan, rule by rule; empty = everything holds.
pub fn verify(written: &WrittenPlan, inputs: &Inputs<'_>) -> Vec<Finding> {
    let case = case::Case::open(written, inputs);
    let mut faults = case.unreadable.clone();
    for rule in RULES {
        faults.extend(rule.run(&case));
    }
    faults
}
