//! Tables that stand alone: the questions of `tourplan solve` and what was learnt, one file each.
//!
//! Responsible for: life data, odometer readings, proposals and learned values, bytes to numbers, with the row and column of whatever
//! cannot be. Not responsible for: what follows from them (`solve`).
//!
//! They are read as all tables are: any encoding, delimiter or workbook, columns by name.

mod learned;
mod lives;
mod readings;
#[cfg(test)]
mod tests;

pub use learned::{LearnedRow, Mark, read_learned, read_marks};
pub use lives::read_lives;
pub use readings::{BadReading, ReadReadings, VehicleReadings, read_readings};

use std::path::Path;

use super::ReadOptions;
use super::aliases::TableSpec;
use super::desk::Desk;
use super::record::Record;
use crate::domain::Settings;
use crate::findings::{Failure, FailureKind, Finding, Severity, entry};

/// Hands every record of the file on; returns what was noticed.
///
/// # Errors
/// Status 3 where the file is no table, lacks a column, or a row of it cannot be read.
fn records(
    bytes: &[u8],
    file: &str,
    spec: &'static TableSpec,
    keep: &mut dyn FnMut(&mut Record<'_>),
) -> Result<Vec<Finding>, Failure> {
    let settings = Settings::default();
    let options = ReadOptions {
        extra: &[],
        encoding: None,
        to_wgs84: &|_, at| at,
    };
    let mut desk = Desk::new(Path::new(""), &settings, options);
    desk.records_in(spec, bytes, file, keep);
    if !desk.failures.is_empty() {
        return Err(Failure {
            kind: FailureKind::Input,
            findings: desk.failures,
        });
    }
    Ok(desk.log.findings)
}

/// The findings that are errors, first in the file first.
fn errors(findings: &[Finding]) -> Vec<Finding> {
    let is_error = |finding: &&Finding| {
        entry(&finding.code).is_none_or(|entry| entry.severity == Severity::Error)
    };
    let mut errors: Vec<Finding> = findings.iter().filter(is_error).cloned().collect();
    errors.sort_by_key(|finding| finding.at.line);
    errors
}
