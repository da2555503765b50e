//! stock.csv.

use std::collections::BTreeSet;

use crate::domain::{Catalogue, StockLine};
use crate::findings::Finding;
use crate::ingest::aliases::STOCK;
use crate::ingest::desk::{Desk, Need};

use super::refer;

/// Own stock by part code, each once: the pieces of several shelves are added up.
pub(crate) fn read(desk: &mut Desk<'_>, catalogue: &Catalogue) -> Vec<StockLine> {
    let rows = desk.rows(&STOCK, Need::Wanted, &mut |record| {
        let part = record.needed_text("part")?;
        refer(record, "part", catalogue.parts.contains_key(&part), "D302");
        // A part of a piece on the shelf serves nobody: rounded down.
        let on_hand = record.count("on_hand", f64::floor);
        let line = StockLine {
            on_hand: record.needed("on_hand", on_hand)?,
            reserved: record.count("reserved", f64::ceil).unwrap_or(0),
            bin: record.text("bin"),
            on_order: record.count("on_order", f64::floor).unwrap_or(0),
            eta: record.date("eta"),
            part: part.clone(),
        };
        Some((part, line))
    });
    let mut stock: Vec<StockLine> = Vec::with_capacity(rows.len());
    for row in rows {
        match stock.last_mut() {
            Some(last) if last.part == row.value.part => {
                add(last, &row.value);
                let finding = Finding::new("D307").at(row.spot).value(row.key);
                desk.log.findings.push(finding);
            }
            _ => stock.push(row.value),
        }
    }
    stock
}

fn add(line: &mut StockLine, other: &StockLine) {
    // Of two arrivals the later one is certain for both; an unknown one is counted on by nobody.
    line.eta = match (line.on_order, other.on_order) {
        (0, _) => other.eta,
        (_, 0) => line.eta,
        _ => line.eta.zip(other.eta).map(|(a, b)| a.max(b)),
    };
    line.on_hand = line.on_hand.saturating_add(other.on_hand);
    line.reserved = line.reserved.saturating_add(other.reserved);
    line.on_order = line.on_order.saturating_add(other.on_order);
    let shelves: BTreeSet<&str> = line
        .bin
        .split('|')
        .chain(other.bin.split('|'))
        .filter(|bin| !bin.is_empty())
        .collect();
    line.bin = shelves.into_iter().collect::<Vec<_>>().join("|");
}
