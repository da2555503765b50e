//! Responsible for: the fill rates of a given stock, under either use policy.
//! Not responsible for: choosing the stock.

use std::collections::BTreeMap;

use super::demand::{Units, is_partial, job_outcomes, part_demand, part_fill};
use super::outcomes::{ENUMERATION_LIMIT, Requirements, holds};
use super::paths::{Paths, take};
use super::problem::KitProblem;
use super::random::Stream;
use super::solution::{Fill, Method};
use super::table::Table;

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
    /// The same with the fill of every stock listed.
    Listed(Requirements, Table),
    /// Sampled tours; true = partial use.
    Sample(Paths, bool),
}

impl Scorer {
    /// On every outcome; `None` where all-or-nothing has too many to walk through.
    pub(super) fn exact(problem: &KitProblem, requirements: Requirements) -> Option<Self> {
        let outcomes = requirements.outcomes;
        let demand = part_demand(problem);
        let book = if is_partial(problem) {
            Book::Partial(requirements)
        } else {
            let jobs =
                (0..problem.jobs.len()).map(|job| job_outcomes(problem, job, ENUMERATION_LIMIT));
            let jobs = jobs.collect::<Option<Vec<_>>>()?;
            let most: Vec<usize> = demand.iter().map(|pmf| pmf.len() - 1).collect();
            let walks = jobs
                .iter()
                .fold(1_usize, |all, job| all.saturating_mul(job.len()));
            match Table::of(&jobs, &most) {
                Some(table) => Book::Listed(requirements, table),
                None if walks <= STATE_LIMIT => Book::AllOrNothing(requirements, jobs),
                None => return None,
            }
        };
        Some(Self {
            demand,
            method: Method::Enumeration,
            outcomes,
            book,
        })
    }

    /// On `count` outcomes drawn from the stream.
    pub(super) fn sample(problem: &KitProblem, count: usize, stream: &mut Stream) -> Self {
        let paths = Paths::sampled(problem, count, stream);
        Self {
            demand: part_demand(problem),
            method: Method::Sampling,
            outcomes: paths.count() as u64,
            book: Book::Sample(paths, is_partial(problem)),
        }
    }

    /// The three fill rates of a stock (one number per part), and the standard error of its job fill for a sample of
    /// this size; 0 where it is exact.
    pub(super) fn fill(&self, stock: &[u32]) -> (Fill, f64) {
        let (job_fill, tour_fill, error) = match &self.book {
            Book::Partial(all) => (all.job_fill(stock), all.tour_fill(stock), 0.0),
            Book::AllOrNothing(all, jobs) => {
                let job_fill = exact_all_or_nothing(jobs, stock);
                (job_fill, all.tour_fill(stock), 0.0)
            }
            Book::Listed(all, table) => (table.job_fill(stock), all.tour_fill(stock), 0.0),
            Book::Sample(paths, partial) => {
                let sampled = paths.fill(stock, *partial);
                (sampled.job_fill, sampled.tour_fill, sampled.error)
            }
        };
        let fill = Fill {
            job_fill,
            part_fill: part_fill(&self.demand, stock),
            tour_fill,
        };
        (fill, error)
    }

    /// The job fill alone.
    pub(super) fn job_fill(&self, stock: &[u32]) -> f64 {
        match &self.book {
            Book::Partial(all) => all.job_fill(stock),
            Book::AllOrNothing(_, jobs) => exact_all_or_nothing(jobs, stock),
            Book::Listed(_, table) => table.job_fill(stock),
            Book::Sample(paths, partial) => paths.fill(stock, *partial).job_fill,
        }
    }

    /// The job fill of the largest stock that these caps allow: all jobs, where no outcome asks for more of any part.
    pub(super) fn most(&self, caps: &[u32]) -> f64 {
        let mut parts = caps.iter().zip(&self.demand);
        if parts.all(|(cap, demand)| *cap as usize + 1 >= demand.len()) {
            return 1.0;
        }
        self.job_fill(caps)
    }

    /// The fill of every stock, where it is listed.
    pub(super) fn table(&self) -> Option<&Table> {
        match &self.book {
            Book::Listed(_, table) => Some(table),
            _ => None,
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

fn without(stock: &[u32], units: &[(u32, u32)]) -> Vec<u32> {
    let mut left = stock.to_vec();
    take(&mut left, units);
    left
}
