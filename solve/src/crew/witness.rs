//! Responsible for: saying plainly what is missing where people cannot be assigned.
//! Not responsible for: finding an assignment (`assignment`).
//!
//! After Hall (1935): tours that run on the same day need different people, so if fewer people can do a thing than
//! tours need it, no assignment exists, and those tours and people show it.

use serde::{Deserialize, Serialize};

use super::assignment::{AssignmentProblem, Person, TourNeed};

/// Why no assignment exists, in numbers the caller can name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shortfall {
    /// What is short.
    pub lack: Lack,
    /// The day it is short on (index of the month's days); `None` where it is not one day's matter.
    pub day: Option<usize>,
    /// The tours that need it at the same time.
    pub tours: Vec<usize>,
    /// The people who could serve it, all of them.
    pub people: Vec<usize>,
    /// People (hours for [`Lack::SkillHours`], rounded up) needed.
    pub needed: u32,
    /// People (hours, rounded down) there are.
    pub there: u32,
}

/// What is short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lack {
    /// People with this skill.
    Skill(usize),
    /// Hours of people with any of these skills.
    SkillHours(Vec<usize>),
    /// People who drive.
    Driver,
    /// Technicians.
    Technicians,
    /// Anybody who may lead.
    Leader,
    /// Seats in the van for the technicians needed.
    Seats,
    /// Each need could be met alone, not all together.
    Together,
    /// The work budget ran out before an assignment was found; there may be one.
    SearchBudget,
}

/// The plainest reason found.
pub(super) fn shortfall(problem: &AssignmentProblem, stuck: Option<usize>) -> Shortfall {
    seats(problem)
        .or_else(|| on_a_day(problem))
        .unwrap_or_else(|| {
            let tours: Vec<usize> =
                stuck.map_or_else(|| (0..problem.tours.len()).collect(), |tour| vec![tour]);
            let people = (0..problem.people.len())
                .filter(|p| {
                    problem.people.get(*p).is_some_and(|person| {
                        tours.iter().any(|t| {
                            problem
                                .tours
                                .get(*t)
                                .is_some_and(|tour| person.free_for(tour))
                        })
                    })
                })
                .collect();
            stuck
                .and_then(|tour| hours(problem, tour))
                .unwrap_or(Shortfall {
                    lack: Lack::Together,
                    day: None,
                    tours,
                    people,
                    needed: 0,
                    there: 0,
                })
        })
}

fn seats(problem: &AssignmentProblem) -> Option<Shortfall> {
    let (tour, need) = problem
        .tours
        .iter()
        .enumerate()
        .find(|(_, need)| need.technicians.max(1) > need.seats)?;
    let (needed, there) = (need.technicians.max(1), need.seats);
    Some(Shortfall {
        lack: Lack::Seats,
        day: Some(need.first_day),
        tours: vec![tour],
        people: Vec::new(),
        needed,
        there,
    })
}

/// The first day, and on it the first need, that too few people can serve.
fn on_a_day(problem: &AssignmentProblem) -> Option<Shortfall> {
    let last = problem.tours.iter().map(|tour| tour.last_day).max()?;
    let skills = problem
        .tours
        .iter()
        .flat_map(|tour| tour.skills.iter().map(|need| need.0))
        .max()
        .map_or(0, |s| s + 1);
    for day in problem.tours.iter().map(|tour| tour.first_day).min()?..=last {
        for skill in 0..skills {
            let of_tour =
                |tour: &TourNeed| u32::from(tour.skills.iter().any(|need| need.0 == skill));
            if let found @ Some(_) = short(problem, day, Lack::Skill(skill), of_tour, |p| {
                p.technician && p.has(skill)
            }) {
                return found;
            }
        }
        let driving = short(
            problem,
            day,
            Lack::Driver,
            |tour| u32::from(tour.needs_driver),
            |p| p.driver,
        );
        let working = short(
            problem,
            day,
            Lack::Technicians,
            |tour| tour.technicians,
            |p| p.technician,
        );
        let leading = short(
            problem,
            day,
            Lack::Leader,
            |_| 1,
            |p| p.leader || p.technician,
        );
        if let found @ Some(_) = driving.or(working).or(leading) {
            return found;
        }
    }
    None
}

fn short(
    problem: &AssignmentProblem,
    day: usize,
    lack: Lack,
    need: impl Fn(&TourNeed) -> u32,
    can: impl Fn(&Person) -> bool,
) -> Option<Shortfall> {
    let running = |tour: &TourNeed| tour.first_day <= day && day <= tour.last_day;
    let tours: Vec<(usize, &TourNeed)> = problem
        .tours
        .iter()
        .enumerate()
        .filter(|(_, tour)| running(tour) && need(tour) > 0)
        .collect();
    let needed: u32 = tours.iter().map(|(_, tour)| need(tour)).sum();
    let able = |person: &Person| can(person) && tours.iter().any(|(_, tour)| person.free_for(tour));
    let people: Vec<usize> = problem
        .people
        .iter()
        .enumerate()
        .filter(|(_, person)| able(person))
        .map(|(index, _)| index)
        .collect();
    let there = people.len() as u32;
    let tours = tours.into_iter().map(|(index, _)| index).collect();
    (there < needed).then_some(Shortfall {
        lack,
        day: Some(day),
        tours,
        people,
        needed,
        there,
    })
}

/// Hours of work that only some people can do, against all those people could give at most.
fn hours(problem: &AssignmentProblem, tour: usize) -> Option<Shortfall> {
    let need = problem.tours.get(tour)?;
    for &(skill, wanted) in &need.skills {
        let able =
            |person: &Person| person.technician && person.has(skill) && person.free_for(need);
        let people: Vec<usize> = problem
            .people
            .iter()
            .enumerate()
            .filter(|(_, person)| able(person))
            .map(|(index, _)| index)
            .collect();
        let mut each: Vec<f64> = people
            .iter()
            .filter_map(|p| problem.people.get(*p))
            .map(|p| p.hours_per_day * need.days() as f64)
            .collect();
        each.sort_by(|a, b| b.total_cmp(a));
        let most: f64 = each.iter().take(need.technicians as usize).sum();
        if most < wanted - 1e-9 {
            let (needed, there) = (wanted.ceil() as u32, most.floor() as u32);
            let lack = Lack::SkillHours(vec![skill]);
            return Some(Shortfall {
                lack,
                day: None,
                tours: vec![tour],
                people,
                needed,
                there,
            });
        }
    }
    None
}
