//! Who has to come again, and who is called after the visit.

use super::super::filled::Filled;
use super::{FOLLOW_UP_DAYS, Ground};
use crate::domain::FollowUpAnswer;
use crate::plan::model::{
    Callable, FollowUp, Outcome, Revisit, Tour, TourClosing, VehicleOutcome, Way,
};

/// Vehicles that came and are not finished, with how they are to be finished.
pub(super) fn revisits(closing: &TourClosing) -> Vec<Revisit> {
    let unfinished = |one: &&VehicleOutcome| {
        matches!(one.result, Outcome::PartlyDone | Outcome::TooHard)
            || (one.result.came() && !one.missing.is_empty())
    };
    closing
        .outcomes
        .iter()
        .filter(unfinished)
        .map(|one| {
            let mut own = closing
                .incidents
                .iter()
                .filter(|incident| incident.vehicle == one.vehicle);
            // The way that takes longest decides when the vehicle can be finished.
            let slowest = own
                .clone()
                .max_by_key(|incident| (incident.chosen.ready.is_none(), incident.chosen.ready));
            let promised = own.any(|incident| {
                matches!(
                    incident.chosen.way,
                    Way::Van | Way::SendOn | Way::Express | Way::SecondTrip
                )
            });
            Revisit {
                booking: one.booking.clone(),
                vehicle: one.vehicle.clone(),
                items: one.items_open.clone(),
                parts: if promised {
                    one.missing.clone()
                } else {
                    Vec::new()
                },
                way: slowest.map_or(Way::NextTour, |incident| incident.chosen.way),
                ready: slowest.and_then(|incident| incident.chosen.ready),
            }
        })
        .collect()
}

/// Everybody who came, but not who wants no calls; in order of day, then of the outcomes.
pub(super) fn follow_ups(
    ground: &Ground<'_>,
    tour: &Tour,
    closing: &TourClosing,
    filled: &Filled,
) -> Vec<FollowUp> {
    // Said on the phone this month, or before; who came unasked stands on no list.
    let refuses = |vehicle: &str| {
        let mut calls = ground.plan.calls.iter();
        calls.any(|call| call.vehicle == vehicle && call.callable == Callable::DoNotCall)
            || (ground.refuses)(vehicle)
    };
    let mut list: Vec<FollowUp> = closing
        .outcomes
        .iter()
        .filter(|one| one.result.came() && !refuses(&one.vehicle))
        .map(|one| {
            let mut call = FollowUp {
                booking: one.booking.clone(),
                vehicle: one.vehicle.clone(),
                on: one.on.unwrap_or(tour.ret).plus_days(FOLLOW_UP_DAYS),
                called_on: None,
                satisfaction: None,
                fault_again: None,
            };
            let own = |line: &&FollowUpAnswer| is_about(line, tour, one);
            for line in filled.follow_ups.iter().map(|read| &read.line).filter(own) {
                call.called_on = line.called_on.or(call.called_on);
                call.satisfaction = line.satisfaction.or(call.satisfaction);
                call.fault_again = line.fault_again.or(call.fault_again);
            }
            call
        })
        .collect();
    list.sort_by_key(|call| call.on);
    list
}

fn is_about(line: &FollowUpAnswer, tour: &Tour, one: &VehicleOutcome) -> bool {
    if !line.tour.is_empty() && line.tour != tour.id {
        return false;
    }
    if line.booking.is_empty() {
        !line.vehicle.is_empty() && line.vehicle.eq_ignore_ascii_case(&one.vehicle)
    } else {
        line.booking.eq_ignore_ascii_case(&one.booking)
    }
}
