//! Items → show-up, expected hours, planning value and expected income.

use super::Predictor;
use super::book::ItemBook;
use super::due::DueItem;
use crate::domain::{CustomerType, Item, Priority, Vehicle};
use crate::plan::model::{ItemReason, OdometerEstimate, PlannedItem};

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

/// A prediction in a few figures: what is kept of everybody, while [`Prediction`] is made where it is read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outline {
    /// One item at least is more likely needed than not.
    pub due: bool,
    /// With all that can be done on tour.
    pub with_lift: Expected,
    /// With what needs no lift.
    pub without_lift: Expected,
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
        let without = |item: &str| fieldable(item) && !needs_lift(item);
        let expected = |keep: &dyn Fn(&str) -> bool| Expected {
            hours: prediction.expected_hours(keep),
            value: prediction.planning_value(keep),
        };
        Self {
            due: prediction.items.iter().any(|item| item.p >= 0.5),
            with_lift: expected(fieldable),
            without_lift: expected(&without),
        }
    }
}

impl Prediction {
    /// Expected hours if only the items `keep` says are done: q·(check + Σ p·hours).
    pub fn expected_hours(&self, keep: &dyn Fn(&str) -> bool) -> f64 {
        let work: f64 = self
            .items
            .iter()
            .filter(|item| keep(&item.item))
            .map(|item| item.p * item.hours)
            .sum();
        round4(self.show_up * (self.check_hours + work))
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
        round4(self.show_up * self.value_factor * (self.check_value + work))
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

fn round4(x: f64) -> f64 {
    (x * 1e4).round() / 1e4
}

pub(super) fn weigh(
    predictor: &Predictor<'_>,
    vehicle: &Vehicle,
    odometer: Option<OdometerEstimate>,
    due: Vec<DueItem<'_>>,
) -> Prediction {
    let mut items = Vec::with_capacity(due.len());
    let mut item_values = Vec::with_capacity(due.len());
    let mut item_margins = Vec::with_capacity(due.len());
    for one in due {
        let (item, value, margin) = planned(predictor, one.item, one.p, one.reason);
        items.push(item);
        item_values.push(value);
        item_margins.push(margin);
    }
    Prediction {
        odometer,
        show_up: show_up(predictor, vehicle),
        items,
        item_values,
        item_margins,
        value_factor: if vehicle.key_customer {
            predictor.rates.key_customer_factor
        } else {
            1.0
        },
        check_value: predictor.rates.check_value,
        check_hours: predictor.tour.free_check_hours,
    }
}

/// One item of the catalogue as planned, with its value (margin and priority weight) and its margin, yuan.
pub(super) fn planned(
    predictor: &Predictor<'_>,
    book: &ItemBook<'_>,
    p: f64,
    reason: ItemReason,
) -> (PlannedItem, f64, f64) {
    let weight = weight(predictor, book.item, is_overdue(&reason));
    let planned = PlannedItem {
        item: book.code.to_owned(),
        p,
        hours: round4(book.item.hours * predictor.tour.field_factor),
        labour: book.item.labour_price,
        parts: book.parts_price,
        agreed: false,
        reason,
    };
    let margin = book.item.margin;
    (planned, margin + weight, margin)
}

/// Whether a whole interval has passed since the item was last done, not only the time it is due early.
fn is_overdue(reason: &ItemReason) -> bool {
    let passed = |since: Option<f64>, every: Option<f64>| matches!((since, every), (Some(since), Some(every)) if since >= every);
    passed(reason.since_km, reason.interval_km)
        || passed(reason.since_months, reason.interval_months)
}

fn weight(predictor: &Predictor<'_>, item: &Item, overdue: bool) -> f64 {
    match item.priority {
        Priority::Safety if overdue => {
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
    match vehicle.customer_type {
        CustomerType::Firm | CustomerType::Group => predictor.rates.show_up_firm,
        CustomerType::Person | CustomerType::Unknown => predictor.rates.show_up_person,
    }
    .clamp(0.0, 1.0)
}
