//! A signature means something: it covers exactly what the plan still says.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::book::{book, sought_on};
use super::case::{Case, differs};
use crate::domain::sha256_hex;
use crate::findings::Finding;

const PLAN: &str = "plan.json";

/// Every signature of plan.json is the hash of the content kept beside it, and that content is the plan's.
pub(super) fn signatures_cover_the_plan(case: &Case<'_>) -> Vec<Finding> {
    let approvals = case.plan.get("approvals").and_then(Value::as_object);
    let mut faults = Vec::new();
    for (covers, signature) in approvals.into_iter().flatten() {
        let signed = format!("signed/{covers}.json");
        let bytes = case.files.get(&signed).map_or(&[][..], Vec::as_slice);
        let wanted = signature.get("sha256").and_then(Value::as_str);
        let (found, wanted) = (sha256_hex(bytes), wanted.unwrap_or_default());
        if found != wanted {
            faults.push(differs("V906", (PLAN, 0), covers, found, wanted));
            continue;
        }
        let content: Value = serde_json::from_slice(bytes).unwrap_or_default();
        let (then, now) = if covers == "orders" {
            let mut then = quantities(&content, "sourcing");
            let short = quantities(&content, "short").into_iter();
            then.extend(short.map(|(key, qty)| (format!("short: {key}"), qty)));
            (then, ordered(case))
        } else {
            faults.extend(days(case, covers, &content));
            (quantities(&content, "kit"), carried(case, covers))
        };
        let keys: BTreeSet<&String> = then.keys().chain(now.keys()).collect();
        for key in keys {
            let (then, now) = (then.get(key), now.get(key));
            if then != now {
                let pieces = |qty: Option<&u64>| qty.copied().unwrap_or_default();
                let key = format!("{covers}: {key}");
                faults.push(differs("V907", (PLAN, 0), key, pieces(now), pieces(then)));
            }
        }
    }
    faults
}

/// A tour's days as signed, where they are no longer those of the tables.
fn days(case: &Case<'_>, tour: &str, content: &Value) -> Vec<Finding> {
    let text = |list: &str, key: &str, field: &str| {
        let line = content.get(list).and_then(|lines| lines.get(key));
        line.and_then(|line| line.get(field))
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let mut pairs = Vec::new();
    if let Some(row) = case.tour(tour) {
        pairs.push((tour.to_owned(), row.depart, text("tour", tour, "depart")));
        pairs.push((tour.to_owned(), row.ret, text("tour", tour, "return")));
    }
    for visit in case.visits_of(tour) {
        let first = text("visits", &visit.id, "first_day");
        let last = text("visits", &visit.id, "last_day");
        pairs.push((visit.id.clone(), visit.first_day, first));
        pairs.push((visit.id.clone(), visit.last_day, last));
    }
    let changed = pairs
        .into_iter()
        .filter(|(_, now, then)| now.to_string() != *then);
    changed
        .map(|(key, now, then)| differs("V907", (PLAN, 0), key, now, then))
        .collect()
}

/// Pieces ordered or to be ordered by part, source, supplier, mode and destination: the book without pieces on
/// the way that no tour takes, and what the plan still wants.
fn ordered(case: &Case<'_>) -> BTreeMap<String, u64> {
    let mut pieces: BTreeMap<String, u64> = BTreeMap::new();
    let mut taken: BTreeMap<[&str; 4], u64> = BTreeMap::new();
    for line in case.sourcing.iter().filter(|line| !line.feasible) {
        let key = format!("short: {}", joined(&[&line.part, &line.tour]));
        *pieces.entry(key).or_default() += line.qty;
    }
    for line in case.sourcing.iter().filter(|line| line.feasible) {
        let way: [&str; 4] = [&line.part, &line.supplier, &line.mode, &line.to];
        match line.source.as_str() {
            "on_order" => *taken.entry(way).or_default() += line.qty,
            "order" | "peer" => {
                let key = joined(&[way[0], &line.source, way[1], way[2], way[3]]);
                *pieces.entry(key).or_default() += line.order_qty;
            }
            _ => {}
        }
    }
    let (book, day) = (book(case), sought_on(case));
    // Pieces lying at a point serve before those still on the way.
    for line in book.iter().filter(|line| line.to != "depot") {
        let way: [&str; 4] = [&line.part, &line.supplier, &line.mode, &line.to];
        let left = taken.entry(way).or_default();
        *left = left.saturating_sub(line.sound);
    }
    for line in &book {
        let way: [&str; 4] = [&line.part, &line.supplier, &line.mode, &line.to];
        let on_the_way = if line.expected.is_some_and(|expected| expected >= day) {
            line.open()
        } else {
            0
        };
        let left = taken.entry(way).or_default();
        let used = (*left).min(on_the_way);
        *left -= used;
        // Only whole packs can be sent off again or cancelled.
        let part = case.inputs.catalogue.parts.get(&line.part);
        let pack = part.map_or(1, |part| u64::from(part.pack()));
        let pack = if line.source == "order" { pack } else { 1 };
        let idle = (on_the_way - used) / pack * pack;
        let key = joined(&[way[0], &line.source, way[1], way[2], way[3]]);
        *pieces.entry(key).or_default() += line.qty.saturating_sub(idle);
    }
    pieces
}

/// Pieces on board, by line of the kit.
fn carried(case: &Case<'_>, tour: &str) -> BTreeMap<String, u64> {
    let mut pieces = BTreeMap::new();
    for line in case.kit.iter().filter(|line| line.tour == tour) {
        let key = joined(&[&line.visit, &line.vehicle, &line.part]);
        *pieces.entry(key).or_default() += line.qty;
    }
    pieces
}

/// `qty` by line of a signed list; lines numbered `#2` belong to the line they repeat.
fn quantities(content: &Value, list: &str) -> BTreeMap<String, u64> {
    let mut pieces = BTreeMap::new();
    let lines = content.get(list).and_then(Value::as_object);
    for (key, fields) in lines.into_iter().flatten() {
        let first = match key.rsplit_once(" #") {
            Some((first, number)) if number.parse::<u32>().is_ok() => first,
            _ => key.as_str(),
        };
        let qty = fields.get("qty").and_then(Value::as_str);
        *pieces.entry(first.to_owned()).or_default() += qty
            .and_then(|qty| qty.parse::<u64>().ok())
            .unwrap_or_default();
    }
    pieces
}

fn joined(key: &[&str]) -> String {
    let parts: Vec<&str> = key
        .iter()
        .copied()
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(" / ")
}
