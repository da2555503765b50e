//! What a month already knows when it is planned again: tours that stand, places kept, what was said.
//!
//! Responsible for: turning the last plan and the answers into what the stages ask for. Not responsible for:
//! the stages themselves.

use std::collections::{BTreeMap, BTreeSet};

use super::booking_key;
use crate::domain::{Advice, Answer, CallOutcome, Date, Month, Settings};
use crate::plan::model::{CalledVehicle, Plan, Status, Tour};
use crate::predict::Said;
use crate::solve::territory::{StopPlan, TourPlan};
use crate::stage::Loaded;

/// A tour that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenTour {
    /// Id; stays the same whatever else changes.
    pub id: String,
    /// Team, day of departure, stops with their days.
    pub tour: TourPlan,
    /// People to keep on it where possible.
    pub crew: BTreeSet<String>,
}

/// What is known beyond the tables.
pub struct Given<'a> {
    /// The plan as it stood.
    pub last: &'a Plan,
    /// Its tours, as they are to be now.
    pub tours: Vec<GivenTour>,
    /// The newest word on every booking.
    pub answers: BTreeMap<String, Answer>,
    /// What the foreman says to it.
    pub advice: BTreeMap<String, Advice>,
    /// The tour that is being changed: everybody on the others keeps exactly what he has. `None` = nobody is
    /// held.
    pub changing: Option<String>,
    /// Whether other tours are searched beside `tours`; else these are the whole month.
    pub searched: bool,
    /// Whether a booked customer who would lose point, day or time is a reason not to plan.
    pub holds: bool,
}

/// A tour of a plan as the engine takes it.
pub fn tour_plan(plan: &Plan, tour: &Tour) -> TourPlan {
    let stops = plan.visits_of(&tour.id).map(|visit| StopPlan {
        point: visit.point.clone(),
        days: (visit.last_day.days_since(visit.first_day) + 1).max(1) as u32,
    });
    TourPlan {
        team: tour.team.clone(),
        depart: tour.depart.to_string(),
        stops: stops.collect(),
    }
}

impl<'a> Given<'a> {
    /// The last plan with its tours unchanged.
    pub fn of(
        last: &'a Plan,
        answers: BTreeMap<String, Answer>,
        advice: BTreeMap<String, Advice>,
    ) -> Self {
        let tours = last.tours.iter().map(|tour| GivenTour {
            id: tour.id.clone(),
            tour: tour_plan(last, tour),
            crew: last
                .crew
                .iter()
                .filter(|duty| duty.tour == tour.id)
                .map(|duty| duty.person.clone())
                .collect(),
        });
        Self {
            last,
            tours: tours.collect(),
            answers,
            advice,
            changing: None,
            searched: false,
            holds: false,
        }
    }

    /// What was said about a vehicle.
    pub(super) fn said(&self, vehicle: &str, month: Month) -> Said<'_> {
        let booking = booking_key(vehicle, &month.to_string());
        Said {
            answer: self.answers.get(&booking),
            advice: self.advice.get(&booking),
        }
    }

    /// Whether the customer said no to this month.
    pub(super) fn turned_down(&self, vehicle: &str, month: Month) -> bool {
        let answer = self.said(vehicle, month).answer;
        answer.is_some_and(|answer| answer.outcome == Some(CallOutcome::Declined))
    }

    /// The first departure of all.
    pub(super) fn first_depart(&self) -> Option<Date> {
        let days = self
            .tours
            .iter()
            .filter_map(|tour| Date::parse_iso(&tour.tour.depart));
        days.min()
    }

    /// The id of a tour that stands exactly so.
    pub(super) fn id_of(&self, tour: &TourPlan) -> Option<&str> {
        let given = self.tours.iter().find(|given| given.tour == *tour);
        given.map(|given| given.id.as_str())
    }

    /// The crew to keep on a tour.
    pub(super) fn crew_of(&self, tour: &str) -> BTreeSet<String> {
        let given = self.tours.iter().find(|given| given.id == tour);
        given.map(|given| given.crew.clone()).unwrap_or_default()
    }

    /// What a tour took along, once it has left.
    pub(super) fn loaded(&self, tour: &str, today: Date) -> Option<Loaded> {
        let left = self.last.tour(tour)?.depart < today;
        let facts = self.last.kits.iter().find(|kit| kit.tour == tour)?;
        let own = self.last.kit.iter().filter(|line| line.tour == tour);
        left.then(|| Loaded {
            lines: own.cloned().collect(),
            facts: facts.clone(),
        })
    }

    /// Called vehicles of the last plan by id.
    pub(super) fn places(&self) -> BTreeMap<&'a str, &'a CalledVehicle> {
        let called = self.last.vehicles.iter();
        called.map(|one| (one.vehicle.as_str(), one)).collect()
    }
}

/// How strong a vehicle's claim to a place is after the calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Claim {
    /// Has this place whatever comes: it is booked.
    Keeps,
    /// Turned down: on no list of this month.
    Out(&'static str),
    /// Had no place when the tour left.
    Missed,
    /// 0 = has a place and says yes; 1 = has a place and is not reached yet, while the days of calls last; 2 = had one, lost it
    /// unreached, and says yes now; 3 = says yes from the waiting list; 4 = has a place and gives no yes; 5 = waits.
    Wants(u8),
}

/// The claim of a vehicle with what it had in the last plan. `called_out` = the days of calls are over.
pub(super) fn claim(
    one: Option<&CalledVehicle>,
    answer: Option<&Answer>,
    refuses_calls: bool,
    called_out: bool,
) -> Claim {
    let had_place = one.is_some_and(|one| one.status == Status::Visit);
    let outcome = answer.and_then(|answer| answer.outcome);
    match outcome {
        Some(CallOutcome::Declined) => Claim::Out("declined"),
        Some(CallOutcome::Coming) if one.is_some_and(CalledVehicle::is_booked) => Claim::Keeps,
        Some(CallOutcome::Coming) if had_place => Claim::Wants(0),
        Some(CallOutcome::Coming) if one.is_some_and(|one| one.had_place) => Claim::Wants(2),
        Some(CallOutcome::Coming) => Claim::Wants(3),
        _ if refuses_calls && answer.is_some() => Claim::Out("do_not_call"),
        None | Some(CallOutcome::NotReached) if had_place && !called_out => Claim::Wants(1),
        _ if had_place => Claim::Wants(4),
        _ => Claim::Wants(5),
    }
}

/// The claim on a tour that has left: everybody as he was when it did.
pub(super) fn as_it_left(one: &CalledVehicle) -> Claim {
    match one.status {
        Status::Visit => Claim::Keeps,
        Status::Waitlist => Claim::Missed,
        Status::Invite | Status::Deferred => Claim::Out("declined"),
    }
}

/// The last day of calls before a departure.
pub(super) fn last_call_day(settings: &Settings, depart: Date) -> Date {
    depart.plus_days(-i64::from(settings.calls.to_days))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::model::small;

    fn answer(outcome: CallOutcome) -> Answer {
        Answer {
            outcome: Some(outcome),
            ..Answer::default()
        }
    }

    #[test]
    fn a_yes_keeps_its_place_and_a_no_leaves_the_lists() {
        let plan = small::plan();
        let one = &plan.vehicles[0];
        let coming = answer(CallOutcome::Coming);
        let said = |answer, called_out| claim(Some(one), answer, false, called_out);
        assert_eq!(said(Some(&coming), false), Claim::Wants(0));
        let booked = CalledVehicle {
            slot: "2026-12-10 09:00".into(),
            ..one.clone()
        };
        let again = claim(Some(&booked), Some(&coming), false, true);
        assert_eq!(again, Claim::Keeps);
        let declined = answer(CallOutcome::Declined);
        assert_eq!(said(Some(&declined), false), Claim::Out("declined"));
        assert_eq!(said(None, false), Claim::Wants(1));
        assert_eq!(said(None, true), Claim::Wants(4));
    }

    #[test]
    fn a_yes_from_the_waiting_list_goes_before_who_was_not_reached() {
        let plan = small::plan();
        let waiting = CalledVehicle {
            status: Status::Waitlist,
            ..plan.vehicles[0].clone()
        };
        let coming = answer(CallOutcome::Coming);
        let away = answer(CallOutcome::NotReached);
        let yes = claim(Some(&waiting), Some(&coming), false, true);
        let silent = claim(Some(&plan.vehicles[0]), Some(&away), false, true);
        assert_eq!((yes, silent), (Claim::Wants(3), Claim::Wants(4)));
        // Who had a place, was not reached in time and says yes now is the first of all who wait.
        let back = CalledVehicle {
            had_place: true,
            ..waiting.clone()
        };
        let back = claim(Some(&back), Some(&coming), false, true);
        assert_eq!(back, Claim::Wants(2));
        // While the days of calls last he is called again, and the place is his.
        let in_time = claim(Some(&plan.vehicles[0]), Some(&away), false, false);
        assert_eq!(in_time, Claim::Wants(1));
    }
}
