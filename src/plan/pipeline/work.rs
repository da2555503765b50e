//! What the month's visits ask of parts and people: jobs for the kits, work by day and skill for the crew.

use std::collections::{BTreeMap, BTreeSet};

use super::region::Region;
use super::tours::{MonthTours, OnTour};
use super::{PlanInputs, vehicle_of};
use crate::crew::{JobHours, TourWork, VisitTools, WorkDay};
use crate::domain::CallOutcome;
use crate::predict::Prediction;
use crate::stage::{JobNeed, TourJobs, VisitJobs};
use crate::territory::LaidTour;

impl MonthTours {
    /// Vehicles of a visit in slot order.
    fn in_slot_order(&self, visit: usize) -> Vec<&OnTour> {
        let mut list: Vec<&OnTour> = self.on_visit(visit).collect();
        list.sort_by_key(|on| {
            let slot = self.slots.get(&on.vehicle);
            // Who has no time yet comes behind those who have one.
            let time = slot.map_or((usize::MAX, 0), |slot| (slot.day, slot.minutes));
            (time, on.vehicle)
        });
        list
    }

    /// Jobs of a visit for the kits.
    fn jobs_of<'p>(
        &self,
        inputs: &PlanInputs<'_>,
        region: &Region<'_>,
        predicted: &dyn Fn(usize) -> &'p Prediction,
        position: usize,
    ) -> Vec<JobNeed> {
        self.in_slot_order(position)
            .into_iter()
            .map(|on| {
                let vehicle = vehicle_of(&inputs.ingested.tables, on.vehicle);
                let prediction = predicted(on.vehicle);
                let items = prediction.items.iter();
                JobNeed {
                    vehicle: vehicle.id.to_string(),
                    model: vehicle.model.as_ref().map(ToString::to_string),
                    show: prediction.show_up * on.share,
                    booked: inputs.given.is_some_and(|given| {
                        let answer = given.said(&vehicle.id, inputs.month).answer;
                        answer.is_some_and(|told| told.outcome == Some(CallOutcome::Coming))
                    }),
                    items: items
                        .filter(|item| self.done_on_tour(inputs, region, on, &item.item))
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

    /// Every tour with its jobs, for what the vehicles are `predicted` to need.
    pub(super) fn jobs<'p>(
        &self,
        inputs: &PlanInputs<'_>,
        region: &Region<'_>,
        predicted: &dyn Fn(usize) -> &'p Prediction,
    ) -> Vec<TourJobs> {
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
                        jobs: self.jobs_of(inputs, region, predicted, index),
                    })
                    .collect(),
                loaded: inputs
                    .given
                    .and_then(|given| given.loaded(id, inputs.today)),
            })
            .collect()
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
                let prediction = region.prediction(inputs, on.vehicle);
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
}
