//! The workbook of Excel 97 to 2003 (.xls) to rows.
//!
//! Responsible for: its sheets and cells, under a size limit, because the whole sheet is held in memory.
//! Not responsible for: what the cells mean.

use std::io::Cursor;

use calamine::{Data, DataType, Reader, Xls, XlsError};

use super::grid::RowSink;
use super::sheets::{RowBuilder, Sheets, WorkbookError};
use super::workbook::{hidden, visible, written};

/// Largest file read: 65,536 rows of 30 filled columns take about half of it.
const MAX_BYTES: u64 = 64 << 20;

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
        Ok(Self {
            xls: Xls::new(Cursor::new(bytes))?,
        })
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
