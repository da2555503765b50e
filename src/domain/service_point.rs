//! A place where the team can set up.

use std::collections::BTreeSet;

use super::date::{Date, Weekday};
use super::geo::LonLat;

/// When a point can be used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpenDays {
    /// Only these weekdays; empty = no such limit.
    pub weekdays: BTreeSet<Weekday>,
    /// Only these dates; empty = no such limit.
    pub dates: BTreeSet<Date>,
    /// Never on these dates.
    pub closed: BTreeSet<Date>,
}

impl OpenDays {
    /// Whether the point can be used on the day. Dates and weekdays add up: either opens a day.
    pub fn is_open(&self, date: Date) -> bool {
        if self.closed.contains(&date) {
            return false;
        }
        if self.weekdays.is_empty() && self.dates.is_empty() {
            return true;
        }
        self.dates.contains(&date) || self.weekdays.contains(&date.weekday())
    }
}

/// A candidate service point.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ServicePoint {
    /// Its id, e.g. `P07`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// County as written.
    pub county: String,
    /// City as written.
    pub city: String,
    /// Township as written.
    pub town: String,
    /// Address as written.
    pub address: String,
    /// Given coordinates, WGS-84.
    pub lon_lat: Option<LonLat>,
    /// The customer whose own yard it is: only his vehicles are served there. Empty = anybody's.
    pub customer: String,
    /// Host firm or person.
    pub host: String,
    /// Contact at the host.
    pub contact: String,
    /// The host's number.
    pub phone: String,
    /// Vehicles that can be worked on at once.
    pub bays: u32,
    /// Fee in yuan per day of use.
    pub fee_per_day: f64,
    /// When it can be used.
    pub open: OpenDays,
    /// May take no-shows.
    pub partner: bool,
    /// Has a lift.
    pub lift: bool,
    /// Takes parts sent ahead.
    pub receives_goods: bool,
    /// Most days a month; `None` = no limit.
    pub max_days: Option<u32>,
    /// Remark as written.
    pub remark: String,
}

impl ServicePoint {
    /// Whether vehicles of this customer may be served there.
    pub fn serves(&self, customer: &str) -> bool {
        self.customer.is_empty() || self.customer == customer.trim()
    }
}
