//! Filled sheets into the journal and `private/filled.json`; a file read before says nothing new.

use std::path::{Path, PathBuf};

use crate::cli::read_input;
use crate::domain::{Date, FilledAt, JobReport, VisitResult, sha256_hex};
use crate::findings::{Failure, Finding};
use crate::ingest::cells;
use crate::ingest::read_answers;
use crate::month::closing::may_be_read;
use crate::month::{Event, Filled, Journal, Read, Sheet};
use crate::plan::model::Plan;

/// The files given.
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
    today: Date,
    journal: &mut Journal,
    filled: &mut Filled,
) -> Result<ReadIn, Failure> {
    let mut read = ReadIn::default();
    for path in sheets.visits {
        let (bytes, file, sha256) = opened(path)?;
        if journal.has_read(Sheet::Visits, &sha256) {
            read.findings.push(Finding::new("M073").value(file));
            continue;
        }
        let (mut reports, findings) = read_reports(&bytes, &file)?;
        for line in reports.iter_mut().filter(|line| line.tour.is_empty()) {
            if let (Some(tour), true) = (sheets.tour, line.booking.is_empty()) {
                tour.clone_into(&mut line.tour);
            }
        }
        may_be_read(plan, &reports, today)?;
        let lines = reports.len();
        filled
            .reports
            .extend(reports.into_iter().map(|line| Read { on: today, line }));
        note(journal, today, Sheet::Visits, (file, sha256), lines);
        read.findings.extend(findings);
        read.lines += lines;
    }
    for path in sheets.follow_up {
        let (bytes, file, sha256) = opened(path)?;
        if journal.has_read(Sheet::FollowUp, &sha256) {
            read.findings.push(Finding::new("M073").value(file));
            continue;
        }
        let answers = read_answers(&bytes, &file)?;
        let lines = answers.follow_ups.len() + answers.hand_overs.len();
        let calls = answers.follow_ups.into_iter();
        filled
            .follow_ups
            .extend(calls.map(|line| Read { on: today, line }));
        let partners = answers.hand_overs.into_iter().map(|mut line| {
            // An answer without a day was given on the day it is read in.
            line.on = line.on.or(Some(today));
            Read { on: today, line }
        });
        filled.hand_overs.extend(partners);
        note(journal, today, Sheet::FollowUp, (file, sha256), lines);
        read.findings.extend(answers.findings);
        read.lines += lines;
    }
    Ok(read)
}

fn opened(path: &Path) -> Result<(Vec<u8>, String, String), Failure> {
    let bytes = read_input(path)?;
    let name = path.file_name().unwrap_or(path.as_os_str());
    let sha256 = sha256_hex(&bytes);
    Ok((bytes, name.to_string_lossy().into_owned(), sha256))
}

fn note(
    journal: &mut Journal,
    today: Date,
    sheet: Sheet,
    (file, sha256): (String, String),
    lines: usize,
) {
    journal.add(
        today,
        Event::Read {
            sheet,
            file,
            sha256,
            lines,
        },
    );
}

/// Job sheets as CSV with the keys of [`JobReport`] for headers.
fn read_reports(bytes: &[u8], file: &str) -> Result<(Vec<JobReport>, Vec<Finding>), Failure> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let header = reader.headers().cloned().unwrap_or_default();
    let at = |key: &str| header.iter().position(|cell| cell.trim() == key);
    if at("booking").is_none() || at("result").is_none() {
        let finding = Finding::new("M077").value(file);
        return Err(Failure::input(finding.arg("columns", "booking, result")));
    }
    let mut reports = Vec::new();
    for record in reader.records().flatten() {
        let text = |key: &str| {
            let cell = at(key).and_then(|at| record.get(at));
            cell.unwrap_or_default().trim().to_owned()
        };
        let yes = |key: &str| cells::yes_no::read(&text(key)).into_value();
        let yuan = |key: &str| {
            let yuan = cells::number::read(&text(key)).into_value();
            yuan.map(crate::domain::Fen::from_yuan)
        };
        let line = JobReport {
            booking: text("booking"),
            tour: text("tour"),
            vehicle: text("vehicle"),
            walk_in: yes("walk_in").unwrap_or_default(),
            on: cells::date::read(&text("on")).into_value(),
            result: match text("result").as_str() {
                "done" => Some(VisitResult::Done),
                "partly_done" => Some(VisitResult::PartlyDone),
                "no_show" => Some(VisitResult::NoShow),
                "too_hard" => Some(VisitResult::TooHard),
                _ => None,
            },
            odometer_km: cells::mileage::read(&text("odometer_km")).into_value(),
            done: cells::list::read(&text("done")),
            used: pieces(&text("used")),
            missing: pieces(&text("missing")),
            wrong: pieces(&text("wrong")),
            hours: cells::number::read(&text("hours")).into_value(),
            settled: yuan("settled"),
            warranty: yuan("warranty"),
            handover_consent: yes("handover_consent"),
            note: text("note"),
            at: FilledAt {
                file: file.to_owned(),
                sheet: String::new(),
                line: record.position().map_or(0, |at| at.line() as u32),
            },
        };
        let blank = JobReport {
            booking: line.booking.clone(),
            tour: line.tour.clone(),
            vehicle: line.vehicle.clone(),
            on: line.on,
            at: line.at.clone(),
            ..JobReport::default()
        };
        if line != blank {
            reports.push(line);
        }
    }
    Ok((reports, Vec::new()))
}

/// `0012:2|0013`: codes with pieces, one where none are written.
fn pieces(text: &str) -> Vec<(String, u32)> {
    cells::list::read(text)
        .into_iter()
        .map(|one| match one.rsplit_once(':') {
            Some((code, qty)) if qty.trim().parse::<u32>().is_ok() => (
                code.trim().to_owned(),
                qty.trim().parse().unwrap_or_default(),
            ),
            _ => (one, 1),
        })
        .collect()
}
