//! customers.csv: every accepted vehicle in a row, written part by part, so that a million rows are never held.

use super::table::{Table, fixed};
use super::tables::day;
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
        let date = day(row.date);
        let km = row.km.map_or_else(String::new, |km| fixed(km, 3));
        let (hours, value) = (fixed(row.expected_hours, 4), fixed(row.planning_value, 2));
        let share = row.share.map_or_else(String::new, |share| fixed(share, 6));
        self.0.row(&[
            &*row.vehicle,
            &row.plate,
            &row.customer,
            &row.county,
            &row.town,
            &row.cell,
            row.status.key(),
            &row.tour,
            &row.visit,
            &row.point,
            &date,
            &km,
            &row.items,
            &hours,
            &value,
            &row.reason,
            &row.missing,
            &share,
            &row.workshop_items,
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
