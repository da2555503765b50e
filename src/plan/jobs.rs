//! The published plan's jobs, as the stage asks for them: what kits, netting and explanations are computed from again.

use super::model::{CalledVehicle, Plan, Status};
use crate::domain::Van;
use crate::stage::{JobNeed, TourJobs, VisitJobs};

/// Every tour's jobs, in slot order.
pub fn jobs(plan: &Plan, vans: &[Van]) -> Vec<TourJobs> {
    plan.tours
        .iter()
        .map(|tour| TourJobs {
            tour: tour.id.clone(),
            depart: tour.depart,
            ret: tour.ret,
            van: vans.iter().find(|van| van.id == tour.van).cloned(),
            visits: plan
                .visits_of(&tour.id)
                .map(|visit| VisitJobs {
                    visit: visit.id.clone(),
                    point: visit.point.clone(),
                    first_day: visit.first_day,
                    receives_goods: plan.point(&visit.point).is_some_and(|p| p.receives_goods),
                    jobs: visit_jobs(plan, &visit.id),
                })
                .collect(),
            loaded: None,
        })
        .collect()
}

fn visit_jobs(plan: &Plan, visit: &str) -> Vec<JobNeed> {
    let slot = |one: &CalledVehicle| {
        plan.calls
            .iter()
            .find(|call| call.vehicle == one.vehicle)
            .map(|call| call.slot_offered.clone())
    };
    let mut list: Vec<&CalledVehicle> = plan
        .vehicles
        .iter()
        .filter(|one| one.visit == visit && one.status == Status::Visit)
        .collect();
    list.sort_by_cached_key(|one| (slot(one), one.vehicle.clone()));
    list.into_iter()
        .map(|one| JobNeed {
            vehicle: one.vehicle.clone(),
            model: Some(one.model.clone()).filter(|model| !model.is_empty()),
            show: one.show_up * one.share,
            booked: one.is_booked(),
            items: one
                .items
                .iter()
                .map(|item| (item.item.clone(), item.p))
                .collect(),
            extra_parts: one
                .told
                .as_ref()
                .map(|told| told.extra_parts.clone())
                .unwrap_or_default(),
        })
        .collect()
}
