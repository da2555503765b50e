//! What must hold of every fit; exact answers stand in `reference`.

use super::reference::{CLASS, assert_close, between, failed, good, numbers};
use super::*;

mod apart;
mod maxima;
mod parts;

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

#[test]
fn errors_and_their_covariance_are_the_curvature_of_the_likelihood() {
    let lives = [failed(4.0, 1.0, 7), failed(8.0, 0.0, 2), good(9.0, 3.0, 30)];
    let law = fit(&lives).expect("a law");
    // ln density of the failures, ln survival of the others, given that each had lived to its entry.
    let loglik = |ln_shape: f64, ln_scale: f64| {
        let (shape, scale) = (libm::exp(ln_shape), libm::exp(ln_scale));
        let hazard = |t: f64| libm::pow(t / scale, shape);
        let density = |t: f64| ln_shape - ln_scale + (shape - 1.0) * libm::log(t / scale);
        7.0 * (density(4.0) - hazard(4.0) + hazard(1.0)) + 2.0 * (density(8.0) - hazard(8.0))
            - 30.0 * (hazard(9.0) - hazard(3.0))
    };
    let (shape, scale, step) = (libm::log(law.shape), libm::log(law.scale), 1e-3);
    assert!((loglik(shape, scale) - law.loglik).abs() < 1e-9);
    let second = |du: f64, dv: f64| {
        let at = |a: f64, b: f64| loglik(shape + a * step, scale + b * step);
        (at(du, dv) - at(du, -dv) - at(-du, dv) + at(-du, -dv)) / (4.0 * step * step)
    };
    let twice = |du: f64, dv: f64| {
        let at = |a: f64| loglik(shape + a * du * step, scale + a * dv * step);
        (at(1.0) - 2.0 * at(0.0) + at(-1.0)) / (step * step)
    };
    let (uu, vv, uv) = (-twice(1.0, 0.0), -twice(0.0, 1.0), -second(1.0, 1.0));
    let determinant = uu * vv - uv * uv;
    for (name, found, wanted) in [
        ("shape", law.se_log_shape, (vv / determinant).sqrt()),
        ("scale", law.se_log_scale, (uu / determinant).sqrt()),
        ("covariance", law.covariance, -uv / determinant),
    ] {
        assert!(
            (found / wanted - 1.0).abs() < 1e-3,
            "{name}: {found} {wanted}"
        );
    }
}

#[test]
fn an_interval_lies_a_factor_of_196_errors_about_its_estimate() {
    let law = fit(&[failed(4.0, 0.0, 7), failed(8.0, 0.0, 2), good(9.0, 0.0, 30)]).expect("a law");
    for (estimate, se, interval) in [
        (law.shape, law.se_log_shape, law.shape_95()),
        (law.scale, law.se_log_scale, law.scale_95()),
    ] {
        let errors = interval.map(|end| libm::log(end / estimate) / se);
        assert!((errors[0] + 1.959_964).abs() < 1e-6, "{errors:?}");
        assert!((errors[1] - 1.959_964).abs() < 1e-6, "{errors:?}");
    }
}

#[test]
fn lives_are_counted_line_by_line_with_their_number() {
    let lives = [
        failed(4.0, 0.0, 7),
        between(1.0, 2.0, 0.0, 2),
        good(9.0, 0.0, 30),
    ];
    assert_eq!(counts(&lives), (39, 9));
}
