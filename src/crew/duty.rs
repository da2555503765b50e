//! Everybody's day: set-up, driving and a share of the work, within the hours allowed.

use super::capacity::works;
use super::work::{TourWork, WorkDay};
use crate::domain::settings::TourSettings;
use crate::domain::{Calendar, Person};
use crate::plan::model::Duty;

/// Longest day planned without overtime, hours (Labour Law art. 36).
const NORMAL_DAY: f64 = 8.0;
/// Longest day planned with overtime allowed, hours (8 + 3, Labour Law art. 41).
const LONGEST_DAY: f64 = 11.0;

/// The people of one tour.
pub(super) struct TourPeople<'a> {
    /// Those who work on vehicles.
    pub(super) technicians: Vec<&'a Person>,
    /// Who leads: one of them, or a further person.
    pub(super) leader: &'a Person,
    /// Who drives.
    pub(super) driver: Option<&'a Person>,
}

/// Hours a person may be planned for on a day.
pub fn day_limit(person: &Person, settings: &TourSettings) -> f64 {
    let law = if settings.overtime_allowed {
        LONGEST_DAY
    } else {
        NORMAL_DAY
    };
    person
        .hours_per_day
        .unwrap_or(settings.hours_per_day)
        .min(law)
}

/// Everybody's duties, day by day, the leader first, and the hours of work that found nobody.
pub(super) fn duties(
    tour: &TourWork,
    people: &TourPeople<'_>,
    settings: &TourSettings,
    calendar: &Calendar,
) -> (Vec<Duty>, f64) {
    let mut duties = Vec::new();
    let mut unplaced = 0.0;
    for day in &tour.days {
        let fixed = settings.setup_hours + day.drive_hours;
        let room: Vec<f64> = people
            .technicians
            .iter()
            .map(|person| (day_limit(person, settings) - fixed).max(0.0))
            .collect();
        let shares = level(day.expected_hours, &room);
        unplaced += (day.expected_hours - shares.iter().sum::<f64>()).max(0.0);
        let mut leads = false;
        let mut of_day = Vec::new();
        for (person, share) in people.technicians.iter().zip(&shares) {
            leads |= person.name == people.leader.name;
            of_day.push(duty(tour, day, person, people, fixed + share, calendar));
        }
        if !leads {
            // A leader who does no work on vehicles is there as long as those who do.
            let longest = shares.iter().copied().fold(0.0, f64::max);
            let hours = (fixed + longest)
                .min(day_limit(people.leader, settings))
                .max(fixed);
            of_day.push(duty(tour, day, people.leader, people, hours, calendar));
        }
        of_day
            .sort_by(|a, b| (a.role != "leader", &a.person).cmp(&(b.role != "leader", &b.person)));
        duties.extend(of_day);
    }
    (duties, unplaced)
}

/// Shares `hours` out as evenly as the room of each allows.
fn level(hours: f64, room: &[f64]) -> Vec<f64> {
    let mut shares = vec![0.0; room.len()];
    let mut order: Vec<usize> = (0..room.len()).collect();
    let of = |index: usize| room.get(index).copied().unwrap_or(0.0);
    order.sort_by(|a, b| of(*a).total_cmp(&of(*b)).then(a.cmp(b)));
    let mut left = hours.max(0.0);
    for (place, index) in order.iter().enumerate() {
        let even = left / (order.len() - place) as f64;
        let share = even.min(of(*index));
        left -= share;
        if let Some(slot) = shares.get_mut(*index) {
            *slot = share;
        }
    }
    shares
}

fn duty(
    tour: &TourWork,
    day: &WorkDay,
    person: &Person,
    people: &TourPeople<'_>,
    hours: f64,
    calendar: &Calendar,
) -> Duty {
    let skills: Vec<&str> = if works(person) {
        person.skills.iter().map(String::as_str).collect()
    } else {
        Vec::new()
    };
    Duty {
        tour: tour.tour.clone(),
        date: day.date,
        person: person.name.clone(),
        role: if person.name == people.leader.name {
            "leader"
        } else {
            "technician"
        }
        .to_owned(),
        driver: people
            .driver
            .is_some_and(|driver| driver.name == person.name),
        skills: skills.join("|"),
        hours: (hours * 100.0).round() / 100.0,
        rest_day: !calendar.is_work(day.date),
    }
}
