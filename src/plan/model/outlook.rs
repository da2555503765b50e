//! What the month could be instead, and how it stands if assumed rates are wrong: for whoever decides.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Beside the certificate: a bound says how good the plan is for the rates assumed, not how good the rates are.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Outlook {
    /// Smaller and larger months, each the best found, by team-days; one of them is this plan.
    pub curve: Vec<Choice>,
    /// The plan under other rates than assumed.
    pub rates: Vec<RateCase>,
}

/// One size the month could have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Choice {
    /// Teams with at least one tour.
    pub teams: u64,
    /// Days of all teams on tour.
    pub team_days: u64,
    /// Tours.
    pub tours: u64,
    /// Nights away, all teams.
    pub nights: u64,
    /// Kilometres driven.
    pub km: f64,
    /// Vehicles with a place, by the cells' shares.
    pub vehicles: f64,
    /// Of these, vehicles with something due.
    pub due: f64,
    /// Tour costs, yuan.
    pub cost_yuan: f64,
    /// Planning value less tour costs, yuan: problem.json's objective.
    pub contribution_yuan: f64,
    /// Whether it is the plan.
    pub is_plan: bool,
}

/// An assumed rate that could be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rate {
    /// The chances that customers come.
    ShowUp,
    /// How often wear items fail.
    Wear,
}

/// The plan under another rate than assumed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RateCase {
    /// The rate.
    pub rate: Rate,
    /// The true rate over the assumed one.
    pub factor: f64,
    /// Objective of the plan's tours then, places given out anew, yuan.
    pub kept_yuan: f64,
    /// Objective of the best tours found for that rate, yuan; never less than `kept_yuan`.
    pub best_yuan: f64,
    /// Visits of the plan.
    pub visits: u64,
    /// Of these, the points the best tours for that rate visit too.
    pub visits_kept: u64,
    /// Share of the jobs needing parts that the kits as packed complete then.
    pub job_fill: f64,
    /// Pieces those jobs are expected to need.
    pub needed: f64,
    /// Pieces expected to come back.
    pub leftover: f64,
}
