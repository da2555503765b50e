//! Closed tours → who came, what was wanted, which predictions came true.
//!
//! Only vehicles somebody reported on count. A vehicle nobody wrote about neither came nor stayed away; an item
//! counts as not needed only where the vehicle was finished: what was not looked at is missing, not 0.

use std::collections::BTreeMap;

use super::score::{Calibration, Outcomes};
use crate::domain::{Answer, CallOutcome};
use crate::plan::model::{CalledVehicle, Outcome, Plan, Status, TourClosing, VehicleOutcome};

/// A month with closed tours.
#[derive(Clone, Debug, PartialEq)]
pub struct ClosedMonth {
    /// Its plan.
    pub plan: Plan,
    /// What customers said, by booking.
    pub answers: BTreeMap<String, Answer>,
}

/// One chance that something happens.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Trial {
    pub(super) vehicle: String,
    /// Factor on the rate that has nothing to do with it: the share that comes at that distance.
    pub(super) exposure: f64,
    pub(super) happened: bool,
}

/// A vehicle of a closed tour and what was reported of it; `None` = it had no place and nobody saw it.
pub(super) struct Seen<'a> {
    pub(super) called: &'a CalledVehicle,
    pub(super) answer: Option<&'a Answer>,
    pub(super) outcome: Option<&'a VehicleOutcome>,
}

impl Seen<'_> {
    /// Whether it came; `None` = nobody reported.
    fn came(&self) -> Option<bool> {
        match self.outcome {
            Some(outcome) if outcome.result == Outcome::NotReported => None,
            Some(outcome) => Some(outcome.result.came()),
            None => Some(false),
        }
    }

    /// The report, where it was worked on.
    pub(super) fn inspected(&self) -> Option<&VehicleOutcome> {
        let worked_on =
            |one: &&VehicleOutcome| matches!(one.result, Outcome::Done | Outcome::PartlyDone);
        self.outcome.filter(worked_on)
    }

    fn trial(&self, exposure: f64) -> Option<Trial> {
        Some(Trial {
            vehicle: self.called.vehicle.clone(),
            exposure,
            happened: self.came()?,
        })
    }

    /// The chance that it came at all, for what is known before any call: only who had a place could.
    pub(super) fn before_call(&self) -> Option<Trial> {
        let placed = self.called.status == Status::Visit || self.called.had_place;
        let could = (placed || self.called.is_booked()) && self.called.show_up > 0.0;
        could.then(|| self.trial(self.called.share))?
    }

    /// The chance that it came after a call that went so.
    pub(super) fn after_call(&self, kinds: &[CallOutcome]) -> Option<Trial> {
        let outcome = self.called.told.as_ref()?.outcome?;
        let booked_or_open = outcome != CallOutcome::Coming || self.called.is_booked();
        (kinds.contains(&outcome) && booked_or_open).then(|| self.trial(1.0))?
    }
}

/// Every vehicle called for a closed tour.
pub(super) fn seen(months: &[ClosedMonth]) -> impl Iterator<Item = Seen<'_>> {
    months.iter().flat_map(|month| {
        let closed = closed(&month.plan);
        month.plan.vehicles.iter().filter_map(move |called| {
            let closing = closed.get(called.tour.as_str())?;
            let mut outcomes = closing.outcomes.iter();
            Some(Seen {
                called,
                answer: month.answers.get(&called.booking),
                outcome: outcomes.find(|one| one.vehicle == called.vehicle),
            })
        })
    })
}

fn closed(plan: &Plan) -> BTreeMap<&str, &TourClosing> {
    let closings = plan.closings.iter();
    closings
        .filter(|one| one.closed_on.is_some())
        .map(|one| (one.tour.as_str(), one))
        .collect()
}

/// How the items of plans turned out, by kind of rule and over all (empty kind first). Items the customer agreed
/// to were no predictions any more.
pub(super) fn kept(months: &[ClosedMonth]) -> Vec<(String, Calibration)> {
    let mut by_rule: BTreeMap<String, Outcomes> = BTreeMap::new();
    for one in seen(months) {
        let Some(outcome) = one.inspected() else {
            continue;
        };
        for item in one.called.items.iter().filter(|item| !item.agreed) {
            let needed =
                outcome.items_done.contains(&item.item) || outcome.items_open.contains(&item.item);
            if !needed && outcome.result != Outcome::Done {
                continue;
            }
            for rule in [String::new(), item.reason.rule.to_string()] {
                by_rule.entry(rule).or_default().add(item.p, needed);
            }
        }
    }
    let scored = by_rule.into_iter();
    scored
        .filter_map(|(rule, outcomes)| Some((rule, outcomes.calibration()?)))
        .collect()
}
