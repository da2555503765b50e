//! What the past teaches: rates of wear, use, coming and wanting, fitted from the repair history and closed tours.
//!
//! Responsible for: evidence → proposals with their errors and their worth out of sample, and laying accepted ones
//! over the tables (learned.csv). Not responsible for: reading files (`ingest`), the disk and printing (`cli`).
//!
//! Nothing here changes anything: a proposal is a line a person accepts or not.
//!
//! - `lives`: repair history and population → lives of wear items, with late entry and censoring;
//! - `wear`, `usage`, `rates`: one kind of proposal each, shrunk towards what is believed now;
//! - `tours`: closed tours → who came, what was wanted, which predictions came true;
//! - `score`: how good probabilities are (Brier 1950; Murphy 1977; Wilson 1927; Spiegelhalter 1986);
//! - `proposal`, `report`, `learned`: the files.

mod learned;
mod lives;
mod proposal;
mod rates;
mod report;
mod score;
#[cfg(test)]
mod tests;
mod tours;
#[cfg(test)]
mod tours_tests;
mod usage;
mod wear;

pub use learned::{LEARNED, Learned, LearnedLine};
pub use proposal::{Line, PROPOSAL, accepted, table};
pub use report::{REPORT, report};
pub use score::{Calibration, Score};
pub use tours::ClosedMonth;

use crate::domain::settings::PredictSettings;
use crate::domain::{Catalogue, Vehicle};
use crate::predict::RepairRecord;

/// All that can be learnt from.
pub struct Evidence<'a> {
    /// Vehicles, by id.
    pub vehicles: &'a [Vehicle],
    /// The catalogue as it is believed now.
    pub catalogue: &'a Catalogue,
    /// Rates as they are believed now.
    pub rates: &'a PredictSettings,
    /// Past repairs.
    pub record: &'a RepairRecord,
    /// Months with closed tours, oldest first.
    pub months: &'a [ClosedMonth],
    /// Fingerprint of the files all this comes from.
    pub fingerprint: &'a str,
}

/// What was learnt.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lesson {
    /// Fingerprint of the evidence.
    pub fingerprint: String,
    /// Proposals, and what could not be told with the reason, in order of kind and key.
    pub lines: Vec<Line>,
    /// How predictions of closed tours turned out, by kind of rule.
    pub kept: Vec<(String, Calibration)>,
}

/// Everything that can be told.
pub fn learn(evidence: &Evidence<'_>) -> Lesson {
    let mut lines = wear::lines(evidence);
    lines.extend(usage::lines(evidence));
    lines.extend(rates::lines(evidence));
    Lesson {
        fingerprint: evidence.fingerprint.to_owned(),
        lines,
        kept: tours::kept(evidence.months),
    }
}

/// Whether a vehicle is kept apart to judge what was learnt from the others: one in three, by its id alone
/// (FNV-1a), so that it is the same on every run and every machine.
fn is_held_out(vehicle: &str) -> bool {
    let hash = vehicle
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    (hash ^ (hash >> 32)) % 3 == 0
}
