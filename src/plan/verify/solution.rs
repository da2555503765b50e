//! The solution beside problem.json: its rules and its objective, computed again.

use std::collections::BTreeMap;

use serde_json::Value;

use super::case::{Case, differs, fault, figure};
use super::problem::{Pair, Problem, Solution, SolutionStop, SolutionTour};
use crate::domain::Date;
use crate::findings::Finding;

const SOLUTION: &str = "solution.json";
/// Slack of sums over an allocation, relative.
const SUM_TOLERANCE: f64 = 1e-6;

/// The tours of the solution are those of tours.csv and visits.csv.
pub(super) fn the_solution_is_the_plan(case: &Case<'_>) -> Vec<Finding> {
    let Some(solution) = &case.solution else {
        return Vec::new();
    };
    let mut solved: Vec<(&str, Date, Vec<SolutionStop>)> = solution
        .tours
        .iter()
        .map(|tour| (tour.team.as_str(), tour.depart, tour.stops.clone()))
        .collect();
    let mut written: Vec<(&str, Date, Vec<SolutionStop>)> = case
        .tours
        .iter()
        .map(|tour| {
            let visits = case.visits_of(&tour.id).into_iter();
            let stops = visits.map(|visit| SolutionStop {
                point: visit.point.clone(),
                days: visit.last_day.days_since(visit.first_day) + 1,
            });
            (tour.team.as_str(), tour.depart, stops.collect())
        })
        .collect();
    solved.sort();
    written.sort();
    if solved == written {
        Vec::new()
    } else {
        vec![fault("V903", SOLUTION, 0, SOLUTION)]
    }
}

/// The allocation serves only allowed pairs, no cell twice over, no visit beyond its hours.
pub(super) fn the_allocation_is_allowed(case: &Case<'_>) -> Vec<Finding> {
    let (Some(problem), Some(solution)) = (&case.problem, &case.solution) else {
        return Vec::new();
    };
    let pairs = pairs_of(problem);
    let mut served: BTreeMap<usize, f64> = BTreeMap::new();
    let mut used: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    let mut faults = Vec::new();
    for entry in &solution.allocation {
        let pair = pair_of(
            problem, solution, &pairs, entry.cell, entry.tour, entry.stop,
        );
        let Some(pair) = pair.filter(|_| (-1e-6..=1.0 + 1e-6).contains(&entry.x)) else {
            faults.push(fault(
                "V901",
                SOLUTION,
                0,
                format!("allocation cell {}", entry.cell),
            ));
            continue;
        };
        let hours = problem.cells.get(entry.cell).map_or(0.0, |cell| cell.hours);
        *served.entry(entry.cell).or_default() += entry.x;
        *used.entry((entry.tour, entry.stop)).or_default() += entry.x * pair.share * hours;
    }
    for (cell, x) in served.into_iter().filter(|(_, x)| *x > 1.0 + SUM_TOLERANCE) {
        let key = problem.cells.get(cell).map_or("", |cell| cell.id.as_str());
        faults.push(differs("V901", (SOLUTION, 0), key, figure(x), 1));
    }
    for ((tour, stop), hours) in used {
        let offered = solution
            .tours
            .get(tour)
            .map_or(0.0, |tour| offered(problem, tour, stop));
        if hours > offered + SUM_TOLERANCE * offered.max(1.0) {
            let key = format!("tours[{tour}].stops[{stop}]");
            faults.push(differs(
                "V901",
                (SOLUTION, 0),
                key,
                figure(hours),
                figure(offered),
            ));
        }
    }
    faults
}

/// `Σ x·(share·value − cost) − Σ tours (per_km·km + per_night·nights + cost_per_day·days) − Σ fee·days`.
pub(super) fn the_objective_is_true(case: &Case<'_>) -> Vec<Finding> {
    let (Some(problem), Some(solution)) = (&case.problem, &case.solution) else {
        return Vec::new();
    };
    let pairs = pairs_of(problem);
    let mut objective = 0.0;
    for entry in &solution.allocation {
        let pair = pair_of(
            problem, solution, &pairs, entry.cell, entry.tour, entry.stop,
        );
        let value = problem.cells.get(entry.cell).map_or(0.0, |cell| cell.value);
        objective += pair.map_or(0.0, |pair| entry.x * (pair.share * value - pair.cost));
    }
    for tour in &solution.tours {
        objective -= cost_of(problem, tour).unwrap_or(0.0);
    }
    let slack = SUM_TOLERANCE * objective.abs().max(1.0) + 0.01;
    let mut faults = Vec::new();
    let at = (SOLUTION, 0);
    if (solution.objective - objective).abs() > slack {
        let found = figure(solution.objective);
        faults.push(differs("V902", at, "objective", found, figure(objective)));
    }
    if let Some(bound) = solution.bound.filter(|bound| *bound < objective - slack) {
        faults.push(differs(
            "V904",
            at,
            "bound",
            figure(bound),
            figure(objective),
        ));
    }
    let printed = case
        .plan
        .pointer("/search/objective")
        .and_then(Value::as_f64);
    if let Some(printed) = printed.filter(|printed| (printed - solution.objective).abs() > slack) {
        let wanted = figure(solution.objective);
        faults.push(differs(
            "V905",
            ("plan.json", 0),
            "objective",
            figure(printed),
            wanted,
        ));
    }
    faults
}

fn pairs_of(problem: &Problem) -> BTreeMap<(usize, usize), &Pair> {
    problem
        .pairs
        .iter()
        .map(|pair| ((pair.cell, pair.point), pair))
        .collect()
}

/// The terms on which a cell is served at a stop; `None` where it may not be.
fn pair_of<'a>(
    problem: &Problem,
    solution: &Solution,
    pairs: &BTreeMap<(usize, usize), &'a Pair>,
    cell: usize,
    tour: usize,
    stop: usize,
) -> Option<&'a Pair> {
    let point = &solution.tours.get(tour)?.stops.get(stop)?.point;
    pairs.get(&(cell, problem.point_at(point)?)).copied()
}

/// Driving on the morning of each stop's first day, the leg home on the last day: (km, hours by stop, hours home).
fn drive(problem: &Problem, tour: &SolutionTour) -> Option<(f64, Vec<f64>, f64)> {
    let (mut km, mut hours, mut from) = (0.0, Vec::new(), 0);
    for stop in &tour.stops {
        let to = problem.point_at(&stop.point)? + 1;
        let leg = problem.legs.leg(from, to)?;
        km += leg.0;
        hours.push(leg.1);
        from = to;
    }
    let home = problem.legs.leg(from, 0)?;
    Some((km + home.0, hours, home.1))
}

/// Hours a stop offers.
fn offered(problem: &Problem, tour: &SolutionTour, stop: usize) -> f64 {
    let team = problem.team(&tour.team);
    let here = tour.stops.get(stop);
    let (Some(team), Some(here), Some((_, hours, home))) = (team, here, drive(problem, tour))
    else {
        return 0.0;
    };
    let Some(point) = problem
        .point_at(&here.point)
        .and_then(|at| problem.points.get(at))
    else {
        return 0.0;
    };
    let last_stop = stop + 1 == tour.stops.len();
    let days = here.days.clamp(0, 366);
    (0..days)
        .map(|day| {
            let out = if day == 0 {
                hours.get(stop).copied().unwrap_or(0.0)
            } else {
                0.0
            };
            let back = if last_stop && day + 1 == days {
                home
            } else {
                0.0
            };
            problem.day_capacity(team, point, out + back)
        })
        .sum()
}

fn cost_of(problem: &Problem, tour: &SolutionTour) -> Option<f64> {
    let (km, _, _) = drive(problem, tour)?;
    let days: i64 = tour.stops.iter().map(|stop| stop.days).sum();
    let fees = tour.stops.iter().filter_map(|stop| {
        let point = problem.points.get(problem.point_at(&stop.point)?)?;
        Some(point.fee_per_day * stop.days as f64)
    });
    let team = problem.team(&tour.team)?.cost_per_day;
    let away = problem.costs.per_night * (days - 1) as f64;
    Some(problem.costs.per_km * km + away + team * days as f64 + fees.sum::<f64>())
}
