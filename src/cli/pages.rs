//! A plan's documents, for every command that writes a plan folder.

use std::collections::BTreeMap;

use super::Opened;
use super::output::Output;
use crate::documents::{self, ContactLine, DocumentSet, Page};
use crate::findings::Failure;
use crate::place::Outlines;
use crate::plan::files::Contacts;
use crate::plan::model::Plan;
use crate::stage::load_order;

pub(super) fn of(
    plan: &Plan,
    contacts: &Contacts,
    opened: &Opened,
    output: &Output,
) -> Result<Vec<Page>, Failure> {
    let lines = contacts.iter().map(|(vehicle, (contact, phones))| {
        let line = ContactLine {
            contact: contact.clone(),
            phones: phones.clone(),
        };
        (vehicle.clone(), line)
    });
    let contacts: BTreeMap<String, ContactLine> = lines.collect();
    let load = plan.tours.iter().map(|tour| {
        let visits: Vec<String> = plan
            .visits_of(&tour.id)
            .map(|visit| visit.id.clone())
            .collect();
        let order = load_order(&tour.id, &visits, &plan.kit, &plan.part_facts);
        (tour.id.clone(), order)
    });
    documents::render(
        &DocumentSet {
            plan,
            contacts: &contacts,
            load: &load.collect(),
            lang: output.lang(),
            words_told: BTreeMap::new(),
            outlines: Outlines::builtin().counties(),
        },
        &opened.workspace.templates(),
    )
}
