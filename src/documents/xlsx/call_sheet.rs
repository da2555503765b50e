//! 邀约电话登记表: the sheets that go out to the callers and come back filled, one workbook a caller and day.
//!
//! Row 1 is the header and column A the booking key, so that they can be read back; title, plan and approval
//! therefore stand in the page header. What is answered already stands on a sheet of its own, to be corrected.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rust_xlsxwriter::XlsxError;

use super::call_row::{PRINTED, cells, columns};
use super::desk::Desk;
use super::sheet::{Cell, Column, Table};
use crate::documents::call_days::CallDay;
use crate::plan::model::{Call, Tour};

/// The workbooks of a tour: file name and bytes.
pub(super) fn books(desk: &Desk<'_>, tour: &Tour) -> Vec<(String, Result<Vec<u8>, XlsxError>)> {
    // The longest of a month's workbooks.
    let days = desk.set.found.call_days(tour).par_iter();
    days.map(|day| (day.file.clone(), book(desk, tour, day)))
        .collect()
}

fn book(desk: &Desk<'_>, tour: &Tour, day: &CallDay<'_>) -> Result<Vec<u8>, XlsxError> {
    let about = match day.date {
        Some(date) => format!("{} {date} {}", tour.id, day.caller),
        None => tour.id.clone(),
    };
    let mut book = desk.book("doc_calls", &about, &tour.id)?;
    book.table(&calls(desk, "sheet_calls", &day.open))?;
    if !day.answered.is_empty() {
        book.table(&calls(desk, "sheet_answered", &day.answered))?;
    }
    book.table(&cribs(desk, desk.set.found.models_of(tour)))?;
    book.finish()
}

fn calls(desk: &Desk<'_>, name: &str, calls: &[&Call]) -> Table {
    let mut fleets: BTreeMap<&str, usize> = BTreeMap::new();
    for call in calls {
        *fleets.entry(call.who()).or_default() += 1;
    }
    let columns = columns(desk);
    let (mut rows, mut blocks, mut last) = (Vec::new(), BTreeSet::new(), "");
    for call in calls {
        let Some(one) = desk.vehicle(&call.vehicle) else {
            continue;
        };
        if call.who() != last {
            blocks.insert(rows.len());
            last = call.who();
        }
        let together = fleets.get(call.who()).copied().unwrap_or(1);
        rows.push(cells(desk, call, one, together));
    }
    Table {
        name: desk.say(name),
        columns,
        rows,
        landscape: true,
        frozen_columns: 1,
        printed: Some(PRINTED),
        blocks,
        ..Table::default()
    }
}

/// Symptom → items and prices of every model given, in full.
pub(super) fn cribs<'a>(desk: &Desk<'_>, models: impl IntoIterator<Item = &'a str>) -> Table {
    let plan = desk.set.plan;
    let mut rows = Vec::new();
    for model in models {
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
            .map(|(key, width)| Column::new(desk.head(key), width))
            .collect(),
        rows,
        ..Table::default()
    }
}
