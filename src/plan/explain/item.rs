//! Why a repair item is expected: where, how often, what it takes.

use std::collections::BTreeMap;

use serde::Serialize;

use super::page::{Page, words};
use super::{Ground, Told, value};
use crate::domain::Fen;
use crate::findings::Lang;
use crate::plan::model::Status;

#[derive(Debug, Serialize)]
struct ItemFacts {
    item: String,
    name: String,
    hours: f64,
    labour: Fen,
    skills: Vec<String>,
    on_site: bool,
    needs_lift: bool,
    tours: BTreeMap<String, OnTour>,
    /// Of vehicles with a place, by the kind of rule.
    rules: BTreeMap<String, usize>,
    /// Where it has to wait for the workshop: vehicles with a place.
    workshop: usize,
    parts: Vec<String>,
}

#[derive(Debug, Default, Serialize)]
struct OnTour {
    vehicles: usize,
    agreed: usize,
    /// Σ show-up × share × probability.
    expected: f64,
    /// The same × hours in the field.
    expected_hours: f64,
}

pub(super) fn explain(ground: &Ground<'_>, code: &str, lang: Lang) -> Told {
    let facts = gather(ground, code, lang);
    let mut page = Page::default();
    tell(&facts, lang, &mut page);
    (value(&facts), page)
}

fn gather(ground: &Ground<'_>, code: &str, lang: Lang) -> ItemFacts {
    let catalogue = &ground.ingested.tables.catalogue;
    let known = catalogue.items.get(code);
    let printed = ground.plan.items.get(code);
    let mut facts = ItemFacts {
        item: code.to_owned(),
        name: ground.item(code, lang),
        hours: printed.map_or(0.0, |item| item.hours),
        labour: printed.map_or(Fen(0), |item| item.labour_price),
        skills: known.map_or_else(Vec::new, |item| item.skills.iter().cloned().collect()),
        on_site: known.is_some_and(|item| item.on_site),
        needs_lift: known.is_some_and(|item| item.needs_lift),
        tours: BTreeMap::new(),
        rules: BTreeMap::new(),
        workshop: 0,
        parts: Vec::new(),
    };
    let bom = catalogue.bom.iter().filter(|line| line.item == code);
    for line in bom {
        if !facts.parts.contains(&line.part) {
            facts.parts.push(line.part.clone());
        }
    }
    let placed = ground.plan.vehicles.iter();
    for one in placed.filter(|one| one.status == Status::Visit) {
        facts.workshop += one
            .workshop_items
            .iter()
            .filter(|item| item.item == code)
            .count();
        for item in one.items.iter().filter(|item| item.item == code) {
            let joint = one.show_up * one.share * item.p;
            let tour = facts.tours.entry(one.tour.clone()).or_default();
            tour.vehicles += 1;
            tour.agreed += usize::from(item.agreed);
            tour.expected += joint;
            tour.expected_hours += joint * item.hours;
            *facts.rules.entry(item.reason.rule.to_string()).or_default() += 1;
        }
    }
    facts
}

fn tell(facts: &ItemFacts, lang: Lang, page: &mut Page) {
    let (code, name) = (&facts.item, &facts.name);
    let expected: f64 = facts.tours.values().map(|tour| tour.expected).sum();
    let hours: f64 = facts.tours.values().map(|tour| tour.expected_hours).sum();
    let vehicles: usize = facts.tours.values().map(|tour| tour.vehicles).sum();
    page.say(words!(
        lang,
        "{code} {name}: expected {expected:.2} times on the month's tours ({hours:.1} h), on {vehicles} vehicles that may need it.",
        "{code} {name}：本月巡回预计{expected:.2}次（{hours:.1}小时），可能需要的车辆{vehicles}台。"
    ));
    let (own, skills, price) = (facts.hours, facts.skills.join(", "), facts.labour);
    page.say(words!(
        lang,
        "  {own:.2} h in the workshop, skills: {skills}; labour {price} yuan.",
        "  店内工时{own:.2}小时，技能：{skills}；工时费{price}元。"
    ));
    if !facts.on_site {
        page.say(words!(lang, "  It needs the workshop.", "  须进店施工。"));
    } else if facts.needs_lift {
        page.say(words!(
            lang,
            "  Only at points with a lift.",
            "  仅在有举升机的服务点施工。"
        ));
    }
    let waiting = facts.workshop;
    if waiting > 0 {
        page.say(words!(
            lang,
            "  For {waiting} vehicles with a place it has to wait for the workshop.",
            "  到站车辆中有{waiting}台须另行进店施工。"
        ));
    }
    if !facts.tours.is_empty() {
        page.blank();
        match lang {
            Lang::En => page.row(&["tour", "vehicles", "agreed", "expected", "hours"]),
            Lang::Zh => page.row(&["巡回", "车辆", "已确认", "预计次数", "工时"]),
        }
    }
    for (tour, on) in &facts.tours {
        page.row(&[
            tour,
            &on.vehicles.to_string(),
            &on.agreed.to_string(),
            &format!("{:.2}", on.expected),
            &format!("{:.1}", on.expected_hours),
        ]);
    }
    let rules: Vec<String> = facts
        .rules
        .iter()
        .map(|(rule, count)| format!("{} {count}", rule_word(rule, lang)))
        .collect();
    if !rules.is_empty() {
        let rules = rules.join(", ");
        page.say(words!(lang, "Because of: {rules}.", "依据：{rules}。"));
    }
    if !facts.parts.is_empty() {
        let parts = facts.parts.join(", ");
        page.say(words!(
            lang,
            "Parts, by model: {parts}.",
            "所用配件（按车型）：{parts}。"
        ));
    }
}

fn rule_word(rule: &str, lang: Lang) -> &str {
    match (rule, lang) {
        ("interval", Lang::Zh) => "保养间隔",
        ("wear", Lang::Zh) => "磨损",
        ("campaign", Lang::Zh) => "服务活动",
        ("season", Lang::Zh) => "季节项目",
        ("symptom", Lang::Zh) => "电话症状",
        (other, _) => other,
    }
}
