//! All routes that can be part of a plan better than the best known one.
//!
//! At any prices, a plan with a given tour is worth at most the relaxation's value less what the team's calendar loses
//! by that tour; a route for which this is below the best known plan is left out (reduced-cost fixing, as Baldacci,
//! Christofides and Mingozzi 2008 enumerate routes). A route here passes no point twice.
//!
//! Responsible for: listing these routes and the days on which each may start.
//! Not responsible for: choosing among them (`tree`).

use std::collections::BTreeMap;

use super::super::calendar::Frame;
use super::super::model::Model;
use super::super::plan::Trip;
use super::super::routes::{Offer, Stops};
use super::ascent::Prices;
use super::root::{Root, offer};
use super::standing::Standing;

/// Most routes that are listed where all are wanted.
pub(super) const MOST: usize = 300_000;
/// Most steps of the listing, per route wanted.
const STEPS_PER_ROUTE: usize = 50;

/// A stop of some route: equal stops of several routes are one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Call {
    pub(super) point: usize,
    pub(super) stay: usize,
    /// Hours offered.
    pub(super) hours: f64,
}

/// A route of the pool.
#[derive(Debug, Clone)]
pub(super) struct Listed {
    /// Index in `Pool::groups`.
    pub(super) group: usize,
    /// Indices in `Pool::calls`, in order.
    pub(super) calls: Vec<u32>,
    /// Yuan: km, nights, team days and fees.
    pub(super) cost: f64,
}

/// Routes of one class, one length and the same start days.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Group {
    pub(super) class: usize,
    pub(super) days: usize,
    /// Whether such a route may start on each day.
    pub(super) starts: Vec<bool>,
}

/// The routes.
#[derive(Debug, Clone, Default)]
pub(super) struct Pool {
    pub(super) calls: Vec<Call>,
    pub(super) groups: Vec<Group>,
    pub(super) routes: Vec<Listed>,
}

impl Pool {
    /// Lists the routes that may be in a plan worth more than `floor`, given the relaxation's `value` at `prices`;
    /// `None` where they are more than `most`.
    pub(super) fn list(
        model: &Model,
        root: &mut Root,
        standing: &Standing,
        prices: &Prices,
        value: f64,
        floor: f64,
        most: usize,
    ) -> Option<Self> {
        root.tables(prices);
        let offer = offer(standing, prices);
        let mut pool = Self::default();
        let mut steps = 0;
        for c in 0..model.classes.len() {
            let priced = root.priced(standing, c, &offer);
            let mut least = vec![f64::INFINITY; model.longest + 1];
            for (room, _) in &standing.rooms[c] {
                let frame = Frame::priced(model, &priced, room);
                for (start, &most) in room.iter().enumerate() {
                    for (days, least) in least.iter_mut().enumerate().take(most + 1).skip(1) {
                        let needed = floor - value + frame.best() - frame.rest(start, days);
                        *least = least.min(needed);
                    }
                }
            }
            let mut walk = Walk::new(model, c, &root.stops[c], &offer, least, most);
            if !walk.all(&mut pool, &mut steps) {
                return None;
            }
        }
        Some(pool)
    }

    /// The (point, days) stops of a route.
    pub(super) fn route(&self, route: usize) -> Vec<(usize, usize)> {
        self.calls_of(route).map(|c| (c.point, c.stay)).collect()
    }

    /// The calls of a route in order.
    pub(super) fn calls_of(&self, route: usize) -> impl Iterator<Item = &Call> {
        self.routes[route]
            .calls
            .iter()
            .map(|&c| &self.calls[c as usize])
    }
}

/// Depth-first listing of the routes of one class.
struct Walk<'a> {
    model: &'a Model,
    class: usize,
    stops: &'a Stops,
    offer: &'a Offer,
    /// Least worth of a route of each length.
    least: Vec<f64>,
    /// Most routes wanted.
    most: usize,
    /// By place (0 = depot, point + 1): the points that may come next, and which of the places before them it is.
    next: Vec<Vec<(usize, usize)>>,
    /// By days left and point: the best that further stops of just so many days add, the way home paid.
    further: Vec<Vec<f64>>,
    /// The call of each entry of the tables, first as a stop on the way, then as the last one.
    known: Vec<Option<u32>>,
    /// Where each group stands in the pool.
    group_at: BTreeMap<Group, usize>,
    /// (point, days, call) so far.
    path: Vec<(usize, usize, u32)>,
}

impl<'a> Walk<'a> {
    fn new(
        model: &'a Model,
        class: usize,
        stops: &'a Stops,
        offer: &'a Offer,
        least: Vec<f64>,
        most: usize,
    ) -> Self {
        let mut next = vec![Vec::new(); model.nodes()];
        for (p, places) in stops.before.iter().enumerate() {
            if offer.days_left[p] > 0 {
                for (k, &from) in places.iter().enumerate() {
                    next[from].push((p, k));
                }
            }
        }
        let mut walk = Self {
            model,
            class,
            stops,
            offer,
            least,
            most,
            next,
            further: vec![vec![f64::NEG_INFINITY; model.sites.len()]; model.longest + 1],
            known: vec![None; 2 * stops.last.len()],
            group_at: BTreeMap::new(),
            path: Vec::new(),
        };
        for left in 1..=model.longest {
            for p in 0..model.sites.len() {
                walk.further[left][p] = walk.best_further(left, p);
            }
        }
        walk
    }

    fn bonus(&self, point: usize) -> f64 {
        self.offer.bonus[point] + self.offer.pin_bonus[point]
    }

    fn best_further(&self, left: usize, point: usize) -> f64 {
        let mut best = f64::NEG_INFINITY;
        for &(q, k) in &self.next[point + 1] {
            for stay in 1..=left.min(self.offer.days_left[q]) {
                let at = self.stops.entry(q, k, stay);
                let worth = if stay == left {
                    self.stops.last[at]
                } else {
                    self.stops.through[at] + self.further[left - stay][q]
                };
                best = best.max(worth + self.bonus(q));
            }
        }
        best
    }

    /// Lists all routes; whether they are few enough.
    fn all(&mut self, pool: &mut Pool, steps: &mut usize) -> bool {
        self.go_on(0, 0, 0.0, pool, steps)
    }

    /// Costs of a tour's days and nights.
    fn time_cost(&self, days: usize) -> f64 {
        self.model.classes[self.class].cost_per_day * days as f64
            + self.model.per_night * (days - 1) as f64
    }

    fn go_on(
        &mut self,
        place: usize,
        used: usize,
        worth: f64,
        pool: &mut Pool,
        steps: &mut usize,
    ) -> bool {
        let longest = self.model.longest;
        for n in 0..self.next[place].len() {
            let (q, k) = self.next[place][n];
            if self.path.iter().any(|stop| stop.0 == q) {
                continue;
            }
            for stay in 1..=(longest - used).min(self.offer.days_left[q]) {
                *steps += 1;
                if *steps > STEPS_PER_ROUTE * self.most || pool.routes.len() > self.most {
                    return false;
                }
                let at = self.stops.entry(q, k, stay);
                let so_far = worth + self.bonus(q);
                let end = used + stay;
                let home = so_far + self.stops.last[at];
                if home - self.time_cost(end) >= self.least[end] {
                    self.list(place, at, (q, stay), pool);
                }
                let through = so_far + self.stops.through[at];
                let promising = (1..=longest - end).any(|more| {
                    through + self.further[more][q] - self.time_cost(end + more)
                        >= self.least[end + more]
                });
                if promising {
                    let call = self.call(place, at, false, q, stay, pool);
                    self.path.push((q, stay, call));
                    let few = self.go_on(q + 1, end, through, pool, steps);
                    self.path.pop();
                    if !few {
                        return false;
                    }
                }
            }
        }
        true
    }

    /// The index of a stop, listed where it is new; `entry` is its place in the tables.
    fn call(
        &mut self,
        from: usize,
        entry: usize,
        last: bool,
        point: usize,
        stay: usize,
        pool: &mut Pool,
    ) -> u32 {
        let known = &mut self.known[2 * entry + usize::from(last)];
        *known.get_or_insert_with(|| {
            let model = self.model;
            let out = model.hours(from, point + 1);
            let home = if last { model.hours(point + 1, 0) } else { 0.0 };
            let class = &model.classes[self.class];
            let hours = model.stop_hours(class, point, stay, out, home);
            pool.calls.push(Call { point, stay, hours });
            pool.calls.len() as u32 - 1
        })
    }

    /// Lists the route that goes on to its last stop, where some day suits it.
    fn list(&mut self, from: usize, entry: usize, last: (usize, usize), pool: &mut Pool) {
        let model = self.model;
        let mut route: Vec<(usize, usize)> = self.path.iter().map(|s| (s.0, s.1)).collect();
        route.push(last);
        let days = route.iter().map(|r| r.1).sum();
        let starts: Vec<bool> = (0..model.days)
            .map(|start| {
                let mut day = start;
                route.iter().all(|&(p, stay)| {
                    let fits = day < model.days
                        && model.sites[p].open_run[day] >= stay
                        && model.may_begin(p, day);
                    day += stay;
                    fits
                })
            })
            .collect();
        if !starts.contains(&true) {
            return;
        }
        let group = Group {
            class: self.class,
            days,
            starts,
        };
        let next = pool.groups.len();
        let at = *self.group_at.entry(group.clone()).or_insert(next);
        if at == next {
            pool.groups.push(group);
        }
        let mut calls: Vec<u32> = self.path.iter().map(|s| s.2).collect();
        calls.push(self.call(from, entry, true, last.0, last.1, pool));
        let cost = Trip::new(model, model.classes[self.class].members[0], 0, &route).cost;
        pool.routes.push(Listed {
            group: at,
            calls,
            cost,
        });
    }
}

#[cfg(test)]
mod tests;
