//! Many changes of the code in one build: every change `cargo mutants` lists is woven into a copy of the library
//! behind a switch, the library's tests are built once, and each change is switched on by itself.
//!
//!     mutants engines|checker [SHARE] [FILES] [--only FILES] [--tests-under SECONDS] [--jobs N]
//!
//! SHARE is `k/n`: every n-th change, from the k-th. FILES is the start of the paths woven; of these only those of
//! `--only` are tried (`,` between several), in this order, so that one build serves for many runs. Tests that take more SECONDS of a
//! processor are not asked. docs/mutants.md.

mod build;
mod campaign;
mod list;
mod weave;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;

use build::Build;
use campaign::{Campaign, Outcome};
use list::Mutant;

/// What can be examined: package, folder of the library, files, start of the tests' names.
const SUBJECTS: [(&str, &str, &str, &str, &str); 2] = [
    ("engines", "tourplan-solve", "solve/src", "solve/src/", ""),
    (
        "checker",
        "tourplan",
        "src",
        "src/plan/verify/",
        "plan::verify::",
    ),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

const USAGE: &str =
    "mutants engines|checker [SHARE] [FILES] [--only FILES] [--tests-under SECONDS] [--jobs N]";

/// What is not where it stands in a line, but by name.
struct Options {
    /// Starts of the paths that are tried.
    only: Vec<String>,
    under: f64,
    jobs: usize,
}

/// The options, and the arguments without them.
fn options(arguments: &[String]) -> Option<(Options, Vec<&String>)> {
    let mut options = Options {
        only: vec![String::new()],
        under: f64::INFINITY,
        jobs: std::thread::available_parallelism().map_or(1, usize::from),
    };
    let (mut rest, mut words) = (Vec::new(), arguments.iter());
    while let Some(word) = words.next() {
        match word.as_str() {
            "--only" => options.only = words.next()?.split(',').map(str::to_owned).collect(),
            "--tests-under" => options.under = words.next()?.parse().ok()?,
            "--jobs" => options.jobs = words.next()?.parse().ok().filter(|&jobs| jobs > 0)?,
            other if other.starts_with("--") => return None,
            _ => rest.push(word),
        }
    }
    Some((options, rest))
}

fn run(arguments: &[String]) -> Result<(), String> {
    let usage = USAGE;
    let (options, arguments) = options(arguments).ok_or(usage)?;
    let subject = SUBJECTS
        .iter()
        .find(|subject| arguments.first().is_some_and(|name| *name == subject.0));
    let (name, package, library, files, tests) = subject.ok_or(usage)?;
    let share = arguments.get(1).map_or("0/1", |share| share.as_str());
    let (k, n) = share.split_once('/').ok_or(usage)?;
    let number = |text: &str| text.parse::<usize>().map_err(|_| usage.to_owned());
    let (k, n) = (number(k)?, number(n)?.max(1));
    let files = arguments.get(2).map_or(*files, |files| files.as_str());

    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .ok_or(usage)?;
    let scratch = root.join("target/mutants").join(name);
    let tree = scratch.join("tree");
    fs::create_dir_all(&tree).map_err(|error| error.to_string())?;
    let mutants = list::of(root, package, files)?;
    // The whole workspace shares the builds of its dependencies with `cargo test`.
    let alone = ["-p", *package];
    let members: &[&str] = if *library == "src" { &[] } else { &alone };
    let build = Build {
        root,
        tree: &tree,
        members,
        library,
    };
    let built = build.run(&mutants)?;
    let folder = if *library == "src" {
        tree.clone()
    } else {
        tree.join("solve")
    };
    // A room of the engines is examined with its own tests.
    let room = files
        .strip_prefix("solve/src/")
        .and_then(|rest| rest.split_once('/'));
    let tests = room.map_or((*tests).to_owned(), |(room, _)| format!("{room}::"));
    let campaign = Campaign {
        program: built.program,
        folder,
        tests,
        under: options.under,
        jobs: options.jobs,
    };
    let reached = campaign.trace(&scratch)?;

    let results = scratch.join("results.tsv");
    let known = known(&results);
    let tried = |mutant: &&Mutant| {
        options
            .only
            .iter()
            .any(|only| mutant.file.starts_with(only))
    };
    let share = mutants.iter().filter(|mutant| mutant.id % n == k);
    let mine: Vec<&Mutant> = share.filter(tried).collect();
    let open = mine.iter().filter(|mutant| {
        built.woven.contains(&mutant.id)
            && !known
                .get(&mutant.name)
                .is_some_and(|word| word == "noticed" || word == "timed-out")
    });
    // In the order in which the files are named.
    let place = |file: &str| options.only.iter().position(|only| file.starts_with(only));
    let mut open: Vec<(Option<usize>, usize)> = open
        .map(|mutant| (place(&mutant.file), mutant.id))
        .collect();
    open.sort_unstable();
    let open: Vec<usize> = open.into_iter().map(|(_, id)| id).collect();
    eprintln!(
        "{} changes, of them in the share {}, woven {}, to be tried {}",
        mutants.len(),
        mine.len(),
        mine.iter()
            .filter(|mutant| built.woven.contains(&mutant.id))
            .count(),
        open.len()
    );
    for mutant in mine
        .iter()
        .filter(|mutant| !built.woven.contains(&mutant.id))
    {
        println!("not woven\t{}", mutant.name);
    }
    let file = fs::File::options().create(true).append(true).open(&results);
    let file = Mutex::new(file.map_err(|error| error.to_string())?);
    campaign.run(&open, &reached, |id, outcome, by| {
        let line = format!("{}\t{}\t{by}\n", outcome.word(), mutants[id].name);
        let _ = file.lock().expect("no panic").write_all(line.as_bytes());
        if !matches!(outcome, Outcome::Noticed | Outcome::TimedOut) {
            print!("{line}");
        }
    });
    print!("{}", table(&mine, &built.woven, &results));
    Ok(())
}

/// The last word about every change, by its name.
fn known(results: &PathBuf) -> BTreeMap<String, String> {
    let text = fs::read_to_string(results).unwrap_or_default();
    let lines = text.lines().filter_map(|line| {
        let mut cells = line.split('\t');
        Some((cells.next()?, cells.next()?))
    });
    lines
        .map(|(word, name)| (name.to_owned(), word.to_owned()))
        .collect()
}

/// A line for every file: changes of the share, and what became of them.
fn table(mine: &[&Mutant], woven: &BTreeSet<usize>, results: &PathBuf) -> String {
    let known = known(results);
    let words = [
        "noticed",
        "timed-out",
        "survived",
        "survived-quick",
        "slow-only",
        "unreached",
        "not woven",
    ];
    let mut counts: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for mutant in mine {
        let word = if woven.contains(&mutant.id) {
            known.get(&mutant.name).map_or("", String::as_str)
        } else {
            "not woven"
        };
        let word = words
            .into_iter()
            .find(|known| *known == word)
            .unwrap_or_default();
        for row in [mutant.file.as_str(), "all"] {
            *counts.entry(row).or_default().entry(word).or_default() += 1;
        }
    }
    let mut text = format!("file | changed | {}\n", words.join(" | "));
    for (file, counts) in counts {
        let cells: Vec<String> = words
            .iter()
            .map(|word| counts.get(word).copied().unwrap_or_default().to_string())
            .collect();
        let all: usize = counts.values().sum();
        text += &format!("{file} | {all} | {}\n", cells.join(" | "));
    }
    text
}
