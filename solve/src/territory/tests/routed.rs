//! The best tours of a class at given prices, against trying them all.

use super::super::curves::Curves;
use super::super::plan::Trip;
use super::super::routes::{Offer, Stops, pin_bonus};
use super::rules::by_figures;
use super::*;

/// What tours are made of here.
struct Desk<'a> {
    model: &'a Model,
    class: usize,
    curves: &'a Curves,
    offer: &'a Offer,
    /// Hours that are there already, by point.
    offered: &'a [f64],
}

impl Desk<'_> {
    /// What a tour is worth from a day on; none where it is not allowed.
    fn worth(&self, start: usize, route: &[(usize, usize)]) -> Option<f64> {
        let model = self.model;
        let class = &model.classes[self.class];
        let trip = Trip::new(model, class.members[0], start, route);
        let (mut day, mut from, mut worth) = (start, 0, -trip.cost);
        for (at, stop) in trip.stops.iter().enumerate() {
            let p = stop.point;
            let last = at + 1 == route.len();
            let home = if last { model.hours(p + 1, 0) } else { 0.0 };
            let fits = stop.days <= self.offer.days_left[p]
                && model.may_begin(p, day)
                && model.sites[p].open_run[day] >= stop.days
                && model.stop_allowed(class, stop.days, model.hours(from, p + 1), home);
            if !fits {
                return None;
            }
            let there = self.offered[p];
            worth += self.curves.worth(p, there + stop.hours) + self.offer.bonus[p];
            worth -= if there > 0.0 {
                self.curves.worth(p, there)
            } else {
                0.0
            };
            if model.keeps_pin(p, day) {
                worth += self.offer.pin_bonus[p];
            }
            (day, from) = (day + stop.days, p + 1);
        }
        Some(worth)
    }

    /// The most that a tour of just so many days is worth; no point follows itself, and none comes twice where `once`.
    fn most(&self, start: usize, days: usize, once: bool, path: &mut Vec<(usize, usize)>) -> f64 {
        let used: usize = path.iter().map(|stop| stop.1).sum();
        if used == days {
            return self.worth(start, path).unwrap_or(f64::NEG_INFINITY);
        }
        let mut best = f64::NEG_INFINITY;
        for p in 0..self.model.sites.len() {
            let again = path.iter().any(|stop| stop.0 == p);
            if path.last().is_some_and(|stop| stop.0 == p) || (once && again) {
                continue;
            }
            for stay in 1..=days - used {
                path.push((p, stay));
                best = best.max(self.most(start, days, once, path));
                path.pop();
            }
        }
        best
    }
}

#[test]
fn the_best_tour_of_each_length_and_day_is_found_with_hours_that_are_there_already() {
    let (mut found, mut pinned) = (0, 0);
    for seed in 0..10 {
        let mut problem = made_up(seed, &SMALL);
        problem.points.truncate(5);
        problem.pairs.retain(|pair| pair.point < 5);
        problem.limits.visits_per_point = 1 + (seed % 2) as u32;
        problem.points[1].pin = Pin::On(date(3));
        problem.points[2].pin = Pin::Must;
        let model = Model::new(&problem);
        let mut rng = Rng::new(seed);
        let mut curves = Curves::new(&model);
        let prices: Vec<f64> = (0..model.contested).map(|_| 3000.0 * rng.unit()).collect();
        curves.reprice(&model, &prices);
        let mut some = |most: f64| -> Vec<f64> {
            let points = 0..model.sites.len();
            points
                .map(|_| most * rng.unit() * rng.below(2) as f64)
                .collect()
        };
        let (offered, bonus, pin_bonus) = (some(9.0), some(-400.0), some(2500.0));
        let mut offer = Offer {
            days_left: model.sites.iter().map(|s| s.max_days.min(3)).collect(),
            bonus,
            pin_bonus,
            relaxed: true,
        };
        for class in 0..model.classes.len() {
            let crew = &model.classes[class];
            let mut stops = Stops::new(&model, crew, usize::MAX);
            for (point, &hours) in offered.iter().enumerate() {
                stops.refresh(&model, crew, &curves, point, hours);
            }
            for relaxed in [true, false] {
                offer.relaxed = relaxed;
                let desk = Desk {
                    model: &model,
                    class,
                    curves: &curves,
                    offer: &offer,
                    offered: &offered,
                };
                for (look, &day) in model.day_of_look.iter().enumerate() {
                    let routes = stops.best(&model, crew, &offer, look, model.longest);
                    for (days, route) in (1..).zip(&routes) {
                        let most = desk.most(day, days, false, &mut Vec::new());
                        let Some(route) = route else {
                            assert_eq!(most, f64::NEG_INFINITY, "seed {seed}");
                            continue;
                        };
                        let own = desk.worth(day, &route.stops).unwrap();
                        assert!((own - route.value).abs() < 1e-6, "seed {seed}: {route:?}");
                        if relaxed {
                            assert!((own - most).abs() < 1e-6, "seed {seed}: {own}, {most}");
                        } else {
                            let once = desk.most(day, days, true, &mut Vec::new());
                            assert!(own <= once + 1e-6, "seed {seed}: {own}, {once}");
                            let seen = |at: usize| {
                                route.stops[..at].iter().any(|s| s.0 == route.stops[at].0)
                            };
                            assert!(!(0..route.stops.len()).any(seen), "{route:?}");
                        }
                        pinned += usize::from(route.stops.iter().any(|stop| stop.0 == 1));
                        found += 1;
                    }
                }
            }
        }
    }
    assert!(found > 300 && pinned > 20, "{found}, {pinned}");
}

#[test]
fn a_point_is_reached_from_the_depot_and_its_nearest_points() {
    let mut problem = by_figures();
    problem.limits.max_drive_hours_per_day = 0.85;
    let model = Model::new(&problem);
    let before = |nearest: usize| Stops::new(&model, &model.classes[0], nearest).before;
    // P from Q in 0.6 h and from R in 0.8, Q from P in 0.5 (from R it is too far), R from P in 0.75.
    assert_eq!(before(9), [vec![0, 2, 3], vec![0, 1], vec![0, 1]]);
    assert_eq!(before(1), [vec![0, 2], vec![0, 1], vec![0, 1]]);
    assert_eq!(before(0), [[0], [0], [0]]);
}

#[test]
fn keeping_a_pin_earns_ten_times_what_any_plan_can_be_worth() {
    let model = Model::new(&by_figures());
    // Gains of all pairs; a day with its night and all fees, twice the farthest leg; four days' worth of them.
    let gains = 450.0 + 1000.0 + 1500.0 + 2000.0 + 100.0;
    let days = (500.0 + 90.0 + 140.0 + 2.0 * 31.0 * 2.0) * 4.0;
    assert_eq!(pin_bonus(&model), 10.0 * (1.0 + gains + days));
}
