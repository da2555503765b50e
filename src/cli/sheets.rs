//! Filled sheets given on the command line: read once each, noted in the journal.

use std::path::Path;

use super::Opened;
use crate::domain::Date;
use crate::findings::{Failure, Finding};
use crate::ingest::Tables;
use crate::ingest::filled::{Codes, ReadBack};
use crate::month::{Event, Journal, Sheet, codes_of};
use crate::plan::model::Plan;

/// A sheet as it was incoming.
pub(super) struct Incoming {
    /// Its bytes.
    pub(super) bytes: Vec<u8>,
    /// Its name without folders.
    pub(super) file: String,
}

impl Incoming {
    pub(super) fn open(path: &Path) -> Result<Self, Failure> {
        let name = path.file_name().unwrap_or(path.as_os_str());
        Ok(Self {
            bytes: super::read_input(path)?,
            file: name.to_string_lossy().into_owned(),
        })
    }

    /// Whether the same bytes were read in as this kind of sheet before; said (M016) where they were.
    pub(super) fn is_known(
        &self,
        sheet: Sheet,
        sha256: &str,
        journal: &Journal,
        said: &mut Vec<Finding>,
    ) -> bool {
        let known = journal.has_read(sheet, sha256);
        if known {
            said.push(Finding::new("M016").in_file(&self.file));
        }
        known
    }

    /// Notes the sheet in the journal.
    pub(super) fn note(
        self,
        sheet: Sheet,
        sha256: String,
        lines: usize,
        today: Date,
        journal: &mut Journal,
    ) {
        let event = Event::Read {
            sheet,
            file: self.file,
            sha256,
            lines,
        };
        journal.add(today, event);
    }
}

/// What the words of a month's sheets can stand for, columns named by the workspace among them.
pub(super) fn codes(opened: &Opened, plan: &Plan, tables: &Tables) -> Codes {
    let mut codes = codes_of(plan, &tables.catalogue);
    codes.columns.clone_from(&opened.settings().columns);
    codes
}

/// Reads one sheet and notes it where it says something; `None` = the same file was read in before.
pub(super) fn take<T>(
    path: &Path,
    sheet: Sheet,
    today: Date,
    journal: &mut Journal,
    said: &mut Vec<Finding>,
    read: impl FnOnce(&[u8], &str) -> Result<ReadBack<T>, Failure>,
) -> Result<Option<Vec<T>>, Failure> {
    let incoming = Incoming::open(path)?;
    let read = read(&incoming.bytes, &incoming.file)?;
    if incoming.is_known(sheet, &read.sha256, journal, said) {
        return Ok(None);
    }
    said.extend(read.findings);
    if !read.lines.is_empty() {
        incoming.note(sheet, read.sha256, read.lines.len(), today, journal);
    }
    Ok(Some(read.lines))
}
