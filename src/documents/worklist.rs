//! Rows to correct and vehicles to complete, as a sheet that is a population file again.
//!
//! Responsible for: which rows stand on it, what is to be done about each, and headers that
//! `tourplan check FILE` reads back. It holds names and phones: whoever writes it keeps it private.
//! Not responsible for: what was rejected or is missing (`ingest`, `territory`), the disk.

use std::collections::BTreeMap;

use crate::domain::{Date, Missing, Vehicle};
use crate::findings::{Lang, describe};
use crate::ingest::aliases::{Column, POPULATION};
use crate::ingest::{Fate, Ingested, RowFate};
use crate::plan::files::Table;

/// Columns that are always there, filled or not.
const ALWAYS: [&str; 11] = [
    "vin", "plate", "customer", "contact", "phone", "model", "province", "city", "county", "town",
    "address",
];

/// One row to be worked on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorklistRow {
    /// What is to be done.
    pub todo: String,
    /// File, sheet and line it came from.
    pub source: String,
    /// Text by key of the population's columns.
    pub cells: BTreeMap<&'static str, String>,
    /// A rejected row as it was written, where its cells do not say it.
    pub original: String,
}

/// The whole list: rejected rows first, then vehicles that lack something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Worklist {
    /// Its rows.
    pub rows: Vec<WorklistRow>,
    /// How many of them were rejected.
    pub rejected: usize,
    lang: Lang,
}

impl Worklist {
    /// The list of what was read; `placed` stands beside the vehicles. Rows of vehicles are dated
    /// `today`, so that what is filled in counts when the sheet comes back.
    pub fn of(ingested: &Ingested, placed: &[bool], today: Date, lang: Lang) -> Self {
        let rejected = ingested
            .fates
            .iter()
            .filter(|fate| fate.fate == Fate::Rejected)
            .map(|fate| rejected_row(fate, lang));
        let mut list = Self {
            rows: rejected.collect(),
            rejected: 0,
            lang,
        };
        list.rejected = list.rows.len();
        for (vehicle, placed) in ingested.tables.vehicles.iter().zip(placed) {
            let missing = vehicle.missing(*placed);
            if !missing.is_empty() {
                list.rows.push(vehicle_row(vehicle, &missing, today, lang));
            }
        }
        list
    }

    /// The population's columns that are always there or hold something.
    pub(super) fn columns(&self) -> Vec<&'static Column> {
        let used = |key: &str| self.rows.iter().any(|row| row.cells.contains_key(key));
        POPULATION
            .columns
            .iter()
            .filter(|column| ALWAYS.contains(&column.key) || used(column.key))
            .collect()
    }

    /// Whether a row has to be shown as it was written.
    pub(super) fn has_originals(&self) -> bool {
        self.rows.iter().any(|row| !row.original.is_empty())
    }

    /// The words above the columns: what to do, source, the population's own headers, and the original
    /// row where one has to be shown.
    pub(super) fn headers(&self) -> Vec<String> {
        let [todo, source, original] = match self.lang {
            Lang::Zh => ["待办", "来源", "原始行"],
            Lang::En => ["to do", "source", "original row"],
        };
        let names = self.columns().into_iter().map(|column| match self.lang {
            Lang::Zh => column.names.first().copied().unwrap_or(column.key),
            Lang::En => column.key,
        });
        let mut headers = vec![todo.to_owned(), source.to_owned()];
        headers.extend(names.map(str::to_owned));
        if self.has_originals() {
            headers.push(original.to_owned());
        }
        headers
    }

    /// The cells of all rows under these headers.
    pub(super) fn cells(&self) -> Vec<Vec<String>> {
        let (columns, has_originals) = (self.columns(), self.has_originals());
        let cells_of = |row: &WorklistRow| {
            let mut cells = vec![row.todo.clone(), row.source.clone()];
            let texts = columns.iter().map(|column| row.cells.get(column.key));
            cells.extend(texts.map(|text| text.cloned().unwrap_or_default()));
            cells.extend(has_originals.then(|| row.original.clone()));
            cells
        };
        self.rows.iter().map(cells_of).collect()
    }

    /// As CSV.
    pub fn csv(&self) -> Vec<u8> {
        let headers = self.headers();
        let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
        let mut table = Table::new(&headers);
        for row in self.cells() {
            table.row(&row);
        }
        table.finish()
    }

    /// The language it is written in.
    pub(super) fn lang(&self) -> Lang {
        self.lang
    }
}

fn rejected_row(fate: &RowFate, lang: Lang) -> WorklistRow {
    let mut reason = fate.reason();
    // The place stands in a column of its own.
    reason.at = crate::findings::Spot::default();
    let sheet = if fate.sheet.is_empty() {
        String::new()
    } else {
        format!("[{}]", fate.sheet)
    };
    WorklistRow {
        todo: describe(&reason, lang),
        source: format!("{}{sheet}:{}", fate.file, fate.line),
        cells: fate.cells.iter().cloned().collect(),
        original: if fate.is_divided() {
            String::new()
        } else {
            fate.original.clone()
        },
    }
}

fn vehicle_row(vehicle: &Vehicle, missing: &[Missing], today: Date, lang: Lang) -> WorklistRow {
    let words: Vec<String> = missing
        .iter()
        .map(|what| lacking(*what, vehicle, lang))
        .collect();
    let phones: Vec<&str> = vehicle.phones.iter().map(AsRef::as_ref).collect();
    let (phones, day) = (phones.join("|"), today.to_string());
    let texts = [
        ("vin", vehicle.vin.as_deref().unwrap_or_default()),
        ("plate", vehicle.plate.as_deref().unwrap_or_default()),
        ("customer", &vehicle.customer),
        ("contact", &vehicle.contact),
        ("phone", &phones),
        ("model", &vehicle.model_text),
        ("province", &vehicle.province),
        ("city", &vehicle.city),
        ("county", &vehicle.county),
        ("town", &vehicle.town),
        ("address", &vehicle.address),
        ("as_of", &day),
    ];
    let filled = texts.into_iter().filter(|(_, text)| !text.is_empty());
    WorklistRow {
        todo: words.join(if lang == Lang::Zh { "；" } else { "; " }),
        source: format!("{}:{}", vehicle.source.file, vehicle.source.line),
        cells: filled.map(|(key, text)| (key, text.to_owned())).collect(),
        original: String::new(),
    }
}

fn lacking(what: Missing, vehicle: &Vehicle, lang: Lang) -> String {
    match (what, lang) {
        (Missing::Model, Lang::Zh) if vehicle.model_text.is_empty() => "请补车型".into(),
        (Missing::Model, Lang::Zh) => "车型不在目录中，请改写".into(),
        (Missing::Model, Lang::En) if vehicle.model_text.is_empty() => "fill the model in".into(),
        (Missing::Model, Lang::En) => "the catalogue has no such model: correct it".into(),
        (Missing::Phone, Lang::Zh) => "请补手机号码".into(),
        (Missing::Phone, Lang::En) => "fill a phone in".into(),
        (Missing::Place, Lang::Zh) => "地址无法定位，请补县(区)、乡镇".into(),
        (Missing::Place, Lang::En) => {
            "the place cannot be found: fill county and township in".into()
        }
    }
}
