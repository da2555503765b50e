//! The changes, as `cargo mutants --list --json` tells them.
//!
//! Responsible for: reading the list. Not responsible for: thinking of changes.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// One change at one place.
#[derive(Clone, Debug)]
pub(crate) struct Mutant {
    /// Its place in the list, by which it is switched on.
    pub(crate) id: usize,
    /// The file, from the root of the repository.
    pub(crate) file: String,
    /// Kind of change: `FnValue`, `BinaryOperator`, …
    pub(crate) genre: String,
    /// Where the text that is replaced starts: line and column, from 1, in characters.
    pub(crate) start: (usize, usize),
    /// What stands there instead.
    pub(crate) replacement: String,
    /// What cargo-mutants calls it: the same name chooses it there (`cargo mutants -F`).
    pub(crate) name: String,
}

/// All changes of a package's files whose path starts with `files`.
pub(crate) fn of(root: &Path, package: &str, files: &str) -> Result<Vec<Mutant>, String> {
    let output = Command::new("cargo")
        .args(["mutants", "--list", "--json", "-p", package])
        .current_dir(root)
        .output()
        .map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let list: Vec<Value> =
        serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())?;
    let mutants = list
        .iter()
        .filter_map(mutant)
        .filter(|mutant| mutant.file.starts_with(files));
    Ok(mutants
        .enumerate()
        .map(|(id, mutant)| Mutant { id, ..mutant })
        .collect())
}

fn mutant(value: &Value) -> Option<Mutant> {
    let text = |name: &str| value[name].as_str().map(str::to_owned);
    let start = &value["span"]["start"];
    let number = |name: &str| start[name].as_u64().map(|number| number as usize);
    Some(Mutant {
        id: 0,
        file: text("file")?,
        genre: text("genre")?,
        start: (number("line")?, number("column")?),
        replacement: text("replacement")?,
        name: text("name")?,
    })
}
