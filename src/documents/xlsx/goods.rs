//! 紧急订货/调货单, 订货变更单, 到货验收单 and the call list of shortages as workbooks.

use rust_xlsxwriter::XlsxError;

use super::super::goods_rows::{self, call_rows, order_sheets, state, terms, to_count, to_do, why};
use super::ORDERS;
use super::desk::Desk;
use super::sheet::{Alert, Cell, Column, Entry, Table};
use crate::month::{delta, still_open};

/// The workbook of this name.
pub(super) fn book(desk: &Desk<'_>, name: &str, title: &str) -> Result<Vec<u8>, XlsxError> {
    let mut book = desk.book(title, &desk.set.plan.month, ORDERS)?;
    let table = match name {
        "orders" => {
            let late = Alert::Says(desk.say("no_time"));
            orders(desk).alert(&desk.head("goods_state"), late)
        }
        "order-changes" => changes(desk)
            .alert(&desk.head("goods_cancel"), Alert::Above(0))
            .alert(&desk.head("goods_send_back"), Alert::Above(0)),
        // What is counted stands out at once where it is less than was sent.
        "goods-received" => received(desk)
            .alert(
                &desk.head("goods_counted"),
                Alert::Below(desk.head("goods_qty")),
            )
            .alert(&desk.head("goods_damaged"), Alert::Above(0)),
        _ => calls(desk),
    };
    book.table(&Table {
        name: desk.say(title).replace(['/', '\\'], " "),
        landscape: true,
        frozen_columns: 1,
        ..table
    })?;
    book.finish()
}

fn columns(desk: &Desk<'_>, list: &[(&str, f64)]) -> Vec<Column> {
    list.iter()
        .map(|(key, width)| Column::new(desk.head(key), *width))
        .collect()
}

fn to(desk: &Desk<'_>, to: &str) -> Cell {
    Cell::Text(if to == "depot" {
        desk.say("to_depot")
    } else {
        desk.point_name(to)
    })
}

fn orders(desk: &Desk<'_>) -> Table {
    let mut rows = Vec::new();
    for sheet in order_sheets(desk.set) {
        for line in &sheet.lines {
            let facts = desk.part(line.part);
            rows.push(vec![
                Cell::text(line.order),
                Cell::Text(desk.say_of("source", sheet.source.key())),
                Cell::text(sheet.supplier),
                Cell::Text(desk.say_of("mode", sheet.mode)),
                Cell::text(line.part),
                desk.part_name(line.part),
                Cell::count(line.qty),
                Cell::text(desk.set.unit(facts)),
                Cell::text(line.tour),
                Cell::day(line.order_by),
                Cell::day(line.arrives),
                to(desk, line.to),
                Cell::Yuan(line.cost),
                Cell::Text(terms(facts, sheet.source, desk.words)),
                Cell::Text(why(line, desk.words)),
                Cell::Text(state(line, desk.words)),
            ]);
        }
    }
    Table {
        columns: columns(
            desk,
            &[
                ("goods_order", 13.0),
                ("source", 8.0),
                ("supplier", 22.0),
                ("mode", 8.0),
                ("goods_part", 22.0),
                ("part_name", 22.0),
                ("goods_qty", 8.0),
                ("unit", 7.0),
                ("tour", 8.0),
                ("order_by", 12.0),
                ("arrives", 12.0),
                ("to", 12.0),
                ("freight", 10.0),
                ("goods_terms", 22.0),
                ("reason", 14.0),
                ("goods_state", 20.0),
            ],
        ),
        rows,
        ..Table::default()
    }
}

fn changes(desk: &Desk<'_>) -> Table {
    let rows = delta(desk.set.plan).into_iter().map(|line| {
        vec![
            Cell::text(&line.part),
            desk.part_name(&line.part),
            Cell::Text(desk.say_of("source", line.source.key())),
            Cell::text(&line.supplier),
            Cell::Text(desk.say_of("mode", &line.mode)),
            to(desk, &line.to),
            Cell::count(line.placed),
            Cell::count(line.more),
            Cell::day(line.order_by),
            Cell::count(line.cancel),
            Cell::count(line.send_back),
            Cell::Text(line.orders.join(" ")),
            Cell::Text(line.tours.join(" ")),
            Cell::Text(to_do(&line, desk.words)),
        ]
    });
    Table {
        columns: columns(
            desk,
            &[
                ("goods_part", 22.0),
                ("part_name", 22.0),
                ("source", 8.0),
                ("supplier", 22.0),
                ("mode", 8.0),
                ("to", 12.0),
                ("goods_placed", 8.0),
                ("goods_more", 8.0),
                ("order_by", 12.0),
                ("goods_cancel", 8.0),
                ("goods_send_back", 8.0),
                ("goods_order", 16.0),
                ("tour", 10.0),
                ("goods_todo", 26.0),
            ],
        ),
        rows: rows.collect(),
        ..Table::default()
    }
}

fn received(desk: &Desk<'_>) -> Table {
    let mut columns = columns(
        desk,
        &[
            ("goods_order", 13.0),
            ("goods_part", 22.0),
            ("part_name", 22.0),
            ("unit", 7.0),
            ("supplier", 20.0),
            ("mode", 8.0),
            ("to", 12.0),
            ("goods_expected_on", 12.0),
            ("goods_qty", 8.0),
        ],
    );
    let entry = |key: &str, width: f64, entry: Entry| Column::entry(desk.head(key), width, entry);
    columns.extend([
        entry("goods_counted", 9.0, Entry::Count),
        entry("goods_damaged", 9.0, Entry::Count),
        entry("goods_arrived", 13.0, Entry::Day),
        entry("goods_announced", 14.0, Entry::Day),
        entry("goods_note", 18.0, Entry::Text),
    ]);
    let rows = to_count(desk.set).into_iter().map(|line| {
        let facts = desk.part(&line.part);
        let mut cells = vec![
            Cell::text(&line.order),
            Cell::text(&line.part),
            desk.part_name(&line.part),
            Cell::text(desk.set.unit(facts)),
            Cell::text(&line.supplier),
            Cell::Text(desk.say_of("mode", &line.mode)),
            to(desk, &line.to),
            Cell::day(line.expected),
            Cell::count(still_open(line)),
        ];
        cells.extend(std::iter::repeat_n(Cell::Blank, 5));
        cells
    });
    Table {
        rows: rows.collect(),
        columns,
        ..Table::default()
    }
}

fn calls(desk: &Desk<'_>) -> Table {
    let mut columns = columns(
        desk,
        &[
            ("tour", 8.0),
            ("slot", 17.0),
            ("point", 18.0),
            ("customer", 20.0),
            ("contact", 12.0),
            ("phone", 16.0),
            ("plate", 11.0),
            ("booking", 15.0),
            ("part_name", 20.0),
            ("qty", 7.0),
            ("goods_say", 40.0),
        ],
    );
    columns.push(Column::entry(desk.head("goods_told"), 22.0, Entry::Text));
    let rows = call_rows(desk.set, desk.words).into_iter().map(|row| {
        let plate = if row.plate.is_empty() {
            row.vehicle
        } else {
            row.plate
        };
        vec![
            Cell::Text(row.tour),
            Cell::Text(row.slot),
            Cell::Text(row.point),
            Cell::Text(row.customer),
            Cell::Text(row.contact),
            Cell::Text(row.phones),
            Cell::Text(plate),
            Cell::Text(row.booking),
            Cell::Text(row.part),
            Cell::count(row.pieces),
            Cell::Text(row.say),
            Cell::Blank,
        ]
    });
    Table {
        rows: rows.collect(),
        columns,
        ..Table::default()
    }
}

/// Pieces placed and received, for the parts list.
pub(super) fn beside(desk: &Desk<'_>, part: &str) -> [Cell; 2] {
    let (placed, received) = goods_rows::placed_and_received(desk.set, part);
    [Cell::count(placed), Cell::count(received)]
}
