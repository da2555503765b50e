//! Items → show-up, expected hours, planning value and expected income.

use super::Predictor;
use super::book::ItemBook;
use super::due::DueItem;
use super::reason::Reason;
use crate::domain::rounding::ten_thousandths;
use crate::domain::settings::PredictSettings;
use crate::domain::{CustomerType, Item, Priority, Vehicle};
use crate::plan::model::{OdometerEstimate, PlannedItem};

/// What one vehicle is expected to need, bring and take.
#[derive(Clone, Debug, PartialEq)]
pub struct Prediction {
    /// Odometer on the day, where anything is known.
    pub odometer: Option<OdometerEstimate>,
    /// Chance that it comes to a visit near by; 0 where nobody can or may call.
    pub show_up: f64,
    /// Items, by code.
    pub items: Vec<PlannedItem>,
    /// Margin plus priority weight of each item, yuan, beside `items`.
    pub item_values: Vec<f64>,
    /// Margin of each item without weight, yuan, beside `items`.
    pub item_margins: Vec<f64>,
    /// Factor on the planning value (key customers).
    pub value_factor: f64,
    /// Planning value of the bare check, yuan.
    pub check_value: f64,
    /// Hours of the bare check.
    pub check_hours: f64,
}

/// What holds of a vehicle whatever it needs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Terms {
    pub(super) show_up: f64,
    value_factor: f64,
    check_hours: f64,
    check_value: f64,
}

impl Terms {
    pub(super) fn of(predictor: &Predictor<'_>, vehicle: &Vehicle) -> Self {
        Self {
            show_up: show_up(predictor, vehicle),
            value_factor: if vehicle.key_customer {
                predictor.rates.key_customer_factor
            } else {
                1.0
            },
            check_hours: predictor.tour.free_check_hours,
            check_value: predictor.rates.check_value,
        }
    }

    /// q·(check + work), hours.
    pub(super) fn hours(&self, work: f64) -> f64 {
        ten_thousandths(self.show_up * (self.check_hours + work))
    }

    /// Likewise the planning value, yuan.
    pub(super) fn value(&self, work: f64) -> f64 {
        ten_thousandths(self.show_up * self.value_factor * (self.check_value + work))
    }
}

impl Prediction {
    pub(super) fn terms(&self) -> Terms {
        Terms {
            show_up: self.show_up,
            value_factor: self.value_factor,
            check_hours: self.check_hours,
            check_value: self.check_value,
        }
    }

    /// Expected hours if only the items `keep` says are done: q·(check + Σ p·hours).
    pub fn expected_hours(&self, keep: &dyn Fn(&str) -> bool) -> f64 {
        let work: f64 = self
            .items
            .iter()
            .filter(|item| keep(&item.item))
            .map(|item| item.p * item.hours)
            .sum();
        self.terms().hours(work)
    }

    /// Planning value likewise: q·(check + Σ p·(margin + weight)).
    pub fn planning_value(&self, keep: &dyn Fn(&str) -> bool) -> f64 {
        let work: f64 = self
            .items
            .iter()
            .zip(&self.item_values)
            .filter(|(item, _)| keep(&item.item))
            .map(|(item, value)| item.p * value)
            .sum();
        self.terms().value(work)
    }

    /// Expected margin without weights, yuan.
    pub fn expected_margin(&self, keep: &dyn Fn(&str) -> bool) -> f64 {
        let work: f64 = self
            .items
            .iter()
            .zip(&self.item_margins)
            .filter(|(item, _)| keep(&item.item))
            .map(|(item, margin)| item.p * margin)
            .sum();
        self.show_up * work
    }
}

impl Prediction {
    /// Of a vehicle of which no item is known yet.
    pub(super) fn bare(
        predictor: &Predictor<'_>,
        vehicle: &Vehicle,
        odometer: Option<OdometerEstimate>,
    ) -> Self {
        let terms = Terms::of(predictor, vehicle);
        Self {
            odometer,
            items: Vec::new(),
            item_values: Vec::new(),
            item_margins: Vec::new(),
            show_up: terms.show_up,
            value_factor: terms.value_factor,
            check_value: terms.check_value,
            check_hours: terms.check_hours,
        }
    }

    /// An item more, behind the others.
    pub(super) fn push(&mut self, predictor: &Predictor<'_>, due: &DueItem<'_>) {
        let (item, value, margin) = planned(predictor, due.item, due.p, due.reason.rounded());
        self.items.push(item);
        self.item_values.push(value);
        self.item_margins.push(margin);
    }
}

/// Hours of an item on tour.
pub(super) fn hours(predictor: &Predictor<'_>, book: &ItemBook<'_>) -> f64 {
    ten_thousandths(book.item.hours * predictor.tour.field_factor)
}

/// Margin and priority weight of an item, yuan.
pub(super) fn value(predictor: &Predictor<'_>, book: &ItemBook<'_>, reason: Reason) -> f64 {
    book.item.margin + weight(predictor, book.item, || reason.rounded().is_overdue())
}

/// One item of the catalogue as planned, with its value (margin and priority weight) and its margin, yuan.
pub(super) fn planned(
    predictor: &Predictor<'_>,
    book: &ItemBook<'_>,
    p: f64,
    reason: Reason,
) -> (PlannedItem, f64, f64) {
    let value = value(predictor, book, reason);
    let planned = PlannedItem {
        item: book.code.to_owned(),
        p,
        hours: hours(predictor, book),
        labour: book.item.labour_price,
        parts: book.parts_price,
        agreed: false,
        reason: reason.into(),
    };
    (planned, value, book.item.margin)
}

fn weight(predictor: &Predictor<'_>, item: &Item, is_overdue: impl FnOnce() -> bool) -> f64 {
    match item.priority {
        Priority::Safety if is_overdue() => {
            predictor.rates.weight_safety * predictor.policy.overdue_safety_factor
        }
        Priority::Safety => predictor.rates.weight_safety,
        Priority::Warranty => predictor.rates.weight_warranty,
        Priority::Wear => predictor.rates.weight_wear,
        Priority::Comfort => predictor.rates.weight_comfort,
    }
}

fn show_up(predictor: &Predictor<'_>, vehicle: &Vehicle) -> f64 {
    if vehicle.do_not_call || vehicle.phones.is_empty() {
        return 0.0;
    }
    show_up_if_called(predictor.rates, vehicle)
}

/// The chance that its customer comes if somebody calls, whether anybody can or may.
pub(super) fn show_up_if_called(rates: &PredictSettings, vehicle: &Vehicle) -> f64 {
    match vehicle.customer_type {
        CustomerType::Firm | CustomerType::Group => rates.show_up_firm,
        CustomerType::Person | CustomerType::Unknown => rates.show_up_person,
    }
    .clamp(0.0, 1.0)
}
