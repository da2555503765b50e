//! Responsible for: a seeded sample of whole tours, and what a stock achieves on it.
//! Not responsible for: enumerating them (`outcomes`), or for choosing a stock.
//!
//! Each batch is a Latin hypercube sample (`McKay`, Beckman, Conover 1979): in a batch of n tours something with
//! probability p happens in exactly n·p of them (the fraction by chance), in random places. Every single tour is still
//! drawn from the true distribution, so means are unbiased; they scatter much less than with independent tours.
//! Batches are independent of each other, so their scatter gives an honest standard error.

use super::demand::{Units, add_up, bill};
use super::outcomes::holds;
use super::problem::KitProblem;
use super::random::Stream;

/// Tours in one batch.
pub(super) const BATCH: usize = 250;

/// Sampled tours, each the demands of its jobs that need parts, in their order.
#[derive(Debug, Clone, Default)]
pub(super) struct Paths {
    units: Vec<(u32, u32)>,
    /// Where each job's units end.
    jobs: Vec<u32>,
    /// Where each tour's jobs end.
    tours: Vec<u32>,
}

/// What a stock achieves on a sample.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct SampledFill {
    pub(super) job_fill: f64,
    pub(super) tour_fill: f64,
    /// Standard error of the job fill, from the scatter between batches; 0 with fewer than two.
    pub(super) error: f64,
}

impl Paths {
    /// `count` tours, rounded up to whole batches.
    pub(super) fn sampled(problem: &KitProblem, count: usize, stream: &mut Stream) -> Self {
        let bills: Vec<Units> = (0..problem.items.len())
            .map(|item| bill(problem, item))
            .collect();
        let mut paths = Self::default();
        for _ in 0..count.div_ceil(BATCH) {
            paths.add_batch(problem, &bills, stream);
        }
        paths
    }

    fn add_batch(&mut self, problem: &KitProblem, bills: &[Units], stream: &mut Stream) {
        let mut places: Vec<u32> = (0..BATCH as u32).collect();
        let mut shows = [false; BATCH];
        // By tour: what the job at hand asks for there, and the jobs before it.
        let mut asked: Vec<Units> = vec![Units::new(); BATCH];
        let mut tours: Vec<(Units, Vec<u32>)> = vec![(Units::new(), Vec::new()); BATCH];
        for job in &problem.jobs {
            shows.fill(false);
            for &tour in stream.spread(job.show, &mut places) {
                shows[tour as usize] = true;
            }
            for wanted in &job.items {
                let bill = bills.get(wanted.item).map_or(&[][..], Vec::as_slice);
                for &tour in stream.spread(wanted.p, &mut places) {
                    if shows[tour as usize] {
                        asked[tour as usize].extend_from_slice(bill);
                    }
                }
            }
            for (units, (all, ends)) in asked.iter_mut().zip(&mut tours) {
                if !units.is_empty() {
                    add_up(units);
                    all.append(units);
                    ends.push(all.len() as u32);
                }
            }
        }
        for (units, ends) in &tours {
            let before = self.units.len() as u32;
            self.units.extend_from_slice(units);
            self.jobs.extend(ends.iter().map(|end| before + end));
            self.tours.push(self.jobs.len() as u32);
        }
    }

    /// How many tours.
    pub(super) fn count(&self) -> usize {
        self.tours.len()
    }

    /// Each tour as its jobs' units.
    pub(super) fn tours(&self) -> impl Iterator<Item = impl Iterator<Item = &[(u32, u32)]>> {
        let mut from = 0;
        self.tours.iter().map(move |&to| {
            let jobs = from..to as usize;
            from = to as usize;
            jobs.map(|job| self.job(job))
        })
    }

    fn job(&self, job: usize) -> &[(u32, u32)] {
        let end = |job: usize| self.jobs.get(job).map_or(0, |end| *end as usize);
        let from = job.checked_sub(1).map_or(0, end);
        self.units.get(from..end(job)).unwrap_or(&[])
    }

    /// Fill rates of a stock, each tour served job by job; 1 where no job needs any part.
    pub(super) fn fill(&self, stock: &[u32], partial: bool) -> SampledFill {
        let (mut needing, mut completed, mut whole_tours) = (0_u64, 0_u64, 0_u64);
        let mut batches: Vec<(u64, u64)> = Vec::with_capacity(self.count() / BATCH);
        let mut left = Vec::with_capacity(stock.len());
        for (n, tour) in self.tours().enumerate() {
            if n % BATCH == 0 {
                batches.push((0, 0));
            }
            left.clear();
            left.extend_from_slice(stock);
            let (mut asked, mut done) = (0, 0);
            for units in tour {
                let there = holds(&left, units);
                asked += 1;
                done += u64::from(there);
                if there || partial {
                    take(&mut left, units);
                }
            }
            needing += asked;
            completed += done;
            // Nothing is short on the tour exactly if every job is completed.
            whole_tours += u64::from(asked == done);
            if let Some(batch) = batches.last_mut() {
                batch.0 += asked;
                batch.1 += done;
            }
        }
        let job_fill = if needing > 0 {
            completed as f64 / needing as f64
        } else {
            1.0
        };
        SampledFill {
            job_fill,
            tour_fill: whole_tours as f64 / self.count().max(1) as f64,
            error: error(&batches, job_fill, needing as f64),
        }
    }
}

/// Standard error of the ratio Σ completed / Σ needing over independent batches (Cochran 1977, §6.4).
fn error(batches: &[(u64, u64)], ratio: f64, needing: f64) -> f64 {
    let count = batches.len() as f64;
    if batches.len() < 2 || needing <= 0.0 {
        return 0.0;
    }
    let squares: f64 = batches
        .iter()
        .map(|(asked, done)| (*done as f64 - ratio * *asked as f64).powi(2))
        .sum();
    (squares * count / (count - 1.0)).sqrt() / needing
}

/// Takes what is there of some units off a stock.
pub(super) fn take(stock: &mut [u32], units: &[(u32, u32)]) {
    for &(part, qty) in units {
        if let Some(held) = stock.get_mut(part as usize) {
            *held = held.saturating_sub(qty);
        }
    }
}
