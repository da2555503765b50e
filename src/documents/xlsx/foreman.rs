//! 车间主管判断单 to write in: one row per vehicle, with the crib and the codes on sheets of their own.

use rust_xlsxwriter::XlsxError;

use super::call_row::{item_line, lines};
use super::call_sheet::cribs;
use super::desk::Desk;
use super::sheet::{Cell, Column, Entry, Table};
use crate::documents::foreman_view::{asked, models, said};
use crate::plan::model::ORDERS;

pub(super) fn book(desk: &Desk<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut book = desk.book("doc_foreman", &desk.set.plan.month, ORDERS)?;
    book.table(&table(desk))?;
    book.table(&cribs(desk, models(desk.set.plan)))?;
    book.table(&codes(desk))?;
    book.finish()
}

fn table(desk: &Desk<'_>) -> Table {
    let printed = [
        ("booking", 15.0),
        ("tour", 8.0),
        ("plate", 11.0),
        ("vin", 20.0),
        ("model", 16.0),
        ("odometer", 18.0),
        ("said_on_phone", 34.0),
        ("history", 28.0),
        ("items", 40.0),
    ];
    let entries = [
        ("in_items_needed", 24.0, Entry::Text),
        ("in_extra_hours", 12.0, Entry::Hours),
        ("in_extra_parts", 24.0, Entry::Text),
        ("in_workshop_only", 12.0, desk.yes_no()),
        ("in_note", 24.0, Entry::Text),
    ];
    let count = printed.len() + entries.len();
    let rows = asked(desk.set.plan).map(|one| {
        let mut cells = vec![
            Cell::text(&one.booking),
            Cell::text(&one.tour),
            Cell::text(&one.plate),
            Cell::text(Desk::vin(one)),
            Cell::text(&one.model),
            Cell::Text(desk.odometer(one)),
            Cell::Text(said(desk.set, &one.booking, desk.words).join("\n")),
            Cell::Text(desk.history(one)),
            Cell::Text(lines(one.items.iter().map(|item| item_line(desk, item)))),
        ];
        cells.resize(count, Cell::Blank);
        cells
    });
    let rows: Vec<Vec<Cell>> = rows.collect();
    let printed = printed
        .into_iter()
        .map(|(key, width)| Column::new(desk.head(key), width));
    let entries = entries
        .into_iter()
        .map(|(key, width, entry)| Column::entry(desk.head(key), width, entry));
    Table {
        name: desk.say("sheet_foreman"),
        columns: printed.chain(entries).collect(),
        rows,
        landscape: true,
        frozen_columns: 1,
        ..Table::default()
    }
}

/// Codes to write: items on the left, parts on the right.
pub(super) fn codes(desk: &Desk<'_>) -> Table {
    let plan = desk.set.plan;
    let items: Vec<&String> = plan.items.keys().collect();
    let parts: Vec<&String> = plan.part_facts.keys().collect();
    let rows = (0..items.len().max(parts.len())).map(|at| {
        let item = items.get(at);
        let part = parts.get(at);
        vec![
            item.map_or(Cell::Blank, |code| Cell::text(*code)),
            item.map_or(Cell::Blank, |code| Cell::Text(desk.item_name(code))),
            part.map_or(Cell::Blank, |code| Cell::text(*code)),
            part.map_or(Cell::Blank, |code| desk.part_name(code)),
        ]
    });
    let columns = [
        ("list_items", 16.0),
        ("list_item_names", 30.0),
        ("list_parts", 16.0),
        ("list_part_names", 30.0),
    ];
    Table {
        name: desk.say("sheet_lists"),
        columns: columns
            .into_iter()
            .map(|(key, width)| Column::new(desk.head(key), width))
            .collect(),
        rows: rows.collect(),
        ..Table::default()
    }
}
