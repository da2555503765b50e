//! A one-page sheet of several small tables under each other.

use rust_xlsxwriter::XlsxError;

use super::sheet::{Cell, Column};
use super::writer::{Book, page_setup, put, row_points};

/// One of the small tables.
pub(super) struct Block {
    pub(super) title: String,
    pub(super) header: Vec<String>,
    pub(super) rows: Vec<Vec<Cell>>,
}

const TITLE_POINTS: f64 = 24.0;
const SIGN_POINTS: f64 = 44.0;

/// Writes title, blocks and a note on one sheet that prints on one page. All blocks share the widths.
pub(super) fn write(
    book: &mut Book,
    name: &str,
    title: &str,
    widths: &[f64],
    blocks: &[Block],
    note: &str,
) -> Result<(), XlsxError> {
    let (header, footer) = book.page_marks();
    let columns: Vec<Column> = widths
        .iter()
        .map(|width| Column::new(String::new(), *width))
        .collect();
    let style = &book.style;
    let sheet = book.workbook.add_worksheet();
    sheet.set_name(name)?;
    page_setup(sheet, &header, &footer, true);
    sheet.set_print_fit_to_pages(1, 1);
    for (index, width) in (0..).zip(widths) {
        sheet.set_column_width(index, *width)?;
    }
    sheet.set_row_height(0, TITLE_POINTS)?;
    sheet.write_string_with_format(0, 0, title, &style.title)?;
    let mut row = 2;
    for block in blocks {
        sheet.set_row_height(row, TITLE_POINTS)?;
        sheet.write_string_with_format(row, 0, &block.title, &style.title)?;
        for (index, head) in (0..).zip(&block.header) {
            sheet.write_string_with_format(row + 1, index, head, &style.header)?;
        }
        let heads: Vec<Cell> = block.header.iter().map(Cell::text).collect();
        sheet.set_row_height(row + 1, row_points(&heads, &columns, TITLE_POINTS))?;
        row += 2;
        for cells in &block.rows {
            // A row of nothing is there to be signed.
            let signed = cells.iter().all(|cell| matches!(cell, Cell::Blank));
            let least = if signed { SIGN_POINTS } else { TITLE_POINTS };
            sheet.set_row_height(row, row_points(cells, &columns, least))?;
            for (index, cell) in (0..).zip(cells) {
                put(sheet, style, (row, index), cell, None)?;
            }
            row += 1;
        }
        row += 1;
    }
    sheet.write_string_with_format(row, 0, note, &style.note)?;
    let last_column = (widths.len() as u16).saturating_sub(1);
    sheet.set_print_area(0, 0, row, last_column)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}
