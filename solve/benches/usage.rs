//! The usage engine (odometer on a day) on made-up vehicles.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use tourplan_solve::usage::{Known, answer, plausible_chain};

mod dice;
use dice::Dice;

fn main() {
    divan::main();
}

/// Readings of one vehicle over some years; one in thirty is mistyped.
fn readings(dice: &mut Dice, count: usize) -> Vec<(i64, f64)> {
    let per_day = 20.0 + 120.0 * dice.unit();
    let (mut day, mut km) = (0_i64, 0.0);
    let next = |_| {
        let days = 60 + dice.below(240) as i64;
        day += days;
        km += days as f64 * per_day * (0.7 + 0.6 * dice.unit());
        (day, if dice.below(30) == 0 { km * 10.0 } else { km })
    };
    (0..count).map(next).collect()
}

/// Vehicles of 24 classes with up to six readings.
fn fleet(vehicles: usize) -> Vec<Known> {
    let mut dice = Dice::new(vehicles as u64);
    (0..vehicles)
        .map(|_| {
            let count = dice.below(7);
            Known {
                class: format!("class-{}", dice.below(24)),
                bought: (dice.below(8) > 0).then_some(0),
                readings: readings(&mut dice, count),
            }
        })
        .collect()
}

/// One iteration: readings sorted out, the use of every class learnt, the odometer of every vehicle on a day.
#[divan::bench(args = [100, 10_000], max_time = 5)]
fn odometers_of_vehicles(bencher: Bencher<'_, '_>, vehicles: usize) {
    let fleet = fleet(vehicles);
    bencher
        .counter(ItemsCount::new(vehicles))
        .bench_local(|| answer(black_box(&fleet), 2400, 60.0));
}

/// One iteration: the readings of one vehicle that can be true together.
#[divan::bench(args = [6, 60])]
fn plausible_chain_of_readings(bencher: Bencher<'_, '_>, count: usize) {
    let readings = readings(&mut Dice::new(count as u64), count);
    bencher.bench_local(|| plausible_chain(black_box(&readings)));
}
