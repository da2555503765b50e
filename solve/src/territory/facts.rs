//! What a tour is once it is laid on the calendar: dates, km, driving, hours offered, cost.
//!
//! Responsible for: the one capacity formula of the program and the rules of a single tour.
//! Not responsible for: rules between tours and the allocation (`evaluate`).

use std::collections::HashMap;

use super::broken::Broken;
use super::problem::{Limits, Problem, Team};
use super::solution::{StopPlan, TourPlan};

/// Slack when hours are compared, so that sums like 2.3 + 3.2 do not break a limit by rounding.
pub const HOURS_TOLERANCE: f64 = 1e-9;

/// A broken rule of a solution.
#[derive(Debug, Clone, PartialEq)]
pub struct Violation {
    /// Index of the tour, where one is to blame.
    pub tour: Option<usize>,
    /// Index of the stop in that tour, where one is to blame.
    pub stop: Option<usize>,
    /// Which rule, with the ids and numbers.
    pub rule: Broken,
}

/// A tour laid on the calendar.
#[derive(Debug, Clone, PartialEq)]
pub struct TourFacts {
    /// Index of the team in the problem.
    pub team: usize,
    /// Index of the first day in the problem's days.
    pub start: usize,
    /// ISO date of the first day.
    pub depart: String,
    /// ISO date of the last day (the team is home that evening).
    pub return_date: String,
    /// Days of the tour.
    pub days: u32,
    /// Nights away: days − 1.
    pub nights: u32,
    /// Road kilometres of all legs.
    pub km: f64,
    /// Driving hours of all legs.
    pub drive_hours: f64,
    /// Driving hours of each day.
    pub drive_hours_by_day: Vec<f64>,
    /// Hours offered by all stops.
    pub capacity_hours: f64,
    /// Yuan: km, nights, team days and fees.
    pub cost: f64,
    /// The stops in order.
    pub stops: Vec<StopFacts>,
}

/// A stop laid on the calendar.
#[derive(Debug, Clone, PartialEq)]
pub struct StopFacts {
    /// Index of the point in the problem.
    pub point: usize,
    /// ISO date of the first day.
    pub first_day: String,
    /// ISO date of the last day.
    pub last_day: String,
    /// Index of the first day in the problem's days.
    pub first: usize,
    /// Days of the stop.
    pub days: u32,
    /// Hours offered, by the one formula.
    pub capacity_hours: f64,
    /// Yuan paid to the host for these days.
    pub fee: f64,
}

/// Hours one technician has for service and slack on a day with `drive_hours` of driving; may be negative.
pub fn day_factor(limits: &Limits, team: &Team, drive_hours: f64) -> f64 {
    team.hours_per_day - limits.setup_hours - drive_hours
}

/// Hours a visit offers: over its days, min(technicians, bays) × max(0, hours − set-up − driving) × utilisation.
///
/// The one capacity formula of the program; `drive_hours_by_day` holds one entry per day of the visit.
pub fn visit_hours(limits: &Limits, team: &Team, bays: f64, drive_hours_by_day: &[f64]) -> f64 {
    let hands = team.technicians.min(bays);
    drive_hours_by_day
        .iter()
        .map(|&drive| hands * day_factor(limits, team, drive).max(0.0) * limits.utilisation)
        .sum()
}

/// Lays a tour on the calendar and checks every rule that concerns it alone.
///
/// # Errors
/// Every rule the tour breaks.
pub fn tour_facts(problem: &Problem, tour: &TourPlan) -> Result<TourFacts, Vec<Violation>> {
    let ids = Ids::new(problem);
    let (facts, faults) = lay_out(problem, &ids, tour);
    match facts {
        Some(facts) if faults.is_empty() => Ok(facts),
        _ => Err(faults
            .into_iter()
            .map(|(stop, rule)| Violation {
                tour: None,
                stop,
                rule,
            })
            .collect()),
    }
}

/// Indices by id and date.
pub(super) struct Ids<'a> {
    days: HashMap<&'a str, usize>,
    teams: HashMap<&'a str, usize>,
    points: HashMap<&'a str, usize>,
}

impl<'a> Ids<'a> {
    pub(super) fn new(problem: &'a Problem) -> Self {
        Self {
            days: problem
                .days
                .iter()
                .enumerate()
                .map(|(i, d)| (d.date.as_str(), i))
                .collect(),
            teams: problem
                .teams
                .iter()
                .enumerate()
                .map(|(i, t)| (t.id.as_str(), i))
                .collect(),
            points: problem
                .points
                .iter()
                .enumerate()
                .map(|(i, p)| (p.id.as_str(), i))
                .collect(),
        }
    }
}

/// A broken rule and the stop to blame.
pub(super) type Fault = (Option<usize>, Broken);

/// The facts (where the tour can be laid out at all) and every rule it breaks by itself.
pub(super) fn lay_out(
    problem: &Problem,
    ids: &Ids,
    tour: &TourPlan,
) -> (Option<TourFacts>, Vec<Fault>) {
    let mut faults = Vec::new();
    let team = ids.teams.get(tour.team.as_str()).copied();
    let start = ids.days.get(tour.depart.as_str()).copied();
    if team.is_none() {
        let team = tour.team.clone();
        faults.push((None, Broken::UnknownTeam { team }));
    }
    if start.is_none() {
        let depart = tour.depart.clone();
        faults.push((None, Broken::UnknownDay { depart }));
    }
    if tour.stops.is_empty() {
        faults.push((None, Broken::NoStop));
    }
    let mut points = Vec::with_capacity(tour.stops.len());
    for (s, stop) in tour.stops.iter().enumerate() {
        let point = stop.point.clone();
        match ids.points.get(stop.point.as_str()) {
            None => faults.push((Some(s), Broken::UnknownPoint { point })),
            Some(&p) => {
                if points.contains(&p) {
                    faults.push((Some(s), Broken::Twice { point }));
                }
                points.push(p);
            }
        }
        if stop.days == 0 {
            let point = stop.point.clone();
            faults.push((Some(s), Broken::NoDay { point }));
        }
    }
    let total: u64 = tour.stops.iter().map(|s| u64::from(s.days)).sum();
    if let Some(start) = start
        && start as u64 + total > problem.days.len() as u64
    {
        let late = Broken::TooLate {
            depart: tour.depart.clone(),
            days: total,
        };
        faults.push((None, late));
    }
    let (Some(team), Some(start)) = (team, start) else {
        return (None, faults);
    };
    if !faults.is_empty() {
        return (None, faults);
    }
    let facts = facts_of(problem, team, start, &points, &tour.stops);
    check_days(problem, &facts, &mut faults);
    check_driving(problem, &facts, &mut faults);
    check_open(problem, &facts, &mut faults);
    (Some(facts), faults)
}

/// Sums and dates of a tour whose ids resolve and whose days are all in the list.
fn facts_of(
    problem: &Problem,
    team: usize,
    start: usize,
    points: &[usize],
    stops: &[StopPlan],
) -> TourFacts {
    let crew = &problem.teams[team];
    let days: u32 = stops.iter().map(|s| s.days).sum();
    let mut drive = vec![0.0; days as usize];
    let (mut km, mut from, mut day) = (0.0, 0, 0);
    for (&p, stop) in points.iter().zip(stops) {
        km += problem.legs.km[from][p + 1];
        drive[day] += problem.legs.hours[from][p + 1];
        from = p + 1;
        day += stop.days as usize;
    }
    km += problem.legs.km[from][0];
    drive[day - 1] += problem.legs.hours[from][0];
    let mut first = start;
    let laid: Vec<StopFacts> = points
        .iter()
        .zip(stops)
        .map(|(&point, stop)| {
            let last = first + stop.days as usize - 1;
            let host = &problem.points[point];
            let laid = StopFacts {
                point,
                first_day: problem.days[first].date.clone(),
                last_day: problem.days[last].date.clone(),
                first,
                days: stop.days,
                capacity_hours: visit_hours(
                    &problem.limits,
                    crew,
                    host.bays,
                    &drive[first - start..=last - start],
                ),
                fee: host.fee_per_day * f64::from(stop.days),
            };
            first = last + 1;
            laid
        })
        .collect();
    let nights = days - 1;
    let fees: f64 = laid.iter().map(|s| s.fee).sum();
    TourFacts {
        team,
        start,
        depart: problem.days[start].date.clone(),
        return_date: problem.days[first - 1].date.clone(),
        days,
        nights,
        km,
        drive_hours: drive.iter().sum(),
        drive_hours_by_day: drive,
        capacity_hours: laid.iter().map(|s| s.capacity_hours).sum(),
        cost: problem.costs.per_km * km
            + problem.costs.per_night * f64::from(nights)
            + crew.cost_per_day * f64::from(days)
            + fees,
        stops: laid,
    }
}

fn check_days(problem: &Problem, facts: &TourFacts, faults: &mut Vec<Fault>) {
    let team = &problem.teams[facts.team];
    for day in &problem.days[facts.start..facts.start + facts.days as usize] {
        let date = || day.date.clone();
        if !day.work {
            faults.push((None, Broken::RestDay { date: date() }));
        }
        if team.days_off.contains(&day.date) {
            let off = Broken::DayOff {
                date: date(),
                team: team.id.clone(),
            };
            faults.push((None, off));
        }
    }
    if facts.nights > problem.limits.max_nights {
        let nights = Broken::Nights {
            nights: facts.nights,
            most: problem.limits.max_nights,
        };
        faults.push((None, nights));
    }
    if let Some(first) = &problem.limits.first_depart
        && facts.depart < *first
    {
        let early = Broken::TooEarly {
            depart: facts.depart.clone(),
            first: first.clone(),
        };
        faults.push((None, early));
    }
}

fn check_driving(problem: &Problem, facts: &TourFacts, faults: &mut Vec<Fault>) {
    let limits = &problem.limits;
    let team = &problem.teams[facts.team];
    for (day, &hours) in problem.days[facts.start..]
        .iter()
        .zip(&facts.drive_hours_by_day)
    {
        let date = || day.date.clone();
        if hours > limits.max_drive_hours_per_day + HOURS_TOLERANCE {
            let driving = Broken::Driving {
                date: date(),
                hours,
                most: limits.max_drive_hours_per_day,
            };
            faults.push((None, driving));
        }
        let left = day_factor(limits, team, hours);
        if left < limits.min_service_hours - HOURS_TOLERANCE {
            let service = Broken::Service {
                date: date(),
                left,
                least: limits.min_service_hours,
            };
            faults.push((None, service));
        }
    }
}

fn check_open(problem: &Problem, facts: &TourFacts, faults: &mut Vec<Fault>) {
    for (s, stop) in facts.stops.iter().enumerate() {
        let host = &problem.points[stop.point];
        let Some(open) = &host.open else {
            continue;
        };
        for day in &problem.days[stop.first..stop.first + stop.days as usize] {
            if !open.contains(&day.date) {
                let closed = Broken::Closed {
                    point: host.id.clone(),
                    date: day.date.clone(),
                };
                faults.push((Some(s), closed));
            }
        }
    }
}
