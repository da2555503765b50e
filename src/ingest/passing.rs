//! An opened file's rows, handed on one after another or part by part on all cores.
//!
//! Responsible for: reading a file by what it is, walking its sheets, and judging which of them are used.
//! Not responsible for: finding files (`desk`), what a row is (`scan`) and means (`tables`).

use std::borrow::Cow;
use std::sync::Arc;

use encoding_rs::Encoding;
use rayon::prelude::*;

use crate::domain::sha256_hex;
use crate::findings::Finding;

use super::cells::date::Epoch;
use super::delimited;
use super::desk::{Desk, Opened};
use super::encoding::{Certainty, decode};
use super::fates::SheetText;
use super::header::Header;
use super::legacy::LegacyWorkbook;
use super::log::Log;
use super::naming::Names;
use super::page::Page;
use super::scan::{Outcome, SheetScan, Take, TakeParts};
use super::sheets::{MAX_COLUMNS, Sheets, WorkbookError};
use super::source::SourceKind;
use super::workbook::Workbook;

/// Bytes of a delimited file that one core reads at a time.
const PART_BYTES: usize = 1 << 18;

impl Desk<'_> {
    /// Hands a file's records and the rest on, one after another. False where it could not be used
    /// (a failure was kept).
    pub(super) fn scan(
        &mut self,
        opened: Opened,
        stated: Option<&'static Encoding>,
        take: &mut dyn Take,
    ) -> bool {
        let Opened {
            source,
            names,
            file,
        } = opened;
        self.files
            .push((file.to_string(), sha256_hex(&source.bytes)));
        match source.kind {
            SourceKind::Delimited => {
                let text = self.decoded(&file, &source.bytes, stated);
                self.scan_text(&names, &file, &text, take)
            }
            SourceKind::Xlsx => match Workbook::open(&source.bytes) {
                Ok(mut workbook) => self.scan_sheets(&names, &file, &mut workbook, take),
                Err(error) => self.refuse(workbook_failure(&error, &file)),
            },
            SourceKind::Xls => match LegacyWorkbook::open(&source.bytes) {
                Ok(mut workbook) => self.scan_sheets(&names, &file, &mut workbook, take),
                Err(error) => self.refuse(workbook_failure(&error, &file)),
            },
            SourceKind::Html => match Page::open(&self.decoded(&file, &source.bytes, stated)) {
                Ok(mut page) => self.scan_sheets(&names, &file, &mut page, take),
                Err(error) => self.refuse(workbook_failure(&error, &file)),
            },
            kind @ SourceKind::Other => self.refuse(
                Finding::new("D005")
                    .in_file(file.as_ref())
                    .arg("kind", kind.word()),
            ),
        }
    }

    /// Likewise, the parts of a delimited file on all cores; its text (in UTF-8) is handed back, for
    /// rows to point into.
    pub(crate) fn scan_at_once<T: TakeParts>(
        &mut self,
        opened: Opened,
        stated: Option<&'static Encoding>,
        take: &mut T,
    ) -> (bool, Option<SheetText>) {
        let name = Arc::clone(&opened.file);
        self.log_of_file(&name, |desk| {
            if opened.source.kind != SourceKind::Delimited {
                return (desk.scan(opened, stated, take), None);
            }
            let Opened {
                source,
                names,
                file,
            } = opened;
            let bytes = source.bytes;
            let (sound, sha256, text) = match desk.decoded(&file, &bytes, stated) {
                Cow::Borrowed(text) => {
                    let (sound, sha256) = rayon::join(
                        || desk.scan_parts(&names, &file, text, take),
                        || sha256_hex(&bytes),
                    );
                    let from = bytes.len() - text.len();
                    (sound, sha256, SheetText { bytes, from })
                }
                Cow::Owned(text) => {
                    let sha256 = sha256_hex(&bytes);
                    // Not needed beside the text for as long as that is read.
                    drop(bytes);
                    let sound = desk.scan_parts(&names, &file, &text, take);
                    let bytes = text.into_bytes();
                    (sound, sha256, SheetText { bytes, from: 0 })
                }
            };
            desk.files.push((file.to_string(), sha256));
            (sound, Some(text))
        })
    }

    fn refuse(&mut self, why: Finding) -> bool {
        self.failures.push(why);
        false
    }

    /// A file's characters; doubts about them are kept.
    fn decoded<'b>(
        &mut self,
        file: &Arc<str>,
        bytes: &'b [u8],
        stated: Option<&'static Encoding>,
    ) -> Cow<'b, str> {
        let decoded = decode(bytes, stated);
        if decoded.certainty == Certainty::Guessed || decoded.damaged > 0 {
            let finding = Finding::new("D010")
                .in_file(file.as_ref())
                .arg("encoding", decoded.encoding);
            self.log.findings.push(finding);
        }
        decoded.text
    }

    fn scan_text(
        &mut self,
        names: &Names,
        file: &Arc<str>,
        text: &str,
        take: &mut dyn Take,
    ) -> bool {
        let (delimiter, from) = delimiter_of(text, names);
        let sheet = Arc::from("");
        let mut scan = SheetScan::new(names, Arc::clone(file), sheet, true, &mut self.log, take);
        for part in delimited::parts(text, from, delimiter, PART_BYTES) {
            delimited::visit(text, part, delimiter, &mut scan);
        }
        let outcome = scan.finish();
        self.judge(file, vec![(String::new(), outcome)])
    }

    /// The parts up to the header one after another, those below it at the same time.
    fn scan_parts<T: TakeParts>(
        &mut self,
        names: &Names,
        file: &Arc<str>,
        text: &str,
        take: &mut T,
    ) -> bool {
        let (delimiter, from) = delimiter_of(text, names);
        let parts = delimited::parts(text, from, delimiter, PART_BYTES);
        let mut parts = parts.into_iter();
        let sheet = Arc::from("");
        let mut scan = SheetScan::new(names, Arc::clone(file), sheet, true, &mut self.log, take);
        let mut header = None;
        while header.is_none() {
            let Some(part) = parts.next() else {
                break;
            };
            delimited::visit(text, part, delimiter, &mut scan);
            header = scan.header();
        }
        let outcome = scan.finish();
        if let (Some(header), Outcome::Read) = (header, &outcome) {
            self.scan_below(names, &header, text, delimiter, parts.as_slice(), take);
        }
        self.judge(file, vec![(String::new(), outcome)])
    }

    fn scan_below<T: TakeParts>(
        &mut self,
        names: &Names,
        header: &Arc<Header>,
        text: &str,
        delimiter: u8,
        parts: &[delimited::Part],
        take: &mut T,
    ) {
        // A few parts for every core at a time, while what was read before them is put in order.
        let at_a_time = rayon::current_num_threads() * 8;
        let log = &mut self.log;
        let mut waiting: Vec<(Log, T)> = Vec::new();
        for some in parts.chunks(at_a_time) {
            let forks: Vec<T> = some.iter().map(|_| take.fork()).collect();
            let read_before = std::mem::take(&mut waiting);
            let (read, ()) = rayon::join(
                || {
                    // One by one, or a core waits for another's last few.
                    let parts = some.par_iter().zip(forks).with_max_len(1);
                    let read = parts.map(|(part, mut own)| {
                        let mut log = Log::default();
                        let header = Arc::clone(header);
                        let mut scan = SheetScan::below(names, header, &mut log, &mut own);
                        delimited::visit(text, *part, delimiter, &mut scan);
                        scan.finish();
                        (log, own)
                    });
                    read.collect()
                },
                || append(log, take, read_before),
            );
            waiting = read;
        }
        append(log, take, waiting);
    }

    fn scan_sheets(
        &mut self,
        names: &Names,
        file: &Arc<str>,
        workbook: &mut dyn Sheets,
        take: &mut dyn Take,
    ) -> bool {
        let epoch = if workbook.since_1904() {
            Epoch::Since1904
        } else {
            Epoch::Since1900
        };
        for name in workbook.hidden() {
            let mut finding = Finding::new("D021").in_file(file.as_ref());
            finding.at.sheet = name;
            self.log.findings.push(finding);
        }
        let mut outcomes = Vec::new();
        for name in workbook.names() {
            let sheet: Arc<str> = Arc::from(name.as_str());
            let mut scan = SheetScan::new(
                names,
                Arc::clone(file),
                sheet,
                false,
                &mut self.log,
                &mut *take,
            )
            .since(epoch);
            let visited = workbook.visit(&name, &mut scan);
            let outcome = scan.finish();
            match visited {
                Err(error) => {
                    let mut finding = workbook_failure(&error, file);
                    finding.at.sheet = name;
                    self.failures.push(finding);
                    return false;
                }
                Ok(0) => {}
                Ok(beyond) => {
                    let mut finding = Finding::new("D018")
                        .in_file(file.as_ref())
                        .arg("count", beyond)
                        .arg("limit", MAX_COLUMNS);
                    finding.at.sheet.clone_from(&name);
                    self.log.findings.push(finding);
                }
            }
            outcomes.push((name, outcome));
        }
        self.judge(file, outcomes)
    }

    /// A file is used where one of its sheets is. What becomes of the others is said: one that names
    /// vehicles but lacks columns is a warning, for its rows may be missed.
    fn judge(&mut self, file: &str, outcomes: Vec<(String, Outcome)>) -> bool {
        let used = outcomes
            .iter()
            .any(|(_, outcome)| matches!(outcome, Outcome::Read));
        let mut fails = Vec::new();
        for (sheet, outcome) in outcomes {
            match outcome {
                Outcome::Read | Outcome::NoHeader { empty: true } => {}
                Outcome::Lacking { findings, .. } if !used => fails.extend(findings),
                Outcome::Lacking {
                    findings,
                    sure: true,
                } => {
                    let missing = findings.iter().filter_map(|lacks| lacks.args.get("column"));
                    let missing: Vec<&str> = missing.map(String::as_str).collect();
                    let mut finding = Finding::new("D020").in_file(file);
                    finding.at.sheet = sheet;
                    self.log
                        .findings
                        .push(finding.arg("columns", missing.join(", ")));
                }
                Outcome::Lacking { .. } | Outcome::NoHeader { .. } => {
                    if used {
                        let mut finding = Finding::new("D014").in_file(file);
                        finding.at.sheet = sheet;
                        self.log.findings.push(finding);
                    }
                }
            }
        }
        if !used && fails.is_empty() {
            fails.push(Finding::new("D003").in_file(file));
        }
        let sound = fails.is_empty();
        self.failures.extend(fails);
        sound
    }
}

fn append<T: TakeParts>(log: &mut Log, take: &mut T, parts: Vec<(Log, T)>) {
    for (part_log, part) in parts {
        log.join(part_log);
        take.join(part);
    }
}

/// A delimited file's delimiter, and where its table begins.
fn delimiter_of(text: &str, names: &Names) -> (u8, usize) {
    delimited::stated_delimiter(text)
        .unwrap_or_else(|| (delimited::sniff(text, &|cells| names.score(cells)), 0))
}

fn workbook_failure(error: &WorkbookError, name: &str) -> Finding {
    match error {
        WorkbookError::Damaged(message) => {
            Finding::new("D008").in_file(name).arg("message", message)
        }
        WorkbookError::TooLarge(what, limit) => Finding::new("D007")
            .in_file(name)
            .arg("what", what)
            .arg("limit", limit),
    }
}
