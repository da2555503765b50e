//! Tours that stand, and tours completed, against trying everything.

use super::*;

/// Every tour that may be the only one of the month.
fn tours_alone(problem: &Problem) -> Vec<TourPlan> {
    let mut tours = all_tours(problem);
    tours.retain(|tour| solve_fixed(problem, std::slice::from_ref(tour)).is_ok());
    tours
}

/// The best objective over every set of tours that holds these.
fn best_around(problem: &Problem, kept: &[TourPlan]) -> Option<f64> {
    fn extend(
        problem: &Problem,
        tours: &[TourPlan],
        from: usize,
        set: &mut Vec<TourPlan>,
        best: &mut Option<f64>,
    ) {
        let Ok(solution) = solve_fixed(problem, set) else {
            return;
        };
        *best = Some(best.map_or(solution.objective, |b| b.max(solution.objective)));
        for (t, tour) in tours.iter().enumerate().skip(from) {
            set.push(tour.clone());
            extend(problem, tours, t + 1, set, best);
            set.pop();
        }
    }
    let mut best = None;
    let tours = tours_alone(problem);
    extend(problem, &tours, 0, &mut kept.to_vec(), &mut best);
    best
}

#[test]
fn around_a_tour_that_stands_nothing_better_exists_and_the_bound_is_of_plans_with_it() {
    let mut poorer = 0;
    for seed in 0..24 {
        let problem = made_up(seed, &TINY);
        let tours = tours_alone(&problem);
        let Some(kept) = tours.get(seed as usize * 7 % tours.len().max(1)) else {
            continue;
        };
        let kept = [kept.clone()];
        let best = best_around(&problem, &kept).unwrap();
        let found = solve_around(&problem, &kept, 1, &effort(800)).unwrap();
        let room = 1e-6 * (1.0 + best.abs());
        assert!(found.tours.contains(&kept[0]), "seed {seed}");
        assert!(
            (found.objective - best).abs() <= room,
            "seed {seed}: {} of {best}",
            found.objective
        );
        let bound = found.bound.unwrap();
        assert!(bound >= best - room, "seed {seed}: {bound} below {best}");
        assert!(evaluate(&problem, &found).is_ok());
        let free = solve(&problem, 1, &effort(800)).unwrap();
        poorer += usize::from(bound < free.objective - room);
    }
    // The bound speaks of plans with the tour: where it stands in the way, it is below the best of all plans.
    assert!(poorer > 3, "{poorer}");
}

#[test]
fn a_standing_tour_that_breaks_a_rule_is_named() {
    let problem = made_up(3, &SMALL);
    let mut tour = all_tours(&made_up(3, &TINY))[0].clone();
    tour.team = "nobody".into();
    let stuck = solve_around(&problem, &[tour], 1, &effort(5)).unwrap_err();
    assert!(matches!(stuck, Stuck::Kept(ref broken)
        if broken.iter().any(|one| matches!(one.rule, Broken::UnknownTeam { .. }))));
}

/// Four days, two teams, and a point without `max_days` where both have more than enough to do.
fn wanted_by_both() -> Problem {
    let mut problem = super::rules::by_figures();
    problem.days.truncate(4);
    problem.limits.first_depart = None;
    problem.limits.visits_per_point = 2;
    problem.cells[1].hours = 400.0;
    problem.cells[1].value = 90_000.0;
    problem.points[2].pin = Pin::Never;
    problem
}

#[test]
fn teams_together_may_use_a_point_on_more_days_than_the_calendar_has() {
    let problem = wanted_by_both();
    let tours = |of: &Solution| -> Vec<(String, u32)> {
        let days = |tour: &TourPlan| tour.stops.iter().map(|stop| stop.days).sum();
        let tours = of.tours.iter();
        tours.map(|tour| (tour.team.clone(), days(tour))).collect()
    };
    let best = best_around(&problem, &[]).unwrap();
    let found = solve(&problem, 1, &effort(200)).unwrap();
    assert!((found.objective - best).abs() < 1e-6 * best);
    assert_eq!(tours(&found), [("A".to_owned(), 3), ("B".to_owned(), 3)]);
    // Around three days of one team, too: the bound is of plans in which the other stays as long as it likes.
    let kept: Vec<TourPlan> = tours_alone(&problem)
        .into_iter()
        .filter(|tour| tour.team == "A" && tour.stops == found.tours[0].stops)
        .take(1)
        .collect();
    let best = best_around(&problem, &kept).unwrap();
    let around = solve_around(&problem, &kept, 1, &effort(200)).unwrap();
    assert!((around.objective - best).abs() < 1e-6 * best);
    assert!(around.bound.unwrap() > best - 1e-6 * best);
}

#[test]
fn what_is_left_open_is_filled_in_as_well_as_by_trying_everything() {
    let mut filled = 0;
    for seed in 0..24 {
        let problem = made_up(seed, &TINY);
        let tours = tours_alone(&problem);
        let Some(model) = tours.iter().find(|tour| tour.stops.len() == 2) else {
            continue;
        };
        let open = OpenTour {
            stops: model
                .stops
                .iter()
                .map(|s| (s.point.clone(), None))
                .collect(),
            ..OpenTour::default()
        };
        let done = complete(&problem, &[open], "").unwrap();
        let points = |tour: &TourPlan| {
            let mut points: Vec<String> = tour.stops.iter().map(|s| s.point.clone()).collect();
            points.sort();
            points
        };
        let value = |tour: &TourPlan| {
            solve_fixed(&problem, std::slice::from_ref(tour)).map(|s| s.objective)
        };
        let best = tours
            .iter()
            .filter(|tour| points(tour) == points(model))
            .filter_map(|tour| value(tour).ok())
            .fold(f64::NEG_INFINITY, f64::max);
        let found = value(&done[0]).unwrap();
        let room = 1e-6 * (1.0 + best.abs());
        assert!(found >= best - room, "seed {seed}: {found} of {best}");
        filled += 1;
    }
    assert!(filled > 8, "{filled}");
}

#[test]
fn a_completed_tour_keeps_out_of_the_way_of_those_that_are_given() {
    let problem = made_up(5, &TINY);
    let tours = tours_alone(&problem);
    let one = tours.iter().find(|tour| tour.stops.len() == 1).unwrap();
    let given = OpenTour {
        team: Some(one.team.clone()),
        depart: Some(one.depart.clone()),
        stops: one
            .stops
            .iter()
            .map(|s| (s.point.clone(), Some(s.days)))
            .collect(),
        in_order: true,
    };
    let other = problem
        .points
        .iter()
        .find(|p| p.id != one.stops[0].point)
        .unwrap();
    let open = OpenTour {
        stops: vec![(other.id.clone(), None)],
        ..OpenTour::default()
    };
    match complete(&problem, &[open.clone(), given.clone()], "") {
        Ok(done) => {
            assert_eq!(done[1], *one);
            assert!(solve_fixed(&problem, &done).is_ok());
        }
        Err(not) => assert_eq!(not.tour, 0),
    }
    let same_day = OpenTour {
        team: given.team.clone(),
        depart: given.depart.clone(),
        ..open
    };
    let not = complete(&problem, &[given, same_day], "").unwrap_err();
    assert!(
        not.broken
            .iter()
            .any(|rule| matches!(rule, Broken::Away { .. })),
        "{not:?}"
    );
}
