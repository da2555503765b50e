//! Responsible for: what can happen on a tour, as requirements on the stock: all of it where that is few enough, else a
//! seeded sample.
//! Not responsible for: choosing a stock.
//!
//! With partial use, job i is completed exactly if the stock holds what all jobs up to it asked for, in the parts it
//! needs itself: `L_ij` ≤ `S_j` for all j with `D_ij` > 0. So a tour is a weighted list of requirement vectors.

use std::collections::{BTreeMap, HashMap};

use super::demand::{Units, bill, job_outcomes, plus};
use super::paths::Paths;
use super::problem::KitProblem;
use super::random::Stream;

/// The most distinct outcomes that are enumerated.
pub(super) const ENUMERATION_LIMIT: usize = 1 << 16;

/// Requirement vectors with weights that sum to 1, equal vectors merged.
#[derive(Debug, Clone, Default)]
pub(super) struct Requirements {
    /// Each is completed exactly if the stock holds all its units.
    pub(super) rows: Vec<(Units, f64)>,
    /// What the whole tour asks for, with probabilities that sum to 1 (enumeration only).
    pub(super) totals: Vec<(Units, f64)>,
    /// Distinct outcomes, or sampled ones.
    pub(super) outcomes: u64,
}

impl Requirements {
    /// Share of the jobs needing parts that `stock` completes with partial use; 1 where none needs any.
    pub(super) fn job_fill(&self, stock: &[u32]) -> f64 {
        if self.rows.is_empty() {
            1.0
        } else {
            covered(&self.rows, stock).min(1.0)
        }
    }

    /// Probability that `stock` holds everything the tour asks for.
    pub(super) fn tour_fill(&self, stock: &[u32]) -> f64 {
        covered(&self.totals, stock).min(1.0)
    }

    fn normalise(&mut self) {
        let sum: f64 = self.rows.iter().map(|row| row.1).sum();
        if sum > 0.0 {
            for row in &mut self.rows {
                row.1 /= sum;
            }
        }
    }
}

fn covered(rows: &[(Units, f64)], stock: &[u32]) -> f64 {
    rows.iter()
        .filter(|(units, _)| holds(stock, units))
        .map(|(_, weight)| weight)
        .sum()
}

/// True if `stock` holds all of `units`.
pub(super) fn holds(stock: &[u32], units: &[(u32, u32)]) -> bool {
    units
        .iter()
        .all(|&(part, qty)| stock.get(part as usize).is_some_and(|&held| held >= qty))
}

/// Every outcome, going job by job and merging equal totals; `None` where there are too many.
pub(super) fn enumerated(problem: &KitProblem) -> Option<Requirements> {
    if certainly_too_many(problem) {
        return None;
    }
    let mut so_far: BTreeMap<Units, f64> = BTreeMap::from([(Units::new(), 1.0)]);
    let mut rows: BTreeMap<Units, f64> = BTreeMap::new();
    for job in 0..problem.jobs.len() {
        let own = job_outcomes(problem, job, ENUMERATION_LIMIT)?;
        if so_far.len().saturating_mul(own.len()) > ENUMERATION_LIMIT * 8 {
            return None;
        }
        let mut next: BTreeMap<Units, f64> = BTreeMap::new();
        for (before, chance) in &so_far {
            for (units, own_chance) in &own {
                let after = plus(before, units);
                if !units.is_empty() {
                    *rows.entry(restricted(&after, units)).or_insert(0.0) += chance * own_chance;
                }
                *next.entry(after).or_insert(0.0) += chance * own_chance;
            }
            if next.len() > ENUMERATION_LIMIT || rows.len() > ENUMERATION_LIMIT {
                return None;
            }
        }
        so_far = next;
    }
    let outcomes = so_far.len() as u64;
    let mut found = Requirements {
        rows: rows.into_iter().collect(),
        totals: so_far.into_iter().collect(),
        outcomes,
    };
    found.normalise();
    Some(found)
}

/// True if the totals alone are more than are enumerated. A bill with a part of its own, that may be wanted and may not
/// be wanted by any job, is in the total or not whatever else happens: m such bills make 2^m totals.
fn certainly_too_many(problem: &KitProblem) -> bool {
    let bills: Vec<Units> = (0..problem.items.len())
        .map(|item| bill(problem, item))
        .collect();
    let mut bills_with = vec![0_u32; problem.parts.len()];
    for &(part, _) in bills.iter().flatten() {
        if let Some(count) = bills_with.get_mut(part as usize) {
            *count += 1;
        }
    }
    let (mut may_be, mut may_not_be) = (vec![false; bills.len()], vec![true; bills.len()]);
    for job in problem.jobs.iter().filter(|job| job.show > 0.0) {
        for wanted in job.items.iter().filter(|wanted| wanted.p > 0.0) {
            if let (Some(may), Some(may_not)) =
                (may_be.get_mut(wanted.item), may_not_be.get_mut(wanted.item))
            {
                *may = true;
                *may_not &= wanted.p < 1.0;
            }
        }
    }
    let own = |bill: &Units| {
        bill.iter()
            .any(|&(part, _)| bills_with.get(part as usize) == Some(&1))
    };
    let free = bills.iter().zip(may_be.iter().zip(&may_not_be));
    let free = free.filter(|(bill, (may, may_not))| **may && **may_not && own(bill));
    free.count() > ENUMERATION_LIMIT.ilog2() as usize
}

/// `count` outcomes drawn from the stream.
pub(super) fn sampled(problem: &KitProblem, count: usize, stream: &mut Stream) -> Requirements {
    let paths = Paths::sampled(problem, count, stream);
    let mut total = Requirements {
        outcomes: paths.count() as u64,
        ..Requirements::default()
    };
    let mut known: HashMap<Units, usize> = HashMap::new();
    let mut so_far = vec![0_u32; problem.parts.len()];
    let each = 1.0 / paths.count().max(1) as f64;
    paths.each_demand(|first, units| {
        if first {
            so_far.fill(0);
        }
        let mut required = units.to_vec();
        for entry in &mut required {
            if let Some(sum) = so_far.get_mut(entry.0 as usize) {
                *sum += entry.1;
                entry.1 = *sum;
            }
        }
        let next = total.rows.len();
        let row = *known.entry(required).or_insert_with_key(|units| {
            total.rows.push((units.clone(), 0.0));
            next
        });
        if let Some(row) = total.rows.get_mut(row) {
            row.1 += each;
        }
    });
    total.normalise();
    total
}

/// `all` in the parts that `own` needs.
fn restricted(all: &[(u32, u32)], own: &[(u32, u32)]) -> Units {
    let mut own = own.iter().map(|entry| entry.0).peekable();
    let mut out = Units::new();
    for &entry in all {
        if own.peek() == Some(&entry.0) {
            own.next();
            out.push(entry);
        }
    }
    out
}

#[cfg(test)]
mod tests;
