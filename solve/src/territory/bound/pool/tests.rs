//! What is foreseen of a route while it is listed, and how long is looked.

use super::super::tests::{all_trips, drawn, knapsack, longer, worth};
use super::*;
use crate::territory::plan::Plan;
use crate::territory::rng::Rng;

/// The best that stops of just so many days after a place bring, the way home paid, by trying all; a point may come
/// twice, but not twice in a row.
fn best_after(
    model: &Model,
    prices: &Prices,
    standing: &Standing,
    from: usize,
    left: usize,
) -> f64 {
    let class = &model.classes[0];
    let mut best = f64::NEG_INFINITY;
    for q in (0..model.sites.len()).filter(|q| q + 1 != from) {
        for stay in 1..=left.min(standing.days_left[q]) {
            let last = stay == left;
            let out = model.hours(from, q + 1);
            let home = if last { model.hours(q + 1, 0) } else { 0.0 };
            if !model.stop_allowed(class, stay, out, home) {
                continue;
            }
            let hours = model.stop_hours(class, q, stay, out, home);
            let reward = if standing.must[q] {
                prices.reward()[q]
            } else {
                0.0
            };
            let back = if last { model.km(q + 1, 0) } else { 0.0 };
            let paid = model.per_km * (model.km(from, q + 1) + back)
                + model.sites[q].fee * stay as f64
                + prices.visit()[q];
            let further = if last {
                0.0
            } else {
                best_after(model, prices, standing, q + 1, left - stay)
            };
            best = best.max(knapsack(model, prices, q, hours) + reward - paid + further);
        }
    }
    best
}

#[test]
fn the_best_that_further_stops_add_is_that_of_trying_them_all() {
    let (mut seen, mut far) = (0, 0);
    for seed in 0..12 {
        let mut problem = longer(seed, 1);
        problem.limits.max_nights = 3;
        let model = Model::new(&problem);
        let standing = Standing::new(&model, &Plan::default());
        let mut root = Root::new(&model);
        let prices = drawn(&model, &standing.must, &mut Rng::new(seed));
        root.tables(&prices);
        let offer = offer(&standing, &prices);
        let least = vec![0.0; model.longest + 1];
        let walk = Walk::new(&model, 0, &root.stops[0], &offer, least, MOST);
        for left in 1..=model.longest {
            for p in 0..model.sites.len() {
                let want = best_after(&model, &prices, &standing, p + 1, left);
                let got = walk.further[left][p];
                assert!(
                    got == want || (got - want).abs() < 1e-6,
                    "seed {seed}: {left} days after {p}: {got}, not {want}"
                );
                seen += usize::from(want.is_finite());
                far += usize::from(want.is_finite() && left > 2);
            }
        }
    }
    assert!(seen > 60 && far > 10, "{seen}, {far}");
}

#[test]
fn a_route_of_three_stops_is_listed_up_to_just_what_it_is_worth() {
    let mut seen = 0;
    for seed in 0..12 {
        let problem = longer(seed, 1);
        let model = Model::new(&problem);
        let standing = Standing::new(&model, &Plan::default());
        let mut root = Root::new(&model);
        let prices = drawn(&model, &standing.must, &mut Rng::new(seed));
        root.tables(&prices);
        let offer = offer(&standing, &prices);
        for trip in all_trips(&problem, &model) {
            let class = model.class_of[trip.team];
            let route: Vec<(usize, usize)> = trip.stops.iter().map(|s| (s.point, s.days)).collect();
            let mut day = trip.start;
            let begins = route.iter().all(|&(point, stay)| {
                day += stay;
                model.may_begin(point, day - stay)
            });
            if route.len() < 3 || !begins {
                continue;
            }
            // The days of a route are not known yet: a pin may always be kept.
            let pins = route.iter().filter(|stop| standing.must[stop.0]);
            let rewards: f64 = pins.map(|stop| prices.reward()[stop.0]).sum();
            let free = vec![false; model.sites.len()];
            let worth = worth(&model, &prices, &free, &trip) + rewards;
            // Nothing shorter is worth listing, so that it must be foreseen from the first stop on.
            let listed = |floor: f64| {
                let mut least = vec![f64::INFINITY; model.longest + 1];
                least[trip.days] = floor;
                let mut walk = Walk::new(&model, class, &root.stops[class], &offer, least, MOST);
                let mut pool = Pool::default();
                assert!(walk.all(&mut pool, &mut 0));
                (0..pool.routes.len()).any(|at| pool.route(at) == route)
            };
            assert!(listed(worth - 1e-6), "seed {seed}: {route:?}");
            assert!(!listed(worth + 1e-6), "seed {seed}: {route:?}");
            seen += 1;
        }
    }
    assert!(seen > 60, "{seen}");
}

#[test]
fn looking_ends_after_so_many_steps_for_each_route_wanted() {
    let problem = longer(0, 1);
    let model = Model::new(&problem);
    let standing = Standing::new(&model, &Plan::default());
    let mut root = Root::new(&model);
    let prices = Prices::zero(&model);
    let mut list = |most: usize| {
        // No route is worth so much: none is listed, however long is looked.
        Pool::list(&model, &mut root, &standing, &prices, 0.0, 1e12, most)
    };
    assert!(list(1).is_some_and(|pool| pool.routes.is_empty()));
    assert!(list(0).is_none());
}
