//! The crew room's promises: capacity, people, hours and tools.

mod capacity;
mod people;
mod random;
mod tools_and_risk;

use std::collections::{BTreeMap, BTreeSet};

use super::{TourWork, WorkDay};
use crate::domain::{Date, Person, Role, Van};

fn day(text: &str) -> Date {
    Date::parse_iso(text).expect("a test date")
}

fn words(list: &[&str]) -> BTreeSet<String> {
    list.iter().map(|word| (*word).to_owned()).collect()
}

fn technician(name: &str, skills: &[&str]) -> Person {
    Person {
        name: name.into(),
        role: Role::Technician,
        phone: String::new(),
        skills: words(skills),
        level: 1,
        hours_per_day: None,
        calls_per_day: 0,
        days_off: BTreeSet::new(),
        driver: true,
    }
}

fn van(id: &str, seats: u32) -> Van {
    Van {
        id: id.into(),
        volume_l: 0.0,
        payload_kg: 0.0,
        seats,
        days_off: BTreeSet::new(),
    }
}

/// A tour with 2 hours of driving and 8 hours of work a day.
fn work(tour: &str, first: &str, days: i64, technicians: u32, skills: &[&str]) -> TourWork {
    let first = day(first);
    let of_day = |offset: i64| WorkDay {
        date: first.plus_days(offset),
        drive_hours: 2.0,
        capacity_hours: 9.0,
        expected_hours: 8.0,
        jobs: Vec::new(),
    };
    TourWork {
        tour: tour.into(),
        team: "team-1".into(),
        technicians,
        van: "W1".into(),
        days: (0..days).map(of_day).collect(),
        skills: skills
            .iter()
            .map(|skill| ((*skill).to_owned(), 1.0))
            .collect::<BTreeMap<_, _>>(),
        tools: Vec::new(),
        keep: BTreeSet::new(),
    }
}
