//! Pins that cannot be kept, and why; tours improved from known ones; what is said of a search.

use super::made_up::PAIRED;
use super::rules::{by_figures, tour};
use super::*;

/// What is wrong with the pin of a point of the problem changed so.
fn refused(point: usize, pin: Pin, change: impl Fn(&mut Problem)) -> String {
    let mut problem = by_figures();
    problem.points[point].pin = pin;
    change(&mut problem);
    let fault = solve(&problem, 1, &effort(5)).unwrap_err();
    let id = &problem.points[point].id;
    assert_eq!(fault.point.as_ref(), Some(id));
    let reason = fault
        .reason
        .split_once(&format!("the pin of point '{id}' cannot be kept: "));
    reason.unwrap().1.to_owned()
}

#[test]
fn the_rule_that_stands_against_a_pin_is_named() {
    let none = |_: &mut Problem| {};
    let on = |day: usize| Pin::On(date(day - 1));
    let no_tour = "no allowed tour of any team (driving, nights, open days, first_depart)";
    let cases = [
        (
            refused(0, Pin::Must, |p| p.teams.clear()),
            "there is no team".to_owned(),
        ),
        (
            refused(0, Pin::Must, |p| p.points[0].max_days = Some(0)),
            "its max_days is 0".to_owned(),
        ),
        (
            refused(0, on(3), |p| p.limits.visits_per_point = 0),
            "visits_per_point is 0".to_owned(),
        ),
        (
            refused(0, on(20), none),
            "2026-12-20 is not one of the days planned".to_owned(),
        ),
        (
            refused(0, on(6), none),
            "2026-12-06 is a rest day".to_owned(),
        ),
        (
            refused(2, on(5), none),
            "it is not open on 2026-12-05".to_owned(),
        ),
        (
            refused(1, on(8), |p| drop(p.teams.pop())),
            "every team has 2026-12-08 off".to_owned(),
        ),
        (
            refused(1, on(1), none),
            format!("{no_tour} begins a visit there on 2026-12-01"),
        ),
        // There and back is too far for a day.
        (
            refused(2, on(7), |p| p.limits.max_nights = 0),
            format!("{no_tour} begins a visit there on 2026-12-07"),
        ),
        (
            refused(2, Pin::Must, |p| p.limits.max_drive_hours_per_day = 1.9),
            format!("{no_tour} reaches it"),
        ),
    ];
    for (found, want) in cases {
        assert_eq!(found, want);
    }
}

#[test]
fn pins_that_can_be_kept_are_kept_and_those_that_cannot_together_are_named() {
    let mut problem = by_figures();
    let on = |day: usize| Pin::On(date(day - 1));
    problem.points[1].pin = on(8);
    problem.points[2].pin = Pin::Must;
    let found = solve(&problem, 1, &effort(50)).unwrap();
    assert!(evaluate(&problem, &found).is_ok());
    let best = best_of_all(&problem).unwrap();
    assert!((found.objective - best).abs() < 1e-6 * (1.0 + best.abs()));
    // One team cannot begin two visits on one day.
    problem.teams.pop();
    problem.points[0].pin = on(3);
    problem.points[1].pin = on(3);
    let fault = solve(&problem, 1, &effort(5)).unwrap_err();
    let left = fault
        .reason
        .split_once("left over: ")
        .unwrap()
        .1
        .split(", ");
    let left: Vec<&str> = left.collect();
    assert!(
        left.iter().all(|id| ["P", "Q", "R"].contains(id)),
        "{fault:?}"
    );
    assert!(left.contains(&"P") != left.contains(&"Q"), "{fault:?}");
    assert_eq!(fault.point.as_deref(), Some(left[0]));
    let stuck = improve(&problem, &[], &[], 1, 3).unwrap_err();
    assert!(matches!(stuck, Stuck::Pins(fault) if fault.reason.contains("left over")));
}

#[test]
fn tours_are_improved_from_known_ones_beside_those_that_stand() {
    let (mut better, mut improved) = (0, 0);
    for seed in 0..16 {
        let problem = made_up(seed, &PAIRED);
        let tours = all_tours(&problem);
        let mut allowed = tours
            .iter()
            .filter(|tour| solve_fixed(&problem, std::slice::from_ref(*tour)).is_ok());
        let Some(kept) = allowed.nth(seed as usize) else {
            continue;
        };
        let known: Vec<TourPlan> = allowed.skip(9).step_by(7).take(2).cloned().collect();
        let mut nobody = kept.clone();
        nobody.team = "nobody".to_owned();
        let known = [vec![nobody], known].concat();
        let kept = std::slice::from_ref(kept);
        let few = improve(&problem, kept, &known, seed, 1).unwrap();
        let many = improve(&problem, kept, &known, seed, 40).unwrap();
        assert_eq!((few.iterations, many.iterations), (1, 40));
        assert_eq!(
            (many.stopped_by, many.seed, many.bound),
            (StoppedBy::Iterations, seed, None)
        );
        for found in [&few, &many] {
            assert!(found.tours.contains(&kept[0]), "seed {seed}");
            let score = evaluate(&problem, found).unwrap();
            assert!(
                (score.objective - found.objective).abs() < 1e-6 * (1.0 + score.objective.abs())
            );
        }
        // Never worse than the known ones that fit, one after the other.
        let mut whole = kept.to_vec();
        for tour in &known {
            whole.push(tour.clone());
            if solve_fixed(&problem, &whole).is_err() {
                whole.pop();
            }
        }
        let start = solve_fixed(&problem, &whole).unwrap().objective;
        let room = 1e-6 * (1.0 + start.abs());
        assert!(
            few.objective >= start - room,
            "seed {seed}: {} of {start}",
            few.objective
        );
        assert!(many.objective >= few.objective - room);
        let proved = solve_around(&problem, kept, seed, &effort(400)).unwrap();
        assert!(
            many.objective <= proved.bound.unwrap() + room,
            "seed {seed}"
        );
        better += usize::from(many.objective >= proved.objective - room);
        improved += usize::from(many.objective > start + room);
    }
    assert!(better > 10 && improved > 5, "{better}, {improved}");
}

#[test]
fn what_cannot_be_improved_says_why() {
    let mut problem = by_figures();
    let stands = [tour("A", 1, &[("P", 1)])];
    let early = |stuck: Stuck| match stuck {
        Stuck::Kept(broken) => matches!(broken[0].rule, Broken::TooEarly { .. }),
        Stuck::Pins(_) => false,
    };
    assert!(early(improve(&problem, &stands, &[], 1, 3).unwrap_err()));
    assert!(early(
        solve_around(&problem, &stands, 1, &effort(3)).unwrap_err()
    ));
    // A pin may be left to the other tours, and can be impossible.
    let stands = [tour("A", 2, &[("P", 1)])];
    problem.points[1].pin = Pin::Must;
    let found = improve(&problem, &stands, &[], 1, 3).unwrap();
    assert!(evaluate(&problem, &found).is_ok());
    // A tour that stands where nobody is to go: no plan around it keeps that pin.
    problem.points[0].pin = Pin::Never;
    let barred = |stuck: Stuck| match stuck {
        Stuck::Kept(broken) => broken[0].rule.to_string(),
        Stuck::Pins(_) => String::new(),
    };
    let why = "point 'P' is pinned 'never' and visited";
    assert_eq!(
        barred(improve(&problem, &stands, &[], 1, 3).unwrap_err()),
        why
    );
    assert_eq!(
        barred(solve_around(&problem, &stands, 1, &effort(3)).unwrap_err()),
        why
    );
    problem.points[0].pin = Pin::Free;
    problem.points[1].max_days = Some(0);
    let stuck = improve(&problem, &stands, &[], 1, 3).unwrap_err();
    assert!(matches!(stuck, Stuck::Pins(fault) if fault.point.as_deref() == Some("Q")));
}

#[test]
fn a_search_says_how_far_below_its_bound_it_is_and_what_ended_it() {
    let mut open = 0;
    for seed in 0..8 {
        let problem = made_up(seed, &SMALL);
        let found = solve(&problem, seed, &effort(4)).unwrap();
        let bound = found.bound.unwrap();
        let gap = (bound - found.objective) / bound.abs();
        assert!((found.gap.unwrap() - gap).abs() < 1e-12 && found.seed == seed);
        if found.stopped_by == StoppedBy::Iterations {
            assert_eq!(found.iterations, 4);
            open += usize::from(gap > 1e-6);
        }
    }
    assert!(open > 3, "{open}");
    let problem = by_figures();
    let found = solve(&problem, 1, &effort(400)).unwrap();
    assert_eq!(found.stopped_by, StoppedBy::Converged);
    let best = best_of_all(&problem).unwrap();
    assert!((found.bound.unwrap() - best).abs() < 1e-6 * (1.0 + best.abs()));
    assert!(found.iterations < 400);
    // Where nothing is worth its cost no tour is best, and nothing lies above it.
    let mut poor = by_figures();
    poor.cells.iter_mut().for_each(|cell| cell.value = 1.0);
    let found = solve(&poor, 1, &effort(400)).unwrap();
    assert!(
        found.objective == 0.0 && found.bound.unwrap() < 1e-3,
        "{found:?}"
    );
    let nothing = solve(&poor, 1, &effort(0)).unwrap();
    assert_eq!(
        (nothing.iterations, nothing.stopped_by, nothing.bound),
        (0, StoppedBy::Iterations, None)
    );
    assert_eq!(nothing.gap, None);
}

#[test]
fn a_cell_that_takes_no_hours_is_served_once_and_counted_once() {
    let mut problem = by_figures();
    problem.limits.visits_per_point = 2;
    problem.cells[2].hours = 0.0;
    let tours = [tour("A", 2, &[("P", 1)]), tour("A", 4, &[("P", 2)])];
    let solution = solve_fixed(&problem, &tours).unwrap();
    // 450 of c0 in 2 h and 100 of c2 in none; 84 km, a night, three days of the team and of the host.
    let objective = 550.0 - 84.0 - 90.0 - 1500.0 - 300.0;
    assert!(
        (solution.objective - objective).abs() < 1e-6,
        "{}",
        solution.objective
    );
    let c2 = solution.allocation.iter().filter(|a| a.cell == 2);
    assert!((c2.map(|a| a.x).sum::<f64>() - 1.0).abs() < 1e-9);
    assert!(evaluate(&problem, &solution).is_ok());
}
