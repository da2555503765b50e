//! What a customer and the foreman said → the prediction after the call.
//!
//! A new reading moves the odometer before the rules are asked (see [`with_reading`]). Afterwards: items the
//! customer struck vanish, items agreed to or added are certain, symptoms in known words bring their items
//! with their probability, and the chance to come is that of the outcome.

use std::collections::BTreeSet;

use super::Predictor;
use super::reason::Reason;
use super::worth::{self, Prediction};
use crate::domain::{Advice, Answer, CallOutcome, Date, Reading, Vehicle};
use crate::plan::model::PlannedItem;

/// What is known about one vehicle beyond the tables.
#[derive(Clone, Copy, Debug, Default)]
pub struct Said<'a> {
    /// The caller's sheet.
    pub answer: Option<&'a Answer>,
    /// The foreman's sheet.
    pub advice: Option<&'a Advice>,
}

impl Said<'_> {
    /// Whether nobody said anything.
    pub fn is_nothing(&self) -> bool {
        self.answer.is_none() && self.advice.is_none()
    }
}

/// The vehicle with the reading told on the phone, on the day of the call (else on `read_on`).
pub fn with_reading(vehicle: &Vehicle, answer: &Answer, read_on: Date) -> Option<Vehicle> {
    let km = answer.odometer_km.filter(|km| *km > 0.0)?;
    let date = answer.called_on.unwrap_or(read_on);
    let mut vehicle = vehicle.clone();
    vehicle.readings.retain(|reading| reading.date != date);
    vehicle.readings.push(Reading { date, km });
    vehicle.readings.sort_by_key(|reading| reading.date);
    Some(vehicle)
}

/// Whether the symptoms are in words no table knows and the foreman has not yet said what they mean.
pub fn asks_foreman(predictor: &Predictor<'_>, vehicle: &Vehicle, said: Said<'_>) -> bool {
    let Some(answer) = said.answer else {
        return false;
    };
    said.advice.is_none()
        && !answer.symptoms.trim().is_empty()
        && symptom_items(predictor, vehicle, &answer.symptoms).is_empty()
}

impl Prediction {
    /// The prediction after the call.
    #[must_use]
    pub fn after(mut self, predictor: &Predictor<'_>, vehicle: &Vehicle, said: Said<'_>) -> Self {
        let model = vehicle.model.as_deref().unwrap_or("");
        if let Some(answer) = said.answer {
            for (item, p) in symptom_items(predictor, vehicle, &answer.symptoms) {
                self.may_need(predictor, model, &item, p);
            }
            for item in answer.confirmed.iter().chain(&answer.added) {
                self.needs(predictor, model, item, "agreed");
            }
            let struck: BTreeSet<&String> = answer.struck.iter().collect();
            self.keep_items(|item| item.agreed || !struck.contains(&item.item));
        }
        if let Some(advice) = said.advice {
            for item in &advice.items {
                self.needs(predictor, model, item, "foreman");
            }
            self.check_hours += advice.hours.unwrap_or(0.0).max(0.0);
        }
        if let Some(outcome) = said.answer.and_then(|answer| answer.outcome) {
            self.show_up = show_up(predictor, outcome);
        }
        self
    }

    /// An item that is certain once the vehicle comes.
    fn needs(&mut self, predictor: &Predictor<'_>, model: &str, item: &str, by: &'static str) {
        self.may_need(predictor, model, item, 1.0);
        if let Some(one) = self.items.iter_mut().find(|one| one.item == item) {
            one.agreed = true;
            one.p = 1.0;
            if one.reason.rule.is_empty() || one.reason.rule == "symptom" {
                one.reason.rule = by.into();
            }
        }
    }

    /// An item on top of those already there: 1 − Π(1 − p).
    fn may_need(&mut self, predictor: &Predictor<'_>, model: &str, item: &str, p: f64) {
        if let Some(one) = self.items.iter_mut().find(|one| one.item == item) {
            one.p = 1.0 - (1.0 - one.p) * (1.0 - p);
            return;
        }
        let model = predictor.book.of(model);
        let Some(book) = model.item(item) else {
            return;
        };
        let (planned, value, margin) = worth::planned(predictor, book, p, Reason::plain("symptom"));
        let at = self.items.partition_point(|one| one.item.as_str() < item);
        self.items.insert(at, planned);
        self.item_values.insert(at, value);
        self.item_margins.insert(at, margin);
    }

    fn keep_items(&mut self, keep: impl Fn(&PlannedItem) -> bool) {
        let kept: Vec<bool> = self.items.iter().map(keep).collect();
        retain(&mut self.items, &kept);
        retain(&mut self.item_values, &kept);
        retain(&mut self.item_margins, &kept);
    }
}

fn retain<T>(list: &mut Vec<T>, kept: &[bool]) {
    let mut kept = kept.iter();
    list.retain(|_| kept.next().copied().unwrap_or(true));
}

/// Items the symptom table names for words found in the text, each with its highest probability.
fn symptom_items(predictor: &Predictor<'_>, vehicle: &Vehicle, text: &str) -> Vec<(String, f64)> {
    let catalogue = predictor.book.catalogue;
    let model = vehicle.model.as_deref().unwrap_or("");
    let mut items: Vec<(String, f64)> = Vec::new();
    for symptom in &catalogue.symptoms {
        if !symptom.is_heard_in(text) || !catalogue.applies(&symptom.applies_to, model) {
            continue;
        }
        match items.iter_mut().find(|known| known.0 == symptom.item) {
            Some(known) => known.1 = known.1.max(symptom.probability),
            None => items.push((symptom.item.clone(), symptom.probability)),
        }
    }
    items
}

fn show_up(predictor: &Predictor<'_>, outcome: CallOutcome) -> f64 {
    let rates = predictor.rates;
    match outcome {
        CallOutcome::Coming => rates.show_up_booked,
        CallOutcome::Undecided | CallOutcome::CallLater => rates.show_up_undecided,
        CallOutcome::NotReached | CallOutcome::WrongNumber => rates.show_up_not_reached,
        CallOutcome::Declined => 0.0,
    }
    .clamp(0.0, 1.0)
}
