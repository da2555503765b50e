//! history.csv.

use std::cell::LazyCell;
use std::collections::HashMap;

use crate::domain::{Catalogue, Vehicle};
use crate::findings::Finding;
use crate::ingest::HistoryEntry;
use crate::ingest::aliases::HISTORY;
use crate::ingest::cells;
use crate::ingest::desk::{Desk, Need};

/// Past repairs of vehicles of the population, in order of vehicle, day and what.
pub(crate) fn read(
    desk: &mut Desk<'_>,
    vehicles: &[Vehicle],
    catalogue: &Catalogue,
) -> Vec<HistoryEntry> {
    // Most files name VINs only: then plates need no table.
    let by_plate = LazyCell::new(|| ids_by_plate(vehicles));
    let today = desk.today;
    let mut strangers = 0_u64;
    let rows = desk.rows(&HISTORY, Need::Optional, &mut |record| {
        let vin = cells::vin::read(record.raw("vin"))
            .into_value()
            .map(|vin| vin.text);
        let plate = cells::plate::read(record.raw("plate")).into_value();
        // Vehicles are in order of id.
        let by_id = |key: &str| {
            let at = vehicles.binary_search_by(|vehicle| vehicle.id.as_str().cmp(key));
            at.ok()
                .and_then(|at| vehicles.get(at))
                .map(|found| found.id.as_str())
        };
        let known = vin.as_deref().and_then(by_id).or_else(|| {
            let plate = plate.as_deref()?;
            by_id(plate).or_else(|| by_plate.get(plate).copied().flatten())
        });
        let Some(vehicle) = known else {
            strangers += 1;
            return None;
        };
        let date = record.date("date");
        let date = record.needed("date", date)?;
        if today.is_some_and(|today| date > today) {
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
        if !catalogue.items.contains_key(&what) && !catalogue.parts.contains_key(&what) {
            record.tell(record.finding("D301", "item").vehicle(vehicle));
        }
        let km = record.kilometres("odometer_km");
        let vehicle = vehicle.to_owned();
        Some((
            format!("{vehicle} {date} {what}"),
            HistoryEntry {
                vehicle,
                date,
                km,
                what,
            },
        ))
    });
    if strangers > 0 {
        desk.log.findings.push(
            Finding::new("D309")
                .in_file("history")
                .arg("count", strangers),
        );
    }
    let mut history: Vec<HistoryEntry> = rows.into_iter().map(|row| row.value).collect();
    history.dedup();
    history
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
