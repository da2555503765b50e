//! What is missing in spite of everything ordered: how each tour could still have it, and whose bag waits for it.
//!
//! Responsible for: pieces per tour and part that must be ordered anew or cannot be had, and the booked customers
//! they were for. Not responsible for: phones (`documents`), seeking sources (`stage`).

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::Date;
use crate::findings::Finding;
use crate::plan::model::{CalledVehicle, KitLine, Plan, SourceKind, SourcingLine};

/// What `parts` lack, in order of tour and part: M029 for pieces a new order still brings in time, M030 for pieces
/// no order does; with the bookings whose bags lack them.
pub fn shortage_findings(plan: &Plan, parts: &BTreeSet<String>) -> Vec<Finding> {
    let mut lacking: Vec<&SourcingLine> = plan
        .sourcing
        .iter()
        .filter(|line| matches!(line.source, SourceKind::Order | SourceKind::Peer))
        .filter(|line| parts.contains(&line.part))
        .collect();
    lacking.sort_by_key(|line| (&line.tour, &line.part, line.feasible));
    let bags = short_bags(plan);
    lacking
        .into_iter()
        .map(|line| {
            let day = |date: Option<Date>| date.map_or_else(|| "–".to_owned(), |d| d.to_string());
            let finding = Finding::new(if line.feasible { "M029" } else { "M030" })
                .value(&line.part)
                .arg("pieces", line.qty)
                .arg("tour", &line.tour)
                .arg("supplier", or_dash(&line.supplier))
                .arg("mode", or_dash(&line.mode))
                .arg("order_by", day(line.order_by))
                .arg("arrives", day(line.arrives));
            let waiting = bags
                .iter()
                .filter(|bag| bag.tour == line.tour && bag.part == line.part);
            let bookings: Vec<&str> = waiting.map(|bag| bag.booking.as_str()).collect();
            finding.arg("bookings", or_dash(&bookings.join(", ")))
        })
        .collect()
}

fn or_dash(text: &str) -> &str {
    if text.is_empty() { "–" } else { text }
}

/// A booked customer whose bag lacks a part that cannot be there in time: somebody calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShortBag {
    /// Tour.
    pub tour: String,
    /// Visit.
    pub visit: String,
    /// Vehicle.
    pub vehicle: String,
    /// Booking key.
    pub booking: String,
    /// Booked slot.
    pub slot: String,
    /// Part code.
    pub part: String,
    /// Pieces the bag lacks.
    pub pieces: u32,
    /// The first way to have them all the same; empty mode = none.
    pub mode: String,
    /// The day they can be there.
    pub arrives: Option<Date>,
}

/// Booked customers to be called, in order of tour, slot and vehicle.
///
/// Of a part that is short on a tour, common stock goes first; then whoever comes last goes without, so that as
/// few promises as possible change and those served first keep theirs. A bag that may get its part by a new
/// order in time is not among them: nothing has changed for that customer once the order is signed.
pub fn short_bags(plan: &Plan) -> Vec<ShortBag> {
    let mut short: BTreeMap<(&str, &str), (u32, &SourcingLine)> = BTreeMap::new();
    for line in plan.sourcing.iter().filter(|line| !line.feasible) {
        short.entry((&line.tour, &line.part)).or_insert((0, line)).0 += line.qty;
    }
    let mut bags = Vec::new();
    for ((tour, part), (missing, way)) in short {
        let of_part = |line: &&KitLine| line.tour == tour && line.part == part;
        let common = plan
            .kit
            .iter()
            .filter(of_part)
            .filter(|line| line.vehicle.is_empty())
            .map(|line| line.qty)
            .sum::<u32>();
        let mut left = missing.saturating_sub(common);
        let mut owners: Vec<(&CalledVehicle, u32)> = plan
            .kit
            .iter()
            .filter(of_part)
            .filter_map(|line| Some((booked_or_not(plan, &line.vehicle)?, line.qty)))
            .collect();
        // Who has no slot yet was promised nothing; of the others the last to come goes without.
        owners.sort_by_key(|(one, _)| {
            (
                one.is_booked(),
                std::cmp::Reverse((&one.slot, &one.vehicle)),
            )
        });
        for (one, qty) in owners {
            let pieces = left.min(qty);
            left -= pieces;
            if pieces > 0 && one.is_booked() {
                bags.push(ShortBag {
                    tour: tour.to_owned(),
                    visit: one.visit.clone(),
                    vehicle: one.vehicle.clone(),
                    booking: one.booking.clone(),
                    slot: one.slot.clone(),
                    part: part.to_owned(),
                    pieces,
                    mode: way.mode.clone(),
                    arrives: way.arrives,
                });
            }
        }
    }
    bags.sort_by(|a, b| {
        (&a.tour, &a.slot, &a.vehicle, &a.part).cmp(&(&b.tour, &b.slot, &b.vehicle, &b.part))
    });
    bags
}

fn booked_or_not<'p>(plan: &'p Plan, vehicle: &str) -> Option<&'p CalledVehicle> {
    plan.vehicles
        .iter()
        .find(|one| !vehicle.is_empty() && one.vehicle == vehicle)
}
