//! `tourplan solve`: one planning question alone. The same engines the plan uses.

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Subcommand;

use super::output::Output;
use super::{Common, read_input};
use crate::findings::{Failure, Finding};
use crate::solve::{crew, kit, territory};

#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  tourplan solve territory problem.json
  tourplan solve kit - < kit.json")]
pub(super) struct Args {
    #[command(subcommand)]
    kind: Kind,
}

#[derive(Subcommand, Debug)]
enum Kind {
    /// Which points, how many days, in which tours, on which dates (tourplan-problem/1)
    Territory {
        /// The problem, - = stdin
        file: PathBuf,
        /// Iterations of the search
        #[arg(long, value_name = "N")]
        effort: Option<u64>,
        /// Stop after so many seconds
        #[arg(long, value_name = "SECONDS", conflicts_with = "effort")]
        time_budget: Option<f64>,
    },
    /// What to carry (tourplan-kit/1)
    Kit {
        /// The question, - = stdin
        file: PathBuf,
    },
    /// How many hands (tourplan-crew/1)
    Crew {
        /// The question, - = stdin
        file: PathBuf,
    },
    /// Addresses to divisions (CSV with column address)
    Place {
        /// The addresses, - = stdin
        file: PathBuf,
    },
}

pub(super) fn run(args: &Args, common: &Common, output: &mut Output) -> Result<u8, Failure> {
    let seed = common.seed.unwrap_or(1);
    match &args.kind {
        Kind::Territory {
            file,
            effort,
            time_budget,
        } => solve_territory(file, *effort, *time_budget, seed, output),
        Kind::Kit { file } => {
            let problem: kit::KitProblem = parse(file)?;
            let answer = kit::solve(&problem, seed).map_err(|why| refused(file, &why))?;
            output.json(&to_json(&answer));
            Ok(0)
        }
        Kind::Crew { file } => {
            let problem: crew::CrewProblem = parse(file)?;
            let answer = crew::solve(&problem).map_err(|why| refused(file, &why))?;
            output.json(&to_json(&answer));
            Ok(0)
        }
        Kind::Place { file } => solve_place(file, output),
    }
}

fn solve_territory(
    file: &Path,
    effort: Option<u64>,
    time_budget: Option<f64>,
    seed: u64,
    output: &Output,
) -> Result<u8, Failure> {
    let problem: territory::Problem = parse(file)?;
    let faults = territory::validate(&problem);
    if !faults.is_empty() {
        let findings = faults
            .iter()
            .map(|fault| unusable(file, &format!("{}: {}", fault.path, fault.message)))
            .collect();
        return Err(Failure {
            kind: crate::findings::FailureKind::Input,
            findings,
        });
    }
    let started = Instant::now();
    let stop = move || time_budget.is_some_and(|limit| started.elapsed().as_secs_f64() > limit);
    let iterations = match time_budget {
        Some(_) => u64::MAX,
        None => effort.unwrap_or_else(|| territory::default_iterations(&problem)),
    };
    let budget = territory::Budget {
        iterations,
        stop: time_budget.is_some().then_some(&stop as &dyn Fn() -> bool),
    };
    match territory::solve(&problem, seed, &budget) {
        Ok(solution) => {
            output.json(&to_json(&solution));
            Ok(0)
        }
        Err(why) => {
            output.json(&serde_json::json!({
                "schema": territory::SOLUTION_SCHEMA, "status": "infeasible", "reason": why.reason,
            }));
            Ok(4)
        }
    }
}

fn solve_place(file: &Path, output: &Output) -> Result<u8, Failure> {
    use crate::place::{GazetteerChoice, Matcher, solve};
    let bytes = read_input(file)?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let headers = reader.headers().map_err(|why| refused(file, &why))?.clone();
    let column = |name: &str| headers.iter().position(|header| header.trim() == name);
    let Some(address) = column("address") else {
        return Err(Failure::input(unusable(file, "column address is missing")));
    };
    let others = ["province", "city", "county", "town"].map(column);
    let mut writer = csv::Writer::from_writer(Vec::new());
    let matcher = Matcher::builtin(GazetteerChoice::All);
    for record in reader.records() {
        let record = record.map_err(|why| refused(file, &why))?;
        let cell = |at: Option<usize>| at.and_then(|at| record.get(at)).unwrap_or("").to_owned();
        let row = solve::PlaceRow {
            address: cell(Some(address)),
            province: cell(others[0]),
            city: cell(others[1]),
            county: cell(others[2]),
            town: cell(others[3]),
        };
        let answer = solve::solve_place(&row, matcher);
        writer
            .serialize(answer)
            .map_err(|why| refused(file, &why))?;
    }
    output.result(&writer.into_inner().unwrap_or_default());
    Ok(0)
}

fn parse<T: serde::de::DeserializeOwned>(file: &Path) -> Result<T, Failure> {
    serde_json::from_slice(&read_input(file)?).map_err(|why| refused(file, &why))
}

fn refused(file: &Path, why: &dyn std::fmt::Display) -> Failure {
    Failure::input(unusable(file, &why.to_string()))
}

fn unusable(file: &Path, message: &str) -> Finding {
    Finding::new("C007")
        .in_file(file.display().to_string())
        .arg("message", message)
}

fn to_json<T: serde::Serialize>(answer: &T) -> serde_json::Value {
    serde_json::to_value(answer).unwrap_or_default()
}
