//! A plan that holds, and for every code one way to break it. A checker that cannot fail checks nothing.

mod beyond;
mod closing;
mod edges;
mod fixture;
mod mutations;
mod signed;

use std::collections::BTreeSet;

use fixture::Fixture;
use mutations::{MUTATIONS, Mutation};

use crate::findings::registry;

#[test]
fn a_plan_that_holds_has_no_fault() {
    assert_eq!(Fixture::new().codes(), Vec::<String>::new());
}

/// Applies every mutation of one group of codes and expects its code.
fn expect_group(prefix: &str) {
    for Mutation { code, what, apply } in MUTATIONS.iter().filter(|m| m.code.starts_with(prefix)) {
        let mut fixture = Fixture::new();
        apply(&mut fixture);
        let codes = fixture.codes();
        assert!(
            codes.iter().any(|found| found == code),
            "{code} {what}: found {codes:?}"
        );
    }
}

#[test]
fn files_missing_or_not_as_written_are_told() {
    expect_group("V0");
}

#[test]
fn a_row_or_vehicle_that_is_lost_or_doubled_is_found() {
    expect_group("V1");
}

#[test]
fn a_point_closed_too_far_or_told_differently_is_found() {
    expect_group("V2");
}

#[test]
fn hours_beyond_the_formula_or_the_law_are_found() {
    expect_group("V3");
}

#[test]
fn a_tour_that_cannot_be_driven_is_found() {
    expect_group("V4");
}

#[test]
fn calls_and_reminders_outside_their_rules_are_found() {
    expect_group("V5");
}

#[test]
fn a_piece_too_many_too_late_or_by_a_forbidden_way_is_found() {
    expect_group("V6");
}

#[test]
fn work_nobody_can_do_there_is_found() {
    expect_group("V7");
}

#[test]
fn phones_markup_and_formulas_that_leak_are_found() {
    expect_group("V8");
}

#[test]
fn an_objective_or_allocation_that_is_not_true_is_found() {
    expect_group("V9");
}

#[test]
fn signatures_over_what_the_plan_says_are_no_faults() {
    for (covers, content) in [("orders", mutations::ORDERS), ("T02", mutations::TOUR)] {
        let mut fixture = Fixture::new();
        fixture.sign(covers, content);
        assert_eq!(fixture.codes(), Vec::<String>::new(), "{covers}");
        fixture.place();
        assert_eq!(fixture.codes(), Vec::<String>::new(), "{covers}, placed");
    }
}

#[test]
fn orders_placed_and_goods_received_are_no_faults_even_when_stock_moves_on() {
    let mut fixture = Fixture::new();
    fixture.place();
    assert_eq!(fixture.codes(), Vec::<String>::new());
    // The table is exported again: what the plan saw of it still counts.
    fixture.supply.stock[0].on_hand = 17;
    fixture.files[0].1 = "s2".into();
    assert_eq!(fixture.codes(), Vec::<String>::new());
    fixture.receive("2612-O001", 1, 0, "s1");
    fixture.edit("parts.csv", "1,1,0,0,1,0,0,0,yes", "1,1,1,1,0,0,0,0,yes");
    let stock = "belt,T01,stock,,,1,,,";
    fixture.edit(
        "sourcing.csv",
        "belt,T01,on_order,maker,road,1,,2026-11-20,",
        stock,
    );
    assert_eq!(fixture.codes(), Vec::<String>::new());
}

#[test]
fn every_code_of_the_registry_is_broken_by_some_mutation() {
    let broken: BTreeSet<&str> = MUTATIONS.iter().map(|mutation| mutation.code).collect();
    let known: BTreeSet<&str> = registry::all()
        .map(|entry| entry.code)
        .filter(|code| code.starts_with('V'))
        .collect();
    assert_eq!(broken, known);
}

#[test]
fn deviations_and_overflow_that_are_said_are_no_faults() {
    let mut fixture = Fixture::new();
    fixture.edit(
        "calls.csv",
        "callable,rest_day",
        "callable,rest_day,deviation",
    );
    let text = String::from_utf8(fixture.written.files["calls.csv"].clone()).expect("text");
    let text = text.replace(",no\n", ",no,\n").replace(
        "VC,C0002,2026-12-03,小赵,3,2026-12-10 10:00,yes,no,",
        "VC,C0002,2026-12-06,小赵,3,2026-12-10 10:00,yes,no,moved",
    );
    fixture
        .written
        .files
        .insert("calls.csv".into(), text.into_bytes());
    fixture.change(r#"{"tour":"T01","what":"moved","to":"2026-12-08"}"#);
    assert_eq!(fixture.codes(), Vec::<String>::new());

    let mut fixture = Fixture::new();
    fixture.edit("calls.csv", "C0002,2026-12-03,小赵", "C0002,,");
    fixture.edit(
        "plan.json",
        "\"P010\",\"args\":{\"part\":\"lamp\",\"tour\":\"T02\"",
        "\"P003\",\"args\":{\"tour\":\"T01\"",
    );
    assert_eq!(fixture.codes(), Vec::<String>::new());
}

#[test]
fn a_call_on_a_rest_day_is_right_once_the_workdays_of_its_window_are_over() {
    let is_fault = |today: &str| {
        let mut fixture = Fixture::new();
        fixture.edit(
            "calls.csv",
            "C0002,2026-12-03,小赵,3,2026-12-10 10:00,yes,no",
            "C0002,2026-12-05,小赵,3,2026-12-10 10:00,yes,yes",
        );
        let day = format!("\"today\":\"{today}\"");
        fixture.edit("plan.json", "\"today\":\"2026-11-10\"", &day);
        fixture.codes().contains(&"V508".to_owned())
    };
    assert!(
        is_fault("2026-11-10") && is_fault("2026-12-04"),
        "a Friday is left"
    );
    assert!(!is_fault("2026-12-05"), "only the Saturday is left");
    assert!(!is_fault("2026-12-07"), "it was planned before");
}

#[test]
fn changes_that_are_told_and_kept_are_no_faults() {
    let mut fixture = Fixture::new();
    fixture.rest("suspended", "T09", "VG");
    fixture.edit("private/contacts.csv", "VC,", "VG,孙八,\nVC,");
    fixture.change(r#"{"tour":"T09","what":"suspended","concerned":[{"vehicle":"VG"}]}"#);
    fixture.change(r#"{"tour":"T01","what":"without_van","van":"van-9","reserve":"van-1"}"#);
    fixture.change(r#"{"tour":"T02","what":"moved","to":"2026-12-15"}"#);
    assert_eq!(fixture.codes(), Vec::<String>::new());
}

#[test]
fn an_empty_folder_is_told_file_by_file_and_nothing_panics() {
    let mut fixture = Fixture::new();
    fixture.written.files.clear();
    assert!(fixture.codes().contains(&"V001".to_owned()));
}

#[test]
fn a_folder_of_noise_is_told_and_nothing_panics() {
    let mut fixture = Fixture::new();
    for bytes in fixture.written.files.values_mut() {
        let noise = bytes
            .iter()
            .map(|byte| byte.wrapping_mul(31).wrapping_add(7));
        *bytes = noise.collect();
    }
    let codes = fixture.codes();
    for code in ["V002", "V004", "V005"] {
        assert!(codes.iter().any(|found| found == code), "{codes:?}");
    }
}
