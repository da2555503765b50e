//! Cells, points, teams and days → the pure planning problem.

use std::collections::BTreeMap;

use super::cells::{DemandCell, place_of_cell, yard_of_cell};
use super::locate::PlacedPoint;
use super::reach::Reach;
use crate::domain::settings::{CostSettings, Pins, TeamSettings};
use crate::domain::{Calendar, Date, Month, Van};
use crate::place::Stop;
use crate::solve::territory::{
    Cell, Costs, Day, Legs, Limits, PROBLEM_SCHEMA, Pair, Pin, Point, Problem, Team,
};

/// Everything the problem is written from.
pub struct BuildInput<'a> {
    /// The month.
    pub month: Month,
    /// No tour leaves before this day.
    pub first_depart: Date,
    /// Workdays.
    pub calendar: &'a Calendar,
    /// Teams that can be manned.
    pub teams: &'a [TeamSettings],
    /// Their vans.
    pub vans: &'a [Van],
    /// Costs.
    pub costs: &'a CostSettings,
    /// Limits and road distances.
    pub reach: &'a Reach<'a>,
    /// The depot.
    pub depot: Stop<'a>,
    /// Points on the map.
    pub points: &'a [PlacedPoint<'a>],
    /// Demand.
    pub cells: &'a [DemandCell],
    /// County of each cell's place, beside `cells`.
    pub cell_counties: &'a [String],
    /// Share of the planning value lost at a point served not long ago.
    pub lost_shares: &'a BTreeMap<String, f64>,
    /// What must, or must not, be visited.
    pub pins: &'a Pins,
}

/// Writes the problem.
pub fn build(input: &BuildInput<'_>) -> Problem {
    let tour = input.reach.tour;
    Problem {
        schema: PROBLEM_SCHEMA.into(),
        days: days(input),
        teams: input
            .teams
            .iter()
            .map(|team| team_of(input, team))
            .collect(),
        limits: Limits {
            max_nights: tour.max_nights,
            setup_hours: tour.setup_hours,
            min_service_hours: tour.min_service_hours,
            max_drive_hours_per_day: tour.max_drive_hours_per_day,
            visits_per_point: tour.visits_per_point,
            utilisation: tour.utilisation,
            first_depart: Some(input.first_depart.to_string()),
            min_days_home: tour.min_days_home,
        },
        costs: Costs {
            per_km: input.costs.per_km,
            per_night: input.costs.per_night,
        },
        points: input
            .points
            .iter()
            .map(|point| point_of(input, point))
            .collect(),
        legs: legs(input),
        cells: input
            .cells
            .iter()
            .map(|cell| Cell {
                id: cell.id.clone(),
                vehicles: f64::from(cell.vehicles),
                hours: cell.hours,
                value: cell.value,
            })
            .collect(),
        pairs: pairs(input),
    }
}

fn days(input: &BuildInput<'_>) -> Vec<Day> {
    input
        .month
        .days()
        .into_iter()
        .map(|date| Day {
            date: date.to_string(),
            work: input.reach.tour.rest_days_allowed || input.calendar.is_work(date),
        })
        .collect()
}

fn team_of(input: &BuildInput<'_>, team: &TeamSettings) -> Team {
    let mut off: Vec<Date> = team.days_off.clone();
    if let Some(van) = input.vans.iter().find(|van| van.id == team.van) {
        off.extend(van.days_off.iter().copied());
    }
    off.retain(|date| Month::of(*date) == input.month);
    off.sort_unstable();
    off.dedup();
    Team {
        id: team.id.clone(),
        technicians: f64::from(team.technicians),
        hours_per_day: input.reach.tour.hours_per_day,
        cost_per_day: team.cost_per_day,
        days_off: off.iter().map(ToString::to_string).collect(),
    }
}

fn point_of(input: &BuildInput<'_>, placed: &PlacedPoint<'_>) -> Point {
    let point = placed.point;
    let days = input.month.days();
    let open: Vec<String> = days
        .iter()
        .filter(|date| point.open.is_open(**date))
        .map(ToString::to_string)
        .collect();
    Point {
        id: point.id.clone(),
        bays: f64::from(point.bays),
        fee_per_day: point.fee_per_day,
        open: (open.len() < days.len()).then_some(open),
        max_days: point.max_days,
        pin: match input.pins.get(&point.id).map(String::as_str) {
            None => Pin::Free,
            Some("must") => Pin::Must,
            Some("never") => Pin::Never,
            Some(date) => Pin::On(date.to_owned()),
        },
    }
}

fn legs(input: &BuildInput<'_>) -> Legs {
    let stops: Vec<Stop<'_>> = std::iter::once(input.depot)
        .chain(input.points.iter().map(PlacedPoint::stop))
        .collect();
    let mut legs = Legs {
        km: Vec::new(),
        hours: Vec::new(),
    };
    for (row, from) in stops.iter().enumerate() {
        let (km, hours) = stops
            .iter()
            .enumerate()
            .map(|(column, to)| {
                if row == column {
                    return (0.0, 0.0);
                }
                let leg = input.reach.travel.leg(*from, *to);
                (leg.km, leg.hours)
            })
            .unzip();
        legs.km.push(km);
        legs.hours.push(hours);
    }
    legs
}

fn pairs(input: &BuildInput<'_>) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (index, cell) in input.cells.iter().enumerate() {
        let from = Stop {
            id: None,
            cell: Some(place_of_cell(&cell.id)),
            lonlat: cell.at,
            county: input.cell_counties.get(index).map(String::as_str),
        };
        let yard = yard_of_cell(&cell.id);
        for (column, point) in input.points.iter().enumerate() {
            let of_another = !point.point.customer.is_empty() && yard != Some(&*point.point.id);
            if of_another {
                continue;
            }
            let Some(km) = input.reach.km(from, point) else {
                continue;
            };
            let share = input.reach.share(km);
            if share <= 0.0 || cell.hours <= 0.0 {
                continue;
            }
            let lift = if point.point.lift {
                0.0
            } else {
                cell.lift_value
            };
            let lost_share = input
                .lost_shares
                .get(&point.point.id)
                .copied()
                .unwrap_or(0.0);
            let lost = lift + (cell.value - lift) * lost_share;
            pairs.push(Pair {
                cell: index,
                point: column,
                km,
                share,
                cost: (share * lost * 1e4).round() / 1e4,
            });
        }
    }
    pairs
}
