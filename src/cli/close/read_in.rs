//! Filled sheets into the journal and `private/filled.json`; a file read before says nothing new.

use std::path::PathBuf;

use crate::cli::sheets::{Incoming, take};
use crate::domain::Date;
use crate::findings::{Failure, Finding};
use crate::ingest::filled::{self, AfterTour, Codes};
use crate::month::closing::may_be_read;
use crate::month::{Filled, Journal, Read, Sheet};
use crate::plan::model::Plan;

/// The files incoming.
pub(super) struct Sheets<'a> {
    pub(super) visits: &'a [PathBuf],
    pub(super) follow_up: &'a [PathBuf],
    /// The tour of sheets that name none.
    pub(super) tour: Option<&'a str>,
}

/// What reading them gave.
#[derive(Default)]
pub(super) struct ReadIn {
    /// Lines that said something.
    pub(super) lines: usize,
    pub(super) findings: Vec<Finding>,
}

/// Reads all files, or none: a file that cannot be used changes nothing.
pub(super) fn read_in(
    sheets: &Sheets<'_>,
    plan: &Plan,
    codes: &Codes,
    today: Date,
    journal: &mut Journal,
    filled: &mut Filled,
) -> Result<ReadIn, Failure> {
    let mut read = ReadIn::default();
    let at = |line| Read { on: today, line };
    for path in sheets.visits {
        let jobs = |bytes: &[u8], file: &str| filled::read_jobs(bytes, file, codes);
        let findings = &mut read.findings;
        let Some(mut reports) = take(path, Sheet::Visits, today, journal, findings, jobs)? else {
            continue;
        };
        for line in reports.iter_mut().filter(|line| line.tour.is_empty()) {
            if let (Some(tour), true) = (sheets.tour, line.booking.is_empty()) {
                tour.clone_into(&mut line.tour);
            }
        }
        may_be_read(plan, &reports, today)?;
        read.lines += reports.len();
        filled.reports.extend(reports.into_iter().map(at));
    }
    for path in sheets.follow_up {
        let incoming = Incoming::open(path)?;
        let after = filled::read_after(&incoming.bytes, &incoming.file, codes)?;
        let (sha256, lines, findings) = match &after {
            AfterTour::FollowUps(read) => (&read.sha256, read.lines.len(), &read.findings),
            AfterTour::HandOvers(read) => (&read.sha256, read.lines.len(), &read.findings),
        };
        if incoming.is_known(Sheet::FollowUp, sha256, journal, &mut read.findings) {
            continue;
        }
        read.findings.extend(findings.iter().cloned());
        read.lines += lines;
        if lines > 0 {
            incoming.note(Sheet::FollowUp, sha256.clone(), lines, today, journal);
        }
        match after {
            AfterTour::FollowUps(read) => {
                let lines = read.lines.into_iter();
                let lines = lines.map(|line| Read { on: today, line });
                filled.follow_ups.extend(lines);
            }
            AfterTour::HandOvers(read) => {
                let partners = read.lines.into_iter().map(|mut line| {
                    // An answer without a day was given on the day it is read in.
                    line.on = line.on.or(Some(today));
                    Read { on: today, line }
                });
                filled.hand_overs.extend(partners);
            }
        }
    }
    Ok(read)
}
