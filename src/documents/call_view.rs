//! The call sheet: per caller-day, most urgent first, one block per contact.

use serde::Serialize;
use serde_json::{Value, json};

use super::call_days::{OUTCOMES, outcome_key, slot_words, status_key};
use super::{DocumentSet, Messages, plan_view::day};
use crate::domain::Date;
use crate::findings::Lang;
use crate::plan::model::{Call, CalledVehicle, PlannedItem, Tour};

/// The sheet as its template reads it. Of the long lists of a dense region no copy is made on the way.
#[derive(Serialize)]
pub(super) struct SheetView<'a> {
    title: String,
    tour: &'a str,
    depart: String,
    leader: &'a str,
    greeting: String,
    stops: Vec<Value>,
    sheets: Vec<DayView<'a>>,
    results: [String; OUTCOMES.len()],
    cribs: Vec<Value>,
}

/// One caller's day.
#[derive(Serialize)]
struct DayView<'a> {
    open: bool,
    caller: &'a str,
    date: String,
    contacts: Vec<ContactView<'a>>,
    answered: Vec<Value>,
}

/// One call.
#[derive(Serialize)]
struct ContactView<'a> {
    number: u32,
    customer: &'a str,
    contact: &'a str,
    phones: String,
    callable: String,
    key: bool,
    vehicles: Vec<VehicleView<'a>>,
}

/// A vehicle spoken of.
#[derive(Serialize)]
struct VehicleView<'a> {
    booking: &'a str,
    plate: &'a str,
    vin: &'a str,
    model: &'a str,
    place: String,
    km: String,
    uncertain: bool,
    status: String,
    slot: String,
    answer: String,
    last: String,
    odometer: String,
    history: String,
    likely: Vec<ItemView<'a>>,
    possible: Vec<ItemView<'a>>,
    workshop: String,
}

/// `机油机滤（很可能）432.00`: labour and parts together.
#[derive(Serialize)]
pub(super) struct ItemView<'a> {
    code: &'a str,
    name: &'a str,
    chance: String,
    sum: String,
}

pub(super) fn sheet<'a>(set: &DocumentSet<'a>, tour: &'a Tour, words: &Messages) -> SheetView<'a> {
    let plan = set.plan;
    let sheets = set.found.call_days(tour).iter().map(|sheet| {
        let answered = sheet.answered.iter().filter_map(|call| {
            let one = set.found.called(&call.vehicle)?;
            Some(json!({
                "booking": call.booking, "plate": one.plate, "customer": one.customer, "model": one.model,
                "answer": last_answer(call, one, words), "slot": one.slot,
            }))
        });
        DayView {
            open: sheet.date.is_none(),
            caller: sheet.caller,
            date: sheet.date.map_or_else(String::new, |date| day(set, date)),
            contacts: contacts(set, &sheet.open, words),
            answered: answered.collect(),
        }
    });
    let stops = plan.visits_of(&tour.id).map(|visit| {
        let point = plan.point(&visit.point);
        json!({
            "id": visit.id,
            "name": point.map_or("", |p| p.name.as_str()),
            "dates": days(set, visit.first_day, visit.last_day),
        })
    });
    let dealer = &plan.settings.dealer;
    SheetView {
        title: words.get("doc_calls"),
        tour: &tour.id,
        depart: day(set, tour.depart),
        leader: &tour.leader,
        greeting: dealer.greeting.replace("{name}", &dealer.name),
        stops: stops.collect(),
        sheets: sheets.collect(),
        results: OUTCOMES.map(|key| words.get(key)),
        cribs: cribs(set, set.found.models_of(tour)),
    }
}

fn contacts<'a>(
    set: &DocumentSet<'a>,
    calls: &[&'a Call],
    words: &Messages,
) -> Vec<ContactView<'a>> {
    let of_contact = calls.chunk_by(|a, b| a.who() == b.who());
    let contacts = of_contact.map(|list| {
        let first = set.found.called(&list[0].vehicle);
        let line = set.contacts.get(&list[0].vehicle);
        let vehicles = list.iter().filter_map(|call| {
            let one = set.found.called(&call.vehicle)?;
            Some(vehicle(set, call, one, words))
        });
        ContactView {
            number: list[0].priority,
            customer: first.map_or("", |one| one.customer.as_str()),
            contact: line.map_or("", |line| line.contact.as_str()),
            phones: line.map_or_else(String::new, |line| line.phones.join(" / ")),
            callable: words.get(&format!("callable_{}", list[0].callable.key())),
            key: first.is_some_and(|one| one.key_customer),
            vehicles: vehicles.collect(),
        }
    });
    contacts.collect()
}

fn vehicle<'a>(
    set: &DocumentSet<'a>,
    call: &'a Call,
    one: &'a CalledVehicle,
    words: &Messages,
) -> VehicleView<'a> {
    let comma = words.get("list_comma");
    let history = one.history.iter();
    let history = history.map(|past| format!("{} {}", past.date, item_name(set, &past.what)));
    let last = match (one.last_service, one.last_service_km) {
        (Some(date), Some(km)) => format!("{date} {km:.0} km"),
        (Some(date), None) => date.to_string(),
        _ => words.get("unknown"),
    };
    let odometer = one.odometer.as_ref().map_or_else(
        || words.get("unknown"),
        |o| format!("≈ {:.0} ± {:.0} km", o.mean_km, o.sd_km),
    );
    let workshop = one.workshop_items.iter();
    let workshop = workshop.map(|item| item_name(set, &item.item));
    VehicleView {
        booking: &call.booking,
        plate: &one.plate,
        vin: &one.vehicle,
        model: &one.model,
        place: format!("{} {}", one.county, one.town),
        km: format!("{:.0}", one.km),
        uncertain: one.place_uncertain,
        status: words.get(status_key(one)),
        slot: slot_words(call, one, words),
        answer: last_answer(call, one, words),
        last,
        odometer,
        history: history.collect::<Vec<_>>().join(&comma),
        likely: lines(set, one, words, &|p| p >= MAYBE),
        possible: lines(set, one, words, &|p| p < MAYBE),
        workshop: workshop.collect::<Vec<_>>().join(&comma),
    }
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
pub(super) fn lines<'a>(
    set: &DocumentSet<'a>,
    one: &'a CalledVehicle,
    words: &Messages,
    keep: &dyn Fn(f64) -> bool,
) -> Vec<ItemView<'a>> {
    let mut items: Vec<&PlannedItem> = one.items.iter().filter(|item| keep(item.p)).collect();
    items.sort_by(|a, b| b.p.total_cmp(&a.p).then_with(|| a.item.cmp(&b.item)));
    let views = items.into_iter().map(|item| ItemView {
        code: &item.item,
        name: item_name(set, &item.item),
        chance: words.get(chance(item.p)),
        sum: (item.labour + item.parts).to_string(),
    });
    views.collect()
}

/// An item's or part's name in the language asked for.
pub(super) fn item_name<'a>(set: &DocumentSet<'a>, code: &'a str) -> &'a str {
    if let Some(item) = set.plan.items.get(code) {
        let english = set.lang == Lang::En && !item.name_en.is_empty();
        return if english { &item.name_en } else { &item.name };
    }
    let part = set.plan.part_facts.get(code);
    part.map_or(code, |part| part.name.as_str())
}

/// Symptom → items → price for the models called.
pub(super) fn cribs<'a>(
    set: &DocumentSet<'_>,
    models: impl IntoIterator<Item = &'a str>,
) -> Vec<Value> {
    let between = Messages::new(set.lang).get("list_semicolon");
    models
        .into_iter()
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
