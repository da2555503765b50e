//! How kits as packed fare with jobs other than those they were chosen for.

use rayon::prelude::*;

use super::kits::{question, tour_policy};
use super::need::TourJobs;
use crate::domain::Catalogue;
use crate::domain::settings::PartsSettings;
use crate::plan::model::KitLine;
use crate::solve::kit::{self, KitProblem};

/// What becomes of the month's kits.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Fared {
    /// Share of all jobs needing parts that are completed.
    pub job_fill: f64,
    /// Pieces expected to be needed.
    pub needed: f64,
    /// Pieces expected to come back.
    pub leftover: f64,
}

/// Scores the kits of all tours on these jobs, which may need or show up otherwise than was thought.
///
/// Shares, not counts: the mean over tours, each weighted by its jobs that need parts. `seed` as in [`super::stage`].
pub fn fare(
    tours: &[TourJobs],
    kit: &[KitLine],
    catalogue: &Catalogue,
    settings: &PartsSettings,
    seed: u64,
) -> Fared {
    let of_tours = tours.par_iter().map(|tour| {
        let mut asked = question(tour, catalogue);
        asked.problem.policy = tour_policy(settings);
        let lines: Vec<&KitLine> = kit.iter().filter(|line| line.tour == tour.tour).collect();
        let stock = asked.carried(&lines);
        let expected = kit::expectations(&asked.problem, &stock);
        let needing = jobs_needing_parts(&asked.problem);
        let fill = kit::job_fill_about(&asked.problem, &stock, seed).ok();
        (expected, needing, fill)
    });
    // Summed in their order: the same on any number of threads.
    let of_tours: Vec<_> = of_tours.collect();
    let (mut all, mut completed, mut jobs) = (Fared::default(), 0.0, 0.0);
    for (expected, needing, fill) in of_tours {
        for part in expected {
            all.needed += part.need;
            all.leftover += part.leftover;
        }
        if let Some(fill) = fill {
            completed += needing * fill;
            jobs += needing;
        }
    }
    all.job_fill = if jobs > 0.0 { completed / jobs } else { 1.0 };
    all
}

/// Expected number of jobs that need at least one part: Σ q·(1 − Π(1 − p)).
fn jobs_needing_parts(problem: &KitProblem) -> f64 {
    let of_job = |job: &kit::KitJob| {
        let none: f64 = job.items.iter().map(|item| 1.0 - item.p).product();
        job.show * (1.0 - none)
    };
    problem.jobs.iter().map(of_job).sum()
}
