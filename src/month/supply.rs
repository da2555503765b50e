//! What can be drawn on now: the tables, and the month's own orders beside them.
//!
//! Responsible for: never counting a piece twice, whichever of table and order book is the newer. A table is
//! known by its SHA-256: the one an event was written under does not show that event; any other is newer and
//! does.

use std::collections::BTreeMap;

use super::closing::kept_out;
use super::journal::Journal;
use super::orders::{Placed, placed, still_open};
use crate::domain::{Coming, Date, StockLine, Supply};
use crate::findings::Finding;
use crate::plan::model::{Plan, SeenPeer, SeenStock, SourceKind, SupplySeen};

/// SHA-256 of the tables of stock as they lie in the workspace now; empty = there is no such table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableHashes {
    /// Own stock.
    pub stock: String,
    /// Sister dealers' stock.
    pub peers: String,
}

impl TableHashes {
    /// From the files read (path, SHA-256): a table may be CSV or a workbook.
    pub fn of(files: &[(String, String)]) -> Self {
        let hash = |stem: &str| {
            let named = |file: &str| file.rsplit_once('.').is_some_and(|(name, _)| name == stem);
            let found = files.iter().find(|(file, _)| named(file));
            found.map(|(_, hash)| hash.clone()).unwrap_or_default()
        };
        Self {
            stock: hash("stock"),
            peers: hash("peers"),
        }
    }
}

/// What there is, and what is to be told about it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SupplyNow {
    /// What sources are sought in.
    pub supply: Supply,
    /// M028 where the stock table is newer than goods received; M032 for every order overdue.
    pub findings: Vec<Finding>,
}

/// The tables with the month's orders laid beside them.
///
/// - Open pieces of the book come on their expected day; an overdue or unknown day is not counted on.
/// - `on_order` of a stock table newer than an order may be that order: the larger of the two counts.
/// - Sound pieces received lie on the shelf as long as the stock table is the one they were counted under; a
///   newer one holds them itself. Damaged pieces serve nobody.
/// - What was sent straight to a point serves only the tour it was sent for, before and after it is there.
/// - Pieces asked for at a sister dealer are gone from there: all of them as long as its table is the one
///   they were asked for under, those still open where it is newer (it may not be booked out there yet).
/// - `out`: pieces by part that the month's tours took from the shelf before the stock table was made, added
///   back, because the month's need counts those tours too.
pub fn supply_now(
    tables: &Supply,
    journal: &Journal,
    hashes: &TableHashes,
    out: &BTreeMap<String, u32>,
    today: Date,
) -> SupplyNow {
    let book = placed(journal);
    let mut now = SupplyNow {
        supply: tables.clone(),
        findings: Vec::new(),
    };
    let mut on_shelf = out.clone();
    let mut in_table: BTreeMap<&str, u32> = BTreeMap::new();
    let mut known_to_table = 0_u32;
    for one in &book {
        let line = &one.line;
        if line.to == "depot" {
            let (here, newer) = counted(one, &hashes.stock);
            *on_shelf.entry(line.part.clone()).or_default() += here;
            known_to_table += newer;
        } else if line.received > 0 {
            let eta = line.received_on.unwrap_or(line.ordered_on);
            let promised = line.received.min(line.qty - line.spare.min(line.qty));
            now.supply.coming.push(coming(one, eta, promised, true));
        }
        let open = still_open(line);
        match line.expected {
            Some(eta) if open > 0 && eta >= today => {
                // What is over of a pack sent to a point is not counted on there.
                let promised = open.saturating_sub(line.spare);
                now.supply.coming.push(coming(one, eta, promised, false));
                if one.stock != hashes.stock {
                    *in_table.entry(&line.part).or_default() += open;
                }
            }
            _ if open > 0 => now.findings.push(overdue(one, open)),
            _ => {}
        }
    }
    if known_to_table > 0 {
        now.findings
            .push(Finding::new("M028").arg("pieces", known_to_table));
    }
    for line in &mut now.supply.stock {
        let counted = in_table.get(line.part.as_str()).copied().unwrap_or(0);
        line.on_order = line.on_order.saturating_sub(counted);
        let more = on_shelf.remove(&line.part).unwrap_or(0);
        line.on_hand = line.on_hand.saturating_add(more);
    }
    let unlisted = on_shelf.into_iter().filter(|(_, pieces)| *pieces > 0);
    now.supply
        .stock
        .extend(unlisted.map(|(part, on_hand)| StockLine {
            part,
            on_hand,
            ..StockLine::default()
        }));
    now.supply.stock.sort_by(|a, b| a.part.cmp(&b.part));
    ask_peers(&mut now.supply, &book, hashes);
    now
}

/// Sound pieces the stock table does not show, and those it does.
fn counted(one: &Placed, stock: &str) -> (u32, u32) {
    let mut pieces = (0, 0);
    for (under, sound) in &one.counted {
        if under == stock {
            pieces.0 += sound;
        } else {
            pieces.1 += sound;
        }
    }
    pieces
}

fn coming(one: &Placed, eta: Date, qty: u32, here: bool) -> Coming {
    let line = &one.line;
    Coming {
        part: line.part.clone(),
        order: line.order.clone(),
        supplier: line.supplier.clone(),
        mode: line.mode.clone(),
        to: line.to.clone(),
        tour: line.tour.clone(),
        eta,
        here,
        qty,
    }
}

fn overdue(one: &Placed, pieces: u32) -> Finding {
    let line = &one.line;
    let day = line
        .expected
        .map_or_else(|| "–".to_owned(), |day| day.to_string());
    Finding::new("M032")
        .value(&line.order)
        .arg("part", &line.part)
        .arg("pieces", pieces)
        .arg("supplier", &line.supplier)
        .arg("day", day)
}

fn ask_peers(supply: &mut Supply, book: &[Placed], hashes: &TableHashes) {
    for one in book
        .iter()
        .filter(|one| one.line.source == SourceKind::Peer)
    {
        let line = &one.line;
        let mut gone = if one.peers == hashes.peers {
            line.qty
        } else {
            still_open(line)
        };
        let rows = supply.peers.iter_mut();
        for row in rows.filter(|row| row.dealer == line.supplier && row.part == line.part) {
            let taken = gone.min(row.on_hand);
            row.on_hand -= taken;
            gone -= taken;
        }
    }
}

/// The tables as the plan saw them, for every part of its list: `verify` judges by these where the tables have
/// moved on. `since` is the day this stock table was first seen, `on` today.
pub fn seen(
    plan: &Plan,
    tables: &Supply,
    hashes: &TableHashes,
    out: &BTreeMap<String, u32>,
    (since, on): (Date, Date),
) -> SupplySeen {
    let parts = plan.parts.iter().map(|line| line.part.as_str());
    let older = plan.sourcing.iter().map(|line| line.number.as_str());
    let listed: std::collections::BTreeSet<&str> = parts.chain(older).collect();
    let stock = tables.stock.iter().map(|line| SeenStock {
        part: line.part.clone(),
        on_hand: line.on_hand,
        reserved: line.reserved,
        on_order: line.on_order,
        eta: line.eta,
    });
    let peers = tables.peers.iter().map(|line| SeenPeer {
        dealer: line.dealer.clone(),
        part: line.part.clone(),
        on_hand: line.on_hand,
    });
    SupplySeen {
        on: Some(on),
        since: Some(since),
        stock_sha256: hashes.stock.clone(),
        peers_sha256: hashes.peers.clone(),
        stock: stock
            .filter(|line| listed.contains(line.part.as_str()))
            .collect(),
        peers: peers
            .filter(|line| listed.contains(line.part.as_str()))
            .collect(),
        out: out.clone(),
    }
}

/// The day the stock table was first seen: it shows the shelf of that day.
pub fn first_seen(last: Option<&Plan>, hashes: &TableHashes, today: Date) -> Date {
    let known = last.filter(|last| last.supply.stock_sha256 == hashes.stock);
    known
        .and_then(|last| last.supply.since.or(last.supply.on))
        .unwrap_or(today)
}

/// Pieces by part that the month's tours took from the shelf before the stock table was made, so that it does not
/// show them.
///
/// Tours that were away when the table was first seen had their kits with them. Of tours that were home by then
/// only what they did not bring back is missing from it, as their closing says, whenever it comes in.
pub fn out_with_tours(
    last: Option<&Plan>,
    hashes: &TableHashes,
    today: Date,
) -> BTreeMap<String, u32> {
    let Some(last) = last else {
        return BTreeMap::new();
    };
    let since = first_seen(Some(last), hashes, today);
    let mut out = kept_out(last, since);
    for tour in last
        .tours
        .iter()
        .filter(|tour| tour.depart < since && tour.ret >= since)
    {
        for line in last.kit.iter().filter(|line| line.tour == tour.id) {
            *out.entry(line.part.clone()).or_default() += line.qty;
        }
    }
    out
}
