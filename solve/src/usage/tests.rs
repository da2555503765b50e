//! The formulas of use, worked out by hand.

use super::*;

#[test]
fn a_long_record_outweighs_its_class_and_a_short_one_does_not() {
    let class = ClassRate {
        between: 400.0,
        ..ClassRate::assumed(100.0)
    };
    let long = shrunk_rate(Some(OwnRecord::of_ends(2000.0, 40_000.0)), class).0;
    let short = shrunk_rate(Some(OwnRecord::of_ends(10.0, 200.0)), class).0;
    assert!((20.0..40.0).contains(&long), "{long}");
    assert!(short > 85.0, "{short}");
}

#[test]
fn shrinkage_and_spread_are_those_of_the_formula() {
    let class = ClassRate {
        mean: 60.0,
        between: 100.0,
        within: 3_000.0,
    };
    // σ²/T = 30, B = 30/130, r̂ = B·60 + (1 − B)·80; Var = σ²·50 + 50²/(1/30 + 1/100).
    let own = Some(OwnRecord::of_ends(100.0, 8_000.0));
    let estimate = extrapolate(8_000.0, 50.0, own, class);
    let rate = 60.0 * 30.0 / 130.0 + 80.0 * 100.0 / 130.0;
    assert!((estimate.km_per_day - rate).abs() < 1e-9);
    assert!((estimate.mean_km - (8_000.0 + 50.0 * rate)).abs() < 1e-9);
    let variance: f64 = 3_000.0 * 50.0 + 2_500.0 / (1.0 / 30.0 + 1.0 / 100.0);
    assert!((estimate.sd_km - variance.sqrt()).abs() < 1e-9);
}

#[test]
fn a_record_over_no_days_counts_for_nothing() {
    let class = ClassRate::assumed(60.0);
    let (rate, variance) = shrunk_rate(Some(OwnRecord::of_ends(0.0, 0.0)), class);
    assert_eq!((rate, variance), (class.mean, class.between));
}

#[test]
fn the_spread_grows_with_the_days_since_the_reading() {
    let class = ClassRate::assumed(60.0);
    let near = extrapolate(10_000.0, 10.0, None, class).sd_km;
    let far = extrapolate(10_000.0, 100.0, None, class).sd_km;
    assert!(near > 0.0 && far > 5.0 * near, "{near} {far}");
}

#[test]
fn a_class_of_four_keeps_the_prior() {
    let four = [OwnRecord::of_ends(100.0, 30_000.0); 4];
    let prior = ClassRate::assumed(50.0);
    assert_eq!(class_rate(&four, prior), prior);
    let five = [OwnRecord::of_ends(100.0, 30_000.0); 5];
    assert!((class_rate(&five, prior).mean - 300.0).abs() < 1e-9);
}

#[test]
fn a_short_record_moves_the_class_mean_less_than_a_long_one() {
    let mut records = vec![OwnRecord::of_ends(1000.0, 50_000.0); 6];
    records.push(OwnRecord::of_ends(5.0, 2_000.0));
    let mean = class_rate(&records, ClassRate::assumed(50.0)).mean;
    assert!((50.0..55.0).contains(&mean), "{mean}");
}

#[test]
fn a_wrong_record_no_chain_could_tell_teaches_nothing_of_the_class() {
    let right = |n: i64| {
        let rate = 90.0 + n as f64;
        let readings = (0..8_i64).map(|k| (k * 30, rate * 30.0 * k as f64 + 50.0 * (k % 2) as f64));
        OwnRecord::of(&readings.collect::<Vec<_>>()).expect("a record")
    };
    let mut records: Vec<OwnRecord> = (0..20).map(right).collect();
    let clean = class_rate(&records, ClassRate::assumed(50.0));
    let wrong = [(0, 0.0), (30, 2_700.0), (60, 80_000.0), (90, 83_000.0)];
    records.push(OwnRecord::of(&wrong).expect("a record"));
    let with_wrong = class_rate(&records, ClassRate::assumed(50.0));
    assert_eq!(with_wrong, clean);
}

#[test]
fn residuals_tell_how_much_use_varies() {
    // 100 km a day, every second ten days 200 km more and less: σ² = 200²/10 on average.
    let readings = (0..30_i64).map(|n| (n * 10, 1_000.0 * n as f64 + 100.0 * (n % 2) as f64));
    let own = OwnRecord::of(&readings.collect::<Vec<_>>()).expect("a record");
    let class = class_rate(&[own; 5], ClassRate::assumed(50.0));
    assert!((class.within - 1_000.0).abs() < 60.0, "{}", class.within);
}

#[test]
fn between_two_readings_the_spread_is_that_of_a_bridge() {
    let class = ClassRate {
        mean: 60.0,
        between: 100.0,
        within: 3_000.0,
    };
    let estimate = interpolate((20_000, 1_000.0), (20_100, 5_000.0), 20_025, None, class);
    assert!((estimate.mean_km - 2_000.0).abs() < 1e-9);
    let variance: f64 = 3_000.0 * 25.0 * 75.0 / 100.0;
    assert!((estimate.sd_km - variance.sqrt()).abs() < 1e-9);
    assert_eq!(estimate.km_per_day, 60.0);
}

#[test]
fn mean_and_spread_of_a_class_are_those_of_the_formula() {
    let records = [
        (100.0, 40.0),
        (100.0, 60.0),
        (100.0, 80.0),
        (400.0, 50.0),
        (400.0, 90.0),
    ];
    let records = records.map(|(days, rate)| OwnRecord::of_ends(days, days * rate));
    let class = class_rate(&records, ClassRate::assumed(50.0));
    // DerSimonian & Laird's moments, worked out apart from this code; no residuals: σ² = (½·30·67.27)²/30.
    assert!((class.within - 33_942.148_760).abs() < 1e-3, "{class:?}");
    assert!((class.between - 365.877_378).abs() < 1e-3, "{class:?}");
    assert!((class.mean - 65.105_689).abs() < 1e-3, "{class:?}");
    let with_nothing = [&records[..], &[OwnRecord::of_ends(0.0, 0.0)]].concat();
    assert_eq!(class_rate(&with_nothing, ClassRate::assumed(50.0)), class);
    let alike = class_rate(&[records[1]; 5], ClassRate::assumed(50.0));
    assert!(
        (alike.between - 144.0).abs() < 1e-9,
        "a fifth of 60: {alike:?}"
    );
}

/// Thirty-one records: ten at 100 less `apart`, eleven at 100, ten at 100 more.
fn spread(apart: f64) -> Vec<OwnRecord> {
    let rates = [(10, 100.0 - apart), (11, 100.0), (10, 100.0 + apart)];
    let records = rates.map(|(count, rate)| vec![OwnRecord::of_ends(100.0, 100.0 * rate); count]);
    records.concat()
}

#[test]
fn six_robust_deviations_or_a_quarter_off_the_median_is_too_far() {
    let prior = ClassRate::assumed(50.0);
    // 6 × 1.4826 × 10 = 88.96; with all within 1 a quarter of 100 is more.
    for (apart, near, far) in [(10.0, 188.0, 190.0), (1.0, 124.0, 126.0)] {
        let records = spread(apart);
        let alone = class_rate(&records, prior);
        let with = |rate: f64| {
            let more = OwnRecord::of_ends(100.0, 100.0 * rate);
            class_rate(&[records.clone(), vec![more]].concat(), prior)
        };
        assert_ne!(with(near), alone, "{near}");
        assert_eq!(with(far), alone, "{far}");
    }
}

#[test]
fn ten_times_the_median_variance_from_day_to_day_is_left_out() {
    let record = |variance: f64, freedom: u32| OwnRecord {
        residual: variance * f64::from(freedom),
        freedom,
        ..OwnRecord::of_ends(100.0, 10_000.0)
    };
    let prior = ClassRate::assumed(50.0);
    let mut records = vec![record(1_000.0, 10); 5];
    // Six of which only both ends are known tell nothing of it.
    records.extend([record(0.0, 0); 6]);
    assert_eq!(class_rate(&records, prior).within, 1_000.0);
    for (variance, within) in [(9_000.0, 104_000.0 / 56.0), (11_000.0, 1_000.0)] {
        let more = [records.clone(), vec![record(variance, 6)]].concat();
        let found = class_rate(&more, prior).within;
        assert!((found - within).abs() < 1e-9, "{variance}: {found}");
    }
}
