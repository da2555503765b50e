//! customers.csv: every accepted vehicle in a row, written part by part, so that a million rows are never held.

use super::table::Table;
use super::tables::{day, fixed};
use crate::plan::model::CustomerRow;

const COLUMNS: [&str; 19] = [
    "vehicle",
    "plate",
    "customer",
    "county",
    "town",
    "cell",
    "status",
    "tour",
    "visit",
    "point",
    "date",
    "km",
    "items",
    "expected_hours",
    "planning_value",
    "reason",
    "missing",
    "share",
    "workshop_items",
];

/// Some rows of customers.csv.
pub struct CustomerTable(Table);

impl CustomerTable {
    /// The beginning of the file: its header.
    pub fn new() -> Self {
        Self(Table::new(&COLUMNS))
    }

    /// Rows that follow others.
    pub fn part() -> Self {
        Self(Table::part(COLUMNS.len()))
    }

    /// Adds a row.
    pub fn row(&mut self, row: &CustomerRow) {
        self.0.row(&[
            row.vehicle.clone(),
            row.plate.clone(),
            row.customer.clone(),
            row.county.clone(),
            row.town.clone(),
            row.cell.clone(),
            row.status.key().into(),
            row.tour.clone(),
            row.visit.clone(),
            row.point.clone(),
            day(row.date),
            row.km.map_or_else(String::new, |km| fixed(km, 3)),
            row.items.clone(),
            fixed(row.expected_hours, 4),
            fixed(row.planning_value, 2),
            row.reason.clone(),
            row.missing.clone(),
            row.share.map_or_else(String::new, |share| fixed(share, 6)),
            row.workshop_items.clone(),
        ]);
    }

    /// The bytes.
    pub fn finish(self) -> Vec<u8> {
        self.0.finish()
    }
}

impl Default for CustomerTable {
    fn default() -> Self {
        Self::new()
    }
}
