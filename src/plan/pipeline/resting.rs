//! What changes of tours mean for the stages: who rests with a tour, who holds still while another tour is
//! changed, which van goes instead, who is lost.
//!
//! Responsible for: reading the last plan's changes for the stages. Not responsible for: deciding a change
//! (`month::moving`).

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::PlanInputs;
use super::around::rules_broken;
use super::given::{Given, GivenTour};
use super::tours::MonthTours;
use super::vehicle_of;
use crate::domain::{CallOutcome, Date, Person};
use crate::findings::Finding;
use crate::plan::model::{CalledVehicle, Change, RestState, Resting, Status, Told};
use crate::solve::territory::{self as engine, Solution};
use crate::territory::{Placed, units};

impl<'a> Given<'a> {
    /// Whether a tour's days were changed after it was planned.
    pub(super) fn has_moved(&self, tour: &str) -> bool {
        let mut changes = self.last.changes.iter();
        changes.any(|one| one.tour == tour && one.change.moves_days())
    }

    /// The van that goes in place of the one a tour lost.
    pub(super) fn reserve_van(&self, tour: &str) -> Option<&'a str> {
        let changes = self.last.changes.iter().rev();
        let mut own = changes.filter(|change| change.tour == tour);
        own.find_map(|change| match &change.change {
            Change::WithoutVan { reserve, .. } if !reserve.is_empty() => Some(reserve.as_str()),
            _ => None,
        })
    }
}

/// Why a vehicle waits that holds still while another tour is changed: the word it waits by already.
fn still(reason: &str) -> &'static str {
    let words = ["do_not_call", "no_phone", "cancelled", "point_closed"];
    let known = words.into_iter().find(|word| *word == reason);
    known.unwrap_or("capacity")
}

/// What a change says about one vehicle before places are given out.
pub(super) enum Held {
    /// Not this month, with the reason.
    Deferred(&'static str),
    /// Keeps its place, whatever it is.
    Keeps,
    /// Waits where it does, with the reason.
    Waits(&'static str),
    /// Looks for a place anew, on the tour being changed where it can (then only there), else on the waiting list
    /// of others, else it is deferred for this reason; with its claim.
    Seeks(&'static str, u8),
}

/// Everybody changes may hold, by id.
pub(super) struct Holds<'a> {
    /// What took a vehicle's tour or stop away, where it has found nothing else.
    rests: BTreeMap<&'a str, RestState>,
    /// The last plan's vehicles, while one tour is changed.
    last: BTreeMap<&'a str, &'a CalledVehicle>,
    changing: Option<&'a str>,
}

impl<'a> Holds<'a> {
    pub(super) fn of(inputs: &PlanInputs<'a>) -> Self {
        let mut holds = Self {
            rests: BTreeMap::new(),
            last: BTreeMap::new(),
            changing: None,
        };
        let Some(given) = inputs.given else {
            return holds;
        };
        for rest in &given.last.resting {
            let all = rest.vehicles.iter();
            holds
                .rests
                .extend(all.map(|one| (one.vehicle.as_str(), rest.state)));
        }
        for one in given
            .last
            .vehicles
            .iter()
            .filter(|one| !one.visit.is_empty())
        {
            holds.rests.remove(one.vehicle.as_str());
        }
        holds.changing = given.changing.as_deref();
        if holds.changing.is_some() {
            holds.last = given.places();
        }
        holds
    }

    /// The tour that is being changed.
    pub(super) fn changing(&self) -> Option<&str> {
        self.changing
    }

    /// What the month's changes say about a vehicle; `None` = nothing.
    pub(super) fn held(&self, inputs: &PlanInputs<'_>, index: usize) -> Option<Held> {
        let given = inputs.given?;
        let vehicle = vehicle_of(&inputs.ingested.tables, index);
        if let Some(state) = self.rests.get(vehicle.id.as_str()) {
            let answer = given.said(&vehicle.id, inputs.month).answer;
            let outcome = answer.and_then(|answer| answer.outcome);
            let yes = outcome == Some(CallOutcome::Coming);
            let refuses =
                answer.is_some_and(|a| a.do_not_call == Some(true) || vehicle.do_not_call);
            return Some(match state {
                _ if outcome == Some(CallOutcome::Declined) => Held::Deferred("declined"),
                _ if refuses && !yes => Held::Deferred("do_not_call"),
                RestState::Suspended => Held::Deferred(state.key()),
                _ => Held::Seeks(state.key(), if yes { 2 } else { 5 }),
            });
        }
        let changing = self.changing?;
        match self.last.get(vehicle.id.as_str()) {
            Some(one) if one.tour == changing => None,
            Some(one) if one.status == Status::Visit => Some(Held::Keeps),
            Some(one) if one.status == Status::Waitlist => Some(Held::Waits(still(&one.reason))),
            Some(_) => None,
            // Nobody new is taken in while a tour is changed.
            None => Some(Held::Waits("capacity")),
        }
    }
}

impl MonthTours {
    /// Where the tour being changed has fewer hours than those booked need, places are given out anew among
    /// them: who gets none waits, and is told.
    pub(super) fn loosen(&self, inputs: &PlanInputs<'_>, placed: &mut [Placed]) {
        let Some(changing) = inputs.given.and_then(|given| given.changing.as_deref()) else {
            return;
        };
        for (position, visit) in self.visits.iter().enumerate() {
            if self.tours[visit.tour].id != changing {
                continue;
            }
            let here = |one: &&mut Placed| one.pinned && one.keeps == Some(position);
            let needed: i64 = placed
                .iter_mut()
                .filter(here)
                .filter_map(|one| one.reach.iter().find(|reach| reach.0 == position))
                .map(|reach| units(reach.2 * reach.3))
                .sum();
            if needed <= (visit.capacity_hours * 1e4).floor() as i64 {
                continue;
            }
            for one in placed.iter_mut().filter(here) {
                one.pinned = false;
                one.tier = 0;
            }
        }
    }
}

/// The vehicles of tours and stops taken away that have found nothing else: in the plan as they were, without
/// day and slot, so that everybody is accounted for and can be told.
pub(super) fn carried(
    inputs: &PlanInputs<'_>,
    month: &MonthTours,
    told: &dyn Fn(usize) -> Option<Told>,
) -> Vec<CalledVehicle> {
    let Some(given) = inputs.given else {
        return Vec::new();
    };
    let tables = &inputs.ingested.tables;
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut list = Vec::new();
    for one in given
        .last
        .resting
        .iter()
        .rev()
        .flat_map(|rest| &rest.vehicles)
    {
        let Some(index) = tables.position(&one.vehicle) else {
            continue;
        };
        let elsewhere = month.called.contains_key(&index) || month.out.contains_key(&index);
        if elsewhere || !seen.insert(&one.vehicle) {
            continue;
        }
        let why = month.deferred[index].unwrap_or("cancelled");
        list.push(CalledVehicle {
            status: Status::Deferred,
            visit: String::new(),
            slot: String::new(),
            reason: why.to_owned(),
            told: told(index),
            ..one.clone()
        });
    }
    list
}

/// What rests stays so until a change brings it back.
pub(super) fn still_resting(inputs: &PlanInputs<'_>) -> Vec<Resting> {
    let last = inputs.given.map(|given| &given.last.resting);
    last.cloned().unwrap_or_default()
}

/// The crew as it can be counted on: whoever a tour lost is away on its days.
pub(super) fn crew_there<'a>(inputs: &PlanInputs<'a>) -> Cow<'a, [Person]> {
    let crew = &inputs.ingested.tables.crew;
    let Some(given) = inputs.given else {
        return Cow::Borrowed(crew);
    };
    let mut crew = crew.clone();
    for change in &given.last.changes {
        let Change::WithoutPerson { person, .. } = &change.change else {
            continue;
        };
        let tour = given.tours.iter().find(|tour| tour.id == change.tour);
        let lost = crew.iter_mut().find(|known| known.name == *person);
        if let (Some(tour), Some(lost)) = (tour, lost) {
            lost.days_off.extend(tour.days());
        }
    }
    Cow::Owned(crew)
}

impl GivenTour {
    /// Its days, first to last.
    pub fn days(&self) -> Vec<Date> {
        let Some(first) = Date::parse_iso(&self.tour.depart) else {
            return Vec::new();
        };
        let count: i64 = self
            .tour
            .stops
            .iter()
            .map(|stop| i64::from(stop.days))
            .sum();
        (0..count).map(|day| first.plus_days(day)).collect()
    }
}

/// The rules of the month that these tours break; empty = they can stand. The tours choose their days
/// themselves: nothing says before which day none may leave.
pub fn broken_rules(problem: &engine::Problem, tours: &[GivenTour]) -> Vec<Finding> {
    let mut problem = Cow::Borrowed(problem);
    if problem.limits.first_depart.is_some() {
        problem.to_mut().limits.first_depart = None;
    }
    let bare = Solution::bare(tours.iter().map(|given| given.tour.clone()).collect());
    match engine::evaluate(&problem, &bare) {
        Ok(_) => Vec::new(),
        Err(violations) => {
            let ids: Vec<String> = tours.iter().map(|given| given.id.clone()).collect();
            rules_broken(&violations, &ids).findings
        }
    }
}
