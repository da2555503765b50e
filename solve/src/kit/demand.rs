//! Responsible for: how many of each part a tour asks for, exactly.
//! Not responsible for: which jobs are completed (`score`), or what to carry.

use super::problem::{KitProblem, UsePolicy};
use super::solution::PartExpectation;

/// Units wanted: sorted by part, no part twice, no zeros.
pub(super) type Units = Vec<(u32, u32)>;

/// The tour's demand for each part: `pmf[part][units]` = probability of exactly so many units.
///
/// Exact by convolution. A vehicle's items share its one show-up variable: D = Y·Σ X·a, so its distribution is built
/// first and then mixed with "did not come". The problem must be valid.
pub fn part_demand(problem: &KitProblem) -> Vec<Vec<f64>> {
    let mut pmf = vec![vec![1.0]; problem.parts.len()];
    for job in &problem.jobs {
        let mut of_job: std::collections::BTreeMap<u32, Vec<f64>> =
            std::collections::BTreeMap::new();
        for wanted in &job.items {
            for (part, qty) in bill(problem, wanted.item) {
                let known = of_job.entry(part).or_insert_with(|| vec![1.0]);
                *known = mixed(known, wanted.p, qty as usize);
            }
        }
        for (part, mut demand) in of_job {
            for chance in &mut demand {
                *chance *= job.show;
            }
            if let Some(none) = demand.first_mut() {
                *none += 1.0 - job.show;
            }
            if let Some(sum) = pmf.get_mut(part as usize) {
                *sum = convolved(sum, &demand);
            }
        }
    }
    pmf
}

/// What is expected of each part when `stock` is carried. Missing entries of `stock` count as 0.
pub fn expectations(problem: &KitProblem, stock: &[u32]) -> Vec<PartExpectation> {
    let demand = part_demand(problem);
    demand
        .iter()
        .enumerate()
        .map(|(part, pmf)| expectation(pmf, stock.get(part).copied().unwrap_or(0)))
        .collect()
}

fn expectation(pmf: &[f64], stock: u32) -> PartExpectation {
    let held = f64::from(stock);
    let mut sum = PartExpectation {
        need: 0.0,
        shortage: 0.0,
        leftover: 0.0,
        available: 0.0,
    };
    for (units, chance) in pmf.iter().enumerate() {
        let units = units as f64;
        sum.need += chance * units;
        sum.shortage += chance * (units - held).max(0.0);
        sum.leftover += chance * (held - units).max(0.0);
        if units <= held {
            sum.available += chance;
        }
    }
    sum
}

/// Units served over units asked for; 1 where nothing is asked for.
pub(super) fn part_fill(demand: &[Vec<f64>], stock: &[u32]) -> f64 {
    let (mut need, mut served) = (0.0, 0.0);
    for (pmf, &held) in demand.iter().zip(stock) {
        let part = expectation(pmf, held);
        need += part.need;
        served += part.need - part.shortage;
    }
    if need > 0.0 { served / need } else { 1.0 }
}

/// (1−p)·f + p·f shifted by `qty`.
fn mixed(pmf: &[f64], p: f64, qty: usize) -> Vec<f64> {
    let mut out = vec![0.0; pmf.len() + qty];
    for (units, chance) in pmf.iter().enumerate() {
        if let Some(without) = out.get_mut(units) {
            *without += (1.0 - p) * chance;
        }
        if let Some(with) = out.get_mut(units + qty) {
            *with += p * chance;
        }
    }
    out
}

/// Distribution of the sum of two independent numbers of units; the tail that cannot happen is cut off.
fn convolved(a: &[f64], b: &[f64]) -> Vec<f64> {
    let mut out = vec![0.0; a.len() + b.len() - 1];
    for (x, chance) in a.iter().enumerate().filter(|(_, chance)| **chance > 0.0) {
        for (sum, other) in out.iter_mut().skip(x).zip(b) {
            *sum += chance * other;
        }
    }
    while out.len() > 1 && out.last() == Some(&0.0) {
        out.pop();
    }
    out
}

/// An item's parts as [`Units`]: lines of the same part together, lines of none left out.
pub(super) fn bill(problem: &KitProblem, item: usize) -> Units {
    let mut units: Units = Vec::new();
    for line in problem.items.get(item).map_or(&[][..], |item| &item.bom) {
        if line.qty > 0 {
            units.push((line.part as u32, line.qty));
        }
    }
    together(units)
}

/// Sorted by part, one entry per part.
pub(super) fn together(mut units: Units) -> Units {
    add_up(&mut units);
    units
}

/// [`together`], in place.
pub(super) fn add_up(units: &mut Units) {
    units.sort_unstable();
    units.dedup_by(|later, kept| {
        let same = later.0 == kept.0;
        if same {
            kept.1 += later.1;
        }
        same
    });
}

/// a + b, part by part.
pub(super) fn plus(a: &[(u32, u32)], b: &[(u32, u32)]) -> Units {
    let mut out = Units::with_capacity(a.len() + b.len());
    let (mut x, mut y) = (a.iter().copied().peekable(), b.iter().copied().peekable());
    loop {
        match (x.peek().copied(), y.peek().copied()) {
            (Some(left), Some(right)) if left.0 == right.0 => {
                out.push((left.0, left.1 + right.1));
                x.next();
                y.next();
            }
            (Some(left), Some(right)) if left.0 < right.0 => {
                out.push(left);
                x.next();
            }
            (Some(left), None) => {
                out.push(left);
                x.next();
            }
            (_, Some(right)) => {
                out.push(right);
                y.next();
            }
            (None, None) => return out,
        }
    }
}

/// Everything one job may ask for with its probability, equal outcomes merged, in order of the units; `None` past `limit`.
pub(super) fn job_outcomes(
    problem: &KitProblem,
    job: usize,
    limit: usize,
) -> Option<Vec<(Units, f64)>> {
    let job = problem.jobs.get(job)?;
    let mut outcomes: std::collections::BTreeMap<Units, f64> =
        std::collections::BTreeMap::from([(Units::new(), 1.0)]);
    for wanted in &job.items {
        let bill = bill(problem, wanted.item);
        if bill.is_empty() || wanted.p <= 0.0 {
            continue;
        }
        let mut next = std::collections::BTreeMap::new();
        for (units, chance) in outcomes {
            *next.entry(plus(&units, &bill)).or_insert(0.0) += chance * wanted.p;
            if wanted.p < 1.0 {
                *next.entry(units).or_insert(0.0) += chance * (1.0 - wanted.p);
            }
        }
        if next.len() > limit {
            return None;
        }
        outcomes = next;
    }
    for chance in outcomes.values_mut() {
        *chance *= job.show;
    }
    *outcomes.entry(Units::new()).or_insert(0.0) += 1.0 - job.show;
    Some(
        outcomes
            .into_iter()
            .filter(|(_, chance)| *chance > 0.0)
            .collect(),
    )
}

/// The most units of each part that are worth carrying: what could be asked for, what can be had, what one van holds.
pub(super) fn caps(problem: &KitProblem, demand: &[Vec<f64>]) -> Vec<u32> {
    let fits = |limit: Option<f64>, each: f64| match limit {
        Some(limit) if each > 0.0 => (limit / each * (1.0 + 1e-12))
            .floor()
            .min(f64::from(u32::MAX)) as u32,
        _ => u32::MAX,
    };
    problem
        .parts
        .iter()
        .zip(demand)
        .map(|(part, pmf)| {
            let asked = (pmf.len() - 1) as u32;
            asked
                .min(part.available.unwrap_or(u32::MAX))
                .min(fits(problem.van.volume_l, part.volume_l))
                .min(fits(problem.van.payload_kg, part.weight_kg))
        })
        .collect()
}

/// True where the policy lets a broken job use what is there.
pub(super) fn is_partial(problem: &KitProblem) -> bool {
    problem.policy == UsePolicy::Partial
}
