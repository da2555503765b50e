//! The parts list of the month and the pick list of a tour.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::goods_rows::placed_and_received;
use super::load_view::bag_numbers;
use super::{DocumentSet, Messages, call_view::item_name, plan_view::day, qr};
use crate::domain::Fen;
use crate::plan::model::{CarriedFor, KitLine, PartFacts, SourcingLine, Tour};

pub(super) fn month(set: &DocumentSet<'_>, words: &Messages) -> Value {
    let plan = set.plan;
    let parts: Vec<Value> = plan
        .parts
        .iter()
        .filter(|line| line.kit_qty > 0)
        .map(|line| {
            let facts = plan.part_facts.get(&line.part);
            json!({
                "part": line.part, "name": name(facts), "bin": bin(facts), "unit": set.unit(facts),
                "needed": format!("{:.1}", line.needed_expected), "kit": line.kit_qty,
                "peak": line.peak_qty, "on_hand": line.on_hand, "stock": line.from_stock,
                "on_order": line.on_order, "peer": line.from_peer, "order": line.to_order,
                "order_by": order_by(set, &line.part), "short": line.short, "monitored": line.monitored,
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

/// The first of the days a part must be ordered by; nothing where all of it is there.
fn order_by(set: &DocumentSet<'_>, part: &str) -> String {
    let lines = set.plan.sourcing.iter();
    let days = lines
        .filter(|line| line.part == part && line.feasible)
        .filter_map(|line| line.order_by);
    days.min().map_or_else(String::new, |date| day(set, date))
}

pub(super) fn name(facts: Option<&PartFacts>) -> &str {
    facts.map_or("", |part| part.name.as_str())
}

fn bin(facts: Option<&PartFacts>) -> &str {
    facts.map_or("", |part| part.bin.as_str())
}

pub(super) fn pick_list(set: &DocumentSet<'_>, tour: &Tour, words: &Messages) -> Value {
    let plan = set.plan;
    let numbers = bag_numbers(set, tour);
    let mut bags: BTreeMap<(bool, &str, u32, &str), Vec<&KitLine>> = BTreeMap::new();
    for line in plan.kit.iter().filter(|line| line.tour == tour.id) {
        let number = numbers.get(line.vehicle.as_str()).copied().unwrap_or(0);
        let bag = (
            line.vehicle.is_empty(),
            line.visit.as_str(),
            number,
            line.vehicle.as_str(),
        );
        bags.entry(bag).or_default().push(line);
    }
    let mut old = OldNumbers::of(set, tour);
    let bags: Vec<Value> = bags
        .into_iter()
        .map(|((common, visit, number, vehicle), mut lines)| {
            let place = |line: &KitLine| bin(plan.part_facts.get(&line.part)).to_owned();
            lines.sort_by(|a, b| (place(a), &a.part).cmp(&(place(b), &b.part)));
            let one = set.found.called(vehicle);
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
                    let (source, short) = sources(set, line, words);
                    json!({ "bin": bin(facts), "part": line.part, "name": name(facts),
                            "source": source, "short": short, "unit": set.unit(facts), "qty": line.qty, "old": old.note(line, words), "why": why(set, line, words),
                            "need": format!("{:.1}", line.need),
                            "shortage": format!("{:.1}", line.shortage),
                            "leftover": format!("{:.1}", line.leftover) })
                })
                .collect();
            json!({
                "common": common, "visit": visit, "point": point, "number": number,
                "long": rows.len() > LONG_BAG,
                "plate": one.map_or("", |one| one.plate.as_str()),
                "vehicle": vehicle,
                "customer": one.map_or("", |one| one.customer.as_str()),
                "model": one.map_or("", |one| one.model.as_str()),
                "booking": one.map_or("", |one| one.booking.as_str()),
                "qr": qr::svg(one.map_or("", |one| one.booking.as_str())),
                "slot": set.found.call_of(vehicle).map_or("", |call| call.slot_offered.as_str()),
                "rows": rows,
            })
        })
        .collect();
    json!({ "title": words.get("doc_pick"), "tour": tour.id, "depart": day(set, tour.depart),
            "van": tour.van, "leader": tour.leader, "bags": bags, "fills": fills(set, tour, words) })
}

/// A bag of more lines may run over a page; a shorter one stays together.
const LONG_BAG: usize = 12;

/// Where the tour's pieces of a part come from, `库存 4、调货 2（11-30 周一）`, and whether some do not come in time.
pub(super) fn sources(set: &DocumentSet<'_>, line: &KitLine, words: &Messages) -> (String, bool) {
    let lines = set.plan.sourcing.iter();
    let own: Vec<&SourcingLine> = lines
        .filter(|one| one.tour == line.tour && one.part == line.part && one.qty > 0)
        .collect();
    let said = own.iter().map(|one| {
        let word = words.get(&format!("source_{}", one.source.key()));
        match one.arrives {
            _ if !one.feasible => format!("{} {}", words.get("no_time"), one.qty),
            Some(date) => {
                let day = format!("{:02}-{:02}", date.month(), date.day());
                let place = words.get("pick_arrives").replace("{day}", &day);
                format!("{word} {}{place}", one.qty)
            }
            None => format!("{word} {}", one.qty),
        }
    });
    let said = said.collect::<Vec<_>>().join(&words.get("list_comma"));
    (said, own.iter().any(|one| !one.feasible))
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
            code => item_name(set, code).to_owned(),
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
        ("kit_cost", format!("¥{}", Fen::from_yuan(kit.cost))),
    ];
    if let Some(bound) = kit.lower_bound {
        figures.push(("kit_bound", format!("¥{}", Fen::from_yuan(bound))));
    }
    if let Some(gap) = kit.gap {
        figures.push(("kit_gap", percent(gap)));
    }
    let figures = figures.into_iter();
    figures
        .map(|(key, figure)| json!({ "word": words.get(key), "figure": figure }))
        .collect()
}
