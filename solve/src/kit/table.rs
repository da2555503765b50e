//! Responsible for: the job fill of every stock at once where a job that cannot be completed uses nothing.
//! Not responsible for: problems with too many stocks to list (`score`), or for partial use (`exact`).
//!
//! Backwards over the jobs: with `V_i(s)` the expected number of jobs completed from job i on with stock s,
//! `V_i(s)` = `Σ_d P(d)`·(1 + `V_{i+1}`(s − d) where s ≥ d, else `V_{i+1}`(s)). The fill may fall when the
//! stock grows (a job completed early may starve two later ones), so the best kit is looked for among all of them.

use super::ROUNDING;
use super::closure::price;
use super::demand::Units;
use super::search::Limits;

/// The most stocks listed.
const MOST_STOCKS: usize = 1 << 22;
/// The most additions made to list them: stocks × outcomes of single jobs.
const MOST_WORK: usize = 400_000_000;

/// The job fill of every stock from nothing to all that can be asked for.
#[derive(Debug, Clone)]
pub(super) struct Table {
    /// Levels of each part: 0 to the most that can be asked for.
    levels: Vec<usize>,
    fill: Vec<f64>,
}

impl Table {
    /// From every outcome of each job; `None` where there are too many stocks. `most` = the most that can be asked for.
    pub(super) fn of(jobs: &[Vec<(Units, f64)>], most: &[usize]) -> Option<Self> {
        let levels: Vec<usize> = most.iter().map(|most| most + 1).collect();
        let stocks = levels
            .iter()
            .try_fold(1_usize, |all, levels| all.checked_mul(*levels))
            .filter(|stocks| *stocks <= MOST_STOCKS)?;
        let outcomes: usize = jobs.iter().map(Vec::len).sum();
        if stocks.saturating_mul(outcomes) > MOST_WORK {
            return None;
        }
        let mut table = Self {
            levels,
            fill: vec![0.0; stocks],
        };
        let mut needing = 0.0;
        for job in jobs.iter().rev() {
            let mut value = vec![0.0; stocks];
            for (units, chance) in job {
                needing += if units.is_empty() { 0.0 } else { *chance };
                table.add(&mut value, units, *chance);
            }
            table.fill = value;
        }
        for fill in &mut table.fill {
            *fill = if needing > 0.0 {
                (*fill / needing).min(1.0)
            } else {
                1.0
            };
        }
        Some(table)
    }

    /// Adds one outcome of a job to the value of every stock: rows of the first part's levels at a time.
    fn add(&self, value: &mut [f64], units: &[(u32, u32)], chance: f64) {
        let mut wanted = vec![0_usize; self.levels.len()];
        for &(part, qty) in units {
            if let Some(wanted) = wanted.get_mut(part as usize) {
                *wanted = qty as usize;
            }
        }
        let row = self.levels.first().copied().unwrap_or(1).max(1);
        let (first, others) = wanted.split_first().map_or((0, &[][..]), |(a, b)| (*a, b));
        let shift = self.place(&wanted);
        let mut held = vec![0_usize; others.len()];
        for (start, values) in value.chunks_mut(row).enumerate() {
            let start = start * row;
            let from = if !units.is_empty() && held.iter().zip(others).all(|(h, w)| h >= w) {
                first
            } else {
                row
            };
            for (value, later) in values.iter_mut().zip(&self.fill[start..]).take(from) {
                *value += chance * later;
            }
            if from < row {
                let later = &self.fill[start + from - shift..];
                for (value, later) in values.iter_mut().skip(from).zip(later) {
                    *value += chance * (1.0 + later);
                }
            }
            step(&mut held, self.levels.get(1..).unwrap_or(&[]));
        }
    }

    fn place(&self, stock: &[usize]) -> usize {
        let mut stride = 1;
        let mut place = 0;
        for (held, levels) in stock.iter().zip(&self.levels) {
            place += (*held).min(levels - 1) * stride;
            stride *= levels;
        }
        place
    }

    /// The job fill of a stock; more than can be asked for counts as that.
    pub(super) fn job_fill(&self, stock: &[u32]) -> f64 {
        let stock: Vec<usize> = stock.iter().map(|units| *units as usize).collect();
        self.fill.get(self.place(&stock)).copied().unwrap_or(1.0)
    }

    /// The cheapest kit within the limits that reaches the target; where none does, the one that fills the most, and of
    /// equal ones the cheapest.
    pub(super) fn best(&self, limits: &Limits, target: f64) -> Vec<u32> {
        let mut held = vec![0_usize; self.levels.len()];
        let mut best: Option<(f64, f64, Vec<u32>)> = None;
        for fill in &self.fill {
            // Whatever reaches the target is as good.
            let reaches = *fill >= target - ROUNDING;
            let counts = if reaches { f64::INFINITY } else { *fill };
            let promising = best
                .as_ref()
                .is_none_or(|(most, _, _)| counts >= most - ROUNDING);
            if promising && within(&held, &limits.caps) {
                let kit: Vec<u32> = held.iter().map(|held| *held as u32).collect();
                let cost = price(&limits.cost, &kit);
                let better = |(most, least, _): &(f64, f64, Vec<u32>)| {
                    counts > most + ROUNDING || cost < least - 1e-9
                };
                if best.as_ref().is_none_or(better) && limits.fits(&kit) {
                    let most = best.map_or(counts, |(most, _, _)| counts.max(most));
                    best = Some((most, cost, kit));
                }
            }
            step(&mut held, &self.levels);
        }
        best.map_or_else(|| vec![0; self.levels.len()], |(_, _, kit)| kit)
    }
}

fn within(held: &[usize], caps: &[u32]) -> bool {
    held.iter()
        .zip(caps)
        .all(|(held, cap)| *held <= *cap as usize)
}

/// The next stock in the table's order.
fn step(held: &mut [usize], levels: &[usize]) {
    for (held, levels) in held.iter_mut().zip(levels) {
        *held += 1;
        if *held < *levels {
            return;
        }
        *held = 0;
    }
}

#[cfg(test)]
mod tests;
