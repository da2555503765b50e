//! Whom a change concerns: told before and now, what it costs, and whether the tour can go at all.

use std::collections::BTreeMap;

use super::reserve::{self, no_reserve};
use super::{Moving, not_then};
use crate::domain::{Date, Fen, Person};
use crate::findings::{Failure, Finding};
use crate::plan::model::{Call, CalledVehicle, Change, Concerned, Plan, Status, TourChange, Visit};

/// One vehicle of the tour as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Before {
    booking: String,
    contact: String,
    booked: bool,
    point: String,
    slot: String,
    called_on: Option<Date>,
    has_answer: bool,
    urgency: u32,
    /// Items agreed to be done on the tour.
    agreed: Vec<String>,
}

/// Everybody on a tour's lists, by vehicle; of a suspended tour, as it stood.
pub(super) fn before(plan: &Plan, tour: &str) -> BTreeMap<String, Before> {
    let mut all = BTreeMap::new();
    let mut add = |vehicles: &[CalledVehicle], visits: &[Visit], calls: &[Call]| {
        let calls: BTreeMap<&str, &Call> = calls
            .iter()
            .map(|call| (call.vehicle.as_str(), call))
            .collect();
        let own = vehicles
            .iter()
            .filter(|one| one.tour == tour && one.status != Status::Deferred);
        for one in own {
            let call = calls.get(one.vehicle.as_str()).copied();
            all.insert(one.vehicle.clone(), of(one, call, visits));
        }
    };
    if plan.tour(tour).is_some() {
        add(&plan.vehicles, &plan.visits, &plan.calls);
    } else if let Some(rest) = plan.resting.iter().rev().find(|rest| rest.tour.id == tour) {
        add(&rest.vehicles, &rest.visits, &rest.calls);
    }
    all
}

fn of(one: &CalledVehicle, call: Option<&Call>, visits: &[Visit]) -> Before {
    let visit = visits.iter().find(|visit| visit.id == one.visit);
    let offered = call.map_or("", |call| call.slot_offered.as_str());
    Before {
        booking: one.booking.clone(),
        contact: call.map_or_else(String::new, |call| call.contact.clone()),
        booked: one.is_booked(),
        point: visit.map_or_else(String::new, |visit| visit.point.clone()),
        slot: if one.is_booked() { &one.slot } else { offered }.to_owned(),
        called_on: call.and_then(|call| call.call_date),
        has_answer: one.told.as_ref().is_some_and(|told| told.outcome.is_some()),
        urgency: one.urgency,
        agreed: agreed(one),
    }
}

fn agreed(one: &CalledVehicle) -> Vec<String> {
    let agreed = one.items.iter().filter(|item| item.agreed);
    agreed.map(|item| item.item.clone()).collect()
}

impl Moving {
    /// Completes the change on the plan made with it: the reserve named, whom it concerns, what it costs. The
    /// plan's last change becomes the one returned.
    ///
    /// # Errors
    /// Status 4 where the tour is left without the people it needs.
    pub fn complete(&self, plan: &mut Plan, crew: &[Person]) -> Result<TourChange, Failure> {
        let mut change = match self.last.changes.last() {
            Some(change) => change.clone(),
            None => return Err(super::out_of_order("", "gone")),
        };
        let tour = change.tour.clone();
        self.check_crew(plan, crew, &change)?;
        if let Change::WithoutPerson { reserve, .. } = &mut change.change {
            let kept = reserve::names(&self.last, &tour);
            let now = reserve::names(plan, &tour);
            let new: Vec<&str> = now.difference(&kept).copied().collect();
            *reserve = new.join("、");
        }
        change.cost_now = plan
            .tour(&tour)
            .map_or(Fen::default(), |tour| tour.cost.total());
        change.concerned = self.concerned(plan, &change);
        if let Some(last) = plan.changes.last_mut() {
            last.clone_from(&change);
        }
        Ok(change)
    }

    /// As many technicians go as before, one leads and one drives.
    fn check_crew(&self, plan: &Plan, crew: &[Person], change: &TourChange) -> Result<(), Failure> {
        let Some(tour) = plan.tour(&change.tour) else {
            return Ok(());
        };
        let now = reserve::technicians(plan, crew, &tour.id);
        let wanted = self.technicians.min(tour.technicians as usize);
        let mut own = plan.crew.iter().filter(|duty| duty.tour == tour.id);
        let short = if now < wanted || tour.leader.is_empty() {
            let finding = Finding::new("M126").arg("tour", &tour.id);
            finding.arg("free", now).arg("wanted", wanted)
        } else if !own.any(|duty| duty.driver) {
            Finding::new("M127").arg("tour", &tour.id)
        } else {
            return Ok(());
        };
        Err(match &change.change {
            Change::WithoutPerson { person: lost, .. } | Change::WithoutVan { van: lost, .. } => {
                no_reserve(&tour.id, lost, vec![short], &self.other_days)
            }
            _ => not_then(&tour.id, tour.depart, vec![short], &self.other_days),
        })
    }

    fn concerned(&self, plan: &Plan, change: &TourChange) -> Vec<Concerned> {
        let vehicles: BTreeMap<&str, &CalledVehicle> = plan
            .vehicles
            .iter()
            .map(|one| (one.vehicle.as_str(), one))
            .collect();
        let calls: BTreeMap<&str, &Call> = plan
            .calls
            .iter()
            .map(|call| (call.vehicle.as_str(), call))
            .collect();
        let mut list: Vec<(u32, Concerned)> = Vec::new();
        for (vehicle, before) in &self.before {
            let one = vehicles.get(vehicle.as_str()).copied();
            let call = calls.get(vehicle.as_str()).copied();
            let now = one.filter(|one| one.status != Status::Deferred);
            let visit = now.and_then(|now| plan.visits.iter().find(|visit| visit.id == now.visit));
            let offered = call.map_or("", |call| call.slot_offered.as_str());
            let line = Concerned {
                booking: before.booking.clone(),
                vehicle: vehicle.clone(),
                contact: call.map_or(&before.contact, |call| &call.contact).clone(),
                booked: before.booked,
                old_point: before.point.clone(),
                old_slot: before.slot.clone(),
                new_point: visit.map_or_else(String::new, |visit| visit.point.clone()),
                new_slot: now.map_or_else(String::new, |now| {
                    let slot = if now.is_booked() { &now.slot } else { offered };
                    slot.to_owned()
                }),
            };
            let undone = now.is_some_and(|now| {
                let items = agreed(now);
                before.agreed.iter().any(|item| !items.contains(item))
            });
            if before.is_told(change) && (undone || concerns(change, &line)) {
                list.push((before.urgency, line));
            }
        }
        let order = |(urgency, one): &(u32, Concerned)| {
            (
                !one.booked,
                one.old_slot.is_empty(),
                one.old_slot.clone(),
                *urgency,
            )
        };
        list.sort_by_cached_key(order);
        list.into_iter().map(|(_, one)| one).collect()
    }
}

impl Before {
    /// Whether the customer knows of the visit: booked, or called already.
    fn is_told(&self, change: &TourChange) -> bool {
        let called = self.called_on.is_some_and(|day| day < change.on);
        self.booked || self.has_answer || called
    }
}

/// Whether one who was told of the visit has to be told of the change.
fn concerns(change: &TourChange, one: &Concerned) -> bool {
    let differs = (&one.old_point, &one.old_slot) != (&one.new_point, &one.new_slot);
    match &change.change {
        Change::Moved { .. } | Change::Suspended { .. } | Change::Cancelled { .. } => true,
        Change::WithoutPoint { point } => differs || one.old_point == *point,
        Change::WithoutVan { .. } | Change::WithoutPerson { .. } => differs,
    }
}
