//! 配件预备清单 of the month, and where every piece comes from.

use rust_xlsxwriter::XlsxError;

use super::ORDERS;
use super::desk::Desk;
use super::sheet::{Alert, Cell, Column, Table};
use crate::plan::model::{PartRequirement, SourcingLine};

pub(super) fn book(desk: &Desk<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut book = desk.book("doc_parts", &desk.set.plan.month, ORDERS)?;
    book.table(&parts(desk).alert(&desk.head("short"), Alert::Above(0)))?;
    let late = Alert::Says(desk.say("no_time"));
    book.table(&sourcing(desk).alert(&desk.head("feasible"), late))?;
    book.finish()
}

fn parts(desk: &Desk<'_>) -> Table {
    let columns = [
        ("code", 16.0),
        ("part_name", 24.0),
        ("bin", 10.0),
        ("unit", 7.0),
        ("needed", 11.0),
        ("kit", 9.0),
        ("peak", 11.0),
        ("on_hand", 9.0),
        ("from_stock", 10.0),
        ("on_order", 9.0),
        ("peer", 9.0),
        ("order", 9.0),
        ("short", 9.0),
        ("monitored", 10.0),
        ("goods_placed", 9.0),
        ("goods_received", 9.0),
    ];
    Table {
        name: desk.say("sheet_parts"),
        columns: columns
            .into_iter()
            .map(|(key, width)| Column::new(desk.head(key), width))
            .collect(),
        rows: desk
            .set
            .plan
            .parts
            .iter()
            .filter(|line| line.kit_qty > 0)
            .map(|line| part(desk, line))
            .collect(),
        landscape: true,
        frozen_columns: 2,
        ..Table::default()
    }
}

fn part(desk: &Desk<'_>, line: &PartRequirement) -> Vec<Cell> {
    let facts = desk.part(&line.part);
    let mut cells = vec![
        Cell::text(&line.part),
        desk.part_name(&line.part),
        Cell::text(facts.map_or("", |part| &part.bin)),
        Cell::text(desk.set.unit(facts)),
        Cell::Tenths(line.needed_expected),
        Cell::count(line.kit_qty),
        Cell::count(line.peak_qty),
        Cell::count(line.on_hand),
        Cell::count(line.from_stock),
        Cell::count(line.on_order),
        Cell::count(line.from_peer),
        Cell::count(line.to_order),
        Cell::count(line.short),
        desk.tick(line.monitored),
    ];
    cells.extend(super::goods::beside(desk, &line.part));
    cells
}

fn sourcing(desk: &Desk<'_>) -> Table {
    let columns = [
        ("code", 16.0),
        ("part_name", 24.0),
        ("tour", 8.0),
        ("source", 9.0),
        ("supplier", 18.0),
        ("mode", 9.0),
        ("qty", 8.0),
        ("to_order_packs", 8.0),
        ("order_by", 13.0),
        ("arrives", 13.0),
        ("to", 18.0),
        ("freight", 10.0),
        ("feasible", 10.0),
        ("reason", 20.0),
    ];
    Table {
        name: desk.say("sheet_sourcing"),
        columns: columns
            .into_iter()
            .map(|(key, width)| Column::new(desk.head(key), width))
            .collect(),
        rows: desk
            .set
            .plan
            .sourcing
            .iter()
            .map(|line| source(desk, line))
            .collect(),
        landscape: true,
        frozen_columns: 2,
        ..Table::default()
    }
}

fn source(desk: &Desk<'_>, line: &SourcingLine) -> Vec<Cell> {
    vec![
        Cell::text(&line.part),
        desk.part_name(&line.part),
        Cell::text(&line.tour),
        Cell::Text(desk.say_of("source", line.source.key())),
        Cell::text(&line.supplier),
        Cell::Text(desk.say_of("mode", &line.mode)),
        Cell::count(line.qty),
        Cell::count(line.order_qty),
        Cell::day(line.order_by),
        Cell::day(line.arrives),
        Cell::Text(desk.point_name(&line.to)),
        Cell::Yuan(line.cost),
        Cell::Text(desk.say(if line.feasible {
            "choice_yes"
        } else {
            "no_time"
        })),
        Cell::Text(desk.say_of("sourcing", &line.reason)),
    ]
}
