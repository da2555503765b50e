//! Duties, tools and calls.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::{CallOutcome, Date};

/// One person on one day of one tour.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Duty {
    /// Tour.
    pub tour: String,
    /// Day.
    pub date: Date,
    /// Name.
    pub person: String,
    /// `leader`, `technician`.
    pub role: String,
    /// Drives the van.
    pub driver: bool,
    /// Skills held, `|`.
    pub skills: String,
    /// Hours planned, driving included.
    pub hours: f64,
    /// A rest day by the calendar.
    pub rest_day: bool,
}

/// One tool of one tour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ToolLine {
    /// Tour.
    pub tour: String,
    /// Tool code.
    pub tool: String,
    /// Name.
    pub name: String,
    /// Pieces.
    pub qty: u32,
    /// Pieces the dealer owns; 0 = none or unknown.
    pub owned: u32,
}

/// Whether a customer may and can be called.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Callable {
    /// Yes.
    Yes,
    /// Asked not to be called.
    DoNotCall,
    /// No number known.
    NoPhone,
}

impl Callable {
    /// The word used in calls.csv.
    pub fn key(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::DoNotCall => "do_not_call",
            Self::NoPhone => "no_phone",
        }
    }
}

/// Why a call or a reminder lies outside its window: the word of calls.csv and reminders.csv.
pub(crate) const MOVED: &str = "moved";

/// One vehicle on the call list; vehicles of one contact share `contact` and are one call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Call {
    /// Booking key.
    pub booking: String,
    /// Tour.
    pub tour: String,
    /// Vehicle.
    pub vehicle: String,
    /// Key of a contact's rows, e.g. `C0012`.
    pub contact: String,
    /// Day of the call; `None` = nobody is free (overflow), or not to be called.
    pub call_date: Option<Date>,
    /// Adviser.
    pub caller: String,
    /// Order within the tour, 1 = first.
    pub priority: u32,
    /// Place offered: `yyyy-mm-dd HH:MM`; empty = waiting list.
    pub slot_offered: String,
    /// Whether it can be called.
    pub callable: Callable,
    /// The call day is a rest day used because the window has no workday left.
    pub rest_day: bool,
    /// How the call went; `None` = not called yet.
    #[serde(default)]
    pub outcome: Option<CallOutcome>,
    /// Why the call day lies outside the window, after the tour was moved or planned anew for other days; empty = it does not.
    #[serde(default)]
    pub deviation: String,
}
