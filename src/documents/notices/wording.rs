//! The words of texts to customers, from the catalogue's templates.
//!
//! Responsible for: filling placeholders with values of the plan on one line, never twice: a customer
//! called `{phone}` stays that. Not responsible for: who gets which text when.

use std::collections::BTreeMap;

use super::{label, slot_parts};
use crate::documents::call_view::item_name;
use crate::documents::{DocumentSet, Messages};
use crate::domain::Date;
use crate::findings::Lang;
use crate::plan::model::{CalledVehicle, Channel, PlanPoint, ReminderKind, Tour};

/// Item names are listed up to so many characters; more are counted.
const MOST_ITEM_CHARS: usize = 16;

/// `template` with every `{name}` replaced, in one pass; an unknown name stays as it is.
pub(super) fn fill(template: &str, values: &[(&str, String)]) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let known = after.split_once('}').and_then(|(name, after)| {
            let (_, value) = values.iter().find(|(known, _)| *known == name)?;
            Some((value, after))
        });
        rest = if let Some((value, after)) = known {
            text.push_str(value);
            after
        } else {
            text.push('{');
            after
        };
    }
    text.push_str(rest);
    one_line(&text)
}

/// Without line breaks, control characters and doubled blanks: a text message is one line.
fn one_line(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `12月10日周四`, `Thu 10 Dec`.
pub(super) fn spoken_day(lang: Lang, date: Date) -> String {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let weekday = date.weekday();
    match lang {
        Lang::Zh => format!("{}月{}日{}", date.month(), date.day(), weekday.chinese()),
        Lang::En => {
            let month = MONTHS.get(date.month() as usize - 1).unwrap_or(&"");
            format!("{} {} {month}", weekday.english_name(), date.day())
        }
    }
}

/// Name and address of a point; the county once.
pub(super) fn place(words: &Messages, point: &PlanPoint) -> String {
    let address = if point.address.contains(&point.county) {
        point.address.clone()
    } else {
        format!("{}{}", point.county, point.address)
    };
    let values = [("place", point.name.clone()), ("address", address.clone())];
    if address.is_empty() {
        point.name.clone()
    } else {
        fill(&words.get("text_place"), &values)
    }
}

/// What every text can say: dealer, leader, opt-out.
pub(super) fn standing(
    set: &DocumentSet<'_>,
    words: &Messages,
    tour: Option<&Tour>,
    channel: Channel,
) -> Vec<(&'static str, String)> {
    let dealer = &set.plan.settings.dealer;
    let phone = tour.map_or("", |tour| tour.leader_phone.as_str());
    let phone = if phone.is_empty() {
        &dealer.phone
    } else {
        phone
    };
    let optout = if channel == Channel::Text {
        words.get("text_optout")
    } else {
        String::new()
    };
    vec![
        ("dealer", dealer.name.clone()),
        (
            "leader",
            tour.map_or_else(String::new, |tour| tour.leader.clone()),
        ),
        ("phone", phone.to_owned()),
        ("optout", optout),
    ]
}

/// One reminder for all vehicles of a contact.
pub(crate) fn reminder(
    set: &DocumentSet<'_>,
    words: &Messages,
    tour: &Tour,
    (kind, channel): (ReminderKind, Channel),
    vehicles: &[&CalledVehicle],
) -> String {
    let values = reminder_values(set, words, tour, (kind, channel), vehicles);
    fill(&words.get(&format!("text_{}", kind.key())), &values)
}

/// What a reminder's template is filled with, by name.
pub(super) fn reminder_values(
    set: &DocumentSet<'_>,
    words: &Messages,
    tour: &Tour,
    (kind, channel): (ReminderKind, Channel),
    vehicles: &[&CalledVehicle],
) -> Vec<(&'static str, String)> {
    let with_place = kind != ReminderKind::Departure;
    let mut values = standing(set, words, Some(tour), channel);
    values.push(("visits", visits(set, words, vehicles, with_place)));
    values.push(("items", items(set, words, vehicles)));
    values.push(("arrival", arrival(set, words, vehicles)));
    values
}

/// `12月10日周四 09:00 湘A00123、09:30 湘A00456，大瑶汽修（浏阳市金刚路1号）`, day by day.
fn visits(
    set: &DocumentSet<'_>,
    words: &Messages,
    vehicles: &[&CalledVehicle],
    with_place: bool,
) -> String {
    let mut days: BTreeMap<(Date, &str), Vec<(&str, String)>> = BTreeMap::new();
    for one in vehicles {
        if let Some((day, time)) = slot_parts(&one.slot) {
            let visit = days.entry((day, one.visit.as_str())).or_default();
            visit.push((time, label(one)));
        }
    }
    let texts = days.into_iter().map(|((day, visit), mut list)| {
        list.sort();
        let list = list.iter().map(|(time, name)| format!("{time} {name}"));
        let place = point_of(set, visit)
            .filter(|_| with_place)
            .map(|point| fill(&words.get("text_at"), &[("place", place(words, point))]));
        let values = [
            ("day", spoken_day(set.lang, day)),
            (
                "list",
                list.collect::<Vec<_>>().join(&words.get("list_comma")),
            ),
            ("at", place.unwrap_or_default()),
        ];
        fill(&words.get("text_visit"), &values)
    });
    texts.collect::<Vec<_>>().join(&words.get("text_and"))
}

fn point_of<'a>(set: &DocumentSet<'a>, visit: &str) -> Option<&'a PlanPoint> {
    let visit = set.found.visit(visit)?;
    set.plan.point(&visit.point)
}

/// When the team is there: as the visit opens.
fn arrival(set: &DocumentSet<'_>, words: &Messages, vehicles: &[&CalledVehicle]) -> String {
    let first = vehicles.iter().min_by(|a, b| a.slot.cmp(&b.slot));
    let visit = first.and_then(|one| set.found.visit(&one.visit));
    let Some(visit) = visit else {
        return String::new();
    };
    let name = set.plan.point(&visit.point);
    let values = [
        ("day", spoken_day(set.lang, visit.first_day)),
        ("time", super::clock((visit.opens_at * 60.0).round() as u32)),
        (
            "place",
            name.map_or_else(String::new, |point| point.name.clone()),
        ),
    ];
    fill(&words.get("text_arrival"), &values)
}

/// The agreed items by name where they are few, else how many.
fn items(set: &DocumentSet<'_>, words: &Messages, vehicles: &[&CalledVehicle]) -> String {
    let agreed = vehicles.iter().flat_map(|one| &one.items);
    let names: Vec<&str> = agreed
        .filter(|item| item.agreed)
        .map(|item| item_name(set, &item.item))
        .collect();
    let listed = names.join(&words.get("list_comma"));
    match names.len() {
        0 => words.get("text_check"),
        _ if vehicles.len() == 1 && listed.chars().count() <= most_chars(set.lang) => listed,
        count => fill(&words.get("text_items"), &[("count", count.to_string())]),
    }
}

fn most_chars(lang: Lang) -> usize {
    // A Chinese character says as much as two or three letters.
    match lang {
        Lang::Zh => MOST_ITEM_CHARS,
        Lang::En => MOST_ITEM_CHARS * 2,
    }
}
