//! items.csv.

use std::collections::BTreeMap;

use crate::domain::{Catalogue, Item};
use crate::ingest::aliases::ITEMS;
use crate::ingest::cells::words;
use crate::ingest::desk::{Desk, Need};

use super::by_key;

/// Repair items by code.
pub(crate) fn read(desk: &mut Desk<'_>, catalogue: &Catalogue) -> BTreeMap<String, Item> {
    by_key(desk.unique_rows(&ITEMS, Need::Required, &mut |record| {
        let id = record.needed_text("item")?;
        let name = record.needed_text("name")?;
        let hours = record.amount("hours");
        let hours = record.needed("hours", hours)?;
        let tools: Vec<String> = record.list("tools");
        for tool in &tools {
            if !catalogue.tools.is_empty() && !catalogue.tools.contains_key(tool) {
                record.tell(record.finding("D308", "tools").value(tool.clone()));
            }
        }
        let item = Item {
            name,
            name_en: record.text("name_en"),
            hours,
            skills: record.list("skill").into_iter().collect(),
            // What nobody restricted to the workshop can be done on tour.
            on_site: record.yes_no("on_site").unwrap_or(true),
            needs_lift: record.yes_no("needs_lift").unwrap_or(false),
            tools: tools.into_iter().collect(),
            labour_price: record.yuan("labour_price").unwrap_or_default(),
            margin: record.number("margin").unwrap_or_default(),
            priority: record
                .word(
                    "priority",
                    words::priority,
                    "safety, warranty, wear, comfort",
                )
                .unwrap_or_default(),
            id: id.clone(),
        };
        Some((id, item))
    }))
}
