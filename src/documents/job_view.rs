//! 派工单 and 服务记录表: one page per booked vehicle in slot order, signed by the customer, and one for whoever
//! comes without a booking.

use serde_json::{Value, json};

use super::call_view::{MAYBE, item_name};
use super::foreman_view::said;
use super::{DocumentSet, Messages, mask, plan_view::day, qr};
use crate::plan::model::{CalledVehicle, KitLine, Plan, PlannedItem, Tour};

/// Whether anybody is booked on a tour.
pub(super) fn has_jobs(set: &DocumentSet<'_>, tour: &Tour) -> bool {
    set.found
        .vehicles_of(tour)
        .iter()
        .any(|one| one.is_booked())
}

/// The vehicles booked on a tour, by slot.
pub(super) fn booked<'a>(set: &DocumentSet<'a>, tour: &Tour) -> Vec<&'a CalledVehicle> {
    let own = set.found.vehicles_of(tour).iter().copied();
    let mut booked: Vec<&CalledVehicle> = own.filter(|one| one.is_booked()).collect();
    booked.sort_by_key(|one| (one.slot.as_str(), one.visit.as_str(), one.vehicle.as_str()));
    booked
}

/// What was agreed on, and what is looked at when the vehicle is there. Before anything was agreed on, what is
/// likely takes its place.
pub(super) fn work(one: &CalledVehicle) -> (Vec<&PlannedItem>, Vec<&PlannedItem>) {
    let agreed = |item: &&PlannedItem| item.agreed;
    one.items.iter().partition(agreed)
}

/// The lines of a vehicle's own bag.
pub(super) fn bag<'a>(plan: &'a Plan, one: &CalledVehicle) -> Vec<&'a KitLine> {
    let own = |line: &&KitLine| line.tour == one.tour && line.vehicle == one.vehicle;
    plan.kit.iter().filter(own).collect()
}

/// Tools of the work, each once.
fn tools(set: &DocumentSet<'_>, items: &[&PlannedItem]) -> Vec<String> {
    let facts = items
        .iter()
        .filter_map(|item| set.plan.items.get(&item.item));
    let mut tools: Vec<String> = facts.flat_map(|facts| facts.tools.clone()).collect();
    tools.sort();
    tools.dedup();
    tools
}

pub(super) fn sheets(set: &DocumentSet<'_>, tour: &Tour, words: &Messages) -> Value {
    let jobs: Vec<Value> = booked(set, tour)
        .into_iter()
        .map(|one| job(set, one, words))
        .collect();
    json!({
        "title": words.get("doc_jobs"), "tour": tour.id, "depart": day(set, tour.depart),
        "leader": tour.leader, "van": tour.van, "jobs": jobs,
        "results": super::job_view::RESULTS.map(|key| words.get(key)),
    })
}

/// Words' keys of what can become of a vehicle, in the order of the boxes.
pub(super) const RESULTS: [&str; 4] = ["vr_done", "vr_partly_done", "vr_no_show", "vr_too_hard"];

fn job(set: &DocumentSet<'_>, one: &CalledVehicle, words: &Messages) -> Value {
    let plan = set.plan;
    let (agreed, open) = work(one);
    let line = |item: &&PlannedItem| {
        json!({
            "code": item.item, "name": item_name(set, &item.item),
            "hours": format!("{:.1}", item.hours), "sum": (item.labour + item.parts).to_string(),
        })
    };
    let parts: Vec<Value> = bag(plan, one)
        .into_iter()
        .map(|line| {
            let facts = plan.part_facts.get(&line.part);
            json!({
                "part": line.part, "qty": line.qty,
                "name": facts.map_or("", |facts| facts.name.as_str()),
                "unit": set.unit(facts),
            })
        })
        .collect();
    let checks: Vec<&PlannedItem> = open.into_iter().filter(|item| item.p < 1.0).collect();
    let likely: Vec<&PlannedItem> = agreed
        .iter()
        .copied()
        .chain(checks.iter().copied().filter(|item| item.p >= MAYBE))
        .collect();
    let contact = set.contacts.get(&one.vehicle);
    let phones = contact.map_or_else(String::new, |line| {
        line.phones
            .iter()
            .map(|phone| mask(phone))
            .collect::<Vec<_>>()
            .join(" / ")
    });
    let told = one.told.as_ref();
    let odometer = told
        .and_then(|told| told.odometer_km)
        .map(|km| format!("{km:.0} km"));
    let expected = one
        .odometer
        .as_ref()
        .map(|o| format!("≈ {:.0} ± {:.0} km", o.mean_km, o.sd_km));
    let history: Vec<String> = one
        .history
        .iter()
        .map(|past| format!("{} {}", past.date, item_name(set, &past.what)))
        .collect();
    let visit = set.found.visit(&one.visit);
    let point = visit.and_then(|visit| plan.point(&visit.point));
    json!({
        "booking": one.booking, "qr": qr::svg(&one.booking), "plate": one.plate, "vin": one.vehicle, "model": one.model,
        "customer": one.customer, "phones": phones, "slot": one.slot,
        "said": said(set, &one.booking, words).join(&words.get("list_stop")),
        // A person is named once.
        "contact": contact.map_or("", |line| line.contact.as_str()).trim_start_matches(one.customer.as_str()),
        "point": point.map_or("", |point| point.name.as_str()),
        "odometer": odometer.or(expected).unwrap_or_else(|| words.get("unknown")),
        "history": if history.is_empty() { words.get("nothing_known") } else { history.join(&words.get("list_comma")) },
        "items": agreed.iter().map(line).collect::<Vec<_>>(),
        "checks": checks.iter().map(line).collect::<Vec<_>>(),
        "price": told.and_then(|told| told.price).map_or_else(String::new, |price| price.to_string()),
        "sum": agreed.iter().map(|item| item.labour + item.parts).sum::<crate::domain::Fen>().to_string(),
        "parts": parts, "tools": tools(set, &likely).join(&words.get("list_comma")),
    })
}
