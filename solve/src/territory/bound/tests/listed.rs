//! The routes that are listed.

use std::collections::BTreeMap;

use super::super::super::calendar::Frame;
use super::super::pool::Pool;
use super::*;

/// Less than any route is worth that is allowed.
const LEAST: f64 = -1e9;

/// By class and stops: the days on which such a trip may start.
type Routes = BTreeMap<(usize, Vec<(usize, usize)>), Vec<bool>>;

fn listed(pool: &Pool) -> Routes {
    let route = |r: usize| {
        let group = &pool.groups[pool.routes[r].group];
        let stops = pool.route(r);
        assert_eq!(group.days, stops.iter().map(|stop| stop.1).sum::<usize>());
        ((group.class, stops), group.starts.clone())
    };
    let routes: Routes = (0..pool.routes.len()).map(route).collect();
    assert_eq!(routes.len(), pool.routes.len(), "a route stands twice");
    routes
}

/// The routes of all trips of a class, whoever of it drives them.
fn routes_of<'t>(model: &Model, trips: impl Iterator<Item = &'t Trip>) -> Routes {
    let mut routes = Routes::new();
    for trip in trips {
        let stops: Vec<(usize, usize)> = trip.stops.iter().map(|s| (s.point, s.days)).collect();
        let mut day = trip.start;
        let begins = stops.iter().all(|&(point, stay)| {
            day += stay;
            model.may_begin(point, day - stay)
        });
        if begins {
            let key = (model.class_of[trip.team], stops);
            routes.entry(key).or_insert_with(|| vec![false; model.days])[trip.start] = true;
        }
    }
    routes
}

#[test]
fn every_route_is_listed_with_its_cost_its_hours_and_its_days() {
    let mut seen = 0;
    for seed in 0..12 {
        let problem = longer(seed, 1);
        let model = Model::new(&problem);
        let standing = Standing::new(&model, &Plan::default());
        let mut root = Root::new(&model);
        let prices = drawn(&model, &standing.must, &mut Rng::new(seed));
        let list = |root: &mut Root, floor: f64, most: usize| {
            Pool::list(&model, root, &standing, &prices, 0.0, floor, most)
        };
        let pool = list(&mut root, LEAST, 10_000).unwrap();
        let trips = all_trips(&problem, &model);
        // Days on which no team tours may be among the starts: those stand in the teams' room.
        let ours = listed(&pool);
        let all = routes_of(&model, trips.iter());
        for (key, starts) in &all {
            let found = &ours[key];
            assert!(
                starts.iter().zip(found).all(|(a, b)| !a || *b),
                "seed {seed}"
            );
        }
        let on_some_day = |key: &(usize, Vec<(usize, usize)>), starts: &Vec<bool>| {
            let days: usize = key.1.iter().map(|stop| stop.1).sum();
            let runs = &model.classes[key.0].allowed_run;
            (0..model.days).any(|day| starts[day] && runs[day] >= days)
        };
        for (key, starts) in &ours {
            assert_eq!(
                all.contains_key(key),
                on_some_day(key, starts),
                "seed {seed}: {key:?}"
            );
        }
        for (r, route) in pool.routes.iter().enumerate() {
            let group = &pool.groups[route.group];
            let team = model.classes[group.class].members[0];
            let trip = Trip::new(&model, team, 0, &pool.route(r));
            assert!((trip.cost - route.cost).abs() < 1e-9);
            for (stop, call) in trip.stops.iter().zip(pool.calls_of(r)) {
                assert_eq!((stop.point, stop.days), (call.point, call.stay));
                assert!((stop.hours - call.hours).abs() < 1e-9);
            }
        }
        seen += pool.routes.len();
        let few = pool.routes.len();
        assert!(list(&mut root, LEAST, few).is_some());
        assert!(few < 2 || list(&mut root, LEAST, few - 2).is_none());
    }
    assert!(seen > 100, "{seen}");
}

#[test]
fn a_route_is_left_out_only_where_no_plan_with_it_can_be_better() {
    let (mut kept, mut left_out) = (0, 0);
    for seed in 0..24 {
        let problem = longer(seed, 1);
        let model = Model::new(&problem);
        let standing = Standing::new(&model, &Plan::default());
        let mut root = Root::new(&model);
        let prices = drawn(&model, &standing.must, &mut Rng::new(seed));
        let (value, _, _) = root.relaxation(&standing, &prices);
        let trips = all_trips(&problem, &model);
        let teams = choices(&model, &standing, &prices, &trips);
        // What a plan with the trip is worth at most: the rest of its team's days around it, all others at their best.
        let mut most: BTreeMap<(usize, Vec<(usize, usize)>), f64> = BTreeMap::new();
        for (team, own) in teams.iter().enumerate() {
            let room = &standing.room_of[team];
            let worth = |start: usize, days: usize| {
                let here = own
                    .iter()
                    .filter(|(_, t)| (t.start, t.days) == (start, days));
                here.map(|(worth, _)| *worth)
                    .filter(|worth| *worth > 0.0)
                    .reduce(f64::max)
            };
            let frame = Frame::new(&model, room, worth);
            for (worth, trip) in own.iter().filter(|(_, t)| t.days <= room[t.start]) {
                let with = value - frame.best() + frame.rest(trip.start, trip.days) + worth;
                let stops: Vec<(usize, usize)> =
                    trip.stops.iter().map(|s| (s.point, s.days)).collect();
                let known = most.entry((model.class_of[team], stops)).or_insert(with);
                *known = known.max(with);
            }
        }
        let mut sorted: Vec<f64> = most.values().copied().collect();
        sorted.sort_by(f64::total_cmp);
        let Some(&floor) = sorted.get(sorted.len() / 2) else {
            continue;
        };
        let list = Pool::list(
            &model,
            &mut root,
            &standing,
            &prices,
            value,
            floor - 1e-6,
            10_000,
        );
        let ours = listed(&list.unwrap());
        for (key, most) in &most {
            if *most >= floor {
                assert!(ours.contains_key(key), "seed {seed}: {key:?}");
                kept += 1;
            } else if !ours.contains_key(key) {
                left_out += 1;
            }
        }
    }
    assert!(kept > 100 && left_out > 100, "{kept}, {left_out}");
}
