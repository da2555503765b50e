//! `tourplan solve territory`.

use std::path::Path;
use std::time::Instant;

use super::super::output::Output;
use super::{parse, to_json, unusable};
use crate::findings::Failure;
use crate::solve::territory;

pub(super) fn run(
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
