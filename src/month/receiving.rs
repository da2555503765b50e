//! Checks counted goods against the order book before anything is changed.

use std::collections::BTreeMap;

use super::journal::{Event, Journal};
use super::orders::{book, still_open};
use crate::domain::{FilledAt, GoodsLine};
use crate::findings::{Finding, Spot};

/// What a filled goods-received sheet says, checked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CheckedGoods {
    /// Lines that say something new.
    pub lines: Vec<GoodsLine>,
    /// M023–M026: with any of these nothing of the sheet may be taken, or its sound lines would be counted
    /// again once it is put right.
    pub errors: Vec<Finding>,
    /// M027: lines a sheet read before said already.
    pub said_before: Vec<Finding>,
}

/// Checks the lines of one sheet. Lines without a count or a new day say nothing and are left out.
pub fn check_goods(journal: &Journal, lines: Vec<GoodsLine>) -> CheckedGoods {
    let book = book(journal);
    let mut open: BTreeMap<&str, u32> = BTreeMap::new();
    for line in &book {
        open.insert(&line.order, still_open(line));
    }
    let mut checked = CheckedGoods::default();
    for line in lines {
        if line.counted.is_none() && line.announced.is_none() && line.damaged == 0 {
            continue;
        }
        let told = |code: &str| {
            let at = Spot {
                file: line.at.file.clone(),
                sheet: line.at.sheet.clone(),
                line: line.at.line,
                ..Spot::default()
            };
            Finding::new(code).at(at).value(&line.order)
        };
        let Some(order) = book.iter().find(|order| order.order == line.order) else {
            checked.errors.push(told("M023"));
            continue;
        };
        if !line.part.is_empty() && line.part != order.part {
            let finding = told("M024").arg("found", &line.part);
            checked.errors.push(finding.arg("wanted", &order.part));
            continue;
        }
        if known(journal, &line) {
            checked.said_before.push(told("M027"));
            continue;
        }
        let counted = line.counted.unwrap_or(0);
        if line.damaged > counted {
            let finding = told("M026").arg("counted", counted);
            checked.errors.push(finding.arg("damaged", line.damaged));
            continue;
        }
        let left = open.entry(&order.order).or_default();
        if counted > *left {
            let finding = told("M025").arg("counted", counted);
            checked.errors.push(finding.arg("open", *left));
            continue;
        }
        *left -= counted;
        checked.lines.push(line);
    }
    checked
}

/// Whether another sheet said exactly this before: a sheet filled further and read in once more.
fn known(journal: &Journal, line: &GoodsLine) -> bool {
    let bare = |line: &GoodsLine| GoodsLine {
        at: FilledAt::default(),
        ..line.clone()
    };
    let bare_line = bare(line);
    let received = journal
        .entries()
        .iter()
        .filter_map(|entry| match &entry.event {
            Event::Received { lines, .. } => Some(lines),
            _ => None,
        });
    received.flatten().any(|before| bare(before) == bare_line)
}
