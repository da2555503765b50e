//! The calls of the last plan: who has a turn keeps it.
//!
//! Not responsible for: the turns of whoever is new on a list (`calls`).

use std::collections::{BTreeMap, BTreeSet};

use super::PlanInputs;
use super::calls::{advisers, callable};
use super::tours::MonthTours;
use crate::domain::{CallOutcome, Date, Person};
use crate::plan::model::{Call, Callable, CalledVehicle, MOVED, Status};
use crate::territory::slot_text;

/// The calls of the last plan whose vehicles are still on the same tour's list: nobody's call moves. What
/// was said and booked stands beside them.
pub(super) fn kept_calls(
    inputs: &PlanInputs<'_>,
    month: &MonthTours,
    called: &[CalledVehicle],
) -> Vec<Call> {
    let Some(given) = inputs.given else {
        return Vec::new();
    };
    let now: BTreeMap<&str, &CalledVehicle> = called
        .iter()
        .filter(|one| one.status != Status::Deferred)
        .map(|one| (one.vehicle.as_str(), one))
        .collect();
    // A fleet is one call: made for all where it was made for one.
    let is_made = |call: &&Call| {
        let one = now.get(call.vehicle.as_str());
        call.call_date.is_some_and(|day| day < inputs.today)
            || one.is_some_and(|one| outcome(one).is_some())
    };
    let last = &given.last.calls;
    let made = last
        .iter()
        .filter(is_made)
        .map(|call| (call.tour.as_str(), call.who()));
    let made: BTreeSet<(&str, &str)> = made.collect();
    let tables = &inputs.ingested.tables;
    let mut kept = Vec::new();
    for call in &given.last.calls {
        let Some(one) = now
            .get(call.vehicle.as_str())
            .filter(|one| one.tour == call.tour)
        else {
            continue;
        };
        let Some(index) = tables.position(&one.vehicle) else {
            continue;
        };
        let vehicle = &tables.vehicles[index];
        let refuses = given
            .said(&vehicle.id, inputs.month)
            .answer
            .is_some_and(|answer| answer.do_not_call == Some(true));
        let callable = callable(vehicle, refuses);
        let mut call = call.clone();
        let depart = month.tours.iter().find(|tour| tour.id == call.tour);
        let depart = depart.and_then(|tour| Date::parse_iso(&tour.facts.depart));
        let rules = &inputs.settings.calls;
        let days_before = |day: Date| depart.map(|depart| depart.days_since(day));
        let window = i64::from(rules.to_days)..=i64::from(rules.from_days);
        let outside = |day: Date| days_before(day).is_some_and(|days| !window.contains(&days));
        if call.call_date.is_some_and(outside) {
            // The tour leaves on another day: who was not called yet is called anew, unless it was for want of a day in
            // the window; who was stays called.
            let is_over = days_before(inputs.today).is_some_and(|days| days < *window.start());
            let anew = call.deviation.is_empty() || !is_over;
            if anew && !made.contains(&(call.tour.as_str(), call.who())) {
                continue;
            }
            MOVED.clone_into(&mut call.deviation);
        } else {
            call.deviation.clear();
        }
        call.callable = callable;
        if callable != Callable::Yes {
            call.call_date = None;
            call.caller.clear();
            call.rest_day = false;
            call.deviation.clear();
        }
        call.slot_offered = month.slots.get(&index).map_or_else(String::new, |slot| {
            let visit = month.called.get(&index).map(|on| &month.visits[on.visit]);
            visit.map_or_else(String::new, |visit| slot_text(visit.first_day, slot))
        });
        call.outcome = outcome(one);
        kept.push(call);
    }
    leave_to_others(&mut kept, &made, &advisers(tables));
    kept
}

/// Calls still to be made by somebody who is no adviser any more, is off that day, or makes fewer calls a day are planned
/// anew; of too many the last.
fn leave_to_others(kept: &mut Vec<Call>, made: &BTreeSet<(&str, &str)>, advisers: &[&Person]) {
    let is_made = |call: &Call| made.contains(&(call.tour.as_str(), call.who()));
    let most = |caller: &str, date: Date| {
        let adviser = advisers.iter().find(|one| one.name == caller);
        let works = adviser.filter(|one| !one.days_off.contains(&date));
        works.map_or(0, |one| one.calls_per_day as usize)
    };
    kept.sort_by_key(|call| (!is_made(call), call.priority));
    let mut contacts: BTreeMap<(String, Date), BTreeSet<String>> = BTreeMap::new();
    kept.retain(|call| {
        let Some(date) = call.call_date else {
            return true;
        };
        let of_day = contacts.entry((call.caller.clone(), date)).or_default();
        let stays =
            is_made(call) || of_day.contains(call.who()) || of_day.len() < most(&call.caller, date);
        if stays {
            of_day.insert(call.who().to_owned());
        }
        stays
    });
}

fn outcome(one: &CalledVehicle) -> Option<CallOutcome> {
    one.told.as_ref()?.outcome
}

/// Numbers the calls of tours that got new customers once more: by day, those that had a number first.
pub(super) fn rank_again(calls: &mut [Call], grown: &BTreeSet<String>) {
    for tour in grown {
        let mut of_tour: Vec<&mut Call> =
            calls.iter_mut().filter(|call| call.tour == *tour).collect();
        of_tour.sort_by_key(|call| (call.call_date.is_none(), call.call_date, call.priority));
        for (number, call) in (1..).zip(of_tour) {
            call.priority = number;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Role;
    use crate::plan::model::small;

    fn adviser(name: &str, calls_per_day: u32) -> Person {
        Person {
            name: name.into(),
            role: Role::Adviser,
            phone: String::new(),
            skills: BTreeSet::new(),
            level: 1,
            hours_per_day: None,
            calls_per_day,
            days_off: BTreeSet::new(),
            driver: false,
        }
    }

    fn call(vehicle: &str, contact: &str, caller: &str, priority: u32) -> Call {
        Call {
            caller: caller.into(),
            ..small::call(vehicle, "", contact, priority)
        }
    }

    #[test]
    fn calls_of_who_is_gone_off_or_makes_fewer_are_planned_anew_and_calls_made_stay() {
        let mut off = adviser("小孙", 9);
        off.days_off.extend(call("V1", "C1", "小孙", 1).call_date);
        let (zhao, li) = (adviser("小赵", 2), adviser("小李", 1));
        let mut kept = vec![
            call("V1", "C1", "小赵", 1),
            call("V2", "C1", "小赵", 2),
            call("V3", "C2", "小赵", 3),
            call("V4", "C3", "小赵", 4),
            call("V5", "C4", "小李", 5),
            call("V6", "C5", "小李", 6),
            call("V7", "C6", "小孙", 7),
            call("V8", "C7", "走了", 8),
            call("V9", "C8", "走了", 9),
        ];
        let made = BTreeSet::from([("T01", "C3"), ("T01", "C8")]);
        leave_to_others(&mut kept, &made, &[&zhao, &li, &off]);
        let mut left: Vec<&str> = kept.iter().map(|call| call.vehicle.as_str()).collect();
        left.sort_unstable();
        assert_eq!(left, ["V1", "V2", "V4", "V5", "V9"]);
    }
}
