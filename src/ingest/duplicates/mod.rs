//! Rows of one vehicle put together.
//!
//! Responsible for: which rows are the same vehicle (by VIN, else by plate), what is said of it, and the
//! vehicles in order of id; `merged` makes one vehicle out of its rows. Not responsible for: reading rows.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher, RandomState};

use compact_str::CompactString;
use rayon::prelude::*;

use crate::domain::{Readings, Vehicle, beginning};
use crate::findings::Finding;

use super::fates::{Fates, RowRef, Sheets};
use super::log::Log;

mod merged;
mod permute;

/// The rows of the population that became a vehicle, and where each stands; as many of both.
#[derive(Default)]
pub(crate) struct Drafts {
    pub(crate) vehicles: Vec<Vehicle>,
    pub(crate) rows: Vec<RowRef>,
}

/// Readings oldest first, one a day; of two on a day the larger, for an odometer only rises.
pub(crate) fn one_a_day(readings: &mut Readings) {
    readings.sort_by(|a, b| a.date.cmp(&b.date).then(b.km.total_cmp(&a.km)));
    readings.dedup_by(|later, first| later.date == first.date);
}

/// Vehicles in order of id out of all drafts; merged rows go to `fates`.
pub(crate) fn merge(
    mut drafts: Drafts,
    sheets: &Sheets,
    fates: &mut Fates,
    log: &mut Log,
) -> Vec<Vehicle> {
    give_ids(&mut drafts, sheets, log);
    let Drafts { mut vehicles, rows } = drafts;
    let mut kept: Vec<usize> = Vec::with_capacity(vehicles.len());
    let mut absorbed: Vec<usize> = Vec::new();
    let mut merged: Vec<(usize, Vehicle)> = Vec::new();
    let order = by_id(&vehicles);
    let is_one = |a: &Draft, b: &Draft| {
        a.begin == b.begin && vehicles[a.at as usize].id == vehicles[b.at as usize].id
    };
    for same in order.chunk_by(is_one) {
        let [first, others @ ..] = same else {
            continue;
        };
        let first = first.at as usize;
        kept.push(first);
        if !others.is_empty() {
            let all = || same.iter().map(|draft| draft.at as usize);
            let group: Vec<&Vehicle> = all().filter_map(|at| vehicles.get(at)).collect();
            let rows: Vec<RowRef> = all().filter_map(|at| rows.get(at).copied()).collect();
            merged.push((first, one_vehicle(&group, &rows, sheets, fates, log)));
            absorbed.extend(others.iter().map(|draft| draft.at as usize));
        }
    }
    drop(order);
    for (at, vehicle) in merged {
        if let Some(place) = vehicles.get_mut(at) {
            *place = vehicle;
        }
    }
    let count = kept.len();
    kept.extend(absorbed);
    permute::permute(&mut vehicles, kept);
    vehicles.truncate(count);
    vehicles
}

/// Gives each draft its vehicle's id: its VIN; without one, the VIN of the only vehicle with its plate,
/// else its plate.
fn give_ids(drafts: &mut Drafts, sheets: &Sheets, log: &mut Log) {
    drafts.vehicles.par_iter_mut().for_each(|vehicle| {
        let id = vehicle.vin.as_ref().or(vehicle.plate.as_ref());
        vehicle.id = id.cloned().unwrap_or_default();
    });
    let mut one_vin: Vec<(usize, CompactString)> = Vec::new();
    for (plate, rows) in shared_plates(&drafts.vehicles) {
        let of_rows = rows.iter().filter_map(|at| drafts.vehicles.get(*at));
        let vins: BTreeSet<&CompactString> = of_rows.filter_map(|v| v.vin.as_ref()).collect();
        if vins.len() > 1 {
            let list: Vec<&str> = vins.iter().map(|vin| vin.as_str()).collect();
            let finding = Finding::new("D211").value(plate);
            log.tell(finding.arg("vins", list.join(", ")));
        }
        for at in rows {
            let without_vin = drafts.vehicles.get(at).is_some_and(|v| v.vin.is_none());
            match vins.first() {
                Some(vin) if without_vin && vins.len() == 1 => one_vin.push((at, (*vin).clone())),
                Some(_) if without_vin => {
                    let spot = sheets.spot(drafts.rows.get(at).copied().unwrap_or_default());
                    log.tell(Finding::new("D212").at(spot).vehicle(plate));
                }
                _ => {}
            }
        }
    }
    for (at, vin) in one_vin {
        if let Some(vehicle) = drafts.vehicles.get_mut(at) {
            vehicle.id = vin;
        }
    }
}

/// Plates that stand on several rows, with those rows, in order of plate.
fn shared_plates(vehicles: &[Vehicle]) -> BTreeMap<&str, Vec<usize>> {
    // Most plates stand on one row: their hashes tell so at little cost.
    let hasher = RandomState::new();
    let mut hashes: Vec<(u64, usize)> = vehicles
        .par_iter()
        .enumerate()
        .filter_map(|(at, vehicle)| Some((hasher.hash_one(vehicle.plate.as_ref()?), at)))
        .collect();
    hashes.par_sort_unstable();
    let mut rows_of: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for same in hashes
        .chunk_by(|a, b| a.0 == b.0)
        .filter(|same| same.len() > 1)
    {
        for (_, at) in same {
            if let Some(plate) = vehicles.get(*at).and_then(|vehicle| vehicle.plate.as_ref()) {
                rows_of.entry(plate).or_default().push(*at);
            }
        }
    }
    rows_of
}

/// A draft on its way into the order of ids.
#[derive(Clone, Copy)]
struct Draft {
    /// The beginning of its id as numbers, a VIN and more: nearly always enough, with no look at the vehicle.
    begin: [u64; 3],
    at: u32,
}

/// The drafts in order of id, those of one id in reading order.
fn by_id(vehicles: &[Vehicle]) -> Vec<Draft> {
    let drafts = vehicles.par_iter().enumerate();
    let mut order: Vec<Draft> = drafts
        .map(|(at, vehicle)| Draft {
            begin: beginning(&vehicle.id),
            at: at as u32,
        })
        .collect();
    let id = |draft: &Draft| &vehicles[draft.at as usize].id;
    order.par_sort_unstable_by(|a, b| {
        let begin = a.begin.cmp(&b.begin);
        begin.then_with(|| id(a).cmp(id(b)).then(a.at.cmp(&b.at)))
    });
    order
}

/// One vehicle out of its rows; the first row is cited as accepted.
fn one_vehicle(
    group: &[&Vehicle],
    rows: &[RowRef],
    sheets: &Sheets,
    fates: &mut Fates,
    log: &mut Log,
) -> Vehicle {
    let (Some(first), Some(row)) = (group.first(), rows.first()) else {
        return Vehicle::default();
    };
    let id = first.id.clone();
    for row in rows.iter().skip(1) {
        fates.merge(*row, &id, sheets);
    }
    let mut merged = merged::one_of(group);
    merged.vehicle.source = first.source.clone();
    let told = |code: &'static str| {
        Finding::new(code)
            .at(sheets.spot(*row))
            .vehicle(id.as_str())
    };
    if merged.owner_changed {
        log.tell(told("D213"));
    }
    if !merged.conflicts.is_empty() {
        let fields: Vec<&str> = merged.conflicts.into_iter().collect();
        let finding = told("D210").arg("columns", fields.join(", "));
        log.tell(finding.arg("rows", group.len()));
    }
    merged.vehicle.id = id;
    merged.vehicle
}
