//! `tourplan plan`: the month.

use std::path::PathBuf;
use std::time::Instant;

use super::make::{Effort, Known, make};
use super::output::Output;
use super::what_if::WhatIf;
use super::{Common, Opened, pdf};
use crate::domain::{Answer, CallOutcome};
use crate::findings::{Failure, Finding};
use crate::plan::model::Plan;
use crate::plan::pipeline::{Given, earliest_depart};

#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  tourplan plan -C sample-data/hunan
  tourplan plan --month 2026-12 --lang en --effort 20000
  tourplan plan --tours tours.xlsx
  tourplan plan --teams 3 --pin P07=must
  tourplan plan --replan")]
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
    /// The tours sheet, changed by hand: what is left empty is filled in, every rule is checked, and the plan is
    /// compared with the best that is found
    #[arg(long, value_name = "FILE", conflicts_with = "replan")]
    tours: Option<PathBuf>,
    /// Plan a month with bookings anew: tours with booked customers stand, all others are searched again
    #[arg(long)]
    replan: bool,
    /// Say what each step took: seconds, and the most memory so far
    #[arg(long)]
    timings: bool,
    #[command(flatten)]
    what_if: WhatIf,
    #[command(flatten)]
    pdf: pdf::Asked,
}

pub(super) fn run(args: &Args, common: &Common, output: &mut Output) -> Result<u8, Failure> {
    let opened = Opened::new(common, args.month.as_deref(), output)?.printing(args.pdf)?;
    let _lock = opened.workspace.lock()?;
    let known = Known::of(&opened, opened.last_plan()?, output)?;
    if args.timings {
        output.time_steps();
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
        stop: limit
            .is_some()
            .then_some(&stop as &(dyn Fn() -> bool + Sync)),
    };
    if let Some(sheet) = &args.tours {
        return super::by_hand::run(sheet, &opened, common, known, effort, output);
    }
    if args.what_if.is_asked() {
        return super::what_if::run(&args.what_if, &opened, common, &known, effort, output);
    }
    let (answers, _) = known.filled.answers();
    let said_yes = |answer: &&Answer| answer.outcome == Some(CallOutcome::Coming);
    let booked = answers.values().filter(said_yes).count();
    if booked > 0 && !args.replan {
        let finding = Finding::new("M017").arg("month", opened.month);
        return Err(Failure::input(finding.arg("booked", booked)));
    }
    let changes = known.last()?.map_or(0, |plan| plan.changes.len());
    if changes > 0 && !args.replan {
        let finding = Finding::new("M089").arg("month", opened.month);
        return Err(Failure::input(finding.arg("count", changes)));
    }
    output.step(output.pick("reading", "读取数据").to_owned());
    let ingested = opened.read(&[])?;
    // What was said is never forgotten, also where it was only no.
    let last = known.last()?;
    let given = standing(&opened, &known, last.as_deref(), args.replan);
    let outcome = make(
        &opened,
        common,
        ingested,
        known,
        given.as_ref(),
        effort,
        output,
    )?;
    if output.json {
        output.json(&serde_json::json!({
            "status": 0,
            "month": outcome.plan.month,
            "plan": outcome.plan.id,
            "rows": outcome.plan.rows,
            "figures": outcome.plan.figures,
            "travel": outcome.plan.travel,
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
    // The process ends with this command: taking a large plan apart piece by piece would only take time.
    std::mem::forget(outcome);
    Ok(0)
}

/// What a month that was planned before keeps when it is searched again: every word said, and with it the tours that
/// stand. `None` where nothing was said; with `replan` the tours stand in any case.
pub(super) fn standing<'p>(
    opened: &Opened,
    known: &Known,
    last: Option<&'p Plan>,
    replan: bool,
) -> Option<Given<'p>> {
    let (answers, _) = known.filled.answers();
    let advice = known.filled.advice();
    let has_word = replan || !answers.is_empty() || !advice.is_empty();
    let earliest = earliest_depart(opened.settings(), opened.month, opened.today);
    last.filter(|_| has_word)
        .map(|last| Given::around(last, answers, advice, earliest))
}
