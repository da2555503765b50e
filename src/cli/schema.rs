//! `tourplan schema`: formats, for people and programs.

use std::fmt::Write as _;

use schemars::schema_for;

use super::output::Output;
use crate::domain::Settings;
use crate::findings::{self, Failure};
use crate::ingest::alias_table;
use crate::plan::model::Plan;

#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  tourplan schema settings
  tourplan schema columns")]
pub(super) struct Args {
    /// What to describe
    #[arg(value_parser = ["settings", "columns", "plan", "findings"])]
    name: Option<String>,
}

#[expect(clippy::unnecessary_wraps, reason = "every command answers alike")]
pub(super) fn run(args: &Args, output: &mut Output) -> Result<u8, Failure> {
    let text = match args.name.as_deref() {
        Some("settings") => json(&schema_for!(Settings)),
        Some("plan") => json(&schema_for!(Plan)),
        Some("findings") => findings::markdown(),
        Some("columns") => columns(),
        _ => "settings\ncolumns\nplan\nfindings\n".to_owned(),
    };
    output.result(text.as_bytes());
    Ok(0)
}

fn json(schema: &schemars::Schema) -> String {
    let mut text = serde_json::to_string_pretty(schema).unwrap_or_default();
    text.push('\n');
    text
}

/// Every table's columns with the headers they are known by.
fn columns() -> String {
    let mut text = String::new();
    for (table, key, names, required) in alias_table() {
        let mark = if required { " *" } else { "" };
        let _ = writeln!(text, "{table}.{key}{mark}: {}", names.join(", "));
    }
    text
}
