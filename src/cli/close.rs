//! `tourplan close`: filled job sheets read in, each evening or at the end.

mod read_in;

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::ending::{end_tours, know_walk_ins, tables_of_ends};
use super::output::Output;
use super::republish::Month;
use super::sheets::codes;
use super::{Common, Opened, pdf};
use crate::findings::{Failure, Finding, Lang, counted};
use crate::ingest::{ServedVisit, append_past_visits};
use crate::month::closing::to_be_closed;
use crate::month::{Event, FILLED, Filled, consents, renew};
use crate::plan::files::{contacts_table, read_contacts};
use crate::plan::model::{Outcome, Plan, TourClosing};
use crate::workspace::{read_if_there, rewrite_table};
use read_in::{Sheets, read_in};

/// Where the month keeps full numbers.
const CONTACTS: &str = "private/contacts.csv";

#[derive(clap::Args, Debug)]
#[command(
    after_help = "A tour is closed once it is home and told of; --evening only reads in.

Examples:
  tourplan close --visits T01-day-1.xlsx --evening --today 2026-12-08
  tourplan close --visits T01-day-2.xlsx --today 2026-12-09
  tourplan close --follow-up follow-up.xlsx hand-overs.xlsx"
)]
pub(super) struct Args {
    /// Filled job sheets
    #[arg(long, value_name = "FILE", num_args = 1..)]
    visits: Vec<PathBuf>,
    /// Filled follow-up and hand-over sheets
    #[arg(long, value_name = "FILE", num_args = 1..)]
    follow_up: Vec<PathBuf>,
    /// Close this tour only
    #[arg(long, value_name = "TOUR", conflicts_with = "evening")]
    tour: Option<String>,
    /// Close nothing yet, even where a tour is home
    #[arg(long)]
    evening: bool,
    /// The month, yyyy-mm
    #[arg(long, value_name = "YYYY-MM")]
    month: Option<String>,
    #[command(flatten)]
    pdf: pdf::Asked,
}

pub(super) fn run(args: &Args, common: &Common, output: &mut Output) -> Result<u8, Failure> {
    let opened = Opened::new(common, args.month.as_deref(), output)?.printing(args.pdf)?;
    let _lock = opened.workspace.lock()?;
    let mut month = Month::open(&opened, output)?;
    let mut filled = Filled::read(month.folder.get(FILLED).map(Vec::as_slice))?;
    output.step(output.pick("reading", "读取数据").to_owned());
    let mut ingested = opened.read(&[])?;
    let words = read_if_there(&opened.workspace.root.join(consents::CONSENTS))?;
    let words = words.as_deref().map(consents::read).unwrap_or_default().0;
    consents::apply(&words, &mut ingested.tables.vehicles);
    let codes = codes(&opened, &month.plan, &ingested.tables);
    let sheets = Sheets {
        visits: &args.visits,
        follow_up: &args.follow_up,
        tour: args.tour.as_deref(),
    };
    let (plan, journal) = (&month.plan, &mut month.journal);
    let read = read_in(&sheets, plan, &codes, opened.today, journal, &mut filled)?;
    let closing = if args.evening {
        BTreeSet::new()
    } else {
        to_be_closed(plan, &filled, args.tour.as_deref(), opened.today)?
    };
    output.done();
    output.findings(&read.findings);
    if read.lines == 0 && closing.is_empty() {
        if args.visits.is_empty() && args.follow_up.is_empty() {
            return Err(Failure::input(Finding::new("M075")));
        }
        // What an interrupted run may have left undone.
        output.findings(&served(&opened, &month.plan, common.dry_run)?);
        return Ok(nothing_new(&month.plan, &read.findings, output));
    }
    for tour in &closing {
        let tour = tour.clone();
        month.journal.add(opened.today, Event::Closed { tour });
    }
    let mut said = end_tours(
        &mut month.plan,
        &month.folder,
        &opened,
        &ingested.tables,
        &filled,
        &closing,
    );
    month
        .folder
        .extend(tables_of_ends(&month.plan, output.lang()));
    month.folder.insert(FILLED.to_owned(), filled.written()?);
    let mut contacts = read_contacts(month.folder.get(CONTACTS).map_or(&[][..], Vec::as_slice))?;
    know_walk_ins(&mut contacts, &month.plan, &ingested.tables);
    let contacts = contacts_table(&contacts);
    month.folder.insert(CONTACTS.to_owned(), contacts);
    let renewal = renew(&mut month.plan, &month.journal, &month.folder)?;
    let plan = month.plan.clone();
    month.publish(&renewal.changes, &opened, common, output)?;
    said.extend(served(&opened, &plan, common.dry_run)?);
    output.findings(&said);
    tell(&plan, &closing, read.lines, &said, output);
    Ok(0)
}

/// Adds the visits of closed tours to past-visits.csv once the plan is published; adding them twice does nothing.
fn served(opened: &Opened, plan: &Plan, dry_run: bool) -> Result<Vec<Finding>, Failure> {
    let visits: Vec<ServedVisit> = plan
        .visits
        .iter()
        .filter(|visit| plan.is_closed(&visit.tour))
        .map(|visit| ServedVisit {
            point: visit.point.clone(),
            county: plan
                .point(&visit.point)
                .map_or_else(String::new, |point| point.county.clone()),
            date: visit.last_day,
        })
        .collect();
    if visits.is_empty() || dry_run {
        return Ok(Vec::new());
    }
    let refused = |why: &str| {
        let rows = visits
            .iter()
            .map(|visit| format!("{} {}", visit.point, visit.date));
        let rows = rows.collect::<Vec<_>>().join("; ");
        let finding = Finding::new("M074").arg("message", why);
        vec![finding.arg("rows", rows)]
    };
    let path = opened.workspace.root.join("past-visits.csv");
    for other in ["xlsx", "xls"] {
        let book = path.with_extension(other);
        if !path.exists() && book.exists() {
            return Ok(refused(other));
        }
    }
    // A table that is there and cannot be read is not taken for none: it would be written over.
    let old = read_if_there(&path)?;
    let own = &opened.settings().columns;
    match append_past_visits(old.as_deref(), own, &visits) {
        Ok(Some(bytes)) => rewrite_table(&path, &bytes).map(|()| Vec::new()),
        Ok(None) => Ok(Vec::new()),
        Err(why) => Ok(refused(why)),
    }
}

fn nothing_new(plan: &Plan, findings: &[Finding], output: &Output) -> u8 {
    if output.json {
        output.json(&serde_json::json!({
            "status": 0, "month": plan.month, "plan": plan.id, "lines": 0, "findings": findings,
        }));
    } else {
        output.say(output.pick("nothing changed", "没有变化"));
    }
    0
}

fn tell(
    plan: &Plan,
    closing: &BTreeSet<String>,
    lines: usize,
    findings: &[Finding],
    output: &Output,
) {
    if output.json {
        output.json(&serde_json::json!({
            "status": 0, "month": plan.month, "plan": plan.id, "lines": lines,
            "closed": closing, "closings": plan.closings, "month_closing": plan.month_closing,
            "findings": findings,
        }));
        return;
    }
    for one in &plan.closings {
        output.result(counted(&format!("{}\n", sentence(one, output.lang()))).as_bytes());
    }
}

/// A tour in one line.
fn sentence(one: &TourClosing, lang: Lang) -> String {
    let booked = one.outcomes.iter().filter(|outcome| !outcome.walk_in);
    let count = |keep: &dyn Fn(Outcome) -> bool| {
        let own = booked.clone().filter(|outcome| keep(outcome.result));
        own.count()
    };
    let (came, no_show) = (count(&Outcome::came), count(&|r| r == Outcome::NoShow));
    let silent = count(&|result| result == Outcome::NotReported);
    let walk_ins = one.outcomes.len() - booked.clone().count();
    let back: u32 = one.returns.iter().map(|line| line.back).sum();
    let (incidents, partners) = (
        one.incidents.len(),
        one.hand_overs.iter().filter(|hand| hand.has_partner()),
    );
    let (partners, tour) = (partners.count(), &one.tour);
    match (lang, one.closed_on) {
        (Lang::En, Some(day)) => format!(
            "{tour} closed on {day}: {came} came, {no_show} did not, {silent} not reported, {walk_ins} walk-ins; {incidents} incidents, {partners} to partners, {back} pieces back"
        ),
        (Lang::En, None) => format!(
            "{tour} still running: {came} came, {no_show} did not, {walk_ins} walk-ins; {incidents} incidents"
        ),
        (Lang::Zh, Some(day)) => format!(
            "{tour} 已于{day}收尾：到场{came}台，未到场{no_show}台，未回单{silent}台，临时到店{walk_ins}台；异常{incidents}项，转交{partners}台，退料{back}件"
        ),
        (Lang::Zh, None) => format!(
            "{tour} 进行中：到场{came}台，未到场{no_show}台，临时到店{walk_ins}台；异常{incidents}项"
        ),
    }
}
