//! Visits with more or less to do than they were planned for, once customers have answered: what can be done.
//!
//! Responsible for: naming visits that do not pay with what dropping them saves (M015), and over-full visits with
//! a day or another visit that would help (M121 … M123). Every figure is that of tours with their best allocation;
//! nothing is searched. Not responsible for: deciding (that is the tours sheet, read back with `plan --tours`).

use super::PlanInputs;
use super::region::Region;
use super::tours::{MonthTours, OnTour, said_yes};
use super::vehicle_of;
use crate::domain::{Date, Fen};
use crate::findings::Finding;
use crate::solve::territory::{Problem, Solution, StopPlan, TourPlan, solve_fixed, tour_facts};
use crate::territory::{Reach, VisitPlan};

/// What is known of the month once the slots are given.
struct Desk<'d> {
    inputs: &'d PlanInputs<'d>,
    region: &'d Region<'d>,
    problem: &'d Problem,
    month: &'d MonthTours,
    objective: f64,
    /// The tours in the month's order.
    tours: Vec<TourPlan>,
}

pub(super) fn findings(
    inputs: &PlanInputs<'_>,
    region: &Region<'_>,
    problem: &Problem,
    solution: &Solution,
    month: &MonthTours,
) -> Vec<Finding> {
    if inputs.given.is_none_or(|given| given.searched) {
        return Vec::new();
    }
    let desk = Desk {
        inputs,
        region,
        problem,
        month,
        objective: solution.objective,
        tours: tours(problem, month),
    };
    let mut findings = Vec::new();
    for (position, visit) in month.visits.iter().enumerate() {
        if visit.first_day > inputs.today && desk.heard_from(visit.tour) {
            findings.extend(desk.under_full(position, visit));
            findings.extend(desk.over_full(position, visit));
        }
    }
    findings
}

fn tours(problem: &Problem, month: &MonthTours) -> Vec<TourPlan> {
    let laid = month.tours.iter().map(|tour| TourPlan {
        team: problem.teams[tour.facts.team].id.clone(),
        depart: tour.facts.depart.clone(),
        stops: tour
            .facts
            .stops
            .iter()
            .map(|stop| StopPlan {
                point: problem.points[stop.point].id.clone(),
                days: stop.days,
            })
            .collect(),
    });
    laid.collect()
}

impl Desk<'_> {
    /// Whether anybody of a tour's list has answered yet.
    fn heard_from(&self, tour: usize) -> bool {
        let (inputs, month) = (self.inputs, self.month);
        let answered = |vehicle: usize| {
            let vehicle = vehicle_of(&inputs.ingested.tables, vehicle);
            let said = inputs
                .given
                .map(|given| given.said(&vehicle.id, inputs.month));
            said.is_some_and(|said| said.answer.is_some())
        };
        let on = month.called.values().map(|on| (on.vehicle, on.visit));
        let out = month.out.iter().map(|(vehicle, visit)| (*vehicle, *visit));
        on.chain(out)
            .any(|(vehicle, visit)| month.visits[visit].tour == tour && answered(vehicle))
    }

    fn point(&self, visit: &VisitPlan) -> &str {
        &self.region.points[visit.point].point.id
    }

    fn hours(&self, on: &OnTour) -> f64 {
        self.month.visit_hours(self.inputs, self.region, on)
    }

    fn booked(&self, position: usize) -> usize {
        let on = self.month.on_visit(position);
        on.filter(|on| self.month.booked.contains(&on.vehicle))
            .count()
    }

    /// M015 where a visit has less to do than `min_service_hours` a day, or the month is worth more without it.
    fn under_full(&self, position: usize, visit: &VisitPlan) -> Option<Finding> {
        let (inputs, month) = (self.inputs, self.month);
        let days = visit.capacity_by_day.len();
        let hours: f64 = month.on_visit(position).map(|on| self.hours(on)).sum();
        let value: f64 = month
            .on_visit(position)
            .map(|on| {
                let keep = |item: &str| month.done_on_tour(inputs, self.region, on, item);
                on.share
                    * self
                        .region
                        .prediction(self.inputs, on.vehicle)
                        .planning_value(&keep)
            })
            .sum();
        let few = hours < inputs.settings.tour.min_service_hours * days as f64;
        // Where its own customers pay for it, dropping it cannot pay: nothing is reckoned then.
        let mut ways = self.without(visit);
        ways.retain(|(saved, _)| few || value < *saved);
        let without = ways.into_iter().find_map(|(saved, tours)| {
            let solution = solve_fixed(self.problem, &tours).ok()?;
            Some((saved, solution.objective - self.objective))
        });
        if !few && without.is_none_or(|(_, gain)| gain <= 0.0) {
            return None;
        }
        let yuan = |amount: Option<f64>| {
            amount.map_or_else(
                || "–".to_owned(),
                |amount| Fen::from_yuan(amount).to_string(),
            )
        };
        let finding = Finding::new("M015")
            .arg("visit", &visit.id)
            .arg("point", self.point(visit))
            .arg("days", days)
            .arg("hours", format!("{hours:.1}"))
            .arg("offered", format!("{:.1}", visit.capacity_hours))
            .arg("booked", self.booked(position));
        Some(
            finding
                .arg("saved", yuan(without.map(|(saved, _)| saved)))
                .arg("gain", yuan(without.map(|(_, gain)| gain))),
        )
    }

    /// The tours without a visit, with the cost saved: first the way that keeps the other stops' days.
    fn without(&self, visit: &VisitPlan) -> Vec<(f64, Vec<TourPlan>)> {
        let whole = &self.tours[visit.tour];
        let cost = self.month.tours[visit.tour].facts.cost;
        let mut rest = whole.clone();
        rest.stops.remove(visit.stop);
        if rest.stops.is_empty() {
            let mut tours = self.tours.clone();
            tours.remove(visit.tour);
            return vec![(cost, tours)];
        }
        let days = visit.capacity_by_day.len() as i64;
        let late = Date::parse_iso(&whole.depart).map(|day| day.plus_days(days).to_string());
        let mut departs = vec![whole.depart.clone()];
        departs.extend(late);
        if visit.stop == 0 {
            departs.reverse();
        }
        let ways = departs.into_iter().filter_map(|depart| {
            let tour = TourPlan {
                depart,
                ..rest.clone()
            };
            let saved = cost - tour_facts(self.problem, &tour).ok()?.cost;
            let mut tours = self.tours.clone();
            tours[visit.tour] = tour;
            Some((saved, tours))
        });
        ways.collect()
    }

    /// M121 … M123 where customers said yes and the visit's day does not hold them.
    fn over_full(&self, position: usize, visit: &VisitPlan) -> Vec<Finding> {
        let month = self.month;
        let too_many: Vec<&OnTour> = month
            .called
            .values()
            .filter(|on| on.visit == position)
            .filter(|on| {
                let does_not_fit =
                    |slot: &crate::territory::Booked| slot.vehicle == on.vehicle && !slot.fits;
                (on.waits.is_some() && said_yes(self.inputs, on.vehicle))
                    || month.otherwise.iter().any(does_not_fit)
            })
            .collect();
        if too_many.is_empty() {
            return Vec::new();
        }
        let hours: f64 = too_many.iter().map(|on| self.hours(on)).sum();
        let finding = |code: &str| {
            Finding::new(code)
                .arg("visit", &visit.id)
                .arg("point", self.point(visit))
                .arg("count", too_many.len())
                .arg("hours", format!("{hours:.1}"))
        };
        let mut findings = Vec::new();
        if let Some(date) = self.extra_day(position, visit) {
            let team = &self.tours[visit.tour].team;
            findings.push(finding("M121").arg("date", date).arg("team", team));
        }
        if let Some((other, free, movable)) = self.other_visit(position, &too_many) {
            let there = &month.visits[other];
            findings.push(
                finding("M122")
                    .arg("other", &there.id)
                    .arg("other_point", self.point(there))
                    .arg("other_day", there.first_day)
                    .arg("free", format!("{free:.1}"))
                    .arg("movable", movable),
            );
        }
        if findings.is_empty() {
            findings.push(finding("M123"));
        }
        findings
    }

    /// A day after or before a visit on which its team is free and its point open, and no booking has to move.
    fn extra_day(&self, position: usize, visit: &VisitPlan) -> Option<Date> {
        let tour = &self.tours[visit.tour];
        let with = |depart: String| {
            let mut tours = self.tours.clone();
            tours[visit.tour].stops[visit.stop].days += 1;
            tours[visit.tour].depart = depart;
            solve_fixed(self.problem, &tours).is_ok()
        };
        let free_of_bookings = |wanted: &dyn Fn(usize) -> bool| {
            let others = self.month.visits.iter().enumerate();
            let mut others = others.filter(|(other, one)| {
                *other != position && one.tour == visit.tour && wanted(one.stop)
            });
            others.all(|(other, _)| self.booked(other) == 0)
        };
        if free_of_bookings(&|stop| stop > visit.stop) && with(tour.depart.clone()) {
            return Some(visit.last_day.plus_days(1));
        }
        let earlier = Date::parse_iso(&tour.depart)?.plus_days(-1);
        let before = earlier > self.inputs.today
            && free_of_bookings(&|stop| stop < visit.stop)
            && with(earlier.to_string());
        before.then(|| visit.first_day.plus_days(-1))
    }

    /// The visit with hours free that most of these vehicles can reach: its position, hours free, how many.
    fn other_visit(&self, position: usize, vehicles: &[&OnTour]) -> Option<(usize, f64, usize)> {
        let reach = Reach {
            travel: &self.region.travel,
            tour: &self.inputs.settings.tour,
        };
        let mut best: Option<(usize, f64, usize)> = None;
        for (other, visit) in self.month.visits.iter().enumerate() {
            if other == position || visit.first_day <= self.inputs.today {
                continue;
            }
            let taken: f64 = self.month.on_visit(other).map(|on| self.hours(on)).sum();
            let free = visit.capacity_hours - taken;
            let (mut left, mut movable) = (free, 0);
            for on in vehicles {
                let place = self.region.located[on.vehicle].as_ref();
                let near = place.is_some_and(|place| {
                    let point = &self.region.points[visit.point];
                    let tables = &self.inputs.ingested.tables;
                    let customer = &vehicle_of(tables, on.vehicle).customer;
                    point.point.serves(customer) && reach.km(place.stop(), point).is_some()
                });
                if near && self.hours(on) <= left {
                    left -= self.hours(on);
                    movable += 1;
                }
            }
            if movable > best.map_or(0, |best| best.2) {
                best = Some((other, free, movable));
            }
        }
        best
    }
}
