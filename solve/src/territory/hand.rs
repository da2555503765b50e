//! One try of the search: what is taken out of a plan, and how its calendar is filled again.
//!
//! Responsible for: a plan made from the plans it is shown, which it does not change. Not responsible for: whether that plan is kept
//! (`search`), pricing and choosing single tours (`builder`).

use super::builder::{Builder, Draft, First, Outlook, Scored, Taste};
use super::model::Model;
use super::plan::{Plan, Trip};
use super::rng::Rng;

/// What all tries have in common.
pub(super) struct Ground<'a> {
    pub(super) model: &'a Model,
    /// Trips that are in every plan.
    standing: Plan,
    /// For each point, the other points by falling common demand.
    rivals: Vec<Vec<usize>>,
}

impl<'a> Ground<'a> {
    pub(super) fn new(model: &'a Model, standing: Plan) -> Self {
        Self {
            model,
            standing,
            rivals: rivals(model),
        }
    }
}

/// The plans a try begins from.
pub(super) struct Plans {
    pub(super) current: Scored,
    /// The best plan of this cycle.
    pub(super) record: Scored,
    /// The best plan so far.
    pub(super) best: Scored,
}

impl Plans {
    /// All of them the first one.
    pub(super) fn of(first: Scored) -> Self {
        Self {
            current: first.clone(),
            record: first.clone(),
            best: first,
        }
    }
}

/// Makes tries, one after the other, with chance and caches of its own.
pub(super) struct Hand<'a> {
    builder: Builder<'a>,
    rng: Rng,
}

impl<'a> Hand<'a> {
    pub(super) fn new(model: &'a Model, seed: u64, outlook: Outlook) -> Self {
        let mut builder = Builder::new(model);
        builder.outlook = outlook;
        Self {
            builder,
            rng: Rng::new(seed),
        }
    }

    /// The plan that is filled straight on.
    pub(super) fn greedy(&mut self, ground: &Ground) -> Scored {
        let empty = Scored::new(ground.model, ground.standing.clone(), &[]);
        self.filled(ground, empty, &[&Taste::default()], f64::NEG_INFINITY)
    }

    /// A fresh, perturbed plan.
    pub(super) fn afresh(&mut self, ground: &Ground, plans: &Plans) -> Scored {
        let taste = self.taste(ground, &[]);
        let empty = Scored::new(ground.model, ground.standing.clone(), &[]);
        self.filled(ground, empty, &[&taste], plans.best.objective)
    }

    /// The current plan with some tours taken out and the calendar filled again.
    pub(super) fn refill(&mut self, ground: &Ground, plans: &Plans) -> Scored {
        let current = &plans.current;
        let out = self.pick(ground, &current.plan.trips);
        let mut kept = Plan::default();
        let mut points: Vec<usize> = Vec::new();
        for (t, trip) in current.plan.trips.iter().enumerate() {
            if out.contains(&t) && !ground.standing.trips.contains(trip) {
                points.extend(trip.stops.iter().map(|s| s.point));
            } else {
                kept.trips.push(trip.clone());
            }
        }
        let taste = self.taste(ground, &points);
        let bare = Scored::new(ground.model, kept, &current.allotment.hour_price);
        self.filled(
            ground,
            bare,
            &[&taste, &Taste::default()],
            plans.best.objective,
        )
    }

    /// Tours chosen elsewhere: those that cannot run beside earlier ones are left out, the calendar is filled.
    pub(super) fn try_out(&mut self, ground: &Ground, plans: &Plans, trips: Vec<Trip>) -> Scored {
        let mut plan = ground.standing.clone();
        for trip in trips {
            if plan.takes(ground.model, &trip) {
                plan.trips.push(trip);
            }
        }
        let best = &plans.best;
        let bare = Scored::new(ground.model, plan, &best.allotment.hour_price);
        self.filled(ground, bare, &[&Taste::default()], best.objective)
    }

    /// The plan filled by one taste after the other; `known`: what the best plan is worth.
    fn filled(&mut self, ground: &Ground, bare: Scored, tastes: &[&Taste], known: f64) -> Scored {
        let from = bare.plan.trips.len();
        let mut draft = Draft::of(ground.model, bare);
        for taste in tastes {
            draft = self.builder.fill(draft, taste, &mut self.rng);
        }
        draft.scored(ground.model, from, known)
    }

    /// The prices of the bound it goes by.
    pub(super) fn outlook(&self) -> &Outlook {
        &self.builder.outlook
    }

    /// Takes over new prices of the bound.
    pub(super) fn foresee(&mut self, outlook: Outlook) {
        self.builder.outlook = outlook;
    }

    /// A plan without so many tours that stand close in time or at random.
    pub(super) fn neighbourhood(&mut self, ground: &Ground, best: &Plan, out: usize) -> Plan {
        let trips = &best.trips;
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
            at.next().is_none_or(|t| !gone.contains(&t)) || ground.standing.trips.contains(trip)
        });
        Plan { trips: kept }
    }

    /// How the next filling is perturbed; `points` were just taken out.
    fn taste(&mut self, ground: &Ground, points: &[usize]) -> Taste {
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
                    .extend((0..ground.model.sites.len()).filter(|_| rng.unit() < part));
            }
            _ => {}
        }
        taste
    }

    /// Indices of the trips to take out.
    fn pick(&mut self, ground: &Ground, trips: &[Trip]) -> Vec<usize> {
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
            _ => self.related(ground, trips, seed),
        }
    }

    /// A trip and those that share its demand most.
    fn related(&mut self, ground: &Ground, trips: &[Trip], seed: usize) -> Vec<usize> {
        let mut out = vec![seed];
        let want = 2 + self.rng.below(2);
        for stop in &trips[seed].stops {
            for &rival in &ground.rivals[stop.point] {
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
