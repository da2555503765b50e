//! Everything noticed and repaired while reading.
//!
//! Responsible for: keeping findings and repairs in reading order, and a bound on how many of one
//! kind are kept: a million rows with the same fault must not fill the memory twice over.
//! Not responsible for: what is noticed (`record`) and printing (`findings`).

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::findings::Finding;

/// Findings of one code kept of one file; the others are counted.
pub(crate) const KEPT_PER_CODE: usize = 20_000;

/// One value changed on the way in.
#[derive(Clone, PartialEq, Eq)]
pub struct Repair {
    /// File inside the workspace.
    pub file: Arc<str>,
    /// Sheet of a workbook, else empty.
    pub sheet: Arc<str>,
    /// Physical line, 1-based.
    pub line: u32,
    /// Spreadsheet letter and header, e.g. `F 手机号码`.
    pub column: Arc<str>,
    /// As written. May be personal.
    pub from: String,
    /// As used. May be personal.
    pub to: String,
    /// What was done.
    pub rule: &'static str,
}

impl std::fmt::Debug for Repair {
    /// Without the values: they may be a customer's.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Repair({}:{} {} {})",
            self.file, self.line, self.column, self.rule
        )
    }
}

/// What was noticed while reading.
#[derive(Default)]
pub(crate) struct Log {
    pub(crate) findings: Vec<Finding>,
    pub(crate) repairs: Vec<Repair>,
    /// Findings of each code so far, kept or not.
    told: BTreeMap<String, usize>,
}

impl Log {
    /// Keeps a finding, or counts it where there are enough of its kind.
    pub(crate) fn tell(&mut self, finding: Finding) {
        let count = match self.told.get_mut(&finding.code) {
            Some(count) => count,
            None => self.told.entry(finding.code.clone()).or_default(),
        };
        *count += 1;
        if *count <= KEPT_PER_CODE {
            self.findings.push(finding);
        }
    }

    /// Appends what was noticed in a later part of the same file.
    pub(crate) fn join(&mut self, later: Self) {
        let kept: BTreeMap<String, usize> = later
            .told
            .iter()
            .map(|(code, count)| (code.clone(), (*count).min(KEPT_PER_CODE)))
            .collect();
        for finding in later.findings {
            self.tell(finding);
        }
        for (code, count) in later.told {
            let uncounted = count - kept.get(&code).copied().unwrap_or_default();
            *self.told.entry(code).or_default() += uncounted;
        }
        self.repairs.extend(later.repairs);
    }

    /// Appends what was noticed in another file, saying what was counted only.
    pub(crate) fn close_file(&mut self, file: &str, of_file: Self) {
        for (code, count) in &of_file.told {
            if *count > KEPT_PER_CODE {
                let finding = Finding::new("D019").in_file(file).arg("code", code);
                self.findings
                    .push(finding.arg("count", count - KEPT_PER_CODE));
            }
        }
        self.findings.extend(of_file.findings);
        self.repairs.extend(of_file.repairs);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(findings: usize) -> Log {
        let mut log = Log::default();
        for line in 0..findings {
            let mut finding = Finding::new("D111");
            finding.at.line = u32::try_from(line).unwrap_or_default();
            log.tell(finding);
        }
        log
    }

    #[test]
    fn the_first_are_kept_and_the_rest_is_counted_in_one_piece_or_in_parts() {
        let mut whole = Log::default();
        whole.close_file("a.csv", log(KEPT_PER_CODE + 7));
        let mut parts = log(KEPT_PER_CODE - 1);
        parts.join(log(1));
        parts.join(log(7));
        let mut joined = Log::default();
        joined.close_file("a.csv", parts);
        for log in [whole, joined] {
            assert_eq!(log.findings.len(), KEPT_PER_CODE + 1);
            assert_eq!(log.findings[0].code, "D019");
            assert_eq!(log.findings[0].args["count"], "7");
        }
        let mut parts = Log::default();
        parts.join(log(KEPT_PER_CODE + 3));
        parts.join(log(KEPT_PER_CODE + 4));
        let mut joined = Log::default();
        joined.close_file("a.csv", parts);
        assert_eq!(
            joined.findings[0].args["count"],
            (KEPT_PER_CODE + 7).to_string()
        );
    }
}
