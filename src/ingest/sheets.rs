//! What workbooks and pages have in common: named sheets of rows.
//!
//! Responsible for: the one shape in which they are opened, and putting cells together into rows.
//! Not responsible for: their formats (`workbook`, `legacy`, `page`).

use std::collections::BTreeMap;

use csv::StringRecord;

use super::grid::{Row, RowSink};

/// Most cells of one sheet.
pub(crate) const MAX_CELLS: u64 = 40_000_000;
/// Columns looked at; cells further right are counted and left.
pub(crate) const MAX_COLUMNS: u32 = 512;
/// Most bytes of text of all sheets of a file, as large as the largest file read: a few bytes of a cell can stand for
/// a long text that is written down once.
const MAX_TEXT: u64 = 1 << 30;
/// Most bytes of them that merged cells repeat: 65,536 rows of ten such columns take a tenth of it.
const MAX_REPEATED: u64 = 64 << 20;

/// Why a workbook cannot be used.
#[derive(Debug)]
pub(crate) enum WorkbookError {
    /// Not a workbook, or damaged.
    Damaged(String),
    /// It holds more than is read: what, and the limit.
    TooLarge(&'static str, u64),
}

/// An opened file of sheets.
pub(crate) trait Sheets {
    /// Names of the sheets that are not hidden, in order.
    fn names(&self) -> Vec<String>;

    /// Names of the sheets somebody hid: they are not read.
    fn hidden(&self) -> Vec<String> {
        Vec::new()
    }

    /// Whether numbers that stand for days count them from 1904.
    fn since_1904(&self) -> bool {
        false
    }

    /// Hands every row of a sheet to `sink`; returns how many filled cells stood too far right.
    fn visit(&mut self, sheet: &str, sink: &mut dyn RowSink) -> Result<u64, WorkbookError>;
}

/// How much the sheets of a file hold.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Bulk {
    /// Cells, where they are counted here.
    pub(crate) cells: u64,
    /// Bytes of text, with what is repeated.
    text: u64,
    /// Bytes of it that merged cells repeat.
    repeated: u64,
}

impl Bulk {
    /// A cell's text, once more.
    pub(crate) fn repeat(&mut self, text: &str) {
        self.repeated += text.len() as u64;
        self.text += text.len() as u64;
    }

    pub(crate) fn add(&mut self, more: Self) {
        self.cells += more.cells;
        self.text += more.text;
        self.repeated += more.repeated;
    }

    /// # Errors
    /// Where it is more than is read.
    pub(crate) fn bearable(&self) -> Result<(), WorkbookError> {
        if self.cells > MAX_CELLS {
            return Err(WorkbookError::TooLarge("cells", MAX_CELLS));
        }
        if self.repeated > MAX_REPEATED {
            let what = "bytes of text repeated by merged cells";
            return Err(WorkbookError::TooLarge(what, MAX_REPEATED));
        }
        if self.text > MAX_TEXT {
            return Err(WorkbookError::TooLarge("bytes of text", MAX_TEXT));
        }
        Ok(())
    }
}

/// A merged cell that covers several rows, 0-based: what it says holds for each of them.
pub(crate) struct Merge {
    pub(crate) row: u32,
    pub(crate) column: u32,
    pub(crate) last_row: u32,
}

/// A merged cell being passed.
struct Cover {
    text: String,
    last_row: u32,
}

/// Puts cells together into rows; they come row by row, from left to right.
pub(crate) struct RowBuilder<'s> {
    sink: &'s mut dyn RowSink,
    cells: StringRecord,
    /// 0-based row the cells belong to.
    row: u32,
    /// The first row not yet accounted for.
    next_row: u32,
    any: bool,
    /// Merged cells not reached yet: where they begin, and their last row.
    merges: BTreeMap<(u32, u32), u32>,
    /// By column, those that cover the row.
    covers: BTreeMap<u32, Cover>,
    /// Filled cells beyond the columns looked at.
    pub(crate) beyond: u64,
    /// The text of the file so far.
    pub(crate) bulk: Bulk,
}

impl<'s> RowBuilder<'s> {
    /// `bulk` is the text of the sheets before.
    pub(crate) fn new(sink: &'s mut dyn RowSink, bulk: Bulk) -> Self {
        Self {
            sink,
            bulk,
            cells: StringRecord::new(),
            row: 0,
            next_row: 0,
            any: false,
            merges: BTreeMap::new(),
            covers: BTreeMap::new(),
            beyond: 0,
        }
    }

    /// Rows below the first of a merged cell repeat its value, where they have any of their own.
    pub(crate) fn with_merges(mut self, merges: Vec<Merge>) -> Self {
        let merges = merges.into_iter();
        self.merges = merges
            .map(|merge| ((merge.row, merge.column), merge.last_row))
            .collect();
        self
    }

    /// One cell at a 0-based position; `filled` is false where there is only a format.
    pub(crate) fn push(&mut self, (row, column): (u32, u32), text: &str, filled: bool) {
        if column >= MAX_COLUMNS {
            self.beyond += u64::from(filled);
            return;
        }
        if row != self.row {
            self.flush();
            self.row = row;
        }
        // A cell written twice or backwards keeps its first value: nothing valid does that.
        if (column as usize) < self.cells.len() {
            return;
        }
        while self.cells.len() < column as usize {
            self.cells.push_field("");
        }
        self.cells.push_field(text);
        self.bulk.text += text.len() as u64;
        self.any |= filled;
        if !self.merges.is_empty()
            && let Some(last_row) = self.merges.remove(&(row, column))
            && filled
        {
            let text = text.to_owned();
            self.covers.insert(column, Cover { text, last_row });
        }
    }

    /// Hands the row on; to be called once more after the last cell.
    pub(crate) fn flush(&mut self) {
        if self.any {
            if self.row > self.next_row {
                self.sink.blank(self.next_row + 1, self.row - self.next_row);
            }
            let mut cells: Vec<&str> = self.cells.iter().collect();
            self.covers.retain(|_, cover| cover.last_row >= self.row);
            for (column, cover) in &self.covers {
                let column = *column as usize;
                cells.resize(cells.len().max(column + 1), "");
                if let Some(cell) = cells.get_mut(column).filter(|cell| cell.trim().is_empty()) {
                    *cell = &cover.text;
                    self.bulk.repeat(&cover.text);
                }
            }
            let row = Row {
                line: self.row + 1,
                cells: &cells,
                text: None,
                offset: 0,
                damage: None,
            };
            if row.is_blank() {
                self.sink.blank(row.line, 1);
            } else {
                self.sink.row(&row);
            }
            self.next_row = self.row + 1;
        }
        self.cells.clear();
        self.any = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Nobody;

    impl RowSink for Nobody {
        fn row(&mut self, _: &Row<'_>) {}
        fn blank(&mut self, _: u32, _: u32) {}
    }

    /// How many rows of two cells are borne, of at most so many.
    fn borne(text: [&str; 2], merges: Vec<Merge>, most: u32) -> u32 {
        let mut nobody = Nobody;
        let mut rows = RowBuilder::new(&mut nobody, Bulk::default()).with_merges(merges);
        for row in 0..most {
            rows.push((row, 0), if row == 0 { text[0] } else { "" }, row == 0);
            rows.push((row, 1), text[1], true);
            if rows.bulk.bearable().is_err() {
                return row;
            }
        }
        most
    }

    #[test]
    fn a_long_text_many_cells_stand_for_is_not_multiplied_without_end() {
        let long = "x".repeat(1 << 20);
        let merge = |last_row| Merge {
            row: 0,
            column: 0,
            last_row,
        };
        assert_eq!(borne(["", &long], Vec::new(), 2_000), 1_024);
        assert_eq!(borne([&long, "y"], vec![merge(2_000)], 2_000), 66);
        assert_eq!(borne([&long, "y"], vec![merge(0)], 2_000), 2_000);
        assert_eq!(borne(["浏阳市", "y"], vec![merge(70_000)], 66_000), 66_000);
    }
}
