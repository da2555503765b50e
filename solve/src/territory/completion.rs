//! Tours written by hand, completed: what was left open is filled in as it pays most.
//!
//! Team, first day, days of a stop and the order of the stops may be left open. The tours are completed one after
//! the other, those without anything open first; of all ways to fill one tour the one with the best objective is
//! taken (the allocation is exact), with each way on its earliest allowed day. Orders are tried by km: all of them
//! up to four stops, the shortest [`MOST_PRICED`] of more.
//!
//! Responsible for: choosing among ways that keep every rule. Not responsible for: judging what is written
//! (`evaluate` does that afterwards).

use super::builder::Scored;
use super::facts::{Ids, TourFacts, lay_out};
use super::model::Model;
use super::plan::{Plan, Trip};
use super::problem::Problem;
use super::solution::{StopPlan, TourPlan};

/// Stops of which every order is tried; longer tours keep the order written.
const MOST_ORDERED: usize = 6;
/// Orders of one choice of days and teams that are priced.
const MOST_PRICED: usize = 24;

/// A tour with parts left open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpenTour {
    /// Team id; `None` = any.
    pub team: Option<String>,
    /// ISO date of the first day; `None` = the earliest that is allowed.
    pub depart: Option<String>,
    /// Points with their days; `None` = as many as pay.
    pub stops: Vec<(String, Option<u32>)>,
    /// Whether the stops stand in the order they are driven in.
    pub in_order: bool,
}

impl OpenTour {
    /// The tour, where nothing is open.
    fn whole(&self) -> Option<TourPlan> {
        if !self.in_order && self.stops.len() > 1 {
            return None;
        }
        let stops = self.stops.iter().map(|(point, days)| {
            Some(StopPlan {
                point: point.clone(),
                days: (*days)?,
            })
        });
        Some(TourPlan {
            team: self.team.clone()?,
            depart: self.depart.clone()?,
            stops: stops.collect::<Option<_>>()?,
        })
    }

    /// What stands there, a day for every stop left open: to say which rules stand against it.
    fn shortest(&self) -> Option<TourPlan> {
        let stops = self.stops.iter().map(|(point, days)| StopPlan {
            point: point.clone(),
            days: days.unwrap_or(1),
        });
        Some(TourPlan {
            team: self.team.clone()?,
            depart: self.depart.clone()?,
            stops: stops.collect(),
        })
    }
}

/// A tour that cannot be completed.
#[derive(Debug, Clone, PartialEq)]
pub struct NotCompleted {
    /// Index of the tour.
    pub tour: usize,
    /// The rules it breaks as it stands, where team and day are given; else nothing fits anywhere.
    pub broken: Vec<super::Broken>,
}

/// Every tour with nothing left open. A day that is chosen is not before `earliest`.
///
/// # Errors
/// The first tour for which no way keeps the rules beside the tours before it.
pub fn complete(
    problem: &Problem,
    tours: &[OpenTour],
    earliest: &str,
) -> Result<Vec<TourPlan>, NotCompleted> {
    let mut desk = Desk {
        problem,
        ids: Ids::new(problem),
        model: Model::new(problem),
        plan: Plan::default(),
        earliest,
    };
    let mut done: Vec<Option<TourPlan>> = tours.iter().map(OpenTour::whole).collect();
    for tour in done.iter().flatten() {
        // A tour that breaks a rule is judged by the caller, with all others.
        if let (Some(facts), _) = lay_out(problem, &desk.ids, tour) {
            desk.plan.trips.push(trip(&desk.model, &facts));
        }
    }
    for (at, open) in tours.iter().enumerate() {
        if done[at].is_none() {
            let (tour, trip) = desk.best(open).ok_or_else(|| NotCompleted {
                tour: at,
                broken: desk.why(open),
            })?;
            desk.plan.trips.push(trip);
            done[at] = Some(tour);
        }
    }
    Ok(done.into_iter().flatten().collect())
}

fn trip(model: &Model, facts: &TourFacts) -> Trip {
    let stops = facts.stops.iter();
    let route: Vec<(usize, usize)> = stops.map(|s| (s.point, s.days as usize)).collect();
    Trip::new(model, facts.team, facts.start, &route)
}

struct Desk<'p> {
    problem: &'p Problem,
    ids: Ids<'p>,
    model: Model,
    /// The tours that are complete.
    plan: Plan,
    earliest: &'p str,
}

impl Desk<'_> {
    /// The best way to complete a tour.
    fn best(&self, open: &OpenTour) -> Option<(TourPlan, Trip)> {
        let orders = self.orders(open);
        let mut best: Option<(f64, TourPlan, Trip)> = None;
        for days in splits(open, self.model.longest) {
            // Teams of one class offer the same hours: the first way that fits one of them is enough.
            for class in &self.model.classes {
                let teams: Vec<&str> = self
                    .teams(open)
                    .filter(|(team, _)| class.members.contains(team))
                    .map(|(_, id)| id)
                    .collect();
                let fit = orders
                    .iter()
                    .filter_map(|order| self.earliest(open, order, &days, &teams));
                for (tour, trip) in fit.take(MOST_PRICED) {
                    let mut plan = self.plan.clone();
                    plan.trips.push(trip.clone());
                    let objective = Scored::new(&self.model, plan, &[]).objective;
                    let better = best.as_ref().is_none_or(|(known, other, _)| {
                        let margin = 1e-6 * (1.0 + known.abs());
                        objective > known + margin
                            || (objective > known - margin && tour.depart < other.depart)
                    });
                    if better {
                        best = Some((objective, tour, trip));
                    }
                }
            }
        }
        best.map(|(_, tour, trip)| (tour, trip))
    }

    fn teams<'d>(&'d self, open: &'d OpenTour) -> impl Iterator<Item = (usize, &'d str)> {
        let teams = self.problem.teams.iter().enumerate();
        teams
            .filter(|(_, team)| open.team.as_ref().is_none_or(|wanted| *wanted == team.id))
            .map(|(at, team)| (at, team.id.as_str()))
    }

    /// The earliest day, and the first team on it, that an order with these days can be driven on.
    fn earliest(
        &self,
        open: &OpenTour,
        order: &[usize],
        days: &[u32],
        teams: &[&str],
    ) -> Option<(TourPlan, Trip)> {
        let stops: Vec<StopPlan> = order
            .iter()
            .map(|&at| StopPlan {
                point: open.stops[at].0.clone(),
                days: days[at],
            })
            .collect();
        let dates = self.problem.days.iter().map(|day| day.date.as_str());
        let dates = dates.filter(|date| match &open.depart {
            Some(wanted) => wanted == date,
            None => *date >= self.earliest,
        });
        for date in dates {
            for team in teams {
                let tour = TourPlan {
                    team: (*team).to_owned(),
                    depart: date.to_owned(),
                    stops: stops.clone(),
                };
                let (Some(facts), faults) = lay_out(self.problem, &self.ids, &tour) else {
                    // Unknown points are unknown on every day.
                    return None;
                };
                let trip = trip(&self.model, &facts);
                if faults.is_empty() && self.has_room(&trip) {
                    return Some((tour, trip));
                }
            }
        }
        None
    }

    /// Whether the team is at home and the points may be used so much.
    fn has_room(&self, trip: &Trip) -> bool {
        let left = self.plan.days_left(&self.model);
        self.in_the_way(trip).is_none()
            && trip.stops.iter().all(|stop| stop.days <= left[stop.point])
    }

    /// The first tour on which the team is away, or from which it comes home too late.
    fn in_the_way(&self, trip: &Trip) -> Option<usize> {
        let home = self.model.min_days_home;
        self.plan.trips.iter().position(|other| {
            other.team == trip.team
                && other.start < trip.start + trip.days + home
                && trip.start < other.start + other.days + home
        })
    }

    /// Orders to be tried, the fewest kilometres first.
    fn orders(&self, open: &OpenTour) -> Vec<Vec<usize>> {
        let written: Vec<usize> = (0..open.stops.len()).collect();
        if open.in_order || written.len() > MOST_ORDERED {
            return vec![written];
        }
        let place = |at: &usize| {
            let points = &self.problem.points;
            let found = points
                .iter()
                .position(|point| point.id == open.stops[*at].0);
            found.map_or(0, |point| point + 1)
        };
        let km = |order: &Vec<usize>| {
            let places = order.iter().map(place).chain([0]);
            let legs = places.scan(0, |from, to| {
                let leg = self.model.km(*from, to);
                *from = to;
                Some(leg)
            });
            legs.sum::<f64>()
        };
        let mut orders: Vec<(f64, Vec<usize>)> = permutations(&written)
            .into_iter()
            .map(|order| (km(&order), order))
            .collect();
        orders.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
        orders.into_iter().map(|(_, order)| order).collect()
    }

    /// The rules a tour breaks as it stands; none where it is open which team or day.
    fn why(&self, open: &OpenTour) -> Vec<super::Broken> {
        let Some(tour) = open.shortest() else {
            return Vec::new();
        };
        let (facts, faults) = lay_out(self.problem, &self.ids, &tour);
        let mut broken: Vec<super::Broken> = faults.into_iter().map(|(_, rule)| rule).collect();
        let trip = facts.map(|facts| trip(&self.model, &facts));
        let before = trip.and_then(|trip| self.in_the_way(&trip));
        if let Some(before) = before.filter(|_| broken.is_empty()) {
            broken.push(super::Broken::Away {
                team: tour.team,
                home: self.model.min_days_home,
                before,
            });
        }
        broken
    }
}

/// Every way to give the stops their days, at most `longest` in all.
fn splits(open: &OpenTour, longest: usize) -> Vec<Vec<u32>> {
    let longest = longest as u32;
    let least: Vec<u32> = open.stops.iter().map(|stop| stop.1.unwrap_or(1)).collect();
    let mut splits = vec![Vec::new()];
    for (at, (_, days)) in open.stops.iter().enumerate() {
        let later: u32 = least[at + 1..].iter().sum();
        let mut longer = Vec::new();
        for split in splits {
            let used: u32 = split.iter().sum();
            let choices = match days {
                Some(days) => *days..=*days,
                None => 1..=longest.saturating_sub(used + later),
            };
            for days in choices {
                let mut next = split.clone();
                next.push(days);
                longer.push(next);
            }
        }
        splits = longer;
    }
    splits
}

fn permutations(of: &[usize]) -> Vec<Vec<usize>> {
    let mut orders = vec![Vec::new()];
    for _ in of {
        let mut longer = Vec::new();
        for order in orders {
            for next in of.iter().filter(|at| !order.contains(*at)) {
                let mut with: Vec<usize> = order.clone();
                with.push(*next);
                longer.push(with);
            }
        }
        orders = longer;
    }
    orders
}
