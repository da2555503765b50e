//! Values no table should hold, in its cells and in tour.toml: the month is planned and keeps every rule, or it is
//! refused with a reason; no panic, nothing that is no number, nothing written elsewhere.
//!
//! `TOURPLAN_CELLS=N` draws N months.

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use common::files_ending;
use common::small::write_small;
use tempfile::TempDir;

/// Months drawn in an ordinary run, and tables changed in each.
const SHARE: u64 = 5;
const TABLES: usize = 4;
/// Seconds of the processor, more than any of these takes; other programs on the machine make no difference.
const MOST_WORK: u32 = 60;
/// What still waits then, waits for ever.
const LONGEST: Duration = Duration::from_mins(10);

#[rustfmt::skip]
const VALUES: [&str; 38] = [
    "-1", "-0.01", "0", "1e308", "-1e308", "1e-320", "NaN", "inf", "-inf", "1e400",
    "99999999999999999999", "4294967296", "4294967295", "2147483648", "1.5", "1e15", "1e9", "１２３",
    "1,000,000", "", "../../x", "CON", "nul.txt", "a. ", "=1+1", "<script>alert(1)</script>",
    "0001-01-01", "9999-12-31", "1900-02-29", "60", "2958465", "\u{202e}abc", "a\u{0}b", "|",
    "||1|", "*", "depot", "是",
];
#[rustfmt::skip]
const SETTINGS: [&str; 12] = [
    "-1", "0", "1e308", "nan", "inf", "-inf", "9999999999", "0.0000001", "4294967295",
    "1000000000.0", "9223372036854775807", "-9223372036854775808",
];

struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % end.max(1) as u64) as usize
    }
}

fn drawn() -> u64 {
    std::env::var("TOURPLAN_CELLS").map_or(SHARE, |asked| asked.parse().expect("a number"))
}

/// The program, ended by a signal (and so without a status) where it works too long.
#[cfg(unix)]
fn program() -> Command {
    let mut command = Command::new("sh");
    let script = format!("ulimit -t {MOST_WORK} && exec \"$0\" \"$@\"");
    command
        .args(["-c", &script])
        .arg(env!("CARGO_BIN_EXE_tourplan"));
    command
}

#[cfg(not(unix))]
fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_tourplan"))
}

fn run(root: &Path, args: &[&str]) -> Output {
    let started = Instant::now();
    let mut command = program();
    command
        .args(["-C", ".", "--lang", "en", "--quiet"])
        .args(args)
        .current_dir(root);
    let output = command.output().expect("a run");
    assert!(
        started.elapsed() < LONGEST,
        "{args:?} takes {:?}",
        started.elapsed()
    );
    output
}

/// Planned and right, or refused with a code.
fn planned_or_refused(root: &Path, what: &str) -> bool {
    let output = run(root, &["plan", "--effort", "2"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    match output.status.code() {
        Some(0) => {}
        Some(3 | 4) => {
            assert!(said.contains("error "), "{what}: {said}");
            return false;
        }
        other => panic!("{what}: {other:?} {said}"),
    }
    only_numbers(root, what);
    let verified = run(root, &["verify"]);
    let said = String::from_utf8_lossy(&[verified.stdout, verified.stderr].concat()).into_owned();
    assert!(verified.status.success(), "{what}: {said}");
    true
}

/// Nothing that is no number stands where the program counts.
fn only_numbers(root: &Path, what: &str) {
    let month = root.join("plans/2026-12");
    for table in files_ending("csv", &month) {
        let text = fs::read_to_string(&table).expect("a table");
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let headers = reader.headers().expect("headers").clone();
        for row in reader.records() {
            let row = row.expect("a row");
            for (header, cell) in headers.iter().zip(&row) {
                let counted = ["km", "hours", "value", "cost", "qty", "needed", "capacity"];
                let counted = counted.iter().any(|word| header.contains(word));
                let wrong = ["NaN", "nan", "inf", "-inf"].contains(&cell);
                assert!(
                    !(counted && wrong),
                    "{what}: {} {header} is {cell}",
                    table.display()
                );
            }
        }
    }
    for name in ["plan.json", "problem.json", "solution.json"] {
        let bytes = fs::read(month.join(name)).expect(name);
        let value: serde_json::Value = serde_json::from_slice(&bytes).expect(name);
        finite(&value, &format!("{what}: {name}"));
    }
}

fn finite(value: &serde_json::Value, at: &str) {
    match value {
        serde_json::Value::Number(number) => {
            let number = number.as_f64().expect("a number");
            assert!(number.abs() < 1e18, "{at}: {number}");
        }
        serde_json::Value::Array(list) => list.iter().for_each(|one| finite(one, at)),
        serde_json::Value::Object(object) => {
            for (key, one) in object {
                finite(one, &format!("{at}.{key}"));
            }
        }
        _ => {}
    }
}

/// Puts a value into one cell of a table, or into the whole column.
fn spoil(path: &Path, chance: &mut Chance) -> String {
    let text = fs::read_to_string(path).expect("a table");
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let mut rows: Vec<Vec<String>> = reader
        .records()
        .map(|row| row.expect("a row").iter().map(str::to_owned).collect())
        .collect();
    let column = chance.below(rows[0].len());
    let value = VALUES[chance.below(VALUES.len())];
    let (whole, one) = (chance.below(2) == 0, 1 + chance.below(rows.len() - 1));
    let name = rows[0][column].clone();
    for (number, row) in rows.iter_mut().enumerate().skip(1) {
        if (whole || number == one) && column < row.len() {
            value.clone_into(&mut row[column]);
        }
    }
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(Vec::new());
    for row in &rows {
        writer.write_record(row).expect("written");
    }
    fs::write(path, writer.into_inner().expect("bytes")).expect("written");
    format!(
        "{} {name} = {value:?} ({})",
        path.display(),
        if whole { "all".into() } else { one.to_string() }
    )
}

#[test]
fn edge_values_in_any_table_are_planned_with_or_refused() {
    let mut planned = 0;
    for turn in 0..drawn() {
        let folder = TempDir::new().expect("a folder");
        let root = folder.path();
        write_small(root);
        let mut chance = Chance(turn + 1);
        let mut tables = files_ending("csv", root);
        let mut what = Vec::new();
        for _ in 0..TABLES {
            let table = tables.remove(chance.below(tables.len()));
            what.push(spoil(&table, &mut chance));
        }
        planned += u64::from(planned_or_refused(root, &format!("{turn}: {what:?}")));
    }
    assert!(
        planned * 3 >= drawn(),
        "only {planned} were planned: little was tried"
    );
}

#[test]
fn edge_values_in_any_setting_are_planned_with_or_refused() {
    let folder = TempDir::new().expect("a folder");
    let root = folder.path();
    write_small(root);
    let path = root.join("tour.toml");
    let text = fs::read_to_string(&path).expect("settings");
    let is_number = |line: &&str| {
        let value = line.split_once(" = ").map_or("", |(_, value)| value);
        !line.starts_with('#') && value.starts_with(|c: char| c.is_ascii_digit())
    };
    let keys: Vec<&str> = text.lines().filter(is_number).collect();
    assert!(keys.len() > 40, "{} keys", keys.len());
    let mut chance = Chance(1);
    for turn in 0..drawn() * 2 {
        let line = keys[chance.below(keys.len())];
        let value = SETTINGS[chance.below(SETTINGS.len())];
        let key = line.split_once(" = ").expect("a key").0;
        let spoiled = text.replacen(&format!("\n{line}\n"), &format!("\n{key} = {value}\n"), 1);
        assert!(spoiled != text, "{key}");
        fs::write(&path, spoiled).expect("written");
        let _ = fs::remove_dir_all(root.join("plans"));
        planned_or_refused(root, &format!("{turn}: {key} = {value}"));
    }
}

#[test]
fn days_at_the_ends_of_the_calendar_are_planned_with_or_refused() {
    let folder = TempDir::new().expect("a folder");
    let root = folder.path();
    write_small(root);
    for today in ["0001-01-01", "1900-02-28", "9900-12-31", "9999-12-31"] {
        for month in [&today[..7], "2026-12"] {
            let output = run(
                root,
                &["plan", "--effort", "2", "--today", today, "--month", month],
            );
            let status = output.status.code();
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(
                matches!(status, Some(0 | 2 | 3 | 4)),
                "{today} {month}: {status:?} {said}"
            );
            assert!(status == Some(0) || said.contains("error "), "{said}");
        }
    }
}

/// Every path below a folder, with what a link leads to unfollowed.
fn paths(root: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            if entry.file_type().expect("a kind").is_dir() {
                open.push(entry.path());
            }
            found.insert(entry.path());
        }
    }
    found
}

#[test]
fn names_that_are_paths_or_devices_stay_names() {
    let outer = TempDir::new().expect("a folder");
    let root = outer.path().join("a/b/workspace");
    fs::create_dir_all(&root).expect("a folder");
    write_small(&root);
    let long = "长".repeat(300);
    let names = [
        "../../x",
        "CON",
        "nul.txt",
        &long,
        "a. ",
        "a/b\\c:d*e?f\"g<h>i|j",
        "/etc/x",
        "..",
        "COM1.",
        "a\u{0}b",
    ];
    let rename = |file: &str, column: &str| {
        let path = root.join(file);
        let text = fs::read_to_string(&path).expect("a table");
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let headers = reader.headers().expect("headers").clone();
        let at = headers
            .iter()
            .position(|header| header == column)
            .expect(column);
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&headers).expect("written");
        for (number, row) in reader.records().enumerate() {
            let mut row: Vec<String> = row.expect("a row").iter().map(str::to_owned).collect();
            row[at] = names[number % names.len()].to_owned();
            if number >= names.len() {
                row[at].push_str(&number.to_string());
            }
            writer.write_record(&row).expect("written");
        }
        fs::write(&path, writer.into_inner().expect("bytes")).expect("written");
    };
    rename("crew.csv", "name");
    rename("points.csv", "point");
    rename("points.csv", "name");
    rename("peers.csv", "dealer");
    rename("suppliers.csv", "supplier");
    rename("population/retail.csv", "客户名称");
    let settings = fs::read_to_string(root.join("tour.toml")).expect("settings");
    let settings = settings.replace("id = \"team-1\"", "id = \"../../team\"");
    fs::write(root.join("tour.toml"), settings).expect("written");
    let before = paths(outer.path());
    assert!(
        planned_or_refused(&root, "hostile names"),
        "it can be planned"
    );
    let approved = run(&root, &["approve", "--by", "../../x"]);
    assert!(
        approved.status.success(),
        "{}",
        String::from_utf8_lossy(&approved.stderr)
    );
    // Tours named by hand.
    let hand = "tour,team,stop,point,first_day,days\n../../../T,../../team,1,CON,2026-12-02,1\n";
    fs::write(root.join("hand.csv"), hand).expect("a sheet");
    let by_hand = run(&root, &["plan", "--tours", "hand.csv", "--effort", "2"]);
    assert!(
        by_hand
            .status
            .code()
            .is_some_and(|status| status != 101 && status != 1)
    );
    let plans = root.join("plans");
    let own = |path: &&PathBuf| {
        path.starts_with(&plans) || path.ends_with("hand.csv") || path.ends_with(".tourplan.lock")
    };
    let after = paths(outer.path());
    let elsewhere: Vec<&PathBuf> = after
        .difference(&before)
        .filter(|path| !own(path))
        .collect();
    assert_eq!(elsewhere, Vec::<&PathBuf>::new(), "written elsewhere");
    for path in after.iter().filter(|path| path.starts_with(&plans)) {
        let name = path.file_name().expect("a name").to_string_lossy();
        assert!(name.len() <= 200, "{name}");
        assert!(
            !name.contains(['<', '>', ':', '"', '\\', '|', '?', '*', '\0']),
            "{name}"
        );
        assert!(!name.ends_with(['.', ' ']), "{name}");
        let stem = name.split('.').next().unwrap_or_default().to_uppercase();
        assert!(
            !["CON", "NUL", "PRN", "AUX", "COM1"].contains(&stem.as_str()),
            "{name}"
        );
    }
}

#[test]
#[cfg(unix)]
fn population_files_that_are_devices_or_lead_nowhere_are_refused_at_once() {
    let folder = TempDir::new().expect("a folder");
    let root = folder.path();
    write_small(root);
    let link = root.join("population/more.csv");
    for target in ["/dev/zero", "nowhere.csv"] {
        std::os::unix::fs::symlink(target, &link).expect("a link");
        let output = run(root, &["check"]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(3), "{target}: {said}");
        assert!(said.contains("D004") || said.contains("D001"), "{said}");
        fs::remove_file(&link).expect("taken away");
    }
    // A lock that is a link to somebody's file writes nothing into it.
    let precious = root.join("precious.txt");
    fs::write(&precious, "precious").expect("written");
    std::os::unix::fs::symlink(&precious, root.join(".tourplan.lock")).expect("a link");
    assert!(planned_or_refused(root, "a linked lock"));
    assert_eq!(fs::read_to_string(&precious).expect("it"), "precious");
}
