//! Steps of a month's stories: tables read, answers given, commands that must be refused.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

pub use super::{Row, table};
use super::{tourplan, written};

/// Runs a command and gives all it said.
pub fn said(folder: &Path, args: &[&str], status: i32) -> String {
    let output = tourplan(folder).args(args).assert();
    let output = output.get_output();
    let text = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(output.status.code(), Some(status), "{args:?}: {text}");
    text
}

/// Refused with this status and code; not a byte of the plan changes.
pub fn refused(folder: &Path, args: &[&str], status: i32, code: &str) -> String {
    let before = written(folder);
    let text = said(folder, args, status);
    assert!(text.contains(code), "{args:?}: {text}");
    assert!(before == written(folder), "{args:?} may change nothing");
    text
}

/// Every rule holds, and every accepted vehicle still stands in customers.csv once.
pub fn all_is_well(folder: &Path, vehicles: usize) {
    said(folder, &["verify"], 0);
    let customers = table(folder, "customers.csv");
    let ids: BTreeSet<&String> = customers.iter().map(|row| &row["vehicle"]).collect();
    assert_eq!((customers.len(), ids.len()), (vehicles, vehicles));
}

/// Seven in ten of those offered a slot on a tour say yes, one no, two are not reached.
pub fn answers(folder: &Path, tour: &str, today: &str) {
    let mut lines = Vec::new();
    for call in table(folder, "calls.csv") {
        if call["tour"] == tour && call["callable"] == "yes" && !call["slot_offered"].is_empty() {
            let word = match lines.len() % 10 {
                7 => "不来",
                8 | 9 => "未接通",
                _ => "来",
            };
            lines.push(format!("{},{word},{}", call["booking"], call["call_date"]));
        }
    }
    read_in(folder, tour, today, &lines);
}

pub fn read_in(folder: &Path, name: &str, today: &str, lines: &[String]) {
    let path = folder.join(format!("{name}.csv"));
    let text = format!("\u{feff}预约编号,接通结果,通话日期\n{}\n", lines.join("\n"));
    fs::write(&path, text).expect("a sheet");
    let path = path.display().to_string();
    said(folder, &["confirm", "--today", today, "--calls", &path], 0);
}

/// Booked slots of a tour, by vehicle.
pub fn slots(folder: &Path, tour: &str) -> BTreeMap<String, String> {
    let calls = table(folder, "calls.csv").into_iter();
    let booked = calls.filter(|call| call["tour"] == tour && !call["slot_booked"].is_empty());
    booked
        .map(|call| (call["vehicle"].clone(), call["slot_booked"].clone()))
        .collect()
}

/// Everything that stands about every tour but one.
pub fn others(folder: &Path, tour: &str) -> BTreeMap<&'static str, Vec<Row>> {
    let tables = [
        "tours.csv",
        "visits.csv",
        "crew.csv",
        "kit.csv",
        "tools.csv",
        "calls.csv",
        "customers.csv",
    ];
    let of = |name: &'static str| {
        let mut rows = table(folder, name);
        rows.retain(|row| row["tour"] != tour && !row["tour"].is_empty());
        (name, rows)
    };
    tables.into_iter().map(of).collect()
}
