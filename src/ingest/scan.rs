//! One sheet's rows to records: titles above the header, the header, rows, junk between them.
//!
//! Responsible for: the header row wherever it stands, and setting aside what is no record: blank
//! rows, titles, totals and footers, repeated headers, rows that cannot be read.
//! Not responsible for: opening files (`desk`), what a record means (`tables`).

use std::borrow::Cow;
use std::sync::Arc;

use crate::findings::{Finding, Spot};

use super::cells::{plate, vin};
use super::grid::{KeptRow, Row, RowSink};
use super::header::{Header, Names, plain};
use super::log::Log;
use super::record::Record;

/// Rows looked at to find the header.
const HEADER_WITHIN: usize = 30;
/// Words that alone in a row's first cell make it a sum, not a record.
const SUMS: [&str; 9] = [
    "合计",
    "总计",
    "小计",
    "共计",
    "总数",
    "汇总",
    "total",
    "subtotal",
    "grandtotal",
];
/// Words a report's last lines begin with.
const FOOTERS: [&str; 10] = [
    "制表",
    "打印时间",
    "打印日期",
    "导出时间",
    "导出日期",
    "打印人",
    "审核人",
    "填表人",
    "制单人",
    "数据来源",
];

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

/// Takes what a sheet is made of, in file order.
pub(crate) trait Take {
    fn record(&mut self, record: &mut Record<'_>);
    fn aside(&mut self, aside: Aside<'_>);
}

/// Takes parts of one sheet at the same time.
pub(crate) trait TakeParts: Take + Send {
    /// Takes a later part.
    fn fork(&self) -> Self;
    /// Appends what was taken of the next part.
    fn join(&mut self, later: Self);
}

/// What became of a sheet.
pub(crate) enum Outcome {
    /// Its rows were read.
    Read,
    /// No header row.
    NoHeader {
        /// Whether there was any row at all.
        empty: bool,
    },
    /// Columns are missing; whether it surely is such a table all the same.
    Lacking { findings: Vec<Finding>, sure: bool },
}

enum Waiting {
    Row(KeptRow),
    Blank(u32, u32),
}

enum State {
    Seeking(Vec<Waiting>),
    Reading(Arc<Header>),
    Refused(Outcome),
}

/// Takes a sheet's rows.
pub(crate) struct SheetScan<'s> {
    names: &'s Names,
    file: Arc<str>,
    sheet: Arc<str>,
    /// A delimited file's row with more cells than headers is shifted; a workbook's is not.
    shifts: bool,
    log: &'s mut Log,
    take: &'s mut dyn Take,
    state: State,
    /// Whether a row with every column needed was seen, while the header is sought.
    complete: bool,
    /// Blank rows not yet handed on: (first line, how many).
    blanks: Option<(u32, u32)>,
}

impl<'s> SheetScan<'s> {
    pub(crate) fn new(
        names: &'s Names,
        file: Arc<str>,
        sheet: Arc<str>,
        shifts: bool,
        log: &'s mut Log,
        take: &'s mut dyn Take,
    ) -> Self {
        let state = State::Seeking(Vec::new());
        Self {
            names,
            file,
            sheet,
            shifts,
            log,
            take,
            state,
            complete: false,
            blanks: None,
        }
    }

    /// For a later part of a delimited file, below the header.
    pub(crate) fn below(
        names: &'s Names,
        header: Arc<Header>,
        log: &'s mut Log,
        take: &'s mut dyn Take,
    ) -> Self {
        let (file, sheet) = (Arc::clone(&header.file), Arc::clone(&header.sheet));
        let mut scan = Self::new(names, file, sheet, true, log, take);
        scan.state = State::Reading(header);
        scan
    }

    /// The header, once it was found.
    pub(crate) fn header(&self) -> Option<Arc<Header>> {
        match &self.state {
            State::Reading(header) => Some(Arc::clone(header)),
            State::Seeking(_) | State::Refused(_) => None,
        }
    }

    /// All rows were given.
    pub(crate) fn finish(mut self) -> Outcome {
        if let State::Seeking(_) = self.state {
            self.settle();
        }
        self.hand_blanks_on();
        match self.state {
            State::Refused(outcome) => outcome,
            State::Seeking(_) | State::Reading(_) => Outcome::Read,
        }
    }

    /// Chooses the header among the rows seen so far and reads those below it.
    fn settle(&mut self) {
        let refused = State::Refused(Outcome::NoHeader { empty: true });
        let State::Seeking(waiting) = std::mem::replace(&mut self.state, refused) else {
            return;
        };
        let Some((at, line, cells)) = self.choose(&waiting) else {
            let empty = !waiting.iter().any(|one| matches!(one, Waiting::Row(_)));
            self.state = State::Refused(Outcome::NoHeader { empty });
            return;
        };
        let (file, sheet) = (Arc::clone(&self.file), Arc::clone(&self.sheet));
        let header = Header::read(self.names, file, sheet, line, &borrowed(&cells));
        let findings = header.missing(self.names);
        if !findings.is_empty() {
            let sure = header.identifies();
            self.state = State::Refused(Outcome::Lacking { findings, sure });
            return;
        }
        self.log.findings.extend(header.remarks());
        self.state = State::Reading(Arc::new(header));
        for (index, one) in waiting.iter().enumerate() {
            match one {
                Waiting::Blank(line, count) => self.blank(*line, *count),
                Waiting::Row(kept) if index < at => {
                    self.set_aside(TITLE, &kept.row(&borrowed(&kept.cells)));
                }
                Waiting::Row(kept) if index > at => {
                    self.row(&kept.row(&borrowed(&kept.cells)));
                }
                Waiting::Row(_) => self.hand_blanks_on(),
            }
        }
    }

    /// The header among the rows seen so far: its place, line and cells. Where two rows together name
    /// more columns than any row alone, the lower of them with the words of both.
    fn choose(&self, waiting: &[Waiting]) -> Option<(usize, u32, Vec<String>)> {
        let mut best: Option<(usize, usize, u32, Vec<String>)> = None;
        let mut above: Option<&KeptRow> = None;
        for (at, one) in waiting.iter().enumerate() {
            let Waiting::Row(kept) = one else {
                above = None;
                continue;
            };
            let own = borrowed(&kept.cells);
            let joined = above.and_then(|above| self.names.joined(&borrowed(&above.cells), &own));
            for cells in std::iter::once(kept.cells.clone()).chain(joined) {
                let score = self.names.score(&borrowed(&cells));
                if score > best.as_ref().map_or(0, |best| best.0) {
                    best = Some((score, at, kept.line, cells));
                }
            }
            above = Some(kept);
        }
        best.map(|(_, at, line, cells)| (at, line, cells))
    }

    fn hand_blanks_on(&mut self) {
        if let Some((line, rows)) = self.blanks.take()
            && !matches!(self.state, State::Refused(_))
        {
            let sheet = &self.sheet;
            let original = Cow::Borrowed("");
            self.take.aside(Aside {
                code: BLANK,
                sheet,
                line,
                rows,
                original,
                cells: Vec::new(),
            });
        }
    }

    fn set_aside(&mut self, code: &'static str, row: &Row<'_>) {
        self.hand_blanks_on();
        let (sheet, line, original) = (&self.sheet, row.line, row.original());
        let cells = match &self.state {
            State::Reading(header) if code == SHIFTED => header.cells_by_column(row.cells),
            _ => Vec::new(),
        };
        self.take.aside(Aside {
            code,
            sheet,
            line,
            rows: 1,
            original,
            cells,
        });
    }

    /// A row below the header.
    fn body(&mut self, row: &Row<'_>) {
        let Some(header) = self.header() else {
            return;
        };
        if let Some(code) = row.damage {
            self.set_aside(code, row);
        } else if header.is_repeated_by(row.cells) {
            self.set_aside(HEADER_AGAIN, row);
        } else if is_sum(&header, row) {
            self.set_aside(SUM, row);
        } else if self.shifts && has_more_cells(&header, row) {
            self.set_aside(SHIFTED, row);
        } else {
            self.hand_blanks_on();
            let mut record = Record {
                header: &header,
                row,
                log: self.log,
            };
            record.tell_damage();
            self.take.record(&mut record);
        }
    }
}

impl RowSink for SheetScan<'_> {
    fn row(&mut self, row: &Row<'_>) {
        if row.is_blank() {
            self.blank(row.line, 1);
            return;
        }
        match &mut self.state {
            State::Refused(_) => {}
            State::Reading(_) => self.body(row),
            State::Seeking(waiting) => {
                waiting.push(Waiting::Row(KeptRow::of(row)));
                // One row more than needed: it may hold the lower half of the header.
                if waiting.len() >= HEADER_WITHIN || self.complete {
                    self.settle();
                } else {
                    self.complete = self.names.is_complete(row.cells);
                }
            }
        }
    }

    fn blank(&mut self, line: u32, count: u32) {
        if let State::Seeking(waiting) = &mut self.state {
            waiting.push(Waiting::Blank(line, count));
            return;
        }
        self.blanks = match self.blanks {
            Some((first, so_far)) => Some((first, so_far.saturating_add(count))),
            None => Some((line, count)),
        };
    }
}

fn borrowed(cells: &[String]) -> Vec<&str> {
    cells.iter().map(String::as_str).collect()
}

/// Cells with something in them beyond the last header.
fn has_more_cells(header: &Header, row: &Row<'_>) -> bool {
    row.cells
        .iter()
        .skip(header.written.len())
        .any(|cell| !cell.trim().is_empty())
}

/// A sum or a footer: its first filled cell says so and nothing else identifies the row.
fn is_sum(header: &Header, row: &Row<'_>) -> bool {
    let first = row
        .cells
        .iter()
        .enumerate()
        .find(|(_, cell)| !cell.trim().is_empty());
    let Some((at, text)) = first else {
        return false;
    };
    // Sums and footers are short; anything longer, and a VIN, is not worth comparing.
    let vin_like = text.len() == 17 && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if text.len() > 90 || vin_like {
        return false;
    }
    let word = plain(text);
    let bare: String = word
        .chars()
        .filter(|c| !c.is_numeric() && !"台辆条行户笔个元".contains(*c))
        .collect();
    let says_so = SUMS.contains(&bare.as_str())
        || (bare == "共" && word.len() > bare.len())
        || FOOTERS.iter().any(|footer| word.starts_with(footer));
    let keys = header.spec.one_of.first().copied().unwrap_or_default();
    says_so
        && keys
            .iter()
            .flat_map(|key| header.cells_of(key))
            .all(|index| {
                *index == at || !identifies(row.cells.get(*index).copied().unwrap_or_default())
            })
}

/// Whether a cell holds a VIN or plate; a bare number beside 合计 is a count.
fn identifies(cell: &str) -> bool {
    let count = cell
        .chars()
        .all(|c| c.is_ascii_digit() || c.is_whitespace());
    !count && (vin::read(cell).into_value().is_some() || plate::read(cell).into_value().is_some())
}
