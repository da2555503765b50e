//! The highest maximum, against the likelihood looked over point by point.

use super::super::reference::{between, failed, good};
use super::super::*;
use super::apart::{assert_top, highest, ln_posterior, loglik};

/// The law of these lives, which no point of a wide grid is above.
fn best(lives: &[Life]) -> Fit {
    let law = fit(lives).expect("a law");
    let at = |u: f64, v: f64| loglik(lives, u, v);
    let value = at(libm::log(law.shape), libm::log(law.scale));
    assert!((value - law.loglik).abs() < 1e-9 * value.abs(), "{law:?}");
    assert_top(at, &law);
    let above = highest(at, [-5.0, 5.0], [-8.0, 14.0]);
    assert!(above.0 <= value, "{law:?}: {above:?}");
    law
}

#[test]
fn of_two_maxima_the_higher_is_taken_whichever_is_met_first() {
    let steeper = [
        failed(100.0, 2.0, 1),
        between(1.0, 1000.0, 0.0, 1),
        good(200.0, 100.0, 100),
    ];
    let flatter = [
        failed(1000.0, 0.0, 1),
        between(10.0, 500.0, 2.0, 20),
        good(500.0, 50.0, 100),
    ];
    assert!(best(&steeper).shape > 3.0);
    assert!(best(&flatter).shape < 0.12);
    // There is another one on the other side: the grid has a top within its borders.
    for (lives, side) in [(steeper, [-4.0, -1.0]), (flatter, [0.8, 3.0])] {
        let other = highest(|u, v| loglik(&lives, u, v), side, [-8.0, 14.0]);
        assert!(
            other.1 > side[0] + 0.05 && other.1 < side[1] - 0.05,
            "{other:?}"
        );
    }
}

/// Between the two the likelihood falls as many times further as there are lives.
#[test]
fn ever_so_many_lives_of_the_same_kinds_are_the_same_law() {
    let times = |count: u64| {
        [
            failed(100.0, 2.0, count),
            between(1.0, 1000.0, 0.0, count),
            good(200.0, 100.0, 100 * count),
        ]
    };
    let once = fit(&times(1)).expect("a law");
    for count in [10, 1000, 1_000_000_000] {
        let law = fit(&times(count)).expect("a law");
        assert!((law.shape / once.shape - 1.0).abs() < 1e-9, "{law:?}");
        assert!((law.scale / once.scale - 1.0).abs() < 1e-9, "{law:?}");
    }
}

#[test]
fn a_dip_after_the_flattest_laws_is_no_maximum_but_what_follows_is() {
    let law = best(&[
        between(2.0, 200.0, 3.0, 20),
        failed(500.0, 5.0, 1),
        good(50.0, 20.0, 20),
    ]);
    assert!((law.shape - 1.378).abs() < 1e-3, "{law:?}");
}

/// A maximum near the exponential law, −30.55, but the flatter the likelier: −29.98 in the end.
#[test]
fn a_maximum_below_the_flattest_laws_is_none() {
    let lives = [
        good(10.0, 2.0, 2),
        good(1000.0, 50.0, 100),
        between(1.0, 1000.0, 1.0, 2),
        failed(500.0, 200.0, 2),
    ];
    let near = highest(|u, v| loglik(&lives, u, v), [-0.2, 0.5], [4.0, 14.0]);
    assert!(near.1.abs() < 0.15 && near.0 < -30.5, "{near:?}");
    // Towards shape 0 only rate = shape / scale^shape counts: the hazard from s to t is rate · ln(t/s).
    let ln_shape = -6.0 * std::f64::consts::LN_10;
    let ln_rates = (0..400).map(|step| -8.0 + f64::from(step) * 0.02);
    let flattest = ln_rates.map(|ln_rate| loglik(&lives, ln_shape, (ln_shape - ln_rate) * 1e6));
    assert!(flattest.fold(f64::NEG_INFINITY, f64::max) > -30.0);
    assert_eq!(fit(&lives), Err(Unidentified::NoWear));
}

/// A hundred at one time and one before: shape 100 / ln 2 and more.
#[test]
fn many_at_one_time_and_one_before_are_a_steep_law() {
    let late = [
        failed(100.0, 50.0, 100),
        between(0.0, 100.0, 0.0, 20),
        failed(50.0, 0.0, 1),
    ];
    let law = best(&late);
    assert!(law.shape > 140.0 && law.shape < 150.0, "{law:?}");
    let many = [failed(100.0, 0.0, 3_000_000), failed(50.0, 0.0, 1)];
    let law = fit(&many).expect("a law");
    assert!(
        (law.shape * std::f64::consts::LN_2 / 3e6 - 1.0).abs() < 1e-3,
        "{law:?}"
    );
    assert_top(|u, v| loglik(&many, u, v), &law);
}

#[test]
fn lives_within_a_thousandth_of_each_other_are_a_law_too() {
    for entry in [0.0, 10.0, 999.0] {
        let lives = [
            failed(1000.0, entry, 3),
            failed(1000.1, entry, 2),
            between(1000.0, 1000.3, entry, 2),
            good(1000.4, entry, 1),
        ];
        let law = best(&lives);
        assert!(law.shape > 3000.0, "{entry}: {law:?}");
    }
}

#[test]
fn times_many_orders_apart_are_a_law_too() {
    for entry in [0.0, 1e-70] {
        let lives = [
            failed(1e-60, 0.0, 1),
            failed(1e-10, entry, 2),
            failed(1e50, 0.0, 2),
            good(1e60, 0.0, 1),
        ];
        let law = fit(&lives).expect("a law");
        assert_top(|u, v| loglik(&lives, u, v), &law);
        assert!(law.shape < 0.02, "{law:?}");
    }
}

/// All failures by one time: their spread says nothing of the shape.
#[test]
fn one_that_outlived_the_only_look_makes_a_steep_law() {
    let law = best(&[
        between(0.0, 100.0, 0.0, 50),
        good(99.0, 0.0, 50),
        good(100.5, 0.0, 1),
    ]);
    assert!(law.shape > 20.0, "{law:?}");
}

#[test]
fn a_maximum_above_the_law_of_one_age_is_found_and_none_below_it() {
    // Five of ten fail by 500, or survive it: ½ each, were it one age.
    let law = best(&[good(500.0, 20.0, 5), between(5.0, 500.0, 0.0, 5)]);
    assert!(law.loglik > 10.0 * libm::log(0.5) + 0.05, "{law:?}");
    // Two of 22, and two of 24.
    for (kept, lives) in [
        (
            20.0,
            vec![good(200.0, 3.0, 20), between(50.0, 200.0, 0.0, 2)],
        ),
        (
            22.0,
            vec![
                good(500.0, 0.0, 2),
                good(500.0, 10.0, 20),
                between(20.0, 500.0, 3.0, 2),
            ],
        ),
    ] {
        let all = kept + 2.0;
        let one_age = 2.0 * libm::log(2.0 / all) + kept * libm::log(kept / all);
        let above = highest(|u, v| loglik(&lives, u, v), [-5.0, 5.0], [0.0, 14.0]);
        assert!(above.0 < one_age, "{above:?} {one_age}");
        assert_eq!(fit(&lives), Err(Unidentified::Step));
    }
}

/// Data far from what was thought before: one mode near the data, one near the prior's shape, or its scale.
#[test]
fn of_several_modes_the_highest_is_taken() {
    let prior = |shape: f64, scale: f64| Prior {
        shape,
        sd_log_shape: 0.35,
        scale,
        sd_log_scale: 0.5,
    };
    let cases: [(&[Life], Prior); 7] = [
        (&[good(500.0, 0.0, 100)], prior(1.0, 3.0)),
        (&[good(500.0, 0.0, 5)], prior(5.0, 3.0)),
        (&[failed(100.0, 50.0, 20)], prior(1.0, 10.0)),
        // The same in another unit: its densities are above 1.
        (&[failed(0.1, 0.05, 20)], prior(1.0, 0.01)),
        (
            &[failed(1000.0, 1.0, 2), failed(500.0, 3.0, 2)],
            prior(5.0, 10.0),
        ),
        (
            &[good(200.0, 0.0, 2), failed(1000.0, 100.0, 20)],
            prior(2.0, 10.0),
        ),
        (
            &[failed(200.0, 10.0, 20), good(1000.0, 2.0, 100)],
            prior(5.0, 3.0),
        ),
    ];
    for (lives, prior) in cases {
        let law = fit_with_prior(lives, &prior).expect("a law");
        let at = |u: f64, v: f64| ln_posterior(lives, &prior, u, v);
        assert_top(at, &law);
        let value = at(libm::log(law.shape), libm::log(law.scale));
        let above = highest(at, [-5.0, 5.0], [-8.0, 10.0]);
        assert!(above.0 <= value, "{prior:?} {law:?} {value}: {above:?}");
        let alone = loglik(lives, libm::log(law.shape), libm::log(law.scale));
        assert!((alone - law.loglik).abs() < 1e-9 * alone.abs());
    }
}

/// At the prior's medians the hazard of a life is e^1036, beyond what a double holds.
#[test]
fn a_prior_under_which_no_life_could_have_lasted_gives_a_law_all_the_same() {
    let prior = Prior {
        shape: 50.0,
        sd_log_shape: 0.35,
        scale: 1.0,
        sd_log_scale: 0.5,
    };
    let lives = [failed(1e9, 0.0, 3), good(2e9, 0.0, 2)];
    let law = fit_with_prior(&lives, &prior).expect("a law");
    let at = |u: f64, v: f64| ln_posterior(&lives, &prior, u, v);
    assert_top(at, &law);
    let value = at(libm::log(law.shape), libm::log(law.scale));
    let above = highest(at, [-5.0, 5.0], [0.0, 25.0]);
    assert!(above.0 <= value, "{law:?} {value}: {above:?}");
}

/// Lives of two or three kinds and a prior, as chance has it.
fn by_chance(seed: u64) -> (Vec<Life>, Prior) {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut chance = |of: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as usize % of
    };
    let times = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0];
    let mut lives = Vec::new();
    while lives.len() < 3 {
        let (a, b, c) = (chance(10), chance(10), chance(10));
        let entry = if chance(2) == 0 { 0.0 } else { times[a.min(b)] };
        let what = match chance(3) {
            0 => Observed::Failed(times[a.max(b)]),
            1 => Observed::Good(times[a.max(b)]),
            _ => Observed::Between {
                lower: times[c],
                upper: times[a.max(b)],
            },
        };
        lives.extend(Life::new(what, entry, [1, 3, 20, 100][chance(4)]));
    }
    let prior = Prior {
        shape: [0.8, 1.0, 2.0, 5.0][chance(4)],
        sd_log_shape: 0.35,
        scale: [3.0, 10.0, 100.0, 1000.0][chance(4)],
        sd_log_scale: 0.5,
    };
    (lives, prior)
}

#[test]
fn no_point_is_above_the_law_found_whatever_the_lives() {
    let (mut laws, mut modes) = (0, 0);
    for seed in 1..400 {
        let (lives, prior) = by_chance(seed);
        let at = |u: f64, v: f64| loglik(&lives, u, v);
        let weighed = |u: f64, v: f64| ln_posterior(&lives, &prior, u, v);
        if let Ok(law) = fit(&lives) {
            let value = at(libm::log(law.shape), libm::log(law.scale));
            let above = coarse(at);
            assert!(
                above <= value + 1e-9 * value.abs(),
                "{lives:?} {law:?}: {above}"
            );
            laws += 1;
        }
        match fit_with_prior(&lives, &prior) {
            Ok(law) => {
                let value = weighed(libm::log(law.shape), libm::log(law.scale));
                let above = coarse(weighed);
                assert!(
                    above <= value + 1e-9 * value.abs(),
                    "{lives:?} {prior:?} {law:?}: {above}"
                );
                modes += 1;
            }
            Err(why) => assert_eq!(why, Unidentified::Empty, "{lives:?} {prior:?}"),
        }
    }
    assert!(laws > 100 && modes > 350, "{laws} {modes}");
}

/// The highest of a wide grid, every half of ln shape and ln scale.
fn coarse(value: impl Fn(f64, f64) -> f64) -> f64 {
    let of_shape = |u: i32| (-12..24).map(move |v| (f64::from(u) / 2.0, f64::from(v) / 2.0));
    let points = (-8..10).flat_map(of_shape);
    points
        .map(|(u, v)| value(u, v))
        .fold(f64::NEG_INFINITY, f64::max)
}

#[test]
fn a_prior_must_have_medians_and_deviations_above_zero() {
    let lives = [failed(5.0, 0.0, 3), good(9.0, 0.0, 4)];
    let prior = Prior {
        shape: 2.0,
        sd_log_shape: 0.3,
        scale: 8.0,
        sd_log_scale: 0.5,
    };
    assert!(fit_with_prior(&lives, &prior).is_ok());
    for wrong in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let none = [
            Prior {
                shape: wrong,
                ..prior
            },
            Prior {
                sd_log_shape: wrong,
                ..prior
            },
            Prior {
                scale: wrong,
                ..prior
            },
            Prior {
                sd_log_scale: wrong,
                ..prior
            },
        ];
        for prior in none {
            let found = fit_with_prior(&lives, &prior);
            assert_eq!(found, Err(Unidentified::Flat), "{prior:?}");
        }
    }
}
