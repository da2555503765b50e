//! crew.csv.

use crate::domain::Person;
use crate::ingest::aliases::CREW;
use crate::ingest::cells::{self, words};
use crate::ingest::desk::{Desk, Need};

use super::{dates, values};

/// Calls an adviser makes a day where nothing is stated.
const CALLS_PER_DAY: u32 = 40;

/// Staff, in order of name.
pub(crate) fn read(desk: &mut Desk<'_>) -> Vec<Person> {
    values(desk.unique_rows(&CREW, Need::Required, &mut |record| {
        let name = record.needed_text("name")?;
        let role = record.word("role", words::role, "technician, leader, foreman, adviser");
        let role = record.needed("role", role)?;
        let phones = cells::phone::read(record.raw("phone"));
        let phones = record.take("phone", phones, |numbers| numbers.join("|"));
        let person = Person {
            role,
            phone: phones
                .and_then(|numbers| numbers.into_iter().next())
                .unwrap_or_default()
                .into(),
            skills: record.list("skills").into_iter().collect(),
            level: record.count("level", f64::floor).unwrap_or(1),
            hours_per_day: record.amount("hours_per_day"),
            calls_per_day: record
                .count("calls_per_day", f64::floor)
                .unwrap_or(CALLS_PER_DAY),
            days_off: dates(record, "days_off"),
            driver: record.yes_no("driver").unwrap_or(false),
            name: name.clone(),
        };
        Some((name, person))
    }))
}
