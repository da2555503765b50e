//! The kit engine: cost against the known optimum, bound, gap, and how exact the fill rates are.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use serde::Deserialize;
use tourplan::solve::kit::{Fill, KitProblem, KitSolution, Method, solve};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// One case's known answer, as `expected.json` lists them.
#[derive(Deserialize)]
struct Known {
    file: String,
    optimum_cost: f64,
    #[serde(default)]
    evaluated: Vec<Fill>,
}

/// Markdown: case, cost, optimum, above optimum, bound, gap, largest deviation of an evaluation, seconds.
pub(crate) fn table(folder: &Path) -> Outcome<String> {
    let expected = folder.join("expected.json");
    let known: Vec<Known> = if expected.is_file() {
        serde_json::from_slice(&std::fs::read(expected)?)?
    } else {
        Vec::new()
    };
    let known: BTreeMap<String, Known> = known.into_iter().map(|k| (k.file.clone(), k)).collect();
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let is_json = Path::new(&name)
            .extension()
            .is_some_and(|end| end == "json");
        if is_json && name != "expected.json" {
            files.push(name);
        }
    }
    files.sort_unstable();
    let mut text = String::from(
        "| case | policy | method | cost | optimum | above | bound | gap | deviation | s |\n|---|---|---|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    let mut sum = Sum::default();
    for file in files {
        let problem: KitProblem = serde_json::from_slice(&std::fs::read(folder.join(&file))?)?;
        let started = Instant::now();
        let solution = solve(&problem, 1)?;
        let seconds = started.elapsed().as_secs_f64();
        row(
            &mut text,
            &file,
            &problem,
            &solution,
            known.get(&file),
            seconds,
            &mut sum,
        )?;
    }
    writeln!(
        text,
        "\n{} cases, {} with a known optimum: {} solved to it, mean above {:.3} %, largest {:.3} %; bound above the optimum: {}; largest deviation {:.1e}; largest gap {:.2} %.",
        sum.cases,
        sum.known,
        sum.optimal,
        100.0 * sum.above / f64::from(sum.known.max(1)),
        100.0 * sum.worst,
        sum.bad_bounds,
        sum.deviation,
        100.0 * sum.gap,
    )?;
    Ok(text)
}

#[derive(Default)]
struct Sum {
    cases: u32,
    known: u32,
    optimal: u32,
    bad_bounds: u32,
    above: f64,
    worst: f64,
    deviation: f64,
    gap: f64,
}

fn row(
    text: &mut String,
    file: &str,
    problem: &KitProblem,
    solution: &KitSolution,
    known: Option<&Known>,
    seconds: f64,
    sum: &mut Sum,
) -> Outcome<()> {
    let optional = |value: Option<f64>, digits: usize, factor: f64| {
        value.map_or_else(
            || "–".to_owned(),
            |value| format!("{:.digits$}", value * factor),
        )
    };
    // To a millionth of a per cent: sums of amounts differ in their last digits.
    let above = known.map(|known| {
        let above = solution.cost / known.optimum_cost.max(1e-9) - 1.0;
        (above * 1e8).round() / 1e8 + 0.0
    });
    let pairs = known.map(|known| solution.evaluated.iter().zip(&known.evaluated));
    let deviation = pairs.map(|pairs| pairs.map(|(a, b)| apart(a, b)).fold(0.0, f64::max));
    sum.cases += 1;
    sum.gap = sum.gap.max(solution.gap.unwrap_or(0.0));
    if let (Some(known), Some(above)) = (known, above) {
        sum.known += 1;
        sum.above += above;
        sum.worst = sum.worst.max(above);
        sum.optimal += u32::from(solution.target_met && above.abs() < 1e-6);
        let bound = solution.lower_bound.unwrap_or(0.0);
        sum.bad_bounds += u32::from(bound > known.optimum_cost + 1e-6);
        sum.deviation = sum.deviation.max(deviation.unwrap_or(0.0));
    }
    let policy = serde_json::to_value(problem.policy)?;
    let method = match solution.method {
        Method::Enumeration => "enumeration".to_owned(),
        Method::Sampling => format!("{} sampled", solution.outcomes),
    };
    writeln!(
        text,
        "| {file} | {} | {method} | {:.2}{} | {} | {} % | {} | {} % | {} | {seconds:.2} |",
        policy.as_str().unwrap_or_default(),
        solution.cost,
        if solution.target_met {
            ""
        } else {
            " (target not met)"
        },
        optional(known.map(|known| known.optimum_cost), 2, 1.0),
        optional(above, 3, 100.0),
        optional(solution.lower_bound, 2, 1.0),
        optional(solution.gap, 2, 100.0),
        deviation.map_or_else(|| "–".to_owned(), |apart| format!("{apart:.1e}")),
    )?;
    Ok(())
}

fn apart(a: &Fill, b: &Fill) -> f64 {
    let differences = [
        a.job_fill - b.job_fill,
        a.part_fill - b.part_fill,
        a.tour_fill - b.tour_fill,
    ];
    differences.into_iter().map(f64::abs).fold(0.0, f64::max)
}
