//! Sheets that went out to be filled and came back: bytes to lines of plain data.
//!
//! Responsible for: one door per sheet, understanding what people write in it, and saying with file, sheet,
//! row and column what could not be understood. A line in which nothing was written says nothing; a line
//! that could be mistaken for another one is set aside; an unreadable cell costs itself only.
//! Not responsible for: what follows from a line (`month`), making the sheets (`documents`).
//!
//! The files are read as all others are: by what they are (XLSX, XLS, CSV of any encoding, HTML), columns by
//! name, titles above the header, several sheets.

mod after;
mod calls;
mod codes;
mod columns;
mod foreman;
mod goods;
mod jobs;
mod line;
mod lists;
#[cfg(test)]
mod tests;
mod tours;
mod when;
mod words;

use std::collections::BTreeMap;
use std::path::Path;

use crate::domain::{
    Advice, Answer, FilledAt, FollowUpAnswer, GoodsLine, HandOverAnswer, JobReport, Settings,
    TourWish,
};
use crate::findings::{Failure, FailureKind, Finding, Severity, entry};

use super::ReadOptions;
use super::aliases::TableSpec;
use super::desk::Desk;
use super::record::Record;

use codes::Lookup;
use columns::OWN_SHEETS;
use line::Line;

pub use codes::{Booked, Codes, bare_key};
pub use columns::FILLED_TABLES;

/// What one filled file says.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadBack<T> {
    /// Its lines, in the file's order; identical ones once.
    pub lines: Vec<T>,
    /// Lines in which something was written and which are not among `lines`; each has an error among the
    /// findings.
    pub set_aside: usize,
    /// What was noticed, in the file's order.
    pub findings: Vec<Finding>,
    /// SHA-256 of the file.
    pub sha256: String,
}

/// Reads a call sheet.
///
/// # Errors
/// Status 3 where the file is no table or has no column of booking keys.
pub fn read_calls(bytes: &[u8], file: &str, codes: &Codes) -> Result<ReadBack<Answer>, Failure> {
    read(bytes, file, codes, &columns::CALLS, calls::answer)
}

/// Reads a foreman's sheet.
///
/// # Errors
/// Status 3 where the file is no table or has no column of booking keys.
pub fn read_foreman(bytes: &[u8], file: &str, codes: &Codes) -> Result<ReadBack<Advice>, Failure> {
    read(bytes, file, codes, &columns::FOREMAN, foreman::advice)
}

/// Reads a goods-received sheet.
///
/// # Errors
/// Status 3 where the file is no table or has no column of order lines.
pub fn read_goods(bytes: &[u8], file: &str, codes: &Codes) -> Result<ReadBack<GoodsLine>, Failure> {
    read(bytes, file, codes, &columns::GOODS, goods::line)
}

/// Reads the job sheets of a day or a tour.
///
/// # Errors
/// Status 3 where the file is no table or has no column of booking keys.
pub fn read_jobs(bytes: &[u8], file: &str, codes: &Codes) -> Result<ReadBack<JobReport>, Failure> {
    read(bytes, file, codes, &columns::JOBS, jobs::report)
}

/// Reads a tours sheet: one line per tour. Here every line set aside changes what is wished: a caller does
/// well to refuse the file where `set_aside` is not 0.
///
/// # Errors
/// Status 3 where the file is no table or has no column of points.
pub fn read_tours(bytes: &[u8], file: &str, codes: &Codes) -> Result<ReadBack<TourWish>, Failure> {
    let rows = read(bytes, file, codes, &columns::TOURS, tours::stop)?;
    Ok(tours::together(rows))
}

/// What comes back after a tour: one file is one sheet or the other.
#[derive(Clone, Debug, PartialEq)]
pub enum AfterTour {
    /// Follow-up calls.
    FollowUps(ReadBack<FollowUpAnswer>),
    /// Answers of partners.
    HandOvers(ReadBack<HandOverAnswer>),
}

/// Reads a follow-up or a hand-over sheet, whichever it is.
///
/// # Errors
/// Status 3 where the file is no table, or neither (M077).
pub fn read_after(bytes: &[u8], file: &str, codes: &Codes) -> Result<AfterTour, Failure> {
    let is_another = |failure: &Failure| failure.findings.iter().any(|one| one.code == "M040");
    match read(bytes, file, codes, &after::FOLLOW_UP, after::follow_up) {
        Ok(read) => return Ok(AfterTour::FollowUps(read)),
        Err(failure) if is_another(&failure) => {}
        Err(failure) => return Err(failure),
    }
    match read(bytes, file, codes, &after::HAND_OVER, after::hand_over) {
        Ok(read) => Ok(AfterTour::HandOvers(read)),
        Err(failure) if is_another(&failure) => {
            let columns = "预约编号 + 满意度 / 网点同意 (booking + satisfaction / partner agreed)";
            let finding = Finding::new("M077").value(file);
            Err(Failure::input(finding.arg("columns", columns)))
        }
        Err(failure) => Err(failure),
    }
}

/// A line of a filled sheet, as the doors above have in common.
trait Returned: Clone + PartialEq {
    /// What it is about: lines about different things are never the same line.
    fn about(&self) -> String;
    /// Where it stands.
    fn at(&mut self) -> &mut FilledAt;
}

/// What became of a record.
enum Said<T> {
    /// Nothing was written.
    Nothing,
    /// A line.
    Line(T),
    /// Something was written that cannot be used; an error was told.
    Aside,
}

fn read<T: Returned>(
    bytes: &[u8],
    file: &str,
    codes: &Codes,
    spec: &'static TableSpec,
    one: fn(&mut Line<'_, '_>) -> Said<T>,
) -> Result<ReadBack<T>, Failure> {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let settings = Settings {
        columns: codes.columns.clone(),
        ..Settings::default()
    };
    let options = ReadOptions {
        extra: &[],
        encoding: None,
        to_wgs84: &|_, at| at,
    };
    let mut desk = Desk::new(Path::new(""), &settings, options);
    let lookup = Lookup::of(codes);
    let (mut lines, mut set_aside) = (Vec::new(), 0);
    desk.records_in(spec, bytes, name, &mut |record: &mut Record<'_>| {
        // The lists beside a sheet hold codes under the same headers; nobody writes there.
        if OWN_SHEETS.contains(&record.row_spot().sheet.as_str()) {
            return;
        }
        let mut line = Line {
            record,
            lookup: &lookup,
        };
        match one(&mut line) {
            Said::Nothing => {}
            Said::Line(said) => lines.push(said),
            Said::Aside => set_aside += 1,
        }
    });
    if !desk.failures.is_empty() {
        return Err(refused(desk.failures, spec, name));
    }
    let mut findings = desk.log.findings;
    findings.retain(|finding| !is_our_own_doing(finding));
    let lost = findings.iter().filter(|finding| is_lost_row(finding));
    set_aside += lost.count();
    let lines = once(lines, &mut findings);
    findings.sort_by(|a, b| (&a.at.sheet, a.at.line).cmp(&(&b.at.sheet, b.at.line)));
    let sha256 = desk.files.pop().map_or_else(String::new, |(_, hash)| hash);
    Ok(ReadBack {
        lines,
        set_aside,
        findings,
        sha256,
    })
}

/// Whether a finding speaks of what our own sheets are like: other sheets beside the one to be filled, several
/// columns that are printed for the eye only.
fn is_our_own_doing(finding: &Finding) -> bool {
    let arg = |name: &str| finding.args.get(name).map(String::as_str);
    (finding.code == "D014" && OWN_SHEETS.contains(&finding.at.sheet.as_str()))
        || (finding.code == "D013" && arg("column") == Some(columns::PRINTED))
}

/// Whether a finding speaks of a whole row that could not be read.
fn is_lost_row(finding: &Finding) -> bool {
    let is_error = entry(&finding.code).is_some_and(|entry| entry.severity == Severity::Error);
    is_error && finding.code.starts_with("D2") && finding.at.line > 0
}

/// One failure per reason: that the column which says what a line is about is missing is told once, naming
/// it, whatever else the file lacks.
fn refused(failures: Vec<Finding>, spec: &'static TableSpec, file: &str) -> Failure {
    let lacks = |finding: &Finding| finding.code == "D002" || finding.code == "D003";
    let found = failures.iter().find(|finding| finding.code == "D002");
    let found = found.and_then(|finding| finding.args.get("found")).cloned();
    let (lacking, mut findings): (Vec<Finding>, Vec<Finding>) =
        failures.into_iter().partition(lacks);
    if !lacking.is_empty()
        && let Some(column) = spec.columns.iter().find(|column| column.required)
    {
        let mut names = vec![column.key];
        names.extend(column.names);
        let finding = Finding::new("M040").in_file(file);
        findings.insert(
            0,
            finding
                .arg("column", column.names.first().unwrap_or(&column.key))
                .arg("aliases", names.join(", "))
                .arg("found", found.unwrap_or_else(|| "–".to_owned())),
        );
    }
    Failure {
        kind: FailureKind::Input,
        findings,
    }
}

/// Identical lines once; which of two different lines counts is not decided here.
fn once<T: Returned>(lines: Vec<T>, findings: &mut Vec<Finding>) -> Vec<T> {
    let mut kept: Vec<T> = Vec::with_capacity(lines.len());
    let mut seen: BTreeMap<String, Vec<(T, u32)>> = BTreeMap::new();
    for mut line in lines {
        let mut bare = line.clone();
        let at = std::mem::take(bare.at());
        let about = seen.entry(bare.about()).or_default();
        if let Some((_, first)) = about.iter().find(|(known, _)| *known == bare) {
            let mut finding = Finding::new("M055").in_file(&at.file).arg("first", first);
            finding.at.sheet.clone_from(&at.sheet);
            finding.at.line = at.line;
            findings.push(finding);
            continue;
        }
        about.push((bare, at.line));
        *line.at() = at;
        kept.push(line);
    }
    kept
}
