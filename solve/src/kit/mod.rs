//! Responsible for: what a van should carry so that enough jobs are completed, at the least cost (`tourplan-kit/1`).
//! Not responsible for: where jobs, probabilities and stock come from, or what the answer means to a dealer.
//!
//! Numbers in, numbers out. The job fill is the share of the jobs needing parts that are completed, jobs in their
//! order. Small problems are enumerated, so their fill rates are exact; large ones are sampled with a seed, the kit
//! chosen on one sample and scored on a fresh one. Minimum cuts give kits around the target and a lower bound; bundles,
//! pruning and swapping go the last step; where it is small enough, every kit that could be better is looked at.

mod all_or_nothing;
mod closure;
mod demand;
mod exact;
mod maxflow;
mod optimise;
mod outcomes;
mod paths;
mod problem;
mod random;
mod score;
mod search;
mod shelf;
mod solution;
mod table;
#[cfg(test)]
mod tests;

pub use demand::{expectations, part_demand};
pub use problem::{
    BomLine, JobItem, KIT_SCHEMA, KitError, KitFault, KitItem, KitJob, KitPart, KitProblem,
    MAX_UNITS_PER_PART, UsePolicy, VanLimits,
};
pub use solution::{Fill, KitSolution, Method, PartExpectation};

use closure::price;
use optimise::{Effort, Found, optimise};
use outcomes::{Requirements, enumerated, sampled};
use random::Stream;
use score::Scorer;
use search::Limits;

/// Outcomes of [`job_fill_about`].
const ABOUT: usize = 4_000;

/// A fill this close below the target counts as the target: rounding of sums of probabilities.
const ROUNDING: f64 = 1e-11;

/// The standard normal's 99 % quantile.
const NORMAL_99: f64 = 2.326_347_874_040_841;

/// Answers a kit problem. The same problem and seed give the same answer; the seed matters only where sampling is
/// needed.
///
/// # Errors
/// [`KitError::Invalid`] where the problem is not well formed.
pub fn solve(problem: &KitProblem, seed: u64) -> Result<KitSolution, KitError> {
    problem.validate()?;
    let every = enumerated(problem);
    if let Some(requirements) = every
        && let Some(scorer) = Scorer::exact(problem, requirements.clone())
    {
        return Ok(solve_enumerated(problem, &requirements, &scorer));
    }
    Ok(solve_sampled(problem, seed))
}

/// Scores stocks as they are, all of them on the same outcomes.
///
/// # Errors
/// [`KitError::Invalid`] where the problem is not well formed or a stock has not one number per part.
pub fn evaluate(
    problem: &KitProblem,
    stocks: &[Vec<u32>],
    seed: u64,
) -> Result<Vec<Fill>, KitError> {
    let asked = KitProblem {
        evaluate: stocks.to_vec(),
        ..problem.clone()
    };
    asked.validate()?;
    let exact = enumerated(problem).and_then(|requirements| Scorer::exact(problem, requirements));
    let scorer = exact.unwrap_or_else(|| fresh_scorer(problem, seed));
    Ok(stocks.iter().map(|stock| scorer.fill(stock).0).collect())
}

/// The job fill of one stock on a few thousand outcomes: to some tenths of a point, for many questions in little time.
///
/// # Errors
/// As [`evaluate`].
pub fn job_fill_about(problem: &KitProblem, stock: &[u32], seed: u64) -> Result<f64, KitError> {
    let asked = KitProblem {
        evaluate: vec![stock.to_vec()],
        ..problem.clone()
    };
    asked.validate()?;
    let scorer = Scorer::sample(problem, ABOUT, &mut Stream::new(seed, 4));
    Ok(scorer.job_fill(stock))
}

fn solve_enumerated(
    problem: &KitProblem,
    requirements: &Requirements,
    scorer: &Scorer,
) -> KitSolution {
    let limits = Limits::of(problem, demand::caps(problem, &scorer.demand));
    let target = problem.target_job_fill;
    let effort = Effort {
        cuts: 40,
        swap: 4_000_000,
        tree: 20_000_000,
    };
    if let Some(table) = scorer.table() {
        let kit = table.best(&limits, target);
        let bound = price(&limits.cost, &kit);
        return answer(problem, scorer, Chosen::scored(scorer, kit), Some(bound));
    }
    let Found {
        mut kit, mut bound, ..
    } = optimise(problem, &limits, requirements, target, effort, None);
    if !demand::is_partial(problem) {
        // The bound is one for partial use, which needs more.
        bound = None;
        kit = all_or_nothing::cheaper(scorer, &limits, target, &kit, 2_000);
    }
    answer(problem, scorer, Chosen::scored(scorer, kit), bound)
}

/// A kit and its score.
struct Chosen {
    kit: Vec<u32>,
    fill: Fill,
    /// Standard error of the job fill.
    error: f64,
}

impl Chosen {
    fn scored(scorer: &Scorer, kit: Vec<u32>) -> Self {
        let (fill, error) = scorer.fill(&kit);
        Self { kit, fill, error }
    }
}

/// Chooses on one sample and scores on a fresh one; asks for more where that shows less.
///
/// The bound: the cheapest kit that truly reaches the target reaches, on the sample the cuts were made on, at least the
/// target less a few standard errors, so what the cuts prove for that lower target holds for it (Mak, Morton, Wood
/// 1999, for a bound in place of a mean). The error is that of the kit found, on a sample of that size.
fn solve_sampled(problem: &KitProblem, seed: u64) -> KitSolution {
    let scorer = fresh_scorer(problem, seed);
    let limits = Limits::of(problem, demand::caps(problem, &scorer.demand));
    let outcomes = sampled(problem, 2_000, &mut Stream::new(seed, 1));
    let effort = Effort {
        cuts: 24,
        swap: 6_000_000,
        tree: 0,
    };
    // All-or-nothing only: its kits are mended on a sample of their own.
    let trial = (!demand::is_partial(problem)).then(|| {
        let outcomes = (150_000 / problem.jobs.len().max(1)).clamp(500, 4_000);
        Scorer::sample(problem, outcomes, &mut Stream::new(seed, 2))
    });
    let target = problem.target_job_fill.min(scorer.most(&limits.caps));
    let mut asked = target;
    let mut best: Option<Chosen> = None;
    let (mut proven, mut near) = (None, None);
    for round in 0..5 {
        let Found {
            mut kit,
            bound,
            cut,
            edge,
        } = optimise(
            problem,
            &limits,
            &outcomes,
            asked.min(1.0),
            effort,
            near.as_ref(),
        );
        near = Some(edge);
        if let Some(trial) = &trial {
            kit = all_or_nothing::cheaper(trial, &limits, asked.min(1.0), &kit, 200);
        }
        let found = Chosen::scored(&scorer, kit);
        if round == 0 && demand::is_partial(problem) {
            let ratio = scorer.outcomes as f64 / outcomes.outcomes.max(1) as f64;
            let error = found.error * ratio.sqrt();
            proven = cut.map(|(bound, slope)| bound - slope * NORMAL_99 * error);
        }
        let fill = found.fill.job_fill;
        let reached = fill >= target - ROUNDING;
        if best.as_ref().is_none_or(|best| fill > best.fill.job_fill) {
            best = Some(found);
        }
        // Without a bound the van was too small on the sample already: asking for more cannot help.
        if reached || asked >= 1.0 || (bound.is_none() && demand::is_partial(problem)) {
            break;
        }
        asked = (asked + (target - fill) * 1.1 + 2e-4).min(1.0);
    }
    let best = best.unwrap_or_else(|| Chosen::scored(&scorer, vec![0; limits.caps.len()]));
    answer(problem, &scorer, best, proven)
}

fn fresh_scorer(problem: &KitProblem, seed: u64) -> Scorer {
    let jobs = problem.jobs.len().max(1);
    Scorer::sample(
        problem,
        (1_200_000 / jobs).clamp(4_000, 20_000),
        &mut Stream::new(seed, 3),
    )
}

fn answer(
    problem: &KitProblem,
    scorer: &Scorer,
    chosen: Chosen,
    bound: Option<f64>,
) -> KitSolution {
    let Chosen { kit, fill, error } = chosen;
    let cost = clean(price(
        &problem
            .parts
            .iter()
            .map(|part| part.cost)
            .collect::<Vec<_>>(),
        &kit,
    ));
    let target_met = fill.job_fill >= problem.target_job_fill - ROUNDING;
    let lower_bound = bound
        .filter(|_| target_met)
        .map(|bound| clean(bound).clamp(0.0, cost));
    let exact = scorer.method == Method::Enumeration;
    KitSolution {
        cost,
        job_fill: fill.job_fill,
        part_fill: fill.part_fill,
        tour_fill: fill.tour_fill,
        lower_bound,
        bound_confidence: lower_bound.map(|_| if exact { 1.0 } else { 0.99 }),
        gap: lower_bound.map(|bound| {
            if cost > 0.0 {
                (cost - bound) / cost
            } else {
                0.0
            }
        }),
        method: scorer.method,
        outcomes: scorer.outcomes,
        target_met,
        job_fill_error: error,
        evaluated: problem
            .evaluate
            .iter()
            .map(|stock| scorer.fill(stock).0)
            .collect(),
        kit,
    }
}

/// A sum of amounts without the rounding of the sum: to a millionth of a yuan.
fn clean(yuan: f64) -> f64 {
    (yuan * 1e6).round() / 1e6
}
