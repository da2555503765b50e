//! `tourplan solve`: one planning question alone. The same engines the plan uses.

mod place;
mod territory;
mod usage;
mod wear;

use std::path::{Path, PathBuf};

use clap::Subcommand;

use super::output::Output;
use super::{Common, read_input};
use crate::findings::{Failure, Finding};
use crate::solve::{crew, kit};

#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  tourplan solve territory problem.json
  tourplan solve kit - < kit.json
  tourplan solve wear lives.csv
  tourplan solve usage readings.csv --at 2026-12-15")]
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
    /// How long things last: a Weibull law from life data (CSV: time,status[,count,entry,lower,upper])
    #[command(after_help = wear::HELP)]
    Wear {
        /// The lives, - = stdin
        file: PathBuf,
    },
    /// The odometer on a day from irregular, partly wrong readings (CSV: vehicle, date, `odometer_km`, class)
    #[command(after_help = usage::HELP)]
    Usage {
        /// The readings, - = stdin
        file: PathBuf,
        /// The day, yyyy-mm-dd
        #[arg(long, value_name = "DATE")]
        at: String,
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
        } => territory::run(file, *effort, *time_budget, seed, output),
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
        Kind::Wear { file } => wear::run(file, output),
        Kind::Usage { file, at } => usage::run(file, at, output),
        Kind::Place { file } => place::run(file, output),
    }
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
