//! Goods-received sheets: one line per order line.

use crate::domain::{FilledAt, GoodsLine};

use super::codes::bare_key;
use super::line::Line;
use super::{Returned, Said};

impl Returned for GoodsLine {
    fn about(&self) -> String {
        self.order.clone()
    }
    fn at(&mut self) -> &mut FilledAt {
        &mut self.at
    }
}

pub(super) fn line(line: &mut Line<'_, '_>) -> Said<GoodsLine> {
    // The day may stand there for all lines of a delivery, come or not.
    if !line.any(&["counted", "damaged", "announced", "note"]) {
        return Said::Nothing;
    }
    let written = line.word("order", "M041");
    if written.is_empty() {
        line.tell("M042", "order", "");
        return Said::Aside;
    }
    let Some((order, part)) = line.lookup.order(&written) else {
        line.tell("M041", "order", written);
        return Said::Aside;
    };
    let printed = line.word("part", "M051");
    if !printed.is_empty() && bare_key(&printed) != bare_key(part) {
        let finding = line.about("M053", "part", &printed).arg("key", order);
        line.record.tell(finding);
        return Said::Aside;
    }
    let (counted, damaged) = (line.count("counted"), line.count("damaged"));
    // An unreadable count was told already; nothing may be booked in on half of it.
    let unreadable = (counted.is_none() && !line.record.raw("counted").is_empty())
        || (damaged.is_none() && !line.record.raw("damaged").is_empty());
    let damaged = damaged.unwrap_or(0);
    if damaged > counted.unwrap_or(0) || unreadable {
        let (damaged, counted) = (line.record.text("damaged"), line.record.text("counted"));
        let finding = line.about("M057", "damaged", "").arg("damaged", damaged);
        line.record.tell(finding.arg("counted", counted));
        return Said::Aside;
    }
    Said::Line(GoodsLine {
        order: order.to_owned(),
        part: part.to_owned(),
        counted,
        damaged,
        on: line.day("on"),
        announced: line.day("announced"),
        note: line.text("note"),
        at: line.at(),
    })
}
