//! Tours and visits as the plan prints them.

use super::PlanInputs;
use super::region::Region;
use super::tours::{MonthTours, OnTour};
use crate::crew::{Staffed, TourWork};
use crate::domain::Fen;
use crate::domain::rounding::ten_thousandths;
use crate::place::LegSource;
use crate::plan::model::{PlannedItem, Tour, TourCost, TourDay, Visit};
use crate::solve::territory::TourFacts;
use crate::territory::{LaidTour, VisitPlan, depot_stop, opening_minutes};

/// Tours and visits of the plan.
#[derive(Default)]
pub(super) struct Documents {
    pub(super) tours: Vec<Tour>,
    pub(super) visits: Vec<Visit>,
}

impl MonthTours {
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
        let depot = depot_stop(&region.depot);
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
            expected_hours: ten_thousandths(expected),
            capacity_hours: visit.capacity_hours,
            leg_km: leg.km,
            leg_hours: leg.hours,
            leg_estimated: leg.source == LegSource::Estimate,
            opens_at: f64::from(opening_minutes(drive, inputs.settings.tour.setup_hours)) / 60.0,
        }
    }

    /// Expected income of a vehicle on a visit.
    fn income(&self, inputs: &PlanInputs<'_>, region: &Region<'_>, on: &OnTour) -> Fen {
        let show_up = region.prediction(inputs, on.vehicle).show_up;
        income(show_up * on.share, self.items(inputs, region, on))
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
                expected_hours: ten_thousandths(day.expected_hours),
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
            expected_hours: ten_thousandths(visits.iter().map(|visit| visit.expected_hours).sum()),
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

/// The number crew.csv has for a tour's leader; empty where there is none.
fn leader_phone(inputs: &PlanInputs<'_>, leader: Option<&String>) -> String {
    let crew = &inputs.ingested.tables.crew;
    let person = leader.and_then(|name| crew.iter().find(|person| person.name == *name));
    person.map_or_else(String::new, |person| person.phone.clone())
}

/// Expected income of items that are done: the share that comes × Σ p × (labour + parts).
pub(super) fn income<'i>(comes: f64, items: impl Iterator<Item = &'i PlannedItem>) -> Fen {
    let sum: f64 = items
        .map(|item| item.p * (item.labour + item.parts).yuan())
        .sum();
    Fen::from_yuan(comes * sum)
}
