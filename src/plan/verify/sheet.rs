//! Reads the tables of a plan folder back: plain CSV, by header name, with the line of every row.
//!
//! Responsible for: BOM, headers, lines, numbers with the precision they were printed in.
//! Not responsible for: what a table means (`tables`).

use std::collections::BTreeMap;

use crate::domain::Date;
use crate::findings::Finding;

use super::case::fault;

/// The bytes a spreadsheet needs to see that a file is UTF-8.
const BOM: &[u8] = b"\xef\xbb\xbf";
/// A cell that begins like this is run by a spreadsheet as a formula.
const FORMULA_STARTS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A number as printed: its value, and by how much printing may have moved it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Number {
    pub(super) value: f64,
    pub(super) slack: f64,
}

impl Number {
    /// Reads a plain decimal. Whole numbers and two or more decimals count as exact to the last digit
    /// of the file format (two at least), one decimal to a twentieth.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let plain = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | 'e' | 'E');
        let value: f64 = text.parse().ok().filter(|_| text.chars().all(plain))?;
        let digits = text
            .split_once('.')
            .map_or(0, |(_, decimals)| decimals.len());
        let slack = match digits {
            1 => 0.05,
            0 | 2 => 0.005,
            3 => 0.000_5,
            _ => 0.000_05,
        };
        value.is_finite().then_some(Self { value, slack })
    }

    /// Whether the printed number can stand for `wanted`, itself known to within `slack`.
    pub(super) fn is(self, wanted: f64, slack: f64) -> bool {
        (self.value - wanted).abs() <= self.slack + slack + 1e-6 * wanted.abs().max(1.0)
    }
}

/// One table of the plan folder.
pub(super) struct Sheet {
    pub(super) file: String,
    header: Vec<String>,
    rows: Vec<(u32, csv::StringRecord)>,
}

/// One row of it.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    sheet: &'a Sheet,
    pub(super) number: u32,
    record: &'a csv::StringRecord,
}

impl Sheet {
    /// The table, or `None` where there is no such file. Faults go to `findings`.
    pub(super) fn read(
        files: &BTreeMap<String, Vec<u8>>,
        file: &str,
        columns: &[&str],
        findings: &mut Vec<Finding>,
    ) -> Option<Self> {
        let bytes = files.get(file)?;
        let sheet = Self::parse(file, bytes, findings);
        for column in columns.iter().filter(|column| !sheet.has(column)) {
            findings.push(fault("V002", file, 1, column));
        }
        Some(sheet)
    }

    /// Any CSV of the folder, whatever its columns.
    pub(super) fn parse(file: &str, bytes: &[u8], findings: &mut Vec<Finding>) -> Self {
        let body = bytes.strip_prefix(BOM);
        if body.is_none() || std::str::from_utf8(bytes).is_err() {
            findings.push(fault("V005", file, 0, file));
        }
        let text = String::from_utf8_lossy(body.unwrap_or(bytes));
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .from_reader(text.as_bytes());
        let header = reader
            .headers()
            .map(|names| names.iter().map(str::to_owned).collect());
        let mut sheet = Self {
            file: file.to_owned(),
            header: header.unwrap_or_default(),
            rows: Vec::new(),
        };
        for record in reader.records() {
            match record {
                Ok(record) => {
                    let line = record.position().map_or(0, |at| at.line() as u32);
                    if record.len() != sheet.header.len() {
                        findings.push(fault("V006", file, line, file));
                    }
                    sheet.rows.push((line, record));
                }
                Err(_) => findings.push(fault("V006", file, 0, file)),
            }
        }
        sheet
    }

    pub(super) fn has(&self, column: &str) -> bool {
        self.header.iter().any(|name| name == column)
    }

    pub(super) fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        self.rows.iter().map(|(line, record)| Line {
            sheet: self,
            number: *line,
            record,
        })
    }
}

impl<'a> Line<'a> {
    /// The cell's text, without the mark that keeps a spreadsheet from running it; empty where missing.
    pub(super) fn text(self, column: &str) -> &'a str {
        let at = self.sheet.header.iter().position(|name| name == column);
        let cell = at.and_then(|at| self.record.get(at)).unwrap_or_default();
        match cell.strip_prefix('\'') {
            Some(bare) if bare.starts_with(FORMULA_STARTS) => bare,
            _ => cell,
        }
    }

    /// The cell, owned.
    pub(super) fn owned(self, column: &str) -> String {
        self.text(column).to_owned()
    }

    /// A number; `None` where empty or, with a finding, unreadable.
    pub(super) fn number(self, column: &str, findings: &mut Vec<Finding>) -> Option<Number> {
        self.parsed(column, findings, Number::parse)
    }

    /// A whole number ≥ 0; `None` where empty or, with a finding, unreadable.
    pub(super) fn count(self, column: &str, findings: &mut Vec<Finding>) -> Option<u64> {
        self.parsed(column, findings, |text| text.parse().ok())
    }

    /// A day; `None` where empty or, with a finding, not written yyyy-mm-dd.
    pub(super) fn date(self, column: &str, findings: &mut Vec<Finding>) -> Option<Date> {
        self.parsed(column, findings, Date::parse_iso)
    }

    /// Yes or no; `None` where empty or, with a finding, another word.
    pub(super) fn yes(self, column: &str, findings: &mut Vec<Finding>) -> Option<bool> {
        self.parsed(column, findings, |text| {
            match text.to_lowercase().as_str() {
                "yes" | "y" | "true" | "1" | "是" => Some(true),
                "no" | "n" | "false" | "0" | "否" => Some(false),
                _ => None,
            }
        })
    }

    /// The same, where the cell may not be empty.
    pub(super) fn needed<T>(
        self,
        column: &str,
        findings: &mut Vec<Finding>,
        read: impl Fn(Self, &str, &mut Vec<Finding>) -> Option<T>,
    ) -> Option<T> {
        if self.text(column).is_empty() && self.sheet.has(column) {
            findings.push(fault("V003", &self.sheet.file, self.number, column));
            return None;
        }
        read(self, column, findings)
    }

    fn parsed<T>(
        self,
        column: &str,
        findings: &mut Vec<Finding>,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text(column);
        if text.is_empty() {
            return None;
        }
        let value = read(text);
        if value.is_none() {
            findings.push(fault("V003", &self.sheet.file, self.number, column));
        }
        value
    }

    /// Whether any cell would be run as a formula. Numbers are not.
    pub(super) fn runs_a_formula(self) -> bool {
        self.record
            .iter()
            .any(|cell| cell.starts_with(FORMULA_STARTS) && Number::parse(cell).is_none())
    }
}
