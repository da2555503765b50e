//! What became of every row of the population.
//!
//! Responsible for: rows = accepted + merged + rejected + ignored, with each row's original text.
//! Not responsible for: deciding it (`scan`, `tables::population`, `duplicates`).

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::findings::{Finding, Spot};

use super::aside::{Aside, MERGED, NO_IDENTITY};
use super::grid::Row;
use super::record::shortened;

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
    /// Of a rejected row that could be divided into cells: population column and text. May be
    /// personal.
    pub cells: Vec<(&'static str, String)>,
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
    /// Whether every cell stands under the right header: then the row as written says no more.
    pub fn is_divided(&self) -> bool {
        self.code == NO_IDENTITY
    }

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

/// Where a row stands, in little space: there is one for every vehicle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct RowRef {
    /// Which of [`Sheets`]; sheets are numbered in reading order.
    pub(crate) sheet: u32,
    pub(crate) line: u32,
    /// Where its text begins in the text of its sheet's file, and how long it is.
    start: usize,
    length: u32,
}

/// The sheets rows stand on, and their files' text: rows that are merged are cited as written.
#[derive(Default)]
pub(crate) struct Sheets {
    names: Vec<(Arc<str>, Arc<str>)>,
    texts: Vec<SheetText>,
}

/// A sheet's text in UTF-8; a delimited file's is the file's own.
#[derive(Default)]
pub(crate) struct SheetText {
    pub(crate) bytes: Vec<u8>,
    /// Where the text begins: behind the mark that some files have in front.
    pub(crate) from: usize,
}

impl Sheets {
    /// The next sheet to be read.
    pub(crate) fn open(&mut self, file: &Arc<str>, sheet: &Arc<str>) {
        self.names.push((Arc::clone(file), Arc::clone(sheet)));
        self.texts.push(SheetText::default());
    }

    /// Whether rows of this sheet are being read.
    pub(crate) fn is_open(&self, file: &Arc<str>, sheet: &Arc<str>) -> bool {
        let last = self.names.last();
        last.is_some_and(|(last_file, last_sheet)| last_file == file && last_sheet == sheet)
    }

    /// Notes a row of the last sheet opened.
    pub(crate) fn refer(&mut self, row: &Row<'_>) -> RowRef {
        let (start, length) = match (row.text, self.texts.last_mut()) {
            (Some(text), _) => (row.offset, text.len()),
            // A workbook has no text of its own.
            (None, Some(SheetText { bytes, .. })) => {
                let start = bytes.len();
                bytes.extend_from_slice(row.original().as_bytes());
                (start, bytes.len() - start)
            }
            (None, None) => (0, 0),
        };
        RowRef {
            sheet: u32::try_from(self.names.len().saturating_sub(1)).unwrap_or(u32::MAX),
            line: row.line,
            start,
            length: u32::try_from(length).unwrap_or(u32::MAX),
        }
    }

    /// The delimited file read last is its rows' text.
    pub(crate) fn close(&mut self, file: SheetText) {
        if let Some(text) = self.texts.last_mut() {
            *text = file;
        }
    }

    /// The same sheets without text: for a part read elsewhere.
    pub(crate) fn names_only(&self) -> Self {
        Self {
            names: self.names.clone(),
            texts: Vec::new(),
        }
    }

    /// File and sheet of a row.
    pub(crate) fn names_of(&self, row: RowRef) -> (Arc<str>, Arc<str>) {
        self.names
            .get(row.sheet as usize)
            .cloned()
            .unwrap_or_default()
    }

    /// Where a row stands.
    pub(crate) fn spot(&self, row: RowRef) -> Spot {
        let (file, sheet) = self.names_of(row);
        Spot {
            file: file.to_string(),
            sheet: sheet.to_string(),
            line: row.line,
            ..Spot::default()
        }
    }

    fn original(&self, row: RowRef) -> &str {
        let whole = self.texts.get(row.sheet as usize);
        let text = whole.and_then(|whole| {
            let start = whole.from + row.start;
            whole.bytes.get(start..start + row.length as usize)
        });
        text.and_then(|text| std::str::from_utf8(text).ok())
            .unwrap_or_default()
    }
}

/// Everything set aside so far.
#[derive(Default)]
pub(crate) struct Fates {
    pub(crate) list: Vec<RowFate>,
}

impl Fates {
    /// A row that is no vehicle.
    pub(crate) fn reject(&mut self, fate: RowFate) {
        self.list.push(fate);
    }

    /// A row that is no record; a finding where it had to be rejected.
    pub(crate) fn set_aside(&mut self, file: &Arc<str>, aside: &Aside<'_>) -> Option<Finding> {
        let ignored = aside.is_no_record();
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
            cells: aside.cells.clone(),
        };
        let finding = aside.loss(file);
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
    pub(crate) fn merge(&mut self, row: RowRef, vehicle: &str, sheets: &Sheets) {
        let (file, sheet) = sheets.names_of(row);
        self.list.push(RowFate {
            fate: Fate::Merged,
            file,
            sheet,
            line: row.line,
            rows: 1,
            column: String::new(),
            value: shortened(vehicle),
            code: MERGED,
            vehicle: vehicle.to_owned(),
            original: sheets.original(row).to_owned(),
            cells: Vec::new(),
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
