//! Placing an order: the plan's lines become lines of the order book.

use super::orders::{key_of_order, key_of_sourcing, to_be_ordered};
use crate::domain::{Calendar, Catalogue, Date, Part, SupplierKind, Supply};
use crate::findings::Finding;
use crate::plan::model::{OrderLine, Plan, SourceKind, SourcingLine};
use crate::stage::order_options;

/// What placing gave.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Placing {
    /// New lines of the book, with their keys.
    pub lines: Vec<OrderLine>,
    /// M021 for every line that can no longer be there in time; it is not placed.
    pub findings: Vec<Finding>,
}

/// Everything the plan still wants ordered or transferred, as new lines of the book, in the order the sheets
/// print them: by supplier, mode, destination, part. What several tours need at the depot is one line, under the
/// tour that needs it first; what is sent to a point is a line of its tour.
///
/// An order leaves on the first day it can from `today` on, and is expected by that day's lead time; one sent
/// straight to a point is asked for on the plan's day, because the host has no room before.
pub fn lines_to_place(
    plan: &Plan,
    supply: &Supply,
    catalogue: &Catalogue,
    calendar: &Calendar,
    today: Date,
) -> Placing {
    // The rest of a pack comes with the line that orders the pack.
    let orders = to_be_ordered(plan).filter(|line| line.order_qty > 0);
    let mut wanted: Vec<&SourcingLine> = orders.collect();
    wanted.sort_by_key(|line| {
        let at = (&line.supplier, &line.mode, &line.to);
        (line.source, at, &line.part, rank(plan, &line.tour))
    });
    let mut placing = Placing::default();
    let mut number = plan.orders.len();
    for line in wanted {
        let soonest = catalogue
            .parts
            .get(&line.part)
            .and_then(|part| soonest(line, part, supply, calendar, today));
        let Some(soonest) = soonest.filter(|day| line.arrives.is_some_and(|by| *day <= by)) else {
            placing.findings.push(
                Finding::new("M021")
                    .value(&line.part)
                    .arg("qty", line.order_qty)
                    .arg("supplier", &line.supplier)
                    .arg("mode", &line.mode)
                    .arg("tour", &line.tour),
            );
            continue;
        };
        let to_depot = line.to == "depot";
        if let Some(last) = placing.lines.last_mut()
            && to_depot
            && key_of_order(last) == key_of_sourcing(line)
        {
            last.qty += line.order_qty;
            last.cost += line.cost;
            continue;
        }
        number += 1;
        placing.lines.push(OrderLine {
            order: format!("{}-O{number:03}", short_month(&plan.month)),
            part: line.part.clone(),
            source: line.source,
            supplier: line.supplier.clone(),
            mode: line.mode.clone(),
            to: line.to.clone(),
            tour: line.tour.clone(),
            qty: line.order_qty,
            spare: if to_depot {
                0
            } else {
                line.order_qty - line.qty.min(line.order_qty)
            },
            cost: line.cost,
            reason: line.reason.clone(),
            ordered_on: today,
            expected: if to_depot {
                Some(soonest)
            } else {
                line.arrives
            },
            received: 0,
            damaged: 0,
            received_on: None,
            closed: false,
        });
    }
    placing
}

/// Where a tour stands in order of departure.
fn rank<'p>(plan: &'p Plan, tour: &str) -> Option<(Date, &'p str)> {
    plan.tour(tour).map(|tour| (tour.depart, tour.id.as_str()))
}

/// The day the line is there when ordered as soon as it can be.
fn soonest(
    line: &SourcingLine,
    part: &Part,
    supply: &Supply,
    calendar: &Calendar,
    today: Date,
) -> Option<Date> {
    let kind = match line.source {
        SourceKind::Peer => SupplierKind::Peer,
        _ => SupplierKind::Maker,
    };
    // Needed yesterday: every way is asked for its first order day.
    let options = order_options(
        part,
        supply,
        calendar,
        today,
        today.plus_days(-1),
        line.order_qty,
    );
    options
        .into_iter()
        .filter(|way| way.kind == kind && way.supplier == line.supplier)
        .filter(|way| way.mode.key() == line.mode)
        .map(|way| way.arrives)
        .min()
}

/// `2026-12` → `2612`.
fn short_month(month: &str) -> String {
    month.chars().filter(char::is_ascii_digit).skip(2).collect()
}
