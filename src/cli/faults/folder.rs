//! The folder as others leave it: held by another run, written under another clock, copied by halves, full of links.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::{MONTH, again, run, snapshot, write};

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
