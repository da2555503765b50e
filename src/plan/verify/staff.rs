//! Rule 4, the people: nobody in two places, days off kept, seats for all, and one who drives.

use std::collections::{BTreeMap, BTreeSet};

use super::case::{Case, differs, fault};
use super::tables::Tour;
use crate::domain::{Date, Role};
use crate::findings::Finding;

const TOURS: &str = "tours.csv";
const CREW: &str = "crew.csv";

/// Everybody on duty is known, on a day of that tour, once, and not on another tour that day.
pub(super) fn nobody_is_in_two_places(case: &Case<'_>) -> Vec<Finding> {
    let mut places: BTreeMap<(&str, Date), &str> = BTreeMap::new();
    let mut faults = Vec::new();
    for duty in &case.duties {
        let at = (CREW, duty.line);
        let key = format!("{} {}", duty.person, duty.date);
        if let Some(other) = places.insert((&duty.person, duty.date), &duty.tour) {
            faults.push(differs("V408", at, &key, &duty.tour, other));
        }
        let on_tour = case
            .tour(&duty.tour)
            .is_some_and(|tour| tour.is_out_on(duty.date));
        let known = case.person(&duty.person);
        if !on_tour || known.is_none() {
            faults.push(fault("V421", CREW, duty.line, &key));
        }
        if known.is_some_and(|person| person.days_off.contains(&duty.date)) {
            faults.push(fault("V409", CREW, duty.line, &key));
        }
    }
    faults
}

/// Every day of a tour has its van, there that day, with seats for its crew, and one of them drives.
pub(super) fn vans_carry_their_crew(case: &Case<'_>) -> Vec<Finding> {
    let mut faults = Vec::new();
    for tour in &case.tours {
        let at = (TOURS, tour.line);
        let van = case.van(&tour.van);
        for date in days_of(tour) {
            let key = format!("{} {date}", tour.id);
            let crew: BTreeSet<&str> = case
                .on_duty(&tour.id, date)
                .map(|duty| duty.person.as_str())
                .collect();
            let seats = van.map_or(0, |van| van.seats as usize);
            if crew.len() > seats {
                faults.push(differs("V417", at, &key, crew.len(), seats));
            }
            if van.is_some_and(|van| van.days_off.contains(&date)) {
                faults.push(differs("V405", at, &tour.id, date, &tour.van));
            }
            if !somebody_drives(case, tour, date) {
                faults.push(fault("V418", TOURS, tour.line, &key));
            }
        }
    }
    faults
}

/// The one marked as driver may drive; where nobody is marked, one of the crew may.
fn somebody_drives(case: &Case<'_>, tour: &Tour, date: Date) -> bool {
    let may = |name: &str| case.person(name).is_some_and(|person| person.driver);
    let crew: Vec<_> = case.on_duty(&tour.id, date).collect();
    let says = crew.iter().any(|duty| duty.driver.is_some());
    if says {
        let mut marked = crew
            .iter()
            .filter(|duty| duty.driver == Some(true))
            .peekable();
        marked.peek().is_some() && marked.all(|duty| may(&duty.person))
    } else {
        crew.iter().any(|duty| may(&duty.person))
    }
}

/// The leader on every notice is on the tour every day.
pub(super) fn leaders_are_there(case: &Case<'_>) -> Vec<Finding> {
    let mut faults = Vec::new();
    for tour in &case.tours {
        let there = |date| {
            case.on_duty(&tour.id, date)
                .any(|duty| duty.person == tour.leader)
        };
        if tour.leader.is_empty() || !days_of(tour).into_iter().all(there) {
            faults.push(fault("V422", TOURS, tour.line, &tour.id));
        }
    }
    faults
}

/// As many technicians go as the capacity counts on, unless the plan says that they are not there (P005).
pub(super) fn teams_are_complete(case: &Case<'_>) -> Vec<Finding> {
    let Some(problem) = &case.problem else {
        return Vec::new();
    };
    let works = |name: &str| {
        case.person(name).is_some_and(|person| match person.role {
            Role::Technician => true,
            Role::Leader => !person.skills.is_empty(),
            Role::Foreman | Role::Adviser => false,
        })
    };
    let mut faults = Vec::new();
    for tour in case
        .tours
        .iter()
        .filter(|tour| !case.says(&["P005"], &tour.id))
    {
        let wanted = problem
            .team(&tour.team)
            .map_or(0.0, |team| team.technicians);
        for date in days_of(tour) {
            let hands = case
                .on_duty(&tour.id, date)
                .filter(|duty| works(&duty.person))
                .count();
            if (hands as f64) < wanted {
                let key = format!("{} {date}", tour.id);
                faults.push(differs("V423", (TOURS, tour.line), key, hands, wanted));
            }
        }
    }
    faults
}

fn days_of(tour: &Tour) -> Vec<Date> {
    let count = tour.ret.days_since(tour.depart).min(366);
    (0..=count).map(|day| tour.depart.plus_days(day)).collect()
}
