//! population/: the region's vehicles, from any number of files.
//!
//! Responsible for: a record to a draft vehicle, and what becomes of every row. Not responsible for: which files are read
//! (`folder`), putting rows of one vehicle together (`duplicates`).

use std::sync::Arc;

use compact_str::CompactString;

use crate::domain::{Date, LastService, Reading, Readings, SourceRow, Vehicle};
use crate::findings::{Finding, Spot};
use crate::ingest::aliases::POPULATION;
use crate::ingest::aside::{Aside, NO_IDENTITY};
use crate::ingest::cells::{self, Cell, words};
use crate::ingest::desk::{Desk, Opened};
use crate::ingest::duplicates::{Drafts, one_a_day};
use crate::ingest::fates::{Fate, Fates, RowFate, Sheets};
use crate::ingest::record::Record;
use crate::ingest::scan::{Take, TakeParts};
use crate::ingest::source::SourceFile;

use super::folder::files;
use super::{Positions, position};

/// The population's rows so far.
#[derive(Default)]
pub(crate) struct Population {
    pub(crate) drafts: Drafts,
    pub(crate) fates: Fates,
    pub(crate) sheets: Sheets,
}

/// Reads every file of the folder in order of name, then the extra ones.
pub(crate) fn read(desk: &mut Desk<'_>) -> Population {
    let mut population = Population::default();
    let files = files(desk);
    if files.is_empty() && desk.failures.is_empty() {
        desk.failures
            .push(Finding::new("D016").in_file("population/"));
    }
    let read = |at: usize| files.get(at).map(|(path, _)| SourceFile::read(path));
    let mut next = read(0);
    for (at, (_, name)) in files.iter().enumerate() {
        let opened = next.and_then(|source| desk.opened_if_read(&POPULATION, source, name));
        // The disk gives the next file while this one's rows are read.
        (population, next) = rayon::join(
            || match opened {
                Some(opened) => read_file(desk, population, opened, name),
                None => population,
            },
            || read(at + 1),
        );
    }
    population
}

/// Reads one file or a part of it.
struct Reader<'s> {
    file: Arc<str>,
    positions: Positions<'s>,
    today: Option<Date>,
    population: Population,
    /// Rows whose odometer figure had no day.
    undated: u64,
    /// Findings of rows that could not be read.
    unreadable: Vec<Finding>,
}

impl Take for Reader<'_> {
    fn record(&mut self, record: &mut Record<'_>) {
        let Population {
            drafts,
            fates,
            sheets,
        } = &mut self.population;
        let source = SourceRow {
            file: Arc::clone(&self.file),
            line: record.row.line,
        };
        match draft(
            record,
            source,
            self.positions,
            self.today,
            &mut self.undated,
        ) {
            Some(vehicle) => {
                if !sheets.is_open(&self.file, &record.header.sheet) {
                    sheets.open(&self.file, &record.header.sheet);
                }
                drafts.rows.push(sheets.refer(record.row));
                drafts.vehicles.push(vehicle);
            }
            None => fates.reject(rejected(&self.file, record)),
        }
    }

    fn aside(&mut self, aside: Aside<'_>) {
        if let Some(finding) = self.population.fates.set_aside(&self.file, &aside) {
            self.unreadable.push(finding);
        }
    }
}

impl TakeParts for Reader<'_> {
    fn fork(&self) -> Self {
        Self {
            // Of its own: every row counts it up, and cores that share a count wait for each other.
            file: Arc::from(&*self.file),
            positions: self.positions,
            today: self.today,
            population: Population {
                sheets: self.population.sheets.names_only(),
                ..Population::default()
            },
            undated: 0,
            unreadable: Vec::new(),
        }
    }

    fn join(&mut self, mut later: Self) {
        let mine = &mut self.population;
        let theirs = &mut later.population;
        mine.drafts.vehicles.append(&mut theirs.drafts.vehicles);
        mine.drafts.rows.append(&mut theirs.drafts.rows);
        mine.fates.list.append(&mut theirs.fates.list);
        self.undated += later.undated;
        self.unreadable.append(&mut later.unreadable);
    }
}

/// Reads one file, a part of it on every core.
pub(crate) fn read_file(
    desk: &mut Desk<'_>,
    mut population: Population,
    opened: Opened,
    name: &str,
) -> Population {
    let before = population.drafts.rows.len();
    let file: Arc<str> = Arc::from(name);
    // A delimited file's only sheet; those of a workbook follow when their rows come.
    population.sheets.open(&file, &Arc::default());
    let mut reader = Reader {
        file,
        positions: Positions {
            datum: desk.datum_of(name),
            to_wgs84: desk.options.to_wgs84,
        },
        today: desk.today,
        population,
        undated: 0,
        unreadable: Vec::new(),
    };
    let (sound, text) = desk.scan_at_once(opened, desk.options.encoding, &mut reader);
    if let Some(text) = text {
        reader.population.sheets.close(text);
    }
    desk.log.findings.append(&mut reader.unreadable);
    if reader.undated > 0 {
        let day = desk
            .today
            .map_or_else(|| "–".to_owned(), |today| today.to_string());
        let finding = Finding::new("D116")
            .in_file(name)
            .arg("count", reader.undated)
            .arg("date", day);
        desk.log.findings.push(finding);
    }
    if sound && reader.population.drafts.rows.len() == before {
        desk.log.findings.push(Finding::new("D017").in_file(name));
    }
    reader.population
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
        cells: record.header.cells_by_column(record.row.cells),
    }
}

/// A record as a vehicle, without an id yet; `None` where nothing identifies it.
fn draft(
    record: &mut Record<'_>,
    source: SourceRow,
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
        id: CompactString::default(),
        vin,
        plate,
        customer: record.compact("customer"),
        contact: record.compact("contact"),
        phones,
        model: None,
        model_text: record.compact("model"),
        province: record.compact("province"),
        city: record.compact("city"),
        county: record.compact("county"),
        town: record.compact("town"),
        address: record.compact("address"),
        lon_lat: position(record, positions),
        buy_date: past_day(record, "buy_date", today),
        readings: Readings::new(),
        last_service: LastService::default(),
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
        as_of: past_day(record, "as_of", today),
        remark: record.compact("remark"),
        source,
    };
    readings(record, &mut vehicle, today, undated);
    Some(vehicle)
}

/// VIN and plate. A malformed VIN gives way to a plate; alone it still identifies the row.
fn identity(record: &mut Record<'_>) -> Option<(Option<CompactString>, Option<CompactString>)> {
    let plate = cells::plate::read(record.raw("plate"));
    let plate = record.take("plate", plate, ToString::to_string);
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
            record.note_repair("vin", &from, vin.text.to_string(), rule);
            record.tell(record.finding(code, "vin").arg("suggestion", suggestion));
            Some(vin)
        }
        cell => record.take("vin", cell, |vin| vin.text.to_string()),
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
    one_a_day(&mut vehicle.readings);
    vehicle.last_service = service;
}
