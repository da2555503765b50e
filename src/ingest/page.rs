//! The tables of a page that calls itself a workbook, to rows.
//!
//! Responsible for: HTML tables (spans, nested tables, entities) and the rows of an XML Spreadsheet 2003, which
//! systems export under the name .xls. Not responsible for: what the cells mean.

use std::collections::BTreeMap;

use html5gum::{HtmlString, StartTag, Token, Tokenizer};

use super::grid::RowSink;
use super::sheets::{Bulk, MAX_COLUMNS, RowBuilder, Sheets, WorkbookError};

/// Tables inside tables beyond this depth are read as text.
const MAX_DEPTH: usize = 32;
/// Most rows a cell may span; Excel's own number of rows in an .xls sheet.
const MAX_ROWS_SPANNED: u32 = 65_536;

/// The tables of a page.
pub(crate) struct Page {
    tables: Vec<Table>,
    /// Where the first table of each name stands: a small file can hold very many.
    places: BTreeMap<String, usize>,
    /// The text of the tables handed on.
    bulk: Bulk,
}

/// A table with at least one filled cell.
struct Table {
    name: String,
    /// 0-based row and its cells.
    rows: Vec<(u32, Vec<String>)>,
}

impl Page {
    /// Reads all tables of a page.
    ///
    /// # Errors
    /// Where they hold more cells than are read.
    pub(crate) fn open(text: &str) -> Result<Self, WorkbookError> {
        let mut parser = Parser::default();
        for Ok(token) in Tokenizer::new(text) {
            match token {
                Token::StartTag(tag) => parser.start(&tag),
                Token::EndTag(tag) => parser.end(&tag.name),
                Token::String(text) => parser.text(&text),
                Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
            }
            parser.weigh()?;
        }
        Ok(parser.finish())
    }
}

impl Sheets for Page {
    fn names(&self) -> Vec<String> {
        self.tables.iter().map(|table| table.name.clone()).collect()
    }

    fn visit(&mut self, sheet: &str, sink: &mut dyn RowSink) -> Result<u64, WorkbookError> {
        let mut rows = RowBuilder::new(sink, self.bulk);
        let place = self.places.get(sheet);
        let table = place.and_then(|place| self.tables.get(*place));
        for (row, cells) in table.iter().flat_map(|table| &table.rows) {
            for (column, text) in cells.iter().enumerate() {
                rows.push((*row, column as u32), text, !text.is_empty());
            }
            rows.bulk.bearable()?;
        }
        rows.flush();
        self.bulk = rows.bulk;
        Ok(rows.beyond)
    }
}

#[derive(Default)]
struct Parser {
    /// Tables not closed yet, the innermost last.
    open: Vec<OpenTable>,
    closed: Vec<Table>,
    /// Cells of the rows read, and what spans repeat: a few bytes can make a whole row of them.
    bulk: Bulk,
    /// The element whose text is no content, while inside it.
    skipped: Option<Vec<u8>>,
    /// Name of the XML worksheet the next table belongs to.
    worksheet: String,
    /// Tables too deep to be read, still open.
    too_deep: usize,
}

#[derive(Default)]
struct OpenTable {
    name: String,
    rows: Vec<(u32, Vec<String>)>,
    /// 0-based number of the row being read, or of the next one.
    row: u32,
    cells: Option<Vec<String>>,
    cell: Option<OpenCell>,
    /// Column → text and how many more rows it covers.
    spans: BTreeMap<usize, (String, u32)>,
    /// Of the rows read since it was last added up.
    bulk: Bulk,
}

struct OpenCell {
    text: String,
    columns: u32,
    rows: u32,
}

impl Parser {
    fn start(&mut self, tag: &StartTag<()>) {
        match tag.name.as_slice() {
            b"worksheet" => self.worksheet = attribute(tag, b"ss:name").unwrap_or_default(),
            b"table" if self.open.len() >= MAX_DEPTH => self.too_deep += 1,
            b"table" => self.open.push(OpenTable {
                name: std::mem::take(&mut self.worksheet),
                ..OpenTable::default()
            }),
            b"tr" | b"row" => {
                if let Some(table) = self.innermost() {
                    table.begin_row(number(tag, b"ss:index"));
                    if tag.self_closing {
                        table.end_row();
                    }
                }
            }
            b"td" | b"th" | b"cell" => {
                if let Some(table) = self.innermost() {
                    table.begin_cell(tag);
                    if tag.self_closing {
                        table.end_cell();
                    }
                }
            }
            b"br" | b"p" | b"div" | b"li" => self.append(" "),
            b"script" | b"style" | b"comment" if !tag.self_closing => {
                self.skipped.get_or_insert_with(|| tag.name.to_vec());
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &HtmlString) {
        if self.skipped.as_deref() == Some(name.as_slice()) {
            self.skipped = None;
            return;
        }
        match name.as_slice() {
            b"table" if self.too_deep > 0 => self.too_deep -= 1,
            b"table" => self.close_table(),
            b"tr" | b"row" => {
                if let Some(table) = self.innermost() {
                    table.end_row();
                }
            }
            b"td" | b"th" | b"cell" => {
                if let Some(table) = self.innermost() {
                    table.end_cell();
                }
            }
            _ => {}
        }
    }

    /// Adds up what the innermost table has read since.
    fn weigh(&mut self) -> Result<(), WorkbookError> {
        if let Some(table) = self.open.last_mut() {
            self.bulk.add(std::mem::take(&mut table.bulk));
        }
        self.bulk.bearable()
    }

    fn text(&mut self, text: &[u8]) {
        if self.skipped.is_none() {
            self.append(&String::from_utf8_lossy(text));
        }
    }

    fn append(&mut self, text: &str) {
        if let Some(cell) = self.innermost().and_then(|table| table.cell.as_mut()) {
            cell.text.push_str(text);
        }
    }

    /// The innermost table; none inside one that is too deep.
    fn innermost(&mut self) -> Option<&mut OpenTable> {
        self.open.last_mut().filter(|_| self.too_deep == 0)
    }

    fn close_table(&mut self) {
        let Some(mut table) = self.open.pop() else {
            return;
        };
        table.end_row();
        self.bulk.add(table.bulk);
        if table
            .rows
            .iter()
            .any(|(_, cells)| cells.iter().any(|text| !text.is_empty()))
        {
            self.closed.push(Table {
                name: table.name,
                rows: table.rows,
            });
        }
    }

    /// A page with one nameless table needs no name for it.
    fn finish(mut self) -> Page {
        while !self.open.is_empty() {
            self.close_table();
        }
        let mut tables = self.closed;
        if tables.len() > 1 {
            for (index, table) in tables.iter_mut().enumerate() {
                if table.name.is_empty() {
                    table.name = format!("table {}", index + 1);
                }
            }
        }
        let mut places = BTreeMap::new();
        for (index, table) in tables.iter().enumerate() {
            places.entry(table.name.clone()).or_insert(index);
        }
        Page {
            tables,
            places,
            bulk: Bulk::default(),
        }
    }
}

impl OpenTable {
    fn begin_row(&mut self, stated: Option<u32>) {
        self.end_row();
        if let Some(row) = stated.filter(|row| *row > self.row) {
            self.row = row - 1;
        }
        self.cells = Some(Vec::new());
    }

    fn begin_cell(&mut self, tag: &StartTag<()>) {
        self.end_cell();
        let cells = self.cells.get_or_insert_default();
        if let Some(column) = number(tag, b"ss:index") {
            let before = (column.max(1) - 1).min(MAX_COLUMNS) as usize;
            if before > cells.len() {
                cells.resize(before, String::new());
            }
        }
        let across = number(tag, b"ss:mergeacross").map(|more| more.saturating_add(1));
        let columns = number(tag, b"colspan").or(across).unwrap_or(1);
        self.cell = Some(OpenCell {
            text: String::new(),
            columns: columns.clamp(1, MAX_COLUMNS),
            rows: number(tag, b"rowspan")
                .unwrap_or(1)
                .clamp(1, MAX_ROWS_SPANNED),
        });
    }

    fn end_cell(&mut self) {
        let Some(cell) = self.cell.take() else {
            return;
        };
        self.take_spans();
        let text = cell.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let cells = self.cells.get_or_insert_default();
        for column in 0..cell.columns {
            // The value of merged columns stands in the first; that of merged rows in each of them.
            let own = if column == 0 {
                text.clone()
            } else {
                String::new()
            };
            if cells.len() > MAX_COLUMNS as usize {
                break;
            }
            if cell.rows > 1 {
                self.spans.insert(cells.len(), (own.clone(), cell.rows - 1));
            }
            cells.push(own);
        }
    }

    /// Fills in what cells of earlier rows cover from here on.
    fn take_spans(&mut self) {
        let cells = self.cells.get_or_insert_default();
        while let Some((text, left)) = self.spans.get_mut(&cells.len()) {
            let column = cells.len();
            self.bulk.repeat(text);
            cells.push(text.clone());
            *left -= 1;
            if *left == 0 {
                self.spans.remove(&column);
            }
        }
    }

    fn end_row(&mut self) {
        self.end_cell();
        if self.cells.is_none() {
            return;
        }
        self.take_spans();
        let cells = self.cells.take().unwrap_or_default();
        if cells.iter().any(|text| !text.is_empty()) {
            self.bulk.cells += cells.len() as u64;
            self.rows.push((self.row, cells));
        }
        self.row = self.row.saturating_add(1);
    }
}

fn attribute(tag: &StartTag<()>, name: &[u8]) -> Option<String> {
    let value = tag.attributes.get(name)?;
    Some(String::from_utf8_lossy(value).trim().to_owned())
}

fn number(tag: &StartTag<()>, name: &[u8]) -> Option<u32> {
    attribute(tag, name)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(u32, Vec<String>)> {
        let page = Page::open(text).expect("within the limits");
        page.tables
            .into_iter()
            .flat_map(|table| table.rows)
            .collect()
    }

    fn texts(text: &str) -> Vec<Vec<String>> {
        rows(text).into_iter().map(|row| row.1).collect()
    }

    #[test]
    fn reads_cells_with_entities_and_line_breaks_and_without_end_tags() {
        let page = "<html><style>td{}</style><table><tr><th>车架号<th>备注\n<tr><td>A&amp;B<td> x<br>y&nbsp;</table>";
        assert_eq!(texts(page), [["车架号", "备注"], ["A&B", "x y"]]);
    }

    #[test]
    fn a_merged_cell_covers_its_rows_and_leaves_its_columns_blank() {
        let page = "<table><tr><td rowspan=2>浏阳</td><td colspan=2>a</td><td>b</td></tr><tr><td>c</td></tr></table>";
        assert_eq!(texts(page), [vec!["浏阳", "a", "", "b"], vec!["浏阳", "c"]]);
    }

    #[test]
    fn an_xml_spreadsheet_keeps_its_row_and_column_numbers() {
        let page = "<?xml version=\"1.0\"?><Workbook><Worksheet ss:Name=\"车辆\"><Table>\
            <Row ss:Index=\"3\"><Cell><Data ss:Type=\"String\">a</Data></Cell>\
            <Cell ss:Index=\"4\"><Data>b</Data></Cell></Row></Table></Worksheet></Workbook>";
        let page = Page::open(page).expect("within the limits");
        assert_eq!(page.tables[0].name, "车辆");
        let cells = ["a", "", "", "b"].map(str::to_owned).to_vec();
        assert_eq!(page.tables[0].rows, [(2, cells)]);
    }

    #[test]
    fn a_table_inside_a_layout_table_is_a_sheet_of_its_own() {
        let page = "<table><tr><td>head<table><tr><td>x</td></tr></table></td></tr></table>";
        let page = Page::open(page).expect("within the limits");
        assert_eq!(page.names(), ["table 1", "table 2"]);
        assert_eq!(page.tables[0].rows, [(0, vec!["x".to_owned()])]);
    }

    #[test]
    fn huge_spans_and_deep_nesting_stay_small() {
        let wide = "<table><tr><td rowspan=99999999 colspan=99999999>x</td></tr><tr><td>y</table>";
        assert!(
            texts(wide)
                .iter()
                .all(|row| row.len() <= MAX_COLUMNS as usize + 1)
        );
        let deep = "<table><tr><td>".repeat(10_000);
        assert!(texts(&deep).is_empty());
    }

    #[test]
    fn spans_that_fill_row_after_row_are_refused_by_counting() {
        let refused = |head: &str, row: &str, rows: usize| {
            let page = format!("<table>{head}{}</table>", row.repeat(rows));
            matches!(Page::open(&page), Err(WorkbookError::TooLarge(..)))
        };
        let long = format!("<tr><td rowspan=65536>{}", "x".repeat(1 << 20));
        assert!(refused(&long, "<tr>", 70) && !refused(&long, "<tr>", 50));
        let merged = "<tr><td rowspan=60000>浏阳市<td>a";
        assert!(!refused(merged, "<tr><td>b", 60_000));
    }
}
