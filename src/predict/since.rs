//! Since when an item counts: since it was done, since the last service, or since the vehicle was new.
//!
//! Not responsible for: what follows from it (`due`).

use super::Predictor;
use super::due::Case;
use crate::domain::Date;

/// Days in a mean month.
const DAYS_PER_MONTH: f64 = 30.44;

/// Where counting starts: km and months since, and how that is known.
pub(super) struct Since {
    pub(super) km: Option<f64>,
    pub(super) months: Option<f64>,
    pub(super) from: &'static str,
}

impl Since {
    /// How many intervals have passed, by km or by months, whichever is more.
    pub(super) fn intervals(&self, every_km: Option<f64>, every_months: Option<f64>) -> f64 {
        let passed = |since: Option<f64>, every: Option<f64>| match (since, every) {
            (Some(since), Some(every)) if every > 0.0 => since / every,
            _ => 0.0,
        };
        passed(self.km, every_km).max(passed(self.months, every_months))
    }
}

/// Chance that an item due by the schedule was not done elsewhere meanwhile, unrecorded: certain until
/// one whole interval has passed, `lapsed` from two intervals on, linear between.
pub(super) fn still_open(intervals: f64, lapsed: f64) -> f64 {
    1.0 - (1.0 - lapsed.clamp(0.0, 1.0)) * (intervals - 1.0).clamp(0.0, 1.0)
}

/// Months from a day to the one predicted for.
pub(super) fn months_since(predictor: &Predictor<'_>, date: Date) -> f64 {
    predictor.day.days_since(date) as f64 / DAYS_PER_MONTH
}

impl Case<'_> {
    /// Since the item itself was last recorded.
    pub(super) fn since_done(&self, item: usize) -> Option<Since> {
        let (_, done) = self.done.iter().find(|(done, _)| *done == item)?;
        let days = self.predictor.day.days_since(done.date) as f64;
        let km = match (done.km, self.odometer) {
            (Some(km), Some(now)) => Some((now.mean_km - km).max(0.0)),
            (None, Some(now)) => Some((now.km_per_day * days).max(0.0)),
            _ => None,
        };
        Some(Since {
            km,
            months: Some(months_since(self.predictor, done.date)),
            from: "done",
        })
    }

    pub(super) fn since_new(&self) -> Since {
        Since {
            km: self.odometer.map(|o| o.mean_km),
            months: self.bought_months,
            from: "new",
        }
    }

    /// Since the last service, for an item the service must have covered. The base service starts anew
    /// at the service itself; a rarer item at the last multiple of its interval passed by then.
    pub(super) fn since_service(&self, km: Option<f64>, months: Option<f64>) -> Option<Since> {
        let service = self.vehicle.last_service;
        let since_months = self.service_months?;
        let since_km = match (service.km, self.odometer) {
            (Some(at), Some(now)) => Some((now.mean_km - at).max(0.0)),
            (None, Some(now)) => Some(now.km_per_day * since_months * DAYS_PER_MONTH),
            _ => None,
        };
        let is_base = km.is_none_or(|km| km <= self.base_km * 1.05);
        if is_base {
            return Some(Since {
                km: since_km,
                months: Some(since_months),
                from: "service",
            });
        }
        let at = service.km?;
        let every = km?;
        let passed = (at * (1.0 + self.predictor.rates.due_window) / every).floor();
        if passed < 1.0 {
            return None;
        }
        let over = (at - passed * every).max(0.0);
        let rate = self.odometer.map_or(0.0, |o| o.km_per_day).max(1.0);
        let months_over = (over / rate / DAYS_PER_MONTH).min(months.unwrap_or(f64::INFINITY));
        Some(Since {
            km: since_km.map(|since| since + over),
            months: Some(since_months + months_over),
            from: "service",
        })
    }
}
