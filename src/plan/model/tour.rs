//! Tours, their days and their visits.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::{Date, Fen};

/// A place on the map: the depot (`depot`) or a service point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PlanPoint {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// County, as found.
    pub county: String,
    /// Address, as written.
    pub address: String,
    /// Longitude, WGS-84.
    pub lon: f64,
    /// Latitude, WGS-84.
    pub lat: f64,
    /// Whether a tour goes there this month.
    pub visited: bool,
    /// Bays.
    pub bays: u32,
    /// Host.
    pub host: String,
    /// Has a lift.
    pub lift: bool,
    /// Takes parts sent ahead.
    pub receives_goods: bool,
    /// The day it, or its county, was last served, where past-visits.csv says so.
    #[serde(default)]
    pub last_served: Option<Date>,
    /// Share of the planning value that is lost for that.
    #[serde(default)]
    pub lost_share: f64,
}

/// One tour.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Tour {
    /// `T01`, `T02` … in order of departure.
    pub id: String,
    /// Team.
    pub team: String,
    /// Van.
    pub van: String,
    /// Leader's name, on every notice.
    pub leader: String,
    /// The leader's phone, on every notice; empty = not in crew.csv.
    #[serde(default)]
    pub leader_phone: String,
    /// Technicians planned.
    pub technicians: u32,
    /// First day.
    pub depart: Date,
    /// Last day.
    pub ret: Date,
    /// Kilometres, all legs.
    pub km: f64,
    /// Driving hours, all legs.
    pub drive_hours: f64,
    /// Hours of service offered (capacity of all visits).
    pub service_hours: f64,
    /// Expected hours of work on all visits.
    pub expected_hours: f64,
    /// Nights away.
    pub nights: u32,
    /// Cost by kind.
    pub cost: TourCost,
    /// Day by day.
    pub days: Vec<TourDay>,
    /// Places given.
    pub vehicles: u64,
    /// Called without a place.
    pub waitlist: u64,
    /// Expected income of the visits.
    pub expected_income: Fen,
    /// How the hours of each day may turn out.
    pub hours_risk: Vec<HoursRisk>,
}

/// Tour cost by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TourCost {
    /// Kilometres.
    pub travel: Fen,
    /// Nights.
    pub nights: Fen,
    /// Team days.
    pub team: Fen,
    /// Fees of the points.
    pub fees: Fen,
}

impl TourCost {
    /// All of it.
    pub fn total(&self) -> Fen {
        self.travel + self.nights + self.team + self.fees
    }
}

/// One day of a tour.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TourDay {
    /// The day.
    pub date: Date,
    /// Where it works.
    pub point: String,
    /// Visit id.
    pub visit: String,
    /// Driving that day, hours.
    pub drive_hours: f64,
    /// Hours of service offered that day.
    pub capacity_hours: f64,
    /// Expected hours of work.
    pub expected_hours: f64,
}

/// Exact distribution of a visit day's hours of work.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HoursRisk {
    /// The day.
    pub date: Date,
    /// Mean.
    pub mean: f64,
    /// Nine days in ten need at most this.
    pub p90: f64,
    /// Technicians that would cover nine days in ten.
    pub technicians_for_p90: u32,
}

/// One point in one tour.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Visit {
    /// `T01-1`.
    pub id: String,
    /// Tour.
    pub tour: String,
    /// 1, 2 …
    pub stop: u32,
    /// Point.
    pub point: String,
    /// First day (inclusive).
    pub first_day: Date,
    /// Last day (inclusive).
    pub last_day: Date,
    /// Places given.
    pub vehicles: u64,
    /// Expected hours of work: Σ over its vehicles of share × expected hours.
    pub expected_hours: f64,
    /// Hours offered.
    pub capacity_hours: f64,
    /// Kilometres of the leg to it.
    pub leg_km: f64,
    /// Hours of the leg to it.
    pub leg_hours: f64,
    /// Nobody measured that leg.
    #[serde(default)]
    pub leg_estimated: bool,
    /// Expected start of service on the first day, hours after midnight.
    pub opens_at: f64,
}
