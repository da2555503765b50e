//! `tourplan check`: what the inputs hold, and what is missing on whom.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::output::Output;
use super::{Common, Opened};
use crate::findings::Failure;

#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  tourplan check -C sample-data/hunan
  tourplan check --strict corrected-rejects.csv")]
pub(super) struct Args {
    /// More population files, e.g. corrected rejects
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Exit status 3 if any row was rejected
    #[arg(long)]
    strict: bool,
}

pub(super) fn run(args: &Args, common: &Common, output: &mut Output) -> Result<u8, Failure> {
    let opened = Opened::new(common, None, output)?;
    output.step(output.pick("reading", "读取数据").to_owned());
    let ingested = opened.read(&args.files)?;
    output.done();
    let counts = ingested.counts;
    let mut missing: BTreeMap<&str, usize> = BTreeMap::from([("model", 0), ("phone", 0)]);
    for vehicle in &ingested.tables.vehicles {
        *missing.entry("model").or_default() += usize::from(vehicle.model.is_none());
        *missing.entry("phone").or_default() += usize::from(vehicle.phones.is_empty());
    }
    output.findings(&opened.workspace.findings);
    output.findings(&ingested.findings);
    if output.json {
        output.json(&serde_json::json!({
            "status": 0,
            "rows": {
                "rows": counts.rows, "accepted": counts.accepted, "merged": counts.merged,
                "rejected": counts.rejected, "ignored": counts.ignored,
            },
            "repaired": ingested.repairs.len(),
            "missing": missing,
            "findings": ingested.findings,
        }));
    } else {
        let line = match output.lang() {
            crate::findings::Lang::En => format!(
                "{} rows = {} accepted + {} merged + {} rejected + {} ignored; {} values repaired; {} without model, {} without phone",
                counts.rows,
                counts.accepted,
                counts.merged,
                counts.rejected,
                counts.ignored,
                ingested.repairs.len(),
                missing["model"],
                missing["phone"]
            ),
            crate::findings::Lang::Zh => format!(
                "共{}行 = 接受{} + 合并{} + 退回{} + 忽略{}；修正{}处；缺车型{}台，缺电话{}台",
                counts.rows,
                counts.accepted,
                counts.merged,
                counts.rejected,
                counts.ignored,
                ingested.repairs.len(),
                missing["model"],
                missing["phone"]
            ),
        };
        output.result(format!("{line}\n").as_bytes());
    }
    Ok(if args.strict && counts.rejected > 0 {
        3
    } else {
        0
    })
}
