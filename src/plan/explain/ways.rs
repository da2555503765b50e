//! Ways to visit a point that no tour visits: beside the month's tours, as a further stop, in a stop's or a tour's place.
//!
//! All allowed ways are priced with the plan's hour and cell prices; the most promising are reckoned exactly.

use super::desk::{Desk, Way, alone};
use crate::solve::territory::{StopPlan, TourFacts, TourPlan, tour_facts};

/// Ways that are reckoned exactly.
const RECKONED: usize = 40;

impl Desk<'_> {
    /// The best way found to visit a point that no tour visits, beside or instead of what the plan does.
    pub(super) fn best_with(&self, point: usize) -> Option<Way> {
        let mut ways: Vec<(f64, Way)> = self.ways_to(point);
        ways.sort_by(|a, b| b.0.total_cmp(&a.0));
        let reckoned = ways.into_iter().take(RECKONED).filter_map(|(_, way)| {
            let exact = self.reckon(way.tours.clone())?;
            Some(Way {
                change: exact.change,
                cost: exact.cost,
                km: exact.km,
                ..way
            })
        });
        reckoned.reduce(|best, way| if way.change > best.change { way } else { best })
    }

    /// Every allowed way to put the point into the month, with what it promises at the plan's prices.
    fn ways_to(&self, point: usize) -> Vec<(f64, Way)> {
        let host = &self.problem.points[point];
        let longest = self.problem.limits.max_nights + 1;
        let most = host.max_days.unwrap_or(longest).min(longest);
        let mut ways = Vec::new();
        for days in 1..=most {
            let here = StopPlan {
                point: host.id.clone(),
                days,
            };
            for team in &self.problem.teams {
                // All days a team is free on are worth the same: the first one stands for them.
                let dates = self.problem.days.iter();
                let mut first = dates.map(|day| alone(&host.id, &team.id, &day.date, days));
                ways.extend(first.find_map(|tour| self.promised(point, "alone", None, tour, "")));
            }
            for (at, tour) in self.tours.iter().enumerate() {
                let mut whole = tour.clone();
                whole.stops = vec![here.clone()];
                ways.extend(self.promised(point, "instead_of", Some(at), whole, ""));
                for (stop, old) in tour.stops.iter().enumerate() {
                    let mut swapped = tour.clone();
                    swapped.stops[stop] = here.clone();
                    ways.extend(self.promised(point, "in_place_of", Some(at), swapped, &old.point));
                }
                for place in 0..=tour.stops.len() {
                    let mut longer = tour.clone();
                    longer.stops.insert(place, here.clone());
                    let earlier = self.shifted(&tour.depart, -i64::from(days));
                    let departs = [Some(tour.depart.clone()), earlier].into_iter().flatten();
                    for depart in departs {
                        longer.depart = depart;
                        ways.extend(self.promised(point, "stop", Some(at), longer.clone(), ""));
                    }
                }
            }
        }
        ways
    }

    /// A way that keeps every rule, with its promise: what the point brings less what is given up and paid.
    fn promised(
        &self,
        point: usize,
        how: &'static str,
        at: Option<usize>,
        tour: TourPlan,
        given_up: &str,
    ) -> Option<(f64, Way)> {
        let facts = tour_facts(self.problem, &tour).ok()?;
        if self.away(at.unwrap_or(usize::MAX), &facts).is_some() {
            return None;
        }
        let there = facts.stops.iter().find(|stop| stop.point == point)?;
        let brings = self.prices.worth(self.problem, point, there.capacity_hours);
        // What a stop that is dropped or shortened brings at its price per hour, at least.
        let rent = |facts: &TourFacts| -> f64 {
            let stops = facts.stops.iter();
            stops
                .map(|stop| self.prices.hour[stop.point] * stop.capacity_hours)
                .sum()
        };
        let (old_rent, old_cost) =
            at.map_or((0.0, 0.0), |at| (rent(self.facts(at)), self.facts(at).cost));
        let promise = brings + rent(&facts) - old_rent - (facts.cost - old_cost);
        let mut tours = self.tours.clone();
        match at {
            Some(at) => tours[at] = tour.clone(),
            None => tours.push(tour.clone()),
        }
        let way = Way {
            change: 0.0,
            cost: 0.0,
            km: 0.0,
            how,
            tour: at.map_or_else(String::new, |at| self.ids[at].clone()),
            given_up: given_up.to_owned(),
            team: tour.team,
            depart: tour.depart,
            days: there.days,
            hours: there.capacity_hours,
            brings,
            tours,
        };
        Some((promise, way))
    }
}
