//! The problem format, its faults, and the layout of a tour.

use super::super::*;
use super::made_up::{SMALL, date, made_up};

#[test]
fn every_fault_of_a_problem_is_reported_with_its_place() {
    let mut problem = made_up(1, &SMALL);
    problem.schema = "other".to_owned();
    problem.days[3].date = date(7);
    problem.teams[1].id = problem.teams[0].id.clone();
    problem.teams[0].days_off = vec!["soon".to_owned()];
    problem.limits.utilisation = 1.5;
    problem.costs.per_km = f64::NAN;
    problem.points[0].pin = Pin::On("maybe".to_owned());
    problem.points[1].open = Some(vec!["2026-02-30".to_owned()]);
    problem.legs.km[0].pop();
    problem.legs.hours[1][2] = -1.0;
    problem.pairs[0].share = 1.1;
    problem.pairs[1].cell = 999;
    let last = problem.pairs.len() - 1;
    problem.pairs[last] = problem.pairs[last - 1].clone();
    let faults = validate(&problem);
    let twice = format!("pairs[{last}]");
    for path in [
        "schema",
        "days[3].date",
        "days[4].date",
        "teams[1].id",
        "teams[0].days_off[0]",
        "limits.utilisation",
        "costs.per_km",
        "points[0].pin",
        "points[1].open[0]",
        "legs.km[0]",
        "legs.hours[1][2]",
        "pairs[0].share",
        "pairs[1].cell",
        &twice,
    ] {
        assert!(
            faults.iter().any(|f| f.path == path),
            "{path} is missing in {faults:?}"
        );
    }
}

#[test]
fn a_problem_file_survives_reading_and_writing_and_unknown_keys_are_ignored() {
    let text = r#"{"schema":"tourplan-problem/1","extra":1,"days":[{"date":"2026-12-01"}],
        "teams":[{"id":"t","technicians":3,"hours_per_day":8.0,"days_off":null}],
        "limits":{"max_nights":2,"max_drive_hours_per_day":6},"costs":{},
        "points":[{"id":"A","bays":2,"pin":"must"},{"id":"B","bays":1,"pin":"2026-12-01"},{"id":"C","bays":1}],
        "legs":{"km":[],"hours":[]},"cells":[{"id":"c","hours":1,"value":2}],"pairs":[{"cell":0,"point":0}]}"#;
    let problem: Problem = serde_json::from_str(text).unwrap();
    assert_eq!(
        (&problem.points[0].pin, &problem.points[2].pin),
        (&Pin::Must, &Pin::Free)
    );
    assert_eq!(
        (
            problem.pairs[0].share,
            problem.limits.utilisation,
            problem.limits.visits_per_point
        ),
        (1.0, 1.0, 1)
    );
    let written = serde_json::to_string(&problem).unwrap();
    assert!(
        written.contains(r#""technicians":3,"#) && written.contains(r#""pin":null"#),
        "{written}"
    );
    assert_eq!(serde_json::from_str::<Problem>(&written).unwrap(), problem);
}

#[test]
fn a_tour_is_laid_out_by_the_contracts_formula() {
    let mut problem = made_up(2, &SMALL);
    problem.limits.first_depart = None;
    problem.limits.min_service_hours = 0.0;
    problem.limits.max_drive_hours_per_day = 9.0;
    problem.teams[0].days_off.clear();
    for p in [0, 1] {
        problem.points[p] = Point {
            open: None,
            max_days: None,
            pin: Pin::Free,
            ..problem.points[p].clone()
        };
    }
    problem.legs.hours = vec![vec![1.0; 9]; 9];
    problem.legs.hours[2][0] = 2.5;
    let stop = |point: &str, days| StopPlan {
        point: point.to_owned(),
        days,
    };
    let tour = TourPlan {
        team: "team-0".to_owned(),
        depart: date(0),
        stops: vec![stop("P0", 1), stop("P1", 2)],
    };
    let facts = tour_facts(&problem, &tour).unwrap();
    assert_eq!(facts.drive_hours_by_day, vec![1.0, 1.0, 2.5]);
    assert_eq!(
        (facts.return_date.as_str(), facts.nights),
        ("2026-12-03", 2)
    );
    let hands = problem.teams[0].technicians.min(problem.points[1].bays);
    assert!((facts.stops[1].capacity_hours - hands * 0.85 * (6.5 + 5.0)).abs() < 1e-12);
}
