//! Why a point is visited, or why not: who is in its reach, and the best way found to visit it.

use serde::Serialize;

use super::desk::{Desk, Way};
use super::page::Page;
use super::visit::VisitFacts;
use super::{Ground, Said, point_words, value};
use crate::findings::Lang;

/// A point.
#[derive(Debug, Serialize)]
pub(super) struct PointFacts {
    pub(super) point: String,
    pub(super) name: String,
    pub(super) county: String,
    pub(super) bays: u32,
    pub(super) lift: bool,
    pub(super) receives_goods: bool,
    pub(super) fee_per_day: f64,
    /// Days of the month it is open on; `None` = every day.
    pub(super) open_days: Option<usize>,
    pub(super) max_days: Option<u32>,
    pub(super) verdict: Verdict,
    pub(super) visits: Vec<VisitFacts>,
}

/// Whether a point is visited, and if not why.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Verdict {
    pub(super) point: String,
    /// `visited` · `not_on_map` · `never` · `closed` · `too_far` · `nobody` in reach · `no_room` in the calendar ·
    /// `not_worth` it · `better_plan`: the search missed it.
    pub(super) why: &'static str,
    /// Road km and hours from the depot.
    pub(super) km: f64,
    pub(super) hours: f64,
    pub(super) reach: Reach,
    /// The best way found to visit it; `None` where there is none or it is visited.
    pub(super) best: Option<Way>,
}

/// Who could come to a point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub(super) struct Reach {
    pub(super) vehicles: f64,
    /// Expected hours of those who would come.
    pub(super) hours: f64,
    /// Their planning value there, yuan.
    pub(super) value: f64,
    /// Of this, what the plan does not get at other points already, yuan.
    pub(super) new_value: f64,
}

pub(super) fn explain(ground: &Ground<'_>, id: &str, lang: Lang) -> Said {
    let desk = ground.desk()?;
    let facts = gather(ground, &desk, id);
    let mut page = Page::default();
    point_words::tell(&facts, ground, lang, &mut page);
    Ok((value(&facts), page))
}

fn gather(ground: &Ground<'_>, desk: &Desk<'_>, id: &str) -> PointFacts {
    let point = ground.ingested.tables.points.iter();
    let point = point.clone().find(|point| point.id == id);
    let planned = ground.plan.point(id);
    let posed = desk.point(id).map(|at| &desk.problem.points[at]);
    let visits = ground.plan.visits.iter().filter(|visit| visit.point == id);
    PointFacts {
        point: id.to_owned(),
        name: ground.point_name(id).to_owned(),
        county: planned.map_or_else(String::new, |point| point.county.clone()),
        bays: point.map_or(0, |point| point.bays),
        lift: point.is_some_and(|point| point.lift),
        receives_goods: point.is_some_and(|point| point.receives_goods),
        fee_per_day: posed.map_or(0.0, |point| point.fee_per_day),
        open_days: posed.and_then(|point| Some(point.open.as_ref()?.len())),
        max_days: posed.and_then(|point| point.max_days),
        verdict: verdict(desk, id),
        visits: visits
            .filter_map(|visit| VisitFacts::of(ground, desk, &visit.id))
            .collect(),
    }
}

/// Judges a point at the plan's prices.
pub(super) fn verdict(desk: &Desk<'_>, id: &str) -> Verdict {
    let mut verdict = Verdict {
        point: id.to_owned(),
        why: "not_on_map",
        km: 0.0,
        hours: 0.0,
        reach: Reach::default(),
        best: None,
    };
    let Some(at) = desk.point(id) else {
        return verdict;
    };
    let problem = desk.problem;
    (verdict.km, verdict.hours) = (problem.legs.km[0][at + 1], problem.legs.hours[0][at + 1]);
    for pair in problem.pairs.iter().filter(|pair| pair.point == at) {
        let cell = &problem.cells[pair.cell];
        verdict.reach.vehicles += cell.vehicles;
        verdict.reach.hours += pair.share * cell.hours;
        verdict.reach.value += pair.share * cell.value - pair.cost;
    }
    verdict.reach.new_value = desk.prices.worth(problem, at, f64::INFINITY);
    let mut stops = desk.tours.iter().flat_map(|tour| &tour.stops);
    if stops.any(|stop| stop.point == id) {
        verdict.why = "visited";
        return verdict;
    }
    if let Some(why) = desk.barred(at) {
        verdict.why = why;
        return verdict;
    }
    if verdict.reach.vehicles == 0.0 {
        verdict.why = "nobody";
        return verdict;
    }
    verdict.best = desk.best_with(at);
    verdict.why = match &verdict.best {
        None => "no_room",
        Some(way) if way.change > 0.005 => "better_plan",
        Some(_) => "not_worth",
    };
    verdict
}
