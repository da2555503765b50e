//! A vehicle and a day → items with probabilities, expected hours and planning value.
//!
//! Responsible for: odometer with spread, due rules, show-up, hours and value, each with its reason.
//! Not responsible for: where the vehicle is, whether a tour goes there (`territory`).

mod abreast;
mod book;
mod due;
mod life;
mod odds;
mod odometer;
mod outline;
mod reason;
mod record;
mod since;
#[cfg(test)]
mod tests;
mod told;
mod worth;

pub use abreast::Bookshelf;
pub use book::{Book, ItemBook, ModelBook};
pub use odometer::{UsageClasses, Used, km_on};
pub use outline::{Expected, Outline};
pub use record::{PastWork, RepairRecord};
pub use told::{Said, asks_foreman, with_reading};
pub use worth::Prediction;

use std::borrow::Cow;

use crate::domain::settings::{PolicySettings, PredictSettings, TourSettings};
use crate::domain::{Date, Vehicle};
use crate::solve::usage::shrunk_rate;
use abreast::Abreast;
use due::By;
use outline::Worth;

/// Whether a vehicle's use shortens its intervals and lives.
pub fn is_severe(rates: &PredictSettings, vehicle: &Vehicle, classes: &UsageClasses) -> bool {
    let (rate, _) = shrunk_rate(Used::of(vehicle).own, classes.of(vehicle));
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

impl<'a> Predictor<'a> {
    /// What one vehicle needs on the day.
    pub fn predict(&self, vehicle: &Vehicle) -> Prediction {
        let used = Used::of(vehicle);
        let odometer = odometer::estimate(vehicle, &used, self.classes, self.day);
        let mut prediction = Prediction::bare(self, vehicle, odometer.clone());
        if let Some(model) = self.model_of(vehicle) {
            let alone = Abreast::from(model);
            due::each(self, vehicle, &alone, odometer.as_ref(), |_, due| {
                prediction.push(self, &due);
            });
        }
        prediction
    }

    /// The same in a few figures, with what the book's crew can do on tour.
    pub fn outline(&self, vehicle: &Vehicle) -> Outline {
        let shelf = Bookshelf::of([self.book]);
        let [outline] = self.outlines_by(&shelf, vehicle, &Used::of(vehicle), |_, _| {});
        outline
    }

    /// The same by each of some books that differ from the predictor's in how fast things wear only, for a vehicle that
    /// was `used` so. `see` is told the items by the first of them: each by its position in the catalogue's order, with
    /// its probability.
    pub fn outlines_by<const BOOKS: usize>(
        &self,
        shelf: &Bookshelf<'_, BOOKS>,
        vehicle: &Vehicle,
        used: &Used,
        mut see: impl FnMut(usize, f64),
    ) -> [Outline; BOOKS] {
        let odometer = odometer::estimate(vehicle, used, self.classes, self.day);
        let mut outlines = [Outline::bare(self, vehicle); BOOKS];
        if let Some(model) = vehicle.model.as_deref() {
            let abreast = shelf.model(model);
            due::each(self, vehicle, &abreast, odometer.as_ref(), |by, due| {
                let worth = Worth::of(self, &due);
                match by {
                    By::All => outlines.iter_mut().for_each(|outline| outline.push(worth)),
                    By::One(book) => outlines[book].push(worth),
                }
                if matches!(by, By::All | By::One(0)) {
                    see(due.position, due.p);
                }
            });
        }
        outlines
    }

    /// What the book says of a vehicle's model; `None` where nobody knows the model.
    pub fn model_of(&self, vehicle: &Vehicle) -> Option<Cow<'a, ModelBook<'a>>> {
        let model = vehicle.model.as_deref()?;
        Some(self.book.of(model))
    }
}
