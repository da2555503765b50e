//! The relaxation over all tours, priced one by one.
//!
//! With cell prices u ≥ 0, visit fees v ≥ 0 and pin rewards m ≥ 0, a visit's best load is a fractional knapsack, a team's
//! best calendar an interval schedule of priced tours, and Σ u + Q·Σ v − Σ m + Σ teams (best calendar) is at least the
//! objective of every plan (Geoffrion 1974). Tours that stand are in every plan: they are priced like all others,
//! chosen or not, and take their days. `max_days` binds only within a tour, and where finding the best tours takes too
//! long, they may pass a point twice: both only raise the bound.
//!
//! Responsible for: the value at given prices. Not responsible for: the prices (`ascent`).

use super::super::calendar::{Priced, schedule};
use super::super::curves::Curves;
use super::super::model::Model;
use super::super::plan::Trip;
use super::super::routes::{Offer, Stops};
use super::ascent::{Prices, Slack};
use super::pricing::Pricing;
use super::standing::{Standing, allowance, fixed_part, uses};

/// Tables of the relaxation.
pub(super) struct Root<'a> {
    model: &'a Model,
    pub(super) curves: Curves,
    /// Stops of each class, at the prices of the last [`Root::tables`].
    pub(super) stops: Vec<Stops>,
    pricing: Vec<Pricing>,
}

impl<'a> Root<'a> {
    pub(super) fn new(model: &'a Model) -> Self {
        let classes = model.classes.iter();
        Self {
            model,
            curves: Curves::new(model),
            stops: classes
                .clone()
                .map(|class| Stops::new(model, class, usize::MAX))
                .collect(),
            pricing: classes.map(|class| Pricing::new(model, class)).collect(),
        }
    }

    /// Work of one relaxation, about the number of additions.
    pub(super) fn work(&self) -> u64 {
        let items: usize = self.model.sites.iter().map(|site| site.items.len()).sum();
        let classes = self.stops.iter().zip(&self.pricing);
        let arcs: usize = classes
            .map(|(stops, pricing)| {
                let per_arc = if pricing.pause > 0 {
                    4 + self.model.day_of_look.len()
                } else {
                    2
                };
                stops.last.len() * per_arc
            })
            .sum();
        (arcs + 20 * items) as u64
    }

    /// Moves to these prices.
    fn reprice(&mut self, prices: &Prices) {
        self.curves.reprice(self.model, prices.cell());
    }

    /// Moves to these prices and computes all stops.
    pub(super) fn tables(&mut self, prices: &Prices) {
        self.reprice(prices);
        (0..self.stops.len()).for_each(|class| self.refresh(class));
    }

    fn refresh(&mut self, class: usize) {
        let model = self.model;
        for p in 0..model.sites.len() {
            self.stops[class].refresh(model, &model.classes[class], &self.curves, p, 0.0);
        }
    }

    /// The best routes of a class by look and length that are worth anything.
    pub(super) fn priced(&mut self, standing: &Standing, class: usize, offer: &Offer) -> Priced {
        let model = self.model;
        let crew = &model.classes[class];
        let most = standing.most(model, class);
        let found = self.pricing[class].best(model, crew, &self.curves, offer, &most);
        if let Some(priced) = found {
            return priced;
        }
        self.refresh(class);
        let looks = most.iter().enumerate();
        looks
            .map(|(look, &most)| self.stops[class].best(model, crew, offer, look, most))
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
