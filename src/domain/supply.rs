//! Stock, sister dealers and the ways parts travel.

use serde::{Deserialize, Serialize};

use super::catalogue::TransportMode;
use super::date::{Date, Weekday};

/// What the dealer has of a part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StockLine {
    /// Part code.
    pub part: String,
    /// Pieces on the shelf.
    pub on_hand: u32,
    /// Of these, promised to others.
    pub reserved: u32,
    /// Shelf place.
    pub bin: String,
    /// Pieces already ordered.
    pub on_order: u32,
    /// The day they arrive; `None` = unknown, so they are not counted on.
    pub eta: Option<Date>,
}

/// What a sister dealer has of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeerStock {
    /// The dealer's name.
    pub dealer: String,
    /// Part code.
    pub part: String,
    /// Pieces there.
    pub on_hand: u32,
    /// Whom to ask.
    pub contact: String,
}

/// Maker or sister dealer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SupplierKind {
    /// The manufacturer.
    Maker,
    /// A sister dealer.
    Peer,
}

/// One supplier by one mode.
#[derive(Clone, Debug, PartialEq)]
pub struct SupplierMode {
    /// Supplier, for a peer the dealer's name.
    pub supplier: String,
    /// Maker or peer.
    pub kind: SupplierKind,
    /// How it travels.
    pub mode: TransportMode,
    /// Workdays from order to arrival.
    pub lead_workdays: u32,
    /// Yuan per order.
    pub cost_fixed: f64,
    /// Yuan per kg.
    pub cost_per_kg: f64,
    /// Orders leave only on this weekday; `None` = any workday.
    pub cutoff_weekday: Option<Weekday>,
}

/// Pieces of an order of this month that are still to come, or that lie where they were sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coming {
    /// Part code.
    pub part: String,
    /// Key of the order line.
    pub order: String,
    /// Supplier or dealer.
    pub supplier: String,
    /// Transport mode.
    pub mode: String,
    /// `depot`, or the point it is sent to.
    pub to: String,
    /// For pieces sent to a point: the only tour they serve.
    pub tour: String,
    /// The day they are there.
    pub eta: Date,
    /// They are there already: pieces received at a point.
    pub here: bool,
    /// Pieces.
    pub qty: u32,
}

/// All a dealer can draw on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Supply {
    /// Own stock, by part code, each once.
    pub stock: Vec<StockLine>,
    /// What the month's own orders bring, beside `on_order` of the stock table.
    pub coming: Vec<Coming>,
    /// Sister dealers' stock.
    pub peers: Vec<PeerStock>,
    /// Suppliers by mode.
    pub suppliers: Vec<SupplierMode>,
}
