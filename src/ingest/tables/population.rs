//! population/: the region's vehicles, from any number of files.
//!
//! Responsible for: which files are read, a record to a draft vehicle, and what becomes of every
//! row. Not responsible for: putting rows of one vehicle together (`duplicates`).

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::domain::{Date, LastService, Reading, SourceRow, Vehicle};
use crate::findings::{Finding, Spot};
use crate::ingest::aliases::POPULATION;
use crate::ingest::cells::{self, Cell, words};
use crate::ingest::desk::Desk;
use crate::ingest::duplicates::Draft;
use crate::ingest::fates::{Fate, Fates, RowFate};
use crate::ingest::record::Record;
use crate::ingest::scan::{Event, NO_IDENTITY};

use super::{Positions, position};

/// Extensions of tables; the content decides what they really are.
const TABLES: [&str; 8] = ["csv", "tsv", "txt", "xlsx", "xlsm", "xls", "htm", "html"];
/// Extensions of tables that are not read: skipping them would lose customers silently.
const OTHER_TABLES: [&str; 5] = ["xlsb", "ods", "et", "numbers", "dbf"];

/// The population's rows so far.
#[derive(Default)]
pub(crate) struct Population {
    pub(crate) drafts: Vec<Draft>,
    pub(crate) fates: Fates,
}

/// Reads every file of the folder in order of name, then the extra ones.
pub(crate) fn read(desk: &mut Desk<'_>, extra: &[PathBuf]) -> Population {
    let mut population = Population::default();
    let files = files(desk, extra);
    if files.is_empty() && desk.failures.is_empty() {
        desk.failures
            .push(Finding::new("D016").in_file("population/"));
    }
    for (index, (path, name)) in files.iter().enumerate() {
        read_file(
            desk,
            &mut population,
            path,
            name,
            u32::try_from(index).unwrap_or(u32::MAX),
        );
    }
    population
}

/// The files to read with their names in messages.
fn files(desk: &mut Desk<'_>, extra: &[PathBuf]) -> Vec<(PathBuf, String)> {
    let mut names = Vec::new();
    match std::fs::read_dir(desk.root.join(POPULATION.path)) {
        Ok(entries) => {
            for entry in entries.flatten() {
                names.push(entry.file_name().to_string_lossy().into_owned());
            }
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => desk.failures.push(
            Finding::new("D004")
                .in_file("population/")
                .arg("message", error.kind()),
        ),
    }
    names.sort_unstable();
    let mut files = Vec::new();
    for name in names {
        let path = desk.root.join(POPULATION.path).join(&name);
        // What Excel, WPS and operating systems leave lying about.
        if name.starts_with(['.', '~'])
            || name == "Thumbs.db"
            || name == "desktop.ini"
            || path.is_dir()
        {
            continue;
        }
        let shown = format!("{}/{name}", POPULATION.path);
        let extension = name
            .rsplit_once('.')
            .map(|(_, e)| e.to_lowercase())
            .unwrap_or_default();
        if TABLES.contains(&extension.as_str()) {
            files.push((path, shown));
        } else if OTHER_TABLES.contains(&extension.as_str()) {
            desk.failures
                .push(Finding::new("D005").in_file(shown).arg("kind", extension));
        } else {
            desk.log.findings.push(Finding::new("D009").in_file(shown));
        }
    }
    for path in extra {
        let shown = path.strip_prefix(desk.root).unwrap_or(path);
        files.push((path.clone(), shown.to_string_lossy().replace('\\', "/")));
    }
    files
}

fn read_file(
    desk: &mut Desk<'_>,
    population: &mut Population,
    path: &Path,
    name: &str,
    index: u32,
) {
    let positions = Positions {
        datum: desk.datum_of(name),
        to_wgs84: desk.to_wgs84,
    };
    let today = desk.today;
    let file: Arc<str> = Arc::from(name);
    let before = population.drafts.len();
    let mut undated = 0_u64;
    let mut unreadable = Vec::new();
    let sound = desk.scan(&POPULATION, path, name, &mut |event| match event {
        Event::Aside(aside) => {
            if let Some(finding) = population.fates.set_aside(&file, &aside) {
                unreadable.push(finding);
            }
        }
        Event::Record(record) => match draft(record, positions, today, &mut undated) {
            Some(vehicle) => {
                let original = population.fates.keep(&record.row.original());
                population
                    .drafts
                    .push(Draft::new(vehicle, index, &file, record, original));
            }
            None => population.fates.reject(rejected(&file, record)),
        },
    });
    desk.log.findings.append(&mut unreadable);
    if undated > 0 {
        let day = today.map_or_else(|| "–".to_owned(), |today| today.to_string());
        let finding = Finding::new("D116")
            .in_file(name)
            .arg("count", undated)
            .arg("date", day);
        desk.log.findings.push(finding);
    }
    if sound && population.drafts.len() == before {
        desk.log.findings.push(Finding::new("D017").in_file(name));
    }
}

/// A row without identity, with the cell to look at.
fn rejected(file: &Arc<str>, record: &mut Record<'_>) -> RowFate {
    let key = if record.raw("vin").is_empty() {
        "plate"
    } else {
        "vin"
    };
    let key = if record.header.cells_of(key).is_empty() {
        "vin"
    } else {
        key
    };
    let spot: Spot = record.spot(key);
    let value = record.text(key);
    record.tell(record.finding(NO_IDENTITY, key));
    RowFate {
        fate: Fate::Rejected,
        file: Arc::clone(file),
        sheet: Arc::clone(&record.header.sheet),
        line: record.row.line,
        rows: 1,
        column: format!("{} {}", spot.letter, spot.header).trim().to_owned(),
        value,
        code: NO_IDENTITY,
        vehicle: String::new(),
        original: record.row.original().into_owned(),
    }
}

/// A record as a vehicle, without an id yet; `None` where nothing identifies it.
fn draft(
    record: &mut Record<'_>,
    positions: Positions<'_>,
    today: Option<Date>,
    undated: &mut u64,
) -> Option<Vehicle> {
    let (vin, plate) = identity(record)?;
    let phones = cells::phone::read(&record.joined("phone"));
    let phones = record
        .take("phone", phones, |numbers| numbers.join("|"))
        .unwrap_or_default();
    let mut vehicle = Vehicle {
        vin,
        plate,
        customer: record.text("customer"),
        contact: record.text("contact"),
        phones,
        model_text: record.text("model"),
        province: record.text("province"),
        city: record.text("city"),
        county: record.text("county"),
        town: record.text("town"),
        address: record.text("address"),
        lon_lat: position(record, positions),
        buy_date: past_day(record, "buy_date", today),
        km_per_day: km_per_day(record),
        customer_type: record
            .word(
                "customer_type",
                words::customer_type,
                "person, firm, group (个人, 单位, 集团)",
            )
            .unwrap_or_default(),
        usage: record
            .word(
                "usage",
                words::usage,
                "home, logistics, passenger, construction, school, official",
            )
            .unwrap_or_default(),
        key_customer: record.yes_no("key_customer").unwrap_or(false),
        do_not_call: refusal(record, "do_not_call"),
        sms_optout: refusal(record, "sms_optout"),
        handover_consent: record.yes_no("handover_consent"),
        remark: record.text("remark"),
        source: SourceRow {
            file: record.header.file.to_string(),
            line: record.row.line,
        },
        ..Vehicle::default()
    };
    readings(record, &mut vehicle, today, undated);
    Some(vehicle)
}

/// VIN and plate. A malformed VIN gives way to a plate; alone it still identifies the row.
fn identity(record: &mut Record<'_>) -> Option<(Option<String>, Option<String>)> {
    let plate = cells::plate::read(record.raw("plate"));
    let plate = record.take("plate", plate, Clone::clone);
    let vin = match cells::vin::read(record.raw("vin")) {
        // The whole row is about to be rejected: one finding is enough.
        Cell::Bad(_) if plate.is_none() => return None,
        Cell::Bad(code) => {
            record.tell(record.finding(code, "vin").arg("suggestion", ""));
            None
        }
        Cell::Doubtful(vin, rule, code) => {
            let suggestion = cells::vin::suggestion(&vin.text).unwrap_or_default();
            let from = record.text("vin");
            record.note_repair("vin", &from, vin.text.clone(), rule);
            record.tell(record.finding(code, "vin").arg("suggestion", suggestion));
            Some(vin)
        }
        cell => record.take("vin", cell, |vin| vin.text.clone()),
    };
    let vin = vin
        .filter(|vin| vin.well_formed || plate.is_none())
        .map(|vin| vin.text);
    (vin.is_some() || plate.is_some()).then_some((vin, plate))
}

/// Asked not to be contacted. An unreadable word counts as a refusal: nobody may be rung by mistake.
fn refusal(record: &mut Record<'_>, key: &str) -> bool {
    let stated = !record.raw(key).is_empty();
    match record.yes_no(key) {
        Some(answer) => answer,
        None => stated,
    }
}

/// A day that cannot lie ahead.
fn past_day(record: &mut Record<'_>, key: &str, today: Option<Date>) -> Option<Date> {
    let date = record.date(key)?;
    if today.is_some_and(|today| date > today) {
        record.tell(record.finding("D102", key));
        return None;
    }
    Some(date)
}

fn km_per_day(record: &mut Record<'_>) -> Option<f64> {
    let daily = record.amount("km_per_day");
    // A month of thirty days, as the column's users reckon.
    daily.or_else(|| record.amount("km_per_month").map(|monthly| monthly / 30.0))
}

/// Odometer and last service. A figure without a day is taken as read at the last service where it
/// is not beyond it, else today, and counted.
fn readings(
    record: &mut Record<'_>,
    vehicle: &mut Vehicle,
    today: Option<Date>,
    undated: &mut u64,
) {
    let km = record.kilometres("odometer_km");
    let date = past_day(record, "odometer_date", today);
    let service = LastService {
        date: past_day(record, "last_service_date", today),
        km: record.kilometres("last_service_km"),
    };
    if let (Some(km), Some(service_km)) = (km, service.km) {
        let later = date
            .zip(service.date)
            .is_none_or(|(date, service)| date >= service);
        if km < service_km && later {
            record.tell(
                record
                    .finding("D104", "odometer_km")
                    .arg("service_km", service_km),
            );
        }
    }
    if let Some(km) = km {
        let at_service = service
            .date
            .filter(|_| service.km.is_none_or(|service| km <= service));
        *undated += u64::from(date.is_none() && at_service.is_none());
        if let Some(date) = date.or(at_service).or(today) {
            vehicle.readings.push(Reading { date, km });
        }
    }
    if let (Some(date), Some(km)) = (service.date, service.km) {
        vehicle.readings.push(Reading { date, km });
    }
    super::super::duplicates::one_a_day(&mut vehicle.readings);
    vehicle.last_service = service;
}
