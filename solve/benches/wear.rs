//! The wear engine on made-up lives: time only; its exactness is tested against answers known from elsewhere.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use tourplan_solve::wear::{Life, Observed, Prior, fit, fit_with_prior};

mod dice;
use dice::Dice;

fn main() {
    divan::main();
}

/// Lives of a Weibull law (shape 2.2, scale 80,000 km) as a workshop's records show them: every third entered with
/// some km on it; ended on the spot, between two looks, or still good.
fn lives(count: usize) -> Vec<Life> {
    let mut dice = Dice::new(count as u64);
    let mut lives = Vec::with_capacity(count);
    while lives.len() < count {
        let end = 80_000.0 * libm::pow(-libm::log(1.0 - dice.unit()), 1.0 / 2.2);
        let entry = if dice.below(3) == 0 {
            30_000.0 * dice.unit()
        } else {
            0.0
        };
        let seen_until = entry + 120_000.0 * dice.unit();
        let look = (end / 10_000.0).floor() * 10_000.0;
        let what = if end > seen_until {
            Observed::Good(seen_until)
        } else if dice.below(2) == 0 {
            Observed::Failed(end)
        } else {
            Observed::Between {
                lower: look.max(entry),
                upper: look + 10_000.0,
            }
        };
        // One that ended before the records began is in no record.
        if end > entry {
            lives.push(Life::new(what, entry, 1).expect("it can be true"));
        }
    }
    lives
}

/// One iteration: shape and scale by maximum likelihood, with their errors.
#[divan::bench(args = [50, 1000, 100_000], max_time = 5)]
fn fit_of_lives(bencher: Bencher<'_, '_>, count: usize) {
    let lives = lives(count);
    bencher
        .counter(ItemsCount::new(count))
        .bench_local(|| fit(black_box(&lives)).expect("a law"));
}

/// One iteration: the same with what is known of the class beforehand.
#[divan::bench(args = [5, 1000], max_time = 5)]
fn fit_of_lives_with_prior(bencher: Bencher<'_, '_>, count: usize) {
    let lives = lives(count);
    let prior = Prior {
        shape: 2.0,
        sd_log_shape: 0.3,
        scale: 70_000.0,
        sd_log_scale: 0.5,
    };
    bencher
        .counter(ItemsCount::new(count))
        .bench_local(|| fit_with_prior(black_box(&lives), &prior).expect("a law"));
}
