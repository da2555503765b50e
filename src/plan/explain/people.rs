//! The work of a tour by day and skill, and who on it can do what.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Ground;
use crate::crew::{day_limit, works};
use crate::domain::{Date, Person, Role};
use crate::plan::model::{CalledVehicle, Status, Tour};
use crate::solve::crew::{
    AssignmentProblem, CrewItem, CrewJob, Lack, Person as EnginePerson, TourNeed, assign,
    hours_pmf, quantile_hours,
};

/// The share of days the hours named suffice for.
const LIKELY: f64 = 0.9;

/// A tour's work.
#[derive(Clone, Debug, Serialize)]
pub(super) struct TourWork {
    pub(super) tour: String,
    /// Technicians planned.
    pub(super) technicians: u32,
    pub(super) days: Vec<DayWork>,
    pub(super) skills: Vec<SkillWork>,
}

/// One day, as in the plan.
#[derive(Clone, Debug, Serialize)]
pub(super) struct DayWork {
    pub(super) date: Date,
    pub(super) mean_hours: f64,
    pub(super) p90_hours: f64,
    /// Technicians whose hours suffice nine days in ten.
    pub(super) technicians_for_p90: u32,
    pub(super) offered_hours: f64,
}

/// One skill.
#[derive(Clone, Debug, Serialize)]
pub(super) struct SkillWork {
    pub(super) skill: String,
    /// Expected hours over the tour.
    pub(super) hours: f64,
    /// By day: mean, and what suffices nine days in ten.
    pub(super) by_day: Vec<(Date, f64, f64)>,
    /// Who on the tour has it.
    pub(super) holders: Vec<String>,
    /// Who else of the crew has it.
    pub(super) others: Vec<String>,
}

/// The work of one tour.
pub(super) fn work_of(ground: &Ground<'_>, tour: &Tour) -> TourWork {
    let catalogue = &ground.ingested.tables.catalogue;
    let on_tour = on_tour(ground, &tour.id);
    let mut jobs: BTreeMap<String, BTreeMap<Date, Vec<CrewJob>>> = BTreeMap::new();
    let mut hours: BTreeMap<String, f64> = BTreeMap::new();
    let vehicles = ground.plan.vehicles.iter();
    let vehicles = vehicles.filter(|one| one.tour == tour.id && one.status == Status::Visit);
    for one in vehicles {
        let show = one.show_up * one.share;
        let mut by_skill: BTreeMap<&str, Vec<CrewItem>> = BTreeMap::new();
        for item in &one.items {
            let skills = catalogue.items.get(&item.item).map(|facts| &facts.skills);
            for skill in skills.into_iter().flatten() {
                *hours.entry(skill.clone()).or_default() += show * item.p * item.hours;
                let (p, hours) = (item.p, item.hours);
                by_skill
                    .entry(skill)
                    .or_default()
                    .push(CrewItem { p, hours });
            }
        }
        let Some(day) = day_of(ground, one) else {
            continue;
        };
        for (skill, items) in by_skill {
            let of_skill = jobs.entry(skill.to_owned()).or_default();
            of_skill.entry(day).or_default().push(CrewJob {
                show,
                base_hours: 0.0,
                items,
            });
        }
    }
    let crew = &ground.ingested.tables.crew;
    let skills = hours.into_iter().map(|(skill, hours)| {
        let able = crew
            .iter()
            .filter(|person| works(person) && person.skills.contains(&skill));
        let able: Vec<&str> = able.map(|person| person.name.as_str()).collect();
        let (holders, others) = able.into_iter().partition(|name| on_tour.contains(name));
        let by_day = jobs.remove(&skill).unwrap_or_default();
        SkillWork {
            by_day: by_day
                .into_iter()
                .map(|(day, jobs)| {
                    let mean = jobs.iter().map(expected).sum();
                    (day, mean, quantile_hours(&hours_pmf(&jobs), LIKELY))
                })
                .collect(),
            holders: owned(holders),
            others: owned(others),
            skill,
            hours,
        }
    });
    let skills = skills.collect();
    let risk = tour.hours_risk.iter();
    let days = risk.map(|risk| DayWork {
        date: risk.date,
        mean_hours: risk.mean,
        p90_hours: risk.p90,
        technicians_for_p90: risk.technicians_for_p90,
        offered_hours: tour
            .days
            .iter()
            .find(|day| day.date == risk.date)
            .map_or(0.0, |day| day.capacity_hours),
    });
    TourWork {
        tour: tour.id.clone(),
        technicians: tour.technicians,
        days: days.collect(),
        skills,
    }
}

fn owned(names: Vec<&str>) -> Vec<String> {
    names.into_iter().map(str::to_owned).collect()
}

fn expected(job: &CrewJob) -> f64 {
    job.show
        * job
            .items
            .iter()
            .map(|item| item.p * item.hours)
            .sum::<f64>()
}

/// Names of everybody on a tour.
pub(super) fn on_tour<'g>(ground: &'g Ground<'_>, tour: &str) -> BTreeSet<&'g str> {
    let duties = ground.plan.crew.iter().filter(|duty| duty.tour == tour);
    duties.map(|duty| duty.person.as_str()).collect()
}

/// The day a vehicle is expected on: its slot's, else its visit's first.
fn day_of(ground: &Ground<'_>, one: &CalledVehicle) -> Option<Date> {
    let plan = ground.plan;
    let call = plan.calls.iter().find(|call| call.vehicle == one.vehicle);
    let offered = call.map_or("", |call| call.slot_offered.as_str());
    let slot = if one.slot.is_empty() {
        offered
    } else {
        &one.slot
    };
    let day = slot.get(..10).and_then(Date::parse_iso);
    day.or_else(|| {
        let visit = plan.visits.iter().find(|visit| visit.id == one.visit)?;
        Some(visit.first_day)
    })
}

/// What exactly these people would lack as the crew of a tour: `skill:…`, `skill_hours`, `driver`, `technicians`,
/// `seats`, `leader`, `other`; `None` = they can go.
pub(super) fn lack(
    ground: &Ground<'_>,
    tour: &Tour,
    work: &TourWork,
    crew: &[&Person],
) -> Option<String> {
    let settings = &ground.plan.settings.tour;
    let days = (tour.ret.days_since(tour.depart).max(0) + 1) as usize;
    let vans = ground.ingested.tables.vans.iter();
    let van = vans.clone().find(|van| van.id == tour.van);
    let skills = &work.skills;
    let people = crew.iter().map(|person| EnginePerson {
        skills: (0..skills.len())
            .filter(|at| person.skills.contains(&skills[*at].skill))
            .collect(),
        days: vec![true; days],
        technician: works(person),
        leader: person.role == Role::Leader,
        driver: person.driver,
        rank: person.level,
        hours_per_day: (day_limit(person, settings) - settings.setup_hours).max(0.0),
        load_hours: 0.0,
    });
    let problem = AssignmentProblem {
        people: people.collect(),
        tours: vec![TourNeed {
            first_day: 0,
            last_day: days - 1,
            seats: van.map_or(tour.technicians + 1, |van| van.seats),
            technicians: tour.technicians,
            skills: skills.iter().map(|one| one.hours).enumerate().collect(),
            needs_driver: true,
        }],
    };
    match assign(&problem) {
        Ok(answer) => {
            let led = answer
                .tours
                .iter()
                .all(|crew| problem.people[crew.leader].leader);
            (!led).then(|| "leader".to_owned())
        }
        Err(short) => Some(match short.lack {
            Lack::Skill(at) => format!("skill:{}", skills.get(at).map_or("", |one| &one.skill)),
            Lack::SkillHours(_) => "skill_hours".to_owned(),
            Lack::Driver => "driver".to_owned(),
            Lack::Technicians => "technicians".to_owned(),
            Lack::Seats => "seats".to_owned(),
            Lack::Leader => "leader".to_owned(),
            Lack::Together | Lack::SearchBudget => "other".to_owned(),
        }),
    }
}
