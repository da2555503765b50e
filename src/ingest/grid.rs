//! A row as it stands in a file, whatever the file is.
//!
//! Responsible for: the one shape in which `delimited` and `workbook` hand rows on, and what a
//! spreadsheet calls a column. Not responsible for: what the cells mean (`header`, `record`).

use std::borrow::Cow;

/// One row. Cells are text: a workbook's numbers and dates are written out exactly.
pub(crate) struct Row<'a> {
    /// Physical line (a workbook's row number), 1-based.
    pub(crate) line: u32,
    pub(crate) cells: &'a [&'a str],
    /// The row's own characters, where the file has such.
    pub(crate) text: Option<&'a str>,
    /// Where these characters begin in the file's text.
    pub(crate) offset: usize,
    /// Why it cannot be read, where it cannot: a finding's code.
    pub(crate) damage: Option<&'static str>,
}

impl Row<'_> {
    /// The row as written; a workbook's row as comma-separated values.
    pub(crate) fn original(&self) -> Cow<'_, str> {
        match self.text {
            Some(text) => Cow::Borrowed(text),
            None => Cow::Owned(as_csv(self.cells)),
        }
    }

    /// Whether every cell is blank.
    pub(crate) fn is_blank(&self) -> bool {
        self.damage.is_none() && self.cells.iter().all(|cell| cell.trim().is_empty())
    }
}

/// A row kept for later, while the header is still looked for.
pub(crate) struct KeptRow {
    pub(crate) line: u32,
    pub(crate) cells: Vec<String>,
    text: Option<String>,
    offset: usize,
    damage: Option<&'static str>,
}

impl KeptRow {
    pub(crate) fn of(row: &Row<'_>) -> Self {
        Self {
            line: row.line,
            cells: row.cells.iter().map(ToString::to_string).collect(),
            text: row.text.map(str::to_owned),
            offset: row.offset,
            damage: row.damage,
        }
    }

    /// The row again; `cells` are its own.
    pub(crate) fn row<'a>(&'a self, cells: &'a [&'a str]) -> Row<'a> {
        Row {
            line: self.line,
            cells,
            text: self.text.as_deref(),
            offset: self.offset,
            damage: self.damage,
        }
    }
}

/// Takes rows in file order.
pub(crate) trait RowSink {
    /// One row that is not blank.
    fn row(&mut self, row: &Row<'_>);
    /// `count` blank rows from `line` on.
    fn blank(&mut self, line: u32, count: u32);
}

/// What a spreadsheet calls the column with this index: A, B … Z, AA.
pub(crate) fn letter(index: usize) -> String {
    let mut letters = Vec::new();
    let mut left = index + 1;
    while left > 0 {
        let digit = (left - 1) % 26;
        letters.push(b'A' + u8::try_from(digit).unwrap_or_default());
        left = (left - 1) / 26;
    }
    letters.reverse();
    String::from_utf8_lossy(&letters).into_owned()
}

fn as_csv(cells: &[&str]) -> String {
    let mut text = String::new();
    for (index, cell) in cells.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        if cell.contains([',', '"', '\n', '\r']) {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(cell);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_columns_as_a_spreadsheet_does() {
        let names: Vec<String> = [0, 25, 26, 701, 702, 16_383]
            .into_iter()
            .map(letter)
            .collect();
        assert_eq!(names, ["A", "Z", "AA", "ZZ", "AAA", "XFD"]);
    }
}
