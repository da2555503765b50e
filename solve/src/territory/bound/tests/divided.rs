//! Branch and bound over all routes, and the questions it asks.

use super::super::branch::{Question, any_question};
use super::super::pool::Pool;
use super::*;

/// All routes.
fn pool(model: &Model, standing: &Standing, prices: &Prices) -> Pool {
    let mut root = Root::new(model);
    let least = -1e9;
    Pool::list(model, &mut root, standing, prices, 0.0, least, 100_000).unwrap()
}

#[test]
fn the_best_plan_is_never_cut_off_and_its_worth_is_what_is_left() {
    let (mut nodes, mut cases) = (0, 0);
    for seed in 0..24 {
        let problem = if seed % 6 == 0 {
            longer(200 + seed, 1)
        } else {
            mixed(200 + seed, 1)
        };
        let model = Model::new(&problem);
        let Some(best) = best_with(&problem, &model, &[]) else {
            continue;
        };
        let plan = Plan::default();
        let standing = Standing::new(&model, &plan);
        let prices = drawn(&model, &standing.must, &mut Rng::new(seed));
        let room = 1e-6 * (1.0 + best.abs());
        for floor in [best - room, best - 0.1 * best.abs() - room, best + room] {
            let all = pool(&model, &standing, &prices);
            let mut tree = Tree::new(&model, &standing, all, &prices, f64::INFINITY);
            let mut hints = Vec::new();
            for step in 0..20_000 {
                if tree.done() {
                    break;
                }
                hints.extend(tree.step(floor).1);
                let bound = tree.bound();
                assert!(
                    floor > best || bound >= best - 0.1 * room,
                    "seed {seed}, {step}: {bound}, {best}"
                );
                nodes += 1;
            }
            assert!(tree.done(), "seed {seed}");
            assert!(
                tree.bound() <= best.max(floor) + room,
                "seed {seed}: {}",
                tree.bound()
            );
            // Where one better than the floor exists, its tours are told.
            let told = hints.iter().any(|trips| {
                let mut laid: Vec<Trip> = Vec::new();
                let fits = trips.iter().all(|trip| {
                    let fits = beside(&problem, &laid, trip);
                    laid.push(trip.clone());
                    fits
                });
                let plan = Plan { trips: laid };
                let value = allot(&model, &plan.capacity(&model), &[]).value - plan.cost();
                fits && !plan.open_pins(&model).contains(&true) && value >= best - room
            });
            assert!(told || floor > best, "seed {seed}");
            cases += 1;
        }
    }
    assert!(cases > 30 && nodes > 1000, "{cases}, {nodes}");
}

#[test]
fn beside_tours_that_are_kept_the_best_plan_is_never_cut_off() {
    let mut cases = 0;
    for seed in 0..24 {
        let problem = mixed(300 + seed, 1);
        let model = Model::new(&problem);
        let plan = Plan::default();
        let standing = Standing::new(&model, &plan);
        let prices = drawn(&model, &standing.must, &mut Rng::new(seed));
        let elite = pool(&model, &standing, &prices);
        let trips = all_trips(&problem, &model);
        // A tour that may stand in a plan: where the only visit is pinned to a day it begins on that day.
        let Some(kept) = trips
            .iter()
            .filter(|trip| trip.stops.iter().all(|stop| stop.point > 0))
            .nth(seed as usize % 5)
        else {
            continue;
        };
        let kept = Plan {
            trips: vec![kept.clone()],
        };
        let Some(best) = best_with(&problem, &model, &kept.trips) else {
            continue;
        };
        let room = 1e-6 * (1.0 + best.abs());
        let floor = best - room;
        let mut tree = Tree::near(&model, &elite, &kept, &prices);
        for _ in 0..20_000 {
            if tree.done() {
                break;
            }
            tree.step(floor);
            assert!(
                tree.bound() >= best - 0.1 * room,
                "seed {seed}: {}, {best}",
                tree.bound()
            );
        }
        assert!(
            tree.done() && tree.bound() <= best + room,
            "seed {seed}: {}, {best}",
            tree.bound()
        );
        cases += 1;
    }
    assert!(cases > 10, "{cases}");
}

/// Every question about three points.
fn questions() -> Vec<Question> {
    let mut all = Vec::new();
    for p in 0..3 {
        all.push(Question::Visited(p));
        all.extend((1..3).map(|days| Question::Longer(p, days)));
        all.extend((0..2).map(|class| Question::By(p, class)));
        for q in (0..3).filter(|&q| q != p) {
            all.push(Question::Follows(p, q));
            all.extend((p < q).then_some(Question::Together(p, q)));
        }
    }
    all
}

/// The answer that a plan gives, in the words of the question.
fn answer(question: Question, plan: &[(usize, Vec<(usize, usize)>)]) -> Option<bool> {
    let of = |p: usize| {
        plan.iter()
            .find(|(_, stops)| stops.iter().any(|stop| stop.0 == p))
    };
    let place = |stops: &[(usize, usize)], p: usize| stops.iter().position(|stop| stop.0 == p);
    match question {
        Question::Visited(p) => Some(of(p).is_some()),
        Question::Longer(p, days) => {
            of(p).map(|(_, stops)| stops[place(stops, p).unwrap()].1 > days)
        }
        Question::By(p, class) => of(p).map(|(own, _)| *own == class),
        Question::Together(p, q) => match (of(p), of(q)) {
            (None, None) => None,
            (Some((_, stops)), Some(_)) => Some(place(stops, q).is_some()),
            _ => Some(false),
        },
        Question::Follows(p, q) => match (of(p), of(q)) {
            (None, None) => None,
            (Some((_, stops)), Some(_)) => {
                Some(place(stops, q) == Some(place(stops, p).unwrap() + 1))
            }
            _ => Some(false),
        },
    }
}

#[test]
fn every_plan_keeps_its_routes_under_the_answer_it_gives() {
    let mut asked = [0, 0];
    for seed in 0..30 {
        let problem = longer(seed, 1);
        let model = Model::new(&problem);
        let standing = Standing::new(&model, &Plan::default());
        let pool = pool(&model, &standing, &Prices::zero(&model));
        let mut rng = Rng::new(seed);
        let class = |r: usize| pool.groups[pool.routes[r].group].class;
        for _ in 0..40 {
            let mut chosen: Vec<usize> = Vec::new();
            for _ in 0..rng.below(4).min(pool.routes.len()) {
                let next = rng.below(pool.routes.len());
                let clear = |r: &usize| {
                    pool.calls_of(*r)
                        .all(|a| pool.calls_of(next).all(|b| a.point != b.point))
                };
                if chosen.iter().all(clear) {
                    chosen.push(next);
                }
            }
            let plan: Vec<_> = chosen.iter().map(|&r| (class(r), pool.route(r))).collect();
            for question in questions() {
                let keeps = |answer: bool| chosen.iter().all(|&r| question.keeps(&pool, r, answer));
                match answer(question, &plan) {
                    // Not visited: in the part of either answer.
                    None => assert!(keeps(true) && keeps(false), "{question:?}"),
                    Some(answer) => {
                        assert!(keeps(answer), "{question:?} {answer}: {plan:?}");
                        let only_if = matches!(question, Question::Visited(_)) && !answer;
                        assert_eq!(keeps(!answer), only_if, "{question:?} {answer}: {plan:?}");
                        asked[usize::from(answer)] += 1;
                    }
                }
            }
            // A question that divides any routes that share a point.
            let routes: Vec<u32> = (0..4.min(pool.routes.len()))
                .map(|_| rng.below(pool.routes.len()) as u32)
                .collect();
            let must: Vec<bool> = (0..3).map(|_| rng.below(2) == 0).collect();
            let visits = |p: usize| {
                routes
                    .iter()
                    .filter(|&&r| pool.calls_of(r as usize).any(|c| c.point == p))
                    .count()
            };
            match any_question(&pool, &routes, &must) {
                Some(Question::Visited(p)) => assert!(!must[p] && visits(p) > 0),
                Some(question) => {
                    for answer in [false, true] {
                        let stay = |&&r: &&u32| question.keeps(&pool, r as usize, answer);
                        assert!(
                            routes.iter().filter(stay).count() < routes.len(),
                            "{question:?}"
                        );
                    }
                }
                None => assert!((0..3).all(|p| visits(p) == 0 || must[p])),
            }
        }
    }
    assert!(asked[0] > 500 && asked[1] > 500, "{asked:?}");
}
