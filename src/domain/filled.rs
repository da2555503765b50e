//! What people write on the sheets that go out and come back: plain data, one struct a sheet.
//!
//! Responsible for: what a filled line says. A blank cell is `None` or empty and says nothing at all.
//! Not responsible for: reading the cells (`ingest::filled`), what follows from them (`month`).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::date::Date;
use super::money::Fen;

/// Where a filled line stands: for messages, and for telling which of two copies is the newer.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FilledAt {
    /// File as given, without its folders.
    pub file: String,
    /// Sheet; empty for a CSV.
    pub sheet: String,
    /// Physical line or row, 1-based.
    pub line: u32,
}

/// How a call went.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum CallOutcome {
    /// The customer comes: a place is to be booked.
    Coming,
    /// Reached, not decided.
    Undecided,
    /// Reached, does not come this month.
    Declined,
    /// Nobody answered.
    NotReached,
    /// Not this customer's number.
    WrongNumber,
    /// Asked to be called again.
    CallLater,
}

/// One vehicle's line of a filled call sheet.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answer {
    /// Booking key: which vehicle it is about.
    pub booking: String,
    /// The day of the call, where it was written down.
    pub called_on: Option<Date>,
    /// How it went.
    pub outcome: Option<CallOutcome>,
    /// Odometer on the day of the call, km.
    pub odometer_km: Option<f64>,
    /// What the vehicle is used for, in the caller's words.
    pub usage: String,
    /// Symptoms, in the customer's words.
    pub symptoms: String,
    /// Other wishes.
    pub wishes: String,
    /// Whether it was repaired elsewhere lately.
    pub elsewhere: Option<bool>,
    /// Items the customer wants: codes of the catalogue.
    pub confirmed: Vec<String>,
    /// Items the customer does not want.
    pub struck: Vec<String>,
    /// Items not on the sheet that the customer asked for.
    pub added: Vec<String>,
    /// The price the customer was told and agreed to.
    pub price_told: Option<Fen>,
    /// Day wished.
    pub day: Option<Date>,
    /// Time wished, minutes after midnight.
    pub minutes: Option<u32>,
    /// Wants no more calls.
    pub do_not_call: Option<bool>,
    /// Wants no texts.
    pub sms_optout: Option<bool>,
    /// Agrees that a partner workshop gets the data a repair needs.
    pub handover_consent: Option<bool>,
    /// The day to call again.
    pub again: Option<Date>,
    /// Where it was read.
    pub at: FilledAt,
}

/// One line of the foreman's sheet: what vague symptoms mean.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Advice {
    /// Booking key.
    pub booking: String,
    /// Items of the catalogue it takes.
    pub items: Vec<String>,
    /// Hours beyond those items' own.
    pub hours: Option<f64>,
    /// Parts beyond those items' own: code and pieces.
    pub parts: Vec<(String, u32)>,
    /// Not for the road: invite to the workshop.
    pub workshop_only: Option<bool>,
    /// Remark.
    pub note: String,
    /// Where it was read.
    pub at: FilledAt,
}

/// One line of a filled goods-received sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GoodsLine {
    /// Key of the order line.
    pub order: String,
    /// Part code as printed; checked against the order.
    pub part: String,
    /// Pieces counted, damaged ones among them; `None` = not there yet.
    pub counted: Option<u32>,
    /// Pieces damaged.
    pub damaged: u32,
    /// The day they came; `None` = the day the sheet is read in.
    pub on: Option<Date>,
    /// New day announced for what is still missing.
    pub announced: Option<Date>,
    /// Remark.
    pub note: String,
    /// Where it was read.
    pub at: FilledAt,
}

/// What became of a vehicle on its visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VisitResult {
    /// Everything done.
    Done,
    /// Part of it done; the rest is named as open.
    PartlyDone,
    /// Did not come.
    NoShow,
    /// Came, and was too hard for the place.
    TooHard,
}

/// One vehicle's line of the day's job sheets.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct JobReport {
    /// Booking key; empty for a walk-in.
    pub booking: String,
    /// Tour the sheet belongs to.
    pub tour: String,
    /// Vehicle (VIN or plate); for a walk-in the only name there is.
    pub vehicle: String,
    /// Came without a booking.
    pub walk_in: bool,
    /// The day.
    pub on: Option<Date>,
    /// What became of it; `None` = nothing written.
    pub result: Option<VisitResult>,
    /// Odometer, km.
    pub odometer_km: Option<f64>,
    /// Items done: codes.
    pub done: Vec<String>,
    /// Parts used: code and pieces.
    pub used: Vec<(String, u32)>,
    /// Parts that were missing on the van: code and pieces.
    pub missing: Vec<(String, u32)>,
    /// Parts that were there and did not fit: code and pieces; they come back.
    pub wrong: Vec<(String, u32)>,
    /// Hours worked on it.
    pub hours: Option<f64>,
    /// Amount settled with the customer.
    pub settled: Option<Fen>,
    /// Of it paid by warranty or goodwill, not by the customer.
    pub warranty: Option<Fen>,
    /// Agrees that a partner workshop gets the data a repair needs.
    pub handover_consent: Option<bool>,
    /// Remark.
    pub note: String,
    /// Where it was read.
    pub at: FilledAt,
}

/// One tour of a tours sheet written or changed by hand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TourWish {
    /// Tour id; empty = a new tour.
    pub tour: String,
    /// Team; empty = any that is free.
    pub team: String,
    /// First day; `None` = the earliest that is allowed.
    pub depart: Option<Date>,
    /// Points, with days; `None` = as many as pay.
    pub stops: Vec<(String, Option<u32>)>,
    /// Whether every stop has its number: else the order is still to be chosen.
    pub in_order: bool,
    /// Where it was read.
    pub at: FilledAt,
}
