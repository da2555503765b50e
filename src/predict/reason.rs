//! Why an item is due, while it is worked out: in plain figures, written down as [`ItemReason`] where somebody reads it.

use crate::domain::rounding::{tenths, whole};
use crate::plan::model::ItemReason;

/// As [`ItemReason`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Reason {
    pub(super) rule: &'static str,
    pub(super) by: &'static str,
    pub(super) since_km: Option<f64>,
    pub(super) since_months: Option<f64>,
    pub(super) interval_km: Option<f64>,
    pub(super) interval_months: Option<f64>,
    pub(super) severe: bool,
    pub(super) counted_from: &'static str,
}

impl Reason {
    /// A rule without figures.
    pub(super) fn plain(rule: &'static str) -> Self {
        Self {
            rule,
            by: "",
            since_km: None,
            since_months: None,
            interval_km: None,
            interval_months: None,
            severe: false,
            counted_from: "",
        }
    }

    /// In the figures people read: whole km, tenths of a month.
    pub(super) fn rounded(self) -> Self {
        Self {
            since_km: self.since_km.map(whole),
            since_months: self.since_months.map(tenths),
            ..self
        }
    }

    /// Whether a whole interval has passed since the item was last done, not only the time it is due early.
    pub(super) fn is_overdue(&self) -> bool {
        let passed = |since: Option<f64>, every: Option<f64>| matches!((since, every), (Some(since), Some(every)) if since >= every);
        passed(self.since_km, self.interval_km) || passed(self.since_months, self.interval_months)
    }
}

impl From<Reason> for ItemReason {
    fn from(reason: Reason) -> Self {
        Self {
            rule: reason.rule.into(),
            by: reason.by.into(),
            since_km: reason.since_km,
            since_months: reason.since_months,
            interval_km: reason.interval_km,
            interval_months: reason.interval_months,
            severe: reason.severe,
            counted_from: reason.counted_from.into(),
        }
    }
}
