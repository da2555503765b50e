//! What became of a tour: vehicle by vehicle, piece by piece, and in figures.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::{Date, Fen};

/// Part code and pieces.
pub type PartQty = (String, u32);

/// A tour from its first evening on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TourClosing {
    /// Tour.
    pub tour: String,
    /// The day it was closed; `None` = still running, evenings are read in.
    pub closed_on: Option<Date>,
    /// One per booked vehicle (once closed; before that only who was reported), then walk-ins.
    pub outcomes: Vec<VehicleOutcome>,
    /// What went wrong on the way and what is done about it, safety first.
    pub incidents: Vec<Incident>,
    /// No-shows, and what becomes of them.
    pub hand_overs: Vec<HandOver>,
    /// What was carried and where it went, by part.
    pub returns: Vec<ReturnLine>,
    /// Who has to come again, and for what.
    pub revisits: Vec<Revisit>,
    /// Calls after the visit.
    pub follow_ups: Vec<FollowUp>,
    /// The tour in figures.
    pub kpis: Vec<Kpi>,
}

/// What became of a vehicle.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Everything done.
    Done,
    /// Part of it done.
    PartlyDone,
    /// Came, and was too hard for the place.
    TooHard,
    /// Did not come.
    NoShow,
    /// No sheet says what became of it: neither a visit nor a no-show.
    #[default]
    NotReported,
}

impl Outcome {
    /// The word used in files and catalogues.
    pub fn key(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::PartlyDone => "partly_done",
            Self::TooHard => "too_hard",
            Self::NoShow => "no_show",
            Self::NotReported => "not_reported",
        }
    }

    /// Whether the vehicle stood there.
    pub fn came(self) -> bool {
        matches!(self, Self::Done | Self::PartlyDone | Self::TooHard)
    }
}

/// All job sheets about one vehicle of one tour, folded. The written remark itself stays in `private/`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct VehicleOutcome {
    /// Vehicle (VIN or plate).
    pub vehicle: String,
    /// Booking key; empty = a vehicle the plan does not know.
    pub booking: String,
    /// Plate.
    pub plate: String,
    /// Came without a booked slot.
    pub walk_in: bool,
    /// Visit it belongs to; empty = unknown.
    pub visit: String,
    /// What became of it.
    pub result: Outcome,
    /// The last day it was worked on, or should have come.
    pub on: Option<Date>,
    /// Odometer read, km.
    pub odometer_km: Option<f64>,
    /// Items done.
    pub items_done: Vec<String>,
    /// Items agreed and not done.
    pub items_open: Vec<String>,
    /// Parts used.
    pub used: Vec<PartQty>,
    /// Parts that were missing on the van.
    pub missing: Vec<PartQty>,
    /// Parts that did not fit; they come back.
    pub wrong: Vec<PartQty>,
    /// Hours worked.
    pub hours: Option<f64>,
    /// Amount settled, warranty and goodwill among it.
    pub settled: Option<Fen>,
    /// Of it warranty or goodwill.
    pub warranty: Option<Fen>,
    /// What the customer had agreed to pay: the price told, else the agreed items.
    pub estimate: Option<Fen>,
    /// Agreed that a partner gets the data a repair needs; `None` = never asked.
    pub consent: Option<bool>,
    /// Somebody wrote a remark.
    pub noted: bool,
}

/// What went wrong.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum IncidentKind {
    /// A part was not on the van.
    MissingPart,
    /// A part was there and did not fit.
    WrongPart,
    /// Too hard for the place.
    TooHard,
    /// Not finished for another reason.
    Unfinished,
}

impl IncidentKind {
    /// The word used in the catalogues.
    pub fn key(self) -> &'static str {
        match self {
            Self::MissingPart => "missing_part",
            Self::WrongPart => "wrong_part",
            Self::TooHard => "too_hard",
            Self::Unfinished => "unfinished",
        }
    }
}

/// A way out of it.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// From what the van carries for nobody in particular.
    Van,
    /// Own stock, sent on to the stop.
    SendOn,
    /// Ordered, and sent straight to the stop.
    Express,
    /// Somebody drives out again.
    SecondTrip,
    /// The maker's engineers on the phone.
    Phone,
    /// The customer brings it to the workshop.
    Workshop,
    /// It is towed to the workshop.
    Tow,
    /// Done on the next tour to that area.
    NextTour,
}

impl Way {
    /// The word used in the catalogues.
    pub fn key(self) -> &'static str {
        match self {
            Self::Van => "van",
            Self::SendOn => "send_on",
            Self::Express => "express",
            Self::SecondTrip => "second_trip",
            Self::Phone => "phone",
            Self::Workshop => "workshop",
            Self::Tow => "tow",
            Self::NextTour => "next_tour",
        }
    }
}

/// One way considered, in figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WayOption {
    /// Which.
    pub way: Way,
    /// Where the part comes from: `depot`, `van`, a supplier; empty = no part moves.
    pub from: String,
    /// Transport mode; empty = none.
    pub mode: String,
    /// Road km it takes the dealer, both ways; 0 = none.
    pub km: f64,
    /// What it costs the dealer; `None` = has to be asked.
    pub cost: Option<Fen>,
    /// The day the vehicle can be finished; `None` = to be agreed.
    pub ready: Option<Date>,
    /// Whether it can be done while the tour is there.
    pub in_time: bool,
}

/// One thing that went wrong, with the way chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Incident {
    /// Number in the tour, from 1.
    pub number: u32,
    /// Vehicle.
    pub vehicle: String,
    /// Booking key; empty = not in the plan.
    pub booking: String,
    /// What.
    pub kind: IncidentKind,
    /// The day it was found.
    pub on: Option<Date>,
    /// Part; empty = none is meant.
    pub part: String,
    /// Pieces.
    pub qty: u32,
    /// Items that wait for it.
    pub items: Vec<String>,
    /// The most pressing reason among them: `safety`, `warranty`, `wear`, `comfort`.
    pub need: String,
    /// What the waiting items are worth: labour and parts.
    pub worth: Fen,
    /// The way chosen.
    pub chosen: WayOption,
    /// Every way considered, the chosen one among them.
    pub options: Vec<WayOption>,
    /// Why this one: `on_the_van`, `safety_first`, `cheapest`, `not_worth_it`, `ask_first`, `no_other`.
    pub why: String,
}

/// How the parts reach a partner.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum PartsBy {
    /// Left there by the van.
    Left,
    /// Sent.
    Sent,
}

/// A no-show, passed to a partner where the customer agreed to that.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HandOver {
    /// Booking key.
    pub booking: String,
    /// Vehicle.
    pub vehicle: String,
    /// Whether the customer agreed that a partner gets his data; without it there is no partner here.
    pub consent: bool,
    /// The partner's point; empty = no consent, or nobody near can do it.
    pub partner: String,
    /// Partner's name.
    pub partner_name: String,
    /// Partner's address.
    pub partner_address: String,
    /// Partner's number: a business, not a customer.
    pub partner_phone: String,
    /// Whom to ask for there.
    pub partner_contact: String,
    /// Road km from the vehicle's place to the partner.
    pub km: Option<f64>,
    /// Whether these km count from the visit's point, the vehicle's own place being too far for the tables.
    pub km_from_point: bool,
    /// Items to be done.
    pub items: Vec<String>,
    /// What is left of the customer's bag.
    pub parts: Vec<PartQty>,
    /// What was taken out of it for others on the way: to be sent from the shelf.
    pub parts_short: Vec<PartQty>,
    /// How the bag gets there.
    pub parts_by: PartsBy,
    /// Who answers technical questions.
    pub technical_contact: String,
    /// That person's number.
    pub technical_phone: String,
    /// What the customer agreed to pay, where that is known.
    pub price: Option<Fen>,
    /// The last day it holds (inclusive).
    pub valid_until: Date,
    /// The day the partner agreed; `None` = not answered yet.
    pub agreed_on: Option<Date>,
    /// Partners that declined.
    pub declined: Vec<String>,
    /// Whether the partner has the parts.
    pub parts_received: Option<bool>,
    /// The day the partner did the repair.
    pub repaired_on: Option<Date>,
}

impl HandOver {
    /// Whether a partner was found to ask.
    pub fn has_partner(&self) -> bool {
        !self.partner.is_empty()
    }

    /// Whether the bag goes to the partner and not back on the shelf.
    pub fn takes_parts(&self) -> bool {
        self.has_partner() && self.agreed_on.is_some()
    }
}

/// Where the pieces of one part went: carried + extra = used + handed over + back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReturnLine {
    /// Part code.
    pub part: String,
    /// On the van at departure.
    pub carried: u32,
    /// Used beyond what was carried: sent on, or bought on the way.
    pub extra: u32,
    /// Used.
    pub used: u32,
    /// With a partner, or on the way there.
    pub handed_over: u32,
    /// To come back.
    pub back: u32,
    /// Of these, found not to fit.
    pub wrong: u32,
    /// Of these, kept aside until a partner has answered.
    pub held: u32,
}

/// A vehicle that has to come again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Revisit {
    /// Booking key; empty = not in the plan.
    pub booking: String,
    /// Vehicle.
    pub vehicle: String,
    /// Items still open.
    pub items: Vec<String>,
    /// Parts promised.
    pub parts: Vec<PartQty>,
    /// How it is to be done.
    pub way: Way,
    /// The day it can be done, where that is known.
    pub ready: Option<Date>,
}

/// One call after the visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FollowUp {
    /// Booking key; empty = a walk-in.
    pub booking: String,
    /// Vehicle.
    pub vehicle: String,
    /// The day to call.
    pub on: Date,
    /// The day it was called; `None` = not yet.
    pub called_on: Option<Date>,
    /// 1 (bad) to 5 (good).
    pub satisfaction: Option<u8>,
    /// Whether the same fault is back.
    pub fault_again: Option<bool>,
}

/// Why a figure is not there, or what it leaves out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct KpiNote {
    /// A key of the catalogues (`kpi_note_…`); empty = nothing to say.
    pub key: String,
    /// The number in it.
    pub count: u64,
}

/// One figure, with what it was computed from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Kpi {
    /// Its key; the catalogues hold name and formula.
    pub key: String,
    /// `share`, `yuan`, `hours`, `km`, `count`, `mean`.
    pub unit: String,
    /// The figure; `None` = cannot be computed, and `note` says why.
    pub value: Option<f64>,
    /// Upper half of the formula.
    pub numerator: Option<f64>,
    /// Lower half; `None` = the formula has none.
    pub denominator: Option<f64>,
    /// What has to be said about it.
    pub note: KpiNote,
    /// The same figure of the month before, where its plan folder has it.
    pub before: Option<f64>,
}

/// The month's closing figures over all tours closed or running.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MonthClosing {
    /// Tours counted.
    pub tours: Vec<String>,
    /// Of these, still running.
    pub running: Vec<String>,
    /// The month in figures.
    pub kpis: Vec<Kpi>,
}

impl TourClosing {
    /// What became of a vehicle.
    pub fn outcome(&self, vehicle: &str) -> Option<&VehicleOutcome> {
        self.outcomes.iter().find(|one| one.vehicle == vehicle)
    }
}
