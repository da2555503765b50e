//! `tourplan receive`: goods counted, damage noted; what is short or late, and whom to call.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::output::Output;
use super::republish::{Month, source_again};
use super::sheets::{Incoming, codes};
use super::{Common, Opened, pdf};
use crate::domain::{Date, GoodsLine};
use crate::findings::{Failure, FailureKind, Finding, Lang, counted};
use crate::ingest::Ingested;
use crate::ingest::filled::{self, Codes};
use crate::month::{
    Event, Sheet, TableHashes, check_goods, renew, short_bags, shortage_findings, still_open,
};
use crate::plan::model::Plan;

#[derive(clap::Args, Debug)]
#[command(
    after_help = "A sheet with a line that cannot be right changes nothing: put it right and read it in again. Goods that come\n\
in several deliveries are counted one by one, each on a sheet printed after the last.

Examples:
  tourplan receive --goods goods-received.xlsx -C sample-data/hunan
  tourplan receive --goods monday.csv tuesday.csv --today 2026-12-01"
)]
pub(super) struct Args {
    /// Filled goods-received sheets
    #[arg(long, value_name = "FILE", required = true, num_args = 1..)]
    goods: Vec<PathBuf>,
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
    if crate::month::book(&month.journal).is_empty() {
        let finding = Finding::new("M020").arg("month", opened.month);
        return Err(Failure::input(finding));
    }
    let ingested = opened.read(&[])?;
    let codes = codes(&opened, &month.plan, &ingested.tables);
    let mut said = Vec::new();
    let mut read = Vec::new();
    for path in &args.goods {
        read.extend(take(
            path,
            &mut month,
            &codes,
            &ingested,
            opened.today,
            &mut said,
        )?);
    }
    if read.is_empty() {
        output.findings(&said);
        if output.json {
            output.json(&serde_json::json!({
                "status": 0, "month": month.plan.month, "lines": 0, "findings": said,
            }));
        }
        return Ok(0);
    }
    source_again(&mut month.plan, &month.journal, &ingested, opened.today);
    let renewal = renew(&mut month.plan, &month.journal, &month.folder)?;
    said.extend(shortage_findings(&month.plan, &touched(&month.plan, &read)));
    said.extend(renewal.findings.iter().cloned());
    let summary = Summary::of(&month.plan, &read);
    let (name, id) = (month.plan.month.clone(), month.plan.id.clone());
    month.publish(&renewal.changes, &opened, common, output)?;
    output.findings(&said);
    if output.json {
        output.json(&serde_json::json!({
            "status": 0, "month": name, "plan": id, "lines": read.len(),
            "sound": summary.sound, "damaged": summary.damaged, "open": summary.open,
            "calls": summary.calls, "findings": said,
        }));
    } else {
        output.result(counted(&summary.text(output.lang())).as_bytes());
    }
    Ok(0)
}

/// Reads one sheet into the journal and gives its new lines; nothing for a sheet read before.
fn take(
    path: &Path,
    month: &mut Month,
    codes: &Codes,
    ingested: &Ingested,
    today: Date,
    said: &mut Vec<Finding>,
) -> Result<Vec<GoodsLine>, Failure> {
    let incoming = Incoming::open(path)?;
    let read = filled::read_goods(&incoming.bytes, &incoming.file, codes)?;
    if incoming.is_known(Sheet::Goods, &read.sha256, &month.journal, said) {
        return Ok(Vec::new());
    }
    let checked = check_goods(&month.journal, read.lines);
    if read.set_aside > 0 || !checked.errors.is_empty() {
        let mut faults = read.findings;
        faults.extend(checked.errors);
        return Err(Failure {
            kind: FailureKind::Input,
            findings: faults,
        });
    }
    said.extend(read.findings);
    said.extend(checked.said_before);
    if checked.lines.is_empty() {
        return Ok(Vec::new());
    }
    month.journal.add(
        today,
        Event::Received {
            lines: checked.lines.clone(),
            stock: TableHashes::of(&ingested.files).stock,
        },
    );
    incoming.note(
        Sheet::Goods,
        read.sha256,
        checked.lines.len(),
        today,
        &mut month.journal,
    );
    Ok(checked.lines)
}

/// Parts of lines that came short, damaged or later than they were expected.
fn touched(plan: &Plan, read: &[GoodsLine]) -> BTreeSet<String> {
    let troubled = read.iter().filter_map(|line| {
        let order = plan.orders.iter().find(|order| order.order == line.order)?;
        let trouble = line.damaged > 0 || line.announced.is_some() || still_open(order) > 0;
        trouble.then(|| order.part.clone())
    });
    troubled.collect()
}

/// What was read, in figures.
struct Summary {
    sound: u32,
    damaged: u32,
    open: u32,
    calls: usize,
}

impl Summary {
    fn of(plan: &Plan, read: &[GoodsLine]) -> Self {
        let damaged = read.iter().map(|line| line.damaged).sum();
        let counted: u32 = read.iter().filter_map(|line| line.counted).sum();
        let bags = short_bags(plan);
        let vehicles: BTreeSet<&str> = bags.iter().map(|bag| bag.vehicle.as_str()).collect();
        Self {
            sound: counted.saturating_sub(damaged),
            damaged,
            open: plan.orders.iter().map(still_open).sum(),
            calls: vehicles.len(),
        }
    }

    fn text(&self, lang: Lang) -> String {
        let Self {
            sound,
            damaged,
            open,
            calls,
        } = self;
        match lang {
            Lang::En => format!(
                "received: {sound} sound, {damaged} damaged; {open} still to come; {calls} booked vehicles lack a part\n"
            ),
            Lang::Zh => format!(
                "到货：完好{sound}件，破损{damaged}件；未到{open}件；{calls}台已预约车辆缺件\n"
            ),
        }
    }
}
