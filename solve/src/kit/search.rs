//! Responsible for: a good kit by adding bundles, taking away what is not needed, and swapping.
//! Not responsible for: proving how good it is (`closure`, `exact`).
//!
//! Parts are complements: a job needs all of its parts, so single parts alone stall. A bundle is what still misses for
//! some requirement, one item's bill of material, what a whole job may need, or one unit.

use std::collections::BTreeMap;

use super::demand::{Units, bill, together};
use super::outcomes::Requirements;
use super::problem::KitProblem;
use super::shelf::Shelf;

/// What the search may use: costs and limits, already in numbers per part.
#[derive(Debug, Clone)]
pub(super) struct Limits {
    /// Cost of one unit.
    pub(super) cost: Vec<f64>,
    /// The most units.
    pub(super) caps: Vec<u32>,
    volume_l: Vec<f64>,
    weight_kg: Vec<f64>,
    van_volume_l: f64,
    van_payload_kg: f64,
}

impl Limits {
    /// The limits of a problem.
    pub(super) fn of(problem: &KitProblem, caps: Vec<u32>) -> Self {
        Self {
            cost: problem.parts.iter().map(|part| part.cost).collect(),
            caps,
            volume_l: problem.parts.iter().map(|part| part.volume_l).collect(),
            weight_kg: problem.parts.iter().map(|part| part.weight_kg).collect(),
            van_volume_l: problem.van.volume_l.unwrap_or(f64::INFINITY),
            van_payload_kg: problem.van.payload_kg.unwrap_or(f64::INFINITY),
        }
    }

    /// True if the van takes this stock (a hair's breadth of rounding allowed).
    pub(super) fn fits(&self, stock: &[u32]) -> bool {
        super::closure::price(&self.volume_l, stock) <= self.van_volume_l * (1.0 + 1e-12)
            && super::closure::price(&self.weight_kg, stock) <= self.van_payload_kg * (1.0 + 1e-12)
    }

    /// Costs with the van's space priced in: `share` of a full van costs as much as `share · worth`.
    pub(super) fn cost_with_space(&self, worth: f64) -> Vec<f64> {
        let share = |each: f64, limit: f64| {
            if limit.is_finite() && limit > 0.0 {
                each / limit
            } else {
                0.0
            }
        };
        (0..self.cost.len())
            .map(|part| {
                let of = |list: &[f64]| list.get(part).copied().unwrap_or(0.0);
                let space = share(of(&self.volume_l), self.van_volume_l)
                    + share(of(&self.weight_kg), self.van_payload_kg);
                of(&self.cost) + worth * space
            })
            .collect()
    }

    /// Cost of several units.
    fn price(cost: &[f64], units: &[(u32, u32)]) -> f64 {
        units
            .iter()
            .map(|&(part, qty)| cost.get(part as usize).copied().unwrap_or(0.0) * f64::from(qty))
            .sum()
    }

    fn within_caps(&self, stock: &[u32], units: &[(u32, u32)]) -> bool {
        units.iter().all(|&(part, qty)| {
            let part = part as usize;
            match (stock.get(part), self.caps.get(part)) {
                (Some(held), Some(cap)) => held.saturating_add(qty) <= *cap,
                _ => false,
            }
        })
    }
}

/// The search on one set of outcomes.
#[derive(Debug)]
pub(super) struct Search<'a> {
    /// Costs and limits.
    pub(super) limits: &'a Limits,
    /// What the bundles are compared by; the same as `limits.cost` unless space is scarce.
    pub(super) cost: Vec<f64>,
    requirements: &'a Requirements,
    fixed: Vec<Units>,
}

impl<'a> Search<'a> {
    /// A search over these outcomes.
    pub(super) fn new(
        problem: &KitProblem,
        limits: &'a Limits,
        cost: Vec<f64>,
        requirements: &'a Requirements,
    ) -> Self {
        let mut fixed: Vec<Units> = (0..problem.parts.len())
            .map(|part| vec![(part as u32, 1)])
            .collect();
        fixed.extend((0..problem.items.len()).map(|item| bill(problem, item)));
        for job in &problem.jobs {
            fixed.push(together(
                job.items
                    .iter()
                    .flat_map(|wanted| bill(problem, wanted.item))
                    .collect(),
            ));
        }
        fixed.retain(|units| !units.is_empty());
        fixed.sort_unstable();
        fixed.dedup();
        Self {
            limits,
            cost,
            requirements,
            fixed,
        }
    }

    /// Adds the best bundle again and again until the threshold is reached or nothing that helps fits.
    pub(super) fn fill_up(&self, shelf: &mut Shelf, threshold: u64) {
        while shelf.covered < threshold {
            let room = threshold - shelf.covered;
            let mut best: Option<(f64, Units)> = None;
            for units in self.bundles(shelf, 200) {
                if !self.fits_with(shelf, &units) {
                    continue;
                }
                let before = shelf.covered;
                shelf.put_all(&units);
                let gain = (shelf.covered - before).min(room);
                shelf.take_all(&units);
                let worth = gain as f64 / Limits::price(&self.cost, &units).max(1e-9);
                if gain > 0 && best.as_ref().is_none_or(|(most, _)| worth > *most) {
                    best = Some((worth, units));
                }
            }
            let Some((_, units)) = best else { return };
            shelf.put_all(&units);
        }
    }

    /// Takes units off while the threshold holds, in two orders; keeps the cheaper result.
    pub(super) fn prune(&self, shelf: &mut Shelf, threshold: u64) {
        if shelf.covered < threshold {
            return;
        }
        let start = shelf.stock.clone();
        self.prune_dearest(shelf, threshold);
        let dearest = shelf.stock.clone();
        shelf.become_stock(&start);
        self.prune_least_loss(shelf, threshold);
        if self.price(&dearest) < self.price(&shelf.stock) {
            shelf.become_stock(&dearest);
        }
    }

    fn price(&self, stock: &[u32]) -> f64 {
        super::closure::price(&self.limits.cost, stock)
    }

    fn prune_dearest(&self, shelf: &mut Shelf, threshold: u64) {
        let mut parts: Vec<usize> = (0..shelf.stock.len()).collect();
        let cost = |part: &usize| self.cost.get(*part).copied().unwrap_or(0.0);
        parts.sort_by(|a, b| cost(b).total_cmp(&cost(a)).then(a.cmp(b)));
        for part in parts {
            while shelf.held(part) > 0 && shelf.covered - shelf.loss(part) >= threshold {
                shelf.take(part);
            }
        }
    }

    fn prune_least_loss(&self, shelf: &mut Shelf, threshold: u64) {
        loop {
            let mut best: Option<(f64, usize)> = None;
            for part in 0..shelf.stock.len() {
                if shelf.held(part) == 0 {
                    continue;
                }
                let loss = shelf.loss(part);
                if shelf.covered - loss < threshold {
                    continue;
                }
                let saved =
                    self.cost.get(part).copied().unwrap_or(0.0).max(1e-9) / (loss as f64 + 1.0);
                if best.is_none_or(|(most, _)| saved > most) {
                    best = Some((saved, part));
                }
            }
            let Some((_, part)) = best else { return };
            shelf.take(part);
        }
    }

    /// Adds a bundle, prunes, keeps it if cheaper; until nothing gets cheaper or `work` is used up.
    pub(super) fn swap(&self, shelf: &mut Shelf, threshold: u64, work: u64) {
        let stop = shelf.work.saturating_add(work);
        let mut best = shelf.stock.clone();
        let mut improved = true;
        while improved && shelf.work < stop {
            improved = false;
            for units in self.bundles(shelf, 60) {
                if shelf.work >= stop {
                    break;
                }
                if !self.limits.within_caps(&best, &units) {
                    continue;
                }
                shelf.become_stock(&best);
                shelf.put_all(&units);
                self.prune(shelf, threshold);
                if self.price(&shelf.stock) < self.price(&best) - 1e-9
                    && self.limits.fits(&shelf.stock)
                {
                    best.clone_from(&shelf.stock);
                    improved = true;
                }
            }
            shelf.become_stock(&best);
        }
        shelf.become_stock(&best);
    }

    /// Where the target is out of reach: trades units for bundles that cover more, as long as the van takes it.
    pub(super) fn trade(&self, shelf: &mut Shelf, work: u64, threshold: u64) {
        let stop = shelf.work.saturating_add(work);
        let mut improved = true;
        while improved && shelf.work < stop {
            improved = false;
            let (best, most) = (shelf.stock.clone(), shelf.covered);
            for units in self.bundles(shelf, 60) {
                if !self.limits.within_caps(&best, &units) {
                    continue;
                }
                shelf.put_all(&units);
                self.shed(shelf, &units);
                self.fill_up(shelf, threshold);
                if shelf.covered > most && self.limits.fits(&shelf.stock) {
                    improved = true;
                    break;
                }
                shelf.become_stock(&best);
                if shelf.work >= stop {
                    return;
                }
            }
        }
    }

    /// Takes off what loses least for its space until the van takes the rest; not what was just put there.
    pub(super) fn shed(&self, shelf: &mut Shelf, just_added: &[(u32, u32)]) {
        while !self.limits.fits(&shelf.stock) {
            let mut best: Option<(f64, usize)> = None;
            for part in 0..shelf.stock.len() {
                let added = just_added
                    .iter()
                    .find(|entry| entry.0 as usize == part)
                    .map_or(0, |entry| entry.1);
                if shelf.held(part) <= added {
                    continue;
                }
                let saved =
                    self.cost.get(part).copied().unwrap_or(0.0) / (shelf.loss(part) as f64 + 1.0);
                if saved > 0.0 && best.is_none_or(|(most, _)| saved > most) {
                    best = Some((saved, part));
                }
            }
            let Some((_, part)) = best else { return };
            shelf.take(part);
        }
    }

    fn fits_with(&self, shelf: &Shelf, units: &[(u32, u32)]) -> bool {
        if !self.limits.within_caps(&shelf.stock, units) {
            return false;
        }
        let mut stock = shelf.stock.clone();
        for &(part, qty) in units {
            if let Some(held) = stock.get_mut(part as usize) {
                *held += qty;
            }
        }
        self.limits.fits(&stock)
    }

    /// Bundles worth trying: the fixed ones, and the `most` most promising sets of units that complete something.
    fn bundles(&self, shelf: &mut Shelf, most: usize) -> Vec<Units> {
        let mut missing: BTreeMap<Units, f64> = BTreeMap::new();
        let mut looked_at = 0;
        for (row, (units, weight)) in self.requirements.rows.iter().enumerate() {
            if shelf.covers(row) {
                continue;
            }
            looked_at += 4;
            let lacking = || {
                units.iter().filter_map(|&(part, need)| {
                    let more = need.saturating_sub(shelf.held(part as usize));
                    (more > 0).then_some((part, more))
                })
            };
            if lacking().map(|entry| u64::from(entry.1)).sum::<u64>() <= 12 {
                looked_at += 8;
                *missing.entry(lacking().collect()).or_insert(0.0) += weight;
            }
        }
        shelf.work += self.requirements.rows.len() as u64 / 4 + looked_at;
        let mut ranked: Vec<(f64, Units)> = missing
            .into_iter()
            .map(|(units, weight)| (weight / Limits::price(&self.cost, &units).max(1e-9), units))
            .collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        ranked.truncate(most);
        ranked
            .into_iter()
            .map(|(_, units)| units)
            .chain(self.fixed.iter().cloned())
            .collect()
    }
}

#[cfg(test)]
mod tests;
