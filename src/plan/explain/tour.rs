//! Why a tour: what it brings and costs, its stops, and why on these days.

use serde::Serialize;
use serde_json::Value;

use super::desk::{Desk, OtherDay, Way};
use super::page::{Page, percent, words, yuan};
use super::visit::VisitFacts;
use super::{Ground, Said, value};
use crate::domain::{Date, Fen};
use crate::findings::{Failure, Finding, Lang};
use crate::plan::model::{RestState, Resting, Tour, TourCost};

#[derive(Debug, Serialize)]
struct TourFacts {
    tour: Tour,
    cost: Fen,
    /// Planning value of the places, yuan.
    places_value: f64,
    /// The month without it.
    without: Option<Way>,
    visits: Vec<VisitFacts>,
    other_days: Vec<OtherDay>,
    job_fill: Option<f64>,
    crew: Vec<String>,
}

/// A tour that a change took out of the month.
#[derive(Debug, Serialize)]
struct RestingFacts {
    tour: String,
    state: RestState,
    depart: Date,
    vehicles: usize,
}

pub(super) fn explain(ground: &Ground<'_>, id: &str, lang: Lang) -> Said {
    let rests = || ground.plan.resting.iter().rev();
    if let (None, Some(rest)) = (
        ground.plan.tour(id),
        rests().find(|rest| rest.tour.id == id),
    ) {
        return Ok(resting(rest, lang));
    }
    let desk = ground.desk()?;
    let facts = gather(ground, &desk, id).ok_or_else(|| {
        let finding = Finding::new("C010").arg("month", ground.month);
        Failure::input(finding.arg("message", format!("tours: {id}")))
    })?;
    let mut page = Page::default();
    tell(&facts, ground, lang, &mut page);
    let mut json = value(&facts);
    // The leader's phone is for notices; nobody dials from here.
    if let Some(tour) = json.get_mut("tour").and_then(|tour| tour.as_object_mut()) {
        tour.remove("leader_phone");
    }
    Ok((json, page))
}

fn resting(rest: &Resting, lang: Lang) -> (Value, Page) {
    let facts = RestingFacts {
        tour: rest.tour.id.clone(),
        state: rest.state,
        depart: rest.tour.depart,
        vehicles: rest.vehicles.len(),
    };
    let (tour, depart, vehicles) = (&facts.tour, facts.depart, facts.vehicles);
    let mut page = Page::default();
    page.say(match rest.state {
        RestState::Suspended => words!(
            lang,
            "{tour} (planned for {depart}) is suspended until a new day is set; its lists of {vehicles} vehicles are kept.",
            "{tour}（原定{depart}）已暂停，待定新日期；名单{vehicles}台车予以保留。"
        ),
        RestState::Cancelled | RestState::PointClosed => words!(
            lang,
            "{tour} (planned for {depart}) was cancelled; the {vehicles} vehicles on its lists wait for other tours in reach, or are deferred.",
            "{tour}（原定{depart}）已取消；名单上的{vehicles}台车等候其他可达巡回或顺延。"
        ),
    });
    (value(&facts), page)
}

fn gather(ground: &Ground<'_>, desk: &Desk<'_>, id: &str) -> Option<TourFacts> {
    let plan = ground.plan;
    let tour = plan.tour(id)?;
    let at = desk.tour(id)?;
    let visits: Vec<VisitFacts> = plan
        .visits_of(id)
        .filter_map(|visit| VisitFacts::of(ground, desk, &visit.id))
        .collect();
    let mut crew: Vec<String> = Vec::new();
    for duty in plan.crew.iter().filter(|duty| duty.tour == id) {
        if !crew.contains(&duty.person) {
            crew.push(duty.person.clone());
        }
    }
    Some(TourFacts {
        cost: tour.cost.total(),
        places_value: visits.iter().map(|visit| visit.places_value).sum(),
        without: desk.without_tour(at),
        visits,
        other_days: desk.other_days(at),
        job_fill: plan
            .kits
            .iter()
            .find(|kit| kit.tour == id)
            .map(|kit| kit.job_fill),
        crew,
        tour: tour.clone(),
    })
}

fn tell(facts: &TourFacts, ground: &Ground<'_>, lang: Lang, page: &mut Page) {
    let Tour {
        id,
        team,
        depart,
        ret,
        km,
        vehicles,
        waitlist,
        ..
    } = &facts.tour;
    let gain = facts.without.as_ref().map_or(0.0, |way| -way.change);
    let worth = yuan(gain);
    page.say(words!(
        lang,
        "{id} ({team}, {depart} … {ret}) goes because the month is worth {worth} yuan more with it than without.",
        "安排{id}（{team}，{depart}至{ret}），因为有它全月多得{worth}元。"
    ));
    let (value, cost) = (yuan(facts.places_value), facts.cost);
    page.say(words!(
        lang,
        "  {vehicles} places ({waitlist} waiting) bring a planning value of {value} yuan; it costs {cost} yuan.",
        "  {vehicles}个名额（候补{waitlist}）的规划价值{value}元；费用{cost}元。"
    ));
    let TourCost {
        travel,
        nights,
        team: crew,
        fees,
    } = facts.tour.cost;
    page.say(words!(
        lang,
        "  Of this, driving {travel} ({km:.0} km), nights {nights}, team {crew}, points {fees}.",
        "  其中行驶{travel}（{km:.0}公里）、住宿{nights}、班组{crew}、场地{fees}。"
    ));
    if let Some(fill) = facts.job_fill {
        let (fill, people) = (percent(fill), facts.crew.join(", "));
        page.say(words!(
            lang,
            "  Who goes: {people}. Parts on the van finish {fill} of the jobs that need any.",
            "  人员：{people}。车上配件可使{fill}的需件工单当场完工。"
        ));
    }
    page.heading(words!(lang, "Its stops:", "各站："));
    let heads = match lang {
        Lang::En => [
            "visit",
            "point",
            "days",
            "places",
            "hours",
            "offered",
            "value",
            "yuan/h more",
            "without it",
            "day more",
            "day less",
        ],
        Lang::Zh => [
            "到站",
            "服务点",
            "天数",
            "名额",
            "工时",
            "可用",
            "价值",
            "多1小时",
            "不去",
            "多一天",
            "少一天",
        ],
    };
    page.row(&heads);
    let change = |way: &Option<Way>| {
        way.as_ref()
            .map_or_else(|| "–".to_owned(), |way| format!("{:+.0}", way.change))
    };
    for visit in &facts.visits {
        let point = format!("{} {}", visit.point, ground.point_name(&visit.point));
        page.row(&[
            &visit.visit,
            &point,
            &visit.days.to_string(),
            &visit.vehicles.to_string(),
            &format!("{:.1}", visit.expected_hours),
            &format!("{:.1}", visit.capacity_hours),
            &format!("{:.0}", visit.places_value),
            &format!("{:.0}", visit.hour_price),
            &change(&visit.without),
            &change(&visit.day_more),
            &change(&visit.day_less),
        ]);
    }
    page.say(words!(
        lang,
        "  (yuan the month would change by, all customers placed anew as well as possible; – = not allowed)",
        "  （全月价值的变化，元；客户重新最优安排；– 表示不允许）"
    ));
    tell_days(facts, lang, page);
}

fn tell_days(facts: &TourFacts, lang: Lang, page: &mut Page) {
    let free: Vec<String> = facts
        .other_days
        .iter()
        .filter(|day| day.why == "free")
        .map(|day| day.depart.to_string())
        .collect();
    page.heading(words!(lang, "Why on these days:", "为何在这些天："));
    if free.is_empty() {
        page.say(words!(
            lang,
            "  No other day of the month can be its first: that would break a rule.",
            "  本月没有其他日期可作出发日：都会违反规则。"
        ));
    } else {
        let days = free.join(", ");
        page.say(words!(
            lang,
            "  It could as well leave on {days}: the plan values all days alike, and these rules stand against the others.",
            "  也可在{days}出发：各日期价值相同，其余日期受以下规则限制。"
        ));
    }
    let mut whys: Vec<(&'static str, String, usize)> = Vec::new();
    for day in facts.other_days.iter().filter(|day| day.why != "free") {
        match whys
            .iter_mut()
            .find(|(why, by, _)| *why == day.why && *by == day.by)
        {
            Some((_, _, days)) => *days += 1,
            None => whys.push((day.why, day.by.clone(), 1)),
        }
    }
    for (why, by, days) in whys {
        let reason = match why {
            "team_away" => words!(
                lang,
                "the team is on {by}, or would be home too short before or after it",
                "班组正在{by}，或前后在店天数不足"
            ),
            "point_closed" => words!(lang, "{by} is closed", "{by}不开放"),
            "rest_day" => words!(lang, "a rest day would fall into it", "含休息日"),
            "day_off" => words!(lang, "a day off of the team", "班组有休假"),
            "too_early" => words!(
                lang,
                "too early: customers could not be called in time",
                "太早：来不及提前邀约客户"
            ),
            "too_late" => words!(lang, "it would end after the month", "会超出本月"),
            _ => words!(
                lang,
                "driving or service hours of a day",
                "当日驾驶或服务工时不合规"
            ),
        };
        page.row(&[&super::page::days(days as u32, lang), &reason]);
    }
}
