//! Rows of one vehicle put together.
//!
//! Responsible for: which rows are the same vehicle (by VIN, else by plate), and one vehicle out of
//! them whatever the order of rows: the newest row's value wins, gaps are filled, refusals are kept,
//! contradictions are listed. Not responsible for: reading rows.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher, RandomState};

use compact_str::CompactString;
use rayon::prelude::*;

use crate::domain::{Date, LastService, Reading, Vehicle};
use crate::findings::Finding;

use super::fates::{Fates, RowRef, Sheets};
use super::log::Log;

/// The rows of the population that became a vehicle, and where each stands; as many of both.
#[derive(Default)]
pub(crate) struct Drafts {
    pub(crate) vehicles: Vec<Vehicle>,
    pub(crate) rows: Vec<RowRef>,
}

/// Readings oldest first, one a day; of two on a day the larger, for an odometer only rises.
pub(crate) fn one_a_day(readings: &mut Vec<Reading>) {
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
    let ids = by_id(&vehicles);
    for same in ids.chunk_by(|one, other| one.0 == other.0) {
        let [(_, first), others @ ..] = same else {
            continue;
        };
        kept.push(*first);
        if !others.is_empty() {
            let all = || same.iter().map(|(_, at)| *at);
            let group: Vec<&Vehicle> = all().filter_map(|at| vehicles.get(at)).collect();
            let rows: Vec<RowRef> = all().filter_map(|at| rows.get(at).copied()).collect();
            merged.push((*first, one_vehicle(&group, &rows, sheets, fates, log)));
            absorbed.extend(others.iter().map(|(_, at)| *at));
        }
    }
    drop(ids);
    for (at, vehicle) in merged {
        if let Some(place) = vehicles.get_mut(at) {
            *place = vehicle;
        }
    }
    let count = kept.len();
    kept.extend(absorbed);
    permute(&mut vehicles, kept);
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

/// The drafts in order of id, those of one id in reading order: id and index.
fn by_id(vehicles: &[Vehicle]) -> Vec<(CompactString, usize)> {
    let ids = vehicles.par_iter().enumerate();
    let mut order: Vec<(CompactString, usize)> =
        ids.map(|(at, vehicle)| (vehicle.id.clone(), at)).collect();
    order.par_sort_unstable();
    order
}

/// Puts vehicle `from[at]` at `at`; in place, for a second list of all vehicles would be half the
/// memory of a run.
fn permute(vehicles: &mut [Vehicle], mut from: Vec<usize>) {
    // Follow each cycle of the permutation once.
    for start in 0..from.len() {
        let mut at = start;
        while let Some(source) = from.get(at).copied() {
            if let Some(done) = from.get_mut(at) {
                *done = at;
            }
            if source == start || source == at {
                break;
            }
            vehicles.swap(at, source);
            at = source;
        }
    }
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
    let mut merger = Merger {
        group,
        conflicts: BTreeSet::new(),
    };
    let mut vehicle = merger.vehicle();
    vehicle.source = first.source.clone();
    if !merger.conflicts.is_empty() {
        let fields: Vec<&str> = merger.conflicts.into_iter().collect();
        let finding = Finding::new("D210")
            .at(sheets.spot(*row))
            .vehicle(id.as_str());
        log.tell(
            finding
                .arg("columns", fields.join(", "))
                .arg("rows", group.len()),
        );
    }
    vehicle.id = id;
    vehicle
}

/// The latest day a row knows of: decides which row is newer.
fn as_of(vehicle: &Vehicle) -> Option<Date> {
    let last_reading = vehicle.readings.last().map(|reading| reading.date);
    last_reading
        .max(vehicle.last_service.date)
        .max(vehicle.buy_date)
        .max(vehicle.as_of)
}

/// Chooses among the rows of one vehicle.
struct Merger<'g> {
    group: &'g [&'g Vehicle],
    conflicts: BTreeSet<&'static str>,
}

impl Merger<'_> {
    fn vehicle(&mut self) -> Vehicle {
        let [province, city, county, town, address] = self.place();
        Vehicle {
            id: CompactString::default(),
            vin: self.choose("vin", |v| v.vin.clone()),
            plate: self.choose("plate", |v| v.plate.clone()),
            customer: self.text("customer", |v| &v.customer),
            contact: self.text("contact", |v| &v.contact),
            phones: self.phones(),
            model: None,
            model_text: self.text("model", |v| &v.model_text),
            province,
            city,
            county,
            town,
            address,
            lon_lat: self.position(),
            buy_date: self.choose("buy_date", |v| v.buy_date),
            readings: self.readings(),
            last_service: self.last_service(),
            km_per_day: self.km_per_day(),
            customer_type: self
                .choose("customer_type", |v| known(v.customer_type))
                .unwrap_or_default(),
            usage: self.choose("usage", |v| known(v.usage)).unwrap_or_default(),
            // A mark or a refusal in any row holds.
            key_customer: self.any(|v| v.key_customer),
            do_not_call: self.any(|v| v.do_not_call),
            sms_optout: self.any(|v| v.sms_optout),
            // The latest answer counts; of two on one day the refusal, which sorts first.
            handover_consent: self.choose("handover_consent", |v| v.handover_consent),
            as_of: self.group.iter().filter_map(|v| v.as_of).max(),
            remark: self.text("remark", |v| &v.remark),
            source: crate::domain::SourceRow::default(),
        }
    }

    /// The value of the newest row that has one; of equally new ones the smallest.
    fn choose<T: Ord + Clone>(
        &mut self,
        field: &'static str,
        get: impl Fn(&Vehicle) -> Option<T>,
    ) -> Option<T> {
        let mut best: Option<(Option<Date>, T)> = None;
        for vehicle in self.group {
            let Some(value) = get(vehicle) else {
                continue;
            };
            let as_of = as_of(vehicle);
            let Some((day, chosen)) = &best else {
                best = Some((as_of, value));
                continue;
            };
            if *chosen != value {
                self.conflicts.insert(field);
            }
            if as_of > *day || (as_of == *day && value < *chosen) {
                best = Some((as_of, value));
            }
        }
        best.map(|(_, value)| value)
    }

    fn text(
        &mut self,
        field: &'static str,
        get: impl Fn(&Vehicle) -> &CompactString,
    ) -> CompactString {
        self.choose(field, |v| {
            Some(get(v)).filter(|text| !text.is_empty()).cloned()
        })
        .unwrap_or_default()
    }

    fn any(&self, get: impl Fn(&Vehicle) -> bool) -> bool {
        self.group.iter().any(|vehicle| get(vehicle))
    }

    /// Rows from newest to oldest, in an order of content among equally new ones.
    fn newest_first<K: Ord>(&self, key: impl Fn(&Vehicle) -> K) -> Vec<&Vehicle> {
        let mut rows: Vec<&Vehicle> = self.group.to_vec();
        rows.sort_by(|a, b| as_of(b).cmp(&as_of(a)).then_with(|| key(a).cmp(&key(b))));
        rows
    }

    /// Every number of every row, the newest row's first.
    fn phones(&mut self) -> Vec<CompactString> {
        let mut phones: Vec<CompactString> = Vec::new();
        let mut last: Option<&Vec<CompactString>> = None;
        let mut differ = false;
        for vehicle in self.newest_first(|v| v.phones.clone()) {
            if vehicle.phones.is_empty() {
                continue;
            }
            differ |= last.is_some_and(|last| *last != vehicle.phones);
            last = Some(&vehicle.phones);
            for phone in &vehicle.phones {
                if !phones.contains(phone) {
                    phones.push(phone.clone());
                }
            }
        }
        if differ {
            self.conflicts.insert("phone");
        }
        phones
    }

    /// Province to address belong together: the newest row's, gaps filled only by rows that
    /// contradict it nowhere.
    fn place(&mut self) -> [CompactString; 5] {
        let parts =
            |v: &Vehicle| [&v.province, &v.city, &v.county, &v.town, &v.address].map(Clone::clone);
        let mut place: [CompactString; 5] = Default::default();
        let mut contradiction = false;
        for vehicle in self.newest_first(parts) {
            let other = parts(vehicle);
            let agrees = place
                .iter()
                .zip(&other)
                .all(|(a, b)| a.is_empty() || b.is_empty() || a == b);
            if !agrees {
                contradiction = true;
                continue;
            }
            for (mine, theirs) in place.iter_mut().zip(other) {
                if mine.is_empty() {
                    *mine = theirs;
                }
            }
        }
        if contradiction {
            self.conflicts.insert("address");
        }
        place
    }

    fn position(&self) -> Option<crate::domain::LonLat> {
        let key = |v: &Vehicle| v.lon_lat.map(|at| format!("{} {}", at.lon, at.lat));
        self.newest_first(key)
            .into_iter()
            .find_map(|vehicle| vehicle.lon_lat)
    }

    fn km_per_day(&self) -> Option<f64> {
        let key = |v: &Vehicle| v.km_per_day.map(f64::to_bits);
        self.newest_first(key)
            .into_iter()
            .find_map(|vehicle| vehicle.km_per_day)
    }

    fn readings(&mut self) -> Vec<Reading> {
        let mut readings: Vec<Reading> = self
            .group
            .iter()
            .flat_map(|vehicle| vehicle.readings.iter().copied())
            .collect();
        readings.sort_by(|a, b| a.date.cmp(&b.date).then(b.km.total_cmp(&a.km)));
        if readings
            .windows(2)
            .any(|pair| matches!(pair, [a, b] if a.date == b.date && a.km != b.km))
        {
            self.conflicts.insert("odometer_km");
        }
        one_a_day(&mut readings);
        readings
    }

    /// The latest service; its km with it.
    fn last_service(&self) -> LastService {
        let key = |s: &LastService| (s.date, s.km.map(f64::to_bits));
        let services = self.group.iter().map(|vehicle| vehicle.last_service);
        services.max_by_key(key).unwrap_or_default()
    }
}

/// The default of these enums stands for "not stated".
fn known<T: Default + PartialEq>(value: T) -> Option<T> {
    (value != T::default()).then_some(value)
}
