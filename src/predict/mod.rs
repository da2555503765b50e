//! A vehicle and a day → items with probabilities, expected hours and planning value.
//!
//! Responsible for: odometer with spread, due rules, show-up, hours and value, each with its reason.
//! Not responsible for: where the vehicle is, whether a tour goes there (`territory`).

mod book;
mod due;
mod life;
mod odometer;
mod record;
#[cfg(test)]
mod tests;
mod told;
mod worth;

pub use book::{Book, ItemBook, ModelBook};
pub use odometer::{UsageClasses, km_on, own_record_of};
pub use record::{PastWork, RepairRecord};
pub use told::{Said, asks_foreman, with_reading};
pub use worth::{Outline, Prediction};

use crate::domain::settings::{PolicySettings, PredictSettings, TourSettings};
use crate::domain::{Date, Vehicle};
use crate::solve::usage::shrunk_rate;

/// Whether a vehicle's use shortens its intervals and lives.
pub fn is_severe(rates: &PredictSettings, vehicle: &Vehicle, classes: &UsageClasses) -> bool {
    let (rate, _) = shrunk_rate(own_record_of(vehicle), classes.of(vehicle));
    due::is_severe(rates, vehicle, Some(rate))
}

/// All a prediction rests on.
pub struct Predictor<'a> {
    /// Items and rules, by model.
    pub book: &'a Book<'a>,
    /// Rates.
    pub rates: &'a PredictSettings,
    /// What overdue safety items weigh.
    pub policy: &'a PolicySettings,
    /// Free check and field factor.
    pub tour: &'a TourSettings,
    /// Repairs done before.
    pub record: &'a RepairRecord,
    /// Use by model and usage.
    pub classes: &'a UsageClasses,
    /// The day predicted for.
    pub day: Date,
}

impl Predictor<'_> {
    /// What one vehicle needs on the day.
    pub fn predict(&self, vehicle: &Vehicle) -> Prediction {
        let odometer = odometer::estimate(vehicle, self.classes, self.day);
        match vehicle.model.as_deref().map(|model| self.book.of(model)) {
            Some(model) => {
                let due = due::items(self, vehicle, &model, odometer.as_ref());
                worth::weigh(self, vehicle, odometer, due)
            }
            None => worth::weigh(self, vehicle, odometer, Vec::new()),
        }
    }

    /// The same in a few figures, with what the book's crew can do on tour.
    pub fn outline(&self, vehicle: &Vehicle) -> Outline {
        let odometer = odometer::estimate(vehicle, self.classes, self.day);
        match vehicle.model.as_deref().map(|model| self.book.of(model)) {
            Some(model) => {
                let due = due::items(self, vehicle, &model, odometer.as_ref());
                worth::outline(self, vehicle, &due)
            }
            None => worth::outline(self, vehicle, &[]),
        }
    }
}
