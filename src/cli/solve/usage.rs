//! `tourplan solve usage`.

use std::path::Path;

use serde::Serialize;

use super::super::output::Output;
use super::super::{read_input, wrong};
use super::refused;
use crate::domain::Date;
use crate::domain::settings::PredictSettings;
use crate::findings::{Failure, Finding};
use crate::ingest::{VehicleReadings, read_readings};
use crate::plan::files::harmless;
use crate::solve::usage::{Answer, Basis, ClassBasis, Known, SetAside, WhySetAside, answer};

pub(super) const HELP: &str = "A reading of 0 km stands for the purchase, as does the optional column buy_date; a row with a date and no odometer
does where its vehicle has no reading at all. CSV on stdout, with --json JSON. set_aside lists readings that
cannot be true beside the others as date=km:why (backwards, too_fast, unreadable).

Examples:
  tourplan solve usage readings.csv --at 2026-12-15
  tourplan solve usage - --at 2026-12-15 --json < readings.csv";

/// One vehicle's answer.
#[derive(Serialize)]
struct Row {
    vehicle: String,
    class: String,
    odometer_km: Option<f64>,
    sd_km: Option<f64>,
    km_per_day: Option<f64>,
    /// What it rests on: `readings`, `one_reading`, `age` or `nothing`.
    basis: &'static str,
    /// Whose use it leans on: class, fleet or assumed.
    class_basis: &'static str,
    readings: usize,
    used: usize,
    set_aside: Vec<Aside>,
}

/// A reading set aside.
#[derive(Serialize)]
struct Aside {
    date: String,
    odometer_km: String,
    why: &'static str,
}

pub(super) fn run(file: &Path, at: &str, output: &Output) -> Result<u8, Failure> {
    let day = Date::parse_iso(at).ok_or_else(|| wrong(at, "--at", "yyyy-mm-dd"))?;
    let read = read_readings(&read_input(file)?, &file.display().to_string())?;
    output.findings(&read.findings);
    if read.vehicles.is_empty() {
        let finding = Finding::new("D017").in_file(file.display().to_string());
        return Err(Failure::input(finding));
    }
    let known: Vec<Known> = read.vehicles.values().map(|one| known(one, day)).collect();
    let answers = answer(&known, 0, PredictSettings::default().km_per_day);
    let rows: Vec<Row> = read
        .vehicles
        .iter()
        .zip(answers)
        .map(|((vehicle, readings), answer)| row(vehicle, readings, &answer))
        .collect();
    if output.json {
        output.json(&serde_json::json!({ "at": day, "vehicles": rows }));
    } else {
        output.result(&table(&rows).map_err(|why| refused(file, &why))?);
    }
    Ok(0)
}

/// Days are counted from `day` on.
fn known(one: &VehicleReadings, day: Date) -> Known {
    let since = |date: &Date| date.days_since(day);
    let bought = one.bought.as_ref().or_else(|| {
        let no_reading = one.readings.is_empty() && one.bad.is_empty();
        one.days_only.first().filter(|_| no_reading)
    });
    let readings = one.readings.iter();
    Known {
        class: one.class.clone(),
        bought: bought.map(since),
        readings: readings.map(|(date, km)| (since(date), *km)).collect(),
    }
}

fn row(vehicle: &str, readings: &VehicleReadings, answer: &Answer) -> Row {
    let bad = readings.bad.iter().map(|bad| Aside {
        date: bad.date.clone(),
        odometer_km: bad.odometer_km.clone(),
        why: "unreadable",
    });
    let aside = answer
        .set_aside
        .iter()
        .filter_map(|one| aside(readings, one));
    let estimate = answer.estimate;
    Row {
        vehicle: vehicle.to_owned(),
        class: readings.class.clone(),
        odometer_km: estimate.map(|e| round(e.mean_km, 10.0)),
        sd_km: estimate.map(|e| round(e.sd_km, 10.0)),
        km_per_day: estimate.map(|e| round(e.km_per_day, 1000.0)),
        basis: match answer.basis {
            Basis::Readings => "readings",
            Basis::OneReading => "one_reading",
            Basis::Age => "age",
            Basis::Nothing => "nothing",
        },
        class_basis: match answer.class_basis {
            ClassBasis::Class => "class",
            ClassBasis::Fleet => "fleet",
            ClassBasis::Assumed => "assumed",
        },
        readings: readings.readings.len() + readings.bad.len(),
        used: answer.used,
        set_aside: aside.chain(bad).collect(),
    }
}

fn aside(readings: &VehicleReadings, one: &SetAside) -> Option<Aside> {
    let (date, km) = readings.readings.get(one.index)?;
    Some(Aside {
        date: date.to_string(),
        odometer_km: km.to_string(),
        why: match one.why {
            WhySetAside::Backwards => "backwards",
            WhySetAside::TooFast => "too_fast",
        },
    })
}

fn round(x: f64, parts: f64) -> f64 {
    (x * parts).round() / parts
}

fn table(rows: &[Row]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record([
        "vehicle",
        "class",
        "odometer_km",
        "sd_km",
        "km_per_day",
        "basis",
        "class_basis",
        "readings",
        "used",
        "set_aside",
    ])?;
    for row in rows {
        let number = |x: Option<f64>| x.map_or_else(String::new, |x| x.to_string());
        let aside: Vec<String> = row
            .set_aside
            .iter()
            .map(|one| format!("{}={}:{}", one.date, one.odometer_km, one.why))
            .collect();
        writer.write_record([
            harmless(&row.vehicle).into_owned(),
            harmless(&row.class).into_owned(),
            number(row.odometer_km),
            number(row.sd_km),
            number(row.km_per_day),
            row.basis.to_owned(),
            row.class_basis.to_owned(),
            row.readings.to_string(),
            row.used.to_string(),
            harmless(&aside.join("|")).into_owned(),
        ])?;
    }
    Ok(writer.into_inner().unwrap_or_default())
}
