//! `tourplan diff`: what differs between two plans.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::Common;
use super::output::Output;
use crate::domain::{Fen, Month};
use crate::findings::{Failure, Finding, Lang};
use crate::plan::difference::{
    Difference, Figure, OrderDifference, Place, PlaceKind, Stop, TourDifference, TourKind, TourSide,
};
use crate::plan::model::{self, Plan, Use};
use crate::workspace::Workspace;

/// Lines of a list printed to people; all of them stand in `--json`.
const SHOWN: usize = 15;

#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  tourplan diff 2026-11 2026-12 -C sample-data/hunan
  tourplan diff copy-of-monday/2026-12 plans/2026-12 --json")]
pub(super) struct Args {
    /// The plan before: a month's folder, its plan.json, or a month of the workspace
    #[arg(value_name = "BEFORE")]
    before: String,
    /// The plan after
    #[arg(value_name = "AFTER")]
    after: String,
}

pub(super) fn run(args: &Args, common: &Common, output: &mut Output) -> Result<u8, Failure> {
    // Two folders can be compared without a workspace; its language is taken where there is one.
    if let Ok(workspace) = Workspace::open(&common.dir) {
        output.settle_lang(workspace.settings.lang.as_deref());
    }
    let (before, after) = (read(&args.before, common)?, read(&args.after, common)?);
    let difference = Difference::between(&before, &after);
    if output.json {
        output.json(&serde_json::json!({
            "status": 0,
            "before": { "month": before.month, "plan": before.id },
            "after": { "month": after.month, "plan": after.id },
            "difference": difference,
        }));
    } else {
        let title = format!(
            "{} {} → {} {}\n",
            before.month, before.id, after.month, after.id
        );
        let text = title + &text(&difference, output.lang());
        output.result(text.as_bytes());
    }
    Ok(0)
}

/// A plan by folder, file or month.
pub(super) fn read(named: &str, common: &Common) -> Result<Plan, Failure> {
    let Some(path) = plan_file(named, &common.dir) else {
        let Some(month) = Month::parse(named) else {
            return Err(Failure::input(Finding::new("M100").value(named)));
        };
        let workspace = Workspace::open(&common.dir)?;
        return super::show::plan_of(&workspace.read_plan(month)?, month, Use::Looking);
    };
    let bytes = super::read_input(&path)?;
    model::read_plan(&bytes, Use::Looking)
        .map_err(|unread| Failure::input(unread.finding(&path.display().to_string())))
}

/// The file a name stands for, from here or from the workspace; `None` = no file of that name.
fn plan_file(named: &str, root: &Path) -> Option<PathBuf> {
    let from = [PathBuf::from(named), root.join(named)];
    from.into_iter().find_map(|path| {
        let inside = path.join("plan.json");
        if inside.is_file() {
            Some(inside)
        } else {
            path.is_file().then_some(path)
        }
    })
}

/// The difference in words.
pub(super) fn text(difference: &Difference, lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    let mut text = String::new();
    for figure in &difference.figures {
        let _ = writeln!(text, "  {}", figure_line(figure, lang));
    }
    let _ = match lang {
        Lang::En => writeln!(text, "tours: {} the same", difference.same_tours),
        Lang::Zh => writeln!(text, "巡回：{}次相同", difference.same_tours),
    };
    for tour in &difference.tours {
        let _ = writeln!(text, "  {}", tour_line(tour, lang));
    }
    let count = |kind| difference.count(kind);
    let (gained, lost) = (count(PlaceKind::Gained), count(PlaceKind::Lost));
    let (moved, slot) = (count(PlaceKind::Moved), count(PlaceKind::Slot));
    let list = count(PlaceKind::List);
    let _ = match lang {
        Lang::En => writeln!(
            text,
            "vehicles: {gained} gained a place, {lost} lost theirs, {moved} on another point or day, {slot} slots booked, moved or given up, {list} on another list"
        ),
        Lang::Zh => writeln!(
            text,
            "车辆：新得名额{gained}台，失去名额{lost}台，换地点或日期{moved}台，时段新约、改动或取消{slot}台，名单变化{list}台"
        ),
    };
    let told = difference
        .vehicles
        .iter()
        .filter(|one| one.kind != PlaceKind::List);
    let lines: Vec<String> = told
        .map(|one| {
            let (before, after) = (
                place(one.before.as_ref(), lang),
                place(one.after.as_ref(), lang),
            );
            format!("{}: {before} → {after}", one.vehicle)
        })
        .collect();
    listed(&mut text, &lines, lang);
    let parts: Vec<String> = difference
        .parts
        .iter()
        .map(|one| {
            let (old, new) = (
                one.before.unwrap_or_default(),
                one.after.unwrap_or_default(),
            );
            match lang {
                Lang::En => format!(
                    "{}: carried {} → {}, to order {} → {}, from peers {} → {}, short {} → {}",
                    one.part,
                    old.kit,
                    new.kit,
                    old.to_order,
                    new.to_order,
                    old.from_peer,
                    new.from_peer,
                    old.short,
                    new.short
                ),
                Lang::Zh => format!(
                    "{}：备料 {} → {}，待订 {} → {}，调货 {} → {}，缺 {} → {}",
                    one.part,
                    old.kit,
                    new.kit,
                    old.to_order,
                    new.to_order,
                    old.from_peer,
                    new.from_peer,
                    old.short,
                    new.short
                ),
            }
        })
        .collect();
    let _ = match lang {
        Lang::En => writeln!(text, "parts: {} with other quantities", parts.len()),
        Lang::Zh => writeln!(text, "配件：{}种数量有变", parts.len()),
    };
    listed(&mut text, &parts, lang);
    if !difference.orders.is_empty() {
        let word = if zh { "订单" } else { "orders" };
        let _ = writeln!(text, "{word}:");
        let lines: Vec<String> = difference.orders.iter().map(order_line).collect();
        listed(&mut text, &lines, lang);
    }
    text
}

/// The first lines of a list, and how many more there are.
fn listed(text: &mut String, lines: &[String], lang: Lang) {
    for line in lines.iter().take(SHOWN) {
        let _ = writeln!(text, "  {line}");
    }
    let more = lines.len().saturating_sub(SHOWN);
    if more > 0 {
        let _ = match lang {
            Lang::En => writeln!(text, "  … and {more} more (--json lists all)"),
            Lang::Zh => writeln!(text, "  … 另有{more}项（--json 列出全部）"),
        };
    }
}

fn figure_line(figure: &Figure, lang: Lang) -> String {
    let (en, zh) = match figure.key {
        "tours" => ("tours", "巡回次数"),
        "visits" => ("visits", "到站次数"),
        "team_days" => ("team days", "班组日"),
        "km" => ("km", "公里"),
        "places" => ("places on visits", "安排到站"),
        "waiting" => ("waiting", "候补"),
        "due_on_visit" => ("due vehicles with a place", "到期已安排"),
        "booked" => ("booked", "已预约"),
        "cost_yuan" => ("cost, yuan", "费用（元）"),
        "expected_income_yuan" => ("expected income, yuan", "预计收入（元）"),
        "contribution_yuan" => ("planning value less cost, yuan", "规划价值减费用（元）"),
        _ => ("value of the search, yuan", "求解目标值（元）"),
    };
    let money = figure.key.ends_with("_yuan");
    let shown = |number: f64| {
        if money {
            Fen::from_yuan(number).to_string()
        } else {
            format!("{number}")
        }
    };
    let change = if figure.difference == 0.0 {
        "=".to_owned()
    } else if figure.difference > 0.0 {
        format!("+{}", shown(figure.difference))
    } else {
        shown(figure.difference)
    };
    let (before, after) = (shown(figure.before), shown(figure.after));
    match lang {
        Lang::En => format!("{en}: {before} → {after} ({change})"),
        Lang::Zh => format!("{zh}：{before} → {after}（{change}）"),
    }
}

fn tour_line(tour: &TourDifference, lang: Lang) -> String {
    let (en, zh) = match tour.kind {
        TourKind::Added => ("added", "新增"),
        TourKind::Removed => ("removed", "取消"),
        TourKind::Changed => ("changed", "变更"),
    };
    let word = if lang == Lang::Zh { zh } else { en };
    match (&tour.before, &tour.after) {
        (Some(before), Some(after)) => {
            let trip = |side: &TourSide| side_text(side, lang);
            if before.is_trip_of(after) {
                let contribution = after.contribution_yuan - before.contribution_yuan;
                match lang {
                    Lang::En => format!(
                        "{word} {} {}: vehicles {} → {}, planning value less cost {contribution:+.2}",
                        name(before, after),
                        after.depart,
                        before.vehicles,
                        after.vehicles
                    ),
                    Lang::Zh => format!(
                        "{word} {} {}：车辆 {} → {}，规划价值减费用 {contribution:+.2}",
                        name(before, after),
                        after.depart,
                        before.vehicles,
                        after.vehicles
                    ),
                }
            } else {
                format!(
                    "{word} {}: {} → {}",
                    name(before, after),
                    trip(before),
                    trip(after)
                )
            }
        }
        (Some(side), None) | (None, Some(side)) => {
            format!("{word} {}: {}", side.id, side_text(side, lang))
        }
        (None, None) => word.to_owned(),
    }
}

fn name(before: &TourSide, after: &TourSide) -> String {
    if before.id == after.id {
        after.id.clone()
    } else {
        format!("{} → {}", before.id, after.id)
    }
}

fn side_text(side: &TourSide, lang: Lang) -> String {
    let stops: Vec<String> = side
        .stops
        .iter()
        .map(|Stop { point, days }| format!("{point}×{days}"))
        .collect();
    let (team, depart, ret, stops) = (&side.team, side.depart, side.ret, stops.join(" "));
    let (km, vehicles, cost) = (side.km, side.vehicles, side.cost);
    let value = Fen::from_yuan(side.contribution_yuan);
    match lang {
        Lang::En => format!(
            "{depart}…{ret} {team} [{stops}] {km:.0} km, {vehicles} vehicles, cost {cost}, value less cost {value}"
        ),
        Lang::Zh => format!(
            "{depart}…{ret} {team} [{stops}] {km:.0}公里，{vehicles}台，费用{cost}，价值减费用{value}"
        ),
    }
}

fn place(place: Option<&Place>, lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    let Some(place) = place else {
        return if zh { "不在名单" } else { "not called" }.to_owned();
    };
    let status = match (place.status, zh) {
        (crate::plan::model::Status::Visit, true) => "到站",
        (crate::plan::model::Status::Visit, false) => "visit",
        (crate::plan::model::Status::Waitlist, true) => "候补",
        (crate::plan::model::Status::Waitlist, false) => "waiting",
        (_, true) => "顺延",
        (_, false) => "not this month",
    };
    let day = if place.slot.is_empty() {
        place
            .first_day
            .map_or_else(String::new, |day| day.to_string())
    } else {
        place.slot.clone()
    };
    format!("{status} {} {} {day}", place.tour, place.point)
}

fn order_line(order: &OrderDifference) -> String {
    let shown = |qty: Option<u32>| qty.map_or_else(|| "–".to_owned(), |qty| qty.to_string());
    let (before, after) = (shown(order.before), shown(order.after));
    format!("{} {}: {before} → {after}", order.order, order.part)
}
