//! The best tours of a class at given prices, point by point no more than once, without looking at every arc.
//!
//! What may follow a stop is bounded by tables that leave out open days and whether a point was passed before; what an
//! arc can be worth, by the slope of the point's curve (it is concave): only arcs that could matter are priced exactly.
//! Tours are then found depth first, the most promising first, which seldom takes more than a few looks.
//!
//! Responsible for: the same routes as `routes`, faster, and with no point twice. Not responsible for: prices (`ascent`).

use super::super::calendar::Priced;
use super::super::curves::Curves;
use super::super::model::{Class, Model};
use super::super::routes::{Offer, Route};

/// Most stops that are looked at for one class and step.
const MOST_LOOKS: u64 = 100_000;
/// Steps until it is tried again where they were too few.
const PAUSE: u32 = 20;

/// What a stop of given days is worth at most: so much less for every hour of the leg to it.
#[derive(Debug, Clone, Copy)]
struct Promise {
    worth: f64,
    per_hour: f64,
}

const NO_PROMISE: Promise = Promise {
    worth: f64::NEG_INFINITY,
    per_hour: 0.0,
};

/// A first stop: what tours of one length that begin with it are worth at most, the point, and the days there.
type First = (f64, usize, usize);

/// Tables of one class; made anew at every prices.
pub(super) struct Pricing {
    /// By place (0 = depot, point + 1): the points by their way from there.
    near: Vec<Vec<usize>>,
    /// By point and days: a stop that is not the last, one that is.
    through: Vec<Promise>,
    last: Vec<Promise>,
    /// By days left, point and days of the stop: that stop and the best that may follow.
    rest: Vec<Vec<Promise>>,
    /// By days left and point: the most that may follow it.
    further: Vec<Vec<f64>>,
    /// By days of the tour, the most promising first.
    first: Vec<Vec<First>>,
    /// Steps to leave out, as looking depth first was too long.
    pub(super) pause: u32,
}

/// A tour on the way.
struct Walk<'a> {
    pricer: Pricer<'a>,
    tables: &'a Pricing,
    /// First day and length of the tour.
    start: usize,
    days: usize,
    /// (point, days) so far.
    path: Vec<(usize, usize)>,
    best: f64,
    found: Option<Vec<(usize, usize)>>,
    looks: u64,
}

impl Pricing {
    pub(super) fn new(model: &Model, class: &Class) -> Self {
        let sites = model.sites.len();
        let near = (0..=sites)
            .map(|from| {
                let mut points: Vec<usize> = (0..sites)
                    .filter(|&q| {
                        q + 1 != from && model.day_allowed(class, model.hours(from, q + 1))
                    })
                    .collect();
                points.sort_by(|&a, &b| {
                    let way = |q: usize| model.hours(from, q + 1);
                    way(a).total_cmp(&way(b)).then(a.cmp(&b))
                });
                points
            })
            .collect();
        Self {
            near,
            through: vec![NO_PROMISE; sites * model.longest],
            last: vec![NO_PROMISE; sites * model.longest],
            rest: vec![vec![NO_PROMISE; sites * model.longest]; model.longest + 1],
            further: vec![vec![f64::NEG_INFINITY; sites]; model.longest + 1],
            first: vec![Vec::new(); model.longest + 1],
            pause: 0,
        }
    }

    /// The best routes by look and length that are worth anything, where `most` is the longest by look; `None` where
    /// finding them takes too long.
    pub(super) fn best(
        &mut self,
        model: &Model,
        class: &Class,
        curves: &Curves,
        offer: &Offer,
        most: &[usize],
    ) -> Option<Priced> {
        if self.pause > 0 {
            self.pause -= 1;
            return None;
        }
        self.promise(model, class, curves, offer);
        self.look_ahead(model, class, curves, offer);
        let mut walk = Walk {
            pricer: Pricer {
                model,
                class,
                curves,
                offer,
            },
            tables: self,
            start: 0,
            days: 0,
            path: Vec::new(),
            best: 0.0,
            found: None,
            looks: 0,
        };
        let mut priced = Vec::with_capacity(most.len());
        for (&day, &most) in model.day_of_look.iter().zip(most) {
            let mut routes = Vec::with_capacity(most);
            for days in 1..=most {
                routes.push(walk.route(day, days));
                if walk.looks > MOST_LOOKS {
                    self.pause = PAUSE;
                    return None;
                }
            }
            priced.push(routes);
        }
        Some(priced)
    }

    /// What stops are worth without the leg to them.
    fn promise(&mut self, model: &Model, class: &Class, curves: &Curves, offer: &Offer) {
        for (p, site) in model.sites.iter().enumerate() {
            let home = model.hours(p + 1, 0);
            let bonus = offer.bonus[p] + offer.pin_bonus[p];
            let hands = class.technicians.min(site.bays) * model.utilisation;
            for stay in 1..=model.longest {
                let at = p * model.longest + stay - 1;
                let promise = |home: f64, paid: f64| {
                    if stay > offer.days_left[p] || !model.stop_allowed(class, stay, 0.0, home) {
                        return NO_PROMISE;
                    }
                    let hours = model.stop_hours(class, p, stay, 0.0, home);
                    Promise {
                        worth: curves.worth(p, hours) + bonus - site.fee * stay as f64 - paid,
                        per_hour: curves.slope(p, hours) * hands,
                    }
                };
                self.through[at] = promise(0.0, 0.0);
                self.last[at] = promise(home, model.per_km * model.km(p + 1, 0));
            }
        }
    }

    /// What may follow each stop, and the first stops of tours of each length.
    fn look_ahead(&mut self, model: &Model, class: &Class, curves: &Curves, offer: &Offer) {
        let (sites, longest) = (model.sites.len(), model.longest);
        let pricer = Pricer {
            model,
            class,
            curves,
            offer,
        };
        for left in 1..=longest {
            for p in 0..sites {
                for stay in 1..=left {
                    let at = p * longest + stay - 1;
                    self.rest[left][at] = if stay == left {
                        self.last[at]
                    } else {
                        let through = self.through[at];
                        Promise {
                            worth: through.worth + self.further[left - stay][p],
                            per_hour: through.per_hour,
                        }
                    };
                }
            }
            if left < longest {
                for p in 0..sites {
                    self.further[left][p] = self.best_further(&pricer, left, p);
                }
            }
        }
        for days in 1..=longest {
            self.first[days].clear();
            for &q in &self.near[0] {
                for stay in 1..=days {
                    let worth = if stay == days {
                        pricer.stop(0, q, stay, true)
                    } else {
                        self.further[days - stay][q] + pricer.stop(0, q, stay, false)
                    };
                    if worth > f64::NEG_INFINITY {
                        self.first[days].push((worth, q, stay));
                    }
                }
            }
            self.first[days]
                .sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        }
    }

    fn best_further(&self, pricer: &Pricer, left: usize, p: usize) -> f64 {
        let longest = pricer.model.longest;
        let mut best = f64::NEG_INFINITY;
        for &q in &self.near[p + 1] {
            let out = pricer.model.hours(p + 1, q + 1);
            let paid = pricer.model.per_km * pricer.model.km(p + 1, q + 1);
            let from = q * longest;
            for (stay, promise) in (1..=left).zip(&self.rest[left][from..from + left]) {
                if promise.worth - promise.per_hour * out - paid <= best {
                    continue;
                }
                let worth = if stay == left {
                    pricer.stop(p + 1, q, stay, true)
                } else {
                    self.further[left - stay][q] + pricer.stop(p + 1, q, stay, false)
                };
                best = best.max(worth);
            }
        }
        best
    }
}

/// What it takes to price a stop.
#[derive(Clone, Copy)]
struct Pricer<'a> {
    model: &'a Model,
    class: &'a Class,
    curves: &'a Curves,
    offer: &'a Offer,
}

impl Pricer<'_> {
    /// A stop after a leg from `from`, with everything that a visit may earn; −∞ where it is not allowed.
    fn stop(&self, from: usize, q: usize, stay: usize, last: bool) -> f64 {
        let model = self.model;
        let out = model.hours(from, q + 1);
        let home = if last { model.hours(q + 1, 0) } else { 0.0 };
        if stay > self.offer.days_left[q] || !model.stop_allowed(self.class, stay, out, home) {
            return f64::NEG_INFINITY;
        }
        let hours = model.stop_hours(self.class, q, stay, out, home);
        let km = model.km(from, q + 1) + if last { model.km(q + 1, 0) } else { 0.0 };
        self.curves.worth(q, hours) + self.offer.bonus[q] + self.offer.pin_bonus[q]
            - model.sites[q].fee * stay as f64
            - model.per_km * km
    }
}

impl Walk<'_> {
    /// The best tour of so many days from a day on, if any is worth more than its days cost.
    fn route(&mut self, start: usize, days: usize) -> Option<Route> {
        let class = self.pricer.class;
        let time =
            class.cost_per_day * days as f64 + self.pricer.model.per_night * (days - 1) as f64;
        (self.start, self.days, self.best, self.found) = (start, days, time, None);
        let tables = self.tables;
        for &(most, q, stay) in &tables.first[days] {
            self.looks += 1;
            if most <= self.best || self.looks > MOST_LOOKS {
                break;
            }
            self.go(0, 0.0, q, stay);
        }
        let stops = self.found.take()?;
        Some(Route {
            value: self.best - time,
            stops,
        })
    }

    /// Goes on to a stop, where it is open, and from there as far as may be worth it.
    fn go(&mut self, from: usize, worth: f64, q: usize, stay: usize) {
        let Pricer { model, offer, .. } = self.pricer;
        let used: usize = self.path.iter().map(|stop| stop.1).sum();
        let day = self.start + used;
        let left = self.days - used - stay;
        if model.sites[q].open_run[day] < stay || !model.may_begin(q, day) {
            return;
        }
        let unearned = if model.keeps_pin(q, day) {
            0.0
        } else {
            offer.pin_bonus[q]
        };
        let worth = worth + self.pricer.stop(from, q, stay, left == 0) - unearned;
        self.path.push((q, stay));
        if left == 0 {
            if worth > self.best {
                self.best = worth;
                self.found = Some(self.path.clone());
            }
        } else if worth + self.tables.further[left][q] > self.best {
            self.go_on(q, worth, left);
        }
        self.path.pop();
    }

    /// All stops that may follow a point.
    fn go_on(&mut self, p: usize, worth: f64, left: usize) {
        let Pricer { model, .. } = self.pricer;
        let tables = self.tables;
        for &q in &tables.near[p + 1] {
            self.looks += 1;
            if self.looks > MOST_LOOKS {
                return;
            }
            if self.path.iter().any(|stop| stop.0 == q) {
                continue;
            }
            let out = model.hours(p + 1, q + 1);
            let so_far = worth - model.per_km * model.km(p + 1, q + 1);
            let from = q * model.longest;
            for (stay, promise) in (1..=left).zip(&tables.rest[left][from..from + left]) {
                if so_far + promise.worth - promise.per_hour * out > self.best {
                    self.go(p + 1, worth, q, stay);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
