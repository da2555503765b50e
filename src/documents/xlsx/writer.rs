//! A [`Table`] into a workbook: page setup, header, cells, lists to choose from.
//!
//! The creation time is pinned to the day of the plan, so that the same plan gives the same bytes.

use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatFormula, DataValidation,
    DataValidationErrorStyle, DataValidationRule, DocProperties, ExcelDateTime, Format, Formula,
    Workbook, Worksheet, XlsxError,
};

use super::fit;
use super::sheet::{Alert, Cell, Column, Entry, Table, lines_in};
use super::style::Style;
use crate::documents::inert::plain;
use crate::domain::Date;

#[cfg(test)]
mod tests;

/// Of 1 to 9, what Excel itself uses: little larger than the library's 6, in much less time.
const COMPRESSION: u8 = 3;
/// The library's number of the paper size A4.
const A4: u8 = 9;
/// Longest text put into a cell; Excel's own limit is 32,767 UTF-16 units.
const MAX_CELL_CHARS: usize = 16_000;
/// Longest piece of a page header: four of them, every `&` doubled, stay below Excel's 255 characters.
const MAX_HEAD_CHARS: usize = 28;
const LINE_POINTS: f64 = 15.0;
/// Excel's limit is 409.
const MAX_ROW_POINTS: f64 = 400.0;
const ROW_POINTS: f64 = 20.0;
/// High enough to write in by hand.
const ENTRY_ROW_POINTS: f64 = 26.0;
/// No vehicle reads more.
const MAX_KM: i32 = 3_000_000;

/// What every page of a workbook carries.
pub(super) struct Head {
    pub(super) title: String,
    pub(super) plan: String,
    pub(super) state: String,
    pub(super) dealer: String,
    pub(super) footer: String,
    pub(super) made_on: Date,
}

/// A workbook in the making.
pub(super) struct Book {
    pub(super) workbook: Workbook,
    pub(super) style: Style,
    header: String,
    footer: String,
}

impl Book {
    pub(super) fn new(head: &Head) -> Result<Self, XlsxError> {
        let mut workbook = Workbook::new();
        workbook.set_zip_compression_level(COMPRESSION);
        let made = moment(head.made_on).map_or_else(|| ExcelDateTime::from_ymd(2000, 1, 1), Ok)?;
        let properties = DocProperties::new()
            .set_title(one_line(&head.title).trim())
            .set_company(one_line(&head.dealer))
            .set_creation_datetime(&made);
        workbook.set_properties(&properties);
        let (title, plan) = (quoted(&head.title), quoted(&head.plan));
        let (state, dealer) = (quoted(&head.state), quoted(&head.dealer));
        Ok(Self {
            workbook,
            style: Style::new(),
            header: format!("&L{title} · {plan} · {state}&R{dealer}"),
            footer: head.footer.clone(),
        })
    }

    /// Adds a sheet.
    pub(super) fn table(&mut self, table: &Table) -> Result<(), XlsxError> {
        let sheet = self.workbook.add_worksheet();
        sheet.set_name(&table.name)?;
        let columns = fit::columns(table);
        let last_column = (columns.len() as u16).saturating_sub(1);
        let last_printed = (table.printed() as u16).saturating_sub(1);
        let last_row = table.rows.len() as u32;
        let totals = if table.totals.is_empty() {
            0
        } else {
            table.totals.len() as u32 + 1
        };
        page_setup(sheet, &self.header, &self.footer, table.landscape);
        sheet.set_print_area(0, 0, last_row + totals, last_printed)?;
        sheet.set_repeat_rows(0, 0)?;
        sheet.set_freeze_panes(1, table.frozen_columns)?;
        sheet.autofilter(0, 0, last_row, last_column)?;
        head_row(sheet, &self.style, &columns)?;
        let style = &self.style;
        let tinted = entry_formats(style, &columns);
        let begun = tinted.iter();
        let begun: Vec<Option<Format>> = begun
            .map(|tint| tint.as_ref().map(Style::beginning))
            .collect();
        let write_in = style.of_entry(&Entry::Text);
        let write_in = [Style::beginning(&write_in), write_in];
        let least = if table.has_entries() {
            ENTRY_ROW_POINTS
        } else {
            ROW_POINTS
        };
        for (row, cells) in (1..).zip(&table.rows) {
            sheet.set_row_height(row, row_points(cells, &columns, least))?;
            for (column, cell) in (0..).zip(cells).take(columns.len()) {
                put_bare(sheet, (row, column), cell)?;
            }
        }
        for column in 0..columns.len() {
            let format_of = |(row, cells): (usize, &Vec<Cell>)| {
                let begins = table.blocks.contains(&row);
                let tints = if begins { &begun } else { &tinted };
                let cell = cells.get(column)?;
                let own = match cell {
                    Cell::WriteIn => &write_in[usize::from(!begins)],
                    _ if begins => style.of_beginning(cell),
                    _ => style.of(cell),
                };
                Some(tints[column].as_ref().unwrap_or(own))
            };
            let formats = table.rows.iter().enumerate().map(format_of);
            let formats: Vec<Option<&Format>> = formats.collect();
            format_column(sheet, column as u16, &formats)?;
        }
        for (row, cells) in (last_row + 2..).zip(&table.totals) {
            sheet.set_row_height(row, ROW_POINTS)?;
            for (column, cell) in (0..).zip(cells) {
                put(sheet, &self.style, (row, column), cell, None)?;
            }
        }
        alerts(sheet, &columns, last_row.max(1))?;
        choices(sheet, &columns, last_row.max(1))
    }

    /// The page setup of a sheet that is written by its own document.
    pub(super) fn page_marks(&self) -> (String, String) {
        (self.header.clone(), self.footer.clone())
    }

    pub(super) fn finish(mut self) -> Result<Vec<u8>, XlsxError> {
        self.workbook.save_to_buffer()
    }
}

/// A4, one page wide, plan and approval above, page numbers below.
pub(super) fn page_setup(sheet: &mut Worksheet, header: &str, footer: &str, landscape: bool) {
    sheet
        .set_paper_size(A4)
        .set_print_fit_to_pages(1, 0)
        .set_margins(0.4, 0.4, 0.7, 0.6, 0.3, 0.3);
    sheet.set_header(header).set_footer(footer);
    if landscape {
        sheet.set_landscape();
    }
}

fn head_row(sheet: &mut Worksheet, style: &Style, columns: &[Column]) -> Result<(), XlsxError> {
    let mut lines: f64 = 1.0;
    for (index, column) in (0..).zip(columns) {
        let format = if column.entry.is_some() {
            &style.entry_header
        } else {
            &style.header
        };
        sheet.set_column_width(index, column.width)?;
        sheet.write_string_with_format(0, index, &column.title, format)?;
        // The filter's arrow takes two digits' room.
        lines = lines.max(lines_in(&column.title, column.width - 2.0));
    }
    sheet.set_row_height(0, lines * LINE_POINTS + 9.0)?;
    Ok(())
}

fn entry_formats(style: &Style, columns: &[Column]) -> Vec<Option<Format>> {
    columns
        .iter()
        .map(|column| column.entry.as_ref().map(|entry| style.of_entry(entry)))
        .collect()
}

/// Gives the cells of a column their formats, from row 1 on. The library looks a format up by all of its properties, which takes
/// longer than writing a cell: once for a run of cells, not for each.
fn format_column(
    sheet: &mut Worksheet,
    column: u16,
    formats: &[Option<&Format>],
) -> Result<(), XlsxError> {
    let mut row = 1;
    for run in formats.chunk_by(|a, b| a.map(std::ptr::from_ref) == b.map(std::ptr::from_ref)) {
        let behind = row + run.len() as u32;
        if let Some(format) = run[0] {
            sheet.set_range_format(row, column, behind - 1, column, format)?;
        }
        row = behind;
    }
    Ok(())
}

/// Writes one cell. Text is always written as a string, whatever it looks like.
pub(super) fn put(
    sheet: &mut Worksheet,
    style: &Style,
    (row, column): (u32, u16),
    cell: &Cell,
    tint: Option<&Format>,
) -> Result<(), XlsxError> {
    put_bare(sheet, (row, column), cell)?;
    let format = tint.unwrap_or_else(|| style.of(cell));
    sheet.set_cell_format(row, column, format)?;
    Ok(())
}

/// What stands in a cell, without its format; nothing in an empty one.
fn put_bare(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) => sheet.write_string(row, column, shortened(text, MAX_CELL_CHARS))?,
        Cell::Day(date) => match moment(*date) {
            Some(day) => sheet.write_datetime(row, column, &day)?,
            None => sheet.write_string(row, column, date.to_string())?,
        },
        Cell::Yuan(fen) => sheet.write_number(row, column, fen.yuan())?,
        Cell::Whole(count) => sheet.write_number(row, column, *count as f64)?,
        Cell::Tenths(value) if value.is_finite() => {
            sheet.write_number(row, column, (value * 10.0).round() / 10.0)?
        }
        Cell::Tenths(_) | Cell::Blank | Cell::WriteIn => sheet,
    };
    Ok(())
}

/// The day as the workbook counts it; `None` before 1900.
fn moment(date: Date) -> Option<ExcelDateTime> {
    let year = u16::try_from(date.year()).ok()?;
    ExcelDateTime::from_ymd(year, date.month() as u8, date.day() as u8).ok()
}

/// Room for the longest cell of a row.
pub(super) fn row_points(cells: &[Cell], columns: &[Column], least: f64) -> f64 {
    let lines = cells
        .iter()
        .zip(columns)
        .filter(|(_, column)| !column.clipped)
        .map(|(cell, column)| match cell {
            Cell::Text(text) => lines_in(text, column.width),
            _ => 1.0,
        });
    let most = lines.fold(1.0, f64::max);
    (most * LINE_POINTS + 4.0).max(least).min(MAX_ROW_POINTS)
}

/// What stands out, also once it is written in.
fn alerts(sheet: &mut Worksheet, columns: &[Column], last_row: u32) -> Result<(), XlsxError> {
    for (index, column) in (0..).zip(columns) {
        let place = (1, index, last_row, index);
        match &column.alert {
            None => {}
            Some(Alert::Above(most)) => {
                let rule = ConditionalFormatCellRule::GreaterThan(*most);
                alert(sheet, place, rule, false)?;
            }
            Some(Alert::Says(word)) => {
                let rule = ConditionalFormatCellRule::EqualTo(word.clone());
                alert(sheet, place, rule, true)?;
            }
            Some(Alert::Below(title)) => {
                let other = (0..)
                    .zip(columns)
                    .find(|(_, column)| column.title == *title);
                let Some((other, _)) = other else {
                    continue;
                };
                let (own, other) = (column_name(index), column_name(other));
                let rule = format!("=AND(ISNUMBER(${own}2),${own}2<${other}2)");
                let rule = ConditionalFormatFormula::new()
                    .set_rule(rule.as_str())
                    .set_format(Style::alert(false));
                sheet.add_conditional_format(place.0, place.1, place.2, place.3, &rule)?;
            }
        }
    }
    Ok(())
}

fn alert<T: rust_xlsxwriter::IntoConditionalFormatValue>(
    sheet: &mut Worksheet,
    (first_row, first, last_row, last): (u32, u16, u32, u16),
    rule: ConditionalFormatCellRule<T>,
    of_text: bool,
) -> Result<(), XlsxError> {
    let rule = ConditionalFormatCell::new()
        .set_rule(rule)
        .set_format(Style::alert(of_text));
    sheet.add_conditional_format(first_row, first, last_row, last, &rule)?;
    Ok(())
}

/// `A`, `Z`, `AA`.
fn column_name(index: u16) -> String {
    rust_xlsxwriter::utility::column_number_to_name(index)
}

/// Lists and limits of the columns to be written in.
fn choices(sheet: &mut Worksheet, columns: &[Column], last_row: u32) -> Result<(), XlsxError> {
    for (index, column) in (0..).zip(columns) {
        let rule = match &column.entry {
            Some(Entry::Choice(words)) => DataValidation::new().allow_list_strings(words)?,
            Some(Entry::OneOf(range)) => DataValidation::new()
                .allow_list_formula(Formula::new(format!("={range}")))
                .set_error_style(DataValidationErrorStyle::Warning),
            // A warning only: what somebody read off the dashboard may be right after all.
            Some(Entry::Km) => DataValidation::new()
                .allow_whole_number(DataValidationRule::Between(0, MAX_KM))
                .set_error_style(DataValidationErrorStyle::Warning),
            _ => continue,
        };
        sheet.add_data_validation(1, index, last_row, index, &rule)?;
    }
    Ok(())
}

/// A text as it stands in a page header, where `&` begins a command.
fn quoted(text: &str) -> String {
    shortened(one_line(text).trim(), MAX_HEAD_CHARS).replace('&', "&&")
}

/// On one line.
fn one_line(text: &str) -> String {
    let text = plain(text);
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

fn shortened(text: &str, most: usize) -> String {
    let text = plain(text);
    if text.len() <= most || text.chars().count() <= most {
        return text.into_owned();
    }
    text.chars().take(most - 1).chain(['…']).collect()
}
