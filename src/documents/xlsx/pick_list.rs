//! 备料单: one row per part and bag, common stock last.

use rust_xlsxwriter::XlsxError;

use super::desk::Desk;
use super::sheet::{Cell, Column, Entry, Table};
use crate::documents::load_view::bag_numbers;
use crate::documents::parts_view::{OldNumbers, sources, why};
use crate::plan::model::{KitLine, Tour};

pub(super) fn book(desk: &Desk<'_>, tour: &Tour) -> Result<Vec<u8>, XlsxError> {
    let mut book = desk.book("doc_pick", &tour.id, &tour.id)?;
    book.table(&table(desk, tour))?;
    book.finish()
}

/// Columns before the pieces.
const QTY: usize = 12;

fn table(desk: &Desk<'_>, tour: &Tour) -> Table {
    let mut lines: Vec<&KitLine> = desk
        .set
        .plan
        .kit
        .iter()
        .filter(|line| line.tour == tour.id)
        .collect();
    let numbers = bag_numbers(desk.set, tour);
    let number = |line: &KitLine| numbers.get(line.vehicle.as_str()).copied().unwrap_or(0);
    lines.sort_by_key(|line| {
        let bin = desk.part(&line.part).map_or("", |part| part.bin.as_str());
        (
            line.vehicle.is_empty(),
            line.visit.as_str(),
            number(line),
            line.vehicle.as_str(),
            bin,
            line.part.as_str(),
        )
    });
    let printed = [
        ("bag", 12.0),
        ("bag_number", 7.0),
        ("point", 14.0),
        ("slot", 12.0),
        ("booking", 15.0),
        ("plate", 11.0),
        ("customer", 16.0),
        ("model", 14.0),
        ("bin", 10.0),
        ("code", 16.0),
        ("part_name", 22.0),
        ("unit", 7.0),
        ("qty", 7.0),
        ("pick_source", 20.0),
        ("why", 30.0),
        ("expected_use", 9.0),
        ("expected_short", 9.0),
        ("expected_back", 9.0),
    ];
    let mut columns: Vec<Column> = printed
        .into_iter()
        .map(|(key, width)| Column::new(desk.head(key), width))
        .collect();
    columns.push(Column::entry(desk.head("picked"), 9.0, Entry::Text));
    // The paper is full; on the screen whoever looks for a vehicle finds it.
    let printed = columns.len();
    columns.push(Column::new(desk.head("vin"), 20.0));
    let mut old = OldNumbers::of(desk.set, tour);
    let pieces = lines.iter().map(|line| u64::from(line.qty)).sum();
    // The words stand first, the pieces under their column.
    let mut total = vec![Cell::Text(desk.say("total"))];
    total.resize(QTY, Cell::Blank);
    total.push(Cell::Whole(pieces));
    Table {
        name: desk.say("sheet_pick"),
        rows: lines
            .into_iter()
            .map(|line| row(desk, line, number(line), &mut old))
            .collect(),
        columns,
        totals: vec![total],
        landscape: true,
        printed: Some(printed),
        ..Table::default()
    }
}

fn row(desk: &Desk<'_>, line: &KitLine, number: u32, old: &mut OldNumbers<'_>) -> Vec<Cell> {
    let one = desk.vehicle(&line.vehicle);
    let part = desk.part(&line.part);
    let call = desk.set.found.call_of(&line.vehicle);
    let bag = if line.vehicle.is_empty() {
        desk.say("common")
    } else {
        line.visit.clone()
    };
    vec![
        Cell::Text(bag),
        if number == 0 {
            Cell::Blank
        } else {
            Cell::count(number)
        },
        Cell::Text(desk.visit_point(&line.visit)),
        Cell::text(call.map_or("", |call| &call.slot_offered)),
        Cell::text(one.map_or("", |one| &one.booking)),
        Cell::text(one.map_or("", |one| &one.plate)),
        Cell::text(one.map_or("", |one| &one.customer)),
        Cell::text(one.map_or("", |one| &one.model)),
        Cell::text(part.map_or("", |part| &part.bin)),
        Cell::text(&line.part),
        desk.part_name(&line.part),
        Cell::text(desk.set.unit(part)),
        Cell::count(line.qty),
        Cell::Text(sources(desk.set, line, desk.words).0),
        Cell::Text(reasons(desk, line, old)),
        Cell::Tenths(line.need),
        Cell::Tenths(line.shortage),
        Cell::Tenths(line.leftover),
        Cell::Blank,
        Cell::text(&line.vehicle),
    ]
}

/// Why the pieces are carried, and the number some of them lie under.
fn reasons(desk: &Desk<'_>, line: &KitLine, old: &mut OldNumbers<'_>) -> String {
    let why = why(desk.set, line, desk.words);
    match old.note(line, desk.words).as_str() {
        "" => why,
        note => format!("{why}; {note}"),
    }
}
