//! Repair history and population → lives of a wear item.
//!
//! A life runs from one recorded replacement to the next, the last one to the newest odometer known. The first
//! one counts from new, where the vehicle was bought after the records begin; else it enters late, at the km the
//! vehicle had when they begin, provided the part can still be the first one. Km in severe use count as more:
//! they are divided by the rule's severe factor, as the prediction does. A vehicle without any repair on record is
//! somebody else's customer: what it had replaced is missing, not nothing.

use crate::domain::settings::PredictSettings;
use crate::domain::{Date, Rule, Vehicle};
use crate::predict::{Book, RepairRecord, UsageClasses, is_severe, km_on};

/// A part that by the catalogue has failed before the records begin with more than this chance may be the second
/// one: then nobody knows its age.
const REPLACED_BEFORE: f64 = 0.1;

/// One life, km since replaced or new.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PartLife {
    pub(super) vehicle: String,
    /// Km at which it entered the records.
    pub(super) entry: f64,
    /// Km at which it failed or was last known good.
    pub(super) end: f64,
    pub(super) failed: bool,
    /// Km to which it was, or would have been, watched.
    pub(super) watched_to: f64,
}

/// What lives are cut from.
pub(super) struct Ground<'a> {
    pub(super) vehicles: &'a [Vehicle],
    pub(super) book: &'a Book<'a>,
    pub(super) record: &'a RepairRecord,
    pub(super) rates: &'a PredictSettings,
    pub(super) classes: &'a UsageClasses,
}

impl Ground<'_> {
    /// All lives of a rule's item on the vehicles it applies to, in order of vehicle.
    pub(super) fn lives(&self, rule: &Rule, begin: Date) -> Vec<PartLife> {
        let mut lives = Vec::new();
        for vehicle in self.vehicles {
            let Some(model) = vehicle.model.as_deref() else {
                continue;
            };
            let in_care = self.record.of(vehicle).next().is_some();
            if in_care && self.book.catalogue.applies(&rule.applies_to, model) {
                lives.extend(self.of(vehicle, model, rule, begin));
            }
        }
        lives
    }

    fn of(&self, vehicle: &Vehicle, model: &str, rule: &Rule, begin: Date) -> Vec<PartLife> {
        let km_at = |date: Date| km_on(vehicle, self.classes, date);
        let severe = is_severe(self.rates, vehicle, self.classes);
        let factor = rule
            .severe_factor
            .filter(|f| severe && *f > 0.0)
            .unwrap_or(1.0);
        let mut done: Vec<f64> = Vec::new();
        let book = self.book.of(model);
        let Some(item) = book.item(&rule.item) else {
            return Vec::new();
        };
        for work in self.record.all_done(vehicle, item) {
            // Without its km a replacement could have been anywhere.
            let Some(km) = work.km.or_else(|| km_at(work.date)) else {
                return Vec::new();
            };
            done.push(km);
        }
        done.sort_by(f64::total_cmp);
        done.dedup();
        let newest = self
            .newest_km(vehicle)
            .max(done.last().copied().unwrap_or(0.0));
        let mut starts: Vec<(f64, f64)> = Vec::new();
        let bought_later = vehicle.buy_date.is_some_and(|day| day >= begin);
        if bought_later {
            starts.push((0.0, 0.0));
        } else if let Some(at_begin) = km_at(begin)
            && replaced_by(rule, at_begin / factor) <= REPLACED_BEFORE
        {
            starts.push((0.0, at_begin));
        }
        starts.extend(done.iter().map(|km| (*km, *km)));
        let cut = starts.into_iter().filter_map(|(start, entry)| {
            let next = done.iter().copied().find(|km| *km > start);
            let end = next.unwrap_or(newest);
            let part = |km: f64| (km - start).max(0.0) / factor;
            (end > entry).then(|| PartLife {
                vehicle: vehicle.id.to_string(),
                entry: part(entry),
                end: part(end),
                failed: next.is_some(),
                watched_to: part(newest),
            })
        });
        cut.collect()
    }

    /// The highest odometer on record.
    fn newest_km(&self, vehicle: &Vehicle) -> f64 {
        let read = vehicle.readings.last().map(|reading| reading.km);
        let works = self.record.of(vehicle).filter_map(|work| work.km);
        works
            .chain(read)
            .chain(vehicle.last_service.km)
            .fold(0.0, f64::max)
    }
}

/// The chance, by the catalogue, that a part has failed by so many km; 0 where the catalogue has no law.
fn replaced_by(rule: &Rule, km: f64) -> f64 {
    match (rule.shape, rule.scale_km) {
        (Some(shape), Some(scale)) if shape > 0.0 && scale > 0.0 => {
            -libm::expm1(-libm::pow(km / scale, shape))
        }
        _ => 0.0,
    }
}
