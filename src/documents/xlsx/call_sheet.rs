//! 邀约电话登记表: the sheet that goes out to the callers and comes back filled.
//!
//! Row 1 is the header and column A the booking key, so that it can be read back; title, plan and
//! approval therefore stand in the page header.

use std::collections::BTreeMap;

use rust_xlsxwriter::XlsxError;

use super::call_row::{cells, columns};
use super::desk::Desk;
use super::sheet::{Cell, Column, Table};
use crate::documents::call_view::models_called;
use crate::domain::Date;
use crate::plan::model::{Call, CalledVehicle, Tour};

pub(super) fn book(desk: &Desk<'_>, tour: &Tour) -> Result<Vec<u8>, XlsxError> {
    let mut book = desk.book("doc_calls", &tour.id, &tour.id)?;
    book.table(&calls(desk, tour))?;
    book.table(&cribs(desk, tour))?;
    book.finish()
}

fn calls(desk: &Desk<'_>, tour: &Tour) -> Table {
    let called: BTreeMap<&str, &CalledVehicle> = desk
        .set
        .plan
        .vehicles
        .iter()
        .map(|one| (one.vehicle.as_str(), one))
        .collect();
    let columns = columns(desk);
    let rows = in_calling_order(desk, tour)
        .into_iter()
        .filter_map(|call| {
            Some(cells(
                desk,
                call,
                called.get(call.vehicle.as_str())?,
                columns.len(),
            ))
        })
        .collect();
    Table {
        name: desk.say("sheet_calls"),
        columns,
        rows,
        landscape: true,
        frozen_columns: 1,
        ..Table::default()
    }
}

/// No day last, then day, caller and priority.
type Turn<'a> = (bool, Option<Date>, &'a str, u32);

/// By caller-day, most urgent first; all vehicles of a contact stand together, at the turn of its first.
fn in_calling_order<'a>(desk: &Desk<'a>, tour: &Tour) -> Vec<&'a Call> {
    let mut calls: Vec<&Call> = desk
        .set
        .plan
        .calls
        .iter()
        .filter(|call| call.tour == tour.id)
        .collect();
    let mut turns: BTreeMap<&str, Turn<'_>> = BTreeMap::new();
    for call in &calls {
        let own = turn(call);
        turns
            .entry(contact(call))
            .and_modify(|first| *first = own.min(*first))
            .or_insert(own);
    }
    calls.sort_by_key(|call| {
        (
            turns.get(contact(call)),
            contact(call),
            turn(call),
            call.booking.as_str(),
        )
    });
    calls
}

fn turn(call: &Call) -> Turn<'_> {
    (
        call.call_date.is_none(),
        call.call_date,
        &call.caller,
        call.priority,
    )
}

/// Who is dialled; a vehicle without a contact stands alone.
fn contact(call: &Call) -> &str {
    if call.contact.is_empty() {
        &call.vehicle
    } else {
        &call.contact
    }
}

/// The crib of every model called, in full.
fn cribs(desk: &Desk<'_>, tour: &Tour) -> Table {
    let plan = desk.set.plan;
    let mut rows = Vec::new();
    for model in models_called(plan, tour) {
        for line in plan.cribs.get(model).map_or(&[][..], Vec::as_slice) {
            rows.push(vec![
                Cell::text(model),
                Cell::text(&line.words),
                Cell::text(&line.item),
                Cell::Text(desk.item_name(&line.item)),
                Cell::Whole((line.probability * 100.0).round() as u64),
                Cell::Yuan(line.price),
            ]);
        }
    }
    let columns = [
        ("model", 18.0),
        ("symptom", 34.0),
        ("item", 16.0),
        ("item_name", 24.0),
        ("probability", 12.0),
        ("price", 14.0),
    ];
    Table {
        name: desk.say("sheet_crib"),
        columns: columns
            .into_iter()
            .map(|(key, width)| Column::new(desk.say(key), width))
            .collect(),
        rows,
        ..Table::default()
    }
}
