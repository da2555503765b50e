//! `tourplan check`: what the inputs hold, and what is missing on whom.

use std::path::{Path, PathBuf};

use super::output::Output;
use super::{Common, Opened};
use crate::documents::{Worklist, xlsx};
use crate::domain::{Missing, Vehicle};
use crate::findings::{Failure, Lang};
use crate::ingest::{Ingested, RowFate};
use crate::place::{Adcode, Matcher};
use crate::territory::{Locator, depot};
use crate::workspace::{Readers, write_file};

#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  tourplan check -C sample-data/hunan --worklist to-complete.xlsx
  tourplan check --strict to-complete.xlsx")]
pub(super) struct Args {
    /// More population files, e.g. a worklist filled in
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Exit status 3 if any row was rejected
    #[arg(long)]
    strict: bool,
    /// Write rejected rows and vehicles that lack model, phone or place here (.xlsx or .csv), to be
    /// filled in and given back as FILE or put into population/. Holds names and phones
    #[arg(long, value_name = "FILE")]
    worklist: Option<PathBuf>,
}

/// How many accepted vehicles lack what.
#[derive(Clone, Copy, Default)]
struct Lacking {
    model: usize,
    phone: usize,
    place: usize,
    vehicles: usize,
}

impl Lacking {
    fn of(vehicles: &[Vehicle], placed: &[bool]) -> Self {
        let mut lacking = Self::default();
        for (vehicle, placed) in vehicles.iter().zip(placed) {
            let missing = vehicle.missing(*placed);
            lacking.vehicles += usize::from(!missing.is_empty());
            for what in missing {
                match what {
                    Missing::Model => lacking.model += 1,
                    Missing::Phone => lacking.phone += 1,
                    Missing::Place => lacking.place += 1,
                }
            }
        }
        lacking
    }
}

pub(super) fn run(args: &Args, common: &Common, output: &mut Output) -> Result<u8, Failure> {
    let opened = Opened::new(common, None, output)?;
    output.step(output.pick("reading", "读取数据").to_owned());
    let ingested = opened.read(&args.files)?;
    output.step(output.pick("places", "定位").to_owned());
    let placed = placed(&opened, &ingested)?;
    output.done();
    let lacking = Lacking::of(&ingested.tables.vehicles, &placed);
    output.findings(&opened.workspace.findings);
    output.findings(&ingested.findings);
    if output.json {
        output.json(&as_json(&ingested, &placed, lacking));
    } else {
        output.result(summary(&ingested, lacking, output.lang()).as_bytes());
    }
    let open_rows = ingested.counts.rejected > 0 || lacking.vehicles > 0;
    match &args.worklist {
        Some(path) => write_worklist(path, &opened, &ingested, &placed, common, output)?,
        None if open_rows => output.say(output.pick(
            "write what is to be corrected and completed with --worklist FILE.xlsx",
            "可用 --worklist 文件.xlsx 导出待改、待补的行",
        )),
        None => {}
    }
    let status = if args.strict && ingested.counts.rejected > 0 {
        3
    } else {
        0
    };
    // The program ends here: giving a million rows back one by one would only keep people waiting.
    std::mem::forget(ingested);
    Ok(status)
}

/// Whether each vehicle's place is known to the county, beside the vehicles.
fn placed(opened: &Opened, ingested: &Ingested) -> Result<Vec<bool>, Failure> {
    let own = opened.workspace.gazetteer()?;
    let own = own.as_ref().map(Matcher::new);
    let matcher = opened.places(own.as_ref());
    let home = depot(opened.settings(), matcher);
    let home = home.and_then(|depot| Adcode::parse(&depot.county_code));
    Ok(Locator::new(matcher, home).can_place(&ingested.tables.vehicles))
}

fn write_worklist(
    path: &Path,
    opened: &Opened,
    ingested: &Ingested,
    placed: &[bool],
    common: &Common,
    output: &Output,
) -> Result<(), Failure> {
    let list = Worklist::of(ingested, placed, opened.today, output.lang());
    let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase());
    let bytes = match extension.as_deref() {
        Some("csv") => list.csv(),
        Some("xlsx") => xlsx::worklist(
            &list,
            &ingested.tables.catalogue,
            &opened.settings().dealer.name,
            opened.today,
        )?,
        _ => {
            let shown = path.display().to_string();
            return Err(super::wrong(&shown, "--worklist", "FILE.xlsx, FILE.csv"));
        }
    };
    if !common.dry_run {
        write_file(path, &bytes, Readers::Owner)?;
    }
    let (shown, rows) = (path.display(), list.rows.len());
    let (rejected, incomplete) = (list.rejected, rows - list.rejected);
    output.say(&match output.lang() {
        Lang::En => format!("{shown}: {rejected} rejected rows, {incomplete} incomplete vehicles"),
        Lang::Zh => {
            format!("{shown}：退回{rejected}行，待补{incomplete}台（含客户信息，请勿外传）")
        }
    });
    Ok(())
}

fn as_json(ingested: &Ingested, placed: &[bool], lacking: Lacking) -> serde_json::Value {
    let counts = ingested.counts;
    let incomplete = ingested.tables.vehicles.iter().zip(placed);
    let incomplete: Vec<serde_json::Value> = incomplete
        .filter_map(|(vehicle, placed)| {
            let missing = vehicle.missing(*placed);
            let keys: Vec<&str> = missing.into_iter().map(Missing::key).collect();
            (!keys.is_empty()).then(|| {
                serde_json::json!({
                    "vehicle": vehicle.id.as_str(), "missing": keys.join("|"),
                    "file": vehicle.source.file.as_ref(), "line": vehicle.source.line,
                })
            })
        })
        .collect();
    let row = |fate: &RowFate| {
        serde_json::json!({
            "fate": fate.fate.key(), "file": fate.file.as_ref(), "sheet": fate.sheet.as_ref(),
            "line": fate.line, "rows": fate.rows, "code": fate.code, "vehicle": fate.vehicle,
        })
    };
    serde_json::json!({
        "status": 0,
        "rows": {
            "rows": counts.rows, "accepted": counts.accepted, "merged": counts.merged,
            "rejected": counts.rejected, "ignored": counts.ignored,
        },
        "repaired": ingested.repairs.len(),
        "missing": {"model": lacking.model, "phone": lacking.phone, "place": lacking.place},
        "incomplete": incomplete,
        "not_accepted": ingested.fates.iter().map(row).collect::<Vec<_>>(),
        "findings": ingested.findings,
    })
}

fn summary(ingested: &Ingested, lacking: Lacking, lang: Lang) -> String {
    let counts = ingested.counts;
    let repaired = ingested.repairs.len();
    let Lacking {
        model,
        phone,
        place,
        ..
    } = lacking;
    match lang {
        Lang::En => format!(
            "{} rows = {} accepted + {} merged + {} rejected + {} ignored; {repaired} values repaired; {model} without model, {phone} without phone, {place} without place\n",
            counts.rows, counts.accepted, counts.merged, counts.rejected, counts.ignored,
        ),
        Lang::Zh => format!(
            "共{}行 = 接受{} + 合并{} + 退回{} + 忽略{}；修正{repaired}处；缺车型{model}台，缺电话{phone}台，缺地点{place}台\n",
            counts.rows, counts.accepted, counts.merged, counts.rejected, counts.ignored,
        ),
    }
}
