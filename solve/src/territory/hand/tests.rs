//! What is taken out, and how a filling is perturbed.

use super::super::search::tests::busy;
use super::super::tests::made_up::{SMALL, made_up};
use super::*;

/// A hand that has filled the first plan.
fn begun(model: &Model) -> (Ground<'_>, Hand<'_>, Plans) {
    let ground = Ground::new(model, Plan::default());
    let mut hand = Hand::new(model, 1, Outlook::default());
    let plans = Plans::of(hand.greedy(&ground));
    (ground, hand, plans)
}

#[test]
fn the_rivals_of_a_point_are_those_that_share_its_hours_and_then_the_nearest() {
    let model = Model::new(&made_up(5, &SMALL));
    let hours = |p: usize, cell: usize| {
        let mut items = model.sites[p].items.iter();
        items
            .find(|item| item.cell == cell)
            .map_or(0.0, |item| item.hours)
    };
    let common = |p: usize, q: usize| -> f64 {
        (0..model.cells)
            .map(|cell| hours(p, cell).min(hours(q, cell)))
            .sum()
    };
    let (mut shared, mut apart) = (0, 0);
    for (p, order) in rivals(&model).iter().enumerate() {
        let mut all = order.clone();
        all.push(p);
        all.sort_unstable();
        assert_eq!(all, (0..model.sites.len()).collect::<Vec<_>>());
        for pair in order.windows(2) {
            let [a, b] = [pair[0], pair[1]].map(|q| common(p, q));
            assert!(a > b - 1e-9, "{p}: {pair:?}");
            if a > b + 1e-9 {
                shared += 1;
            } else {
                assert!(model.hours(p + 1, pair[0] + 1) <= model.hours(p + 1, pair[1] + 1));
                apart += 1;
            }
        }
    }
    assert!(shared > 5 && apart > 3, "{shared}, {apart}");
}

#[test]
fn what_is_taken_out_stands_in_the_plan_once() {
    let model = busy();
    let (ground, mut hand, plans) = begun(&model);
    let trips = &plans.current.plan.trips;
    let count = trips.len();
    let mut whole = 0;
    for _ in 0..2_000 {
        let mut out = hand.pick(&ground, trips);
        let taken = out.len();
        out.sort_unstable();
        out.dedup();
        assert!(out.iter().all(|&t| t < count));
        assert!(taken > 0 && taken == out.len(), "a tour twice");
        whole += usize::from(taken == count);
    }
    // All of it every tenth time.
    assert!((160..280).contains(&whole), "{whole}");
    assert!(hand.pick(&ground, &[]).is_empty());
}

#[test]
fn related_tours_hold_rivals_of_the_first_ones_points() {
    let model = busy();
    let (ground, mut hand, plans) = begun(&model);
    let trips = plans.current.plan.trips.clone();
    let mut sizes = std::collections::BTreeSet::new();
    for seed in 0..trips.len() {
        for _ in 0..20 {
            let out = hand.related(&ground, &trips, seed);
            assert_eq!(out[0], seed);
            // In the order of the rivals, point by point of the first.
            let mut expected = vec![seed];
            for stop in &trips[seed].stops {
                for rival in &ground.rivals[stop.point] {
                    let holds = |t: &Trip| t.stops.iter().any(|s| s.point == *rival);
                    if let Some(t) = trips.iter().position(holds)
                        && !expected.contains(&t)
                    {
                        expected.push(t);
                    }
                }
            }
            assert_eq!(out, expected[..out.len()]);
            sizes.insert(out.len());
        }
    }
    assert_eq!(sizes.into_iter().collect::<Vec<_>>(), [2, 3]);
}

#[test]
fn tastes_differ_in_every_way_they_may() {
    let model = busy();
    let (ground, mut hand, _) = begun(&model);
    let points = [3, 5];
    let tastes: Vec<Taste> = (0..4_000).map(|_| hand.taste(&ground, &points)).collect();
    let share = |is: &dyn Fn(&Taste) -> bool| {
        let many = tastes.iter().filter(|taste| is(taste)).count();
        many as f64 / tastes.len() as f64
    };
    let near = |is: &dyn Fn(&Taste) -> bool, due: f64| {
        let found = share(is);
        assert!((found - due).abs() < 0.03, "{found}, not {due}");
    };
    near(&|taste| taste.first == First::Best, 0.5);
    near(&|taste| taste.first == First::Densest, 0.25);
    near(&|taste| taste.noise > 0.0, 0.5);
    near(&|taste| taste.noise > 0.4, 0.25);
    near(&|taste| taste.foresight > 0.0, 0.5);
    near(&|taste| taste.foresight > 0.55, 0.25);
    assert!(share(&|taste| taste.noise > 0.8 || taste.foresight > 1.1) < 1e-9);
    // One of the points just taken out, every fourth time; a fifth of all points on average, as often.
    let own = |taste: &Taste| taste.banned.len() == 1 && points.contains(&taste.banned[0]);
    assert!(share(&own) > 0.24);
    let many: usize = tastes.iter().map(|taste| taste.banned.len()).sum();
    let each = many as f64 / tastes.len() as f64;
    let due = 0.25 + 0.25 * 0.2 * model.sites.len() as f64;
    assert!((each - due).abs() < 0.05, "{each}, not {due}");
    let none = (0..400).map(|_| hand.taste(&ground, &[]));
    assert!(
        none.flat_map(|taste| taste.banned)
            .all(|p| p < model.sites.len())
    );
}
