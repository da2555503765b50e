//! Which days a tour can leave on, found by trying.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{Date, Month, Person, Role, Van};
use crate::findings::{Failure, Finding};
use crate::plan::model::{Plan, Tour};
use crate::plan::pipeline::{Given, GivenTour, broken_rules};
use crate::solve::territory::Problem;

/// How many days are proposed.
const PROPOSED: usize = 3;

/// The month's rules as the tables are now.
#[derive(Clone, Copy)]
pub struct Rules<'a> {
    /// Days, teams, points and limits.
    pub problem: &'a Problem,
    /// crew.csv.
    pub crew: &'a [Person],
    /// vans.csv.
    pub vans: &'a [Van],
}

impl Rules<'_> {
    /// The rules a tour breaks among the others of the plan; empty = it can stand.
    pub(super) fn broken(&self, plan: &Plan, tour: &str) -> Vec<Finding> {
        self.broken_by(plan, &tours_of(plan), tour)
    }

    fn broken_by(&self, plan: &Plan, tours: &[GivenTour], tour: &str) -> Vec<Finding> {
        let mut broken = broken_rules(self.problem, tours);
        if let Some(own) = tours.iter().find(|given| given.id == tour) {
            let days = own.days();
            broken.extend(self.van_trouble(plan, tours, tour, &days));
            broken.extend(self.crew_trouble(plan, tours, tour, &days));
        }
        broken
    }

    /// The tour's van is with another tour, or off.
    fn van_trouble(
        &self,
        plan: &Plan,
        tours: &[GivenTour],
        tour: &str,
        days: &[Date],
    ) -> Vec<Finding> {
        let Some(van) = plan.tour(tour).map(|tour| tour.van.as_str()) else {
            return Vec::new();
        };
        let mut trouble = Vec::new();
        if let Some(other) = with_van(plan, tours, tour, van, days) {
            let finding = Finding::new("M124").arg("tour", tour).arg("van", van);
            trouble.push(finding.arg("other", other));
        }
        let known = self.vans.iter().find(|known| known.id == van);
        let off = days
            .iter()
            .find(|day| known.is_some_and(|van| van.days_off.contains(day)));
        trouble.extend(off.map(|day| {
            let finding = Finding::new("M125").arg("tour", tour).arg("van", van);
            finding.arg("date", day)
        }));
        trouble
    }

    /// Fewer technicians, or no driver, are free on all the days than the tour goes with.
    fn crew_trouble(
        &self,
        plan: &Plan,
        tours: &[GivenTour],
        tour: &str,
        days: &[Date],
    ) -> Option<Finding> {
        let wanted = plan.tour(tour).map_or(0, |tour| tour.technicians as usize);
        let free = self.free_people(tours, tour, days);
        let technicians = free.iter().filter(|person| works(person)).count();
        if technicians < wanted {
            let finding = Finding::new("M126")
                .arg("tour", tour)
                .arg("free", technicians);
            return Some(finding.arg("wanted", wanted));
        }
        let driver = free.iter().any(|person| person.driver);
        (!driver).then(|| Finding::new("M127").arg("tour", tour))
    }

    /// Who is on no other tour and has no day off on these days.
    pub(super) fn free_people(
        &self,
        tours: &[GivenTour],
        tour: &str,
        days: &[Date],
    ) -> Vec<&Person> {
        let others = tours.iter().filter(|other| other.id != tour);
        let busy: BTreeSet<&String> = others
            .filter(|other| other.days().iter().any(|day| days.contains(day)))
            .flat_map(|other| &other.crew)
            .collect();
        let free = |person: &&Person| {
            matches!(person.role, Role::Technician | Role::Leader)
                && !busy.contains(&person.name)
                && days.iter().all(|day| !person.days_off.contains(day))
        };
        self.crew.iter().filter(free).collect()
    }

    /// Vans that could go on these days in place of the ones lost, the dealer's spare ones first.
    pub(super) fn free_vans(
        &self,
        plan: &Plan,
        tours: &[GivenTour],
        (tour, lost): (&str, &BTreeSet<&str>),
        days: &[Date],
    ) -> Vec<&Van> {
        let wanted = plan.tour(tour).map_or(0, |tour| tour.technicians);
        let crew = tours.iter().find(|given| given.id == tour);
        let seats = crew.map_or(0, |given| given.crew.len() as u32).max(wanted);
        let free = |van: &&Van| {
            !lost.contains(van.id.as_str())
                && van.seats >= seats
                && days.iter().all(|day| !van.days_off.contains(day))
                && with_van(plan, tours, tour, &van.id, days).is_none()
        };
        let mut vans: Vec<&Van> = self.vans.iter().filter(free).collect();
        let of_a_team = |van: &&Van| plan.settings.team.iter().any(|team| team.van == van.id);
        vans.sort_by_key(of_a_team);
        vans
    }

    /// The days nearest to `near` on which the tour could leave, the nearest first.
    pub(super) fn nearest(&self, plan: &Plan, tour: &str, near: Date, today: Date) -> Vec<Date> {
        self.nearest_where(plan, tour, (near, today), &|_, _| true)
    }

    /// Likewise, where something more holds for the tours and its days.
    pub(super) fn nearest_where(
        &self,
        plan: &Plan,
        tour: &str,
        (near, today): (Date, Date),
        more: &dyn Fn(&[GivenTour], &[Date]) -> bool,
    ) -> Vec<Date> {
        let mut tours = tours_of(plan);
        let Some(at) = tours.iter().position(|given| given.id == tour) else {
            return Vec::new();
        };
        let Some(month) = Month::parse(&plan.month) else {
            return Vec::new();
        };
        let mut days = month.days();
        days.retain(|day| *day > today);
        days.sort_by_key(|day| (day.days_since(near).abs(), *day));
        let mut allowed = Vec::new();
        for day in days {
            tours[at].tour.depart = day.to_string();
            let broken = self.broken_by(plan, &tours, tour);
            if broken.is_empty() && more(&tours, &tours[at].days()) {
                allowed.push(day);
            }
            if allowed.len() == PROPOSED {
                break;
            }
        }
        allowed
    }
}

/// The other tour that has this van on one of the days.
fn with_van<'t>(
    plan: &Plan,
    tours: &'t [GivenTour],
    tour: &str,
    van: &str,
    days: &[Date],
) -> Option<&'t str> {
    let mut others = tours.iter().filter(|other| other.id != tour);
    let other = others.find(|other| {
        let same = plan.tour(&other.id).is_some_and(|known| known.van == van);
        same && other.days().iter().any(|day| days.contains(day))
    });
    other.map(|other| other.id.as_str())
}

/// The plan's tours as they are given to the planner.
pub(super) fn tours_of(plan: &Plan) -> Vec<GivenTour> {
    Given::of(plan, BTreeMap::new(), BTreeMap::new()).tours
}

/// Whether the person works on vehicles.
pub(super) fn works(person: &Person) -> bool {
    person.role == Role::Technician || (person.role == Role::Leader && !person.skills.is_empty())
}

/// `2026-12-10, 2026-12-14`; a dash where there is none.
pub(super) fn listed(days: &[Date]) -> String {
    if days.is_empty() {
        return "–".to_owned();
    }
    let days: Vec<String> = days.iter().map(Date::to_string).collect();
    days.join(", ")
}

/// A day a tour could be moved to at all.
pub(super) fn check_day(
    plan: &Plan,
    tour: &Tour,
    to: Date,
    resumes: bool,
    today: Date,
) -> Result<(), Failure> {
    let why = if to <= today {
        "past"
    } else if Month::of(to).to_string() != plan.month {
        "other_month"
    } else if to == tour.depart && !resumes {
        "same_day"
    } else {
        return Ok(());
    };
    let finding = Finding::new("M083")
        .value(to.to_string())
        .arg("tour", &tour.id);
    Err(Failure::input(
        finding.arg("why", why).arg("month", &plan.month),
    ))
}
