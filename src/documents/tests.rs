//! What the tests of the documents share.

use std::collections::BTreeMap;

use super::{DocumentSet, Found};
use crate::findings::Lang;
use crate::place::Outlines;
use crate::plan::model::Plan;

/// Documents of a plan without contacts, filled sheets and load lists.
pub(super) fn set_of<T>(plan: &Plan, lang: Lang, use_it: impl FnOnce(&DocumentSet<'_>) -> T) -> T {
    use_it(&DocumentSet {
        plan,
        found: Found::of(plan),
        contacts: &BTreeMap::new(),
        load: &BTreeMap::new(),
        lang,
        words_told: BTreeMap::new(),
        outlines: Outlines::builtin().counties(),
    })
}
