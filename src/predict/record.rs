//! Past repairs by vehicle: which item was last done when.

use std::collections::HashMap;

use super::book::ItemBook;
use crate::domain::{Date, Vehicle};

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
    by_vehicle: HashMap<String, Vec<PastWork>>,
}

impl RepairRecord {
    /// Gathers (vehicle id, repair) pairs in any order.
    pub fn new(entries: impl IntoIterator<Item = (String, PastWork)>) -> Self {
        let mut by_vehicle: HashMap<String, Vec<PastWork>> = HashMap::new();
        for (vehicle, work) in entries {
            by_vehicle.entry(vehicle).or_default().push(work);
        }
        #[expect(
            clippy::iter_over_hash_type,
            reason = "each list is put in order by itself"
        )]
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

    /// Every time an item was done.
    pub fn all_done<'a>(
        &'a self,
        vehicle: &'a Vehicle,
        item: &'a ItemBook<'a>,
    ) -> impl Iterator<Item = &'a PastWork> {
        self.of(vehicle).filter(|work| item.is_done_by(&work.what))
    }
}
