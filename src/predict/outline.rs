//! A prediction in short: the few figures kept of everybody.

use super::Predictor;
use super::due::DueItem;
use super::worth::{Prediction, Terms, show_up_if_called, value};
use crate::domain::Vehicle;
use crate::domain::settings::PredictSettings;

/// A prediction in a few figures: what is kept of everybody, while [`Prediction`] is made where it is read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outline {
    /// One item at least is more likely needed than not.
    pub due: bool,
    terms: Terms,
    /// Σ p · hours and Σ p · (margin + weight), yuan, of what is done on tour with a lift.
    with_lift: (f64, f64),
    /// Likewise without one.
    without_lift: (f64, f64),
}

/// What an item adds.
#[derive(Clone, Copy)]
pub(super) struct Worth {
    p: f64,
    /// On tour.
    hours: f64,
    /// Margin and weight, yuan.
    value: f64,
    /// Can be done on tour at all.
    fieldable: bool,
    needs_lift: bool,
}

impl Worth {
    /// As the book's crew can do it.
    pub(super) fn of(predictor: &Predictor<'_>, due: &DueItem<'_>) -> Self {
        Self {
            p: due.p,
            hours: due.hours,
            value: value(predictor, due.item, due.reason),
            fieldable: due.item.fieldable,
            needs_lift: due.item.item.needs_lift,
        }
    }
}

/// What a visit is expected to take and to be worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expected {
    /// As [`Prediction::expected_hours`].
    pub hours: f64,
    /// As [`Prediction::planning_value`], yuan.
    pub value: f64,
}

impl Outline {
    /// Of a prediction: `fieldable` says what can be done on tour, `needs_lift` what of it needs a lift.
    pub fn of(
        prediction: &Prediction,
        fieldable: &dyn Fn(&str) -> bool,
        needs_lift: &dyn Fn(&str) -> bool,
    ) -> Self {
        let mut outline = Self {
            due: false,
            terms: prediction.terms(),
            with_lift: (0.0, 0.0),
            without_lift: (0.0, 0.0),
        };
        for (item, value) in prediction.items.iter().zip(&prediction.item_values) {
            let code = item.item.as_str();
            outline.push(Worth {
                p: item.p,
                hours: item.hours,
                value: *value,
                fieldable: fieldable(code),
                needs_lift: needs_lift(code),
            });
        }
        outline
    }

    /// Of a vehicle of which no item is known yet.
    pub(super) fn bare(predictor: &Predictor<'_>, vehicle: &Vehicle) -> Self {
        Self {
            due: false,
            terms: Terms::of(predictor, vehicle),
            with_lift: (0.0, 0.0),
            without_lift: (0.0, 0.0),
        }
    }

    /// With an item more.
    pub(super) fn push(&mut self, worth: Worth) {
        self.due |= worth.p >= 0.5;
        if worth.fieldable {
            self.with_lift.0 += worth.p * worth.hours;
            self.with_lift.1 += worth.p * worth.value;
            if !worth.needs_lift {
                self.without_lift.0 += worth.p * worth.hours;
                self.without_lift.1 += worth.p * worth.value;
            }
        }
    }

    /// At a point with a lift, or without one.
    pub fn expected(&self, lift: bool) -> Expected {
        let (hours, value) = if lift {
            self.with_lift
        } else {
            self.without_lift
        };
        Expected {
            hours: self.terms.hours(hours),
            value: self.terms.value(value),
        }
    }

    /// The same vehicle if its customer could be called.
    #[must_use]
    pub fn if_called(mut self, rates: &PredictSettings, vehicle: &Vehicle) -> Self {
        self.terms.show_up = show_up_if_called(rates, vehicle);
        self
    }

    /// The same vehicle if everybody came `factor` times as often.
    #[must_use]
    pub fn if_more_came(mut self, factor: f64) -> Self {
        self.terms.show_up = (self.terms.show_up * factor).clamp(0.0, 1.0);
        self
    }
}
