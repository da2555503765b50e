//! Smaller and larger months than the plan: what another team-day brings, from the same engine.
//!
//! Smaller months are the plan without the tours that bring least, and plans searched with dearer days or a team
//! less; larger ones are searched with one team more. Every point of the curve is a plan with all its rules kept, so
//! that the best possible curve lies on it or above.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::PlanInputs;
use crate::plan::model::Choice;
use crate::solve::territory::{self as engine, Problem, Solution, TourPlan};
use crate::territory::is_due_cell;

/// The searches behind the curve and the rates get this part of the plan's own effort.
const PART_OF_EFFORT: u64 = 20;
/// Fewest iterations of such a search.
const LEAST_EFFORT: u64 = 10;

/// Rounds of a search beside the plan's.
pub(super) fn side_effort(solution: &Solution) -> u64 {
    (solution.iterations / PART_OF_EFFORT).max(LEAST_EFFORT)
}

/// A plan in the figures a manager chooses by; `None` where it breaks a rule of the problem.
pub fn measured(problem: &Problem, solution: &Solution) -> Option<Choice> {
    let score = engine::evaluate(problem, solution).ok()?;
    let teams: BTreeSet<usize> = score.tours.iter().map(|tour| tour.team).collect();
    let mut choice = Choice {
        teams: teams.len() as u64,
        team_days: score.tours.iter().map(|tour| u64::from(tour.days)).sum(),
        tours: score.tours.len() as u64,
        nights: score.tours.iter().map(|tour| u64::from(tour.nights)).sum(),
        km: tenths(score.tours.iter().map(|tour| tour.km).sum()),
        cost_yuan: cents(score.cost),
        contribution_yuan: cents(score.objective),
        ..Choice::default()
    };
    for part in &solution.allocation {
        let Some(cell) = problem.cells.get(part.cell) else {
            continue;
        };
        let vehicles = part.x * cell.vehicles;
        choice.vehicles += vehicles;
        if is_due_cell(&cell.id) {
            choice.due += vehicles;
        }
    }
    choice.vehicles = tenths(choice.vehicles);
    choice.due = tenths(choice.due);
    Some(choice)
}

/// The curve through the plan. Tours of `kept` are on every plan of it.
pub(super) fn curve(
    inputs: &PlanInputs<'_>,
    problem: &Problem,
    solution: &Solution,
    kept: &[TourPlan],
) -> Vec<Choice> {
    let Some(mut plan) = measured(problem, solution) else {
        return Vec::new();
    };
    plan.is_plan = true;
    let mut found = left_out(problem, solution, kept);
    let asked = other_sizes(problem, &plan);
    let (seed, rounds) = (inputs.seed, side_effort(solution));
    // Collected in their order: the same on any number of threads.
    let searched: Vec<Option<Choice>> = asked
        .par_iter()
        .map(|(asked, scored)| {
            let known = &solution.tours;
            let other = engine::improve(asked, kept, known, seed, rounds).ok()?;
            measured(scored, &other)
        })
        .collect();
    found.extend(searched.into_iter().flatten());
    frontier(plan, found)
}

/// The plan without its tours, those that bring least first, places given out anew each time.
fn left_out(problem: &Problem, solution: &Solution, kept: &[TourPlan]) -> Vec<Choice> {
    let mut found = Vec::new();
    let mut now = solution.clone();
    let gains = gains(problem);
    while let Some(less) = without_the_least(problem, &gains, &now, kept) {
        found.extend(measured(problem, &less));
        now = less;
    }
    found
}

/// The least tour that may go, left out; a pinned one may not.
fn without_the_least(
    problem: &Problem,
    gains: &Gains<'_>,
    now: &Solution,
    kept: &[TourPlan],
) -> Option<Solution> {
    let score = engine::evaluate(problem, now).ok()?;
    let mut brought: Vec<(f64, usize)> = score
        .tours
        .iter()
        .enumerate()
        .map(|(index, tour)| (brings(gains, now, index) - tour.cost, index))
        .collect();
    brought.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    brought.into_iter().find_map(|(_, index)| {
        if kept.contains(&now.tours[index]) {
            return None;
        }
        let mut tours = now.tours.clone();
        tours.remove(index);
        if tours.is_empty() {
            return None;
        }
        engine::solve_fixed(problem, &tours).ok()
    })
}

/// Yuan that serving all of a cell at a point brings, by cell and point id.
type Gains<'a> = BTreeMap<(usize, &'a str), f64>;

fn gains(problem: &Problem) -> Gains<'_> {
    let pairs = problem.pairs.iter().filter_map(|pair| {
        let cell = problem.cells.get(pair.cell)?;
        let point = problem.points.get(pair.point)?;
        let gain = pair.share * cell.value - pair.cost;
        Some(((pair.cell, point.id.as_str()), gain))
    });
    pairs.collect()
}

/// Yuan a tour's places bring, its own cost not taken off.
fn brings(gains: &Gains<'_>, solution: &Solution, tour: usize) -> f64 {
    let parts = solution.allocation.iter().filter(|part| part.tour == tour);
    parts
        .filter_map(|part| {
            let stop = solution.tours.get(tour)?.stops.get(part.stop)?;
            Some(part.x * gains.get(&(part.cell, stop.point.as_str()))?)
        })
        .sum()
}

/// Problems whose plans are of another size, each with the problem that says what such a plan is worth.
fn other_sizes(problem: &Problem, plan: &Choice) -> Vec<(Problem, Problem)> {
    let mut sizes = Vec::new();
    let a_day = plan.contribution_yuan / (plan.team_days.max(1) as f64);
    for dearer in [0.5, 1.0] {
        let mut asked = problem.clone();
        for team in &mut asked.teams {
            team.cost_per_day += (dearer * a_day).max(0.0);
        }
        sizes.push((asked, problem.clone()));
    }
    if let Some(less) = with_teams(problem, problem.teams.len().saturating_sub(1)) {
        sizes.push((less.clone(), less));
    }
    if let Some(more) = with_teams(problem, problem.teams.len() + 1) {
        sizes.push((more.clone(), more));
    }
    sizes
}

/// The problem with so many teams: the first ones, or copies of the last one beside them.
///
/// `None` for no team at all.
pub fn with_teams(problem: &Problem, teams: usize) -> Option<Problem> {
    let last = problem.teams.last()?;
    if teams == 0 {
        return None;
    }
    let mut changed = problem.clone();
    changed.teams.truncate(teams);
    for number in problem.teams.len() + 1..=teams {
        let mut team = last.clone();
        team.id = format!("+{number}");
        changed.teams.push(team);
    }
    Some(changed)
}

/// By team-days, each with the most for its days; nothing smaller than it brings more, the plan apart, and one
/// larger than the plan is kept also where it brings less: that is worth knowing.
fn frontier(plan: Choice, mut found: Vec<Choice>) -> Vec<Choice> {
    found.retain(|choice| choice.team_days != plan.team_days);
    found.push(plan);
    found.sort_by(|a, b| {
        a.team_days
            .cmp(&b.team_days)
            .then(b.contribution_yuan.total_cmp(&a.contribution_yuan))
    });
    found.dedup_by_key(|choice| choice.team_days);
    let mut most = f64::NEG_INFINITY;
    found.retain(|choice| {
        let better = choice.contribution_yuan > most;
        most = most.max(choice.contribution_yuan);
        better || choice.team_days >= plan.team_days
    });
    found
}

fn tenths(x: f64) -> f64 {
    (x * 10.0).round() / 10.0
}

fn cents(x: f64) -> f64 {
    (x * 100.0).round() / 100.0
}
