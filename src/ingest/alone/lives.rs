//! Life data: `time, status` and optionally `count, entry, lower, upper`.

use super::super::aliases::LIVES;
use super::super::cells::{Cell, half_width};
use super::super::record::Record;
use super::{errors, records};
use crate::findings::{Failure, FailureKind, Finding};
use crate::solve::wear::{Life, LifeFault, Observed};

/// Reads life data. Every row must be a life: one that cannot be would change the law without a word.
///
/// # Errors
/// Status 3 with every row that is none.
pub fn read_lives(bytes: &[u8], file: &str) -> Result<Vec<Life>, Failure> {
    let mut lives = Vec::new();
    let findings = records(bytes, file, &LIVES, &mut |record| match life(record) {
        Ok(life) => lives.push(life),
        Err(finding) => record.tell(*finding),
    })?;
    let errors = errors(&findings);
    if errors.is_empty() {
        Ok(lives)
    } else {
        Err(Failure {
            kind: FailureKind::Input,
            findings: errors,
        })
    }
}

/// A value, or what is wrong with its cell.
type Refused<T> = Result<T, Box<Finding>>;

fn wrong(record: &Record<'_>, code: &str, key: &str) -> Box<Finding> {
    Box::new(record.finding(code, key))
}

fn life(record: &mut Record<'_>) -> Refused<Life> {
    let status = needed(record, "status")?;
    let entry = number(record, "entry")?.unwrap_or(0.0);
    let count = count(record)?;
    let what = if status == 1.0 {
        Observed::Failed(needed(record, "time")?)
    } else if status == 0.0 {
        Observed::Good(needed(record, "time")?)
    } else if status == 2.0 {
        // Some write the time of the first look under `time`.
        let upper = match number(record, "upper")? {
            Some(upper) => upper,
            None => number(record, "time")?.ok_or_else(|| lacks(record, "upper"))?,
        };
        Observed::Between { lower: 0.0, upper }
    } else if status == 3.0 {
        Observed::Between {
            lower: needed(record, "lower")?,
            upper: needed(record, "upper")?,
        }
    } else {
        return Err(wrong(record, "D402", "status"));
    };
    Life::new(what, entry, count).map_err(|fault| {
        let time = if status >= 2.0 { "upper" } else { "time" };
        match fault {
            LifeFault::NotATime => wrong(record, "D401", time),
            LifeFault::FailedAtZero => wrong(record, "D406", time),
            LifeFault::EmptyInterval => wrong(record, "D404", "upper"),
            LifeFault::EntryAfterEnd => wrong(record, "D405", "entry"),
            LifeFault::Count => wrong(record, "D407", "count"),
        }
    })
}

fn needed(record: &mut Record<'_>, key: &str) -> Refused<f64> {
    number(record, key)?.ok_or_else(|| lacks(record, key))
}

fn lacks(record: &Record<'_>, key: &str) -> Box<Finding> {
    let finding = record.finding("D403", key);
    Box::new(finding.arg("status", record.raw("status")))
}

/// A number ≥ 0 of any size: lives are counted in seconds as well as in years.
fn number(record: &Record<'_>, key: &str) -> Refused<Option<f64>> {
    match plain_number(record.raw(key)) {
        Cell::Empty => Ok(None),
        Cell::Plain(number) => Ok(Some(number)),
        _ => Err(wrong(record, "D401", key)),
    }
}

fn plain_number(text: &str) -> Cell<f64> {
    if text.is_empty() {
        return Cell::Empty;
    }
    let plain = half_width(text);
    let digits = plain
        .bytes()
        .all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b));
    match plain.parse::<f64>() {
        Ok(number) if digits && number.is_finite() && number >= 0.0 => Cell::Plain(number),
        _ => Cell::Bad("D401"),
    }
}

fn count(record: &Record<'_>) -> Refused<u64> {
    let Some(number) = number(record, "count")? else {
        return Ok(1);
    };
    if number.fract() != 0.0 || number > crate::solve::wear::MOST_COUNT as f64 {
        return Err(wrong(record, "D407", "count"));
    }
    Ok(number as u64)
}
