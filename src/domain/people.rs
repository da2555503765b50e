//! Crew, advisers and vans.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::date::Date;

/// What a person does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Works on vehicles (技师).
    Technician,
    /// Leads a tour (负责人); works too where skilled.
    Leader,
    /// Turns symptoms into items (车间主管).
    Foreman,
    /// Calls customers (服务顾问).
    Adviser,
}

impl Role {
    /// The word used in crew.csv.
    pub fn key(self) -> &'static str {
        match self {
            Self::Technician => "technician",
            Self::Leader => "leader",
            Self::Foreman => "foreman",
            Self::Adviser => "adviser",
        }
    }
}

/// One member of the staff.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// Name, the key of crew.csv.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Phone, printed where customers need it.
    pub phone: String,
    /// Skills held.
    pub skills: BTreeSet<String>,
    /// Seniority; higher is more senior.
    pub level: u32,
    /// Own daily limit in hours; `None` = the tour's.
    pub hours_per_day: Option<f64>,
    /// Calls a day (advisers).
    pub calls_per_day: u32,
    /// Days off.
    pub days_off: BTreeSet<Date>,
    /// May drive the van.
    pub driver: bool,
}

/// A service van.
#[derive(Clone, Debug, PartialEq)]
pub struct Van {
    /// Its id, the key of vans.csv.
    pub id: String,
    /// Room for parts, litres.
    pub volume_l: f64,
    /// Payload for parts, kg.
    pub payload_kg: f64,
    /// Seats, driver included.
    pub seats: u32,
    /// Days it cannot go.
    pub days_off: BTreeSet<Date>,
}
