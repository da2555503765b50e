//! Who goes on which tour, who leads and drives, and for how long everybody's days are planned.

use std::collections::{BTreeMap, BTreeSet};

use super::cover::SkillsByTour;
use super::duty::{TourPeople, duties};
use super::risk::hours_risk;
use super::roster::{GivenUp, Roster};
use super::tools::{tool_lines, tools_short};
use super::work::TourWork;
use crate::domain::settings::TourSettings;
use crate::domain::{Calendar, Catalogue, Person, Van};
use crate::findings::Finding;
use crate::plan::model::{Duty, HoursRisk, ToolLine};
use crate::solve::crew::TourCrew;

/// The crew side of a month.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Staffed {
    /// Everybody's days: by tour, day, leader first, then name.
    pub duties: Vec<Duty>,
    /// Leader's name by tour; a tour nobody is free for has none.
    pub leaders: BTreeMap<String, String>,
    /// Tools by tour.
    pub tools: Vec<ToolLine>,
    /// How every day's hours may turn out, by tour.
    pub hours_risk: BTreeMap<String, Vec<HoursRisk>>,
    /// Skills nobody on the tour has, by tour: their items are for the workshop ([`staff_covered`](super::staff_covered)).
    pub uncovered: SkillsByTour,
    /// P005 where a tour goes with less than planned, P017 where a tool is short.
    pub findings: Vec<Finding>,
}

/// Staffs a month's tours: every skill covered, nobody in two places, days off and daily hours kept, a driver
/// and seats in every van; a proper leader where there is one, then fewest people, then even load.
///
/// What cannot be had is given up openly: skills into `uncovered`, everything else as P005.
pub fn staff(
    tours: &[TourWork],
    crew: &[Person],
    vans: &[Van],
    settings: &TourSettings,
    catalogue: &Catalogue,
    calendar: &Calendar,
) -> Staffed {
    let mut order: Vec<&TourWork> = tours.iter().filter(|tour| !tour.days.is_empty()).collect();
    order.sort_by(|a, b| {
        let depart = |tour: &TourWork| tour.days.first().map(|day| day.date);
        (depart(a), &a.tour).cmp(&(depart(b), &b.tour))
    });
    let keep: Vec<BTreeSet<String>> = order.iter().map(|tour| tour.keep.clone()).collect();
    let mut roster = Roster::new(&order, crew, vans, settings);
    let crews = roster.fill(&keep);

    let mut staffed = Staffed {
        tools: tool_lines(tours, catalogue),
        ..Staffed::default()
    };
    for ((tour, crew), given_up) in order.iter().zip(&crews).zip(&roster.given_up) {
        staffed
            .hours_risk
            .insert(tour.tour.clone(), hours_risk(&tour.days, settings));
        if !given_up.skills.is_empty() {
            let skills = given_up.skills.iter().cloned().collect();
            staffed.uncovered.insert(tour.tour.clone(), skills);
        }
        if !vans.iter().any(|van| van.id == tour.van) {
            staffed.findings.push(short(tour, "van 车辆 0/1"));
        }
        let Some(people) = crew.as_ref().and_then(|crew| named(crew, &roster.people)) else {
            let nobody = format!("technicians 技师 0/{}", tour.technicians);
            staffed.findings.push(short(tour, &nobody));
            continue;
        };
        staffed
            .leaders
            .insert(tour.tour.clone(), people.leader.name.clone());
        let (own, unplaced) = duties(tour, &people, settings, calendar);
        staffed.duties.extend(own);
        staffed
            .findings
            .extend(shortfalls(tour, given_up, unplaced));
    }
    staffed.findings.extend(tools_short(tours, &staffed.tools));
    staffed
}

fn named<'a>(crew: &TourCrew, people: &[&'a Person]) -> Option<TourPeople<'a>> {
    let person = |index: usize| people.get(index).copied();
    Some(TourPeople {
        technicians: crew
            .technicians
            .iter()
            .filter_map(|index| person(*index))
            .collect(),
        leader: person(crew.leader)?,
        driver: crew.driver.and_then(person),
    })
}

fn shortfalls(tour: &TourWork, given_up: &GivenUp, unplaced_hours: f64) -> Vec<Finding> {
    let mut findings = Vec::new();
    if given_up.technicians > 0 {
        let there = tour.technicians.saturating_sub(given_up.technicians);
        findings.push(short(
            tour,
            &format!("technicians 技师 {there}/{}", tour.technicians),
        ));
    }
    if given_up.driver {
        findings.push(short(tour, "drivers 驾驶员 0/1"));
    }
    if let Some((needed, there)) = given_up.hours {
        findings.push(short(
            tour,
            &format!("hours by skill 技能工时 {there}/{needed}"),
        ));
    }
    // Below a twentieth of an hour it is rounding.
    if unplaced_hours >= 0.05 {
        findings.push(short(tour, &format!("hours 工时 −{unplaced_hours:.1}")));
    }
    findings
}

fn short(tour: &TourWork, what: &str) -> Finding {
    let depart = tour
        .days
        .first()
        .map_or(String::new(), |day| day.date.to_string());
    Finding::new("P005")
        .arg("tour", &tour.tour)
        .arg("depart", depart)
        .arg("short", what)
}
