//! What is left to promise of one part: the shelf, superseded numbers, orders under way, peers, rests of packs.

use std::collections::BTreeMap;

use super::sourcing::Draft;
use crate::domain::{Coming, Date, StockLine, SupplierKind, Supply};

/// What is left to promise of one part.
#[derive(Clone, Debug, Default)]
pub(super) struct Shelf {
    /// Pieces on the shelf, reserved or not.
    pub(super) on_hand: u32,
    pub(super) free: u32,
    /// Already ordered: `on_order` of the table, then the month's own orders, earliest first.
    pub(super) coming: Vec<Coming>,
    pub(super) peers: BTreeMap<String, u32>,
    /// Free pieces under superseded numbers.
    pub(super) older: Vec<(String, u32)>,
    /// What is over of packs ordered for earlier departures.
    pub(super) over: Vec<Over>,
}

/// The rest of a pack that is ordered anyway.
#[derive(Clone, Debug)]
pub(super) struct Over {
    /// The order it comes with.
    pub(super) draft: Draft,
    pub(super) pieces: u32,
}

impl Shelf {
    /// What there is. Reservations beyond the shelf eat what is on order; an order without a day is not counted.
    pub(super) fn of(part: &str, older: &[&str], supply: &Supply) -> Self {
        let mut shelf = Self::default();
        for number in older {
            let lines = supply.stock.iter().filter(|line| line.part == *number);
            let free = lines
                .map(|line| line.on_hand.saturating_sub(line.reserved))
                .sum();
            shelf.older.push(((*number).to_owned(), free));
        }
        for line in supply.stock.iter().filter(|line| line.part == part) {
            shelf.on_hand = shelf.on_hand.saturating_add(line.on_hand);
            shelf.free = shelf
                .free
                .saturating_add(line.on_hand.saturating_sub(line.reserved));
            let promised = line.reserved.saturating_sub(line.on_hand);
            if let Some(eta) = line.eta {
                shelf
                    .coming
                    .push(of_table(line, eta, line.on_order.saturating_sub(promised)));
            }
        }
        let own = supply.coming.iter().filter(|line| line.part == part);
        shelf.coming.extend(own.cloned());
        // Any lot there for one departure is there for the next ones too, so the order decides nothing but what is left
        // over: the maker's packs come last, because only of them a rest is meant to be.
        let of_peer = |line: &Coming| {
            let mut ways = supply.suppliers.iter();
            ways.any(|way| way.kind == SupplierKind::Peer && way.supplier == line.supplier)
        };
        let rank = |line: &Coming| match line.order.as_str() {
            "" => 0,
            _ if of_peer(line) => 1,
            _ => 2,
        };
        shelf
            .coming
            .sort_by(|a, b| (rank(a), a.eta, &a.order).cmp(&(rank(b), b.eta, &b.order)));
        for line in supply.peers.iter().filter(|line| line.part == part) {
            let there = shelf.peers.entry(line.dealer.clone()).or_default();
            *there = there.saturating_add(line.on_hand);
        }
        shelf
    }
}

/// Pieces the stock table itself says are on order.
fn of_table(line: &StockLine, eta: Date, qty: u32) -> Coming {
    Coming {
        part: line.part.clone(),
        order: String::new(),
        supplier: String::new(),
        mode: String::new(),
        to: "depot".to_owned(),
        tour: String::new(),
        eta,
        here: false,
        qty,
    }
}
