//! `tourplan rollup`: several plans taken together.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::output::Output;
use super::{Common, diff};
use crate::findings::{Failure, Lang};
use crate::plan::model::Plan;
use crate::rollup::{Rollup, rollup, written};
use crate::workspace::{Readers, Workspace, create_folder, write_file};

#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  tourplan rollup 2026-12 2027-01 -C my-dealer --out quarter
  tourplan rollup north/plans/2026-12 south/plans/2026-12 --out group-2026-12")]
pub(super) struct Args {
    /// The plans: months' folders, their plan.json, or months of the workspace
    #[arg(value_name = "PLAN", required = true)]
    plans: Vec<String>,
    /// The folder the tables are written to; what else is in it stays
    #[arg(long, value_name = "DIR", default_value = "rollup")]
    out: PathBuf,
}

pub(super) fn run(args: &Args, common: &Common, output: &mut Output) -> Result<u8, Failure> {
    // Plans can be taken together without a workspace; its language is taken where there is one.
    if let Ok(workspace) = Workspace::open(&common.dir) {
        output.settle_lang(workspace.settings.lang.as_deref());
    }
    let plans: Vec<Plan> = args
        .plans
        .iter()
        .map(|named| diff::read(named, common))
        .collect::<Result<_, _>>()?;
    let together = rollup(&plans)?;
    let files = written(&together)?;
    if common.dry_run {
        for (name, bytes) in &files {
            output.say(&format!("{name} {}", bytes.len()));
        }
    } else {
        write(&args.out, &files)?;
    }
    if output.json {
        output.json(&serde_json::json!({ "status": 0, "rollup": together }));
    } else {
        output.result(text(&together, output.lang()).as_bytes());
        output.say(&format!("→ {}", args.out.display()));
    }
    Ok(0)
}

fn write(
    folder: &Path,
    files: &std::collections::BTreeMap<String, Vec<u8>>,
) -> Result<(), Failure> {
    create_folder(folder)?;
    for (name, bytes) in files {
        write_file(&folder.join(name), bytes, Readers::AsBefore)?;
    }
    Ok(())
}

/// The figures and what is to be bought, in words.
fn text(together: &Rollup, lang: Lang) -> String {
    let mut text = String::new();
    for line in &together.figures {
        let who = match lang {
            Lang::En if line.plan.is_empty() => "all".to_owned(),
            Lang::Zh if line.plan.is_empty() => "合计".to_owned(),
            _ => format!("{} {} {}", line.month, line.dealer, line.plan),
        };
        let gap = line
            .gap
            .map_or_else(|| "–".to_owned(), |gap| format!("{:.1} %", gap * 100.0));
        let _ = match lang {
            Lang::En => writeln!(
                text,
                "{who}: {} tours, {} team-days, {} vehicles, income {}, cost {}, within {gap} of the best possible, {} of {} signatures",
                line.tours,
                line.team_days,
                line.visit,
                line.expected_income,
                line.cost,
                line.approved,
                line.to_approve,
            ),
            Lang::Zh => writeln!(
                text,
                "{who}：巡回{}次，{}班组日，{}台车，预计收入{}，费用{}，与最优相差不超过{gap}，已签{}/{}",
                line.tours,
                line.team_days,
                line.visit,
                line.expected_income,
                line.cost,
                line.approved,
                line.to_approve,
            ),
        };
    }
    let buys = together.parts.iter().filter(|part| part.to_buy > 0);
    let (parts, pieces) = buys.fold((0_u32, 0_u32), |(parts, pieces), part| {
        (parts + 1, pieces + part.to_buy)
    });
    let moved: u32 = together.transfers.iter().map(|one| one.qty).sum();
    let late = together.orders.iter().filter(|order| !order.feasible);
    let _ = match lang {
        Lang::En => writeln!(
            text,
            "parts: {pieces} pieces of {parts} to buy, {moved} to be had from other dealers of the group, {} order lines not in time",
            late.count()
        ),
        Lang::Zh => writeln!(
            text,
            "配件：需购{parts}种{pieces}件，集团内可调{moved}件，{}行订货来不及",
            late.count()
        ),
    };
    text
}
