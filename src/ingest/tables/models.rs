//! models.csv.

use std::collections::BTreeMap;

use crate::domain::Model;
use crate::ingest::aliases::MODELS;
use crate::ingest::desk::{Desk, Need};

use super::by_key;

/// Vehicle models by id.
pub(crate) fn read(desk: &mut Desk<'_>) -> BTreeMap<String, Model> {
    by_key(desk.unique_rows(&MODELS, Need::Required, &mut |record| {
        let id = record.needed_text("model")?;
        let class = match record.raw("class") {
            "柴油" | "柴" | "柴油车" => "D".to_owned(),
            "汽油" | "汽" | "汽油车" => "P".to_owned(),
            "电动" | "纯电" | "电" | "新能源" | "纯电动" => "E".to_owned(),
            other => other.to_owned(),
        };
        let aliases = record.list("aliases");
        let km_per_day = record.amount("km_per_day");
        Some((
            id.clone(),
            Model {
                id,
                aliases,
                class,
                km_per_day,
                ..Model::default()
            },
        ))
    }))
}
