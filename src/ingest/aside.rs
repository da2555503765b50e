//! Rows that are no records, and why.
//!
//! Responsible for: telling sums, footers, notes and what a report repeats on every page from records, by
//! their words. Not responsible for: blank rows and rows that cannot be read (`scan`, `delimited`).

use std::borrow::Cow;
use std::sync::Arc;

use crate::findings::{Finding, Spot};

use super::cells::{Cell, phone, plate, vin};
use super::grid::Row;
use super::header::Header;
use super::naming::plain;

/// Words that, with figures at most, make a row's first cell that of a sum.
const SUMS: [&str; 27] = [
    "合计",
    "总计",
    "小计",
    "共计",
    "总数",
    "汇总",
    "累计",
    "总共",
    "共有",
    "平均",
    "平均值",
    "合计数",
    "合计数量",
    "总合计",
    "总数量",
    "车辆总数",
    "车辆合计",
    "记录数",
    "总记录数",
    "共记录",
    "本页小计",
    "本页合计",
    "页小计",
    "本表合计",
    "total",
    "subtotal",
    "grandtotal",
];
/// Words a report's last lines begin with.
const FOOTERS: [&str; 15] = [
    "制表",
    "打印时间",
    "打印日期",
    "导出时间",
    "导出日期",
    "打印人",
    "审核人",
    "审核",
    "填表人",
    "制单人",
    "数据来源",
    "统计时间",
    "统计日期",
    "经办人",
    "签字",
];
/// Words a note below the table begins with, where it stands alone in its row.
const NOTES: [&str; 22] = [
    "注",
    "备注",
    "说明",
    "提示",
    "附注",
    "声明",
    "以上",
    "以下",
    "单位:",
    "数据截止",
    "截止",
    "截至",
    "本表",
    "此表",
    "本报表",
    "打印",
    "导出",
    "结束",
    "end",
    "note",
    "remark",
    "page",
];
/// Longer texts are looked at no further.
const LONGEST_NOTE: usize = 600;

/// Row without identity; set by the population's own reader.
pub(crate) const NO_IDENTITY: &str = "D201";
/// Cells stand to the right of the last header: the row is shifted.
pub(crate) const SHIFTED: &str = "D202";
/// A row merged into a vehicle already there.
pub(crate) const MERGED: &str = "D204";
/// Blank row.
pub(crate) const BLANK: &str = "D205";
/// Title above the header.
pub(crate) const TITLE: &str = "D206";
/// Sum or footer.
pub(crate) const SUM: &str = "D207";
/// The header once more.
pub(crate) const HEADER_AGAIN: &str = "D208";

/// A row (or a run of blank rows) that is no record.
pub(crate) struct Aside<'a> {
    pub(crate) code: &'static str,
    pub(crate) sheet: &'a Arc<str>,
    pub(crate) line: u32,
    /// How many rows from `line` on; more than one for blank rows only.
    pub(crate) rows: u32,
    pub(crate) original: Cow<'a, str>,
    /// Of a shifted row: the cells by the columns they stand under, rightly or not.
    pub(crate) cells: Vec<(&'static str, String)>,
}

impl Aside<'_> {
    /// Whether nothing is lost with it: it is blank, a title, a sum or a header once more.
    pub(crate) fn is_no_record(&self) -> bool {
        [BLANK, TITLE, SUM, HEADER_AGAIN].contains(&self.code)
    }

    /// What there is to say of a row that is lost.
    pub(crate) fn loss(&self, file: &str) -> Option<Finding> {
        let at = Spot {
            file: file.to_owned(),
            sheet: self.sheet.to_string(),
            line: self.line,
            ..Spot::default()
        };
        (!self.is_no_record()).then(|| Finding::new(self.code).at(at))
    }
}

/// What a row below the header is, if no record.
pub(super) fn kind_below(header: &Header, row: &Row<'_>) -> Option<&'static str> {
    let (at, text) = first_filled(row)?;
    // The first cell mostly is a VIN, and then nothing else need be compared.
    let vin_like = text.len() == 17 && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if vin_like || text.len() > LONGEST_NOTE {
        return None;
    }
    if header.is_repeated_by(row.cells) || stands_above(header, row) {
        return Some(HEADER_AGAIN);
    }
    let says_so =
        is_sum(text) || (is_note(text) && at <= header.first_column() && is_alone(at, row));
    (says_so && !identifies_beside(header, row, at)).then_some(SUM)
}

fn first_filled<'r>(row: &Row<'r>) -> Option<(usize, &'r str)> {
    let cells = row.cells.iter().enumerate();
    let mut filled = cells.map(|(at, cell)| (at, cell.trim()));
    filled.find(|(_, cell)| !cell.is_empty())
}

/// Whether the report has this row above its header too.
fn stands_above(header: &Header, row: &Row<'_>) -> bool {
    let filled = || {
        row.cells
            .iter()
            .map(|cell| cell.trim())
            .filter(|cell| !cell.is_empty())
    };
    header.above.iter().any(|above| {
        let above = above.iter().map(|cell| cell.trim());
        above.filter(|cell| !cell.is_empty()).eq(filled())
    })
}

fn is_alone(at: usize, row: &Row<'_>) -> bool {
    row.cells
        .iter()
        .skip(at + 1)
        .all(|cell| cell.trim().is_empty())
}

/// `合计`, `小计：12台`, `共120条记录`, `制表人：…`
fn is_sum(text: &str) -> bool {
    if text.len() > 90 {
        return false;
    }
    let word = plain(text);
    let bare: String = word
        .chars()
        .filter(|c| !c.is_numeric() && !"台辆条行户笔个元".contains(*c))
        .collect();
    SUMS.contains(&bare.as_str())
        || (bare == "共" && word.len() > bare.len())
        || FOOTERS.iter().any(|footer| word.starts_with(footer))
}

/// `注：…`, `2、…`, `第1页`, `（以下空白）`, `--- 结束 ---`
fn is_note(text: &str) -> bool {
    let text = super::cells::half_width(text).to_lowercase();
    let bare = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    // `* …` and `-- …`: set apart by a sign already.
    let set_apart = text.starts_with(['*', '※', '#']) && bare.chars().count() > 3;
    let numbered = bare.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = numbered.len() < bare.len() && numbered.starts_with(['、', '.', ')', '．']);
    let is_page = (bare.starts_with('第') || bare.starts_with('共')) && bare.contains('页');
    set_apart || is_numbered || is_page || NOTES.iter().any(|note| bare.starts_with(note))
}

/// Whether a cell other than that at `at` holds a VIN, a plate or a phone: then somebody is meant.
fn identifies_beside(header: &Header, row: &Row<'_>, at: usize) -> bool {
    let keys = header.spec.one_of.first().copied().unwrap_or_default();
    let cells_of = |key: &str| {
        let indexes = header
            .cells_of(key)
            .iter()
            .filter(move |index| **index != at);
        indexes.map(|index| row.cells.get(*index).copied().unwrap_or_default())
    };
    let reachable = cells_of("phone")
        .any(|cell| matches!(phone::read(cell), Cell::Plain(_) | Cell::Repaired(..)));
    reachable || keys.iter().any(|key| cells_of(key).any(identifies))
}

/// Whether a cell holds a VIN or plate; a bare number beside 合计 is a count.
fn identifies(cell: &str) -> bool {
    let count = cell
        .chars()
        .all(|c| c.is_ascii_digit() || c.is_whitespace());
    !count && (vin::read(cell).into_value().is_some() || plate::read(cell).into_value().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_and_footers_are_told_by_their_words() {
        for text in [
            "合计",
            "合  计",
            "小计：2台",
            "本页小计：",
            "共4条记录",
            "总计：4台",
            "合计数",
            "制表：测试",
        ] {
            assert!(is_sum(text), "{text}");
        }
        for text in ["测试合计公司", "共青城测试公司", "总装测试"] {
            assert!(!is_sum(text), "{text}");
        }
    }

    #[test]
    fn notes_are_told_by_how_they_begin() {
        for text in [
            "注：1.以上数据仅供内部使用",
            "2、里程以最近进店为准",
            "备注：严禁外传",
            "第 1 页 共 1 页",
            "* 以上为全部",
            "(以下空白)",
            "--- 结束 ---",
            "数据截止2026-11-20",
        ] {
            assert!(is_note(text), "{text}");
        }
        for text in ["测试客户", "第一测试公司", "湘A12345"] {
            assert!(!is_note(text), "{text}");
        }
    }
}
