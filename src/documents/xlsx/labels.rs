//! 备料袋标签 as a table: for a label printer's own program, and to tick off what was labelled.

use rust_xlsxwriter::XlsxError;

use super::desk::Desk;
use super::sheet::{Alert, Cell, Column, Entry, Table};
use crate::documents::load_view::{Label, labels};
use crate::documents::notices::label;
use crate::plan::model::Tour;

pub(super) fn book(desk: &Desk<'_>, tour: &Tour) -> Result<Vec<u8>, XlsxError> {
    let mut book = desk.book("doc_labels", &tour.id, &tour.id)?;
    let fragile = Alert::Says(desk.say("yes"));
    book.table(&table(desk, tour).alert(&desk.head("fragile"), fragile))?;
    book.finish()
}

fn table(desk: &Desk<'_>, tour: &Tour) -> Table {
    let printed = [
        ("label_number", 8.0),
        ("visit_id", 10.0),
        ("point", 18.0),
        ("bag", 7.0),
        ("plate", 16.0),
        ("model", 16.0),
        ("booking", 16.0),
        ("slot", 17.0),
        ("zone", 14.0),
        ("position", 9.0),
        ("label_piece", 8.0),
        ("pieces", 8.0),
        ("weight", 10.0),
        ("volume", 10.0),
        ("fragile", 8.0),
        ("contents", 44.0),
    ];
    let columns = printed
        .into_iter()
        .map(|(key, width)| Column::new(desk.head(key), width));
    let labelled = Column::entry(desk.head("labelled"), 10.0, Entry::Text);
    let rows = (1..).zip(labels(desk.set, tour));
    Table {
        name: desk.say("doc_labels"),
        rows: rows.map(|(number, one)| row(desk, number, &one)).collect(),
        columns: columns.chain([labelled]).collect(),
        landscape: true,
        frozen_columns: 1,
        ..Table::default()
    }
}

fn row(desk: &Desk<'_>, number: u32, one: &Label<'_>) -> Vec<Cell> {
    let parcel = &one.parcel;
    let vehicle = parcel.one;
    let number_of = |number: u32| match number {
        0 => Cell::Blank,
        number => Cell::count(number),
    };
    let whose = match vehicle {
        Some(one) => label(one),
        None if parcel.is_common() => desk.say("label_common"),
        None => String::new(),
    };
    vec![
        Cell::count(number),
        Cell::text(parcel.visit()),
        Cell::text(one.point),
        number_of(parcel.bag()),
        Cell::Text(whose),
        Cell::text(vehicle.map_or("", |one| &one.model)),
        Cell::text(vehicle.map_or("", |one| &one.booking)),
        Cell::text(one.slot),
        Cell::Text(desk.say_of("zone", parcel.zone().key())),
        Cell::text(&parcel.position),
        number_of(one.piece),
        Cell::count(parcel.pieces),
        Cell::Tenths(parcel.weight_kg),
        Cell::Tenths(parcel.volume_l),
        desk.tick(parcel.fragile),
        Cell::Text(parcel.contents(desk.set, desk.words)),
        Cell::Blank,
    ]
}
