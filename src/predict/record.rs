//! Past repairs by vehicle: which item was last done when.

use std::collections::HashMap;
use std::ops::Range;

use compact_str::CompactString;
use rayon::prelude::*;

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
    pub what: CompactString,
}

/// All past repairs, by vehicle id, newest first.
#[derive(Clone, Debug, Default)]
pub struct RepairRecord {
    /// One vehicle behind the other.
    works: Vec<PastWork>,
    /// Whose they are. Looked up only.
    of: HashMap<CompactString, Range<usize>>,
}

impl RepairRecord {
    /// Gathers (vehicle id, repair) pairs in any order.
    pub fn new(entries: impl IntoIterator<Item = (CompactString, PastWork)>) -> Self {
        let mut entries: Vec<(CompactString, PastWork)> = entries.into_iter().collect();
        entries.par_sort_by(|(vehicle, a), (other, b)| {
            let order = vehicle.cmp(other).then(b.date.cmp(&a.date));
            let order = order.then_with(|| a.what.cmp(&b.what));
            order.then(b.km.unwrap_or(0.0).total_cmp(&a.km.unwrap_or(0.0)))
        });
        let mut of = HashMap::new();
        let mut from = 0;
        for works in entries.chunk_by(|a, b| a.0 == b.0) {
            let to = from + works.len();
            of.insert(works[0].0.clone(), from..to);
            from = to;
        }
        let works = entries.into_iter().map(|(_, work)| work);
        Self {
            works: works.collect(),
            of,
        }
    }

    /// A vehicle's repairs, newest first.
    pub fn of<'a>(&'a self, vehicle: &Vehicle) -> impl Iterator<Item = &'a PastWork> + use<'a> {
        let of = self.of.get(&vehicle.id);
        let works = of.and_then(|range| self.works.get(range.clone()));
        works.into_iter().flatten()
    }

    /// The first day anything is on record.
    pub fn first_day(&self) -> Option<Date> {
        self.works.iter().map(|work| work.date).min()
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
