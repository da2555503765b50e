//! One finding.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How bad it is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something cannot be used.
    Error,
    /// Used, but somebody should look.
    Warning,
    /// Good to know.
    Note,
}

/// Where in the input. Line and column are what a spreadsheet shows: 1-based, letters.
#[derive(
    Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
pub struct Spot {
    /// File, as a path inside the workspace; empty = not about a file.
    pub file: String,
    /// Sheet of a workbook.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub sheet: String,
    /// Physical line, 1-based; 0 = the whole file.
    #[serde(skip_serializing_if = "is_zero", default)]
    pub line: u32,
    /// Spreadsheet column letter.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub letter: String,
    /// Header of the column, as written.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub header: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn is_zero(line: &u32) -> bool {
    *line == 0
}

/// One thing noticed. `code` stands in the registry; `args` fill its sentences.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// Registry code, e.g. `D104`.
    pub code: String,
    /// Where.
    pub at: Spot,
    /// The value found, shortened; masked where it is a name, a phone or an address.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub value: String,
    /// The vehicle concerned, where readable.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub vehicle: String,
    /// What fills the registry's sentences.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub args: BTreeMap<String, String>,
}

impl Finding {
    /// A finding without a place yet.
    pub fn new(code: &str) -> Self {
        Self {
            code: code.to_owned(),
            at: Spot::default(),
            value: String::new(),
            vehicle: String::new(),
            args: BTreeMap::new(),
        }
    }

    /// Sets where.
    #[must_use]
    pub fn at(mut self, at: Spot) -> Self {
        self.at = at;
        self
    }

    /// Sets the file only.
    #[must_use]
    pub fn in_file(mut self, file: impl Into<String>) -> Self {
        self.at.file = file.into();
        self
    }

    /// Sets the value found. The caller masks personal values first.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// Sets the vehicle concerned.
    #[must_use]
    pub fn vehicle(mut self, vehicle: impl Into<String>) -> Self {
        self.vehicle = vehicle.into();
        self
    }

    /// Fills `{name}` in the registry's sentences.
    #[must_use]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "callers hand over numbers, dates and texts alike"
    )]
    pub fn arg(mut self, name: &str, value: impl ToString) -> Self {
        self.args.insert(name.to_owned(), value.to_string());
        self
    }
}
