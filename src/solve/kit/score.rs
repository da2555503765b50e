//! Responsible for: the fill rates of a given stock, under either use policy.
//! Not responsible for: choosing the stock.

use std::collections::BTreeMap;

use super::demand::{Units, is_partial, job_outcomes, part_demand, part_fill};
use super::outcomes::{ENUMERATION_LIMIT, Paths, Requirements, holds};
use super::problem::KitProblem;
use super::random::Stream;
use super::solution::{Fill, Method};

/// The most states the exact all-or-nothing evaluation may walk through.
const STATE_LIMIT: usize = 1 << 18;

/// Everything needed to score stocks of one problem, all of them on the same outcomes.
#[derive(Debug, Clone)]
pub(super) struct Scorer {
    /// Exact demand per part.
    pub(super) demand: Vec<Vec<f64>>,
    /// Exact or sampled.
    pub(super) method: Method,
    /// Distinct outcomes enumerated, or outcomes sampled.
    pub(super) outcomes: u64,
    book: Book,
}

/// What can happen, in the form the policy needs.
#[derive(Debug, Clone)]
enum Book {
    /// Every outcome, partial use.
    Partial(Requirements),
    /// Every outcome of each job, all-or-nothing; the requirements serve the tour fill.
    AllOrNothing(Requirements, Vec<Vec<(Units, f64)>>),
    /// Sampled tours; true = partial use.
    Sample(Paths, bool),
}

impl Scorer {
    /// On every outcome; `None` where all-or-nothing has too many to walk through.
    pub(super) fn exact(problem: &KitProblem, requirements: Requirements) -> Option<Self> {
        let outcomes = requirements.outcomes;
        let book = if is_partial(problem) {
            Book::Partial(requirements)
        } else {
            let jobs =
                (0..problem.jobs.len()).map(|job| job_outcomes(problem, job, ENUMERATION_LIMIT));
            let jobs = jobs.collect::<Option<Vec<_>>>()?;
            if jobs
                .iter()
                .fold(1_usize, |all, job| all.saturating_mul(job.len()))
                > STATE_LIMIT
            {
                return None;
            }
            Book::AllOrNothing(requirements, jobs)
        };
        Some(Self {
            demand: part_demand(problem),
            method: Method::Enumeration,
            outcomes,
            book,
        })
    }

    /// On `count` outcomes drawn from the stream.
    pub(super) fn sample(problem: &KitProblem, count: usize, stream: &mut Stream) -> Self {
        let book = Book::Sample(Paths::sampled(problem, count, stream), is_partial(problem));
        Self {
            demand: part_demand(problem),
            method: Method::Sampling,
            outcomes: count as u64,
            book,
        }
    }

    /// The three fill rates of a stock (one number per part).
    pub(super) fn fill(&self, stock: &[u32]) -> Fill {
        let part_fill = part_fill(&self.demand, stock);
        match &self.book {
            Book::Partial(all) => Fill {
                job_fill: all.job_fill(stock),
                part_fill,
                tour_fill: all.tour_fill(stock),
            },
            Book::AllOrNothing(all, jobs) => Fill {
                job_fill: exact_all_or_nothing(jobs, stock),
                part_fill,
                tour_fill: all.tour_fill(stock),
            },
            Book::Sample(paths, partial) => {
                let (job_fill, tour_fill) = sampled_fill(paths, stock, *partial);
                Fill {
                    job_fill,
                    part_fill,
                    tour_fill,
                }
            }
        }
    }

    /// The job fill alone.
    pub(super) fn job_fill(&self, stock: &[u32]) -> f64 {
        match &self.book {
            Book::Partial(all) => all.job_fill(stock),
            Book::AllOrNothing(_, jobs) => exact_all_or_nothing(jobs, stock),
            Book::Sample(paths, partial) => sampled_fill(paths, stock, *partial).0,
        }
    }
}

/// Walks the distribution of the stock left over, job by job.
fn exact_all_or_nothing(jobs: &[Vec<(Units, f64)>], stock: &[u32]) -> f64 {
    let mut left: BTreeMap<Vec<u32>, f64> = BTreeMap::from([(stock.to_vec(), 1.0)]);
    let (mut needing, mut completed) = (0.0, 0.0);
    for job in jobs {
        let mut next: BTreeMap<Vec<u32>, f64> = BTreeMap::new();
        for (stock, chance) in left {
            let mut unchanged = 0.0;
            for (units, own) in job {
                let joint = chance * own;
                if units.is_empty() {
                    unchanged += joint;
                    continue;
                }
                needing += joint;
                if holds(&stock, units) {
                    completed += joint;
                    *next.entry(without(&stock, units)).or_insert(0.0) += joint;
                } else {
                    unchanged += joint;
                }
            }
            if unchanged > 0.0 {
                *next.entry(stock).or_insert(0.0) += unchanged;
            }
        }
        left = next;
    }
    if needing > 0.0 {
        (completed / needing).min(1.0)
    } else {
        1.0
    }
}

/// Job fill and tour fill over sampled tours, each served job by job.
fn sampled_fill(paths: &Paths, stock: &[u32], partial: bool) -> (f64, f64) {
    let (mut needing, mut completed, mut whole_tours) = (0_u64, 0_u64, 0_u64);
    let mut left = Vec::with_capacity(stock.len());
    for path in &paths.0 {
        left.clear();
        left.extend_from_slice(stock);
        let before = completed;
        for units in path {
            let there = holds(&left, units);
            completed += u64::from(there);
            if there || partial {
                take(&mut left, units);
            }
        }
        needing += path.len() as u64;
        // Nothing is short on the tour exactly if every job is completed.
        whole_tours += u64::from(completed - before == path.len() as u64);
    }
    let job_fill = if needing > 0 {
        completed as f64 / needing as f64
    } else {
        1.0
    };
    (job_fill, whole_tours as f64 / paths.0.len().max(1) as f64)
}

fn without(stock: &[u32], units: &[(u32, u32)]) -> Vec<u32> {
    let mut left = stock.to_vec();
    take(&mut left, units);
    left
}

fn take(stock: &mut [u32], units: &[(u32, u32)]) {
    for &(part, qty) in units {
        if let Some(held) = stock.get_mut(part as usize) {
            *held = held.saturating_sub(qty);
        }
    }
}
