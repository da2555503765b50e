//! Every step of a month on a disk that fails: the last plan is whole, the message says what to do, the same command
//! given again does what it would have done.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use clap::Parser as _;
use tempfile::TempDir;

use super::output::captured;
use crate::workspace::faults::{EACCES, EIO, ENOSPC, Fault, Watch};

#[path = "../../examples/fill_sheets/fill.rs"]
mod fill;
mod folder;
#[path = "../../tests/common/small.rs"]
mod small;

/// Files by their path in the workspace.
type Files = BTreeMap<PathBuf, Vec<u8>>;

/// Runs a command in this process; its status and everything it said.
fn run(root: &Path, args: &[String]) -> (u8, String) {
    captured::taken();
    let words = ["tourplan", "--lang", "en", "-C"].map(str::to_owned);
    let words = words.into_iter().chain([root.display().to_string()]);
    // `@` stands for the workspace: files are named from where the program runs.
    let here = |word: &String| match word.strip_prefix('@') {
        Some(name) => root.join(name).display().to_string(),
        None => word.clone(),
    };
    let args = super::Args::try_parse_from(words.chain(args.iter().map(here)));
    let status = super::done(&args.expect("a command"));
    (status, captured::taken())
}

/// Everything in the workspace but the lock and what was set aside.
fn snapshot(root: &Path) -> Files {
    let mut files = Files::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name == ".tourplan.lock" || name.starts_with(".last-") || name.starts_with(".new-") {
                continue;
            }
            if entry.path().is_dir() {
                open.push(entry.path());
            } else {
                let path = entry.path();
                let relative = path.strip_prefix(root).expect("inside").to_owned();
                files.insert(relative, fs::read(path).expect("a file"));
            }
        }
    }
    files
}

fn plan_of(files: &Files) -> Files {
    let own = files.iter().filter(|(path, _)| path.starts_with("plans"));
    own.map(|(path, bytes)| (path.clone(), bytes.clone()))
        .collect()
}

fn write(files: &Files) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    for (path, bytes) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("inside")).expect("a folder");
        fs::write(path, bytes).expect("written");
    }
    folder
}

/// A step of the month: what it stands on, what it is, what it leaves.
struct Step {
    name: &'static str,
    args: Vec<String>,
    before: Files,
    after: Files,
}

/// The month, step by step, on a disk that does not fail.
static MONTH: LazyLock<Vec<Step>> = LazyLock::new(|| {
    let folder = TempDir::new().expect("a folder");
    let root = folder.path();
    small::write_small(root);
    let mut steps = Vec::new();
    let mut step = |name: &'static str, args: &str| {
        let args: Vec<String> = args.split(' ').map(str::to_owned).collect();
        let before = snapshot(root);
        let (status, said) = run(root, &args);
        assert_eq!(status, 0, "{name}: {said}");
        let after = snapshot(root);
        steps.push(Step {
            name,
            args,
            before,
            after,
        });
    };
    let sheet = |name: &str, filled: &dyn Fn(&fill::Month) -> String| {
        let month = fill::Month::open(&root.join("plans/2026-12")).expect("a plan");
        fs::write(root.join(name), filled(&month)).expect("a sheet");
    };
    step("plan", "plan --effort 5");
    step("approve", "approve --by 周建国 --today 2026-11-16");
    sheet("goods.csv", &fill::Month::goods);
    step("receive", "receive --goods @goods.csv --today 2026-11-24");
    sheet("calls.csv", &|month| refused_in(&month.calls(&(0..100))));
    step("confirm", "confirm --calls @calls.csv --today 2026-11-29");
    step(
        "move",
        "move T01 --to 2026-12-09 --reason 暴雨 --today 2026-11-30",
    );
    sheet("jobs.csv", &|month| month.jobs("T01"));
    step("close", "close --visits @jobs.csv --today 2026-12-20");
    step("learn", "learn --today 2026-12-21");
    let proposal = root.join("learn/proposal.csv");
    let marked = marked(&fs::read_to_string(&proposal).expect("a proposal"));
    fs::write(&proposal, marked).expect("marked");
    let accept = "learn --accept @learn/proposal.csv --by 周建国 --today 2026-12-22";
    step("accept", accept);
    step("rollup", "rollup 2026-12 --out @together");
    step("purge", "purge --before 2027-01-01 --today 2027-12-31");
    steps
});

/// The first answer refuses calls from now on: consents.csv is written.
fn refused_in(calls: &str) -> String {
    let mut lines: Vec<String> = calls.lines().map(str::to_owned).collect();
    for (number, line) in lines.iter_mut().enumerate() {
        line.push_str(match number {
            0 => ",拒绝联系",
            1 => ",是",
            _ => ",",
        });
    }
    lines.join("\n") + "\n"
}

/// Yes in every line that proposes something.
fn marked(proposal: &str) -> String {
    let lines = proposal.lines().enumerate().map(|(number, line)| {
        let mut cells: Vec<&str> = line.split(',').collect();
        if number > 0 && cells.len() > 13 && !cells[4].is_empty() {
            cells[13] = "yes";
        }
        cells.join(",") + "\r\n"
    });
    lines.collect()
}

/// Lets one act of a step fail; gives the status the step ended with.
fn fail(step: &Step, root: &Path, fault: Fault, watch: &Watch) -> u8 {
    watch.fail(Some(fault));
    let (status, said) = run(root, &step.args);
    let asked = watch.asked();
    let what = format!("{} {fault:?} {:?}: {said}", step.name, asked.get(fault.at));
    watch.fail(None);
    // What every command does before it reads: a plan that has lost its name gets it back.
    let workspace = crate::workspace::Workspace::open(root).expect("a workspace");
    workspace.months().expect("readable");
    let now = snapshot(root);
    if status == 0 {
        // Only names that are not on the disk yet are no reason to give up.
        assert!(now == step.after, "{what}");
        assert!(!said.contains("panicked"), "{what}");
    } else {
        assert_eq!(status, 1, "{what}");
        let code = match fault.errno {
            ENOSPC => "C018",
            EACCES => "C019",
            _ => "C003",
        };
        assert!(said.contains(code), "{what}");
        assert!(said.contains("run the command again"), "{what}");
        let plan = plan_of(&now);
        let stands = plan == plan_of(&step.before) || plan == plan_of(&step.after);
        assert!(
            stands,
            "the plan is neither the last nor the new one: {what}"
        );
    }
    status
}

/// The same command again does what it would have done, and leaves nothing unfinished.
fn again(step: &Step, root: &Path) {
    let (status, said) = run(root, &step.args);
    assert_eq!(status, 0, "{}: {said}", step.name);
    let now = snapshot(root);
    for (path, bytes) in &step.after {
        let same = now.get(path) == Some(bytes);
        assert!(same, "{}: {} differs", step.name, path.display());
    }
    assert_eq!(now.len(), step.after.len(), "{}", step.name);
    let unfinished = |folder: &str| {
        let entries = fs::read_dir(root.join(folder)).into_iter().flatten();
        let names = entries.flatten().map(|entry| entry.file_name());
        names.map(|name| name.to_string_lossy().into_owned())
    };
    let mut all = unfinished("").chain(unfinished("plans"));
    assert!(!all.any(|name| name.starts_with(".new-")), "{}", step.name);
}

/// What a step asks of the disk where nothing fails.
fn asked(step: &Step) -> Vec<crate::workspace::faults::Asked> {
    let folder = write(&step.before);
    let watch = Watch::over(folder.path());
    again(step, folder.path());
    watch.asked()
}

fn each_of(step: &Step, acts: &BTreeSet<usize>) {
    let folder = write(&step.before);
    let root = folder.path();
    let watch = Watch::over(root);
    for (turn, at) in acts.iter().enumerate() {
        let fault = Fault {
            at: *at,
            errno: [EIO, ENOSPC, EACCES][turn % 3],
            for_good: turn % 2 == 1,
        };
        let status = fail(step, root, fault, &watch);
        if snapshot(root) != step.before {
            // Done, or as good as: the next act fails on the month as it was.
            if status != 0 {
                again(step, root);
            }
            fs::remove_dir_all(root).expect("emptied");
            fs::create_dir(root).expect("emptied");
            let fresh = write(&step.before);
            copy(fresh.path(), root);
        }
    }
    again(step, root);
}

fn copy(from: &Path, to: &Path) {
    for (path, bytes) in snapshot(from) {
        let path = to.join(path);
        fs::create_dir_all(path.parent().expect("inside")).expect("a folder");
        fs::write(path, bytes).expect("written");
    }
}

#[test]
fn a_disk_that_fails_at_any_step_of_the_month_loses_nothing_and_the_command_given_again_succeeds() {
    use crate::workspace::disk::Act;
    for (turn, step) in MONTH.iter().enumerate() {
        let asked = asked(step);
        let of = |wanted: Act| -> Vec<usize> {
            let acts = asked
                .iter()
                .enumerate()
                .filter(|(_, (act, _))| *act == wanted);
            acts.map(|(at, _)| at).collect()
        };
        let names = of(Act::Rename);
        assert!(!names.is_empty(), "{} writes nothing", step.name);
        // The first act of all, which costs nothing; the names given; and one of the others by turns. Every act is the
        // next test's.
        let mut acts = BTreeSet::from([0, names[0], names[names.len() - 1]]);
        let kinds = [Act::Write, Act::Sync, Act::Create, Act::Remove];
        let others = of(kinds[turn % kinds.len()]);
        acts.extend(others.get(others.len() / 2));
        each_of(step, &acts);
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "the campaign says what it did")]
#[ignore = "every act of every step: minutes; docs/faults.md"]
fn every_act_of_every_step_fails_in_turn() {
    let only = std::env::var("TOURPLAN_STEP").ok();
    for step in MONTH.iter() {
        if only.as_deref().is_none_or(|only| only == step.name) {
            let all = asked(step).len();
            each_of(step, &(0..all).collect());
            println!("{}: {all} acts", step.name);
        }
    }
}
