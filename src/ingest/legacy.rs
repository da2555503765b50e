//! The workbook of Excel 97 to 2003 (.xls) to rows.
//!
//! Responsible for: its sheets and cells, under a size limit, because the whole sheet is held in memory.
//! Not responsible for: the file they lie in (`compound`), what the cells mean.
//!
//! calamine makes room for the whole rectangle between the outermost cells of a sheet, and for what a sheet
//! says are its dimensions, and copies a text for each cell that shares it: all are looked at before it is called.

mod texts;

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, DataType, Reader, Xls, XlsError};

use super::compound::workbook_stream;
use super::grid::RowSink;
use super::sheets::{Bulk, RowBuilder, Sheets, WorkbookError};
use super::workbook::{hidden, visible, written};

/// Largest file read: 65,536 rows of 30 filled columns take about half of it.
const MAX_BYTES: u64 = 64 << 20;
/// Most cells of the rectangles of all sheets together, empty ones too; the largest counts twice, for a sheet is copied when it
/// is read: 32 bytes each, and 65,536 rows of 57 columns.
const MAX_AREA: u64 = 7_500_000;
/// Most characters of all cells, those of texts that cells share as often as they do: a file of the largest size with a
/// text of its own in each cell has a fifth of it.
const MAX_CHARACTERS: u64 = 256 << 20;
/// Sheets looked at.
const MAX_SHEETS: usize = 256;

/// Record types that matter here.
mod records {
    pub(super) const BOUND_SHEET: u16 = 0x0085;
    pub(super) const BEGIN: u16 = 0x0809;
    pub(super) const END: u16 = 0x000A;
    pub(super) const PASSWORD: u16 = 0x002F;
    pub(super) const DIMENSIONS: u16 = 0x0200;
    pub(super) const SEVERAL: u16 = 0x00BD;
    pub(super) const CONTINUE: u16 = 0x003C;
    pub(super) const SHARED_TEXTS: u16 = 0x00FC;
    /// A cell that has one of them.
    pub(super) const SHARES: u16 = 0x00FD;
    /// Each begins with its row and column.
    pub(super) const CELLS: [u16; 8] = [
        0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E,
    ];
}

impl From<XlsError> for WorkbookError {
    fn from(error: XlsError) -> Self {
        Self::Damaged(error.to_string())
    }
}

/// An opened workbook.
pub(crate) struct LegacyWorkbook<'b> {
    xls: Xls<Cursor<&'b [u8]>>,
    /// The text of the sheets handed on.
    bulk: Bulk,
}

impl<'b> LegacyWorkbook<'b> {
    pub(crate) fn open(bytes: &'b [u8]) -> Result<Self, WorkbookError> {
        if bytes.len() as u64 > MAX_BYTES {
            return Err(WorkbookError::TooLarge("bytes of an .xls file", MAX_BYTES));
        }
        let damaged = || WorkbookError::Damaged("no workbook in it".into());
        measure(&workbook_stream(bytes).ok_or_else(damaged)?)?;
        // A damaged record makes the library stop in its tracks; that must cost this file only.
        let opened = catch_unwind(AssertUnwindSafe(|| Xls::new(Cursor::new(bytes))));
        match opened {
            Ok(xls) => Ok(Self {
                xls: xls?,
                bulk: Bulk::default(),
            }),
            Err(_) => Err(WorkbookError::Damaged("a record cannot be read".into())),
        }
    }
}

impl Sheets for LegacyWorkbook<'_> {
    fn names(&self) -> Vec<String> {
        visible(self.xls.sheets_metadata())
    }

    fn hidden(&self) -> Vec<String> {
        hidden(self.xls.sheets_metadata())
    }

    fn visit(&mut self, sheet: &str, sink: &mut dyn RowSink) -> Result<u64, WorkbookError> {
        let range: calamine::Range<Data> = self.xls.worksheet_range(sheet)?;
        let (top, left) = range.start().unwrap_or_default();
        let mut rows = RowBuilder::new(sink, self.bulk);
        for (row, column, value) in range.used_cells() {
            let at = (top + row as u32, left + column as u32);
            rows.push(at, &written(value), !value.is_empty());
            rows.bulk.bearable()?;
        }
        rows.flush();
        self.bulk = rows.bulk;
        Ok(rows.beyond)
    }
}

/// Adds up the rectangles of all sheets, and the texts of their cells.
fn measure(stream: &[u8]) -> Result<(), WorkbookError> {
    // What is counted below makes no sense then.
    let mut globals = Records(stream).take_while(|(kind, _)| *kind != records::END);
    if globals.any(|(kind, data)| kind == records::PASSWORD && u16_at(data, 0) != 0) {
        return Err(WorkbookError::Damaged(XlsError::Password.to_string()));
    }
    let bounds = Records(stream).take_while(|(kind, _)| *kind != records::END);
    let bounds = bounds.filter(|(kind, _)| *kind == records::BOUND_SHEET);
    let offsets: Vec<usize> = bounds.map(|(_, data)| u32_at(data, 0) as usize).collect();
    let too_large =
        || WorkbookError::TooLarge("cells of .xls sheets, with the empty ones", MAX_AREA);
    if offsets.len() > MAX_SHEETS {
        return Err(WorkbookError::TooLarge("sheets", MAX_SHEETS as u64));
    }
    // Sheets that share their records are no sheets: reading them again and again must not cost time.
    let (mut area, mut largest, mut left) = (0, 0, 2 * stream.len() + 4096);
    let (lengths, mut characters) = (texts::lengths(stream)?, 0);
    for offset in offsets {
        let sheet = stream.get(offset..);
        let sheet = sheet.ok_or_else(|| WorkbookError::Damaged("a sheet is missing".into()))?;
        let held = held_by(sheet, &lengths);
        area += held.area;
        largest = held.area.max(largest);
        characters += held.characters;
        left = left.checked_sub(held.bytes).ok_or_else(too_large)?;
        if characters > MAX_CHARACTERS {
            let what = "characters of .xls cells";
            return Err(WorkbookError::TooLarge(what, MAX_CHARACTERS));
        }
        if area + largest > MAX_AREA {
            return Err(too_large());
        }
    }
    Ok(())
}

/// What a sheet holds.
#[derive(Default)]
struct Held {
    /// The cells between the outermost ones, or what it says they are.
    area: u64,
    /// Of its records.
    bytes: usize,
    /// Of the texts its cells share.
    characters: u64,
}

/// What a sheet holds, where the texts that cells share have these lengths.
fn held_by(sheet: &[u8], lengths: &[u32]) -> Held {
    let mut outermost: Option<[u64; 4]> = None;
    let (mut held, mut stated, mut depth) = (Held::default(), 0, 0_usize);
    for (kind, data) in Records(sheet) {
        held.bytes += 4 + data.len();
        if kind == records::SHARES {
            let length = lengths.get(u32_at(data, 6) as usize);
            held.characters += length.copied().map_or(0, u64::from);
        }
        match kind {
            records::BEGIN => depth += 1,
            records::END if depth <= 1 => break,
            records::END => depth -= 1,
            records::DIMENSIONS => stated = stated.max(stated_area(data)),
            _ if records::CELLS.contains(&kind) => {
                let (row, first) = (u16_at(data, 0), u16_at(data, 2));
                let last = match kind {
                    records::SEVERAL => u16_at(data, data.len().saturating_sub(2)),
                    _ => first,
                };
                let [top, left, bottom, right] = outermost.unwrap_or([row, first, row, last]);
                outermost = Some([
                    top.min(row),
                    left.min(first),
                    bottom.max(row),
                    right.max(last),
                ]);
            }
            _ => {}
        }
    }
    let filled = outermost.map_or(0, |[top, left, bottom, right]| {
        (bottom - top + 1) * (right.saturating_sub(left) + 1)
    });
    held.area = filled.max(stated);
    held
}

/// The room calamine makes for what a sheet says it holds: first row and the one behind the last in four bytes each (in
/// two, in older books), then the columns likewise. Rows that run backwards are counted as more than there can be.
fn stated_area(data: &[u8]) -> u64 {
    let [top, bottom, left, right] = if data.len() >= 14 {
        let (top, bottom) = (u32_at(data, 0), u32_at(data, 4));
        let (left, right) = (u16_at(data, 8), u16_at(data, 10));
        [u64::from(top), u64::from(bottom), left, right]
    } else {
        [0, 2, 4, 6].map(|at| u16_at(data, at))
    };
    // Impossible columns begin at the first.
    let left = if left > 0xFF || right < left { 0 } else { left };
    if bottom == 0 || right == 0 {
        return 1;
    }
    bottom
        .checked_sub(top)
        .map_or(u64::from(u32::MAX), |rows| rows * (right - left))
}

/// Type and content of one record after another.
struct Records<'s>(&'s [u8]);

impl<'s> Iterator for Records<'s> {
    type Item = (u16, &'s [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (head, rest) = self.0.split_at_checked(4)?;
        let (kind, length) = (u16_at(head, 0), u16_at(head, 2));
        let (data, rest) = rest.split_at_checked(usize::try_from(length).ok()?)?;
        self.0 = rest;
        Some((u16::try_from(kind).ok()?, data))
    }
}

fn u16_at(bytes: &[u8], at: usize) -> u64 {
    let word = bytes.get(at..at + 2).and_then(|word| word.try_into().ok());
    word.map_or(0, |word| u64::from(u16::from_le_bytes(word)))
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    let word = bytes.get(at..at + 4).and_then(|word| word.try_into().ok());
    word.map_or(0, u32::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).expect("short");
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
    }

    fn cell(row: u16, column: u16) -> Vec<u8> {
        let position = [row.to_le_bytes(), column.to_le_bytes()].concat();
        record(0x0203, &[position, vec![0; 10]].concat())
    }

    /// A book whose sheets all begin at the same records.
    fn book(sheets: usize, records: &[u8]) -> Vec<u8> {
        let bound = |offset: u32| record(0x0085, &offset.to_le_bytes());
        let head = 4 + sheets * bound(0).len();
        let offset = u32::try_from(head).expect("short");
        [
            bound(offset).repeat(sheets),
            record(0x000A, &[]),
            records.to_vec(),
        ]
        .concat()
    }

    #[test]
    fn a_cell_at_the_far_corner_of_a_few_bytes_is_refused() {
        let far = [cell(0, 0), cell(65_535, 255)].concat();
        assert!(matches!(
            measure(&book(1, &far)),
            Err(WorkbookError::TooLarge(..))
        ));
        let usual = [cell(0, 0), cell(50_000, 60)].concat();
        assert!(measure(&book(1, &usual)).is_ok());
        assert!(matches!(
            measure(&book(3, &usual)),
            Err(WorkbookError::TooLarge(..))
        ));
        let (full, wider) = (cell(65_535, 56), cell(65_535, 57));
        assert!(measure(&book(1, &[cell(0, 0), full].concat())).is_ok());
        assert!(matches!(
            measure(&book(1, &[cell(0, 0), wider].concat())),
            Err(WorkbookError::TooLarge(..))
        ));
    }

    #[test]
    fn stated_dimensions_count_for_room_is_made_by_them() {
        let refused = |rows: [u32; 2], columns: [u16; 2]| {
            let rows = rows.map(u32::to_le_bytes).concat();
            let columns = columns.map(u16::to_le_bytes).concat();
            let sheet = record(0x0200, &[rows, columns, vec![0, 0]].concat());
            matches!(measure(&book(1, &sheet)), Err(WorkbookError::TooLarge(..)))
        };
        assert!(refused([0, u32::MAX], [0, 65_535]));
        assert!(refused([10, 5], [0, 1]), "rows that run backwards");
        assert!(
            refused([0, 60_000], [300, 400]),
            "columns that are impossible"
        );
        assert!(!refused([0, 60_000], [0, 60]) && !refused([0, 0], [0, 0]));
    }

    #[test]
    fn a_password_is_named_before_anything_is_counted() {
        let nonsense = record(0x0200, &[0xFF; 14]);
        let texts = record(0x00FC, &[0xFF; 20]);
        let book = [record(0x002F, &[1, 0]), texts, book(1, &nonsense)].concat();
        match measure(&book) {
            Err(WorkbookError::Damaged(why)) => assert!(why.contains("password"), "{why}"),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_long_text_many_cells_share_is_not_copied_for_each() {
        let sheets = |cells: usize| {
            let long = "x".repeat(32_767);
            let text = [&[0_u8; 8][..], &[0xFF, 0x7F, 0], long.as_bytes()].concat();
            let shares = record(0x00FD, &[0; 10]).repeat(cells);
            [record(0x00FC, &text), book(1, &shares)].concat()
        };
        let moved = |cells: usize| {
            let mut book = sheets(cells);
            let head = 4 + 8 + 3 + 32_767;
            let offset = u32::try_from(head + 8 + 4).expect("short").to_le_bytes();
            let place = book.get_mut(head + 4..head + 8).expect("a place");
            place.copy_from_slice(&offset);
            book
        };
        assert!(measure(&moved(8_000)).is_ok());
        assert!(matches!(
            measure(&moved(8_300)),
            Err(WorkbookError::TooLarge(..))
        ));
    }

    #[test]
    fn sheets_out_of_bounds_and_cut_records_are_no_panic() {
        let book = book(1, &cell(3, 3));
        for end in 0..book.len() {
            let _ = measure(book.get(..end).expect("a piece"));
        }
        let mut lost = record(0x0085, &u32::MAX.to_le_bytes());
        lost.extend(record(0x000A, &[]));
        assert!(matches!(measure(&lost), Err(WorkbookError::Damaged(_))));
    }

    #[test]
    fn any_damage_to_a_real_workbook_is_an_error_and_no_abort() {
        let sound = include_bytes!("tests/excel-97.xls");
        for at in (512..sound.len()).step_by(61) {
            let mut bytes = sound.to_vec();
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 0xFF;
            }
            let _ = LegacyWorkbook::open(&bytes);
        }
    }
}
