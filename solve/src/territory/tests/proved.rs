//! What is printed as proved is proved: bounds against enumeration, more effort, other numbers of threads.

use super::made_up::{PAIRED, SMALL, date, effort, made_up};
use super::*;

/// Pins, visits, limits and teams drawn anew for each seed.
fn mixed(seed: u64) -> Problem {
    let mut problem = made_up(1000 + seed, &PAIRED);
    let mut rng = Rng::new(seed);
    problem.limits.visits_per_point = 1 + u32::from(seed % 10 == 9);
    problem.limits.min_days_home = rng.below(3) as u32;
    problem.limits.first_depart = (rng.below(3) == 0).then(|| date(1));
    problem.teams[1].cost_per_day = 500.0;
    problem.teams[1].technicians = 1.0 + rng.below(3) as f64;
    problem.days[2].work = rng.below(3) > 0;
    let point = rng.below(problem.points.len());
    problem.points[point].pin = match rng.below(5) {
        0 => Pin::Must,
        1 => Pin::Never,
        2 => Pin::On(date(rng.below(4))),
        _ => Pin::Free,
    };
    problem.points[rng.below(3)].max_days = Some(1);
    problem
}

#[test]
fn with_all_rules_mixed_the_bound_is_never_below_the_best_of_all_plans_at_any_effort() {
    let (mut solved, mut proved) = (0, 0);
    for seed in 0..20 {
        let problem = mixed(seed);
        assert_eq!(validate(&problem), Vec::new());
        let best = best_of_all(&problem);
        for iterations in [0, 1, 3, 10, 400] {
            match (best, solve(&problem, seed, &effort(iterations))) {
                (None, Err(_)) => {}
                (Some(best), Ok(found)) => {
                    solved += 1;
                    let room = 1e-6 * (1.0 + best.abs());
                    let bound = found.bound.unwrap_or(f64::INFINITY);
                    assert!(
                        bound >= best - room,
                        "seed {seed}: bound {bound} below {best}"
                    );
                    assert!(found.objective <= best + room, "seed {seed}: above {best}");
                    if iterations == 400 {
                        assert!(
                            found.objective >= best - room,
                            "seed {seed}: {} of {best}",
                            found.objective
                        );
                        proved += u32::from(bound <= best + room);
                    }
                }
                (best, found) => panic!("seed {seed}: enumeration {best:?}, engine {found:?}"),
            }
        }
    }
    assert!(solved > 60, "{solved}: too few cases can be solved");
    assert!(proved >= 12, "{proved} of 20 proved");
}

#[test]
fn more_effort_never_gives_a_worse_plan_or_a_worse_bound() {
    for seed in 0..6 {
        let mut problem = made_up(seed, &SMALL);
        problem.limits.visits_per_point = 1 + (seed % 2) as u32;
        let mut last: Option<Solution> = None;
        for iterations in [0, 2, 7, 20, 60, 150] {
            let Ok(now) = solve(&problem, 1, &effort(iterations)) else {
                continue;
            };
            if let Some(last) = last {
                let bound = |s: &Solution| s.bound.unwrap_or(f64::INFINITY);
                assert!(now.objective >= last.objective - 1e-6, "seed {seed}");
                assert!(bound(&now) <= bound(&last) + 1e-6, "seed {seed}");
            }
            last = Some(now);
        }
        assert!(last.is_some());
    }
}

#[test]
fn one_thread_and_two_give_the_same_bytes() {
    for seed in [7, 11] {
        let problem = made_up(seed, &SMALL);
        let run = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .build()
                .unwrap();
            let solution = pool.install(|| solve(&problem, 5, &effort(120)).unwrap());
            serde_json::to_string(&solution).unwrap()
        };
        assert_eq!(run(1), run(2));
    }
}
