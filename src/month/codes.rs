//! What filled sheets of a month can refer to, from its plan and the catalogue as it is now.

use std::collections::BTreeSet;

use crate::domain::{Catalogue, Month};
use crate::ingest::filled::{Booked, Codes};
use crate::plan::model::{CalledVehicle, Plan, PlannedItem};

/// From this chance on an item was offered on the phone: "all of them" means these. Items below it are only
/// looked at when the vehicle comes.
const OFFERED: f64 = 0.35;

/// The codes for reading the sheets of a plan.
pub fn codes_of(plan: &Plan, catalogue: &Catalogue) -> Codes {
    let today = Month::of(plan.today);
    let month = Month::parse(&plan.month).unwrap_or(today);
    let mut codes = Codes::new(month);
    let called = plan
        .vehicles
        .iter()
        .map(|one| (one.booking.clone(), booked(one)));
    codes.bookings = called.collect();
    let items = catalogue.items.values();
    codes.items = items
        .map(|item| (item.id.clone(), item.name.clone(), item.name_en.clone()))
        .collect();
    let parts = catalogue.parts.values();
    codes.parts = parts
        .map(|part| (part.code.clone(), part.name.clone()))
        .collect();
    // What the plan prints must be understood, also where the catalogue has changed since.
    for (code, facts) in &plan.items {
        if !catalogue.items.contains_key(code) {
            codes
                .items
                .push((code.clone(), facts.name.clone(), facts.name_en.clone()));
        }
    }
    for (code, facts) in &plan.part_facts {
        if !catalogue.parts.contains_key(code) {
            codes.parts.push((code.clone(), facts.name.clone()));
        }
    }
    let points = plan.points.iter().filter(|point| point.id != "depot");
    codes.points = points
        .map(|point| (point.id.clone(), point.name.clone()))
        .collect();
    let teams = plan.settings.team.iter().map(|team| team.id.clone());
    let teams: BTreeSet<String> = teams
        .chain(plan.tours.iter().map(|tour| tour.team.clone()))
        .collect();
    codes.teams = teams.into_iter().collect();
    codes.tours = plan.tours.iter().map(|tour| tour.id.clone()).collect();
    let orders = plan
        .orders
        .iter()
        .map(|line| (line.order.clone(), line.part.clone()));
    codes.orders = orders.collect();
    codes.columns.clone_from(&plan.settings.columns);
    codes
}

fn booked(one: &CalledVehicle) -> Booked {
    let offered = |item: &&PlannedItem| item.agreed || item.p >= OFFERED;
    Booked {
        vehicle: one.vehicle.clone(),
        plate: one.plate.clone(),
        tour: one.tour.clone(),
        items: one
            .items
            .iter()
            .filter(offered)
            .map(|item| item.item.clone())
            .collect(),
    }
}
