//! What the month adds to a plan once people have answered: calls told, orders placed, tours moved.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::SourceKind;
use crate::domain::{CallOutcome, Date, Fen};

/// What a customer said about one vehicle, as far as the plan needs it; the words themselves stay in
/// `private/`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Told {
    /// How the last call went; `None` = only the foreman has written something.
    pub outcome: Option<CallOutcome>,
    /// The day of the last call.
    pub on: Option<Date>,
    /// Odometer told, km.
    pub odometer_km: Option<f64>,
    /// The price the customer agreed to.
    pub price: Option<Fen>,
    /// Day wished.
    pub day: Option<Date>,
    /// Time wished, minutes after midnight.
    pub minutes: Option<u32>,
    /// The day to call again.
    pub again: Option<Date>,
    /// Symptoms nobody has put into items yet: the foreman is asked.
    pub asks_foreman: bool,
    /// Hours the foreman added beyond the items' own.
    pub extra_hours: f64,
    /// Parts the foreman added beyond the items' own.
    pub extra_parts: Vec<(String, u32)>,
    /// Agreed that a partner workshop gets the data a repair needs; `None` = not asked.
    pub handover_consent: Option<bool>,
}

/// Channel of a reminder.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// A text to a mobile.
    Text,
    /// A call: landlines, and who wants no texts but calls.
    Call,
    /// None: wants neither, or has no number.
    None,
}

impl Channel {
    /// The word used in reminders.csv.
    pub fn key(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Call => "call",
            Self::None => "none",
        }
    }
}

/// Which message of a visit it is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ReminderKind {
    /// T-2 … T-1.
    First,
    /// The eve of a visit that begins three or more days into the tour.
    Second,
    /// The day of departure, with the expected arrival.
    Departure,
}

impl ReminderKind {
    /// The word used in reminders.csv.
    pub fn key(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Second => "second",
            Self::Departure => "departure",
        }
    }
}

/// One message to one customer about one vehicle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reminder {
    /// Booking key.
    pub booking: String,
    /// Tour.
    pub tour: String,
    /// Vehicle.
    pub vehicle: String,
    /// Key of the contact's rows: a fleet gets one message a day.
    pub contact: String,
    /// The day; `None` = no message (channel none).
    pub date: Option<Date>,
    /// Channel.
    pub channel: Channel,
    /// Which message.
    pub kind: ReminderKind,
    /// The booked slot, `yyyy-mm-dd HH:MM`.
    pub slot: String,
    /// Why the day lies outside the window; empty = it does not.
    pub deviation: String,
}

/// One line of the month's order book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OrderLine {
    /// Key, printed on the order and on the goods-received sheet: `2612-O001`.
    pub order: String,
    /// Part code.
    pub part: String,
    /// Peer or order.
    pub source: SourceKind,
    /// Supplier or dealer.
    pub supplier: String,
    /// Transport mode.
    pub mode: String,
    /// `depot`, or the point it is sent to.
    pub to: String,
    /// The tour that needs it first.
    pub tour: String,
    /// Pieces ordered.
    pub qty: u32,
    /// Of them, sent straight to a point: what is over of the last pack, counted on by nobody.
    #[serde(default)]
    pub spare: u32,
    /// Transport cost, as reckoned when it was placed.
    #[serde(default)]
    pub cost: Fen,
    /// Why this way: the word of sourcing.csv.
    #[serde(default)]
    pub reason: String,
    /// The day the order was approved and so placed.
    pub ordered_on: Date,
    /// The day it is to be there, as last announced; `None` = unknown.
    pub expected: Option<Date>,
    /// Sound pieces received.
    pub received: u32,
    /// Damaged pieces received: they serve nobody.
    pub damaged: u32,
    /// The day the last of them came.
    pub received_on: Option<Date>,
    /// Nothing more is to come.
    pub closed: bool,
}

/// What was done with a tour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Change {
    /// It leaves on another day.
    Moved {
        /// The old day of departure.
        from: Date,
        /// The new one.
        to: Date,
    },
    /// It does not leave until further notice; its places are kept.
    Suspended {
        /// The old day of departure.
        from: Date,
    },
    /// It does not take place.
    Cancelled {
        /// The old day of departure.
        from: Date,
    },
    /// It goes without this van, with another one in its place; empty = none was free.
    WithoutVan {
        /// The van lost.
        van: String,
        /// The reserve.
        reserve: String,
    },
    /// It goes without this person, with another one in his place; empty = none was free.
    WithoutPerson {
        /// The person lost.
        person: String,
        /// The reserve.
        reserve: String,
    },
    /// It no longer stops at this point.
    WithoutPoint {
        /// The point closed.
        point: String,
    },
}

impl Change {
    /// Whether the tour's days may be others than those its windows were planned from.
    pub fn moves_days(&self) -> bool {
        matches!(self, Self::Moved { .. } | Self::WithoutPoint { .. })
    }
}

/// One vehicle a change concerns, with what it was told before and what holds now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Concerned {
    /// Booking key.
    pub booking: String,
    /// Vehicle.
    pub vehicle: String,
    /// Key of the contact's rows: a fleet is one call.
    pub contact: String,
    /// Whether the customer had a booked slot (else only an offer or a place on the waiting list).
    pub booked: bool,
    /// Point before.
    pub old_point: String,
    /// Slot before, `yyyy-mm-dd HH:MM`.
    pub old_slot: String,
    /// Point now; empty = no place for now.
    pub new_point: String,
    /// Slot now.
    pub new_slot: String,
}

/// One change of a tour after it was planned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TourChange {
    /// Number of the change in the month, from 1.
    pub number: u32,
    /// Tour.
    pub tour: String,
    /// The day it was decided.
    pub on: Date,
    /// Why, in the manager's words; empty = not said.
    pub reason: String,
    /// What was done.
    #[serde(flatten)]
    pub change: Change,
    /// Cost of the tour before.
    pub cost_before: Fen,
    /// Cost of the tour now.
    pub cost_now: Fen,
    /// Everybody who has to be told, most urgent first.
    pub concerned: Vec<Concerned>,
}

impl TourChange {
    /// How many contacts are to be told: a fleet once.
    pub fn contacts(&self) -> usize {
        let key = |one: &Concerned| match one.contact.as_str() {
            "" => one.vehicle.clone(),
            contact => contact.to_owned(),
        };
        let contacts: std::collections::BTreeSet<String> = self.concerned.iter().map(key).collect();
        contacts.len()
    }
}
