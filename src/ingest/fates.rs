//! What became of every row of the population.
//!
//! Responsible for: rows = accepted + merged + rejected + ignored, with each row's original text.
//! Not responsible for: deciding it (`scan`, `tables::population`, `duplicates`).

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::findings::{Finding, Spot};

use super::record::shortened;
use super::scan::{Aside, BLANK, HEADER_AGAIN, MERGED, SUM, TITLE};

/// Longer runs of blank rows are one entry: a sheet's empty tail must not fill the report.
const LISTED_BLANKS: u32 = 100;

/// Where a row that is not a vehicle of its own went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It has no identity or cannot be read.
    Rejected,
    /// It became part of a vehicle of another row.
    Merged,
    /// Blank, title, sum or repeated header.
    Ignored,
}

impl Fate {
    /// The word used in rejects.csv.
    pub fn key(self) -> &'static str {
        match self {
            Self::Rejected => "rejected",
            Self::Merged => "merged",
            Self::Ignored => "ignored",
        }
    }
}

/// One row (or a long run of blank rows) that did not become a vehicle.
#[derive(Clone, PartialEq, Eq)]
pub struct RowFate {
    /// Where it went.
    pub fate: Fate,
    /// File inside the workspace.
    pub file: Arc<str>,
    /// Sheet of a workbook, else empty.
    pub sheet: Arc<str>,
    /// Physical line, 1-based.
    pub line: u32,
    /// Rows from `line` on; more than 1 for long runs of blank rows only.
    pub rows: u32,
    /// Letter and header of the cell that decided it; empty = the whole row.
    pub column: String,
    /// That cell's text. May be personal.
    pub value: String,
    /// Registry code of the reason.
    pub code: &'static str,
    /// The vehicle a merged row went into.
    pub vehicle: String,
    /// The row as written. May be personal.
    pub original: String,
}

impl std::fmt::Debug for RowFate {
    /// Without the values: they may be a customer's.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{:?} {}[{}]:{} {}",
            self.fate, self.file, self.sheet, self.line, self.code
        )
    }
}

impl RowFate {
    /// The reason as a finding, for its sentence.
    pub fn reason(&self) -> Finding {
        let at = Spot {
            file: self.file.to_string(),
            sheet: self.sheet.to_string(),
            line: self.line,
            ..Spot::default()
        };
        Finding::new(self.code)
            .at(at)
            .vehicle(self.vehicle.clone())
            .arg("vehicle", &self.vehicle)
            .arg("rows", self.rows)
    }
}

/// rows = accepted + merged + rejected + ignored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowCounts {
    /// Rows of all population files but the header rows.
    pub rows: u64,
    /// Rows that became a vehicle.
    pub accepted: u64,
    /// Rows merged into a vehicle already there.
    pub merged: u64,
    /// Rows set aside.
    pub rejected: u64,
    /// Blank, title, sum and repeated header rows.
    pub ignored: u64,
}

/// A kept row's text: where it stands in the store.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kept {
    start: usize,
    length: u32,
}

/// Everything set aside so far, and the text of rows that may yet be merged.
#[derive(Default)]
pub(crate) struct Fates {
    pub(crate) list: Vec<RowFate>,
    originals: String,
}

impl Fates {
    /// Keeps a row's text in case it is merged.
    pub(crate) fn keep(&mut self, original: &str) -> Kept {
        let start = self.originals.len();
        self.originals.push_str(original);
        Kept {
            start,
            length: u32::try_from(original.len()).unwrap_or(u32::MAX),
        }
    }

    /// A kept row's text.
    pub(crate) fn original(&self, kept: Kept) -> &str {
        self.originals
            .get(kept.start..kept.start + kept.length as usize)
            .unwrap_or_default()
    }

    /// A row that is no vehicle.
    pub(crate) fn reject(&mut self, fate: RowFate) {
        self.list.push(fate);
    }

    /// A row that is no record; a finding where it had to be rejected.
    pub(crate) fn set_aside(&mut self, file: &Arc<str>, aside: &Aside<'_>) -> Option<Finding> {
        let ignored = [BLANK, TITLE, SUM, HEADER_AGAIN].contains(&aside.code);
        let fate = RowFate {
            fate: if ignored {
                Fate::Ignored
            } else {
                Fate::Rejected
            },
            file: Arc::clone(file),
            sheet: Arc::clone(aside.sheet),
            line: aside.line,
            rows: aside.rows,
            column: String::new(),
            value: String::new(),
            code: aside.code,
            vehicle: String::new(),
            original: aside.original.clone().into_owned(),
        };
        let finding = (!ignored).then(|| fate.reason());
        if aside.rows > 1 && aside.rows <= LISTED_BLANKS {
            for step in 0..aside.rows {
                self.list.push(RowFate {
                    line: aside.line + step,
                    rows: 1,
                    ..fate.clone()
                });
            }
        } else {
            self.list.push(fate);
        }
        finding
    }

    /// A row that became part of a vehicle.
    pub(crate) fn merge(&mut self, at: &Spot, vehicle: &str, kept: Kept) {
        let original = self.original(kept).to_owned();
        self.list.push(RowFate {
            fate: Fate::Merged,
            file: Arc::from(at.file.as_str()),
            sheet: Arc::from(at.sheet.as_str()),
            line: at.line,
            rows: 1,
            column: format!("{} {}", at.letter, at.header).trim().to_owned(),
            value: shortened(vehicle),
            code: MERGED,
            vehicle: vehicle.to_owned(),
            original,
        });
    }

    /// Counts, with the vehicles that came out; the list in order of file and line.
    pub(crate) fn close(mut self, vehicles: usize) -> (Vec<RowFate>, RowCounts) {
        let mut by_fate: BTreeMap<Fate, u64> = BTreeMap::new();
        for fate in &self.list {
            *by_fate.entry(fate.fate).or_default() += u64::from(fate.rows);
        }
        let count = |fate| by_fate.get(&fate).copied().unwrap_or_default();
        let counts = RowCounts {
            rows: vehicles as u64 + by_fate.values().sum::<u64>(),
            accepted: vehicles as u64,
            merged: count(Fate::Merged),
            rejected: count(Fate::Rejected),
            ignored: count(Fate::Ignored),
        };
        self.list
            .sort_by(|a, b| (&a.file, &a.sheet, a.line).cmp(&(&b.file, &b.sheet, b.line)));
        (self.list, counts)
    }
}
