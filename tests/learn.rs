//! Learning by whole runs of the program: proposals, accepting, undoing.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use common::{table, tourplan, workspace};

/// Every file of the workspace with its bytes, but the lock every writing command leaves.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(one) = folders.pop() {
        for entry in fs::read_dir(one).expect("a folder").flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else if entry.file_name() != ".tourplan.lock" {
                found.insert(entry.path(), fs::read(entry.path()).expect("a file"));
            }
        }
    }
    found
}

fn learn(folder: &Path, more: &[&str]) -> (i32, String) {
    let done = tourplan(folder).arg("learn").args(more).output();
    let done = done.expect("run");
    let said = [done.stdout, done.stderr].concat();
    let status = done.status.code().expect("an exit status");
    (status, String::from_utf8(said).expect("UTF-8"))
}

/// Writes yes into every line of one kind that proposes something; returns how many.
fn mark(folder: &Path, what: &str) -> usize {
    let path = folder.join("learn/proposal.csv");
    let text = fs::read_to_string(&path).expect("a proposal");
    let mut marked = 0;
    let lines = text.lines().map(|line| {
        let mut cells: Vec<&str> = line.split(',').collect();
        if cells[0] == what && !cells[4].is_empty() {
            let at = cells.len() - 3;
            cells[at] = "yes";
            marked += 1;
        }
        cells.join(",") + "\r\n"
    });
    let text: String = lines.collect();
    fs::write(&path, text).expect("written");
    marked
}

#[test]
fn proposes_the_same_bytes_each_time_and_changes_nothing_else() {
    let folder = workspace(4);
    let before = files(folder.path());
    let (status, said) = learn(folder.path(), &["--dry-run"]);
    assert_eq!(status, 0, "{said}");
    assert_eq!(files(folder.path()), before, "a dry run writes nothing");
    let (status, said) = learn(folder.path(), &[]);
    assert_eq!(status, 0, "{said}");
    let mut after = files(folder.path());
    let own = ["learn/proposal.csv", "learn/report.md"].map(|name| folder.path().join(name));
    let written = own
        .clone()
        .map(|path| after.remove(&path).expect("written"));
    assert_eq!(after, before);
    for path in &own {
        fs::remove_file(path).expect("removed");
    }
    assert_eq!(learn(folder.path(), &[]).0, 0);
    assert_eq!(own.map(|path| fs::read(path).expect("again")), written);
}

#[test]
fn accepted_values_are_in_force_until_the_file_is_taken_away() {
    let folder = workspace(4);
    assert_eq!(learn(folder.path(), &[]).0, 0);
    let accept = ["--accept", "learn/proposal.csv", "--by", "周建国"];
    let path = folder.path().join("learn/proposal.csv");
    let accept = accept.map(|word| {
        if word.starts_with("learn/") {
            path.to_str().expect("a path")
        } else {
            word
        }
    });
    let (status, said) = learn(folder.path(), &accept);
    assert!(
        status == 3 && said.contains("M154"),
        "nothing is marked: {said}"
    );
    let marked = mark(folder.path(), "usage");
    assert!(marked > 0, "the sample has classes with enough vehicles");
    let (status, said) = learn(folder.path(), &accept);
    assert_eq!(status, 0, "{said}");
    let learned = fs::read_to_string(folder.path().join("learned.csv")).expect("learned");
    assert_eq!(learned.lines().count(), 1 + marked);
    assert!(learned.contains("周建国"));
    let (status, said) = learn(folder.path(), &accept);
    assert!(
        status == 3 && said.contains("M151"),
        "the data are others now: {said}"
    );
    let check = tourplan(folder.path()).arg("check").output().expect("run");
    let said = String::from_utf8([check.stdout, check.stderr].concat()).expect("UTF-8");
    assert!(said.contains("M157"), "{said}");
    fs::remove_file(folder.path().join("learned.csv")).expect("removed");
    assert_eq!(learn(folder.path(), &["--dry-run"]).0, 0);
}

#[test]
fn a_learned_rate_changes_what_is_expected_of_vehicles() {
    let folder = workspace(20);
    let hours = || -> f64 {
        common::plan(folder.path());
        let rows = table(folder.path(), "customers.csv");
        let hours = rows
            .iter()
            .filter_map(|row| row["expected_hours"].parse::<f64>().ok());
        hours.sum()
    };
    let before = hours();
    let line = "what,key,parameter,value,date,by,evidence\nrate,show_up_person,show_up_person,0.36,2026-11-16,x,\nrate,show_up_firm,show_up_firm,0.48,2026-11-16,x,\n";
    fs::write(folder.path().join("learned.csv"), line).expect("written");
    let after = hours();
    // Both rates are four fifths of what was assumed.
    assert!((0.7..0.9).contains(&(after / before)), "{before} {after}");
    fs::remove_file(folder.path().join("learned.csv")).expect("removed");
    assert!((hours() - before).abs() < 1e-9, "undone");
}

#[test]
fn without_history_and_closed_tours_it_says_so() {
    let folder = workspace(40);
    fs::remove_file(folder.path().join("history.csv")).expect("removed");
    let (status, said) = learn(folder.path(), &[]);
    assert_eq!(status, 0, "{said}");
    assert!(said.contains("nothing to learn"), "{said}");
    assert!(!folder.path().join("learn").exists());
}
