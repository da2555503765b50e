//! The printed answer: sentences, and tables whose columns line up whatever the script.

use crate::domain::Fen;
use crate::findings::{Lang, counted};

/// A sentence in the language asked for: `words!(lang, "english {x}", "中文 {x}")`.
macro_rules! words {
    ($lang:expr, $en:literal, $zh:literal) => {
        match $lang {
            $crate::findings::Lang::En => format!($en),
            $crate::findings::Lang::Zh => format!($zh),
        }
    };
}
pub(super) use words;

/// Spaces between columns.
const GAP: usize = 2;
/// Rows of a table that are printed; `--json` holds all.
pub(super) const SHOWN: usize = 12;

/// Lines in the order they are read.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    blocks: Vec<Block>,
}

#[derive(Clone, Debug)]
enum Block {
    Line(String),
    Row(Vec<String>),
}

impl Page {
    /// A sentence.
    pub(super) fn say(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Line(counted(&text.into())));
    }

    /// An empty line, then a heading.
    pub(super) fn heading(&mut self, text: impl Into<String>) {
        self.blank();
        self.say(text);
    }

    /// An empty line.
    pub(super) fn blank(&mut self) {
        self.say("");
    }

    /// A row; rows next to each other form one table.
    pub(super) fn row(&mut self, cells: &[&str]) {
        let cells = cells.iter().map(|cell| (*cell).to_owned()).collect();
        self.blocks.push(Block::Row(cells));
    }

    /// The text, with a newline at the end.
    pub(super) fn finish(self) -> String {
        let mut text = String::new();
        let mut at = 0;
        while let Some(block) = self.blocks.get(at) {
            match block {
                Block::Line(line) => {
                    text.push_str(line.trim_end());
                    text.push('\n');
                    at += 1;
                }
                Block::Row(_) => {
                    let rest = self.blocks[at..].iter();
                    let rows: Vec<&Vec<String>> = rest
                        .map_while(|block| match block {
                            Block::Row(cells) => Some(cells),
                            Block::Line(_) => None,
                        })
                        .collect();
                    at += rows.len();
                    lay_out(&rows, &mut text);
                }
            }
        }
        text
    }
}

/// Columns as wide as their widest cell; numbers to the right, words to the left.
fn lay_out(rows: &[&Vec<String>], text: &mut String) {
    let columns = rows.iter().map(|row| row.len()).max().unwrap_or(0);
    let cell = |row: &Vec<String>, column: usize| row.get(column).cloned().unwrap_or_default();
    let shape: Vec<(usize, bool)> = (0..columns)
        .map(|column| {
            let cells: Vec<String> = rows.iter().map(|row| cell(row, column)).collect();
            let widest = cells.iter().map(|cell| width(cell)).max().unwrap_or(0);
            // The first row of a table may be its head.
            let filled = || cells.iter().skip(1).filter(|cell| !cell.is_empty());
            (
                widest,
                filled().next().is_some() && filled().all(|cell| is_number(cell)),
            )
        })
        .collect();
    for row in rows {
        let mut line = String::from("  ");
        for (column, (widest, right)) in shape.iter().enumerate() {
            let cell = cell(row, column);
            let pad = " ".repeat(widest - width(&cell));
            if *right {
                line.push_str(&pad);
                line.push_str(&cell);
            } else {
                line.push_str(&cell);
                line.push_str(&pad);
            }
            line.push_str(&" ".repeat(GAP));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
}

fn is_number(cell: &str) -> bool {
    cell.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '–' | '−'))
        && cell
            .chars()
            .all(|c| c.is_ascii_digit() || " .,+-–−%×".contains(c))
}

/// Columns of a terminal: Chinese characters and full-width signs take two.
pub(super) fn width(text: &str) -> usize {
    let wide = |c: char| {
        matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}'
            | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}'
            | '\u{ffe0}'..='\u{ffe6}' | '\u{20000}'..='\u{3fffd}')
    };
    text.chars().map(|c| if wide(c) { 2 } else { 1 }).sum()
}

/// A share as a percentage, one decimal.
pub(super) fn percent(share: f64) -> String {
    format!("{:.1}%", share * 100.0)
}

/// Yuan with two decimals.
pub(super) fn yuan(amount: f64) -> String {
    Fen::from_yuan(amount).to_string()
}

/// So many days.
pub(super) fn days(count: u32, lang: Lang) -> String {
    match (lang, count) {
        (Lang::En, 1) => "1 day".to_owned(),
        (Lang::En, _) => format!("{count} days"),
        (Lang::Zh, _) => format!("{count}天"),
    }
}

/// A name of which only the first character is shown.
pub(super) fn masked(name: &str) -> String {
    name.chars()
        .next()
        .map_or_else(String::new, |first| format!("{first}**"))
}
