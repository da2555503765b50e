//! The parts list of the month, the pick list and the load list of a tour.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{DocumentSet, Messages, plan_view::day};
use crate::plan::model::{KitLine, PartFacts, Tour};

pub(super) fn month(set: &DocumentSet<'_>, words: &Messages) -> Value {
    let plan = set.plan;
    let parts: Vec<Value> = plan
        .parts
        .iter()
        .filter(|line| line.kit_qty > 0)
        .map(|line| {
            let facts = plan.part_facts.get(&line.part);
            json!({
                "part": line.part, "name": name(facts), "bin": bin(facts), "unit": unit(facts),
                "needed": format!("{:.1}", line.needed_expected), "kit": line.kit_qty,
                "peak": line.peak_qty, "on_hand": line.on_hand, "stock": line.from_stock,
                "on_order": line.on_order, "peer": line.from_peer, "order": line.to_order,
                "short": line.short, "monitored": line.monitored,
            })
        })
        .collect();
    let sourcing: Vec<Value> = plan
        .sourcing
        .iter()
        .filter(|line| line.order_by.is_some() || !line.feasible || !line.supplier.is_empty())
        .map(|line| {
            let date = |date: Option<crate::domain::Date>| date.map_or_else(String::new, |d| day(set, d));
            json!({
                "part": line.part, "name": name(plan.part_facts.get(&line.part)), "tour": line.tour,
                "source": words.get(&format!("source_{}", line.source.key())),
                "supplier": line.supplier,
                "mode": if line.mode.is_empty() { String::new() } else { words.get(&format!("mode_{}", line.mode)) },
                "qty": line.qty, "order_by": date(line.order_by), "arrives": date(line.arrives),
                "to": line.to, "cost": line.cost.to_string(), "feasible": line.feasible,
                "reason": if line.reason.is_empty() { String::new() } else { words.get(&format!("sourcing_{}", line.reason)) },
            })
        })
        .collect();
    json!({ "title": words.get("doc_parts"), "parts": parts, "sourcing": sourcing })
}

fn name(facts: Option<&PartFacts>) -> &str {
    facts.map_or("", |part| part.name.as_str())
}

fn bin(facts: Option<&PartFacts>) -> &str {
    facts.map_or("", |part| part.bin.as_str())
}

fn unit(facts: Option<&PartFacts>) -> &str {
    facts.map_or("", |part| part.unit.as_str())
}

pub(super) fn pick_list(set: &DocumentSet<'_>, tour: &Tour, words: &Messages) -> Value {
    let plan = set.plan;
    let mut bags: BTreeMap<(bool, String, String), Vec<&KitLine>> = BTreeMap::new();
    for line in plan.kit.iter().filter(|line| line.tour == tour.id) {
        let common = line.vehicle.is_empty();
        bags.entry((common, line.visit.clone(), line.vehicle.clone()))
            .or_default()
            .push(line);
    }
    let bags: Vec<Value> = bags
        .into_iter()
        .map(|((common, visit, vehicle), mut lines)| {
            let place = |line: &KitLine| bin(plan.part_facts.get(&line.part)).to_owned();
            lines.sort_by(|a, b| (place(a), &a.part).cmp(&(place(b), &b.part)));
            let one = plan.vehicles.iter().find(|one| one.vehicle == vehicle);
            let point = plan
                .visits
                .iter()
                .find(|v| v.id == visit)
                .and_then(|v| plan.point(&v.point))
                .map_or("", |point| point.name.as_str());
            let rows: Vec<Value> = lines
                .iter()
                .map(|line| {
                    let facts = plan.part_facts.get(&line.part);
                    json!({ "bin": bin(facts), "part": line.part, "name": name(facts),
                            "unit": unit(facts), "qty": line.qty })
                })
                .collect();
            json!({
                "common": common, "visit": visit, "point": point,
                "plate": one.map_or("", |one| one.plate.as_str()),
                "vehicle": vehicle,
                "customer": one.map_or("", |one| one.customer.as_str()),
                "model": one.map_or("", |one| one.model.as_str()),
                "booking": one.map_or("", |one| one.booking.as_str()),
                "slot": plan.calls.iter().find(|c| !vehicle.is_empty() && c.vehicle == vehicle)
                    .map_or("", |c| c.slot_offered.as_str()),
                "rows": rows,
            })
        })
        .collect();
    json!({ "title": words.get("doc_pick"), "tour": tour.id, "depart": day(set, tour.depart),
            "van": tour.van, "leader": tour.leader, "bags": bags })
}

pub(super) fn load_list(set: &DocumentSet<'_>, tour: &Tour, words: &Messages) -> Value {
    let plan = set.plan;
    let lines = set.load.get(&tour.id).map_or(&[][..], Vec::as_slice);
    let rows: Vec<Value> = lines
        .iter()
        .map(|line| {
            let facts = plan.part_facts.get(&line.part);
            let plate = plan
                .vehicles
                .iter()
                .find(|one| one.vehicle == line.vehicle)
                .map_or_else(String::new, |one| {
                    if one.plate.is_empty() { one.vehicle.clone() } else { one.plate.clone() }
                });
            json!({
                "position": line.position, "zone": words.get(&format!("zone_{}", line.zone.key())),
                "visit": line.visit, "bag": line.bag, "plate": plate, "part": line.part,
                "name": name(facts), "qty": line.qty,
                "weight": format!("{:.1}", line.weight_kg), "volume": format!("{:.1}", line.volume_l),
                "fragile": facts.is_some_and(|part| part.fragile),
            })
        })
        .collect();
    let kit = plan.kits.iter().find(|kit| kit.tour == tour.id);
    let load = |get: fn(&crate::plan::model::TourKit) -> (f64, f64)| {
        kit.map_or_else(String::new, |kit| {
            let (has, room) = get(kit);
            format!("{has:.0} / {room:.0}")
        })
    };
    json!({
        "title": words.get("doc_load"), "tour": tour.id, "depart": day(set, tour.depart),
        "van": tour.van, "leader": tour.leader, "rows": rows,
        "pieces": lines.iter().map(|line| line.qty).sum::<u32>(),
        "weight": load(|kit| (kit.weight_kg, kit.van_payload_kg)),
        "volume": load(|kit| (kit.volume_l, kit.van_volume_l)),
    })
}
