//! The workbook of Excel 97 to 2003 (.xls) to rows.
//!
//! Responsible for: its sheets and cells, under a size limit, because the whole sheet is held in memory.
//! Not responsible for: the file they lie in (`compound`), what the cells mean.
//!
//! calamine makes room for the whole rectangle between the outermost cells of a sheet, and for what a sheet
//! says are its dimensions: both are looked at before it is called.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, DataType, Reader, Xls, XlsError};

use super::compound::workbook_stream;
use super::grid::RowSink;
use super::sheets::{RowBuilder, Sheets, WorkbookError};
use super::workbook::{hidden, visible, written};

/// Largest file read: 65,536 rows of 30 filled columns take about half of it.
const MAX_BYTES: u64 = 64 << 20;
/// Most cells of the rectangles of all sheets together, empty ones too.
const MAX_AREA: u64 = 6_000_000;
/// Sheets looked at.
const MAX_SHEETS: usize = 256;

/// Record types that matter here.
mod records {
    pub(super) const BOUND_SHEET: u16 = 0x0085;
    pub(super) const BEGIN: u16 = 0x0809;
    pub(super) const END: u16 = 0x000A;
    pub(super) const DIMENSIONS: u16 = 0x0200;
    pub(super) const SEVERAL: u16 = 0x00BD;
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
            Ok(xls) => Ok(Self { xls: xls? }),
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
        let mut rows = RowBuilder::new(sink);
        for (row, column, value) in range.used_cells() {
            let at = (top + row as u32, left + column as u32);
            rows.push(at, &written(value), !value.is_empty());
        }
        rows.flush();
        Ok(rows.beyond)
    }
}

/// Adds up the rectangles of all sheets.
fn measure(stream: &[u8]) -> Result<(), WorkbookError> {
    let bounds = Records(stream).take_while(|(kind, _)| *kind != records::END);
    let bounds = bounds.filter(|(kind, _)| *kind == records::BOUND_SHEET);
    let offsets: Vec<usize> = bounds.map(|(_, data)| u32_at(data, 0) as usize).collect();
    let too_large =
        || WorkbookError::TooLarge("cells of .xls sheets, with the empty ones", MAX_AREA);
    if offsets.len() > MAX_SHEETS {
        return Err(WorkbookError::TooLarge("sheets", MAX_SHEETS as u64));
    }
    // Sheets that share their records are no sheets: reading them again and again must not cost time.
    let (mut area, mut left) = (0, 2 * stream.len() + 4096);
    for offset in offsets {
        let sheet = stream.get(offset..);
        let sheet = sheet.ok_or_else(|| WorkbookError::Damaged("a sheet is missing".into()))?;
        let (of_sheet, bytes) = area_of(sheet);
        area += of_sheet;
        left = left.checked_sub(bytes).ok_or_else(too_large)?;
        if area > MAX_AREA {
            return Err(too_large());
        }
    }
    Ok(())
}

/// The cells between the outermost ones of a sheet, or what it says they are, and the bytes of its records.
fn area_of(sheet: &[u8]) -> (u64, usize) {
    let mut outermost: Option<[u64; 4]> = None;
    let (mut stated, mut bytes, mut depth) = (0, 0, 0_usize);
    for (kind, data) in Records(sheet) {
        bytes += 4 + data.len();
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
    (filled.max(stated), bytes)
}

/// First and last row in four bytes each (in two, in older books), then first and last column.
fn stated_area(data: &[u8]) -> u64 {
    let between = |first: u64, last: u64| last.saturating_sub(first);
    if data.len() >= 14 {
        let rows = between(u64::from(u32_at(data, 0)), u64::from(u32_at(data, 4)));
        rows.saturating_mul(between(u16_at(data, 8), u16_at(data, 10)))
    } else {
        between(u16_at(data, 0), u16_at(data, 2)) * between(u16_at(data, 4), u16_at(data, 6))
    }
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
    }

    #[test]
    fn stated_dimensions_count_for_room_is_made_by_them() {
        let dimensions = [0_u32, u32::MAX].map(u32::to_le_bytes).concat();
        let dimensions = [dimensions, vec![0, 0, 255, 255, 0, 0]].concat();
        let sheet = record(0x0200, &dimensions);
        assert!(matches!(
            measure(&book(1, &sheet)),
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
