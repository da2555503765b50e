//! Rule 5: who is called when, and by whom. Reminders: `reminders`.

use std::collections::{BTreeMap, BTreeSet};

use super::case::{Case, differs, fault};
use super::tables::{Call, Tour};
use crate::domain::{Date, Role};
use crate::findings::Finding;

const CALLS: &str = "calls.csv";

/// The days from `from` to `to` days before departure, both inclusive, earliest first.
pub(super) fn window(tour: &Tour, from: u32, to: u32) -> Vec<Date> {
    let days = i64::from(to.min(from))..=i64::from(from.max(to));
    days.rev().map(|day| tour.depart.plus_days(-day)).collect()
}

/// The days on which a tour's customers may be called.
fn call_window(case: &Case<'_>, tour: &Tour) -> Vec<Date> {
    let calls = &case.inputs.settings.calls;
    window(tour, calls.from_days, calls.to_days)
}

/// Calls lie from T-5 to T-3; on a rest day only where no workday of the window is left, and then marked.
pub(super) fn calls_keep_their_window(case: &Case<'_>) -> Vec<Finding> {
    let mut faults = Vec::new();
    for call in case.calls.iter().filter(|call| call.deviation.is_empty()) {
        let (Some(date), Some(tour)) = (call.date, case.tour(&call.tour)) else {
            continue;
        };
        let at = (CALLS, call.line);
        let days = call_window(case, tour);
        if !days.contains(&date) {
            faults.push(differs("V501", at, &call.vehicle, date, &tour.id));
            continue;
        }
        let rests = !case.inputs.calendar.is_work(date);
        // A day that was over when the call was planned, or by the call itself, was none to choose.
        let from = date.min(case.planned_on());
        let mut left = days.iter().filter(|day| **day >= from);
        if rests && left.any(|day| case.inputs.calendar.is_work(*day)) {
            faults.push(differs("V508", at, &call.vehicle, date, &tour.id));
        }
        if call.rest_day.is_some_and(|marked| marked != rests) {
            faults.push(fault("V514", CALLS, call.line, &call.vehicle));
        }
    }
    faults
}

/// Contacts, by tour, that have been called: their day is over, or they answered or were not reached. A fleet is one call.
pub(super) fn made<'a>(case: &'a Case<'_>) -> BTreeSet<(&'a str, &'a str)> {
    let today = case.planned_on();
    let is_made =
        |call: &&Call| !call.outcome.is_empty() || call.date.is_some_and(|day| day < today);
    let calls = case.calls.iter().filter(is_made);
    calls.map(turn_of).collect()
}

/// The tour and the contact of a call.
pub(super) fn turn_of(call: &Call) -> (&str, &str) {
    (&call.tour, contact_of(call))
}

/// Nobody is to call more contacts a day than `calls_per_day`; callers are advisers, and not on a day off. Who made a
/// call may have gone or makes fewer since.
pub(super) fn advisers_are_not_overrun(case: &Case<'_>) -> Vec<Finding> {
    let made = made(case);
    let mut contacts: BTreeMap<(&str, Date), (BTreeSet<&str>, u32)> = BTreeMap::new();
    let mut to_make: BTreeSet<(&str, Date)> = BTreeSet::new();
    let mut faults = Vec::new();
    for call in &case.calls {
        let Some(date) = call.date else {
            if !call.caller.is_empty() {
                faults.push(fault("V503", CALLS, call.line, &call.vehicle));
            }
            continue;
        };
        let day = contacts
            .entry((&call.caller, date))
            .or_insert((BTreeSet::new(), call.line));
        day.0.insert(contact_of(call));
        if made.contains(&turn_of(call)) {
            continue;
        }
        to_make.insert((&call.caller, date));
        let adviser = case
            .person(&call.caller)
            .filter(|person| person.role == Role::Adviser);
        if adviser.is_none_or(|person| person.days_off.contains(&date)) {
            faults.push(fault("V503", CALLS, call.line, &call.vehicle));
        }
    }
    for ((caller, date), (contacts, line)) in contacts {
        let most = case
            .person(caller)
            .map_or(0, |person| person.calls_per_day as usize);
        if contacts.len() > most && to_make.contains(&(caller, date)) {
            let key = format!("{caller} {date}");
            faults.push(differs("V502", (CALLS, line), key, contacts.len(), most));
        }
    }
    faults
}

fn contact_of(call: &Call) -> &str {
    if call.contact.is_empty() {
        &call.vehicle
    } else {
        &call.contact
    }
}

/// Who asked not to be called, or has no number, has no day; `callable` and `missing` tell the same.
pub(super) fn nobody_is_called_against_his_will(case: &Case<'_>) -> Vec<Finding> {
    let unknown_phone: BTreeSet<&str> = case
        .customers
        .iter()
        .filter(|row| row.missing.split('|').any(|word| word == "phone"))
        .map(|row| row.vehicle.as_str())
        .collect();
    let mut faults = Vec::new();
    for call in &case.calls {
        let at = (CALLS, call.line);
        let known = matches!(call.callable.as_str(), "yes" | "do_not_call" | "no_phone");
        if call.callable != "yes" && (call.date.is_some() || !call.caller.is_empty()) {
            faults.push(differs("V504", at, &call.vehicle, &call.callable, "yes"));
        }
        let phone = !unknown_phone.contains(call.vehicle.as_str());
        let fits = match call.callable.as_str() {
            "yes" => phone,
            "no_phone" => !phone,
            _ => true,
        };
        if !known || !fits {
            faults.push(fault("V505", CALLS, call.line, &call.vehicle));
        }
    }
    faults
}

/// Calls that found no day and are still to be made, for a tour that has not left, are said (P003, or P014 where the window is over), not
/// hidden.
pub(super) fn overflow_is_said(case: &Case<'_>) -> Vec<Finding> {
    let open =
        |call: &&Call| call.callable == "yes" && call.date.is_none() && call.outcome.is_empty();
    let mut tours: BTreeMap<&str, u32> = BTreeMap::new();
    for call in case
        .calls
        .iter()
        .filter(open)
        .filter(|call| call.deviation.is_empty())
    {
        tours.entry(&call.tour).or_insert(call.line);
    }
    let today = case.planned_on();
    let has_left = |tour: &str| case.tour(tour).is_some_and(|tour| tour.depart < today);
    let silent = tours
        .into_iter()
        .filter(|(tour, _)| !case.says(&["P003", "P014"], tour) && !has_left(tour));
    silent
        .map(|(tour, line)| fault("V510", CALLS, line, tour))
        .collect()
}

/// Within a tour the more urgent contact is never called on a later day, nor left out for a less urgent one.
pub(super) fn the_most_urgent_come_first(case: &Case<'_>) -> Vec<Finding> {
    // Priority, day and line of each contact's most urgent row.
    type Urgent = (u64, Option<Date>, u32);
    let mut contacts: BTreeMap<(&str, &str), Urgent> = BTreeMap::new();
    for call in case.calls.iter().filter(|call| call.callable == "yes") {
        let Some(priority) = call.priority.filter(|_| call.deviation.is_empty()) else {
            continue;
        };
        let key = (call.tour.as_str(), contact_of(call));
        let best = contacts
            .entry(key)
            .or_insert((priority, call.date, call.line));
        if priority < best.0 {
            *best = (priority, call.date, call.line);
        }
    }
    let mut by_tour: BTreeMap<&str, Vec<Urgent>> = BTreeMap::new();
    for ((tour, _), call) in contacts {
        by_tour.entry(tour).or_default().push(call);
    }
    let mut faults = Vec::new();
    for (tour, mut calls) in by_tour {
        calls.sort_unstable_by_key(|(priority, _, line)| (*priority, *line));
        for pair in calls.windows(2) {
            let [(_, before, _), (_, date, line)] = pair else {
                continue;
            };
            // No day at all is later than any.
            let late = date.is_some() && before.is_none_or(|before| Some(before) > *date);
            if late {
                faults.push(fault("V509", CALLS, *line, tour));
            }
        }
    }
    faults
}

/// One contact is one call: all vehicles of a contact in a tour have the same caller and day.
pub(super) fn a_fleet_is_one_call(case: &Case<'_>) -> Vec<Finding> {
    let mut first: BTreeMap<(&str, &str), &Call> = BTreeMap::new();
    let mut bookings: BTreeSet<&str> = BTreeSet::new();
    let mut faults = Vec::new();
    for call in &case.calls {
        if call.booking.is_empty() || !bookings.insert(&call.booking) {
            faults.push(fault("V515", CALLS, call.line, &call.vehicle));
        }
        if call.callable != "yes" {
            continue;
        }
        let known = first.entry((&call.tour, contact_of(call))).or_insert(call);
        if (known.date, &known.caller) != (call.date, &call.caller) {
            faults.push(fault("V513", CALLS, call.line, &call.vehicle));
        }
    }
    faults
}

/// A slot is offered on a day of the vehicle's visit, and only to those with a place.
pub(super) fn slots_lie_within_the_visit(case: &Case<'_>) -> Vec<Finding> {
    let rows: BTreeMap<&str, (bool, &str)> = case
        .customers
        .iter()
        .map(|row| (row.vehicle.as_str(), (row.on_visit(), row.visit.as_str())))
        .collect();
    let mut faults = Vec::new();
    for call in &case.calls {
        let Some((on_visit, visit)) = rows.get(call.vehicle.as_str()) else {
            continue;
        };
        let day = call.slot.get(0..10).and_then(Date::parse_iso);
        let visit = case.visit(visit).filter(|_| *on_visit);
        let fits = match (day, visit) {
            (Some(day), Some(visit)) => visit.first_day <= day && day <= visit.last_day,
            (None, _) => call.slot.is_empty(),
            (Some(_), None) => false,
        };
        if !fits {
            faults.push(fault("V512", CALLS, call.line, &call.vehicle));
        }
    }
    faults
}

/// A booked slot stands only where the customer said yes and a place is kept, on a day of the visit; nobody who
/// declined has a place, and everybody who said yes and has a place is booked.
pub(super) fn bookings_are_kept(case: &Case<'_>) -> Vec<Finding> {
    let on_visit: BTreeMap<&str, &str> = case
        .customers
        .iter()
        .filter(|row| row.on_visit())
        .map(|row| (row.vehicle.as_str(), row.visit.as_str()))
        .collect();
    let mut faults = Vec::new();
    for call in &case.calls {
        let visit = on_visit.get(call.vehicle.as_str());
        let yes = call.outcome == "coming";
        let day = call.booked.get(..10).and_then(Date::parse_iso);
        let within = visit.and_then(|visit| case.visit(visit)).zip(day);
        let fits = if call.booked.is_empty() {
            !(yes && visit.is_some())
        } else {
            yes && within.is_some_and(|(at, day)| at.first_day <= day && day <= at.last_day)
        };
        if !fits || call.outcome == "declined" {
            faults.push(fault("V517", CALLS, call.line, &call.vehicle));
        }
    }
    faults
}
