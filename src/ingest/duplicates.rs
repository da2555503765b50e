//! Rows of one vehicle put together.
//!
//! Responsible for: which rows are the same vehicle (by VIN, else by plate), and one vehicle out of
//! them whatever the order of rows: the newest row's value wins, gaps are filled, refusals are kept,
//! contradictions are listed. Not responsible for: reading rows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::domain::{Date, LastService, Reading, Vehicle};
use crate::findings::{Finding, Spot};

use super::fates::{Fates, Kept};
use super::record::{Log, Record};

/// A row read as a vehicle.
pub(crate) struct Draft {
    vehicle: Vehicle,
    /// The latest day the row knows of: decides which row is newer.
    as_of: Option<Date>,
    /// File number and line: decides which row is cited.
    place: (u32, Arc<str>, u32),
    file: Arc<str>,
    original: Kept,
}

impl Draft {
    pub(crate) fn new(
        vehicle: Vehicle,
        file_index: u32,
        file: &Arc<str>,
        record: &Record<'_>,
        original: Kept,
    ) -> Self {
        let last_reading = vehicle.readings.last().map(|reading| reading.date);
        let as_of = last_reading
            .max(vehicle.last_service.date)
            .max(vehicle.buy_date);
        let place = (
            file_index,
            Arc::clone(&record.header.sheet),
            record.row.line,
        );
        Self {
            vehicle,
            as_of,
            place,
            file: Arc::clone(file),
            original,
        }
    }

    fn spot(&self) -> Spot {
        Spot {
            file: self.file.to_string(),
            sheet: self.place.1.to_string(),
            line: self.place.2,
            ..Spot::default()
        }
    }
}

/// Readings oldest first, one a day; of two on a day the larger, for an odometer only rises.
pub(crate) fn one_a_day(readings: &mut Vec<Reading>) {
    readings.sort_by(|a, b| a.date.cmp(&b.date).then(b.km.total_cmp(&a.km)));
    readings.dedup_by(|later, first| later.date == first.date);
}

/// Vehicles in order of id out of all drafts; merged rows go to `fates`.
pub(crate) fn merge(drafts: Vec<Draft>, fates: &mut Fates, log: &mut Log) -> Vec<Vehicle> {
    let ids = ids(&drafts, log);
    let mut order: Vec<(String, Draft)> = ids.into_iter().zip(drafts).collect();
    order.sort_by(|a, b| (&a.0, &a.1.place).cmp(&(&b.0, &b.1.place)));
    let mut vehicles = Vec::with_capacity(order.len());
    let mut rest = order.into_iter().peekable();
    while let Some((id, first)) = rest.next() {
        let mut group = vec![first];
        while let Some((_, next)) = rest.next_if(|(other, _)| *other == id) {
            group.push(next);
        }
        vehicles.push(one_vehicle(id, group, fates, log));
    }
    vehicles
}

/// Each draft's vehicle: its VIN; without one, the VIN of the only vehicle with its plate, else
/// its plate.
fn ids(drafts: &[Draft], log: &mut Log) -> Vec<String> {
    let mut vins_of: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for draft in drafts {
        if let (Some(plate), Some(vin)) = (&draft.vehicle.plate, &draft.vehicle.vin) {
            vins_of.entry(plate).or_default().insert(vin);
        }
    }
    for (plate, vins) in &vins_of {
        if vins.len() > 1 {
            let list: Vec<&str> = vins.iter().copied().collect();
            let finding = Finding::new("D211")
                .value(*plate)
                .arg("vins", list.join(", "));
            log.findings.push(finding);
        }
    }
    let none = BTreeSet::new();
    drafts
        .iter()
        .map(|draft| {
            if let Some(vin) = &draft.vehicle.vin {
                return vin.clone();
            }
            let plate = draft.vehicle.plate.as_deref().unwrap_or_default();
            let vins = vins_of.get(plate).unwrap_or(&none);
            match vins.first() {
                Some(vin) if vins.len() == 1 => (*vin).to_owned(),
                Some(_) => {
                    let finding = Finding::new("D212").at(draft.spot()).vehicle(plate);
                    log.findings.push(finding);
                    plate.to_owned()
                }
                None => plate.to_owned(),
            }
        })
        .collect()
}

/// One vehicle out of its rows; the first row is cited as accepted.
fn one_vehicle(id: String, group: Vec<Draft>, fates: &mut Fates, log: &mut Log) -> Vehicle {
    let Some(first) = group.first() else {
        return Vehicle::default();
    };
    if group.len() == 1 {
        let mut vehicle = group
            .into_iter()
            .next()
            .map(|d| d.vehicle)
            .unwrap_or_default();
        vehicle.id = id;
        return vehicle;
    }
    for draft in group.iter().skip(1) {
        fates.merge(&draft.spot(), &id, draft.original);
    }
    let (source, spot) = (first.vehicle.source.clone(), first.spot());
    let mut merger = Merger {
        group: &group,
        conflicts: BTreeSet::new(),
    };
    let mut vehicle = merger.vehicle();
    vehicle.source = source;
    if !merger.conflicts.is_empty() {
        let fields: Vec<&str> = merger.conflicts.into_iter().collect();
        let finding = Finding::new("D210").at(spot).vehicle(id.as_str());
        log.findings.push(
            finding
                .arg("columns", fields.join(", "))
                .arg("rows", group.len()),
        );
    }
    vehicle.id = id;
    vehicle
}

/// Chooses among the rows of one vehicle.
struct Merger<'g> {
    group: &'g [Draft],
    conflicts: BTreeSet<&'static str>,
}

impl Merger<'_> {
    fn vehicle(&mut self) -> Vehicle {
        let [province, city, county, town, address] = self.place();
        Vehicle {
            id: String::new(),
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
        for draft in self.group {
            let Some(value) = get(&draft.vehicle) else {
                continue;
            };
            let Some((day, chosen)) = &best else {
                best = Some((draft.as_of, value));
                continue;
            };
            if *chosen != value {
                self.conflicts.insert(field);
            }
            if draft.as_of > *day || (draft.as_of == *day && value < *chosen) {
                best = Some((draft.as_of, value));
            }
        }
        best.map(|(_, value)| value)
    }

    fn text(&mut self, field: &'static str, get: impl Fn(&Vehicle) -> &String) -> String {
        self.choose(field, |v| {
            Some(get(v)).filter(|text| !text.is_empty()).cloned()
        })
        .unwrap_or_default()
    }

    fn any(&self, get: impl Fn(&Vehicle) -> bool) -> bool {
        self.group.iter().any(|draft| get(&draft.vehicle))
    }

    /// Rows from newest to oldest, in an order of content among equally new ones.
    fn newest_first<K: Ord>(&self, key: impl Fn(&Vehicle) -> K) -> Vec<&Vehicle> {
        let mut rows: Vec<&Draft> = self.group.iter().collect();
        rows.sort_by(|a, b| {
            b.as_of
                .cmp(&a.as_of)
                .then_with(|| key(&a.vehicle).cmp(&key(&b.vehicle)))
        });
        rows.into_iter().map(|draft| &draft.vehicle).collect()
    }

    /// Every number of every row, the newest row's first.
    fn phones(&mut self) -> Vec<String> {
        let mut phones: Vec<String> = Vec::new();
        let mut last: Option<&Vec<String>> = None;
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
    fn place(&mut self) -> [String; 5] {
        let parts =
            |v: &Vehicle| [&v.province, &v.city, &v.county, &v.town, &v.address].map(Clone::clone);
        let mut place: [String; 5] = Default::default();
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
            .flat_map(|draft| draft.vehicle.readings.iter().copied())
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
        let services = self.group.iter().map(|draft| draft.vehicle.last_service);
        services.max_by_key(key).unwrap_or_default()
    }
}

/// The default of these enums stands for "not stated".
fn known<T: Default + PartialEq>(value: T) -> Option<T> {
    (value != T::default()).then_some(value)
}
