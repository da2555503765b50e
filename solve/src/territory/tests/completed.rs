//! Tours with parts left open, against trying every way to fill them.

use super::made_up::PAIRED;
use super::rules::{by_figures, tour};
use super::*;

/// A tour of which parts are left open: `t`eam, first `d`ay, the days of the `s`tops, their `o`rder.
fn open(tour: &TourPlan, left: &str) -> OpenTour {
    let given = |part: char| !left.contains(part);
    OpenTour {
        team: given('t').then(|| tour.team.clone()),
        depart: given('d').then(|| tour.depart.clone()),
        stops: tour
            .stops
            .iter()
            .map(|stop| (stop.point.clone(), given('s').then_some(stop.days)))
            .collect(),
        in_order: given('o'),
    }
}

/// The best objective with a tour that fills what is open, and the earliest day on which such a tour leaves.
fn best(
    problem: &Problem,
    tours: &[TourPlan],
    before: &[TourPlan],
    open: &OpenTour,
    earliest: &str,
) -> Option<(f64, String)> {
    let fits = |tour: &&TourPlan| {
        let of = |wanted: &Option<String>, is: &String| wanted.as_ref().is_none_or(|w| w == is);
        let stop = |(point, days): &(String, Option<u32>)| {
            let mut stops = tour.stops.iter();
            stops.any(|s| s.point == *point && days.is_none_or(|days| days == s.days))
        };
        let ordered = tour
            .stops
            .iter()
            .zip(&open.stops)
            .all(|(s, o)| s.point == o.0);
        of(&open.team, &tour.team)
            && of(&open.depart, &tour.depart)
            && (open.depart.is_some() || tour.depart.as_str() >= earliest)
            && tour.stops.len() == open.stops.len()
            && open.stops.iter().all(stop)
            && (ordered || !open.in_order)
    };
    let value = |tour: &TourPlan| {
        let all: Vec<TourPlan> = before.iter().chain([tour]).cloned().collect();
        let found = solve_fixed(problem, &all).ok();
        found.map(|found| (found.objective, tour.depart.clone()))
    };
    let ways: Vec<(f64, String)> = tours.iter().filter(fits).filter_map(value).collect();
    let most = ways
        .iter()
        .fold(f64::NEG_INFINITY, |most, way| most.max(way.0));
    let among = ways
        .iter()
        .filter(|way| way.0 > most - 1e-7 * (1.0 + most.abs()));
    among.map(|way| way.1.clone()).min().map(|day| (most, day))
}

#[test]
fn whatever_is_left_open_is_filled_in_as_well_as_by_trying_everything() {
    let (mut filled, mut not, mut later) = (0, 0, 0);
    for seed in 0..24 {
        let mut problem = made_up(seed, &PAIRED);
        problem.limits.max_nights = 2;
        problem.limits.min_days_home = (seed % 2) as u32;
        problem.limits.visits_per_point = 1 + (seed % 3 / 2) as u32;
        let tours = all_tours(&problem);
        let alone = |tour: &&TourPlan| solve_fixed(&problem, std::slice::from_ref(*tour)).is_ok();
        let Some(kept) = tours.iter().filter(alone).nth(seed as usize) else {
            continue;
        };
        for (at, model) in tours.iter().filter(|tour| tour.stops.len() < 3).enumerate() {
            if !(at as u64 + seed).is_multiple_of(3) {
                continue;
            }
            let bits = at / 3;
            let parts = ["t", "d", "s", "o"].iter().enumerate();
            let parts = parts.filter(|(part, _)| bits & (1 << part) == 0);
            let parts: String = parts.map(|(_, part)| *part).collect();
            let left = open(model, &parts);
            // A tour that is whole is not looked at.
            if left.team.is_some()
                && left.depart.is_some()
                && left.stops.iter().all(|stop| stop.1.is_some())
                && (left.in_order || left.stops.len() == 1)
            {
                continue;
            }
            let earliest = if bits % 3 == 0 {
                date(1)
            } else {
                String::new()
            };
            let given = open(kept, "");
            let done = complete(&problem, &[left.clone(), given], &earliest);
            let want = best(
                &problem,
                &tours,
                std::slice::from_ref(kept),
                &left,
                &earliest,
            );
            match (done, want) {
                (Ok(done), Some((most, day))) => {
                    assert_eq!(done[1], *kept);
                    let found = solve_fixed(&problem, &done).unwrap().objective;
                    let same = (found - most).abs() <= 2e-6 * (1.0 + most.abs());
                    assert!(same, "seed {seed}: {found}, {most}: {left:?}");
                    assert_eq!(done[0].depart, day, "seed {seed}: {left:?} {done:?}");
                    filled += 1;
                    later += usize::from(day > problem.days[0].date);
                }
                (Err(_), None) => not += 1,
                (done, want) => panic!("seed {seed}: {done:?}, {want:?}: {left:?}"),
            }
        }
    }
    assert!(
        filled > 100 && not > 50 && later > 30,
        "{filled}, {not}, {later}"
    );
}

#[test]
fn stops_in_no_order_are_driven_the_way_that_pays_most() {
    let problem = by_figures();
    let whole = tour("A", 2, &[("P", 1), ("Q", 1)]);
    // 10 + 5 + 21 km; the other way round 20 + 6 + 11.
    let done = |order| complete(&problem, &[open(&whole, order)], "");
    assert_eq!(done("").unwrap(), std::slice::from_ref(&whole));
    let back = tour("A", 2, &[("Q", 1), ("P", 1)]);
    let objective = |tour: &TourPlan| {
        let fixed = solve_fixed(&problem, std::slice::from_ref(tour));
        fixed.unwrap().objective
    };
    let better = if objective(&back) > objective(&whole) {
        back.clone()
    } else {
        whole.clone()
    };
    assert_eq!(done("o").unwrap(), std::slice::from_ref(&better));
    let turned = open(&back, "o");
    assert_eq!(complete(&problem, &[turned], "").unwrap(), [better]);
    // In the order written even where the other is better.
    let kept = complete(&problem, &[open(&back, "")], "");
    assert_eq!(kept.unwrap(), [back]);
    // One stop has one order: nothing is open, and it stands as it is, allowed or not.
    let closed = tour("A", 5, &[("R", 1)]);
    let one = open(&closed, "o");
    assert_eq!(complete(&problem, &[one], "").unwrap(), [closed]);
}

/// The fewest kilometres from a place through all of these and home.
fn shortest(problem: &Problem, from: usize, places: &mut Vec<usize>) -> f64 {
    if places.is_empty() {
        return problem.legs.km[from][0];
    }
    let mut best = f64::INFINITY;
    for at in 0..places.len() {
        let next = places.remove(at);
        best = best.min(problem.legs.km[from][next] + shortest(problem, next, places));
        places.insert(at, next);
    }
    best
}

#[test]
fn a_tour_of_many_stops_keeps_the_order_written() {
    let mut problem = made_up(3, &SMALL);
    problem.limits.max_nights = 9;
    problem.limits.max_drive_hours_per_day = 99.0;
    problem.limits.min_service_hours = 0.0;
    problem.limits.first_depart = None;
    for team in &mut problem.teams {
        team.hours_per_day = 99.0;
        team.days_off.clear();
    }
    for day in &mut problem.days {
        day.work = true;
    }
    for point in &mut problem.points {
        (point.open, point.max_days, point.pin) = (None, None, Pin::Free);
    }
    let stops = |count: usize| -> Vec<(String, Option<u32>)> {
        let ids = problem.points.iter().take(count);
        ids.map(|point| (point.id.clone(), Some(1))).collect()
    };
    let done = |count: usize| -> Vec<String> {
        let open = OpenTour {
            stops: stops(count),
            ..OpenTour::default()
        };
        let done = complete(&problem, &[open], "").unwrap();
        done[0]
            .stops
            .iter()
            .map(|stop| stop.point.clone())
            .collect()
    };
    let written =
        |count: usize| -> Vec<String> { stops(count).into_iter().map(|stop| stop.0).collect() };
    assert_eq!(done(7), written(7));
    // Of up to six, the shortest way is among those looked at: with hours enough everywhere it is the best one.
    let km = |points: &[String]| {
        let at = |id: &String| 1 + problem.points.iter().position(|p| p.id == *id).unwrap();
        let places: Vec<usize> = [0]
            .into_iter()
            .chain(points.iter().map(at))
            .chain([0])
            .collect();
        let legs = places.windows(2).map(|leg| problem.legs.km[leg[0]][leg[1]]);
        legs.sum::<f64>()
    };
    for count in 2..=6 {
        let most = shortest(&problem, 0, &mut (1..=count).collect());
        assert!((km(&done(count)) - most).abs() < 1e-9, "{count}");
    }
}

#[test]
fn a_tour_that_fits_nowhere_says_which_rules_stand_against_it() {
    let problem = by_figures();
    let why = |tours: &[OpenTour]| complete(&problem, tours, "").unwrap_err();
    // Team and day are given: R is closed on the second.
    let closed = tour("A", 2, &[("P", 1), ("R", 1)]);
    let not = why(&[open(&tour("A", 2, &[("R", 1), ("P", 1)]), "s")]);
    let date = date(1);
    let point = "R".to_owned();
    assert_eq!(
        (not.tour, not.broken),
        (0, vec![Broken::Closed { point, date }])
    );
    // It is open from P on the third, which is the only way.
    let done = complete(&problem, &[open(&closed, "o")], "").unwrap();
    assert_eq!(done, [closed]);
    // The day or the team is open: nothing fits anywhere.
    let late = tour("A", 2, &[("R", 4)]);
    for left in ["t", "d", "td"] {
        let not = why(&[open(&late, left)]);
        assert_eq!(not.broken, []);
    }
    // Beside a tour of the team, the day after it and two days before it; further off there is room.
    let first = open(&tour("A", 3, &[("P", 1)]), "");
    let second = |day| open(&tour("A", day, &[("Q", 1)]), "s");
    let away = |team: &str| Broken::Away {
        team: team.to_owned(),
        home: 1,
        before: 0,
    };
    for day in [2, 3, 4] {
        let not = why(&[first.clone(), second(day)]);
        assert_eq!((not.tour, not.broken), (1, vec![away("A")]), "{day}");
    }
    let done = complete(&problem, &[first.clone(), second(5)], "").unwrap();
    assert_eq!(done[1], tour("A", 5, &[("Q", 1)]));
    // B is not away.
    let mut other = second(3);
    other.team = Some("B".to_owned());
    assert!(complete(&problem, &[first.clone(), other.clone()], "").is_ok());
    // A team that nobody knows, a rule of its own before that of being away.
    other.team = Some("Z".to_owned());
    let team = "Z".to_owned();
    assert_eq!(
        why(&[first.clone(), other]).broken,
        [Broken::UnknownTeam { team }]
    );
    let rest = open(&tour("A", 3, &[("R", 1)]), "s");
    let most = Broken::Driving {
        date: super::date(2),
        hours: 4.5,
        most: 4.0,
    };
    assert_eq!(why(&[first, rest]).broken, [most]);
}
