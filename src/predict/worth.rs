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
    show_up: f64,
    value_factor: f64,
    check_hours: f64,
    check_value: f64,
    /// Σ p · hours and Σ p · (margin + weight), yuan, of what is done on tour with a lift.
    with_lift: (f64, f64),
    /// Likewise without one.
    without_lift: (f64, f64),
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
        let mut outline = Self::bare(prediction);
        for (item, value) in prediction.items.iter().zip(&prediction.item_values) {
            let code = item.item.as_str();
            outline.add(
                item.p,
                (item.hours, *value),
                fieldable(code),
                needs_lift(code),
            );
        }
        outline
    }

    /// Of a vehicle without any item.
    fn bare(prediction: &Prediction) -> Self {
        Self {
            due: false,
            show_up: prediction.show_up,
            value_factor: prediction.value_factor,
            check_hours: prediction.check_hours,
            check_value: prediction.check_value,
            with_lift: (0.0, 0.0),
            without_lift: (0.0, 0.0),
        }
    }

    fn add(&mut self, p: f64, (hours, value): (f64, f64), fieldable: bool, needs_lift: bool) {
        self.due |= p >= 0.5;
        if fieldable {
            self.with_lift.0 += p * hours;
            self.with_lift.1 += p * value;
            if !needs_lift {
                self.without_lift.0 += p * hours;
                self.without_lift.1 += p * value;
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
            hours: round4(self.show_up * (self.check_hours + hours)),
            value: round4(self.show_up * self.value_factor * (self.check_value + value)),
        }
    }

    /// The same vehicle if everybody came `factor` times as often.
    #[must_use]
    pub fn if_more_came(mut self, factor: f64) -> Self {
        self.show_up = (self.show_up * factor).clamp(0.0, 1.0);
        self
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
    let mut prediction = without_items(predictor, vehicle, odometer);
    for one in due {
        let (item, value, margin) = planned(predictor, one.item, one.p, one.reason);
        prediction.items.push(item);
        prediction.item_values.push(value);
        prediction.item_margins.push(margin);
    }
    prediction
}

/// As [`weigh`] and [`Outline::of`], no item written down.
pub(super) fn outline(
    predictor: &Predictor<'_>,
    vehicle: &Vehicle,
    due: &[DueItem<'_>],
) -> Outline {
    let mut outline = Outline::bare(&without_items(predictor, vehicle, None));
    for one in due {
        let value = value(predictor, one.item, &one.reason);
        let hours = hours(predictor, one.item);
        let book = one.item;
        outline.add(one.p, (hours, value), book.fieldable, book.item.needs_lift);
    }
    outline
}

/// What is expected of a vehicle whatever it needs.
fn without_items(
    predictor: &Predictor<'_>,
    vehicle: &Vehicle,
    odometer: Option<OdometerEstimate>,
) -> Prediction {
    Prediction {
        odometer,
        show_up: show_up(predictor, vehicle),
        items: Vec::new(),
        item_values: Vec::new(),
        item_margins: Vec::new(),
        value_factor: if vehicle.key_customer {
            predictor.rates.key_customer_factor
        } else {
            1.0
        },
        check_value: predictor.rates.check_value,
        check_hours: predictor.tour.free_check_hours,
    }
}

/// Hours of an item on tour.
fn hours(predictor: &Predictor<'_>, book: &ItemBook<'_>) -> f64 {
    round4(book.item.hours * predictor.tour.field_factor)
}

/// Margin and priority weight of an item, yuan.
fn value(predictor: &Predictor<'_>, book: &ItemBook<'_>, reason: &ItemReason) -> f64 {
    book.item.margin + weight(predictor, book.item, is_overdue(reason))
}

/// One item of the catalogue as planned, with its value (margin and priority weight) and its margin, yuan.
pub(super) fn planned(
    predictor: &Predictor<'_>,
    book: &ItemBook<'_>,
    p: f64,
    reason: ItemReason,
) -> (PlannedItem, f64, f64) {
    let value = value(predictor, book, &reason);
    let planned = PlannedItem {
        item: book.code.to_owned(),
        p,
        hours: hours(predictor, book),
        labour: book.item.labour_price,
        parts: book.parts_price,
        agreed: false,
        reason,
    };
    (planned, value, book.item.margin)
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
