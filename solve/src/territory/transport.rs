//! The best allocation of cells to visited points: an exact linear program.
//!
//! maximise Σ gain·x  subject to  Σ over points x ≤ 1 per cell;  Σ hours·x ≤ capacity per point;  x ≥ 0.
//!
//! Responsible for: building the program for a set of visits, a greedy start at given hour prices (nearly optimal when they
//! come from a similar plan), and reading the result.
//! Not responsible for: pivoting (`simplex`), or which points are visited.

use super::model::Model;
use super::simplex::{Column, Simplex, Tableau, Var};

/// The best allocation for given hours.
#[derive(Debug, Clone, Default)]
pub(super) struct Allotment {
    /// Yuan.
    pub(super) value: f64,
    /// Yuan per further hour, for each point of the model (0 where not visited).
    pub(super) hour_price: Vec<f64>,
    /// Yuan at which each cell is already sold; 0 where some of it is left over.
    pub(super) cell_price: Vec<f64>,
    /// (cell, point, x) with x > 0, by point then cell.
    pub(super) served: Vec<(usize, usize, f64)>,
}

/// The best allocation where `capacity[p]` hours are offered at point p (`None`: not visited), starting at `hour_price`.
pub(super) fn allot(model: &Model, capacity: &[Option<f64>], hour_price: &[f64]) -> Allotment {
    let rows: Vec<usize> = (0..model.sites.len())
        .filter(|&p| capacity[p].is_some())
        .collect();
    let mut lp = Simplex::build(model, &rows, capacity);
    let start: Vec<f64> = rows
        .iter()
        .map(|&p| hour_price.get(p).copied().unwrap_or(0.0))
        .collect();
    lp.crash(&start);
    let end = lp.solve();
    lp.read(model, &rows, &end)
}

impl Simplex {
    fn build(model: &Model, rows: &[usize], capacity: &[Option<f64>]) -> Self {
        let mut count = vec![0usize; model.cells];
        for &p in rows {
            for item in &model.sites[p].items {
                count[item.cell] += 1;
            }
        }
        let names: Vec<usize> = (0..model.cells).filter(|&c| count[c] > 0).collect();
        let mut first = Vec::with_capacity(names.len() + 1);
        first.push(0);
        let mut total = 0;
        // `count` becomes the place of each cell's next column.
        for &c in &names {
            let here = total;
            total += count[c];
            count[c] = here;
            first.push(total);
        }
        let mut columns = vec![
            Column {
                row: 0,
                hours: 0.0,
                gain: 0.0
            };
            total
        ];
        for (row, &p) in rows.iter().enumerate() {
            for item in &model.sites[p].items {
                columns[count[item.cell]] = Column {
                    row,
                    hours: item.hours,
                    gain: item.gain,
                };
                count[item.cell] += 1;
            }
        }
        let key = (0..names.len()).map(|cell| Var::Rest { cell }).collect();
        Self {
            names,
            columns,
            first,
            capacity: rows
                .iter()
                .map(|&p| capacity[p].unwrap_or(0.0).max(0.0))
                .collect(),
            key,
            basis: (0..rows.len()).map(|row| Var::Idle { row }).collect(),
            cursor: 0,
        }
    }

    /// A feasible basis from a greedy allocation: cells with the most to lose choose first.
    pub(super) fn crash(&mut self, prices: &[f64]) {
        let mut left = self.capacity.clone();
        let mut order: Vec<(f64, usize)> = Vec::new();
        for c in 0..self.cells() {
            let (mut best, mut second) = (0.0, 0.0);
            for column in &self.columns[self.first[c]..self.first[c + 1]] {
                let net = column.gain - prices[column.row] * column.hours;
                if net > best {
                    (best, second) = (net, best);
                } else if net > second {
                    second = net;
                }
            }
            if best > 0.0 {
                order.push((best - second, c));
            }
        }
        order.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut done = vec![false; self.cells()];
        for (_, c) in order {
            done[c] = self.place(c, &mut left, |column| {
                column.gain - prices[column.row] * column.hours
            });
        }
        for (c, done) in done.into_iter().enumerate() {
            if !done {
                self.place(c, &mut left, |column| column.gain / column.hours.max(1e-12));
            }
        }
    }

    /// Serves a cell at its columns by falling worth while hours are left; whether anything was served.
    ///
    /// Each row is used up by at most one column, which becomes basic in it: the basis is triangular, so regular.
    fn place(&mut self, cell: usize, left: &mut [f64], worth: impl Fn(&Column) -> f64) -> bool {
        let mut choices: Vec<(f64, usize)> = (self.first[cell]..self.first[cell + 1])
            .map(|k| (worth(&self.columns[k]), k))
            .filter(|&(worth, _)| worth > 0.0)
            .collect();
        choices.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let (mut unserved, mut any) = (1.0, false);
        for (_, k) in choices {
            let Column { row, hours, .. } = self.columns[k];
            let var = Var::Pair { cell, column: k };
            if hours * unserved <= left[row] {
                left[row] -= hours * unserved;
                self.key[cell] = var;
                return true;
            }
            if left[row] > 1e-9 * hours {
                unserved -= left[row] / hours;
                left[row] = 0.0;
                self.basis[row] = var;
                any = true;
            }
        }
        any
    }

    /// Translates the basis into an allocation, its value, and a bound from the prices alone.
    fn read(&self, model: &Model, rows: &[usize], end: &Tableau) -> Allotment {
        let Tableau {
            amounts, prices, ..
        } = end;
        let mut rest: Vec<f64> = vec![1.0; self.cells()];
        let mut served = Vec::new();
        let mut value = 0.0;
        let mut serve = |cell: usize, column: usize, x: f64| {
            if x > 1e-12 {
                value += x * self.columns[column].gain;
                served.push((self.names[cell], rows[self.columns[column].row], x));
            }
        };
        for (&var, &amount) in self.basis.iter().zip(amounts) {
            if let Some(cell) = Self::cell_of(var) {
                rest[cell] -= amount.max(0.0);
            }
            if let Var::Pair { cell, column } = var {
                serve(cell, column, amount);
            }
        }
        for (cell, &key) in self.key.iter().enumerate() {
            if let Var::Pair { column, .. } = key {
                serve(cell, column, rest[cell]);
            }
        }
        served.sort_unstable_by_key(|&(cell, point, _)| (point, cell));
        let mut hour_price = vec![0.0; model.sites.len()];
        for (&p, &price) in rows.iter().zip(prices) {
            hour_price[p] = price.max(0.0);
        }
        let mut cell_price = vec![0.0; model.cells];
        for (c, &name) in self.names.iter().enumerate() {
            let own = &self.columns[self.first[c]..self.first[c + 1]];
            cell_price[name] = own.iter().fold(0.0, |m: f64, k| {
                m.max(k.gain - prices[k.row].max(0.0) * k.hours)
            });
        }
        Allotment {
            value,
            hour_price,
            cell_price,
            served,
        }
    }
}
