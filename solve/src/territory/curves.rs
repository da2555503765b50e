//! What hours at a point are worth when the cells have prices: a fractional knapsack per point.
//!
//! Responsible for: `G_p(c) = max { Σ (gain − price)⁺·x : Σ hours·x ≤ c, 0 ≤ x ≤ 1 }`, a concave curve, for every point p.
//! For any cell prices u ≥ 0, Σ u + the sum of `G_p(capacity of p)` is at least what any allocation brings (weak duality).
//! Not responsible for: where the prices come from.

use super::model::Model;

/// The curves of all points at the current cell prices.
#[derive(Debug, Clone)]
pub(super) struct Curves {
    of_point: Vec<Curve>,
    /// Price of each cell.
    pub(super) cell_price: Vec<f64>,
    /// Room to sort in.
    ranked: Vec<(f64, usize)>,
}

#[derive(Debug, Clone, Default)]
struct Curve {
    /// Items of the site worth taking, by falling net gain per hour.
    order: Vec<usize>,
    /// Hours up to and including each of them.
    hours: Vec<f64>,
    /// Net gain up to and including each of them.
    gain: Vec<f64>,
    /// Net gain of items that take no hours.
    free: f64,
}

impl Curves {
    /// The curves at cell prices 0.
    pub(super) fn new(model: &Model) -> Self {
        let cell_price = vec![0.0; model.cells];
        let mut curves = Self {
            of_point: vec![Curve::default(); model.sites.len()],
            cell_price: cell_price.clone(),
            ranked: Vec::new(),
        };
        let points: Vec<usize> = (0..model.sites.len()).collect();
        curves.reprice_at(model, &cell_price, &points);
        curves
    }

    /// Moves to other prices; returns for each point whether its curve changed.
    pub(super) fn reprice(&mut self, model: &Model, cell_price: &[f64]) -> Vec<bool> {
        let moved: Vec<bool> = self
            .cell_price
            .iter()
            .zip(cell_price)
            .map(|(a, b)| a != b)
            .collect();
        self.cell_price.copy_from_slice(cell_price);
        (0..self.of_point.len())
            .map(|p| {
                let changed = model.sites[p].items.iter().any(|item| moved[item.cell]);
                if changed {
                    self.of_point[p].rebuild(model, p, cell_price, &mut self.ranked);
                }
                changed
            })
            .collect()
    }

    /// Moves to other prices at some points; the curves of all others are out of date from then on.
    pub(super) fn reprice_at(&mut self, model: &Model, cell_price: &[f64], points: &[usize]) {
        self.cell_price.copy_from_slice(cell_price);
        for &p in points {
            self.of_point[p].rebuild(model, p, cell_price, &mut self.ranked);
        }
    }

    /// `G_p(hours)`.
    pub(super) fn worth(&self, point: usize, hours: f64) -> f64 {
        let curve = &self.of_point[point];
        let full = curve.hours.partition_point(|&h| h <= hours);
        let (used, gain) = if full == 0 {
            (0.0, 0.0)
        } else {
            (curve.hours[full - 1], curve.gain[full - 1])
        };
        if full == curve.hours.len() {
            return curve.free + gain;
        }
        curve.free + gain + (curve.gain[full] - gain) * (hours - used) / (curve.hours[full] - used)
    }

    /// Slope of `G_p` at these hours: yuan per further hour.
    pub(super) fn slope(&self, point: usize, hours: f64) -> f64 {
        let curve = &self.of_point[point];
        let full = curve.hours.partition_point(|&h| h <= hours);
        if full == curve.hours.len() {
            return 0.0;
        }
        let (used, gain) = if full == 0 {
            (0.0, 0.0)
        } else {
            (curve.hours[full - 1], curve.gain[full - 1])
        };
        (curve.gain[full] - gain) / (curve.hours[full] - used)
    }

    /// The best load behind `G_p(hours)`: calls `take(cell, x)` for every cell with x > 0.
    pub(super) fn load(
        &self,
        model: &Model,
        point: usize,
        hours: f64,
        mut take: impl FnMut(usize, f64),
    ) {
        let curve = &self.of_point[point];
        for item in &model.sites[point].items {
            if item.hours <= 0.0 && item.gain > self.cell_price[item.cell] {
                take(item.cell, 1.0);
            }
        }
        let mut used = 0.0;
        for (&k, &end) in curve.order.iter().zip(&curve.hours) {
            let cell = model.sites[point].items[k].cell;
            if end <= hours {
                take(cell, 1.0);
            } else {
                if hours > used {
                    take(cell, (hours - used) / (end - used));
                }
                return;
            }
            used = end;
        }
    }
}

impl Curve {
    fn rebuild(
        &mut self,
        model: &Model,
        point: usize,
        cell_price: &[f64],
        ranked: &mut Vec<(f64, usize)>,
    ) {
        let items = &model.sites[point].items;
        ranked.clear();
        self.free = 0.0;
        for (k, item) in items.iter().enumerate() {
            let net = item.gain - cell_price[item.cell];
            if net > 0.0 {
                if item.hours > 0.0 {
                    ranked.push((net / item.hours, k));
                } else {
                    self.free += net;
                }
            }
        }
        ranked.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        self.order.clear();
        self.hours.clear();
        self.gain.clear();
        let (mut hours, mut gain) = (0.0, 0.0);
        for &(_, k) in ranked.iter() {
            hours += items[k].hours;
            gain += items[k].gain - cell_price[items[k].cell];
            self.order.push(k);
            self.hours.push(hours);
            self.gain.push(gain);
        }
    }
}
