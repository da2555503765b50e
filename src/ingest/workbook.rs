//! An .xlsx workbook to rows, through the cell stream.
//!
//! Responsible for: sheets, numbers and dates written out exactly, and limits that hold against
//! archives made to exhaust memory. Not responsible for: what the cells mean.
//!
//! calamine's ready-made range allocates the whole rectangle up to a stray cell at the far corner
//! (and aborts), so only its cell stream is used.

use std::io::{Cursor, Read};

use calamine::{DataType, Reader, Sheet, SheetType, SheetVisible, Xlsx, XlsxError};

use super::grid::RowSink;
use super::sheets::{MAX_CELLS, RowBuilder, Sheets, WorkbookError};

/// Most bytes a part of the archive may unpack to.
const MAX_UNPACKED: u64 = 2 << 30;
/// Most bytes of the parts that are held in memory whole.
const MAX_UNPACKED_WHOLE: u64 = 512 << 20;
/// Longest run of bytes without a tag: Excel's own limit for a cell is 32,767 characters.
const MAX_TEXT_RUN: usize = 1 << 20;

impl From<XlsxError> for WorkbookError {
    fn from(error: XlsxError) -> Self {
        Self::Damaged(error.to_string())
    }
}

/// An opened workbook.
pub(crate) struct Workbook<'b> {
    xlsx: Xlsx<Cursor<&'b [u8]>>,
}

impl<'b> Workbook<'b> {
    /// Checks the archive's size, then opens it.
    pub(crate) fn open(bytes: &'b [u8]) -> Result<Self, WorkbookError> {
        weigh(bytes)?;
        Ok(Self {
            xlsx: Xlsx::new(Cursor::new(bytes))?,
        })
    }
}

impl Sheets for Workbook<'_> {
    fn names(&self) -> Vec<String> {
        visible(self.xlsx.sheets_metadata())
    }

    fn visit(&mut self, sheet: &str, sink: &mut dyn RowSink) -> Result<u64, WorkbookError> {
        let mut reader = self.xlsx.worksheet_cells_reader(sheet)?;
        let mut rows = RowBuilder::new(sink);
        let mut cells: u64 = 0;
        while let Some(cell) = reader.next_cell()? {
            cells += 1;
            if cells > MAX_CELLS {
                return Err(WorkbookError::TooLarge("cells", MAX_CELLS));
            }
            let (at, value) = (cell.get_position(), cell.get_value());
            match value.get_string() {
                Some(text) => rows.push(at, text, true),
                None => rows.push(at, &written(value), !value.is_empty()),
            }
        }
        rows.flush();
        Ok(rows.beyond)
    }
}

/// Unpacks every part that will be read, counting only: sizes stated in an archive can lie.
fn weigh(bytes: &[u8]) -> Result<(), WorkbookError> {
    let damaged = |error: zip::result::ZipError| WorkbookError::Damaged(error.to_string());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut buffer = vec![0_u8; 64 << 10];
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(damaged)?;
        let name = part.name().map_err(damaged)?.to_lowercase();
        let limit = if name.contains("worksheets/") {
            MAX_UNPACKED
        } else {
            MAX_UNPACKED_WHOLE
        };
        let (mut total, mut run) = (0_u64, 0_usize);
        loop {
            let count = part
                .read(&mut buffer)
                .map_err(|error| WorkbookError::Damaged(error.to_string()))?;
            if count == 0 {
                break;
            }
            total += count as u64;
            for piece in buffer
                .get(..count)
                .unwrap_or_default()
                .split_inclusive(|b| *b == b'<')
            {
                run += piece.len();
                if run > MAX_TEXT_RUN {
                    return Err(WorkbookError::TooLarge(
                        "bytes in one cell",
                        MAX_TEXT_RUN as u64,
                    ));
                }
                if piece.last() == Some(&b'<') {
                    run = 0;
                }
            }
            if total > limit {
                return Err(WorkbookError::TooLarge("bytes unpacked", limit));
            }
        }
    }
    Ok(())
}

/// Names of the worksheets that are not hidden, in order.
pub(super) fn visible(sheets: &[Sheet]) -> Vec<String> {
    sheets
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect()
}

/// A value as text: whole numbers without a point, dates as ISO.
pub(super) fn written(value: &impl DataType) -> String {
    if let Some(number) = value.get_int() {
        return number.to_string();
    }
    if let Some(number) = value.get_float() {
        return plain_number(number);
    }
    if let Some(yes) = value.get_bool() {
        return if yes { "true" } else { "false" }.to_owned();
    }
    if let Some(moment) = value.get_datetime() {
        if !moment.is_datetime() || moment.as_f64() < 1.0 {
            return plain_number(moment.as_f64());
        }
        let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
        let date = format!("{year:04}-{month:02}-{day:02}");
        return if (hour, minute, second) == (0, 0, 0) {
            date
        } else {
            format!("{date} {hour:02}:{minute:02}:{second:02}")
        };
    }
    if let Some(error) = value.get_error() {
        return error.to_string();
    }
    let text = value.get_string().or_else(|| value.get_datetime_iso());
    text.or_else(|| value.get_duration_iso())
        .unwrap_or_default()
        .to_owned()
}

fn plain_number(number: f64) -> String {
    // Up to 2^53 every whole number is exact; beyond it digits would be invented.
    if number.fract() == 0.0 && number.abs() < 9.0e15 {
        format!("{number:.0}")
    } else {
        format!("{number}")
    }
}
