//! Solves every territory problem of a folder and prints one table in Markdown.
//!
//! `cargo run --release --example bench_territory -- FOLDER [--seed 1] [--effort N]`
//! `cargo run --release --example bench_territory -- --make FOLDER`
//!
//! The folder holds problem files (`*.json`, schema tourplan-problem/1) and, where optima are known, `optima.csv`
//! (columns `file,objective`). `--make` writes invented problems (`cases`) to a folder.

#![expect(clippy::print_stdout, reason = "a command line prints")]

mod cases;

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use tourplan::solve::territory::{
    self, Budget, Problem, default_iterations, evaluate, solve, validate,
};

const USAGE: &str =
    "bench_territory FOLDER [--seed 1] [--effort N] | bench_territory --make FOLDER";

fn main() -> Result<(), Box<dyn Error>> {
    let mut folder = None;
    let (mut seed, mut effort, mut make) = (1, None, false);
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--seed" => seed = words.next().ok_or(USAGE)?.parse()?,
            "--effort" => effort = Some(words.next().ok_or(USAGE)?.parse()?),
            "--make" => make = true,
            _ if folder.is_none() && !word.starts_with("--") => folder = Some(PathBuf::from(word)),
            _ => return Err(USAGE.into()),
        }
    }
    let folder = folder.ok_or(USAGE)?;
    if make {
        write_cases(&folder)
    } else {
        table(&folder, seed, effort)
    }
}

/// Writes the invented problems.
fn write_cases(folder: &Path) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(folder)?;
    for case in &cases::CASES {
        let text = serde_json::to_string(&cases::problem(case, 1))?;
        fs::write(folder.join(format!("{}.json", case.name)), text)?;
    }
    Ok(())
}

/// Known optima by file name.
fn optima(folder: &Path) -> BTreeMap<String, f64> {
    let text = fs::read_to_string(folder.join("optima.csv")).unwrap_or_default();
    text.lines()
        .filter_map(|line| {
            let mut fields = line.split(',');
            Some((
                fields.next()?.to_owned(),
                fields.next()?.trim().parse().ok()?,
            ))
        })
        .collect()
}

fn table(folder: &Path, seed: u64, effort: Option<u64>) -> Result<(), Box<dyn Error>> {
    let known = optima(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(folder)?
        .map(|entry| entry.map(|e| e.path()))
        .collect::<Result<_, _>>()?;
    files.retain(|file| file.extension().is_some_and(|e| e == "json"));
    files.sort();
    println!(
        "| problem | cells × points × days × teams | objective | optimum | off | bound | above optimum | gap | iterations | stopped by | s |"
    );
    println!("|---|---|--:|--:|--:|--:|--:|--:|--:|---|--:|");
    for file in files {
        let problem: Problem = serde_json::from_str(&fs::read_to_string(&file)?)?;
        let name = file
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if let Some(fault) = validate(&problem).first() {
            return Err(format!("{name}: {}: {}", fault.path, fault.message).into());
        }
        let iterations = effort.unwrap_or_else(|| default_iterations(&problem));
        let begun = Instant::now();
        let solution = solve(
            &problem,
            seed,
            &Budget {
                iterations,
                stop: None,
            },
        )
        .map_err(|why| format!("{name}: {}", why.reason))?;
        let seconds = begun.elapsed().as_secs_f64();
        let score =
            evaluate(&problem, &solution).map_err(|broken| format!("{name}: {broken:?}"))?;
        let percent =
            |part: f64, whole: f64| format!("{:.3} %", 100.0 * part / whole.abs().max(1e-9));
        let bound = solution.bound.unwrap_or(f64::NAN);
        let (optimum, off, above) = known.get(&name).map_or_else(Default::default, |&best| {
            (
                format!("{best:.1}"),
                percent(best - score.objective, best),
                percent(bound - best, best),
            )
        });
        println!(
            "| {name} | {} × {} × {} × {} | {:.1} | {optimum} | {off} | {bound:.1} | {above} | {} | {} | {} | {seconds:.1} |",
            problem.cells.len(),
            problem.points.len(),
            problem.days.len(),
            problem.teams.len(),
            score.objective,
            percent(bound - score.objective, bound),
            solution.iterations,
            format!("{:?}", solution.stopped_by).to_lowercase(),
        );
    }
    Ok(())
}
