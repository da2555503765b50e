//! One vehicle out of the rows that name it.
//!
//! Responsible for: which row's value holds (the newest one's, gaps filled from older ones), refusals
//! kept, a former owner left out, and which columns contradict each other; the same whatever the order
//! of rows. Not responsible for: which rows are one vehicle (`duplicates`).

use std::collections::BTreeSet;

use compact_str::CompactString;

use crate::domain::{Date, LastService, LonLat, PhoneList, Readings, SourceRow, Vehicle};

use super::one_a_day;

/// A vehicle and what was noticed while its rows were put together.
pub(super) struct Merged {
    pub(super) vehicle: Vehicle,
    /// Columns whose rows contradict each other.
    pub(super) conflicts: BTreeSet<&'static str>,
    /// Whether rows of a former owner were left out where the person counts.
    pub(super) owner_changed: bool,
}

/// The vehicle of these rows, without an id and a source.
pub(super) fn one_of(group: &[&Vehicle]) -> Merged {
    let owners = present_owners(group);
    let mut machine = Chooser::of(group);
    let mut person = Chooser::of(&owners);
    let own_place = person.place();
    let is_stated = own_place.iter().any(|part| !part.is_empty());
    // Most vehicles stay in their county when they are sold: an old place is better than none.
    let [province, city, county, town, address] = if is_stated {
        own_place
    } else {
        machine.place()
    };
    let vehicle = Vehicle {
        id: CompactString::default(),
        vin: machine.choose("vin", |v| v.vin.clone()),
        plate: machine.choose("plate", |v| v.plate.clone()),
        customer: person.text("customer", |v| &v.customer),
        contact: person.text("contact", |v| &v.contact),
        phones: person.phones(),
        model: None,
        model_text: machine.text("model", |v| &v.model_text),
        province,
        city,
        county,
        town,
        address,
        lon_lat: if is_stated {
            person.position()
        } else {
            machine.position()
        },
        buy_date: machine.choose("buy_date", |v| v.buy_date),
        readings: machine.readings(),
        last_service: machine.last_service(),
        km_per_day: person.km_per_day(),
        customer_type: person
            .choose("customer_type", |v| known(v.customer_type))
            .unwrap_or_default(),
        usage: person
            .choose("usage", |v| known(v.usage))
            .unwrap_or_default(),
        key_customer: person.any(|v| v.key_customer),
        // A refusal in any row holds, a former owner's too: who refused is not certain.
        do_not_call: machine.any(|v| v.do_not_call),
        sms_optout: machine.any(|v| v.sms_optout),
        // The latest answer counts; of two on one day the refusal, which sorts first.
        handover_consent: person.choose("handover_consent", |v| v.handover_consent),
        as_of: group.iter().filter_map(|v| v.as_of).max(),
        remark: person.text("remark", |v| &v.remark),
        source: SourceRow::default(),
    };
    let mut conflicts = machine.conflicts;
    conflicts.extend(person.conflicts);
    Merged {
        vehicle,
        conflicts,
        owner_changed: owners.len() < group.len(),
    }
}

/// The latest day a row knows of: decides which row is newer.
fn as_of(vehicle: &Vehicle) -> Option<Date> {
    let last_reading = vehicle.readings.last().map(|reading| reading.date);
    last_reading
        .max(vehicle.last_service.date)
        .max(vehicle.buy_date)
        .max(vehicle.as_of)
}

/// The rows but those of a former owner: older than all rows of the customer the newest row names, of
/// another customer, and without a phone in common with that one's.
fn present_owners<'v>(group: &[&'v Vehicle]) -> Vec<&'v Vehicle> {
    let named = group.iter().filter(|vehicle| !vehicle.customer.is_empty());
    let newest = named.clone().map(|vehicle| as_of(vehicle)).max().flatten();
    let newest_rows = named.filter(|vehicle| newest.is_some() && as_of(vehicle) == newest);
    let customers: BTreeSet<&str> = newest_rows.map(|v| v.customer.as_str()).collect();
    let one = customers.first().filter(|_| customers.len() == 1);
    let Some(customer) = one.copied() else {
        return group.to_vec();
    };
    let own = || group.iter().filter(|vehicle| vehicle.customer == customer);
    let phones: BTreeSet<&CompactString> = own().flat_map(|vehicle| &vehicle.phones).collect();
    let oldest_own = own().map(|vehicle| as_of(vehicle)).min().flatten();
    let is_former = |vehicle: &&&Vehicle| {
        !vehicle.customer.is_empty()
            && vehicle.customer != customer
            && as_of(vehicle) < oldest_own
            && !phones.is_empty()
            && !vehicle.phones.is_empty()
            && !vehicle.phones.iter().any(|phone| phones.contains(phone))
    };
    let present = group.iter().filter(|vehicle| !is_former(vehicle));
    present.copied().collect()
}

/// Chooses among rows of one vehicle.
struct Chooser<'g> {
    group: &'g [&'g Vehicle],
    conflicts: BTreeSet<&'static str>,
}

impl<'g> Chooser<'g> {
    fn of(group: &'g [&'g Vehicle]) -> Self {
        Self {
            group,
            conflicts: BTreeSet::new(),
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
    fn phones(&mut self) -> PhoneList {
        let mut phones = PhoneList::new();
        let mut last: Option<&PhoneList> = None;
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

    fn position(&self) -> Option<LonLat> {
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

    fn readings(&mut self) -> Readings {
        let mut readings: Readings = self
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
