//! More customers in reach than the desk can call: the lists end where calling ends, and say so.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use common::story::{read_in, said};
use common::{plan, table, verified, workspace};
use tempfile::TempDir;

/// A part of the sample whose advisers make two calls a day.
fn crowded() -> TempDir {
    let folder = workspace(4);
    let path = folder.path().join("crew.csv");
    let crew = fs::read_to_string(&path).expect("crew");
    let slow = crew.replace(",8,60,", ",8,2,");
    assert_ne!(crew, slow, "the sample's advisers make 60 calls a day");
    fs::write(path, slow).expect("crew");
    plan(folder.path());
    folder
}

#[test]
fn whom_nobody_has_time_to_call_is_said_again_after_the_first_answers() {
    let folder = crowded();
    let folder = folder.path();
    let calls = table(folder, "calls.csv");
    let waits = calls
        .iter()
        .find(|call| call["callable"] == "yes" && call["call_date"].is_empty());
    let tour = &waits.expect("somebody nobody can call")["tour"];
    let called = calls
        .iter()
        .find(|call| call["tour"] == *tour && !call["call_date"].is_empty());
    let called = called.expect("somebody called");
    let (booking, day) = (&called["booking"], &called["call_date"]);
    read_in(folder, "sheet.csv", day, &[format!("{booking},来,{day}")]);
    verified(folder);
    assert!(
        crowded_tours(folder).contains(tour),
        "nobody says so any more"
    );

    // Once it has left nobody calls any more.
    let tours = table(folder, "tours.csv");
    let depart = &tours.iter().find(|row| row["tour"] == *tour).expect("it")["depart"];
    let crowded = crowded_tours(folder);
    let later = calls.iter().rev().find(|call| {
        let day = &call["call_date"];
        day > depart && crowded.contains(&call["tour"]) && call["booking"] != *booking
    });
    let later = later.expect("a call for a later tour that is crowded too");
    let (booking, day) = (&later["booking"], &later["call_date"]);
    read_in(folder, "sheet-2.csv", day, &[format!("{booking},来,{day}")]);
    verified(folder);
    let said = crowded_tours(folder);
    assert!(
        !said.contains(tour) && said.contains(&later["tour"]),
        "{said:?}"
    );
}

#[test]
fn nobody_new_is_listed_once_calling_is_over() {
    let folder = crowded();
    let folder = folder.path();
    let tours = table(folder, "tours.csv");
    let first = tours
        .iter()
        .map(|row| &row["depart"])
        .min()
        .expect("a tour");
    let calls = table(folder, "calls.csv");
    let tour = &tours
        .iter()
        .find(|row| row["depart"] == *first)
        .expect("it")["tour"];
    let called = calls
        .iter()
        .find(|call| call["tour"] == *tour && !call["call_date"].is_empty());
    let booking = &called.expect("somebody called")["booking"];
    let listed = |folder: &Path| -> BTreeSet<String> {
        let calls = table(folder, "calls.csv").into_iter();
        let own = calls.filter(|call| call["tour"] == *tour);
        own.map(|call| call["vehicle"].clone()).collect()
    };
    let before = listed(folder);
    // The eve of the first tour: its days of calling are over, it has not left.
    let eve = tourplan::domain::Date::parse_iso(first)
        .expect("a day")
        .plus_days(-1);
    read_in(
        folder,
        "sheet.csv",
        &eve.to_string(),
        &[format!("{booking},来,{eve}")],
    );
    verified(folder);
    let new: Vec<String> = listed(folder).difference(&before).cloned().collect();
    let rows = table(folder, "customers.csv").into_iter();
    let rows: Vec<_> = rows.filter(|row| new.contains(&row["vehicle"])).collect();
    assert_eq!(rows, []);
}

/// The tours P003 is said of.
fn crowded_tours(folder: &Path) -> Vec<String> {
    let plan = fs::read_to_string(folder.join("plans/2026-12/plan.json")).expect("plan.json");
    let plan: serde_json::Value = serde_json::from_str(&plan).expect("JSON");
    let findings = plan["findings"].as_array().expect("findings").iter();
    let said = findings.filter(|finding| finding["code"] == "P003");
    said.map(|finding| finding["args"]["tour"].as_str().expect("a tour").to_owned())
        .collect()
}

#[test]
fn a_list_is_twice_as_long_as_its_calls_and_the_others_are_deferred_with_a_word() {
    let folder = crowded();
    let folder = folder.path();
    verified(folder);

    let customers = table(folder, "customers.csv");
    let not_called: Vec<_> = customers
        .iter()
        .filter(|row| row["reason"] == "not_called")
        .collect();
    assert!(not_called.len() > 20, "{}", not_called.len());
    for row in &not_called {
        assert_eq!(
            (row["status"].as_str(), row["tour"].as_str()),
            ("deferred", "")
        );
    }
    let mut listed: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut called: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for call in table(folder, "calls.csv") {
        let contact = call["contact"].clone();
        if call["callable"] == "yes" {
            listed
                .entry(call["tour"].clone())
                .or_default()
                .insert(contact.clone());
        }
        if !call["call_date"].is_empty() {
            called
                .entry(call["tour"].clone())
                .or_default()
                .insert(contact);
        }
    }
    let on_visit: BTreeSet<String> = customers
        .iter()
        .filter(|row| row["status"] == "visit")
        .map(|row| row["tour"].clone())
        .collect();
    for tour in &on_visit {
        let (listed, called) = (
            listed[tour].len(),
            called.get(tour).map_or(0, BTreeSet::len),
        );
        // Three advisers, three days, two calls each; shared with tours that leave close by.
        assert!(called <= 18, "{tour}: {called}");
        let visits = customers
            .iter()
            .filter(|row| row["status"] == "visit" && row["tour"] == *tour);
        assert!(
            listed <= (2 * called).max(visits.count()),
            "{tour}: {listed} for {called} calls"
        );
    }
    // Who cannot be called is on a list and on none, as who can: some are worth a call, and some are not.
    let counted = |status: &str| {
        let nobody = |row: &&BTreeMap<String, String>| {
            ["no_phone", "do_not_call"].contains(&row["reason"].as_str()) && row["status"] == status
        };
        customers.iter().filter(nobody).count()
    };
    let (listed, left_out) = (counted("waitlist"), counted("deferred"));
    assert!(listed > 0 && left_out > 0, "{listed} and {left_out}");
    let plan = fs::read_to_string(folder.join("plans/2026-12/plan.json")).expect("plan.json");
    assert!(
        plan.contains("\"P019\""),
        "the plan says how many are left out"
    );
    let who = &not_called[0]["vehicle"];
    let why = said(folder, &["explain", who], 0);
    assert!(
        why.contains("twice as long as the advisers can still call"),
        "{why}"
    );
}
