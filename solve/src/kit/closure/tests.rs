//! How near the first guesses of λ are, and when they end. What is proven does not depend on them (`tests/cuts.rs`).

use super::super::outcomes::sampled;
use super::super::random::Stream;
use super::super::tests::questions::long_tour;
use super::super::{UsePolicy, demand, part_demand};
use super::*;

#[test]
fn the_first_guess_is_near_the_price_that_proves_most() {
    let problem = long_tour(UsePolicy::Partial);
    let cost: Vec<f64> = problem.parts.iter().map(|part| part.cost).collect();
    let caps = demand::caps(&problem, &part_demand(&problem));
    for seed in 1..4 {
        let requirements = sampled(&problem, 250, &mut Stream::new(seed, 1));
        for target in [0.6, 0.8, 0.9, 0.95] {
            let found = frontier(&requirements, &cost, &caps, target, 60, None);
            let guess = Guess::near(&requirements, &cost, &caps, target).lambda;
            let ratio = guess.expect("a guess") / found.slope;
            assert!((0.6..1.6).contains(&ratio), "{seed}, {target}: {ratio}");
        }
    }
}

#[test]
fn guesses_end_where_a_kit_on_each_side_is_found_or_after_some() {
    let guess = || Guess {
        lambda: Some(100.0),
        left: 3,
        reached: None,
    };
    let mut dear = guess();
    assert_eq!(dear.next(), Some(100.0));
    dear.told(true);
    assert_eq!(dear.next(), Some(80.0));
    dear.told(true);
    assert_eq!(dear.next(), Some(64.0));
    assert_eq!(dear.next(), None);
    let mut cheap = guess();
    cheap.told(false);
    assert_eq!(cheap.next(), Some(125.0));
    cheap.told(true);
    assert_eq!(cheap.next(), None);
    assert_eq!(Guess::none().next(), None);
}
