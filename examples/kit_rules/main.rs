//! What rules of thumb would pay for the same job fill: each rule is tuned, kit by kit, until it reaches the engine's.
//!
//!     tourplan plan -C sample-data/hunan
//!     tourplan parts -C sample-data/hunan --questions kit-questions
//!     cargo run --release --example kit_rules -- kit-questions
//!
//! FOLDER holds kit questions (`tourplan-kit/1`, `*.json`). Every kit of a question is scored on the same outcomes.

mod rules;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use rules::{RULES, cheapest};
use tourplan::solve::kit::{KitProblem, solve};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Outcome<()> {
    let folder = std::env::args().nth(1).ok_or("kit_rules FOLDER")?;
    let text = table(&questions(Path::new(&folder))?)?;
    std::io::Write::write_all(&mut std::io::stdout(), text.as_bytes())?;
    Ok(())
}

fn questions(folder: &Path) -> Outcome<Vec<(String, KitProblem)>> {
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        files.push(entry?.path());
    }
    files.retain(|path| path.extension().is_some_and(|end| end == "json"));
    files.sort_unstable();
    let mut questions = Vec::new();
    for path in files {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        questions.push((
            name.into_owned(),
            serde_json::from_slice(&std::fs::read(&path)?)?,
        ));
    }
    Ok(questions)
}

fn table(questions: &[(String, KitProblem)]) -> Outcome<String> {
    let mut text = String::from("| tour | jobs | pieces | job fill | cost | bound | gap |");
    for rule in RULES {
        write!(text, " {} |", rule.name)?;
    }
    text.push_str("\n|---|--:|--:|--:|--:|--:|--:|");
    text.push_str(&"--:|".repeat(RULES.len()));
    text.push('\n');
    let (mut ours, mut theirs) = (0.0, [0.0; RULES.len()]);
    for (name, problem) in questions {
        // Room in the van is the same for all: without it every rule can be tuned to the fill asked for.
        let problem = KitProblem {
            van: tourplan::solve::kit::VanLimits::default(),
            evaluate: Vec::new(),
            ..problem.clone()
        };
        let best = solve(&problem, 1)?;
        let bound = best
            .lower_bound
            .map_or_else(|| "–".to_owned(), |yuan| format!("{yuan:.0}"));
        let gap = best
            .gap
            .map_or_else(|| "–".to_owned(), |gap| format!("{:.1} %", gap * 100.0));
        write!(
            text,
            "| {name} | {} | {} | {:.1} % | {:.0} | {bound} | {gap} |",
            problem.jobs.len(),
            best.kit.iter().sum::<u32>(),
            best.job_fill * 100.0,
            best.cost,
        )?;
        ours += best.cost;
        let costs = cheapest(&problem, best.job_fill)?;
        for (cost, sum) in costs.into_iter().zip(&mut theirs) {
            *sum += cost;
            write!(
                text,
                " {cost:.0} ({:+.0} %) |",
                (cost / best.cost.max(1e-9) - 1.0) * 100.0
            )?;
        }
        text.push('\n');
    }
    write!(text, "| all | | | | {ours:.0} | | |")?;
    for sum in theirs {
        write!(
            text,
            " {sum:.0} ({:+.0} %) |",
            (sum / ours.max(1e-9) - 1.0) * 100.0
        )?;
    }
    text.push('\n');
    Ok(text)
}
