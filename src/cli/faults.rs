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

#[test]
fn a_second_run_beside_the_first_is_told_to_wait_and_the_lock_of_a_dead_one_holds_nobody_up() {
    let step = &MONTH[1];
    let folder = write(&step.before);
    let root = folder.path();
    let workspace = crate::workspace::Workspace::open(root).expect("a workspace");
    let held = workspace.lock().expect("the lock");
    for args in ["plan", "approve --by X", "learn", "purge --retention"] {
        let args: Vec<String> = args.split(' ').map(str::to_owned).collect();
        let (status, said) = run(root, &args);
        assert_eq!(status, 1, "{said}");
        assert!(
            said.contains("C004") && said.contains("wait for it to end"),
            "{said}"
        );
    }
    assert!(snapshot(root) == step.before);
    drop(held);
    assert!(
        root.join(".tourplan.lock").exists(),
        "as a dead run leaves it"
    );
    again(step, root);
}

#[test]
fn a_clock_that_went_back_is_said_and_nothing_is_lost() {
    let step = MONTH
        .iter()
        .find(|step| step.name == "receive")
        .expect("it");
    let folder = write(&step.before);
    let root = folder.path();
    let mut args = step.args.clone();
    args.pop();
    args.push("2009-01-01".into());
    let (status, said) = run(root, &args);
    assert_eq!(status, 0, "{said}");
    assert!(
        said.contains("M093") && said.contains("2026-11-16"),
        "{said}"
    );
    let before = String::from_utf8_lossy(&step.before[Path::new("plans/2026-12/journal.jsonl")]);
    let journal = fs::read_to_string(root.join("plans/2026-12/journal.jsonl")).expect("a journal");
    assert!(journal.starts_with(&*before), "the journal only grows");
}

#[test]
fn a_plan_folder_copied_by_halves_is_known_by_every_command_that_reads_it() {
    let step = MONTH.iter().find(|step| step.name == "move").expect("it");
    let folder = write(&step.before);
    let root = folder.path();
    let commands = [
        "plan --replan",
        "approve --by X",
        "receive --goods @goods.csv",
        "confirm --calls @calls.csv",
        "move T01 --to 2026-12-09",
        "close --visits @jobs.csv",
        "parts",
        "due",
        "show",
        "explain T01",
        "learn",
        "purge --before 2026-11-01",
        "rollup 2026-12 --out @together",
        "verify",
        "diff 2026-12 2026-12",
    ];
    // Missing, cut short, and empty: what each of them gives.
    let halves: [(&str, Option<usize>); 6] = [
        ("plan.json", None),
        ("private/contacts.csv", None),
        ("private/filled.json", Some(10)),
        ("journal.jsonl", Some(0)),
        ("customers.csv", Some(1000)),
        ("signed/T01.json", None),
    ];
    for (name, kept) in halves {
        let path = root.join("plans/2026-12").join(name);
        let whole = fs::read(&path).expect("a file");
        match kept {
            Some(bytes) => fs::write(&path, &whole[..bytes]).expect("cut"),
            None => fs::remove_file(&path).expect("gone"),
        }
        let half = snapshot(root);
        for command in commands {
            let args: Vec<String> = command.split(' ').map(str::to_owned).collect();
            let (status, said) = run(root, &args);
            let wanted = if command == "verify" && name != "plan.json" {
                1
            } else {
                3
            };
            assert_eq!(status, wanted, "{name}, {command}: {said}");
            assert!(said.contains("C020"), "{name}, {command}: {said}");
            assert!(said.contains("copy the whole folder again"), "{said}");
        }
        assert!(snapshot(root) == half, "{name}: something was written");
        fs::write(&path, whole).expect("copied again");
    }
    again(step, root);
}

#[test]
fn a_link_in_the_plan_folder_is_neither_followed_nor_published() {
    let step = &MONTH[1];
    let folder = write(&step.before);
    let root = folder.path();
    let elsewhere = TempDir::new().expect("a folder");
    fs::write(elsewhere.path().join("secret.csv"), "secret").expect("written");
    for (name, target) in [
        ("tours/out", elsewhere.path()),
        ("private/x.csv", Path::new("/dev/zero")),
    ] {
        let link = root.join("plans/2026-12").join(name);
        #[cfg(unix)]
        std::os::unix::fs::symlink(target, &link).expect("a link");
        if !link.exists() {
            continue;
        }
        let (status, said) = run(root, &step.args);
        assert_eq!(status, 3, "{said}");
        assert!(said.contains("C021"), "{said}");
        fs::remove_file(link).expect("taken out");
    }
    // The whole folder somewhere else: the new plan takes the name, what the link led to stays as it is.
    let plan = root.join("plans/2026-12");
    let moved = elsewhere.path().join("plan");
    fs::rename(&plan, &moved).expect("moved");
    #[cfg(unix)]
    std::os::unix::fs::symlink(&moved, &plan).expect("a link");
    #[cfg(unix)]
    {
        let there = snapshot(&moved);
        again(step, root);
        assert!(snapshot(&moved) == there, "nothing is written outside");
        assert!(!plan.symlink_metadata().expect("a folder").is_symlink());
    }
}
