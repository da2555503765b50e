//! learn/proposal.csv: what is proposed, and what a person accepted of it.

use super::Lesson;
use super::learned::LearnedLine;
use crate::domain::Date;
use crate::findings::{Failure, FailureKind, Finding};
use crate::ingest::Mark;
use crate::plan::files::Table;

/// Its place in the workspace.
pub const PROPOSAL: &str = "learn/proposal.csv";

/// One value proposed, or the reason why there is none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// `wear`, `usage`, `rate` or `symptom`.
    pub what: String,
    /// Which rule, class, rate or symptom.
    pub key: String,
    /// Which of its numbers.
    pub parameter: String,
    /// What is believed now.
    pub before: Option<f64>,
    /// What is proposed; `None` = nothing, see `reason`.
    pub after: Option<f64>,
    /// Standard error.
    pub se: Option<f64>,
    /// 95 % interval.
    pub interval: Option<[f64; 2]>,
    /// Lives, vehicles or chances.
    pub n: usize,
    /// Failures, or how often it happened.
    pub events: usize,
    /// What is compared on vehicles held out; lower is better.
    pub score: &'static str,
    /// Of what is believed now.
    pub score_before: Option<f64>,
    /// Of what the other vehicles alone would propose.
    pub score_after: Option<f64>,
    /// Why nothing is proposed: a key of the report's words; empty = something is.
    pub reason: String,
}

/// The table, `accept` empty.
pub fn table(lesson: &Lesson) -> Vec<u8> {
    let mut table = Table::new(&[
        "what",
        "key",
        "parameter",
        "before",
        "after",
        "se",
        "low_95",
        "high_95",
        "n",
        "events",
        "score",
        "score_before",
        "score_after",
        "accept",
        "reason",
        "evidence",
    ]);
    for line in &lesson.lines {
        let number = |x: Option<f64>| x.map_or_else(String::new, |x| x.to_string());
        let short = |x: Option<f64>| x.map_or_else(String::new, |x| short(x).to_string());
        table.row(&[
            line.what.clone(),
            line.key.clone(),
            line.parameter.clone(),
            number(line.before),
            number(line.after),
            short(line.se),
            short(line.interval.map(|interval| interval[0])),
            short(line.interval.map(|interval| interval[1])),
            line.n.to_string(),
            line.events.to_string(),
            line.score.to_owned(),
            short(line.score_before),
            short(line.score_after),
            String::new(),
            line.reason.clone(),
            lesson.fingerprint.clone(),
        ]);
    }
    table.finish()
}

/// Five digits are more than any of these figures deserves.
fn short(x: f64) -> f64 {
    if x == 0.0 || !x.is_finite() {
        return 0.0;
    }
    let size = libm::pow(10.0, 4.0 - libm::floor(libm::log10(x.abs())));
    (x * size).round() / size
}

/// The lines marked yes, each exactly as it is proposed from today's data.
///
/// # Errors
/// Status 3 where the table was made from other data, a line marked yes is not among what is proposed or its value
/// was changed, only one of a wear law's two numbers is accepted, or nothing is marked.
pub fn accepted(
    lesson: &Lesson,
    marks: &[Mark],
    today: Date,
    by: &str,
) -> Result<Vec<LearnedLine>, Failure> {
    if marks.iter().any(|mark| mark.evidence != lesson.fingerprint) {
        return Err(Failure::input(Finding::new("M151")));
    }
    let yes: Vec<&Mark> = marks.iter().filter(|mark| mark.accept).collect();
    if yes.is_empty() {
        return Err(Failure::input(Finding::new("M154")));
    }
    let mut findings = Vec::new();
    let mut taken = Vec::new();
    for mark in &yes {
        let name = format!("{} {} {}", mark.what, mark.key, mark.parameter);
        let same = |line: &&Line| {
            (&line.what, &line.key, &line.parameter) == (&mark.what, &mark.key, &mark.parameter)
        };
        let proposed = lesson.lines.iter().find(same);
        match proposed.and_then(|line| Some((line, line.after?))) {
            Some((line, value)) if mark.after == Some(value) => taken.push(LearnedLine {
                what: mark.what.clone(),
                key: mark.key.clone(),
                parameter: mark.parameter.clone(),
                value,
                date: Some(today),
                by: by.to_owned(),
                evidence: format!("{} n={} events={}", lesson.fingerprint, line.n, line.events),
            }),
            _ => {
                let finding = Finding::new("M152").value(name);
                findings.push(finding.arg("line", mark.line));
            }
        }
        let other = |one: &&&Mark| one.key == mark.key && one.what == "wear";
        if mark.what == "wear" && yes.iter().filter(other).count() != 2 {
            findings.push(Finding::new("M153").value(&mark.key));
        }
    }
    if findings.is_empty() {
        Ok(taken)
    } else {
        Err(Failure {
            kind: FailureKind::Input,
            findings,
        })
    }
}
