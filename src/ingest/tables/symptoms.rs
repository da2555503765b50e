//! symptoms.csv.

use crate::domain::{Catalogue, Symptom};
use crate::ingest::aliases::SYMPTOMS;
use crate::ingest::desk::{Desk, Need};

use super::{pattern, refer, values};

/// What customers say and what it may mean, in order of words and content.
pub(crate) fn read(desk: &mut Desk<'_>, catalogue: &Catalogue) -> Vec<Symptom> {
    values(desk.rows(&SYMPTOMS, Need::Optional, &mut |record| {
        let key = record.needed_text("words")?;
        let item = record.needed_text("item")?;
        refer(record, "item", catalogue.items.contains_key(&item), "D301");
        let applies_to = pattern(record, catalogue);
        let probability = record.share("probability");
        let probability = record.needed("probability", probability)?;
        let words = record.list("words");
        Some((
            key,
            Symptom {
                words,
                applies_to,
                item,
                probability,
            },
        ))
    }))
}
