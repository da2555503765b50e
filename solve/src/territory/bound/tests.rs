//! The bound and its parts against plans, tours and knapsacks that are all tried.

use super::super::plan::{Plan, Trip};
use super::super::problem::{Pin, Problem};
use super::super::rng::Rng;
use super::super::tests::all_tours;
use super::super::tests::made_up::{PAIRED, date, made_up};
use super::super::transport::allot;
use super::super::{tour_facts, validate};
use super::ascent::Slack;
use super::*;

mod divided;
mod laid;
mod listed;
mod relaxed;

/// Two teams, three points, four days; pins, limits and teams drawn anew for each seed. Tours of two days.
fn mixed(seed: u64, visits: u32) -> Problem {
    let mut problem = made_up(2000 + seed, &PAIRED);
    let mut rng = Rng::new(seed);
    problem.limits.visits_per_point = visits;
    problem.limits.min_days_home = rng.below(2) as u32;
    problem.limits.first_depart = None;
    problem.teams[1].cost_per_day = 500.0;
    if rng.below(3) == 0 {
        problem.teams[1] = problem.teams[0].clone();
        problem.teams[1].id = "twin".to_owned();
    }
    problem.points[0].pin = match rng.below(4) {
        0 => Pin::Must,
        1 => Pin::On(date(rng.below(4))),
        _ => Pin::Free,
    };
    problem.points[rng.below(3)].max_days = Some(1);
    assert_eq!(validate(&problem), []);
    problem
}

/// The same with tours of three days, which may go to all points.
pub(super) fn longer(seed: u64, visits: u32) -> Problem {
    let mut problem = mixed(seed, visits);
    problem.limits.max_nights = 2;
    problem.limits.max_drive_hours_per_day = 6.0;
    problem.limits.min_service_hours = 0.5;
    problem
}

/// Every tour that may be in a plan.
pub(super) fn all_trips(problem: &Problem, model: &Model) -> Vec<Trip> {
    let tours = all_tours(problem);
    let trips = tours.iter().filter_map(|tour| {
        let facts = tour_facts(problem, tour).ok()?;
        let stops = facts.stops.iter();
        let barred = stops.clone().any(|s| {
            let point = &problem.points[s.point];
            point.pin == Pin::Never || point.max_days.is_some_and(|most| s.days > most)
        });
        let route: Vec<(usize, usize)> = stops.map(|s| (s.point, s.days as usize)).collect();
        (!barred).then(|| Trip::new(model, facts.team, facts.start, &route))
    });
    trips.collect()
}

/// Whether a trip may run beside the others, as far as the rules between tours go.
fn beside(problem: &Problem, trips: &[Trip], next: &Trip) -> bool {
    let home = problem.limits.min_days_home as usize;
    let apart = |a: &Trip, b: &Trip| a.start + a.days + home <= b.start;
    let own = trips.iter().filter(|trip| trip.team == next.team);
    own.clone()
        .all(|trip| apart(trip, next) || apart(next, trip))
        && next.stops.iter().all(|stop| {
            let stops = trips.iter().flat_map(|trip| &trip.stops);
            let same = stops.filter(|other| other.point == stop.point);
            let days: usize = same.clone().map(|other| other.days).sum();
            let most = problem.points[stop.point].max_days;
            (same.count() as u32) < problem.limits.visits_per_point
                && most.is_none_or(|most| days + stop.days <= most as usize)
        })
}

/// The most that a plan with the standing trips is worth, by trying them all.
fn best_with(problem: &Problem, model: &Model, standing: &[Trip]) -> Option<f64> {
    fn extend(
        problem: &Problem,
        model: &Model,
        trips: &[Trip],
        plan: &mut Plan,
        best: &mut Option<f64>,
    ) {
        if !plan.open_pins(model).contains(&true) {
            let value = allot(model, &plan.capacity(model), &[]).value - plan.cost();
            *best = Some(best.map_or(value, |best| best.max(value)));
        }
        for (at, trip) in trips.iter().enumerate() {
            if beside(problem, &plan.trips, trip) {
                plan.trips.push(trip.clone());
                extend(problem, model, &trips[at + 1..], plan, best);
                plan.trips.pop();
            }
        }
    }
    let mut best = None;
    let mut plan = Plan {
        trips: standing.to_vec(),
    };
    let trips = all_trips(problem, model);
    extend(problem, model, &trips, &mut plan, &mut best);
    best
}

/// Prices drawn at random, a third of them 0: a step from 0 in a direction that is known.
pub(super) fn drawn(model: &Model, must: &[bool], rng: &mut Rng) -> Prices {
    let mut slack = Slack::full(model, 0.0);
    let mut norm = 0.0;
    let mut draw = |scale: f64| -> f64 {
        let u = scale * rng.unit() * f64::from(u8::from(rng.below(3) > 0));
        norm += u * u;
        u
    };
    for cell in 0..model.contested {
        slack.use_cell(cell, 1.0 + draw(1.0));
    }
    for (point, &must) in must.iter().enumerate() {
        slack.visit(point, draw(0.3));
        if must {
            slack.keep_pin(point, 1.0 - draw(0.5));
        }
    }
    let mut ascent = Ascent::new(model, Prices::zero(model), must, 1.0, 1);
    ascent.step(0.0, &slack, -4000.0 * norm);
    ascent.prices
}

/// `max { Σ (gain − price)⁺·x : Σ hours·x ≤ hours, 0 ≤ x ≤ 1 }` of a point.
pub(super) fn knapsack(model: &Model, prices: &Prices, point: usize, hours: f64) -> f64 {
    let price = |cell: usize| prices.cell().get(cell).copied().unwrap_or(0.0);
    let items = model.sites[point].items.iter();
    let nets = items.map(|item| (item.gain - price(item.cell), item.hours));
    let mut nets: Vec<(f64, f64)> = nets.filter(|net| net.0 > 0.0).collect();
    nets.sort_by(|a, b| (b.0 * a.1).total_cmp(&(a.0 * b.1)));
    let (mut worth, mut left) = (0.0, hours);
    for (net, needed) in nets {
        let x = if needed > left { left / needed } else { 1.0 };
        worth += x * net;
        left -= x * needed;
    }
    worth
}

/// What a trip is worth at these prices.
pub(super) fn worth(model: &Model, prices: &Prices, must: &[bool], trip: &Trip) -> f64 {
    let mut day = trip.start;
    let mut worth = -trip.cost;
    for stop in &trip.stops {
        worth += knapsack(model, prices, stop.point, stop.hours) - prices.visit()[stop.point];
        if must[stop.point] && model.keeps_pin(stop.point, day) {
            worth += prices.reward()[stop.point];
        }
        day += stop.days;
    }
    worth
}

/// What the days of a team from a day on are worth at best; `trips` are its own.
fn calendar(model: &Model, trips: &[(f64, Trip)], room: &[usize], from: usize) -> f64 {
    if from >= model.days {
        return 0.0;
    }
    let mut best = calendar(model, trips, room, from + 1);
    let here = trips
        .iter()
        .filter(|(_, trip)| trip.start == from && trip.days <= room[from]);
    for (worth, trip) in here.filter(|(worth, _)| *worth > 0.0) {
        let next = from + trip.days + model.min_days_home;
        best = best.max(worth + calendar(model, trips, room, next));
    }
    best
}

/// The trips that a relaxation may choose, by team, with their worth.
fn choices(
    model: &Model,
    standing: &Standing,
    prices: &Prices,
    trips: &[Trip],
) -> Vec<Vec<(f64, Trip)>> {
    let mut choices = vec![Vec::new(); model.class_of.len()];
    for trip in trips {
        let mut day = trip.start;
        let fits = trip.stops.iter().all(|stop| {
            let begins = day;
            day += stop.days;
            standing.days_left[stop.point] >= stop.days && model.may_begin(stop.point, begins)
        });
        if fits {
            let worth = worth(model, prices, &standing.must, trip);
            choices[trip.team].push((worth, trip.clone()));
        }
    }
    choices
}

/// Σ cell prices + visits·Σ fees − Σ rewards + the standing trips + every team's best calendar.
fn relaxation(
    model: &Model,
    standing: &Standing,
    kept: &[Trip],
    prices: &Prices,
    trips: &[Trip],
) -> f64 {
    let rewards: f64 = (0..model.sites.len())
        .filter(|&point| standing.must[point])
        .map(|point| prices.reward()[point])
        .sum();
    let visits = model.visits_per_point as f64;
    let fixed = prices.cell().iter().sum::<f64>() + visits * prices.visit().iter().sum::<f64>();
    let stands: f64 = kept
        .iter()
        .map(|trip| worth(model, prices, &standing.must, trip))
        .sum();
    let teams: f64 = choices(model, standing, prices, trips)
        .iter()
        .zip(&standing.room_of)
        .map(|(own, room)| calendar(model, own, room, 0))
        .sum();
    fixed - rewards + stands + teams
}
