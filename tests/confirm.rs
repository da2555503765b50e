//! Filled call sheets read in: whole runs of the program on a small part of the sample region.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use common::{plan, table, tourplan, verified, workspace, written};

/// A call sheet as a caller fills it: booking, result and what else is said.
fn sheet(folder: &Path, name: &str, lines: &[String]) -> PathBuf {
    let path = folder.join(name);
    let header = "预约编号,接通结果,通话日期,当前里程,故障现象,确认项目,划掉项目,拒绝联系,转交同意";
    fs::write(&path, format!("\u{feff}{header}\n{}\n", lines.join("\n"))).expect("a sheet");
    path
}

fn confirm(folder: &Path, sheet: &Path, today: &str, status: i32) -> String {
    let output = tourplan(folder)
        .args(["confirm", "--today", today, "--calls"])
        .arg(sheet)
        .assert()
        .code(status);
    let output = output.get_output();
    let (out, err) = (&output.stdout, &output.stderr);
    format!(
        "{}{}",
        String::from_utf8_lossy(out),
        String::from_utf8_lossy(err)
    )
}

#[test]
fn answers_of_the_month_become_bookings_and_stay_booked() {
    let folder = workspace(6);
    let folder = folder.path();
    let early = folder.join("none.csv");
    fs::write(&early, "预约编号\n").expect("a file");
    assert!(confirm(folder, &early, "2026-11-26", 3).contains("C005"));
    plan(folder);
    let calls = table(folder, "calls.csv");
    let of_first: Vec<_> = calls
        .iter()
        .filter(|call| call["tour"] == "T01" && call["callable"] == "yes")
        .collect();
    assert!(of_first.len() >= 8, "{}", of_first.len());
    let with_place: Vec<&str> = of_first
        .iter()
        .filter(|call| !call["slot_offered"].is_empty())
        .map(|call| call["booking"].as_str())
        .collect();
    let [yes, no, again, ..] = with_place[..] else {
        panic!("a few vehicles have a place");
    };
    let day = of_first[0]["call_date"].clone();

    let first = sheet(
        folder,
        "王.csv",
        &[
            format!("{yes},来,{day},8.6万,,,,是,是"),
            format!("{no},不来,{day},,,,,是,"),
            format!("{again},未接通,{day},,,,,,"),
            "2612-00000000,来,,,,,,,".to_owned(),
            format!("{},,,,,,,,", with_place.get(3).copied().unwrap_or(again)),
        ],
    );
    let said = confirm(folder, &first, &day, 0);
    assert!(
        said.contains("1 booked") && said.contains("1 declined"),
        "{said}"
    );
    verified(folder);
    let customers: BTreeMap<String, _> = table(folder, "customers.csv")
        .into_iter()
        .map(|row| (row["vehicle"].clone(), row))
        .collect();
    let vehicle_of = |booking: &str| {
        let call = calls.iter().find(|call| call["booking"] == booking);
        call.expect("a call")["vehicle"].clone()
    };
    assert_eq!(customers[&vehicle_of(yes)]["status"], "visit");
    let gone = &customers[&vehicle_of(no)];
    assert_eq!(
        (gone["status"].as_str(), gone["reason"].as_str()),
        ("deferred", "declined")
    );
    let slot = |booking: &str| {
        let now = table(folder, "calls.csv");
        let call = now.into_iter().find(|call| call["booking"] == booking);
        call.map(|call| call["slot_booked"].clone())
            .unwrap_or_default()
    };
    let booked = slot(yes);
    assert!(!booked.is_empty());
    let reminders = table(folder, "reminders.csv");
    assert!(reminders.iter().all(|line| line["booking"] == yes) && !reminders.is_empty());
    let consents = fs::read_to_string(folder.join("consents.csv")).expect("consents");
    assert!(consents.contains("do_not_call") && consents.contains("handover_consent"));

    // The same file again says nothing new; a second copy that disagrees is named, the later word counts.
    let before = written(folder);
    assert!(confirm(folder, &first, &day, 0).contains("M016"));
    assert!(before == written(folder), "nothing may change");
    let second = sheet(folder, "李.csv", &[format!("{again},来,{day},,,,,,")]);
    let said = confirm(folder, &second, &day, 0);
    // A day later the place may have gone to somebody else: then it waits, and that is said.
    let placed = said.contains("2 booked") || said.contains("M014");
    assert!(placed && said.contains("M010"), "{said}");
    assert_eq!(slot(yes), booked, "what is booked stays booked");
    verified(folder);

    // A month with bookings is not planned anew.
    let refused = tourplan(folder).arg("plan").assert().code(3);
    let refused = String::from_utf8_lossy(&refused.get_output().stderr).into_owned();
    assert!(refused.contains("M017"), "{refused}");
}

#[test]
fn a_sheet_without_booking_keys_changes_nothing() {
    let folder = workspace(8);
    let folder = folder.path();
    plan(folder);
    let before = written(folder);
    let path = folder.join("wrong.csv");
    fs::write(&path, "客户,电话\n某某公司,1\n").expect("a file");
    let said = confirm(folder, &path, "2026-11-26", 3);
    assert!(said.contains("预约编号"), "{said}");
    assert!(before == written(folder), "nothing may change");
}

#[test]
fn what_booked_customers_agree_to_beyond_a_visits_hours_goes_to_the_workshop_items() {
    let folder = workspace(8);
    let folder = folder.path();
    plan(folder);
    let calls = table(folder, "calls.csv");
    let with_place = calls.iter().filter(|call| {
        call["tour"] == "T01" && call["callable"] == "yes" && !call["slot_offered"].is_empty()
    });
    let with_place: Vec<_> = with_place.collect();
    let day = with_place[0]["call_date"].clone();
    let customers = table(folder, "customers.csv");
    let items = |vehicle: &str| -> Vec<String> {
        let row = customers.iter().find(|row| row["vehicle"] == vehicle);
        let items = row.expect("its row")["items"].split('|');
        items
            .filter_map(|item| item.split(':').next())
            .map(str::to_owned)
            .collect()
    };
    // First everybody wants one thing; then, called again, everything.
    let lines = |all: bool| -> Vec<String> {
        let line = |call: &&BTreeMap<String, String>| {
            let codes = items(&call["vehicle"]);
            let (first, rest) = codes.split_first().expect("something is predicted");
            let (wanted, struck) = if all {
                (codes.join("；"), String::new())
            } else {
                (first.clone(), rest.join("；"))
            };
            format!("{},来,{day},,,{wanted},{struck},,", call["booking"])
        };
        with_place.iter().map(line).collect()
    };
    confirm(folder, &sheet(folder, "1.csv", &lines(false)), &day, 0);
    let booked = |name: &str| -> Vec<String> {
        let calls = table(folder, name).into_iter();
        calls.map(|call| call["slot_booked"].clone()).collect()
    };
    let before = booked("calls.csv");
    verified(folder);
    let said = confirm(folder, &sheet(folder, "2.csv", &lines(true)), &day, 0);
    assert!(said.contains("M128"), "{said}");
    verified(folder);
    for (before, now) in before.iter().zip(booked("calls.csv")) {
        assert!(
            before.is_empty() || *before == now,
            "what is booked stays booked"
        );
    }
}
