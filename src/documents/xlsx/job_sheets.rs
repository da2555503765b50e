//! 服务记录 to write in and give back each evening: one row per booked vehicle, spare rows for walk-ins.

use rust_xlsxwriter::XlsxError;

use super::desk::Desk;
use super::foreman::codes;
use super::sheet::{Alert, Cell, Column, Entry, Table};
use crate::documents::job_view::{RESULTS, bag, booked, work};
use crate::plan::model::Tour;

/// Rows for vehicles that come without a booking.
const SPARE_ROWS: usize = 10;

pub(super) fn book(desk: &Desk<'_>, tour: &Tour) -> Result<Vec<u8>, XlsxError> {
    let mut book = desk.book("doc_jobs", &tour.id, &tour.id)?;
    let no_show = Alert::Says(desk.say("vr_no_show"));
    book.table(&table(desk, tour).alert(&desk.head("in_service_result"), no_show))?;
    book.table(&codes(desk))?;
    book.finish()
}

fn table(desk: &Desk<'_>, tour: &Tour) -> Table {
    let printed = [
        ("booking", 15.0),
        ("tour", 8.0),
        ("booked_slot", 17.0),
        ("point", 18.0),
        ("plate", 11.0),
        ("job_vehicle", 20.0),
        ("model", 16.0),
        ("customer", 20.0),
        ("in_walk_in", 8.0),
        ("agreed_items", 44.0),
        ("parts_in_bag", 40.0),
    ];
    let entries = [
        ("in_service_date", 13.0, Entry::Day),
        ("in_service_result", 14.0, desk.choice(&RESULTS)),
        ("in_odometer_now", 12.0, Entry::Km),
        ("in_done", 24.0, Entry::Text),
        ("in_used", 24.0, Entry::Text),
        ("in_missing", 18.0, Entry::Text),
        ("in_wrong", 18.0, Entry::Text),
        ("in_worked", 12.0, Entry::Hours),
        ("in_settled", 12.0, Entry::Yuan),
        ("in_warranty", 12.0, Entry::Yuan),
        ("in_handover", 12.0, desk.yes_no()),
        ("in_note", 24.0, Entry::Text),
    ];
    let count = printed.len() + entries.len();
    let plan = desk.set.plan;
    let mut rows = Vec::new();
    for one in booked(plan, tour) {
        let (agreed, _) = work(one);
        // As they are read back, so that they can be copied to where they are written.
        let items = agreed
            .iter()
            .map(|item| format!("{} {}", item.item, desk.item_name(&item.item)));
        let parts = bag(plan, one)
            .into_iter()
            .map(|line| format!("{}×{}", line.part, line.qty));
        rows.push(vec![
            Cell::text(&one.booking),
            Cell::text(&tour.id),
            Cell::text(&one.slot),
            Cell::Text(desk.visit_point(&one.visit)),
            Cell::text(&one.plate),
            Cell::text(&one.vehicle),
            Cell::text(&one.model),
            Cell::text(&one.customer),
            Cell::Blank,
            Cell::Text(listed(desk, items)),
            Cell::Text(listed(desk, parts)),
        ]);
    }
    for _ in 0..SPARE_ROWS {
        let mut cells = vec![Cell::Blank, Cell::text(&tour.id)];
        cells.extend([
            Cell::Blank,
            Cell::WriteIn,
            Cell::WriteIn,
            Cell::WriteIn,
            Cell::WriteIn,
        ]);
        cells.extend([Cell::WriteIn, Cell::Text(desk.say("choice_yes"))]);
        rows.push(cells);
    }
    for cells in &mut rows {
        cells.resize(count, Cell::Blank);
    }
    let printed = printed
        .into_iter()
        .map(|(key, width)| Column::new(desk.head(key), width));
    let entries = entries
        .into_iter()
        .map(|(key, width, entry)| Column::entry(desk.head(key), width, entry));
    Table {
        name: desk.say("sheet_jobs"),
        columns: printed.chain(entries).collect(),
        rows,
        landscape: true,
        frozen_columns: 1,
        pages_wide: 2,
        ..Table::default()
    }
}

fn listed(desk: &Desk<'_>, texts: impl Iterator<Item = String>) -> String {
    texts.collect::<Vec<_>>().join(desk.between())
}
