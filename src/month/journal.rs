//! The journal of a month: what came to pass, in the order it was told, never changed afterwards.

use serde::{Deserialize, Serialize};

use crate::domain::{Date, GoodsLine};
use crate::findings::{Failure, Finding};
use crate::plan::model::{OrderLine, Signature, TourChange};

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
    /// Filled sheets were read in; what they say stands in `private/filled.json`.
    Read {
        /// Which kind of sheet.
        sheet: Sheet,
        /// Name of the file as given, without its folders.
        file: String,
        /// SHA-256 of its bytes: the same file read again says nothing new.
        sha256: String,
        /// Lines that said something.
        lines: usize,
    },
    /// Order lines were placed by the signature over the order.
    Ordered {
        /// As they were placed.
        lines: Vec<OrderLine>,
        /// SHA-256 of the stock table the order was netted against: a newer one may know the order itself.
        stock: String,
        /// SHA-256 of the peers' table on that day: a newer one no longer shows what was asked for.
        #[serde(default)]
        peers: String,
    },
    /// Goods were counted.
    Received {
        /// As counted, order by order.
        lines: Vec<GoodsLine>,
        /// SHA-256 of the stock table on that day: a newer one holds the goods itself.
        stock: String,
    },
    /// A tour was moved, cancelled, or lost something.
    Changed {
        /// What and whom it concerns.
        change: TourChange,
    },
    /// A tour was closed.
    Closed {
        /// Tour.
        tour: String,
    },
    /// Call data was removed after the retention time.
    Purged {
        /// Everything before this day (exclusive).
        before: Date,
        /// Lines removed.
        lines: usize,
    },
}

/// Kinds of sheets that come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sheet {
    /// Call sheets.
    Calls,
    /// The foreman's sheet.
    Advice,
    /// Goods received.
    Goods,
    /// The tours sheet.
    Tours,
    /// Job sheets of a day.
    Visits,
    /// Answers to hand-overs and follow-up calls.
    FollowUp,
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

    /// Adds a line, unless it says what the last one about the same thing already says.
    pub fn add(&mut self, on: Date, event: Event) {
        let same =
            |entry: &&Entry| event.subject().is_some() && entry.event.subject() == event.subject();
        let last = self.entries.iter().rev().find(same);
        let entry = Entry { on, event };
        if last != Some(&entry) {
            self.entries.push(entry);
        }
    }

    /// M093 where an entry bears a later day than `today`: a clock that was set back, or wrong before.
    pub fn clock(&self, today: Date) -> Option<Finding> {
        let newest = self.entries.iter().map(|entry| entry.on).max()?;
        let finding = Finding::new("M093").arg("today", today);
        (newest > today).then(|| finding.arg("newest", newest))
    }

    /// The day call data of the month was last removed; `None` = never.
    pub fn purged(&self) -> Option<Date> {
        let entries = self.entries.iter().rev();
        let mut purged = entries.filter(|entry| matches!(entry.event, Event::Purged { .. }));
        purged.next().map(|entry| entry.on)
    }

    /// Whether a file of these bytes was read in as this kind of sheet before.
    pub fn has_read(&self, sheet: Sheet, sha256: &str) -> bool {
        self.entries.iter().any(|entry| {
            matches!(&entry.event, Event::Read { sheet: kind, sha256: known, .. }
                if *kind == sheet && known == sha256)
        })
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
            _ => None,
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
    /// What it is about, where a later entry about the same thing replaces it; `None` = every entry counts.
    fn subject(&self) -> Option<(&'static str, &str)> {
        match self {
            Self::Planned { .. } => Some(("planned", "")),
            Self::Approved { covers, .. } => Some(("approved", covers)),
            _ => None,
        }
    }
}
