//! What filled sheets said, kept line by line, and the newest word on every vehicle.
//!
//! Responsible for: the file `private/filled.json` (personal data: purged after the retention time), folding
//! several sheets into one answer, naming where two of them disagree. Not responsible for: reading sheets
//! (`ingest::filled`), what follows for the plan (`plan::pipeline`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::{Advice, Answer, Date, FollowUpAnswer, HandOverAnswer, JobReport};
use crate::findings::{Failure, Finding};

/// Its place in the plan folder.
pub const FILLED: &str = "private/filled.json";

/// A line and the day it was read in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Read<T> {
    /// The day, as `--today` gave it.
    pub on: Date,
    /// The line.
    pub line: T,
}

/// Every line read in this month, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filled {
    /// Call sheets.
    pub answers: Vec<Read<Answer>>,
    /// Foreman's sheets.
    pub advice: Vec<Read<Advice>>,
    /// Job sheets.
    pub reports: Vec<Read<JobReport>>,
    /// Follow-up calls.
    pub follow_ups: Vec<Read<FollowUpAnswer>>,
    /// Partners' answers to hand-overs.
    pub hand_overs: Vec<Read<HandOverAnswer>>,
}

impl Filled {
    /// Reads it back; no file says nothing yet.
    ///
    /// # Errors
    /// Status 3 where it is no such file: nothing may be built on half of what people said.
    pub fn read(bytes: Option<&[u8]>) -> Result<Self, Failure> {
        bytes.map_or_else(
            || Ok(Self::default()),
            |bytes| {
                serde_json::from_slice(bytes).map_err(|error| {
                    // The error's own words could hold a name.
                    let finding = Finding::new("M001").in_file(FILLED);
                    Failure::input(finding.arg("line", error.line()).arg("message", "JSON"))
                })
            },
        )
    }

    /// Its bytes.
    ///
    /// # Errors
    /// Status 1 where it cannot be written as JSON.
    pub fn written(&self) -> Result<Vec<u8>, Failure> {
        let mut bytes = serde_json::to_vec_pretty(self).map_err(|error| {
            Failure::running(Finding::new("C003").in_file(FILLED).arg("message", error))
        })?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// The newest word on every booking, cell by cell: a later line counts where it says something. Returns
    /// a finding (M010) for every cell in which two lines said different things.
    pub fn answers(&self) -> (BTreeMap<String, Answer>, Vec<Finding>) {
        let mut lines: Vec<&Read<Answer>> = self.answers.iter().collect();
        // The day of the call decides; lines without one count from the day they were read.
        lines.sort_by_key(|read| read.line.called_on.unwrap_or(read.on));
        let mut folded: BTreeMap<String, Answer> = BTreeMap::new();
        let mut findings = Vec::new();
        for read in lines {
            match folded.get_mut(&read.line.booking) {
                None => {
                    folded.insert(read.line.booking.clone(), read.line.clone());
                }
                Some(known) => findings.extend(newer(known, &read.line)),
            }
        }
        (folded, findings)
    }

    /// The newest advice on every booking: a later line replaces an earlier one.
    pub fn advice(&self) -> BTreeMap<String, Advice> {
        let lines = self.advice.iter().map(|read| &read.line);
        lines
            .map(|line| (line.booking.clone(), line.clone()))
            .collect()
    }
}

/// Takes over every cell the newer line fills; names the cells that both fill differently.
fn newer(known: &mut Answer, line: &Answer) -> Vec<Finding> {
    let mut findings = Vec::new();
    let (old, new) = (known.at.clone(), &line.at);
    let mut differs = |cell: &'static str| {
        let finding = Finding::new("M010").value(&line.booking);
        findings.push(
            finding
                .arg("cell", cell)
                .arg("old", format!("{} {}", old.file, old.line))
                .arg("new", format!("{} {}", new.file, new.line)),
        );
    };
    macro_rules! option {
        ($($cell:ident),*) => {$(
            if line.$cell.is_some() {
                if known.$cell.is_some() && known.$cell != line.$cell {
                    differs(stringify!($cell));
                }
                known.$cell.clone_from(&line.$cell);
            }
        )*};
    }
    macro_rules! list {
        ($($cell:ident),*) => {$(
            if !line.$cell.is_empty() {
                if !known.$cell.is_empty() && known.$cell != line.$cell {
                    differs(stringify!($cell));
                }
                known.$cell.clone_from(&line.$cell);
            }
        )*};
    }
    option!(
        outcome,
        odometer_km,
        elsewhere,
        price_told,
        day,
        minutes,
        do_not_call,
        sms_optout,
        handover_consent,
        again
    );
    list!(usage, symptoms, wishes, confirmed, struck, added);
    if line.called_on.is_some() {
        known.called_on = line.called_on;
    }
    known.at = line.at.clone();
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::CallOutcome;

    fn read(day: &str, line: Answer) -> Read<Answer> {
        let on = Date::parse_iso(day).expect("a test date");
        Read { on, line }
    }

    fn answer(outcome: CallOutcome) -> Answer {
        Answer {
            booking: "2612-A".into(),
            outcome: Some(outcome),
            ..Answer::default()
        }
    }

    #[test]
    fn a_later_line_counts_where_it_says_something_and_a_difference_is_named() {
        let first = Answer {
            odometer_km: Some(80_000.0),
            ..answer(CallOutcome::NotReached)
        };
        let later = answer(CallOutcome::Coming);
        let filled = Filled {
            answers: vec![read("2026-11-28", later), read("2026-11-27", first)],
            ..Filled::default()
        };
        let (folded, findings) = filled.answers();
        let one = &folded["2612-A"];
        assert_eq!(one.outcome, Some(CallOutcome::Coming));
        assert_eq!(one.odometer_km, Some(80_000.0));
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].args["cell"], "outcome");
    }

    #[test]
    fn what_was_said_is_read_back() {
        let filled = Filled {
            answers: vec![read("2026-11-28", answer(CallOutcome::Coming))],
            ..Filled::default()
        };
        let bytes = filled.written().expect("JSON");
        assert_eq!(Filled::read(Some(&bytes)).expect("readable"), filled);
        let broken = Filled::read(Some(b"[")).expect_err("refused");
        assert_eq!(broken.findings[0].code, "M001");
    }
}
