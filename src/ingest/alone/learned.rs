//! learned.csv, and the proposal table with what a person marked in it.

use super::super::aliases::{LEARNED, MARKS};
use super::{errors, records};
use crate::domain::Date;
use crate::findings::{Failure, FailureKind, Finding};

/// One row of learned.csv.
#[derive(Clone, Debug, PartialEq)]
pub struct LearnedRow {
    /// What kind of value.
    pub what: String,
    /// Of what.
    pub key: String,
    /// Which number.
    pub parameter: String,
    /// The number; `None` = none that can be read.
    pub value: Option<f64>,
    /// When it was accepted.
    pub date: Option<Date>,
    /// By whom.
    pub by: String,
    /// What it was learnt from.
    pub evidence: String,
    /// Physical line.
    pub line: u32,
}

/// One line of a proposal as it came back.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// What kind of value.
    pub what: String,
    /// Of what.
    pub key: String,
    /// Which number.
    pub parameter: String,
    /// The value proposed.
    pub after: Option<f64>,
    /// Marked yes.
    pub accept: bool,
    /// Fingerprint of the data it was made from.
    pub evidence: String,
    /// Physical line.
    pub line: u32,
}

/// Reads learned.csv: its rows, and what was noticed.
///
/// # Errors
/// Status 3 where it is no such table.
pub fn read_learned(bytes: &[u8], file: &str) -> Result<(Vec<LearnedRow>, Vec<Finding>), Failure> {
    let mut rows = Vec::new();
    let findings = records(bytes, file, &LEARNED, &mut |record| {
        rows.push(LearnedRow {
            what: record.text("what"),
            key: record.text("key"),
            parameter: record.text("parameter"),
            value: record.number("value"),
            date: record.date("date"),
            by: record.text("by"),
            evidence: record.text("evidence"),
            line: record.row_spot().line,
        });
    })?;
    Ok((rows, findings))
}

/// Reads a proposal back.
///
/// # Errors
/// Status 3 where it is no such table, or a cell of it cannot be read.
pub fn read_marks(bytes: &[u8], file: &str) -> Result<Vec<Mark>, Failure> {
    let mut marks = Vec::new();
    let findings = records(bytes, file, &MARKS, &mut |record| {
        marks.push(Mark {
            what: record.text("what"),
            key: record.text("key"),
            parameter: record.text("parameter"),
            after: record.number("after"),
            accept: record.yes_no("accept") == Some(true),
            evidence: record.text("evidence"),
            line: record.row_spot().line,
        });
    })?;
    let findings = errors(&findings);
    if findings.is_empty() {
        Ok(marks)
    } else {
        Err(Failure {
            kind: FailureKind::Input,
            findings,
        })
    }
}
