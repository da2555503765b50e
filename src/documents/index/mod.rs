//! index.html: the month to look at and decide by.
//!
//! Responsible for: what the page shows, in reading order: the month at a glance, map and tours, calendar, search,
//! other sizes, parts at risk, findings, links to every sheet. Self-contained: it opens from a USB stick.
//! Not responsible for: the drawings themselves (`map`, `outlook_view`), styles and script (templates).
//!
//! The page is handed around, so that names of persons are masked and no customer's number stands on it.

mod findings;
mod gantt;
mod glance;
mod links;
mod risks;
mod search;
mod tours;

use serde_json::{Value, json};

use super::numbers::whole;
use super::{DocumentSet, Messages, Page, map, notices, outlook_view};

/// What takes long on the page and needs no other document.
pub(super) struct Drawn {
    map: map::Map,
    search: Value,
}

impl Drawn {
    pub(super) fn of(set: &DocumentSet<'_>, words: &Messages) -> Self {
        Self {
            map: map::month(set, words),
            search: search::view(set, words),
        }
    }
}

/// What the page shows; `pages` are the month's other documents, to link to.
pub(super) fn view(
    set: &DocumentSet<'_>,
    words: &Messages,
    pages: &[Page],
    Drawn { map, search }: Drawn,
) -> Value {
    let plan = set.plan;
    let figures = &plan.figures;
    let files = links::Files::of(set, words, pages);
    json!({
        "title": words.get("doc_index"),
        "glance": glance::tiles(set, words),
        "map": map.svg,
        "map_unseen": (map.unseen > 0).then(|| whole(map.unseen)),
        "no_demand": plan.demand.is_empty(),
        "tours": tours::rows(set, words, &files),
        "changes": notices::change_links(set),
        "resting": tours::resting(set, words),
        "gantt": gantt::view(set, words),
        "search": search,
        "outlook": outlook_view::outlook(&plan.outlook, words, set.lang),
        "risks": risks::view(set, words),
        "findings": findings::groups(set),
        "documents": files.month(words),
        "deferred_reasons": figures.deferred_by_reason.iter().map(|(why, count)| json!({
            "what": words.get(&format!("why_{why}")), "count": whole(*count) })).collect::<Vec<_>>(),
        "missing": figures.missing.iter().map(|(what, count)| json!({
            "what": words.get(&format!("missing_{what}")), "count": whole(*count) })).collect::<Vec<_>>(),
        "rows": {
            "rows": whole(plan.rows.rows), "accepted": whole(plan.rows.accepted), "merged": whole(plan.rows.merged),
            "rejected": whole(plan.rows.rejected), "ignored": whole(plan.rows.ignored),
        },
        "travel": plan.travel,
    })
}

#[cfg(test)]
mod tests;
