//! Jobs → kits; netting by time; sourcing with latest order days; van loading.
//!
//! Responsible for: what every tour carries and in whose bag, what the month needs at once, where each piece
//! comes from and by which day it must be ordered, and in which order a van is loaded.
//! Not responsible for: which vehicle comes where (`territory`), what it needs (`predict`), the kit search
//! itself (`solve::kit`), and printing lists (`documents`).

mod bags;
mod fare;
mod kits;
mod loading;
mod need;
mod netting;
mod options;
mod peak;
mod reasons;
mod shelf;
mod sourcing;
#[cfg(test)]
mod tests;
mod weighing;

pub use fare::{Fared, fare};
pub use kits::kit_question;
pub use loading::{LoadLine, LoadZone, load_order, zone_weights};
pub use need::{JobNeed, Loaded, TourJobs, VisitJobs};
pub use netting::{Netted, net};
pub use options::{OrderOption, order_options};
pub use weighing::{Asking, PartReason, Weighed, part_reason};

use rayon::prelude::*;

use crate::domain::settings::PartsSettings;
use crate::domain::{Calendar, Catalogue, Date, Supply};
use crate::findings::Finding;
use crate::plan::model::{KitLine, PartRequirement, SourcingLine, TourKit};

/// What the month's tours carry, need and order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Staged {
    /// Customer bags and common stock of every tour.
    pub kit: Vec<KitLine>,
    /// Fill rates and load of every tour.
    pub kits: Vec<TourKit>,
    /// The pre-staged parts list, in part order.
    pub parts: Vec<PartRequirement>,
    /// Where every piece comes from, in part order.
    pub sourcing: Vec<SourcingLine>,
    /// P002, P010, P015.
    pub findings: Vec<Finding>,
}

/// Stages a month: kits per tour, split into bags, netted by time and sourced.
///
/// Tours may stand in any order; the answer does not depend on it. `seed` matters only where a kit is too
/// large to be enumerated.
pub fn stage(
    tours: &[TourJobs],
    catalogue: &Catalogue,
    supply: &Supply,
    calendar: &Calendar,
    settings: &PartsSettings,
    today: Date,
    seed: u64,
) -> Staged {
    let tours = need::in_order(tours);
    let mut staged = Staged::default();
    // Tours are independent until netting, and collected in their order: the same on any number of threads.
    let kits: Vec<kits::Kit> = tours
        .par_iter()
        .map(|tour| kits::kit_of(tour, catalogue, settings, seed))
        .collect();
    for (tour, kit) in tours.iter().zip(kits) {
        staged.kit.extend(kit.lines);
        staged.kits.push(kit.facts);
        staged.findings.extend(kit.findings);
        staged
            .findings
            .extend(need::late_forecast(tour, settings, today));
    }
    let netted = net(&tours, &staged.kit, catalogue, supply, calendar, today);
    staged.parts = netted.parts;
    staged.sourcing = netted.sourcing;
    staged.findings.extend(netted.findings);
    staged
}
