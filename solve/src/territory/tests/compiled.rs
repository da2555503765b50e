//! The compiled problem against the rules of the contract, tour by tour; classes, cells and looks by hand.

use super::super::model::Pinned;
use super::super::plan::Trip;
use super::rules::by_figures;
use super::*;

/// Legs in tenths of an hour, so that limits are reached exactly, to a rounding error.
fn in_tenths(seed: u64) -> Problem {
    let mut problem = made_up(seed, &SMALL);
    for row in &mut problem.legs.hours {
        for hours in row {
            *hours = (*hours * 5.0).round() / 10.0;
        }
    }
    problem.limits.max_drive_hours_per_day = 2.3;
    problem.limits.min_service_hours = 5.3;
    problem.limits.setup_hours = 0.2;
    problem
}

#[test]
fn a_tour_is_allowed_and_costs_and_offers_as_the_contract_says() {
    let (mut allowed, mut refused) = (0, 0);
    for seed in 0..30 {
        let problem = in_tenths(seed);
        let model = Model::new(&problem);
        let mut rng = Rng::new(seed);
        for _ in 0..300 {
            let team = rng.below(problem.teams.len());
            let start = rng.below(problem.days.len());
            let mut route: Vec<(usize, usize)> = Vec::new();
            for _ in 0..=rng.below(3) {
                let point = rng.below(problem.points.len());
                if route.iter().all(|stop| stop.0 != point) {
                    route.push((point, 1 + rng.below(3)));
                }
            }
            let tour = TourPlan {
                team: problem.teams[team].id.clone(),
                depart: problem.days[start].date.clone(),
                stops: route
                    .iter()
                    .map(|&(point, days)| StopPlan {
                        point: problem.points[point].id.clone(),
                        days: days as u32,
                    })
                    .collect(),
            };
            let facts = tour_facts(&problem, &tour);
            // What the searches ask of it.
            let class = &model.classes[model.class_of[team]];
            let days: usize = route.iter().map(|stop| stop.1).sum();
            let mut fits = days <= model.longest.min(class.allowed_run[start]);
            let (mut day, mut from) = (start, 0);
            for (s, &(point, stay)) in route.iter().enumerate() {
                let last = s + 1 == route.len();
                let home = if last { model.hours(point + 1, 0) } else { 0.0 };
                fits &= model.stop_allowed(class, stay, model.hours(from, point + 1), home)
                    && day < problem.days.len()
                    && model.sites[point].open_run[day] >= stay;
                (day, from) = (day + stay, point + 1);
            }
            assert_eq!(fits, facts.is_ok(), "seed {seed}: {tour:?}, {facts:?}");
            let Ok(facts) = facts else {
                refused += 1;
                continue;
            };
            allowed += 1;
            let trip = Trip::new(&model, team, start, &route);
            assert!((trip.cost - facts.cost).abs() < 1e-9, "seed {seed}");
            assert_eq!((trip.days, trip.start, trip.team), (days, start, team));
            for (stop, of_facts) in trip.stops.iter().zip(&facts.stops) {
                assert_eq!(
                    (stop.point, stop.days),
                    (of_facts.point, of_facts.days as usize)
                );
                assert!((stop.hours - of_facts.capacity_hours).abs() < 1e-9);
            }
            assert_eq!(trip.describe(&problem), tour);
        }
    }
    assert!(allowed > 200 && refused > 200, "{allowed}, {refused}");
}

#[test]
fn a_day_with_just_so_much_driving_is_allowed() {
    let mut problem = by_figures();
    // 8 h less 0.5 of setting up: 3.5 h of driving leave 4 for service.
    problem.limits.min_service_hours = 4.0;
    problem.limits.max_drive_hours_per_day = 3.6;
    let allowed = |problem: &Problem, drive: f64| {
        let model = Model::new(problem);
        model.day_allowed(&model.classes[0], drive)
    };
    assert!(allowed(&problem, 3.5) && allowed(&problem, 3.5 + 0.5 * HOURS_TOLERANCE));
    assert!(!allowed(&problem, 3.5 + 2.0 * HOURS_TOLERANCE));
    problem.limits.max_drive_hours_per_day = 3.0;
    assert!(allowed(&problem, 3.0) && allowed(&problem, 3.0 + 0.5 * HOURS_TOLERANCE));
    assert!(!allowed(&problem, 3.0 + 2.0 * HOURS_TOLERANCE));
    // Each day by itself: 2 h there, a day there, 2.5 h home.
    let model = Model::new(&problem);
    let stop = |stay, out, home| model.stop_allowed(&model.classes[0], stay, out, home);
    assert!(stop(2, 3.0, 3.0) && stop(3, 3.0, 3.0) && stop(1, 1.0, 2.0));
    assert!(!stop(1, 2.0, 2.0) && !stop(2, 3.5, 0.0) && !stop(2, 0.0, 3.5));
    // Without driving there is less than the least time for service.
    problem.limits.min_service_hours = 7.6;
    let model = Model::new(&problem);
    assert!(!model.stop_allowed(&model.classes[0], 3, 0.0, 0.0));
}

#[test]
fn teams_that_differ_in_anything_are_told_apart() {
    let mut problem = by_figures();
    let first = problem.teams[0].clone();
    let with = |change: &dyn Fn(&mut Team)| {
        let mut team = first.clone();
        change(&mut team);
        team
    };
    problem.teams = vec![
        first.clone(),
        with(&|team| team.technicians = 3.0),
        with(&|team| team.cost_per_day = 400.0),
        with(&|team| team.hours_per_day = 7.0),
        with(&|team| team.days_off.clear()),
        with(&|team| team.id = "other".to_owned()),
        // Days off on which nobody tours anyway make no difference.
        with(&|team| team.days_off.push(date(5))),
        with(&|team| team.technicians = 3.0),
    ];
    let model = Model::new(&problem);
    assert_eq!(model.class_of, [0, 1, 2, 3, 4, 0, 0, 1]);
    let members: Vec<&[usize]> = model
        .classes
        .iter()
        .map(|class| &class.members[..])
        .collect();
    assert_eq!(members, [&[0, 5, 6][..], &[1, 7], &[2], &[3], &[4]]);
    assert_eq!(model.classes[3].base_hours, 6.5);
    assert_eq!(model.classes[0].allowed_run, [0, 4, 3, 2, 1, 0, 1, 0]);
    assert_eq!(model.classes[4].allowed_run, [0, 4, 3, 2, 1, 0, 2, 1]);
    // Two nights, or as many as the days in a row.
    assert_eq!(model.longest, 3);
    problem.limits.max_nights = 9;
    assert_eq!(Model::new(&problem).longest, 4);
}

#[test]
fn cells_that_may_be_served_twice_come_first_and_those_that_bring_nothing_are_left_out() {
    let mut problem = by_figures();
    let cells = |problem: &Problem| {
        let model = Model::new(problem);
        (model.cell_in_problem.clone(), model.contested)
    };
    // c0 at P and Q, c1 at Q and R, c2 at P alone.
    assert_eq!(cells(&problem), (vec![0, 1, 2], 2));
    problem.limits.visits_per_point = 2;
    assert_eq!(cells(&problem), (vec![0, 1, 2], 3));
    problem.limits.visits_per_point = 1;
    problem.points[0].pin = Pin::Never;
    assert_eq!(cells(&problem), (vec![1, 0, 2], 1));
    problem.points[0].pin = Pin::Free;
    problem.points[1].max_days = Some(0);
    assert_eq!(cells(&problem), (vec![0, 1, 2], 0));
    // What costs as much as it brings is no pair: c2 at P, c1 at Q.
    problem.points[1].max_days = None;
    problem.pairs[4].cost = 100.0;
    problem.pairs[2].cost = 1600.0;
    assert_eq!(cells(&problem), (vec![0, 1], 1));
    let model = Model::new(&problem);
    let items: Vec<(usize, f64, f64)> = (0..3)
        .flat_map(|p| &model.sites[p].items)
        .map(|item| (item.cell, item.hours, item.gain))
        .collect();
    assert_eq!(
        items,
        [(0, 2.0, 450.0), (0, 4.0, 1000.0), (1, 10.0, 2000.0)]
    );
    let servers = |cell: usize| -> Vec<(usize, f64)> {
        let servers = model.servers(cell).iter();
        servers.map(|server| (server.point, server.gain)).collect()
    };
    assert_eq!(
        (servers(0), servers(1)),
        (vec![(0, 450.0), (1, 1000.0)], vec![(2, 2000.0)])
    );
}

#[test]
fn days_look_alike_where_tours_meet_the_same_open_days_and_pins() {
    for (seed, pin) in (0..20).zip(
        [Pin::Free, Pin::On(date(3)), Pin::On(date(9)), Pin::Must]
            .iter()
            .cycle(),
    ) {
        let mut problem = made_up(seed, &SMALL);
        problem.points[0].pin = pin.clone();
        let model = Model::new(&problem);
        let open = |point: &Point, day: usize| {
            let dates = point.open.as_ref();
            day >= problem.days.len() || dates.is_none_or(|dates| dates.contains(&date(day)))
        };
        let meets = |day: usize| -> Vec<(bool, bool)> {
            let points = problem.points.iter();
            points
                .flat_map(|point| {
                    (day..day + model.longest)
                        .map(move |day| (open(point, day), point.pin == Pin::On(date(day))))
                })
                .collect()
        };
        for a in 0..problem.days.len() {
            for b in 0..a {
                let alike = model.look_of_day[a] == model.look_of_day[b];
                assert_eq!(alike, meets(a) == meets(b), "seed {seed}: {a} and {b}");
            }
            let look = model.look_of_day[a];
            assert_eq!(model.look_of_day[model.day_of_look[look]], look);
        }
    }
}

#[test]
fn a_pin_says_when_a_visit_may_begin_and_which_one_keeps_it() {
    let mut problem = by_figures();
    let mut ask = |pin: Pin, visits: u32| {
        problem.points[0].pin = pin;
        problem.limits.visits_per_point = visits;
        let model = Model::new(&problem);
        let days = 0..problem.days.len();
        let begins: Vec<usize> = days
            .clone()
            .filter(|&day| model.may_begin(0, day))
            .collect();
        let keeps: Vec<usize> = days.filter(|&day| model.keeps_pin(0, day)).collect();
        (model.sites[0].pinned, begins.len(), keeps)
    };
    assert_eq!(ask(Pin::Free, 1), (Pinned::Free, 8, vec![]));
    assert_eq!(ask(Pin::Never, 1), (Pinned::Free, 8, vec![]));
    assert_eq!(ask(Pin::Must, 1), (Pinned::Any, 8, (0..8).collect()));
    // The only visit begins on the date; of two another may begin elsewhere.
    assert_eq!(ask(Pin::On(date(3)), 1), (Pinned::On(Some(3)), 1, vec![3]));
    assert_eq!(ask(Pin::On(date(3)), 2), (Pinned::On(Some(3)), 8, vec![3]));
    assert_eq!(ask(Pin::On(date(20)), 1), (Pinned::On(None), 0, vec![]));
}
