//! The end of a tour: what became of every vehicle and every piece, what is still to be done, in figures.
//!
//! Responsible for: folding job sheets, incidents and the ways out of them, hand-overs, the return list,
//! re-visits, follow-up calls and the figures, from the plan, the sheets and the workspace's tables alone.
//! Not responsible for: reading sheets (`ingest`), the order of steps and the disk (`cli`), pages (`documents`).

mod after;
mod agenda;
mod figures;
mod hand_over;
mod incidents;
mod kit;
mod order;
mod reports;
mod roads;
mod sums;
mod tables;
#[cfg(test)]
mod tests;
mod ways;

use std::collections::{BTreeMap, BTreeSet};

use super::filled::Filled;
use crate::domain::{Calendar, Catalogue, Date, Person, ServicePoint, Supply};
use crate::findings::Finding;
use crate::plan::model::{MonthClosing, Plan, Tour, TourClosing};

pub(super) use agenda::after;
pub(super) use kit::kept_out;
pub use order::{may_be_read, to_be_closed, unasked};
pub use roads::Roads;
pub use tables::{KPIS, OUTCOMES, figures_before, kpis_table, outcomes_table};

/// Days from the work to the follow-up call.
pub const FOLLOW_UP_DAYS: i64 = 3;
/// Days a hand-over holds, from the day the customer did not come.
pub const HAND_OVER_DAYS: i64 = 30;

/// Codes of the findings that say how a tour ended; computed anew each time.
pub const CODES: [&str; 15] = [
    "M060", "M061", "M062", "M063", "M064", "M065", "M066", "M067", "M068", "M069", "M070", "M071",
    "M078", "M079", "M130",
];

/// Everything a closing is computed from, beside the sheets.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// The month's plan, with the closings as they were last computed.
    pub plan: &'a Plan,
    /// catalogue/.
    pub catalogue: &'a Catalogue,
    /// stock.csv, peers.csv and suppliers.csv.
    pub supply: &'a Supply,
    /// Workdays.
    pub calendar: &'a Calendar,
    /// points.csv.
    pub points: &'a [ServicePoint],
    /// crew.csv.
    pub crew: &'a [Person],
    /// Whether the population says that a vehicle's customer wants no calls.
    pub refuses: &'a (dyn Fn(&str) -> bool + Sync),
    /// Road km.
    pub roads: &'a Roads,
    /// The day.
    pub today: Date,
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Closed {
    /// One per tour with a sheet, and per tour closed; in order of their ids.
    pub closings: Vec<TourClosing>,
    /// The month in figures.
    pub month: MonthClosing,
    /// What has to be said.
    pub findings: Vec<Finding>,
}

/// Computes every tour anew from all sheets read in so far. Tours in `closing` are closed today; tours closed
/// before stay closed on their day. `before` holds the figures of the month before, by key.
pub fn close(
    ground: &Ground<'_>,
    filled: &Filled,
    closing: &BTreeSet<String>,
    before: &BTreeMap<String, f64>,
) -> Closed {
    let plan = ground.plan;
    let (mut outcomes, mut findings) = reports::fold(ground, &filled.reports);
    let mut closings = Vec::new();
    for tour in &plan.tours {
        let last = plan.closing(&tour.id);
        let closed_on = last
            .and_then(|last| last.closed_on)
            .or_else(|| closing.contains(&tour.id).then_some(ground.today));
        let told = outcomes.remove(&tour.id).unwrap_or_default();
        if told.is_empty() && closed_on.is_none() && last.is_none() {
            continue;
        }
        let mut one = TourClosing {
            tour: tour.id.clone(),
            closed_on,
            outcomes: reports::complete(plan, tour, told, closed_on.is_some(), &mut findings),
            ..TourClosing::default()
        };
        finish(ground, tour, last, filled, &mut one, &mut findings);
        one.kpis = figures::of(ground, &[&one], &BTreeMap::new());
        closings.push(one);
    }
    let all: Vec<&TourClosing> = closings.iter().collect();
    let running = all.iter().filter(|one| one.closed_on.is_none());
    let month = MonthClosing {
        tours: all.iter().map(|one| one.tour.clone()).collect(),
        running: running.map(|one| one.tour.clone()).collect(),
        kpis: figures::of(ground, &all, before),
    };
    Closed {
        closings,
        month,
        findings,
    }
}

/// Everything that follows from the outcomes.
fn finish(
    ground: &Ground<'_>,
    tour: &Tour,
    last: Option<&TourClosing>,
    filled: &Filled,
    one: &mut TourClosing,
    findings: &mut Vec<Finding>,
) {
    let kit = kit::Kit::of(ground.plan, &tour.id, &one.outcomes);
    kit.remarks(ground.catalogue, &tour.id, &one.outcomes, findings);
    one.hand_overs = hand_over::of(ground, tour, one, &kit, filled, findings);
    one.returns = kit.lines(&one.outcomes, &one.hand_overs);
    let known = last.map_or(&[][..], |last| &last.incidents);
    one.incidents = incidents::of(ground, tour, one, &kit, known);
    one.revisits = after::revisits(one);
    one.follow_ups = after::follow_ups(ground, tour, one, filled);
}
