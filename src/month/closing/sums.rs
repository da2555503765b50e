//! The sums the figures are made of, over one tour or several.

use super::Ground;
use crate::domain::{CallOutcome, Fen};
use crate::plan::model::{Callable, Outcome, TourClosing, VehicleOutcome};

/// From here on an item counts as due.
const DUE: f64 = 0.5;

/// Counts, pieces, hours and money. `no_…` count what is not written down.
#[derive(Clone, Debug, Default)]
pub(super) struct Sums {
    pub(super) due: u64,
    pub(super) due_served: u64,
    pub(super) callable: u64,
    pub(super) reached: u64,
    pub(super) booked: u64,
    pub(super) came: u64,
    pub(super) no_show: u64,
    pub(super) not_reported: u64,
    pub(super) walk_ins: u64,
    pub(super) served: u64,
    pub(super) done: u64,
    pub(super) jobs_with_parts: u64,
    pub(super) jobs_filled: u64,
    pub(super) pieces_needed: u64,
    pub(super) pieces_filled: u64,
    pub(super) carried: u64,
    pub(super) used_carried: u64,
    pub(super) back: u64,
    pub(super) hours_planned: f64,
    pub(super) hours_offered: f64,
    pub(super) hours: f64,
    pub(super) no_hours: u64,
    pub(super) income: Fen,
    pub(super) income_walk_in: Fen,
    pub(super) warranty: Fen,
    pub(super) no_settled: u64,
    pub(super) estimate: Fen,
    pub(super) settled_estimated: Fen,
    pub(super) no_estimate: u64,
    pub(super) errors: Vec<f64>,
    pub(super) cost_tour: Fen,
    pub(super) cost_incidents: Fen,
    pub(super) no_cost: u64,
    pub(super) margin: f64,
    pub(super) km: f64,
    pub(super) person_days: u64,
    pub(super) handed_over: u64,
    pub(super) repaired: u64,
    pub(super) calls: u64,
    pub(super) satisfaction: Vec<u8>,
    pub(super) fault_known: u64,
    pub(super) fault_again: u64,
    pub(super) done_fault_again: u64,
}

impl Sums {
    /// Over these tours.
    pub(super) fn of(ground: &Ground<'_>, closings: &[&TourClosing]) -> Self {
        let mut sums = Self::default();
        for closing in closings {
            sums.invited(ground, closing);
            for outcome in &closing.outcomes {
                sums.vehicle(ground, outcome);
            }
            sums.goods(closing);
            sums.road(ground, closing);
            sums.later(closing);
        }
        sums
    }

    fn invited(&mut self, ground: &Ground<'_>, closing: &TourClosing) {
        let plan = ground.plan;
        for one in plan.vehicles.iter().filter(|one| one.tour == closing.tour) {
            let mut items = one.items.iter().chain(&one.workshop_items);
            if !items.any(|item| item.p >= DUE) {
                continue;
            }
            self.due += 1;
            let came = closing.outcome(&one.vehicle);
            let came = came.is_some_and(|outcome| outcome.result.came());
            let handed = closing
                .hand_overs
                .iter()
                .any(|hand| hand.vehicle == one.vehicle && hand.repaired_on.is_some());
            self.due_served += u64::from(came || handed);
        }
        let own = plan.calls.iter().filter(|call| call.tour == closing.tour);
        for call in own.filter(|call| call.callable == Callable::Yes) {
            self.callable += 1;
            let reached = matches!(
                call.outcome,
                Some(
                    CallOutcome::Coming
                        | CallOutcome::Undecided
                        | CallOutcome::Declined
                        | CallOutcome::CallLater
                )
            );
            self.reached += u64::from(reached);
        }
        let own = plan.vehicles.iter();
        let own = own.filter(|one| one.tour == closing.tour && one.is_booked());
        self.booked += own.count() as u64;
    }

    fn vehicle(&mut self, ground: &Ground<'_>, one: &VehicleOutcome) {
        let came = one.result.came();
        if one.walk_in {
            self.walk_ins += u64::from(came);
        } else {
            self.came += u64::from(came);
            self.no_show += u64::from(one.result == Outcome::NoShow);
            self.not_reported += u64::from(one.result == Outcome::NotReported);
        }
        if !came {
            return;
        }
        self.served += 1;
        self.done += u64::from(one.result == Outcome::Done);
        let pieces = |list: &[(String, u32)]| list.iter().map(|(_, qty)| u64::from(*qty)).sum();
        let (used, missing): (u64, u64) = (pieces(&one.used), pieces(&one.missing));
        if used + missing > 0 || !one.wrong.is_empty() {
            self.jobs_with_parts += 1;
            self.jobs_filled += u64::from(missing == 0 && one.wrong.is_empty());
        }
        self.pieces_needed += used + missing;
        self.pieces_filled += used;
        match one.hours {
            Some(hours) => self.hours += hours,
            None => self.no_hours += 1,
        }
        let items = one.items_done.iter();
        let items = items.filter_map(|code| ground.catalogue.items.get(code));
        self.margin += items.map(|item| item.margin).sum::<f64>();
        self.warranty += one.warranty.unwrap_or_default();
        let Some(settled) = one.settled else {
            self.no_settled += 1;
            return;
        };
        if one.walk_in {
            self.income_walk_in += settled;
            return;
        }
        self.income += settled;
        match one.estimate.filter(|estimate| *estimate > Fen(0)) {
            Some(estimate) => {
                self.estimate += estimate;
                self.settled_estimated += settled;
                let error = (settled.yuan() - estimate.yuan()).abs() / estimate.yuan();
                self.errors.push(error);
            }
            None => self.no_estimate += 1,
        }
    }

    fn goods(&mut self, closing: &TourClosing) {
        for line in &closing.returns {
            self.carried += u64::from(line.carried);
            self.used_carried += u64::from(line.used.min(line.carried));
            self.back += u64::from(line.back);
        }
    }

    fn road(&mut self, ground: &Ground<'_>, closing: &TourClosing) {
        let plan = ground.plan;
        if let Some(tour) = plan.tour(&closing.tour) {
            self.hours_planned += tour.expected_hours;
            self.hours_offered += tour.service_hours;
            self.cost_tour += tour.cost.total();
            self.km += tour.km;
        }
        let duties = plan.crew.iter().filter(|duty| duty.tour == closing.tour);
        self.person_days += duties.count() as u64;
        for incident in &closing.incidents {
            match incident.chosen.cost {
                Some(cost) => self.cost_incidents += cost,
                None => self.no_cost += 1,
            }
        }
    }

    fn later(&mut self, closing: &TourClosing) {
        for one in &closing.hand_overs {
            self.handed_over += u64::from(one.takes_parts());
            self.repaired += u64::from(one.takes_parts() && one.repaired_on.is_some());
        }
        for call in &closing.follow_ups {
            self.calls += 1;
            self.satisfaction.extend(call.satisfaction);
            let Some(again) = call.fault_again else {
                continue;
            };
            self.fault_known += 1;
            self.fault_again += u64::from(again);
            let outcome = closing.outcome(&call.vehicle);
            let done = outcome.is_some_and(|one| one.result == Outcome::Done);
            self.done_fault_again += u64::from(again && done);
        }
    }
}
