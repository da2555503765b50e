//! Orders and goods: the order and transfer sheet, what changed since it was placed, the goods-received sheet, and
//! whom to call where a part does not come.
//!
//! Responsible for: the lines of each, once, for the pages and the workbooks alike.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{DocumentSet, Messages, Page, plan_view::day};
use crate::domain::{Date, Fen};
use crate::month::{DeltaLine, delta, short_bags, still_open};
use crate::plan::files::Table;
use crate::plan::model::{OrderLine, PartFacts, SourceKind, SourcingLine};

/// One order: everything from one supplier by one mode.
pub(super) struct OrderSheet<'p> {
    pub(super) source: SourceKind,
    pub(super) supplier: &'p str,
    pub(super) mode: &'p str,
    pub(super) lines: Vec<OrderRow<'p>>,
}

/// One line of it, placed or to be placed.
pub(super) struct OrderRow<'p> {
    /// Key; empty = not placed yet.
    pub(super) order: &'p str,
    pub(super) part: &'p str,
    pub(super) tour: &'p str,
    pub(super) to: &'p str,
    pub(super) qty: u32,
    pub(super) order_by: Option<Date>,
    pub(super) arrives: Option<Date>,
    pub(super) cost: Fen,
    pub(super) reason: &'p str,
    pub(super) feasible: bool,
    /// As it stands in the book.
    pub(super) placed: Option<&'p OrderLine>,
}

/// Every order of the month, peers apart from makers, in order of supplier and mode.
pub(super) fn order_sheets<'p>(set: &DocumentSet<'p>) -> Vec<OrderSheet<'p>> {
    type Way<'p> = (SourceKind, &'p str, &'p str);
    let mut sheets: BTreeMap<Way<'p>, Vec<OrderRow<'p>>> = BTreeMap::new();
    for line in &set.plan.orders {
        let way = (line.source, line.supplier.as_str(), line.mode.as_str());
        sheets.entry(way).or_default().push(OrderRow {
            order: &line.order,
            part: &line.part,
            tour: &line.tour,
            to: &line.to,
            qty: line.qty,
            order_by: None,
            arrives: line.expected,
            cost: line.cost,
            reason: &line.reason,
            feasible: true,
            placed: Some(line),
        });
    }
    let wanted = |source| matches!(source, SourceKind::Order | SourceKind::Peer);
    let orders =
        |line: &&SourcingLine| wanted(line.source) && (line.order_qty > 0 || !line.feasible);
    for line in plan_lines(set).filter(orders) {
        let way = (line.source, line.supplier.as_str(), line.mode.as_str());
        sheets.entry(way).or_default().push(OrderRow {
            order: "",
            part: &line.part,
            tour: &line.tour,
            to: &line.to,
            qty: line.order_qty,
            order_by: line.order_by,
            arrives: line.arrives,
            cost: line.cost,
            reason: &line.reason,
            feasible: line.feasible,
            placed: None,
        });
    }
    let sheets = sheets.into_iter();
    sheets
        .map(|((source, supplier, mode), mut lines)| {
            lines.sort_by_key(|row| (row.order.is_empty(), row.order, row.order_by, row.part));
            OrderSheet {
                source,
                supplier,
                mode,
                lines,
            }
        })
        .collect()
}

fn plan_lines<'p>(set: &DocumentSet<'p>) -> impl Iterator<Item = &'p SourcingLine> {
    set.plan.sourcing.iter()
}

/// Order lines with pieces still to come, in the order they are expected.
pub(super) fn to_count<'p>(set: &DocumentSet<'p>) -> Vec<&'p OrderLine> {
    let mut lines: Vec<&OrderLine> = set
        .plan
        .orders
        .iter()
        .filter(|line| still_open(line) > 0)
        .collect();
    lines.sort_by_key(|line| {
        (
            line.expected,
            &line.supplier,
            &line.mode,
            &line.to,
            &line.order,
        )
    });
    lines
}

/// `review 2 workdays; not by air`: what must be known of a part before it is ordered.
pub(super) fn terms(facts: Option<&PartFacts>, source: SourceKind, words: &Messages) -> String {
    let Some(facts) = facts else {
        return String::new();
    };
    let mut terms = Vec::new();
    if facts.monitored && source == SourceKind::Order {
        let days = facts.review_workdays.to_string();
        terms.push(words.get("goods_review_days").replace("{days}", &days));
    }
    if !facts.modes.is_empty() {
        let unfit: Vec<String> = ["road", "express", "air"]
            .into_iter()
            .filter(|mode| !facts.modes.iter().any(|known| known == mode))
            .map(|mode| words.get(&format!("mode_{mode}")))
            .collect();
        if !unfit.is_empty() {
            let modes = unfit.join(&words.get("list_comma"));
            terms.push(words.get("goods_unfit_modes").replace("{modes}", &modes));
        }
    }
    terms.join(&words.get("list_stop"))
}

/// How the line stands: to be ordered, on the way, received.
pub(super) fn state(row: &OrderRow<'_>, words: &Messages) -> String {
    let Some(line) = row.placed else {
        return words.get(if row.feasible {
            "goods_state_open"
        } else {
            "no_time"
        });
    };
    let mut said = vec![format!(
        "{} {}",
        words.get("goods_state_placed"),
        line.ordered_on
    )];
    if line.received > 0 {
        said.push(format!(
            "{} {}",
            words.get("goods_state_received"),
            line.received
        ));
    }
    if line.damaged > 0 {
        said.push(format!(
            "{} {}",
            words.get("goods_state_damaged"),
            line.damaged
        ));
    }
    said.join(&words.get("list_comma"))
}

/// Why it comes this way; an urgent mode is always explained.
pub(super) fn why(row: &OrderRow<'_>, words: &Messages) -> String {
    if row.reason.is_empty() {
        String::new()
    } else {
        words.get(&format!("sourcing_{}", row.reason))
    }
}

/// What is to be done about a difference.
pub(super) fn to_do(line: &DeltaLine, words: &Messages) -> String {
    let mut said = Vec::new();
    if line.more > 0 {
        said.push(words.get("goods_do_order"));
    }
    if line.cancel > 0 {
        said.push(words.get("goods_do_cancel"));
    }
    if line.send_back > 0 {
        said.push(words.get("goods_do_send_back"));
    }
    said.join(&words.get("list_stop"))
}

/// A booked customer whose bag lacks a part, with whom to dial.
pub(super) struct CallRow {
    pub(super) tour: String,
    pub(super) slot: String,
    pub(super) point: String,
    pub(super) plate: String,
    pub(super) vehicle: String,
    pub(super) booking: String,
    pub(super) customer: String,
    pub(super) contact: String,
    pub(super) phones: String,
    pub(super) part: String,
    pub(super) pieces: u32,
    pub(super) say: String,
}

/// Whom to call, in order of tour and slot.
pub(super) fn call_rows(set: &DocumentSet<'_>, words: &Messages) -> Vec<CallRow> {
    let plan = set.plan;
    short_bags(plan)
        .into_iter()
        .map(|bag| {
            let one = plan.vehicles.iter().find(|one| one.vehicle == bag.vehicle);
            let visit = plan.visits.iter().find(|visit| visit.id == bag.visit);
            let point = visit.and_then(|visit| plan.point(&visit.point));
            let contact = set.contacts.get(&bag.vehicle);
            let say = match bag.arrives {
                Some(date) if !bag.mode.is_empty() => words
                    .get("goods_say_late")
                    .replace("{day}", &day(set, date))
                    .replace("{mode}", &words.get(&format!("mode_{}", bag.mode))),
                _ => words.get("goods_say_none"),
            };
            CallRow {
                point: point.map_or_else(String::new, |point| point.name.clone()),
                plate: one.map_or_else(String::new, |one| one.plate.clone()),
                customer: one.map_or_else(String::new, |one| one.customer.clone()),
                contact: contact.map_or_else(String::new, |line| line.contact.clone()),
                phones: contact.map_or_else(String::new, |line| line.phones.join(" / ")),
                part: part_name(set, &bag.part),
                tour: bag.tour,
                slot: bag.slot,
                vehicle: bag.vehicle,
                booking: bag.booking,
                pieces: bag.pieces,
                say,
            }
        })
        .collect()
}

/// A part's name, else its code.
pub(super) fn part_name(set: &DocumentSet<'_>, code: &str) -> String {
    let facts = set.plan.part_facts.get(code);
    facts.map_or_else(|| code.to_owned(), |facts| facts.name.clone())
}

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
                        "unit": facts.map_or("", |facts| facts.unit.as_str()), "qty": row.qty,
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
                "latest": date_words(set, latest), "cost": cost.to_string(),
                "pieces": sheet.lines.iter().map(|row| row.qty).sum::<u32>(), "rows": rows,
            })
        })
        .collect();
    let dealer = &set.plan.settings.dealer;
    json!({ "title": words.get("doc_orders"), "sheets": sheets, "address": dealer.address })
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
        "unit": facts.map_or("", |facts| facts.unit.as_str()),
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

/// Pieces of a part placed and received this month, for the parts list.
pub(super) fn placed_and_received(set: &DocumentSet<'_>, part: &str) -> (u32, u32) {
    let lines = set.plan.orders.iter().filter(|line| line.part == part);
    lines.fold((0, 0), |(placed, received), line| {
        (placed + line.qty, received + line.received)
    })
}

/// Which of these documents there are now: name of the files, title, words for the list on the first page.
pub(super) fn present(set: &DocumentSet<'_>) -> Vec<(&'static str, &'static str)> {
    let mut present = Vec::new();
    if !order_sheets(set).is_empty() {
        present.push(("orders", "doc_orders"));
    }
    if !delta(set.plan).is_empty() {
        present.push(("order-changes", "doc_changes"));
    }
    if !to_count(set).is_empty() {
        present.push(("goods-received", "doc_received"));
    }
    if !short_bags(set.plan).is_empty() {
        present.push(("shortage-calls", "doc_shortage"));
    }
    present
}
