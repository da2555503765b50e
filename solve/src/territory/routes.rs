//! The best tours of a class of teams at given prices, by dynamic programming over (days used, last point).
//!
//! Responsible for: for every start and length, the route whose load net of all costs is worth most.
//! Not responsible for: which team goes when (`calendar`), or what prices mean.

use super::curves::Curves;
use super::model::{Class, Model};

/// What a pin that is not kept yet adds to a tour that keeps it: more than any plan can be worth.
pub(super) fn pin_bonus(model: &Model) -> f64 {
    let gains: f64 = model
        .sites
        .iter()
        .flat_map(|s| &s.items)
        .map(|item| item.gain)
        .sum();
    let fees: f64 = model.sites.iter().map(|s| s.fee).sum();
    let day = model
        .classes
        .iter()
        .fold(0.0, |m: f64, c| m.max(c.cost_per_day))
        + model.per_night
        + fees;
    let farthest = (0..model.nodes())
        .flat_map(|a| (0..model.nodes()).map(move |b| (a, b)))
        .fold(0.0, |m: f64, (a, b)| m.max(model.km(a, b)));
    10.0 * (1.0 + gains + (day + farthest * model.per_km * 2.0) * (model.longest + 1) as f64)
}

/// What may be visited, and what the search adds to it.
#[derive(Debug, Clone)]
pub(super) struct Offer {
    /// Days each point may still be used.
    pub(super) days_left: Vec<usize>,
    /// Yuan added to each visit of a point (perturbation, or less a multiplier).
    pub(super) bonus: Vec<f64>,
    /// Yuan added to a visit that keeps the point's pin.
    pub(super) pin_bonus: Vec<f64>,
    /// Whether a point may come twice in a route: faster and never worth less, so right for a bound.
    pub(super) relaxed: bool,
}

/// A route and what it is worth.
#[derive(Debug, Clone)]
pub(super) struct Route {
    pub(super) value: f64,
    /// (point, days) in order.
    pub(super) stops: Vec<(usize, usize)>,
}

/// Worth of every possible stop for one class of teams: load less leg and fee.
#[derive(Debug, Clone)]
pub(super) struct Stops {
    longest: usize,
    sites: usize,
    /// For each point, the places it may be reached from (0 = depot, point + 1), the depot first.
    pub(super) before: Vec<Vec<usize>>,
    /// For each point, where its entries begin in the tables.
    offset: Vec<usize>,
    /// Per point, days and place before ([`Stops::entry`]): a stop that is not the last.
    pub(super) through: Vec<f64>,
    /// The same for the last stop, the way home paid.
    pub(super) last: Vec<f64>,
}

/// How (days used, point) was reached.
#[derive(Debug, Clone, Copy)]
struct Way {
    /// Place before: 0 = depot, point + 1.
    from: usize,
    stay: usize,
}

const NOWHERE: Way = Way { from: 0, stay: 0 };

impl Stops {
    /// Nothing is worth anything yet; call `refresh` before use.
    ///
    /// Each point is reached from the depot and its `nearest` nearest points; all others are left out.
    pub(super) fn new(model: &Model, class: &Class, nearest: usize) -> Self {
        let sites = model.sites.len();
        let mut offset = Vec::with_capacity(sites);
        let mut size = 0;
        let before: Vec<Vec<usize>> = (0..sites)
            .map(|p| {
                let mut places: Vec<usize> = (1..=sites)
                    .filter(|&from| {
                        from != p + 1 && model.day_allowed(class, model.hours(from, p + 1))
                    })
                    .collect();
                places.sort_by(|&a, &b| {
                    model
                        .hours(a, p + 1)
                        .total_cmp(&model.hours(b, p + 1))
                        .then(a.cmp(&b))
                });
                places.truncate(nearest);
                places.push(0);
                places.sort_unstable();
                offset.push(size);
                size += places.len() * model.longest;
                places
            })
            .collect();
        let blank = vec![f64::NEG_INFINITY; size];
        Self {
            longest: model.longest,
            sites,
            before,
            offset,
            through: blank.clone(),
            last: blank,
        }
    }

    /// Where a stop stands in the tables: the `k`-th place before the point, so many days.
    pub(super) fn entry(&self, point: usize, k: usize, stay: usize) -> usize {
        self.offset[point] + (stay - 1) * self.before[point].len() + k
    }

    /// Computes the stops at one point anew; `offered` hours are there already, so that only further ones count.
    pub(super) fn refresh(
        &mut self,
        model: &Model,
        class: &Class,
        curves: &Curves,
        point: usize,
        offered: f64,
    ) {
        let site = &model.sites[point];
        let back = model.hours(point + 1, 0);
        let already = if offered > 0.0 {
            curves.worth(point, offered)
        } else {
            0.0
        };
        let back_cost = model.per_km * model.km(point + 1, 0);
        for (k, &from) in self.before[point].iter().enumerate() {
            let out = model.hours(from, point + 1);
            let out_cost = model.per_km * model.km(from, point + 1);
            for stay in 1..=self.longest.min(site.max_days) {
                let at = self.entry(point, k, stay);
                let paid = out_cost + site.fee * stay as f64;
                let worth = |home: f64| {
                    model.stop_allowed(class, stay, out, home).then(|| {
                        curves.worth(
                            point,
                            offered + model.stop_hours(class, point, stay, out, home),
                        ) - already
                            - paid
                    })
                };
                self.through[at] = worth(0.0).unwrap_or(f64::NEG_INFINITY);
                self.last[at] = worth(back).map_or(f64::NEG_INFINITY, |w| w - back_cost);
            }
        }
    }

    /// The best route of each length (index = days − 1) up to `most` days, starting on a day that looks like `look`.
    pub(super) fn best(
        &self,
        model: &Model,
        class: &Class,
        offer: &Offer,
        look: usize,
        most: usize,
    ) -> Vec<Option<Route>> {
        let day = model.day_of_look[look];
        let points: Vec<usize> = (0..self.sites)
            .filter(|&p| offer.days_left[p] > 0)
            .collect();
        let mut table = Table {
            sites: self.sites,
            value: vec![f64::NEG_INFINITY; most * self.sites],
            way: vec![NOWHERE; most * self.sites],
            ends: vec![(f64::NEG_INFINITY, NOWHERE, 0); most + 1],
        };
        let mut so_far = Vec::new();
        for used in 0..most {
            for &p in points.iter().filter(|&&p| model.may_begin(p, day + used)) {
                let stays = offer.days_left[p]
                    .min(model.sites[p].open_run[day + used])
                    .min(most - used);
                let pin = if model.keeps_pin(p, day + used) {
                    offer.pin_bonus[p]
                } else {
                    0.0
                };
                let bonus = offer.bonus[p] + pin;
                // From the depot on the first day, from a point on all others.
                let (first, after) = if used == 0 {
                    (0, 1)
                } else {
                    (1, self.before[p].len())
                };
                let places = &self.before[p][first..after];
                so_far.clear();
                so_far.extend(places.iter().map(|&from| match from {
                    0 => bonus,
                    _ => bonus + table.value[used * self.sites + from - 1],
                }));
                for stay in 1..=stays {
                    let end = used + stay;
                    let at = self.entry(p, first, stay);
                    if end < most {
                        let stops = &self.through[at..at + places.len()];
                        let known = table.value[end * self.sites + p];
                        let best = table.better(&so_far, stops, known, |table, k| {
                            offer.relaxed || !table.passed(used, places[k], p)
                        });
                        if let Some((value, k)) = best {
                            let from = places[k];
                            table.value[end * self.sites + p] = value;
                            table.way[end * self.sites + p] = Way { from, stay };
                        }
                    }
                    let stops = &self.last[at..at + places.len()];
                    let best = table.better(&so_far, stops, table.ends[end].0, |table, k| {
                        offer.relaxed || !table.passed(used, places[k], p)
                    });
                    if let Some((value, k)) = best {
                        let from = places[k];
                        table.ends[end] = (value, Way { from, stay }, p);
                    }
                }
            }
        }
        (1..=most)
            .map(|days| table.trace(model, class, days))
            .collect()
    }
}

/// The best ways to every (days used, point), and home.
struct Table {
    sites: usize,
    value: Vec<f64>,
    way: Vec<Way>,
    /// By length: the best tour's worth, its last stop and that stop's point.
    ends: Vec<(f64, Way, usize)>,
}

impl Table {
    /// The greatest of the sums that is more than the known value and allowed, the first of equal ones.
    fn better(
        &self,
        so_far: &[f64],
        stops: &[f64],
        known: f64,
        allowed: impl Fn(&Self, usize) -> bool,
    ) -> Option<(f64, usize)> {
        // Most often none is: a look at all of them at once is enough to see it.
        if !any_above(so_far, stops, known) {
            return None;
        }
        let mut best = (known, None);
        for (k, (so_far, stop)) in so_far.iter().zip(stops).enumerate() {
            let value = so_far + stop;
            if value > best.0 && allowed(self, k) {
                best = (value, Some(k));
            }
        }
        best.1.map(|k| (best.0, k))
    }

    /// Whether the best way to (used, from) has been at the point.
    fn passed(&self, mut used: usize, mut from: usize, point: usize) -> bool {
        while from != 0 {
            if from == point + 1 {
                return true;
            }
            let way = self.way[used * self.sites + from - 1];
            used -= way.stay;
            from = way.from;
        }
        false
    }

    fn trace(&self, model: &Model, class: &Class, days: usize) -> Option<Route> {
        let (value, end, last) = self.ends[days];
        if value == f64::NEG_INFINITY {
            return None;
        }
        let mut from = end.from;
        let mut stops = vec![(last, end.stay)];
        let mut used = days - end.stay;
        while from != 0 {
            let way = self.way[used * self.sites + from - 1];
            stops.push((from - 1, way.stay));
            used -= way.stay;
            from = way.from;
        }
        stops.reverse();
        let value = value - class.cost_per_day * days as f64 - model.per_night * (days - 1) as f64;
        Some(Route { value, stops })
    }
}

/// Whether the sum of a pair is above a value, without a branch for each.
fn any_above(a: &[f64], b: &[f64], value: f64) -> bool {
    let above = a.iter().zip(b).map(|(a, b)| u32::from(a + b > value));
    above.sum::<u32>() > 0
}
