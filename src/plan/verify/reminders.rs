//! Rule 5: who is reminded when, and by what. Booked vehicles and what became of the tours are read from
//! plan.json as an outsider would.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::calls::window;
use super::case::{Case, differs, fault};
use super::tables::{Reminder, Tour};
use crate::domain::Date;
use crate::findings::Finding;

const REMINDERS: &str = "reminders.csv";

/// Reminders lie from T-2 to T-1, on a workday where the window has one to come. Visits from the tour's
/// third day on get a second one the day before; the message of departure goes out on that day.
pub(super) fn reminders_keep_their_window(case: &Case<'_>) -> Vec<Finding> {
    let settings = &case.inputs.settings.reminders;
    let calendar = case.inputs.calendar;
    let first_days = first_days(case);
    let mut faults = Vec::new();
    for reminder in &case.reminders {
        let at = (REMINDERS, reminder.line);
        let Some(tour) = case.tour(&reminder.tour) else {
            if reminder.deviation.is_empty() {
                faults.push(fault("V507", REMINDERS, reminder.line, &reminder.vehicle));
            }
            continue;
        };
        let Some(date) = reminder.date else {
            if reminder.channel != "none" {
                faults.push(fault("V507", REMINDERS, reminder.line, &reminder.vehicle));
            }
            continue;
        };
        if !reminder.deviation.is_empty() {
            // A reason may move it out of the window, never past the eve of the slot.
            let slot = reminder.slot.get(0..10).and_then(Date::parse_iso);
            if slot.is_some_and(|slot| date >= slot) {
                faults.push(differs("V506", at, &reminder.vehicle, date, &tour.id));
            }
            continue;
        }
        let days = window(tour, settings.from_days, settings.to_days);
        let second = || {
            let visit = first_days.get(reminder.vehicle.as_str());
            visit.is_some_and(|(visit, first)| second_text_on(case, tour, visit, *first, date))
        };
        let allowed = match reminder.kind.as_str() {
            "departure" => date == tour.depart,
            "second" => second(),
            "first" => days.contains(&date),
            // A table without kinds: either may be meant.
            _ => days.contains(&date) || second(),
        };
        if !allowed {
            faults.push(differs("V506", at, &reminder.vehicle, date, &tour.id));
            continue;
        }
        let could = |day: &&Date| **day >= case.planned_on() && calendar.is_work(**day);
        if reminder.kind == "first" && !calendar.is_work(date) && days.iter().any(|day| could(&day))
        {
            faults.push(differs("V530", at, &reminder.vehicle, date, &tour.id));
        }
    }
    faults
}

/// The visit of each vehicle with a place, and its first day.
fn first_days<'a>(case: &'a Case<'_>) -> BTreeMap<&'a str, (&'a str, Date)> {
    let with_place = case.customers.iter().filter(|row| row.on_visit());
    with_place
        .filter_map(|row| Some((row.vehicle.as_str(), (row.visit.as_str(), row.date?))))
        .collect()
}

/// Whether `date` is the eve of a day of the visit, three or more days into the tour.
fn second_text_on(case: &Case<'_>, tour: &Tour, visit: &str, first: Date, date: Date) -> bool {
    let last = case.visit(visit).map_or(first, |visit| visit.last_day);
    let eve_of = date.plus_days(1);
    is_late(tour, first) && first <= eve_of && eve_of <= last
}

/// Whether a visit that begins on this day begins three or more days into the tour.
fn is_late(tour: &Tour, first: Date) -> bool {
    first.days_since(tour.depart) >= 2
}

/// A vehicle plan.json has a slot for.
struct Booked<'a> {
    vehicle: &'a str,
    tour: &'a str,
    slot: &'a str,
    no_texts: bool,
}

fn booked<'a>(case: &'a Case<'_>) -> Vec<Booked<'a>> {
    let vehicles = case.plan.get("vehicles").and_then(Value::as_array);
    let text = |one: &'a Value, key: &str| one.get(key).and_then(Value::as_str).unwrap_or_default();
    let all = vehicles.into_iter().flatten().map(|one| Booked {
        vehicle: text(one, "vehicle"),
        tour: text(one, "tour"),
        slot: text(one, "slot"),
        no_texts: one.get("sms_optout").and_then(Value::as_bool) == Some(true),
    });
    all.filter(|one| !one.slot.is_empty()).collect()
}

/// Tours that do not leave, by the last word plan.json has on them.
pub(super) fn resting<'a>(case: &'a Case<'_>) -> BTreeSet<&'a str> {
    let changes = case.plan.get("changes").and_then(Value::as_array);
    let mut resting = BTreeSet::new();
    for change in changes.into_iter().flatten() {
        let text = |key: &str| change.get(key).and_then(Value::as_str).unwrap_or_default();
        match text("what") {
            "suspended" | "cancelled" => {
                resting.insert(text("tour"));
            }
            "moved" => {
                resting.remove(text("tour"));
            }
            _ => {}
        }
    }
    resting
}

/// Every booked vehicle of a tour that leaves has its reminder (and a late one its second), for the slot it
/// has, or a word why not; a tour that rests reminds nobody.
pub(super) fn booked_customers_are_reminded(case: &Case<'_>) -> Vec<Finding> {
    let resting = resting(case);
    let first_days = first_days(case);
    let mut faults = Vec::new();
    for one in booked(case) {
        if resting.contains(one.tour) {
            continue;
        }
        let own = |reminder: &&Reminder| {
            reminder.vehicle == one.vehicle
                && reminder.tour == one.tour
                && reminder.slot == one.slot
        };
        let rows: Vec<&Reminder> = case.reminders.iter().filter(own).collect();
        let said = rows.iter().any(|row| !row.deviation.is_empty());
        let of = |kind: &str| {
            rows.iter()
                .any(|row| row.kind == kind && row.date.is_some())
        };
        let late = case.tour(one.tour).is_some_and(|tour| {
            let visit = first_days.get(one.vehicle);
            visit.is_some_and(|(_, first)| is_late(tour, *first))
        });
        if !said && (!of("first") || (late && !of("second"))) {
            faults.push(fault("V531", REMINDERS, 0, one.vehicle));
        }
    }
    for reminder in &case.reminders {
        if resting.contains(reminder.tour.as_str()) {
            faults.push(fault("V533", REMINDERS, reminder.line, &reminder.vehicle));
        }
    }
    faults
}

/// Who wants no texts gets none, nor does any other vehicle of the same contact; no message without a word why.
pub(super) fn nobody_is_texted_against_his_will(case: &Case<'_>) -> Vec<Finding> {
    let contact_of: BTreeMap<&str, &str> = case
        .calls
        .iter()
        .filter(|call| !call.contact.is_empty())
        .map(|call| (call.vehicle.as_str(), call.contact.as_str()))
        .collect();
    let contact = |vehicle| contact_of.get(vehicle).copied().unwrap_or(vehicle);
    let refuses: BTreeSet<&str> = booked(case)
        .iter()
        .filter(|one| one.no_texts)
        .map(|one| contact(one.vehicle))
        .collect();
    let mut faults = Vec::new();
    for reminder in &case.reminders {
        let refused = refuses.contains(contact(&reminder.vehicle));
        // What lay before the plan was made was sent before the refusal.
        let sent = reminder.date.is_some_and(|date| date < case.planned_on());
        if reminder.channel == "text" && refused && !sent {
            faults.push(fault("V532", REMINDERS, reminder.line, &reminder.vehicle));
        }
        if !matches!(reminder.channel.as_str(), "text" | "call" | "none") {
            faults.push(fault("V507", REMINDERS, reminder.line, &reminder.vehicle));
        }
    }
    faults
}
