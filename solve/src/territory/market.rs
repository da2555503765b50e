//! What an allocation would bring, found by letting prices settle instead of solving the linear program.
//!
//! For hour prices λ ≥ 0, Σ λ·capacity + Σ over cells max(0, gain − λ·hours) is at least what any allocation brings
//! (weak duality). One price at a time is set to where it is least (coordinate descent): the price at which the demand
//! for the point's hours, its cells' other offers given, fills its hours. A change travels only as far as cells have
//! somewhere else to go, so that a tour more or less costs little. Where it comes to rest is seldom far above the optimum.
//!
//! Responsible for: prices and an upper estimate of the value for visits that come and go one tour at a time.
//! Not responsible for: the exact allocation (`transport`).

use super::model::Model;
use super::plan::{Plan, Trip};

/// Changes of a price below this part of it do not travel on.
const STILL: f64 = 0.01;
/// Most times that prices are set after a change.
const MOST: usize = 24;

/// Nobody: no point.
const NONE: u32 = u32::MAX;

/// The two best offers that a cell has.
#[derive(Debug, Clone, Copy)]
struct Offers {
    best: f64,
    second: f64,
    /// The point of the best one.
    at: u32,
}

const NO_OFFER: Offers = Offers {
    best: 0.0,
    second: 0.0,
    at: NONE,
};

/// Hours offered, their prices, and what cells make of them.
#[derive(Debug, Clone)]
pub(super) struct Market {
    /// Hours offered at each point; none where it is not visited.
    capacity: Vec<Option<f64>>,
    /// Yuan per hour at each point.
    pub(super) hour_price: Vec<f64>,
    offers: Vec<Offers>,
}

impl Market {
    /// The market of a plan whose best allocation has these prices.
    pub(super) fn new(model: &Model, plan: &Plan, hour_price: &[f64]) -> Self {
        let mut market = Self {
            capacity: plan.capacity(model),
            hour_price: hour_price.to_vec(),
            offers: vec![NO_OFFER; model.cells],
        };
        for (site, hours) in model.sites.iter().zip(&market.capacity) {
            for item in site.items.iter().filter(|_| hours.is_some()) {
                market.offers[item.cell] = market.look_around(model, item.cell);
            }
        }
        market
    }

    /// Yuan at which each contested cell is sold already.
    pub(super) fn cell_prices(&self, model: &Model) -> Vec<f64> {
        let contested = &self.offers[..model.contested];
        contested.iter().map(|offers| offers.best).collect()
    }

    /// What no allocation can exceed.
    pub(super) fn value(&self) -> f64 {
        let hours: f64 = self
            .capacity
            .iter()
            .zip(&self.hour_price)
            .map(|(hours, price)| hours.unwrap_or(0.0) * price)
            .sum();
        hours + self.offers.iter().map(|offers| offers.best).sum::<f64>()
    }

    /// Adds a tour's hours; `slope(stop)` is a first guess of the hour price there.
    pub(super) fn add(
        &mut self,
        model: &Model,
        trip: &Trip,
        bench: &mut Bench,
        slope: impl Fn(usize, f64) -> f64,
    ) {
        for stop in &trip.stops {
            let p = stop.point;
            let before = self.capacity[p].unwrap_or(0.0);
            self.hour_price[p] = slope(p, before + stop.hours);
            self.capacity[p] = Some(before + stop.hours);
            for item in &model.sites[p].items {
                self.offers[item.cell] = self.look_around(model, item.cell);
            }
            bench.call(p);
        }
        self.settle(model, bench);
    }

    /// The two best offers of a cell at the present prices.
    fn look_around(&self, model: &Model, cell: usize) -> Offers {
        let mut found = NO_OFFER;
        for server in model.servers(cell) {
            if self.capacity[server.point].is_none() {
                continue;
            }
            let offer = server.gain - self.hour_price[server.point] * server.hours;
            if offer > found.best {
                found.second = found.best;
                found.best = offer;
                found.at = server.point as u32;
            } else if offer > found.second {
                found.second = offer;
            }
        }
        found
    }

    /// Lets prices settle, beginning with the points on the bench.
    fn settle(&mut self, model: &Model, bench: &mut Bench) {
        let mut left = MOST;
        while let Some(p) = bench.next() {
            let Some(hours) = self.capacity[p] else {
                continue;
            };
            if left == 0 {
                continue;
            }
            left -= 1;
            let price = self.clearing(model, p, hours, &mut bench.bids);
            let before = self.hour_price[p];
            if price == before {
                continue;
            }
            self.hour_price[p] = price;
            let far = (price - before).abs() > STILL * (price + before);
            for item in &model.sites[p].items {
                let old = self.offers[item.cell];
                let new = self.look_around(model, item.cell);
                self.offers[item.cell] = new;
                if far {
                    if old.at != NONE && old.at as usize != p {
                        bench.call(old.at as usize);
                    }
                    if new.at != NONE && new.at as usize != p {
                        bench.call(new.at as usize);
                    }
                }
            }
        }
    }

    /// The price at which cells want just the hours offered at a point, all other prices given.
    fn clearing(&self, model: &Model, p: usize, hours: f64, bids: &mut Vec<(f64, f64)>) -> f64 {
        bids.clear();
        let mut wanted = 0.0;
        for item in &model.sites[p].items {
            let offers = self.offers[item.cell];
            let other = if offers.at as usize == p {
                offers.second
            } else {
                offers.best
            };
            if item.hours > 0.0 && item.gain > other {
                bids.push(((item.gain - other) / item.hours, item.hours));
                wanted += item.hours;
            }
        }
        if wanted <= hours {
            return 0.0;
        }
        marginal(bids, hours)
    }
}

/// The bid at which the sum of higher bids' hours passes `hours`, by quick selection.
fn marginal(bids: &mut [(f64, f64)], mut hours: f64) -> f64 {
    let mut bids = bids;
    loop {
        if bids.len() <= 1 {
            return bids.first().map_or(0.0, |bid| bid.0);
        }
        let middle = bids.len() / 2;
        let (high, pivot, low) = bids
            .select_nth_unstable_by(middle, |a, b| b.0.total_cmp(&a.0).then(b.1.total_cmp(&a.1)));
        let above: f64 = high.iter().map(|bid| bid.1).sum();
        if above > hours {
            bids = high;
        } else if above + pivot.1 > hours {
            return pivot.0;
        } else {
            hours -= above + pivot.1;
            bids = low;
        }
    }
}

/// Points whose price has to be looked at, first come first served; and room to work.
#[derive(Debug, Clone)]
pub(super) struct Bench {
    queue: std::collections::VecDeque<usize>,
    waits: Vec<bool>,
    bids: Vec<(f64, f64)>,
}

impl Bench {
    pub(super) fn new(model: &Model) -> Self {
        Self {
            queue: std::collections::VecDeque::new(),
            waits: vec![false; model.sites.len()],
            bids: Vec::new(),
        }
    }

    fn call(&mut self, p: usize) {
        if !std::mem::replace(&mut self.waits[p], true) {
            self.queue.push_back(p);
        }
    }

    fn next(&mut self) -> Option<usize> {
        let p = self.queue.pop_front()?;
        self.waits[p] = false;
        Some(p)
    }
}

#[cfg(test)]
mod tests;
