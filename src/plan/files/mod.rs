//! The plan as files: every table of the plan folder, byte for byte the same for the same plan.
//!
//! Responsible for: columns, order and number formats of the CSV tables, plan.json, problem.json and
//! solution.json. Not responsible for: pages, workbooks and the calendar (`documents`), the disk (`workspace`).

mod changes;
mod customers;
mod goods;
mod lines;
mod table;
mod tables;

use std::collections::BTreeMap;

use super::pipeline::Outcome;
use crate::findings::{Failure, Finding, Lang};
use crate::ingest::Ingested;
use crate::solve::territory::Problem;

pub use customers::CustomerTable;
pub use goods::goods_tables;
pub(in crate::plan) use lines::{entries, without_breaks};
pub use table::{Table, harmless};

/// Whom to dial, by vehicle.
pub type Contacts = BTreeMap<String, ContactLine>;

/// Whom to dial for a vehicle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactLine {
    /// Name to ask for.
    pub contact: String,
    /// Numbers, in order.
    pub phones: Vec<String>,
}

/// Relative path → bytes of everything but the documents and what is written as it is made: customers.csv and plan.json.
///
/// # Errors
/// Status 1 where something cannot be written as JSON.
pub fn written(
    outcome: &Outcome,
    ingested: &Ingested,
    lang: Lang,
) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
    let mut files = BTreeMap::new();
    let mut add = |path: &str, bytes: Vec<u8>| files.insert(path.to_owned(), bytes);
    add("problem.json", json("problem.json", &outcome.problem)?);
    add("solution.json", json("solution.json", &outcome.solution)?);
    add("rejects.csv", tables::rejects(&ingested.fates, lang));
    add("repairs.csv", tables::repairs(&ingested.repairs));
    add("tours.csv", tables::tours(&outcome.plan));
    add("visits.csv", tables::visits(&outcome.plan));
    add("kit.csv", tables::kit(&outcome.plan));
    add("crew.csv", tables::crew(&outcome.plan));
    add("tools.csv", tables::tools(&outcome.plan));
    add("calls.csv", tables::calls(&outcome.plan));
    if !outcome.plan.reminders.is_empty() {
        add("reminders.csv", tables::reminders(&outcome.plan));
    }
    if !outcome.plan.changes.is_empty() {
        add("changes.csv", changes::changes(&outcome.plan));
    }
    add("private/contacts.csv", tables::contacts(&outcome.contacts));
    files.extend(goods_tables(&outcome.plan));
    Ok(files)
}

/// problem.json and customers.csv alone: the roads and places other stages look up.
///
/// # Errors
/// Status 1 where the problem cannot be written as JSON.
pub fn road_files(
    problem: &Problem,
    customers: &[u8],
) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
    Ok(BTreeMap::from([
        ("problem.json".to_owned(), json("problem.json", problem)?),
        ("customers.csv".to_owned(), customers.to_vec()),
    ]))
}

/// plan.json: a line for every vehicle, call, part and whatever else there are many of.
///
/// # Errors
/// Status 1 where the plan cannot be written as JSON.
pub fn plan_json(plan: &super::model::Plan) -> Result<Vec<u8>, Failure> {
    lines::json(plan).map_err(|error| unwritable("plan.json", &error))
}

/// private/contacts.csv read back.
///
/// # Errors
/// Status 3 where a line is not one of the table.
pub fn read_contacts(bytes: &[u8]) -> Result<Contacts, Failure> {
    tables::read_contacts(bytes)
}

/// private/contacts.csv.
pub fn contacts_table(contacts: &Contacts) -> Vec<u8> {
    tables::contacts(contacts)
}

/// The month's parts list and sourcing again, for `tourplan parts`.
pub fn parts_tables(plan: &super::model::Plan) -> (Vec<u8>, Vec<u8>) {
    (tables::parts(plan), tables::sourcing(&plan.sourcing))
}

/// plan.json part by part, without a second look at its vehicles: `vehicles` are theirs, as
/// [`fingerprint_and_vehicles`](super::pipeline::fingerprint_and_vehicles) wrote them.
///
/// # Errors
/// Status 1 where the plan cannot be written as JSON.
pub fn plan_json_parts(
    plan: &mut super::model::Plan,
    mut vehicles: Vec<Vec<u8>>,
) -> Result<Vec<Vec<u8>>, Failure> {
    let theirs = std::mem::take(&mut plan.vehicles);
    let around = lines::around(plan, "vehicles");
    plan.vehicles = theirs;
    let (before, behind) = around.map_err(|error| unwritable("plan.json", &error))?;
    if let Some((last, others)) = vehicles.split_last_mut() {
        for piece in others {
            piece.push(b',');
        }
        last.extend_from_slice(lines::LIST_END);
    }
    let mut parts = vec![before];
    parts.append(&mut vehicles);
    parts.push(behind);
    Ok(parts)
}

fn json<T: serde::Serialize>(name: &str, value: &T) -> Result<Vec<u8>, Failure> {
    let mut bytes = serde_json::to_vec_pretty(value).map_err(|error| unwritable(name, &error))?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn unwritable(name: &str, error: &serde_json::Error) -> Failure {
    Failure::running(Finding::new("C003").in_file(name).arg("message", error))
}
