//! changes.csv: whom every change of a tour concerns, one line each.

use super::table::Table;
use crate::plan::model::{Change, Plan, TourChange};

/// The word for what was done with a tour.
fn what(change: &Change) -> &'static str {
    match change {
        Change::Moved { .. } => "moved",
        Change::Suspended { .. } => "suspended",
        Change::Cancelled { .. } => "cancelled",
        Change::WithoutVan { .. } => "without_van",
        Change::WithoutPerson { .. } => "without_person",
        Change::WithoutPoint { .. } => "without_point",
    }
}

/// What was lost or where it was, and what stands in its place; empty = nothing.
fn from_to(change: &Change) -> (String, String) {
    match change {
        Change::Moved { from, to } => (from.to_string(), to.to_string()),
        Change::Suspended { from } | Change::Cancelled { from } => {
            (from.to_string(), String::new())
        }
        Change::WithoutVan { van, reserve } => (van.clone(), reserve.clone()),
        Change::WithoutPerson { person, reserve } => (person.clone(), reserve.clone()),
        Change::WithoutPoint { point } => (point.clone(), String::new()),
    }
}

pub(super) fn changes(plan: &Plan) -> Vec<u8> {
    let mut table = Table::new(&[
        "change",
        "tour",
        "what",
        "on",
        "from",
        "to",
        "booking",
        "vehicle",
        "contact",
        "booked",
        "old_point",
        "old_slot",
        "new_point",
        "new_slot",
        "reason",
    ]);
    for change in &plan.changes {
        for line in lines(change) {
            table.row(&line);
        }
    }
    table.finish()
}

/// A change that concerns nobody has one line all the same.
fn lines(change: &TourChange) -> Vec<Vec<String>> {
    let (from, to) = from_to(&change.change);
    let head = [
        change.number.to_string(),
        change.tour.clone(),
        what(&change.change).to_owned(),
        change.on.to_string(),
        from,
        to,
    ];
    let line = |own: [String; 8]| {
        let reason = [change.reason.clone()];
        head.iter().chain(&own).chain(&reason).cloned().collect()
    };
    if change.concerned.is_empty() {
        return vec![line(<[String; 8]>::default())];
    }
    let concerned = change.concerned.iter().map(|one| {
        line([
            one.booking.clone(),
            one.vehicle.clone(),
            one.contact.clone(),
            (if one.booked { "yes" } else { "no" }).to_owned(),
            one.old_point.clone(),
            one.old_slot.clone(),
            one.new_point.clone(),
            one.new_slot.clone(),
        ])
    });
    concerned.collect()
}
