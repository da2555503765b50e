//! Small workspaces for whole runs of the program.
#![allow(
    dead_code,
    unreachable_pub,
    reason = "every test program uses its own part of this"
)]

pub mod browser;
pub mod made_up_roads;
pub mod office;
pub mod paper;
pub mod programs;
pub mod small;
pub mod story;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;

/// The sample workspace with every `every`-th vehicle only.
pub fn workspace(every: usize) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/hunan");
    copy(&sample, folder.path());
    for file in ["population/retail.csv", "population/fleets.csv"] {
        let path = folder.path().join(file);
        let text = fs::read_to_string(&path).expect("the sample's population");
        let thin: String = text
            .split_inclusive('\n')
            .enumerate()
            .filter(|(line, _)| *line == 0 || line % every == 0)
            .map(|(_, line)| line)
            .collect();
        fs::write(&path, thin).expect("a thinner population");
    }
    folder
}

/// Copies a workspace without its plans.
pub fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("the sample").flatten() {
        let target = to.join(entry.file_name());
        if entry.file_name() == "plans" {
            continue;
        }
        if entry.path().is_dir() {
            fs::create_dir_all(&target).expect("a folder");
            copy(&entry.path(), &target);
        } else if entry.file_name() != ".tourplan.lock" {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

/// The program in that workspace, in English.
pub fn tourplan(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("tourplan").expect("the program");
    command.arg("-C").arg(folder).args(["--lang", "en"]);
    command
}

/// Plans the month, quickly.
pub fn plan(folder: &Path) {
    tourplan(folder)
        .args(["plan", "--effort", "40", "--quiet"])
        .assert()
        .success();
}

/// Every file of the plan.
pub fn written(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut open = vec![folder.join("plans/2026-12")];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).expect("a plan").flatten() {
            if entry.path().is_dir() {
                open.push(entry.path());
            } else {
                let name = entry
                    .path()
                    .strip_prefix(folder)
                    .expect("inside")
                    .to_owned();
                files.insert(name, fs::read(entry.path()).expect("a file"));
            }
        }
    }
    files
}

/// Every file below a folder whose name ends so, in order.
pub fn files_ending(ending: &str, folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|own| own == ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// A line of a table: column → cell.
pub type Row = BTreeMap<String, String>;

/// A table of the plan folder: one map of column → cell a line.
pub fn table(folder: &Path, name: &str) -> Vec<Row> {
    let bytes = fs::read(folder.join("plans/2026-12").join(name)).expect(name);
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let mut reader = csv::Reader::from_reader(bytes);
    let header = reader.headers().expect("a header").clone();
    let rows = reader.records().map(|row| {
        let row = row.expect("a row");
        let cells = header.iter().zip(row.iter());
        cells
            .map(|(name, cell)| (name.to_owned(), cell.to_owned()))
            .collect()
    });
    rows.collect()
}

/// The written month keeps every rule.
pub fn verified(folder: &Path) {
    let said = tourplan(folder).arg("verify").assert();
    let said = said.get_output();
    let text = String::from_utf8_lossy(&said.stdout).into_owned();
    assert!(said.status.success(), "{text}");
}
