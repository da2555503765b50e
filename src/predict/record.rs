//! Past repairs by vehicle: which item was last done when.

use std::collections::BTreeMap;

use crate::domain::{Catalogue, Date, Vehicle};

/// One repair done before.
#[derive(Clone, Debug, PartialEq)]
pub struct PastWork {
    /// Its day.
    pub date: Date,
    /// Odometer then.
    pub km: Option<f64>,
    /// Item or part code.
    pub what: String,
}

/// All past repairs, by vehicle id, newest first.
#[derive(Clone, Debug, Default)]
pub struct RepairRecord {
    by_vehicle: BTreeMap<String, Vec<PastWork>>,
}

impl RepairRecord {
    /// Gathers (vehicle id, repair) pairs in any order.
    pub fn new(entries: impl IntoIterator<Item = (String, PastWork)>) -> Self {
        let mut by_vehicle: BTreeMap<String, Vec<PastWork>> = BTreeMap::new();
        for (vehicle, work) in entries {
            by_vehicle.entry(vehicle).or_default().push(work);
        }
        for works in by_vehicle.values_mut() {
            works.sort_by(|a, b| {
                b.date
                    .cmp(&a.date)
                    .then_with(|| a.what.cmp(&b.what))
                    .then(b.km.unwrap_or(0.0).total_cmp(&a.km.unwrap_or(0.0)))
            });
        }
        Self { by_vehicle }
    }

    /// A vehicle's repairs, newest first; history may cite its VIN or its plate.
    pub fn of<'a>(&'a self, vehicle: &'a Vehicle) -> impl Iterator<Item = &'a PastWork> {
        let by_plate = vehicle
            .plate
            .as_deref()
            .filter(|plate| *plate != vehicle.id);
        let lists = [Some(vehicle.id.as_str()), by_plate];
        lists
            .into_iter()
            .flatten()
            .filter_map(|key| self.by_vehicle.get(key))
            .flatten()
    }

    /// The first day anything is on record.
    pub fn first_day(&self) -> Option<Date> {
        let works = self.by_vehicle.values().flatten();
        works.map(|work| work.date).min()
    }

    /// Every time an item was done: named itself, or by a part of its bill of materials that no other item of
    /// this model needs.
    pub fn all_done<'a>(
        &'a self,
        vehicle: &'a Vehicle,
        item: &'a str,
        model: &'a str,
        catalogue: &'a Catalogue,
    ) -> impl Iterator<Item = &'a PastWork> {
        let bom = catalogue.bom_of(item, model);
        self.of(vehicle).filter(move |work| {
            let by_part = bom.iter().any(|(part, _)| *part == work.what);
            work.what == item || (by_part && only_in(catalogue, &work.what, item, model))
        })
    }

    /// When an item was last done.
    pub fn last_done<'a>(
        &'a self,
        vehicle: &'a Vehicle,
        item: &'a str,
        model: &'a str,
        catalogue: &'a Catalogue,
    ) -> Option<&'a PastWork> {
        self.all_done(vehicle, item, model, catalogue)
            .max_by_key(|work| work.date)
    }
}

fn only_in(catalogue: &Catalogue, part: &str, item: &str, model: &str) -> bool {
    !catalogue.bom.iter().any(|line| {
        line.part == part && line.item != item && catalogue.applies(&line.applies_to, model)
    })
}
