//! Everything the rules look at: the tables read back, the problem, and the workspace inputs.
//!
//! Responsible for: reading each file once, faults of the files themselves, looking things up by id.
//! Not responsible for: any rule.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::domain::{Date, Person, ServicePoint, Van};
use crate::findings::{Finding, Spot};

use super::problem::{Problem, Solution};
use super::route::{Laid, lay_out};
use super::tables::{
    self, Call, Customer, Duty, KitRow, PartRow, Reject, Reminder, Sourcing, Tour, Visit,
};
use super::{Inputs, WrittenPlan};

/// A fault at a line of a file (0 = the whole file), about the thing `key` names.
pub(super) fn fault(code: &str, file: &str, line: u32, key: impl ToString) -> Finding {
    let at = Spot {
        file: file.to_owned(),
        line,
        ..Spot::default()
    };
    Finding::new(code).at(at).arg("key", key)
}

/// A fault where one thing was found and another should be there.
pub(super) fn differs(
    code: &str,
    at: (&str, u32),
    key: impl ToString,
    found: impl ToString,
    wanted: impl ToString,
) -> Finding {
    fault(code, at.0, at.1, key)
        .arg("found", found)
        .arg("wanted", wanted)
}

/// A figure as findings show it.
pub(super) fn figure(value: f64) -> String {
    format!("{value:.4}")
}

fn journal(files: &BTreeMap<String, Vec<u8>>) -> Vec<Value> {
    let bytes = files.get("journal.jsonl").map_or(&[][..], Vec::as_slice);
    let lines = String::from_utf8_lossy(bytes);
    let entries = lines.lines().map(serde_json::from_str::<Value>);
    entries.filter_map(Result::ok).collect()
}

/// One plan folder, opened.
pub(super) struct Case<'a> {
    pub(super) inputs: &'a Inputs<'a>,
    pub(super) files: &'a BTreeMap<String, Vec<u8>>,
    pub(super) customers: Vec<Customer>,
    pub(super) tours: Vec<Tour>,
    pub(super) visits: Vec<Visit>,
    pub(super) duties: Vec<Duty>,
    pub(super) calls: Vec<Call>,
    pub(super) reminders: Vec<Reminder>,
    pub(super) parts: Vec<PartRow>,
    pub(super) sourcing: Vec<Sourcing>,
    pub(super) kit: Vec<KitRow>,
    pub(super) rejects: Vec<Reject>,
    pub(super) plan: Value,
    /// What the journal tells, the oldest first; lines that cannot be read are left out.
    pub(super) journal: Vec<Value>,
    pub(super) problem: Option<Problem>,
    pub(super) solution: Option<Solution>,
    /// The tours laid on the calendar anew, beside `tours`; `None` where that cannot be done (V401, V402).
    pub(super) laid: Vec<Option<Laid>>,
    /// What was wrong with the files themselves.
    pub(super) unreadable: Vec<Finding>,
}

impl<'a> Case<'a> {
    pub(super) fn open(written: &'a WrittenPlan, inputs: &'a Inputs<'a>) -> Self {
        let files = &written.files;
        let mut faults = Vec::new();
        let plan: Value = json(files, "plan.json", true, &mut faults).unwrap_or_default();
        let problem = json(files, "problem.json", true, &mut faults);
        let beside = json(files, "solution.json", false, &mut faults);
        let inside = plan.get("solution").and_then(Solution::deserialize_from);
        let mut case = Self {
            inputs,
            files,
            customers: tables::customers(files, &mut faults),
            tours: tables::tours(files, &mut faults),
            visits: tables::visits(files, &mut faults),
            duties: tables::duties(files, &mut faults),
            calls: tables::calls(files, &mut faults),
            reminders: tables::reminders(files, &mut faults),
            parts: tables::parts(files, &mut faults),
            sourcing: tables::sourcing(files, &mut faults),
            kit: tables::kit(files, &mut faults),
            rejects: tables::rejects(files, &mut faults),
            plan,
            journal: journal(files),
            problem,
            solution: beside.or(inside),
            laid: Vec::new(),
            unreadable: faults,
        };
        case.laid = case.tours.iter().map(|tour| lay_out(&case, tour)).collect();
        case
    }

    /// The day the plan was made: what it could still order or call is judged from there.
    pub(super) fn planned_on(&self) -> Date {
        let text = self.plan.get("today").and_then(Value::as_str);
        text.and_then(Date::parse_iso).unwrap_or(self.inputs.today)
    }

    /// Whether the plan itself says this about a tour (`args.tour` of its findings).
    pub(super) fn says(&self, codes: &[&str], tour: &str) -> bool {
        let findings = self.plan.get("findings").and_then(Value::as_array);
        findings.into_iter().flatten().any(|finding| {
            let code = finding
                .get("code")
                .and_then(Value::as_str)
                .unwrap_or_default();
            let about = finding.pointer("/args/tour").and_then(Value::as_str);
            codes.contains(&code) && about == Some(tour)
        })
    }

    /// Tours that could be laid out, with what that gave.
    pub(super) fn laid_tours(&self) -> impl Iterator<Item = (&Tour, &Laid)> {
        self.tours
            .iter()
            .zip(&self.laid)
            .filter_map(|(tour, laid)| Some((tour, laid.as_ref()?)))
    }

    pub(super) fn tour(&self, id: &str) -> Option<&Tour> {
        self.tours.iter().find(|tour| tour.id == id)
    }

    pub(super) fn visit(&self, id: &str) -> Option<&Visit> {
        self.visits.iter().find(|visit| visit.id == id)
    }

    /// A tour's visits in order of their stops.
    pub(super) fn visits_of(&self, tour: &str) -> Vec<&Visit> {
        let mut visits: Vec<&Visit> = self.visits.iter().filter(|v| v.tour == tour).collect();
        visits.sort_by_key(|visit| (visit.stop, visit.line));
        visits
    }

    pub(super) fn point(&self, id: &str) -> Option<&'a ServicePoint> {
        self.inputs.points.iter().find(|point| point.id == id)
    }

    pub(super) fn person(&self, name: &str) -> Option<&'a Person> {
        self.inputs.crew.iter().find(|person| person.name == name)
    }

    pub(super) fn van(&self, id: &str) -> Option<&'a Van> {
        self.inputs.vans.iter().find(|van| van.id == id)
    }

    /// Who is on duty on a day of a tour.
    pub(super) fn on_duty<'b>(
        &'b self,
        tour: &'b str,
        day: Date,
    ) -> impl Iterator<Item = &'b Duty> + 'b {
        self.duties
            .iter()
            .filter(move |duty| duty.tour == tour && duty.date == day)
    }
}

/// A JSON file; V001 where it must be there and is not, V004 where it cannot be read.
fn json<T: serde::de::DeserializeOwned>(
    files: &BTreeMap<String, Vec<u8>>,
    file: &str,
    needed: bool,
    faults: &mut Vec<Finding>,
) -> Option<T> {
    let Some(bytes) = files.get(file) else {
        if needed {
            faults.push(fault("V001", file, 0, file));
        }
        return None;
    };
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match serde_json::from_slice(bytes) {
        Ok(read) => Some(read),
        Err(error) => {
            let line = error.line() as u32;
            faults.push(fault("V004", file, line, file));
            None
        }
    }
}

impl Solution {
    fn deserialize_from(value: &Value) -> Option<Self> {
        <Self as serde::Deserialize>::deserialize(value).ok()
    }
}
