//! Where files are opened, table by table, and everything noticed is kept.
//!
//! Responsible for: finding a table's file, its rows by key, and gathering failures so that all of them
//! are told at once. Not responsible for: handing an opened file's rows on (`passing`), what records mean.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::domain::{Date, Datum, LonLat, Settings};
use crate::findings::{Finding, Spot};

use super::ReadOptions;
use super::aliases::TableSpec;
use super::aside::Aside;
use super::log::Log;
use super::naming::Names;
use super::record::Record;
use super::scan::Take;
use super::source::{SourceError, SourceFile};

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

/// A file opened: what it is, and how its table is known.
pub(crate) struct Opened {
    pub(super) source: SourceFile,
    pub(super) names: Names,
    pub(super) file: Arc<str>,
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
        self.opened_if_read(spec, SourceFile::read(path), name)
    }

    /// A file already read, if it could be.
    pub(crate) fn opened_if_read(
        &mut self,
        spec: &'static TableSpec,
        source: Result<SourceFile, SourceError>,
        name: &str,
    ) -> Option<Opened> {
        match source {
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
    pub(super) fn log_of_file<T>(&mut self, name: &str, work: impl FnOnce(&mut Self) -> T) -> T {
        let so_far = std::mem::take(&mut self.log);
        let done = work(self);
        let of_file = std::mem::replace(&mut self.log, so_far);
        self.log.close_file(name, of_file);
        done
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
