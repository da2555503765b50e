//! A sheet that went out, was written in and came back: rows of text under a known header.
//!
//! Responsible for: CSV, XLSX and XLS alike, whatever the order of their rows and columns.
//! Not responsible for: what a line means (`answers`).

use std::collections::BTreeMap;
use std::sync::Arc;

use super::aliases::TableSpec;
use super::delimited;
use super::encoding::decode;
use super::grid::{Row, RowSink};
use super::header::{Header, Names};
use super::legacy::LegacyWorkbook;
use super::page::Page;
use super::sheets::{Sheets, WorkbookError};
use super::source::SourceKind;
use super::workbook::Workbook;
use crate::findings::{Failure, Finding, Spot};

/// A header stands among the first rows.
const HEADER_ROWS: usize = 20;

/// One line below the header.
pub(super) struct Line<'w> {
    pub(super) spot: Spot,
    header: &'w Header,
    cells: &'w [String],
}

impl Line<'_> {
    /// The cell, trimmed; empty where there is none.
    pub(super) fn text(&self, key: &str) -> &str {
        let mut cells = self.header.cells_of(key).iter();
        let filled =
            cells.find_map(|at| self.cells.get(*at).filter(|cell| !cell.trim().is_empty()));
        let text = filled.map_or("", |cell| cell.trim());
        // What a written table puts before text a spreadsheet could run.
        match text.strip_prefix('\'') {
            Some(bare) if bare.starts_with(['=', '+', '-', '@']) => bare,
            _ => text,
        }
    }

    /// What the sheet calls a column.
    pub(super) fn title(&self, key: &str) -> String {
        let at = self.header.cells_of(key).first();
        at.map_or(key, |at| self.header.name_at(*at)).to_owned()
    }
}

/// Hands every line that is not blank to `take`. `false` = no sheet has such a header.
///
/// # Errors
/// Status 3 where the file is damaged or no table.
pub(super) fn lines(
    bytes: &[u8],
    file: &str,
    spec: &'static TableSpec,
    take: &mut dyn FnMut(&Line<'_>),
) -> Result<bool, Failure> {
    let names = Names::of(spec, &BTreeMap::new());
    let mut found = false;
    for (sheet, rows) in sheets(bytes, file, &names)? {
        let complete = |(_, cells): &(u32, Vec<String>)| {
            names.is_complete(&cells.iter().map(String::as_str).collect::<Vec<_>>())
        };
        let Some(at) = rows.iter().take(HEADER_ROWS).position(complete) else {
            continue;
        };
        found = true;
        let (head, below) = rows.split_at(at + 1);
        let Some((line, cells)) = head.last() else {
            continue;
        };
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        let header = Header::read(
            &names,
            Arc::from(file),
            Arc::from(sheet.as_str()),
            *line,
            &cells,
        );
        for (line, cells) in below {
            let texts: Vec<&str> = cells.iter().map(String::as_str).collect();
            if header.is_repeated_by(&texts) {
                continue;
            }
            take(&Line {
                spot: Spot {
                    file: file.to_owned(),
                    sheet: sheet.clone(),
                    line: *line,
                    ..Spot::default()
                },
                header: &header,
                cells,
            });
        }
    }
    Ok(found)
}

type Rows = Vec<(u32, Vec<String>)>;

#[derive(Default)]
struct Kept(Rows);

impl RowSink for Kept {
    fn row(&mut self, row: &Row<'_>) {
        if !row.is_blank() {
            let cells = row.cells.iter().map(|cell| (*cell).to_owned());
            self.0.push((row.line, cells.collect()));
        }
    }

    fn blank(&mut self, _: u32, _: u32) {}
}

fn sheets(bytes: &[u8], file: &str, names: &Names) -> Result<Vec<(String, Rows)>, Failure> {
    let damaged = |error: WorkbookError| {
        let message = match error {
            WorkbookError::Damaged(message) => message,
            WorkbookError::TooLarge(what, limit) => format!("{what} > {limit}"),
        };
        Failure::input(Finding::new("C007").in_file(file).arg("message", message))
    };
    let mut book: Box<dyn Sheets + '_> = match SourceKind::of(bytes) {
        SourceKind::Xlsx => Box::new(Workbook::open(bytes).map_err(damaged)?),
        SourceKind::Xls => Box::new(LegacyWorkbook::open(bytes).map_err(damaged)?),
        SourceKind::Html => Box::new(Page::open(&decode(bytes, None).text).map_err(damaged)?),
        SourceKind::Other => return Err(damaged(WorkbookError::Damaged("?".into()))),
        SourceKind::Delimited => {
            let decoded = decode(bytes, None);
            let text: &str = &decoded.text;
            let mut kept = Kept::default();
            let (delimiter, from) = delimited::stated_delimiter(text)
                .unwrap_or_else(|| (delimited::sniff(text, &|cells| names.score(cells)), 0));
            for part in delimited::parts(text, from, delimiter, text.len().max(1)) {
                delimited::visit(text, part, delimiter, &mut kept);
            }
            return Ok(vec![(String::new(), kept.0)]);
        }
    };
    let mut sheets = Vec::new();
    for name in book.names() {
        let mut kept = Kept::default();
        book.visit(&name, &mut kept).map_err(damaged)?;
        sheets.push((name, kept.0));
    }
    Ok(sheets)
}
