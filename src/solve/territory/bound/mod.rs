//! A proven upper bound: Lagrangian relaxation, then branch and bound over the routes that are left.
//!
//! Responsible for: the order of the two, and the bound so far. Not responsible for: finding plans.

mod ascent;
mod branch;
mod leaf;
mod pool;
mod root;
mod standing;
mod tree;

use super::builder::Outlook;
use super::model::Model;
use super::plan::Plan;
use ascent::{Ascent, Prices};
use pool::Pool;
use root::Root;
use standing::Standing;
use tree::{TOLERANCE, Tree};

/// First step of the ascent as a part of the distance to the target, and steps without progress before it is shortened.
const LENGTH: f64 = 1.0;
const PATIENCE: u32 = 20;
/// Most steps of the ascent over all tours.
const STEPS: u32 = 1500;
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
    /// No plan is worth more.
    pub(super) value: f64,
    /// Whether further steps cannot help.
    pub(super) done: bool,
}

/// What one step brought.
pub(super) struct Step {
    /// About the number of additions.
    pub(super) work: u64,
    /// Whether the bound is better.
    pub(super) better: bool,
    /// Tours that can run together, chosen at the current prices.
    pub(super) plan: Option<Plan>,
}

impl<'a> Bound<'a> {
    /// Nothing is known yet; the ascent begins at these cell prices.
    pub(super) fn new(model: &'a Model, standing: &Plan, cell_price: &[f64]) -> Self {
        let standing = Standing::new(model, standing);
        let mut prices = Prices::zero(model);
        prices.cell_mut().copy_from_slice(cell_price);
        Self {
            model,
            root: Root::new(model),
            ascent: Ascent::new(model, prices, &standing.must, LENGTH, PATIENCE),
            standing,
            steps: 0,
            tree: None,
            value: f64::INFINITY,
            done: false,
        }
    }

    /// The prices behind the bound.
    pub(super) fn outlook(&self) -> Outlook {
        let prices = self
            .tree
            .as_ref()
            .and_then(Tree::prices)
            .unwrap_or(&self.ascent.best);
        Outlook {
            cell_price: prices.cell().to_vec(),
            visit_fee: prices.visit().to_vec(),
        }
    }

    /// One step; `incumbent` is the objective of the best known plan that keeps all pins, where there is one.
    pub(super) fn step(&mut self, incumbent: f64, feasible: bool) -> Step {
        let floor = incumbent + TOLERANCE * (1.0 + incumbent.abs());
        let before = self.value;
        let (work, plan) = if let Some(tree) = &mut self.tree {
            let (work, plan) = tree.step(floor);
            self.value = self.value.min(tree.bound().max(floor));
            self.done = tree.done();
            (work, plan)
        } else {
            (self.climb(incumbent, floor, feasible), None)
        };
        Step {
            work,
            better: self.value < before,
            plan,
        }
    }

    /// A step of the ascent over all tours; now and then, the routes that are left are listed.
    fn climb(&mut self, incumbent: f64, floor: f64, feasible: bool) -> u64 {
        let (value, slack) = self.root.relaxation(&self.standing, &self.ascent.prices);
        self.ascent.step(value, &slack, incumbent);
        self.value = self.value.min(self.ascent.value);
        self.steps += 1;
        let last = self.ascent.done || self.steps >= STEPS;
        let due = self.steps.is_multiple_of(LIST_EVERY) || last;
        if due && feasible && self.model.visits_per_point == 1 {
            let pool = Pool::list(
                self.model,
                &mut self.root,
                &self.standing,
                &self.ascent.best,
                self.ascent.value,
                floor,
            );
            if let Some(pool) = pool {
                let tree = Tree::new(
                    self.model,
                    &self.standing,
                    pool,
                    &self.ascent.best,
                    self.value,
                );
                self.tree = Some(tree);
            }
        }
        self.done = last && self.tree.is_none();
        1
    }
}
