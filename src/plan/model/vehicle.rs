//! A vehicle in the plan, and every accepted vehicle in one row.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Told;
use crate::domain::{Date, Fen};

/// What happens to a vehicle this month.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// A place is kept on a visit.
    Visit,
    /// In a tour's area and called, beyond the places.
    Waitlist,
    /// In the dealer's own catchment: invited to the workshop.
    Invite,
    /// Not this month.
    Deferred,
}

impl Status {
    /// The word used in files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Visit => "visit",
            Self::Waitlist => "waitlist",
            Self::Invite => "invite",
            Self::Deferred => "deferred",
        }
    }
}

/// The odometer on the reference day, never one bare number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OdometerEstimate {
    /// Expected reading, km.
    pub mean_km: f64,
    /// Its standard deviation, km.
    pub sd_km: f64,
    /// Expected use, km per day.
    pub km_per_day: f64,
    /// What it rests on: `readings`, `one_reading`, `stated`, `age`, `none`.
    pub basis: String,
}

/// Why an item is on the list, in figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ItemReason {
    /// `interval`, `wear`, `campaign`, `season`.
    pub rule: Cow<'static, str>,
    /// `km`, `months`, or empty: which limit is the nearer.
    pub by: Cow<'static, str>,
    /// Distance since it was last done (or since new), km.
    pub since_km: Option<f64>,
    /// Time since it was last done (or since new), months.
    pub since_months: Option<f64>,
    /// The interval that counts, km (severe use applied).
    pub interval_km: Option<f64>,
    /// The interval that counts, months.
    pub interval_months: Option<f64>,
    /// Whether the severe interval was used.
    pub severe: bool,
    /// `done` (history), `service` (last service), `new` (never done): where counting starts.
    pub counted_from: Cow<'static, str>,
}

/// One predicted item of a vehicle.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PlannedItem {
    /// Item code.
    pub item: String,
    /// Probability that it is needed and wanted, given that the vehicle comes.
    pub p: f64,
    /// Hours in the field.
    pub hours: f64,
    /// Labour price.
    pub labour: Fen,
    /// Parts price.
    pub parts: Fen,
    /// The customer agreed to it: it is certain once the vehicle comes.
    #[serde(default)]
    pub agreed: bool,
    /// Why.
    pub reason: ItemReason,
}

/// A repair done before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PastRepair {
    /// Day.
    pub date: Date,
    /// Odometer, where known.
    pub km: Option<f64>,
    /// Item or part, as known.
    pub what: String,
}

/// A vehicle that is called: status visit or waitlist; after the call also deferred (declined).
#[expect(
    clippy::struct_excessive_bools,
    reason = "four facts of a vehicle that have nothing to do with each other"
)]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CalledVehicle {
    /// Id: VIN, else plate.
    pub vehicle: String,
    /// Booking key, made from vehicle and month.
    pub booking: String,
    /// Plate; empty = not plated.
    pub plate: String,
    /// Owner.
    pub customer: String,
    /// Model as in the catalogue, else as written.
    pub model: String,
    /// County found.
    pub county: String,
    /// Township found.
    pub town: String,
    /// Visit or waitlist.
    pub status: Status,
    /// Tour.
    pub tour: String,
    /// Visit: the one kept, or for the waiting list the one nearest.
    pub visit: String,
    /// Road km to the point.
    pub km: f64,
    /// Share of customers at that distance who come.
    pub share: f64,
    /// Whether the place is only known to county level.
    pub place_uncertain: bool,
    /// Day of purchase; `None` = unknown.
    #[serde(default)]
    pub buy_date: Option<Date>,
    /// Odometer on the reference day.
    pub odometer: Option<OdometerEstimate>,
    /// Last service, day.
    pub last_service: Option<Date>,
    /// Last service, km.
    pub last_service_km: Option<f64>,
    /// Latest repairs, newest first, at most five.
    pub history: Vec<PastRepair>,
    /// Chance that it comes to a visit near by.
    pub show_up: f64,
    /// Items to be done on tour.
    pub items: Vec<PlannedItem>,
    /// Items that need the workshop (lift, skill or not on site).
    pub workshop_items: Vec<PlannedItem>,
    /// Expected hours: show-up × (free check + Σ p × hours).
    pub expected_hours: f64,
    /// What the optimiser counts, yuan. Never printed as income.
    pub planning_value: f64,
    /// Expected income: show-up × share × Σ p × (labour + parts).
    pub expected_income: Fen,
    /// Order within the tour's calls, 1 = most urgent.
    pub urgency: u32,
    /// Key customer.
    pub key_customer: bool,
    /// Wants no texts.
    pub sms_optout: bool,
    /// For the waiting list and who was deferred after the call: why no place.
    pub reason: String,
    /// Booked slot, `yyyy-mm-dd HH:MM`; empty = nothing booked.
    #[serde(default)]
    pub slot: String,
    /// Whether a place was kept for it in this plan or an earlier one of the month: who lost it unreached and says
    /// yes later comes first of all who wait.
    #[serde(default)]
    pub had_place: bool,
    /// What the customer said; `None` = not called yet.
    #[serde(default)]
    pub told: Option<Told>,
}

impl CalledVehicle {
    /// Whether a slot is booked: the customer said yes.
    pub fn is_booked(&self) -> bool {
        !self.slot.is_empty()
    }
}

/// One line of customers.csv: EVERY accepted vehicle, once. A million are written: texts are borrowed where they can be.
#[derive(Clone, Debug, PartialEq)]
pub struct CustomerRow<'a> {
    /// Id: VIN, else plate.
    pub vehicle: Cow<'a, str>,
    /// Plate.
    pub plate: Cow<'a, str>,
    /// Owner.
    pub customer: Cow<'a, str>,
    /// County found, else as written.
    pub county: Cow<'a, str>,
    /// Township found, else as written.
    pub town: Cow<'a, str>,
    /// Demand cell; empty = no place.
    pub cell: Cow<'a, str>,
    /// What happens to it.
    pub status: Status,
    /// Tour, visit and point; empty where none.
    pub tour: Cow<'a, str>,
    /// Visit id.
    pub visit: Cow<'a, str>,
    /// Point id.
    pub point: Cow<'a, str>,
    /// The visit's first day.
    pub date: Option<Date>,
    /// Road km to the point.
    pub km: Option<f64>,
    /// `code:p|code:p`.
    pub items: Cow<'a, str>,
    /// Items that need the workshop, likewise.
    pub workshop_items: Cow<'a, str>,
    /// Show-up × (free check + Σ p × hours).
    pub expected_hours: f64,
    /// Share that comes at that distance.
    pub share: Option<f64>,
    /// What the optimiser counts.
    pub planning_value: f64,
    /// Why not on a visit; empty for visits.
    pub reason: Cow<'a, str>,
    /// `model|phone|place`.
    pub missing: Cow<'a, str>,
}
