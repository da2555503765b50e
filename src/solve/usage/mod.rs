//! Odometer on a day: a vehicle's own rate of use, shrunk towards its class, with its spread.
//!
//! Responsible for: readings → expected odometer, standard deviation and rate (planning-model §1;
//! parts research §2.3: r̂ = B·m + (`1−B)·r_own`, B = (σ²/T)/(σ²/T + τ²), Var = σ²h + h²/(T/σ² + 1/τ²)).
//! Not responsible for: whose readings they are, or what class a vehicle is in.

mod chain;

pub use chain::{SetAside, WhySetAside, plausible_chain};

/// Readings that imply more than this are set aside, km per day.
pub const MOST_KM_PER_DAY: f64 = 1500.0;

/// How much a month's use of one vehicle varies round its own mean: coefficient of variation over 30
/// days. An assumption (research/parts §2.3 found 0.4–0.6 on fleet data).
const MONTHLY_VARIATION: f64 = 0.5;

/// How much vehicles of a class differ where too few are known to tell, as a share of the mean.
const BETWEEN_VEHICLES: f64 = 0.5;

/// Fewest vehicles a class needs before its own mean is used.
const SMALLEST_CLASS: usize = 5;

/// Use of a class of vehicles.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClassRate {
    /// Mean, km per day.
    pub mean: f64,
    /// Variance of vehicles' own means, (km/day)².
    pub between: f64,
}

impl ClassRate {
    /// A class known only by an assumed mean.
    pub fn assumed(mean: f64) -> Self {
        let spread = BETWEEN_VEHICLES * mean;
        Self {
            mean,
            between: spread * spread,
        }
    }

    /// Variance of one vehicle's daily increments, km²/day.
    fn within(&self) -> f64 {
        let month = MONTHLY_VARIATION * 30.0 * self.mean;
        (month * month / 30.0).max(1.0)
    }
}

/// One vehicle's own record: kilometres over days.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OwnRecord {
    /// Days between first and last reading.
    pub days: f64,
    /// Kilometres between them.
    pub km: f64,
}

/// Class mean and spread by moments, records in a fixed order; `prior` where too few are known.
pub fn class_rate(records: &[OwnRecord], prior: ClassRate) -> ClassRate {
    let usable: Vec<&OwnRecord> = records.iter().filter(|r| r.days >= 30.0).collect();
    if usable.len() < SMALLEST_CLASS {
        return prior;
    }
    let count = usable.len() as f64;
    let mean = usable.iter().map(|r| r.km / r.days).sum::<f64>() / count;
    let estimate = ClassRate {
        mean: mean.max(1.0),
        between: 0.0,
    };
    let total = usable
        .iter()
        .map(|r| (r.km / r.days - mean) * (r.km / r.days - mean))
        .sum::<f64>()
        / (count - 1.0);
    let sampling = usable
        .iter()
        .map(|r| estimate.within() / r.days)
        .sum::<f64>()
        / count;
    let least = 0.04 * estimate.mean * estimate.mean;
    ClassRate {
        between: (total - sampling).max(least),
        ..estimate
    }
}

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
            let sampling = class.within() / own.days;
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
    let variance = class.within() * days.abs() + days * days * rate_variance;
    Estimate {
        mean_km: (last_km + rate * days).max(0.0),
        sd_km: variance.sqrt(),
        km_per_day: rate,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_record_outweighs_its_class_and_a_short_one_does_not() {
        let class = ClassRate {
            mean: 100.0,
            between: 400.0,
        };
        let long = shrunk_rate(
            Some(OwnRecord {
                days: 2000.0,
                km: 40_000.0,
            }),
            class,
        )
        .0;
        let short = shrunk_rate(
            Some(OwnRecord {
                days: 10.0,
                km: 200.0,
            }),
            class,
        )
        .0;
        assert!((20.0..40.0).contains(&long), "{long}");
        assert!(short > 85.0, "{short}");
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
        let four = [OwnRecord {
            days: 100.0,
            km: 30_000.0,
        }; 4];
        let prior = ClassRate::assumed(50.0);
        assert_eq!(class_rate(&four, prior), prior);
        let five = [OwnRecord {
            days: 100.0,
            km: 30_000.0,
        }; 5];
        assert!((class_rate(&five, prior).mean - 300.0).abs() < 1e-9);
    }
}
