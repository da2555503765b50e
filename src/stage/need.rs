//! What the stage is asked for: tours, their visits and the jobs there, as plain numbers.

use crate::domain::settings::PartsSettings;
use crate::domain::{Date, Van};
use crate::findings::Finding;
use crate::plan::model::{KitLine, TourKit};

/// One vehicle on a visit and what it may need.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct JobNeed {
    /// Vehicle id.
    pub vehicle: String,
    /// Model of the catalogue; `None` = only bills of material for every model apply.
    pub model: Option<String>,
    /// Probability that it comes: show-up × share, 0 to 1. A confirmed booking is nearly 1.
    pub show: f64,
    /// The customer has said yes.
    pub booked: bool,
    /// Items with their probability, given that it comes.
    pub items: Vec<(String, f64)>,
    /// Parts it surely needs beyond those items' own, once it comes (the foreman's): code and pieces.
    pub extra_parts: Vec<(String, u32)>,
}

/// One visit's jobs.
#[derive(Clone, Debug, PartialEq)]
pub struct VisitJobs {
    /// Visit id, e.g. `T01-1`.
    pub visit: String,
    /// Point id.
    pub point: String,
    /// First day (inclusive).
    pub first_day: Date,
    /// The host takes parts sent ahead.
    pub receives_goods: bool,
    /// In slot order.
    pub jobs: Vec<JobNeed>,
}

/// One tour's jobs.
#[derive(Clone, Debug, PartialEq)]
pub struct TourJobs {
    /// Tour id.
    pub tour: String,
    /// First day (inclusive).
    pub depart: Date,
    /// Last day (inclusive).
    pub ret: Date,
    /// Its van; `None` = unknown, no limit.
    pub van: Option<Van>,
    /// In stop order.
    pub visits: Vec<VisitJobs>,
    /// What it took along, of a tour that has left: nothing is packed anew.
    pub loaded: Option<Loaded>,
}

/// A van as it was loaded.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    /// Customer bags and common stock.
    pub lines: Vec<KitLine>,
    /// Fill rates and load.
    pub facts: TourKit,
}

impl TourJobs {
    /// The day a part must be at the depot so that the van can be loaded (inclusive): the day before departure.
    pub fn needed_at_depot(&self) -> Date {
        self.depart.plus_days(-1)
    }
}

/// Tours by departure, then id: the order in which pieces are promised.
pub(super) fn in_order(tours: &[TourJobs]) -> Vec<TourJobs> {
    let mut tours = tours.to_vec();
    tours.sort_by(|a, b| (a.depart, &a.tour).cmp(&(b.depart, &b.tour)));
    tours
}

/// P002 where the forecast order of a tour was due before today.
pub(super) fn late_forecast(
    tour: &TourJobs,
    settings: &PartsSettings,
    today: Date,
) -> Option<Finding> {
    let due = tour.depart.plus_days(-i64::from(settings.forecast_days));
    (due < today).then(|| {
        Finding::new("P002")
            .arg("tour", &tour.tour)
            .arg("depart", tour.depart)
            .arg("due", due)
    })
}
