//! An .xlsx workbook to rows, through the cell stream.
//!
//! Responsible for: sheets, numbers and dates written out exactly, and what merged cells cover. Not
//! responsible for: limits on the archive (`archive`), what the cells mean.
//!
//! calamine's ready-made range allocates the whole rectangle up to a stray cell at the far corner
//! (and aborts), so only its cell stream is used.

use std::io::Cursor;

use calamine::{DataType, Reader, Sheet, SheetType, SheetVisible, Xlsx, XlsxError};

use super::archive::{Weighed, weigh};
use super::grid::RowSink;
use super::sheets::{Bulk, MAX_CELLS, Merge, RowBuilder, Sheets, WorkbookError};

impl From<XlsxError> for WorkbookError {
    fn from(error: XlsxError) -> Self {
        Self::Damaged(error.to_string())
    }
}

/// An opened workbook.
pub(crate) struct Workbook<'b> {
    xlsx: Xlsx<Cursor<&'b [u8]>>,
    weighed: Weighed,
    /// The text of the sheets handed on.
    bulk: Bulk,
}

impl<'b> Workbook<'b> {
    /// Checks the archive's size, then opens it.
    pub(crate) fn open(bytes: &'b [u8]) -> Result<Self, WorkbookError> {
        let weighed = weigh(bytes)?;
        Ok(Self {
            xlsx: Xlsx::new(Cursor::new(bytes))?,
            weighed,
            bulk: Bulk::default(),
        })
    }

    /// The merged cells of a sheet that cover more than one row.
    fn merges(&mut self, sheet: &str) -> Result<Vec<Merge>, WorkbookError> {
        if !self.weighed.merged {
            return Ok(Vec::new());
        }
        let merged = self.xlsx.merge_cells_by_sheet_name(sheet)?;
        let tall = merged.into_iter().filter(|area| area.end.0 > area.start.0);
        let merges = tall.map(|area| Merge {
            row: area.start.0,
            column: area.start.1,
            last_row: area.end.0,
        });
        Ok(merges.collect())
    }
}

impl Sheets for Workbook<'_> {
    fn names(&self) -> Vec<String> {
        visible(self.xlsx.sheets_metadata())
    }

    fn hidden(&self) -> Vec<String> {
        hidden(self.xlsx.sheets_metadata())
    }

    fn since_1904(&self) -> bool {
        self.weighed.since_1904
    }

    fn visit(&mut self, sheet: &str, sink: &mut dyn RowSink) -> Result<u64, WorkbookError> {
        let merges = self.merges(sheet)?;
        let mut reader = self.xlsx.worksheet_cells_reader(sheet)?;
        let mut rows = RowBuilder::new(sink, self.bulk).with_merges(merges);
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
            rows.bulk.bearable()?;
        }
        rows.flush();
        self.bulk = rows.bulk;
        Ok(rows.beyond)
    }
}

/// Names of the worksheets that are not hidden, in order.
pub(super) fn visible(sheets: &[Sheet]) -> Vec<String> {
    sheets
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect()
}

/// Names of the worksheets somebody hid, in order.
pub(super) fn hidden(sheets: &[Sheet]) -> Vec<String> {
    sheets
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible != SheetVisible::Visible)
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
