//! Rule 6, the ways: every piece travels as it may, and is there when it is needed, or the plan says it is not.

use std::collections::BTreeMap;

use super::book::{Lot, SeenSupply};
use super::case::{Case, differs, fault};
use super::tables::Sourcing;
use crate::domain::{Date, SupplierKind, SupplierMode};
use crate::findings::Finding;

const SOURCING: &str = "sourcing.csv";
const SOURCES: [&str; 4] = ["stock", "on_order", "peer", "order"];

/// The line's key in findings.
fn key(line: &Sourcing) -> String {
    format!("{} {}", line.part, line.tour)
}

/// The day by which the line's pieces are needed: at the depot by departure, at a point by the visit's first day.
fn needed(case: &Case<'_>, line: &Sourcing) -> Option<Date> {
    if line.to == "depot" {
        return case.tour(&line.tour).map(|tour| tour.depart);
    }
    let visits = case.visits_of(&line.tour);
    visits
        .into_iter()
        .find(|visit| visit.point == line.to)
        .map(|visit| visit.first_day)
}

/// Every line has a known source, a tour, a destination that takes goods, and a word where it is not feasible.
pub(super) fn lines_make_sense(case: &Case<'_>) -> Vec<Finding> {
    let mut faults = Vec::new();
    for line in &case.sourcing {
        let takes_goods = line.to == "depot"
            || case
                .point(&line.to)
                .is_some_and(|point| point.receives_goods);
        let known = SOURCES.contains(&line.source.as_str());
        if !known || !takes_goods || needed(case, line).is_none() {
            faults.push(fault("V613", SOURCING, line.line, key(line)));
        }
        if !line.feasible && line.reason.is_empty() {
            faults.push(fault("V620", SOURCING, line.line, key(line)));
        }
    }
    faults
}

/// Nothing travels by a mode it is not allowed, not even too late.
pub(super) fn modes_are_allowed(case: &Case<'_>) -> Vec<Finding> {
    let mut faults = Vec::new();
    for line in case.sourcing.iter().filter(|line| !line.mode.is_empty()) {
        let part = case.inputs.catalogue.parts.get(&line.part);
        let allowed = part.is_some_and(|part| {
            part.allowed_modes
                .iter()
                .any(|mode| mode.key() == line.mode)
        });
        if !allowed {
            faults.push(differs(
                "V610",
                (SOURCING, line.line),
                key(line),
                &line.mode,
                "–",
            ));
        }
    }
    faults
}

/// What is called feasible arrives by the day it is needed; on order counts with its day in the stock table or in
/// the order book, and only for the tour whose stop it was sent to.
pub(super) fn feasible_is_in_time(case: &Case<'_>) -> Vec<Finding> {
    let mut faults = Vec::new();
    let supply = SeenSupply::of(case);
    let mut promised: BTreeMap<Lot, u64> = BTreeMap::new();
    for line in case.sourcing.iter().filter(|line| line.feasible) {
        let at = (SOURCING, line.line);
        let travels = line.source != "stock";
        if let Some(needed) = needed(case, line).filter(|_| travels) {
            let found = line
                .arrives
                .map_or_else(|| "–".to_owned(), |date| date.to_string());
            if line.arrives.is_none_or(|arrives| arrives > needed) {
                faults.push(differs("V612", at, key(line), found, needed));
            }
        }
        if let Some(arrives) = line.arrives.filter(|_| line.source == "on_order") {
            let lot = Lot::of(line, arrives);
            let there = supply
                .of_part(&line.part)
                .lots
                .get(&lot)
                .copied()
                .unwrap_or(0);
            let pieces = promised.entry(lot).or_default();
            *pieces += line.qty;
            if *pieces > there {
                faults.push(differs("V606", at, key(line), *pieces, there));
            }
        }
    }
    faults
}

/// Every order can still be placed, on a day its supplier takes orders, early enough for lead time and,
/// for a monitored part, the maker's review.
pub(super) fn orders_leave_early_enough(case: &Case<'_>) -> Vec<Finding> {
    let today = case.planned_on();
    let mut faults = Vec::new();
    let bought = |line: &&Sourcing| matches!(line.source.as_str(), "peer" | "order");
    for line in case
        .sourcing
        .iter()
        .filter(bought)
        .filter(|line| line.feasible)
    {
        let at = (SOURCING, line.line);
        let (Some(order_by), Some(arrives)) = (line.order_by, line.arrives) else {
            faults.push(fault("V615", SOURCING, line.line, key(line)));
            continue;
        };
        if order_by < today {
            faults.push(differs("V614", at, key(line), order_by, today));
        }
        let ways: Vec<&SupplierMode> = ways_of(case, line);
        if ways.is_empty() {
            faults.push(fault("V615", SOURCING, line.line, key(line)));
        } else if !ways.iter().any(|way| takes_orders(case, way, order_by)) {
            faults.push(fault("V616", SOURCING, line.line, key(line)));
        } else if let Some(soonest) = ways
            .iter()
            .map(|way| arrival(case, line, way, order_by))
            .min()
            && soonest > arrives
        {
            let reviewed = ways.iter().any(|way| review_workdays(case, line, way) > 0);
            let code = if reviewed { "V617" } else { "V611" };
            faults.push(differs(code, at, key(line), arrives, soonest));
        }
    }
    faults
}

/// The rows of suppliers.csv the line can mean.
fn ways_of<'a>(case: &'a Case<'_>, line: &Sourcing) -> Vec<&'a SupplierMode> {
    let kind = if line.source == "peer" {
        SupplierKind::Peer
    } else {
        SupplierKind::Maker
    };
    let ways = case.inputs.supply.suppliers.iter();
    ways.filter(|way| way.kind == kind)
        .filter(|way| way.supplier == line.supplier && way.mode.key() == line.mode)
        .collect()
}

fn takes_orders(case: &Case<'_>, way: &SupplierMode, day: Date) -> bool {
    let weekday = way
        .cutoff_weekday
        .is_none_or(|weekday| weekday == day.weekday());
    weekday && case.inputs.calendar.is_work(day)
}

/// Workdays the maker takes to accept an order of the part.
fn review_workdays(case: &Case<'_>, line: &Sourcing, way: &SupplierMode) -> u32 {
    let part = case
        .inputs
        .catalogue
        .parts
        .get(&line.part)
        .filter(|part| part.monitored);
    part.map_or(0, |part| {
        if way.kind == SupplierKind::Maker {
            part.review_workdays
        } else {
            0
        }
    })
}

/// The first day the pieces can be there when ordered on `day`.
fn arrival(case: &Case<'_>, line: &Sourcing, way: &SupplierMode, day: Date) -> Date {
    let workdays = way
        .lead_workdays
        .saturating_add(review_workdays(case, line, way))
        .min(2_000);
    case.inputs.calendar.workdays_after(day, workdays)
}
