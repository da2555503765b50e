//! `tourplan due`: what is to be done today.

use std::fmt::Write as _;

use super::output::Output;
use super::{Common, Opened};
use crate::domain::{Date, Month};
use crate::findings::{Failure, Lang, counted};
use crate::month::{Task, What, agenda};
use crate::plan::model::Plan;

/// How many days ahead "soon" reaches.
const SOON_DAYS: i64 = 7;

#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  tourplan due -C sample-data/hunan
  tourplan due --today 2026-12-01 --json")]
pub(super) struct Args {
    /// The month, yyyy-mm
    #[arg(long, value_name = "YYYY-MM")]
    month: Option<String>,
}

pub(super) fn run(args: &Args, common: &Common, output: &mut Output) -> Result<u8, Failure> {
    let opened = Opened::new(common, args.month.as_deref(), output)?;
    let plan = super::show::read_plan(&opened)?;
    if output.json {
        let day = Day::of(&plan, opened.today);
        output.json(&serde_json::json!({
            "status": 0, "today": opened.today, "month": plan.month,
            "late": day.late, "now": day.now, "soon": day.soon,
        }));
    } else {
        output.result(counted(&text(&plan, opened.today, opened.month, output)).as_bytes());
    }
    Ok(0)
}

/// The agenda as one day sees it.
struct Day {
    late: Vec<Task>,
    now: Vec<Task>,
    soon: Vec<Task>,
}

impl Day {
    fn of(plan: &Plan, today: Date) -> Self {
        let mut day = Self {
            late: Vec::new(),
            now: Vec::new(),
            soon: Vec::new(),
        };
        for task in agenda(plan) {
            // Whether a call was made nobody has told; a signature, an order, goods counted and a closing show.
            let shows = matches!(
                task.what,
                What::ApproveOrders { .. }
                    | What::ApproveTour { .. }
                    | What::Order { .. }
                    | What::Receive { .. }
                    | What::Close { .. }
                    | What::FollowUp { .. }
                    | What::HandOver { .. }
            );
            if task.by < today {
                if shows {
                    day.late.push(task);
                }
            } else if task.by == today {
                day.now.push(task);
            } else if task.by.days_since(today) <= SOON_DAYS {
                day.soon.push(task);
            }
        }
        day
    }
}

/// What is late, to be done today, and soon.
pub(super) fn text(plan: &Plan, today: Date, month: Month, output: &Output) -> String {
    let day = Day::of(plan, today);
    let lang = output.lang();
    let mut text = String::new();
    let groups = [
        (output.pick("LATE", "已过期"), &day.late),
        (output.pick("today", "今天"), &day.now),
        (output.pick("within seven days", "七天内"), &day.soon),
    ];
    for (title, tasks) in groups.into_iter().filter(|(_, tasks)| !tasks.is_empty()) {
        let _ = writeln!(text, "{title}");
        for task in tasks {
            let weekday = match lang {
                Lang::En => task.by.weekday().english_name(),
                Lang::Zh => task.by.weekday().chinese(),
            };
            let _ = writeln!(
                text,
                "  {} {weekday}  {}",
                task.by,
                sentence(plan, task, lang)
            );
        }
    }
    if text.is_empty() {
        let next = agenda(plan).into_iter().find(|task| task.by > today);
        let _ = match (lang, next) {
            (Lang::En, Some(task)) => {
                writeln!(
                    text,
                    "nothing until {}: {}",
                    task.by,
                    sentence(plan, &task, lang)
                )
            }
            (Lang::Zh, Some(task)) => {
                writeln!(
                    text,
                    "{} 之前无事：{}",
                    task.by,
                    sentence(plan, &task, lang)
                )
            }
            (Lang::En, None) => writeln!(text, "nothing more to be done in {month}"),
            (Lang::Zh, None) => writeln!(text, "{month} 已无待办"),
        };
    }
    text
}

fn sentence(plan: &Plan, task: &Task, lang: Lang) -> String {
    match (&task.what, lang) {
        (
            What::Receive {
                supplier,
                mode,
                to,
                pieces,
                orders,
            },
            _,
        ) => receive(plan, (supplier, mode, to), *pieces, orders, lang),
        (what, Lang::En) => english(plan, what),
        (what, Lang::Zh) => chinese(plan, what),
    }
}

fn english(plan: &Plan, what: &What) -> String {
    match what {
        What::ApproveOrders { lines } => format!(
            "have the forecast order signed ({lines} lines): tourplan approve --orders --by NAME"
        ),
        What::ApproveTour { tour } => {
            format!("have {tour} signed: tourplan approve --tour {tour} --by NAME")
        }
        What::Order {
            supplier,
            mode,
            transfer,
            pieces,
            parts,
        } => {
            let names = names(plan, parts, Lang::En);
            if *transfer {
                format!("ask {supplier} for a transfer by {mode}: {pieces} pieces, {names}")
            } else {
                format!("order from {supplier} by {mode}: {pieces} pieces, {names}")
            }
        }
        What::Receive { .. } => String::new(),
        What::Call {
            tour,
            caller,
            contacts,
        } => format!("{contacts} calls for {tour}: {caller}"),
        What::Remind { tour, texts, calls } => {
            format!("{texts} texts and {calls} calls to remind customers of {tour}: texts.html")
        }
        What::Tell {
            tour,
            change,
            contacts,
        } => {
            format!("tell {contacts} contacts of the change of {tour}: changes/C{change:02}-{tour}")
        }
        What::Depart { tour, van, leader } => format!("{tour} leaves with {van}, leader {leader}"),
        What::Return { tour } => format!("{tour} comes home"),
        What::Close { tour } => format!("close {tour}: tourplan close --visits FILE… (job sheets)"),
        What::FollowUp { tour, calls } => format!("{calls} follow-up calls for {tour}"),
        What::HandOver { tour, vehicles } => {
            format!("{vehicles} hand-overs of {tour} end: ask the partners")
        }
    }
}

fn chinese(plan: &Plan, what: &What) -> String {
    match what {
        What::ApproveOrders { lines } => {
            format!("预测订货待审批（{lines}行）：tourplan approve --orders --by 姓名")
        }
        What::ApproveTour { tour } => {
            format!("{tour} 待审批：tourplan approve --tour {tour} --by 姓名")
        }
        What::Order {
            supplier,
            mode,
            transfer,
            pieces,
            parts,
        } => {
            let names = names(plan, parts, Lang::Zh);
            if *transfer {
                format!("向 {supplier} 调货（{mode}）{pieces}件：{names}")
            } else {
                format!("向 {supplier} 订货（{mode}）{pieces}件：{names}")
            }
        }
        What::Receive { .. } => String::new(),
        What::Call {
            tour,
            caller,
            contacts,
        } => format!("{tour} 邀约电话{contacts}个：{caller}"),
        What::Remind { tour, texts, calls } => {
            format!("{tour} 提醒客户：短信{texts}条、电话{calls}个，见 texts.html")
        }
        What::Tell {
            tour,
            change,
            contacts,
        } => format!("{tour} 变更需通知{contacts}位联系人，见 changes/C{change:02}-{tour}"),
        What::Depart { tour, van, leader } => {
            format!("{tour} 出发，车辆 {van}，负责人 {leader}")
        }
        What::Return { tour } => format!("{tour} 返回"),
        What::Close { tour } => format!("{tour} 收尾：tourplan close --visits 文件…（派工单）"),
        What::FollowUp { tour, calls } => format!("{tour} 回访{calls}台"),
        What::HandOver { tour, vehicles } => {
            format!("{tour} 转交{vehicles}台到期：请催办合作网点")
        }
    }
}

/// Goods expected, with what to do once they are there.
fn receive(
    plan: &Plan,
    (supplier, mode, to): (&str, &str, &str),
    pieces: u32,
    orders: &[String],
    lang: Lang,
) -> String {
    let first = orders.first().map_or("", String::as_str);
    let point = plan.point(to).map_or(to, |point| point.name.as_str());
    match (lang, to == "depot") {
        (Lang::En, true) => format!(
            "{pieces} pieces of {supplier} ({mode}) from {first} on: count them, tourplan receive --goods FILE; ask where they are late"
        ),
        (Lang::En, false) => format!(
            "{pieces} pieces of {supplier} ({mode}) from {first} on, sent to {point}: ask the host to count, tourplan receive --goods FILE"
        ),
        (Lang::Zh, true) => format!(
            "{supplier}（{mode}）到货{pieces}件，{first} 起：清点验收 tourplan receive --goods 文件；逾期请催货"
        ),
        (Lang::Zh, false) => format!(
            "{supplier}（{mode}）直寄 {point} {pieces}件，{first} 起：请对方清点，tourplan receive --goods 文件"
        ),
    }
}

/// The first three parts by name, and how many more.
fn names(plan: &Plan, parts: &[String], lang: Lang) -> String {
    let name = |part: &String| {
        let facts = plan.part_facts.get(part);
        facts.map_or_else(|| part.clone(), |facts| facts.name.clone())
    };
    let shown: Vec<String> = parts.iter().take(3).map(name).collect();
    let more = parts.len().saturating_sub(shown.len());
    match (lang, more) {
        (Lang::En, 0) => shown.join(", "),
        (Lang::En, more) => format!("{} and {more} more", shown.join(", ")),
        (Lang::Zh, 0) => shown.join("、"),
        (Lang::Zh, more) => format!("{}等，另{more}种", shown.join("、")),
    }
}
