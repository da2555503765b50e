//! Kits, the month's parts list and where every piece comes from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::{Date, Fen};

/// Why pieces are on the van.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum CarryReason {
    /// The customer is booked and has agreed to an item that needs them.
    Agreed,
    /// Named on the foreman's sheet beside the items.
    Named,
    /// Made for this vehicle.
    Made,
    /// Likely enough to be needed that carrying them pays.
    #[default]
    Probable,
}

impl CarryReason {
    /// The word used in kit.csv.
    pub fn key(self) -> &'static str {
        match self {
            Self::Agreed => "agreed",
            Self::Named => "named",
            Self::Made => "made",
            Self::Probable => "probable",
        }
    }
}

/// An item that pieces are carried for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CarriedFor {
    /// Item code; empty = named beside the items.
    pub item: String,
    /// Vehicles that may need it.
    pub vehicles: u32,
    /// Pieces it is expected to use (show-up included).
    pub pieces: f64,
}

/// One line of a tour's kit: a customer's bag, or common stock.
///
/// Pieces + shortage = need + leftover. A bag is reckoned for its vehicle alone, common stock for what bags do not
/// hold; so a piece left in one bag may still serve another vehicle, and the tour's own leftover is the smaller figure.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct KitLine {
    /// Tour.
    pub tour: String,
    /// Visit of the bag; empty = common stock.
    pub visit: String,
    /// Vehicle of the bag; empty = common stock.
    pub vehicle: String,
    /// Part code.
    pub part: String,
    /// Pieces.
    pub qty: u32,
    /// Why they are carried.
    #[serde(default)]
    pub why: CarryReason,
    /// The items they are carried for, most pieces first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<CarriedFor>,
    /// Pieces expected to be needed of the line.
    #[serde(default)]
    pub need: f64,
    /// Pieces expected to be needed beyond it.
    #[serde(default)]
    pub shortage: f64,
    /// Pieces of it expected to come back.
    #[serde(default)]
    pub leftover: f64,
}

/// Fill rates and load of one tour's kit.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TourKit {
    /// Tour.
    pub tour: String,
    /// Share of jobs needing parts that can be finished from the van.
    pub job_fill: f64,
    /// Share of pieces needed that are on the van.
    pub part_fill: f64,
    /// Litres.
    pub volume_l: f64,
    /// Kilograms.
    pub weight_kg: f64,
    /// The van's room, litres (0 = unknown).
    pub van_volume_l: f64,
    /// The van's payload, kg (0 = unknown).
    pub van_payload_kg: f64,
    /// Value of what is carried, at customer prices.
    pub value: Fen,
    /// Pieces expected to come back.
    pub expected_leftover: f64,
    /// Probability that nothing at all is short on the tour.
    #[serde(default)]
    pub tour_fill: f64,
    /// Pieces expected to be needed and not there.
    #[serde(default)]
    pub expected_shortage: f64,
    /// What carrying costs (handling out and back, capital), yuan.
    #[serde(default)]
    pub cost: f64,
    /// No kit that reaches the target costs less, yuan; `None` = not proven.
    #[serde(default)]
    pub lower_bound: Option<f64>,
    /// (cost − lower bound) / cost.
    #[serde(default)]
    pub gap: Option<f64>,
}

/// One line of the month's pre-staged parts list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PartRequirement {
    /// Part code.
    pub part: String,
    /// Expected pieces used.
    pub needed_expected: f64,
    /// Pieces carried, all tours.
    pub kit_qty: u32,
    /// Pieces that must exist at once.
    pub peak_qty: u32,
    /// On the shelf, reserved or not.
    pub on_hand: u32,
    /// Taken from free stock.
    pub from_stock: u32,
    /// Taken from what is already on order.
    pub on_order: u32,
    /// From sister dealers.
    pub from_peer: u32,
    /// To be ordered, in time.
    pub to_order: u32,
    /// Not to be had in time.
    pub short: u32,
    /// Reviewed by the maker first.
    pub monitored: bool,
}

/// Where pieces come from.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    /// Own shelf.
    Stock,
    /// Already ordered.
    OnOrder,
    /// Sister dealer.
    Peer,
    /// New order to the maker.
    Order,
}

impl SourceKind {
    /// The word used in sourcing.csv.
    pub fn key(self) -> &'static str {
        match self {
            Self::Stock => "stock",
            Self::OnOrder => "on_order",
            Self::Peer => "peer",
            Self::Order => "order",
        }
    }
}

/// One line of sourcing.csv.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SourcingLine {
    /// Part code.
    pub part: String,
    /// The tour that needs it first.
    pub tour: String,
    /// Source.
    pub source: SourceKind,
    /// Supplier or dealer; empty = own shelf.
    pub supplier: String,
    /// Transport mode; empty = none.
    pub mode: String,
    /// Pieces.
    pub qty: u32,
    /// Pieces to order, from the maker in whole packs: what is over serves later lines of the same order, then the
    /// shelf. 0 = nothing to order, or it comes out of an earlier line's pack.
    #[serde(default)]
    pub order_qty: u32,
    /// From the shelf: the superseded number the pieces lie under; empty = the part's own.
    #[serde(default)]
    pub number: String,
    /// Latest day to order; `None` = nothing to order.
    pub order_by: Option<Date>,
    /// The day it is there.
    pub arrives: Option<Date>,
    /// `depot`, or the point it is sent to.
    pub to: String,
    /// Transport cost.
    pub cost: Fen,
    /// In time and by an allowed mode.
    pub feasible: bool,
    /// Why this source, or why not in time: a finding code, empty where it needs no word.
    pub reason: String,
}
