//! Odometer readings: `vehicle, date, odometer_km, class`, optionally `buy_date`.

use std::collections::BTreeMap;

use super::super::aliases::READINGS;
use super::records;
use crate::domain::Date;
use crate::findings::{Failure, Finding};

/// A row that is no reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadReading {
    /// Physical line.
    pub line: u32,
    /// As written.
    pub date: String,
    /// As written.
    pub odometer_km: String,
}

/// All that is known of one vehicle.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct VehicleReadings {
    /// Its class; empty = none stated. Where rows differ, the newest counts.
    pub class: String,
    /// Day of purchase, where stated.
    pub bought: Option<Date>,
    /// Readings in order of day, then km.
    pub readings: Vec<(Date, f64)>,
    /// Days stated without a reading.
    pub days_only: Vec<Date>,
    /// Rows that are no readings.
    pub bad: Vec<BadReading>,
}

/// A file of readings.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadReadings {
    /// By vehicle.
    pub vehicles: BTreeMap<String, VehicleReadings>,
    /// What was noticed, in the file's order.
    pub findings: Vec<Finding>,
}

/// Reads odometer readings. A row that cannot be used is kept with its vehicle and said.
///
/// # Errors
/// Status 3 where the file is no table of readings.
pub fn read_readings(bytes: &[u8], file: &str) -> Result<ReadReadings, Failure> {
    let mut vehicles: BTreeMap<String, VehicleReadings> = BTreeMap::new();
    // Rows of a vehicle may come in any order; its class is that of its newest day.
    let mut class_of: BTreeMap<String, (Option<Date>, String)> = BTreeMap::new();
    let findings = records(bytes, file, &READINGS, &mut |record| {
        let Some(vehicle) = record.needed_text("vehicle") else {
            return;
        };
        let (date, km) = (record.date("date"), record.kilometres("odometer_km"));
        let class = record.text("class");
        if !class.is_empty() {
            let known = class_of.entry(vehicle.clone()).or_default();
            if (date, &class) > (known.0, &known.1) {
                *known = (date, class);
            }
        }
        let bought = record.date("buy_date");
        let (date_text, km_text) = (record.text("date"), record.text("odometer_km"));
        let one = vehicles.entry(vehicle).or_default();
        one.bought = one.bought.max(bought);
        match (date, km) {
            (Some(date), Some(km)) => one.readings.push((date, km)),
            (Some(date), None) if km_text.is_empty() => one.days_only.push(date),
            (None, None) if date_text.is_empty() && km_text.is_empty() => {}
            _ => one.bad.push(BadReading {
                line: record.row_spot().line,
                date: date_text,
                odometer_km: km_text,
            }),
        }
    })?;
    for (vehicle, one) in &mut vehicles {
        one.readings
            .sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        one.days_only.sort_unstable();
        if let Some((_, class)) = class_of.remove(vehicle) {
            one.class = class;
        }
    }
    Ok(ReadReadings { vehicles, findings })
}
