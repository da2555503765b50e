//! The month's tours with their vehicles: places given, slots offered, jobs for parts and crew.

use std::collections::{BTreeMap, BTreeSet};

use super::given::{Claim, Given, as_it_left, claim, last_call_day};
use super::region::{Region, group_of, uncallable};
use super::resting::{Held, Holds};
use super::{PlanInputs, vehicle_of};
use crate::crew::{JobHours, Staffed, TourWork, VisitTools, WorkDay};
use crate::domain::settings::TeamSettings;
use crate::domain::{CallOutcome, Date, Fen};
use crate::findings::Finding;
use crate::ingest::Tables;
use crate::plan::model::{CalledVehicle, PlannedItem, Status, Tour, TourCost, TourDay, Visit};
use crate::solve::territory::TourFacts;
use crate::stage::{JobNeed, TourJobs, VisitJobs};
use crate::territory::{
    Booked, DayOffer, Fate, LaidTour, Placed, Reach, VisitPlan, assign, opening_minutes,
};

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
        let mut placed = month.placed(inputs, region);
        month.loosen(inputs, &mut placed);
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

    /// The claim of a vehicle after the calls, with the visit it had, by position; `None` before any call
    /// and for whom no visit of the last plan is left.
    fn claim_of(
        &self,
        inputs: &PlanInputs<'_>,
        places: &BTreeMap<&str, &CalledVehicle>,
        index: usize,
    ) -> Option<(Claim, usize)> {
        let given = inputs.given?;
        let vehicle = vehicle_of(&inputs.ingested.tables, index);
        let one = places.get(vehicle.id.as_str()).copied()?;
        let position = self.visits.iter().position(|visit| visit.id == one.visit)?;
        let depart = self.first_day(self.visits[position].tour);
        if depart < inputs.today {
            return Some((as_it_left(one), position));
        }
        let answer = given.said(&vehicle.id, inputs.month).answer;
        let called_out = inputs.today > last_call_day(inputs.settings, depart);
        let refuses = vehicle.do_not_call || answer.is_some_and(|a| a.do_not_call == Some(true));
        let claim = claim(Some(one), answer, refuses, called_out);
        Some((claim, position))
    }

    /// Vehicles in reach of a visit; the others get their reason.
    fn placed(&mut self, inputs: &PlanInputs<'_>, region: &Region<'_>) -> Vec<Placed> {
        let reach = Reach {
            travel: &region.travel,
            tour: &inputs.settings.tour,
        };
        let places = inputs.given.map(Given::places).unwrap_or_default();
        let holds = Holds::of(inputs);
        let mut placed = Vec::new();
        for (index, place) in region.located.iter().enumerate() {
            if region.near[index] {
                continue;
            }
            let mut claim = self.claim_of(inputs, &places, index);
            if let Some((Claim::Out(why), visit)) = claim {
                self.out.insert(index, visit);
                self.deferred.insert(index, why);
                continue;
            }
            let held = holds.held(inputs, index);
            match (&held, &mut claim) {
                (Some(Held::Deferred(why)), _) => {
                    self.deferred.insert(index, why);
                    continue;
                }
                (Some(Held::Keeps), Some((claim, _))) => *claim = Claim::Keeps,
                _ => {}
            }
            let Some(place) = place else {
                self.deferred.insert(index, "no_place");
                continue;
            };
            let mut in_reach = Vec::new();
            for (position, visit) in self.visits.iter().enumerate() {
                // Nobody seeks a place where the team has been already.
                if matches!(held, Some(Held::Seeks(..))) && visit.first_day <= inputs.today {
                    continue;
                }
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
                let why = if let Some(Held::Seeks(why, _)) = held {
                    why
                } else if near_any {
                    "not_this_month"
                } else {
                    "out_of_reach"
                };
                self.deferred.insert(index, why);
                continue;
            }
            // Nobody new joins a tour that is out or home.
            if claim.is_none() {
                in_reach.retain(|reach| !self.has_left(self.visits[reach.0].tour, inputs));
            }
            if in_reach.is_empty() {
                self.deferred.insert(index, "not_this_month");
                continue;
            }
            in_reach.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
            // Who is on a tour's list already is offered that tour only.
            let listed = claim.filter(|(_, at)| in_reach.iter().any(|reach| reach.0 == *at));
            if let Some((_, at)) = listed {
                let tour = self.visits[at].tour;
                in_reach.retain(|reach| self.visits[reach.0].tour == tour);
            }
            let waits = self.waits(&holds, held.as_ref(), &mut in_reach);
            let had_place = places
                .get(vehicle_of(&inputs.ingested.tables, index).id.as_str())
                .is_some_and(|one| one.status == Status::Visit);
            placed.push(Placed {
                tier: match (listed, held) {
                    (Some((Claim::Wants(tier), _)), _) | (None, Some(Held::Seeks(_, tier))) => tier,
                    // New on the list: behind everybody who waits.
                    (None, _) if inputs.given.is_some() => 5,
                    _ => 0,
                },
                keeps: listed.filter(|_| had_place).map(|(_, at)| at),
                pinned: listed.is_some_and(|(claim, _)| claim == Claim::Keeps),
                waits_at: listed.map(|(_, at)| at),
                vehicle: index,
                group: group_of(inputs, region, index),
                reach: in_reach,
                // Who says yes and wants no more calls comes all the same.
                uncallable: match listed {
                    Some((Claim::Missed, _)) => Some("tour_left"),
                    _ => uncallable(vehicle_of(&inputs.ingested.tables, index))
                        .filter(|_| !said_yes(inputs, index))
                        .or(waits),
                },
            });
        }
        placed
    }

    /// Whether a tour is out or home; only where tours are given can one have left.
    fn has_left(&self, tour: usize, inputs: &PlanInputs<'_>) -> bool {
        inputs.given.is_some() && self.first_day(tour) < inputs.today
    }

    /// Why a vehicle gets no place while a tour is changed, if so. Who seeks one finds it on that tour only.
    fn waits(
        &self,
        holds: &Holds<'_>,
        held: Option<&Held>,
        in_reach: &mut Vec<(usize, f64, f64, f64, f64)>,
    ) -> Option<&'static str> {
        match (held?, holds.changing()) {
            (Held::Waits(why), _) => Some(why),
            (Held::Seeks(why, _), Some(changing)) => {
                let there = |reach: &(usize, f64, f64, f64, f64)| {
                    self.tours[self.visits[reach.0].tour].id == changing
                };
                if in_reach.iter().any(there) {
                    in_reach.retain(there);
                    None
                } else {
                    Some(why)
                }
            }
            _ => None,
        }
    }

    /// The van a tour goes with: its team's, or the reserve in its place.
    fn van<'s>(&'s self, inputs: &'s PlanInputs<'_>, position: usize) -> &'s str {
        let LaidTour { id, facts } = &self.tours[position];
        let reserve = inputs.given.and_then(|given| given.reserve_van(id));
        reserve.unwrap_or(&self.teams[facts.team].van)
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

    /// Vehicles of a visit in slot order.
    fn in_slot_order(&self, visit: usize) -> Vec<&OnTour> {
        let mut list: Vec<&OnTour> = self.on_visit(visit).collect();
        list.sort_by_key(|on| {
            let slot = self.slots.get(&on.vehicle);
            (slot.map(|s| (s.day, s.minutes)), on.vehicle)
        });
        list
    }

    /// Jobs for the kits.
    pub(super) fn jobs_of(
        &self,
        inputs: &PlanInputs<'_>,
        region: &Region<'_>,
        position: usize,
    ) -> Vec<JobNeed> {
        self.in_slot_order(position)
            .into_iter()
            .map(|on| {
                let vehicle = vehicle_of(&inputs.ingested.tables, on.vehicle);
                JobNeed {
                    vehicle: vehicle.id.to_string(),
                    model: vehicle.model.as_ref().map(ToString::to_string),
                    show: region.predictions[on.vehicle].show_up * on.share,
                    items: self
                        .items(inputs, region, on)
                        .map(|item| (item.item.clone(), item.p))
                        .collect(),
                    extra_parts: inputs
                        .given
                        .and_then(|given| given.said(&vehicle.id, inputs.month).advice)
                        .map(|advice| advice.parts.clone())
                        .unwrap_or_default(),
                }
            })
            .collect()
    }

    /// Every tour with its jobs.
    pub(super) fn jobs(&self, inputs: &PlanInputs<'_>, region: &Region<'_>) -> Vec<TourJobs> {
        self.tours
            .iter()
            .enumerate()
            .map(|(position, LaidTour { id, .. })| TourJobs {
                tour: id.clone(),
                depart: self.first_day(position),
                ret: self.last_day(position),
                van: inputs
                    .ingested
                    .tables
                    .vans
                    .iter()
                    .find(|van| van.id == self.van(inputs, position))
                    .cloned(),
                visits: self
                    .visits_of(position)
                    .map(|(index, visit)| VisitJobs {
                        visit: visit.id.clone(),
                        point: region.points[visit.point].point.id.clone(),
                        first_day: visit.first_day,
                        receives_goods: region.points[visit.point].point.receives_goods,
                        jobs: self.jobs_of(inputs, region, index),
                    })
                    .collect(),
                loaded: inputs
                    .given
                    .and_then(|given| given.loaded(id, inputs.today)),
            })
            .collect()
    }

    /// The day a tour leaves: the first day of its first visit.
    fn first_day(&self, tour: usize) -> Date {
        let days = self.visits_of(tour).map(|(_, visit)| visit.first_day);
        days.min().unwrap_or(self.month_start)
    }

    /// The day it comes home.
    fn last_day(&self, tour: usize) -> Date {
        let days = self.visits_of(tour).map(|(_, visit)| visit.last_day);
        days.max().unwrap_or(self.month_start)
    }

    fn visits_of(&self, tour: usize) -> impl Iterator<Item = (usize, &VisitPlan)> {
        self.visits
            .iter()
            .enumerate()
            .filter(move |(_, visit)| visit.tour == tour)
    }

    /// Work by day and skill, for the crew.
    pub(super) fn work(&self, inputs: &PlanInputs<'_>, region: &Region<'_>) -> Vec<TourWork> {
        (0..self.tours.len())
            .map(|position| self.work_of(inputs, region, position))
            .collect()
    }

    fn work_of(&self, inputs: &PlanInputs<'_>, region: &Region<'_>, position: usize) -> TourWork {
        let team = &self.teams[self.tours[position].facts.team];
        let mut work = TourWork {
            tour: self.tours[position].id.clone(),
            team: team.id.clone(),
            technicians: team.technicians,
            van: self.van(inputs, position).to_owned(),
            days: Vec::new(),
            skills: BTreeMap::new(),
            tools: Vec::new(),
            keep: inputs
                .given
                .map(|given| given.crew_of(&self.tours[position].id))
                .unwrap_or_default(),
        };
        let catalogue = &inputs.ingested.tables.catalogue;
        for (index, visit) in self.visits_of(position) {
            let first = work.days.len();
            for day in 0..visit.drive_by_day.len() {
                work.days.push(WorkDay {
                    date: visit.first_day.plus_days(day as i64),
                    drive_hours: visit.drive_by_day[day],
                    capacity_hours: visit.capacity_by_day[day],
                    expected_hours: 0.0,
                    jobs: Vec::new(),
                });
            }
            let mut tools = VisitTools {
                at_once: self.lanes(region, index),
                jobs: Vec::new(),
            };
            for on in self.in_slot_order(index) {
                let prediction = &region.predictions[on.vehicle];
                let (show, check) = (prediction.show_up * on.share, prediction.check_hours);
                let mut job = JobHours {
                    show,
                    base_hours: check,
                    items: Vec::new(),
                };
                let mut needed = BTreeSet::new();
                let mut hours = check;
                for item in self.items(inputs, region, on) {
                    job.items.push((item.p, item.hours));
                    hours += item.p * item.hours;
                    if let Some(facts) = catalogue.items.get(&item.item) {
                        needed.extend(facts.tools.iter().cloned());
                        for skill in &facts.skills {
                            *work.skills.entry(skill.clone()).or_default() +=
                                show * item.p * item.hours;
                        }
                    }
                }
                tools.jobs.push(needed);
                let day = first + self.slots.get(&on.vehicle).map_or(0, |slot| slot.day);
                if let Some(day) = work.days.get_mut(day) {
                    day.expected_hours += show * hours;
                    day.jobs.push(job);
                }
            }
            work.tools.push(tools);
        }
        // The leg home is driven on the last day; it is in the tour's hours by day already.
        work
    }

    /// Tours and visits as the plan prints them.
    pub(super) fn documents(
        &self,
        inputs: &PlanInputs<'_>,
        region: &Region<'_>,
        staffed: &Staffed,
    ) -> Documents {
        let works = self.work(inputs, region);
        let mut documents = Documents::default();
        for (position, LaidTour { facts, .. }) in self.tours.iter().enumerate() {
            let visits: Vec<Visit> = self
                .visits_of(position)
                .map(|(index, visit)| self.visit(inputs, region, index, visit))
                .collect();
            documents
                .tours
                .push(self.tour(inputs, region, position, facts, &works, &visits, staffed));
            documents.visits.extend(visits);
        }
        documents
    }

    fn visit(
        &self,
        inputs: &PlanInputs<'_>,
        region: &Region<'_>,
        index: usize,
        visit: &VisitPlan,
    ) -> Visit {
        let expected = self
            .on_visit(index)
            .map(|on| self.visit_hours(inputs, region, on))
            .sum();
        let facts = &self.tours[visit.tour].facts;
        let before = (visit.stop > 0).then(|| facts.stops[visit.stop - 1].point);
        let depot = crate::place::Stop {
            id: Some("depot"),
            lonlat: region.depot.at,
            county: Some(&region.depot.county_code),
        };
        let from = before.map_or(depot, |point| region.points[point].stop());
        let leg = region.travel.leg(from, region.points[visit.point].stop());
        let drive = visit.drive_by_day.first().copied().unwrap_or(0.0);
        Visit {
            id: visit.id.clone(),
            tour: self.tours[visit.tour].id.clone(),
            stop: visit.stop as u32 + 1,
            point: region.points[visit.point].point.id.clone(),
            first_day: visit.first_day,
            last_day: visit.last_day,
            vehicles: self.on_visit(index).count() as u64,
            expected_hours: round4(expected),
            capacity_hours: visit.capacity_hours,
            leg_km: leg.km,
            leg_hours: leg.hours,
            opens_at: f64::from(opening_minutes(drive, inputs.settings.tour.setup_hours)) / 60.0,
        }
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

    /// Expected income of a vehicle: show-up × share × Σ p × (labour + parts).
    pub(super) fn income(&self, inputs: &PlanInputs<'_>, region: &Region<'_>, on: &OnTour) -> Fen {
        let sum: f64 = self
            .items(inputs, region, on)
            .map(|item| item.p * (item.labour + item.parts).yuan())
            .sum();
        Fen::from_yuan(region.predictions[on.vehicle].show_up * on.share * sum)
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "one tour's facts come from as many stages"
    )]
    fn tour(
        &self,
        inputs: &PlanInputs<'_>,
        region: &Region<'_>,
        position: usize,
        facts: &TourFacts,
        works: &[TourWork],
        visits: &[Visit],
        staffed: &Staffed,
    ) -> Tour {
        let id = self.tours[position].id.clone();
        let team = &self.teams[facts.team];
        let costs = &inputs.settings.costs;
        let days: Vec<TourDay> = self
            .visits_of(position)
            .flat_map(|(_, visit)| (0..visit.drive_by_day.len()).map(move |day| (visit, day)))
            .zip(&works[position].days)
            .map(|((visit, _), day)| TourDay {
                date: day.date,
                point: region.points[visit.point].point.id.clone(),
                visit: visit.id.clone(),
                drive_hours: day.drive_hours,
                capacity_hours: day.capacity_hours,
                expected_hours: round4(day.expected_hours),
            })
            .collect();
        let here = |on: &&OnTour| self.visits[on.visit].tour == position;
        let places = || {
            self.called
                .values()
                .filter(here)
                .filter(|on| on.waits.is_none())
        };
        Tour {
            team: team.id.clone(),
            van: self.van(inputs, position).to_owned(),
            leader_phone: leader_phone(inputs, staffed.leaders.get(&id)),
            leader: staffed.leaders.get(&id).cloned().unwrap_or_default(),
            technicians: team.technicians,
            depart: self.first_day(position),
            ret: self.last_day(position),
            km: facts.km,
            drive_hours: facts.drive_hours,
            service_hours: facts.capacity_hours,
            expected_hours: round4(visits.iter().map(|visit| visit.expected_hours).sum()),
            nights: facts.nights,
            cost: TourCost {
                travel: Fen::from_yuan(facts.km * costs.per_km),
                nights: Fen::from_yuan(f64::from(facts.nights) * costs.per_night),
                team: Fen::from_yuan(f64::from(facts.days) * team.cost_per_day),
                fees: Fen::from_yuan(facts.stops.iter().map(|stop| stop.fee).sum()),
            },
            days,
            vehicles: places().count() as u64,
            waitlist: self
                .called
                .values()
                .filter(here)
                .filter(|on| on.waits.is_some())
                .count() as u64,
            expected_income: places().map(|on| self.income(inputs, region, on)).sum(),
            hours_risk: staffed.hours_risk.get(&id).cloned().unwrap_or_default(),
            id,
        }
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

/// The number crew.csv has for a tour's leader; empty where there is none.
fn leader_phone(inputs: &PlanInputs<'_>, leader: Option<&String>) -> String {
    let crew = &inputs.ingested.tables.crew;
    let person = leader.and_then(|name| crew.iter().find(|person| person.name == *name));
    person.map_or_else(String::new, |person| person.phone.clone())
}

/// Tours and visits of the plan.
#[derive(Default)]
pub(super) struct Documents {
    pub(super) tours: Vec<Tour>,
    pub(super) visits: Vec<Visit>,
}

pub(super) fn round4(x: f64) -> f64 {
    (x * 1e4).round() / 1e4
}
