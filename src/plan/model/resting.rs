//! What a change took out of the month, as it stood: a tour suspended or cancelled, a stop closed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Call, CalledVehicle, Duty, Tour, Visit};

/// Why it rests.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum RestState {
    /// The tour may leave on another day: its customers keep their places, without a day.
    Suspended,
    /// The tour does not take place: its customers wait for other tours in reach, or are deferred.
    Cancelled,
    /// One stop of the tour is closed: its customers go to the other stops, wait for other tours, or are
    /// deferred.
    PointClosed,
}

impl RestState {
    /// The word used in customers.csv as the reason, and in changes.csv.
    pub fn key(self) -> &'static str {
        match self {
            Self::Suspended => "suspended",
            Self::Cancelled => "cancelled",
            Self::PointClosed => "point_closed",
        }
    }
}

/// A tour, or one stop of it, that does not take place as planned. It is in no other list of the plan: no van,
/// day, part or slot is taken by it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Resting {
    /// Why.
    pub state: RestState,
    /// The tour as it stood.
    pub tour: Tour,
    /// Its visits (of a closed stop: that one).
    pub visits: Vec<Visit>,
    /// Everybody on its lists, with the slots they had.
    pub vehicles: Vec<CalledVehicle>,
    /// Their calls.
    pub calls: Vec<Call>,
    /// Who was to go.
    pub crew: Vec<Duty>,
}

impl Resting {
    /// Whether the vehicle was on its lists.
    pub fn holds(&self, vehicle: &str) -> bool {
        self.vehicles.iter().any(|one| one.vehicle == vehicle)
    }
}
