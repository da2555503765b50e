//! A plan under search: trips in indices, and what they use of points and calendar.
//!
//! Responsible for: bookkeeping of trips; every plan made through it keeps the rules between tours.
//! Not responsible for: what a plan is worth beyond its cost (`transport`).

use super::model::Model;
use super::problem::Problem;
use super::solution::{StopPlan, TourPlan};

/// A tour in indices.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Trip {
    pub(super) team: usize,
    /// Index of the first day.
    pub(super) start: usize,
    /// Number of days.
    pub(super) days: usize,
    pub(super) stops: Vec<Stop>,
    /// Yuan: km, nights, team days and fees.
    pub(super) cost: f64,
}

/// A stop in indices.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Stop {
    pub(super) point: usize,
    pub(super) days: usize,
    /// Hours offered.
    pub(super) hours: f64,
}

/// A set of trips that may run together.
#[derive(Debug, Clone, Default)]
pub(super) struct Plan {
    pub(super) trips: Vec<Trip>,
}

impl Trip {
    /// Lays out stops `(point, days)` of one team from a day on; the caller knows that the rules are kept.
    pub(super) fn new(model: &Model, team: usize, start: usize, route: &[(usize, usize)]) -> Self {
        let class = &model.classes[model.class_of[team]];
        let days: usize = route.iter().map(|r| r.1).sum();
        let (mut km, mut fees, mut from) = (0.0, 0.0, 0);
        let mut stops = Vec::with_capacity(route.len());
        for (s, &(point, stay)) in route.iter().enumerate() {
            let out = model.hours(from, point + 1);
            let home = if s + 1 == route.len() {
                model.hours(point + 1, 0)
            } else {
                0.0
            };
            km += model.km(from, point + 1);
            fees += model.sites[point].fee * stay as f64;
            stops.push(Stop {
                point,
                days: stay,
                hours: model.stop_hours(class, point, stay, out, home),
            });
            from = point + 1;
        }
        km += model.km(from, 0);
        let nights = days.saturating_sub(1) as f64;
        let cost =
            model.per_km * km + model.per_night * nights + class.cost_per_day * days as f64 + fees;
        Self {
            team,
            start,
            days,
            stops,
            cost,
        }
    }

    /// In the solution's words.
    pub(super) fn describe(&self, problem: &Problem) -> TourPlan {
        TourPlan {
            team: problem.teams[self.team].id.clone(),
            depart: problem.days[self.start].date.clone(),
            stops: self
                .stops
                .iter()
                .map(|s| StopPlan {
                    point: problem.points[s.point].id.clone(),
                    days: s.days as u32,
                })
                .collect(),
        }
    }
}

impl Plan {
    /// Yuan of all trips.
    pub(super) fn cost(&self) -> f64 {
        self.trips.iter().map(|t| t.cost).sum()
    }

    /// Hours offered per point; `None` where it is not visited.
    pub(super) fn capacity(&self, model: &Model) -> Vec<Option<f64>> {
        let mut capacity = vec![None; model.sites.len()];
        for stop in self.trips.iter().flat_map(|t| &t.stops) {
            *capacity[stop.point].get_or_insert(0.0) += stop.hours;
        }
        capacity
    }

    /// Days each point may still be used; 0 where it may not be visited again.
    pub(super) fn days_left(&self, model: &Model) -> Vec<usize> {
        let mut left: Vec<usize> = model
            .sites
            .iter()
            .map(|s| s.max_days.min(model.longest))
            .collect();
        let mut used = vec![(0, 0); model.sites.len()];
        for stop in self.trips.iter().flat_map(|t| &t.stops) {
            used[stop.point].0 += 1;
            used[stop.point].1 += stop.days;
        }
        for ((left, site), (visits, days)) in left.iter_mut().zip(&model.sites).zip(used) {
            *left = if visits >= model.visits_per_point {
                0
            } else {
                (site.max_days.saturating_sub(days)).min(*left)
            };
        }
        left
    }

    /// Whether a further trip can run beside those of the plan, and visits no point twice.
    pub(super) fn takes(&self, model: &Model, trip: &Trip) -> bool {
        let left = self.days_left(model);
        let once = |at: usize, point: usize| trip.stops[..at].iter().all(|s| s.point != point);
        trip.stops
            .iter()
            .enumerate()
            .all(|(at, stop)| left[stop.point] >= stop.days && once(at, stop.point))
            && self.room(model, trip.team)[trip.start] >= trip.days
    }

    /// Which pins are not kept yet.
    pub(super) fn open_pins(&self, model: &Model) -> Vec<bool> {
        let mut open: Vec<bool> = model
            .sites
            .iter()
            .map(|s| s.pinned != super::model::Pinned::Free)
            .collect();
        for trip in &self.trips {
            let mut day = trip.start;
            for stop in &trip.stops {
                if model.keeps_pin(stop.point, day) {
                    open[stop.point] = false;
                }
                day += stop.days;
            }
        }
        open
    }

    /// For each day, how long a further trip of the team that starts there may be (0: none).
    pub(super) fn room(&self, model: &Model, team: usize) -> Vec<usize> {
        let home = model.min_days_home;
        let mut free = vec![true; model.days];
        for trip in self.trips.iter().filter(|t| t.team == team) {
            let from = trip.start.saturating_sub(home);
            let until = (trip.start + trip.days + home).min(model.days);
            free[from..until].fill(false);
        }
        let allowed = &model.classes[model.class_of[team]].allowed_run;
        let mut room = vec![0; model.days];
        let mut run = 0;
        for day in (0..model.days).rev() {
            run = if free[day] && allowed[day] > 0 {
                run + 1
            } else {
                0
            };
            room[day] = run.min(model.longest);
        }
        room
    }

    /// Sorts the trips by departure and team.
    pub(super) fn sort(&mut self) {
        self.trips.sort_by_key(|t| (t.start, t.team));
    }
}
