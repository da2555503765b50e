//! `tourplan show`: the plan in the terminal.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::output::Output;
use super::{Common, Opened};
use crate::findings::{Failure, Lang};
use crate::plan::model::{self, Plan, RoadSources, Use};

#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  tourplan show -C sample-data/hunan
  tourplan show 2026-12 --json")]
pub(super) struct Args {
    /// The month, yyyy-mm
    #[arg(value_name = "PLAN")]
    month: Option<String>,
}

pub(super) fn run(args: &Args, common: &Common, output: &mut Output) -> Result<u8, Failure> {
    let opened = Opened::new(common, args.month.as_deref(), output)?;
    let plan = read_plan(&opened)?;
    if output.json {
        output.json(&serde_json::json!({
            "status": 0, "month": plan.month, "plan": plan.id, "figures": plan.figures,
            "travel": plan.travel, "tours": plan.tours, "visits": plan.visits, "changes": plan.changes,
            "resting": plan.resting.iter().map(|rest| serde_json::json!({
                "tour": rest.tour.id, "state": rest.state, "depart": rest.tour.depart,
                "vehicles": rest.vehicles.len() })).collect::<Vec<_>>(),
        }));
    } else {
        output.result(format!("{}\n", summary(&plan, output)).as_bytes());
    }
    Ok(0)
}

/// Reads plan.json back.
pub(super) fn read_plan(opened: &Opened) -> Result<Plan, Failure> {
    let folder = opened.workspace.read_plan(opened.month)?;
    plan_of(&folder, opened.month, Use::Looking)
}

/// The plan in a folder's files.
pub(super) fn plan_of(
    folder: &BTreeMap<String, Vec<u8>>,
    month: crate::domain::Month,
    purpose: Use,
) -> Result<Plan, Failure> {
    let bytes = folder.get("plan.json").map_or(&[][..], Vec::as_slice);
    model::read_plan(bytes, purpose)
        .map_err(|unread| Failure::input(unread.finding(&month.to_string())))
}

/// The month in a screenful.
pub(super) fn summary(plan: &Plan, output: &Output) -> String {
    let figures = &plan.figures;
    let status = |key: &str| figures.by_status.get(key).copied().unwrap_or(0);
    let gap = plan.search.gap.map_or_else(String::new, |gap| {
        let (percent, standing) = (gap * 100.0, plan.search.standing);
        match (output.lang(), standing) {
            (Lang::En, 0) => format!("; within {percent:.1} % of the best possible"),
            (Lang::Zh, 0) => format!("；与理论最优相差不超过 {percent:.1}%"),
            (Lang::En, _) => format!(
                "; within {percent:.1} % of the best possible (tours that stand: {standing})"
            ),
            (Lang::Zh, _) => {
                format!("；在保留{standing}次巡回的前提下与理论最优相差不超过 {percent:.1}%")
            }
        }
    });
    let mut text = match output.lang() {
        Lang::En => format!(
            "{} plan {}: {} tours, {} team days, {:.0} km, cost {} yuan{gap}\n{} places on visits, {} waiting, {} invited to the workshop, {} deferred; {} of {} due vehicles have a place\n",
            plan.month,
            plan.id,
            plan.tours.len(),
            figures.team_days,
            figures.km,
            figures.cost,
            status("visit"),
            status("waitlist"),
            status("invite"),
            status("deferred"),
            figures.due_on_visit,
            figures.due,
        ),
        Lang::Zh => format!(
            "{} 计划 {}：{}次巡回，{}个班组日，{:.0}公里，费用{}元{gap}\n安排到站{}台，候补{}台，邀约进店{}台，顺延{}台；到期{}台中已安排{}台\n",
            plan.month,
            plan.id,
            plan.tours.len(),
            figures.team_days,
            figures.km,
            figures.cost,
            status("visit"),
            status("waitlist"),
            status("invite"),
            status("deferred"),
            figures.due,
            figures.due_on_visit,
        ),
    };
    let _ = writeln!(text, "{}", roads(plan, output.lang()));
    text.push_str(&super::outlook::text(plan, output.lang()));
    for tour in &plan.tours {
        let stops: Vec<String> = plan
            .visits_of(&tour.id)
            .map(|visit| {
                let point = plan.point(&visit.point);
                let name = point.map_or(visit.point.as_str(), |point| point.county.as_str());
                format!("{name} {}/{}", visit.point, visit.vehicles)
            })
            .collect();
        let _ = writeln!(
            text,
            "{} {} → {} {:>5.0} km {:>5.1}/{:<5.1} h {} {}",
            tour.id,
            tour.depart,
            tour.ret,
            tour.km,
            tour.expected_hours,
            tour.service_hours,
            tour.team,
            stops.join(" → ")
        );
    }
    text.push_str(&super::moving::standing(plan, output.lang()));
    text.trim_end().to_owned()
}

/// Where the distances come from.
fn roads(plan: &Plan, lang: Lang) -> String {
    if plan.travel.legs.all() + plan.travel.customers.all() == 0 {
        // Plans of the first form did not count them.
        let mode = &plan.travel.mode;
        return match lang {
            Lang::En => format!("roads: {mode}; not counted in this plan"),
            Lang::Zh => format!("道路距离：{mode}，本计划未统计来源"),
        };
    }
    let of = |sources: RoadSources| match lang {
        Lang::En => format!(
            "{} by the routing server, {} by matrix.csv, {} estimated",
            sources.server, sources.matrix, sources.estimated
        ),
        Lang::Zh => format!(
            "路线服务器{}段，matrix.csv {}段，估算{}段",
            sources.server, sources.matrix, sources.estimated
        ),
    };
    let (legs, customers) = (of(plan.travel.legs), of(plan.travel.customers));
    match lang {
        Lang::En => {
            format!("roads between depot and points: {legs}; from customers' places: {customers}")
        }
        Lang::Zh => format!("门店与服务点之间：{legs}；客户至服务点：{customers}"),
    }
}
