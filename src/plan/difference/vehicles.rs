//! Vehicles of two plans: whose place is another one.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::domain::Date;
use crate::plan::model::{CalledVehicle, Plan, Status};

/// What became of a vehicle's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// Has a place now.
    Gained,
    /// Has none any more.
    Lost,
    /// Has it at another point or on other days.
    Moved,
    /// Same visit, and its slot was booked, given up or moved.
    Slot,
    /// No place before and now, and its list is another one: called or no longer, waiting for another visit.
    List,
}

/// One vehicle.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct VehicleDifference {
    /// Id: VIN, else plate.
    pub vehicle: String,
    /// What became of its place.
    pub kind: PlaceKind,
    /// As it was; `None` = not called.
    pub before: Option<Place>,
    /// As it is; `None` = not called.
    pub after: Option<Place>,
}

/// Where a called vehicle stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Visit, waiting list, or turned down.
    pub status: Status,
    /// Tour.
    pub tour: String,
    /// Point.
    pub point: String,
    /// First day of the visit.
    pub first_day: Option<Date>,
    /// Last day of the visit.
    pub last_day: Option<Date>,
    /// Booked slot; empty = none.
    pub slot: String,
}

impl Place {
    fn of(plan: &Plan, one: &CalledVehicle) -> Self {
        let visit = plan.visits.iter().find(|visit| visit.id == one.visit);
        Self {
            status: one.status,
            tour: one.tour.clone(),
            point: visit.map_or_else(String::new, |visit| visit.point.clone()),
            first_day: visit.map(|visit| visit.first_day),
            last_day: visit.map(|visit| visit.last_day),
            slot: one.slot.clone(),
        }
    }

    fn days(&self) -> (&str, Option<Date>, Option<Date>) {
        (&self.point, self.first_day, self.last_day)
    }
}

pub(super) fn between(before: &Plan, after: &Plan) -> Vec<VehicleDifference> {
    let of = |plan: &Plan| -> BTreeMap<String, Place> {
        let called = plan.vehicles.iter();
        called
            .map(|one| (one.vehicle.clone(), Place::of(plan, one)))
            .collect()
    };
    let (mut old, mut new) = (of(before), of(after));
    let ids: BTreeSet<String> = old.keys().chain(new.keys()).cloned().collect();
    let pairs = ids.into_iter().map(|vehicle| {
        let (before, after) = (old.remove(&vehicle), new.remove(&vehicle));
        (vehicle, before, after)
    });
    pairs
        .filter_map(|(vehicle, before, after)| {
            let kind = kind(before.as_ref(), after.as_ref())?;
            Some(VehicleDifference {
                vehicle,
                kind,
                before,
                after,
            })
        })
        .collect()
}

fn kind(before: Option<&Place>, after: Option<&Place>) -> Option<PlaceKind> {
    let on = |place: Option<&Place>| place.is_some_and(|place| place.status == Status::Visit);
    match (on(before), on(after)) {
        (false, true) => Some(PlaceKind::Gained),
        (true, false) => Some(PlaceKind::Lost),
        (true, true) => {
            let (before, after) = (before?, after?);
            let same_visit = before.days() == after.days();
            match (same_visit, before.slot == after.slot) {
                (false, _) => Some(PlaceKind::Moved),
                (true, false) => Some(PlaceKind::Slot),
                (true, true) => None,
            }
        }
        (false, false) => {
            let list = |place: &Place| (place.status, place.point.clone(), place.first_day);
            (before.map(list) != after.map(list)).then_some(PlaceKind::List)
        }
    }
}
