//! Explanations of a small month: every kind of key, every reason to have no place, figures that agree.

mod fixture;
mod tables;

use fixture::{SmallMonth, keeps_secrets, keys, number, objective};

use crate::domain::{Fen, Month};
use crate::findings::Lang;
use crate::plan::explain::{Unclear, Why};
use crate::plan::model::small::{VIN, book};
use crate::plan::model::{RestState, Resting};
use crate::solve::territory::{StopPlan, TourPlan};

/// Allocations are written with nine decimals, so objectives agree to less than a fen.
const CENT: f64 = 1e-3;

fn tour(depart: &str, point: &str, days: u32) -> TourPlan {
    TourPlan {
        team: "team-1".into(),
        depart: depart.into(),
        stops: vec![StopPlan {
            point: point.into(),
            days,
        }],
    }
}

#[test]
fn every_kind_of_key_is_explained_in_both_languages_without_a_phone_or_a_full_name() {
    let month = SmallMonth::new();
    for (key, kind) in keys() {
        let (en, zh) = (month.ask(key, Lang::En), month.ask(key, Lang::Zh));
        let (en, zh) = (en.expect(key), zh.expect(key));
        assert_eq!(en.kind, kind, "{key}");
        assert_eq!(zh.id, en.id);
        assert_ne!(en.text, zh.text, "{key}");
        keeps_secrets(&en);
        keeps_secrets(&zh);
    }
}

#[test]
fn a_vehicle_answers_to_its_plate_and_booking_and_things_to_part_of_their_name() {
    let month = SmallMonth::new();
    for key in ["湘a 00123", "湘A·00123", "B-001", "b001"] {
        assert_eq!(month.answer(key).id, VIN, "{key}");
    }
    assert_eq!(month.answer("机滤").id, "0012");
    assert_eq!(month.answer("oil serv").id, "oil");
    assert_eq!(month.answer("大瑶").id, "P07");
}

#[test]
fn an_unknown_key_names_the_nearest_and_an_ambiguous_one_all_it_can_mean() {
    let month = SmallMonth::new();
    match month.ask("T02", Lang::En) {
        Err(Why::Unclear(Unclear::Unknown(nearest))) => assert_eq!(nearest[0], "T01"),
        other => panic!("{other:?}"),
    }
    match month.ask("13800008000", Lang::En) {
        Err(Why::Unclear(Unclear::Unknown(tours))) => assert_eq!(tours, ["T01"]),
        other => panic!("{other:?}"),
    }
    match month.ask("名P", Lang::En) {
        Err(Why::Unclear(Unclear::Ambiguous(several, count))) => {
            assert_eq!(several, ["P08", "P09", "P10", "P11", "P12"]);
            assert_eq!(count, 5);
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_visit_is_worth_what_the_month_loses_without_it() {
    let month = SmallMonth::new();
    let whole = objective(&month.problem, &[tour("2026-12-10", "P07", 2)]);
    let shorter = objective(&month.problem, &[tour("2026-12-10", "P07", 1)]);
    let said = month.answer("T01-1");
    assert!((number(&said, "/without/change") + whole).abs() < CENT);
    assert!((number(&said, "/day_less/change") - (shorter - whole)).abs() < CENT);
    // Two days at most: a third is no way.
    assert!(said.facts["day_more"].is_null());
    assert!(number(&said, "/hour_price") > 0.0, "it is full");
    let money = Fen::from_yuan(whole).to_string();
    assert!(said.text.contains(&money), "{}", said.text);
    let of_tour = month.answer("T01");
    assert!((number(&of_tour, "/without/change") + whole).abs() < CENT);
}

#[test]
fn a_tours_other_days_say_what_stands_against_each() {
    let said = SmallMonth::new().answer("T01");
    let days = said.facts["other_days"].as_array().expect("days");
    let why = |date: &str| {
        let day = days.iter().find(|day| day["depart"] == date);
        day.map(|day| day["why"].as_str().unwrap_or("").to_owned())
    };
    let expected = [
        ("2026-12-01", "too_early"),
        ("2026-12-11", "rest_day"),
        ("2026-12-21", "day_off"),
        ("2026-12-31", "too_late"),
        ("2026-12-07", "free"),
    ];
    for (date, wanted) in expected {
        assert_eq!(why(date).as_deref(), Some(wanted), "{date}");
    }
    assert!(why("2026-12-10").is_none(), "its own day is no other day");
}

#[test]
fn a_point_that_is_not_visited_says_why_and_by_how_much_it_falls_short() {
    let month = SmallMonth::new();
    let why = |point: &str| {
        let said = month.answer(point);
        said.facts["verdict"]["why"]
            .as_str()
            .unwrap_or("")
            .to_owned()
    };
    assert_eq!(why("P07"), "visited");
    assert_eq!(why("P08"), "not_worth");
    assert_eq!(why("P09"), "closed");
    assert_eq!(why("P10"), "too_far");
    assert_eq!(why("P11"), "never");
    assert_eq!(why("P12"), "nobody");
    // Every way there is: beside the tour, before or after its stop, and in its place.
    let said = month.answer("P08");
    let both = |first: (&str, u32), then: (&str, u32)| {
        let mut tour = tour("2026-12-09", first.0, first.1);
        tour.stops.push(StopPlan {
            point: then.0.into(),
            days: then.1,
        });
        vec![tour]
    };
    let own = tour("2026-12-10", "P07", 2);
    let ways = [
        vec![own.clone(), tour("2026-12-04", "P08", 1)],
        both(("P08", 1), ("P07", 2)),
        both(("P07", 2), ("P08", 1)),
        vec![tour("2026-12-10", "P08", 1)],
    ];
    let whole = objective(&month.problem, &[own]);
    let reckoned = ways
        .iter()
        .map(|tours| objective(&month.problem, tours) - whole);
    let best = reckoned.fold(f64::NEG_INFINITY, f64::max);
    assert!(best < 0.0);
    assert!(
        (number(&said, "/verdict/best/change") - best).abs() < CENT,
        "{}",
        said.text
    );
    assert!(
        said.text
            .contains(&format!("{} yuan short", Fen::from_yuan(-best))),
        "{}",
        said.text
    );
}

#[test]
fn a_point_the_search_missed_is_said_to_be_better() {
    let mut month = SmallMonth::new();
    month.problem.cells[1].value = 50_000.0;
    let said = month.answer("P08");
    assert_eq!(said.facts["verdict"]["why"], "better_plan");
    assert!(number(&said, "/verdict/best/change") > 0.0);
    assert!(said.text.contains("--effort"), "{}", said.text);
}

#[test]
fn every_reason_to_have_no_place_is_told_with_its_figures() {
    let mut month = SmallMonth::new();
    let expected = [
        ("POOR", "no tour goes to a point in its reach (1 in all)"),
        ("FAR", "km away; customers come 40 km at most"),
        ("LOST", "its place could not be found"),
        ("NO", "does not want to come"),
        ("HOME", "in the dealer's own catchment"),
        (
            "LSK00000000000003",
            "is full: 0.20 h are left and it needs 0.36 h",
        ),
    ];
    for (vehicle, words) in expected {
        let said = month.answer(vehicle);
        assert!(said.text.contains(words), "{vehicle}: {}", said.text);
    }
    let words = [
        ("do_not_call", "asked not to be called"),
        ("no_phone", "no phone number"),
        ("tour_left", "when its tour had left"),
        ("suspended", "is suspended"),
        ("cancelled", "was cancelled"),
        ("point_closed", "stop was closed"),
    ];
    for (reason, words) in words {
        month.row("NO").reason = reason.into();
        let said = month.answer("NO");
        assert!(said.text.contains(words), "{reason}: {}", said.text);
    }
    let shut = month.answer("SHUT");
    let why: Vec<&str> = shut.facts["waiting"]["points"]
        .as_array()
        .expect("points")
        .iter()
        .filter_map(|near| near["verdict"]["why"].as_str())
        .collect();
    assert_eq!(why, ["closed", "too_far", "never"]);
    let full = month.answer("LSK00000000000003");
    assert!(number(&full, "/waiting/full/hour_price") > 0.0);
    assert_eq!(number(&full, "/waiting/full/own_per_hour"), 250.0);
}

#[test]
fn a_part_shows_its_tail_its_pooling_and_what_a_piece_does() {
    let said = SmallMonth::new().answer("0012");
    // Two vehicles, each needing one with 0.8 × 0.9 × 0.8.
    let p: f64 = 0.8 * 0.9 * 0.8;
    assert!((number(&said, "/tours/0/expected") - 2.0 * p).abs() < 1e-9);
    assert!(
        (number(&said, "/expected_again") - number(&said, "/month/needed_expected")).abs() < 1e-9
    );
    assert_eq!(number(&said, "/tours/0/rounded_singly"), 2.0);
    assert_eq!(number(&said, "/tours/0/in_bags"), 1.0);
    assert_eq!(number(&said, "/tours/0/common"), 2.0);
    // One less than the three carried is two: never exceeded; three come back but for the need.
    assert_eq!(number(&said, "/tours/0/weighed/0/pieces"), 2.0);
    assert_eq!(number(&said, "/tours/0/weighed/0/exceeded"), 0.0);
    assert!((number(&said, "/tours/0/weighed/1/leftover") - (3.0 - 2.0 * p)).abs() < 1e-9);
    assert!((number(&said, "/tours/0/weighed/1/job_fill") - 1.0).abs() < 1e-9);
    let ways = said.facts["sources"]["ways"].as_array().expect("ways");
    assert_eq!(ways.len(), 2);
    assert_eq!(ways[0]["chosen"], true);
    assert_eq!(ways[0]["mode"], "road");
}

#[test]
fn a_person_shows_who_else_could_have_gone_and_why_not() {
    let said = SmallMonth::new().answer("张");
    let others = said.facts["tours"][0]["others"].as_array().expect("others");
    let why = |name: &str| {
        let one = others.iter().find(|one| one["person"] == name);
        one.map(|one| one["why"].as_str().unwrap_or("").to_owned())
    };
    assert_eq!(why("钱").as_deref(), Some("could"));
    assert!(why("王").is_none(), "an adviser does not travel");
    let leader = SmallMonth::new().answer("李");
    let others = leader.facts["tours"][0]["others"]
        .as_array()
        .expect("others");
    let instead = others.iter().find(|one| one["person"] == "钱").expect("钱");
    assert_eq!(instead["why"], "driver");
    let mut month = SmallMonth::new();
    let qian = month
        .ingested
        .tables
        .crew
        .iter_mut()
        .find(|one| one.name == "钱");
    qian.expect("钱")
        .days_off
        .extend(Month::parse("2026-12").expect("a month").days());
    let said = month.answer("张");
    let others = said.facts["tours"][0]["others"].as_array().expect("others");
    let off = others.iter().find(|one| one["person"] == "钱").expect("钱");
    assert_eq!(off["why"], "day_off");
    assert_eq!(off["by"][0], "2026-12-10");
}

#[test]
fn a_tour_that_is_suspended_says_so() {
    let mut month = SmallMonth::new();
    let mut tour = month.plan.tours[0].clone();
    tour.id = "T02".into();
    month.plan.resting.push(Resting {
        state: RestState::Suspended,
        tour,
        visits: vec![],
        vehicles: vec![],
        calls: vec![],
        crew: vec![],
    });
    let said = month.answer("T02");
    assert_eq!(said.facts["state"], "suspended");
    assert!(said.text.contains("is suspended"), "{}", said.text);
}

#[test]
fn a_booked_customer_is_told_with_slot_answer_and_agreed_items() {
    let mut month = SmallMonth::new();
    book(&mut month.plan, "B-001", "2026-12-10 09:00");
    let said = month.answer("B-001");
    assert_eq!(said.facts["slot"], "2026-12-10 09:00");
    assert_eq!(said.facts["items"][0]["agreed"], true);
    for words in [
        "Slot booked: 2026-12-10 09:00",
        "Answer: comes (2026-12-05)",
        "agreed",
    ] {
        assert!(said.text.contains(words), "{words}: {}", said.text);
    }
    let part = month.answer("0012");
    let vehicles = part.facts["tours"][0]["vehicles"]
        .as_array()
        .expect("vehicles");
    assert_eq!(vehicles[0]["agreed"], true, "the surest need stands first");
    assert!(part.text.contains("(agreed)"), "{}", part.text);
}
