//! Who can go where: the assignment engine asked, and what had to be given up so that an answer exists.

use std::collections::BTreeSet;

use super::question::question;
use super::work::TourWork;
use crate::domain::settings::TourSettings;
use crate::domain::{Person, Van};
use crate::solve::crew::{Assignment, AssignmentProblem, Lack, Shortfall, TourCrew, assign};

/// The engine's question and what its positions mean.
#[derive(Clone)]
pub(super) struct Roster<'a> {
    pub(super) people: Vec<&'a Person>,
    skills: Vec<&'a str>,
    problem: AssignmentProblem,
    /// What was given up, tour by tour.
    pub(super) given_up: Vec<GivenUp>,
}

fn fill(crews: &mut [Option<TourCrew>], open: &[usize], together: Assignment) {
    for (tour, crew) in open.iter().zip(together.tours) {
        crews[*tour] = Some(crew);
    }
}

/// What one tour must do without.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct GivenUp {
    /// Skills nobody is free for.
    pub(super) skills: BTreeSet<String>,
    /// Technicians fewer than planned.
    pub(super) technicians: u32,
    /// Nobody drives.
    pub(super) driver: bool,
    /// Hours by skill are more than those who have it can give: (needed, there).
    pub(super) hours: Option<(u32, u32)>,
}

impl<'a> Roster<'a> {
    /// Every tour must have days.
    pub(super) fn new(
        tours: &[&'a TourWork],
        crew: &'a [Person],
        vans: &[Van],
        settings: &TourSettings,
    ) -> Self {
        let (people, skills, problem) = question(tours, crew, vans, settings);
        let given_up = vec![GivenUp::default(); tours.len()];
        Self {
            people,
            skills,
            problem,
            given_up,
        }
    }

    /// Names everybody: all tours together where an answer is found, else one after the other. `None` for a
    /// tour nobody is left for. Tours whose `keep` still fits stay as they are.
    pub(super) fn fill(&mut self, keep: &[BTreeSet<String>]) -> Vec<Option<TourCrew>> {
        let mut crews: Vec<Option<TourCrew>> = vec![None; self.problem.tours.len()];
        for one_more in [false, true] {
            for (tour, names) in keep.iter().enumerate() {
                let Some(None) = crews.get(tour) else {
                    continue;
                };
                let crew = if one_more {
                    self.kept_with_one_more(tour, names)
                } else {
                    self.kept(tour, names)
                };
                if let Some(crew) = crew {
                    self.occupy(tour, &crew);
                    crews[tour] = Some(crew);
                }
            }
        }
        let open: Vec<usize> = (0..crews.len())
            .filter(|tour| crews[*tour].is_none())
            .collect();
        if let Some(together) = self.together(&open) {
            fill(&mut crews, &open, together);
            return crews;
        }
        let mut apart = self.clone();
        let mut by_one = crews.clone();
        apart.one_by_one(&open, &mut by_one);
        // A tour does without some work rather than without a driver: another one may have taken the last.
        if open.iter().any(|tour| apart.given_up[*tour].driver)
            && let Some(together) = self.with_drivers(&open)
        {
            fill(&mut crews, &open, together);
            return crews;
        }
        *self = apart;
        by_one
    }

    fn one_by_one(&mut self, open: &[usize], crews: &mut [Option<TourCrew>]) {
        for tour in open {
            let crew = self.alone(*tour);
            if let Some(crew) = &crew {
                self.occupy(*tour, crew);
            }
            crews[*tour] = crew;
        }
    }

    /// All open tours at once, giving up work and technicians and no driver; `None` where that is not enough.
    fn with_drivers(&mut self, open: &[usize]) -> Option<Assignment> {
        loop {
            let shortfall = match assign(&self.part(open)) {
                Ok(answer) => return Some(answer),
                Err(shortfall) => shortfall,
            };
            let plain = !matches!(shortfall.lack, Lack::Driver) && self.give_up(&shortfall, open);
            if !plain && !self.give_up_some_work(open) {
                return None;
            }
        }
    }

    /// The skill with the fewest hours of all these tours, else a technician of the tour that wants most.
    fn give_up_some_work(&mut self, open: &[usize]) -> bool {
        let tours = &self.problem.tours;
        let skills = open.iter().flat_map(|tour| {
            let skills = tours[*tour].skills.iter();
            skills.map(|(skill, hours)| (*hours, *tour, *skill))
        });
        let least = skills.min_by(|a, b| a.0.total_cmp(&b.0).then((b.1, a.2).cmp(&(a.1, b.2))));
        if let Some((_, tour, skill)) = least {
            return self.drop_skill(tour, skill);
        }
        let most = open
            .iter()
            .max_by_key(|tour| (tours[**tour].technicians, **tour));
        most.copied().is_some_and(|tour| self.drop_technician(tour))
    }

    /// The crew of the plan before, where exactly these people still can do it.
    fn kept(&self, tour: usize, names: &BTreeSet<String>) -> Option<TourCrew> {
        if names.is_empty() {
            return None;
        }
        let mut alone = self.part(&[tour]);
        for (person, known) in alone.people.iter_mut().zip(&self.people) {
            if !names.contains(&known.name) {
                person.days.clear();
            }
        }
        let crew = assign(&alone).ok()?.tours.into_iter().next()?;
        (crew.people().len() == names.len()).then_some(crew)
    }

    /// Where a crew has lost somebody it worked with: the others stay, and the first who makes it whole joins.
    fn kept_with_one_more(&self, tour: usize, names: &BTreeSet<String>) -> Option<TourCrew> {
        let need = self.problem.tours.get(tour)?;
        let free = |days: &[bool]| {
            let own = days.get(need.first_day..=need.last_day);
            own.is_some_and(|own| own.iter().all(|day| *day))
        };
        let known = self.people.iter().zip(&self.problem.people);
        let left: Vec<_> = known
            .filter(|(person, engine)| names.contains(&person.name) && free(&engine.days))
            .collect();
        let technicians = left.iter().filter(|(_, engine)| engine.technician).count();
        if left.is_empty() || technicians >= need.technicians as usize {
            return None;
        }
        let left: BTreeSet<String> = left.iter().map(|(known, _)| known.name.clone()).collect();
        let others = self.people.iter().filter(|p| !names.contains(&p.name));
        others
            .map(|person| {
                let mut names = left.clone();
                names.insert(person.name.clone());
                self.kept(tour, &names)
            })
            .find_map(|crew| crew)
    }

    /// All open tours at once, giving up what is plainly not there; `None` where the engine sees no plain reason.
    fn together(&mut self, open: &[usize]) -> Option<Assignment> {
        if open.is_empty() {
            return Some(Assignment {
                tours: Vec::new(),
                proven: true,
            });
        }
        let before = (self.problem.tours.clone(), self.given_up.clone());
        let things: usize = self
            .problem
            .tours
            .iter()
            .map(|tour| tour.skills.len() * 2 + tour.technicians as usize + 2)
            .sum();
        for _ in 0..=things {
            match assign(&self.part(open)) {
                Ok(answer) => return Some(answer),
                Err(shortfall) if self.give_up(&shortfall, open) => {}
                Err(_) => break,
            }
        }
        (self.problem.tours, self.given_up) = before;
        None
    }

    /// One tour with the people left; gives up one thing after the other until somebody can go.
    fn alone(&mut self, tour: usize) -> Option<TourCrew> {
        loop {
            match assign(&self.part(&[tour])) {
                Ok(answer) => return answer.tours.into_iter().next(),
                Err(shortfall) => {
                    if !self.give_up(&shortfall, &[tour]) && !self.give_up_the_least(tour) {
                        return None;
                    }
                }
            }
        }
    }

    fn part(&self, tours: &[usize]) -> AssignmentProblem {
        AssignmentProblem {
            people: self.problem.people.clone(),
            tours: tours
                .iter()
                .filter_map(|tour| self.problem.tours.get(*tour))
                .cloned()
                .collect(),
        }
    }

    /// Nobody is in two places: the crew's days are gone for all other tours.
    fn occupy(&mut self, tour: usize, crew: &TourCrew) {
        let Some(need) = self.problem.tours.get(tour) else {
            return;
        };
        for person in crew.people() {
            let Some(person) = self.problem.people.get_mut(person) else {
                continue;
            };
            let first = need.first_day.min(person.days.len());
            let end = (need.last_day + 1).min(person.days.len());
            for day in &mut person.days[first..end] {
                *day = false;
            }
            person.load_hours += person.hours_per_day * (need.last_day + 1 - need.first_day) as f64;
        }
    }

    /// Gives up what the engine says is short, where that loses least; false where there is nothing to give up.
    fn give_up(&mut self, shortfall: &Shortfall, open: &[usize]) -> bool {
        let concerned: Vec<usize> = shortfall
            .tours
            .iter()
            .filter_map(|tour| open.get(*tour))
            .copied()
            .collect();
        let last = concerned.last().copied();
        match &shortfall.lack {
            Lack::Skill(skill) => {
                let hours = |tour: &usize| self.skill_hours(*tour, *skill);
                let least = concerned
                    .iter()
                    .filter(|tour| hours(tour).is_some())
                    .min_by(|a, b| {
                        hours(a)
                            .unwrap_or(0.0)
                            .total_cmp(&hours(b).unwrap_or(0.0))
                            .then(b.cmp(a))
                    });
                least
                    .copied()
                    .is_some_and(|tour| self.drop_skill(tour, *skill))
            }
            Lack::SkillHours(_) => {
                last.is_some_and(|tour| self.drop_hours(tour, shortfall.needed, shortfall.there))
            }
            Lack::Driver => last.is_some_and(|tour| self.drop_driver(tour)),
            Lack::Technicians | Lack::Seats => {
                let wanted = |tour: &usize| {
                    self.problem
                        .tours
                        .get(*tour)
                        .map_or(0, |need| need.technicians)
                };
                let most = concerned
                    .iter()
                    .max_by_key(|tour| (wanted(tour), **tour))
                    .copied();
                most.is_some_and(|tour| self.drop_technician(tour))
            }
            Lack::Leader | Lack::Together | Lack::SearchBudget => false,
        }
    }

    /// The first of: hours by skill, the skill with the fewest hours, the driver, a technician.
    fn give_up_the_least(&mut self, tour: usize) -> bool {
        let Some(need) = self.problem.tours.get(tour) else {
            return false;
        };
        let hours: f64 = need.skills.iter().map(|(_, hours)| hours).sum();
        let least = need
            .skills
            .iter()
            .min_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)))
            .map(|(skill, _)| *skill);
        self.drop_hours(tour, hours.ceil() as u32, 0)
            || least.is_some_and(|skill| self.drop_skill(tour, skill))
            || self.drop_driver(tour)
            || self.drop_technician(tour)
    }

    fn skill_hours(&self, tour: usize, skill: usize) -> Option<f64> {
        let need = self.problem.tours.get(tour)?;
        need.skills
            .iter()
            .find(|(known, _)| *known == skill)
            .map(|(_, hours)| *hours)
    }

    fn drop_skill(&mut self, tour: usize, skill: usize) -> bool {
        let (Some(need), Some(given_up)) = (
            self.problem.tours.get_mut(tour),
            self.given_up.get_mut(tour),
        ) else {
            return false;
        };
        let before = need.skills.len();
        need.skills.retain(|(known, _)| *known != skill);
        given_up
            .skills
            .extend(self.skills.get(skill).map(|name| (*name).to_owned()));
        need.skills.len() < before
    }

    fn drop_hours(&mut self, tour: usize, needed: u32, there: u32) -> bool {
        let (Some(need), Some(given_up)) = (
            self.problem.tours.get_mut(tour),
            self.given_up.get_mut(tour),
        ) else {
            return false;
        };
        if need.skills.iter().all(|(_, hours)| *hours <= 0.0) {
            return false;
        }
        for (_, hours) in &mut need.skills {
            *hours = 0.0;
        }
        given_up.hours = Some((needed, there));
        true
    }

    fn drop_driver(&mut self, tour: usize) -> bool {
        let (Some(need), Some(given_up)) = (
            self.problem.tours.get_mut(tour),
            self.given_up.get_mut(tour),
        ) else {
            return false;
        };
        given_up.driver |= need.needs_driver;
        std::mem::take(&mut need.needs_driver)
    }

    fn drop_technician(&mut self, tour: usize) -> bool {
        let (Some(need), Some(given_up)) = (
            self.problem.tours.get_mut(tour),
            self.given_up.get_mut(tour),
        ) else {
            return false;
        };
        if need.technicians <= 1 {
            return false;
        }
        need.technicians -= 1;
        given_up.technicians += 1;
        true
    }
}
