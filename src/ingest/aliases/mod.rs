//! Which headers mean what: every table's columns, their Chinese headers and other names.
//!
//! Responsible for: the names; order is rank (where two columns of a file mean the same, the
//! earlier name wins). Not responsible for: comparing headers (`header`).

mod alone;
mod catalogue;
mod population;
mod staff;
mod supply;

/// One column of a table.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// English key of the contract.
    pub key: &'static str,
    /// Headers that mean it, the usual Chinese one first. Best first.
    pub names: &'static [&'static str],
    /// The table cannot be used without it.
    pub required: bool,
    /// Holds names, phones or addresses: never shown in findings.
    pub personal: bool,
}

/// One table of the workspace.
#[derive(Clone, Copy, Debug)]
pub struct TableSpec {
    /// Its name in the contract.
    pub name: &'static str,
    /// Path in the workspace without extension (population: the folder).
    pub path: &'static str,
    /// Its columns.
    pub columns: &'static [Column],
    /// Of each group at least one column must be there.
    pub one_of: &'static [&'static [&'static str]],
}

impl TableSpec {
    /// The column with this key.
    pub fn column(&self, key: &str) -> Option<&'static Column> {
        self.columns.iter().find(|column| column.key == key)
    }
}

pub(crate) const fn required(key: &'static str, names: &'static [&'static str]) -> Column {
    Column {
        key,
        names,
        required: true,
        personal: false,
    }
}

pub(crate) const fn optional(key: &'static str, names: &'static [&'static str]) -> Column {
    Column {
        key,
        names,
        required: false,
        personal: false,
    }
}

pub(crate) const fn personal(key: &'static str, names: &'static [&'static str]) -> Column {
    Column {
        key,
        names,
        required: false,
        personal: true,
    }
}

pub use alone::{LEARNED, LIVES, MARKS, READINGS};
pub use catalogue::{BOM, ITEMS, MODELS, PARTS, RULES, SYMPTOMS, TOOLS};
pub use population::{HISTORY, PAST_VISITS, POPULATION};
pub use staff::{CALENDAR, CREW, MATRIX, POINTS, VANS};
pub use supply::{PEERS, STOCK, SUPPLIERS};

/// Every table of a workspace that is read.
pub const TABLES: [&TableSpec; 18] = [
    &POPULATION,
    &POINTS,
    &MODELS,
    &ITEMS,
    &RULES,
    &PARTS,
    &BOM,
    &SYMPTOMS,
    &TOOLS,
    &STOCK,
    &PEERS,
    &SUPPLIERS,
    &CREW,
    &VANS,
    &CALENDAR,
    &MATRIX,
    &HISTORY,
    &PAST_VISITS,
];

/// Table, key, headers (the key itself first) and whether the table needs it: for `schema` and docs.
pub fn alias_table() -> Vec<(&'static str, &'static str, Vec<&'static str>, bool)> {
    TABLES
        .into_iter()
        .chain([&LIVES, &READINGS, &LEARNED, &MARKS])
        .flat_map(|table| {
            table.columns.iter().map(|column| {
                let mut names = vec![column.key];
                names.extend(column.names);
                (table.name, column.key, names, column.required)
            })
        })
        .collect()
}
