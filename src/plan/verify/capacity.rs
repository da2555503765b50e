//! Rule 3: no visit and no person is planned for more than the hours there are.

use std::collections::BTreeMap;

use super::case::{Case, differs, figure};
use super::tables::Customer;
use crate::domain::Date;
use crate::findings::Finding;

const VISITS: &str = "visits.csv";
const CREW: &str = "crew.csv";
/// Longest day planned, hours: Labour Law art. 36, and with overtime allowed art. 41.
const NORMAL_DAY_HOURS: f64 = 8.0;
const LONGEST_DAY_HOURS: f64 = 11.0;
/// What printing two decimals may move hours by.
const PRINTED: f64 = 0.005_001;

/// What visits.csv offers is the formula of problem.json, and no more is expected than offered.
pub(super) fn visits_fit_their_capacity(case: &Case<'_>) -> Vec<Finding> {
    let Some(problem) = &case.problem else {
        return Vec::new();
    };
    let mut offered: BTreeMap<&str, f64> = BTreeMap::new();
    for (_, laid) in case.laid_tours() {
        let Some(team) = problem.teams.get(laid.team) else {
            continue;
        };
        for day in &laid.days {
            let Some(point) = problem.points.get(day.point) else {
                continue;
            };
            let hours = problem.day_capacity(team, point, day.drive_hours);
            *offered.entry(&day.visit).or_default() += hours;
        }
    }
    let mut faults = Vec::new();
    for visit in &case.visits {
        let Some(&wanted) = offered.get(visit.id.as_str()) else {
            continue;
        };
        let at = (VISITS, visit.line);
        if let Some(written) = visit.capacity.filter(|written| !written.is(wanted, 0.0)) {
            faults.push(differs(
                "V302",
                at,
                &visit.id,
                figure(written.value),
                figure(wanted),
            ));
        }
        if let Some(expected) = visit.expected.filter(|e| e.value > wanted + e.slack + 1e-6) {
            faults.push(differs(
                "V301",
                at,
                &visit.id,
                figure(expected.value),
                figure(wanted),
            ));
        }
    }
    faults
}

/// Each visit's vehicles and expected hours are those of its lines in customers.csv.
pub(super) fn visits_sum_their_vehicles(case: &Case<'_>) -> Vec<Finding> {
    let mut by_visit: BTreeMap<&str, Vec<&Customer>> = BTreeMap::new();
    for row in case.customers.iter().filter(|row| row.on_visit()) {
        by_visit.entry(&row.visit).or_default().push(row);
    }
    let mut faults = Vec::new();
    for visit in &case.visits {
        let at = (VISITS, visit.line);
        let rows = by_visit.remove(visit.id.as_str()).unwrap_or_default();
        if let Some(vehicles) = visit.vehicles.filter(|count| *count != rows.len() as u64) {
            faults.push(differs("V303", at, &visit.id, vehicles, rows.len()));
        }
        let (mut hours, mut slack) = (0.0, 0.0);
        for row in rows {
            let (one, share) = (row.hours.unwrap_or_default(), row.share.unwrap_or_default());
            hours += one.value * share.value;
            slack += one.slack * share.value + share.slack * one.value;
        }
        if let Some(expected) = visit.expected.filter(|expected| !expected.is(hours, slack)) {
            faults.push(differs(
                "V304",
                at,
                &visit.id,
                figure(expected.value),
                figure(hours),
            ));
        }
    }
    faults
}

/// Nobody is planned for more than 8 hours a day (11 with overtime allowed), nor than his own limit.
pub(super) fn days_are_not_too_long(case: &Case<'_>) -> Vec<Finding> {
    let tour = &case.inputs.settings.tour;
    let law = if tour.overtime_allowed {
        LONGEST_DAY_HOURS
    } else {
        NORMAL_DAY_HOURS
    };
    let mut worked: BTreeMap<(&str, Date), (f64, u32)> = BTreeMap::new();
    for duty in &case.duties {
        let day = worked
            .entry((&duty.person, duty.date))
            .or_insert((0.0, duty.line));
        day.0 += duty.hours.map_or(0.0, |hours| hours.value);
    }
    let mut faults = Vec::new();
    for ((name, date), (hours, line)) in worked {
        let own = case.person(name).and_then(|person| person.hours_per_day);
        let most = own.unwrap_or(tour.hours_per_day).min(law);
        if hours > most + PRINTED {
            let key = format!("{name} {date}");
            faults.push(differs("V305", (CREW, line), key, figure(hours), most));
        }
    }
    let teams = case.problem.iter().flat_map(|problem| &problem.teams);
    for team in teams.filter(|team| team.hours_per_day > law + 1e-6) {
        faults.push(differs(
            "V305",
            ("problem.json", 0),
            &team.id,
            team.hours_per_day,
            law,
        ));
    }
    faults
}

/// Everybody in the van sits through the day's driving and helps to set up: both are in his hours.
pub(super) fn driving_is_working_time(case: &Case<'_>) -> Vec<Finding> {
    let setup = case
        .problem
        .as_ref()
        .map_or(0.0, |problem| problem.limits.setup_hours);
    let mut faults = Vec::new();
    for (tour, laid) in case.laid_tours() {
        for day in &laid.days {
            let least = day.drive_hours + setup;
            for duty in case.on_duty(&tour.id, day.date) {
                if let Some(hours) = duty.hours.filter(|hours| hours.value < least - PRINTED) {
                    let at = (CREW, duty.line);
                    faults.push(differs(
                        "V306",
                        at,
                        &tour.id,
                        figure(hours.value),
                        figure(least),
                    ));
                }
            }
        }
    }
    faults
}
