//! Fills the free days of a plan with the tours that are worth most at the current prices.
//!
//! Responsible for: the insertion step of the search (price, choose, insert, allot again) and its caches.
//! Not responsible for: taking tours out, or accepting a plan (`search`).

use super::calendar::{Priced, Slot, around, schedule};
use super::curves::Curves;
use super::market::{Bench, Market};
use super::model::Model;
use super::plan::{Plan, Trip};
use super::rng::Rng;
use super::routes::{Offer, Stops, pin_bonus};
use super::transport::{Allotment, allot};

/// Points a tour may go on from, besides the depot: the nearest so many.
const NEIGHBOURS: usize = 16;

/// A market this close to the best allocation, as a part of it, is as good as that.
const TIGHT: f64 = 1e-6;

/// Tours tried before one is inserted.
const TRIES: usize = 5;

/// A plan with its allocation.
#[derive(Debug, Clone)]
pub(super) struct Scored {
    pub(super) plan: Plan,
    pub(super) allotment: Allotment,
    /// Yuan.
    pub(super) objective: f64,
    /// Pins not kept.
    pub(super) unkept: usize,
}

impl Scored {
    /// The plan with its best allocation.
    pub(super) fn new(model: &Model, plan: Plan, hour_price: &[f64]) -> Self {
        let allotment = allot(model, &plan.capacity(model), hour_price);
        let unkept = unkept(model, &plan);
        let objective = allotment.value - plan.cost();
        Self {
            plan,
            allotment,
            objective,
            unkept,
        }
    }

    /// Whether this plan is better: pins first, then yuan.
    pub(super) fn beats(&self, other: &Self) -> bool {
        let margin = 1e-9 * (1.0 + other.objective.abs());
        self.unkept < other.unkept
            || (self.unkept == other.unkept && self.objective > other.objective + margin)
    }
}

/// Pins that no tour keeps.
fn unkept(model: &Model, plan: &Plan) -> usize {
    let open = plan.open_pins(model).into_iter();
    open.filter(|&open| open).count()
}

/// A plan in the making: its value is what its market says, close to the best allocation and never below it.
pub(super) struct Draft {
    plan: Plan,
    market: Market,
    /// Yuan of the market, less the plan's cost.
    worth: f64,
    unkept: usize,
}

impl Draft {
    /// Goes on from a plan whose allocation is known.
    pub(super) fn of(model: &Model, scored: Scored) -> Self {
        let market = Market::new(model, &scored.plan, &scored.allotment.hour_price);
        Self {
            worth: market.value() - scored.plan.cost(),
            plan: scored.plan,
            market,
            unkept: scored.unkept,
        }
    }

    /// The plan with its best allocation. Where that brings less than the market said, trips added after the first
    /// `from` may not be worth their cost: those are left out, if what the market said is more than is `known`.
    pub(super) fn scored(self, model: &Model, from: usize, known: f64) -> Scored {
        let mut best = Scored::new(model, self.plan, &self.market.hour_price);
        let loose = best.objective < self.worth - TIGHT * (1.0 + self.worth.abs());
        if loose && self.worth > known {
            for trip in (from..best.plan.trips.len()).rev() {
                let mut plan = best.plan.clone();
                plan.trips.remove(trip);
                let without = Scored::new(model, plan, &best.allotment.hour_price);
                if without.beats(&best) {
                    best = without;
                }
            }
        }
        best
    }
}

/// How an insertion is perturbed.
#[derive(Debug, Clone, Default)]
pub(super) struct Taste {
    /// Points not to be used this time.
    pub(super) banned: Vec<usize>,
    /// Size of random bonuses, as a part of what a day at the point is worth.
    pub(super) noise: f64,
    /// Which tour of the schedule is inserted first.
    pub(super) first: First,
    /// How far prices follow those of the bound, which foresee what later tours will want (0: not at all).
    pub(super) foresight: f64,
}

/// A priced tour: when, which team, and its stops as (point, days).
type Candidate = (Slot, usize, Vec<(usize, usize)>);

/// Which tour of a schedule is inserted first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum First {
    /// The one worth most.
    #[default]
    Best,
    /// The one worth most per day.
    Densest,
    /// Any.
    Any,
}

/// Prices that balance the whole month.
#[derive(Debug, Clone, Default)]
pub(super) struct Outlook {
    /// Yuan per contested cell.
    pub(super) cell_price: Vec<f64>,
    /// Yuan per visit of a point.
    pub(super) visit_fee: Vec<f64>,
}

/// Insertion with its caches.
pub(super) struct Builder<'a> {
    model: &'a Model,
    curves: Curves,
    stops: Vec<Stops>,
    /// Points whose stops are not at the current prices yet.
    outdated: Vec<bool>,
    /// Hours already offered at each point, on top of which its stops are worth something.
    offered: Vec<f64>,
    bench: Bench,
    pin_bonus: f64,
    /// Prices for tastes with foresight.
    pub(super) outlook: Outlook,
}

impl<'a> Builder<'a> {
    pub(super) fn new(model: &'a Model) -> Self {
        let curves = Curves::new(model);
        let stops = model
            .classes
            .iter()
            .map(|class| Stops::new(model, class, NEIGHBOURS))
            .collect();
        let outdated = vec![true; model.sites.len()];
        let offered = vec![0.0; model.sites.len()];
        Self {
            model,
            curves,
            stops,
            outdated,
            offered,
            bench: Bench::new(model),
            pin_bonus: pin_bonus(model),
            outlook: Outlook::default(),
        }
    }

    /// Inserts tours while one is worth its cost.
    pub(super) fn fill(&mut self, mut now: Draft, taste: &Taste, rng: &mut Rng) -> Draft {
        let liking = self.liking(taste, rng);
        while self.insert(&mut now, &liking, taste, rng) {}
        now
    }

    /// Adds one more tour; whether one was worth it.
    ///
    /// The price of a tour may promise too much: its stops, or visits made already, may want the same cells. Then its points are
    /// charged with the difference and others get their chance, before the best of those tried is taken.
    fn insert(&mut self, now: &mut Draft, liking: &[f64], taste: &Taste, rng: &mut Rng) -> bool {
        let mut offer = self.offer(&now.plan, liking, taste);
        let mut prices = now.market.cell_prices(self.model);
        for (price, foreseen) in prices.iter_mut().zip(&self.outlook.cell_price) {
            *price = price.max(taste.foresight * foreseen);
        }
        self.reprice(&prices, &now.plan, &offer.days_left);
        let before = now.market.value();
        let mut tried: Vec<(f64, Trip, Market)> = Vec::new();
        for _ in 0..TRIES {
            let Some((trip, promised)) = self.choose(&now.plan, &offer, taste, rng) else {
                break;
            };
            if tried.iter().any(|(worth, ..)| promised <= *worth) {
                break;
            }
            let mut with = now.market.clone();
            let curves = &self.curves;
            with.add(self.model, &trip, &mut self.bench, |p, hours| {
                curves.slope(p, hours)
            });
            let liked: f64 = trip.stops.iter().map(|s| liking[s.point]).sum();
            let pinned = offer.pin_bonus.iter().any(|&bonus| bonus > 0.0);
            let worth = with.value() - before - trip.cost + liked;
            let charge = (promised - worth).max(0.01 * promised.abs()) / trip.stops.len() as f64;
            for stop in &trip.stops {
                offer.bonus[stop.point] -= charge;
            }
            tried.push((worth, trip, with));
            if pinned || worth >= 0.98 * promised {
                break;
            }
        }
        tried.sort_by(|a, b| b.0.total_cmp(&a.0));
        for (_, trip, market) in tried {
            now.plan.trips.push(trip);
            let worth = market.value() - now.plan.cost();
            let unkept = unkept(self.model, &now.plan);
            let margin = 1e-9 * (1.0 + now.worth.abs());
            if unkept < now.unkept || (unkept == now.unkept && worth > now.worth + margin) {
                (now.market, now.worth, now.unkept) = (market, worth, unkept);
                return true;
            }
            now.plan.trips.pop();
        }
        false
    }

    /// Moves to other prices; only what may be visited is computed anew.
    fn reprice(&mut self, cell_price: &[f64], now: &Plan, days_left: &[usize]) {
        let changed = self.curves.reprice(self.model, cell_price);
        let offered = now.capacity(self.model);
        for (p, changed) in changed.into_iter().enumerate() {
            let offered = offered[p].unwrap_or(0.0);
            self.outdated[p] |= changed || self.offered[p] != offered;
            self.offered[p] = offered;
            if self.outdated[p] && days_left[p] > 0 {
                self.outdated[p] = false;
                for (stops, class) in self.stops.iter_mut().zip(&self.model.classes) {
                    stops.refresh(self.model, class, &self.curves, p, offered);
                }
            }
        }
    }

    /// Random and foreseen yuan on top of each visit.
    fn liking(&self, taste: &Taste, rng: &mut Rng) -> Vec<f64> {
        let model = self.model;
        let day = |p: usize| {
            let class = model.classes.first();
            class.map_or(0.0, |c| model.day_hours(c, p, 0.0))
        };
        (0..model.sites.len())
            .map(|p| {
                let fee = taste.foresight * self.outlook.visit_fee.get(p).copied().unwrap_or(0.0);
                let noise = if taste.noise > 0.0 {
                    taste.noise * (rng.unit() - 0.5) * self.curves.worth(p, day(p))
                } else {
                    0.0
                };
                noise - fee
            })
            .collect()
    }

    /// What may be visited besides the plan's own visits.
    fn offer(&self, plan: &Plan, liking: &[f64], taste: &Taste) -> Offer {
        let mut days_left = plan.days_left(self.model);
        taste.banned.iter().for_each(|&p| days_left[p] = 0);
        let open = plan.open_pins(self.model);
        let pin_bonus = open
            .iter()
            .map(|&open| if open { self.pin_bonus } else { 0.0 })
            .collect();
        Offer {
            days_left,
            bonus: liking.to_vec(),
            pin_bonus,
            relaxed: false,
        }
    }

    /// The tour to insert next and its price tag, or `None` where none is worth it.
    fn choose(
        &self,
        plan: &Plan,
        offer: &Offer,
        taste: &Taste,
        rng: &mut Rng,
    ) -> Option<(Trip, f64)> {
        let model = self.model;
        let pinned = offer.pin_bonus.iter().any(|&bonus| bonus > 0.0);
        let mut found: Vec<Candidate> = Vec::new();
        for (class, stops) in model.classes.iter().zip(&self.stops) {
            let rooms: Vec<Vec<usize>> = class
                .members
                .iter()
                .map(|&team| plan.room(model, team))
                .collect();
            let mut most = vec![0; model.day_of_look.len()];
            for (day, &look) in model.look_of_day.iter().enumerate() {
                most[look] = rooms
                    .iter()
                    .map(|r| r[day])
                    .max()
                    .unwrap_or(0)
                    .max(most[look]);
            }
            let price = |offer: &Offer| -> Priced {
                most.iter()
                    .enumerate()
                    .map(|(look, &most)| stops.best(model, class, offer, look, most))
                    .collect()
            };
            let priced = price(offer);
            let plain = pinned.then(|| {
                price(&Offer {
                    pin_bonus: vec![0.0; model.sites.len()],
                    ..offer.clone()
                })
            });
            let mut seen: Vec<&Vec<usize>> = Vec::new();
            for (&team, room) in class.members.iter().zip(&rooms) {
                if seen.contains(&room) {
                    continue;
                }
                seen.push(room);
                let slots = match &plain {
                    Some(plain) => self.keeping_pins(plain, &priced, room),
                    None => schedule(model, &priced, room).1,
                };
                for slot in slots {
                    let route = priced[model.look_of_day[slot.start]]
                        .get(slot.days - 1)
                        .and_then(Option::as_ref);
                    found.extend(route.map(|r| (slot, team, r.stops.clone())));
                }
            }
        }
        let first = if pinned { First::Best } else { taste.first };
        if pinned && taste.first != First::Best {
            // Any of the best few, or the pinned tours would be the same in every plan.
            found.sort_by(|a, b| b.0.value.total_cmp(&a.0.value));
            let luck = rng.unit();
            found.drain(..(luck * luck * found.len().min(40) as f64) as usize);
        }
        let density = |slot: &Slot| slot.value / slot.days as f64;
        let best = match first {
            First::Best => found
                .into_iter()
                .reduce(|a, b| if b.0.value > a.0.value { b } else { a }),
            First::Densest => found
                .into_iter()
                .reduce(|a, b| if density(&b.0) > density(&a.0) { b } else { a }),
            First::Any => {
                let at = rng.below(found.len());
                found.into_iter().nth(at)
            }
        };
        best.map(|(slot, team, stops)| (Trip::new(model, team, slot.start, &stops), slot.value))
    }

    /// Slots of tours that keep a pin; all others where none of the team's tours can.
    fn keeping_pins(&self, plain: &Priced, priced: &Priced, room: &[usize]) -> Vec<Slot> {
        let mut slots = around(self.model, plain, priced, room);
        slots.retain(|slot| slot.value > 0.5 * self.pin_bonus);
        if slots.is_empty() {
            schedule(self.model, plain, room).1
        } else {
            slots
        }
    }
}

#[cfg(test)]
mod tests;
