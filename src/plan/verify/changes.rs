//! Changes of tours: what was lost is not there any more, what rests takes nothing, and everybody is told. The
//! changes are read from plan.json as an outsider would.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::calls::{made, turn_of};
use super::case::{Case, differs, fault};
use super::reminders::resting;
use super::sheet::Sheet;
use crate::findings::Finding;

const PLAN: &str = "plan.json";
const CALLS: &str = "calls.csv";
const CUSTOMERS: &str = "customers.csv";
const CONTACTS: &str = "private/contacts.csv";

fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value
        .get(key)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn changes<'a>(case: &'a Case<'_>) -> impl Iterator<Item = &'a Value> {
    list(&case.plan, "changes")
}

/// Tours that were moved before the last tours sheet was read: it may have put them on other days.
fn given_by_hand_since<'a>(case: &'a Case<'_>) -> BTreeSet<&'a str> {
    let mut moved: BTreeSet<&str> = BTreeSet::new();
    let mut by_hand = BTreeSet::new();
    for entry in &case.journal {
        let change = &entry["change"];
        if text(change, "what") == "moved" {
            let tour = text(change, "tour");
            by_hand.remove(tour);
            moved.insert(tour);
        } else if text(entry, "event") == "read" && text(entry, "sheet") == "tours" {
            by_hand.clone_from(&moved);
        }
    }
    by_hand
}

/// plan.json's changes are what the journal tells, in the same order.
pub(super) fn changes_are_the_journal(case: &Case<'_>) -> Vec<Finding> {
    let told: Vec<&Value> = case
        .journal
        .iter()
        .filter(|entry| text(entry, "event") == "changed")
        .filter_map(|entry| entry.get("change"))
        .collect();
    let written: Vec<&Value> = changes(case).collect();
    let mut faults = Vec::new();
    for at in 0..told.len().max(written.len()) {
        let (found, wanted) = (written.get(at).copied(), told.get(at).copied());
        if found != wanted {
            let key = found.or(wanted).map_or("", |change| text(change, "tour"));
            let word = |change: Option<&Value>| {
                change.map_or("–", |change| text(change, "what")).to_owned()
            };
            faults.push(differs("V540", (PLAN, 0), key, word(found), word(wanted)));
        }
    }
    faults
}

/// A tour that is suspended or cancelled has no day, crew, part, call, place or slot.
pub(super) fn resting_tours_take_nothing(case: &Case<'_>) -> Vec<Finding> {
    let resting = resting(case);
    let mut faults = Vec::new();
    let mut check = |file: &str, line: u32, tour: &str| {
        if resting.contains(tour) {
            faults.push(fault("V541", file, line, tour));
        }
    };
    for tour in &case.tours {
        check("tours.csv", tour.line, &tour.id);
    }
    for visit in &case.visits {
        check("visits.csv", visit.line, &visit.tour);
    }
    for duty in &case.duties {
        check("crew.csv", duty.line, &duty.tour);
    }
    for call in &case.calls {
        check(CALLS, call.line, &call.tour);
    }
    for line in &case.kit {
        check("kit.csv", 0, &line.tour);
    }
    for row in case.customers.iter().filter(|row| row.is_called()) {
        check(CUSTOMERS, row.line, &row.tour);
    }
    let booked = list(&case.plan, "vehicles").filter(|one| !text(one, "slot").is_empty());
    for one in booked {
        check(PLAN, 0, text(one, "tour"));
    }
    faults
}

/// No van, person or point a tour has lost is still on it, and it leaves on the day it was last moved to, unless a tours
/// sheet read since may say otherwise.
pub(super) fn what_was_lost_is_gone(case: &Case<'_>) -> Vec<Finding> {
    let mut faults = Vec::new();
    let mut leaves: BTreeMap<&str, &str> = BTreeMap::new();
    for change in changes(case) {
        let tour = text(change, "tour");
        let row = case.tour(tour);
        match text(change, "what") {
            "without_van" => {
                let van = text(change, "van");
                if let Some(row) = row.filter(|row| row.van == van) {
                    faults.push(differs("V542", ("tours.csv", row.line), tour, van, "–"));
                }
            }
            "without_person" => {
                let person = text(change, "person");
                let mut duties = case.duties.iter();
                if let Some(duty) = duties.find(|d| d.tour == tour && d.person == person) {
                    faults.push(differs("V542", ("crew.csv", duty.line), tour, person, "–"));
                }
            }
            "without_point" => {
                let point = text(change, "point");
                let visits = case.visits_of(tour);
                if let Some(visit) = visits.iter().find(|visit| visit.point == point) {
                    faults.push(differs(
                        "V542",
                        ("visits.csv", visit.line),
                        tour,
                        point,
                        "–",
                    ));
                }
                leaves.remove(tour);
            }
            "moved" => {
                leaves.insert(tour, text(change, "to"));
            }
            _ => {}
        }
    }
    let by_hand = given_by_hand_since(case);
    leaves.retain(|tour, _| !by_hand.contains(tour));
    for (tour, wanted) in leaves {
        if let Some(row) = case
            .tour(tour)
            .filter(|row| row.depart.to_string() != wanted)
        {
            let at = ("tours.csv", row.line);
            faults.push(differs("V543", at, tour, row.depart, wanted));
        }
    }
    faults
}

/// Everybody who had a slot on what was taken away is told, with a number; who keeps his word with a suspended
/// tour is on no other list, and nobody concerned is lost.
pub(super) fn everybody_concerned_is_told(case: &Case<'_>) -> Vec<Finding> {
    let rows: BTreeMap<&str, (u32, &str)> = case
        .customers
        .iter()
        .map(|row| (row.vehicle.as_str(), (row.line, row.status.as_str())))
        .collect();
    let numbers = numbers(case);
    let known: BTreeSet<&str> = case.inputs.accepted.iter().map(String::as_str).collect();
    let mut faults = Vec::new();
    let mut told: BTreeSet<(&str, &str)> = BTreeSet::new();
    for change in changes(case) {
        for one in list(change, "concerned") {
            let vehicle = text(one, "vehicle");
            told.insert((text(change, "tour"), vehicle));
            let listed = numbers.is_empty() || numbers.contains(vehicle);
            if known.contains(vehicle) && !(listed && rows.contains_key(vehicle)) {
                faults.push(fault("V544", CONTACTS, 0, vehicle));
            }
        }
    }
    let taken = list(&case.plan, "resting").flat_map(|rest| {
        let tour = rest.pointer("/tour/id").and_then(Value::as_str);
        let state = text(rest, "state");
        list(rest, "vehicles").map(move |one| (tour.unwrap_or_default(), state, one))
    });
    for (tour, state, one) in taken {
        let vehicle = text(one, "vehicle");
        if !text(one, "slot").is_empty() && !told.contains(&(tour, vehicle)) {
            faults.push(fault("V545", PLAN, 0, vehicle));
        }
        if let Some((line, status)) = rows.get(vehicle).filter(|_| state == "suspended")
            && *status != "deferred"
        {
            let at = (CUSTOMERS, *line);
            faults.push(differs("V546", at, vehicle, status, "deferred"));
        }
    }
    faults
}

/// Vehicles with a line in private/contacts.csv; none once it was purged.
fn numbers(case: &Case<'_>) -> BTreeSet<String> {
    let sheet = Sheet::read(case.files, CONTACTS, &["vehicle"], &mut Vec::new());
    let lines = sheet.iter().flat_map(Sheet::lines);
    lines.map(|line| line.owned("vehicle")).collect()
}

/// Only a tour whose days were changed has calls outside their window to make. A call that was made before its tour was
/// planned for other days (the tours sheet changed by hand, the month searched anew) stays on its day.
pub(super) fn deviations_have_a_change(case: &Case<'_>) -> Vec<Finding> {
    let moved: BTreeSet<&str> = changes(case)
        .filter(|change| matches!(text(change, "what"), "moved" | "without_point"))
        .map(|change| text(change, "tour"))
        .collect();
    let made = made(case);
    let mut faults = Vec::new();
    for call in case.calls.iter().filter(|call| !call.deviation.is_empty()) {
        let has_reason = moved.contains(call.tour.as_str()) || made.contains(&turn_of(call));
        if call.deviation != "moved" || !has_reason {
            faults.push(fault("V518", CALLS, call.line, &call.vehicle));
        }
    }
    faults
}
