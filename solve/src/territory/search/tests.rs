//! What is kept, and when the search begins anew.

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
pub(in super::super) fn busy() -> Model {
    let models = (0..40).map(|seed| Model::new(&free(seed)));
    let mut busy = models.filter(|model| {
        let search = Search::new(model, 1, Plan::default());
        search.plans.best.plan.trips.len() > 4
    });
    busy.next().expect("a plan of five tours")
}

#[test]
fn a_neighbourhood_is_the_best_plan_without_so_many_tours_and_with_what_stands() {
    let model = busy();
    let greedy = Search::new(&model, 1, Plan::default())
        .plans
        .best
        .plan
        .trips;
    let standing = Plan {
        trips: greedy[..1].to_vec(),
    };
    let mut search = Search::new(&model, 1, standing);
    let best = search.plans.best.plan.trips.clone();
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
    let (mut best, mut better, mut moved) = (search.plans.best.objective, 0, 0);
    for round in 0..90 {
        // Half of them at the end of a cycle.
        search.rounds = if round < 45 {
            round
        } else {
            CYCLE - 90 + round
        };
        let position = search.rounds;
        let tours = search.plans.record.plan.trips.len().max(1) as f64;
        let before = (position, search.plans.current.objective, tours);
        let stale = search.stale;
        search.round(None);
        assert_eq!(search.rounds, position + 1);
        assert!(search.plans.best.objective >= best);
        if search.plans.best.objective > best {
            better += 1;
            assert_eq!(search.stale, 0);
        } else {
            assert_eq!(search.stale, stale + 1);
        }
        best = search.plans.best.objective;
        assert!(search.plans.record.objective <= best + 1e-6);
        // What is gone on from is not far below the best of the cycle, and ever less far.
        if (search.plans.current.objective - before.1).abs() > 1e-9 {
            let record = search.plans.record.objective;
            let width = TOLERANCE / before.2 * (1.0 - before.0 as f64 / CYCLE as f64);
            assert!(search.plans.current.objective >= record * (1.0 - width) - 1e-6);
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
    let greedy = search.plans.best.objective;
    assert!(greedy < long.plans.best.objective);
    let mut told = long.plans.best.plan.trips.clone();
    // What cannot run beside the others is left out.
    told.push(told[0].clone());
    search.round(Some(told));
    assert!((search.plans.best.objective - long.plans.best.objective).abs() < 1e-6);
    assert!((search.plans.record.objective - search.plans.best.objective).abs() < 1e-9);
    assert!((search.plans.current.objective - search.plans.best.objective).abs() < 1e-9);
    assert_eq!((search.rounds, search.stale), (1, 0));
    // Nothing to learn from, or to try, that is worse.
    let best = search.plans.best.objective;
    search.round(Some(Vec::new()));
    assert!((search.plans.best.objective - best).abs() < 1e-9);
    assert_eq!(search.stale, 1);
    let other = Search::new(&model, 1, Plan::default());
    search.learn(&other);
    assert!((search.plans.best.objective - best).abs() < 1e-9);
    assert_eq!(search.stale, 1);
    let mut other = other;
    other.stale = 5;
    other.learn(&search);
    assert!((other.plans.best.objective - best).abs() < 1e-9);
    assert_eq!(other.stale, 0);
}

#[test]
fn every_other_cycle_without_a_better_plan_begins_afresh() {
    let model = busy();
    let mut search = Search::new(&model, 1, Plan::default());
    for _ in 0..60 {
        search.round(None);
    }
    let best = search.plans.best.objective;
    let mut fresh = |rounds, stale| {
        // By chance the fresh plan is as good: twenty times it is not.
        (0..20).any(|_| {
            (search.rounds, search.stale) = (rounds, stale);
            search.begin_cycle();
            let current = search.plans.current.objective;
            assert!((search.plans.record.objective - current).abs() < 1e-9);
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
    let best = search.plans.best.objective;
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
        (search.plans.record, search.plans.current) = (empty.clone(), empty.clone());
        // What is filled from nothing is less than the best plan, which a cycle begins with.
        search.round(Some(Vec::new()));
        let record = search.plans.record.objective;
        assert_eq!((record - best).abs() < 1e-6, begins, "{rounds}");
    }
}

#[test]
fn tries_made_at_once_begin_from_one_plan_and_are_judged_in_turn_beside_other_work() {
    let model = busy();
    let mut search = Search::new(&model, 1, Plan::default());
    // The same hands beside it.
    let ground = Ground::new(&model, Plan::default());
    let mut first = Hand::new(&model, 1, Outlook::default());
    first.greedy(&ground);
    let mut second = Hand::new(&model, 1 ^ HAND, Outlook::default());
    let (mut by_second, mut done) = (0, [0_u64; 3]);
    for batch in 1..=30 {
        let tries = [&mut first, &mut second].map(|hand| hand.refill(&ground, &search.plans));
        let before = search.plans.best.objective;
        let [one, two, three] = &mut done;
        search.rounds_beside(
            vec![None, None],
            [
                Box::new(|| *one += 1),
                Box::new(|| *two += 1),
                Box::new(|| *three += 1),
            ],
        );
        let most = tries.iter().map(|found| found.objective);
        let most = most.fold(before, f64::max);
        assert!((search.plans.best.objective - most).abs() < 1e-6);
        by_second += usize::from(tries[1].objective > tries[0].objective.max(before) + 1e-6);
        // What the second found is gone on from where it is the best.
        if tries[1].objective > tries[0].objective.max(before) {
            assert!((search.plans.current.objective - tries[1].objective).abs() < 1e-9);
        }
        assert_eq!((search.rounds, done), (2 * batch, [batch; 3]));
    }
    assert!(by_second > 0);
}
