//! A sheet as data: columns, rows, totals.
//!
//! Responsible for: what a cell can be. There is no formula among them, so nothing that came from an
//! input can become one.

use std::collections::BTreeSet;

use crate::domain::{Date, Fen};

/// What stands in a cell.
#[derive(Clone, Debug)]
pub(super) enum Cell {
    /// Text, also where it looks like a number or a formula.
    Text(String),
    /// A day.
    Day(Date),
    /// Yuan.
    Yuan(Fen),
    /// A count.
    Whole(u64),
    /// A quantity with one decimal.
    Tenths(f64),
    /// Nothing, or to be written in.
    Blank,
    /// To be written in, in a column that is printed elsewhere.
    WriteIn,
}

impl Cell {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(super) fn day(date: Option<Date>) -> Self {
        date.map_or(Self::Blank, Self::Day)
    }

    pub(super) fn count(count: u32) -> Self {
        Self::Whole(u64::from(count))
    }

    /// A reading or distance, whole kilometres.
    pub(super) fn km(km: Option<f64>) -> Self {
        km.map_or(Self::Blank, |km| Self::Whole(km.max(0.0).round() as u64))
    }
}

/// How a column is written in by hand.
#[derive(Clone, Debug)]
pub(super) enum Entry {
    /// Free text; codes keep their zeros.
    Text,
    /// One of a list.
    Choice(Vec<String>),
    /// One of a column of another sheet, as a spreadsheet names it: `名单!$A$2:$A$9`. Other words are taken
    /// after a warning: several codes may stand in one cell.
    OneOf(String),
    /// A count.
    Count,
    /// Hours.
    Hours,
    /// Kilometres.
    Km,
    /// A day.
    Day,
    /// Yuan.
    Yuan,
}

/// When a cell stands out: in colour, in bold and with a mark, so that black-and-white paper shows it too.
#[derive(Clone, Debug)]
pub(super) enum Alert {
    /// More than this.
    Above(u32),
    /// This very word, one of ours.
    Says(String),
    /// Less than the column with this title says, once something is written in.
    Below(String),
}

/// One column.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) title: String,
    /// In characters of a Latin digit; a Chinese character takes two.
    pub(super) width: f64,
    /// `None` = printed by the tool.
    pub(super) entry: Option<Entry>,
    /// Long text that must not make the row high: it stands in full on another sheet.
    pub(super) clipped: bool,
    /// When its cells stand out.
    pub(super) alert: Option<Alert>,
}

impl Column {
    pub(super) fn new(title: String, width: f64) -> Self {
        Self {
            title,
            width,
            entry: None,
            clipped: false,
            alert: None,
        }
    }

    pub(super) fn entry(title: String, width: f64, entry: Entry) -> Self {
        Self {
            title,
            width: width.max(9.0),
            entry: Some(entry),
            clipped: false,
            alert: None,
        }
    }

    pub(super) fn clipped(mut self) -> Self {
        self.clipped = true;
        self
    }
}

/// One sheet: header in row 1, rows below, totals after a blank row.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    pub(super) name: String,
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Vec<Cell>>,
    pub(super) totals: Vec<Vec<Cell>>,
    pub(super) landscape: bool,
    /// Columns that stay in sight when scrolling to the right.
    pub(super) frozen_columns: u16,
    /// How many columns are printed; those behind them are for the screen. `None` = all.
    pub(super) printed: Option<usize>,
    /// Rows (0-based) with which a block begins: a heavier line above, so that a fleet is seen as one call.
    pub(super) blocks: BTreeSet<usize>,
}

impl Table {
    /// Lets the cells of the column with this title stand out.
    pub(super) fn alert(mut self, title: &str, alert: Alert) -> Self {
        let known = self.columns.iter_mut().find(|column| column.title == title);
        debug_assert!(known.is_some(), "no column {title}");
        if let Some(column) = known {
            column.alert = Some(alert);
        }
        self
    }

    /// How many columns are printed.
    pub(super) fn printed(&self) -> usize {
        let all = self.columns.len();
        self.printed.map_or(all, |printed| printed.min(all))
    }

    pub(super) fn has_entries(&self) -> bool {
        self.columns.iter().any(|column| column.entry.is_some())
    }
}

/// Width of the widest line of a text, in Latin digits.
pub(super) fn text_width(line: &str) -> f64 {
    // A digit for each ASCII byte, two for the first byte of every other letter.
    let digits = |byte: u8| match byte {
        0..0x80 => 1,
        0x80..0xc0 => 0,
        0xc0.. => 2,
    };
    line.bytes().map(digits).sum::<u32>().into()
}

/// Lines a text takes in a column.
pub(super) fn lines_in(text: &str, width: f64) -> f64 {
    let room = (width - 1.0).max(1.0);
    text.lines()
        .map(|line| (text_width(line) / room).ceil().max(1.0))
        .sum()
}
