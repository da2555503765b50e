//! Rule 6, the quantities: kits, the month's parts list and its sources add up to the piece.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::book::SeenSupply;
use super::case::{Case, differs, fault, figure};
use super::tables::{PartRow, Sourcing};
use crate::findings::Finding;

const PARTS: &str = "parts.csv";
const KIT: &str = "kit.csv";

/// Pieces by (tour, part) of kit.csv: bags and common stock together.
fn kit_pieces<'a>(case: &'a Case<'_>) -> BTreeMap<(&'a str, &'a str), u64> {
    let mut pieces = BTreeMap::new();
    for row in &case.kit {
        *pieces
            .entry((row.tour.as_str(), row.part.as_str()))
            .or_default() += row.qty;
    }
    pieces
}

/// `kit_qty` is the sum of the tours' kits, and the peak lies between what is out at once and that sum.
pub(super) fn kits_make_the_parts_list(case: &Case<'_>) -> Vec<Finding> {
    let mut by_part: BTreeMap<&str, Vec<(&str, u64)>> = BTreeMap::new();
    for ((tour, part), pieces) in kit_pieces(case) {
        by_part.entry(part).or_default().push((tour, pieces));
    }
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for row in &case.parts {
        if !seen.insert(&row.part) {
            faults.push(fault("V601", PARTS, row.line, &row.part));
            continue;
        }
        let kits = by_part.remove(row.part.as_str()).unwrap_or_default();
        let at = (PARTS, row.line);
        let sum: u64 = kits.iter().map(|(_, pieces)| pieces).sum();
        if row.kit != sum {
            faults.push(differs("V601", at, &row.part, row.kit, sum));
        }
        let least = out_at_once(case, &kits);
        if row.peak > row.kit || row.peak < least {
            let wanted = format!("{least}–{}", row.kit);
            faults.push(differs("V602", at, &row.part, row.peak, wanted));
        }
    }
    // A part on a van and not on the list.
    for (part, kits) in by_part {
        let sum: u64 = kits.iter().map(|(_, pieces)| pieces).sum();
        faults.push(differs("V601", (PARTS, 0), part, 0, sum));
    }
    faults
}

/// The most pieces on the road on any day; only a departure can raise it.
fn out_at_once(case: &Case<'_>, kits: &[(&str, u64)]) -> u64 {
    let tours: Vec<_> = kits
        .iter()
        .filter_map(|(tour, pieces)| Some((case.tour(tour)?, *pieces)))
        .collect();
    let on = |day| -> u64 {
        let out = tours.iter().filter(|(tour, _)| tour.is_out_on(day));
        out.map(|(_, pieces)| pieces).sum()
    };
    tours
        .iter()
        .map(|(tour, _)| on(tour.depart))
        .max()
        .unwrap_or(0)
}

/// peak = from stock + on order + from peers + to order + short, and sourcing.csv has the same figures.
pub(super) fn sources_make_the_peak(case: &Case<'_>) -> Vec<Finding> {
    let mut faults = Vec::new();
    for row in &case.parts {
        let at = (PARTS, row.line);
        let sum = row.from_stock + row.on_order + row.from_peer + row.to_order + row.short;
        if sum != row.peak {
            faults.push(differs("V603", at, &row.part, sum, row.peak));
        }
        let pieces = |source: &str, feasible: bool| -> u64 {
            let lines = case.sourcing.iter().filter(|line| line.part == row.part);
            let mine = lines.filter(|line| line.source == source && line.feasible == feasible);
            mine.map(|line| line.qty).sum()
        };
        let short: u64 = ["stock", "on_order", "peer", "order"]
            .iter()
            .map(|source| pieces(source, false))
            .sum();
        let figures = [
            ("from_stock", row.from_stock, pieces("stock", true)),
            ("on_order", row.on_order, pieces("on_order", true)),
            ("from_peer", row.from_peer, pieces("peer", true)),
            ("to_order", row.to_order, pieces("order", true)),
            ("short", row.short, short),
        ];
        for (name, found, wanted) in figures {
            if found != wanted {
                let key = format!("{} {name}", row.part);
                faults.push(differs("V604", at, key, found, wanted));
            }
        }
    }
    let listed: BTreeSet<&str> = case.parts.iter().map(|row| row.part.as_str()).collect();
    for line in &case.sourcing {
        if !listed.contains(line.part.as_str()) {
            faults.push(fault("V604", "sourcing.csv", line.line, &line.part));
        }
    }
    faults
}

/// Stock, orders under way and peers' stock are promised once at most.
pub(super) fn stock_is_not_promised_twice(case: &Case<'_>) -> Vec<Finding> {
    let supply = SeenSupply::of(case);
    let mut faults = Vec::new();
    for row in &case.parts {
        let at = (PARTS, row.line);
        let there = supply.of_part(&row.part);
        let mut older = 0;
        for (number, pieces) in from_older(case, &row.part) {
            let known = case.inputs.catalogue.older(&row.part).contains(&number);
            let free = if known {
                supply.of_part(number).free
            } else {
                0
            };
            older += pieces.min(free);
            if pieces > free {
                let key = format!("{} {number}", row.part);
                faults.push(differs("V605", at, key, pieces, free));
            }
        }
        let limits = [
            ("V605", row.from_stock.saturating_sub(older), there.free),
            ("V606", row.on_order, there.coming()),
        ];
        for (code, found, most) in limits.into_iter().filter(|(_, found, most)| found > most) {
            faults.push(differs(code, at, &row.part, found, most));
        }
        if row.on_hand != there.on_hand {
            faults.push(differs("V608", at, &row.part, row.on_hand, there.on_hand));
        }
        faults.extend(peers_overdrawn(case, &supply, row));
        let known = case
            .inputs
            .catalogue
            .parts
            .get(&row.part)
            .is_some_and(|part| part.monitored);
        if row.monitored != Some(known) {
            faults.push(fault("V619", PARTS, row.line, &row.part));
        }
    }
    faults
}

/// Pieces of the part taken from the shelf under superseded numbers.
fn from_older<'a>(case: &'a Case<'_>, part: &str) -> BTreeMap<&'a str, u64> {
    let mut pieces = BTreeMap::new();
    for line in &case.sourcing {
        if line.part == part && line.source == "stock" && !line.number.is_empty() {
            *pieces.entry(line.number.as_str()).or_default() += line.qty;
        }
    }
    pieces
}

fn peers_overdrawn(case: &Case<'_>, supply: &SeenSupply, row: &PartRow) -> Vec<Finding> {
    let mut asked: BTreeMap<&str, u64> = BTreeMap::new();
    for line in &case.sourcing {
        if line.part == row.part && line.source == "peer" {
            *asked.entry(&line.supplier).or_default() += line.qty;
        }
    }
    let there = |dealer: &str| supply.at_peer(dealer, &row.part);
    let overdrawn = asked
        .into_iter()
        .filter(|(dealer, pieces)| *pieces > there(dealer));
    let fault = |(dealer, pieces): (&str, u64)| {
        let key = format!("{} {dealer}", row.part);
        differs("V607", (PARTS, row.line), key, pieces, there(dealer))
    };
    overdrawn.map(fault).collect()
}

/// Every kit fits its van by volume and weight; a van with no figure has no limit.
pub(super) fn kits_fit_their_vans(case: &Case<'_>) -> Vec<Finding> {
    let mut loads: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    for ((tour, code), pieces) in kit_pieces(case) {
        let Some(part) = case.inputs.catalogue.parts.get(code) else {
            continue;
        };
        let load = loads.entry(tour).or_default();
        load.0 += part.volume_l * pieces as f64;
        load.1 += part.weight_kg * pieces as f64;
    }
    let mut faults = Vec::new();
    for (tour, (volume_l, weight_kg)) in loads {
        let van = case.tour(tour).and_then(|tour| case.van(&tour.van));
        let Some(van) = van else { continue };
        for (load, room) in [(volume_l, van.volume_l), (weight_kg, van.payload_kg)] {
            if room > 0.0 && load > room + 1e-6 {
                faults.push(differs("V609", (KIT, 0), tour, figure(load), figure(room)));
            }
        }
    }
    faults
}

/// From the maker whole packs, from peers what is needed; in all enough for the lines of the order.
pub(super) fn orders_are_whole_packs(case: &Case<'_>) -> Vec<Finding> {
    let mut orders: BTreeMap<[&str; 5], (u64, u64, u32)> = BTreeMap::new();
    let mut faults = Vec::new();
    let bought =
        |line: &&Sourcing| matches!(line.source.as_str(), "peer" | "order") && line.feasible;
    for line in case.sourcing.iter().filter(bought) {
        let part = case.inputs.catalogue.parts.get(&line.part);
        let pack = match line.source.as_str() {
            "order" => part.map_or(1, |part| u64::from(part.pack())),
            _ => 1,
        };
        if line.order_qty % pack != 0 {
            let key = format!("{} {}", line.part, line.tour);
            faults.push(differs(
                "V626",
                ("sourcing.csv", line.line),
                key,
                line.order_qty,
                pack,
            ));
        }
        let way = [
            &line.part,
            &line.source,
            &line.supplier,
            &line.mode,
            &line.to,
        ];
        let sums = orders
            .entry(way.map(String::as_str))
            .or_insert((0, 0, line.line));
        sums.0 += line.order_qty;
        sums.1 += line.qty;
    }
    for (way, (ordered, needed, line)) in orders {
        if ordered < needed {
            faults.push(differs(
                "V626",
                ("sourcing.csv", line),
                way.join(" "),
                ordered,
                needed,
            ));
        }
    }
    faults
}

/// Every line says why it is carried, and its pieces + shortage = need + leftover.
pub(super) fn lines_say_what_is_expected(case: &Case<'_>) -> Vec<Finding> {
    const WHY: [&str; 4] = ["agreed", "named", "made", "probable"];
    let mut faults = Vec::new();
    for row in &case.kit {
        let Some([need, shortage, leftover]) = row.expected else {
            continue;
        };
        let (there, gone) = (row.qty as f64 + shortage, need + leftover);
        if (there - gone).abs() > 5e-4 || !WHY.contains(&row.why.as_str()) {
            let key = format!("{} {} {}", row.tour, row.vehicle, row.part);
            faults.push(differs(
                "V625",
                (KIT, row.line),
                key,
                figure(there),
                figure(gone),
            ));
        }
    }
    faults
}

/// A bag belongs to a vehicle with a place on that visit; every line to a tour.
pub(super) fn bags_have_owners(case: &Case<'_>) -> Vec<Finding> {
    let visit_of: BTreeMap<&str, &str> = case
        .customers
        .iter()
        .filter(|row| row.on_visit())
        .map(|row| (row.vehicle.as_str(), row.visit.as_str()))
        .collect();
    let mut faults = Vec::new();
    for row in &case.kit {
        let own_visit = visit_of.get(row.vehicle.as_str()).copied();
        let owner = row.vehicle.is_empty() || own_visit == Some(row.visit.as_str());
        let visit = row.visit.is_empty()
            || case
                .visit(&row.visit)
                .is_some_and(|visit| visit.tour == row.tour);
        if !owner || !visit || case.tour(&row.tour).is_none() {
            faults.push(fault(
                "V618",
                KIT,
                row.line,
                format!("{} {}", row.tour, row.part),
            ));
        }
    }
    faults
}

/// The kits of plan.json, which the documents print, are those of kit.csv.
pub(super) fn documents_carry_the_same_kit(case: &Case<'_>) -> Vec<Finding> {
    let Some(lines) = case.plan.get("kit").and_then(Value::as_array) else {
        return Vec::new();
    };
    let word = |line: &Value, key: &str| {
        line.get(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let mut difference: BTreeMap<[String; 4], (u64, u64)> = BTreeMap::new();
    for line in lines {
        let key = ["tour", "visit", "vehicle", "part"].map(|name| word(line, name));
        let qty = line.get("qty").and_then(Value::as_u64).unwrap_or_default();
        difference.entry(key).or_default().0 += qty;
    }
    for row in &case.kit {
        let key = [&row.tour, &row.visit, &row.vehicle, &row.part].map(Clone::clone);
        difference.entry(key).or_default().1 += row.qty;
    }
    let wrong = difference
        .into_iter()
        .filter(|(_, (plan, table))| plan != table);
    wrong
        .map(|(key, (plan, table))| differs("V621", (KIT, 0), key.join(" "), table, plan))
        .collect()
}
