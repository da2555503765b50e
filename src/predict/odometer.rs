//! The odometer on a day, from readings, purchase, services and stated use.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::domain::rounding::{tenths, whole};
use crate::domain::{Catalogue, Date, Usage, Vehicle};
use crate::plan::model::OdometerEstimate;
use crate::solve::usage::{
    ClassRate, OwnRecord, class_rate, extrapolate, interpolate, plausible_chain, shrunk_rate,
};

/// Days of record a stated km per day is worth.
const STATED_DAYS: f64 = 120.0;

/// Use by model and usage class, with what to assume where neither is known.
#[derive(Clone, Debug)]
pub struct UsageClasses {
    by_class: BTreeMap<String, BTreeMap<Usage, ClassRate>>,
    by_model: BTreeMap<String, ClassRate>,
    fleet: ClassRate,
}

/// Records by model, and by model and usage, those of each in order of their vehicles.
type Gathered<'v> = (
    BTreeMap<&'v str, Vec<OwnRecord>>,
    BTreeMap<(&'v str, Usage), Vec<OwnRecord>>,
);

fn gathered<'v>(vehicles: &'v [Vehicle], used: &[Used]) -> Gathered<'v> {
    const AT_A_TIME: usize = 1 << 14;
    let parts = vehicles
        .par_chunks(AT_A_TIME)
        .zip(used.par_chunks(AT_A_TIME));
    let parts: Vec<Gathered<'v>> = parts.map(|(some, used)| gathered_of(some, used)).collect();
    let (mut by_model, mut by_class) = Gathered::default();
    for (models, classes) in parts {
        for (model, mut own) in models {
            by_model.entry(model).or_default().append(&mut own);
        }
        for (class, mut own) in classes {
            by_class.entry(class).or_default().append(&mut own);
        }
    }
    (by_model, by_class)
}

fn gathered_of<'v>(vehicles: &'v [Vehicle], used: &[Used]) -> Gathered<'v> {
    let (mut by_model, mut by_class) = Gathered::default();
    for (vehicle, used) in vehicles.iter().zip(used) {
        if let (Some(model), Some(own)) = (&vehicle.model, used.own) {
            let class = (model.as_str(), vehicle.usage);
            by_model.entry(model.as_str()).or_default().push(own);
            by_class.entry(class).or_default().push(own);
        }
    }
    (by_model, by_class)
}

impl UsageClasses {
    /// Learns class rates from all vehicles (sorted by id, so that sums are the same each run).
    pub fn learn(vehicles: &[Vehicle], catalogue: &Catalogue, assumed_km_per_day: f64) -> Self {
        Self::learn_from(
            &Used::of_all(vehicles),
            vehicles,
            catalogue,
            assumed_km_per_day,
        )
    }

    /// The same of vehicles that were `used` so, beside them.
    pub fn learn_from(
        used: &[Used],
        vehicles: &[Vehicle],
        catalogue: &Catalogue,
        assumed_km_per_day: f64,
    ) -> Self {
        let (fleet, (by_model, by_class)) = rayon::join(
            || {
                let all: Vec<OwnRecord> = used.iter().filter_map(|used| used.own).collect();
                class_rate(&all, ClassRate::assumed(assumed_km_per_day.max(1.0)))
            },
            || gathered(vehicles, used),
        );
        let prior = |model: &str| {
            catalogue
                .models
                .get(model)
                .and_then(|m| m.km_per_day)
                .filter(|km| *km > 0.0)
                .map_or(fleet, ClassRate::assumed)
        };
        let mut models: BTreeMap<String, ClassRate> = catalogue
            .models
            .keys()
            .map(|model| (model.clone(), prior(model)))
            .collect();
        let rated = by_model.into_par_iter();
        let rated = rated.map(|(model, own)| (model.to_owned(), class_rate(&own, prior(model))));
        models.extend(rated.collect::<Vec<_>>());
        let rated = by_class.into_par_iter();
        let rated = rated.map(|((model, usage), own)| {
            let of_model = models.get(model).copied().unwrap_or(fleet);
            (model, usage, class_rate(&own, of_model))
        });
        let rated: Vec<(&str, Usage, ClassRate)> = rated.collect();
        let mut classes: BTreeMap<String, BTreeMap<Usage, ClassRate>> = BTreeMap::new();
        for (model, usage, rate) in rated {
            let of_model = classes.entry(model.to_owned()).or_default();
            of_model.insert(usage, rate);
        }
        let by_class = with_learned(classes, &models, catalogue, fleet);
        Self {
            by_class,
            by_model: models,
            fleet,
        }
    }

    /// The class a vehicle is shrunk towards.
    pub fn of(&self, vehicle: &Vehicle) -> ClassRate {
        let Some(model) = &vehicle.model else {
            return self.fleet;
        };
        self.by_class
            .get(model.as_str())
            .and_then(|of_model| of_model.get(&vehicle.usage))
            .or_else(|| self.by_model.get(model.as_str()))
            .copied()
            .unwrap_or(self.fleet)
    }
}

/// Means that were learnt and accepted stand before those of today's tables; the spreads stay.
fn with_learned(
    mut by_class: BTreeMap<String, BTreeMap<Usage, ClassRate>>,
    models: &BTreeMap<String, ClassRate>,
    catalogue: &Catalogue,
    fleet: ClassRate,
) -> BTreeMap<String, BTreeMap<Usage, ClassRate>> {
    for (id, model) in &catalogue.models {
        for (usage, mean) in &model.km_by_use {
            let of_model = models.get(id).copied().unwrap_or(fleet);
            let classes = by_class.entry(id.clone()).or_default();
            let rate = classes.entry(*usage).or_insert(of_model);
            rate.mean = *mean;
        }
    }
    by_class
}

/// All dated odometer facts that can be true together, oldest first: (day, km).
fn chain_of(vehicle: &Vehicle) -> Vec<(Date, f64)> {
    let mut facts: Vec<(Date, f64)> = vehicle.readings.iter().map(|r| (r.date, r.km)).collect();
    if let (Some(date), Some(km)) = (vehicle.last_service.date, vehicle.last_service.km) {
        facts.push((date, km));
    }
    if let Some(bought) = vehicle.buy_date {
        facts.push((bought, 0.0));
    }
    facts.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    facts.dedup();
    let Some(first) = facts.first().map(|f| f.0) else {
        return facts;
    };
    let numbers: Vec<(i64, f64)> = facts.iter().map(|f| (f.0.days_since(first), f.1)).collect();
    let (kept, _) = plausible_chain(&numbers);
    kept.into_iter().map(|index| facts[index]).collect()
}

fn own_record(chain: &[(Date, f64)]) -> Option<OwnRecord> {
    let first = chain.first()?.0;
    let facts: Vec<(i64, f64)> = chain
        .iter()
        .map(|fact| (fact.0.days_since(first), fact.1))
        .collect();
    OwnRecord::of(&facts)
}

/// What a vehicle's readings say of its use.
#[derive(Clone, Copy, Debug)]
pub struct Used {
    /// The last reading, km, and its day.
    last: Option<(Date, f64)>,
    /// Its own record of kilometres over days.
    pub own: Option<OwnRecord>,
}

impl Used {
    /// Of one vehicle.
    pub fn of(vehicle: &Vehicle) -> Self {
        let chain = chain_of(vehicle);
        Self {
            last: chain.last().copied(),
            own: own_record(&chain),
        }
    }

    /// Of many, beside them.
    pub fn of_all(vehicles: &[Vehicle]) -> Vec<Self> {
        vehicles.par_iter().map(Self::of).collect()
    }
}

/// The odometer on a past day, km: between two readings on the line between them.
pub fn km_on(vehicle: &Vehicle, classes: &UsageClasses, day: Date) -> Option<f64> {
    let chain = chain_of(vehicle);
    let after = chain.iter().find(|fact| fact.0 > day);
    let before = chain.iter().rev().find(|fact| fact.0 <= day);
    let (own, class) = (own_record(&chain), classes.of(vehicle));
    let away = |fact: &(Date, f64)| day.days_since(fact.0);
    match (before, after) {
        (Some(before), Some(after)) => {
            let ends = ((-away(before), before.1), (-away(after), after.1));
            Some(interpolate(ends.0, ends.1, 0, own, class).mean_km)
        }
        (Some(one), None) | (None, Some(one)) => {
            Some(extrapolate(one.1, away(one) as f64, own, class).mean_km)
        }
        (None, None) => None,
    }
}

/// The odometer on `day`; `None` where nothing about this vehicle's age or distance is known.
pub(super) fn estimate(
    vehicle: &Vehicle,
    used: &Used,
    classes: &UsageClasses,
    day: Date,
) -> Option<OdometerEstimate> {
    let class = classes.of(vehicle);
    let (last_date, last_km) = used.last?;
    let mut own = used.own;
    let has_reading = last_km > 0.0;
    let mut basis = match (has_reading, own) {
        (true, Some(_)) => "readings",
        (true, None) => "one_reading",
        (false, _) => "age",
    };
    if basis != "readings"
        && let Some(stated) = vehicle.km_per_day.filter(|km| *km > 0.0)
    {
        own = Some(OwnRecord::of_ends(STATED_DAYS, stated * STATED_DAYS));
        basis = "stated";
    }
    let days = day.days_since(last_date) as f64;
    let ahead = extrapolate(last_km, days, own, class);
    Some(OdometerEstimate {
        mean_km: whole(ahead.mean_km),
        sd_km: whole(ahead.sd_km).max(1.0),
        km_per_day: tenths(shrunk_rate(own, class).0),
        basis: basis.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Reading;

    fn day(text: &str) -> Date {
        Date::parse_iso(text).expect("a test date")
    }

    #[test]
    fn a_vehicle_bought_and_read_once_goes_on_at_about_its_own_rate() {
        let vehicle = Vehicle {
            buy_date: Some(day("2022-01-01")),
            readings: vec![Reading {
                date: day("2026-01-01"),
                km: 146_100.0,
            }]
            .into(),
            ..Vehicle::default()
        };
        let classes = UsageClasses::learn(&[], &Catalogue::default(), 55.0);
        let odometer =
            estimate(&vehicle, &Used::of(&vehicle), &classes, day("2026-04-11")).expect("known");
        assert!(
            (154_000.0..157_000.0).contains(&odometer.mean_km),
            "{odometer:?}"
        );
        assert_eq!(odometer.basis, "readings");
    }

    #[test]
    fn nothing_known_is_no_estimate() {
        let nothing = Vehicle::default();
        let classes = UsageClasses::learn(&[], &Catalogue::default(), 55.0);
        assert_eq!(
            estimate(&nothing, &Used::of(&nothing), &classes, day("2026-04-11")),
            None
        );
    }
}
