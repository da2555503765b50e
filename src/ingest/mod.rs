//! Files to typed tables and findings.
//!
//! Responsible for: source kinds, encodings, headers, cells, rows, duplicates, and that every row
//! of the population ends in exactly one place. Not responsible for: finding places (`place`),
//! predictions (`predict`), writing reports (`documents`).
//!
//! A file passes through these rooms:
//!
//! - [`source`]: what it really is, by its first bytes;
//! - `encoding`, `delimited`, or `workbook` (behind `archive`), `legacy` (in `compound`) or `page` (all `sheets`): to rows of text with physical lines (`grid`);
//! - `header` and `naming` with the names of [`aliases`]: which column means what;
//! - `scan` with `aside`: records apart from titles, totals and blank rows;
//! - `record` with the readers of [`cells`]: typed values, repairs and findings;
//! - `tables`: one file per table; [`filled`]: sheets that come back filled; `duplicates`: rows of one vehicle put together.
//!
//! Nothing here depends on the order of rows or files but what cites them: `Vehicle::source`,
//! findings, fates and repairs.

pub mod aliases;
mod alone;
mod append;
mod archive;
mod aside;
pub mod cells;
mod compound;
mod delimited;
mod desk;
mod duplicates;
mod encoding;
mod fates;
pub mod filled;
mod grid;
mod header;
mod legacy;
mod log;
pub mod model_match;
mod naming;
mod page;
mod passing;
mod record;
mod scan;
mod sheets;
pub mod source;
mod tables;
mod workbook;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use compact_str::CompactString;
use rayon::prelude::*;

use crate::domain::{
    Calendar, Catalogue, Date, Datum, LonLat, Person, ServicePoint, Settings, Supply, Van, Vehicle,
};
use crate::findings::{Failure, FailureKind, Finding};
use crate::predict::PastWork;

use desk::Desk;
use fates::Fates;
use log::Log;
use model_match::{ModelMatch, ModelNames};
use tables::population::Population;

pub use aliases::alias_table;
pub use alone::{
    BadReading, LearnedRow, Mark, ReadReadings, VehicleReadings, read_learned, read_lives,
    read_marks, read_readings,
};
pub use append::{ServedVisit, append_past_visits};
pub use encoding::encoding_named;
pub use fates::{Fate, RowCounts, RowFate};
pub use log::Repair;

/// One past repair of a vehicle of the population.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryEntry {
    /// Vehicle id.
    pub vehicle: CompactString,
    /// The day.
    pub date: Date,
    /// Odometer then, where stated.
    pub km: Option<f64>,
    /// Item or part code.
    pub what: CompactString,
}

impl HistoryEntry {
    /// As the predictions count it: by vehicle.
    pub fn past_work(&self) -> (CompactString, PastWork) {
        let work = PastWork {
            date: self.date,
            km: self.km,
            what: self.what.clone(),
        };
        (self.vehicle.clone(), work)
    }
}

/// One past visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastVisit {
    /// Point id; may be empty where the county is stated.
    pub point: String,
    /// County as written; may be empty where the point is stated.
    pub county: String,
    /// The day.
    pub date: Date,
}

/// One measured road.
#[derive(Clone, Debug, PartialEq)]
pub struct MatrixLeg {
    /// `depot` or a point id.
    pub from: String,
    /// `depot` or a point id.
    pub to: String,
    /// Kilometres.
    pub km: f64,
    /// Minutes.
    pub minutes: f64,
}

/// The workspace's tables. Every list is in an order of its own, whatever the files' order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tables {
    /// Every accepted vehicle once, by id.
    pub vehicles: Vec<Vehicle>,
    /// Service points, by id.
    pub points: Vec<ServicePoint>,
    /// The catalogue.
    pub catalogue: Catalogue,
    /// Stock, sister dealers, suppliers.
    pub supply: Supply,
    /// Staff, by name.
    pub crew: Vec<Person>,
    /// Vans, by id.
    pub vans: Vec<Van>,
    /// Holidays: the published ones and the dealer's.
    pub calendar: Calendar,
    /// Past repairs, by vehicle and day.
    pub history: Vec<HistoryEntry>,
    /// Past visits, by place and day.
    pub past_visits: Vec<PastVisit>,
    /// Measured roads.
    pub matrix: Vec<MatrixLeg>,
}

impl Tables {
    /// The position of a vehicle by its id.
    pub fn position(&self, id: &str) -> Option<usize> {
        let found = self
            .vehicles
            .binary_search_by(|one| one.id.as_str().cmp(id));
        found.ok()
    }

    /// A vehicle by its id.
    pub fn by_id(&self, id: &str) -> Option<&Vehicle> {
        self.vehicles.get(self.position(id)?)
    }

    /// A vehicle by its id, else by its plate.
    pub fn by_id_or_plate(&self, key: &str) -> Option<&Vehicle> {
        self.by_id(key).or_else(|| {
            let has_plate = |one: &&Vehicle| one.plate.as_ref().is_some_and(|own| own == key);
            self.vehicles.iter().find(has_plate)
        })
    }
}

/// Everything read.
#[derive(Clone, Debug, Default)]
pub struct Ingested {
    /// The tables.
    pub tables: Tables,
    /// The population's rows, counted by fate.
    pub counts: RowCounts,
    /// Every population row that is no vehicle of its own, by file and line.
    pub fates: Vec<RowFate>,
    /// Every value changed on the way in.
    pub repairs: Vec<Repair>,
    /// What was noticed, by file and line.
    pub findings: Vec<Finding>,
    /// Files read with their SHA-256, by name.
    pub files: Vec<(String, String)>,
}

/// How a workspace is read.
#[derive(Clone, Copy)]
pub struct ReadOptions<'s> {
    /// Population files outside the folder.
    pub extra: &'s [PathBuf],
    /// The encoding of population files that do not say it themselves; `None`: by their bytes.
    pub encoding: Option<&'static encoding_rs::Encoding>,
    /// Converts given positions.
    pub to_wgs84: &'s (dyn Fn(Datum, LonLat) -> LonLat + Sync),
}

/// Reads all tables of a workspace. `settings.today` should be set: days after it are doubted.
///
/// # Errors
/// All missing files, missing columns and unusable files at once, each as a finding.
pub fn read_workspace(
    root: &Path,
    settings: &Settings,
    options: ReadOptions<'_>,
) -> Result<Ingested, Failure> {
    let mut desk = Desk::new(root, settings, options);
    let mut tables = Tables::default();
    read_catalogue(&mut desk, &mut tables.catalogue);
    tables.points = tables::points::read(&mut desk);
    tables.supply = Supply {
        coming: Vec::new(),
        stock: tables::stock::read(&mut desk, &tables.catalogue),
        peers: tables::peers::read(&mut desk, &tables.catalogue),
        suppliers: tables::suppliers::read(&mut desk),
    };
    tables.crew = tables::crew::read(&mut desk);
    tables.vans = tables::vans::read(&mut desk);
    tables.calendar = tables::calendar::read(&mut desk);
    tables.matrix = tables::matrix::read(&mut desk, &tables.points);
    tables.past_visits = tables::past_visits::read(&mut desk);

    let population = tables::population::read(&mut desk);
    if !desk.failures.is_empty() {
        return Err(Failure {
            kind: FailureKind::Input,
            findings: desk.failures,
        });
    }
    let fates = put_together(&mut desk, population, &mut tables);
    recognise_models(&mut desk, &mut tables);
    tables.history = tables::history::read(&mut desk, &tables.vehicles, &tables.catalogue);
    if !desk.failures.is_empty() {
        return Err(Failure {
            kind: FailureKind::Input,
            findings: desk.failures,
        });
    }
    Ok(finished(desk, tables, fates))
}

/// Reads one population file that is in memory already, with nothing around it: no catalogue, no other
/// tables.
///
/// # Errors
/// Why it cannot be used, as findings.
pub fn read_population(
    name: &str,
    bytes: Vec<u8>,
    settings: &Settings,
    options: ReadOptions<'_>,
) -> Result<Ingested, Failure> {
    let mut desk = Desk::new(Path::new(""), settings, options);
    let mut tables = Tables::default();
    let opened = desk.opened(&aliases::POPULATION, source::SourceFile::of(bytes), name);
    let population = tables::population::read_file(&mut desk, Population::default(), opened, name);
    if !desk.failures.is_empty() {
        return Err(Failure {
            kind: FailureKind::Input,
            findings: desk.failures,
        });
    }
    let fates = put_together(&mut desk, population, &mut tables);
    Ok(finished(desk, tables, fates))
}

/// One vehicle out of all its rows.
fn put_together(desk: &mut Desk<'_>, population: Population, tables: &mut Tables) -> Fates {
    let Population {
        drafts,
        mut fates,
        sheets,
    } = population;
    let mut merging = Log::default();
    tables.vehicles = duplicates::merge(drafts, &sheets, &mut fates, &mut merging);
    desk.log.close_file("population/", merging);
    fates
}

fn finished(mut desk: Desk<'_>, tables: Tables, fates: Fates) -> Ingested {
    let (fates, counts) = fates.close(tables.vehicles.len());
    // Stable: findings of one cell stay in the order they were made.
    desk.log
        .findings
        .sort_by(|a, b| (&a.at, &a.code, &a.vehicle).cmp(&(&b.at, &b.code, &b.vehicle)));
    desk.files.sort();
    Ingested {
        tables,
        counts,
        fates,
        repairs: desk.log.repairs,
        findings: desk.log.findings,
        files: desk.files,
    }
}

fn read_catalogue(desk: &mut Desk<'_>, catalogue: &mut Catalogue) {
    catalogue.models = tables::models::read(desk);
    catalogue.tools = tables::tools::read(desk);
    catalogue.parts = tables::parts::read(desk);
    catalogue.items = tables::items::read(desk, catalogue);
    catalogue.rules = tables::rules::read(desk, catalogue);
    catalogue.bom = tables::bom::read(desk, catalogue);
    catalogue.symptoms = tables::symptoms::read(desk, catalogue);
}

/// Finds every vehicle's model in the catalogue; each text that was not plain is reported once.
fn recognise_models(desk: &mut Desk<'_>, tables: &mut Tables) {
    let names = ModelNames::of(&tables.catalogue.models);
    let count = |mut counts: BTreeMap<CompactString, u64>, vehicle: &Vehicle| {
        *counts.entry(vehicle.model_text.clone()).or_default() += 1;
        counts
    };
    let counts = tables.vehicles.par_iter().fold(BTreeMap::new, count);
    let counts = counts.reduce(BTreeMap::new, |mut sum, more| {
        for (text, count) in more {
            *sum.entry(text).or_default() += count;
        }
        sum
    });
    let stated = counts.into_iter().filter(|(text, _)| !text.is_empty());
    let known: BTreeMap<CompactString, (ModelMatch, u64)> = stated
        .map(|(text, count)| (text.clone(), (names.find(&text), count)))
        .collect();
    tables.vehicles.par_iter_mut().for_each(|vehicle| {
        let found = known.get(&vehicle.model_text);
        if let Some((ModelMatch::Same(id) | ModelMatch::Contained(id, _), _)) = found {
            vehicle.model = Some(id.as_str().into());
        }
    });
    for (text, (found, count)) in known {
        let finding = match found {
            ModelMatch::Same(_) => continue,
            ModelMatch::Contained(id, name) => {
                Finding::new("D115").arg("model", id).arg("name", name)
            }
            ModelMatch::Ambiguous(ids) => Finding::new("D114").arg("candidates", ids.join(", ")),
            ModelMatch::Unknown => Finding::new("D114").arg("candidates", "–"),
        };
        let finding = finding
            .in_file("population/")
            .value(record::shortened(&text));
        desk.log.findings.push(finding.arg("count", count));
    }
}
