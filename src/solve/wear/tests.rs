//! Against answers computed apart from this code: the log-likelihood written out once more with 40 digits
//! (mpmath), its maximum by Newton's method from a grid, errors from second differences.

use super::*;

fn failed(time: f64, entry: f64, count: u64) -> Life {
    Life::new(Observed::Failed(time), entry, count).expect("a life")
}

fn good(time: f64, entry: f64, count: u64) -> Life {
    Life::new(Observed::Good(time), entry, count).expect("a life")
}

fn between(lower: f64, upper: f64, entry: f64, count: u64) -> Life {
    Life::new(Observed::Between { lower, upper }, entry, count).expect("a life")
}

fn numbers(fit: &Fit) -> [f64; 5] {
    [
        fit.shape,
        fit.scale,
        fit.se_log_shape,
        fit.se_log_scale,
        fit.loglik,
    ]
}

fn assert_close(found: [f64; 5], expected: [f64; 5]) {
    for (found, expected) in found.into_iter().zip(expected) {
        let away = (found - expected).abs() / expected.abs();
        assert!(away < 1e-9, "{found} is not {expected}");
    }
}

#[test]
fn agrees_with_forty_digits_whatever_the_censoring_and_the_unit() {
    let cases: [(&[Life], [f64; 5]); 7] = [
        // right
        (
            &[
                good(0.06056, 0.0, 1),
                good(0.02621, 0.0, 1),
                good(0.06682, 0.0, 1),
                failed(0.07086, 0.0, 1),
                failed(0.0924, 0.0, 1),
                failed(0.06882, 0.0, 1),
                good(0.03845, 0.0, 1),
                good(0.1188, 0.0, 1),
                failed(0.1108, 0.0, 1),
                failed(0.06354, 0.0, 1),
            ],
            [
                4.149054539445399,
                0.1011077561806654,
                0.3294803359237518,
                0.1077869398278197,
                9.783269691599473,
            ],
        ),
        // trunc_mixed
        (
            &[
                between(5.415e8, 1.13e9, 2.498e8, 1),
                failed(4.166e8, 0.0, 1),
                failed(3.823e8, 0.0, 1),
                good(2.703e8, 8.1e7, 1),
                good(1.526e9, 6.917e8, 1),
                failed(4.372e8, 0.0, 1),
                good(6.982e8, 0.0, 1),
                failed(2.944e8, 0.0, 1),
                between(0.0, 3.603e8, 0.0, 1),
                good(3.887e8, 2.271e8, 1),
            ],
            [
                1.220604010985491,
                708425571.1348258,
                0.36418406899072564,
                0.3428702609951744,
                -88.10130451409388,
            ],
        ),
        // interval
        (
            &[
                between(144.7, 401.4, 0.0, 4),
                good(624.9, 0.0, 1),
                between(401.4, 614.5, 0.0, 1),
            ],
            [
                2.280602585931108,
                446.59905264507563,
                0.41038720565678743,
                0.20703995549406376,
                -6.2807824764004225,
            ],
        ),
        // trunc
        (
            &[
                failed(1.508e8, 1.091e8, 1),
                good(8.738e7, 0.0, 1),
                good(2.49e8, 1.217e8, 1),
                good(8.808e7, 4.62e7, 1),
                failed(4.29e7, 0.0, 1),
                failed(1.167e8, 8.14e7, 1),
            ],
            [
                1.2117108242200156,
                136787093.707606,
                0.5393958818506828,
                0.5272048168010229,
                -58.88417476843682,
            ],
        ),
        // status
        (
            &[
                good(0.01512, 0.0, 1),
                good(0.0104, 0.0, 2),
                between(0.0, 0.02716, 0.0, 1),
                between(0.0, 0.01512, 0.0, 1),
                good(0.02716, 0.0, 1),
                good(0.01671, 0.0, 1),
                between(0.0, 0.0104, 0.0, 1),
                between(0.0, 0.01798, 0.0, 1),
                between(0.0, 0.02101, 0.0, 1),
            ],
            [
                0.8791897549459818,
                0.02491186866387078,
                1.454327400097479,
                0.744135858558043,
                -6.694173672874669,
            ],
        ),
        // few
        (
            &[
                good(160300.0, 0.0, 1),
                good(53990.0, 0.0, 1),
                good(129500.0, 0.0, 1),
                good(115500.0, 0.0, 1),
                good(159900.0, 0.0, 1),
                good(107300.0, 0.0, 1),
                good(34510.0, 0.0, 1),
                good(66750.0, 0.0, 1),
                good(50380.0, 0.0, 1),
                good(110300.0, 0.0, 1),
                good(35900.0, 0.0, 1),
                good(125200.0, 0.0, 1),
                good(74600.0, 0.0, 1),
                good(147100.0, 0.0, 1),
                good(102800.0, 0.0, 1),
                good(39630.0, 0.0, 1),
                good(85950.0, 0.0, 1),
                failed(77240.0, 0.0, 1),
                good(152300.0, 0.0, 1),
                failed(42540.0, 0.0, 1),
                good(21490.0, 0.0, 1),
                good(68650.0, 0.0, 1),
                good(55950.0, 0.0, 1),
                good(43330.0, 0.0, 1),
                good(88130.0, 0.0, 1),
                good(48890.0, 0.0, 1),
                failed(138400.0, 0.0, 1),
                failed(77960.0, 0.0, 1),
                good(118300.0, 0.0, 1),
                good(18490.0, 0.0, 1),
            ],
            [
                2.3112392258445116,
                233570.68896652787,
                0.3980161422910609,
                0.34489940823807036,
                -55.90291995825322,
            ],
        ),
        // mixed
        (
            &[
                between(1424.0, 3315.0, 0.0, 1),
                between(0.0, 531.6, 0.0, 1),
                failed(2921.0, 0.0, 1),
                good(4666.0, 0.0, 1),
                between(4887.0, 6360.0, 0.0, 1),
                good(908.9, 0.0, 1),
                good(6360.0, 0.0, 2),
                good(1551.0, 0.0, 1),
                between(531.6, 1424.0, 0.0, 1),
            ],
            [
                0.948980642525367,
                6527.427293694165,
                0.42703945396565546,
                0.5091598218803166,
                -20.896445580978053,
            ],
        ),
    ];
    for (lives, expected) in cases {
        assert_close(numbers(&fit(lives).expect("identified")), expected);
    }
}

/// Ten vehicles, most of them in the records only from some age on.
fn late_entries() -> [(f64, f64, bool); 8] {
    [
        (60.0, 40.0, true),
        (85.0, 70.0, true),
        (90.0, 55.0, false),
        (75.0, 10.0, true),
        (120.0, 80.0, true),
        (65.0, 0.0, false),
        (110.0, 95.0, true),
        (50.0, 20.0, false),
    ]
}

#[test]
fn late_entry_into_the_records_counts() {
    let lives = |with_entry: bool| -> Vec<Life> {
        let each = late_entries().into_iter().map(|(time, entry, is_failure)| {
            let entry = if with_entry { entry } else { 0.0 };
            if is_failure {
                failed(time, entry, 1)
            } else {
                good(time, entry, 1)
            }
        });
        each.collect()
    };
    let (with, without) = (lives(true), lives(false));
    let (with, without) = (fit(&with).expect("a law"), fit(&without).expect("a law"));
    // Who enters late has survived what the others may not have: ignoring it makes the law too steep.
    assert!(without.shape > 1.2 * with.shape, "{with:?} {without:?}");
    assert!(without.scale > 1.05 * with.scale, "{with:?} {without:?}");
}

#[test]
fn another_unit_of_time_changes_the_scale_only() {
    let lives = |unit: f64| -> Vec<Life> {
        vec![
            failed(3.0 * unit, 1.0 * unit, 2),
            failed(5.5 * unit, 0.0, 1),
            between(2.0 * unit, 4.0 * unit, 0.0, 3),
            good(7.0 * unit, 2.5 * unit, 4),
        ]
    };
    let days = fit(&lives(1.0)).expect("a law");
    for unit in [1e-3, 1e3, 1e9, 1e100, 1e-100] {
        let other = fit(&lives(unit)).expect("a law");
        assert!((other.shape / days.shape - 1.0).abs() < 1e-11, "{unit}");
        assert!(
            (other.scale / unit / days.scale - 1.0).abs() < 1e-11,
            "{unit}"
        );
        // Three exact failures: their densities are per unit.
        let shifted = other.loglik + 3.0 * libm::log(unit);
        assert!((shifted / days.loglik - 1.0).abs() < 1e-9, "{unit}");
    }
}

#[test]
fn a_count_is_as_many_lines() {
    let mut lines = vec![good(9.0, 0.0, 1); 300];
    lines.extend([failed(4.0, 0.0, 1); 7]);
    lines.extend([between(5.0, 6.0, 0.0, 1); 5]);
    let counted = [
        good(9.0, 0.0, 300),
        failed(4.0, 0.0, 7),
        between(5.0, 6.0, 0.0, 5),
    ];
    assert_close(
        numbers(&fit(&lines).expect("a law")),
        numbers(&fit(&counted).expect("a law")),
    );
}

#[test]
fn a_million_million_lives_are_as_exact_as_a_few() {
    let few = [good(9.0, 0.0, 30), failed(4.0, 1.0, 7), failed(8.0, 0.0, 2)];
    let many = [
        good(9.0, 0.0, 30_000_000_000_000),
        failed(4.0, 1.0, 7_000_000_000_000),
        failed(8.0, 0.0, 2_000_000_000_000),
    ];
    let (few, many) = (fit(&few).expect("a law"), fit(&many).expect("a law"));
    assert!((few.shape / many.shape - 1.0).abs() < 1e-12);
    assert!((few.se_log_shape / many.se_log_shape / 1e6 - 1.0).abs() < 1e-9);
    assert!((many.loglik / few.loglik / 1e12 - 1.0).abs() < 1e-12);
}

#[test]
fn the_order_of_the_lines_changes_no_bit() {
    let mut lives: Vec<Life> = (1..200_u32)
        .map(|n| {
            let time = f64::from(n * 37 % 101 + 3);
            if n % 3 == 0 {
                failed(time, time / 2.0, 1)
            } else {
                good(time, 0.0, 1)
            }
        })
        .collect();
    let forwards = fit(&lives).expect("a law");
    lives.reverse();
    assert_eq!(fit(&lives).expect("a law"), forwards);
}

#[test]
fn says_why_where_no_law_can_be_told() {
    let cases: [(&[Life], Unidentified); 13] = [
        (&[], Unidentified::Empty),
        (&[good(0.0, 0.0, 5)], Unidentified::Empty),
        (&[failed(5.0, 0.0, 0)], Unidentified::Empty),
        (
            &[good(5.0, 0.0, 9), good(7.0, 1.0, 2)],
            Unidentified::NoFailure,
        ),
        (
            &[between(0.0, 5.0, 0.0, 9), between(0.0, 8.0, 0.0, 1)],
            Unidentified::NoSurvival,
        ),
        (&[failed(5.0, 0.0, 9)], Unidentified::OneTime),
        (
            &[failed(5.0, 2.0, 9), good(5.0, 0.0, 3), good(2.0, 0.0, 1)],
            Unidentified::OneTime,
        ),
        (
            &[failed(5.0, 0.0, 1), between(4.0, 6.0, 0.0, 3)],
            Unidentified::OneTime,
        ),
        // All may have failed at any age between 4 and 5.
        (
            &[
                between(3.0, 5.0, 0.0, 4),
                between(4.0, 6.0, 0.0, 3),
                good(2.0, 0.0, 1),
            ],
            Unidentified::Step,
        ),
        // Two neighbouring intervals: one share is known, not two numbers.
        (
            &[between(3.0, 5.0, 0.0, 4), between(5.0, 9.0, 0.0, 3)],
            Unidentified::Step,
        ),
        // One look at all: likewise.
        (
            &[between(0.0, 5.0, 0.0, 4), good(5.0, 0.0, 3)],
            Unidentified::Step,
        ),
        // The old are as good as the young.
        (
            &[
                between(0.0, 2.0, 0.0, 5),
                between(0.0, 9.0, 0.0, 1),
                good(2.0, 0.0, 2),
                good(9.0, 0.0, 8),
            ],
            Unidentified::NoWear,
        ),
        // All entered late and failed sooner the older they were.
        (
            &[
                failed(11.0, 10.0, 1),
                failed(90.0, 20.0, 1),
                good(990.0, 30.0, 3),
                good(400.0, 8.0, 5),
            ],
            Unidentified::NoWear,
        ),
    ];
    for (lives, why) in cases {
        assert_eq!(fit(lives).map(|fit| fit.shape), Err(why), "{lives:?}");
    }
}

#[test]
fn one_distinct_failure_time_is_enough_where_others_lived_longer() {
    let fit = fit(&[failed(10.0, 0.0, 5), good(40.0, 0.0, 20)]).expect("a law");
    // d/dshape at the maximum, by hand: r/β = r·Σ t^β ln(t/10)/Σ t^β.
    let powers = 20.0 * libm::pow(4.0, fit.shape);
    let slope = 1.0 / fit.shape - powers * libm::log(4.0) / (powers + 5.0);
    assert!(slope.abs() < 1e-12, "{fit:?}");
}

#[test]
fn impossible_lives_are_refused() {
    let cases = [
        (Observed::Failed(0.0), 0.0, LifeFault::FailedAtZero),
        (Observed::Failed(-1.0), 0.0, LifeFault::NotATime),
        (Observed::Good(f64::NAN), 0.0, LifeFault::NotATime),
        (Observed::Good(f64::INFINITY), 0.0, LifeFault::NotATime),
        (Observed::Failed(5.0), 5.0, LifeFault::EntryAfterEnd),
        (Observed::Good(5.0), 6.0, LifeFault::EntryAfterEnd),
        (
            Observed::Between {
                lower: 0.0,
                upper: 5.0,
            },
            5.0,
            LifeFault::EntryAfterEnd,
        ),
        (
            Observed::Between {
                lower: 5.0,
                upper: 5.0,
            },
            0.0,
            LifeFault::EmptyInterval,
        ),
    ];
    for (what, entry, fault) in cases {
        assert_eq!(Life::new(what, entry, 1), Err(fault), "{what:?}");
    }
    assert_eq!(
        Life::new(Observed::Good(1.0), 0.0, u64::MAX),
        Err(LifeFault::Count)
    );
    assert!(
        Life::new(Observed::Good(5.0), 5.0, 1).is_ok(),
        "seen once, says nothing"
    );
}

const CLASS: Prior = Prior {
    shape: 2.0,
    sd_log_shape: 0.35,
    scale: 1e8,
    sd_log_scale: 0.5,
};

#[test]
fn the_posterior_mode_agrees_with_forty_digits() {
    let lives = [
        failed(1.508e8, 1.091e8, 1),
        good(8.738e7, 0.0, 1),
        good(2.49e8, 1.217e8, 1),
        good(8.808e7, 4.62e7, 1),
        failed(4.29e7, 0.0, 1),
        failed(1.167e8, 8.14e7, 1),
    ];
    let expected = [
        1.6179888369691333,
        133688363.87244624,
        0.2732675586753041,
        0.29348590876857317,
        -59.119283248431415,
    ];
    assert_close(
        numbers(&fit_with_prior(&lives, &CLASS).expect("a law")),
        expected,
    );
}

#[test]
fn few_failures_lean_on_the_class_and_many_do_not() {
    let lives = |times: u64| {
        [
            failed(5e7, 0.0, times),
            failed(9e7, 0.0, 2 * times),
            good(1e8, 0.0, 40 * times),
        ]
    };
    let likeliest = fit(&lives(1)).expect("a law");
    let few = fit_with_prior(&lives(1), &CLASS).expect("a law");
    let many = fit_with_prior(&lives(100_000), &CLASS).expect("a law");
    assert!(
        few.shape < likeliest.shape && few.shape > CLASS.shape,
        "{few:?} {likeliest:?}"
    );
    assert!(
        (many.shape / likeliest.shape - 1.0).abs() < 1e-4,
        "{many:?}"
    );
    assert!(few.loglik < likeliest.loglik);
}

#[test]
fn a_prior_answers_where_the_data_alone_cannot() {
    let none_failed = fit_with_prior(&[good(2e7, 0.0, 10)], &CLASS).expect("a law");
    assert!(none_failed.scale > CLASS.scale && none_failed.scale < 1.5 * CLASS.scale);
    let one_time = fit_with_prior(&[failed(1e8, 0.0, 3)], &CLASS).expect("a law");
    assert!(one_time.shape > 2.2 && one_time.shape < 4.0, "{one_time:?}");
    assert_eq!(fit_with_prior(&[], &CLASS), Err(Unidentified::Empty));
}
