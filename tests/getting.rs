//! What comes with the program: the launcher, pages for `man`, completions, plans of older versions.

mod common;

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use tempfile::TempDir;

use common::{tourplan, workspace, written};

const FIRST_FORM: &str = "tests/recorded/plan-1.0.0/plan.json";

fn said(args: &[&str]) -> String {
    let run = Command::cargo_bin("tourplan")
        .expect("the program")
        .args(args)
        .assert()
        .success();
    String::from_utf8_lossy(&run.get_output().stdout).into_owned()
}

/// Commands as the help lists them.
fn commands() -> Vec<String> {
    let help = said(&["--help"]);
    let list = help.split("Commands:").nth(1).expect("commands");
    let list = list.split("\n\n").next().expect("a list");
    let lines = list
        .lines()
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let names = lines.filter_map(|line| line.split_whitespace().next());
    names
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_command_has_a_page_and_is_completed_in_every_shell() {
    let commands = commands();
    assert!(commands.len() > 20, "{commands:?}");
    let folder = TempDir::new().expect("a folder");
    let out = folder.path().join("man").display().to_string();
    said(&["man", "--out", &out]);
    let page = |name: &str| fs::read_to_string(Path::new(&out).join(format!("{name}.1")));
    assert!(page("tourplan").expect("a page").contains(".TH tourplan 1"));
    for command in &commands {
        let text = page(&format!("tourplan-{command}")).expect(command);
        assert!(
            text.contains("Examples") && text.contains(&format!("tourplan {command}")),
            "{command}"
        );
    }
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let text = said(&["completions", shell]);
        for command in &commands {
            assert!(text.contains(command.as_str()), "{shell}: {command}");
        }
    }
}

#[test]
fn a_new_workspace_has_the_launcher_and_it_is_made_for_windows() {
    let folder = TempDir::new().expect("a folder");
    let dir = folder.path().join("dealer");
    said(&["init", &dir.display().to_string(), "--quiet"]);
    let bytes = fs::read(dir.join("tourplan-start.cmd")).expect("the launcher");
    let text = String::from_utf8(bytes).expect("UTF-8");
    assert!(
        !text.starts_with('\u{feff}'),
        "a mark at its beginning is taken for a command"
    );
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert!(text.is_ascii() || text.find("chcp 65001") < text.find(|c: char| !c.is_ascii()));
    for other_shell in ["$", "#!", "/bin/", "\nfi", "[ ", "~/", "export "] {
        assert!(!text.contains(other_shell), "{other_shell}");
    }
    // Brackets inside a block end it; labels are sought by bytes and lost beside Chinese.
    let (open, close) = (text.matches('(').count(), text.matches(')').count());
    assert_eq!(open, close);
    assert!(!text.contains("goto") && !text.contains("\n:"));
    // Called by itself it would run itself: the current folder comes before the PATH.
    assert!(
        !text
            .lines()
            .any(|line| line.trim_start().starts_with("tourplan "))
    );
    for step in [
        "cd /d \"%~dp0\"",
        "\"%TOURPLAN%\"",
        "index.html",
        "pause",
        "exit /b %STATUS%",
    ] {
        assert!(text.contains(step), "{step}");
    }
}

/// A workspace whose month was planned by another version.
fn planned_by(change: &dyn Fn(&mut serde_json::Value)) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    said(&[
        "init",
        &folder.path().display().to_string(),
        "--sample",
        "hunan",
        "--quiet",
    ]);
    let month = folder.path().join("plans/2026-12");
    fs::create_dir_all(&month).expect("a folder");
    let text = fs::read(FIRST_FORM).expect("the first form");
    let mut plan = serde_json::from_slice(&text).expect("JSON");
    change(&mut plan);
    fs::write(month.join("plan.json"), plan.to_string()).expect("a plan");
    folder
}

#[test]
fn a_plan_of_the_first_form_can_be_shown_compared_and_rolled_up() {
    let folder = planned_by(&|_| {});
    let shown = tourplan(folder.path())
        .args(["show", "2026-12"])
        .assert()
        .success();
    let shown = String::from_utf8_lossy(&shown.get_output().stdout).into_owned();
    assert!(
        shown.contains("edc3ad7acd") && shown.contains("not counted in this plan"),
        "{shown}"
    );
    let same = said(&["diff", FIRST_FORM, FIRST_FORM, "--lang", "en"]);
    assert!(
        same.contains("tours: 1 the same") && same.contains("0 with other quantities"),
        "{same}"
    );
    let out = folder.path().join("together").display().to_string();
    said(&["rollup", FIRST_FORM, "--out", &out, "--quiet"]);
    // Every piece the first form wanted bought stands on the list of orders.
    let plan: serde_json::Value =
        serde_json::from_slice(&fs::read(FIRST_FORM).expect("a plan")).expect("JSON");
    let lines = plan["sourcing"].as_array().expect("lines").iter();
    let bought = lines.filter(|line| line["source"] == "peer" || line["source"] == "order");
    let wanted: u64 = bought.filter_map(|line| line["qty"].as_u64()).sum();
    let orders = fs::read_to_string(Path::new(&out).join("orders.csv")).expect("orders");
    let mut orders = csv::Reader::from_reader(orders.trim_start_matches('\u{feff}').as_bytes());
    let column = orders
        .headers()
        .expect("a header")
        .iter()
        .position(|name| name == "order_qty")
        .expect("a column");
    let listed: u64 = orders
        .records()
        .map(|row| row.expect("a row")[column].parse::<u64>().expect("pieces"))
        .sum();
    assert!(wanted > 0);
    assert_eq!(listed, wanted);
}

#[test]
fn a_plan_of_a_newer_version_is_refused_with_a_word_and_left_alone() {
    let folder = planned_by(&|plan| {
        plan["schema"] = "tourplan-plan/2".into();
        plan["schema_version"] = "2.3.0".into();
    });
    let before = written(folder.path());
    let commands: [&[&str]; 6] = [
        &[],
        &["show"],
        &["verify"],
        &["plan", "--effort", "10"],
        &["approve", "--by", "示例"],
        &["diff", "2026-12", "2026-12"],
    ];
    for args in commands {
        let run = tourplan(folder.path()).args(args).assert().code(3);
        let text = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        assert!(
            text.contains("C030") && text.contains("2.3.0"),
            "{args:?}: {text}"
        );
    }
    assert!(before == written(folder.path()), "nothing was changed");
}

#[test]
fn every_file_of_a_plan_has_a_name_that_every_system_takes() {
    let folder = workspace(20);
    // People whose names are names of devices, and counties that differ in nothing but case, reach file names.
    let crew = folder.path().join("crew.csv");
    let people = fs::read_to_string(&crew).expect("crew");
    let mut lines: Vec<String> = people.lines().map(str::to_owned).collect();
    let mut names = ["CON", "con", "示例/..\\顾问. ", "nul"].iter();
    for line in &mut lines {
        if line.contains("adviser") {
            let (_, rest) = line.split_once(',').expect("a line");
            let name = names.next().copied().unwrap_or("示例顾问");
            *line = format!("{name},{rest}");
        }
    }
    fs::write(&crew, lines.join("\n")).expect("crew");
    common::plan(folder.path());
    let sheets: Vec<String> = written(folder.path())
        .keys()
        .map(|path| path.display().to_string())
        .collect();
    let calls = sheets
        .iter()
        .filter(|path| path.contains("call-sheet-2026"))
        .count();
    assert!(calls > 0);
    let mut folded = std::collections::BTreeSet::new();
    for path in &sheets {
        assert!(folded.insert(path.to_lowercase()), "{path} twice");
        for name in path.split('/') {
            let stem = name.split('.').next().unwrap_or_default().to_lowercase();
            assert!(
                !["con", "nul", "aux", "prn"].contains(&stem.as_str()),
                "{path}"
            );
            assert!(
                !name.ends_with([' ', '.'])
                    && !name.contains(['\\', ':', '*', '?', '"', '<', '>', '|']),
                "{path}"
            );
        }
    }
}
