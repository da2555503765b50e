//! Large-neighbourhood search over whole plans: take some tours out, fill the calendar again, keep what is better.
//!
//! The filling prices every possible tour exactly (up to the prices), so swapping points, adding or dropping a day, moving, merging
//! and splitting tours are all one step here (Shaw 1998; record-to-record acceptance, Dueck 1993). Several tries may be made at
//! once, all from the same plan: they are judged one after the other, so that threads make no difference to what is found.
//!
//! Responsible for: which plan is kept, and when the search begins anew. Not responsible for: what is taken out and how it is filled
//! (`hand`), bounds (`bound`).

use super::builder::{Outlook, Scored};
use super::hand::{Ground, Hand, Plans};
use super::model::Model;
use super::plan::{Plan, Trip};

/// Iterations from the widest tolerance for worse plans to none.
const CYCLE: u64 = 300;
/// The widest tolerance, as a part of what a tour is worth on average.
const TOLERANCE: f64 = 0.1;
/// Tries made at once, where more than one is.
pub(super) const HANDS: usize = 2;
/// Tells the seeds of hands apart.
const HAND: u64 = 0xA5A5_1E5D_0B5E_55ED;

/// The state of the search.
pub(super) struct Search<'a> {
    ground: Ground<'a>,
    seed: u64,
    /// As many as were needed at once so far.
    hands: Vec<Hand<'a>>,
    plans: Plans,
    /// Iterations done.
    pub(super) rounds: u64,
    /// Iterations since the best plan was found.
    pub(super) stale: u64,
    /// Cycles begun.
    cycles: u64,
}

impl<'a> Search<'a> {
    /// Starts from the greedy plan around the trips that stand.
    pub(super) fn new(model: &'a Model, seed: u64, standing: Plan) -> Self {
        let ground = Ground::new(model, standing);
        let mut hand = Hand::new(model, seed, Outlook::default());
        let first = hand.greedy(&ground);
        Self {
            ground,
            seed,
            hands: vec![hand],
            plans: Plans::of(first),
            rounds: 0,
            stale: 0,
            cycles: 0,
        }
    }

    /// The best plan so far.
    pub(super) fn best(&self) -> &Scored {
        &self.plans.best
    }

    /// One round: the tours of a hint, or take out, fill, accept or not.
    pub(super) fn round(&mut self, hint: Option<Vec<Trip>>) {
        self.rounds_beside(vec![hint], []);
    }

    /// A round for each, all from the plan as it stands, beside other work: one of it between two tries, so that two threads get
    /// about equal shares.
    pub(super) fn rounds_beside<'w, const OTHERS: usize>(
        &mut self,
        hints: Vec<Option<Vec<Trip>>>,
        others: [Box<dyn FnOnce() + Send + 'w>; OTHERS],
    ) {
        while self.hands.len() < hints.len() {
            let seed = self.seed ^ HAND.wrapping_mul(self.hands.len() as u64);
            let outlook = self.hands[0].outlook().clone();
            self.hands.push(Hand::new(self.ground.model, seed, outlook));
        }
        if self.rounds / CYCLE > self.cycles {
            self.begin_cycle();
        }
        let (ground, plans) = (&self.ground, &self.plans);
        let mut tries: Vec<Option<(bool, Scored)>> = hints.iter().map(|_| None).collect();
        let mut others = others.into_iter();
        rayon::scope(|scope| {
            let hands = self.hands.iter_mut().zip(hints).zip(&mut tries);
            for ((hand, hint), done) in hands {
                if let Some(other) = others.next() {
                    scope.spawn(|_| other());
                }
                scope.spawn(move |_| {
                    *done = Some(match hint {
                        Some(trips) => (true, hand.try_out(ground, plans, trips)),
                        None => (false, hand.refill(ground, plans)),
                    });
                });
            }
            for other in others {
                scope.spawn(|_| other());
            }
        });
        for (hinted, next) in tries.into_iter().flatten() {
            self.judge(next, hinted);
        }
    }

    /// Keeps a plan or not.
    fn judge(&mut self, next: Scored, hinted: bool) {
        let position = self.rounds % CYCLE;
        self.rounds += 1;
        self.stale += 1;
        let plans = &mut self.plans;
        if next.beats(&plans.best) {
            plans.best = next.clone();
            self.stale = 0;
        }
        let is_record = next.beats(&plans.record);
        let tours = plans.record.plan.trips.len().max(1) as f64;
        let width = TOLERANCE / tours * (1.0 - position as f64 / CYCLE as f64);
        if is_record {
            plans.record = next.clone();
        }
        let floor = plans.record.objective - width * plans.record.objective.abs();
        let good_enough = next.unkept <= plans.record.unkept && next.objective >= floor;
        if is_record || (good_enough && !hinted) {
            plans.current = next;
        }
    }

    /// Goes on from the best plan; where the last cycle found none that is better, every other time from a fresh,
    /// perturbed one.
    fn begin_cycle(&mut self) {
        self.cycles = self.rounds / CYCLE;
        let fresh = self.stale >= CYCLE && !self.cycles.is_multiple_of(2);
        self.plans.current = if fresh {
            self.hands[0].afresh(&self.ground, &self.plans)
        } else {
            self.plans.best.clone()
        };
        self.plans.record = self.plans.current.clone();
    }

    /// Takes over a plan found elsewhere where it is better.
    pub(super) fn learn(&mut self, other: &Self) {
        if other.plans.best.beats(&self.plans.best) {
            self.plans.best = other.plans.best.clone();
            self.stale = 0;
        }
    }

    /// The best plan without so many tours that stand close in time or at random.
    pub(super) fn neighbourhood(&mut self, out: usize) -> Plan {
        self.hands[0].neighbourhood(&self.ground, &self.plans.best.plan, out)
    }

    /// Hands the search new prices of the bound.
    pub(super) fn foresee(&mut self, outlook: &Outlook) {
        for hand in &mut self.hands {
            hand.foresee(outlook.clone());
        }
    }
}

#[cfg(test)]
pub(super) mod tests;
