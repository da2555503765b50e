//! 装车清单: what goes into the van, in the order it goes in.

use rust_xlsxwriter::XlsxError;

use super::desk::Desk;
use super::sheet::{Alert, Cell, Column, Entry, Table};
use crate::plan::model::Tour;
use crate::stage::LoadLine;

pub(super) fn book(desk: &Desk<'_>, tour: &Tour) -> Result<Vec<u8>, XlsxError> {
    let mut book = desk.book("doc_load", &format!("{} {}", tour.id, tour.van), &tour.id)?;
    let fragile = Alert::Says(desk.say("yes"));
    book.table(&table(desk, tour).alert(&desk.head("fragile"), fragile))?;
    book.finish()
}

fn table(desk: &Desk<'_>, tour: &Tour) -> Table {
    let lines = desk.set.load.get(&tour.id).map_or(&[][..], Vec::as_slice);
    let printed = [
        ("position", 9.0),
        ("zone", 14.0),
        ("visit_id", 10.0),
        ("point", 18.0),
        ("bag", 7.0),
        ("plate", 20.0),
        ("code", 16.0),
        ("part_name", 22.0),
        ("fragile", 9.0),
        ("unit", 7.0),
        ("qty", 8.0),
        ("weight", 10.0),
        ("volume", 10.0),
    ];
    let mut columns: Vec<Column> = printed
        .into_iter()
        .map(|(key, width)| Column::new(desk.head(key), width))
        .collect();
    columns.push(Column::entry(desk.head("loaded"), 12.0, Entry::Text));
    Table {
        name: desk.say("sheet_load"),
        columns,
        rows: lines.iter().map(|line| row(desk, line)).collect(),
        totals: totals(desk, tour, lines),
        landscape: true,
        frozen_columns: 0,
        ..Table::default()
    }
}

fn row(desk: &Desk<'_>, line: &LoadLine) -> Vec<Cell> {
    let part = desk.part(&line.part);
    let whose = match desk.vehicle(&line.vehicle) {
        Some(one) if !one.plate.is_empty() => one.plate.clone(),
        _ if line.vehicle.is_empty() => desk.say("common"),
        _ => line.vehicle.clone(),
    };
    vec![
        Cell::count(line.position),
        Cell::Text(desk.say_of("zone", line.zone.key())),
        Cell::text(&line.visit),
        Cell::Text(desk.visit_point(&line.visit)),
        if line.bag == 0 {
            Cell::Blank
        } else {
            Cell::count(line.bag)
        },
        Cell::Text(whose),
        Cell::text(&line.part),
        desk.part_name(&line.part),
        desk.tick(part.is_some_and(|part| part.fragile)),
        Cell::text(desk.set.unit(part)),
        Cell::count(line.qty),
        Cell::Tenths(line.weight_kg),
        Cell::Tenths(line.volume_l),
        Cell::Blank,
    ]
}

/// What is carried, and under it what the van holds.
fn totals(desk: &Desk<'_>, tour: &Tour, lines: &[LoadLine]) -> Vec<Vec<Cell>> {
    let labelled = |label: &str, qty: Cell, weight: Cell, volume: Cell| {
        let mut cells = vec![Cell::Blank, Cell::Text(desk.say(label))];
        cells.resize(10, Cell::Blank);
        cells.extend([qty, weight, volume]);
        cells
    };
    let mut totals = vec![labelled(
        "total",
        Cell::Whole(lines.iter().map(|line| u64::from(line.qty)).sum()),
        Cell::Tenths(lines.iter().map(|line| line.weight_kg).sum()),
        Cell::Tenths(lines.iter().map(|line| line.volume_l).sum()),
    )];
    if let Some(kit) = desk.set.plan.kits.iter().find(|kit| kit.tour == tour.id) {
        // 0 = nobody wrote down what the van holds.
        let known = |value: f64| {
            if value > 0.0 {
                Cell::Tenths(value)
            } else {
                Cell::Text(desk.say("unknown"))
            }
        };
        totals.push(labelled(
            "van_rating",
            Cell::Blank,
            known(kit.van_payload_kg),
            known(kit.van_volume_l),
        ));
    }
    totals
}
