//! suppliers.csv.

use crate::domain::{SupplierKind, SupplierMode, Weekday};
use crate::ingest::aliases::SUPPLIERS;
use crate::ingest::cells::words;
use crate::ingest::desk::{Desk, Need};

use super::values;

/// Suppliers, in order of name and mode.
pub(crate) fn read(desk: &mut Desk<'_>) -> Vec<SupplierMode> {
    values(desk.unique_rows(&SUPPLIERS, Need::Wanted, &mut |record| {
        let supplier = record.needed_text("supplier")?;
        let mode = record.word("mode", words::transport_mode, "road, express, air");
        let mode = record.needed("mode", mode)?;
        let lead_workdays = record.count("lead_workdays", f64::ceil);
        let line = SupplierMode {
            kind: record
                .word("kind", words::supplier_kind, "maker, peer")
                .unwrap_or(SupplierKind::Maker),
            mode,
            lead_workdays: record.needed("lead_workdays", lead_workdays)?,
            cost_fixed: record.amount("cost_fixed").unwrap_or_default(),
            cost_per_kg: record.amount("cost_per_kg").unwrap_or_default(),
            cutoff_weekday: record.word(
                "cutoff_weekday",
                Weekday::parse,
                "mon … sun (周一 … 周日)",
            ),
            supplier: supplier.clone(),
        };
        Some((format!("{supplier} / {}", mode.key()), line))
    }))
}
