//! Responsible for: the provably best kit where the problem is small enough to look at every kit that could be it.
//! Not responsible for: large problems; it gives up after a fixed amount of work.
//!
//! Depth first over the parts. The parts not yet decided stand at their most, so the fill seen is the best still
//! possible (fill never falls when the stock grows, with partial use).

use super::closure::price;
use super::search::Limits;
use super::shelf::Shelf;

/// What is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Goal {
    /// The cheapest kit covering at least this weight.
    Cheapest(u64),
    /// The kit covering the most; of equal ones the cheapest.
    Fullest,
}

/// Looks at every kit that could beat `start`. `None` when the work runs out.
pub(super) fn best_kit(
    shelf: &mut Shelf,
    limits: &Limits,
    goal: Goal,
    start: &[u32],
    work: u64,
) -> Option<Vec<u32>> {
    shelf.become_stock(start);
    let start_covered = shelf.covered;
    shelf.become_stock(&limits.caps);
    let mut order: Vec<usize> = (0..limits.caps.len())
        .filter(|part| shelf.held(*part) > 0)
        .collect();
    let span = |part: &usize| match (limits.cost.get(*part), limits.caps.get(*part)) {
        (Some(cost), Some(cap)) => cost * f64::from(*cap),
        _ => 0.0,
    };
    order.sort_by(|a, b| span(b).total_cmp(&span(a)).then(a.cmp(b)));
    let least = least_levels(shelf, &order, goal);
    let mut rest = vec![0.0; order.len() + 1];
    for place in (0..order.len()).rev() {
        let (part, level) = (order.get(place)?, least.get(place)?);
        rest[place] = rest[place + 1] + limits.cost.get(*part)? * f64::from(*level);
    }
    let mut tree = Tree {
        limits,
        goal,
        order,
        rest,
        stop: shelf.work.saturating_add(work),
        best: start.to_vec(),
        best_cost: price(&limits.cost, start),
        best_covered: start_covered,
    };
    let finished = tree.descend(shelf, 0, 0.0);
    shelf.become_stock(&tree.best);
    finished.then_some(tree.best)
}

/// The lowest level of each part that still allows the goal with everything else at its most.
fn least_levels(shelf: &mut Shelf, order: &[usize], goal: Goal) -> Vec<u32> {
    let Goal::Cheapest(threshold) = goal else {
        return vec![0; order.len()];
    };
    let mut least = Vec::with_capacity(order.len());
    for &part in order {
        let full = shelf.held(part);
        while shelf.held(part) > 0 && shelf.covered - shelf.loss(part) >= threshold {
            shelf.take(part);
        }
        least.push(shelf.held(part));
        while shelf.held(part) < full {
            shelf.put(part);
        }
    }
    least
}

struct Tree<'a> {
    limits: &'a Limits,
    goal: Goal,
    order: Vec<usize>,
    /// The least the parts from a place on must cost.
    rest: Vec<f64>,
    stop: u64,
    best: Vec<u32>,
    best_cost: f64,
    best_covered: u64,
}

impl Tree<'_> {
    /// Decides the part at `place`; false when the work is used up. Leaves the shelf as it found it.
    fn descend(&mut self, shelf: &mut Shelf, place: usize, spent: f64) -> bool {
        if shelf.work > self.stop {
            return false;
        }
        let Some(&part) = self.order.get(place) else {
            self.consider(shelf, spent);
            return true;
        };
        let (each, rest) = (
            self.limits.cost.get(part).copied().unwrap_or(0.0),
            self.rest.get(place + 1).copied().unwrap_or(0.0),
        );
        let full = shelf.held(part);
        let mut finished = true;
        loop {
            if !self.possible(shelf) {
                break;
            }
            let here = spent + each * f64::from(shelf.held(part));
            if self.affordable(shelf, here + rest) {
                finished = self.descend(shelf, place + 1, here);
            }
            if !finished || shelf.held(part) == 0 {
                break;
            }
            shelf.take(part);
        }
        while shelf.held(part) < full {
            shelf.put(part);
        }
        finished
    }

    fn possible(&self, shelf: &Shelf) -> bool {
        match self.goal {
            Goal::Cheapest(threshold) => shelf.covered >= threshold,
            Goal::Fullest => shelf.covered >= self.best_covered,
        }
    }

    fn affordable(&self, shelf: &Shelf, at_least: f64) -> bool {
        match self.goal {
            Goal::Cheapest(_) => at_least < self.best_cost - 1e-9,
            Goal::Fullest => shelf.covered > self.best_covered || at_least < self.best_cost - 1e-9,
        }
    }

    fn consider(&mut self, shelf: &Shelf, cost: f64) {
        if self.limits.fits(&shelf.stock) {
            self.best.clone_from(&shelf.stock);
            self.best_cost = cost;
            self.best_covered = shelf.covered;
        }
    }
}
