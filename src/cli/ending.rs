//! How tours ended, computed anew from all sheets read in: for `close`, and for whatever plans the month again.

use std::collections::{BTreeMap, BTreeSet};

use super::Opened;
use crate::documents::Messages;
use crate::domain::Month;
use crate::findings::{Finding, Lang};
use crate::ingest::Tables;
use crate::month::Filled;
use crate::month::closing::{
    CODES, Ground, KPIS, OUTCOMES, Roads, close, figures_before, kpis_table, outcomes_table,
    unasked,
};
use crate::plan::files::{ContactLine, Contacts};
use crate::plan::model::Plan;

/// Puts the closings, the month's figures and what they have to say into the plan; returns the findings.
/// Tours in `closing` are closed today, those closed before stay closed on their day. `folder` holds
/// problem.json and customers.csv.
pub(super) fn end_tours(
    plan: &mut Plan,
    folder: &BTreeMap<String, Vec<u8>>,
    opened: &Opened,
    tables: &Tables,
    filled: &Filled,
    closing: &BTreeSet<String>,
) -> Vec<Finding> {
    let bytes = |name: &str| folder.get(name).map_or(&[][..], Vec::as_slice);
    let roads = Roads::read(plan, bytes("problem.json"), bytes("customers.csv"));
    let last_month = Month::of(opened.month.first().plus_days(-1));
    let before = std::fs::read(opened.workspace.plan_folder(last_month).join(KPIS));
    let before = figures_before(&before.unwrap_or_default());
    let ground = Ground {
        plan,
        catalogue: &tables.catalogue,
        supply: &tables.supply,
        calendar: &tables.calendar,
        points: &tables.points,
        crew: &tables.crew,
        refuses: &|vehicle| {
            tables
                .by_id_or_plate(vehicle)
                .is_some_and(|one| one.do_not_call)
        },
        roads: &roads,
        today: opened.today,
    };
    let closed = close(&ground, filled, closing, &before);
    let mut said = closed.findings;
    said.extend(unasked(&closed.closings, filled));
    plan.closings = closed.closings;
    plan.month_closing = (!plan.closings.is_empty()).then_some(closed.month);
    plan.findings
        .retain(|finding| !CODES.contains(&finding.code.as_str()));
    plan.findings.extend(said.iter().cloned());
    said
}

/// Adds the contacts of those who came without a booking and are to be called afterwards, where the population knows
/// them: nobody else's, and of nobody who asked not to be called.
pub(super) fn know_walk_ins(contacts: &mut Contacts, plan: &Plan, tables: &Tables) {
    for call in plan.closings.iter().flat_map(|one| &one.follow_ups) {
        if contacts.contains_key(&call.vehicle) {
            continue;
        }
        let known = tables.by_id_or_plate(&call.vehicle);
        let Some(known) = known.filter(|one| !one.do_not_call && !one.phones.is_empty()) else {
            continue;
        };
        let name = if known.contact.is_empty() {
            &known.customer
        } else {
            &known.contact
        };
        let phones = known.phones.iter().map(ToString::to_string);
        let line = ContactLine {
            contact: name.to_string(),
            phones: phones.collect(),
        };
        contacts.insert(call.vehicle.clone(), line);
    }
}

/// outcomes.csv and kpis.csv; none before anything was read in.
pub(super) fn tables_of_ends(plan: &Plan, lang: Lang) -> BTreeMap<String, Vec<u8>> {
    let words = Messages::new(lang);
    if plan.month_closing.is_none() {
        return BTreeMap::new();
    }
    BTreeMap::from([
        (OUTCOMES.to_owned(), outcomes_table(plan)),
        (KPIS.to_owned(), kpis_table(plan, &|key| words.get(key))),
    ])
}
