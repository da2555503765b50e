//! What is removed from a month's folder after the retention time, and what must stay.
//!
//! Removed: what customers said on the phone (call, follow-up and foreman's sheets read in before the day), and of months
//! wholly before it the phone numbers and every document that holds them or customers' words. Kept: the
//! records of repairs (job reports), which the three guarantees ask for, and consents.csv, the proof of refusals.
//! Not responsible for: the disk, which months there are, the index's links to what is gone (`cli`).

use std::collections::BTreeMap;

use super::filled::{FILLED, Filled};
use super::journal::{Event, JOURNAL, Journal};
use crate::domain::{Date, Month};
use crate::findings::Failure;
use crate::plan::files::{contacts_table, read_contacts};

const CONTACTS: &str = "private/contacts.csv";
/// Beginnings of the names of documents with full phones or customers' words.
const DOCUMENTS: [&str; 12] = [
    // Holds the job sheets.
    "take-along",
    "job-sheet",
    "call-sheet",
    "texts",
    "foreman",
    "shortage",
    "follow",
    "hand-over",
    "handover",
    "customer-notice",
    "change",
    "promise",
];

/// What was removed from one month.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Removed {
    /// Lines of call, follow-up and foreman's sheets, and remarks of partners.
    pub lines: usize,
    /// Vehicles whose contact and numbers were removed.
    pub contacts: usize,
    /// Documents.
    pub documents: Vec<String>,
}

impl Removed {
    /// Whether nothing was.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Takes call data of before a day (exclusive) out of a month's files, and writes that into its journal. A
/// month that is not over on `today` is left as it is: its bookings rest on what was said.
///
/// # Errors
/// Status 3 where the journal, the contacts or what was read in cannot be read: nothing is removed then.
pub fn purge(
    files: &mut BTreeMap<String, Vec<u8>>,
    month: Month,
    before: Date,
    today: Date,
) -> Result<Removed, Failure> {
    let mut removed = Removed::default();
    if month.last() >= today {
        return Ok(removed);
    }
    let mut journal = Journal::read(files.get(JOURNAL).map(Vec::as_slice))?;
    let mut filled = Filled::read(files.get(FILLED).map(Vec::as_slice))?;
    let contacts = read_contacts(files.get(CONTACTS).map_or(&[][..], Vec::as_slice))?;
    let lines =
        |filled: &Filled| filled.answers.len() + filled.advice.len() + filled.follow_ups.len();
    let all = lines(&filled);
    filled.answers.retain(|read| read.on >= before);
    filled.advice.retain(|read| read.on >= before);
    // The grade stays in the plan's figures; a hand-over stays as the record of a repair, without remarks.
    filled.follow_ups.retain(|read| read.on >= before);
    let old = filled.hand_overs.iter_mut().filter(|read| read.on < before);
    let mut remarks = 0;
    for read in old.filter(|read| !read.line.note.is_empty()) {
        read.line.note.clear();
        remarks += 1;
    }
    removed.lines = all - lines(&filled) + remarks;
    if month.last() < before {
        removed.contacts = contacts.len();
        let held = files.keys().filter(|path| holds_call_data(path));
        removed.documents = held.cloned().collect();
    }
    if removed.is_empty() {
        return Ok(removed);
    }
    if removed.lines > 0 {
        files.insert(FILLED.to_owned(), filled.written()?);
    }
    if removed.contacts > 0 {
        files.insert(CONTACTS.to_owned(), contacts_table(&BTreeMap::new()));
    }
    for path in &removed.documents {
        files.remove(path);
    }
    let event = Event::Purged {
        before,
        lines: removed.lines,
    };
    journal.add(today, event);
    files.insert(JOURNAL.to_owned(), journal.written()?);
    Ok(removed)
}

fn holds_call_data(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let document = ["html", "pdf", "xlsx", "csv"].contains(&ending);
    let in_folder = path.starts_with("tours/") || path.contains('/');
    document
        && (path.starts_with("changes/")
            || (in_folder && !path.starts_with("private/") && begins(name))
            || (!in_folder && ending != "csv" && begins(name)))
}

fn begins(name: &str) -> bool {
    DOCUMENTS.iter().any(|document| name.starts_with(document))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Advice, Answer, FollowUpAnswer, HandOverAnswer, JobReport};
    use crate::month::Read;
    use crate::plan::files::ContactLine;

    fn day(text: &str) -> Date {
        Date::parse_iso(text).expect("a test date")
    }

    fn folder() -> BTreeMap<String, Vec<u8>> {
        let on = day("2026-11-28");
        let later = day("2026-12-05");
        let filled = Filled {
            answers: vec![
                Read {
                    on,
                    line: Answer::default(),
                },
                Read {
                    on: later,
                    line: Answer::default(),
                },
            ],
            advice: vec![Read {
                on,
                line: Advice::default(),
            }],
            reports: vec![Read {
                on,
                line: JobReport::default(),
            }],
            follow_ups: vec![Read {
                on,
                line: FollowUpAnswer::default(),
            }],
            hand_overs: vec![Read {
                on,
                line: HandOverAnswer {
                    note: "急".into(),
                    ..HandOverAnswer::default()
                },
            }],
        };
        let line = ContactLine {
            contact: "张".into(),
            phones: vec!["13800008000".into()],
        };
        let contacts = BTreeMap::from([("VA".to_owned(), line)]);
        let mut files: BTreeMap<String, Vec<u8>> = [
            (FILLED, filled.written().expect("JSON")),
            (CONTACTS, contacts_table(&contacts)),
        ]
        .map(|(name, bytes)| (name.to_owned(), bytes))
        .into();
        for name in [
            "plan.json",
            "calls.csv",
            "reminders.csv",
            "tours/T01-x/plan.html",
            "tours/T01-x/call-sheet.html",
            "tours/T01-x/call-sheet.xlsx",
            "tours/T01-x/texts.html",
            "tours/T01-x/foreman.xlsx",
            "tours/T01-x/job-sheet.html",
            "changes/C01-T01.html",
        ] {
            files.insert(name.to_owned(), b"x".to_vec());
        }
        files
    }

    fn month() -> Month {
        Month::parse("2026-12").expect("a month")
    }

    #[test]
    fn a_month_wholly_before_the_day_keeps_repairs_and_no_call_data() {
        let mut files = folder();
        let removed =
            purge(&mut files, month(), day("2027-01-01"), day("2027-12-31")).expect("purges");
        assert_eq!(
            (removed.lines, removed.contacts, removed.documents.len()),
            (5, 1, 6)
        );
        let left = Filled::read(files.get(FILLED).map(Vec::as_slice)).expect("readable");
        assert_eq!(
            (left.answers.len(), left.advice.len(), left.reports.len()),
            (0, 0, 1)
        );
        let all: Vec<u8> = files.values().flatten().copied().collect();
        assert!(!String::from_utf8_lossy(&all).contains("13800008000"));
        for kept in [
            "plan.json",
            "calls.csv",
            "reminders.csv",
            "tours/T01-x/plan.html",
        ] {
            assert!(files.contains_key(kept), "{kept}");
        }
        let journal = String::from_utf8_lossy(&files[JOURNAL]).into_owned();
        assert!(
            journal.contains("\"event\":\"purged\"") && journal.contains("\"lines\":5"),
            "{journal}"
        );
        let again =
            purge(&mut files, month(), day("2027-01-01"), day("2027-12-31")).expect("purges");
        assert!(again.is_empty(), "{again:?}");
    }

    #[test]
    fn a_month_partly_before_the_day_loses_only_what_was_read_in_before() {
        let mut files = folder();
        let removed =
            purge(&mut files, month(), day("2026-12-05"), day("2027-12-31")).expect("purges");
        assert_eq!(
            (removed.lines, removed.contacts, removed.documents.len()),
            (4, 0, 0)
        );
        assert!(files.contains_key("tours/T01-x/texts.html"));
    }

    #[test]
    fn a_month_that_is_not_over_loses_nothing() {
        let mut files = folder();
        let before = files.clone();
        let removed =
            purge(&mut files, month(), day("2026-12-20"), day("2026-12-31")).expect("purges");
        assert!(removed.is_empty());
        assert_eq!(files, before);
    }

    #[test]
    fn a_folder_that_cannot_be_read_is_left_as_it_is() {
        let mut files = folder();
        files.insert(FILLED.to_owned(), b"[".to_vec());
        let before = files.clone();
        assert!(purge(&mut files, month(), day("2027-01-01"), day("2027-12-31")).is_err());
        assert_eq!(files, before);
    }
}
