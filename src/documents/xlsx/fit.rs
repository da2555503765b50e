//! How wide columns may be, so that a table prints one page wide in letters that can be read.
//!
//! Responsible for: giving long texts less room where a table is wider than its paper; they wrap instead. Codes, days
//! and figures keep the room they need. What a table has beyond its printed columns is left alone.

use super::sheet::{Alert, Cell, Column, Table, text_width};
use crate::documents::inert::plain;

/// Digits side by side that print at seven points, ten being the letters' size: A4 less its margins, across and
/// upright (784 and 537 points; a digit takes 5.25).
pub(super) const ACROSS: f64 = 213.0;
pub(super) const UPRIGHT: f64 = 146.0;
/// What a spreadsheet adds to the width of every column.
pub(super) const EDGE: f64 = 0.72;
/// No column is narrower for its text's sake; a longer word than this is cut by the line.
const LEAST: f64 = 8.0;
const LONGEST_WORD: f64 = 20.0;
const FIGURE: f64 = 5.0;
const DAY: f64 = 11.0;
/// The arrow of a filter, and the mark of what stands out.
const ARROW: f64 = 3.0;
const MARK: f64 = 3.0;

/// The columns of a table as they are written.
pub(super) fn columns(table: &Table) -> Vec<Column> {
    let mut columns = table.columns.clone();
    let printed = table.printed();
    let room = if table.landscape { ACROSS } else { UPRIGHT };
    let own: f64 = columns[..printed]
        .iter()
        .map(|column| column.width + EDGE)
        .sum();
    let too_wide = own - room;
    if too_wide <= 0.0 {
        return columns;
    }
    let least: Vec<f64> = (0..printed).map(|at| least(table, at)).collect();
    let spare: f64 = columns
        .iter()
        .zip(&least)
        .map(|(column, least)| column.width - least)
        .sum();
    let part = if spare > 0.0 {
        (too_wide / spare).min(1.0)
    } else {
        0.0
    };
    for (column, least) in columns.iter_mut().zip(least) {
        let width = column.width - (column.width - least) * part;
        // Down to a tenth, so that the sum does not grow.
        column.width = (width * 10.0).floor() / 10.0;
    }
    columns
}

/// The narrowest a column can be without breaking a code, a day or a figure.
fn least(table: &Table, at: usize) -> f64 {
    let column = &table.columns[at];
    let marked = match column.alert {
        Some(Alert::Above(_) | Alert::Below(_)) => MARK,
        _ => 0.0,
    };
    let cells = table.rows.iter().filter_map(|row| row.get(at));
    let needed = cells.map(|cell| match cell {
        Cell::Text(text) => LEAST.max(longest_word(text) + 1.0),
        Cell::Day(_) => DAY,
        Cell::Yuan(fen) => format!("{:.2}", fen.yuan()).len() as f64 + 2.5,
        Cell::Whole(count) => FIGURE.max(count.to_string().len() as f64 + 1.0) + marked,
        Cell::Tenths(value) => FIGURE.max(format!("{value:.1}").len() as f64 + 1.0),
        Cell::Blank | Cell::WriteIn => FIGURE,
    });
    let written = match column.entry {
        Some(_) => LEAST,
        None => FIGURE,
    };
    let title = longest_word(&column.title) + ARROW;
    needed.fold(written.max(title), f64::max).min(column.width)
}

/// Width of the longest piece of a text that is not to be broken: letters and figures between blanks and Chinese
/// characters.
fn longest_word(text: &str) -> f64 {
    let text = plain(text);
    let words = text.split(|c: char| c.is_whitespace() || !c.is_ascii());
    words.map(text_width).fold(2.0, f64::max).min(LONGEST_WORD)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(widths: &[f64], row: Vec<Cell>) -> Table {
        Table {
            columns: widths
                .iter()
                .map(|width| Column::new("列".into(), *width))
                .collect(),
            rows: vec![row],
            ..Table::default()
        }
    }

    fn widths(table: &Table) -> Vec<f64> {
        columns(table).iter().map(|column| column.width).collect()
    }

    #[test]
    fn a_table_that_fits_its_paper_is_left_as_it_is() {
        let own = [40.0, 60.0];
        assert_eq!(widths(&table(&own, vec![Cell::Blank, Cell::Blank])), own);
    }

    #[test]
    fn long_texts_give_way_and_codes_do_not() {
        let row = vec![Cell::text("LSFAM11B2RA000001"), Cell::text("机油 机滤")];
        let fitted = widths(&table(&[18.0, 190.0], row));
        assert_eq!(fitted[0], 18.0);
        let sum: f64 = fitted.iter().map(|width| width + EDGE).sum();
        assert!(sum <= UPRIGHT && sum > UPRIGHT - 1.0, "{fitted:?}");
    }

    #[test]
    fn what_is_not_printed_keeps_its_width() {
        let mut table = table(
            &[100.0, 100.0, 90.0],
            vec![Cell::Blank, Cell::Blank, Cell::Blank],
        );
        table.printed = Some(2);
        let fitted = widths(&table);
        assert!(fitted[0] < 73.0 && fitted[1] < 73.0, "{fitted:?}");
        assert_eq!(fitted[2], 90.0);
    }
}
