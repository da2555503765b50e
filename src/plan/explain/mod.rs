//! Why: a vehicle, part, person, point, visit, tour, item or day of the published plan, in figures.
//!
//! Responsible for: which thing a key means, the figures behind it, and saying them: the answer first, then few aligned
//! lines. Every figure is read from the plan folder, or computed again by the functions that made it; where the
//! workspace's tables have changed since, that is said. No phone and no customer's full name is ever shown.
//! Not responsible for: reading the disk and printing (`cli`), deciding anything.
//!
//! Each kind of thing has a file that gathers its facts (they are the JSON) and says them (the text), so that both
//! hold the same figures.

mod customers;
mod day;
mod desk;
mod item;
mod key;
mod page;
mod part;
mod people;
mod person;
mod point;
mod point_words;
mod roads;
mod sources;
#[cfg(test)]
mod tests;
mod tour;
mod vehicle;
mod vehicle_words;
mod visit;
mod waiting;
mod ways;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::domain::Month;
use crate::findings::{Failure, Finding, Lang};
use crate::ingest::Ingested;
use crate::place::Matcher;
use crate::plan::model::{CustomerRow, Plan};
use crate::solve::territory::{Problem, Solution};
use desk::Desk;
pub use key::Unclear;
use key::{Kind, Named};

/// An answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// What kind of thing the key means: `vehicle`, `part`, `person`, `point`, `visit`, `tour`, `item`, `day`.
    pub kind: &'static str,
    /// Its id.
    pub id: String,
    /// The figures.
    pub facts: Value,
    /// The same in words.
    pub text: String,
}

/// What an explanation is drawn from.
pub struct Ground<'a> {
    plan: &'a Plan,
    month: Month,
    ingested: &'a Ingested,
    places: &'a Matcher<'a>,
    problem: Problem,
    solution: Solution,
    customers: Vec<CustomerRow<'static>>,
    /// Tables that are not as they were when the plan was made.
    changed: Vec<String>,
}

impl<'a> Ground<'a> {
    /// Opens a month's folder beside the workspace's tables.
    ///
    /// # Errors
    /// Status 3 where problem.json, solution.json or customers.csv cannot be read.
    pub fn open(
        folder: &BTreeMap<String, Vec<u8>>,
        (plan, month): (&'a Plan, Month),
        ingested: &'a Ingested,
        places: &'a Matcher<'a>,
    ) -> Result<Self, Failure> {
        let bytes = |name: &str| folder.get(name).map_or(&[][..], Vec::as_slice);
        let refused = |message: String| {
            let finding = Finding::new("C010").arg("month", month);
            Failure::input(finding.arg("message", message))
        };
        let json = |name: &str, error: serde_json::Error| refused(format!("{name}: {error}"));
        let problem = serde_json::from_slice(bytes("problem.json"));
        let solution = serde_json::from_slice(bytes("solution.json"));
        Ok(Self {
            problem: problem.map_err(|error| json("problem.json", error))?,
            solution: solution.map_err(|error| json("solution.json", error))?,
            customers: customers::read(bytes("customers.csv"))
                .map_err(|message| refused(format!("customers.csv: {message}")))?,
            changed: changed(plan, ingested),
            plan,
            month,
            ingested,
            places,
        })
    }

    /// The tours as the engine sees them, priced.
    fn desk(&self) -> Result<Desk<'_>, Failure> {
        Desk::open(&self.problem, &self.solution, self.plan)
    }

    /// A customer's row.
    fn customer(&self, vehicle: &str) -> Option<&CustomerRow<'static>> {
        self.customers.iter().find(|row| row.vehicle == vehicle)
    }

    /// An item's name.
    fn item(&self, code: &str, lang: Lang) -> String {
        self.plan.items.get(code).map_or_else(
            || code.to_owned(),
            |facts| match lang {
                Lang::En if !facts.name_en.is_empty() => facts.name_en.clone(),
                _ => facts.name.clone(),
            },
        )
    }

    /// A point's name.
    fn point_name<'s>(&'s self, id: &'s str) -> &'s str {
        let point = self.plan.point(id);
        point.map_or(id, |point| point.name.as_str())
    }
}

/// Explains what the key means.
///
/// # Errors
/// [`Why::Unclear`] where the key means nothing or several things; [`Why::Failed`] where the plan cannot be reckoned again.
pub fn explain(ground: &Ground<'_>, key: &str, lang: Lang) -> Result<Explanation, Why> {
    let Named { kind, id } = key::find(ground, key).map_err(Why::Unclear)?;
    let said = match kind {
        Kind::Vehicle => vehicle::explain(ground, &id, lang),
        Kind::Part => Ok(part::explain(ground, &id, lang)),
        Kind::Person => Ok(person::explain(ground, &id, lang)),
        Kind::Point => point::explain(ground, &id, lang),
        Kind::Visit => visit::explain(ground, &id, lang),
        Kind::Tour => tour::explain(ground, &id, lang),
        Kind::Item => Ok(item::explain(ground, &id, lang)),
        Kind::Day => Ok(day::explain(ground, &id, lang)),
    };
    let (mut facts, mut page) = said.map_err(Why::Failed)?;
    if let (Value::Object(facts), false) = (&mut facts, ground.changed.is_empty()) {
        facts.insert("tables_changed".into(), ground.changed.clone().into());
        let files = ground.changed.join(", ");
        page.blank();
        page.say(page::words!(
            lang,
            "Note: changed since the plan was made: {files}. What is computed again from them may differ from the plan.",
            "提示：计划编制后以下文件有改动：{files}。据此重新计算的数字可能与计划不同。"
        ));
    }
    Ok(Explanation {
        kind: kind.key(),
        id,
        facts,
        text: page.finish(),
    })
}

/// Why there is no explanation.
#[derive(Debug)]
pub enum Why {
    /// The key means nothing, or several things.
    Unclear(Unclear),
    /// The plan folder cannot be reckoned with.
    Failed(Failure),
}

/// A kind's facts as JSON, and the page that says them.
type Told = (Value, page::Page);
/// The same, where the tours must be reckoned again.
type Said = Result<Told, Failure>;

/// Facts as JSON.
fn value(facts: &impl serde::Serialize) -> Value {
    serde_json::to_value(facts).unwrap_or_default()
}

/// Files whose hash is not the plan's any more; those the plan did not know count too.
fn changed(plan: &Plan, ingested: &Ingested) -> Vec<String> {
    let known: BTreeMap<&str, &str> = plan
        .inputs
        .iter()
        .map(|input| (input.file.as_str(), input.sha256.as_str()))
        .collect();
    let now = ingested.files.iter();
    let mut files: Vec<String> = now
        .filter(|(file, hash)| known.get(file.as_str()) != Some(&hash.as_str()))
        .map(|(file, _)| file.clone())
        .collect();
    files.extend(
        known
            .keys()
            .filter(|file| !ingested.files.iter().any(|(now, _)| now == *file))
            .map(|file| (*file).to_owned()),
    );
    files
}
