//! What the dealer wants beyond money: fairness over months, and what must or must not be visited.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::{Date, Month};

/// Fairness over months: changes planning values only, never income or cost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PolicySettings {
    /// Share of the planning value lost at a point that was served just now, itself or its county.
    pub served_lost_share: f64,
    /// Months after which nothing of it is lost any more; the value grows evenly until then.
    pub served_recovers_months: f64,
    /// The priority weight of a safety item is multiplied by this once its whole interval has passed.
    pub overdue_safety_factor: f64,
}

impl Default for PolicySettings {
    fn default() -> Self {
        Self {
            served_lost_share: 0.3,
            served_recovers_months: 6.0,
            overdue_safety_factor: 1.5,
        }
    }
}

/// Days in a mean month.
const DAYS_PER_MONTH: f64 = 30.44;

impl PolicySettings {
    /// Share of the planning value lost on `day` at a point last served on `served`.
    pub fn lost_share(&self, served: Date, day: Date) -> f64 {
        let months = day.days_since(served).max(0) as f64 / DAYS_PER_MONTH;
        if months >= self.served_recovers_months {
            return 0.0;
        }
        self.served_lost_share * (1.0 - months / self.served_recovers_months)
    }
}

/// Points that must, or must not, be visited: point id → `must`, `never`, or the date (ISO) on which a visit begins.
pub type Pins = BTreeMap<String, String>;

/// Whether a pin is written as one can be; a date must lie in the month, where that is known.
pub fn is_pin(text: &str, month: Option<Month>) -> bool {
    matches!(text, "must" | "never")
        || Date::parse_iso(text).is_some_and(|date| month.is_none_or(|m| Month::of(date) == m))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn value_grows_evenly_with_the_months_since_an_area_was_served() {
        let policy = PolicySettings::default();
        let day = |text| Date::parse_iso(text).expect("a test date");
        let lost = |served| policy.lost_share(day(served), day("2026-12-15"));
        assert!((lost("2026-12-15") - 0.3).abs() < 1e-12);
        assert!((lost("2026-09-15") - 0.15).abs() < 0.003);
        assert_eq!(lost("2026-05-15"), 0.0);
        assert!(
            (lost("2027-01-15") - 0.3).abs() < 1e-12,
            "a day ahead is as new as can be"
        );
        let off = PolicySettings {
            served_recovers_months: 0.0,
            ..policy
        };
        assert_eq!(off.lost_share(day("2026-12-15"), day("2026-12-15")), 0.0);
    }
}
