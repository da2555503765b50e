//! `tourplan receive`: goods counted, damage noted; what is short or late, and whom to call.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::output::Output;
use super::republish::{Month, source_again};
use super::{Common, Opened};
use crate::domain::{Date, FilledAt, GoodsLine, sha256_hex};
use crate::findings::{Failure, FailureKind, Finding, Lang};
use crate::ingest::Ingested;
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
}

pub(super) fn run(args: &Args, common: &Common, output: &mut Output) -> Result<u8, Failure> {
    let opened = Opened::new(common, args.month.as_deref(), output)?;
    let _lock = opened.workspace.lock()?;
    let mut month = Month::open(&opened)?;
    if crate::month::book(&month.journal).is_empty() {
        let finding = Finding::new("M020").arg("month", opened.month);
        return Err(Failure::input(finding));
    }
    let ingested = opened.read(&[])?;
    let mut said = Vec::new();
    let mut read = Vec::new();
    for path in &args.goods {
        read.extend(take(path, &mut month, &ingested, opened.today, &mut said)?);
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
        output.result(summary.text(output.lang()).as_bytes());
    }
    Ok(0)
}

/// Reads one sheet into the journal and gives its new lines; nothing for a sheet read before.
fn take(
    path: &Path,
    month: &mut Month,
    ingested: &Ingested,
    today: Date,
    said: &mut Vec<Finding>,
) -> Result<Vec<GoodsLine>, Failure> {
    let bytes = super::read_input(path)?;
    let name = path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    );
    let sha256 = sha256_hex(&bytes);
    if month.journal.has_read(Sheet::Goods, &sha256) {
        said.push(Finding::new("M022").in_file(name));
        return Ok(Vec::new());
    }
    let (lines, unreadable) = read_goods(&bytes, &name);
    let checked = check_goods(&month.journal, lines);
    let mut faults = unreadable;
    faults.extend(checked.errors);
    if !faults.is_empty() {
        return Err(Failure {
            kind: FailureKind::Input,
            findings: faults,
        });
    }
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
    month.journal.add(
        today,
        Event::Read {
            sheet: Sheet::Goods,
            file: name,
            sha256,
            lines: checked.lines.len(),
        },
    );
    Ok(checked.lines)
}

// ---- THE LEAD SWAPS THIS ONE FUNCTION for `ingest::filled::read_goods` once that is merged -------------------

/// Reads a goods-received sheet saved as CSV (UTF-8): M031 where it cannot be one, M035 for a cell that is no
/// number or day.
fn read_goods(bytes: &[u8], file: &str) -> (Vec<GoodsLine>, Vec<Finding>) {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut findings = Vec::new();
    let headers = reader.headers().cloned().unwrap_or_default();
    let column = |names: &[&str]| {
        let is = |header: &str| {
            names
                .iter()
                .any(|name| header.trim().eq_ignore_ascii_case(name))
        };
        headers.iter().position(is)
    };
    let columns = (column(&["订单行号", "order"]), column(&["实到", "counted"]));
    let (Some(order), Some(counted)) = columns else {
        return (Vec::new(), vec![Finding::new("M031").in_file(file)]);
    };
    let (part, damaged) = (column(&["配件编码", "part"]), column(&["破损", "damaged"]));
    let (on, announced) = (
        column(&["到货日期", "on"]),
        column(&["预计新到货日", "announced"]),
    );
    let note = column(&["备注", "note"]);
    let mut lines = Vec::new();
    for record in reader.records().flatten() {
        let at = FilledAt {
            file: file.to_owned(),
            sheet: String::new(),
            line: record.position().map_or(0, |at| at.line() as u32),
        };
        let cell = |column: Option<usize>| {
            let text = column.and_then(|column| record.get(column)).unwrap_or("");
            text.trim().trim_start_matches('\'').to_owned()
        };
        let mut wrong = |text: String| {
            let spot = crate::findings::Spot {
                file: file.to_owned(),
                line: at.line,
                ..Default::default()
            };
            findings.push(Finding::new("M035").at(spot).value(text));
        };
        if cell(Some(order)).is_empty() {
            continue;
        }
        let mut number = |text: String| -> Option<u32> {
            let read = text.parse().ok();
            if read.is_none() && !text.is_empty() {
                wrong(text);
            }
            read
        };
        let (counted, damaged) = (number(cell(Some(counted))), number(cell(damaged)));
        let mut day = |text: String| -> Option<Date> {
            let read = Date::parse_iso(&text);
            if read.is_none() && !text.is_empty() {
                wrong(text);
            }
            read
        };
        let (on, announced) = (day(cell(on)), day(cell(announced)));
        lines.push(GoodsLine {
            order: cell(Some(order)),
            part: cell(part),
            counted,
            damaged: damaged.unwrap_or(0),
            on,
            announced,
            note: cell(note),
            at,
        });
    }
    (lines, findings)
}

// ---- end of what the lead swaps ------------------------------------------------------------------------------

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
