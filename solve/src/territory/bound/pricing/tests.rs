//! The pricing against trying every tour.

use super::*;
use crate::territory::rng::Rng;
use crate::territory::tests::made_up::{SMALL, made_up};

/// The most that a tour of so many days from a day on is worth, by trying them all.
fn most(pricer: &Pricer, start: usize, days: usize, path: &mut Vec<(usize, usize)>) -> f64 {
    let model = pricer.model;
    let used: usize = path.iter().map(|stop| stop.1).sum();
    let mut best = f64::NEG_INFINITY;
    for q in 0..model.sites.len() {
        if path.iter().any(|stop| stop.0 == q) || !model.may_begin(q, start + used) {
            continue;
        }
        let from = path.last().map_or(0, |stop| stop.0 + 1);
        for stay in 1..=(days - used).min(model.sites[q].open_run[start + used]) {
            let last = used + stay == days;
            let worth = pricer.stop(from, q, stay, last);
            if worth == f64::NEG_INFINITY {
                continue;
            }
            path.push((q, stay));
            let further = if last {
                0.0
            } else {
                most(pricer, start, days, path)
            };
            path.pop();
            best = best.max(worth + further);
        }
    }
    best
}

#[test]
fn the_best_tour_of_each_length_is_that_of_trying_them_all() {
    let mut found = 0;
    for seed in 0..12 {
        let model = Model::new(&made_up(seed, &SMALL));
        let class = &model.classes[0];
        let mut rng = Rng::new(seed);
        let prices: Vec<f64> = (0..model.contested).map(|_| 4000.0 * rng.unit()).collect();
        let mut curves = Curves::new(&model);
        curves.reprice(&model, &prices);
        let sites = model.sites.iter();
        let offer = Offer {
            days_left: sites.map(|s| s.max_days.min(model.longest)).collect(),
            bonus: model.sites.iter().map(|_| -900.0 * rng.unit()).collect(),
            pin_bonus: vec![0.0; model.sites.len()],
            relaxed: true,
        };
        let longest = vec![model.longest; model.day_of_look.len()];
        let mut pricing = Pricing::new(&model, class);
        let priced = pricing
            .best(&model, class, &curves, &offer, &longest)
            .unwrap();
        let pricer = Pricer {
            model: &model,
            class,
            curves: &curves,
            offer: &offer,
        };
        for (&day, routes) in model.day_of_look.iter().zip(&priced) {
            for (days, route) in (1..).zip(routes) {
                let time = class.cost_per_day * days as f64 + model.per_night * (days - 1) as f64;
                let want = most(&pricer, day, days, &mut Vec::new()) - time;
                let got = route.as_ref().map_or(0.0, |route| route.value);
                found += usize::from(route.is_some());
                assert!(
                    (got - want.max(0.0)).abs() < 1e-6,
                    "seed {seed}, day {day}, {days} days: {got}, not {want}"
                );
            }
        }
    }
    assert!(found > 100, "{found}: too few tours are worth anything");
}
