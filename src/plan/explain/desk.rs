//! The month's tours reckoned again: without a stop, with a day more or less, with another point, on other days.
//!
//! Every figure is the objective of whole tours with their best allocation, less that of the plan: what a change does
//! to the month, customers who would go elsewhere included.

use serde::Serialize;

use crate::domain::Date;
use crate::findings::{Failure, Finding};
use crate::plan::model::Plan;
use crate::solve::territory::{
    Pin, Prices, Problem, Solution, StopPlan, TourFacts, TourPlan, prices, tour_facts,
};

/// The month's tours with their prices.
pub(super) struct Desk<'g> {
    pub(super) problem: &'g Problem,
    pub(super) tours: Vec<TourPlan>,
    /// Ids, beside `tours`.
    pub(super) ids: Vec<String>,
    pub(super) prices: Prices,
}

/// A changed month.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Way {
    /// Planning value less costs of the month, compared with the plan, yuan.
    pub(super) change: f64,
    /// Of this, costs: what all tours cost more, yuan.
    pub(super) cost: f64,
    /// Kilometres of all tours, compared with the plan.
    pub(super) km: f64,
    /// What is done: `stop` put into a tour, in `place_of` a stop, `instead_of` a whole tour, or as a tour `alone`.
    pub(super) how: &'static str,
    /// The tour concerned; empty = a new one.
    pub(super) tour: String,
    /// The point given up for it, where it takes one's place.
    pub(super) given_up: String,
    /// Team.
    pub(super) team: String,
    /// Departure.
    pub(super) depart: String,
    /// Days at the point.
    pub(super) days: u32,
    /// Hours offered there.
    pub(super) hours: f64,
    /// What these hours bring there at the plan's prices, yuan: customers the plan does not serve better already.
    pub(super) brings: f64,
    #[serde(skip)]
    pub(super) tours: Vec<TourPlan>,
}

/// Why a tour is not on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct OtherDay {
    pub(super) depart: Date,
    /// `free`: just as good · `team_away` · `point_closed` · `rest_day` · `day_off` · `too_early` · `too_late` · `rules`.
    pub(super) why: &'static str,
    /// The tour in the way, or the point that is closed.
    pub(super) by: String,
}

impl<'g> Desk<'g> {
    pub(super) fn open(
        problem: &'g Problem,
        solution: &Solution,
        plan: &Plan,
    ) -> Result<Self, Failure> {
        let tours = solution.tours.clone();
        let id_of = |tour: &TourPlan| {
            let mut known = plan.tours.iter();
            let known = known
                .find(|known| known.team == tour.team && known.depart.to_string() == tour.depart);
            known.map_or_else(String::new, |known| known.id.clone())
        };
        let ids = tours.iter().map(id_of).collect();
        let prices = prices(problem, &tours).map_err(|broken| {
            let rules: Vec<String> = broken.iter().map(|one| one.rule.to_string()).collect();
            let finding = Finding::new("C010").arg("month", &plan.month);
            Failure::input(finding.arg("message", format!("solution.json: {}", rules.join("; "))))
        })?;
        Ok(Self {
            problem,
            tours,
            ids,
            prices,
        })
    }

    /// A point's position in the problem.
    pub(super) fn point(&self, id: &str) -> Option<usize> {
        self.problem.points.iter().position(|point| point.id == id)
    }

    /// A tour's position.
    pub(super) fn tour(&self, id: &str) -> Option<usize> {
        self.ids.iter().position(|known| known == id)
    }

    pub(super) fn facts(&self, tour: usize) -> &TourFacts {
        &self.prices.tours[tour]
    }

    fn cost(prices: &Prices) -> f64 {
        prices.value - prices.objective
    }

    /// The month with other tours, compared with the plan; `None` where they break a rule.
    pub(super) fn reckon(&self, tours: Vec<TourPlan>) -> Option<Way> {
        let other = prices(self.problem, &tours).ok()?;
        let km = |prices: &Prices| prices.tours.iter().map(|tour| tour.km).sum::<f64>();
        Some(Way {
            change: other.objective - self.prices.objective,
            cost: Self::cost(&other) - Self::cost(&self.prices),
            km: km(&other) - km(&self.prices),
            how: "",
            tour: String::new(),
            given_up: String::new(),
            team: String::new(),
            depart: String::new(),
            days: 0,
            hours: 0.0,
            brings: 0.0,
            tours,
        })
    }

    fn best(&self, ways: Vec<Vec<TourPlan>>) -> Option<Way> {
        let reckoned = ways.into_iter().filter_map(|tours| self.reckon(tours));
        reckoned.reduce(|best, way| if way.change > best.change { way } else { best })
    }

    fn with(&self, at: usize, tour: TourPlan) -> Vec<TourPlan> {
        let mut tours = self.tours.clone();
        tours[at] = tour;
        tours
    }

    /// The month without a whole tour.
    pub(super) fn without_tour(&self, tour: usize) -> Option<Way> {
        let mut tours = self.tours.clone();
        tours.remove(tour);
        self.reckon(tours)
    }

    /// The month without a stop: the other stops as they are, the tour a day or more shorter at either end.
    pub(super) fn without_stop(&self, tour: usize, stop: usize) -> Option<Way> {
        let whole = &self.tours[tour];
        if whole.stops.len() == 1 {
            return self.without_tour(tour);
        }
        let mut rest = whole.clone();
        let days = rest.stops.remove(stop).days;
        let later = self.shifted(&whole.depart, i64::from(days));
        let departs = [Some(whole.depart.clone()), later].into_iter().flatten();
        let ways = departs.map(|depart| {
            let tour_now = TourPlan {
                depart,
                ..rest.clone()
            };
            self.with(tour, tour_now)
        });
        self.best(ways.collect())
    }

    /// The month with a day more (+1) or less (−1) at a stop.
    pub(super) fn with_days(&self, tour: usize, stop: usize, by: i32) -> Option<Way> {
        let mut other = self.tours[tour].clone();
        let days = i64::from(other.stops[stop].days) + i64::from(by);
        other.stops[stop].days = u32::try_from(days).ok().filter(|days| *days > 0)?;
        let shifted = self.shifted(&other.depart, -i64::from(by));
        let departs = [Some(other.depart.clone()), shifted].into_iter().flatten();
        let ways = departs.map(|depart| {
            let tour_now = TourPlan {
                depart,
                ..other.clone()
            };
            self.with(tour, tour_now)
        });
        self.best(ways.collect())
    }

    pub(super) fn shifted(&self, depart: &str, days: i64) -> Option<String> {
        let date = Date::parse_iso(depart)?.plus_days(days).to_string();
        let known = self.problem.days.iter().any(|day| day.date == date);
        known.then_some(date)
    }

    /// Every other day of the month the tour could leave on, or what is in the way.
    pub(super) fn other_days(&self, tour: usize) -> Vec<OtherDay> {
        let own = &self.tours[tour];
        let first = self.problem.limits.first_depart.as_deref().unwrap_or("");
        let mut days = Vec::new();
        for day in &self.problem.days {
            let Some(depart) = Date::parse_iso(&day.date) else {
                continue;
            };
            if day.date == own.depart {
                continue;
            }
            let moved = TourPlan {
                depart: day.date.clone(),
                ..own.clone()
            };
            let (why, by) = if day.date.as_str() < first {
                ("too_early", String::new())
            } else {
                self.fits(tour, &moved)
            };
            days.push(OtherDay { depart, why, by });
        }
        days
    }

    fn fits(&self, at: usize, moved: &TourPlan) -> (&'static str, String) {
        use crate::solve::territory::Broken;
        match tour_facts(self.problem, moved) {
            Err(broken) => {
                let rule = broken.into_iter().next().map(|one| one.rule);
                match rule {
                    Some(Broken::Closed { point, .. }) => ("point_closed", point),
                    Some(Broken::RestDay { .. }) => ("rest_day", String::new()),
                    Some(Broken::DayOff { .. }) => ("day_off", String::new()),
                    Some(Broken::TooLate { .. }) => ("too_late", String::new()),
                    Some(Broken::TooEarly { .. }) => ("too_early", String::new()),
                    _ => ("rules", String::new()),
                }
            }
            Ok(facts) => match self.away(at, &facts) {
                Some(other) => ("team_away", self.ids[other].clone()),
                None => ("free", String::new()),
            },
        }
    }

    /// The tour that keeps the team from another one: out, or home too short.
    pub(super) fn away(&self, at: usize, facts: &TourFacts) -> Option<usize> {
        let home = self.problem.limits.min_days_home as usize;
        self.prices
            .tours
            .iter()
            .enumerate()
            .position(|(other, one)| {
                other != at
                    && one.team == facts.team
                    && one.start < facts.start + facts.days as usize + home
                    && facts.start < one.start + one.days as usize + home
            })
    }

    /// Why no tour may go to a point at all: `never`, `closed`, `too_far`; `None` where one may.
    pub(super) fn barred(&self, point: usize) -> Option<&'static str> {
        let host = &self.problem.points[point];
        if host.pin == Pin::Never || host.max_days == Some(0) {
            return Some("never");
        }
        let mut open = false;
        for team in &self.problem.teams {
            for day in &self.problem.days {
                let there = host
                    .open
                    .as_ref()
                    .is_none_or(|dates| dates.contains(&day.date));
                open |= there && day.work;
                let alone = alone(&host.id, &team.id, &day.date, 1);
                // Two days there need less driving a day than one.
                let longer = TourPlan {
                    stops: vec![StopPlan {
                        point: host.id.clone(),
                        days: 2,
                    }],
                    ..alone.clone()
                };
                if tour_facts(self.problem, &alone).is_ok()
                    || tour_facts(self.problem, &longer).is_ok()
                {
                    return None;
                }
            }
        }
        Some(if open { "too_far" } else { "closed" })
    }
}

/// A tour to one point.
pub(super) fn alone(point: &str, team: &str, depart: &str, days: u32) -> TourPlan {
    TourPlan {
        team: team.to_owned(),
        depart: depart.to_owned(),
        stops: vec![StopPlan {
            point: point.to_owned(),
            days,
        }],
    }
}
