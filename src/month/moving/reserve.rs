//! A van or a person lost: who goes in that place.

use std::collections::BTreeSet;

use super::cannot;
use super::days::{Rules, listed, tours_of, works};
use crate::domain::{Date, Person};
use crate::findings::{Failure, Finding};
use crate::plan::model::{Change, Plan, Tour};

/// How many technicians go on a tour.
pub(super) fn technicians(plan: &Plan, crew: &[Person], tour: &str) -> usize {
    let works = |name: &str| {
        crew.iter()
            .any(|person| person.name == name && works(person))
    };
    names(plan, tour)
        .into_iter()
        .filter(|name| works(name))
        .count()
}

/// Who goes on a tour, or was to go before it was suspended.
pub(super) fn names<'p>(plan: &'p Plan, tour: &str) -> BTreeSet<&'p str> {
    let resting = plan.resting.iter().filter(|_| plan.tour(tour).is_none());
    let own = plan
        .crew
        .iter()
        .chain(resting.flat_map(|rest| &rest.crew))
        .filter(|duty| duty.tour == tour);
    own.map(|duty| duty.person.as_str()).collect()
}

/// The change, with the reserve van where it is a van; of a person the planner names the reserve. Beside it the
/// days on which the tour could be done instead.
pub(super) fn without(
    plan: &Plan,
    rules: &Rules<'_>,
    tour: &Tour,
    lost: &str,
    today: Date,
) -> Result<(Change, Vec<Date>), Failure> {
    let tours = tours_of(plan);
    let days = tours
        .iter()
        .find(|given| given.id == tour.id)
        .map(crate::plan::pipeline::GivenTour::days)
        .unwrap_or_default();
    if tour.van == lost {
        let gone = lost_vans(plan, &tour.id, lost);
        let vans = rules.free_vans(plan, &tours, (&tour.id, &gone), &days);
        let Some(van) = vans.first() else {
            let free = |tours: &[_], days: &[Date]| {
                !rules
                    .free_vans(plan, tours, (&tour.id, &gone), days)
                    .is_empty()
            };
            let days = rules.nearest_where(plan, &tour.id, (tour.depart, today), &free);
            return Err(no_reserve(&tour.id, lost, Vec::new(), &days));
        };
        let change = Change::WithoutVan {
            van: lost.to_owned(),
            reserve: van.id.clone(),
        };
        return Ok((change, Vec::new()));
    }
    let crew = names(plan, &tour.id);
    if !crew.contains(lost) {
        let known: Vec<&str> = [tour.van.as_str()].into_iter().chain(crew).collect();
        let finding = Finding::new("M084").value(lost).arg("tour", &tour.id);
        return Err(Failure::input(finding.arg("known", known.join(", "))));
    }
    let enough = |tours: &[_], days: &[Date]| {
        let free = rules.free_people(tours, &tour.id, days);
        let mut left = free.iter().filter(|person| person.name != lost);
        left.clone().filter(|person| works(person)).count() >= tour.technicians as usize
            && left.any(|person| person.driver)
    };
    let other_days = rules.nearest_where(plan, &tour.id, (tour.depart, today), &enough);
    let change = Change::WithoutPerson {
        person: lost.to_owned(),
        reserve: String::new(),
    };
    Ok((change, other_days))
}

/// Every van this tour has lost.
fn lost_vans<'p>(plan: &'p Plan, tour: &str, lost: &'p str) -> BTreeSet<&'p str> {
    let changes = plan.changes.iter().filter(|change| change.tour == tour);
    let before = changes.filter_map(|change| match &change.change {
        Change::WithoutVan { van, .. } => Some(van.as_str()),
        _ => None,
    });
    before.chain([lost]).collect()
}

/// Nobody and nothing can go instead.
pub(super) fn no_reserve(tour: &str, lost: &str, short: Vec<Finding>, days: &[Date]) -> Failure {
    let finding = Finding::new("M085").value(lost).arg("tour", tour);
    cannot(finding.arg("days", listed(days)), short)
}
