//! tour.toml as data: every key with its default.
//!
//! Responsible for: names, units, defaults and what is allowed together.
//! Not responsible for: finding and reading the file (`workspace`).

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::date::Date;
use super::geo::Datum;

mod policy;
mod travel;

pub use policy::{Pins, PolicySettings, is_pin};
pub use travel::{TravelCurve, TravelSettings};

/// All settings of a workspace.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Settings {
    /// The day the plan is made on; unset = today.
    pub today: Option<Date>,
    /// The month to plan, `yyyy-mm`; unset = the month after `today`.
    pub month: Option<String>,
    /// Language of documents and messages: `zh-CN` or `en`; unset = the locale, else zh-CN.
    pub lang: Option<String>,
    /// Seed of the search; the same seed gives the same plan.
    pub seed: u64,
    /// The dealer.
    pub dealer: Dealer,
    /// The teams; none = one team of up to three technicians with the first van.
    pub team: Vec<TeamSettings>,
    /// What a tour may be.
    pub tour: TourSettings,
    /// What driving and staying away cost.
    pub costs: CostSettings,
    /// When customers are called, in days before departure.
    pub calls: WindowFiveToThree,
    /// When customers are reminded, in days before departure.
    pub reminders: WindowTwoToOne,
    /// Parts policy.
    pub parts: PartsSettings,
    /// Where places are looked up.
    pub place: PlaceSettings,
    /// Where road distances come from.
    pub travel: TravelSettings,
    /// Prediction rates.
    pub predict: PredictSettings,
    /// Fairness over months.
    pub policy: PolicySettings,
    /// Points that must, or must not, be visited: id → `must`, `never`, or the day a visit begins.
    pub pins: Pins,
    /// Privacy.
    pub privacy: PrivacySettings,
    /// Own column names: key of contracts → the dealer's headers, e.g. `phone = ["电话1"]`.
    pub columns: BTreeMap<String, Vec<String>>,
}

/// The dealer and its own catchment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Dealer {
    /// Name on documents.
    pub name: String,
    /// Number customers call back.
    pub phone: String,
    /// First words of a call; `{name}` stands for the dealer.
    pub greeting: String,
    /// Address of the depot.
    pub address: String,
    /// Longitude of the depot, degrees.
    pub lon: Option<f64>,
    /// Latitude of the depot, degrees.
    pub lat: Option<f64>,
    /// Customers nearer than this (road km) are invited to the workshop.
    pub catchment_km: f64,
}

impl Default for Dealer {
    fn default() -> Self {
        Self {
            name: String::new(),
            phone: String::new(),
            greeting: String::new(),
            address: String::new(),
            lon: None,
            lat: None,
            catchment_km: 25.0,
        }
    }
}

/// One team.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct TeamSettings {
    /// Its id.
    pub id: String,
    /// Technicians on tour.
    pub technicians: u32,
    /// The van it uses (vans.csv).
    pub van: String,
    /// Yuan per day on tour.
    pub cost_per_day: f64,
    /// Days it cannot go.
    pub days_off: Vec<Date>,
}

impl Default for TeamSettings {
    fn default() -> Self {
        Self {
            id: "team-1".into(),
            technicians: 3,
            van: String::new(),
            cost_per_day: 1200.0,
            days_off: Vec::new(),
        }
    }
}

/// Limits of a tour.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct TourSettings {
    /// Hours a person is planned for on a day, driving included.
    pub hours_per_day: f64,
    /// Hours a day for setting up and packing.
    pub setup_hours: f64,
    /// Least hours of service left on a day for it to be worth setting up.
    pub min_service_hours: f64,
    /// Most hours of driving on a day.
    pub max_drive_hours_per_day: f64,
    /// Most nights away.
    pub max_nights: u32,
    /// Least days at home between two tours of a team.
    pub min_days_home: u32,
    /// Share of the offered hours that is filled with expected work.
    pub utilisation: f64,
    /// Farthest a customer comes to a point, road km.
    pub max_customer_km: f64,
    /// Up to here every customer comes who would come at all, km.
    pub attendance_full_km: f64,
    /// Every further so many km halve the share that comes.
    pub attendance_half_km: f64,
    /// Most visits to one point in a month.
    pub visits_per_point: u32,
    /// Hours of the free check every vehicle gets.
    pub free_check_hours: f64,
    /// Work takes longer in the field by this factor.
    pub field_factor: f64,
    /// Tours may run on rest days.
    pub rest_days_allowed: bool,
    /// Days above 8 and up to 11 hours may be planned.
    pub overtime_allowed: bool,
}

impl Default for TourSettings {
    fn default() -> Self {
        Self {
            hours_per_day: 8.0,
            setup_hours: 0.5,
            min_service_hours: 2.0,
            max_drive_hours_per_day: 6.0,
            max_nights: 4,
            min_days_home: 0,
            utilisation: 0.85,
            max_customer_km: 40.0,
            attendance_full_km: 10.0,
            attendance_half_km: 25.0,
            visits_per_point: 1,
            free_check_hours: 0.3,
            field_factor: 1.2,
            rest_days_allowed: false,
            overtime_allowed: false,
        }
    }
}

/// Costs of driving and nights.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct CostSettings {
    /// Yuan per km of the van.
    pub per_km: f64,
    /// Yuan per night of the team.
    pub per_night: f64,
}

impl Default for CostSettings {
    fn default() -> Self {
        Self {
            per_km: 1.5,
            per_night: 300.0,
        }
    }
}

/// A window before departure: calls.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct WindowFiveToThree {
    /// First day, days before departure (inclusive).
    pub from_days: u32,
    /// Last day, days before departure (inclusive).
    pub to_days: u32,
}

impl Default for WindowFiveToThree {
    fn default() -> Self {
        Self {
            from_days: 5,
            to_days: 3,
        }
    }
}

/// A window before departure: reminders.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct WindowTwoToOne {
    /// First day, days before departure (inclusive).
    pub from_days: u32,
    /// Last day, days before departure (inclusive).
    pub to_days: u32,
}

impl Default for WindowTwoToOne {
    fn default() -> Self {
        Self {
            from_days: 2,
            to_days: 1,
        }
    }
}

/// Parts policy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PartsSettings {
    /// Share of jobs that need parts for which every part should be on the van.
    pub target_job_fill: f64,
    /// `partial` (a job that cannot be finished still uses what is there) or `all-or-nothing`.
    pub policy: String,
    /// The forecast order is placed this many days before departure.
    pub forecast_days: u32,
    /// A customer gets a bag for parts needed with at least this probability.
    pub bag_probability: f64,
    /// Cost of carrying a piece: this share of its price (capital, damage), …
    pub carry_share: f64,
    /// … plus this many yuan of picking and loading, …
    pub carry_yuan: f64,
    /// … plus this many yuan of taking it back and putting it away, reckoned for every piece carried.
    pub return_yuan: f64,
}

impl Default for PartsSettings {
    fn default() -> Self {
        Self {
            target_job_fill: 0.9,
            policy: "partial".into(),
            forecast_days: 15,
            bag_probability: 0.35,
            carry_share: 0.01,
            carry_yuan: 0.6,
            return_yuan: 0.4,
        }
    }
}

/// Which gazetteer, and what datum coordinates are in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PlaceSettings {
    /// `all`, or `clean` (no points of doubtful origin).
    pub gazetteer: String,
    /// Datum of coordinates in input files: `wgs84`, `gcj02` or `bd09`.
    pub datum: Datum,
    /// Another datum for single files: file name → datum.
    pub datum_of: BTreeMap<String, Datum>,
    /// Province that wins where a name exists in several; unset = the dealer's.
    pub province: Option<String>,
}

impl Default for PlaceSettings {
    fn default() -> Self {
        Self {
            gazetteer: "all".into(),
            datum: Datum::Wgs84,
            datum_of: BTreeMap::new(),
            province: None,
        }
    }
}

/// Rates the prediction starts from; all assumptions a dealer should replace by his own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PredictSettings {
    /// An interval counts as due this share of it early.
    pub due_window: f64,
    /// Chance that an item once due is wanted at the visit.
    pub acceptance: f64,
    /// Chance that an item is still open where two of its intervals or more have passed with nothing
    /// recorded: the owner may have had it done elsewhere.
    pub lapsed_open: f64,
    /// Chance that a private person comes to a visit near by, before any call.
    pub show_up_person: f64,
    /// The same for a firm or group.
    pub show_up_firm: f64,
    /// Chance that a customer comes who said yes and has a booked slot.
    pub show_up_booked: f64,
    /// The same for one who was reached and has not decided, or asked to be called again.
    pub show_up_undecided: f64,
    /// The same for one whom the calls did not reach.
    pub show_up_not_reached: f64,
    /// Items below this probability are left out of a job.
    pub least_probability: f64,
    /// Uses that count as severe.
    pub severe_usages: Vec<String>,
    /// From this many km a day any use counts as severe.
    pub severe_km_per_day: f64,
    /// Use assumed where nothing is known, km per day.
    pub km_per_day: f64,
    /// Yuan added to an item's margin when planning, by priority.
    pub weight_safety: f64,
    /// Likewise for warranty work.
    pub weight_warranty: f64,
    /// Likewise for wear.
    pub weight_wear: f64,
    /// Likewise for comfort.
    pub weight_comfort: f64,
    /// A key customer's planning value is multiplied by this.
    pub key_customer_factor: f64,
    /// Planning value of a free check that finds nothing, yuan.
    pub check_value: f64,
}

impl Default for PredictSettings {
    fn default() -> Self {
        Self {
            due_window: 0.1,
            acceptance: 0.85,
            lapsed_open: 0.6,
            show_up_person: 0.45,
            show_up_firm: 0.6,
            show_up_booked: 0.9,
            show_up_undecided: 0.3,
            show_up_not_reached: 0.15,
            least_probability: 0.05,
            severe_usages: vec!["construction".into(), "passenger".into(), "school".into()],
            severe_km_per_day: 200.0,
            km_per_day: 55.0,
            weight_safety: 60.0,
            weight_warranty: 40.0,
            weight_wear: 20.0,
            weight_comfort: 0.0,
            key_customer_factor: 1.2,
            check_value: 10.0,
        }
    }
}

/// Privacy settings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PrivacySettings {
    /// Call data older than this many days is due for `purge`.
    pub retention_days: u32,
}

impl Default for PrivacySettings {
    fn default() -> Self {
        Self {
            retention_days: 365,
        }
    }
}
