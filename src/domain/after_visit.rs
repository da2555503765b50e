//! What comes back after a tour: answers of customers and of partner workshops.
//!
//! A blank cell is `None` or empty and says nothing.

use serde::{Deserialize, Serialize};

use super::date::Date;
use super::filled::FilledAt;

/// One line of a filled follow-up sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FollowUpAnswer {
    /// Booking key; empty for a walk-in.
    pub booking: String,
    /// Tour.
    pub tour: String,
    /// Vehicle.
    pub vehicle: String,
    /// The day of the call.
    pub called_on: Option<Date>,
    /// 1 (bad) to 5 (good).
    pub satisfaction: Option<u8>,
    /// Whether the same fault is back.
    pub fault_again: Option<bool>,
    /// Remark.
    pub note: String,
    /// Where it was read.
    pub at: FilledAt,
}

/// One line of a filled hand-over sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HandOverAnswer {
    /// Booking key.
    pub booking: String,
    /// The partner that was asked; empty = the one printed.
    pub partner: String,
    /// Whether it agreed.
    pub agreed: Option<bool>,
    /// The day of the answer.
    pub on: Option<Date>,
    /// Whether the van left the parts there (else they are sent).
    pub parts_left: Option<bool>,
    /// Whether it has the parts.
    pub parts_received: Option<bool>,
    /// The day it did the repair.
    pub repaired_on: Option<Date>,
    /// Remark.
    pub note: String,
    /// Where it was read.
    pub at: FilledAt,
}
