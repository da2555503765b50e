//! The relaxation over all tours, priced by dynamic programming.
//!
//! With cell prices u ≥ 0, visit fees v ≥ 0 and pin rewards m ≥ 0, a visit's best load is a fractional knapsack, a team's
//! best calendar an interval schedule of priced tours, and Σ u + Q·Σ v − Σ m + Σ teams (best calendar) is at least the
//! objective of every plan (Geoffrion 1974). Tours that stand are in every plan: they are priced like all others,
//! chosen or not, and take their days. Tours may pass a point twice here, and `max_days` binds only within a tour:
//! both only raise the bound.
//!
//! Responsible for: the value at given prices. Not responsible for: the prices (`ascent`).

use super::super::calendar::{Priced, schedule};
use super::super::curves::Curves;
use super::super::model::Model;
use super::super::plan::Trip;
use super::super::routes::{Offer, Stops};
use super::ascent::{Prices, Slack};
use super::standing::{Standing, allowance, fixed_part, uses};

/// Tables of the relaxation.
pub(super) struct Root<'a> {
    model: &'a Model,
    pub(super) curves: Curves,
    pub(super) stops: Vec<Stops>,
}

impl<'a> Root<'a> {
    pub(super) fn new(model: &'a Model) -> Self {
        let mut root = Self {
            model,
            curves: Curves::new(model),
            stops: model
                .classes
                .iter()
                .map(|class| Stops::new(model, class, usize::MAX))
                .collect(),
        };
        for (stops, class) in root.stops.iter_mut().zip(&model.classes) {
            (0..model.sites.len()).for_each(|p| stops.refresh(model, class, &root.curves, p, 0.0));
        }
        root
    }

    /// Work of one relaxation, about the number of additions.
    pub(super) fn work(&self) -> u64 {
        let entries: usize = self.stops.iter().map(|stops| stops.last.len()).sum();
        let items: usize = self.model.sites.iter().map(|site| site.items.len()).sum();
        (entries * (4 + self.model.day_of_look.len()) + 20 * items) as u64
    }

    /// Moves the tables to these prices.
    pub(super) fn reprice(&mut self, prices: &Prices) {
        let changed = self.curves.reprice(self.model, prices.cell());
        for (class, stops) in self.model.classes.iter().zip(&mut self.stops) {
            for (p, _) in changed.iter().enumerate().filter(|(_, changed)| **changed) {
                stops.refresh(self.model, class, &self.curves, p, 0.0);
            }
        }
    }

    /// The best routes of a class by look and length.
    pub(super) fn priced(&self, standing: &Standing, class: usize, offer: &Offer) -> Priced {
        let model = self.model;
        standing
            .most(model, class)
            .iter()
            .enumerate()
            .map(|(look, &most)| {
                self.stops[class].best(model, &model.classes[class], offer, look, most)
            })
            .collect()
    }

    /// The relaxation's value at these prices, how far each relaxed rule is from being used up, and the tours chosen
    /// (of teams that cannot be told apart, those of one).
    pub(super) fn relaxation(
        &mut self,
        standing: &Standing,
        prices: &Prices,
    ) -> (f64, Slack, Vec<Trip>) {
        self.reprice(prices);
        let model = self.model;
        let mut slack = Slack::full(model, model.visits_per_point as f64);
        let mut worth = standing.worth(model, &self.curves, prices, &mut slack);
        let offer = offer(standing, prices);
        let mut chosen = Vec::new();
        for c in 0..model.classes.len() {
            let priced = self.priced(standing, c, &offer);
            for (room, teams) in &standing.rooms[c] {
                let team = standing.someone(model, c, room);
                let (best, slots) = schedule(model, &priced, room);
                worth += teams * best;
                for slot in slots {
                    let Some(route) = priced[model.look_of_day[slot.start]]
                        .get(slot.days - 1)
                        .and_then(Option::as_ref)
                    else {
                        continue;
                    };
                    let trip = Trip::new(model, team, slot.start, &route.stops);
                    uses(
                        model,
                        &self.curves,
                        &trip,
                        &standing.must,
                        *teams,
                        &mut slack,
                    );
                    chosen.push(trip);
                }
            }
        }
        let value = fixed_part(model, prices, &standing.must) + worth + allowance(worth);
        (value, slack, chosen)
    }
}

/// What visits cost and earn at these prices.
pub(super) fn offer(standing: &Standing, prices: &Prices) -> Offer {
    Offer {
        days_left: standing.days_left.clone(),
        bonus: prices.visit().iter().map(|fee| -fee).collect(),
        pin_bonus: prices
            .reward()
            .iter()
            .zip(&standing.must)
            .map(|(reward, &must)| if must { *reward } else { 0.0 })
            .collect(),
        relaxed: true,
    }
}
