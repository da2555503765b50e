//! Every rule of a plan, kept just so and just not; figures by hand.

use super::*;

/// Three points, two teams, eight days of which the sixth is a rest day. Legs are not the same there and back.
pub(super) fn by_figures() -> Problem {
    let text = r#"{"schema":"tourplan-problem/1",
        "days":[{"date":"2026-12-01"},{"date":"2026-12-02"},{"date":"2026-12-03"},{"date":"2026-12-04"},
            {"date":"2026-12-05"},{"date":"2026-12-06","work":false},{"date":"2026-12-07"},{"date":"2026-12-08"}],
        "teams":[{"id":"A","technicians":2,"hours_per_day":8,"cost_per_day":500,"days_off":["2026-12-08"]},
            {"id":"B","technicians":1,"hours_per_day":6,"cost_per_day":300}],
        "limits":{"max_nights":2,"setup_hours":0.5,"min_service_hours":2,"max_drive_hours_per_day":4,
            "visits_per_point":1,"utilisation":0.5,"first_depart":"2026-12-02","min_days_home":1},
        "costs":{"per_km":2,"per_night":90},
        "points":[{"id":"P","bays":1,"fee_per_day":100,"max_days":3},{"id":"Q","bays":3,"fee_per_day":40},
            {"id":"R","bays":2,"open":["2026-12-03","2026-12-04","2026-12-07"]}],
        "legs":{"km":[[0,10,20,30],[11,0,5,7],[21,6,0,9],[31,8,12,0]],
            "hours":[[0,1,1.5,2],[1.25,0,0.5,0.75],[1.75,0.6,0,0.9],[2.5,0.8,1.2,0]]},
        "cells":[{"id":"c0","hours":4,"value":1000},{"id":"c1","hours":10,"value":2000},
            {"id":"c2","hours":6.5,"value":100}],
        "pairs":[{"cell":0,"point":0,"share":0.5,"cost":50},{"cell":0,"point":1},
            {"cell":1,"point":1,"share":0.8,"cost":100},{"cell":1,"point":2},{"cell":2,"point":0}]}"#;
    serde_json::from_str(text).unwrap()
}

pub(super) fn tour(team: &str, day: usize, stops: &[(&str, u32)]) -> TourPlan {
    TourPlan {
        team: team.to_owned(),
        depart: date(day - 1),
        stops: stops
            .iter()
            .map(|&(point, days)| StopPlan {
                point: point.to_owned(),
                days,
            })
            .collect(),
    }
}

/// The rules that stand against these tours, each with the tour and the stop to blame.
fn broken(problem: &Problem, tours: &[TourPlan]) -> Vec<(Option<usize>, Option<usize>, Broken)> {
    match evaluate(problem, &Solution::bare(tours.to_vec())) {
        Ok(_) => Vec::new(),
        Err(broken) => broken
            .into_iter()
            .map(|one| (one.tour, one.stop, one.rule))
            .collect(),
    }
}

fn day(day: usize) -> String {
    date(day - 1)
}

#[test]
fn a_tour_has_the_dates_kilometres_hours_and_yuan_worked_out_by_hand() {
    let problem = by_figures();
    let facts = tour_facts(&problem, &tour("A", 2, &[("P", 1), ("Q", 2)])).unwrap();
    assert_eq!(
        (facts.team, facts.start, facts.days, facts.nights),
        (0, 1, 3, 2)
    );
    assert_eq!((facts.depart, facts.return_date), (day(2), day(4)));
    assert_eq!(facts.km, 10.0 + 5.0 + 21.0);
    assert_eq!(facts.drive_hours_by_day, [1.0, 0.5, 1.75]);
    assert_eq!(facts.drive_hours, 3.25);
    // 36 km, two nights, three days of the team, one day at P and two at Q.
    assert_eq!(facts.cost, 72.0 + 180.0 + 1500.0 + 100.0 + 80.0);
    let stop = |s: usize| &facts.stops[s];
    assert_eq!((stop(0).point, stop(0).first, stop(0).days), (0, 1, 1));
    assert_eq!((&stop(0).first_day, &stop(0).last_day), (&day(2), &day(2)));
    assert_eq!((stop(1).point, stop(1).first, stop(1).days), (1, 2, 2));
    assert_eq!((&stop(1).first_day, &stop(1).last_day), (&day(3), &day(4)));
    assert_eq!((stop(0).fee, stop(1).fee), (100.0, 80.0));
    // One bay, 8 − 0.5 − 1 hours, half of them used; two technicians of three bays, 7 and 5.75 hours.
    assert_eq!(
        (stop(0).capacity_hours, stop(1).capacity_hours),
        (3.25, 12.75)
    );
    assert_eq!(facts.capacity_hours, 16.0);
}

#[test]
fn a_plan_is_worth_its_allocation_less_its_tours() {
    let problem = by_figures();
    let mut solution = Solution::bare(vec![tour("A", 2, &[("P", 1), ("Q", 2)])]);
    let serve = |cell, stop, x| Allocation {
        cell,
        tour: 0,
        stop,
        x,
    };
    solution.allocation = vec![serve(0, 0, 0.5), serve(0, 1, 0.5), serve(1, 1, 1.0)];
    let score = evaluate(&problem, &solution).unwrap();
    // 0.5·(0.5·1000 − 50) + 0.5·1000 + 0.8·2000 − 100; hours 0.5·0.5·4 + 0.5·4 + 0.8·10.
    assert_eq!((score.value, score.used_hours), (2225.0, 11.0));
    assert_eq!((score.cost, score.capacity_hours), (1932.0, 16.0));
    assert_eq!(score.objective, 293.0);
    assert_eq!(score.tours.len(), 1);
}

/// The rules that stand against a tour, in words, each after the stop to blame.
fn against(problem: &Problem, tour: &TourPlan) -> String {
    let found = broken(problem, std::slice::from_ref(tour));
    assert!(found.iter().all(|one| one.0 == Some(0)), "{found:?}");
    // By itself a tour breaks the same rules.
    let own: Vec<_> = found.into_iter().map(|one| (one.1, one.2)).collect();
    let alone = tour_facts(problem, tour).unwrap_err();
    let alone: Vec<_> = alone.into_iter().map(|one| (one.stop, one.rule)).collect();
    assert_eq!(alone, own);
    let words = own.iter().map(|(stop, rule)| match stop {
        Some(stop) => format!("{stop}: {rule}"),
        None => rule.to_string(),
    });
    words.collect::<Vec<_>>().join("; ")
}

#[test]
fn each_rule_of_one_tour_is_named_with_its_stop_and_its_numbers() {
    let cases: &[(TourPlan, &str)] = &[
        (tour("Z", 2, &[("P", 1)]), "team 'Z' is not in the problem"),
        (
            tour("A", 9, &[("P", 1)]),
            "departure 2026-12-09 is not one of the problem's days",
        ),
        (tour("A", 2, &[]), "the tour has no stop"),
        (
            tour("A", 2, &[("P", 1), ("X", 1)]),
            "1: point 'X' is not in the problem",
        ),
        (
            tour("A", 2, &[("P", 1), ("Q", 0)]),
            "1: the stop at 'Q' has no day",
        ),
        (
            tour("A", 2, &[("P", 1), ("Q", 1), ("P", 1)]),
            "2: point 'P' stands twice in one tour",
        ),
        (
            tour("A", 7, &[("P", 1), ("Q", 2)]),
            "the tour from 2026-12-07 lasts 3 days, beyond the last day of the list",
        ),
        (tour("A", 5, &[("Q", 2)]), "2026-12-06 is a rest day"),
        (
            tour("A", 7, &[("Q", 2)]),
            "2026-12-08 is a day off of team 'A'",
        ),
        (
            tour("A", 2, &[("Q", 4)]),
            "3 nights away, more than max_nights 2",
        ),
        (
            tour("A", 1, &[("Q", 2)]),
            "leaves on 2026-12-01, before first_depart 2026-12-02",
        ),
        // There in 2 h and home in 2.5 h on the same day; of B's 6 h 0.5 are setting up, so 1 h is left.
        (
            tour("A", 3, &[("R", 1)]),
            "4.500 h of driving on 2026-12-03, more than 4",
        ),
        (
            tour("B", 3, &[("R", 1)]),
            "4.500 h of driving on 2026-12-03, more than 4; 1.000 h left for service on 2026-12-03, less than 2",
        ),
        // Open on the third and the fourth.
        (
            tour("A", 4, &[("R", 2)]),
            "0: point 'R' is not open on 2026-12-05",
        ),
        (
            tour("B", 2, &[("R", 2), ("Q", 1)]),
            "0: point 'R' is not open on 2026-12-02",
        ),
        (
            tour("B", 2, &[("P", 3), ("R", 1)]),
            "3 nights away, more than max_nights 2; 1: point 'R' is not open on 2026-12-05",
        ),
    ];
    let problem = by_figures();
    for (tour, rules) in cases {
        assert_eq!(against(&problem, tour), *rules, "{tour:?}");
    }
}

#[test]
fn a_limit_that_is_just_reached_is_kept() {
    let mut problem = by_figures();
    let reached = tour("A", 3, &[("R", 1)]);
    // 4.5 h of driving and 3 h of service, to a rounding error.
    problem.limits.max_drive_hours_per_day = 4.5 - 0.5 * HOURS_TOLERANCE;
    problem.limits.min_service_hours = 3.0 + 0.5 * HOURS_TOLERANCE;
    assert_eq!(broken(&problem, std::slice::from_ref(&reached)), []);
    problem.limits.max_drive_hours_per_day = 4.5 - 2.0 * HOURS_TOLERANCE;
    problem.limits.min_service_hours = 3.0 + 2.0 * HOURS_TOLERANCE;
    assert_eq!(broken(&problem, &[reached]).len(), 2);
    // The last day, two nights, the first day allowed, three days at P.
    let problem = by_figures();
    for tour in [
        tour("B", 7, &[("Q", 2)]),
        tour("A", 2, &[("Q", 3)]),
        tour("B", 3, &[("R", 2), ("P", 1)]),
        tour("A", 2, &[("P", 3)]),
    ] {
        assert_eq!(
            broken(&problem, std::slice::from_ref(&tour)),
            [],
            "{tour:?}"
        );
    }
}

#[test]
fn a_team_is_on_one_tour_at_a_time_and_at_home_in_between() {
    let problem = by_figures();
    let away = |tour, before| {
        let team = "A".to_owned();
        vec![(
            Some(tour),
            None,
            Broken::Away {
                team,
                home: 1,
                before,
            },
        )]
    };
    let (first, second) = (tour("A", 2, &[("P", 1)]), |day| tour("A", day, &[("Q", 1)]));
    // One day at home lies between the second and the fourth.
    assert_eq!(broken(&problem, &[first.clone(), second(4)]), []);
    assert_eq!(broken(&problem, &[first.clone(), second(3)]), away(1, 0));
    assert_eq!(broken(&problem, &[second(3), first.clone()]), away(0, 1));
    // Away for two days, back on the third.
    let longer = tour("A", 2, &[("P", 2)]);
    assert_eq!(broken(&problem, &[longer.clone(), second(4)]), away(1, 0));
    assert_eq!(broken(&problem, &[longer, second(5)]), []);
    assert_eq!(broken(&problem, &[first, tour("B", 2, &[("Q", 1)])]), []);
    let mut at_once = by_figures();
    at_once.limits.min_days_home = 0;
    let tours = [tour("A", 2, &[("P", 2)]), tour("A", 4, &[("Q", 1)])];
    assert_eq!(broken(&at_once, &tours), []);
}

#[test]
fn visits_and_days_of_a_point_are_counted_over_all_tours() {
    let mut problem = by_figures();
    let twice = |days| [tour("A", 2, &[("P", 1)]), tour("B", 3, &[("P", days)])];
    let point = || "P".to_owned();
    let visits = Broken::Visits {
        point: point(),
        visits: 2,
    };
    assert_eq!(broken(&problem, &twice(2)), [(None, None, visits)]);
    problem.limits.visits_per_point = 2;
    assert_eq!(broken(&problem, &twice(2)), []);
    let days = Broken::Days {
        point: point(),
        days: 4,
        most: 3,
    };
    assert_eq!(broken(&problem, &twice(3)), [(None, None, days)]);
    problem.points[0].max_days = None;
    assert_eq!(broken(&problem, &twice(3)), []);
}

#[test]
fn pins_are_kept_by_a_visit_that_begins_on_their_date() {
    let mut problem = by_figures();
    problem.limits.visits_per_point = 2;
    let early = tour("A", 2, &[("P", 1), ("Q", 2)]);
    let later = tour("B", 4, &[("P", 1)]);
    let mut pinned = |pin: Pin, tours: &[TourPlan]| -> Vec<String> {
        problem.points[0].pin = pin;
        let rules = broken(&problem, tours).into_iter();
        rules
            .map(|(tour, stop, rule)| match rule {
                Broken::Pin { message } if (tour, stop) == (None, None) => message,
                other => panic!("{other:?}"),
            })
            .collect()
    };
    let both = [early.clone(), later.clone()];
    let (early, later) = (&[early][..], &[later][..]);
    assert_eq!(pinned(Pin::Free, &[]), [""; 0]);
    assert_eq!(pinned(Pin::Never, &[]), [""; 0]);
    assert_eq!(
        pinned(Pin::Never, early),
        ["point 'P' is pinned 'never' and visited"]
    );
    assert_eq!(pinned(Pin::Must, early), [""; 0]);
    assert_eq!(
        pinned(Pin::Must, &[]),
        ["point 'P' is pinned 'must' and not visited"]
    );
    let on = |of: usize| Pin::On(day(of));
    let missed = |of: usize| {
        format!(
            "no visit of point 'P' begins on its pinned date {}",
            day(of)
        )
    };
    assert_eq!(pinned(on(2), early), [""; 0]);
    assert_eq!(pinned(on(4), early), [missed(4)]);
    assert_eq!(pinned(on(4), later), [""; 0]);
    assert_eq!(pinned(on(2), later), [missed(2)]);
    assert_eq!(pinned(on(2), &both), [""; 0]);
    assert_eq!(pinned(on(4), &both), [""; 0]);
    assert_eq!(pinned(on(3), &both), [missed(3)]);
}

/// What stands against an allocation `(cell, tour, stop, x)` of one tour: P for a day, Q for two; or none.
fn served(problem: &Problem, allocation: &[(usize, usize, usize, f64)]) -> Vec<String> {
    let mut solution = Solution::bare(vec![tour("A", 2, &[("P", 1), ("Q", 2)])]);
    solution.allocation = allocation
        .iter()
        .map(|&(cell, tour, stop, x)| Allocation {
            cell,
            tour,
            stop,
            x,
        })
        .collect();
    let Err(broken) = evaluate(problem, &solution) else {
        return Vec::new();
    };
    let words = broken.into_iter().map(|one| {
        let place = match (one.tour, one.stop) {
            (Some(tour), Some(stop)) => format!("{tour}/{stop} "),
            (None, None) => String::new(),
            other => panic!("{other:?}"),
        };
        format!("{place}{}", one.rule)
    });
    words.collect()
}

#[test]
fn what_is_served_is_allowed_there_once_over_and_within_the_hours() {
    let problem = by_figures();
    let none = [""; 0];
    let nowhere = |k: usize, place: &str, cell: usize| {
        format!(
            "{place} allocation {k}: cell {cell} may not be served at that stop, or there is no such stop"
        )
    };
    // Cell 1 is not served at P; there is neither a third stop nor a second tour nor a fourth cell.
    assert_eq!(
        served(&problem, &[(0, 0, 1, 0.1), (1, 0, 0, 0.1)]),
        [nowhere(1, "0/0", 1)]
    );
    assert_eq!(served(&problem, &[(0, 0, 2, 0.1)]), [nowhere(0, "0/2", 0)]);
    assert_eq!(served(&problem, &[(0, 1, 0, 0.1)]), [nowhere(0, "1/0", 0)]);
    assert_eq!(served(&problem, &[(3, 0, 0, 0.1)]), [nowhere(0, "0/0", 3)]);
    // A part is between 0 and 1, to a millionth; so is the sum of a cell's parts.
    assert_eq!(served(&problem, &[(0, 0, 1, 1.0 + 5e-7)]), none);
    assert_eq!(served(&problem, &[(0, 0, 1, -5e-7)]), none);
    let beyond = |x: f64| format!("0/1 allocation 0: x = {x} is not between 0 and 1");
    assert_eq!(served(&problem, &[(0, 0, 1, -2e-6)]), [beyond(-2e-6)]);
    assert_eq!(served(&problem, &[(0, 0, 1, f64::NAN)]), [beyond(f64::NAN)]);
    let over = "cell 'c0' is served 1.000002 times".to_owned();
    let x = 1.000_002;
    assert_eq!(served(&problem, &[(0, 0, 1, x)]), [beyond(x), over.clone()]);
    assert_eq!(
        served(&problem, &[(0, 0, 0, 0.5), (0, 0, 1, 0.5 + 5e-7)]),
        none
    );
    assert_eq!(
        served(&problem, &[(0, 0, 0, 0.5), (0, 0, 1, 0.500_002)]),
        [over]
    );
    // P offers 3.25 h, which is half of cell 2, and a millionth of them more is allowed.
    assert_eq!(served(&problem, &[(2, 0, 0, 0.5 + 4e-7)]), none);
    let full = "0/0 3.250004 h allocated of 3.250000 h offered".to_owned();
    assert_eq!(served(&problem, &[(2, 0, 0, 0.5 + 6e-7)]), [full]);
    // Two cells at one stop, 2 h and 1.95 h; the same cells at two stops are within the hours of each.
    let both = "0/0 3.950000 h allocated of 3.250000 h offered".to_owned();
    assert_eq!(served(&problem, &[(0, 0, 0, 1.0), (2, 0, 0, 0.3)]), [both]);
    assert_eq!(served(&problem, &[(0, 0, 1, 1.0), (2, 0, 0, 0.3)]), none);
    // Where less than an hour is offered a millionth of an hour is allowed.
    let mut short = by_figures();
    short.limits.utilisation = 0.05;
    // 0.325 h at P: a twentieth of cell 2.
    assert_eq!(served(&short, &[(2, 0, 0, 0.05 + 1.4e-7)]), none);
    let full = "0/0 0.325001 h allocated of 0.325000 h offered".to_owned();
    assert_eq!(served(&short, &[(2, 0, 0, 0.05 + 1.8e-7)]), [full]);
}
