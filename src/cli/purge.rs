//! `tourplan purge`: call data removed after the retention time.

use super::output::Output;
use super::{Common, Opened, wrong};
use crate::documents::page_links;
use crate::domain::{Date, Month};
use crate::findings::{Failure, Finding, counted};
use crate::month::{Removed, purge};

#[derive(clap::Args, Debug)]
#[command(
    after_help = "Of months that are over: what customers said on the phone, and of months wholly before the day their numbers and
every document that holds them. Records of repairs stay, and so does consents.csv: proof of who refused.

Examples:
  tourplan purge --retention --dry-run -C sample-data/hunan
  tourplan purge --before 2026-01-01"
)]
pub(super) struct Args {
    /// Call data read in before this day (exclusive)
    #[arg(long, value_name = "DATE", required_unless_present = "retention")]
    before: Option<String>,
    /// Call data older than the retention time of tour.toml
    #[arg(long, conflicts_with = "before")]
    retention: bool,
}

pub(super) fn run(args: &Args, common: &Common, output: &mut Output) -> Result<u8, Failure> {
    let opened = Opened::new(common, None, output)?;
    let days = i64::from(opened.settings().privacy.retention_days);
    let before = match &args.before {
        Some(text) => Date::parse_iso(text).ok_or_else(|| wrong(text, "--before", "yyyy-mm-dd"))?,
        None => opened.today.plus_days(-days),
    };
    if before > opened.today {
        let finding = Finding::new("M091").value(before.to_string());
        return Err(Failure::usage(finding.arg("today", opened.today)));
    }
    let _lock = opened.workspace.lock()?;
    // Every month is read before the first is written: one that cannot be read changes nothing anywhere.
    let mut purged = Vec::new();
    for month in opened.workspace.months()? {
        let mut files = opened.workspace.read_plan(month)?;
        let removed = purge(&mut files, month, before, opened.today)?;
        if let Some(index) = files.get_mut("index.html") {
            let is_gone = |path: &str| removed.documents.iter().any(|gone| gone == path);
            *index = page_links::without(&String::from_utf8_lossy(index), &is_gone).into_bytes();
        }
        purged.push((month, files, removed));
    }
    for (month, files, removed) in &purged {
        if common.dry_run {
            continue;
        }
        if !removed.is_empty() {
            opened.workspace.publish(*month, files)?;
        }
        // The folder a publication sets aside would keep what was just removed.
        if month.last() < opened.today {
            opened.workspace.forget_last(*month)?;
        }
    }
    tell(&purged, before, common.dry_run, output);
    Ok(0)
}

type Purged = (Month, std::collections::BTreeMap<String, Vec<u8>>, Removed);

fn tell(purged: &[Purged], before: Date, dry_run: bool, output: &mut Output) {
    if output.json {
        let months = purged.iter().map(|(month, _, removed)| {
            serde_json::json!({
                "month": month.to_string(), "lines": removed.lines, "contacts": removed.contacts,
                "documents": removed.documents,
            })
        });
        output.json(&serde_json::json!({
            "status": 0, "before": before, "dry_run": dry_run,
            "months": months.collect::<Vec<_>>(),
        }));
        return;
    }
    let word = if dry_run {
        output.pick("would be removed", "将删除")
    } else {
        output.pick("removed", "已删除")
    };
    let mut text = String::new();
    for (month, _, removed) in purged.iter().filter(|(.., removed)| !removed.is_empty()) {
        let (lines, contacts) = (removed.lines, removed.contacts);
        let documents = removed.documents.len();
        let english = format!(
            "{month} {word}: {lines} lines of call sheets, {contacts} contacts, {documents} documents\n"
        );
        let chinese =
            format!("{month} {word}：登记行{lines}条，联系人{contacts}个，单据{documents}份\n");
        text.push_str(output.pick(&english, &chinese));
    }
    if text.is_empty() {
        let english = format!("no call data of before {before}\n");
        let chinese = format!("没有 {before} 之前的通话资料\n");
        text.push_str(output.pick(&english, &chinese));
    }
    output.result(counted(&text).as_bytes());
}
