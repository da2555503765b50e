//! learned.csv: accepted values, laid over the catalogue and the rates of every later reading.
//!
//! A value stands until its line, or the file, is taken away.

use super::rates::symptom_key;
use super::wear;
use crate::domain::settings::PredictSettings;
use crate::domain::{Catalogue, Date, RuleKind, Usage};
use crate::findings::Finding;
use crate::ingest::LearnedRow;
use crate::plan::files::Table;

/// Its place in the workspace.
pub const LEARNED: &str = "learned.csv";

/// One value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LearnedLine {
    /// `wear`, `usage`, `rate` or `symptom`.
    pub what: String,
    /// Which rule, class, rate or symptom.
    pub key: String,
    /// Which of its numbers.
    pub parameter: String,
    /// The value.
    pub value: f64,
    /// When it was accepted.
    pub date: Option<Date>,
    /// By whom.
    pub by: String,
    /// What it was learnt from.
    pub evidence: String,
}

/// All accepted values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Learned {
    /// In order of what, key and parameter.
    pub lines: Vec<LearnedLine>,
    /// Lines that cannot be used.
    findings: Vec<Finding>,
}

impl Learned {
    /// Of the rows of the file; a row with a value that cannot be is said and left out.
    pub fn of(rows: Vec<LearnedRow>, findings: Vec<Finding>) -> Self {
        let mut learned = Self {
            lines: Vec::new(),
            findings,
        };
        for row in rows {
            let name = format!("{} {} {}", row.what, row.key, row.parameter);
            let value = row
                .value
                .filter(|value| can_be(&row.what, &row.parameter, *value));
            if let Some(value) = value {
                learned.lines.push(LearnedLine {
                    what: row.what,
                    key: row.key,
                    parameter: row.parameter,
                    value,
                    date: row.date,
                    by: row.by,
                    evidence: row.evidence,
                });
            } else {
                let mut finding = Finding::new("M156").in_file(LEARNED).value(name);
                finding.at.line = row.line;
                learned.findings.push(finding);
            }
        }
        learned.sort();
        learned
    }

    fn sort(&mut self) {
        self.lines
            .sort_by(|a, b| (&a.what, &a.key, &a.parameter).cmp(&(&b.what, &b.key, &b.parameter)));
    }

    /// Takes new values in, in place of older ones of the same name.
    pub fn take(&mut self, new: Vec<LearnedLine>) {
        let same = |a: &LearnedLine, b: &LearnedLine| {
            (&a.what, &a.key, &a.parameter) == (&b.what, &b.key, &b.parameter)
        };
        self.lines
            .retain(|old| !new.iter().any(|one| same(old, one)));
        self.lines.extend(new);
        self.sort();
    }

    /// The file.
    pub fn table(&self) -> Vec<u8> {
        let columns = [
            "what",
            "key",
            "parameter",
            "value",
            "date",
            "by",
            "evidence",
        ];
        let mut table = Table::new(&columns);
        for line in &self.lines {
            table.row(&[
                line.what.clone(),
                line.key.clone(),
                line.parameter.clone(),
                line.value.to_string(),
                line.date.map_or_else(String::new, |date| date.to_string()),
                line.by.clone(),
                line.evidence.clone(),
            ]);
        }
        table.finish()
    }

    /// Lays the rates over the settings.
    pub fn lay_over_rates(&self, rates: &mut PredictSettings) {
        for line in self.lines.iter().filter(|line| line.what == "rate") {
            if let Some(rate) = rate_of(rates, &line.key) {
                *rate = line.value;
            }
        }
    }

    /// Lays everything else over the catalogue; returns what is in force and which lines reach nothing.
    pub fn lay_over(&self, catalogue: &mut Catalogue) -> Vec<Finding> {
        let mut findings = self.findings.clone();
        for line in &self.lines {
            let found = match line.what.as_str() {
                "wear" => over_rules(catalogue, line),
                "usage" => over_use(catalogue, line),
                "symptom" => over_symptoms(catalogue, line),
                _ => rate_of(&mut PredictSettings::default(), &line.key).is_some(),
            };
            let code = if found { "M157" } else { "M155" };
            let name = format!("{} {} {}", line.what, line.key, line.parameter);
            let finding = Finding::new(code).in_file(LEARNED).value(name);
            let date = line.date.map_or_else(String::new, |date| date.to_string());
            let finding = finding.arg("to", line.value).arg("by", &line.by);
            findings.push(finding.arg("date", date));
        }
        findings
    }
}

fn over_rules(catalogue: &mut Catalogue, line: &LearnedLine) -> bool {
    let mut found = false;
    let rules = catalogue.rules.iter_mut();
    for rule in rules.filter(|rule| rule.kind == RuleKind::Wear && wear::key(rule) == line.key) {
        match line.parameter.as_str() {
            "shape" => rule.shape = Some(line.value),
            _ => rule.scale_km = Some(line.value),
        }
        found = true;
    }
    found
}

fn over_use(catalogue: &mut Catalogue, line: &LearnedLine) -> bool {
    let Some((model, usage)) = line.key.rsplit_once('@') else {
        return false;
    };
    let usage = Usage::ALL.into_iter().find(|one| one.key() == usage);
    match (catalogue.models.get_mut(model), usage) {
        (Some(model), Some(usage)) => {
            model.km_by_use.insert(usage, line.value);
            true
        }
        _ => false,
    }
}

fn over_symptoms(catalogue: &mut Catalogue, line: &LearnedLine) -> bool {
    let mut found = false;
    let symptoms = catalogue.symptoms.iter_mut();
    for symptom in symptoms.filter(|symptom| symptom_key(symptom) == line.key) {
        symptom.probability = line.value;
        found = true;
    }
    found
}

fn rate_of<'r>(rates: &'r mut PredictSettings, key: &str) -> Option<&'r mut f64> {
    Some(match key {
        "show_up_person" => &mut rates.show_up_person,
        "show_up_firm" => &mut rates.show_up_firm,
        "show_up_booked" => &mut rates.show_up_booked,
        "show_up_undecided" => &mut rates.show_up_undecided,
        "show_up_not_reached" => &mut rates.show_up_not_reached,
        "acceptance" => &mut rates.acceptance,
        _ => return None,
    })
}

/// Whether a number can be what it says it is.
fn can_be(what: &str, parameter: &str, value: f64) -> bool {
    match (what, parameter) {
        ("wear", "shape") => value > 0.0 && value <= 50.0,
        ("wear", "scale_km") => value > 0.0 && value <= 1e7,
        ("usage", "km_per_day") => value > 0.0 && value <= 1_500.0,
        ("rate", _) | ("symptom", "probability") => (0.0..=1.0).contains(&value),
        _ => false,
    }
}
