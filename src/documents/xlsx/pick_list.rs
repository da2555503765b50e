//! 备料单: one row per part and bag, common stock last.

use rust_xlsxwriter::XlsxError;

use super::desk::Desk;
use super::sheet::{Cell, Column, Entry, Table};
use crate::plan::model::{KitLine, Tour};

pub(super) fn book(desk: &Desk<'_>, tour: &Tour) -> Result<Vec<u8>, XlsxError> {
    let mut book = desk.book("doc_pick", &tour.id, &tour.id)?;
    book.table(&table(desk, tour))?;
    book.finish()
}

fn table(desk: &Desk<'_>, tour: &Tour) -> Table {
    let mut lines: Vec<&KitLine> = desk
        .set
        .plan
        .kit
        .iter()
        .filter(|line| line.tour == tour.id)
        .collect();
    lines.sort_by_key(|line| {
        let bin = desk.part(&line.part).map_or("", |part| part.bin.as_str());
        (
            line.vehicle.is_empty(),
            line.visit.as_str(),
            line.vehicle.as_str(),
            bin,
            line.part.as_str(),
        )
    });
    let printed = [
        ("bag", 12.0),
        ("point", 18.0),
        ("slot", 17.0),
        ("booking", 15.0),
        ("plate", 11.0),
        ("vin", 20.0),
        ("customer", 20.0),
        ("model", 16.0),
        ("bin", 10.0),
        ("code", 16.0),
        ("part_name", 22.0),
        ("unit", 7.0),
        ("qty", 7.0),
    ];
    let mut columns: Vec<Column> = printed
        .into_iter()
        .map(|(key, width)| Column::new(desk.say(key), width))
        .collect();
    columns.push(Column::entry(desk.say("picked"), 12.0, Entry::Text));
    let pieces = lines.iter().map(|line| u64::from(line.qty)).sum();
    let mut total = vec![Cell::Blank; columns.len() - 1];
    if let Some((qty, before)) = total.split_last_mut() {
        *qty = Cell::Whole(pieces);
        if let Some(first) = before.first_mut() {
            *first = Cell::Text(desk.say("total"));
        }
    }
    Table {
        name: desk.say("sheet_pick"),
        rows: lines.into_iter().map(|line| row(desk, line)).collect(),
        columns,
        totals: vec![total],
        landscape: true,
        frozen_columns: 0,
        ..Table::default()
    }
}

fn row(desk: &Desk<'_>, line: &KitLine) -> Vec<Cell> {
    let one = desk.vehicle(&line.vehicle);
    let part = desk.part(&line.part);
    let call = desk
        .set
        .plan
        .calls
        .iter()
        .find(|call| !line.vehicle.is_empty() && call.vehicle == line.vehicle);
    let bag = if line.vehicle.is_empty() {
        desk.say("common")
    } else {
        line.visit.clone()
    };
    vec![
        Cell::Text(bag),
        Cell::Text(desk.visit_point(&line.visit)),
        Cell::text(call.map_or("", |call| &call.slot_offered)),
        Cell::text(one.map_or("", |one| &one.booking)),
        Cell::text(one.map_or("", |one| &one.plate)),
        Cell::text(&line.vehicle),
        Cell::text(one.map_or("", |one| &one.customer)),
        Cell::text(one.map_or("", |one| &one.model)),
        Cell::text(part.map_or("", |part| &part.bin)),
        Cell::text(&line.part),
        desk.part_name(&line.part),
        Cell::text(part.map_or("", |part| &part.unit)),
        Cell::count(line.qty),
        Cell::Blank,
    ]
}
