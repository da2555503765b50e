//! What was said about the vehicles, by their customers and the foreman, and what they need then.

use super::{Given, PlanInputs};
use crate::domain::{Date, Month, Vehicle};
use crate::predict::{Prediction, Predictor, Said, with_reading};

/// What was said about the vehicles.
pub(super) struct Heard<'a> {
    given: Option<&'a Given<'a>>,
    month: Month,
    today: Date,
}

impl<'a> Heard<'a> {
    pub(super) fn of(inputs: &PlanInputs<'a>) -> Self {
        Self {
            given: inputs.given,
            month: inputs.month,
            today: inputs.today,
        }
    }

    pub(super) fn said(&self, vehicle: &Vehicle) -> Said<'a> {
        let said = self.given.map(|given| given.said(&vehicle.id, self.month));
        said.unwrap_or_default()
    }

    /// A vehicle's prediction, with what was said about it.
    pub(super) fn predicted(&self, predictor: &Predictor<'_>, vehicle: &Vehicle) -> Prediction {
        let said = self.said(vehicle);
        let read = said
            .answer
            .and_then(|answer| with_reading(vehicle, answer, self.today));
        let vehicle = read.as_ref().unwrap_or(vehicle);
        predictor.predict(vehicle).after(predictor, vehicle, said)
    }
}
