//! What the fit is made of, part by part: slopes, sums, the search before and after it is polished, the limit.

use super::super::identify::check;
use super::super::likelihood::{Curve, at};
use super::super::reference::{between, failed, good};
use super::super::sample::{Case, Sample, Stretch};
use super::super::*;

/// Every kind of life there is.
fn all_kinds() -> Vec<Life> {
    vec![
        failed(3.0, 0.0, 2),
        failed(5.0, 2.0, 1),
        good(7.0, 0.0, 3),
        good(6.0, 4.0, 2),
        between(0.0, 4.0, 0.0, 1),
        between(2.0, 6.0, 0.0, 2),
        between(3.0, 8.0, 1.0, 3),
        between(1.0, 5.0, 2.0, 2),
    ]
}

#[test]
fn slope_and_curvature_are_differences_of_the_value() {
    let sample = Sample::of(&all_kinds());
    for (u, v) in [(0.2, 0.3), (1.0, -0.4), (-1.0, 1.5), (0.7, 0.1)] {
        let curve = at(&sample, [u, v]);
        let step = 1e-4;
        let (right, left) = (at(&sample, [u + step, v]), at(&sample, [u - step, v]));
        let (up, down) = (at(&sample, [u, v + step]), at(&sample, [u, v - step]));
        let middle = |a: f64, b: f64| (a - b) / (2.0 * step);
        for (name, found, expected) in [
            ("u", curve.slope[0], middle(right.value, left.value)),
            ("v", curve.slope[1], middle(up.value, down.value)),
            (
                "uu",
                curve.curvature[0],
                middle(right.slope[0], left.slope[0]),
            ),
            ("uv", curve.curvature[1], middle(up.slope[0], down.slope[0])),
            (
                "vu",
                curve.curvature[1],
                middle(right.slope[1], left.slope[1]),
            ),
            ("vv", curve.curvature[2], middle(up.slope[1], down.slope[1])),
        ] {
            let away = (found - expected).abs() / (1.0 + expected.abs());
            assert!(away < 1e-6, "{name} at {u}, {v}: {found} {expected}");
        }
    }
}

/// At shape and scale 1 a life that was good at 1 adds −1: sums of whole numbers.
#[test]
fn small_terms_beside_a_huge_one_are_not_lost() {
    let value = |counts: &[f64]| {
        let case = |count: &f64| Case {
            count: *count,
            lived: Some(Stretch {
                from: f64::NEG_INFINITY,
                to: 0.0,
            }),
            failed_at_end: false,
            failed_in: None,
        };
        let sample = Sample {
            cases: counts.iter().map(case).collect(),
            reference: 0.0,
            exact: 0.0,
            truncated: false,
        };
        at(&sample, [0.0, 0.0]).value
    };
    // Doubles near 1e17 are 16 apart: 5 added to it is lost, eight of them make 40 ≈ 48.
    assert!((value(&[1e17, 5.0, 5.0, 5.0, 1.0]) + 1e17 + 16.0).abs() < 1.0);
    assert!((value(&[5.0, 5.0, 1e17, 5.0, 1.0]) + 1e17 + 16.0).abs() < 1.0);
    assert!((value(&[16.0, 1e17, 16.0]) + 1e17 + 32.0).abs() < 1.0);
}

fn samples() -> Vec<Sample> {
    let lives = [
        all_kinds(),
        vec![failed(10.0, 0.0, 5), good(40.0, 0.0, 20)],
        vec![
            between(144.7, 401.4, 0.0, 4),
            good(624.9, 0.0, 1),
            between(401.4, 614.5, 0.0, 1),
        ],
        vec![
            between(0.0, 100.0, 0.0, 50),
            good(99.0, 0.0, 50),
            good(100.5, 0.0, 1),
        ],
        vec![
            between(2.0, 200.0, 3.0, 20),
            failed(500.0, 5.0, 1),
            good(50.0, 20.0, 20),
        ],
        vec![
            between(0.0, 3.0, 0.0, 10),
            between(2.0, 900.0, 0.0, 2),
            good(950.0, 0.0, 4),
        ],
    ];
    lives.iter().map(|lives| Sample::of(lives)).collect()
}

#[test]
fn the_search_ends_where_polishing_changes_nothing() {
    for sample in samples() {
        let found = profile::best(&sample).expect("a maximum");
        let (polished, curve) = profile::polish(&sample, found);
        for (found, polished) in found.into_iter().zip(polished) {
            assert!((found - polished).abs() < 1e-7, "{found} {polished}");
        }
        assert!(curve.slope.iter().all(|slope| slope.abs() < 1e-7));
    }
}

#[test]
fn polishing_finds_the_maximum_from_nearby() {
    for sample in samples() {
        let best = profile::best(&sample).expect("a maximum");
        let bend = libm::exp(best[0]);
        for (du, dv) in [(0.1, 0.0), (-0.1, 0.05 / bend), (0.02, -0.1 / bend)] {
            let (found, curve) = profile::polish(&sample, [best[0] + du, best[1] + dv]);
            assert!((found[0] - best[0]).abs() < 1e-7, "{found:?} {best:?}");
            assert!(
                ((found[1] - best[1]) * bend).abs() < 1e-7,
                "{found:?} {best:?}"
            );
            assert!(curve.slope.iter().all(|slope| slope.abs() < 1e-7));
            assert_eq!(curve, at(&sample, found));
        }
    }
}

#[test]
fn polishing_takes_no_step_down() {
    for sample in samples() {
        for u in -8..8 {
            for v in -8..8 {
                let start = [f64::from(u) * 0.5, f64::from(v)];
                let before = at(&sample, start);
                if !before.value.is_finite() {
                    continue;
                }
                let (found, after) = profile::polish(&sample, start);
                assert!(after.value.is_finite(), "{start:?}");
                let lost = before.value - after.value;
                assert!(lost <= 1e-7 * before.value.abs(), "{start:?}: {lost}");
                // Where the surface does not curve down every way Newton's step may lead anywhere.
                let [uu, uv, vv] = before.curvature;
                if uu >= 0.0 || uu * vv <= uv * uv {
                    assert_eq!(found, start);
                }
            }
        }
    }
}

#[test]
fn errors_are_told_only_where_the_surface_curves_down_every_way() {
    let sample = Sample::of(&[failed(5.0, 0.0, 1)]);
    let told = |uu: f64, uv: f64, vv: f64| {
        let curve = Curve {
            value: 0.0,
            slope: [0.0; 2],
            curvature: [-uu, -uv, -vv],
        };
        fit_at(&sample, [0.0, 0.0], &curve)
    };
    let law = told(4.0, 2.0, 10.0).expect("a top");
    // The inverse of (4 2; 2 10) is (10 −2; −2 4) / 36.
    assert!((law.se_log_shape - libm::sqrt(10.0 / 36.0)).abs() < 1e-12);
    assert!((law.se_log_scale - libm::sqrt(4.0 / 36.0)).abs() < 1e-12);
    assert!((law.covariance + 2.0 / 36.0).abs() < 1e-12);
    // Flat one way, a saddle, a valley, a ridge.
    for (uu, uv, vv) in [
        (0.0, 0.0, 1.0),
        (1.0, 0.0, 0.0),
        (1.0, 2.0, 1.0),
        (-1.0, 0.0, 1.0),
        (1.0, 0.0, -1.0),
        (-1.0, 0.0, -1.0),
        (2.0, 4.0, 8.0),
        (f64::NAN, 0.0, 1.0),
    ] {
        assert_eq!(told(uu, uv, vv), Err(Unidentified::Flat), "{uu} {uv} {vv}");
    }
    // What counts is the share of the determinant, whatever the size.
    for size in [1e-5, 1.0, 1e9] {
        assert!(told(size, size * (1.0 - 1e-9), size).is_ok(), "{size}");
        assert!(told(size, size * (1.0 - 1e-14), size).is_err(), "{size}");
        assert!(
            told(1.0, size * (1.0 - 1e-9), size * size).is_ok(),
            "{size}"
        );
    }
}

#[test]
fn the_law_of_one_age_has_the_likelihood_of_the_shares_there() {
    // By 5 four fail and three survive, one of which fails later; the others say nothing of 5.
    let lives = [
        between(1.0, 5.0, 2.0, 4),
        good(5.0, 1.0, 2),
        between(5.0, 9.0, 0.0, 1),
        good(2.0, 1.0, 6),
        between(2.0, 7.0, 0.0, 3),
    ];
    let limit = check(&Sample::of(&lives)).expect("a limit");
    let expected = 4.0 * libm::log(4.0 / 7.0) + 3.0 * libm::log(3.0 / 7.0);
    assert!((limit - expected).abs() < 1e-12, "{limit} {expected}");
    // A very steep law comes near it: H(5) = ln(7/3) at shape 2000.
    let v = libm::log(5.0) - libm::log(libm::log(7.0 / 3.0)) / 2000.0;
    let steep = super::apart::loglik(&lives, libm::log(2000.0), v);
    assert!((steep - expected).abs() < 1e-9, "{steep} {expected}");
}

#[test]
fn every_reason_has_words_of_its_own_in_both_languages() {
    let reasons = [
        Unidentified::Empty,
        Unidentified::NoFailure,
        Unidentified::NoSurvival,
        Unidentified::OneTime,
        Unidentified::Step,
        Unidentified::NoWear,
        Unidentified::Flat,
    ];
    let mut words: Vec<&str> = Vec::new();
    for (english, chinese) in reasons.map(Unidentified::words) {
        assert!(english.is_ascii() && !chinese.is_ascii(), "{english}");
        words.extend([english, chinese]);
    }
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), 14);
}
