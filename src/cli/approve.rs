//! `tourplan approve`: a signature over exactly this order or tour. Signing the order places it.

use super::output::Output;
use super::republish::{Month, source_again};
use super::{Common, Opened, pdf};
use crate::findings::{Failure, Finding, Lang, counted};
use crate::month::{
    Change, Event, TableHashes, lines_to_place, renew, sign, signed_file, to_be_ordered,
};
use crate::plan::model::{ORDERS, OrderLine};

#[derive(clap::Args, Debug)]
#[command(
    after_help = "Without --tour and --orders everything is signed. Signing the order places it: its lines get numbers, stand on
the goods-received sheet, and are never ordered again.

Examples:
  tourplan approve --orders --by 周建国 -C sample-data/hunan
  tourplan approve --tour T01 --by 周建国"
)]
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
    #[command(flatten)]
    pdf: pdf::Asked,
}

pub(super) fn run(args: &Args, common: &Common, output: &mut Output) -> Result<u8, Failure> {
    let opened = Opened::new(common, args.month.as_deref(), output)?.printing(args.pdf)?;
    let by = args.by.trim();
    if by.is_empty() {
        return Err(Failure::usage(Finding::new("M005")));
    }
    let _lock = opened.workspace.lock()?;
    let mut month = Month::open(&opened, output)?;
    let before = renew(&mut month.plan, &month.journal, &month.folder)?;
    let covers: Vec<String> = match &args.tour {
        Some(tour) => vec![tour.clone()],
        None if args.orders => vec![ORDERS.to_owned()],
        None => {
            let tours = month.plan.tours.iter().map(|tour| tour.id.clone());
            std::iter::once(ORDERS.to_owned()).chain(tours).collect()
        }
    };
    let mut placed = Vec::new();
    if covers.iter().any(|covers| covers == ORDERS) {
        match place(&mut month, &opened)? {
            Placed::Lines(lines) => placed = lines,
            Placed::TooLate(findings) => {
                // Nobody has seen the order as it is now: it is shown, and asked for again.
                let open = renew(&mut month.plan, &month.journal, &month.folder)?;
                month.publish(&open.changes, &opened, common, output)?;
                output.findings(&findings);
                return Ok(3);
            }
        }
    }
    for covers in &covers {
        let bytes = sign(
            &mut month.plan,
            &mut month.journal,
            covers,
            by,
            opened.today,
        )?;
        month.folder.insert(signed_file(covers), bytes);
    }
    let signed = |change: &&(String, Change)| covers.contains(&change.0);
    let now_signed: Vec<&(String, Change)> = before.changes.iter().filter(signed).collect();
    let mut open = before.changes.clone();
    open.retain(|change| !covers.contains(&change.0));
    let (id, approvals) = (month.plan.id.clone(), month.plan.approvals.clone());
    let name = month.plan.month.clone();
    month.publish(&open, &opened, common, output)?;
    if output.json {
        let signatures = covers.iter().filter_map(|covers| {
            let signature = approvals.get(covers)?;
            Some((covers.clone(), serde_json::json!(signature)))
        });
        output.json(&serde_json::json!({
            "status": 0, "month": name, "plan": id,
            "approvals": signatures.collect::<serde_json::Map<_, _>>(),
            "changed_since_last_signature": now_signed.len(),
            "placed": placed,
        }));
        return Ok(0);
    }
    for (covers, change) in &now_signed {
        output.say(&changed(covers, change, output.lang()));
    }
    if !placed.is_empty() {
        let pieces: u32 = placed.iter().map(|line| line.qty).sum();
        let said = match output.lang() {
            Lang::En => format!(
                "{} lines placed, {pieces} pieces: send orders.html out",
                placed.len()
            ),
            Lang::Zh => format!("已下单{}行，共{pieces}件：请发出 orders.html", placed.len()),
        };
        output.say(&said);
    }
    for covers in &covers {
        if let Some(signature) = approvals.get(covers) {
            let word = output.pick("approved by", "已审批：");
            let short: String = signature.sha256.chars().take(12).collect();
            let line = format!("{covers} {word} {by} {} (sha256 {short}…)\n", signature.on);
            output.result(counted(&line).as_bytes());
        }
    }
    Ok(0)
}

/// What became of the order.
enum Placed {
    /// These lines were placed; none where everything was before.
    Lines(Vec<OrderLine>),
    /// Some lines can no longer be there in time: nothing was placed, sources were sought again.
    TooLate(Vec<Finding>),
}

/// Places what the plan still wants ordered; nothing is placed twice.
fn place(month: &mut Month, opened: &Opened) -> Result<Placed, Failure> {
    if to_be_ordered(&month.plan).next().is_none() {
        return Ok(Placed::Lines(Vec::new()));
    }
    let ingested = opened.read(&[])?;
    let tables = &ingested.tables;
    let placing = lines_to_place(
        &month.plan,
        &tables.supply,
        &tables.catalogue,
        &tables.calendar,
        opened.today,
    );
    if !placing.findings.is_empty() {
        source_again(&mut month.plan, &month.journal, &ingested, opened.today);
        return Ok(Placed::TooLate(placing.findings));
    }
    let hashes = TableHashes::of(&ingested.files);
    month.journal.add(
        opened.today,
        Event::Ordered {
            lines: placing.lines.clone(),
            stock: hashes.stock,
            peers: hashes.peers,
        },
    );
    source_again(&mut month.plan, &month.journal, &ingested, opened.today);
    Ok(Placed::Lines(placing.lines))
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
