//! Runs killed at any moment: the month is the last one or the new one, whole, and the same command given again
//! succeeds. `TOURPLAN_KILLS=N` kills N runs.

mod common;
#[path = "../examples/fill_sheets/fill.rs"]
#[expect(dead_code, reason = "goods are not received here")]
mod fill;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use common::small::write_small;
use tempfile::TempDir;

/// Kills in an ordinary run.
const SHARE: u32 = 16;

type Files = BTreeMap<PathBuf, Vec<u8>>;

/// The workspace's files, without the lock, what was set aside and what is unfinished.
fn snapshot(root: &Path) -> Files {
    let mut files = Files::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            if path.is_dir() {
                open.push(path);
            } else {
                let relative = path.strip_prefix(root).expect("inside").to_owned();
                files.insert(relative, fs::read(path).expect("a file"));
            }
        }
    }
    files
}

fn month_of(files: &Files) -> Files {
    let own = files.iter().filter(|(path, _)| path.starts_with("plans"));
    own.map(|(path, bytes)| (path.clone(), bytes.clone()))
        .collect()
}

fn reset(root: &Path, files: &Files) {
    for entry in fs::read_dir(root).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            fs::remove_dir_all(path).expect("emptied");
        } else {
            fs::remove_file(path).expect("emptied");
        }
    }
    for (path, bytes) in files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("inside")).expect("a folder");
        fs::write(path, bytes).expect("written");
    }
}

/// A command with what it starts from, what it leaves, and how long it takes.
struct Step {
    args: Vec<&'static str>,
    before: Files,
    after: Files,
    took: Duration,
}

fn program(root: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tourplan"));
    command
        .args(["-C", ".", "--lang", "en", "--quiet"])
        .args(args)
        .current_dir(root)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

fn runs(root: &Path, args: &[&str]) {
    let output = program(root, args).stderr(Stdio::piped()).output();
    let output = output.expect("a run");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{args:?}: {said}");
}

/// A month: planned twice, signed, called, closed.
fn month(root: &Path) -> Vec<Step> {
    write_small(root);
    runs(root, &["plan", "--effort", "2"]);
    let mut steps = Vec::new();
    let mut step = |args: Vec<&'static str>| {
        let before = snapshot(root);
        let started = Instant::now();
        runs(root, &args);
        steps.push(Step {
            args,
            before,
            took: started.elapsed(),
            after: snapshot(root),
        });
    };
    let sheet = |name: &str, filled: &dyn Fn(&fill::Month) -> String| {
        let month = fill::Month::open(&root.join("plans/2026-12")).expect("a plan");
        fs::write(root.join(name), filled(&month)).expect("a sheet");
    };
    step(vec!["approve", "--by", "周建国", "--today", "2026-11-16"]);
    step(vec![
        "plan",
        "--effort",
        "2",
        "--seed",
        "7",
        "--today",
        "2026-11-17",
    ]);
    sheet("calls.csv", &|month| month.calls(&(0..100)));
    step(vec![
        "confirm",
        "--calls",
        "calls.csv",
        "--today",
        "2026-11-29",
    ]);
    sheet("jobs.csv", &|month| month.jobs("T01"));
    step(vec![
        "close",
        "--visits",
        "jobs.csv",
        "--today",
        "2026-12-20",
    ]);
    for step in &steps {
        assert!(
            month_of(&step.before) != month_of(&step.after),
            "{:?} changes nothing",
            step.args
        );
    }
    steps
}

/// The same numbers everywhere: which moment is killed still hangs on the machine.
fn chance(turn: u32) -> f64 {
    let mixed = u64::from(turn)
        .wrapping_add(1)
        .wrapping_mul(0x9E37_79B9_7F4A_7C15);
    ((mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 11) as f64
        / (1_u64 << 53) as f64
}

/// Waits for the new folder to be begun; gives up with the run.
fn writing(plans: &Path, longest: Duration) {
    let started = Instant::now();
    let begun = || {
        let entries = fs::read_dir(plans).into_iter().flatten().flatten();
        let mut names = entries.map(|entry| entry.file_name());
        names.any(|name| name.to_string_lossy().starts_with(".new-"))
    };
    while !begun() && started.elapsed() < longest {
        std::thread::sleep(Duration::from_micros(200));
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "the campaign says what it did")]
fn a_run_killed_at_any_moment_leaves_the_last_month_or_the_new_one_and_runs_again() {
    let kills: u32 =
        std::env::var("TOURPLAN_KILLS").map_or(SHARE, |asked| asked.parse().expect("a number"));
    let folder = TempDir::new().expect("a folder");
    let root = folder.path();
    let steps = month(root);
    let (mut cut_off, mut new) = (0, 0);
    for turn in 0..kills {
        let step = &steps[turn as usize % steps.len()];
        reset(root, &step.before);
        let mut run = program(root, &step.args).spawn().expect("a run");
        // Every second one while the folder is written, which is a small part of a run's time.
        if (turn / steps.len() as u32).is_multiple_of(2) {
            writing(&root.join("plans"), step.took * 4);
            std::thread::sleep(Duration::from_secs_f64(0.05 * chance(turn)));
        } else {
            std::thread::sleep(step.took.mul_f64(1.1 * chance(turn)));
        }
        let _ = run.kill();
        let status = run.wait().expect("it ended");
        cut_off += u32::from(!status.success());
        // Whatever comes next, and only looks, finds a whole month.
        runs(root, &["show"]);
        let now = month_of(&snapshot(root));
        let is_new = now == month_of(&step.after);
        new += u32::from(is_new);
        assert!(
            is_new || now == month_of(&step.before),
            "turn {turn}, {:?}: neither month",
            step.args
        );
        // In an ordinary run every fourth, of each command in turn.
        if kills == SHARE && !turn.is_multiple_of(5) {
            continue;
        }
        runs(root, &step.args);
        let again = snapshot(root);
        for (path, bytes) in &step.after {
            assert!(
                again.get(path) == Some(bytes),
                "turn {turn}, {:?}: {} differs",
                step.args,
                path.display()
            );
        }
        assert_eq!(
            again.len(),
            step.after.len(),
            "turn {turn}, {:?}",
            step.args
        );
        let names = fs::read_dir(root.join("plans")).expect("plans").flatten();
        let mut names = names.map(|entry| entry.file_name());
        assert!(
            !names.any(|name| name.to_string_lossy().starts_with(".new-")),
            "left unfinished"
        );
    }
    assert!(
        cut_off > kills / 4,
        "{cut_off} of {kills} runs were cut off: they end too soon"
    );
    println!("{kills} runs killed: {cut_off} cut off, {new} months were new already");
}
