//! What every relaxation has in common: the tours that stand, and the room they leave the teams.
//!
//! Responsible for: pricing tours that are in every plan, and the teams' free days.
//! Not responsible for: which tours are chosen besides.

use super::super::curves::Curves;
use super::super::model::Model;
use super::super::plan::{Plan, Trip};
use super::ascent::{Prices, Slack};

/// Tours that are in every plan, and what is left besides them.
#[derive(Debug, Clone)]
pub(super) struct Standing {
    trips: Vec<Trip>,
    /// By team: how long a tour may be from each day on.
    pub(super) room_of: Vec<Vec<usize>>,
    /// By class: how long a tour may be from each day on, and how many teams have just this room.
    pub(super) rooms: Vec<Vec<(Vec<usize>, f64)>>,
    /// Days each point may still be used.
    pub(super) days_left: Vec<usize>,
    /// Points whose pin no standing tour keeps.
    pub(super) must: Vec<bool>,
}

impl Standing {
    pub(super) fn new(model: &Model, standing: &Plan) -> Self {
        let room_of: Vec<Vec<usize>> = (0..model.class_of.len())
            .map(|team| standing.room(model, team))
            .collect();
        let rooms = model
            .classes
            .iter()
            .map(|class| {
                let mut rooms: Vec<(Vec<usize>, f64)> = Vec::new();
                for &team in &class.members {
                    let room = &room_of[team];
                    match rooms.iter_mut().find(|(known, _)| known == room) {
                        Some((_, teams)) => *teams += 1.0,
                        None => rooms.push((room.clone(), 1.0)),
                    }
                }
                rooms
            })
            .collect();
        Self {
            trips: standing.trips.clone(),
            room_of,
            rooms,
            days_left: standing.days_left(model),
            must: standing.open_pins(model),
        }
    }

    /// The standing tours alone.
    pub(super) fn plan(&self) -> Plan {
        Plan {
            trips: self.trips.clone(),
        }
    }

    /// The points of the standing tours.
    pub(super) fn points(&self) -> impl Iterator<Item = usize> {
        let stops = self.trips.iter().flat_map(|trip| &trip.stops);
        stops.map(|stop| stop.point)
    }

    /// A team of the class that has just this room.
    pub(super) fn someone(&self, model: &Model, class: usize, room: &[usize]) -> usize {
        let members = &model.classes[class].members;
        let found = members.iter().find(|&&team| self.room_of[team] == room);
        found.copied().unwrap_or(members[0])
    }

    /// For each look, the longest tour that any team of the class may start on such a day.
    pub(super) fn most(&self, model: &Model, class: usize) -> Vec<usize> {
        let mut most = vec![0; model.day_of_look.len()];
        for (room, _) in &self.rooms[class] {
            for (&look, &room) in model.look_of_day.iter().zip(room) {
                most[look] = room.max(most[look]);
            }
        }
        most
    }

    /// What the standing tours bring at these prices; adds what they use.
    pub(super) fn worth(
        &self,
        model: &Model,
        curves: &Curves,
        prices: &Prices,
        slack: &mut Slack,
    ) -> f64 {
        let mut worth = 0.0;
        for trip in &self.trips {
            worth -= trip.cost;
            for stop in &trip.stops {
                worth += curves.worth(stop.point, stop.hours) - prices.visit()[stop.point];
            }
            uses(model, curves, trip, &self.must, 1.0, slack);
        }
        worth
    }
}

/// Adds what a trip of so many teams uses of cells and visits; a visit that a point must have earns its reward.
pub(super) fn uses(
    model: &Model,
    curves: &Curves,
    trip: &Trip,
    must: &[bool],
    teams: f64,
    slack: &mut Slack,
) {
    let mut day = trip.start;
    for stop in &trip.stops {
        curves.load(model, stop.point, stop.hours, |cell, x| {
            slack.use_cell(cell, teams * x);
        });
        slack.visit(stop.point, teams);
        if must[stop.point] && model.keeps_pin(stop.point, day) {
            slack.keep_pin(stop.point, teams);
        }
        day += stop.days;
    }
}

/// Rounding errors of a relaxation's sums are far below this part of their terms.
const ROUNDING: f64 = 1e-9;

/// The part of a relaxation that does not depend on the tours: Σ cell prices + visits·Σ fees − Σ rewards, with an
/// allowance for rounding.
pub(super) fn fixed_part(model: &Model, prices: &Prices, must: &[bool]) -> f64 {
    let rewards: f64 = prices
        .reward()
        .iter()
        .zip(must)
        .map(|(reward, &must)| if must { *reward } else { 0.0 })
        .sum();
    let cells: f64 = prices.cell().iter().sum();
    let fees: f64 = prices.visit().iter().sum::<f64>() * model.visits_per_point as f64;
    cells + fees - rewards + ROUNDING * (1.0 + cells + fees + rewards)
}

/// Rounding allowance for what the tours are worth.
pub(super) fn allowance(worth: f64) -> f64 {
    ROUNDING * worth.abs()
}
