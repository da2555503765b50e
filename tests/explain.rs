//! `tourplan explain` on a small part of the sample region: its figures are those of the written tables, in both
//! languages, and nobody's phone is ever shown.

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use common::story::{Row, refused, said, table};
use common::{plan, tourplan, workspace};
use serde_json::Value;

/// Languages an answer is read in, beside the JSON.
const BOTH: &[&str] = &["en", "zh-CN"];
const CHINESE: &[&str] = &["zh-CN"];

/// The facts behind a key; its text must hold the key's id and no phone, and every language has its own.
fn facts(folder: &Path, key: &str, phones: &BTreeSet<String>, langs: &[&str]) -> Value {
    let json: Value =
        serde_json::from_str(&said(folder, &["explain", key, "--json"], 0)).expect("JSON");
    let id = json["key"].as_str().expect("a key").to_owned();
    let mut texts = vec![json.to_string()];
    for lang in langs {
        let run = tourplan(folder)
            .args(["explain", key, "--lang", lang])
            .assert();
        let run = run.success();
        texts.push(String::from_utf8_lossy(&run.get_output().stdout).into_owned());
    }
    let different: BTreeSet<&String> = texts.iter().collect();
    assert_eq!(different.len(), langs.len() + 1, "{key}");
    for text in &texts {
        assert!(text.contains(&id), "{key}: {text}");
        let phone = phones.iter().find(|phone| text.contains(phone.as_str()));
        assert!(phone.is_none(), "{key} shows a phone: {text}");
    }
    json["facts"].clone()
}

/// A number of the facts beside a number of a table, as exactly as it is printed there.
fn same(found: &Value, printed: &str, what: &str) {
    let found = found.as_f64().expect(what);
    let wanted: f64 = printed.parse().expect(what);
    let decimals = printed
        .split_once('.')
        .map_or(0, |(_, digits)| digits.len());
    let slack = 0.51 * 0.1_f64.powi(i32::try_from(decimals).expect("few digits"));
    assert!(
        (found - wanted).abs() <= slack,
        "{what}: {found} for {wanted}"
    );
}

fn whole(cell: &str) -> u64 {
    cell.parse().expect("a whole number")
}

/// Every number anybody can be called by.
fn phones(folder: &Path) -> BTreeSet<String> {
    let mut all: BTreeSet<String> = table(folder, "private/contacts.csv")
        .iter()
        .flat_map(|row| {
            row["phone"]
                .split('|')
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .filter(|phone| !phone.is_empty())
        .collect();
    let crew = fs::read_to_string(folder.join("crew.csv")).expect("crew.csv");
    all.extend(
        crew.split([',', '\n'])
            .filter(|cell| cell.len() == 11 && cell.starts_with('1'))
            .map(str::to_owned),
    );
    assert!(all.len() > 20);
    all
}

fn first<'r>(rows: &'r [Row], column: &str, value: &str) -> Option<&'r Row> {
    rows.iter().find(|row| row[column] == value)
}

#[test]
fn what_is_explained_agrees_with_the_written_tables() {
    let folder = workspace(8);
    let folder = folder.path();
    assert!(said(folder, &["explain", "T01"], 3).contains("C005"));
    plan(folder);
    let phones = phones(folder);
    parts_agree(folder, &phones);
    vehicles_agree(folder, &phones);
    visits_agree(folder, &phones);
    let tour = facts(folder, "T01", &phones, BOTH);
    assert!(tour["without"]["change"].as_f64().expect("a change") < 0.0);
    let leader = &table(folder, "tours.csv")[0]["leader"];
    let person = facts(folder, leader, &phones, BOTH);
    let duties = table(folder, "crew.csv");
    let own = duties.iter().filter(|duty| duty["person"] == *leader);
    let hours: f64 = own
        .map(|duty| duty["hours"].parse::<f64>().expect("hours"))
        .sum();
    same(&person["hours"], &format!("{hours:.2}"), "hours");
    facts(
        folder,
        &table(folder, "visits.csv")[0]["first_day"],
        &phones,
        CHINESE,
    );
    facts(folder, "I02", &phones, BOTH);
    let unknown = refused(folder, &["explain", "T99"], 2, "C012");
    assert!(
        unknown.contains("T0"),
        "the nearest keys are named: {unknown}"
    );
    let phone = refused(folder, &["explain", "13800008000"], 2, "C012");
    assert!(!phone.contains("13800008000"), "{phone}");
    refused(folder, &["explain", "滤清器"], 2, "C013");
}

fn parts_agree(folder: &Path, phones: &BTreeSet<String>) {
    let kit = table(folder, "kit.csv");
    let parts = table(folder, "parts.csv");
    let most = parts.iter().max_by_key(|part| whole(&part["kit_qty"]));
    let ordered = parts.iter().find(|part| whole(&part["to_order"]) > 0);
    for part in most.into_iter().chain(ordered) {
        let code = &part["part"];
        let said = facts(folder, code, phones, CHINESE);
        same(
            &said["month"]["needed_expected"],
            &part["needed_expected"],
            code,
        );
        same(&said["expected_again"], &part["needed_expected"], code);
        for column in ["kit_qty", "peak_qty", "from_stock", "from_peer", "to_order"] {
            assert_eq!(
                said["month"][column],
                whole(&part[column]),
                "{code} {column}"
            );
        }
        let mut carried = 0;
        for tour in said["tours"].as_array().expect("tours") {
            let of = |bag: bool| -> u64 {
                let lines = kit.iter().filter(|line| {
                    line["tour"] == tour["tour"].as_str().unwrap_or("")
                        && line["part"] == *code
                        && line["vehicle"].is_empty() != bag
                });
                lines.map(|line| whole(&line["qty"])).sum()
            };
            assert_eq!(tour["in_bags"], of(true));
            assert_eq!(tour["common"], of(false));
            carried += of(true) + of(false);
            // The pieces carried reach the job fill that was published.
            let here = tour["weighed"].as_array().expect("pieces");
            let here = here
                .iter()
                .find(|one| one["pieces"] == of(true) + of(false));
            let fill = here.expect("the pieces carried")["job_fill"].as_f64();
            let published = tour["job_fill"].as_f64();
            let difference = fill.expect("a fill") - published.expect("a fill");
            assert!(difference.abs() < 1e-9, "{code}: {difference}");
        }
        assert_eq!(carried, whole(&part["kit_qty"]), "{code}");
        let lines = said["sources"]["lines"].as_array().expect("lines");
        let pieces: u64 = lines.iter().filter_map(|line| line["qty"].as_u64()).sum();
        assert_eq!(pieces, whole(&part["peak_qty"]), "{code}");
    }
}

fn vehicles_agree(folder: &Path, phones: &BTreeSet<String>) {
    let customers = table(folder, "customers.csv");
    let reasons = [
        ("reason", ""),
        ("reason", "capacity"),
        ("reason", "not_this_month"),
        ("reason", "out_of_reach"),
        ("reason", "catchment"),
        ("reason", "no_place"),
    ];
    let mut told = 0;
    for (column, value) in reasons {
        let Some(row) = first(&customers, column, value) else {
            continue;
        };
        told += 1;
        let vehicle = &row["vehicle"];
        let said = facts(folder, vehicle, phones, CHINESE);
        assert_eq!(said["status"], row["status"].as_str());
        assert_eq!(said["visit"], row["visit"].as_str());
        same(&said["expected_hours"], &row["expected_hours"], vehicle);
        same(&said["planning_value"], &row["planning_value"], vehicle);
        for item in row["items"].split('|').filter(|item| !item.is_empty()) {
            let (code, p) = item.split_once(':').expect("code:p");
            let items = said["items"].as_array().expect("items");
            let found = items.iter().find(|one| one["item"] == code);
            same(&found.expect(code)["p"], p, vehicle);
        }
        match value {
            "capacity" => assert!(said["waiting"]["full"]["own_hours"].as_f64() > Some(0.0)),
            "not_this_month" => {
                let points = said["waiting"]["points"].as_array().expect("points");
                assert!(!points.is_empty());
                for point in points {
                    assert_ne!(point["verdict"]["why"], "visited");
                }
            }
            "out_of_reach" => {
                let km = said["waiting"]["nearest"][1].as_f64().expect("km");
                assert!(km > said["waiting"]["limit_km"].as_f64().expect("km"));
            }
            _ => {}
        }
    }
    assert!(told >= 5, "only {told} kinds of fate in this month");
}

fn visits_agree(folder: &Path, phones: &BTreeSet<String>) {
    let visits = table(folder, "visits.csv");
    let visit = &visits[0];
    let said = facts(folder, &visit["visit"], phones, CHINESE);
    same(
        &said["capacity_hours"],
        &visit["capacity_hours"],
        "capacity",
    );
    same(&said["expected_hours"], &visit["expected_hours"], "hours");
    assert_eq!(said["vehicles"], whole(&visit["vehicles"]));
    let customers = table(folder, "customers.csv");
    let waiting = customers
        .iter()
        .filter(|row| row["visit"] == visit["visit"] && row["status"] == "waitlist");
    assert_eq!(said["waiting"], waiting.count() as u64);
    let visited = facts(folder, &visit["point"], phones, CHINESE);
    assert_eq!(visited["verdict"]["why"], "visited");
    let points = fs::read_to_string(folder.join("points.csv")).expect("points.csv");
    let not_visited = points
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').next())
        .find(|point| first(&visits, "point", point).is_none());
    let other = facts(
        folder,
        not_visited.expect("a point not visited"),
        phones,
        BOTH,
    );
    assert_ne!(other["verdict"]["why"], "visited");
}
