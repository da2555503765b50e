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
mod tests;
