//! bom.csv.

use crate::domain::{BomLine, Catalogue};
use crate::ingest::aliases::BOM;
use crate::ingest::desk::{Desk, Need};

use super::{pattern, refer, values};

/// Most pieces one item takes: far beyond any, far below what could exhaust the memory.
const MOST_PIECES: u32 = 1000;

/// Bills of materials, in order of item and content.
pub(crate) fn read(desk: &mut Desk<'_>, catalogue: &Catalogue) -> Vec<BomLine> {
    let lines = desk.rows(&BOM, Need::Required, &mut |record| {
        let item = record.needed_text("item")?;
        refer(record, "item", catalogue.items.contains_key(&item), "D301");
        let part = record.needed_text("part")?;
        refer(record, "part", catalogue.parts.contains_key(&part), "D302");
        let applies_to = pattern(record, catalogue);
        // Half a piece cannot be carried: rounded up.
        let qty = record.count("qty", f64::ceil);
        let qty = record.needed("qty", qty)?;
        // What a kit is searched in grows with the pieces of a job.
        if qty > MOST_PIECES {
            let finding = record.finding("D120", "qty");
            record.tell(finding.arg("limit", MOST_PIECES));
            return None;
        }
        (qty > 0).then(|| {
            (
                item.clone(),
                BomLine {
                    item,
                    applies_to,
                    part,
                    qty,
                },
            )
        })
    });
    let mut lines = values(lines);
    // The same line twice says nothing twice.
    lines.dedup();
    lines
}
