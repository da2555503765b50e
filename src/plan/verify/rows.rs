//! Rule 1: nothing is lost. Every input row has one fate, every accepted vehicle one line.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::case::{Case, differs, fault};
use crate::findings::Finding;

const CUSTOMERS: &str = "customers.csv";
const CALLS: &str = "calls.csv";
const REJECTS: &str = "rejects.csv";
const STATUSES: [&str; 4] = ["visit", "waitlist", "invite", "deferred"];
const MISSING: [&str; 3] = ["model", "phone", "place"];

/// plan.json is of the month asked for.
pub(super) fn the_month_is_this(case: &Case<'_>) -> Vec<Finding> {
    let found = case
        .plan
        .get("month")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let wanted = case.inputs.month.to_string();
    if found == wanted {
        Vec::new()
    } else {
        vec![differs("V117", ("plan.json", 0), "month", found, wanted)]
    }
}

/// rows in = accepted + merged + rejected + ignored, in the inputs and in plan.json alike.
pub(super) fn rows_add_up(case: &Case<'_>) -> Vec<Finding> {
    let rows = case.inputs.rows;
    let mut faults = Vec::new();
    let sum = rows.accepted + rows.merged + rows.rejected + rows.ignored;
    if rows.rows != sum {
        faults.push(differs("V101", ("population", 0), "rows", sum, rows.rows));
    }
    if rows.accepted != case.inputs.accepted.len() as u64 {
        let found = case.inputs.accepted.len();
        faults.push(differs(
            "V101",
            ("population", 0),
            "accepted",
            found,
            rows.accepted,
        ));
    }
    let read = [
        ("rows", rows.rows),
        ("accepted", rows.accepted),
        ("merged", rows.merged),
        ("rejected", rows.rejected),
        ("ignored", rows.ignored),
    ];
    for (name, wanted) in read {
        let written = case
            .plan
            .pointer(&format!("/rows/{name}"))
            .and_then(Value::as_u64);
        if written != Some(wanted) {
            let found = written.map_or_else(|| "–".to_owned(), |count| count.to_string());
            faults.push(differs("V112", ("plan.json", 0), name, found, wanted));
        }
    }
    faults
}

/// rejects.csv holds every row that was not accepted, by fate, with its reason.
pub(super) fn rejects_account_for_every_row(case: &Case<'_>) -> Vec<Finding> {
    let rows = case.inputs.rows;
    let mut faults = Vec::new();
    let fates = [
        ("rejected", rows.rejected),
        ("merged", rows.merged),
        ("ignored", rows.ignored),
    ];
    for (fate, wanted) in fates {
        let found = case.rejects.iter().filter(|row| row.fate == fate).count() as u64;
        if found != wanted {
            faults.push(differs("V111", (REJECTS, 0), fate, found, wanted));
        }
    }
    for row in &case.rejects {
        let known = fates.iter().any(|(fate, _)| *fate == row.fate);
        if !known || row.reason.is_empty() {
            faults.push(fault("V114", REJECTS, row.line, &row.fate));
        }
    }
    faults
}

/// Every accepted vehicle stands in customers.csv exactly once, and nobody else.
pub(super) fn every_vehicle_once(case: &Case<'_>) -> Vec<Finding> {
    let accepted: BTreeSet<&str> = case.inputs.accepted.iter().map(String::as_str).collect();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut faults = Vec::new();
    for row in &case.customers {
        if !seen.insert(&row.vehicle) {
            faults.push(fault("V103", CUSTOMERS, row.line, &row.vehicle));
        } else if !accepted.contains(row.vehicle.as_str()) {
            faults.push(fault("V104", CUSTOMERS, row.line, &row.vehicle));
        }
    }
    let lost = accepted.difference(&seen);
    faults.extend(lost.map(|vehicle| fault("V102", CUSTOMERS, 0, vehicle)));
    faults
}

/// Statuses are of the four, all but visits have a reason, and `missing` holds known words.
pub(super) fn statuses_have_reasons(case: &Case<'_>) -> Vec<Finding> {
    let mut faults = Vec::new();
    for row in &case.customers {
        if !STATUSES.contains(&row.status.as_str()) {
            faults.push(fault("V105", CUSTOMERS, row.line, &row.vehicle));
        } else if !row.on_visit() && row.reason.is_empty() {
            faults.push(fault("V106", CUSTOMERS, row.line, &row.vehicle));
        }
        let mut words = row.missing.split('|').filter(|word| !word.is_empty());
        if words.any(|word| !MISSING.contains(&word)) {
            faults.push(fault("V107", CUSTOMERS, row.line, &row.vehicle));
        }
        if row.status == "waitlist" && case.tour(&row.tour).is_none() {
            faults.push(fault("V115", CUSTOMERS, row.line, &row.vehicle));
        }
    }
    faults
}

/// Every visit and waitlist vehicle stands in calls.csv exactly once, under its own tour, and nobody else.
pub(super) fn every_called_vehicle_once(case: &Case<'_>) -> Vec<Finding> {
    let called = case.customers.iter().filter(|row| row.is_called());
    let mut waiting: BTreeMap<&str, &str> = called
        .map(|row| (row.vehicle.as_str(), row.tour.as_str()))
        .collect();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut faults = Vec::new();
    for call in &case.calls {
        let tour = waiting.remove(call.vehicle.as_str());
        if !seen.insert(&call.vehicle) {
            faults.push(fault("V109", CALLS, call.line, &call.vehicle));
        } else if let Some(tour) = tour {
            if tour != call.tour {
                let at = (CALLS, call.line);
                faults.push(differs("V116", at, &call.vehicle, &call.tour, tour));
            }
        } else {
            faults.push(fault("V110", CALLS, call.line, &call.vehicle));
        }
    }
    faults.extend(
        waiting
            .keys()
            .map(|vehicle| fault("V108", CALLS, 0, vehicle)),
    );
    faults
}

/// The counts by status in plan.json are those of customers.csv.
pub(super) fn figures_are_sums(case: &Case<'_>) -> Vec<Finding> {
    let Some(figures) = case
        .plan
        .pointer("/figures/by_status")
        .and_then(Value::as_object)
    else {
        return Vec::new();
    };
    let mut faults = Vec::new();
    for status in STATUSES {
        let wanted = case
            .customers
            .iter()
            .filter(|row| row.status == status)
            .count() as u64;
        let found = figures.get(status).and_then(Value::as_u64).unwrap_or(0);
        if found != wanted {
            faults.push(differs("V113", ("plan.json", 0), status, found, wanted));
        }
        // Whoever has no place is not on the map.
        let mapped = on_the_map(&case.plan, status);
        if mapped > wanted {
            let key = format!("demand {status}");
            faults.push(differs("V113", ("plan.json", 0), &key, mapped, wanted));
        }
    }
    faults
}

/// Vehicles of a status in the places of plan.json.
fn on_the_map(plan: &Value, status: &str) -> u64 {
    let places = plan.get("demand").and_then(Value::as_array);
    let counts = places.into_iter().flatten().map(|place| {
        let count = place.pointer("/by_status").and_then(|by| by.get(status));
        count.and_then(Value::as_u64).unwrap_or(0)
    });
    counts.sum()
}
