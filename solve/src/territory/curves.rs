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
    /// Price of each contested cell.
    cell_price: Vec<f64>,
    /// Room to sort in.
    ranked: Vec<(f64, usize)>,
}

#[derive(Debug, Clone, Default)]
struct Curve {
    /// Items of cells that nobody contests, by falling gain per hour: their price is 0, so their order never changes.
    own: Vec<(f64, usize)>,
    /// Items of contested cells, with the cells' prices.
    shared: Vec<(usize, f64)>,
    /// Net gain of own items that take no hours.
    own_free: f64,
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
        let cell_price = vec![0.0; model.contested];
        let mut ranked = Vec::new();
        let points = 0..model.sites.len();
        Self {
            of_point: points
                .map(|p| Curve::new(model, p, &cell_price, &mut ranked))
                .collect(),
            cell_price,
            ranked,
        }
    }

    /// Moves to other prices of the contested cells; returns for each point whether its curve changed.
    pub(super) fn reprice(&mut self, model: &Model, cell_price: &[f64]) -> Vec<bool> {
        self.cell_price.copy_from_slice(cell_price);
        let curves = self.of_point.iter_mut().enumerate();
        curves
            .map(|(p, curve)| curve.reprice(model, p, cell_price, &mut self.ranked))
            .collect()
    }

    /// Moves to other prices at some points; the curves of all others are out of date from then on.
    pub(super) fn reprice_at(&mut self, model: &Model, cell_price: &[f64], points: &[usize]) {
        self.cell_price.copy_from_slice(cell_price);
        for &p in points {
            self.of_point[p].reprice(model, p, cell_price, &mut self.ranked);
        }
    }

    /// The price that counts: none where nobody contests the cell.
    fn price(&self, cell: usize) -> f64 {
        self.cell_price.get(cell).copied().unwrap_or(0.0)
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
            if item.hours <= 0.0 && item.gain > self.price(item.cell) {
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
    fn new(
        model: &Model,
        point: usize,
        cell_price: &[f64],
        ranked: &mut Vec<(f64, usize)>,
    ) -> Self {
        let mut curve = Self::default();
        for (k, item) in model.sites[point].items.iter().enumerate() {
            if item.cell < model.contested {
                curve.shared.push((k, cell_price[item.cell]));
            } else if item.hours > 0.0 {
                curve.own.push((item.gain / item.hours, k));
            } else {
                curve.own_free += item.gain;
            }
        }
        curve.own.sort_unstable_by(by_falling_worth);
        curve.rebuild(model, point, ranked);
        curve
    }

    /// Moves to other prices; whether one of this point's cells has another.
    fn reprice(
        &mut self,
        model: &Model,
        point: usize,
        cell_price: &[f64],
        ranked: &mut Vec<(f64, usize)>,
    ) -> bool {
        let items = &model.sites[point].items;
        let mut changed = false;
        for (k, price) in &mut self.shared {
            let new = cell_price[items[*k].cell];
            changed |= *price != new;
            *price = new;
        }
        if changed {
            self.rebuild(model, point, ranked);
        }
        changed
    }

    fn rebuild(&mut self, model: &Model, point: usize, ranked: &mut Vec<(f64, usize)>) {
        let items = &model.sites[point].items;
        ranked.clear();
        self.free = self.own_free;
        for (place, &(k, price)) in self.shared.iter().enumerate() {
            let item = items[k];
            let net = item.gain - price;
            if net > 0.0 {
                if item.hours > 0.0 {
                    ranked.push((net / item.hours, place));
                } else {
                    self.free += net;
                }
            }
        }
        ranked.sort_unstable_by(by_falling_worth);
        self.order.clear();
        self.hours.clear();
        self.gain.clear();
        let (mut hours, mut gain) = (0.0, 0.0);
        let mut own = self.own.iter().peekable();
        let mut shared = ranked.iter().peekable();
        loop {
            // Of equal ones, the own item.
            let own_first = match (own.peek(), shared.peek()) {
                (Some(a), Some(b)) => a.0 >= b.0,
                (a, _) => a.is_some(),
            };
            let (k, price) = if own_first {
                let Some(&(_, k)) = own.next() else { break };
                (k, 0.0)
            } else {
                let Some(&(_, place)) = shared.next() else {
                    break;
                };
                self.shared[place]
            };
            hours += items[k].hours;
            gain += items[k].gain - price;
            self.order.push(k);
            self.hours.push(hours);
            self.gain.push(gain);
        }
    }
}

/// More yuan an hour first; equal ones by place.
fn by_falling_worth(a: &(f64, usize), b: &(f64, usize)) -> std::cmp::Ordering {
    b.0.total_cmp(&a.0).then(a.1.cmp(&b.1))
}
