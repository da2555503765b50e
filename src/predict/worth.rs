//! Items → show-up, expected hours, planning value and expected income.

use super::Predictor;
use super::due::DueItem;
use crate::domain::{CustomerType, Fen, Item, Priority, Vehicle};
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

/// Whether the vehicle counts as due: one item at least more likely needed than not.
pub fn is_due(prediction: &Prediction) -> bool {
    prediction.items.iter().any(|item| item.p >= 0.5)
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
    due: Vec<DueItem>,
) -> Prediction {
    let model = vehicle.model.as_deref().unwrap_or("");
    let mut items = Vec::with_capacity(due.len());
    let mut item_values = Vec::with_capacity(due.len());
    let mut item_margins = Vec::with_capacity(due.len());
    for one in due {
        if let Some((item, value, margin)) = planned(predictor, &one.item, model, one.p, one.reason)
        {
            items.push(item);
            item_values.push(value);
            item_margins.push(margin);
        }
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
    code: &str,
    model: &str,
    p: f64,
    reason: ItemReason,
) -> Option<(PlannedItem, f64, f64)> {
    let item = predictor.catalogue.items.get(code)?;
    let weight = weight(predictor, item, is_overdue(&reason));
    let planned = PlannedItem {
        item: code.to_owned(),
        p,
        hours: round4(item.hours * predictor.tour.field_factor),
        labour: item.labour_price,
        parts: parts_price(predictor, code, model),
        agreed: false,
        reason,
    };
    Some((planned, item.margin + weight, item.margin))
}

/// What the parts of one item cost the customer on this model.
pub(super) fn parts_price(predictor: &Predictor<'_>, item: &str, model: &str) -> Fen {
    predictor
        .catalogue
        .bom_of(item, model)
        .into_iter()
        .filter_map(|(part, qty)| Some(predictor.catalogue.parts.get(part)?.price * qty))
        .sum()
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
