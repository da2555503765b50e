//! The month's tours with their vehicles: who has a place, who waits, what is done on tour.
//!
//! Not responsible for: slots (`slots`), jobs for parts and crew (`work`), what the plan prints (`tour_rows`).

use std::collections::{BTreeMap, BTreeSet};

use super::around::point_of;
use super::given::{Claim, Given, claim, last_call_day};
use super::region::{Region, group_of, uncallable};
use super::{PlanInputs, vehicle_of};
use crate::domain::settings::TeamSettings;
use crate::domain::{CallOutcome, Date};
use crate::findings::Finding;
use crate::ingest::Tables;
use crate::plan::model::{CalledVehicle, PlannedItem, Status};
use crate::territory::{Booked, DayOffer, Fate, LaidTour, Placed, Reach, VisitPlan, assign};

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

/// Tours, visits and who is on them.
pub(super) struct MonthTours {
    pub(super) tours: Vec<LaidTour>,
    pub(super) visits: Vec<VisitPlan>,
    /// Teams as planned, beside the problem's.
    pub(super) teams: Vec<TeamSettings>,
    /// Called vehicles, by position in the tables.
    pub(super) called: BTreeMap<usize, OnTour>,
    /// Why a vehicle in nobody's area is deferred.
    pub(super) deferred: BTreeMap<usize, &'static str>,
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
            deferred: BTreeMap::new(),
            out: BTreeMap::new(),
            booked: BTreeSet::new(),
            otherwise: Vec::new(),
            slots: BTreeMap::new(),
            month_start: inputs.month.first(),
            blocked: BTreeMap::new(),
        };
        let placed = month.placed(inputs, region);
        let assigned = assign(&placed, &month.visits);
        for (placed, fate) in placed.iter().zip(&assigned.fates) {
            let (visit, waits) = match fate {
                Some(Fate::Visit(visit)) => (*visit, None),
                Some(Fate::Waitlist(visit, why)) => (*visit, Some(*why)),
                _ => continue,
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
            month.called.insert(placed.vehicle, on);
        }
        month.give_slots(inputs, region);
        month
    }

    /// The claim of a vehicle after the calls, with the visit it had, by position, where that is still made;
    /// `None` before any call, for whom was on no list.
    fn claim_of(
        &self,
        inputs: &PlanInputs<'_>,
        region: &Region<'_>,
        places: &BTreeMap<&str, &CalledVehicle>,
        index: usize,
    ) -> Option<(Claim, Option<usize>)> {
        let given = inputs.given?;
        let vehicle = vehicle_of(&inputs.ingested.tables, index);
        let answer = given.said(&vehicle.id, inputs.month).answer;
        let one = places.get(vehicle.id.as_str()).copied();
        if one.is_none() && answer.is_none() {
            return None;
        }
        let position = one.and_then(|one| self.visit_now(region, given, one));
        let called_out = position.is_some_and(|position| {
            let depart = self.first_day(self.visits[position].tour);
            inputs.today > last_call_day(inputs.settings, depart)
        });
        let refuses = vehicle.do_not_call || answer.is_some_and(|a| a.do_not_call == Some(true));
        Some((claim(one, answer, refuses, called_out), position))
    }

    /// The visit that is now what a vehicle's was: the same point in the same tour, whatever its stop; for a
    /// booking also another tour that is there on its day.
    fn visit_now(
        &self,
        region: &Region<'_>,
        given: &Given<'_>,
        one: &CalledVehicle,
    ) -> Option<usize> {
        let point = point_of(given.last, &one.visit)?;
        let day = one.slot.get(..10).and_then(Date::parse_iso);
        let there = |visit: &VisitPlan| region.points[visit.point].point.id == point;
        let holds = |visit: &VisitPlan| {
            day.is_some_and(|day| visit.first_day <= day && day <= visit.last_day)
        };
        let find = |wanted: &dyn Fn(&VisitPlan) -> bool| {
            let found = |visit: &VisitPlan| there(visit) && wanted(visit);
            self.visits.iter().position(found)
        };
        let same_tour = |visit: &VisitPlan| self.tours[visit.tour].id == one.tour;
        find(&|visit| same_tour(visit) && holds(visit))
            .or_else(|| find(&holds))
            .or_else(|| find(&same_tour))
    }

    /// The visit nearest to a vehicle, where one is in reach.
    fn nearest(&self, region: &Region<'_>, reach: &Reach<'_>, index: usize) -> Option<usize> {
        let place = region.located[index].as_ref()?;
        let km = self
            .visits
            .iter()
            .enumerate()
            .filter_map(|(position, visit)| {
                let km = reach.km(place.at, &place.county_code, &region.points[visit.point])?;
                Some((position, km))
            });
        let nearest = km.min_by(|a, b| a.1.total_cmp(&b.1));
        nearest.map(|(position, _)| position)
    }

    /// Vehicles in reach of a visit; the others get their reason.
    fn placed(&mut self, inputs: &PlanInputs<'_>, region: &Region<'_>) -> Vec<Placed> {
        let reach = Reach {
            travel: &region.travel,
            tour: &inputs.settings.tour,
        };
        let places = inputs.given.map(Given::places).unwrap_or_default();
        let mut placed = Vec::new();
        for (index, place) in region.located.iter().enumerate() {
            if region.near[index] {
                continue;
            }
            let claim = self.claim_of(inputs, region, &places, index);
            if let Some((Claim::Out(why), visit)) = claim {
                if let Some(visit) = visit.or_else(|| self.nearest(region, &reach, index)) {
                    self.out.insert(index, visit);
                }
                self.deferred.insert(index, why);
                continue;
            }
            let Some(place) = place else {
                self.deferred.insert(index, "no_place");
                continue;
            };
            let mut in_reach = Vec::new();
            for (position, visit) in self.visits.iter().enumerate() {
                let point = &region.points[visit.point];
                let Some(km) = reach.km(place.at, &place.county_code, point) else {
                    continue;
                };
                let keep = |item: &str| {
                    region.fieldable(inputs, item)
                        && (point.point.lift || !Region::needs_lift(inputs, item))
                };
                let prediction = &region.predictions[index];
                let hours = prediction.expected_hours(&keep);
                let value = prediction.planning_value(&keep);
                // Who knows the place and says yes: the distance has spoken already.
                let share = if said_yes(inputs, index) {
                    1.0
                } else {
                    reach.share(km)
                };
                in_reach.push((position, km, share, hours, value));
            }
            if in_reach.is_empty() {
                let near_any = region
                    .points
                    .iter()
                    .any(|point| reach.km(place.at, &place.county_code, point).is_some());
                let why = if near_any {
                    "not_this_month"
                } else {
                    "out_of_reach"
                };
                self.deferred.insert(index, why);
                continue;
            }
            in_reach.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
            // Who is on a tour's list already is offered that tour only.
            let listed = claim.and_then(|(claim, at)| {
                let at = at.filter(|at| in_reach.iter().any(|reach| reach.0 == *at))?;
                Some((claim, at))
            });
            if let Some((_, at)) = listed {
                let tour = self.visits[at].tour;
                in_reach.retain(|reach| self.visits[reach.0].tour == tour);
            }
            let had_place = places
                .get(vehicle_of(&inputs.ingested.tables, index).id.as_str())
                .is_some_and(|one| one.status == Status::Visit);
            placed.push(Placed {
                tier: match listed {
                    Some((Claim::Wants(tier), _)) => tier,
                    // Who says yes and whose visit is not made any more goes where there is one.
                    None if said_yes(inputs, index) => 3,
                    // New on the list: behind everybody who waits.
                    None if inputs.given.is_some() => 6,
                    _ => 0,
                },
                keeps: listed.filter(|_| had_place).map(|(_, at)| at),
                pinned: listed.is_some_and(|(claim, _)| claim == Claim::Keeps),
                waits_at: listed.map(|(_, at)| at),
                vehicle: index,
                group: group_of(inputs, region, index),
                reach: in_reach,
                // Who says yes and wants no more calls comes all the same.
                uncallable: uncallable(vehicle_of(&inputs.ingested.tables, index))
                    .filter(|_| !said_yes(inputs, index)),
            });
        }
        placed
    }

    /// Vehicles worked on at once at a visit.
    pub(super) fn lanes(&self, region: &Region<'_>, visit: usize) -> u32 {
        let visit = &self.visits[visit];
        let team = &self.teams[self.tours[visit.tour].facts.team];
        team.technicians
            .min(region.points[visit.point].point.bays)
            .max(1)
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
        !blocked
            && region.fieldable(inputs, item)
            && (region.points[visit.point].point.lift || !Region::needs_lift(inputs, item))
    }

    /// Items of skills nobody on a tour has become workshop items.
    pub(super) fn drop_skills(
        &mut self,
        tables: &Tables,
        uncovered: &BTreeMap<String, Vec<String>>,
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
        region.predictions[on.vehicle]
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
        round4(region.predictions[on.vehicle].expected_hours(&keep) * on.share)
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

pub(super) fn round4(x: f64) -> f64 {
    (x * 1e4).round() / 1e4
}
