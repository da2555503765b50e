//! The tours of a month: searched, around those that stand, or as they are given.

use super::{Given, GivenTour, PlanInputs, rules_broken};
use crate::findings::{Failure, Finding};
use crate::plan::model::Search;
use crate::solve::territory as engine;
use crate::territory::{LaidTour, VisitPlan, interpret};

/// Tours that have an id.
type Named = Vec<(engine::TourPlan, String)>;

/// The tours as they are given, or searched; with the ids of those that have one.
pub(super) fn solved(
    inputs: &PlanInputs<'_>,
    problem: &engine::Problem,
) -> Result<(engine::Solution, Named), Failure> {
    let solution = match inputs.given {
        Some(given) if !given.searched => as_given(problem, given)?,
        given => search(inputs, problem, given)?,
    };
    let named = inputs.given.map(|given| given.named(&solution.tours));
    Ok((solution, named.unwrap_or_default()))
}

/// Tours and visits of a solution; those not named get ids of their own.
pub(super) fn laid(
    problem: &engine::Problem,
    solution: &engine::Solution,
    named: &Named,
) -> Result<(Vec<LaidTour>, Vec<VisitPlan>), Failure> {
    let id_of = |tour: &engine::TourPlan| {
        let (_, id) = named.iter().find(|(known, _)| known == tour)?;
        Some(id.clone())
    };
    interpret(problem, solution, &id_of)
}

/// The search, around the tours that stand.
fn search(
    inputs: &PlanInputs<'_>,
    problem: &engine::Problem,
    given: Option<&Given<'_>>,
) -> Result<engine::Solution, Failure> {
    let iterations = inputs
        .effort
        .unwrap_or_else(|| engine::default_iterations(problem));
    let budget = engine::Budget {
        iterations,
        stop: inputs.stop.map(|stop| stop as &dyn Fn() -> bool),
    };
    let tours = given.map_or(&[][..], |given| &given.tours);
    let kept: Vec<engine::TourPlan> = tours.iter().map(|tour| tour.tour.clone()).collect();
    let solution =
        engine::solve_around(problem, &kept, inputs.seed, &budget).map_err(|why| match why {
            engine::Stuck::Kept(violations) => rules_broken(&violations, &ids(tours)),
            engine::Stuck::Pins(why) => {
                Failure::no_plan(Finding::new("P007").arg("reason", why.reason))
            }
        })?;
    if solution.tours.is_empty() {
        return Err(Failure::no_plan(Finding::new("P006")));
    }
    Ok(solution)
}

/// The tours that stand, with their best allocation; how the search went is the last plan's.
fn as_given(problem: &engine::Problem, given: &Given<'_>) -> Result<engine::Solution, Failure> {
    let tours: Vec<engine::TourPlan> = given.tours.iter().map(|given| given.tour.clone()).collect();
    let mut solution = engine::solve_fixed(problem, &tours)
        .map_err(|violations| rules_broken(&violations, &ids(&given.tours)))?;
    solution.iterations = given.last.search.iterations;
    solution.seed = given.last.seed;
    Ok(solution)
}

/// The best tours a search finds for a problem of this month, around those that stand.
///
/// # Errors
/// Status 4 where no tour is worth making or a pin cannot be kept.
pub fn searched(
    inputs: &PlanInputs<'_>,
    problem: &engine::Problem,
) -> Result<engine::Solution, Failure> {
    search(inputs, problem, inputs.given)
}

fn ids(tours: &[GivenTour]) -> Vec<String> {
    tours.iter().map(|tour| tour.id.clone()).collect()
}

/// How the search went.
pub(super) fn facts(inputs: &PlanInputs<'_>, solution: &engine::Solution) -> Search {
    let stopped_by = match solution.stopped_by {
        engine::StoppedBy::Iterations => "iterations",
        engine::StoppedBy::Time => "time",
        engine::StoppedBy::Converged => "converged",
    };
    Search {
        objective: solution.objective,
        bound: solution.bound,
        gap: solution.gap,
        iterations: solution.iterations,
        stopped_by: stopped_by.into(),
        standing: inputs
            .given
            .filter(|given| given.searched)
            .map_or(0, |given| given.tours.len() as u64),
    }
}
