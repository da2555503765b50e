//! Subgradient steps on the prices of a Lagrangian relaxation.
//!
//! Steps as in Held, Wolfe and Crowder (1974), towards the objective of the best known plan (Polyak 1969), with the
//! last direction mixed in (Camerini, Fratta and Maffioli 1975). A price at zero whose rule has slack does not move
//! and does not lengthen the direction.
//!
//! Responsible for: where prices go next, and remembering the best. Not responsible for: what a relaxation is worth.

use super::super::model::Model;

/// Part of the last direction kept in the next one.
const MEMORY: f64 = 0.6;
/// Step lengths below this part of the distance to the target end an ascent.
const SHORTEST: f64 = 1e-3;

/// Prices of the relaxed rules, all ≥ 0, one after the other: a price per contested cell ("served once"), a fee per visit of
/// each point ("visited so often at most"), a reward per visit of each point that must be visited.
#[derive(Debug, Clone)]
pub(super) struct Prices {
    all: Vec<f64>,
    cells: usize,
    sites: usize,
}

impl Prices {
    pub(super) fn zero(model: &Model) -> Self {
        let (cells, sites) = (model.contested, model.sites.len());
        Self {
            all: vec![0.0; cells + 2 * sites],
            cells,
            sites,
        }
    }

    pub(super) fn cell(&self) -> &[f64] {
        &self.all[..self.cells]
    }

    pub(super) fn visit(&self) -> &[f64] {
        &self.all[self.cells..self.cells + self.sites]
    }

    pub(super) fn reward(&self) -> &[f64] {
        &self.all[self.cells + self.sites..]
    }

    pub(super) fn cell_mut(&mut self) -> &mut [f64] {
        &mut self.all[..self.cells]
    }
}

/// How far each relaxed rule is from being used up, in the order of [`Prices`].
#[derive(Debug, Clone)]
pub(super) struct Slack {
    all: Vec<f64>,
    cells: usize,
    sites: usize,
}

impl Slack {
    /// Nothing is used yet: each cell once, each point so often, each reward asks for one visit.
    pub(super) fn full(model: &Model, visits: f64) -> Self {
        let (cells, sites) = (model.contested, model.sites.len());
        let mut all = vec![1.0; cells];
        all.resize(cells + sites, visits);
        all.resize(cells + 2 * sites, -1.0);
        Self { all, cells, sites }
    }

    /// Cells that nobody contests have no rule.
    pub(super) fn use_cell(&mut self, cell: usize, x: f64) {
        if cell < self.cells {
            self.all[cell] -= x;
        }
    }

    pub(super) fn visit(&mut self, point: usize, times: f64) {
        self.all[self.cells + point] -= times;
    }

    pub(super) fn keep_pin(&mut self, point: usize, times: f64) {
        self.all[self.cells + self.sites + point] += times;
    }
}

/// The state of an ascent.
#[derive(Debug, Clone)]
pub(super) struct Ascent {
    pub(super) prices: Prices,
    /// The prices of the least value so far.
    pub(super) best: Prices,
    /// The least value so far.
    pub(super) value: f64,
    /// Which prices may differ from zero.
    live: Vec<bool>,
    direction: Vec<f64>,
    length: f64,
    patience: u32,
    stalled: u32,
    /// Whether further steps cannot help.
    pub(super) done: bool,
}

impl Ascent {
    /// Starts at `prices`; `must[p]`: point p has to be visited. `length`: the first step as a part of the distance
    /// to the target; after `patience` steps without progress it is shortened.
    pub(super) fn new(
        model: &Model,
        prices: Prices,
        must: &[bool],
        length: f64,
        patience: u32,
    ) -> Self {
        let mut live = vec![true; model.contested + model.sites.len()];
        live.extend(must);
        let mut prices = prices;
        for (price, live) in prices.all.iter_mut().zip(&live) {
            if !live {
                *price = 0.0;
            }
        }
        Self {
            best: prices.clone(),
            direction: vec![0.0; live.len()],
            prices,
            value: f64::INFINITY,
            live,
            length,
            patience,
            stalled: 0,
            done: false,
        }
    }

    /// Takes in the relaxation's value and slack at the current prices and moves them towards the target; whether
    /// the value is the least so far.
    pub(super) fn step(&mut self, value: f64, slack: &Slack, target: f64) -> bool {
        let better = value < self.value;
        if value < self.value - 1e-4 * (self.value - target).abs() {
            self.stalled = 0;
        } else {
            self.stalled += 1;
        }
        if better {
            self.value = value;
            self.best.all.copy_from_slice(&self.prices.all);
        }
        if self.stalled > self.patience {
            self.length *= 0.7;
            self.stalled = 0;
        }
        let mut norm = 0.0;
        for (k, direction) in self.direction.iter_mut().enumerate() {
            let held = self.prices.all[k] <= 0.0 && slack.all[k] > 0.0;
            if !self.live[k] || held {
                *direction = 0.0;
            } else {
                *direction = MEMORY * *direction + slack.all[k];
                norm += *direction * *direction;
            }
        }
        let gap = value - target;
        if norm <= 1e-12 || gap <= 1e-9 * (1.0 + value.abs()) || self.length < SHORTEST {
            self.done = true;
            return better;
        }
        let step = self.length * gap / norm;
        for (price, direction) in self.prices.all.iter_mut().zip(&self.direction) {
            *price = (*price - step * direction).max(0.0);
        }
        better
    }
}
