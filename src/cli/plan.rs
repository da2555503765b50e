//! `tourplan plan`: the month.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::time::Instant;

use super::output::Output;
use super::{Common, Opened, pages, republish};
use crate::findings::Failure;
use crate::month::{
    CHANGES, Event, JOURNAL, Journal, TableHashes, book, changes_table, out_with_tours, renew,
    seen, supply_now,
};
use crate::place::Matcher;
use crate::plan::files;
use crate::plan::pipeline::{PlanInputs, Step, fingerprint, plan_month};

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
    output.step(output.pick("reading", "读取数据").to_owned());
    let mut ingested = opened.read(&[])?;
    let own = opened.workspace.gazetteer()?;
    let own = own.as_ref().map(Matcher::new);
    let places = opened.places(own.as_ref());
    let started = Instant::now();
    let limit = args.time_budget;
    let stop = move || limit.is_some_and(|limit| started.elapsed().as_secs_f64() > limit);
    let last = opened.last_plan()?;
    let mut journal = Journal::read(last.get(JOURNAL).map(Vec::as_slice))?;
    // The tables as they are, and the month's own orders beside them.
    let tables = ingested.tables.supply.clone();
    let hashes = TableHashes::of(&ingested.files);
    let out = out_with_tours(
        republish::last_plan(&last).as_ref(),
        &BTreeMap::new(),
        &hashes,
        opened.today,
    );
    let now = supply_now(&tables, &journal, &hashes, &out, opened.today);
    ingested.tables.supply = now.supply;
    let mut outcome = {
        let shown = RefCell::new(&mut *output);
        plan_month(&PlanInputs {
            ingested: &ingested,
            settings: opened.settings(),
            places,
            month: opened.month,
            today: opened.today,
            seed: common.seed.unwrap_or(opened.settings().seed),
            effort: if limit.is_some() {
                Some(u64::MAX)
            } else {
                args.effort
            },
            given: None,
            stop: limit.is_some().then_some(&stop as &dyn Fn() -> bool),
            progress: &|step| {
                let mut output = shown.borrow_mut();
                let text = step_text(&output, step);
                output.step(text);
            },
        })?
    };
    output.step(step_text(output, Step::Documents));
    outcome.plan.orders = book(&journal);
    outcome.plan.supply = seen(&outcome.plan, &tables, &hashes, &out, opened.today);
    outcome.plan.findings.extend(now.findings);
    outcome.plan.id = fingerprint(&outcome.plan);
    let renewal = renew(&mut outcome.plan, &journal, &last)?;
    journal.add(
        opened.today,
        Event::Planned {
            plan: outcome.plan.id.clone(),
        },
    );
    let mut written = files::written(&outcome, &ingested, output.lang())?;
    for page in pages::of(&outcome.plan, &outcome.contacts, &opened, output)? {
        written.insert(page.path, page.bytes);
    }
    let signed = last
        .into_iter()
        .filter(|(name, _)| name.starts_with("signed/"));
    written.extend(signed);
    written.insert(JOURNAL.to_owned(), journal.written()?);
    if !renewal.changes.is_empty() {
        written.insert(CHANGES.to_owned(), changes_table(&renewal.changes));
    }
    output.done();
    if common.dry_run {
        for (name, bytes) in &written {
            output.say(&format!("{name} {}", bytes.len()));
        }
    } else {
        opened.workspace.publish(opened.month, &written)?;
    }
    output.findings(&opened.workspace.findings);
    output.findings(&ingested.findings);
    output.findings(&outcome.plan.findings);
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

fn step_text(output: &Output, step: Step) -> String {
    match step {
        Step::Region => output.pick("places and predictions", "定位与预测"),
        Step::Tours => output.pick("choosing tours", "选择巡回路线"),
        Step::Parts => output.pick("crew and parts", "人员与配件"),
        Step::Documents => output.pick("documents", "生成单据"),
    }
    .to_owned()
}
