//! Settled prices against the exact allocation.

use super::super::market::{Bench, Market};
use super::super::plan::{Plan, Trip};
use super::*;

#[test]
fn settled_prices_never_promise_less_than_the_best_allocation_and_seldom_much_more() {
    let (mut compared, mut off) = (0, 0.0);
    for seed in 0..40 {
        let problem = made_up(seed, &SMALL);
        let model = Model::new(&problem);
        let solution = solve(&problem, seed, &effort(20)).unwrap();
        let (plan, _) = super::super::solver::laid(&problem, &model, &solution.tours).unwrap();
        let Some((last, before)) = plan.trips.split_last() else {
            continue;
        };
        let without = Plan {
            trips: before.to_vec(),
        };
        let prices = allot(&model, &without.capacity(&model), &[]).hour_price;
        let mut market = Market::new(&model, &without, &prices);
        let trip: &Trip = last;
        market.add(&model, trip, &mut Bench::new(&model), |_, _| 0.0);
        let exact = allot(&model, &plan.capacity(&model), &[]).value;
        assert!(
            market.value() >= exact - 1e-6 * (1.0 + exact),
            "seed {seed}: {} below {exact}",
            market.value()
        );
        compared += 1;
        off += (market.value() - exact) / (1.0 + exact);
    }
    assert!(compared > 20, "{compared}: too few plans have tours");
    assert!(
        off / f64::from(compared) < 0.02,
        "{}",
        off / f64::from(compared)
    );
}
