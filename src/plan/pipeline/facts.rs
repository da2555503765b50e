//! Names and prices the documents print, copied into the plan so that it needs nothing else.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{Catalogue, Fen, Item};
use crate::ingest::Tables;
use crate::plan::model::{CalledVehicle, CribLine, ItemFacts, PartFacts};

pub(super) fn items(catalogue: &Catalogue) -> BTreeMap<String, ItemFacts> {
    catalogue
        .items
        .values()
        .map(|item| {
            let facts = ItemFacts {
                name: item.name.clone(),
                name_en: item.name_en.clone(),
                hours: item.hours,
                labour_price: item.labour_price,
                tools: tool_names(catalogue, item),
            };
            (item.id.clone(), facts)
        })
        .collect()
}

fn tool_names(catalogue: &Catalogue, item: &Item) -> Vec<String> {
    let name = |code: &String| {
        catalogue
            .tools
            .get(code)
            .map_or(code, |tool| &tool.name)
            .clone()
    };
    item.tools.iter().map(name).collect()
}

pub(super) fn parts(tables: &Tables) -> BTreeMap<String, PartFacts> {
    let bins: BTreeMap<&str, &str> = tables
        .supply
        .stock
        .iter()
        .map(|line| (line.part.as_str(), line.bin.as_str()))
        .collect();
    tables
        .catalogue
        .parts
        .values()
        .map(|part| {
            let shelf = bins.get(part.code.as_str()).filter(|bin| !bin.is_empty());
            let facts = PartFacts {
                name: part.name.clone(),
                unit: part.unit.clone(),
                pack_qty: part.pack(),
                price: part.price,
                bin: shelf.map_or_else(|| part.bin.clone(), |bin| (*bin).to_owned()),
                volume_l: part.volume_l,
                weight_kg: part.weight_kg,
                fragile: part.fragile,
                monitored: part.monitored,
                review_workdays: part.review_workdays,
                modes: part
                    .allowed_modes
                    .iter()
                    .map(|mode| mode.key().to_owned())
                    .collect(),
            };
            (part.code.clone(), facts)
        })
        .collect()
}

/// Per model called: symptom → item → price, likeliest first.
pub(super) fn cribs(
    catalogue: &Catalogue,
    vehicles: &[CalledVehicle],
) -> BTreeMap<String, Vec<CribLine>> {
    let models: BTreeSet<&str> = vehicles
        .iter()
        .map(|vehicle| vehicle.model.as_str())
        .filter(|model| catalogue.models.contains_key(*model))
        .collect();
    models
        .into_iter()
        .map(|model| {
            let mut lines: Vec<CribLine> = catalogue
                .symptoms
                .iter()
                .filter(|symptom| catalogue.applies(&symptom.applies_to, model))
                .map(|symptom| CribLine {
                    words: symptom.words.join("、"),
                    item: symptom.item.clone(),
                    probability: symptom.probability,
                    price: price(catalogue, &symptom.item, model),
                })
                .collect();
            lines.sort_by(|a, b| {
                a.words
                    .cmp(&b.words)
                    .then(b.probability.total_cmp(&a.probability))
                    .then_with(|| a.item.cmp(&b.item))
            });
            (model.to_owned(), lines)
        })
        .collect()
}

fn price(catalogue: &Catalogue, item: &str, model: &str) -> Fen {
    let labour = catalogue
        .items
        .get(item)
        .map_or(Fen(0), |item| item.labour_price);
    let parts = catalogue
        .bom_of(item, model)
        .into_iter()
        .filter_map(|(part, qty)| Some(catalogue.parts.get(part)?.price * qty))
        .sum();
    labour + parts
}
