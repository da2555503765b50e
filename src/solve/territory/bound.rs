//! A proven upper bound: Lagrangian relaxation of "a cell is served once" and of the visits per point.
//!
//! With cell prices u ≥ 0, visit fees v ≥ 0 and pin rewards m ≥ 0, a visit's best load is a fractional knapsack, a team's best
//! calendar an interval schedule of priced tours, and Σ u + Q·Σ v − Σ m + Σ teams (best calendar) is at least the
//! objective of every plan (research: Geoffrion 1974; subgradient steps as in Held, Wolfe and Crowder 1974).
//! Tours that stand are in every plan: they are priced like all others, chosen or not, and take their days.
//! Tours may pass a point twice here, and `max_days` binds only within a tour: both only raise the bound.
//!
//! Responsible for: the bound and the prices behind it. Not responsible for: finding plans.

use super::builder::Outlook;
use super::calendar::{Priced, schedule};
use super::curves::Curves;
use super::model::{Model, Pinned};
use super::plan::{Plan, Trip};
use super::routes::{Offer, Stops};

/// Relative allowance for rounding in the sums of the bound.
const ROUNDING: f64 = 1e-9;
/// Steps without a better bound before the step length is halved.
const PATIENCE: u32 = 12;

/// The state of the subgradient method.
pub(super) struct Dual<'a> {
    model: &'a Model,
    curves: Curves,
    stops: Vec<Stops>,
    /// By class: how long a tour may be from each day on, and how many teams have just this room.
    rooms: Vec<Vec<(Vec<usize>, f64)>>,
    /// Trips that are in every plan.
    standing: Vec<Trip>,
    /// Prices of the cells, and for each point fee less reward of a visit.
    cell_price: Vec<f64>,
    visit_fee: Vec<f64>,
    pin_reward: Vec<f64>,
    direction: Vec<f64>,
    length: f64,
    stalled: u32,
    /// The least bound so far.
    pub(super) bound: f64,
    /// The prices that gave it.
    best: Outlook,
    /// Whether further steps cannot help.
    pub(super) done: bool,
}

impl<'a> Dual<'a> {
    /// A bound of the plans that hold the trips that stand, at cell prices 0.
    pub(super) fn new(model: &'a Model, standing: &Plan) -> Self {
        let stops = model
            .classes
            .iter()
            .map(|class| Stops::new(model, class, usize::MAX))
            .collect();
        let rooms = model
            .classes
            .iter()
            .map(|class| {
                let mut rooms: Vec<(Vec<usize>, f64)> = Vec::new();
                for &team in &class.members {
                    let room = standing.room(model, team);
                    match rooms.iter_mut().find(|(known, _)| *known == room) {
                        Some((_, teams)) => *teams += 1.0,
                        None => rooms.push((room, 1.0)),
                    }
                }
                rooms
            })
            .collect();
        let sites = model.sites.len();
        let mut dual = Self {
            model,
            curves: Curves::new(model),
            stops,
            rooms,
            standing: standing.trips.clone(),
            cell_price: vec![0.0; model.cells],
            visit_fee: vec![0.0; sites],
            pin_reward: vec![0.0; sites],
            direction: vec![0.0; model.cells + 2 * sites],
            length: 1.0,
            stalled: 0,
            bound: f64::INFINITY,
            best: Outlook::default(),
            done: false,
        };
        for (stops, class) in dual.stops.iter_mut().zip(&model.classes) {
            (0..sites).for_each(|p| stops.refresh(model, class, &dual.curves, p, 0.0));
        }
        dual
    }

    /// Sets the cell prices to begin with.
    pub(super) fn start_at(&mut self, cell_price: &[f64]) {
        self.cell_price.copy_from_slice(cell_price);
    }

    /// The prices behind the bound.
    pub(super) fn outlook(&self) -> Outlook {
        self.best.clone()
    }

    /// One subgradient step towards the objective of the best known plan; whether the bound became better.
    pub(super) fn step(&mut self, incumbent: f64) -> bool {
        let (value, slack) = self.relaxation();
        let better = value < self.bound;
        if better {
            if value < self.bound - 1e-6 * value.abs() {
                self.stalled = 0;
            }
            self.bound = value;
            self.best = Outlook {
                cell_price: self.cell_price.clone(),
                visit_fee: self.visit_fee.clone(),
            };
        } else {
            self.stalled += 1;
        }
        if self.stalled > PATIENCE {
            self.length *= 0.7;
            self.stalled = 0;
        }
        for (direction, slack) in self.direction.iter_mut().zip(&slack) {
            *direction = 0.3 * *direction + slack;
        }
        let norm: f64 = self.direction.iter().map(|d| d * d).sum();
        let gap = value - incumbent;
        if norm <= 1e-12 || gap <= 1e-9 * (1.0 + value.abs()) || self.length < 1e-4 {
            self.done = true;
            return better;
        }
        let step = self.length * gap / norm;
        let (cells, sites) = (self.model.cells, self.model.sites.len());
        let all = self
            .cell_price
            .iter_mut()
            .chain(&mut self.visit_fee)
            .chain(&mut self.pin_reward);
        for (price, direction) in all.zip(&self.direction) {
            *price = (*price - step * direction).max(0.0);
        }
        debug_assert_eq!(self.direction.len(), cells + 2 * sites);
        for (reward, site) in self.pin_reward.iter_mut().zip(&self.model.sites) {
            if site.pinned == Pinned::Free {
                *reward = 0.0;
            }
        }
        better
    }

    /// The relaxation's value at the current prices, and how far each relaxed rule is from being used up.
    fn relaxation(&mut self) -> (f64, Vec<f64>) {
        let model = self.model;
        let changed = self.curves.reprice(model, &self.cell_price);
        let (cells, sites) = (model.cells, model.sites.len());
        let visits = model.visits_per_point as f64;
        let mut slack = vec![1.0; cells];
        slack.resize(cells + sites, visits);
        slack.resize(cells + 2 * sites, -1.0);
        let mut value = self.cell_price.iter().sum::<f64>()
            + visits * self.visit_fee.iter().sum::<f64>()
            - self.pin_reward.iter().sum::<f64>();
        let offer = Offer {
            days_left: model
                .sites
                .iter()
                .map(|s| s.max_days.min(model.longest))
                .collect(),
            bonus: self.visit_fee.iter().map(|fee| -fee).collect(),
            pin_bonus: self.pin_reward.clone(),
            relaxed: true,
        };
        let mut used = vec![0.0; cells + 2 * sites];
        for trip in &self.standing {
            value += self.worth(trip);
            uses(model, &self.curves, trip, 1.0, &mut used);
        }
        for ((class, stops), rooms) in model.classes.iter().zip(&mut self.stops).zip(&self.rooms) {
            for (p, _) in changed.iter().enumerate().filter(|(_, changed)| **changed) {
                stops.refresh(model, class, &self.curves, p, 0.0);
            }
            let mut most = vec![0; model.day_of_look.len()];
            for (room, _) in rooms {
                for (&look, &room) in model.look_of_day.iter().zip(room) {
                    most[look] = room.max(most[look]);
                }
            }
            let priced: Priced = most
                .iter()
                .enumerate()
                .map(|(look, &most)| stops.best(model, class, &offer, look, most))
                .collect();
            for (room, teams) in rooms {
                let (worth, slots) = schedule(model, &priced, room);
                value += teams * worth;
                for slot in slots {
                    let Some(route) = priced[model.look_of_day[slot.start]]
                        .get(slot.days - 1)
                        .and_then(Option::as_ref)
                    else {
                        continue;
                    };
                    let trip = Trip::new(model, class.members[0], slot.start, &route.stops);
                    uses(model, &self.curves, &trip, *teams, &mut used);
                }
            }
        }
        for (slack, used) in slack.iter_mut().zip(used) {
            *slack -= used;
        }
        (value + ROUNDING * (1.0 + value.abs()), slack)
    }

    /// What a trip brings at the current prices.
    fn worth(&self, trip: &Trip) -> f64 {
        let (mut worth, mut day) = (-trip.cost, trip.start);
        for stop in &trip.stops {
            worth += self.curves.worth(stop.point, stop.hours) - self.visit_fee[stop.point];
            if self.model.keeps_pin(stop.point, day) {
                worth += self.pin_reward[stop.point];
            }
            day += stop.days;
        }
        worth
    }
}

/// Adds what a trip of so many teams uses of cells and visits; keeping a pin gives its use back.
fn uses(model: &Model, curves: &Curves, trip: &Trip, teams: f64, used: &mut [f64]) {
    let (cells, sites) = (model.cells, model.sites.len());
    let mut day = trip.start;
    for stop in &trip.stops {
        curves.load(model, stop.point, stop.hours, |cell, x| {
            used[cell] += teams * x;
        });
        used[cells + stop.point] += teams;
        if model.keeps_pin(stop.point, day) {
            used[cells + sites + stop.point] -= teams;
        }
        day += stop.days;
    }
}
