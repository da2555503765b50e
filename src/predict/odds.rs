//! What several rules say of one item: 1 − Π(1 − p), with the reason of the strongest.

use super::reason::Reason;
use crate::domain::rounding::ten_thousandths;
use crate::domain::settings::PredictSettings;

/// What the rules of an item say together.
#[derive(Clone, Copy)]
pub(super) struct Odds {
    /// Chance that it is not needed by any of them.
    none: f64,
    strongest: Option<(f64, Reason)>,
}

impl Odds {
    /// Before any rule was asked.
    pub(super) const NOTHING: Self = Self {
        none: 1.0,
        strongest: None,
    };

    /// What one more rule says, with its reason.
    pub(super) fn ask(&mut self, (p, reason): (f64, Reason)) {
        self.none *= 1.0 - p;
        if self.strongest.is_none_or(|known| p > known.0) {
            self.strongest = Some((p, reason));
        }
    }

    /// Its probability and the strongest rule's reason, where it is listed.
    pub(super) fn listed(&self, rates: &PredictSettings) -> Option<(f64, Reason)> {
        let (_, reason) = self.strongest?;
        let p = 1.0 - self.none;
        // Most are far from it.
        if p < rates.least_probability - 1e-4 {
            return None;
        }
        let p = ten_thousandths(p);
        (p >= rates.least_probability).then_some((p, reason))
    }
}
