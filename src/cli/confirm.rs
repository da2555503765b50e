//! `tourplan confirm`: filled call sheets (and the foreman's) read in; slots booked, kits, crew and orders firmed
//! up, reminders and estimates written.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use super::make::{Effort, Known, make};
use super::output::Output;
use super::sheets::{codes, take};
use super::{Common, Opened, pdf};
use crate::domain::{Answer, CallOutcome, Date};
use crate::findings::{Failure, Finding, Lang, counted};
use crate::ingest::filled;
use crate::month::{Read, Sheet, consents, late_advice, late_answers};
use crate::plan::model::{Plan, Status};
use crate::plan::pipeline::Given;

#[derive(clap::Args, Debug)]
#[command(
    after_help = "Call sheets may come back partly filled, sorted, copied, as XLSX, XLS or CSV, as often as
you like: the newest word on every cell counts, and what is booked stays booked.

Examples:
  tourplan confirm --calls 电话表-王.xlsx 电话表-李.csv -C sample-data/hunan
  tourplan confirm --foreman foreman.xlsx --today 2026-11-28"
)]
pub(super) struct Args {
    /// Filled call sheets
    #[arg(long, value_name = "FILE", num_args = 1..)]
    calls: Vec<PathBuf>,
    /// Filled foreman's sheets
    #[arg(long, value_name = "FILE", num_args = 1..)]
    foreman: Vec<PathBuf>,
    /// The month, yyyy-mm
    #[arg(long, value_name = "YYYY-MM")]
    month: Option<String>,
    #[command(flatten)]
    pdf: pdf::Asked,
}

pub(super) fn run(args: &Args, common: &Common, output: &mut Output) -> Result<u8, Failure> {
    let opened = Opened::new(common, args.month.as_deref(), output)?.printing(args.pdf)?;
    if args.calls.is_empty() && args.foreman.is_empty() {
        return Err(super::wrong("", "--calls", "a filled call sheet"));
    }
    let _lock = opened.workspace.lock()?;
    let mut known = Known::of(&opened, opened.workspace.read_plan(opened.month)?, output)?;
    let last = known.plan(opened.month)?;
    if let Some(on) = known.journal.purged() {
        let finding = Finding::new("M092").arg("month", opened.month);
        return Err(Failure::input(finding.arg("on", on)));
    }
    output.step(output.pick("reading", "读取数据").to_owned());
    let ingested = opened.read(&[])?;
    let codes = codes(&opened, &last, &ingested.tables);
    let mut said = Vec::new();
    let (_, told_before) = known.filled.answers();
    let mut lines = 0;
    let on = opened.today;
    for path in &args.calls {
        let read = |bytes: &[u8], file: &str| filled::read_calls(bytes, file, &codes);
        let journal = &mut known.journal;
        let read = take(path, Sheet::Calls, on, journal, &mut said, read)?.unwrap_or_default();
        let (read, late) = late_answers(&last, read, on);
        said.extend(late);
        lines += read.len();
        let read = read.into_iter().map(|line| Read { on, line });
        known.filled.answers.extend(read);
    }
    for path in &args.foreman {
        let read = |bytes: &[u8], file: &str| filled::read_foreman(bytes, file, &codes);
        let journal = &mut known.journal;
        let read = take(path, Sheet::Advice, on, journal, &mut said, read)?.unwrap_or_default();
        let (read, late) = late_advice(&last, read, on);
        said.extend(late);
        lines += read.len();
        let read = read.into_iter().map(|line| Read { on, line });
        known.filled.advice.extend(read);
    }
    if lines == 0 {
        output.findings(&said);
        if output.json {
            output.json(&serde_json::json!({ "status": 0, "lines": 0, "findings": said }));
        }
        return Ok(0);
    }
    let (answers, conflicts) = known.filled.answers();
    said.extend(
        conflicts
            .into_iter()
            .filter(|one| !told_before.contains(one)),
    );
    add_consents(&mut known, &last, &answers, opened.today);
    let given = Given::of(&last, answers, known.filled.advice());
    let outcome = make(
        &opened,
        common,
        ingested,
        known,
        Some(&given),
        Effort::default(),
        output,
    )?;
    output.findings(&said);
    let counts = Counts::of(&outcome.plan);
    if output.json {
        output.json(&serde_json::json!({
            "status": 0, "month": outcome.plan.month, "plan": outcome.plan.id, "lines": lines,
            "booked": counts.booked, "declined": counts.declined, "open": counts.open,
            "findings": said.iter().chain(&outcome.plan.findings).collect::<Vec<_>>(),
        }));
    } else {
        output.result(counted(&summary(&outcome.plan, &counts, lines, output.lang())).as_bytes());
    }
    Ok(0)
}

/// Refusals and consents hold beyond the month: they go into the workspace's consents.csv.
fn add_consents(known: &mut Known, plan: &Plan, answers: &BTreeMap<String, Answer>, today: Date) {
    let vehicle_of = |booking: &str| {
        let one = plan.vehicles.iter().find(|one| one.booking == booking)?;
        Some(one.vehicle.clone())
    };
    let words = consents::from_answers(answers, &vehicle_of, &plan.month, today);
    if let Some(bytes) = consents::added(known.consents.as_deref(), &words) {
        known.consents = Some(bytes);
        known.has_new_consents = true;
    }
}

/// Called vehicles by what came of the call.
struct Counts {
    booked: usize,
    declined: usize,
    /// Nobody was reached yet, or nothing is decided.
    open: usize,
    /// Said yes and wait for room.
    waiting: usize,
}

impl Counts {
    fn of(plan: &Plan) -> Self {
        let outcome = |one: &&crate::plan::model::CalledVehicle| {
            one.told.as_ref().and_then(|told| told.outcome)
        };
        let count = |wanted: &dyn Fn(&&crate::plan::model::CalledVehicle) -> bool| {
            plan.vehicles.iter().filter(|one| wanted(one)).count()
        };
        let yes =
            |one: &&crate::plan::model::CalledVehicle| outcome(one) == Some(CallOutcome::Coming);
        Self {
            booked: count(&|one| one.is_booked()),
            declined: count(&|one| outcome(one) == Some(CallOutcome::Declined)),
            open: count(&|one| one.status != Status::Deferred && !yes(one)),
            waiting: count(&|one| yes(one) && !one.is_booked()),
        }
    }
}

fn summary(plan: &Plan, counts: &Counts, lines: usize, lang: Lang) -> String {
    let mut text = match lang {
        Lang::En => format!(
            "{lines} lines read: {} booked, {} said yes and wait, {} declined, {} open\n",
            counts.booked, counts.waiting, counts.declined, counts.open
        ),
        Lang::Zh => format!(
            "读入{lines}行：已预约{}台，答应待排{}台，谢绝{}台，未定{}台\n",
            counts.booked, counts.waiting, counts.declined, counts.open
        ),
    };
    for visit in &plan.visits {
        let here = plan.vehicles.iter().filter(|one| one.visit == visit.id);
        let booked = here.filter(|one| one.is_booked()).count();
        let point = plan.point(&visit.point);
        let name = point.map_or(visit.point.as_str(), |point| point.name.as_str());
        let (hours, offered) = (visit.expected_hours, visit.capacity_hours);
        let _ = match lang {
            Lang::En => writeln!(
                text,
                "  {} {name} {}: {booked} booked, {hours:.1} of {offered:.1} hours",
                visit.id, visit.first_day
            ),
            Lang::Zh => writeln!(
                text,
                "  {} {name} {}：已预约{booked}台，{hours:.1}/{offered:.1}工时",
                visit.id, visit.first_day
            ),
        };
    }
    text
}
