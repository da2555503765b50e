//! history.csv.

use std::collections::HashMap;
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::domain::{Catalogue, Date, Vehicle, beginning};
use crate::findings::Finding;
use crate::ingest::HistoryEntry;
use crate::ingest::aliases::HISTORY;
use crate::ingest::aside::Aside;
use crate::ingest::cells;
use crate::ingest::desk::{Desk, Need};
use crate::ingest::record::Record;
use crate::ingest::scan::{Take, TakeParts};

/// Past repairs of vehicles of the population, in order of vehicle, day and what.
pub(crate) fn read(
    desk: &mut Desk<'_>,
    vehicles: &[Vehicle],
    catalogue: &Catalogue,
) -> Vec<HistoryEntry> {
    let Some((path, name)) = desk.find(&HISTORY, Need::Optional) else {
        return Vec::new();
    };
    let Some(opened) = desk.open(&HISTORY, &path, &name) else {
        return Vec::new();
    };
    let by_plate = OnceLock::new();
    let ids = vehicles.par_iter().map(|vehicle| vehicle.id.as_str());
    let begins: Vec<[u64; 3]> = ids.map(beginning).collect();
    let mut reader = Reader {
        file: &name,
        vehicles,
        begins: &begins,
        by_plate: &by_plate,
        catalogue,
        today: desk.today,
        entries: Vec::new(),
        strangers: 0,
        lost: Vec::new(),
    };
    desk.scan_at_once(opened, None, &mut reader);
    let Reader {
        mut entries,
        strangers,
        lost,
        ..
    } = reader;
    desk.log.findings.extend(lost);
    if strangers > 0 {
        desk.log.findings.push(
            Finding::new("D309")
                .in_file("history")
                .arg("count", strangers),
        );
    }
    entries.par_sort_by(|a, b| {
        let key = |entry: &'_ HistoryEntry| entry.km.unwrap_or(-1.0);
        (&a.vehicle, a.date, &a.what)
            .cmp(&(&b.vehicle, b.date, &b.what))
            .then_with(|| key(a).total_cmp(&key(b)))
    });
    entries.dedup();
    entries
}

/// Reads the file or a part of it.
struct Reader<'s> {
    file: &'s str,
    /// In order of id.
    vehicles: &'s [Vehicle],
    /// The beginnings of their ids, beside them: most of a search looks at no vehicle.
    begins: &'s [[u64; 3]],
    /// Most files name VINs only: then plates need no table.
    by_plate: &'s OnceLock<HashMap<&'s str, Option<&'s str>>>,
    catalogue: &'s Catalogue,
    today: Option<Date>,
    entries: Vec<HistoryEntry>,
    /// Rows of vehicles that are not in the population.
    strangers: u64,
    /// Rows that could not be read.
    lost: Vec<Finding>,
}

impl<'s> Reader<'s> {
    fn by_id(&self, key: &str) -> Option<&'s str> {
        let begin = beginning(key);
        let from = self.begins.partition_point(|other| *other < begin);
        let same = self.begins[from..].iter().zip(&self.vehicles[from..]);
        let same = same.take_while(|(other, _)| **other == begin);
        let mut ids = same.map(|(_, vehicle)| vehicle.id.as_str());
        ids.find(|id| *id == key)
    }

    /// The id of the vehicle a row is about.
    fn vehicle_of(&self, record: &Record<'_>) -> Option<&'s str> {
        let vin = cells::vin::read(record.raw("vin")).into_value();
        vin.and_then(|vin| self.by_id(&vin.text)).or_else(|| {
            let plate = cells::plate::read(record.raw("plate")).into_value()?;
            self.by_id(&plate).or_else(|| {
                let by_plate = self.by_plate.get_or_init(|| ids_by_plate(self.vehicles));
                by_plate.get(plate.as_str()).copied().flatten()
            })
        })
    }

    /// A row as an entry; `None` where it cannot be one (and why was told).
    fn entry(&self, record: &mut Record<'_>, vehicle: &str) -> Option<HistoryEntry> {
        let date = record.date("date");
        let date = record.needed("date", date)?;
        if self.today.is_some_and(|today| date > today) {
            record.tell(record.finding("D102", "date").vehicle(vehicle));
            return None;
        }
        let item = record.text("item");
        let what = if item.is_empty() {
            record.text("part")
        } else {
            item
        };
        let what = record.needed("item", (!what.is_empty()).then_some(what))?;
        let Catalogue { items, parts, .. } = self.catalogue;
        if !items.contains_key(&what) && !parts.contains_key(&what) {
            record.tell(record.finding("D301", "item").vehicle(vehicle));
        }
        Some(HistoryEntry {
            vehicle: vehicle.into(),
            date,
            km: record.kilometres("odometer_km"),
            what: what.into(),
        })
    }
}

impl Take for Reader<'_> {
    fn record(&mut self, record: &mut Record<'_>) {
        match self.vehicle_of(record) {
            Some(vehicle) => self.entries.extend(self.entry(record, vehicle)),
            None => self.strangers += 1,
        }
    }

    fn aside(&mut self, aside: Aside<'_>) {
        self.lost.extend(aside.loss(self.file));
    }
}

impl TakeParts for Reader<'_> {
    fn fork(&self) -> Self {
        Self {
            entries: Vec::new(),
            strangers: 0,
            lost: Vec::new(),
            ..*self
        }
    }

    fn join(&mut self, mut later: Self) {
        self.entries.append(&mut later.entries);
        self.strangers += later.strangers;
        self.lost.append(&mut later.lost);
    }
}

/// Every plate of the population to its vehicle's id; a plate on several vehicles to none.
fn ids_by_plate(vehicles: &[Vehicle]) -> HashMap<&str, Option<&str>> {
    let mut by_plate: HashMap<&str, Option<&str>> = HashMap::with_capacity(vehicles.len());
    for vehicle in vehicles {
        if let Some(plate) = vehicle.plate.as_deref() {
            let id = by_plate.entry(plate).or_insert(Some(&vehicle.id));
            if *id != Some(vehicle.id.as_str()) {
                *id = None;
            }
        }
    }
    by_plate
}
