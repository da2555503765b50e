//! Orders and goods as lines, once for the pages and the workbooks alike.
//!
//! Responsible for: which lines each of the four documents has, and their words. Not responsible for: layout.

use std::collections::BTreeMap;

use super::{DocumentSet, Messages, plan_view::day};
use crate::domain::{Date, Fen};
use crate::month::{DeltaLine, delta, short_bags, still_open};
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
            let one = set.found.called(&bag.vehicle);
            let visit = set.found.visit(&bag.visit);
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
