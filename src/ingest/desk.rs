//! Where files are opened, table by table, and everything noticed is kept.
//!
//! Responsible for: finding a table's file, opening it by what it is, walking its sheets, and
//! gathering failures so that all of them are told at once. Not responsible for: what records mean.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use encoding_rs::Encoding;
use rayon::prelude::*;

use crate::domain::{Date, Datum, LonLat, Settings, sha256_hex};
use crate::findings::{Finding, Spot};

use super::ReadOptions;
use super::aliases::TableSpec;
use super::delimited;
use super::encoding::{Certainty, decode};
use super::header::{Header, Names};
use super::legacy::LegacyWorkbook;
use super::log::Log;
use super::page::Page;
use super::record::Record;
use super::scan::{Aside, Outcome, SheetScan, Take, TakeParts};
use super::sheets::{MAX_COLUMNS, Sheets, WorkbookError};
use super::source::{SourceError, SourceFile, SourceKind};
use super::workbook::Workbook;

/// What it means that a table's file is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// Nothing can be planned.
    Required,
    /// Planning is poorer for it: said as a warning.
    Wanted,
    /// Nothing to say.
    Optional,
}

/// Converts a position from a datum to WGS-84.
pub(crate) type ToWgs84<'s> = &'s (dyn Fn(Datum, LonLat) -> LonLat + Sync);

/// Bytes of a delimited file that one core reads at a time.
const PART_BYTES: usize = 1 << 20;

/// A file opened: what it is, and how its table is known.
pub(crate) struct Opened {
    source: SourceFile,
    names: Names,
    file: Arc<str>,
}

/// Records one after another, and what is lost between them.
struct RecordsOnly<'r> {
    file: &'r str,
    keep: &'r mut dyn FnMut(&mut Record<'_>),
    lost: Vec<Finding>,
}

impl Take for RecordsOnly<'_> {
    fn record(&mut self, record: &mut Record<'_>) {
        (self.keep)(record);
    }
    fn aside(&mut self, aside: Aside<'_>) {
        self.lost.extend(aside.loss(self.file));
    }
}

/// The reading of one workspace.
pub(crate) struct Desk<'s> {
    pub(crate) root: &'s Path,
    pub(crate) settings: &'s Settings,
    pub(crate) today: Option<Date>,
    pub(crate) options: ReadOptions<'s>,
    pub(crate) log: Log,
    /// Why reading must fail in the end.
    pub(crate) failures: Vec<Finding>,
    /// Every file opened with its SHA-256.
    pub(crate) files: Vec<(String, String)>,
}

/// A row's value with what orders and cites it.
pub(crate) struct Keyed<T> {
    pub(crate) key: String,
    /// The row's content: orders rows of one key independently of the file.
    content: String,
    pub(crate) spot: Spot,
    pub(crate) value: T,
}

impl<'s> Desk<'s> {
    pub(crate) fn new(root: &'s Path, settings: &'s Settings, options: ReadOptions<'s>) -> Self {
        Self {
            root,
            settings,
            today: settings.today,
            options,
            log: Log::default(),
            failures: Vec::new(),
            files: Vec::new(),
        }
    }

    /// The table's file, .csv or .xlsx; says so where it is missing or there are two.
    pub(crate) fn find(&mut self, spec: &TableSpec, need: Need) -> Option<(PathBuf, String)> {
        let names = ["csv", "xlsx"].map(|extension| format!("{}.{extension}", spec.path));
        let [csv, xlsx] = names.clone().map(|name| self.root.join(name).exists());
        let [csv_name, xlsx_name] = names;
        match (csv, xlsx) {
            (true, true) => {
                let finding = Finding::new("D006")
                    .in_file(csv_name)
                    .arg("other", xlsx_name);
                self.failures.push(finding);
                None
            }
            (true, false) => Some((self.root.join(&csv_name), csv_name)),
            (false, true) => Some((self.root.join(&xlsx_name), xlsx_name)),
            (false, false) => {
                let finding = Finding::new(if need == Need::Required {
                    "D001"
                } else {
                    "D015"
                })
                .in_file(csv_name)
                .arg("table", spec.name);
                match need {
                    Need::Required => self.failures.push(finding),
                    Need::Wanted => self.log.findings.push(finding),
                    Need::Optional => {}
                }
                None
            }
        }
    }

    /// Reads a table of the workspace: `read` makes a key and a value of each record, or reports
    /// why not. The result is in order of key and content, whatever the order of the file.
    pub(crate) fn rows<T>(
        &mut self,
        spec: &'static TableSpec,
        need: Need,
        read: &mut dyn FnMut(&mut Record<'_>) -> Option<(String, T)>,
    ) -> Vec<Keyed<T>> {
        let Some((path, name)) = self.find(spec, need) else {
            return Vec::new();
        };
        let mut rows = Vec::new();
        let mut records = 0_u64;
        let failures_before = self.failures.len();
        let mut keep = |record: &mut Record<'_>| {
            records += 1;
            if let Some((key, value)) = read(record) {
                let (content, spot) = (record.content(), record.row_spot());
                rows.push(Keyed {
                    key,
                    content,
                    spot,
                    value,
                });
            }
        };
        if let Some(opened) = self.open(spec, &path, &name) {
            self.log_of_file(&name, |desk| {
                let mut take = RecordsOnly {
                    file: &name,
                    keep: &mut keep,
                    lost: Vec::new(),
                };
                desk.scan(opened, None, &mut take);
                let lost = take.lost;
                desk.log.findings.extend(lost);
            });
        }
        if records == 0 && need != Need::Optional && self.failures.len() == failures_before {
            self.log.findings.push(Finding::new("D017").in_file(name));
        }
        rows.sort_by(|a, b| (&a.key, &a.content).cmp(&(&b.key, &b.content)));
        rows
    }

    /// Likewise, keeping one row per key; the others are reported.
    pub(crate) fn unique_rows<T>(
        &mut self,
        spec: &'static TableSpec,
        need: Need,
        read: &mut dyn FnMut(&mut Record<'_>) -> Option<(String, T)>,
    ) -> Vec<Keyed<T>> {
        let rows = self.rows(spec, need, read);
        let mut kept: Vec<Keyed<T>> = Vec::with_capacity(rows.len());
        for row in rows {
            match kept.last() {
                Some(last) if last.key == row.key => self.log.findings.push(
                    Finding::new("D304")
                        .at(row.spot)
                        .value(row.key)
                        .arg("first", last.spot.line),
                ),
                _ => kept.push(row),
            }
        }
        kept
    }

    /// Hands the records of a file that is in memory already on, in its own order.
    pub(crate) fn records_in(
        &mut self,
        spec: &'static TableSpec,
        bytes: &[u8],
        name: &str,
        keep: &mut dyn FnMut(&mut Record<'_>),
    ) {
        let opened = self.opened(spec, SourceFile::of(bytes.to_vec()), name);
        self.log_of_file(name, |desk| {
            let mut take = RecordsOnly {
                file: name,
                keep,
                lost: Vec::new(),
            };
            desk.scan(opened, None, &mut take);
            let lost = take.lost;
            desk.log.findings.extend(lost);
        });
    }

    /// Opens a file; a failure is kept where that does not succeed.
    pub(crate) fn open(
        &mut self,
        spec: &'static TableSpec,
        path: &Path,
        name: &str,
    ) -> Option<Opened> {
        match SourceFile::read(path) {
            Ok(source) => Some(self.opened(spec, source, name)),
            Err(error) => {
                self.failures.push(source_failure(&error, name));
                None
            }
        }
    }

    /// A file already read.
    pub(crate) fn opened(
        &mut self,
        spec: &'static TableSpec,
        source: SourceFile,
        name: &str,
    ) -> Opened {
        Opened {
            source,
            names: Names::of(spec, &self.settings.columns),
            file: Arc::from(name),
        }
    }

    /// Does `work` with a log of its own, so that what is kept of a file does not depend on others.
    fn log_of_file<T>(&mut self, name: &str, work: impl FnOnce(&mut Self) -> T) -> T {
        let so_far = std::mem::take(&mut self.log);
        let done = work(self);
        let of_file = std::mem::replace(&mut self.log, so_far);
        self.log.close_file(name, of_file);
        done
    }

    /// Hands a file's records and the rest on, one after another. False where it could not be used
    /// (a failure was kept).
    fn scan(
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
    ) -> (bool, Option<Vec<u8>>) {
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
            let mut bytes = source.bytes;
            let (sound, sha256, text) = match desk.decoded(&file, &bytes, stated) {
                Cow::Borrowed(text) => {
                    let (sound, sha256) = rayon::join(
                        || desk.scan_parts(&names, &file, text, take),
                        || sha256_hex(&bytes),
                    );
                    let mark = bytes.len() - text.len();
                    bytes.drain(..mark);
                    (sound, sha256, bytes)
                }
                Cow::Owned(text) => {
                    let sha256 = sha256_hex(&bytes);
                    // Not needed beside the text for as long as that is read.
                    drop(bytes);
                    let sound = desk.scan_parts(&names, &file, &text, take);
                    (sound, sha256, text.into_bytes())
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
            );
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

    /// A file is used where one of its sheets is; a sheet that surely is such a table but lacks
    /// columns fails the file, for its rows would vanish otherwise.
    fn judge(&mut self, file: &str, outcomes: Vec<(String, Outcome)>) -> bool {
        let used = outcomes
            .iter()
            .any(|(_, outcome)| matches!(outcome, Outcome::Read));
        let mut fails = Vec::new();
        for (sheet, outcome) in outcomes {
            match outcome {
                Outcome::Read | Outcome::NoHeader { empty: true } => {}
                Outcome::Lacking { findings, sure } if sure || !used => fails.extend(findings),
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

    /// A position given in a file's datum, checked and converted.
    pub(crate) fn datum_of(&self, file: &str) -> Datum {
        let name = file.rsplit('/').next().unwrap_or(file);
        let place = &self.settings.place;
        let stated = place
            .datum_of
            .get(file)
            .or_else(|| place.datum_of.get(name));
        stated.copied().unwrap_or(place.datum)
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

fn source_failure(error: &SourceError, name: &str) -> Finding {
    match error {
        SourceError::Missing => Finding::new("D001").in_file(name).arg("table", name),
        SourceError::TooLarge { bytes, limit } => Finding::new("D007")
            .in_file(name)
            .arg("what", format!("{bytes} bytes"))
            .arg("limit", limit),
        SourceError::Unreadable(message) => {
            Finding::new("D004").in_file(name).arg("message", message)
        }
    }
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
