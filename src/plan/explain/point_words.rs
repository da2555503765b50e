//! A point in words.

use super::Ground;
use super::desk::Way;
use super::page::{Page, days, words, yuan};
use super::point::{PointFacts, Verdict};
use crate::findings::Lang;

pub(super) fn tell(facts: &PointFacts, ground: &Ground<'_>, lang: Lang, page: &mut Page) {
    let (id, name) = (&facts.point, &facts.name);
    if facts.visits.is_empty() {
        page.say(not_visited(&facts.verdict, ground, lang));
    } else {
        for visit in &facts.visits {
            visit.tell(ground, lang, page);
        }
    }
    page.heading(words!(
        lang,
        "The point {id} {name}:",
        "服务点{id} {name}："
    ));
    let yes = |flag: bool| match (flag, lang) {
        (true, Lang::En) => "yes",
        (false, Lang::En) => "no",
        (true, Lang::Zh) => "有",
        (false, Lang::Zh) => "无",
    };
    let (bays, lift, fee) = (facts.bays, yes(facts.lift), yuan(facts.fee_per_day));
    let (km, hours) = (facts.verdict.km, facts.verdict.hours);
    page.say(words!(
        lang,
        "  {bays} bays, lift: {lift}, fee {fee} yuan a day; {km:.1} km and {hours:.2} h from the depot.",
        "  工位{bays}个，举升机：{lift}，场地费每天{fee}元；距出发地{km:.1}公里、{hours:.2}小时。"
    ));
    if let Some(open) = facts.open_days {
        let open = days(open as u32, lang);
        page.say(words!(
            lang,
            "  Open on {open} of the month.",
            "  本月开放{open}。"
        ));
    }
    if let Some(most) = facts.max_days {
        let most = days(most, lang);
        page.say(words!(
            lang,
            "  At most {most} in the month.",
            "  全月最多使用{most}。"
        ));
    }
    let reach = &facts.verdict.reach;
    let (vehicles, hours) = (reach.vehicles, reach.hours);
    let (all, new) = (yuan(reach.value), yuan(reach.new_value));
    page.say(words!(
        lang,
        "  In reach: {vehicles:.0} vehicles with {hours:.1} expected hours worth {all} yuan there (planning value); beyond what the plan gets from them at other points already: {new} yuan.",
        "  覆盖车辆{vehicles:.0}台，预计工时{hours:.1}小时，在此的规划价值{all}元；其中计划尚未在其他服务点取得的：{new}元。"
    ));
}

/// Why a point is not visited, in a sentence or two.
pub(super) fn not_visited(verdict: &Verdict, ground: &Ground<'_>, lang: Lang) -> String {
    let (id, name) = (&verdict.point, ground.point_name(&verdict.point));
    let limit = ground.plan.settings.tour.max_drive_hours_per_day;
    let hours = verdict.hours;
    match verdict.why {
        "never" => words!(
            lang,
            "{id} {name} is not visited: it is not to be used this month.",
            "不去{id} {name}：本月规定不使用该点。"
        ),
        "closed" => words!(
            lang,
            "{id} {name} is not visited: it is open on no workday a tour could be there.",
            "不去{id} {name}：可出车的工作日里该点均不开放。"
        ),
        "too_far" => words!(
            lang,
            "{id} {name} is not visited: it is too far; {hours:.2} h there and as many back leave no tour within {limit:.1} h of driving a day and the least service hours.",
            "不去{id} {name}：距离太远，单程{hours:.2}小时，无法满足每日驾驶不超过{limit:.1}小时和最少服务工时。"
        ),
        "not_on_map" => words!(
            lang,
            "{id} {name} is not visited: its place could not be found, so no tour can be planned there.",
            "不去{id} {name}：地址无法定位，不能排入巡回。"
        ),
        "nobody" => words!(
            lang,
            "{id} {name} is not visited: no customer is in its reach.",
            "不去{id} {name}：覆盖范围内没有客户。"
        ),
        "no_room" => words!(
            lang,
            "{id} {name} is not visited: beside or in place of the month's tours no team can be there within nights, driving and open days.",
            "不去{id} {name}：在现有巡回之外或替换其中一站，都无法满足过夜、驾驶和开放日的限制。"
        ),
        "visited" => words!(lang, "{id} {name} is visited.", "{id} {name}本月到站。"),
        _ => weighed(verdict, ground, lang),
    }
}

fn weighed(verdict: &Verdict, ground: &Ground<'_>, lang: Lang) -> String {
    let (id, name) = (&verdict.point, ground.point_name(&verdict.point));
    let Some(way) = &verdict.best else {
        return String::new();
    };
    let (short, how) = (yuan(way.change.abs()), how(way, lang));
    let (brings, cost) = (yuan(way.brings), yuan(way.cost));
    let (hours, km) = (way.hours, way.km);
    if verdict.why == "better_plan" {
        return words!(
            lang,
            "{id} {name} is not visited because the search did not come upon it: {how} would make the month worth {short} yuan more. Plan again with more --effort.",
            "未去{id} {name}是因为搜索未找到：若{how}，全月可多得{short}元。请用更大的 --effort 重新排程。"
        );
    }
    // What the rest of the month loses or gains is what is left between the sum and its known parts.
    let elsewhere = yuan(way.change + way.cost - way.brings);
    words!(
        lang,
        "{id} {name} is not visited: it is not worth it. The best way found ({how}) falls {short} yuan short: its {hours:.1} h there would bring {brings} yuan not got elsewhere, the month's costs change by {cost} ({km:+.0} km), and what the other stops bring by {elsewhere}.",
        "不去{id} {name}：不划算。找到的最好办法（{how}）比现计划少{short}元：在此{hours:.1}小时可新增{brings}元，全月费用变化{cost}元（{km:+.0}公里），其他各站所得变化{elsewhere}元。"
    )
}

/// A way to visit a point, in a few words.
pub(super) fn how(way: &Way, lang: Lang) -> String {
    let Way {
        tour,
        given_up,
        team,
        depart,
        ..
    } = way;
    let days = days(way.days, lang);
    match way.how {
        "alone" => words!(
            lang,
            "a tour of its own, {team} from {depart}, {days}",
            "单独一次巡回，{team}，{depart}出发，{days}"
        ),
        "stop" => words!(
            lang,
            "{days} as a further stop of {tour}",
            "作为{tour}的增加一站，{days}"
        ),
        "in_place_of" => words!(
            lang,
            "{days} on {tour} in place of {given_up}",
            "在{tour}中替换{given_up}，{days}"
        ),
        _ => words!(
            lang,
            "{days} instead of all of {tour}",
            "取代整个{tour}，{days}"
        ),
    }
}
