//! The relaxation of a node.
//!
//! Responsible for: pricing a node's routes, its teams' best calendars, and the routes that cannot help.
//! Not responsible for: which node, or what follows from its value (`tree`).

use super::super::super::calendar::Frame;
use super::super::super::model::Model;
use super::super::super::plan::Trip;
use super::super::ascent::Slack;
use super::super::branch::Chosen;
use super::super::pool::Group;
use super::super::standing::{allowance, fixed_part, uses};
use super::{Focus, LOOK_BACK, TOLERANCE, Tree};

impl Tree<'_> {
    /// The node's relaxation at its prices; moves the prices, and drops routes that cannot help.
    pub(super) fn evaluate(&mut self, focus: &mut Focus, floor: f64) -> (u64, Vec<Trip>) {
        let model = self.model;
        let prices = &focus.ascent.prices;
        let must = &focus.node.must;
        self.curves.reprice_at(model, prices.cell(), &focus.points);
        for &c in &focus.calls {
            let call = &self.pool.calls[c as usize];
            let reward = if must[call.point] {
                prices.reward()[call.point]
            } else {
                0.0
            };
            self.worth[c as usize] =
                self.curves.worth(call.point, call.hours) - prices.visit()[call.point] + reward;
        }
        let mut best: Vec<(f64, usize)> = vec![(f64::NEG_INFINITY, 0); self.pool.groups.len()];
        let mut worths = Vec::with_capacity(focus.node.routes.len());
        for &r in &focus.node.routes {
            let route = &self.pool.routes[r as usize];
            let worth = route
                .calls
                .iter()
                .map(|&c| self.worth[c as usize])
                .sum::<f64>()
                - route.cost;
            worths.push(worth);
            if worth > best[route.group].0 {
                best[route.group] = (worth, r as usize);
            }
        }
        let mut slack = Slack::full(model, model.visits_per_point as f64);
        let mut worth = self.standing.worth(model, &self.curves, prices, &mut slack);
        let mut chosen: Vec<Chosen> = Vec::new();
        let mut trips = Vec::new();
        let mut loss = vec![f64::NEG_INFINITY; self.pool.groups.len()];
        for c in 0..model.classes.len() {
            let table = table(model, c, &self.pool.groups, &best);
            for (room, teams) in &self.standing.rooms[c] {
                let team = self.standing.someone(model, c, room);
                let frame = Frame::new(model, room, |start, days| {
                    table[start * model.longest + days - 1].map(|t| t.0)
                });
                worth += teams * frame.best();
                for slot in frame.slots() {
                    if let Some((_, route)) = table[slot.start * model.longest + slot.days - 1] {
                        let stops = self.pool.route(route);
                        let trip = Trip::new(model, team, slot.start, &stops);
                        uses(model, &self.curves, &trip, must, *teams, &mut slack);
                        chosen.push((route, *teams));
                        trips.push(trip);
                    }
                }
                let rest = rest_by_length(model, &frame, room);
                for ((loss, group), best) in loss.iter_mut().zip(&self.pool.groups).zip(&best) {
                    if group.class == c && best.0 > f64::NEG_INFINITY {
                        let mut starts = rest[group.days].iter();
                        if let Some(&(rest, _)) = starts.find(|start| group.starts[start.1]) {
                            *loss = loss.max(rest - frame.best());
                        }
                    }
                }
            }
        }
        let value = fixed_part(model, prices, must) + worth + allowance(worth);
        let mut worth_of = worths.iter();
        focus.node.routes.retain(|&r| {
            let loss = loss[self.pool.routes[r as usize].group];
            worth_of
                .next()
                .is_none_or(|worth| value + worth + loss >= floor)
        });
        // Aiming below the floor, or the ascent would come to rest just above it.
        focus
            .ascent
            .step(value, &slack, floor - TOLERANCE * (1.0 + floor.abs()));
        if focus.chosen.len() == LOOK_BACK {
            focus.chosen.remove(0);
        }
        focus.chosen.push(chosen);
        let work =
            4 * worths.len() + 8 * focus.calls.len() + 8 * model.cells + 20 * focus.items + 1000;
        (work as u64, trips)
    }
}

/// By length of a tour: the best use of the other days for each first day, the best one first, so that the first day that
/// suits a group is its best one.
fn rest_by_length(model: &Model, frame: &Frame, room: &[usize]) -> Vec<Vec<(f64, usize)>> {
    let of_length = |days: usize| {
        let starts = (0..model.days).filter(|&start| room[start] >= days);
        let mut starts: Vec<(f64, usize)> = starts
            .map(|start| (frame.rest(start, days), start))
            .collect();
        starts.sort_by(|a, b| b.0.total_cmp(&a.0));
        starts
    };
    (0..=model.longest).map(of_length).collect()
}

/// The best route of a class by first day and length.
fn table(
    model: &Model,
    class: usize,
    groups: &[Group],
    best: &[(f64, usize)],
) -> Vec<Option<(f64, usize)>> {
    let mut table: Vec<Option<(f64, usize)>> = vec![None; model.days * model.longest];
    for (group, &(worth, route)) in groups.iter().zip(best) {
        if group.class != class || worth == f64::NEG_INFINITY {
            continue;
        }
        for start in (0..model.days).filter(|&s| group.starts[s]) {
            let entry = &mut table[start * model.longest + group.days - 1];
            if entry.is_none_or(|(other, _)| worth > other) {
                *entry = Some((worth, route));
            }
        }
    }
    table
}
