//! Why a person is on a tour: what only he can do there, who else could have gone and why not.

use std::collections::BTreeMap;

use serde::Serialize;

use super::page::{Page, words};
use super::people::{TourWork, lack, on_tour, work_of};
use super::{Ground, Told, value};
use crate::crew::travels;
use crate::domain::{Date, Person};
use crate::findings::Lang;
use crate::plan::model::Tour;

#[derive(Debug, Serialize)]
struct PersonFacts {
    person: String,
    role: String,
    skills: Vec<String>,
    driver: bool,
    days_off: Vec<Date>,
    /// Hours planned in the month, driving included.
    hours: f64,
    tours: Vec<OnTour>,
    /// Tours without this person, with why.
    elsewhere: Vec<Other>,
    /// Calls by day.
    calls: BTreeMap<String, usize>,
    calls_per_day: u32,
}

/// One tour of the person.
#[derive(Debug, Serialize)]
struct OnTour {
    tour: String,
    role: String,
    driver: bool,
    days: Vec<(Date, f64)>,
    /// Skills needed there that nobody else on the tour has.
    only_here: Vec<String>,
    /// Skills shared with one other on the tour.
    shared: Vec<String>,
    work: TourWork,
    /// Everybody else who travels, and why not instead.
    others: Vec<Other>,
}

/// Somebody else, or another tour.
#[derive(Clone, Debug, PartialEq, Serialize)]
struct Other {
    person: String,
    tour: String,
    /// `day_off` · `on_tour` · `skill:…` · `skill_hours` · `driver` · `technicians` · `seats` · `leader` · `other` ·
    /// `could`: as well.
    why: String,
    /// Days off, or the tour in the way.
    by: Vec<String>,
    /// The other's hours in the month.
    hours: f64,
    /// The other's hours and the person's own, had they changed places on the tour.
    swapped: Option<(f64, f64)>,
}

pub(super) fn explain(ground: &Ground<'_>, name: &str, lang: Lang) -> Told {
    let facts = gather(ground, name);
    let mut page = Page::default();
    tell(&facts, lang, &mut page);
    (value(&facts), page)
}

fn gather(ground: &Ground<'_>, name: &str) -> PersonFacts {
    let plan = ground.plan;
    let crew = ground.ingested.tables.crew.iter();
    let known = crew.clone().find(|person| person.name == name);
    let mut calls: BTreeMap<String, usize> = BTreeMap::new();
    let mut seen: Vec<(&str, Option<Date>)> = Vec::new();
    for call in plan.calls.iter().filter(|call| call.caller == name) {
        // The vehicles of one contact are one call.
        let one = (call.contact.as_str(), call.call_date);
        if let (Some(day), false) = (call.call_date, seen.contains(&one)) {
            seen.push(one);
            *calls.entry(day.to_string()).or_default() += 1;
        }
    }
    let tours = plan.tours.iter();
    let on = |tour: &&Tour| on_tour(ground, &tour.id).contains(name);
    PersonFacts {
        person: name.to_owned(),
        role: known.map_or_else(String::new, |person| person.role.key().to_owned()),
        skills: known.map_or_else(Vec::new, |person| person.skills.iter().cloned().collect()),
        driver: known.is_some_and(|person| person.driver),
        days_off: known.map_or_else(Vec::new, |person| person.days_off.iter().copied().collect()),
        hours: hours_of(ground, name),
        tours: tours
            .clone()
            .filter(on)
            .map(|tour| of_tour(ground, tour, name))
            .collect(),
        elsewhere: known
            .filter(|person| travels(person))
            .map_or_else(Vec::new, |person| {
                let others = tours.filter(|tour| !on(tour));
                others
                    .filter_map(|tour| engaged(ground, tour, person))
                    .collect()
            }),
        calls,
        calls_per_day: known.map_or(0, |person| person.calls_per_day),
    }
}

fn hours_of(ground: &Ground<'_>, name: &str) -> f64 {
    let duties = ground.plan.crew.iter().filter(|duty| duty.person == name);
    duties.map(|duty| duty.hours).sum()
}

fn of_tour(ground: &Ground<'_>, tour: &Tour, name: &str) -> OnTour {
    let work = work_of(ground, tour);
    let duties = || {
        ground
            .plan
            .crew
            .iter()
            .filter(|duty| duty.tour == tour.id && duty.person == name)
    };
    let with = |others: usize| {
        let skills = work.skills.iter().filter(move |one| {
            one.holders.len() == others + 1 && one.holders.iter().any(|holder| holder == name)
        });
        skills.map(|one| one.skill.clone()).collect()
    };
    let crew = ground.ingested.tables.crew.iter();
    let others = crew.filter(|person| {
        travels(person) && !on_tour(ground, &tour.id).contains(person.name.as_str())
    });
    OnTour {
        tour: tour.id.clone(),
        role: duties()
            .next()
            .map_or_else(String::new, |duty| duty.role.clone()),
        driver: duties().any(|duty| duty.driver),
        days: duties().map(|duty| (duty.date, duty.hours)).collect(),
        only_here: with(0),
        shared: with(1),
        others: others
            .map(|other| instead(ground, tour, &work, name, other))
            .collect(),
        work,
    }
}

/// Why a person who travels cannot be on a tour on its days, if so.
fn engaged(ground: &Ground<'_>, tour: &Tour, person: &Person) -> Option<Other> {
    let mut other = Other {
        person: person.name.clone(),
        tour: tour.id.clone(),
        why: "day_off".to_owned(),
        by: Vec::new(),
        hours: hours_of(ground, &person.name),
        swapped: None,
    };
    let off = person.days_off.iter();
    let off = off.filter(|day| tour.depart <= **day && **day <= tour.ret);
    other.by = off.map(ToString::to_string).collect();
    if !other.by.is_empty() {
        return Some(other);
    }
    let meets = |one: &&Tour| {
        one.id != tour.id
            && one.depart <= tour.ret
            && tour.depart <= one.ret
            && on_tour(ground, &one.id).contains(person.name.as_str())
    };
    let away = ground.plan.tours.iter().find(meets)?;
    "on_tour".clone_into(&mut other.why);
    other.by = vec![away.id.clone()];
    Some(other)
}

/// Whether somebody could have gone in the person's place, and if not why.
fn instead(ground: &Ground<'_>, tour: &Tour, work: &TourWork, name: &str, other: &Person) -> Other {
    if let Some(engaged) = engaged(ground, tour, other) {
        return engaged;
    }
    let staying = on_tour(ground, &tour.id);
    let crew = ground.ingested.tables.crew.iter();
    let swapped: Vec<&Person> = crew
        .filter(|one| {
            one.name == other.name || (one.name != name && staying.contains(one.name.as_str()))
        })
        .collect();
    let short = lack(ground, tour, work, &swapped);
    let duties = ground.plan.crew.iter();
    let here = duties.filter(|duty| duty.tour == tour.id && duty.person == name);
    let here: f64 = here.map(|duty| duty.hours).sum();
    let hours = hours_of(ground, &other.name);
    Other {
        person: other.name.clone(),
        tour: tour.id.clone(),
        swapped: (short.is_none()).then(|| (hours + here, hours_of(ground, name) - here)),
        why: short.unwrap_or_else(|| "could".to_owned()),
        by: Vec::new(),
        hours,
    }
}

fn tell(facts: &PersonFacts, lang: Lang, page: &mut Page) {
    let (name, count, hours) = (&facts.person, facts.tours.len(), facts.hours);
    let skills = facts.skills.join(", ");
    let calls: usize = facts.calls.values().sum();
    if count == 0 && calls > 0 {
        let (days, most) = (facts.calls.len(), facts.calls_per_day);
        page.say(words!(
            lang,
            "{name} makes {calls} calls on {days} days of the month, at most {most} a day, and goes on no tour.",
            "{name}本月{days}天共致电{calls}个（每天最多{most}个），不随车。"
        ));
        for (day, calls) in &facts.calls {
            page.row(&[day, &calls.to_string()]);
        }
        return;
    }
    if count == 0 {
        page.say(words!(
            lang,
            "{name} goes on no tour this month: the crews chosen have every skill with the fewest people.",
            "{name}本月不随车：所选人员已用最少人数覆盖全部技能。"
        ));
    } else {
        page.say(words!(
            lang,
            "{name} goes on {count} tours with {hours:.1} planned hours in the month.",
            "{name}本月随{count}次巡回，计划工时{hours:.1}小时。"
        ));
    }
    let drives = match (facts.driver, lang) {
        (true, Lang::En) => "; drives",
        (true, Lang::Zh) => "；可驾驶",
        _ => "",
    };
    page.say(words!(
        lang,
        "Skills: {skills}{drives}.",
        "技能：{skills}{drives}。"
    ));
    for tour in &facts.tours {
        tell_tour(tour, facts.hours, lang, page);
    }
    if !facts.elsewhere.is_empty() {
        page.heading(words!(lang, "Not on:", "未随车："));
        for other in &facts.elsewhere {
            page.row(&[&other.tour, &why_not(other, facts.hours, lang)]);
        }
    }
}

fn tell_tour(on: &OnTour, hours: f64, lang: Lang, page: &mut Page) {
    let (tour, role) = (&on.tour, role(&on.role, lang));
    let drives = match (on.driver, lang) {
        (true, Lang::En) => ", drives the van",
        (true, Lang::Zh) => "，驾驶服务车",
        _ => "",
    };
    page.heading(words!(
        lang,
        "{tour} ({role}{drives}):",
        "{tour}（{role}{drives}）："
    ));
    let (only, shared) = (on.only_here.join(", "), on.shared.join(", "));
    if !only.is_empty() {
        page.say(words!(
            lang,
            "  Nobody else on it has: {only}.",
            "  同车其他人都没有的技能：{only}。"
        ));
    }
    if !shared.is_empty() {
        page.say(words!(
            lang,
            "  One other on it has too: {shared}.",
            "  同车另有一人具备：{shared}。"
        ));
    }
    tell_work(&on.work, lang, page);
    page.say(words!(
        lang,
        "  Who else could have gone:",
        "  还有谁可以去："
    ));
    for other in &on.others {
        page.row(&[&other.person, &why_not(other, hours, lang)]);
    }
}

fn tell_work(work: &TourWork, lang: Lang, page: &mut Page) {
    let planned = work.technicians;
    page.say(words!(
        lang,
        "  Hours of work per day ({planned} technicians planned):",
        "  每日工时（计划技师{planned}名）："
    ));
    match lang {
        Lang::En => page.row(&[
            "day",
            "expected",
            "offered",
            "9 days in 10",
            "technicians for that",
        ]),
        Lang::Zh => page.row(&["日期", "预计", "可用", "九成把握", "所需技师"]),
    }
    for day in &work.days {
        page.row(&[
            &day.date.to_string(),
            &format!("{:.1}", day.mean_hours),
            &format!("{:.1}", day.offered_hours),
            &format!("{:.1}", day.p90_hours),
            &day.technicians_for_p90.to_string(),
        ]);
    }
    page.say(words!(lang, "  Hours by skill:", "  按技能："));
    match lang {
        Lang::En => page.row(&[
            "skill",
            "hours",
            "most on a day (9 in 10)",
            "on this tour",
            "others",
        ]),
        Lang::Zh => page.row(&["技能", "工时", "单日九成把握最多", "本次人员", "其他人"]),
    }
    for one in &work.skills {
        let most = one.by_day.iter().map(|day| day.2).fold(0.0, f64::max);
        page.row(&[
            &one.skill,
            &format!("{:.1}", one.hours),
            &format!("{most:.1}"),
            &one.holders.join(" "),
            &one.others.join(" "),
        ]);
    }
}

fn role(key: &str, lang: Lang) -> &str {
    match (key, lang) {
        ("leader", Lang::Zh) => "负责人",
        ("technician", Lang::Zh) => "技师",
        (other, _) => other,
    }
}

fn why_not(other: &Other, own: f64, lang: Lang) -> String {
    let by = other.by.join(", ");
    match other.why.as_str() {
        "day_off" => words!(lang, "day off {by}", "休息：{by}"),
        "on_tour" => words!(lang, "on {by} then", "当时在{by}"),
        "skill_hours" => words!(
            lang,
            "the others would not have the hours for a skill",
            "某项技能的工时不够"
        ),
        "driver" => words!(lang, "nobody would drive", "无人驾驶"),
        "technicians" => words!(lang, "too few technicians", "技师不足"),
        "seats" => words!(lang, "no seat", "没有座位"),
        "leader" => words!(lang, "nobody would lead", "无人带队"),
        "could" => could(other, own, lang),
        why => match why.strip_prefix("skill:") {
            Some(skill) => words!(lang, "{skill} would be missing", "将缺少技能{skill}"),
            None => words!(
                lang,
                "the tours would not fit together",
                "与其他巡回无法兼顾"
            ),
        },
    }
}

/// Somebody who could have gone as well: what that would do to the load.
fn could(other: &Other, own: f64, lang: Lang) -> String {
    let hours = other.hours;
    let (then, left) = other.swapped.unwrap_or((hours, own));
    let squares = |a: f64, b: f64| a * a + b * b;
    // Planned hours differ a little between people on the same days.
    let even = if squares(then, left) < squares(hours, own) - 1.0 {
        words!(lang, "more even", "更均衡")
    } else {
        words!(lang, "no more even", "不会更均衡")
    };
    words!(
        lang,
        "could as well; the month's load would be {even}: {hours:.1} → {then:.1} h, {own:.1} → {left:.1} h",
        "也可以；全月负荷{even}：{hours:.1}→{then:.1}小时，{own:.1}→{left:.1}小时"
    )
}
