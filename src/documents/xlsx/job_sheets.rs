//! 服务记录 to write in and give back each evening: one row per booked vehicle, spare rows for walk-ins.

use rust_xlsxwriter::XlsxError;

use super::desk::Desk;
use super::foreman::codes;
use super::sheet::{Alert, Cell, Column, Entry, Table};
use crate::documents::job_view::{RESULTS, bag, booked, work};
use crate::plan::model::Tour;

/// Rows for vehicles that come without a booking.
const SPARE_ROWS: usize = 10;
/// How many of the columns to be written in are printed.
const PAPER_ENTRIES: usize = 5;

pub(super) fn book(desk: &Desk<'_>, tour: &Tour) -> Result<Vec<u8>, XlsxError> {
    let mut book = desk.book("doc_jobs", &tour.id, &tour.id)?;
    let no_show = Alert::Says(desk.say("vr_no_show"));
    book.table(&table(desk, tour).alert(&desk.head("in_service_result"), no_show))?;
    book.table(&codes(desk))?;
    book.finish()
}

fn table(desk: &Desk<'_>, tour: &Tour) -> Table {
    let read = [
        ("booking", 15.0),
        ("booked_slot", 12.0),
        ("point", 14.0),
        ("plate", 11.0),
        ("model", 12.0),
        ("customer", 14.0),
        ("agreed_items", 34.0),
        ("parts_in_bag", 34.0),
    ];
    let entries = [
        ("in_service_result", 10.0, desk.choice(&RESULTS)),
        ("in_odometer_now", 10.0, Entry::Km),
        ("in_done", 22.0, Entry::Text),
        ("in_used", 22.0, Entry::Text),
        ("in_settled", 10.0, Entry::Yuan),
        // From here on for the screen.
        ("in_service_date", 13.0, Entry::Day),
        ("in_missing", 18.0, Entry::Text),
        ("in_wrong", 18.0, Entry::Text),
        ("in_worked", 12.0, Entry::Hours),
        ("in_warranty", 12.0, Entry::Yuan),
        ("in_handover", 12.0, desk.yes_no()),
        ("in_note", 24.0, Entry::Text),
    ];
    let besides = [("tour", 8.0), ("job_vehicle", 20.0), ("in_walk_in", 8.0)];
    let printed = read.len() + PAPER_ENTRIES;
    let plan = desk.set.plan;
    let mut rows = Vec::new();
    for one in booked(desk.set, tour) {
        let (agreed, _) = work(one);
        // As they are read back, so that they can be copied to where they are written.
        let items = agreed
            .iter()
            .map(|item| format!("{} {}", item.item, desk.item_name(&item.item)));
        let parts = bag(plan, one)
            .into_iter()
            .map(|line| format!("{}×{}", line.part, line.qty));
        let mut cells = vec![
            Cell::text(&one.booking),
            Cell::text(&one.slot),
            Cell::Text(desk.visit_point(&one.visit)),
            Cell::text(&one.plate),
            Cell::text(&one.model),
            Cell::text(&one.customer),
            Cell::Text(listed(desk, items)),
            Cell::Text(listed(desk, parts)),
        ];
        cells.extend(entries.iter().map(|_| Cell::Blank));
        cells.extend([Cell::text(&tour.id), Cell::text(&one.vehicle), Cell::Blank]);
        rows.push(cells);
    }
    for _ in 0..SPARE_ROWS {
        let mut cells = vec![Cell::Blank, Cell::Blank];
        cells.extend((2..6).map(|_| Cell::WriteIn));
        cells.extend([Cell::Blank, Cell::Blank]);
        cells.extend(entries.iter().map(|_| Cell::Blank));
        cells.extend([
            Cell::text(&tour.id),
            Cell::WriteIn,
            Cell::Text(desk.say("choice_yes")),
        ]);
        rows.push(cells);
    }
    let column = |(key, width): (&str, f64)| Column::new(desk.head(key), width);
    let entries = entries
        .into_iter()
        .map(|(key, width, entry)| Column::entry(desk.head(key), width, entry));
    let read = read.into_iter().map(column);
    Table {
        name: desk.say("sheet_jobs"),
        columns: read
            .chain(entries)
            .chain(besides.into_iter().map(column))
            .collect(),
        rows,
        landscape: true,
        frozen_columns: 1,
        printed: Some(printed),
        ..Table::default()
    }
}

fn listed(desk: &Desk<'_>, texts: impl Iterator<Item = String>) -> String {
    texts.collect::<Vec<_>>().join(desk.between())
}
