//! `tourplan learn`: what history and closed tours teach; proposals, and accepting them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::output::Output;
use super::{Common, Opened, read_input};
use crate::domain::sha256_hex;
use crate::findings::{Failure, Finding, describe};
use crate::ingest::{HistoryEntry, Ingested, read_marks};
use crate::learn::{
    ClosedMonth, Evidence, LEARNED, Lesson, PROPOSAL, REPORT, accepted, learn, report, table,
};
use crate::month::{FILLED, Filled};
use crate::plan::model::Use;
use crate::predict::RepairRecord;
use crate::workspace::{create_folder, read_if_there, rewrite_table};

#[derive(clap::Args, Debug)]
#[command(
    after_help = "Writes learn/proposal.csv and learn/report.md and changes nothing else. Accepted lines stand in learned.csv, which lies
over the catalogue and the rates of tour.toml from then on; taking a line or the file away undoes it.

Examples:
  tourplan learn -C sample-data/hunan
  tourplan learn --accept learn/proposal.csv --by 周建国"
)]
pub(super) struct Args {
    /// Take the lines marked yes in this proposal
    #[arg(long, value_name = "FILE", requires = "by")]
    accept: Option<PathBuf>,
    /// Who accepts them
    #[arg(long, value_name = "NAME", requires = "accept")]
    by: Option<String>,
}

pub(super) fn run(args: &Args, common: &Common, output: &mut Output) -> Result<u8, Failure> {
    let opened = Opened::new(common, None, output)?;
    let _lock = opened.workspace.lock()?;
    output.step(output.pick("reading", "读取数据").to_owned());
    let ingested = opened.read(&[])?;
    let (months, prints) = closed_months(&opened)?;
    if ingested.tables.history.is_empty() && months.is_empty() {
        output.done();
        return Ok(nothing(output));
    }
    output.step(output.pick("learning", "学习").to_owned());
    let lesson = lesson(&opened, &ingested, &months, &prints);
    output.done();
    match (&args.accept, &args.by) {
        (Some(file), Some(by)) => accept(file, by, &lesson, &opened, common, output),
        _ => propose(&lesson, &opened, common, output),
    }
}

fn nothing(output: &Output) -> u8 {
    let finding = Finding::new("M150");
    if output.json {
        output.json(&serde_json::json!({ "status": 0, "proposed": 0, "findings": [finding] }));
    } else {
        output.result(format!("{}\n", describe(&finding, output.lang())).as_bytes());
    }
    0
}

/// Months with a closed tour, oldest first, and the fingerprints of what is read of them.
fn closed_months(opened: &Opened) -> Result<(Vec<ClosedMonth>, Vec<String>), Failure> {
    let (mut months, mut prints) = (Vec::new(), Vec::new());
    for month in opened.workspace.months()? {
        let folder = opened.workspace.read_plan(month)?;
        let bytes = |name: &str| folder.get(name).map(Vec::as_slice);
        let written = bytes("plan.json").unwrap_or_default();
        let plan = super::show::plan_of(&folder, month, Use::Looking)?;
        if plan.closings.iter().all(|one| one.closed_on.is_none()) {
            continue;
        }
        let said = bytes(FILLED);
        prints.push(sha256_hex(written));
        prints.push(sha256_hex(said.unwrap_or_default()));
        let (answers, _) = Filled::read(said)?.answers();
        months.push(ClosedMonth { plan, answers });
    }
    Ok((months, prints))
}

fn lesson(
    opened: &Opened,
    ingested: &Ingested,
    months: &[ClosedMonth],
    prints: &[String],
) -> Lesson {
    let tables = &ingested.tables;
    let record = RepairRecord::new(tables.history.iter().map(HistoryEntry::past_work));
    let rates = &opened.settings().predict;
    let mut evidence = serde_json::to_string(rates).unwrap_or_default();
    // Stock, crew and points teach nothing: they may change between proposing and accepting.
    let teaches = ["catalogue/", "population/", "history", LEARNED];
    for (file, print) in &ingested.files {
        if teaches.iter().any(|name| file.starts_with(name)) {
            let _ = write!(evidence, "\n{file} {print}");
        }
    }
    for print in prints {
        evidence.push('\n');
        evidence.push_str(print);
    }
    let fingerprint: String = sha256_hex(evidence.as_bytes()).chars().take(16).collect();
    learn(&Evidence {
        vehicles: &tables.vehicles,
        catalogue: &tables.catalogue,
        rates,
        record: &record,
        months,
        // A leading letter: a spreadsheet would take digits with an e for a number.
        fingerprint: &format!("L{fingerprint}"),
    })
}

fn propose(
    lesson: &Lesson,
    opened: &Opened,
    common: &Common,
    output: &Output,
) -> Result<u8, Failure> {
    let root = &opened.workspace.root;
    let files: BTreeMap<&str, Vec<u8>> = BTreeMap::from([
        (PROPOSAL, table(lesson)),
        (REPORT, report(lesson, output.lang()).into_bytes()),
    ]);
    let stands = stands_already(&root.join(PROPOSAL), lesson)?;
    for (name, bytes) in &files {
        if common.dry_run {
            output.say(&format!("{name} {}", bytes.len()));
        } else if !(*name == PROPOSAL && stands) {
            let path = root.join(name);
            let folder = path.parent().unwrap_or(root);
            create_folder(folder)?;
            rewrite_table(&path, bytes)?;
        }
    }
    let proposed = lesson
        .lines
        .iter()
        .filter(|line| line.after.is_some())
        .count();
    let untold = lesson.lines.len() - proposed;
    if output.json {
        output.json(&serde_json::json!({
            "status": 0, "evidence": lesson.fingerprint, "proposed": proposed, "not_told": untold,
            "files": files.keys().collect::<Vec<_>>(), "dry_run": common.dry_run,
        }));
    } else {
        let english = format!(
            "{proposed} values proposed, {untold} not told by the data: {PROPOSAL}, {REPORT}; nothing else changed\n"
        );
        let chinese =
            format!("建议{proposed}项，数据不足{untold}项：{PROPOSAL}、{REPORT}；未更改其他内容\n");
        output.result(output.pick(&english, &chinese).as_bytes());
    }
    Ok(0)
}

/// Whether a proposal from the same data is there already: somebody may have marked it.
fn stands_already(path: &Path, lesson: &Lesson) -> Result<bool, Failure> {
    let Some(bytes) = read_if_there(path)? else {
        return Ok(false);
    };
    let marks = read_marks(&bytes, PROPOSAL).unwrap_or_default();
    let same = marks.iter().all(|mark| mark.evidence == lesson.fingerprint);
    Ok(same && marks.len() == lesson.lines.len() && marks.iter().any(|mark| mark.accept))
}

fn accept(
    file: &Path,
    by: &str,
    lesson: &Lesson,
    opened: &Opened,
    common: &Common,
    output: &Output,
) -> Result<u8, Failure> {
    let marks = read_marks(&read_input(file)?, &file.display().to_string())?;
    let taken = accepted(lesson, &marks, opened.today, by)?;
    let count = taken.len();
    let mut learned = opened.learned.clone();
    learned.take(taken);
    let bytes = learned.table();
    if common.dry_run {
        output.say(&format!("{LEARNED} {}", bytes.len()));
    } else {
        rewrite_table(&opened.workspace.root.join(LEARNED), &bytes)?;
    }
    if output.json {
        output.json(&serde_json::json!({
            "status": 0, "accepted": count, "in_force": learned.lines.len(),
            "files": [LEARNED], "dry_run": common.dry_run,
        }));
    } else {
        let all = learned.lines.len();
        let english = format!("{count} values accepted by {by}; {all} in {LEARNED}\n");
        let chinese = format!("{by} 采纳{count}项；{LEARNED} 现有{all}项\n");
        output.result(output.pick(&english, &chinese).as_bytes());
    }
    Ok(0)
}
