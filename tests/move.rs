//! Tours changed by hand: whole runs of the program on a small part of the sample region. Weather, breakdown,
//! host cancellation; after each step every rule holds and every customer is accounted for.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use common::story::{Row, all_is_well, answers, others, read_in, refused, said, slots, table};
use common::{plan, workspace};

/// The change's lines.
fn change(folder: &Path, number: u32) -> Vec<Row> {
    let mut rows = table(folder, "changes.csv");
    rows.retain(|row| row["change"] == number.to_string());
    rows
}

/// Everybody who was booked stands in the change, and has a line of contacts and a notice.
fn all_are_told(folder: &Path, number: u32, tour: &str, booked: &BTreeMap<String, String>) {
    let told: BTreeMap<String, String> = change(folder, number)
        .into_iter()
        .filter(|row| row["booked"] == "yes")
        .map(|row| (row["vehicle"].clone(), row["old_slot"].clone()))
        .collect();
    assert_eq!(&told, booked);
    let contacts = table(folder, "private/contacts.csv");
    for vehicle in booked.keys() {
        let line = contacts.iter().find(|line| line["vehicle"] == *vehicle);
        assert!(
            line.is_some_and(|line| !line["phone"].is_empty()),
            "{vehicle}"
        );
    }
    for ending in ["html", "xlsx"] {
        let notice = format!("plans/2026-12/changes/C{number:02}-{tour}.{ending}");
        assert!(folder.join(&notice).exists(), "{notice}");
    }
}

/// The days a refusal proposes.
fn proposed(text: &str) -> Vec<String> {
    let (_, list) = text.split_once("allowed: ").expect("days are proposed");
    let list = list.split('.').next().unwrap_or_default();
    list.split(", ").map(str::to_owned).collect()
}

/// The first tour from the month's second week on with so many stops, as (id, departure).
fn later_tour(folder: &Path, stops: usize) -> (String, String) {
    let visits = table(folder, "visits.csv");
    let enough = |tour: &&Row| visits.iter().filter(|v| v["tour"] == tour["tour"]).count() >= stops;
    let tours = table(folder, "tours.csv");
    let mut later = tours
        .iter()
        .filter(|tour| tour["depart"].as_str() >= "2026-12-08");
    let tour = later.find(enough).expect("a later tour");
    (tour["tour"].clone(), tour["depart"].clone())
}

/// So many days before a day of December.
fn before(day: &str, days: u32) -> String {
    let number: u32 = day[8..].parse().expect("a day");
    format!("2026-12-{:02}", number - days)
}

#[test]
#[expect(clippy::too_many_lines, reason = "one story, step by step")]
fn weather_postpones_suspends_resumes_and_at_last_cancels_a_tour_of_the_month() {
    let folder = workspace(8);
    let folder = folder.path();
    let no_plan = said(folder, &["move", "T01", "--suspend"], 3);
    assert!(no_plan.contains("C005"), "{no_plan}");
    plan(folder);
    let vehicles = table(folder, "customers.csv").len();
    let (tour, depart) = later_tour(folder, 1);
    let (tour, today) = (tour.as_str(), before(&depart, 3));
    let today = today.as_str();
    said(folder, &["approve", "--orders", "--by", "周建国"], 0);
    answers(folder, tour, today);
    said(
        folder,
        &["approve", "--tour", tour, "--by", "李总", "--today", today],
        0,
    );
    let (booked, rest_of_month) = (slots(folder, tour), others(folder, tour));
    assert!(booked.len() > 2, "{booked:?}");

    // Out of order: nothing changes.
    let order = |what: &[&'static str]| -> Vec<String> {
        let words = ["move", tour, "--today", today].into_iter();
        words
            .chain(what.iter().copied())
            .map(str::to_owned)
            .collect()
    };
    let try_it = |what: &[&'static str], status, code| {
        let words = order(what);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        refused(folder, &words, status, code)
    };
    try_it(&["--to", "2026-11-30"], 3, "M083");
    try_it(&["--to", "2027-01-05"], 3, "M083");
    try_it(&["--without", "van-77"], 3, "M084");
    try_it(&["--close-point", "P99"], 3, "M086");
    refused(
        folder,
        &["move", tour, "--to", &depart, "--today", today],
        3,
        "M083",
    );
    refused(
        folder,
        &["move", "T77", "--cancel", "--today", today],
        3,
        "M002",
    );
    refused(
        folder,
        &["move", tour, "--cancel", "--today", "2026-12-31"],
        3,
        "M018",
    );
    said(folder, &["move", tour], 2);
    let days = proposed(&try_it(&["--to", "2026-12-27"], 4, "rest day"));

    // Postponed (or brought forward where that is all there is): same times, other days.
    let to = days
        .iter()
        .find(|day| **day > depart)
        .unwrap_or(&days[0])
        .as_str();
    let moved = [
        "move", tour, "--to", to, "--reason", "大雾", "--today", today,
    ];
    assert!(
        said(folder, &moved, 0).contains("M003"),
        "the signature is asked for again"
    );
    all_is_well(folder, vehicles);
    assert_eq!(others(folder, tour), rest_of_month);
    all_are_told(folder, 1, tour, &booked);
    let now = slots(folder, tour);
    let time = |slots: &BTreeMap<String, String>| -> Vec<String> {
        slots.values().map(|slot| slot[11..].to_owned()).collect()
    };
    assert_eq!(
        now.keys().collect::<Vec<_>>(),
        booked.keys().collect::<Vec<_>>()
    );
    assert_eq!(time(&now), time(&booked));
    assert!(change(folder, 1).iter().all(|row| row["reason"] == "大雾"));
    let calls = table(folder, "calls.csv");
    let late = calls.iter().filter(|call| call["deviation"] == "moved");
    assert!(late.clone().all(|call| call["tour"] == tour) && late.count() > 0);

    // Suspended: nobody has a day, everybody keeps his word.
    said(folder, &["move", tour, "--suspend", "--today", today], 0);
    all_is_well(folder, vehicles);
    assert_eq!(others(folder, tour), rest_of_month);
    all_are_told(folder, 2, tour, &now);
    let customers = table(folder, "customers.csv");
    for vehicle in now.keys() {
        let row = customers.iter().find(|row| row["vehicle"] == *vehicle);
        let row = row.expect("nobody is lost");
        assert_eq!(
            (row["status"].as_str(), row["reason"].as_str()),
            ("deferred", "suspended")
        );
    }
    for words in [["show"].as_slice(), &[], &["due", "--today", today]] {
        let text = said(folder, words, 0);
        assert!(
            text.contains(tour) && text.contains("C02"),
            "{words:?}: {text}"
        );
    }
    try_it(&["--suspend"], 3, "M018");
    // A customer who says no in the meantime has no place when it leaves again.
    let (first, slot) = now.iter().next().expect("somebody is booked");
    let booking = &calls
        .iter()
        .find(|call| call["vehicle"] == *first)
        .expect("a call")["booking"];
    read_in(
        folder,
        "meanwhile",
        today,
        &[format!("{booking},不来,{today}")],
    );
    all_is_well(folder, vehicles);

    // Resumed on the day it had: the same slots, but for who has said no; whom his going leaves a time nearer to the wish
    // has that, on the same day.
    said(folder, &["move", tour, "--to", to, "--today", today], 0);
    all_is_well(folder, vehicles);
    assert_eq!(others(folder, tour), rest_of_month);
    let mut expected = now.clone();
    expected.remove(first);
    let mut again = slots(folder, tour);
    again.retain(|vehicle, _| expected.contains_key(vehicle));
    assert!(again.keys().eq(expected.keys()), "{slot} is free again");
    for (vehicle, had) in &expected {
        let has = &again[vehicle];
        let that_day = has[..10] == slot[..10] && had[..10] == slot[..10];
        assert!(has == had || that_day, "{vehicle}: {had}, now {has}");
    }

    // Cancelled, with an order placed: everybody waits elsewhere or is deferred with a word.
    let booked = slots(folder, tour);
    said(folder, &["move", tour, "--cancel", "--today", today], 0);
    all_is_well(folder, vehicles);
    all_are_told(folder, 4, tour, &booked);
    for row in table(folder, "customers.csv") {
        if booked.contains_key(&row["vehicle"]) {
            assert!(["waitlist", "deferred"].contains(&row["status"].as_str()));
            assert_eq!(row["reason"], "cancelled");
        }
    }
    try_it(&["--to", "2026-12-28"], 3, "M018");
    refused(folder, &["plan"], 3, "M0");
}

#[test]
fn breakdown_of_the_van_or_loss_of_a_person_names_the_reserve() {
    let folder = workspace(8);
    let folder = folder.path();
    plan(folder);
    let vehicles = table(folder, "customers.csv").len();
    let (tour, depart) = later_tour(folder, 1);
    let tour = tour.as_str();
    answers(folder, tour, &before(&depart, 3));
    let (booked, rest_of_month) = (slots(folder, tour), others(folder, tour));
    let today = before(&depart, 1);
    let today = today.as_str();
    let van = |folder: &Path| -> String {
        let tours = table(folder, "tours.csv");
        let row = tours
            .iter()
            .find(|row| row["tour"] == tour)
            .expect("the tour");
        row["van"].clone()
    };
    let crew = |folder: &Path| -> BTreeSet<String> {
        let duties = table(folder, "crew.csv").into_iter();
        let own = duties.filter(|duty| duty["tour"] == tour);
        own.map(|duty| duty["person"].clone()).collect()
    };
    let lost = van(folder);

    // Every other van too small: no reserve, and the plan stays as it is.
    let vans = folder.join("vans.csv");
    let text = fs::read_to_string(&vans).expect("vans");
    fs::write(&vans, format!("{text}van-0,3000,700,1,\n")).expect("a small van");
    let no_van = ["move", tour, "--without", &lost, "--today", today];
    let busy: Vec<String> = table(folder, "tours.csv")
        .into_iter()
        .filter(|row| row["depart"] <= depart && row["return"] >= depart && row["van"] != lost)
        .map(|row| row["van"].clone())
        .collect();
    if !busy.is_empty() {
        refused(folder, &no_van, 4, "M085");
    }

    // A spare one in the yard.
    fs::write(&vans, format!("{text}van-9,3000,700,6,\n")).expect("a spare van");
    let text = said(folder, &no_van, 0);
    assert!(text.contains("van-9 instead"), "{text}");
    all_is_well(folder, vehicles);
    assert_eq!(van(folder), "van-9");
    assert_eq!(
        (slots(folder, tour), others(folder, tour)),
        (booked.clone(), rest_of_month.clone())
    );

    // One of the crew falls ill: the others stay, one joins.
    let went = crew(folder);
    let ill = went.iter().next_back().expect("a crew").as_str();
    let text = said(
        folder,
        &["move", tour, "--without", ill, "--today", today],
        0,
    );
    all_is_well(folder, vehicles);
    let goes = crew(folder);
    let joined: Vec<&String> = goes.difference(&went).collect();
    assert!(
        !goes.contains(ill) && went.difference(&goes).count() == 1,
        "{went:?} {goes:?}"
    );
    assert!(
        joined.len() == 1 && text.contains(&format!("{} instead", joined[0])),
        "{text}"
    );
    assert_eq!(slots(folder, tour), booked);
    assert_eq!(others(folder, tour), rest_of_month);
    refused(
        folder,
        &["move", tour, "--without", ill, "--today", today],
        3,
        "M084",
    );

    // Both stay lost when answers come in later.
    let calls = table(folder, "calls.csv");
    let open = calls
        .iter()
        .find(|call| call["tour"] == tour && call["outcome"] == "not_reached");
    let open = open.expect("somebody was not reached");
    read_in(
        folder,
        "later",
        today,
        &[format!("{},来,{today}", open["booking"])],
    );
    all_is_well(folder, vehicles);
    assert!(van(folder) == "van-9" && !crew(folder).contains(ill));
}

#[test]
fn host_cancellation_sends_customers_to_other_stops_lists_or_says_why() {
    let folder = workspace(8);
    let folder = folder.path();
    plan(folder);
    let vehicles = table(folder, "customers.csv").len();
    let (tour, depart) = later_tour(folder, 2);
    let tour = tour.as_str();
    answers(folder, tour, &before(&depart, 3));
    let (booked, rest_of_month) = (slots(folder, tour), others(folder, tour));
    let today = before(&depart, 2);
    let today = today.as_str();
    let stops = |folder: &Path| -> Vec<Row> {
        let mut visits = table(folder, "visits.csv");
        visits.retain(|visit| visit["tour"] == tour);
        visits
    };
    let closed = stops(folder)[0]["point"].clone();
    let customers = table(folder, "customers.csv");
    let at_closed: BTreeSet<String> = customers
        .into_iter()
        .filter(|row| row["tour"] == tour && row["point"] == closed)
        .map(|row| row["vehicle"].clone())
        .collect();
    let close = [
        "move",
        tour,
        "--close-point",
        &closed,
        "--reason",
        "停电",
        "--today",
        today,
    ];
    said(folder, &close, 0);
    all_is_well(folder, vehicles);
    assert!(stops(folder).iter().all(|stop| stop["point"] != closed));

    // Other tours keep all they had; some may have somebody more on their waiting list.
    for (name, rows) in others(folder, tour) {
        let kept = &rest_of_month[name];
        assert!(kept.iter().all(|row| rows.contains(row)), "{name}");
        let more = rows.iter().filter(|row| !kept.contains(row));
        let waits = |row: &Row| row.get("status").is_none_or(|status| status == "waitlist");
        assert!(["calls.csv", "customers.csv"].contains(&name) || more.clone().count() == 0);
        assert!(more.clone().all(waits), "{name}");
    }
    // Whoever was booked there is told, and is somewhere.
    let told = change(folder, 1);
    let customers = table(folder, "customers.csv");
    for vehicle in booked.keys().filter(|vehicle| at_closed.contains(*vehicle)) {
        let row = told.iter().find(|row| row["vehicle"] == *vehicle);
        assert_eq!(row.expect("told")["booked"], "yes");
        let row = customers.iter().find(|row| row["vehicle"] == *vehicle);
        let row = row.expect("nobody is lost");
        assert!(
            row["status"] == "visit"
                || row["reason"] == "point_closed"
                || row["reason"] == "capacity"
        );
    }
    // Whoever was booked elsewhere on the tour keeps slot and day, or is told.
    let now = slots(folder, tour);
    for (vehicle, slot) in booked
        .iter()
        .filter(|(vehicle, _)| !at_closed.contains(*vehicle))
    {
        let is_told = told.iter().any(|row| row["vehicle"] == *vehicle);
        assert!(now.get(vehicle) == Some(slot) || is_told, "{vehicle}");
    }
    // It stays closed when answers come in later.
    let calls = table(folder, "calls.csv");
    let open = calls
        .iter()
        .find(|call| call["tour"] == tour && call["outcome"] == "not_reached");
    if let Some(open) = open {
        read_in(
            folder,
            "later",
            today,
            &[format!("{},来,{today}", open["booking"])],
        );
    }
    all_is_well(folder, vehicles);
}
