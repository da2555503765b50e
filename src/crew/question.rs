//! Tours and crew as the assignment engine's numbers.

use std::collections::{BTreeMap, BTreeSet};

use super::capacity::{travels, works};
use super::duty::day_limit;
use super::work::TourWork;
use crate::domain::settings::TourSettings;
use crate::domain::{Date, Person, Role, Van};
use crate::solve::crew::{AssignmentProblem, Person as EnginePerson, TourNeed};

/// The people and the skills by position, and the question. People stand in order of name, so that the order of
/// crew.csv decides nothing.
pub(super) fn question<'a>(
    tours: &[&'a TourWork],
    crew: &'a [Person],
    vans: &[Van],
    settings: &TourSettings,
) -> (Vec<&'a Person>, Vec<&'a str>, AssignmentProblem) {
    let mut people: Vec<&Person> = crew.iter().filter(|person| travels(person)).collect();
    people.sort_by(|a, b| a.name.cmp(&b.name));
    let skills: BTreeSet<&str> = tours
        .iter()
        .flat_map(|tour| tour.skills.keys().map(String::as_str))
        .collect();
    let skills: Vec<&str> = skills.into_iter().collect();
    let dates = month_of(tours);
    let person = |person: &&Person| engine_person(person, &dates, tours, &skills, settings);
    let problem = AssignmentProblem {
        people: people.iter().map(person).collect(),
        tours: tours
            .iter()
            .map(|tour| tour_need(tour, &dates, vans, &skills))
            .collect(),
    };
    (people, skills, problem)
}

/// Every day from the first departure to the last return.
fn month_of(tours: &[&TourWork]) -> Vec<Date> {
    let days = || {
        tours
            .iter()
            .flat_map(|tour| tour.days.iter().map(|day| day.date))
    };
    let (Some(first), Some(last)) = (days().min(), days().max()) else {
        return Vec::new();
    };
    (0..=last.days_since(first))
        .map(|day| first.plus_days(day))
        .collect()
}

fn engine_person(
    person: &Person,
    dates: &[Date],
    tours: &[&TourWork],
    skills: &[&str],
    settings: &TourSettings,
) -> EnginePerson {
    let limit = day_limit(person, settings);
    let mut fixed: BTreeMap<Date, f64> = BTreeMap::new();
    for day in tours.iter().flat_map(|tour| &tour.days) {
        let hours = fixed.entry(day.date).or_default();
        *hours = f64::max(*hours, settings.setup_hours + day.drive_hours);
    }
    // A day whose driving and set-up alone are longer than the person's day is a day off for the person.
    let fits = |date: &Date| fixed.get(date).is_none_or(|hours| *hours <= limit + 1e-9);
    EnginePerson {
        skills: (0..skills.len())
            .filter(|s| person.skills.contains(skills[*s]))
            .collect(),
        days: dates
            .iter()
            .map(|date| !person.days_off.contains(date) && fits(date))
            .collect(),
        technician: works(person),
        leader: person.role == Role::Leader,
        driver: person.driver,
        rank: person.level,
        hours_per_day: (limit - settings.setup_hours).max(0.0),
        load_hours: 0.0,
    }
}

fn tour_need(tour: &TourWork, dates: &[Date], vans: &[Van], skills: &[&str]) -> TourNeed {
    let at = |date: Option<Date>| {
        date.and_then(|date| dates.binary_search(&date).ok())
            .unwrap_or(0)
    };
    let seats = vans
        .iter()
        .find(|van| van.id == tour.van)
        .map(|van| van.seats);
    let technicians = tour.technicians.max(1);
    TourNeed {
        first_day: at(tour.days.first().map(|day| day.date)),
        last_day: at(tour.days.last().map(|day| day.date)),
        seats: seats.unwrap_or(technicians + 1),
        technicians,
        skills: skills
            .iter()
            .enumerate()
            .filter_map(|(index, skill)| {
                tour.skills.get(*skill).map(|hours| (index, hours.max(0.0)))
            })
            .collect(),
        needs_driver: true,
    }
}
