//! A vehicle in words.

use super::Ground;
use super::page::{Page, percent, words, yuan};
use super::vehicle::{ItemWhy, VehicleFacts};
use crate::domain::CallOutcome;
use crate::findings::Lang;
use crate::plan::model::{Callable, ItemReason, RestState, Status};

pub(super) fn tell(facts: &VehicleFacts, ground: &Ground<'_>, lang: Lang, page: &mut Page) {
    page.say(answer(facts, ground, lang));
    if let Some(waiting) = &facts.waiting {
        waiting.tell(ground, lang, page);
    }
    page.blank();
    tell_place(facts, lang, page);
    tell_call(facts, lang, page);
    tell_worth(facts, lang, page);
    tell_odometer(facts, lang, page);
    tell_items(facts, ground, lang, page);
    if !facts.bag.is_empty() {
        let bag: Vec<String> = facts
            .bag
            .iter()
            .map(|line| format!("{} {}×{}", line.part, line.name, line.qty))
            .collect();
        let bag = bag.join(", ");
        page.blank();
        page.say(words!(lang, "Its bag: {bag}.", "客户袋：{bag}。"));
    }
}

fn answer(facts: &VehicleFacts, ground: &Ground<'_>, lang: Lang) -> String {
    let known = [&facts.plate, &facts.model, &facts.customer];
    let known: Vec<&str> = known
        .into_iter()
        .map(String::as_str)
        .filter(|word| !word.is_empty() && *word != facts.vehicle)
        .collect();
    let who = format!("{} ({})", facts.vehicle, known.join(", "));
    let why = facts
        .waiting
        .as_ref()
        .map_or_else(String::new, |waiting| waiting.answer(ground, lang));
    let (visit, point) = (&facts.visit, &facts.point);
    let name = ground.point_name(point);
    match facts.status {
        Status::Visit => {
            let km = facts.km.unwrap_or(0.0);
            let order = facts.standing.as_ref().map_or_else(String::new, |standing| {
                let (own, rank) = (standing.per_hour, standing.rank);
                let (called, places) = (standing.called, standing.places);
                words!(
                    lang,
                    "its planning value of {own:.0} yuan per expected hour is number {rank} of the {called} called for it, and {places} have a place",
                    "每预计工时规划价值{own:.0}元，在该站{called}台被邀约车辆中列第{rank}，共{places}个名额"
                )
            });
            words!(
                lang,
                "{who} has a place on {visit} at {point} {name}, {km:.1} km away: {order}.",
                "{who}安排在{visit}，{point} {name}，距离{km:.1}公里：{order}。"
            )
        }
        Status::Waitlist => words!(
            lang,
            "{who} is on the waiting list of {visit} at {point} {name}: {why}.",
            "{who}在{visit}（{point} {name}）候补：{why}。"
        ),
        Status::Invite => words!(
            lang,
            "{who} is invited to the workshop: {why}.",
            "{who}邀约进店：{why}。"
        ),
        Status::Deferred => words!(
            lang,
            "{who} is not served this month: {why}.",
            "{who}本月顺延：{why}。"
        ),
    }
}

fn tell_place(facts: &VehicleFacts, lang: Lang, page: &mut Page) {
    let cell = &facts.cell;
    let place = [facts.county.as_str(), facts.town.as_str()].join(" ");
    let place = place.trim();
    if !cell.is_empty() {
        let guess = match (facts.place_uncertain, lang) {
            (true, Lang::En) => "; known to county level only",
            (true, Lang::Zh) => "；仅定位到县级",
            _ => "",
        };
        page.say(words!(
            lang,
            "Place: {place} (cell {cell}{guess}).",
            "位置：{place}（需求单元{cell}{guess}）。"
        ));
    }
    if let (Some(km), Some(share)) = (facts.km, facts.share) {
        let share = percent(share);
        page.say(words!(
            lang,
            "Distance: {km:.1} km to the point; {share} of customers come so far.",
            "距离：到服务点{km:.1}公里；该距离的到场比例{share}。"
        ));
    }
    if !facts.missing.is_empty() {
        let missing: Vec<&str> = facts
            .missing
            .iter()
            .map(|word| match (word.as_str(), lang) {
                ("model", Lang::Zh) => "车型",
                ("phone", Lang::Zh) => "电话",
                ("place", Lang::Zh) => "地址",
                (word, _) => word,
            })
            .collect();
        let missing = missing.join(", ");
        page.say(words!(lang, "Missing: {missing}.", "缺少：{missing}。"));
    }
}

fn tell_call(facts: &VehicleFacts, lang: Lang, page: &mut Page) {
    for (tour, state) in &facts.resting {
        page.say(match state {
            RestState::Suspended => words!(
                lang,
                "{tour}, on whose list it was, is suspended.",
                "所在名单的{tour}已暂停。"
            ),
            RestState::Cancelled => words!(
                lang,
                "{tour}, on whose list it was, was cancelled.",
                "所在名单的{tour}已取消。"
            ),
            RestState::PointClosed => words!(
                lang,
                "Its stop of {tour} was closed.",
                "{tour}的该到站点已关闭。"
            ),
        });
    }
    let Some(callable) = facts.callable else {
        return;
    };
    let (booking, caller) = (&facts.booking, &facts.caller);
    let text = match (callable, facts.call_date) {
        (Callable::DoNotCall, _) => words!(lang, "not to be called", "拒绝联系"),
        (Callable::NoPhone, _) => words!(lang, "no phone number", "无电话"),
        (Callable::Yes, Some(day)) => {
            words!(lang, "{caller} calls on {day}", "{day}由{caller}致电")
        }
        (Callable::Yes, None) => words!(lang, "nobody is free to call", "暂无人可致电"),
    };
    page.say(words!(
        lang,
        "Booking {booking}: {text}.",
        "预约编号{booking}：{text}。"
    ));
    let (slot, offered) = (&facts.slot, &facts.slot_offered);
    if !slot.is_empty() {
        page.say(words!(lang, "Slot booked: {slot}.", "已约时段：{slot}。"));
    } else if !offered.is_empty() {
        page.say(words!(
            lang,
            "Slot offered: {offered}.",
            "拟约时段：{offered}。"
        ));
    }
    if let Some(outcome) = facts.outcome {
        let said = said(outcome, lang);
        let on = facts
            .called_on
            .map_or_else(String::new, |day| format!(" ({day})"));
        page.say(words!(lang, "Answer: {said}{on}.", "答复：{said}{on}。"));
    }
}

fn said(outcome: CallOutcome, lang: Lang) -> &'static str {
    let (en, zh) = match outcome {
        CallOutcome::Coming => ("comes", "来"),
        CallOutcome::Undecided => ("undecided", "待定"),
        CallOutcome::Declined => ("does not come", "不来"),
        CallOutcome::NotReached => ("not reached", "未接通"),
        CallOutcome::WrongNumber => ("wrong number", "号码错误"),
        CallOutcome::CallLater => ("call again", "再联系"),
    };
    match lang {
        Lang::En => en,
        Lang::Zh => zh,
    }
}

fn tell_worth(facts: &VehicleFacts, lang: Lang, page: &mut Page) {
    let show = percent(facts.show_up);
    let (hours, check) = (facts.expected_hours, facts.free_check_hours);
    let value = yuan(facts.planning_value);
    page.say(words!(
        lang,
        "Expected: comes with {show} to a visit near by; {hours:.2} h = show-up × ({check:.1} h free check + Σ probability × hours); planning value {value} yuan.",
        "预计：附近有站时到场概率{show}；工时{hours:.2}小时＝到场概率×（免费检测{check:.1}小时＋Σ概率×工时）；规划价值{value}元。"
    ));
    if facts.key_customer {
        page.say(words!(lang, "Key customer.", "重点客户。"));
    }
}

fn tell_odometer(facts: &VehicleFacts, lang: Lang, page: &mut Page) {
    let Some(odometer) = &facts.odometer else {
        page.say(words!(
            lang,
            "Odometer: nothing known.",
            "里程：没有任何依据。"
        ));
        return;
    };
    let (mean, sd, daily) = (odometer.mean_km, odometer.sd_km, odometer.km_per_day);
    let basis = match (odometer.basis.as_str(), lang) {
        ("readings", Lang::En) => "its own readings",
        ("readings", Lang::Zh) => "本车里程记录",
        ("one_reading", Lang::En) => "one reading and its model's use",
        ("one_reading", Lang::Zh) => "一次里程记录和同车型用量",
        ("stated", Lang::En) => "the use stated",
        ("stated", Lang::Zh) => "登记的日均里程",
        ("age", Lang::En) => "its age and its model's use",
        ("age", Lang::Zh) => "车龄和同车型用量",
        (other, _) => other,
    };
    page.say(words!(
        lang,
        "Odometer (estimate for the middle of the month): {mean:.0} ± {sd:.0} km, {daily:.1} km a day, from {basis}.",
        "里程（月中估计）：{mean:.0}±{sd:.0}公里，日均{daily:.1}公里，依据：{basis}。"
    ));
}

fn tell_items(facts: &VehicleFacts, ground: &Ground<'_>, lang: Lang, page: &mut Page) {
    if facts.items.is_empty() {
        page.say(words!(
            lang,
            "No item is expected: only the free check.",
            "没有预测项目：仅免费检测。"
        ));
        return;
    }
    page.heading(words!(
        lang,
        "Items (probability once it comes, hours, price):",
        "项目（到场后的概率、工时、价格）："
    ));
    let mut items: Vec<&ItemWhy> = facts.items.iter().collect();
    items.sort_by(|a, b| {
        (a.workshop.cmp(&b.workshop))
            .then(b.p.total_cmp(&a.p))
            .then_with(|| a.item.cmp(&b.item))
    });
    for item in items {
        let note = match (item.agreed, item.workshop, lang) {
            (true, _, Lang::En) => "agreed",
            (true, _, Lang::Zh) => "已确认",
            (_, true, Lang::En) => "workshop only",
            (_, true, Lang::Zh) => "须进店",
            _ => "",
        };
        page.row(&[
            &item.item,
            &ground.item(&item.item, lang),
            &percent(item.p),
            &format!("{:.2} h", item.hours),
            &(item.labour + item.parts).to_string(),
            note,
            &because(&item.reason, lang),
        ]);
    }
}

/// Why an item is expected.
fn because(reason: &ItemReason, lang: Lang) -> String {
    let since = match (&*reason.counted_from, lang) {
        ("done", Lang::En) => "since last done",
        ("done", Lang::Zh) => "距上次施工",
        ("service", Lang::En) => "since the last service",
        ("service", Lang::Zh) => "距上次保养",
        (_, Lang::En) => "since new",
        (_, Lang::Zh) => "自新车起",
    };
    let amount = |km: Option<f64>, months: Option<f64>| {
        let km = km.map(|km| words!(lang, "{km:.0} km", "{km:.0}公里"));
        let months = months.map(|months| words!(lang, "{months:.1} months", "{months:.1}个月"));
        let both: Vec<String> = km.into_iter().chain(months).collect();
        both.join(" / ")
    };
    let ran = amount(reason.since_km, reason.since_months);
    let limit = amount(reason.interval_km, reason.interval_months);
    let severe = match (reason.severe, lang) {
        (true, Lang::En) => ", severe use",
        (true, Lang::Zh) => "，恶劣工况",
        _ => "",
    };
    match &*reason.rule {
        "interval" => words!(
            lang,
            "{ran} {since}; due every {limit}{severe}",
            "{since}{ran}；间隔{limit}{severe}"
        ),
        "wear" => words!(
            lang,
            "wear: {ran} {since}; typical life {limit}{severe}",
            "磨损：{since}{ran}；典型寿命{limit}{severe}"
        ),
        "campaign" => words!(lang, "campaign: listed until done", "服务活动：完成前有效"),
        "season" => words!(lang, "offered in this season", "季节项目"),
        "symptom" => words!(lang, "symptom told on the phone", "电话中描述的症状"),
        other => other.to_owned(),
    }
}
