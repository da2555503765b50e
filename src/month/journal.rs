//! The journal of a month: what came to pass, in the order it was told, never changed afterwards.

use serde::{Deserialize, Serialize};

use crate::domain::Date;
use crate::findings::{Failure, Finding};
use crate::plan::model::Signature;

/// Its file in the plan folder: one JSON object a line.
pub const JOURNAL: &str = "journal.jsonl";

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The day, as `--today` gave it.
    pub on: Date,
    /// What came to pass.
    #[serde(flatten)]
    pub event: Event,
}

/// What can come to pass.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// A plan was made.
    Planned {
        /// Its id.
        plan: String,
    },
    /// Somebody signed.
    Approved {
        /// `orders` or a tour.
        covers: String,
        /// Who.
        by: String,
        /// SHA-256 of what was signed, a file of the plan folder.
        sha256: String,
        /// The plan it was signed on.
        plan: String,
    },
}

/// The lines of a month, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Journal {
    entries: Vec<Entry>,
}

impl Journal {
    /// Reads it back; no file is an empty journal.
    ///
    /// # Errors
    /// Status 3 where a line is not an entry: nothing may be built on half a journal.
    pub fn read(bytes: Option<&[u8]>) -> Result<Self, Failure> {
        let text = String::from_utf8_lossy(bytes.unwrap_or_default());
        let mut entries = Vec::new();
        for (index, line) in text.lines().enumerate() {
            if line.is_empty() {
                continue;
            }
            let entry = serde_json::from_str(line).map_err(|error| {
                let finding = Finding::new("M001").in_file(JOURNAL);
                Failure::input(finding.arg("line", index + 1).arg("message", error))
            })?;
            entries.push(entry);
        }
        Ok(Self { entries })
    }

    /// The lines.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Adds a line, unless it says what the last one of its kind already says.
    pub fn add(&mut self, on: Date, event: Event) {
        let last = self
            .entries
            .iter()
            .rev()
            .find(|entry| entry.event.subject() == event.subject());
        let entry = Entry { on, event };
        if last != Some(&entry) {
            self.entries.push(entry);
        }
    }

    /// The newest signature over each thing, in the order of the things' names.
    pub fn signatures(&self) -> std::collections::BTreeMap<&str, Signature> {
        let signed = self.entries.iter().filter_map(|entry| match &entry.event {
            Event::Approved {
                covers, by, sha256, ..
            } => Some((
                covers.as_str(),
                Signature {
                    by: by.clone(),
                    on: entry.on,
                    sha256: sha256.clone(),
                },
            )),
            Event::Planned { .. } => None,
        });
        signed.collect()
    }

    /// Its bytes.
    ///
    /// # Errors
    /// Status 1 where an entry cannot be written as JSON.
    pub fn written(&self) -> Result<Vec<u8>, Failure> {
        let mut bytes = Vec::new();
        for entry in &self.entries {
            serde_json::to_writer(&mut bytes, entry).map_err(|error| {
                Failure::running(Finding::new("C003").in_file(JOURNAL).arg("message", error))
            })?;
            bytes.push(b'\n');
        }
        Ok(bytes)
    }
}

impl Event {
    /// What it is about: two entries of one subject say the same thing again or replace each other.
    fn subject(&self) -> (&'static str, &str) {
        match self {
            Self::Planned { .. } => ("planned", ""),
            Self::Approved { covers, .. } => ("approved", covers),
        }
    }
}
