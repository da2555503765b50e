//! The problem format, its faults, and the layout of a tour.

use super::super::*;
use super::made_up::{SMALL, date, made_up};
use super::rules::by_figures;

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

/// A change to a problem, and the place of the fault it makes.
type Fault = (fn(&mut Problem), &'static str);

#[test]
fn each_number_date_and_id_has_its_own_fault() {
    assert_eq!(validate(&by_figures()), []);
    let faults: &[Fault] = &[
        (|p| p.schema.clear(), "schema"),
        (|p| p.days[2].date = "2026-12-3".to_owned(), "days[2].date"),
        // A day left out, twice, in the wrong order.
        (|p| drop(p.days.remove(2)), "days[2].date"),
        (|p| p.days[1].date = p.days[0].date.clone(), "days[1].date"),
        (|p| p.days.swap(6, 7), "days[6].date"),
        (|p| p.teams[1].id.clear(), "teams[1].id"),
        (|p| p.teams[1].id = "A".to_owned(), "teams[1].id"),
        (|p| p.teams[1].technicians = -1.0, "teams[1].technicians"),
        (
            |p| p.teams[1].hours_per_day = f64::INFINITY,
            "teams[1].hours_per_day",
        ),
        (|p| p.teams[1].cost_per_day = -0.5, "teams[1].cost_per_day"),
        (
            |p| p.teams[0].days_off[0] = "2026-13-01".to_owned(),
            "teams[0].days_off[0]",
        ),
        (|p| p.limits.setup_hours = f64::NAN, "limits.setup_hours"),
        (
            |p| p.limits.min_service_hours = -1.0,
            "limits.min_service_hours",
        ),
        (
            |p| p.limits.max_drive_hours_per_day = -1.0,
            "limits.max_drive_hours_per_day",
        ),
        (|p| p.limits.utilisation = 1.01, "limits.utilisation"),
        (|p| p.limits.utilisation = -0.01, "limits.utilisation"),
        (|p| p.limits.utilisation = f64::NAN, "limits.utilisation"),
        (
            |p| p.limits.first_depart = Some("tomorrow".to_owned()),
            "limits.first_depart",
        ),
        (|p| p.costs.per_km = -1.0, "costs.per_km"),
        (|p| p.costs.per_night = -1.0, "costs.per_night"),
        (|p| p.points[2].id = "P".to_owned(), "points[2].id"),
        (|p| p.points[0].bays = -1.0, "points[0].bays"),
        (|p| p.points[0].fee_per_day = -1.0, "points[0].fee_per_day"),
        (
            |p| p.points[2].open = Some(vec!["x".to_owned()]),
            "points[2].open[0]",
        ),
        (
            |p| p.points[2].pin = Pin::On("x".to_owned()),
            "points[2].pin",
        ),
        (|p| p.legs.km[3][1] = -1.0, "legs.km[3][1]"),
        (|p| p.legs.hours[3][1] = f64::NAN, "legs.hours[3][1]"),
        (|p| p.legs.km[3].push(1.0), "legs.km[3]"),
        (|p| p.legs.hours[3].truncate(3), "legs.hours[3]"),
        (|p| drop(p.legs.km.pop()), "legs.km"),
        (|p| p.legs.hours.push(vec![0.0; 4]), "legs.hours"),
        (|p| p.cells[1].id = "c0".to_owned(), "cells[1].id"),
        (|p| p.cells[1].vehicles = -1.0, "cells[1].vehicles"),
        (|p| p.cells[1].hours = -1.0, "cells[1].hours"),
        (|p| p.cells[1].value = -1.0, "cells[1].value"),
        (|p| p.pairs[0].cell = 3, "pairs[0].cell"),
        (|p| p.pairs[0].point = 3, "pairs[0].point"),
        (|p| p.pairs[1].point = 0, "pairs[1]"),
        (|p| p.pairs[0].km = -1.0, "pairs[0].km"),
        (|p| p.pairs[0].share = 1.01, "pairs[0].share"),
        (|p| p.pairs[0].cost = -1.0, "pairs[0].cost"),
    ];
    for (change, path) in faults {
        let mut problem = by_figures();
        change(&mut problem);
        let found = validate(&problem);
        assert!(!found.is_empty(), "{path} has no fault");
        assert_eq!(found[0].path, *path, "{found:?}");
        let alone = found.len() == 1 || path.starts_with("days[");
        assert!(alone, "{path}: {found:?}");
    }
    // Ends of what is allowed.
    let mut problem = by_figures();
    problem.limits.utilisation = 0.0;
    problem.pairs[0].share = 0.0;
    problem.points[0].pin = Pin::On(date(4));
    problem.teams[0].technicians = 0.0;
    assert_eq!(validate(&problem), []);
    problem.days.clear();
    assert_eq!(validate(&problem)[0].path, "days");
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
    assert!(problem.days[0].work);
    // A pin in each of its words; a count that is none stays as it was.
    let mut problem = by_figures();
    let pins = [Pin::Never, Pin::Must, Pin::On(date(3)), Pin::Free];
    for pin in pins {
        problem.points[1].pin = pin;
        problem.teams[0].technicians += 0.25;
        problem.points[0].bays *= 1e4;
        let written = serde_json::to_string(&problem).unwrap();
        assert_eq!(serde_json::from_str::<Problem>(&written).unwrap(), problem);
    }
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
