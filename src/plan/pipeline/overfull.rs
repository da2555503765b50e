//! Visits whose booked customers need more hours than are offered: what presses least is left for the workshop.
//!
//! Nobody loses a place that is confirmed; but a day has only so many hours, and what was asked for last must not
//! cost the others theirs.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::region::Region;
use super::tours::MonthTours;
use super::{PlanInputs, booking_key, vehicle_of};
use crate::domain::catalogue::Priority;
use crate::findings::Finding;

/// Hours beyond the offer that are rounding, no work.
const SLACK: f64 = 1e-6;

/// Vehicles and items agreed in the last plan.
type Promised<'a> = BTreeSet<(&'a str, &'a str)>;

fn promised<'a>(inputs: &PlanInputs<'a>) -> Promised<'a> {
    let last = inputs.given.map(|given| given.last.vehicles.as_slice());
    let booked = last.unwrap_or_default().iter();
    booked
        .flat_map(|one| {
            let agreed = one.items.iter().filter(|item| item.agreed);
            agreed.map(|item| (one.vehicle.as_str(), item.item.as_str()))
        })
        .collect()
}

impl MonthTours {
    /// Leaves items out, one by one, until every visit's expected hours are within what it offers: predicted before
    /// agreed, agreed now before agreed in the last plan, comfort before wear before warranty before safety, least money per hour first.
    pub(super) fn leave_out(&mut self, inputs: &PlanInputs<'_>, region: &Region<'_>) {
        let promised = promised(inputs);
        for position in 0..self.visits.len() {
            let offered = self.visits[position].capacity_hours + SLACK;
            while self.expected(inputs, region, position) > offered {
                let Some((vehicle, item)) =
                    self.least_pressing(inputs, region, &promised, position)
                else {
                    break;
                };
                self.left_out.entry(vehicle).or_default().insert(item);
            }
        }
    }

    fn expected(&self, inputs: &PlanInputs<'_>, region: &Region<'_>, visit: usize) -> f64 {
        let hours = self.on_visit(visit);
        hours.map(|on| self.visit_hours(inputs, region, on)).sum()
    }

    fn least_pressing(
        &self,
        inputs: &PlanInputs<'_>,
        region: &Region<'_>,
        promised: &Promised<'_>,
        visit: usize,
    ) -> Option<(usize, String)> {
        let catalogue = &inputs.ingested.tables.catalogue;
        let items = self.on_visit(visit).flat_map(|on| {
            let own = self.items(inputs, region, on);
            let id = vehicle_of(&inputs.ingested.tables, on.vehicle).id.as_str();
            own.filter(|item| item.p > 0.0 && item.hours > 0.0)
                .map(|item| {
                    let known = catalogue.items.get(&item.item);
                    let priority = known.map_or(Priority::Comfort, |known| known.priority);
                    let fen = item.labour.0.saturating_add(item.parts.0);
                    // Whole fen per hour: the same on every machine.
                    let worth = (fen as f64 / item.hours).round() as i64;
                    let kept = promised.contains(&(id, item.item.as_str()));
                    let rank = (item.agreed, kept, Reverse(priority), worth);
                    (rank, Reverse(on.vehicle), &item.item)
                })
        });
        let least = items.min()?;
        let (_, Reverse(vehicle), item) = least;
        Some((vehicle, item.clone()))
    }

    /// M128 for each booking of which agreed items were left out.
    pub(super) fn left_out_findings(
        &self,
        inputs: &PlanInputs<'_>,
        region: &Region<'_>,
    ) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (vehicle, items) in &self.left_out {
            let Some(on) = self.called.get(vehicle) else {
                continue;
            };
            let predicted = region.prediction(inputs, *vehicle).items.iter();
            let agreed = predicted.filter(|item| item.agreed && items.contains(&item.item));
            let agreed: Vec<&str> = agreed.map(|item| item.item.as_str()).collect();
            if agreed.is_empty() {
                continue;
            }
            let id = &vehicle_of(&inputs.ingested.tables, *vehicle).id;
            let finding = Finding::new("M128").value(booking_key(id, &inputs.month.to_string()));
            let finding = finding.arg("visit", &self.visits[on.visit].id);
            findings.push(finding.arg("items", agreed.join(", ")));
        }
        findings
    }
}
