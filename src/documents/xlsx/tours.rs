//! The tours sheet: edited by hand and given back with `plan --tours`.
//!
//! One row per stop. The point's name in the last column is for the eye only.

use rust_xlsxwriter::XlsxError;

use super::ORDERS;
use super::desk::Desk;
use super::sheet::{Cell, Column, Table};

pub(super) fn book(desk: &Desk<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut book = desk.book("sheet_tours", &desk.set.plan.month, ORDERS)?;
    book.table(&table(desk))?;
    book.finish()
}

fn table(desk: &Desk<'_>) -> Table {
    let columns = [
        ("tour", 9.0),
        ("team", 14.0),
        ("depart", 14.0),
        ("stop", 8.0),
        ("point_id", 14.0),
        ("tour_days", 8.0),
        ("point_name", 30.0),
    ];
    let plan = desk.set.plan;
    let mut rows = Vec::new();
    for tour in &plan.tours {
        for visit in plan.visits_of(&tour.id) {
            let days = visit.last_day.days_since(visit.first_day) + 1;
            rows.push(vec![
                Cell::text(&tour.id),
                Cell::text(&tour.team),
                Cell::Day(tour.depart),
                Cell::count(visit.stop),
                Cell::text(&visit.point),
                Cell::Whole(days.max(0) as u64),
                Cell::Text(desk.point_name(&visit.point)),
            ]);
        }
    }
    Table {
        name: desk.say("sheet_tours"),
        columns: columns
            .into_iter()
            .map(|(key, width)| Column::new(desk.say(key), width))
            .collect(),
        rows,
        ..Table::default()
    }
}
