//! parts.csv.

use std::collections::BTreeMap;

use crate::domain::{Part, TransportMode};
use crate::ingest::aliases::PARTS;
use crate::ingest::desk::{Desk, Need};

use super::{by_key, modes};

/// Parts by code.
pub(crate) fn read(desk: &mut Desk<'_>) -> BTreeMap<String, Part> {
    by_key(desk.unique_rows(&PARTS, Need::Required, &mut |record| {
        let code = record.needed_text("part")?;
        let name = record.needed_text("name")?;
        let stated = !record.raw("allowed_modes").is_empty();
        let mut allowed_modes = modes(record, "allowed_modes");
        if !stated {
            allowed_modes = [
                TransportMode::Road,
                TransportMode::Express,
                TransportMode::Air,
            ]
            .into();
        }
        let unit = record.text("unit");
        let part = Part {
            name,
            unit: if unit.is_empty() {
                "件".to_owned()
            } else {
                unit
            },
            whole_packs: record.yes_no("open_pack") == Some(false),
            pack_qty: record.count("pack_qty", f64::ceil).unwrap_or(1).max(1),
            price: record.yuan("price").unwrap_or_default(),
            bin: record.text("bin"),
            volume_l: record.amount("volume_l").unwrap_or_default(),
            weight_kg: record.amount("weight_kg").unwrap_or_default(),
            fragile: record.yes_no("fragile").unwrap_or(false),
            allowed_modes,
            dg_class: record.text("dg_class"),
            monitored: record.yes_no("monitored").unwrap_or(false),
            review_workdays: record.count("review_workdays", f64::ceil).unwrap_or(0),
            vin_specific: record.yes_no("vin_specific").unwrap_or(false),
            supersedes: record.text("supersedes"),
            code: code.clone(),
        };
        Some((code, part))
    }))
}
