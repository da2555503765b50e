//! A primal simplex with generalised upper bounds (Dantzig and Van Slyke 1967).
//!
//! Every cell keeps one basic *key* column, so that the working basis has only one row per visited point.
//!
//! Responsible for: pivoting from a feasible basis to the optimum.
//! Not responsible for: the start and what the numbers mean (`transport`).

use super::linear::{add, dot, invert};

/// Reduced gains below this part of the largest gain count as zero.
const GAIN_TOLERANCE: f64 = 1e-10;
/// Steps shorter than this do not count as progress.
const STEP_TOLERANCE: f64 = 1e-11;
/// Pivots after which the inverse is computed anew.
const REFRESH: usize = 60;

/// A pair of a visited point.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    pub(super) row: usize,
    pub(super) hours: f64,
    pub(super) gain: f64,
}

/// A basic or entering variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Var {
    /// A column of a cell.
    Pair { cell: usize, column: usize },
    /// The part of a cell that is not served.
    Rest { cell: usize },
    /// The hours of a row that are not used.
    Idle { row: usize },
}

/// What follows from a basis.
pub(super) struct Tableau {
    size: usize,
    /// Inverse of the working basis: a row per slot, a column per capacity row.
    inverse: Vec<f64>,
    /// Value of each slot.
    pub(super) amounts: Vec<f64>,
    /// Yuan per hour of each row.
    pub(super) prices: Vec<f64>,
}

/// The program and its basis.
pub(super) struct Simplex {
    /// The model's index of each cell that some visited point can serve; all cells below are places in this list.
    pub(super) names: Vec<usize>,
    /// Columns by cell: those of cell c are `columns[first[c]..first[c + 1]]`.
    pub(super) columns: Vec<Column>,
    pub(super) first: Vec<usize>,
    pub(super) capacity: Vec<f64>,
    pub(super) key: Vec<Var>,
    pub(super) basis: Vec<Var>,
    /// Where pricing goes on.
    pub(super) cursor: usize,
}

impl Simplex {
    /// Number of cells.
    pub(super) fn cells(&self) -> usize {
        self.key.len()
    }

    pub(super) fn cell_of(var: Var) -> Option<usize> {
        match var {
            Var::Pair { cell, .. } | Var::Rest { cell } => Some(cell),
            Var::Idle { .. } => None,
        }
    }

    /// (row, hours) of a variable's only entry in the capacity rows.
    fn entry(&self, var: Var) -> Option<(usize, f64)> {
        match var {
            Var::Pair { column, .. } => {
                Some((self.columns[column].row, self.columns[column].hours))
            }
            Var::Rest { .. } => None,
            Var::Idle { row } => Some((row, 1.0)),
        }
    }

    fn gain(&self, var: Var) -> f64 {
        match var {
            Var::Pair { column, .. } => self.columns[column].gain,
            _ => 0.0,
        }
    }

    /// Adds the variable's column, less that of its cell's key, to `out`.
    fn reduced_column(&self, var: Var, out: &mut [f64]) {
        if let Some((row, hours)) = self.entry(var) {
            out[row] += hours;
        }
        if let Some((row, hours)) = Self::cell_of(var).and_then(|c| self.entry(self.key[c])) {
            out[row] -= hours;
        }
    }

    /// Computes the inverse, the amounts and the prices of the working basis anew; `None` where it is singular.
    fn tableau(&self) -> Option<Tableau> {
        let n = self.basis.len();
        let mut matrix = vec![0.0; n * n];
        let mut column = vec![0.0; n];
        for (k, &var) in self.basis.iter().enumerate() {
            column.fill(0.0);
            self.reduced_column(var, &mut column);
            for (row, &value) in column.iter().enumerate() {
                matrix[row * n + k] = value;
            }
        }
        let inverse = invert(n, matrix)?;
        let mut rhs = self.capacity.clone();
        for &key in &self.key {
            if let Some((row, hours)) = self.entry(key) {
                rhs[row] -= hours;
            }
        }
        let amounts = (0..n)
            .map(|k| dot(&inverse[k * n..(k + 1) * n], &rhs))
            .collect();
        let mut prices = vec![0.0; n];
        for (k, &var) in self.basis.iter().enumerate() {
            let gain = self.gain(var) - Self::cell_of(var).map_or(0.0, |c| self.gain(self.key[c]));
            add(&mut prices, gain, &inverse[k * n..(k + 1) * n]);
        }
        Some(Tableau {
            size: n,
            inverse,
            amounts,
            prices,
        })
    }

    /// Pivots to the optimum.
    pub(super) fn solve(&mut self) -> Tableau {
        let largest = self.columns.iter().fold(1.0, |m: f64, c| m.max(c.gain));
        let tolerance = GAIN_TOLERANCE * largest;
        let limit = 200 + 20 * (self.basis.len() + self.cells());
        let (mut stalled, mut age) = (0, 0);
        let Some(mut now) = self.tableau() else {
            return self.restart();
        };
        for _ in 0..limit {
            let careful = stalled > 20 + self.basis.len();
            let entering = self.entering(&now.prices, tolerance, careful);
            if age > 0 && (entering.is_none() || age >= REFRESH) {
                // Rounding has gathered: look again with fresh numbers before believing that this is the end.
                let Some(fresh) = self.tableau() else {
                    return self.restart();
                };
                now = fresh;
                age = 0;
                continue;
            }
            let Some(var) = entering else { return now };
            let Some(step) = self.pivot(var, &mut now, careful) else {
                break;
            };
            age += 1;
            stalled = if step > STEP_TOLERANCE {
                0
            } else {
                stalled + 1
            };
        }
        self.tableau().unwrap_or_else(|| self.restart())
    }

    /// Should rounding ever make the basis singular: the greedy allocation, which is feasible as it stands.
    fn restart(&mut self) -> Tableau {
        let rows = self.capacity.len();
        self.key = (0..self.cells()).map(|cell| Var::Rest { cell }).collect();
        self.basis = (0..rows).map(|row| Var::Idle { row }).collect();
        self.crash(&vec![0.0; rows]);
        self.tableau().unwrap_or_else(|| {
            // Nothing served: always a basis.
            self.key = (0..self.cells()).map(|cell| Var::Rest { cell }).collect();
            self.basis = (0..rows).map(|row| Var::Idle { row }).collect();
            Tableau {
                size: rows,
                inverse: Vec::new(),
                amounts: self.capacity.clone(),
                prices: vec![0.0; rows],
            }
        })
    }

    /// A variable with a large reduced gain, looking on from where the last was found; `None` where there is none at all.
    ///
    /// With `first` set, the first of all by number (Bland's rule, against cycling).
    fn entering(&mut self, prices: &[f64], tolerance: f64, first: bool) -> Option<Var> {
        let (mut best, mut choice) = (tolerance, None);
        for (row, &price) in prices.iter().enumerate() {
            if -price > best {
                (best, choice) = (-price, Some(Var::Idle { row }));
            }
        }
        let cells = self.cells();
        let from = if first { 0 } else { self.cursor };
        for scanned in 0..cells {
            let enough = if first { 1 } else { 40 + cells / 6 };
            if choice.is_some() && scanned >= enough {
                break;
            }
            let cell = if from + scanned < cells {
                from + scanned
            } else {
                from + scanned - cells
            };
            self.cursor = cell;
            let sold = match self.key[cell] {
                Var::Pair { column, .. } => {
                    let key = self.columns[column];
                    key.gain - prices[key.row] * key.hours
                }
                _ => 0.0,
            };
            if -sold > best {
                (best, choice) = (-sold, Some(Var::Rest { cell }));
            }
            let range = self.first[cell]..self.first[cell + 1];
            for (column, &Column { row, hours, gain }) in range.clone().zip(&self.columns[range]) {
                let reduced = gain - prices[row] * hours - sold;
                if reduced > best {
                    (best, choice) = (reduced, Some(Var::Pair { cell, column }));
                }
            }
        }
        choice
    }

    /// Brings a variable into the basis; the length of the step, or `None` where it is unbounded (it cannot be).
    fn pivot(&mut self, entering: Var, now: &mut Tableau, first: bool) -> Option<f64> {
        let fall = self.fall(entering, now);
        // Keys fall by the entering variable's part less what the working basis gives back; only in touched cells.
        let mut touched: Vec<(usize, f64, f64)> = Vec::with_capacity(4);
        let mut touch = |cell: Option<usize>, fall: f64, amount: f64| {
            if let Some(cell) = cell {
                match touched.iter_mut().find(|t| t.0 == cell) {
                    Some(t) => {
                        t.1 += fall;
                        t.2 -= amount;
                    }
                    None => touched.push((cell, fall, 1.0 - amount)),
                }
            }
        };
        touch(Self::cell_of(entering), 1.0, 0.0);
        for (k, &var) in self.basis.iter().enumerate() {
            touch(Self::cell_of(var), -fall[k], now.amounts[k]);
        }
        let in_basis = fall
            .iter()
            .zip(&now.amounts)
            .zip(&self.basis)
            .map(|((&f, &a), &var)| (f, a, var));
        let keys = touched.iter().map(|&(cell, f, a)| (f, a, self.key[cell]));
        let (step, leaving) = ratio_test(in_basis.chain(keys), first)?;
        add(&mut now.amounts, -step, &fall);
        if let Some(slot) = self.basis.iter().position(|&var| var == leaving) {
            self.replace(slot, entering, step, &fall, now);
            return Some(step);
        }
        let cell = Self::cell_of(leaving)?;
        if let Some(slot) = self
            .basis
            .iter()
            .position(|&var| Self::cell_of(var) == Some(cell))
        {
            self.change_key(cell, slot, now);
            let fall = self.fall(entering, now);
            self.replace(slot, entering, step, &fall, now);
        } else {
            self.key[cell] = entering;
        }
        Some(step)
    }

    /// How the working basis falls per unit of an entering variable.
    fn fall(&self, entering: Var, now: &Tableau) -> Vec<f64> {
        let mut fall = vec![0.0; now.size];
        let key = Self::cell_of(entering).and_then(|c| self.entry(self.key[c]));
        let parts = [self.entry(entering), key.map(|(row, hours)| (row, -hours))];
        for (row, hours) in parts.into_iter().flatten() {
            for (fall, line) in fall.iter_mut().zip(now.inverse.chunks_exact(now.size)) {
                *fall += hours * line[row];
            }
        }
        fall
    }

    /// Puts an entering variable into a slot of the working basis and updates inverse, prices and amounts.
    fn replace(
        &mut self,
        slot: usize,
        entering: Var,
        amount: f64,
        fall: &[f64],
        now: &mut Tableau,
    ) {
        let n = now.size;
        let key = Self::cell_of(entering).map(|c| self.key[c]);
        let worth = |var: Var, prices: &[f64]| {
            self.gain(var)
                - self
                    .entry(var)
                    .map_or(0.0, |(row, hours)| prices[row] * hours)
        };
        let reduced = worth(entering, &now.prices) - key.map_or(0.0, |key| worth(key, &now.prices));
        let pivot_row: Vec<f64> = now.inverse[slot * n..(slot + 1) * n]
            .iter()
            .map(|v| v / fall[slot])
            .collect();
        add(&mut now.prices, reduced, &pivot_row);
        for (k, line) in now.inverse.chunks_exact_mut(n).enumerate() {
            if k == slot {
                line.copy_from_slice(&pivot_row);
            } else if fall[k] != 0.0 {
                add(line, -fall[k], &pivot_row);
            }
        }
        now.amounts[slot] = amount;
        self.basis[slot] = entering;
    }

    /// Lets a cell's key and a column of the cell in the working basis change places.
    ///
    /// With key column K and other columns S, M of the cell, B has S − K and M − K; afterwards K − S and M − S. So row
    /// S of the inverse becomes minus the sum of the cell's rows, and all else stays.
    fn change_key(&mut self, cell: usize, slot: usize, now: &mut Tableau) {
        let n = now.size;
        let mut sum = vec![0.0; n];
        let mut amount = 1.0;
        for (k, &var) in self.basis.iter().enumerate() {
            if Self::cell_of(var) == Some(cell) {
                add(&mut sum, -1.0, &now.inverse[k * n..(k + 1) * n]);
                amount -= now.amounts[k];
            }
        }
        now.inverse[slot * n..(slot + 1) * n].copy_from_slice(&sum);
        now.amounts[slot] = amount;
        std::mem::swap(&mut self.key[cell], &mut self.basis[slot]);
    }
}

/// The variable that reaches zero first, with the step; ties go to the larger pivot, or (Bland) to the first variable.
fn ratio_test(
    candidates: impl Iterator<Item = (f64, f64, Var)>,
    first: bool,
) -> Option<(f64, Var)> {
    let mut best: Option<(f64, f64, Var)> = None;
    for (fall, amount, var) in candidates {
        if fall <= 1e-10 {
            continue;
        }
        let step = amount.max(0.0) / fall;
        let better = match best {
            None => true,
            Some((least, pivot, chosen)) => {
                step < least - STEP_TOLERANCE
                    || (step <= least + STEP_TOLERANCE
                        && if first { var < chosen } else { fall > pivot })
            }
        };
        if better {
            best = Some((step, fall, var));
        }
    }
    best.map(|(step, _, var)| (step, var))
}

#[cfg(test)]
mod tests;
