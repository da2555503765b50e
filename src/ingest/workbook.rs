//! An .xlsx workbook to rows, through the cell stream.
//!
//! Responsible for: sheets, numbers and dates written out exactly, and limits that hold against
//! archives made to exhaust memory. Not responsible for: what the cells mean.
//!
//! calamine's ready-made range allocates the whole rectangle up to a stray cell at the far corner
//! (and aborts), so only its cell stream is used.

use std::io::{Cursor, Read};

use calamine::{Cell, DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use csv::StringRecord;

use super::grid::{Row, RowSink};

/// Most cells of one sheet.
const MAX_CELLS: u64 = 40_000_000;
/// Columns looked at; cells further right are counted and left.
pub(crate) const MAX_COLUMNS: u32 = 512;
/// Most bytes a part of the archive may unpack to.
const MAX_UNPACKED: u64 = 2 << 30;
/// Most bytes of the parts that are held in memory whole.
const MAX_UNPACKED_WHOLE: u64 = 512 << 20;
/// Longest run of bytes without a tag: Excel's own limit for a cell is 32,767 characters.
const MAX_TEXT_RUN: usize = 1 << 20;

/// Why a workbook cannot be used.
#[derive(Debug)]
pub(crate) enum WorkbookError {
    /// Not a workbook, or damaged.
    Damaged(String),
    /// It holds more than is read: what, and the limit.
    TooLarge(&'static str, u64),
}

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

    /// Names of the worksheets that are not hidden, in order.
    pub(crate) fn sheets(&self) -> Vec<String> {
        self.xlsx
            .sheets_metadata()
            .iter()
            .filter(|sheet| {
                sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible
            })
            .map(|sheet| sheet.name.clone())
            .collect()
    }

    /// Hands every row of a sheet to `sink`; returns how many cells stood too far right.
    pub(crate) fn visit(
        &mut self,
        sheet: &str,
        sink: &mut dyn RowSink,
    ) -> Result<u64, WorkbookError> {
        let mut reader = self.xlsx.worksheet_cells_reader(sheet)?;
        let mut rows = RowBuilder::new(sink);
        let mut cells: u64 = 0;
        let mut beyond: u64 = 0;
        while let Some(cell) = reader.next_cell()? {
            cells += 1;
            if cells > MAX_CELLS {
                return Err(WorkbookError::TooLarge("cells", MAX_CELLS));
            }
            if cell.get_position().1 >= MAX_COLUMNS {
                beyond += u64::from(*cell.get_value() != DataRef::Empty);
                continue;
            }
            rows.push(&cell);
        }
        rows.flush();
        Ok(beyond)
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

/// Puts cells together into rows.
struct RowBuilder<'s> {
    sink: &'s mut dyn RowSink,
    cells: StringRecord,
    /// 0-based row the cells belong to.
    row: u32,
    /// The first row not yet accounted for.
    next_row: u32,
    any: bool,
}

impl<'s> RowBuilder<'s> {
    fn new(sink: &'s mut dyn RowSink) -> Self {
        Self {
            sink,
            cells: StringRecord::new(),
            row: 0,
            next_row: 0,
            any: false,
        }
    }

    fn push(&mut self, cell: &Cell<DataRef<'_>>) {
        let (row, column) = cell.get_position();
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
        match cell.get_value() {
            DataRef::SharedString(text) => self.cells.push_field(text),
            DataRef::String(text) => self.cells.push_field(text),
            other => self.cells.push_field(&written(other)),
        }
        self.any |= *cell.get_value() != DataRef::Empty;
    }

    fn flush(&mut self) {
        if self.any {
            if self.row > self.next_row {
                self.sink.blank(self.next_row + 1, self.row - self.next_row);
            }
            let row = Row {
                line: self.row + 1,
                cells: &self.cells,
                text: None,
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

/// A value as text: whole numbers without a point, dates as ISO.
fn written(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => plain_number(*number),
        DataRef::Bool(yes) => if *yes { "true" } else { "false" }.to_owned(),
        DataRef::DateTime(moment) if moment.is_datetime() && moment.as_f64() >= 1.0 => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            let date = format!("{year:04}-{month:02}-{day:02}");
            if (hour, minute, second) == (0, 0, 0) {
                date
            } else {
                format!("{date} {hour:02}:{minute:02}:{second:02}")
            }
        }
        DataRef::DateTime(moment) => plain_number(moment.as_f64()),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) | DataRef::String(text) => {
            text.clone()
        }
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

fn plain_number(number: f64) -> String {
    // Up to 2^53 every whole number is exact; beyond it digits would be invented.
    if number.fract() == 0.0 && number.abs() < 9.0e15 {
        format!("{number:.0}")
    } else {
        format!("{number}")
    }
}
