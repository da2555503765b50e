//! A row with its header: typed cells, and everything noticed on the way.
//!
//! Responsible for: asking a row for a column's value, reporting what was repaired or could not be
//! used with the exact place, and masking personal values. Not responsible for: what a table does
//! with the values (`tables`).

use std::borrow::Cow;
use std::sync::Arc;

use compact_str::CompactString;

use crate::domain::{Date, Fen};
use crate::findings::{Finding, Spot};

use super::cells::{self, Cell};
use super::grid::{Row, letter};
use super::header::Header;
use super::log::{Log, Repair};

/// One row of a table.
pub(crate) struct Record<'a> {
    pub(crate) header: &'a Header,
    pub(crate) row: &'a Row<'a>,
    pub(crate) log: &'a mut Log,
}

impl Record<'_> {
    /// The first meaningful cell of a column: where it stands, and its trimmed text.
    fn cell(&self, key: &str) -> Option<(usize, &str)> {
        self.header.cells_of(key).iter().find_map(|index| {
            let text = cells::meaningful(self.row.cells.get(*index).copied().unwrap_or_default());
            (!text.is_empty()).then_some((*index, text))
        })
    }

    /// A column's text; empty where there is none.
    pub(crate) fn raw(&self, key: &str) -> &str {
        self.cell(key).map_or("", |(_, text)| text)
    }

    /// A column's text, owned.
    pub(crate) fn text(&self, key: &str) -> String {
        self.raw(key).to_owned()
    }

    /// A column's text, owned in little space: for rows by the million.
    pub(crate) fn compact(&self, key: &str) -> CompactString {
        CompactString::from(self.raw(key))
    }

    /// The `|` list of a column.
    pub(crate) fn list(&self, key: &str) -> Vec<String> {
        cells::list::read(self.raw(key))
    }

    /// All meaningful cells of a column in the file's order, joined by `|`.
    pub(crate) fn joined(&self, key: &str) -> Cow<'_, str> {
        let positions = self.header.cells_of(key);
        if positions.len() <= 1 {
            return Cow::Borrowed(self.raw(key));
        }
        let mut positions = positions.to_vec();
        positions.sort_unstable();
        let texts: Vec<&str> = positions
            .iter()
            .map(|index| cells::meaningful(self.row.cells.get(*index).copied().unwrap_or_default()))
            .filter(|text| !text.is_empty())
            .collect();
        Cow::Owned(texts.join("|"))
    }

    /// Where a column's value stands.
    pub(crate) fn spot(&self, key: &str) -> Spot {
        let index = self
            .cell(key)
            .map(|(index, _)| index)
            .or_else(|| self.header.cells_of(key).first().copied());
        let mut spot = self.row_spot();
        if let Some(index) = index {
            spot.letter = letter(index);
            self.header.name_at(index).clone_into(&mut spot.header);
        }
        spot
    }

    /// Where the row stands.
    pub(crate) fn row_spot(&self) -> Spot {
        Spot {
            file: self.header.file.to_string(),
            sheet: self.header.sheet.to_string(),
            line: self.row.line,
            ..Spot::default()
        }
    }

    /// The column's text as a finding may show it.
    fn shown(&self, key: &str) -> String {
        let personal = self
            .header
            .spec
            .column(key)
            .is_some_and(|column| column.personal);
        if personal {
            "***".to_owned()
        } else {
            shortened(self.raw(key))
        }
    }

    /// A finding about a column's value; the caller adds what its sentences need.
    pub(crate) fn finding(&self, code: &str, key: &str) -> Finding {
        Finding::new(code)
            .at(self.spot(key))
            .value(self.shown(key))
            .arg("column", key)
    }

    /// Reports a finding.
    pub(crate) fn tell(&mut self, finding: Finding) {
        self.log.tell(finding);
    }

    /// Reports every cell with characters that could not be decoded. The row is read all the same.
    pub(crate) fn tell_damage(&mut self) {
        let text = self.row.text.unwrap_or_default();
        if text.is_ascii() || !text.contains(char::REPLACEMENT_CHARACTER) {
            return;
        }
        for (index, cell) in self.row.cells.iter().enumerate() {
            let count = cell.matches(char::REPLACEMENT_CHARACTER).count();
            if count > 0 {
                let mut spot = self.row_spot();
                spot.letter = letter(index);
                self.header.name_at(index).clone_into(&mut spot.header);
                self.log
                    .tell(Finding::new("D011").at(spot).arg("count", count));
            }
        }
    }

    /// Notes that a value was changed.
    pub(crate) fn note_repair(&mut self, key: &str, from: &str, to: String, rule: &'static str) {
        if from == to {
            return;
        }
        let index = self.cell(key).map_or(0, |(index, _)| index);
        self.log.repairs.push(Repair {
            file: Arc::clone(&self.header.file),
            sheet: Arc::clone(&self.header.sheet),
            line: self.row.line,
            column: self.header.label_at(index),
            from: from.to_owned(),
            to,
            rule,
        });
    }

    /// Takes what a cell reader made of a column, reporting repairs and findings.
    pub(crate) fn take<T>(
        &mut self,
        key: &str,
        cell: Cell<T>,
        written: impl Fn(&T) -> String,
    ) -> Option<T> {
        match cell {
            Cell::Empty => None,
            Cell::Plain(value) => Some(value),
            Cell::Repaired(value, rule) => {
                let from = self.joined(key).into_owned();
                self.note_repair(key, &from, written(&value), rule);
                Some(value)
            }
            Cell::Doubtful(value, rule, code) => {
                let from = self.joined(key).into_owned();
                self.note_repair(key, &from, written(&value), rule);
                self.tell(self.finding(code, key));
                Some(value)
            }
            Cell::Bad(code) => {
                self.tell(self.finding(code, key));
                None
            }
        }
    }

    /// A day.
    pub(crate) fn date(&mut self, key: &str) -> Option<Date> {
        let cell = cells::date::read_since(self.raw(key), self.header.epoch);
        self.take(key, cell, Date::to_string)
    }

    /// A number of any sign.
    pub(crate) fn number(&mut self, key: &str) -> Option<f64> {
        let cell = cells::number::read(self.raw(key));
        self.take(key, cell, f64::to_string)
    }

    /// A number that cannot be below zero.
    pub(crate) fn amount(&mut self, key: &str) -> Option<f64> {
        let number = self.number(key)?;
        if number < 0.0 {
            self.tell(self.finding("D117", key));
            return None;
        }
        Some(number)
    }

    /// A share between 0 and 1.
    pub(crate) fn share(&mut self, key: &str) -> Option<f64> {
        let number = self.amount(key)?;
        if number > 1.0 {
            self.tell(self.finding("D119", key));
            return None;
        }
        Some(number)
    }

    /// Money in yuan.
    pub(crate) fn yuan(&mut self, key: &str) -> Option<Fen> {
        self.amount(key).map(Fen::from_yuan)
    }

    /// Kilometres as people write them.
    pub(crate) fn kilometres(&mut self, key: &str) -> Option<f64> {
        let cell = cells::mileage::read(self.raw(key));
        self.take(key, cell, f64::to_string)
    }

    /// A count; a fraction is rounded by `round` and reported as a repair.
    pub(crate) fn count(&mut self, key: &str, round: fn(f64) -> f64) -> Option<u32> {
        let number = self.amount(key)?;
        let whole = round(number);
        if whole > f64::from(u32::MAX) {
            self.tell(self.finding("D107", key));
            return None;
        }
        if whole != number {
            let from = self.text(key);
            self.note_repair(key, &from, format!("{whole}"), "number: fraction rounded");
        }
        Some(whole as u32)
    }

    /// Yes, no or unknown.
    pub(crate) fn yes_no(&mut self, key: &str) -> Option<bool> {
        let raw = self.header.cells_of(key).iter().find_map(|index| {
            let text = self
                .row
                .cells
                .get(*index)
                .copied()
                .unwrap_or_default()
                .trim();
            (!text.is_empty()).then_some(text)
        });
        let cell = cells::yes_no::read(raw.unwrap_or_default());
        self.take(key, cell, bool::to_string)
    }

    /// One of a few words.
    pub(crate) fn word<T>(
        &mut self,
        key: &str,
        read: fn(&str) -> Option<T>,
        allowed: &str,
    ) -> Option<T> {
        let raw = self.raw(key);
        if raw.is_empty() {
            return None;
        }
        let value = read(raw);
        if value.is_none() {
            self.tell(self.finding("D109", key).arg("allowed", allowed));
        }
        value
    }

    /// A value the row cannot do without; says so where it is missing.
    pub(crate) fn needed<T>(&mut self, key: &str, value: Option<T>) -> Option<T> {
        if value.is_none() {
            self.tell(self.finding("D118", key));
        }
        value
    }

    /// A text the row cannot do without.
    pub(crate) fn needed_text(&mut self, key: &str) -> Option<String> {
        let text = self.text(key);
        self.needed(key, (!text.is_empty()).then_some(text))
    }

    /// All cells, for an order of rows that does not depend on the file's.
    pub(crate) fn content(&self) -> String {
        let keys = self
            .header
            .spec
            .columns
            .iter()
            .map(|column| self.raw(column.key));
        keys.collect::<Vec<_>>().join("\u{1f}")
    }
}

/// Short enough for a message.
pub(crate) fn shortened(text: &str) -> String {
    const LONGEST: usize = 40;
    if text.chars().count() <= LONGEST {
        return text.replace(['\n', '\r'], " ");
    }
    let head: String = text.chars().take(LONGEST).collect();
    format!("{}…", head.replace(['\n', '\r'], " "))
}
