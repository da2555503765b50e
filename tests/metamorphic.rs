//! Relations a plan must keep when its inputs change in a way that should not matter, or only in one way:
//!
//! | change of the inputs | what must hold |
//! |---|---|
//! | population columns under a dealer's own names, told in `[columns]` | every table the same, byte for byte |
//! | headers translated into English | likewise |
//! | the population in two files, or in three with one row moved | likewise |
//! | a file given twice | likewise; its rows are counted as merged |
//! | vehicles in a county nobody can reach, of which nothing is known that says how vehicles are used | they are deferred; the question for all others, and its bound, are the same |
//! | all money doubled | the same choices; what is in yuan doubles |
//! | the map mirrored, east to west | the same value of the plan |
//!
//! Shuffled rows, other delimiters, line ends and encodings: tests/input.rs.

mod common;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use tempfile::TempDir;

use common::{Row, table, tourplan, workspace, written};

/// Vehicles of the sample that are taken: one in so many.
const EVERY: usize = 20;

const FILES: [&str; 2] = ["retail", "fleets"];

/// The month nothing was changed for.
static BEFORE: LazyLock<TempDir> = LazyLock::new(|| planned(&|_| {}));

/// A month planned after a change.
fn planned(change: &dyn Fn(&Path)) -> TempDir {
    let folder = workspace(EVERY);
    change(folder.path());
    common::plan(folder.path());
    folder
}

fn population(folder: &Path, file: &str) -> PathBuf {
    folder.join(format!("population/{file}.csv"))
}

fn rewrite(path: &Path, change: impl FnOnce(&str) -> String) {
    let text = fs::read_to_string(path).expect("a file");
    fs::write(path, change(&text)).expect("a changed file");
}

/// Tables and the problem with its solution; what cites input lines, settings or sizes of files is not among them.
fn tables(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = written(folder);
    files.retain(|path, _| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let table = path.extension().is_some_and(|ending| ending == "csv");
        let cites = ["files.csv", "rejects.csv", "repairs.csv"].contains(&name.as_ref());
        (table && !cites) || ["problem.json", "solution.json"].contains(&name.as_ref())
    });
    files
}

fn same_tables(after: &Path) {
    let (before, after) = (tables(BEFORE.path()), tables(after));
    assert!(before.len() > 10, "{}", before.len());
    assert!(before.keys().eq(after.keys()));
    for (name, bytes) in &before {
        assert!(after[name] == *bytes, "{} differs", name.display());
    }
}

fn rows(folder: &Path) -> BTreeMap<String, u64> {
    let plan = fs::read(folder.join("plans/2026-12/plan.json")).expect("a plan");
    let plan: serde_json::Value = serde_json::from_slice(&plan).expect("JSON");
    serde_json::from_value(plan["rows"].clone()).expect("counts")
}

fn solution(folder: &Path) -> serde_json::Value {
    let bytes = fs::read(folder.join("plans/2026-12/solution.json")).expect("a solution");
    serde_json::from_slice(&bytes).expect("JSON")
}

/// The first line's names, each changed.
fn rename(text: &str, name: &dyn Fn(usize, &str) -> String) -> String {
    let (mark, text) = text
        .strip_prefix('\u{feff}')
        .map_or(("", text), |rest| ("\u{feff}", rest));
    let (header, rest) = text.split_once('\n').expect("a header");
    let names = header.trim_end().split(',').enumerate();
    let names: Vec<String> = names.map(|(at, own)| name(at, own)).collect();
    format!("{mark}{}\n{rest}", names.join(","))
}

/// Chinese header → English key, as `schema columns` lists them.
fn keys() -> BTreeMap<String, String> {
    let listed = assert_cmd::Command::cargo_bin("tourplan")
        .expect("the program")
        .args(["schema", "columns"])
        .assert();
    let listed = String::from_utf8_lossy(&listed.get_output().stdout).into_owned();
    let mut keys = BTreeMap::new();
    for line in listed
        .lines()
        .filter_map(|line| line.strip_prefix("population."))
    {
        let (key, names) = line.split_once(':').expect("a column");
        let key = key.trim_end_matches(" *");
        for name in names.split(", ") {
            keys.insert(name.trim().to_owned(), key.to_owned());
        }
    }
    keys
}

#[test]
fn columns_under_a_dealers_own_names_give_the_same_tables() {
    let keys = keys();
    let after = planned(&|folder| {
        let mut columns = String::new();
        for file in FILES {
            rewrite(&population(folder, file), |text| {
                rename(text, &|at, own| {
                    format!(
                        "自定义栏{at}{}",
                        if keys.contains_key(own) { "" } else { "x" }
                    )
                })
            });
        }
        let sample = fs::read_to_string(population(BEFORE.path(), "retail")).expect("a file");
        let header = sample
            .lines()
            .next()
            .unwrap_or_default()
            .trim_start_matches('\u{feff}');
        for (at, own) in header.split(',').enumerate() {
            let _ = writeln!(columns, "{} = [\"自定义栏{at}\"]", keys[own]);
        }
        rewrite(&folder.join("tour.toml"), |text| {
            assert!(text.contains("[columns]"));
            text.replace("[columns]\n", &format!("[columns]\n{columns}"))
        });
    });
    same_tables(after.path());
}

#[test]
fn english_headers_give_the_same_tables() {
    let keys = keys();
    let after = planned(&|folder| {
        for file in FILES {
            rewrite(&population(folder, file), |text| {
                rename(text, &|_, own| keys[own].clone())
            });
        }
    });
    let header = fs::read_to_string(population(after.path(), "retail")).expect("a file");
    assert!(header.starts_with("\u{feff}vin,plate,customer"));
    same_tables(after.path());
}

#[test]
fn a_population_in_more_files_gives_the_same_tables() {
    let after = planned(&|folder| {
        let path = population(folder, "retail");
        let text = fs::read_to_string(&path).expect("a file");
        let (header, rest) = text.split_once('\n').expect("a header");
        let lines: Vec<&str> = rest.lines().collect();
        let (first, second) = lines.split_at(lines.len() / 3);
        fs::remove_file(&path).expect("removed");
        for (name, half) in [("a-2025", first), ("z-2026", second)] {
            fs::write(
                population(folder, name),
                format!("{header}\n{}\n", half.join("\n")),
            )
            .expect("a half");
        }
    });
    same_tables(after.path());
    assert_eq!(rows(after.path()), rows(BEFORE.path()));
}

#[test]
fn a_file_given_twice_changes_no_table_and_its_rows_are_merged() {
    let after = planned(&|folder| {
        fs::copy(
            population(folder, "retail"),
            population(folder, "retail-copy"),
        )
        .expect("a copy");
    });
    same_tables(after.path());
    let lines = fs::read_to_string(population(after.path(), "retail"))
        .expect("a file")
        .lines()
        .count() as u64
        - 1;
    let (before, after) = (rows(BEFORE.path()), rows(after.path()));
    assert!(lines > 100);
    assert_eq!(after["accepted"], before["accepted"]);
    assert_eq!(after["rows"], before["rows"] + lines);
    // Each copy is merged; what was rejected or left out before is so twice.
    let others = (after["rejected"] + after["ignored"]) - (before["rejected"] + before["ignored"]);
    assert_eq!(after["merged"], before["merged"] + lines - others);
}

#[test]
fn a_county_nobody_can_reach_changes_nothing_but_its_own_rows() {
    let far = |number: usize| {
        format!(
            "LSKDEM000F{number:07},,测试客户远{number},,{},V80 2.5T柴,黑龙江省,黑河市,嫩江市,,,,,,,,,,,个人,家用,,,,\n",
            19_955_500_000_u64 + number as u64
        )
    };
    let after = planned(&|folder| {
        rewrite(&population(folder, "retail"), |text| {
            text.to_owned() + &(0..25).map(far).collect::<String>()
        });
    });
    let is_far = |row: &Row| row["vehicle"].starts_with("LSKDEM000F");
    let (theirs, ours): (Vec<Row>, Vec<Row>) = table(after.path(), "customers.csv")
        .into_iter()
        .partition(is_far);
    assert_eq!(theirs.len(), 25);
    for row in &theirs {
        assert_eq!(row["status"], "deferred", "{row:?}");
        assert!(!row["reason"].is_empty(), "{row:?}");
    }
    // The same question: the same people with the same needs, in the same cells, within reach of the same points.
    let question = [
        "tour", "visit", "point", "date", "km", "status", "reason", "share",
    ];
    let before = without(BEFORE.path(), "customers.csv", &question);
    let mut after_rows = without(after.path(), "customers.csv", &question);
    after_rows.retain(|row| !is_far(row));
    assert_eq!(ours.len(), before.len());
    assert!(after_rows == before);
    let (old, new) = (problem(BEFORE.path()), problem(after.path()));
    for part in ["days", "teams", "limits", "costs", "points", "legs"] {
        assert_eq!(old[part], new[part], "{part}");
    }
    assert_eq!(pairs(&old), pairs(&new));
    // And the same bound. The search takes another way where a cell more is in the list, even one nobody can serve: its
    // plans may differ within the bound.
    let of = |folder: &Path, key: &str| solution(folder)[key].as_f64().expect("a number");
    let bound = of(BEFORE.path(), "bound");
    assert!((of(after.path(), "bound") - bound).abs() < 1e-6 * bound);
    assert!(of(after.path(), "objective") <= bound);
}

fn problem(folder: &Path) -> serde_json::Value {
    let bytes = fs::read(folder.join("plans/2026-12/problem.json")).expect("a problem");
    serde_json::from_slice(&bytes).expect("JSON")
}

/// What may be served where, by the names of cell and point; with the cell itself.
fn pairs(problem: &serde_json::Value) -> BTreeMap<String, String> {
    let pairs = problem["pairs"].as_array().expect("pairs").iter();
    let named = pairs.map(|pair| {
        let at = |list: &str, key: &str| {
            let index = usize::try_from(pair[key].as_u64().expect("an index")).expect("small");
            problem[list][index].clone()
        };
        let (cell, point) = (at("cells", "cell"), at("points", "point"));
        let key = format!("{} {}", cell["id"], point["id"]);
        (
            key,
            format!("{cell} {} {} {}", pair["km"], pair["share"], pair["cost"]),
        )
    });
    named.collect()
}

/// Columns of a table, or keys of the settings, in yuan.
const IN_YUAN: [(&str, &[&str]); 4] = [
    ("points.csv", &["fee_per_day"]),
    ("catalogue/items.csv", &["labour_price", "margin"]),
    ("catalogue/parts.csv", &["price"]),
    ("suppliers.csv", &["cost_fixed", "cost_per_kg"]),
];
const KEYS_IN_YUAN: [&str; 10] = [
    "cost_per_day",
    "per_km",
    "per_night",
    "carry_yuan",
    "return_yuan",
    "weight_safety",
    "weight_warranty",
    "weight_wear",
    "weight_comfort",
    "check_value",
];

fn twice(value: &str) -> String {
    value
        .parse::<f64>()
        .map_or_else(|_| value.to_owned(), |value| (value * 2.0).to_string())
}

fn double_money(folder: &Path) {
    for (file, columns) in IN_YUAN {
        rewrite(&folder.join(file), |text| {
            let mut reader =
                csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
            let header = reader.headers().expect("a header").clone();
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(&header).expect("a header");
            for row in reader.records() {
                let row = row.expect("a row");
                let cells = header.iter().zip(&row);
                let cells = cells.map(|(name, cell)| {
                    if columns.contains(&name) {
                        twice(cell)
                    } else {
                        cell.to_owned()
                    }
                });
                writer.write_record(cells).expect("a row");
            }
            String::from_utf8(writer.into_inner().expect("bytes")).expect("UTF-8")
        });
    }
    let mut changed = 0;
    rewrite(&folder.join("tour.toml"), |text| {
        let lines = text.lines().map(|line| match line.split_once(" = ") {
            Some((key, rest)) if KEYS_IN_YUAN.contains(&key) => {
                changed += 1;
                let (value, remark) = rest.split_once('#').unwrap_or((rest, ""));
                format!(
                    "{key} = {:?} #{remark}\n",
                    value.trim().parse::<f64>().expect("a number") * 2.0
                )
            }
            _ => format!("{line}\n"),
        });
        lines.collect()
    });
    assert_eq!(changed, KEYS_IN_YUAN.len() + 1, "two teams have a price");
}

/// A table without some columns.
fn without(folder: &Path, name: &str, left_out: &[&str]) -> Vec<Row> {
    let mut rows = table(folder, name);
    for row in &mut rows {
        row.retain(|column, _| !left_out.contains(&column.as_str()));
    }
    rows
}

#[test]
fn all_money_doubled_gives_the_same_choices_at_double_the_price() {
    let after = planned(&|folder| double_money(folder));
    let (before, after) = (BEFORE.path(), after.path());
    let same = [
        ("tours.csv", &["cost"][..]),
        ("visits.csv", &[]),
        ("customers.csv", &["planning_value"]),
        ("calls.csv", &[]),
        ("kit.csv", &[]),
        ("parts.csv", &[]),
        ("sourcing.csv", &["cost"]),
        ("crew.csv", &[]),
        ("tools.csv", &[]),
    ];
    for (name, prices) in same {
        let (old, new) = (without(before, name, prices), without(after, name, prices));
        for (old, new) in old.iter().zip(&new) {
            assert_eq!(old, new, "{name}");
        }
        assert_eq!(old.len(), new.len(), "{name}");
    }
    for (name, column) in [
        ("tours.csv", "cost"),
        ("sourcing.csv", "cost"),
        ("customers.csv", "planning_value"),
    ] {
        for (old, new) in table(before, name).iter().zip(table(after, name)) {
            let yuan = |row: &Row| row[column].parse::<f64>().unwrap_or_default();
            assert!(
                (yuan(&new) - 2.0 * yuan(old)).abs() < 0.025,
                "{name}: {old:?} {new:?}"
            );
        }
    }
    let (old, new) = (solution(before), solution(after));
    let of = |solution: &serde_json::Value, key: &str| solution[key].as_f64().expect("a number");
    for key in ["objective", "bound"] {
        let ratio = of(&new, key) / of(&old, key);
        assert!((ratio - 2.0).abs() < 1e-6, "{key}: {ratio}");
    }
}

/// Hunan's counties as a gazetteer of the workspace, east for west about the depot where asked.
fn own_gazetteer(folder: &Path, mirrored: bool) {
    const DEPOT: f64 = 112.91;
    let built_in = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/gazetteer.csv");
    let built_in = fs::read_to_string(built_in).expect("the gazetteer");
    let mut text = String::new();
    for line in built_in
        .lines()
        .filter(|line| line.starts_with("adcode") || line.starts_with("43"))
    {
        let mut cells: Vec<String> = line.split(',').map(str::to_owned).collect();
        for at in [6, 9] {
            if let (true, Ok(lon)) = (mirrored, cells[at].parse::<f64>()) {
                cells[at] = format!("{:.5}", 2.0 * DEPOT - lon);
            }
        }
        text += &(cells.join(",") + "\n");
    }
    fs::write(folder.join("gazetteer.csv"), text).expect("a gazetteer");
    // Coordinates in the tables are left out: everybody is where his county is.
    for file in [
        "points.csv",
        "population/retail.csv",
        "population/fleets.csv",
    ] {
        rewrite(&folder.join(file), |text| {
            rename(text, &|_, own| match own {
                "lon" | "lat" | "经度" | "纬度" => format!("{own}-x"),
                _ => own.to_owned(),
            })
        });
    }
}

#[test]
fn the_map_mirrored_gives_a_plan_of_the_same_value() {
    let here = planned(&|folder| own_gazetteer(folder, false));
    let there = planned(&|folder| own_gazetteer(folder, true));
    let (old, new) = (solution(here.path()), solution(there.path()));
    let of = |solution: &serde_json::Value, key: &str| solution[key].as_f64().expect("a number");
    assert!(of(&old, "objective") > 0.0);
    for key in ["objective", "bound"] {
        let (old, new) = (of(&old, key), of(&new, key));
        // The two searches see distances that differ in their last digits.
        assert!((old - new).abs() <= 1e-3 * old.abs(), "{key}: {old} {new}");
    }
    assert!(of(&new, "objective") <= of(&old, "bound") + 0.01);
    let places = |folder: &Path| {
        table(folder, "customers.csv")
            .iter()
            .filter(|row| row["status"] == "visit")
            .count()
    };
    assert_eq!(places(here.path()), places(there.path()));
    tourplan(there.path()).arg("verify").assert().success();
}
