//! 人员与工具清单: who goes day by day, and what is signed out and in.

use rust_xlsxwriter::XlsxError;

use super::ORDERS;
use super::desk::Desk;
use super::sheet::{Alert, Cell, Column, Entry, Table};

pub(super) fn book(desk: &Desk<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut book = desk.book("doc_crew", &desk.set.plan.month, ORDERS)?;
    let duty = Alert::Says(desk.say("yes"));
    book.table(&people(desk).alert(&desk.head("rest_day"), duty))?;
    book.table(&tools(desk))?;
    book.finish()
}

fn people(desk: &Desk<'_>) -> Table {
    let columns = [
        ("tour", 8.0),
        ("date", 13.0),
        ("person", 12.0),
        ("role", 12.0),
        ("skills", 30.0),
        ("driver", 9.0),
        ("hours", 9.0),
        ("rest_day", 13.0),
    ];
    let rows = desk.set.plan.crew.iter().map(|duty| {
        vec![
            Cell::text(&duty.tour),
            Cell::Day(duty.date),
            Cell::text(&duty.person),
            Cell::Text(desk.say_of("role", &duty.role)),
            Cell::Text(desk.words.skills(duty.skills.split('|'))),
            desk.tick(duty.driver),
            Cell::Tenths(duty.hours),
            desk.tick(duty.rest_day),
        ]
    });
    Table {
        name: desk.say("sheet_crew"),
        columns: columns
            .into_iter()
            .map(|(key, width)| Column::new(desk.head(key), width))
            .collect(),
        rows: rows.collect(),
        ..Table::default()
    }
}

fn tools(desk: &Desk<'_>) -> Table {
    let printed = [
        ("tour", 8.0),
        ("tool", 16.0),
        ("name", 28.0),
        ("qty", 8.0),
        ("owned", 8.0),
    ];
    let mut columns: Vec<Column> = printed
        .into_iter()
        .map(|(key, width)| Column::new(desk.head(key), width))
        .collect();
    columns.push(Column::entry(desk.head("signed_out"), 14.0, Entry::Text));
    columns.push(Column::entry(desk.head("signed_in"), 14.0, Entry::Text));
    let rows = desk.set.plan.tools.iter().map(|line| {
        vec![
            Cell::text(&line.tour),
            Cell::text(&line.tool),
            Cell::text(&line.name),
            Cell::count(line.qty),
            // 0 = none or unknown: printed as nothing, not as none.
            if line.owned == 0 {
                Cell::Blank
            } else {
                Cell::count(line.owned)
            },
            Cell::Blank,
            Cell::Blank,
        ]
    });
    Table {
        name: desk.say("sheet_tools"),
        rows: rows.collect(),
        columns,
        ..Table::default()
    }
}
