//! The month's order book, and what differs between it and what the plan needs now.
//!
//! Responsible for: folding the journal's events into order lines, what of an order is no longer needed, the
//! order as it is signed. Not responsible for: placing (`place`), what the orders mean for the shelf
//! (`supply`), seeking sources (`stage`).

use std::collections::BTreeMap;

use super::journal::{Event, Journal};
use crate::domain::{Date, GoodsLine};
use crate::plan::model::{OrderLine, Plan, SourceKind, SourcingLine};

/// One order line with what is needed to know which tables already show it.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub(super) line: OrderLine,
    /// SHA-256 of the stock table when it was placed.
    pub(super) stock: String,
    /// SHA-256 of the peers' table when it was placed.
    pub(super) peers: String,
    /// Sound pieces by the SHA-256 of the stock table when they were counted.
    pub(super) counted: Vec<(String, u32)>,
}

/// Every order line of the month as it stands, in order of placement.
pub fn book(journal: &Journal) -> Vec<OrderLine> {
    placed(journal)
        .into_iter()
        .map(|placed| placed.line)
        .collect()
}

pub(super) fn placed(journal: &Journal) -> Vec<Placed> {
    let mut book: Vec<Placed> = Vec::new();
    for entry in journal.entries() {
        match &entry.event {
            Event::Ordered {
                lines,
                stock,
                peers,
            } => book.extend(lines.iter().map(|line| Placed {
                line: line.clone(),
                stock: stock.clone(),
                peers: peers.clone(),
                counted: Vec::new(),
            })),
            Event::Received { lines, stock } => {
                for line in lines {
                    let known = book
                        .iter_mut()
                        .find(|placed| placed.line.order == line.order);
                    if let Some(placed) = known {
                        receive(placed, line, stock, entry.on);
                    }
                }
            }
            _ => {}
        }
    }
    book
}

fn receive(placed: &mut Placed, line: &GoodsLine, stock: &str, read_on: Date) {
    let order = &mut placed.line;
    if let Some(counted) = line.counted {
        let sound = counted.saturating_sub(line.damaged);
        order.received = order.received.saturating_add(sound);
        order.damaged = order.damaged.saturating_add(counted.min(line.damaged));
        let on = line.on.unwrap_or(read_on);
        order.received_on = Some(order.received_on.map_or(on, |known| known.max(on)));
        placed.counted.push((stock.to_owned(), sound));
    }
    if line.announced.is_some() {
        order.expected = line.announced;
    }
    order.closed = still_open(order) == 0;
}

/// Pieces of the line still to come, damaged ones not among them: what replaces those is ordered anew.
pub fn still_open(line: &OrderLine) -> u32 {
    if line.closed {
        0
    } else {
        line.qty
            .saturating_sub(line.received.saturating_add(line.damaged))
    }
}

/// Part, source, supplier, mode and destination: what is one thing on an order, whichever tour needs it first.
pub type OrderKey = (String, SourceKind, String, String, String);

/// The key of an order line.
pub(super) fn key_of_order(line: &OrderLine) -> OrderKey {
    let (part, supplier) = (line.part.clone(), line.supplier.clone());
    (
        part,
        line.source,
        supplier,
        line.mode.clone(),
        line.to.clone(),
    )
}

/// The key of a line still to be ordered.
pub(super) fn key_of_sourcing(line: &SourcingLine) -> OrderKey {
    let (part, supplier) = (line.part.clone(), line.supplier.clone());
    (
        part,
        line.source,
        supplier,
        line.mode.clone(),
        line.to.clone(),
    )
}

/// Lines of the plan still to be ordered or asked for, in time.
pub fn to_be_ordered(plan: &Plan) -> impl Iterator<Item = &SourcingLine> {
    plan.sourcing
        .iter()
        .filter(|line| line.feasible && matches!(line.source, SourceKind::Order | SourceKind::Peer))
}

/// Pieces on the way that no tour needs any more, by order line. Overdue pieces are not among them: the plan
/// does not count on them, and nobody can say whether they will be needed.
pub fn unneeded(plan: &Plan) -> BTreeMap<String, u32> {
    let today = plan.supply.on.unwrap_or(plan.today);
    let mut needed: BTreeMap<[&str; 4], u32> = BTreeMap::new();
    let served = |line: &&SourcingLine| line.source == SourceKind::OnOrder;
    for line in plan.sourcing.iter().filter(served) {
        *needed
            .entry([&line.part, &line.supplier, &line.mode, &line.to])
            .or_default() += line.qty;
    }
    // What was received at a point still serves its tour, under its order.
    for line in plan.orders.iter().filter(|line| line.to != "depot") {
        let key: [&str; 4] = [&line.part, &line.supplier, &line.mode, &line.to];
        let left = needed.entry(key).or_default();
        *left = left.saturating_sub(line.received);
    }
    let mut over = BTreeMap::new();
    for line in &plan.orders {
        let counted_on = line.expected.is_some_and(|day| day >= today);
        let open = if counted_on { still_open(line) } else { 0 };
        let key: [&str; 4] = [&line.part, &line.supplier, &line.mode, &line.to];
        let left = needed.entry(key).or_default();
        let used = (*left).min(open);
        *left -= used;
        let idle = whole_packs(plan, &line.part, line.source, open - used);
        if idle > 0 {
            over.insert(line.order.clone(), idle);
        }
    }
    over
}

/// Of pieces nobody needs, those that make whole packs: less the maker neither sells nor takes back.
fn whole_packs(plan: &Plan, part: &str, source: SourceKind, pieces: u32) -> u32 {
    let facts = plan
        .part_facts
        .get(part)
        .filter(|_| source == SourceKind::Order);
    pieces - pieces % facts.map_or(1, |part| part.pack_qty.max(1))
}

/// Pieces ordered or to be ordered: the book without what is no longer needed of it, and what the plan still
/// wants. Placing an order moves pieces from one to the other and changes no sum.
pub fn ordered_pieces(plan: &Plan) -> BTreeMap<OrderKey, u32> {
    let over = unneeded(plan);
    let mut pieces: BTreeMap<OrderKey, u32> = BTreeMap::new();
    for line in &plan.orders {
        let idle = over.get(&line.order).copied().unwrap_or(0);
        *pieces.entry(key_of_order(line)).or_default() += line.qty.saturating_sub(idle);
    }
    for line in to_be_ordered(plan) {
        *pieces.entry(key_of_sourcing(line)).or_default() += line.order_qty;
    }
    pieces
}

/// One difference between what was placed and what is needed now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeltaLine {
    /// Part code.
    pub part: String,
    /// Peer or order.
    pub source: SourceKind,
    /// Supplier or dealer.
    pub supplier: String,
    /// Transport mode.
    pub mode: String,
    /// `depot`, or a point.
    pub to: String,
    /// Pieces placed.
    pub placed: u32,
    /// Pieces to be ordered on top.
    pub more: u32,
    /// Latest day for them.
    pub order_by: Option<Date>,
    /// Pieces on the way that are no longer needed: cancel them.
    pub cancel: u32,
    /// Pieces received that are no longer needed: send them back, or keep them.
    pub send_back: u32,
    /// Order lines less is needed of.
    pub orders: Vec<String>,
    /// Tours more is needed for.
    pub tours: Vec<String>,
}

/// What differs from the order as placed; empty as long as nothing was placed.
pub fn delta(plan: &Plan) -> Vec<DeltaLine> {
    if plan.orders.is_empty() {
        return Vec::new();
    }
    let mut lines: BTreeMap<OrderKey, DeltaLine> = BTreeMap::new();
    let over = unneeded(plan);
    let mut back = left_on_the_shelf(plan);
    for order in &plan.orders {
        let line = delta_line(&mut lines, key_of_order(order));
        line.placed += order.qty;
        let idle = over.get(&order.order).copied().unwrap_or(0);
        let left = back.entry(&order.part).or_default();
        let returned = if order.to == "depot" {
            whole_packs(plan, &order.part, order.source, order.received.min(*left))
        } else {
            0
        };
        *left -= returned;
        line.cancel += idle;
        line.send_back += returned;
        if idle + returned > 0 {
            line.orders.push(order.order.clone());
        }
    }
    for more in to_be_ordered(plan).filter(|more| more.order_qty > 0) {
        let line = delta_line(&mut lines, key_of_sourcing(more));
        line.more += more.order_qty;
        line.order_by = match (line.order_by, more.order_by) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        line.tours.push(more.tour.clone());
    }
    lines.retain(|_, line| line.more + line.cancel + line.send_back > 0);
    lines.into_values().collect()
}

fn delta_line(lines: &mut BTreeMap<OrderKey, DeltaLine>, key: OrderKey) -> &mut DeltaLine {
    let (part, source, supplier, mode, to) = key.clone();
    lines.entry(key).or_insert(DeltaLine {
        part,
        source,
        supplier,
        mode,
        to,
        placed: 0,
        more: 0,
        order_by: None,
        cancel: 0,
        send_back: 0,
        orders: Vec::new(),
        tours: Vec::new(),
    })
}

/// Free pieces on the shelf that no tour takes, by part.
fn left_on_the_shelf(plan: &Plan) -> BTreeMap<&str, u32> {
    let reserved = |part: &str| {
        let rows = plan.supply.stock.iter().filter(|row| row.part == part);
        rows.map(|row| row.reserved).sum::<u32>()
    };
    plan.parts
        .iter()
        .map(|line| {
            let free = line.on_hand.saturating_sub(reserved(&line.part));
            (line.part.as_str(), free.saturating_sub(line.from_stock))
        })
        .collect()
}
