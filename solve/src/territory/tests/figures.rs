//! Prices, iterations and what is written of a plan, with figures by hand.

use super::super::plan::{Plan, Trip};
use super::rules::{by_figures, tour};
use super::*;

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * (1.0 + b.abs())
}

#[test]
fn hours_and_cells_have_the_prices_of_their_best_allocation() {
    // P offers 3.25 h; of its cells, c0 takes 2 h there and brings 450, c2 takes 6.5 h and brings 100.
    let problem = by_figures();
    let alone = prices(&problem, &[tour("A", 2, &[("P", 1)])]).unwrap();
    // 21 km, no night, a day of the team and one of the host; home again after 2.25 h: 5.25 h, half of them used.
    let hours = 2.625;
    assert_eq!(alone.tours[0].capacity_hours, hours);
    assert!(near(alone.value, 450.0 + (hours - 2.0) / 6.5 * 100.0));
    assert!(near(alone.objective, alone.value - (42.0 + 500.0 + 100.0)));
    assert!(near(alone.hour[0], 100.0 / 6.5) && alone.hour[1..] == [0.0, 0.0]);
    assert!(near(alone.cell[0], 450.0 - 2.0 * alone.hour[0]));
    assert!(near(alone.cell[2], 0.0) && alone.cell[1] == 0.0);
    assert!(near(alone.used_hours[0], hours) && alone.used_hours[1..] == [0.0, 0.0]);
    assert!(near(alone.brought[0], alone.value) && alone.brought[1..] == [0.0, 0.0]);
    // At Q c0 brings 1000 in 4 h and c1 1500 in 8 h: beside P, c0 is worth what it brings more there.
    let both = prices(&problem, &[tour("A", 2, &[("P", 1), ("Q", 2)])]).unwrap();
    assert!(near(both.value, 1000.0 + 1500.0 + 50.0), "{}", both.value);
    assert!(near(both.objective, 2550.0 - 1932.0));
    assert!(near(both.used_hours[0], 3.25) && near(both.used_hours[1], 12.0));
    assert!(near(both.brought[0], 50.0) && near(both.brought[1], 2500.0));
    // Q has hours left over, P has not.
    assert!(near(both.hour[0], 100.0 / 6.5) && both.hour[1..] == [0.0, 0.0]);
    assert!(near(both.cell[0], 1000.0) && near(both.cell[1], 1500.0) && near(both.cell[2], 0.0));
    assert!(prices(&problem, &[tour("A", 1, &[("P", 1)])]).is_err());
}

#[test]
fn further_hours_are_worth_what_they_bring_beyond_the_prices_of_their_cells() {
    let mut problem = by_figures();
    let known = prices(&problem, &[tour("A", 2, &[("P", 1)])]).unwrap();
    // At Q c0 brings 1000 less its price in 4 h, c1 1500 in 8 h.
    let c0 = 1000.0 - known.cell[0];
    assert!(c0 / 4.0 < 1500.0 / 8.0);
    for (hours, worth) in [
        (-1.0, 0.0),
        (0.0, 0.0),
        (2.0, 375.0),
        (8.0, 1500.0),
        (10.0, 1500.0 + 0.5 * c0),
        (12.0, 1500.0 + c0),
        (99.0, 1500.0 + c0),
    ] {
        assert!(near(known.worth(&problem, 1, hours), worth), "{hours}");
    }
    // What takes no hours comes with none; what costs as much as it brings does not come.
    problem.cells[0].hours = 0.0;
    assert!(near(known.worth(&problem, 1, 0.0), c0));
    assert!(near(known.worth(&problem, 1, 8.0), 1500.0 + c0));
    problem.cells[0].value = 0.5 * known.cell[0];
    assert!(near(known.worth(&problem, 1, 12.0), 1500.0));
    problem.cells[0].hours = 4.0;
    assert!(near(known.worth(&problem, 1, 12.0), 1500.0));
}

#[test]
fn prices_promise_never_less_than_a_further_visit_brings() {
    let mut compared = 0;
    for seed in 0..30 {
        let mut problem = made_up(seed, &SMALL);
        problem.limits.min_days_home = 0;
        let tours: Vec<TourPlan> = all_tours(&made_up(seed, &TINY));
        let Some(first) = tours.first() else { continue };
        let Ok(known) = prices(&problem, std::slice::from_ref(first)) else {
            continue;
        };
        // Duality: the prices add up to the value.
        let hours: Vec<f64> = (0..problem.points.len())
            .map(|p| {
                let stops = known.tours.iter().flat_map(|tour| &tour.stops);
                let own = stops.filter(|stop| stop.point == p);
                own.map(|stop| stop.capacity_hours).sum()
            })
            .collect();
        let sum: f64 = known.hour.iter().zip(&hours).map(|(a, b)| a * b).sum();
        let cells: f64 = known.cell.iter().sum();
        assert!((sum + cells - known.value).abs() <= 1e-6 * (1.0 + known.value));
        assert!((known.brought.iter().sum::<f64>() - known.value).abs() < 1e-6);
        for (point, host) in problem.points.iter().enumerate() {
            let other = TourPlan {
                team: problem.teams[1].id.clone(),
                depart: first.depart.clone(),
                stops: vec![StopPlan {
                    point: host.id.clone(),
                    days: 1,
                }],
            };
            if hours[point] > 0.0 {
                continue;
            }
            let Ok(with) = prices(&problem, &[first.clone(), other]) else {
                continue;
            };
            let more = with.value - known.value;
            let promised = known.worth(&problem, point, with.tours[1].capacity_hours);
            assert!(promised >= more - 1e-6, "seed {seed}: {promised}, {more}");
            compared += 1;
        }
    }
    assert!(compared > 20, "{compared}");
}

#[test]
fn a_search_has_so_many_iterations_by_pairs_and_days() {
    let mut problem = by_figures();
    let pair = problem.pairs[0].clone();
    let mut with = |pairs: usize, days: usize| {
        problem.pairs = vec![pair.clone(); pairs];
        problem.days = vec![problem.days[0].clone(); days];
        default_iterations(&problem)
    };
    assert_eq!(with(0, 30), 6000);
    // 6000·√(1100 / (pairs·days + 1100)): a half of them at three times 1100.
    assert_eq!(with(110, 30), 3000);
    assert_eq!(with(330, 1), 5262);
    assert_eq!(with(2000, 30), 805);
    // 700 at least, and beyond 2,000 pairs one more for every three, up to 2,000.
    assert_eq!(with(2000, 300), 700);
    assert_eq!(with(2300, 300), 800);
    assert_eq!(with(5900, 300), 2000);
    assert_eq!(with(9000, 300), 2000);
}

#[test]
fn hours_of_a_point_visited_twice_are_filled_visit_by_visit() {
    let mut problem = by_figures();
    problem.limits.visits_per_point = 2;
    let tours = [tour("A", 2, &[("P", 1)]), tour("A", 4, &[("P", 2)])];
    let solution = solve_fixed(&problem, &tours).unwrap();
    // 2.625 h, then 6.375: of 8.5 h wanted the first visit gives 2 to c0, which brings most, and the rest to c2.
    let served: Vec<(usize, usize, usize)> = solution
        .allocation
        .iter()
        .map(|a| (a.cell, a.tour, a.stop))
        .collect();
    assert_eq!(served, [(0, 0, 0), (2, 0, 0), (2, 1, 0)]);
    let x: Vec<f64> = solution.allocation.iter().map(|a| a.x).collect();
    assert_eq!(x[0], 1.0);
    assert!((x[1] - 0.625 / 6.5).abs() < 2e-9 && (x[2] - 5.875 / 6.5).abs() < 2e-9);
    assert!((solution.objective - (550.0 - 21.0 * 4.0 - 90.0 - 1500.0 - 300.0)).abs() < 1e-6);
    let score = evaluate(&problem, &solution).unwrap();
    assert!((score.objective - solution.objective).abs() < 1e-6);
    assert_eq!((solution.gap, solution.bound), (None, None));
    assert_eq!(solution.tours, tours);
}

#[test]
fn days_left_and_room_are_those_the_tours_leave() {
    let mut problem = by_figures();
    problem.limits.visits_per_point = 2;
    problem.points[1].pin = Pin::Never;
    problem.points[2].pin = Pin::On(date(3));
    let model = Model::new(&problem);
    // A works on five days at a stretch, a tour has three.
    let mut plan = Plan::default();
    assert_eq!(plan.days_left(&model), [3, 0, 3]);
    assert_eq!(plan.open_pins(&model), [false, false, true]);
    // From the second to the fifth day and on the seventh A may tour, B on the eighth also.
    assert_eq!(plan.room(&model, 0), [0, 3, 3, 2, 1, 0, 1, 0]);
    assert_eq!(plan.room(&model, 1), [0, 3, 3, 2, 1, 0, 2, 1]);
    let trip = Trip::new(&model, 0, 2, &[(0, 1), (2, 1)]);
    plan.trips.push(trip.clone());
    assert_eq!(plan.days_left(&model), [2, 0, 3]);
    assert_eq!(plan.open_pins(&model), [false, false, false]);
    // A day at home before and after; B is not bound by it.
    assert_eq!(plan.room(&model, 0), [0, 0, 0, 0, 0, 0, 1, 0]);
    assert_eq!(plan.room(&model, 1), [0, 3, 3, 2, 1, 0, 2, 1]);
    let takes = |plan: &Plan, team, start, route: &[(usize, usize)]| {
        plan.takes(&model, &Trip::new(&model, team, start, route))
    };
    assert!(takes(&plan, 0, 6, &[(0, 1)]) && !takes(&plan, 0, 6, &[(0, 2)]));
    assert!(takes(&plan, 1, 1, &[(0, 2), (2, 1)]) && !takes(&plan, 1, 1, &[(0, 3)]));
    assert!(!takes(&plan, 0, 4, &[(0, 1)]) && takes(&plan, 1, 4, &[(0, 1)]));
    assert!(!takes(&plan, 1, 1, &[(1, 1)]) && !takes(&plan, 1, 1, &[(0, 1), (2, 1), (0, 1)]));
    plan.trips.push(Trip::new(&model, 1, 1, &[(0, 1)]));
    // Twice is as often as the point may be visited, whatever days are left.
    assert_eq!(plan.days_left(&model), [0, 0, 3]);
    plan.trips.push(Trip::new(&model, 0, 1, &[(2, 1)]));
    plan.sort();
    let order: Vec<(usize, usize)> = plan.trips.iter().map(|t| (t.start, t.team)).collect();
    assert_eq!(order, [(1, 0), (1, 1), (2, 0)]);
    assert!(near(plan.cost(), plan.trips.iter().map(|t| t.cost).sum()));
    // Hours of the visits of a point together: 2.625 h by hand there and back on one day by A.
    let lone = Plan {
        trips: vec![Trip::new(&model, 0, 6, &[(0, 1)])],
    };
    assert_eq!(lone.capacity(&model), [Some(2.625), None, None]);
    let twice = Plan {
        trips: vec![lone.trips[0].clone(); 2],
    };
    assert_eq!(twice.capacity(&model), [Some(5.25), None, None]);
}
