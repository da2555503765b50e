//! The parts list of the month, the pick list and the load list of a tour.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::goods_view::placed_and_received;
use super::{DocumentSet, Messages, call_view::item_name, plan_view::day};
use crate::plan::model::{CarriedFor, KitLine, PartFacts, SourcingLine, Tour};
use crate::stage::{LoadLine, LoadZone, zone_weights};

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
                "placed": placed_and_received(set, &line.part).0,
                "received": placed_and_received(set, &line.part).1,
            })
        })
        .collect();
    // By the day something must be done, then by who is asked: as orders are written.
    let mut ordered: Vec<&SourcingLine> = plan
        .sourcing
        .iter()
        .filter(|line| {
            line.order_by.is_some()
                || !line.feasible
                || !line.supplier.is_empty()
                || !line.number.is_empty()
        })
        .collect();
    ordered.sort_by_key(|line| {
        (
            line.order_by,
            &line.supplier,
            &line.mode,
            &line.part,
            &line.tour,
        )
    });
    let sourcing: Vec<Value> = ordered
        .into_iter()
        .map(|line| {
            let date = |date: Option<crate::domain::Date>| date.map_or_else(String::new, |d| day(set, d));
            json!({
                "part": line.part, "name": name(plan.part_facts.get(&line.part)), "tour": line.tour,
                "source": words.get(&format!("source_{}", line.source.key())),
                "supplier": line.supplier,
                "mode": if line.mode.is_empty() { String::new() } else { words.get(&format!("mode_{}", line.mode)) },
                "qty": line.qty, "order_qty": line.order_qty, "number": line.number, "order_by": date(line.order_by), "arrives": date(line.arrives),
                "to": if line.to == "depot" { words.get("to_depot") } else { line.to.clone() }, "cost": line.cost.to_string(), "feasible": line.feasible,
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
    let mut old = OldNumbers::of(set, tour);
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
                            "unit": unit(facts), "qty": line.qty, "old": old.note(line, words), "why": why(set, line, words),
                            "need": format!("{:.1}", line.need),
                            "shortage": format!("{:.1}", line.shortage),
                            "leftover": format!("{:.1}", line.leftover) })
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
            "van": tour.van, "leader": tour.leader, "bags": bags, "fills": fills(set, tour, words) })
}

/// Pieces of a tour that lie under superseded numbers, told line by line until they are used up.
pub(super) struct OldNumbers<'p>(Vec<(&'p SourcingLine, u32)>);

impl<'p> OldNumbers<'p> {
    pub(super) fn of(set: &DocumentSet<'p>, tour: &Tour) -> Self {
        let lines = set.plan.sourcing.iter();
        let own = lines.filter(|line| line.tour == tour.id && !line.number.is_empty());
        Self(own.map(|line| (line, line.qty)).collect())
    }

    /// Which pieces of a line to look for under which number; empty where all lie under the part's own.
    pub(super) fn note(&mut self, line: &KitLine, words: &Messages) -> String {
        let mut left = line.qty;
        let mut notes = Vec::new();
        for (old, pieces) in self.0.iter_mut().filter(|(old, _)| old.part == line.part) {
            let taken = left.min(*pieces);
            if taken > 0 {
                left -= taken;
                *pieces -= taken;
                let note = words
                    .get("of_old_number")
                    .replace("{qty}", &taken.to_string());
                notes.push(note.replace("{number}", &old.number));
            }
        }
        notes.join(&words.get("list_comma"))
    }
}

/// Why a line is carried: the word, and the items with the pieces each is expected to use.
pub(super) fn why(set: &DocumentSet<'_>, line: &KitLine, words: &Messages) -> String {
    let word = words.get(&format!("carried_{}", line.why.key()));
    let item = |one: &CarriedFor| {
        let name = match one.item.as_str() {
            "" => words.get("named_beside"),
            code => item_name(set, code),
        };
        format!("{name} {:.1}", one.pieces)
    };
    // Three say what it is for; a filter of every service would list them all.
    let items: Vec<String> = line.items.iter().take(3).map(item).collect();
    let more = if line.items.len() > 3 { " …" } else { "" };
    if items.is_empty() {
        word
    } else {
        format!("{word}: {}{more}", items.join(&words.get("list_comma")))
    }
}

/// What the kit achieves and costs, each figure with its word.
pub(super) fn fills(set: &DocumentSet<'_>, tour: &Tour, words: &Messages) -> Vec<Value> {
    let Some(kit) = set.plan.kits.iter().find(|kit| kit.tour == tour.id) else {
        return Vec::new();
    };
    let percent = |share: f64| format!("{:.1} %", share * 100.0);
    let mut figures = vec![
        ("kit_job_fill", percent(kit.job_fill)),
        ("kit_part_fill", percent(kit.part_fill)),
        ("kit_tour_fill", percent(kit.tour_fill)),
        ("expected_short", format!("{:.1}", kit.expected_shortage)),
        ("expected_back", format!("{:.1}", kit.expected_leftover)),
        ("kit_cost", format!("¥{:.2}", kit.cost)),
    ];
    if let Some(bound) = kit.lower_bound {
        figures.push(("kit_bound", format!("¥{bound:.2}")));
    }
    if let Some(gap) = kit.gap {
        figures.push(("kit_gap", percent(gap)));
    }
    let figures = figures.into_iter();
    figures
        .map(|(key, figure)| json!({ "word": words.get(key), "figure": figure }))
        .collect()
}

pub(super) fn load_list(set: &DocumentSet<'_>, tour: &Tour, words: &Messages) -> Value {
    let plan = set.plan;
    let lines = set.load.get(&tour.id).map_or(&[][..], Vec::as_slice);
    // Small pieces travel in their bag: one row for the bag. Heavy and large ones have their own place.
    let same_box = |a: &LoadLine, b: &LoadLine| {
        a.zone == b.zone
            && matches!(a.zone, LoadZone::Middle | LoadZone::Top)
            && (&a.visit, &a.vehicle) == (&b.visit, &b.vehicle)
    };
    let rows: Vec<Value> = lines
        .chunk_by(same_box)
        .filter_map(|lines| Some(load_row(set, words, lines, lines.first()?, lines.last()?)))
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
        "zones": zones(lines),
        "weight": load(|kit| (kit.weight_kg, kit.van_payload_kg)),
        "volume": load(|kit| (kit.volume_l, kit.van_volume_l)),
    })
}

/// Kilograms by place in the van, left and right to be compared.
fn zones(lines: &[LoadLine]) -> Value {
    let weights = zone_weights(lines);
    let kg = |zone: LoadZone| format!("{:.1}", weights.get(&zone).copied().unwrap_or(0.0));
    json!({
        "left": kg(LoadZone::Left), "right": kg(LoadZone::Right),
        "middle": kg(LoadZone::Middle), "top": kg(LoadZone::Top),
    })
}

/// One row of the load list: pieces that lie together.
fn load_row(
    set: &DocumentSet<'_>,
    words: &Messages,
    lines: &[LoadLine],
    first: &LoadLine,
    last: &LoadLine,
) -> Value {
    let facts = |line: &LoadLine| set.plan.part_facts.get(&line.part);
    let plate = set
        .plan
        .vehicles
        .iter()
        .find(|one| one.vehicle == first.vehicle)
        .map_or("", |one| match one.plate.as_str() {
            "" => one.vehicle.as_str(),
            plate => plate,
        });
    let contents: Vec<String> = lines
        .iter()
        .map(|line| format!("{}×{}", name(facts(line)), line.qty))
        .collect();
    let sum = |get: fn(&LoadLine) -> f64| lines.iter().map(get).sum::<f64>();
    // The same numbers as on the workbook's list of single pieces.
    let position = match (first.position, last.position) {
        (from, to) if from == to => from.to_string(),
        (from, to) => format!("{from}–{to}"),
    };
    json!({
        "position": position, "zone": words.get(&format!("zone_{}", first.zone.key())),
        "visit": first.visit, "bag": first.bag, "plate": plate,
        "contents": contents.join(&words.get("list_comma")),
        "qty": lines.iter().map(|line| line.qty).sum::<u32>(),
        "weight": format!("{:.1}", sum(|line| line.weight_kg)),
        "volume": format!("{:.1}", sum(|line| line.volume_l)),
        "fragile": lines.iter().any(|line| facts(line).is_some_and(|part| part.fragile)),
    })
}
