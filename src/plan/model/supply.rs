//! The tables of stock as the plan saw them: what may be checked after the tables themselves have moved on.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::Date;

/// Stock and sister dealers' stock on the day sources were last sought.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct SupplySeen {
    /// The day; `None` = a plan made before this was kept.
    pub on: Option<Date>,
    /// The day this stock table was first seen.
    pub since: Option<Date>,
    /// SHA-256 of the stock table; empty = there was none.
    pub stock_sha256: String,
    /// SHA-256 of the peers' table.
    pub peers_sha256: String,
    /// Rows of the stock table.
    pub stock: Vec<SeenStock>,
    /// Rows of the peers' table.
    pub peers: Vec<SeenPeer>,
    /// Pieces by part that the month's tours had from the shelf before this table was made, so that it does
    /// not show them.
    pub out: BTreeMap<String, u32>,
}

/// One row of the stock table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SeenStock {
    /// Part code.
    pub part: String,
    /// Pieces on the shelf.
    pub on_hand: u32,
    /// Of these, promised to others.
    pub reserved: u32,
    /// Pieces already ordered.
    pub on_order: u32,
    /// The day they arrive.
    pub eta: Option<Date>,
}

/// One row of the peers' table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SeenPeer {
    /// The dealer's name.
    pub dealer: String,
    /// Part code.
    pub part: String,
    /// Pieces there.
    pub on_hand: u32,
}
