//! `tourplan verify`: every rule, from the written files.

use super::output::Output;
use super::{Common, Opened};
use crate::findings::{Failure, Finding};
use crate::plan::model::{Unread, Use, read_plan};
use crate::plan::verify::{Inputs, RULES, RowsRead, WrittenPlan, verify};

#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  tourplan verify -C sample-data/hunan
  tourplan verify 2026-12 --json")]
pub(super) struct Args {
    /// The month, yyyy-mm
    #[arg(value_name = "PLAN")]
    month: Option<String>,
}

pub(super) fn run(args: &Args, common: &Common, output: &mut Output) -> Result<u8, Failure> {
    let opened = Opened::new(common, args.month.as_deref(), output)?;
    let (files, lost) = opened.workspace.read_plan_as_it_is(opened.month)?;
    let written = WrittenPlan { files };
    refuse_newer(&written)?;
    let ingested = opened.read(&[])?;
    let tables = &ingested.tables;
    let counts = ingested.counts;
    let accepted: Vec<String> = tables.vehicles.iter().map(|v| v.id.to_string()).collect();
    let found = verify(
        &written,
        &Inputs {
            points: &tables.points,
            catalogue: &tables.catalogue,
            supply: &tables.supply,
            crew: &tables.crew,
            vans: &tables.vans,
            calendar: &tables.calendar,
            settings: opened.settings(),
            month: opened.month,
            today: opened.today,
            accepted: &accepted,
            files: &ingested.files,
            rows: RowsRead {
                rows: counts.rows,
                accepted: counts.accepted,
                merged: counts.merged,
                rejected: counts.rejected,
                ignored: counts.ignored,
            },
        },
    );
    let findings: Vec<Finding> = lost.into_iter().chain(found).collect();
    output.findings(&findings);
    let status = u8::from(!findings.is_empty());
    if output.json {
        output.json(&serde_json::json!({
            "status": status, "rules": RULES.len(), "findings": findings,
        }));
    } else {
        let line = match output.lang() {
            crate::findings::Lang::En => {
                format!(
                    "{}: {} rules checked, {} faults",
                    opened.month,
                    RULES.len(),
                    findings.len()
                )
            }
            crate::findings::Lang::Zh => {
                format!(
                    "{}：检查{}条规则，{}处不符",
                    opened.month,
                    RULES.len(),
                    findings.len()
                )
            }
        };
        output.result(format!("{line}\n").as_bytes());
    }
    Ok(status)
}

/// Rules of a newer version cannot be computed here; a damaged plan is a fault among others.
fn refuse_newer(written: &WrittenPlan) -> Result<(), Failure> {
    let bytes = written.files.get("plan.json").map(Vec::as_slice);
    match read_plan(bytes.unwrap_or_default(), Use::Looking) {
        Err(newer @ Unread::Newer(_)) => Err(Failure::input(newer.finding("plan.json"))),
        _ => Ok(()),
    }
}
