//! Prices against what they must add up to, and the price that fills a point's hours against all others.

use super::super::rng::Rng;
use super::super::tests::made_up::{SMALL, made_up};
use super::super::transport::allot;
use super::*;

/// Some tours of one or two points; which rules they keep is no question here.
fn some_trips(model: &Model, rng: &mut Rng, count: usize) -> Vec<Trip> {
    let mut trips = Vec::new();
    while trips.len() < count {
        let route: Vec<(usize, usize)> = (0..=rng.below(2))
            .map(|_| (rng.below(model.sites.len()), 1 + rng.below(2)))
            .collect();
        if route.len() == 1 || route[0].0 != route[1].0 {
            trips.push(Trip::new(model, rng.below(2), 0, &route));
        }
    }
    trips
}

/// What a cell's hours are offered at most at each visited point, the best two first.
fn two_best(model: &Model, market: &Market, cell: usize, price: &[f64]) -> [f64; 2] {
    let mut offers = vec![0.0, 0.0];
    for (p, site) in model.sites.iter().enumerate() {
        let here = site.items.iter().filter(|item| item.cell == cell);
        let here = here.filter(|_| market.capacity[p].is_some());
        offers.extend(here.map(|item| item.gain - price[p] * item.hours));
    }
    offers.sort_by(|a: &f64, b| b.total_cmp(a));
    [offers[0], offers[1]]
}

/// Σ price·capacity + Σ over cells max(0, gain − price·hours), from the figures alone.
fn from_prices(model: &Model, market: &Market, price: &[f64]) -> f64 {
    let hours: f64 = market
        .capacity
        .iter()
        .zip(price)
        .map(|(hours, price)| hours.unwrap_or(0.0) * price)
        .sum();
    let cells = (0..model.cells).map(|cell| two_best(model, market, cell, price)[0]);
    hours + cells.sum::<f64>()
}

#[test]
fn at_the_prices_of_an_allocation_the_market_brings_what_it_brings() {
    for seed in 0..20 {
        let model = Model::new(&made_up(seed, &SMALL));
        let trips = some_trips(&model, &mut Rng::new(seed), 4);
        let plan = Plan { trips };
        let best = allot(&model, &plan.capacity(&model), &[]);
        let market = Market::new(&model, &plan, &best.hour_price);
        assert!((market.value() - best.value).abs() < 1e-6 * (1.0 + best.value));
        for (ours, theirs) in market.cell_prices(&model).iter().zip(&best.cell_price) {
            assert!((ours - theirs).abs() < 1e-6, "seed {seed}: {ours} {theirs}");
        }
        assert_eq!(market.cell_prices(&model).len(), model.contested);
    }
}

#[test]
fn with_a_tour_more_the_market_is_up_to_date_and_close_to_the_best_allocation() {
    let (mut far, mut count) = (0.0, 0);
    for seed in 0..40 {
        let model = Model::new(&made_up(seed, &SMALL));
        let mut plan = Plan::default();
        let mut market = Market::new(&model, &plan, &vec![0.0; model.sites.len()]);
        let mut bench = Bench::new(&model);
        for trip in some_trips(&model, &mut Rng::new(seed), 6) {
            // The first guess is far off.
            market.add(&model, &trip, &mut bench, |_, hours| 3.0 * hours);
            plan.trips.push(trip);
            assert_eq!(market.capacity, plan.capacity(&model));
            assert!(bench.queue.is_empty() && !bench.waits.contains(&true));
            for cell in 0..model.cells {
                let [best, second] = two_best(&model, &market, cell, &market.hour_price);
                let offers = market.offers[cell];
                assert!((offers.best - best).abs() < 1e-9, "seed {seed}");
                assert!((offers.second - second).abs() < 1e-9, "seed {seed}");
                if best > 0.0 {
                    let mut servers = model.servers(cell).iter();
                    let server = servers.find(|server| server.point as u32 == offers.at);
                    let server = server.expect("the point serves the cell");
                    let price = market.hour_price[server.point];
                    assert!((server.gain - price * server.hours - best).abs() < 1e-9);
                } else {
                    assert_eq!(offers.at, NONE);
                }
            }
            let value = from_prices(&model, &market, &market.hour_price);
            assert!((market.value() - value).abs() < 1e-6, "seed {seed}");
            let best = allot(&model, &plan.capacity(&model), &[]).value;
            assert!(value > best - 1e-6, "seed {seed}: {value} below {best}");
            far += (value - best) / (1.0 + best);
            count += 1;
        }
    }
    assert!(far / f64::from(count) < 0.02, "{}", far / f64::from(count));
}

#[test]
fn the_clearing_price_of_a_point_is_where_the_sum_is_least() {
    let (mut some, mut none) = (0, 0);
    for seed in 0..20 {
        let model = Model::new(&made_up(seed, &SMALL));
        let mut rng = Rng::new(seed);
        let trips = some_trips(&model, &mut rng, 5);
        let plan = Plan { trips };
        let guess: Vec<f64> = model.sites.iter().map(|_| 300.0 * rng.unit()).collect();
        let market = Market::new(&model, &plan, &guess);
        for p in 0..model.sites.len() {
            let Some(hours) = market.capacity[p] else {
                continue;
            };
            let price = market.clearing(&model, p, hours, &mut Vec::new());
            let at = |price: f64| {
                let mut prices = market.hour_price.clone();
                prices[p] = price;
                from_prices(&model, &market, &prices)
            };
            let least = at(price);
            for step in 0..80 {
                let other = 40.0 * f64::from(step);
                assert!(at(other) > least - 1e-6, "seed {seed}, {p}: {other}");
            }
            for factor in [0.9, 0.999, 1.001, 1.1] {
                assert!(at(factor * price) > least - 1e-6, "seed {seed}, {p}");
            }
            if price > 0.0 { some += 1 } else { none += 1 }
        }
    }
    assert!(some > 20 && none > 5, "{some}, {none}");
}

#[test]
fn a_selection_finds_the_bid_of_a_sorted_list() {
    for seed in 0..400 {
        let mut rng = Rng::new(seed);
        let mut bids: Vec<(f64, f64)> = (0..=rng.below(12))
            .map(|_| (rng.below(6) as f64, 1.0 + rng.below(4) as f64))
            .collect();
        let all: f64 = bids.iter().map(|bid| bid.1).sum();
        let hours = rng.below(all as usize) as f64;
        let mut sorted = bids.clone();
        sorted.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut sum = 0.0;
        let passes = sorted.iter().find(|bid| {
            sum += bid.1;
            sum > hours
        });
        let expected = passes.expect("less hours than bids").0;
        let found = marginal(&mut bids, hours);
        assert!((found - expected).abs() < 1e-12, "{sorted:?}, {hours}");
    }
    assert!(marginal(&mut [], 1.0).abs() < 1e-12);
}

#[test]
fn who_waits_is_called_once_and_in_turn() {
    let model = Model::new(&made_up(1, &SMALL));
    let mut bench = Bench::new(&model);
    for p in [3, 1, 3, 2, 1] {
        bench.call(p);
    }
    assert_eq!([bench.next(), bench.next()], [Some(3), Some(1)]);
    bench.call(3);
    let rest: Vec<usize> = std::iter::from_fn(|| bench.next()).collect();
    assert_eq!(rest, [2, 3]);
}
