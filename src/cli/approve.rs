//! `tourplan approve`: a signature over exactly this order or tour.

use super::output::Output;
use super::{Common, Opened, pages};
use crate::findings::{Failure, Finding, Lang};
use crate::month::{CHANGES, Change, JOURNAL, Journal, changes_table, renew, sign, signed_file};
use crate::plan::files;
use crate::plan::model::ORDERS;

#[derive(clap::Args, Debug)]
#[command(after_help = "Without --tour and --orders everything is signed.

Examples:
  tourplan approve --orders --by 周建国 -C sample-data/hunan
  tourplan approve --tour T01 --by 周建国")]
pub(super) struct Args {
    /// This tour: where, when, who, for whom, at what cost, with which parts
    #[arg(long, value_name = "TOUR", conflicts_with = "orders")]
    tour: Option<String>,
    /// The forecast order: what is ordered and transferred, until when
    #[arg(long)]
    orders: bool,
    /// Who signs
    #[arg(long, value_name = "NAME")]
    by: String,
    /// The month, yyyy-mm
    #[arg(long, value_name = "YYYY-MM")]
    month: Option<String>,
}

pub(super) fn run(args: &Args, common: &Common, output: &mut Output) -> Result<u8, Failure> {
    let opened = Opened::new(common, args.month.as_deref(), output)?;
    let by = args.by.trim();
    if by.is_empty() {
        return Err(Failure::usage(Finding::new("M005")));
    }
    let _lock = opened.workspace.lock()?;
    let mut folder = opened.workspace.read_plan(opened.month)?;
    let mut plan = super::show::plan_of(&folder, opened.month)?;
    let mut journal = Journal::read(folder.get(JOURNAL).map(Vec::as_slice))?;
    let before = renew(&mut plan, &journal, &folder)?;
    let covers: Vec<String> = match &args.tour {
        Some(tour) => vec![tour.clone()],
        None if args.orders => vec![ORDERS.to_owned()],
        None => {
            let tours = plan.tours.iter().map(|tour| tour.id.clone());
            std::iter::once(ORDERS.to_owned()).chain(tours).collect()
        }
    };
    for covers in &covers {
        let bytes = sign(&mut plan, &mut journal, covers, by, opened.today)?;
        folder.insert(signed_file(covers), bytes);
    }
    let signed = |change: &&(String, Change)| covers.contains(&change.0);
    let now_signed: Vec<&(String, Change)> = before.changes.iter().filter(signed).collect();
    let mut open = before.changes.clone();
    open.retain(|change| !covers.contains(&change.0));
    folder.remove(CHANGES);
    if !open.is_empty() {
        folder.insert(CHANGES.to_owned(), changes_table(&open));
    }
    folder.insert(JOURNAL.to_owned(), journal.written()?);
    folder.insert("plan.json".to_owned(), files::plan_json(&plan)?);
    let contacts = folder.get("private/contacts.csv").map(Vec::as_slice);
    let contacts = files::read_contacts(contacts.unwrap_or_default())?;
    for page in pages::of(&plan, &contacts, &opened, output)? {
        folder.insert(page.path, page.bytes);
    }
    if !common.dry_run {
        opened.workspace.publish(opened.month, &folder)?;
    }
    if output.json {
        let signatures = covers.iter().filter_map(|covers| {
            let signature = plan.approvals.get(covers)?;
            Some((covers.clone(), serde_json::json!(signature)))
        });
        output.json(&serde_json::json!({
            "status": 0, "month": plan.month, "plan": plan.id,
            "approvals": signatures.collect::<serde_json::Map<_, _>>(),
            "changed_since_last_signature": now_signed.len(),
        }));
        return Ok(0);
    }
    for (covers, change) in &now_signed {
        output.say(&changed(covers, change, output.lang()));
    }
    for covers in &covers {
        if let Some(signature) = plan.approvals.get(covers) {
            let word = output.pick("approved by", "已审批：");
            let short: String = signature.sha256.chars().take(12).collect();
            let line = format!("{covers} {word} {by} {} (sha256 {short}…)\n", signature.on);
            output.result(line.as_bytes());
        }
    }
    Ok(0)
}

/// `T01 crew 2026-12-03 / 张三: role leader → technician`.
fn changed(covers: &str, change: &Change, lang: Lang) -> String {
    let nothing = match lang {
        Lang::En => "nothing",
        Lang::Zh => "无",
    };
    let or_nothing = |text: &str| {
        if text.is_empty() {
            nothing.to_owned()
        } else {
            text.to_owned()
        }
    };
    let (before, after) = (or_nothing(&change.before), or_nothing(&change.after));
    format!(
        "{covers} {} {}: {} {before} → {after}",
        change.list, change.key, change.field
    )
}
