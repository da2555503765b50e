//! `tourplan rollup` over a planned month and the same month of a second dealer.

mod common;

use std::fs;

use common::story::said;
use common::{plan, table, tourplan, workspace};

#[test]
fn two_dealers_months_are_one_requirement_and_each_counts_once() {
    let folder = workspace(12);
    let folder = folder.path();
    plan(folder);
    let month = folder.join("plans/2026-12");
    let other = folder.join("other.json");
    let bytes = fs::read(month.join("plan.json")).expect("a plan");
    let mut second: serde_json::Value = serde_json::from_slice(&bytes).expect("JSON");
    second["settings"]["dealer"]["name"] = "第二示例店".into();
    fs::write(&other, second.to_string()).expect("a plan");

    let out = folder.join("together");
    let args = ["rollup", "2026-12", "other.json", "--out"];
    let run = tourplan(folder).args(args).arg(&out).assert().success();
    let words = String::from_utf8_lossy(&run.get_output().stdout).into_owned();
    assert!(words.contains("all: "), "{words}");

    let read = |name: &str| {
        let bytes = fs::read(out.join(name)).expect(name);
        let mut reader = csv::Reader::from_reader(&bytes[3..]);
        let header = reader.headers().expect("a header").clone();
        let rows = reader.records().map(|row| {
            let row = row.expect("a row");
            let cells = header
                .iter()
                .map(str::to_owned)
                .zip(row.iter().map(str::to_owned));
            cells.collect::<common::Row>()
        });
        rows.collect::<Vec<_>>()
    };
    let number = |row: &common::Row, column: &str| -> u32 { row[column].parse().expect(column) };
    let month_parts = table(folder, "parts.csv");
    let parts = read("parts.csv");
    for line in month_parts
        .iter()
        .filter(|line| number(line, "peak_qty") > 0)
    {
        let all = parts.iter().find(|part| part["part"] == line["part"]);
        let all = all.expect("every part of a plan");
        assert_eq!(
            number(all, "needed"),
            2 * number(line, "peak_qty"),
            "{all:?}"
        );
        assert_eq!(
            number(all, "needed"),
            number(all, "own") + number(all, "from_group") + number(all, "to_buy"),
        );
    }
    let kpis = read("kpis.csv");
    assert_eq!(kpis.len(), 3);
    assert_eq!(
        number(&kpis[2], "visit"),
        number(&kpis[0], "visit") + number(&kpis[1], "visit")
    );
    let calls: u32 = read("calendar.csv")
        .iter()
        .map(|day| number(day, "calls"))
        .sum();
    assert!(calls > 0);

    let again = said(folder, &["rollup", "2026-12", "plans/2026-12"], 3);
    assert!(again.contains("M141"), "{again}");
    let none = said(folder, &["rollup", "2026-11"], 3);
    assert!(!none.contains("panicked"), "{none}");
}
