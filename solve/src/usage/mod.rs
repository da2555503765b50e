//! Odometer on a day: a vehicle's own rate of use, shrunk towards its class, with its spread.
//!
//! Responsible for: readings → expected odometer, standard deviation and rate (planning-model §1;
//! parts research §2.3: r̂ = B·m + (`1−B)·r_own`, B = (σ²/T)/(σ²/T + τ²), Var = σ²h + h²/(T/σ² + 1/τ²)).
//! Not responsible for: whose readings they are, or what class a vehicle is in.

mod chain;
mod class;
mod fleet;

pub use chain::{SetAside, WhySetAside, plausible_chain};
pub use class::{ClassRate, OwnRecord, class_rate};
pub use fleet::{Answer, Basis, ClassBasis, Known, answer};

/// Readings that imply more than this are set aside, km per day.
pub const MOST_KM_PER_DAY: f64 = 1500.0;

/// Expected odometer with its spread.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Expected reading, km.
    pub mean_km: f64,
    /// Standard deviation, km.
    pub sd_km: f64,
    /// Expected rate, km per day.
    pub km_per_day: f64,
}

/// The shrunk rate and the variance left in it.
pub fn shrunk_rate(own: Option<OwnRecord>, class: ClassRate) -> (f64, f64) {
    match own {
        Some(own) if own.days > 0.0 => {
            let sampling = class.within / own.days;
            let weight = sampling / (sampling + class.between);
            let rate = weight * class.mean + (1.0 - weight) * own.km / own.days;
            (rate.max(0.0), 1.0 / (1.0 / sampling + 1.0 / class.between))
        }
        _ => (class.mean, class.between),
    }
}

/// Odometer `days` after a reading of `last_km`. Days before the reading count back, not below 0.
pub fn extrapolate(last_km: f64, days: f64, own: Option<OwnRecord>, class: ClassRate) -> Estimate {
    let (rate, rate_variance) = shrunk_rate(own, class);
    let variance = class.within * days.abs() + days * days * rate_variance;
    Estimate {
        mean_km: (last_km + rate * days).max(0.0),
        sd_km: variance.sqrt(),
        km_per_day: rate,
    }
}

/// Odometer between two readings that can both be true: on the line between them, with the spread of a Brownian
/// bridge, σ²·h₁·h₂/(h₁ + h₂).
pub fn interpolate(
    before: (i64, f64),
    after: (i64, f64),
    day: i64,
    own: Option<OwnRecord>,
    class: ClassRate,
) -> Estimate {
    let (from, to) = ((day - before.0) as f64, (after.0 - day) as f64);
    let length = (from + to).max(1.0);
    Estimate {
        mean_km: before.1 + (after.1 - before.1) * from / length,
        sd_km: (class.within * from * to / length).sqrt(),
        km_per_day: shrunk_rate(own, class).0,
    }
}

#[cfg(test)]
mod tests {
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
            let readings =
                (0..8_i64).map(|k| (k * 30, rate * 30.0 * k as f64 + 50.0 * (k % 2) as f64));
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
}
