//! The engine against independent answers: enumeration, another linear solver, the checker, and itself run again.

use super::model::Model;
use super::rng::Rng;
use super::transport::allot;
use super::*;

mod allotted;
mod by_hand;
mod calendars;
mod compiled;
mod completed;
mod figures;
mod formats;
pub(super) mod made_up;
mod pinned;
mod proved;
mod routed;
mod rules;
mod settled;

use made_up::{SMALL, TINY, date, effort, made_up};

/// Every tour that keeps the rules by itself.
pub(super) fn all_tours(problem: &Problem) -> Vec<TourPlan> {
    let mut tours = Vec::new();
    for team in &problem.teams {
        for day in &problem.days {
            let mut open: Vec<Vec<StopPlan>> = vec![Vec::new()];
            while let Some(stops) = open.pop() {
                if !stops.is_empty() {
                    let tour = TourPlan {
                        team: team.id.clone(),
                        depart: day.date.clone(),
                        stops: stops.clone(),
                    };
                    if tour_facts(problem, &tour).is_ok() {
                        tours.push(tour);
                    }
                }
                let used: u32 = stops.iter().map(|s| s.days).sum();
                for point in problem
                    .points
                    .iter()
                    .filter(|p| stops.iter().all(|s| s.point != p.id))
                {
                    for days in 1..=(problem.limits.max_nights + 1).saturating_sub(used) {
                        let mut longer = stops.clone();
                        longer.push(StopPlan {
                            point: point.id.clone(),
                            days,
                        });
                        open.push(longer);
                    }
                }
            }
        }
    }
    tours
}

/// The best objective over every set of tours, by trying them all.
fn best_of_all(problem: &Problem) -> Option<f64> {
    fn extend(
        problem: &Problem,
        tours: &[TourPlan],
        from: usize,
        set: &mut Vec<TourPlan>,
        best: &mut Option<f64>,
    ) {
        if let Ok(solution) = solve_fixed(problem, set) {
            *best = Some(best.map_or(solution.objective, |b| b.max(solution.objective)));
        }
        for (t, tour) in tours.iter().enumerate().skip(from) {
            let points = || set.iter().chain([tour]).flat_map(|t| &t.stops);
            let visits = |id: &str| points().filter(|s| s.point == id).count();
            if problem.limits.visits_per_point == 1 && points().any(|s| visits(&s.point) > 1) {
                continue;
            }
            if set
                .iter()
                .any(|other| other.team == tour.team && other.depart == tour.depart)
            {
                continue;
            }
            set.push(tour.clone());
            extend(problem, tours, t + 1, set, best);
            set.pop();
        }
    }
    let mut best = None;
    extend(problem, &all_tours(problem), 0, &mut Vec::new(), &mut best);
    best
}

#[test]
fn tiny_problems_are_solved_as_well_as_by_trying_everything_and_the_bound_holds() {
    for seed in 0..40 {
        let problem = made_up(seed, &TINY);
        let best = best_of_all(&problem).unwrap();
        let found = solve(&problem, 1, &effort(800)).unwrap();
        let room = 1e-6 * (1.0 + best.abs());
        assert!(
            found.objective >= best - room,
            "seed {seed}: {} of {best}",
            found.objective
        );
        assert!(
            found.bound.unwrap() >= best - room,
            "seed {seed}: bound {:?} below {best}",
            found.bound
        );
    }
}

#[test]
fn tiny_problems_with_a_pin_are_solved_as_well_as_by_trying_everything() {
    let mut possible = 0;
    for seed in 100..130 {
        let mut problem = made_up(seed, &TINY);
        problem.points[0].pin = if seed % 2 == 0 {
            Pin::Must
        } else {
            Pin::On(date((seed % 5) as usize))
        };
        match (best_of_all(&problem), solve(&problem, 1, &effort(800))) {
            (None, Err(fault)) => assert_eq!(fault.point.as_deref(), Some("P0")),
            (Some(best), Ok(found)) => {
                possible += 1;
                assert!(
                    found.objective >= best - 1e-6 * (1.0 + best.abs()),
                    "seed {seed}: {} of {best}",
                    found.objective
                );
                assert!(
                    found.bound.unwrap() >= best - 1e-6 * (1.0 + best.abs()),
                    "seed {seed}: bound below {best}"
                );
            }
            (best, found) => panic!("seed {seed}: enumeration {best:?}, engine {found:?}"),
        }
    }
    assert!(
        possible > 5 && possible < 30,
        "{possible}: the cases do not test both ways"
    );
}

#[test]
fn every_solution_passes_the_checker_with_the_objective_it_claims() {
    for seed in 0..40 {
        let problem = made_up(seed, &SMALL);
        assert_eq!(validate(&problem), Vec::new());
        let solution = solve(&problem, seed, &effort(60)).unwrap();
        let score = evaluate(&problem, &solution)
            .unwrap_or_else(|broken| panic!("seed {seed}: {broken:?}"));
        assert!(
            (score.objective - solution.objective).abs() <= 1e-6 * (1.0 + score.objective.abs())
        );
        assert!(solution.bound.unwrap() >= solution.objective);
    }
}

#[test]
fn the_same_seed_and_iterations_give_the_same_bytes() {
    let problem = made_up(7, &SMALL);
    let run = || serde_json::to_string(&solve(&problem, 5, &effort(90)).unwrap()).unwrap();
    assert_eq!(run(), run());
}

#[test]
fn a_run_stopped_by_the_clock_can_be_replayed_by_its_iterations() {
    let problem = made_up(8, &SMALL);
    let calls = std::cell::Cell::new(0);
    let clock = || {
        calls.set(calls.get() + 1);
        calls.get() > 40
    };
    let stopped = solve(
        &problem,
        3,
        &Budget {
            iterations: 5000,
            stop: Some(&clock),
        },
    )
    .unwrap();
    assert_eq!(stopped.stopped_by, StoppedBy::Time);
    let replayed = solve(&problem, 3, &effort(stopped.iterations)).unwrap();
    assert_eq!(
        (stopped.tours, stopped.allocation, stopped.bound),
        (replayed.tours, replayed.allocation, replayed.bound)
    );
}

#[test]
fn the_allocation_is_as_good_as_another_linear_solver_finds_it() {
    for seed in 0..60 {
        let problem = made_up(seed, &SMALL);
        let model = Model::new(&problem);
        let mut rng = Rng::new(seed);
        let capacity: Vec<Option<f64>> = (0..model.sites.len())
            .map(|_| (rng.below(4) > 0).then(|| rng.unit() * 40.0))
            .collect();
        let guess: Vec<f64> = (0..model.sites.len()).map(|_| rng.unit() * 500.0).collect();
        let ours = allot(&model, &capacity, &guess);
        let theirs = by_microlp(&model, &capacity);
        assert!(
            (ours.value - theirs).abs() <= 1e-6 * (1.0 + theirs),
            "seed {seed}: {} and {theirs}",
            ours.value
        );
        let hours: f64 = capacity
            .iter()
            .zip(&ours.hour_price)
            .map(|(c, price)| c.unwrap_or(0.0) * price)
            .sum();
        let bound = hours + ours.cell_price.iter().sum::<f64>();
        assert!(
            (bound - theirs).abs() <= 1e-6 * (1.0 + theirs),
            "seed {seed}: prices give {bound}"
        );
    }
}

fn by_microlp(model: &Model, capacity: &[Option<f64>]) -> f64 {
    let mut lp = microlp::Problem::new(microlp::OptimizationDirection::Maximize);
    let mut once: Vec<Vec<(microlp::Variable, f64)>> = vec![Vec::new(); model.cells];
    for (site, hours) in model.sites.iter().zip(capacity) {
        let Some(hours) = hours else { continue };
        let mut load = Vec::new();
        for item in &site.items {
            let x = lp.add_var(item.gain, (0.0, 1.0));
            once[item.cell].push((x, 1.0));
            load.push((x, item.hours));
        }
        lp.add_constraint(load, microlp::ComparisonOp::Le, *hours);
    }
    for row in once {
        lp.add_constraint(row, microlp::ComparisonOp::Le, 1.0);
    }
    match lp.solve().unwrap() {
        microlp::SolveOutcome::Solution(solution) => solution.objective(),
        microlp::SolveOutcome::Interrupted(_) => panic!("no limit was set"),
    }
}

#[test]
fn tours_made_by_hand_get_the_allocation_the_solver_would_give_them() {
    let problem = made_up(9, &SMALL);
    let solution = solve(&problem, 1, &effort(60)).unwrap();
    let again = solve_fixed(&problem, &solution.tours).unwrap();
    assert!((again.objective - solution.objective).abs() <= 1e-6 * (1.0 + solution.objective));
    assert_eq!(again.bound, None);
}

#[test]
fn tours_made_by_hand_that_break_rules_are_refused_with_each_rule() {
    let problem = made_up(9, &SMALL);
    let stop = StopPlan {
        point: "P0".to_owned(),
        days: 9,
    };
    let tour = TourPlan {
        team: "nobody".to_owned(),
        depart: date(0),
        stops: vec![stop.clone(), stop],
    };
    let broken = solve_fixed(&problem, &[tour]).unwrap_err();
    let text = broken
        .iter()
        .map(|v| v.rule.to_string())
        .collect::<Vec<_>>()
        .join("; ");
    for word in ["nobody", "twice", "beyond the last day"] {
        assert!(text.contains(word), "{word} is missing in: {text}");
    }
}

#[test]
fn a_problem_without_worthwhile_tours_gives_an_empty_plan() {
    let mut problem = made_up(3, &SMALL);
    problem.cells.iter_mut().for_each(|cell| cell.value = 1.0);
    let solution = solve(&problem, 1, &effort(50)).unwrap();
    assert_eq!((solution.tours.len(), solution.objective), (0, 0.0));
    let mut nothing = made_up(3, &SMALL);
    nothing.points.clear();
    nothing.pairs.clear();
    nothing.legs = Legs {
        km: vec![vec![0.0]],
        hours: vec![vec![0.0]],
    };
    assert_eq!(solve(&nothing, 1, &effort(50)).unwrap().tours, Vec::new());
    nothing.teams.clear();
    assert_eq!(solve(&nothing, 1, &effort(50)).unwrap().objective, 0.0);
}

#[test]
fn a_pin_that_cannot_be_kept_is_named_with_its_rule() {
    let cases: [(Pin, &str); 3] = [
        (Pin::On("2027-01-01".to_owned()), "not one of the days"),
        (Pin::On(date(5)), "rest day"),
        (Pin::Must, "max_days"),
    ];
    for (pin, why) in cases {
        let mut problem = made_up(4, &SMALL);
        problem.points[2].pin = pin;
        problem.points[2].max_days = if why == "max_days" { Some(0) } else { None };
        let fault = solve(&problem, 1, &effort(10)).unwrap_err();
        assert_eq!(fault.point.as_deref(), Some("P2"));
        assert!(fault.reason.contains(why), "{}", fault.reason);
    }
}
