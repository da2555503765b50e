//! The call sheet: per caller-day, most urgent first, one block per contact.

use serde_json::{Value, json};

use super::call_days::{OUTCOMES, call_days, outcome_key, slot_words, status_key};
use super::{DocumentSet, Messages, plan_view::day};
use crate::domain::Date;
use crate::findings::Lang;
use crate::plan::model::{Call, CalledVehicle, Plan, PlannedItem, Tour};

pub(super) fn sheet(set: &DocumentSet<'_>, tour: &Tour, words: &Messages) -> Value {
    let sheets: Vec<Value> = call_days(set.plan, tour)
        .into_iter()
        .map(|sheet| {
            let answered = sheet.answered.iter().filter_map(|call| {
                let one = set.plan.called(&call.vehicle)?;
                Some(json!({
                    "booking": call.booking, "plate": one.plate, "customer": one.customer, "model": one.model,
                    "answer": last_answer(call, one, words), "slot": one.slot,
                }))
            });
            json!({
                "open": sheet.date.is_none(), "caller": sheet.caller,
                "date": sheet.date.map_or_else(String::new, |date| day(set, date)),
                "contacts": contacts(set, &sheet.open, words),
                "answered": answered.collect::<Vec<_>>(),
            })
        })
        .collect();
    let stops: Vec<Value> = set
        .plan
        .visits_of(&tour.id)
        .map(|visit| {
            let point = set.plan.point(&visit.point);
            json!({
                "id": visit.id,
                "name": point.map_or("", |p| p.name.as_str()),
                "dates": days(set, visit.first_day, visit.last_day),
            })
        })
        .collect();
    let greeting = &set.plan.settings.dealer.greeting;
    json!({
        "title": words.get("doc_calls"),
        "tour": tour.id, "depart": day(set, tour.depart), "leader": tour.leader,
        "greeting": greeting.replace("{name}", &set.plan.settings.dealer.name),
        "stops": stops, "sheets": sheets,
        "results": OUTCOMES.map(|key| words.get(key)),
        "cribs": cribs(set, &models_called(set.plan, tour)),
    })
}

fn contacts(set: &DocumentSet<'_>, calls: &[&Call], words: &Messages) -> Vec<Value> {
    let mut blocks: Vec<(&str, Vec<&Call>)> = Vec::new();
    for call in calls {
        match blocks.last_mut() {
            Some((known, list)) if *known == call.who() => list.push(call),
            _ => blocks.push((call.who(), vec![call])),
        }
    }
    blocks
        .into_iter()
        .map(|(_, list)| {
            let first = list.first();
            let first = first.and_then(|call| set.plan.called(&call.vehicle));
            let line = list
                .first()
                .and_then(|call| set.contacts.get(&call.vehicle));
            let phones = line.map_or_else(String::new, |line| line.phones.join(" / "));
            let vehicles: Vec<Value> = list
                .iter()
                .filter_map(|call| {
                    let one = set.plan.called(&call.vehicle)?;
                    Some(vehicle(set, call, one, words))
                })
                .collect();
            json!({
                "number": list.first().map_or(0, |call| call.priority),
                "customer": first.map_or("", |one| one.customer.as_str()),
                "contact": line.map_or("", |line| line.contact.as_str()),
                "phones": phones,
                "callable": words.get(&format!("callable_{}", list[0].callable.key())),
                "key": first.is_some_and(|one| one.key_customer),
                "vehicles": vehicles,
            })
        })
        .collect()
}

fn vehicle(set: &DocumentSet<'_>, call: &Call, one: &CalledVehicle, words: &Messages) -> Value {
    let history: Vec<String> = one
        .history
        .iter()
        .map(|past| format!("{} {}", past.date, item_name(set, &past.what)))
        .collect();
    let last = match (one.last_service, one.last_service_km) {
        (Some(date), Some(km)) => format!("{date} {km:.0} km"),
        (Some(date), None) => date.to_string(),
        _ => words.get("unknown"),
    };
    let odometer = one.odometer.as_ref().map_or_else(
        || words.get("unknown"),
        |o| format!("≈ {:.0} ± {:.0} km", o.mean_km, o.sd_km),
    );
    json!({
        "booking": call.booking, "plate": one.plate, "vin": one.vehicle, "model": one.model,
        "place": format!("{} {}", one.county, one.town),
        "km": format!("{:.0}", one.km),
        "uncertain": one.place_uncertain,
        "status": words.get(status_key(one)),
        "slot": slot_words(call, one, words), "answer": last_answer(call, one, words), "last": last, "odometer": odometer,
        "history": history.join(&words.get("list_comma")),
        "likely": lines(set, one, words, &|p| p >= MAYBE),
        "possible": lines(set, one, words, &|p| p < MAYBE),
        "workshop": one.workshop_items.iter().map(|i| item_name(set, &i.item)).collect::<Vec<_>>().join(&words.get("list_comma")),
    })
}

/// `未接 2026-11-27 · 再联系时间 2026-11-29`; nothing before the first call.
fn last_answer(call: &Call, one: &CalledVehicle, words: &Messages) -> String {
    let told = one.told.as_ref();
    let outcome = call.outcome.or(told.and_then(|told| told.outcome));
    let mut said = outcome.map_or_else(String::new, |outcome| words.get(outcome_key(outcome)));
    if let Some(on) = told.and_then(|told| told.on).filter(|_| outcome.is_some()) {
        said = format!("{said} {on}");
    }
    if let Some(again) = told.and_then(|told| told.again) {
        said = format!("{said} · {} {again}", words.get("in_again_on"));
    }
    said
}

/// From here on an item is "likely" to the caller.
const LIKELY: f64 = 0.7;
/// From here on "maybe"; below it is only looked at when the vehicle comes.
pub(super) const MAYBE: f64 = 0.35;

/// The word for a probability, by its key in the catalogues.
pub(super) fn chance(p: f64) -> &'static str {
    match p {
        p if p >= LIKELY => "chance_likely",
        p if p >= MAYBE => "chance_maybe",
        _ => "chance_check",
    }
}

/// The items whose probability `keep`s them, most probable first.
pub(super) fn lines(
    set: &DocumentSet<'_>,
    one: &CalledVehicle,
    words: &Messages,
    keep: &dyn Fn(f64) -> bool,
) -> Vec<Value> {
    let mut items: Vec<&PlannedItem> = one.items.iter().filter(|item| keep(item.p)).collect();
    items.sort_by(|a, b| b.p.total_cmp(&a.p).then_with(|| a.item.cmp(&b.item)));
    items
        .into_iter()
        .map(|item| item_line(set, item, words))
        .collect()
}

/// `机油机滤（很可能）432.00`: labour and parts together.
fn item_line(set: &DocumentSet<'_>, item: &PlannedItem, words: &Messages) -> Value {
    json!({
        "code": item.item, "name": item_name(set, &item.item), "chance": words.get(chance(item.p)),
        "sum": (item.labour + item.parts).to_string(),
    })
}

/// An item's or part's name in the language asked for.
pub(super) fn item_name(set: &DocumentSet<'_>, code: &str) -> String {
    if let Some(item) = set.plan.items.get(code) {
        let english = set.lang == Lang::En && !item.name_en.is_empty();
        return if english {
            item.name_en.clone()
        } else {
            item.name.clone()
        };
    }
    set.plan
        .part_facts
        .get(code)
        .map_or_else(|| code.to_owned(), |part| part.name.clone())
}

/// The models called for a tour, each once, in order.
pub(super) fn models_called<'a>(plan: &'a Plan, tour: &Tour) -> Vec<&'a str> {
    let called = plan.vehicles.iter().filter(|one| one.tour == tour.id);
    let mut models: Vec<&str> = called.map(|one| one.model.as_str()).collect();
    models.sort_unstable();
    models.dedup();
    models
}

/// Symptom → items → price for the models called.
pub(super) fn cribs(set: &DocumentSet<'_>, models: &[&str]) -> Vec<Value> {
    let between = Messages::new(set.lang).get("list_semicolon");
    models
        .iter()
        .copied()
        .filter_map(|model| Some((model, set.plan.cribs.get(model)?)))
        .map(|(model, lines)| {
            let mut rows: Vec<(String, String)> = Vec::new();
            for line in lines {
                let text = format!("{} {:.0}%  {}", item_name(set, &line.item), line.probability * 100.0, line.price);
                match rows.last_mut() {
                    Some((words, items)) if *words == line.words => {
                        items.push_str(&between);
                        items.push_str(&text);
                    }
                    _ => rows.push((line.words.clone(), text)),
                }
            }
            json!({ "model": model, "rows": rows.iter().map(|(w, i)| json!({"words": w, "items": i})).collect::<Vec<_>>() })
        })
        .collect()
}

/// From a day to another; one day once.
fn days(set: &DocumentSet<'_>, first: Date, last: Date) -> String {
    if first == last {
        day(set, first)
    } else {
        format!("{} – {}", day(set, first), day(set, last))
    }
}
