//! A proven upper bound: Lagrangian relaxation, then branch and bound over the routes that are left.
//!
//! Responsible for: the order of the two, and the bound so far. Not responsible for: finding plans.

mod ascent;
mod branch;
mod leaf;
mod pool;
mod pricing;
mod root;
mod standing;
mod tree;

use super::builder::Outlook;
use super::model::Model;
use super::plan::{Plan, Trip};
use ascent::{Ascent, Prices};
use pool::Pool;
use root::Root;
use standing::Standing;
use tree::{TOLERANCE, Tree};

/// First step of the ascent as a part of the distance to the target, and steps without progress before it is shortened.
const LENGTH: f64 = 1.0;
const PATIENCE: u32 = 40;
/// Most steps of the ascent over all tours.
const STEPS: u32 = 4000;
/// Steps of it at a time, in large problems; work on other things as long as so many of these steps.
const STEPS_AT_ONCE: u64 = 12;
const OTHER_STEPS: u64 = 6;
/// Steps on one neighbourhood.
const NEAR_STEPS: u32 = 800;
/// Most routes in all neighbourhoods: those that lose least at the prices of the bound. More of them where a step is short.
const ELITE: (usize, usize) = (15_000, 150_000);
/// Work of a short step.
const SHORT_STEP: u64 = 40_000;
/// Fewest and most tours that a neighbourhood takes out.
const REACH: (usize, usize) = (3, 16);
/// Steps between two attempts to list the routes.
const LIST_EVERY: u32 = 100;

/// The bound of all plans that hold the tours that stand.
pub(super) struct Bound<'a> {
    model: &'a Model,
    standing: Standing,
    root: Root<'a>,
    ascent: Ascent,
    steps: u32,
    tree: Option<Tree<'a>>,
    /// The gap at the last attempt to list the routes.
    tried: f64,
    /// Routes for neighbourhoods.
    elite: Option<Pool>,
    near: Option<Near<'a>>,
    /// Tours that the next neighbourhood takes out.
    reach: usize,
    /// No plan is worth more.
    pub(super) value: f64,
    /// Whether further steps cannot help.
    pub(super) done: bool,
}

/// Branch and bound among the plans that hold some tours of a good one (local branching: Fischetti and Lodi 2003).
pub(super) struct Near<'a> {
    kept: Vec<Trip>,
    tree: Tree<'a>,
    /// Least work at a time.
    work: u64,
    /// Steps it may still do.
    left: u32,
}

impl Near<'_> {
    /// Steps for so much work; the tours of the last plan worth trying. `incumbent` is the objective of the best known plan.
    pub(super) fn look(&mut self, work: u64, incumbent: f64) -> Option<Vec<Trip>> {
        let floor = incumbent + TOLERANCE * (1.0 + incumbent.abs());
        let (mut done, mut hint) = (0, None);
        while done < work.max(self.work) && self.left > 0 && !self.tree.done() {
            let (step, chosen) = self.tree.step(floor);
            done += step;
            self.left -= 1;
            hint = chosen.or(hint);
        }
        hint.map(|trips| self.kept.iter().cloned().chain(trips).collect())
    }
}

/// What some steps brought.
#[derive(Debug, Default)]
pub(super) struct Progress {
    /// Whether the bound is better.
    pub(super) better: bool,
    /// Tours worth trying; they may visit a point too often.
    pub(super) hints: Vec<Vec<Trip>>,
}

impl<'a> Bound<'a> {
    /// Nothing is known yet; the ascent begins at these cell prices.
    pub(super) fn new(model: &'a Model, standing: &Plan, cell_price: &[f64]) -> Self {
        let standing = Standing::new(model, standing);
        let mut prices = Prices::zero(model);
        let known = prices.cell_mut();
        known.copy_from_slice(&cell_price[..known.len()]);
        Self {
            model,
            root: Root::new(model),
            ascent: Ascent::new(model, prices, &standing.must, LENGTH, PATIENCE),
            standing,
            steps: 0,
            tree: None,
            elite: None,
            near: None,
            reach: REACH.0 + 1,
            tried: f64::INFINITY,
            value: f64::INFINITY,
            done: false,
        }
    }

    /// Prices for the search: those behind the bound over all tours, or those of the `part` at work.
    pub(super) fn outlook(&self, part: bool) -> Outlook {
        let of_part = self.tree.as_ref().and_then(Tree::prices);
        let prices = of_part.filter(|_| part).unwrap_or(&self.ascent.best);
        Outlook {
            cell_price: prices.cell().to_vec(),
            visit_fee: prices.visit().to_vec(),
        }
    }

    /// Steps for so much work (about the number of additions); `incumbent` is the objective of the best known plan,
    /// `feasible` whether it keeps all pins.
    pub(super) fn work(&mut self, work: u64, incumbent: f64, feasible: bool) -> Progress {
        let floor = incumbent + TOLERANCE * (1.0 + incumbent.abs());
        let before = self.value;
        let work = match self.tree {
            Some(_) => work.max(OTHER_STEPS * self.root.work()),
            None => work.max(STEPS_AT_ONCE * self.root.work()),
        };
        let (mut done, mut hint) = (0, None);
        while done < work && !self.done {
            let (step, chosen) = if let Some(tree) = &mut self.tree {
                let (work, chosen) = tree.step(floor);
                self.value = self.value.min(tree.bound().max(floor));
                self.done = tree.done();
                (work, chosen)
            } else {
                self.climb(incumbent, floor, feasible)
            };
            done += step;
            hint = chosen.or(hint);
        }
        Progress {
            better: self.value < before,
            hints: hint.into_iter().collect(),
        }
    }

    /// Whether routes are listed, so that a neighbourhood of a good plan can be searched.
    pub(super) fn has_routes(&self) -> bool {
        self.elite.is_some()
    }

    /// The search among the plans near a good one: the one that was begun, or one of those that hold the `kept` tours, given as many
    /// to take out. It goes on beside all else and comes back by [`Bound::take_back`].
    pub(super) fn near(&mut self, kept: impl FnOnce(usize) -> Plan) -> Option<Near<'a>> {
        let begun = self.near.take();
        begun.or_else(|| {
            let kept = kept(self.reach);
            Some(Near {
                tree: Tree::near(self.model, self.elite.as_ref()?, &kept, &self.ascent.best),
                kept: kept.trips,
                work: OTHER_STEPS * self.root.work(),
                left: NEAR_STEPS,
            })
        })
    }

    /// Takes back such a search. Neighbourhoods become as large as can be searched through.
    pub(super) fn take_back(&mut self, near: Near<'a>) {
        if near.tree.done() {
            self.reach = (self.reach + 1).min(REACH.1);
        } else if near.left == 0 {
            self.reach = (self.reach - 1).max(REACH.0);
        } else {
            self.near = Some(near);
        }
    }

    /// A step of the ascent over all tours; now and then, the routes that are left are listed.
    fn climb(&mut self, incumbent: f64, floor: f64, feasible: bool) -> (u64, Option<Vec<Trip>>) {
        let (value, slack, chosen) = self.root.relaxation(&self.standing, &self.ascent.prices);
        // The objective of a plan that breaks pins is no target.
        let target = if feasible {
            incumbent
        } else {
            value - 0.05 * value.abs()
        };
        let better = self.ascent.step(value, &slack, target);
        self.value = self.value.min(self.ascent.value);
        self.steps += 1;
        let last = self.ascent.done || self.steps >= STEPS;
        let due = self.steps.is_multiple_of(LIST_EVERY) || last;
        let gap = self.ascent.value - floor;
        if due && feasible && self.model.visits_per_point == 1 && gap <= 0.8 * self.tried {
            self.tried = gap;
            self.tree = self.list(floor, pool::MOST).map(|pool| {
                let prices = &self.ascent.best;
                Tree::new(self.model, &self.standing, pool, prices, self.value)
            });
        }
        let ends = last || self.tree.is_some();
        if ends && feasible && self.model.visits_per_point == 1 {
            // The fewer yuan a plan may lose, the fewer routes.
            let short = self.root.work() < SHORT_STEP;
            let most = if short { ELITE.1 } else { ELITE.0 };
            self.elite = (0..16).find_map(|k| {
                let loss = gap.max(0.0) * 0.8f64.powi(k);
                self.list(self.ascent.value - loss, most)
            });
        }
        self.done = last && self.tree.is_none();
        (self.root.work(), better.then_some(chosen))
    }

    /// The routes that may be in a plan worth more than `floor`, at the best prices.
    fn list(&mut self, floor: f64, most: usize) -> Option<Pool> {
        Pool::list(
            self.model,
            &mut self.root,
            &self.standing,
            &self.ascent.best,
            self.ascent.value,
            floor,
            most,
        )
    }
}

#[cfg(test)]
mod tests;
