//! `tourplan move`: a tour moved, suspended, resumed, cancelled, without its van, a person or a stop; change
//! notices and the list of whom to call.

use std::fmt::Write as _;

use super::make::{Effort, Known, make};
use super::output::Output;
use super::{Common, Opened, pdf};
use crate::domain::Date;
use crate::findings::{Failure, Lang, counted};
use crate::ingest::Ingested;
use crate::month::moving::{Asked, Moving, Rules, decide};
use crate::place::Matcher;
use crate::plan::model::{Change, Plan, RestState, TourChange};
use crate::plan::pipeline::{Given, PlanInputs, month_problem};
use crate::solve::territory::Problem;

#[derive(clap::Args, Debug)]
#[command(
    after_help = "Booked customers keep their time of day and point where that can be; the other tours stay as they are.
Everybody concerned stands in changes/, with old and new time and place.

Examples:
  tourplan move T02 --to 2026-12-15 --reason 大雾 -C sample-data/hunan
  tourplan move T02 --without 湘A·D1234 --today 2026-12-08"
)]
#[command(group = clap::ArgGroup::new("what").required(true))]
pub(super) struct Args {
    /// The tour, T01 …
    #[arg(value_name = "TOUR")]
    tour: String,
    /// Leave on this day instead; a suspended tour leaves then after all
    #[arg(long, value_name = "DATE", group = "what")]
    to: Option<String>,
    /// Not leave until further notice; places are kept
    #[arg(long, group = "what")]
    suspend: bool,
    /// Not leave at all; customers wait for other tours in reach
    #[arg(long, group = "what")]
    cancel: bool,
    /// Go without this van or this person; the reserve is named
    #[arg(long, value_name = "VAN|NAME", group = "what")]
    without: Option<String>,
    /// Not stop at this point: the host has cancelled
    #[arg(long, value_name = "POINT", group = "what")]
    close_point: Option<String>,
    /// Why, for the notice
    #[arg(long, value_name = "TEXT", default_value = "")]
    reason: String,
    /// The month, yyyy-mm
    #[arg(long, value_name = "YYYY-MM")]
    month: Option<String>,
    #[command(flatten)]
    pdf: pdf::Asked,
}

impl Args {
    fn asked(&self) -> Result<Asked, Failure> {
        if let Some(text) = &self.to {
            let day = Date::parse_iso(text);
            let day = day.ok_or_else(|| super::wrong(text, "--to", "yyyy-mm-dd"))?;
            return Ok(Asked::To(day));
        }
        let asked = match (&self.without, &self.close_point) {
            (Some(lost), _) => Asked::Without(lost.trim().to_owned()),
            (_, Some(point)) => Asked::ClosePoint(point.trim().to_owned()),
            _ if self.suspend => Asked::Suspend,
            _ => Asked::Cancel,
        };
        Ok(asked)
    }
}

pub(super) fn run(args: &Args, common: &Common, output: &mut Output) -> Result<u8, Failure> {
    let opened = Opened::new(common, args.month.as_deref(), output)?.printing(args.pdf)?;
    let asked = args.asked()?;
    let _lock = opened.workspace.lock()?;
    let mut known = Known::of(&opened, opened.workspace.read_plan(opened.month)?, output)?;
    let plan = known.plan(opened.month)?;
    output.step(output.pick("reading", "读取数据").to_owned());
    let ingested = opened.read(&[])?;
    let problem = problem(&opened, &ingested, &plan)?;
    let rules = Rules {
        problem: &problem,
        crew: &ingested.tables.crew,
        vans: &ingested.tables.vans,
    };
    let order = (args.tour.as_str(), &asked, args.reason.as_str());
    let moving = decide(&plan, &known.journal, &rules, order, opened.today)?;
    let (answers, _) = known.filled.answers();
    let advice = known.filled.advice();
    let moving: &Moving = known.moving.insert(moving);
    let last = moving.last.clone();
    let mut given = Given::of(&last, answers, advice);
    given.changing = Some(moving.tour().to_owned());
    let outcome = make(
        &opened,
        common,
        ingested,
        known,
        Some(&given),
        Effort::default(),
        output,
    )?;
    let Some(change) = outcome.plan.changes.last() else {
        return Ok(0);
    };
    if output.json {
        output.json(&serde_json::json!({
            "status": 0, "month": outcome.plan.month, "plan": outcome.plan.id,
            "change": change, "findings": outcome.plan.findings,
        }));
    } else {
        let line = sentence(change, output.lang());
        output.result(counted(&format!("{line}\n")).as_bytes());
    }
    Ok(0)
}

/// The month's days, teams, points and limits as the tables are now.
fn problem(opened: &Opened, ingested: &Ingested, plan: &Plan) -> Result<Problem, Failure> {
    let own = opened.workspace.gazetteer()?;
    let own = own.as_ref().map(Matcher::new);
    month_problem(&PlanInputs {
        ingested,
        settings: opened.settings(),
        places: opened.places(own.as_ref()),
        month: opened.month,
        today: opened.today,
        seed: plan.seed,
        effort: None,
        stop: None,
        given: None,
        roads: Some(&|wanted| opened.roads.answers(opened.settings(), wanted, &|_, _| {})),
        rows: None,
        progress: &|_| {},
    })
}

/// One change in a line: what was done, whom to tell, what it costs.
pub(super) fn sentence(change: &TourChange, lang: Lang) -> String {
    let tour = &change.tour;
    let nobody = |reserve: &String| match (reserve.is_empty(), lang) {
        (true, Lang::En) => "nobody".to_owned(),
        (true, Lang::Zh) => "无人".to_owned(),
        _ => reserve.clone(),
    };
    let mut text = match (&change.change, lang) {
        (Change::Moved { from, to }, Lang::En) => format!("{tour} moved from {from} to {to}"),
        (Change::Moved { from, to }, Lang::Zh) => format!("{tour} 由{from}改期至{to}"),
        (Change::Suspended { from }, Lang::En) => format!("{tour} of {from} suspended"),
        (Change::Suspended { from }, Lang::Zh) => format!("{tour}（{from}）暂停"),
        (Change::Cancelled { from }, Lang::En) => format!("{tour} of {from} cancelled"),
        (Change::Cancelled { from }, Lang::Zh) => format!("{tour}（{from}）取消"),
        (
            Change::WithoutVan { van: lost, reserve }
            | Change::WithoutPerson {
                person: lost,
                reserve,
            },
            Lang::En,
        ) => format!("{tour} without {lost}, {} instead", nobody(reserve)),
        (
            Change::WithoutVan { van: lost, reserve }
            | Change::WithoutPerson {
                person: lost,
                reserve,
            },
            Lang::Zh,
        ) => format!("{tour} 缺{lost}，由{}接替", nobody(reserve)),
        (Change::WithoutPoint { point }, Lang::En) => format!("{tour} no longer stops at {point}"),
        (Change::WithoutPoint { point }, Lang::Zh) => format!("{tour} 不再停靠 {point}"),
    };
    let contacts = change.contacts();
    let booked = change.concerned.iter().filter(|one| one.booked).count();
    let (before, now) = (change.cost_before, change.cost_now);
    let _ = match lang {
        Lang::En => write!(
            text,
            ": {} to tell ({booked} vehicles booked), changes/C{:02}-{tour}; cost {before} → {now} yuan",
            contacts, change.number
        ),
        Lang::Zh => write!(
            text,
            "：需通知{}位联系人（已预约{booked}台），见 changes/C{:02}-{tour}；费用 {before} → {now} 元",
            contacts, change.number
        ),
    };
    text
}

/// What was changed about the month's tours and which of them rest, a line each; empty where nothing was.
pub(super) fn standing(plan: &Plan, lang: Lang) -> String {
    let mut text = String::new();
    for rest in plan
        .resting
        .iter()
        .filter(|r| r.state != RestState::PointClosed)
    {
        let (id, depart) = (&rest.tour.id, rest.tour.depart);
        let _ = match (rest.state, lang) {
            (RestState::Suspended, Lang::En) => writeln!(
                text,
                "{id} SUSPENDED (was {depart}), {} vehicles keep their word: tourplan move {id} --to DATE",
                rest.vehicles.len()
            ),
            (RestState::Suspended, Lang::Zh) => writeln!(
                text,
                "{id} 已暂停（原{depart}），保留{}台车的名单：tourplan move {id} --to 日期",
                rest.vehicles.len()
            ),
            (_, Lang::En) => writeln!(text, "{id} CANCELLED (was {depart})"),
            (_, Lang::Zh) => writeln!(text, "{id} 已取消（原{depart}）"),
        };
    }
    for change in &plan.changes {
        let _ = writeln!(text, "C{:02} {}", change.number, sentence(change, lang));
    }
    text
}
