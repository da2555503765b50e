//! A plan's documents, for every command that writes a plan folder.

use std::collections::BTreeMap;

use crate::documents::{self, DocumentSet, Found, Page, WordsTold};
use crate::findings::{Failure, Lang};
use crate::month::Filled;
use crate::place::Outlines;
use crate::plan::files::Contacts;
use crate::plan::model::Plan;
use crate::stage::load_order;

/// Every page; `templates` are the workspace's own.
pub(super) fn of(
    plan: &Plan,
    contacts: &Contacts,
    filled: &Filled,
    templates: &BTreeMap<String, String>,
    lang: Lang,
) -> Result<Vec<Page>, Failure> {
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
            found: Found::of(plan),
            contacts,
            load: &load.collect(),
            lang,
            words_told: words_told(filled),
            outlines: Outlines::builtin().counties(),
        },
        templates,
    )
}

/// What customers said in their own words, by booking: for the foreman.
fn words_told(filled: &Filled) -> BTreeMap<String, WordsTold> {
    let words = filled.answers().0.into_iter().map(|(booking, answer)| {
        let told = WordsTold {
            usage: answer.usage,
            symptoms: answer.symptoms,
            wishes: answer.wishes,
        };
        (booking, told)
    });
    words
        .filter(|(_, told)| *told != WordsTold::default())
        .collect()
}
