//! `tourplan plan`: the month.

use std::time::Instant;

use super::make::{Effort, Known, make};
use super::output::Output;
use super::{Common, Opened};
use crate::domain::CallOutcome;
use crate::findings::{Failure, Finding};

#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  tourplan plan -C sample-data/hunan
  tourplan plan --month 2026-12 --lang en --effort 20000")]
pub(super) struct Args {
    /// The month, yyyy-mm (default: tour.toml, else the month after today)
    #[arg(long, value_name = "YYYY-MM")]
    month: Option<String>,
    /// Iterations of the search (default: by the size of the region); the same number gives the same plan
    #[arg(long, value_name = "N")]
    effort: Option<u64>,
    /// Stop the search after so many seconds; the iterations reached are recorded in plan.json
    #[arg(long, value_name = "SECONDS", conflicts_with = "effort")]
    time_budget: Option<f64>,
}

pub(super) fn run(args: &Args, common: &Common, output: &mut Output) -> Result<u8, Failure> {
    let opened = Opened::new(common, args.month.as_deref(), output)?;
    let _lock = opened.workspace.lock()?;
    let known = Known::of(&opened, opened.last_plan()?)?;
    let said_yes = |booked: &crate::domain::Answer| booked.outcome == Some(CallOutcome::Coming);
    let booked = known
        .filled
        .answers()
        .0
        .values()
        .filter(|a| said_yes(a))
        .count();
    if booked > 0 {
        let finding = Finding::new("M017").arg("month", opened.month);
        return Err(Failure::input(finding.arg("booked", booked)));
    }
    let changes = super::republish::last_plan(&known.folder).map_or(0, |plan| plan.changes.len());
    if changes > 0 {
        let finding = Finding::new("M089").arg("month", opened.month);
        return Err(Failure::input(finding.arg("count", changes)));
    }
    let started = Instant::now();
    let limit = args.time_budget;
    let stop = move || limit.is_some_and(|limit| started.elapsed().as_secs_f64() > limit);
    let effort = Effort {
        iterations: if limit.is_some() {
            Some(u64::MAX)
        } else {
            args.effort
        },
        stop: limit.is_some().then_some(&stop as &dyn Fn() -> bool),
    };
    output.step(output.pick("reading", "读取数据").to_owned());
    let ingested = opened.read(&[])?;
    let outcome = make(&opened, common, ingested, known, None, effort, output)?;
    if output.json {
        output.json(&serde_json::json!({
            "status": 0,
            "month": outcome.plan.month,
            "plan": outcome.plan.id,
            "rows": outcome.plan.rows,
            "figures": outcome.plan.figures,
            "search": outcome.plan.search,
            "findings": outcome.plan.findings,
        }));
    } else {
        output.say(&super::show::summary(&outcome.plan, output));
        let folder = opened
            .workspace
            .plan_folder(opened.month)
            .join("index.html");
        output.say(&format!("→ {}", folder.display()));
    }
    Ok(0)
}
