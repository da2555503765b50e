//! What is taken out, what is kept, and when the search begins anew.

use super::super::problem::{Pin, Problem};
use super::super::tests::made_up::{SMALL, made_up};
use super::*;

/// A problem without pins.
fn free(seed: u64) -> Problem {
    let mut problem = made_up(seed, &SMALL);
    problem.points.iter_mut().for_each(|p| p.pin = Pin::Free);
    problem
}

/// A model whose greedy plan has some tours.
fn busy() -> Model {
    let models = (0..40).map(|seed| Model::new(&free(seed)));
    let mut busy = models.filter(|model| {
        let search = Search::new(model, 1, Plan::default());
        search.best.plan.trips.len() > 4
    });
    busy.next().expect("a plan of five tours")
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
    let mut search = Search::new(&model, 1, Plan::default());
    let count = search.current.plan.trips.len();
    let mut whole = 0;
    for _ in 0..2_000 {
        let mut out = search.pick();
        let taken = out.len();
        out.sort_unstable();
        out.dedup();
        assert!(out.iter().all(|&t| t < count));
        assert!(taken > 0 && taken == out.len(), "a tour twice");
        whole += usize::from(taken == count);
    }
    // All of it every tenth time.
    assert!((160..280).contains(&whole), "{whole}");
    search.current.plan.trips.clear();
    assert!(search.pick().is_empty());
}

#[test]
fn related_tours_hold_rivals_of_the_first_ones_points() {
    let model = busy();
    let mut search = Search::new(&model, 1, Plan::default());
    let trips = search.current.plan.trips.clone();
    let mut sizes = std::collections::BTreeSet::new();
    for seed in 0..trips.len() {
        for _ in 0..20 {
            let out = search.related(seed);
            assert_eq!(out[0], seed);
            // In the order of the rivals, point by point of the first.
            let mut expected = vec![seed];
            for stop in &trips[seed].stops {
                for rival in &search.rivals[stop.point] {
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
fn a_neighbourhood_is_the_best_plan_without_so_many_tours_and_with_what_stands() {
    let model = busy();
    let greedy = Search::new(&model, 1, Plan::default()).best.plan.trips;
    let standing = Plan {
        trips: greedy[..1].to_vec(),
    };
    let mut search = Search::new(&model, 1, standing);
    let best = search.best.plan.trips.clone();
    let mut kept_all = 0;
    for out in 0..=best.len() + 1 {
        for _ in 0..20 {
            let near = search.neighbourhood(out).trips;
            assert!(near.iter().all(|trip| best.contains(trip)));
            assert!(near.contains(&greedy[0]));
            let gone = best.len() - near.len();
            assert!(
                gone == out || gone + 1 == out.min(best.len()),
                "{gone}, {out}"
            );
            kept_all += usize::from(gone < out);
        }
    }
    assert!(kept_all > 20);
}

#[test]
fn the_best_plan_is_never_lost_and_a_better_one_begins_the_count_anew() {
    let model = busy();
    let mut search = Search::new(&model, 1, Plan::default());
    let (mut best, mut better, mut moved) = (search.best.objective, 0, 0);
    for round in 0..90 {
        // Half of them at the end of a cycle.
        search.rounds = if round < 45 {
            round
        } else {
            CYCLE - 90 + round
        };
        let position = search.rounds;
        let tours = search.record.plan.trips.len().max(1) as f64;
        let before = (position, search.current.objective, tours);
        let stale = search.stale;
        search.round(None);
        assert_eq!(search.rounds, position + 1);
        assert!(search.best.objective >= best);
        if search.best.objective > best {
            better += 1;
            assert_eq!(search.stale, 0);
        } else {
            assert_eq!(search.stale, stale + 1);
        }
        best = search.best.objective;
        assert!(search.record.objective <= best + 1e-6);
        // What is gone on from is not far below the best of the cycle, and ever less far.
        if (search.current.objective - before.1).abs() > 1e-9 {
            let record = search.record.objective;
            let width = TOLERANCE / before.2 * (1.0 - before.0 as f64 / CYCLE as f64);
            assert!(search.current.objective >= record * (1.0 - width) - 1e-6);
            moved += 1;
        }
    }
    assert!(moved > 5, "{moved}");
    assert!(better > 0);
}

#[test]
fn tours_chosen_elsewhere_are_taken_over_where_they_are_better() {
    let model = busy();
    let mut long = Search::new(&model, 1, Plan::default());
    for _ in 0..60 {
        long.round(None);
    }
    let mut search = Search::new(&model, 1, Plan::default());
    let greedy = search.best.objective;
    assert!(greedy < long.best.objective);
    let mut told = long.best.plan.trips.clone();
    // What cannot run beside the others is left out.
    told.push(told[0].clone());
    search.round(Some(told));
    assert!((search.best.objective - long.best.objective).abs() < 1e-6);
    assert!((search.record.objective - search.best.objective).abs() < 1e-9);
    assert!((search.current.objective - search.best.objective).abs() < 1e-9);
    assert_eq!((search.rounds, search.stale), (1, 0));
    // Nothing to learn from, or to try, that is worse.
    let best = search.best.objective;
    search.round(Some(Vec::new()));
    assert!((search.best.objective - best).abs() < 1e-9);
    assert_eq!(search.stale, 1);
    let other = Search::new(&model, 1, Plan::default());
    search.learn(&other);
    assert!((search.best.objective - best).abs() < 1e-9);
    assert_eq!(search.stale, 1);
    let mut other = other;
    other.stale = 5;
    other.learn(&search);
    assert!((other.best.objective - best).abs() < 1e-9);
    assert_eq!(other.stale, 0);
}

#[test]
fn every_other_cycle_without_a_better_plan_begins_afresh() {
    let model = busy();
    let mut search = Search::new(&model, 1, Plan::default());
    for _ in 0..60 {
        search.round(None);
    }
    let best = search.best.objective;
    let mut fresh = |rounds, stale| {
        // By chance the fresh plan is as good: twenty times it is not.
        (0..20).any(|_| {
            (search.rounds, search.stale) = (rounds, stale);
            search.begin_cycle();
            let current = search.current.objective;
            assert!((search.record.objective - current).abs() < 1e-9);
            (current - best).abs() > 1e-6
        })
    };
    assert!(fresh(CYCLE, CYCLE));
    assert!(fresh(3 * CYCLE, 2 * CYCLE));
    assert!(!fresh(2 * CYCLE, CYCLE));
    assert!(!fresh(CYCLE, CYCLE - 1));
}

#[test]
fn a_cycle_begins_after_so_many_rounds() {
    let model = busy();
    let mut search = Search::new(&model, 1, Plan::default());
    for _ in 0..60 {
        search.round(None);
    }
    let best = search.best.objective;
    let empty = Scored::new(&model, Plan::default(), &[]);
    for (rounds, begins) in [
        (0, false),
        (1, false),
        (CYCLE - 1, false),
        (2 * CYCLE, true),
        (2 * CYCLE + 1, false),
        (4 * CYCLE, true),
    ] {
        (search.rounds, search.stale) = (rounds, CYCLE);
        (search.record, search.current) = (empty.clone(), empty.clone());
        // What is filled from nothing is less than the best plan, which a cycle begins with.
        search.round(Some(Vec::new()));
        let record = search.record.objective;
        assert_eq!((record - best).abs() < 1e-6, begins, "{rounds}");
    }
}

#[test]
fn tastes_differ_in_every_way_they_may() {
    let model = busy();
    let mut search = Search::new(&model, 1, Plan::default());
    let points = [3, 5];
    let tastes: Vec<Taste> = (0..4_000).map(|_| search.taste(&points)).collect();
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
    let none = (0..400).map(|_| search.taste(&[]));
    assert!(
        none.flat_map(|taste| taste.banned)
            .all(|p| p < model.sites.len())
    );
}
