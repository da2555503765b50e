//! One sheet's rows to records: titles above the header, the header, rows, junk between them.
//!
//! Responsible for: the header row wherever it stands, and setting aside what is no record.
//! Not responsible for: opening files (`desk`), which rows below the header are none (`aside`), what a
//! record means (`tables`).

use std::borrow::Cow;
use std::sync::Arc;

use crate::findings::Finding;

use super::aside::{Aside, BLANK, SHIFTED, TITLE, kind_below};
use super::cells::date::Epoch;
use super::grid::{KeptRow, Row, RowSink};
use super::header::Header;
use super::log::Log;
use super::naming::Names;
use super::record::Record;

/// Rows looked at to find the header.
const HEADER_WITHIN: usize = 30;
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
    epoch: Epoch,
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
            epoch: Epoch::default(),
            log,
            take,
            state,
            complete: false,
            blanks: None,
        }
    }

    /// Its serial numbers of days count from there.
    pub(crate) fn since(mut self, epoch: Epoch) -> Self {
        self.epoch = epoch;
        self
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
        let mut header = Header::read(self.names, file, sheet, line, &borrowed(&cells));
        header.epoch = self.epoch;
        header.above = repeatable(&waiting, at, &cells);
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
        if let Some(code) = row.damage.or_else(|| kind_below(&header, row)) {
            self.set_aside(code, row);
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

/// The rows above the header at `at`, and its own lower row where two were read as one.
fn repeatable(waiting: &[Waiting], at: usize, header: &[String]) -> Vec<Vec<String>> {
    let rows = waiting.iter().take(at + 1).filter_map(|one| match one {
        Waiting::Row(kept) if kept.cells != header => Some(kept.cells.clone()),
        Waiting::Row(_) | Waiting::Blank(..) => None,
    });
    rows.collect()
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
