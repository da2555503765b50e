//! The rows of the plan folder's tables, typed as far as the rules need them.
//!
//! Responsible for: which columns each table must have, and reading them.
//! Not responsible for: judging what stands there.

mod goods;
mod people;
mod road;

use std::collections::BTreeMap;

pub(super) use goods::{KitRow, PartRow, Sourcing, kit, parts, sourcing};
pub(super) use people::{Call, Duty, Reminder, calls, duties, reminders};
pub(super) use road::{Customer, Reject, Tour, Visit, customers, rejects, tours, visits};

use super::case::fault;
use super::sheet::{Line, Sheet};
use crate::findings::Finding;

type Files = BTreeMap<String, Vec<u8>>;

/// All rows of a table that must be there: a missing file is V001.
fn table<T>(
    files: &Files,
    file: &str,
    columns: &[&str],
    findings: &mut Vec<Finding>,
    read: impl Fn(Line<'_>, &mut Vec<Finding>) -> Option<T>,
) -> Vec<T> {
    let Some(sheet) = Sheet::read(files, file, columns, findings) else {
        findings.push(fault("V001", file, 0, file));
        return Vec::new();
    };
    sheet
        .lines()
        .filter_map(|line| read(line, findings))
        .collect()
}
