//! The tours, one line each, with the way to all their sheets.

use serde_json::{Value, json};

use super::links::Files;
use crate::documents::map::colour;
use crate::documents::numbers::{bar, percent, rounded, whole};
use crate::documents::plan_view::{day, stops};
use crate::documents::{DocumentSet, Messages, tour_folder};

pub(super) fn rows(set: &DocumentSet<'_>, words: &Messages, files: &Files<'_>) -> Vec<Value> {
    let plan = set.plan;
    let rows = plan.tours.iter().enumerate().map(|(number, tour)| {
        let kit = plan.kits.iter().find(|kit| kit.tour == tour.id);
        json!({
            "id": tour.id, "colour": colour(number), "number": number,
            "depart": day(set, tour.depart), "ret": day(set, tour.ret),
            "team": tour.team, "leader": tour.leader, "van": tour.van,
            "stops": stops(set, tour),
            "vehicles": whole(tour.vehicles), "waitlist": whole(tour.waitlist),
            "expected": format!("{:.1}", tour.expected_hours), "offered": format!("{:.1}", tour.service_hours),
            "full": bar(tour.expected_hours, tour.service_hours),
            "km": rounded(tour.km), "cost": tour.cost.total().to_string(), "income": tour.expected_income.to_string(),
            "fill": kit.map_or_else(|| "–".to_owned(), |kit| percent(kit.job_fill)),
            "approved": plan.approvals.contains_key(&tour.id),
            "files": files.tour(set, tour, words),
            "bundle": format!("{}/take-along.pdf", tour_folder(set.plan, tour)),
        })
    });
    rows.collect()
}

/// Tours that do not leave as planned: suspended or cancelled, or with a stop closed.
pub(super) fn resting(set: &DocumentSet<'_>, words: &Messages) -> Vec<Value> {
    let resting = set.plan.resting.iter();
    resting
        .map(|rest| {
            let why = words.get(&format!("why_{}", rest.state.key()));
            json!({ "id": rest.tour.id, "why": why })
        })
        .collect()
}
