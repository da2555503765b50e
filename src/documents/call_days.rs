//! A tour's calls by caller and day: one sheet each, and one for those nobody has been given.
//!
//! Responsible for: which call stands on which sheet, in which order, and which calls are answered already, so
//! that a second round calls only who is open. Not responsible for: what a sheet shows of a call.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Messages;
use crate::domain::{CallOutcome, Date};
use crate::plan::model::{Call, CalledVehicle, Plan, Status, Tour};

/// One caller's calls of one day.
pub(super) struct CallDay<'a> {
    /// The day; `None` = nobody is free, or they are not to be called.
    pub(super) date: Option<Date>,
    /// Who calls; empty as above.
    pub(super) caller: &'a str,
    /// Calls still to be made, all of a contact together, most urgent first.
    pub(super) open: Vec<&'a Call>,
    /// Calls that are answered.
    pub(super) answered: Vec<&'a Call>,
    /// File name of its workbook.
    pub(super) file: String,
}

/// No day last, then day, caller and priority.
type Turn<'a> = (bool, Option<Date>, &'a str, u32);

/// The sheets of a tour, those without a caller last; `vehicles` are the plan's by id.
pub(super) fn call_days<'a>(
    plan: &'a Plan,
    vehicles: &HashMap<&str, &CalledVehicle>,
    tour: &Tour,
) -> Vec<CallDay<'a>> {
    let mut calls: Vec<&Call> = plan
        .calls
        .iter()
        .filter(|call| call.tour == tour.id)
        .collect();
    // A contact's vehicles are one call: they stand where the first of them does.
    let mut turns: BTreeMap<&str, Turn<'_>> = BTreeMap::new();
    for call in &calls {
        let own = turn(call);
        turns
            .entry(call.who())
            .and_modify(|first| *first = own.min(*first))
            .or_insert(own);
    }
    calls.sort_by_cached_key(|call| {
        let first = turns.get(call.who()).copied();
        (first, call.who(), turn(call), call.booking.as_str())
    });
    let mut days: Vec<CallDay<'_>> = Vec::new();
    for call in calls {
        let (open, date, caller, _) = turns.get(call.who()).copied().unwrap_or(turn(call));
        let (date, caller) = if open { (None, "") } else { (date, caller) };
        if days
            .last()
            .is_none_or(|day| (day.date, day.caller) != (date, caller))
        {
            days.push(CallDay {
                date,
                caller,
                open: Vec::new(),
                answered: Vec::new(),
                file: String::new(),
            });
        }
        let Some(day) = days.last_mut() else {
            continue;
        };
        if is_answered(call, vehicles.get(call.vehicle.as_str()).copied()) {
            day.answered.push(call);
        } else {
            day.open.push(call);
        }
    }
    name_files(&mut days);
    days
}

/// Whether nobody needs to call once more. Who comes and has no slot yet is told one.
fn is_answered(call: &Call, one: Option<&CalledVehicle>) -> bool {
    match call.outcome {
        Some(CallOutcome::Coming) => one.is_some_and(CalledVehicle::is_booked),
        Some(CallOutcome::Declined | CallOutcome::WrongNumber) => true,
        Some(CallOutcome::Undecided | CallOutcome::NotReached | CallOutcome::CallLater) | None => {
            false
        }
    }
}

fn turn(call: &Call) -> Turn<'_> {
    let open = call.call_date.is_none() || call.caller.is_empty();
    (open, call.call_date, &call.caller, call.priority)
}

/// `call-sheet-2026-11-27-王.xlsx`: names every system takes, each once.
fn name_files(days: &mut [CallDay<'_>]) {
    let mut taken = BTreeSet::new();
    for day in days {
        let safe = |c: char| if c.is_alphanumeric() { c } else { '_' };
        let caller: String = day.caller.chars().take(24).map(safe).collect();
        let name = day
            .date
            .map_or_else(|| "open".to_owned(), |date| format!("{date}-{caller}"));
        let mut file = name.clone();
        let mut number = 2;
        // Windows does not tell A from a.
        while !taken.insert(file.to_lowercase()) {
            file = format!("{name}-{number}");
            number += 1;
        }
        day.file = format!("call-sheet-{file}.xlsx");
    }
}

/// The word's key for what holds of a vehicle.
pub(super) fn status_key(one: &CalledVehicle) -> &'static str {
    match one.status {
        Status::Visit if one.is_booked() => "status_booked",
        Status::Visit => "status_visit",
        Status::Waitlist => "status_waitlist",
        Status::Invite | Status::Deferred => "status_declined",
    }
}

/// The slot booked, else the one offered.
pub(super) fn slot<'a>(call: &'a Call, one: &'a CalledVehicle) -> &'a str {
    if one.is_booked() {
        &one.slot
    } else {
        &call.slot_offered
    }
}

/// The slot booked, else the one offered, else that there is none for a place that is kept.
pub(super) fn slot_words(call: &Call, one: &CalledVehicle, words: &Messages) -> String {
    match slot(call, one) {
        "" if one.status == Status::Visit => words.get("slots_none"),
        slot => slot.to_owned(),
    }
}

/// The word's key for how a call went.
pub(super) fn outcome_key(outcome: CallOutcome) -> &'static str {
    match outcome {
        CallOutcome::Coming => "res_coming",
        CallOutcome::Undecided => "res_undecided",
        CallOutcome::Declined => "res_declined",
        CallOutcome::NotReached => "res_not_reached",
        CallOutcome::WrongNumber => "res_wrong",
        CallOutcome::CallLater => "res_later",
    }
}

/// Keys of all of them, in the order of the boxes.
pub(super) const OUTCOMES: [&str; 6] = [
    "res_coming",
    "res_undecided",
    "res_declined",
    "res_not_reached",
    "res_wrong",
    "res_later",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::Found;
    use crate::plan::model::small::{day, plan};

    fn files(plan: &Plan) -> Vec<String> {
        let found = Found::of(plan);
        let days = found.call_days(&plan.tours[0]);
        days.iter().map(|day| day.file.clone()).collect()
    }

    #[test]
    fn there_is_one_sheet_a_caller_and_day_and_one_for_calls_without_a_caller() {
        let mut plan = plan();
        plan.calls[1].caller = "<a/b:c>".into();
        assert_eq!(
            files(&plan),
            [
                "call-sheet-2026-12-05-_a_b_c_.xlsx",
                "call-sheet-2026-12-05-王.xlsx"
            ]
        );
        plan.calls[1].call_date = None;
        assert_eq!(
            files(&plan),
            ["call-sheet-2026-12-05-王.xlsx", "call-sheet-open.xlsx"]
        );
        for (call, caller) in plan.calls.iter_mut().zip(["A?", "a:", "A?"]) {
            (call.call_date, call.caller) = (Some(day(5)), caller.into());
        }
        assert_eq!(
            files(&plan),
            [
                "call-sheet-2026-12-05-A_.xlsx",
                "call-sheet-2026-12-05-a_-2.xlsx"
            ]
        );
    }

    #[test]
    fn answered_calls_leave_the_open_part_and_whoever_comes_without_a_slot_stays() {
        let mut plan = plan();
        plan.calls[0].outcome = Some(CallOutcome::Coming);
        plan.calls[1].outcome = Some(CallOutcome::Declined);
        plan.calls[2].outcome = Some(CallOutcome::NotReached);
        let keys = |plan: &Plan| {
            let found = Found::of(plan);
            let days = found.call_days(&plan.tours[0]);
            let list = |calls: &[&Call]| {
                calls
                    .iter()
                    .map(|call| call.booking.clone())
                    .collect::<Vec<_>>()
            };
            (list(&days[0].open), list(&days[0].answered))
        };
        assert_eq!(
            keys(&plan),
            (vec!["B-001".into(), "B-003".into()], vec!["B-002".into()])
        );
        plan.vehicles[0].slot = "2026-12-10 09:30".into();
        assert_eq!(
            keys(&plan),
            (vec!["B-003".into()], vec!["B-001".into(), "B-002".into()])
        );
    }
}
