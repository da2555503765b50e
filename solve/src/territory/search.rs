//! Large-neighbourhood search over whole plans: take some tours out, fill the calendar again, keep what is better.
//!
//! The filling prices every possible tour exactly (up to the prices), so swapping points, adding or dropping a day, moving, merging
//! and splitting tours are all one step here (Shaw 1998; record-to-record acceptance, Dueck 1993).
//!
//! Responsible for: what is taken out, and which plan is kept. Not responsible for: filling (`builder`), bounds (`bound`).

use super::builder::{Builder, Draft, First, Outlook, Scored, Taste};
use super::model::Model;
use super::plan::{Plan, Trip};
use super::rng::Rng;

/// Iterations from the widest tolerance for worse plans to none.
const CYCLE: u64 = 300;
/// The widest tolerance, as a part of what a tour is worth on average.
const TOLERANCE: f64 = 0.1;

/// The state of the search.
pub(super) struct Search<'a> {
    model: &'a Model,
    builder: Builder<'a>,
    rng: Rng,
    /// Trips that are in every plan.
    standing: Plan,
    current: Scored,
    /// The best plan of this cycle.
    record: Scored,
    /// The best plan so far.
    pub(super) best: Scored,
    /// Iterations done.
    pub(super) rounds: u64,
    /// Iterations since the best plan was found.
    pub(super) stale: u64,
    /// For each point, the other points by falling common demand.
    rivals: Vec<Vec<usize>>,
}

impl<'a> Search<'a> {
    /// Starts from the greedy plan around the trips that stand.
    pub(super) fn new(model: &'a Model, seed: u64, standing: Plan) -> Self {
        let mut rng = Rng::new(seed);
        let mut builder = Builder::new(model);
        let empty = Scored::new(model, standing.clone(), &[]);
        let draft = Draft::of(model, empty);
        let best = builder.fill(draft, &Taste::default(), &mut rng).scored(
            model,
            standing.trips.len(),
            f64::NEG_INFINITY,
        );
        Self {
            model,
            builder,
            rng,
            standing,
            current: best.clone(),
            record: best.clone(),
            best,
            rounds: 0,
            stale: 0,
            rivals: rivals(model),
        }
    }

    /// One round: the tours of a hint, or take out, fill, accept or not.
    pub(super) fn round(&mut self, hint: Option<Vec<Trip>>) {
        let position = self.rounds % CYCLE;
        if position == 0 && self.rounds > 0 {
            self.begin_cycle();
        }
        self.rounds += 1;
        self.stale += 1;
        if let Some(trips) = hint {
            self.try_out(trips);
            return;
        }
        let out = self.pick();
        let mut kept = Plan::default();
        let mut points: Vec<usize> = Vec::new();
        for (t, trip) in self.current.plan.trips.iter().enumerate() {
            if out.contains(&t) && !self.standing.trips.contains(trip) {
                points.extend(trip.stops.iter().map(|s| s.point));
            } else {
                kept.trips.push(trip.clone());
            }
        }
        let taste = self.taste(&points);
        let bare = Scored::new(self.model, kept, &self.current.allotment.hour_price);
        let next = self.filled(bare, &[&taste, &Taste::default()]);
        if next.beats(&self.best) {
            self.best = next.clone();
            self.stale = 0;
        }
        let tours = self.record.plan.trips.len().max(1) as f64;
        let width = TOLERANCE / tours * (1.0 - position as f64 / CYCLE as f64);
        if next.beats(&self.record) {
            self.record = next.clone();
        }
        let floor = self.record.objective - width * self.record.objective.abs();
        if next.unkept <= self.record.unkept && next.objective >= floor {
            self.current = next;
        }
    }

    /// Goes on from the best plan; where the last cycle found none that is better, every other time from a fresh,
    /// perturbed one.
    fn begin_cycle(&mut self) {
        let fresh = self.stale >= CYCLE && !(self.rounds / CYCLE).is_multiple_of(2);
        self.current = if fresh {
            let taste = self.taste(&[]);
            let empty = Scored::new(self.model, self.standing.clone(), &[]);
            self.filled(empty, &[&taste])
        } else {
            self.best.clone()
        };
        self.record = self.current.clone();
    }

    /// The plan filled by one taste after the other.
    fn filled(&mut self, bare: Scored, tastes: &[&Taste]) -> Scored {
        let from = bare.plan.trips.len();
        let mut draft = Draft::of(self.model, bare);
        for taste in tastes {
            draft = self.builder.fill(draft, taste, &mut self.rng);
        }
        draft.scored(self.model, from, self.best.objective)
    }

    /// Takes over a plan found elsewhere where it is better.
    pub(super) fn learn(&mut self, other: &Self) {
        if other.best.beats(&self.best) {
            self.best = other.best.clone();
            self.stale = 0;
        }
    }

    /// Tries tours chosen elsewhere: those that cannot run beside earlier ones are left out, the calendar is filled.
    fn try_out(&mut self, trips: Vec<Trip>) {
        let mut plan = self.standing.clone();
        for trip in trips {
            if plan.takes(self.model, &trip) {
                plan.trips.push(trip);
            }
        }
        let bare = Scored::new(self.model, plan, &self.best.allotment.hour_price);
        let next = self.filled(bare, &[&Taste::default()]);
        if next.beats(&self.best) {
            self.best = next.clone();
            self.stale = 0;
        }
        if next.beats(&self.record) {
            self.record = next.clone();
            self.current = next;
        }
    }

    /// The best plan without so many tours that stand close in time or at random.
    pub(super) fn neighbourhood(&mut self, out: usize) -> Plan {
        let trips = &self.best.plan.trips;
        let count = trips.len();
        let mut order: Vec<usize> = (0..count).collect();
        if self.rng.below(2) == 0 {
            order.sort_by_key(|&t| (trips[t].start, trips[t].team));
            order.rotate_left(self.rng.below(count.max(1)));
        } else {
            for at in (1..count).rev() {
                order.swap(at, self.rng.below(at + 1));
            }
        }
        let gone = &order[..out.min(count)];
        let mut kept = trips.clone();
        let mut at = 0..;
        kept.retain(|trip| {
            at.next().is_none_or(|t| !gone.contains(&t)) || self.standing.trips.contains(trip)
        });
        Plan { trips: kept }
    }

    /// Hands the search new prices of the bound.
    pub(super) fn foresee(&mut self, outlook: Outlook) {
        self.builder.outlook = outlook;
    }

    /// How the next filling is perturbed; `points` were just taken out.
    fn taste(&mut self, points: &[usize]) -> Taste {
        let rng = &mut self.rng;
        let first = match rng.below(4) {
            0 | 1 => First::Best,
            2 => First::Densest,
            _ => First::Any,
        };
        let mut taste = Taste {
            first,
            ..Taste::default()
        };
        if rng.below(2) == 0 {
            taste.noise = 0.8 * rng.unit();
        }
        if rng.below(2) == 0 {
            taste.foresight = 1.1 * rng.unit();
        }
        match rng.below(4) {
            0 if !points.is_empty() => taste.banned.push(points[rng.below(points.len())]),
            1 => {
                let part = 0.4 * rng.unit();
                taste
                    .banned
                    .extend((0..self.model.sites.len()).filter(|_| rng.unit() < part));
            }
            _ => {}
        }
        taste
    }

    /// Indices of the trips to take out.
    fn pick(&mut self) -> Vec<usize> {
        let trips = &self.current.plan.trips;
        if trips.is_empty() {
            return Vec::new();
        }
        let seed = self.rng.below(trips.len());
        match self.rng.below(10) {
            9 => (0..trips.len()).collect(),
            0..=2 => {
                let mut out = vec![seed];
                for _ in 0..self.rng.below(3) {
                    let t = self.rng.below(trips.len());
                    if !out.contains(&t) {
                        out.push(t);
                    }
                }
                out
            }
            3 | 4 => {
                let from = trips[seed].start;
                let until = from + trips[seed].days + self.rng.below(5);
                let overlaps = |t: &Trip| t.start < until && t.start + t.days > from;
                let one_team = self.rng.below(2) == 0;
                let team = trips[seed].team;
                (0..trips.len())
                    .filter(|&t| overlaps(&trips[t]) && (!one_team || trips[t].team == team))
                    .collect()
            }
            5 | 6 => {
                let mut order: Vec<usize> = (0..trips.len())
                    .filter(|&t| trips[t].team == trips[seed].team)
                    .collect();
                order.sort_by_key(|&t| trips[t].start);
                let at = order.iter().position(|&t| t == seed).unwrap_or(0);
                order
                    .into_iter()
                    .skip(at)
                    .take(2 + self.rng.below(2))
                    .collect()
            }
            _ => self.related(seed),
        }
    }

    /// A trip and those that share its demand most.
    fn related(&mut self, seed: usize) -> Vec<usize> {
        let trips = &self.current.plan.trips;
        let mut out = vec![seed];
        let want = 2 + self.rng.below(2);
        for stop in &trips[seed].stops {
            for &rival in &self.rivals[stop.point] {
                let holder = trips
                    .iter()
                    .position(|t| t.stops.iter().any(|s| s.point == rival));
                if let Some(t) = holder.filter(|t| !out.contains(t) && out.len() < want) {
                    out.push(t);
                }
            }
        }
        out
    }
}

/// For each point, the other points by falling common demand (hours of the same cells), then by nearness.
fn rivals(model: &Model) -> Vec<Vec<usize>> {
    let sites = &model.sites;
    (0..sites.len())
        .map(|p| {
            let mut hours = vec![0.0; model.cells];
            sites[p]
                .items
                .iter()
                .for_each(|item| hours[item.cell] = item.hours);
            let mut others: Vec<(f64, f64, usize)> = (0..sites.len())
                .filter(|&q| q != p)
                .map(|q| {
                    let common: f64 = sites[q]
                        .items
                        .iter()
                        .map(|item| item.hours.min(hours[item.cell]))
                        .sum();
                    (common, model.hours(p + 1, q + 1), q)
                })
                .collect();
            others.sort_by(|a, b| {
                b.0.total_cmp(&a.0)
                    .then(a.1.total_cmp(&b.1))
                    .then(a.2.cmp(&b.2))
            });
            others.into_iter().map(|o| o.2).collect()
        })
        .collect()
}

#[cfg(test)]
mod tests;
