//! The month's tours with their vehicles: who has a place, who waits, what is done on tour.
//!
//! Not responsible for: who may have a place where (`placing`), slots (`slots`), jobs for parts and crew (`work`), what the plan prints (`tour_rows`).

use std::collections::{BTreeMap, BTreeSet};

use super::region::Region;
use super::{PlanInputs, vehicle_of};
use crate::crew::SkillsByTour;
use crate::domain::rounding::ten_thousandths;
use crate::domain::settings::TeamSettings;
use crate::domain::{CallOutcome, Date};
use crate::findings::Finding;
use crate::ingest::Tables;
use crate::plan::model::{PlannedItem, Status};
use crate::territory::{Booked, DayOffer, Fate, LaidTour, VisitPlan, assign};

/// One vehicle with a fate on a tour: a place, or waiting.
#[derive(Clone, Debug)]
pub(super) struct OnTour {
    /// Position in the tables.
    pub(super) vehicle: usize,
    /// Position of the visit.
    pub(super) visit: usize,
    /// Road km to its point.
    pub(super) km: f64,
    /// Share that comes from there.
    pub(super) share: f64,
    /// `None` = a place is kept; else why it waits.
    pub(super) waits: Option<&'static str>,
}

impl OnTour {
    /// Whether it has a place there, or waits.
    pub(super) fn status(&self) -> Status {
        match self.waits {
            None => Status::Visit,
            Some(_) => Status::Waitlist,
        }
    }
}

/// Tours, visits and who is on them.
pub(super) struct MonthTours {
    pub(super) tours: Vec<LaidTour>,
    pub(super) visits: Vec<VisitPlan>,
    /// Teams as planned, beside the problem's.
    pub(super) teams: Vec<TeamSettings>,
    /// Called vehicles, by position in the tables.
    pub(super) called: BTreeMap<usize, OnTour>,
    /// Why a vehicle in nobody's area is deferred, beside the tables' vehicles.
    pub(super) deferred: Vec<Option<&'static str>>,
    /// The visit a vehicle was called for that turned it down, by position.
    pub(super) out: BTreeMap<usize, usize>,
    /// Slot of each vehicle on a visit.
    pub(super) slots: BTreeMap<usize, DayOffer>,
    /// Of these, the slots that are booked.
    pub(super) booked: BTreeSet<usize>,
    /// Slots that are not as wished, or do not fit.
    pub(super) otherwise: Vec<Booked>,
    month_start: Date,
    /// Skills nobody on the tour has, by tour position.
    blocked: BTreeMap<usize, BTreeSet<String>>,
    /// Items a visit has no hours for, by vehicle position.
    pub(super) left_out: BTreeMap<usize, BTreeSet<String>>,
    /// Contacts too many for the desk to call, by tour.
    pub(super) not_called: BTreeMap<String, usize>,
}

impl MonthTours {
    /// Gives out the places and offers slots.
    pub(super) fn fill(
        inputs: &PlanInputs<'_>,
        region: &Region<'_>,
        teams: &[TeamSettings],
        tours: Vec<LaidTour>,
        visits: Vec<VisitPlan>,
    ) -> Self {
        let mut month = Self {
            tours,
            visits,
            teams: teams.to_vec(),
            called: BTreeMap::new(),
            deferred: vec![None; inputs.ingested.tables.vehicles.len()],
            out: BTreeMap::new(),
            booked: BTreeSet::new(),
            otherwise: Vec::new(),
            slots: BTreeMap::new(),
            month_start: inputs.month.first(),
            blocked: BTreeMap::new(),
            left_out: BTreeMap::new(),
            not_called: BTreeMap::new(),
        };
        let mut placed = month.placed(inputs, region);
        month.loosen(inputs, &mut placed);
        let assigned = assign(&placed, &month.visits);
        let called = placed.iter().zip(&assigned.fates);
        let called = called.filter_map(|(placed, fate)| {
            let (visit, waits) = match fate {
                Some(Fate::Visit(visit)) => (*visit, None),
                Some(Fate::Waitlist(visit, why)) => (*visit, Some(*why)),
                _ => return None,
            };
            let there = placed.reach.iter().find(|reach| reach.0 == visit);
            let (km, share) = there.map_or((0.0, 0.0), |reach| (reach.1, reach.2));
            let on = OnTour {
                vehicle: placed.vehicle,
                visit,
                km,
                share,
                waits,
            };
            Some((placed.vehicle, on))
        });
        month.called = called.collect();
        // Freed beside what follows: of a large region a list and a name for each vehicle.
        rayon::spawn(|| drop(placed));
        month.shorten_lists(inputs, region);
        month.leave_out(inputs, region);
        month.give_slots(inputs, region);
        month
    }

    /// What is to be said about bookings, items left out and customers not called.
    pub(super) fn findings(&self, inputs: &PlanInputs<'_>, region: &Region<'_>) -> Vec<Finding> {
        let mut findings = Vec::from_iter(self.booking_findings(inputs));
        findings.extend(self.left_out_findings(inputs, region));
        findings.extend(self.shortened_findings());
        findings
    }

    /// Vehicles worked on at once at a visit.
    pub(super) fn lanes(&self, region: &Region<'_>, visit: usize) -> u32 {
        let visit = &self.visits[visit];
        let team = &self.teams[self.tours[visit.tour].facts.team];
        team.technicians
            .min(region.points[visit.point].point.bays)
            .max(1)
    }

    /// How a vehicle stands this month, and on the list of which tour.
    pub(super) fn standing(&self, region: &Region<'_>, index: usize) -> (Status, Option<usize>) {
        match self.called.get(&index) {
            Some(on) => {
                let tour = self.visits[on.visit].tour;
                (on.status(), Some(tour))
            }
            None if region.near[index] => (Status::Invite, None),
            None => (Status::Deferred, None),
        }
    }

    /// Vehicles with a place on a visit, by position in the tables.
    pub(super) fn on_visit(&self, visit: usize) -> impl Iterator<Item = &OnTour> {
        self.called
            .values()
            .filter(move |on| on.visit == visit && on.waits.is_none())
    }

    /// Whether an item of a called vehicle would be done on its tour.
    pub(super) fn done_on_tour(
        &self,
        inputs: &PlanInputs<'_>,
        region: &Region<'_>,
        on: &OnTour,
        item: &str,
    ) -> bool {
        let visit = &self.visits[on.visit];
        let blocked = self.blocked.get(&visit.tour).is_some_and(|skills| {
            inputs
                .ingested
                .tables
                .catalogue
                .items
                .get(item)
                .is_some_and(|item| !item.skills.is_disjoint(skills))
        });
        let left_out = self.left_out.get(&on.vehicle);
        !blocked
            && left_out.is_none_or(|items| !items.contains(item))
            && region.fieldable(inputs, item)
            && (region.points[visit.point].point.lift || !Region::needs_lift(inputs, item))
    }

    /// Items of skills nobody on a tour has become workshop items.
    pub(super) fn drop_skills(
        &mut self,
        tables: &Tables,
        uncovered: &SkillsByTour,
    ) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (position, tour) in self.tours.iter().enumerate() {
            let id = tour.id.clone();
            for skill in uncovered.get(&id).into_iter().flatten() {
                let jobs = tables
                    .catalogue
                    .items
                    .values()
                    .filter(|item| item.on_site && item.skills.contains(skill))
                    .count();
                self.blocked
                    .entry(position)
                    .or_default()
                    .insert(skill.clone());
                findings.push(
                    Finding::new("P004")
                        .arg("skill", skill)
                        .arg("tour", &id)
                        .arg("jobs", jobs),
                );
            }
        }
        findings
    }

    /// Items to do on tour, in code order.
    pub(super) fn items<'r>(
        &'r self,
        inputs: &'r PlanInputs<'_>,
        region: &'r Region<'_>,
        on: &'r OnTour,
    ) -> impl Iterator<Item = &'r PlannedItem> {
        region
            .prediction(inputs, on.vehicle)
            .items
            .iter()
            .filter(move |item| self.done_on_tour(inputs, region, on, &item.item))
    }

    /// Hours a vehicle is expected to take at its visit.
    pub(super) fn visit_hours(
        &self,
        inputs: &PlanInputs<'_>,
        region: &Region<'_>,
        on: &OnTour,
    ) -> f64 {
        let keep = |item: &str| self.done_on_tour(inputs, region, on, item);
        ten_thousandths(region.prediction(inputs, on.vehicle).expected_hours(&keep) * on.share)
    }

    /// The van a tour goes with: its team's, or the reserve in its place.
    pub(super) fn van<'s>(&'s self, inputs: &'s PlanInputs<'_>, position: usize) -> &'s str {
        let LaidTour { id, facts } = &self.tours[position];
        let reserve = inputs.given.and_then(|given| given.reserve_van(id));
        reserve.unwrap_or(&self.teams[facts.team].van)
    }

    /// The day a tour leaves: the first day of its first visit.
    pub(super) fn first_day(&self, tour: usize) -> Date {
        let days = self.visits_of(tour).map(|(_, visit)| visit.first_day);
        days.min().unwrap_or(self.month_start)
    }

    /// The day it comes home.
    pub(super) fn last_day(&self, tour: usize) -> Date {
        let days = self.visits_of(tour).map(|(_, visit)| visit.last_day);
        days.max().unwrap_or(self.month_start)
    }

    pub(super) fn visits_of(&self, tour: usize) -> impl Iterator<Item = (usize, &VisitPlan)> {
        self.visits
            .iter()
            .enumerate()
            .filter(move |(_, visit)| visit.tour == tour)
    }
}

/// Whether the customer said that the vehicle comes.
pub(super) fn said_yes(inputs: &PlanInputs<'_>, index: usize) -> bool {
    let vehicle = vehicle_of(&inputs.ingested.tables, index);
    let answer = inputs
        .given
        .and_then(|given| given.said(&vehicle.id, inputs.month).answer);
    answer.is_some_and(|answer| answer.outcome == Some(CallOutcome::Coming))
}
