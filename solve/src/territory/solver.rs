//! The door of the territory engine: a problem, a seed and a work budget in, a solution out.
//!
//! Responsible for: the order of the steps, when to stop, and writing the result in the contract's words.
//! Not responsible for: the steps themselves, and the clock, which belongs to the caller.

use super::bound::{Bound, Progress};
use super::evaluate::{Score, evaluate};
use super::facts::Violation;
use super::model::Model;
use super::pins::{cannot_be_pinned, impossible_pin, not_together};
use super::plan::{Plan, Trip};
use super::problem::{Pin, Problem};
use super::search::{HANDS, Search};
use super::solution::{Allocation, SOLUTION_SCHEMA, Solution, StoppedBy, TourPlan};
use super::transport::{Allotment, allot};

/// Most iterations of a default search; larger problems get fewer, see [`default_iterations`].
pub const DEFAULT_ITERATIONS: u64 = 6000;
/// Pairs × days beyond which they become fewer.
const SMALL: f64 = 1100.0;
/// Fewest iterations of a default search.
const LEAST_ITERATIONS: u64 = 700;
/// Beyond a dealer's month of so many pairs there are more tours to settle: an iteration more for every few pairs, up to
/// as many as said last.
const DEALER_PAIRS: u64 = 2000;
const PAIRS_PER_ITERATION: u64 = 3;
const MORE_ITERATIONS: u64 = 1300;
/// Work on the bound in an iteration, about the number of additions.
const BOUND_WORK: u64 = 800_000;
/// Tells the seed of the second search from that of the first.
const SECOND: u64 = 0x5EC0_17D5;
/// Rounds without a better plan after which the search ends.
const STALE_ROUNDS: u64 = 4000;
/// Rounds done in any case, whatever the budget, while a pin is not kept.
const PIN_ROUNDS: u64 = 400;

/// How much work a search may do.
#[derive(Clone, Copy)]
pub struct Budget<'a> {
    /// Most iterations.
    pub iterations: u64,
    /// Asked before each iteration; `true` ends the search. The clock lives with the caller.
    pub stop: Option<&'a dyn Fn() -> bool>,
}

/// Iterations that give a good plan in seconds, a dealer's month in less than one: all of them for small problems, fewer
/// as pairs and days (and so the time of an iteration) grow, more again where a plan has many tours.
pub fn default_iterations(problem: &Problem) -> u64 {
    let pairs = problem.pairs.len();
    let size = pairs as f64 * problem.days.len() as f64;
    let iterations = DEFAULT_ITERATIONS as f64 * (SMALL / (size + SMALL)).sqrt();
    let beyond = (pairs as u64).saturating_sub(DEALER_PAIRS);
    let least = LEAST_ITERATIONS + (beyond / PAIRS_PER_ITERATION).min(MORE_ITERATIONS);
    (iterations as u64).clamp(least.min(DEFAULT_ITERATIONS), DEFAULT_ITERATIONS)
}

impl std::fmt::Debug for Budget<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Budget")
            .field("iterations", &self.iterations)
            .field("stop", &self.stop.is_some())
            .finish()
    }
}

/// No plan keeps the pins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Infeasible {
    /// The rule that forbids it, in words.
    pub reason: String,
    /// Id of the point whose pin cannot be kept, where it is one point's fault.
    pub point: Option<String>,
}

/// Why tours cannot be sought beside those that stand.
#[derive(Debug, Clone, PartialEq)]
pub enum Stuck {
    /// The rules that the standing tours break.
    Kept(Vec<Violation>),
    /// A pin cannot be kept.
    Pins(Infeasible),
}

/// Finds a good plan. The problem must be one that `validate` finds nothing in.
///
/// The same problem, seed and number of iterations give the same solution. Where no tour is worth making, the
/// solution has no tours.
///
/// # Errors
/// Where a pin cannot be kept.
pub fn solve(problem: &Problem, seed: u64, budget: &Budget) -> Result<Solution, Infeasible> {
    search_around(problem, &Plan::default(), seed, budget)
}

/// Finds good tours beside those that stand: they stay as they are, whatever they bring, and everything they
/// offer counts. Bound and gap are of the plans that hold them, not of all plans.
///
/// # Errors
/// Where the tours that stand break a rule, or a pin cannot be kept.
pub fn solve_around(
    problem: &Problem,
    kept: &[TourPlan],
    seed: u64,
    budget: &Budget,
) -> Result<Solution, Stuck> {
    let free = without_pins(problem);
    let (standing, _) = laid(&free, &Model::new(&free), kept).map_err(Stuck::Kept)?;
    search_around(problem, &standing, seed, budget).map_err(Stuck::Pins)
}

/// Whether pins are kept is a question to the whole plan, not to some tours of it; but any tour breaks that of a point
/// which must not be visited.
fn without_pins(problem: &Problem) -> Problem {
    let mut free = problem.clone();
    let others = free.points.iter_mut().filter(|p| p.pin != Pin::Never);
    others.for_each(|point| point.pin = Pin::Free);
    free
}

/// Looks for better tours from known ones on, beside those that stand: so many rounds of the search and no bound. Known
/// tours that this problem does not allow are left out.
///
/// # Errors
/// As [`solve_around`].
pub fn improve(
    problem: &Problem,
    kept: &[TourPlan],
    known: &[TourPlan],
    seed: u64,
    rounds: u64,
) -> Result<Solution, Stuck> {
    let free = without_pins(problem);
    let plain = Model::new(&free);
    let (standing, _) = laid(&free, &plain, kept).map_err(Stuck::Kept)?;
    let model = Model::new(problem);
    if let Some(point) = impossible_pin(&model) {
        return Err(Stuck::Pins(cannot_be_pinned(problem, point)));
    }
    let from = known.iter().filter_map(|tour| {
        let alone = laid(&free, &plain, std::slice::from_ref(tour)).ok()?;
        alone.0.trips.into_iter().next()
    });
    let mut search = Search::new(&model, seed, standing);
    search.round(Some(from.collect()));
    while search.rounds < rounds || (search.best().unkept > 0 && search.rounds < PIN_ROUNDS) {
        search.round(None);
    }
    let mut best = search.best().clone();
    if best.unkept > 0 {
        return Err(Stuck::Pins(not_together(problem, &model, &best.plan)));
    }
    best.plan.sort();
    let mut solution = written(problem, &model, &best.plan, &best.allotment);
    solution.iterations = search.rounds;
    solution.stopped_by = StoppedBy::Iterations;
    solution.seed = seed;
    Ok(solution)
}

fn search_around(
    problem: &Problem,
    standing: &Plan,
    seed: u64,
    budget: &Budget,
) -> Result<Solution, Infeasible> {
    let model = Model::new(problem);
    if let Some(point) = impossible_pin(&model) {
        return Err(cannot_be_pinned(problem, point));
    }
    let mut search = Search::new(&model, seed, standing.clone());
    let mut bound = Bound::new(&model, standing, &search.best().allotment.cell_price);
    let (mut iterations, mut hints, mut second) = (0, Vec::new(), None::<Search>);
    let stopped_by = loop {
        let incumbent = search.best().objective;
        let feasible = search.best().unkept == 0;
        let gap = bound.value - incumbent;
        let proved = bound.value.is_finite() && feasible && gap <= 2e-7 * (1.0 + bound.value.abs());
        if proved || (search.stale >= STALE_ROUNDS && bound.done) {
            break StoppedBy::Converged;
        }
        let seeking_pins = !feasible && search.rounds < PIN_ROUNDS;
        if iterations >= budget.iterations && !seeking_pins {
            break StoppedBy::Iterations;
        }
        if budget.stop.is_some_and(|stop| stop()) {
            break StoppedBy::Time;
        }
        // Once routes are listed, every other iteration of the bound's side looks for better plans near the best one
        // instead. Two iterations are done at once then.
        let together = bound.has_routes() && iterations + HANDS as u64 <= budget.iterations;
        let at_once = if together { HANDS } else { 1 };
        let mut near = if together {
            bound.near(|out| search.neighbourhood(out))
        } else {
            None
        };
        let (mut found, mut progress) = (None, Progress::default());
        let mut given = std::mem::take(&mut hints).into_iter();
        search.rounds_beside(
            (0..at_once).map(|_| given.next()).collect(),
            [
                Box::new(|| {
                    found = near
                        .as_mut()
                        .and_then(|near| near.look(BOUND_WORK, incumbent));
                }),
                Box::new(|| match &mut second {
                    Some(second) => second.round(None),
                    None => progress = bound.work(BOUND_WORK, incumbent, feasible),
                }),
            ],
        );
        progress.hints.extend(found);
        if let Some(near) = near {
            bound.take_back(near);
        }
        if let Some(second) = &mut second {
            search.learn(second);
            second.learn(&search);
        } else if bound.done {
            // Nothing is left to do for the bound: a second search has its thread from now on.
            let mut other = Search::new(&model, seed ^ SECOND, standing.clone());
            other.foresee(&bound.outlook(false));
            other.learn(&search);
            second = Some(other);
        }
        if progress.better {
            // In turns, two iterations each: what the part at work wants, and what all tours want.
            let of_part = iterations % 4 < 2;
            search.foresee(&bound.outlook(of_part));
        }
        hints = progress.hints;
        iterations += at_once as u64;
    };
    let bound_value = bound.value;
    let mut best = search.best().clone();
    if best.unkept > 0 {
        return Err(not_together(problem, &model, &best.plan));
    }
    best.plan.sort();
    let mut solution = written(problem, &model, &best.plan, &best.allotment);
    let bound = bound_value.max(solution.objective);
    if bound.is_finite() {
        solution.bound = Some(bound);
        solution.gap = Some(if bound == 0.0 {
            0.0
        } else {
            (bound - solution.objective) / bound.abs()
        });
    }
    solution.iterations = iterations;
    solution.stopped_by = stopped_by;
    solution.seed = seed;
    Ok(solution)
}

/// The best allocation for tours made by hand; bound and gap are left open.
///
/// # Errors
/// Every rule the tours break (pins included).
pub fn solve_fixed(problem: &Problem, tours: &[TourPlan]) -> Result<Solution, Vec<Violation>> {
    let model = Model::new(problem);
    let (plan, _) = laid(problem, &model, tours)?;
    let allotment = allot(&model, &plan.capacity(&model), &[]);
    Ok(Solution {
        tours: tours.to_vec(),
        ..written(problem, &model, &plan, &allotment)
    })
}

/// Tours made elsewhere, checked and in indices, with what they cost and offer.
pub(super) fn laid(
    problem: &Problem,
    model: &Model,
    tours: &[TourPlan],
) -> Result<(Plan, Score), Vec<Violation>> {
    let score = evaluate(problem, &Solution::bare(tours.to_vec()))?;
    let trips = score
        .tours
        .iter()
        .map(|t| {
            let route: Vec<(usize, usize)> =
                t.stops.iter().map(|s| (s.point, s.days as usize)).collect();
            Trip::new(model, t.team, t.start, &route)
        })
        .collect();
    Ok((Plan { trips }, score))
}

/// The plan in the contract's words; hours of a point visited more than once are filled visit by visit.
fn written(problem: &Problem, model: &Model, plan: &Plan, allotment: &Allotment) -> Solution {
    let mut shares: Vec<Vec<(usize, f64, f64, f64)>> = vec![Vec::new(); model.sites.len()];
    let mut served = allotment.served.clone();
    served.sort_by_key(|&(cell, point, _)| (point, model.cell_in_problem[cell]));
    for (cell, point, x) in served {
        let items = &model.sites[point].items;
        if let Ok(at) = items.binary_search_by_key(&cell, |item| item.cell) {
            shares[point].push((cell, x, items[at].hours, items[at].gain));
        }
    }
    let mut allocation = Vec::new();
    let mut value = 0.0;
    for (tour, trip) in plan.trips.iter().enumerate() {
        for (stop, place) in trip.stops.iter().enumerate() {
            let mut left = place.hours;
            for (cell, rest, hours, gain) in &mut shares[place.point] {
                let fits = if *hours > 0.0 {
                    (left / *hours).max(0.0)
                } else {
                    1.0
                };
                // Nine decimals are enough, and rounding down keeps every sum within its limit.
                let x = ((rest.min(fits) * 1e9 + 1e-3).floor() / 1e9).min(1.0);
                if x > 0.0 {
                    *rest -= x;
                    left -= x * *hours;
                    value += x * *gain;
                    allocation.push(Allocation {
                        cell: model.cell_in_problem[*cell],
                        tour,
                        stop,
                        x,
                    });
                }
            }
        }
    }
    Solution {
        schema: SOLUTION_SCHEMA.to_owned(),
        tours: plan.trips.iter().map(|t| t.describe(problem)).collect(),
        allocation,
        objective: value - plan.cost(),
        bound: None,
        gap: None,
        iterations: 0,
        stopped_by: StoppedBy::Converged,
        seed: 0,
    }
}
