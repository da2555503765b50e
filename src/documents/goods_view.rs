//! Orders and goods as pages and tables: the order and transfer sheet, what changed since it was placed, the
//! goods-received sheet, and whom to call where a part does not come.

use serde_json::{Value, json};

use super::goods_rows::{
    OrderSheet, call_rows, order_sheets, part_name, state, terms, to_count, to_do, why,
};
use super::{DocumentSet, Messages, Page, plan_view::day};
use crate::domain::{Date, Fen};
use crate::month::{delta, still_open};
use crate::plan::files::Table;
use crate::plan::model::OrderLine;

fn to_words(set: &DocumentSet<'_>, words: &Messages, to: &str) -> String {
    if to == "depot" {
        return words.get("to_depot");
    }
    let point = set.plan.point(to);
    point.map_or_else(|| to.to_owned(), |point| point.name.clone())
}

fn mode_words(words: &Messages, mode: &str) -> String {
    if mode.is_empty() {
        String::new()
    } else {
        words.get(&format!("mode_{mode}"))
    }
}

fn date_words(set: &DocumentSet<'_>, date: Option<Date>) -> String {
    date.map_or_else(String::new, |date| day(set, date))
}

/// 紧急订货/调货单.
pub(super) fn orders(set: &DocumentSet<'_>, words: &Messages) -> Value {
    let sheets: Vec<Value> = order_sheets(set)
        .iter()
        .map(|sheet| {
            let rows: Vec<Value> = sheet
                .lines
                .iter()
                .map(|row| {
                    let facts = set.plan.part_facts.get(row.part);
                    json!({
                        "order": row.order, "part": row.part, "name": part_name(set, row.part),
                        "unit": set.unit(facts), "qty": row.qty,
                        "tour": row.tour, "to": to_words(set, words, row.to),
                        "order_by": date_words(set, row.order_by),
                        "arrives": date_words(set, row.arrives), "cost": row.cost.to_string(),
                        "terms": terms(facts, sheet.source, words), "why": why(row, words),
                        "state": state(row, words), "late": !row.feasible,
                    })
                })
                .collect();
            let open = sheet.lines.iter().filter(|row| row.feasible);
            let latest = open.filter_map(|row| row.order_by).min();
            let cost: Fen = sheet.lines.iter().map(|row| row.cost).sum();
            json!({
                "kind": words.get(&format!("source_{}", sheet.source.key())),
                "supplier": sheet.supplier, "mode": mode_words(words, sheet.mode),
                "points": points(set, sheet), "latest": date_words(set, latest), "cost": cost.to_string(),
                "pieces": sheet.lines.iter().map(|row| row.qty).sum::<u32>(), "rows": rows,
            })
        })
        .collect();
    let dealer = &set.plan.settings.dealer;
    json!({ "title": words.get("doc_orders"), "sheets": sheets, "address": dealer.address })
}

/// Points some of the goods are sent to, with where they are.
fn points(set: &DocumentSet<'_>, sheet: &OrderSheet<'_>) -> Vec<Value> {
    let mut ids: Vec<&str> = sheet.lines.iter().map(|row| row.to).collect();
    ids.sort_unstable();
    ids.dedup();
    let points = ids.into_iter().filter_map(|id| set.plan.point(id));
    points
        .map(|point| {
            json!({
                "id": point.id, "name": point.name, "county": point.county,
                "address": point.address, "host": point.host,
            })
        })
        .collect()
}

/// What changed since the order was placed.
pub(super) fn changes(set: &DocumentSet<'_>, words: &Messages) -> Value {
    let rows: Vec<Value> = delta(set.plan)
        .iter()
        .map(|line| {
            let about: Vec<&str> = line
                .orders
                .iter()
                .chain(&line.tours)
                .map(String::as_str)
                .collect();
            let about = about.join(" ");
            json!({
                "part": line.part, "name": part_name(set, &line.part),
                "source": words.get(&format!("source_{}", line.source.key())),
                "supplier": line.supplier, "mode": mode_words(words, &line.mode),
                "to": to_words(set, words, &line.to), "placed": line.placed, "more": line.more,
                "cancel": line.cancel, "back": line.send_back,
                "order_by": date_words(set, line.order_by),
                "about": about,
                "todo": to_do(line, words),
            })
        })
        .collect();
    json!({ "title": words.get("doc_changes"), "rows": rows })
}

/// The differences as a table.
pub(super) fn changes_csv(set: &DocumentSet<'_>) -> Option<Page> {
    let lines = delta(set.plan);
    if lines.is_empty() {
        return None;
    }
    let mut table = Table::new(&[
        "part",
        "source",
        "supplier",
        "mode",
        "to",
        "placed",
        "more",
        "order_by",
        "cancel",
        "send_back",
        "orders",
        "tours",
    ]);
    for line in lines {
        table.row(&[
            line.part,
            line.source.key().to_owned(),
            line.supplier,
            line.mode,
            line.to,
            line.placed.to_string(),
            line.more.to_string(),
            line.order_by
                .map_or_else(String::new, |date| date.to_string()),
            line.cancel.to_string(),
            line.send_back.to_string(),
            line.orders.join("|"),
            line.tours.join("|"),
        ]);
    }
    Some(Page {
        path: "order-changes.csv".to_owned(),
        bytes: table.finish(),
    })
}

/// 到货验收单: one head per delivery.
pub(super) fn received(set: &DocumentSet<'_>, words: &Messages) -> Value {
    let lines = to_count(set);
    let together = |a: &&OrderLine, b: &&OrderLine| {
        (a.expected, &a.supplier, &a.mode, &a.to) == (b.expected, &b.supplier, &b.mode, &b.to)
    };
    let deliveries: Vec<Value> = lines
        .chunk_by(together)
        .filter_map(|lines| {
            let first = lines.first()?;
            let rows: Vec<Value> = lines.iter().map(|line| to_count_row(set, line)).collect();
            Some(json!({
                "expected": date_words(set, first.expected), "supplier": first.supplier,
                "mode": mode_words(words, &first.mode), "to": to_words(set, words, &first.to),
                "rows": rows,
            }))
        })
        .collect();
    json!({ "title": words.get("doc_received"), "deliveries": deliveries })
}

fn to_count_row(set: &DocumentSet<'_>, line: &OrderLine) -> Value {
    let facts = set.plan.part_facts.get(&line.part);
    json!({
        "order": line.order, "part": line.part, "name": part_name(set, &line.part),
        "unit": set.unit(facts),
        "bin": facts.map_or("", |facts| facts.bin.as_str()), "qty": still_open(line),
    })
}

/// Whom to call about a part that does not come.
pub(super) fn calls(set: &DocumentSet<'_>, words: &Messages) -> Value {
    let rows: Vec<Value> = call_rows(set, words)
        .into_iter()
        .map(|row| {
            json!({
                "tour": row.tour, "slot": row.slot, "point": row.point, "plate": row.plate,
                "vehicle": row.vehicle, "booking": row.booking, "customer": row.customer,
                "contact": row.contact, "phones": row.phones, "part": row.part,
                "pieces": row.pieces, "say": row.say,
            })
        })
        .collect();
    json!({ "title": words.get("doc_shortage"), "rows": rows })
}

/// The same as a table.
pub(super) fn calls_csv(set: &DocumentSet<'_>, words: &Messages) -> Option<Page> {
    let rows = call_rows(set, words);
    if rows.is_empty() {
        return None;
    }
    let mut table = Table::new(&[
        "tour", "slot", "point", "vehicle", "plate", "booking", "customer", "contact", "phone",
        "part", "pieces", "say",
    ]);
    for row in rows {
        table.row(&[
            row.tour,
            row.slot,
            row.point,
            row.vehicle,
            row.plate,
            row.booking,
            row.customer,
            row.contact,
            row.phones,
            row.part,
            row.pieces.to_string(),
            row.say,
        ]);
    }
    Some(Page {
        path: "shortage-calls.csv".to_owned(),
        bytes: table.finish(),
    })
}
