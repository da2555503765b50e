//! calendar.csv.

use crate::domain::{Calendar, DayKind};
use crate::ingest::aliases::CALENDAR;
use crate::ingest::desk::{Desk, Need};

/// The published holidays with the dealer's own days over them.
pub(crate) fn read(desk: &mut Desk<'_>) -> Calendar {
    let mut calendar = Calendar::official();
    let days = desk.unique_rows(&CALENDAR, Need::Optional, &mut |record| {
        let date = record.date("date");
        let date = record.needed("date", date)?;
        let kind = record.word("kind", kind, "rest, work (休, 班)");
        let kind = record.needed("kind", kind)?;
        Some((date.to_string(), (date, kind)))
    });
    for day in days {
        calendar.mark(day.value.0, day.value.1);
    }
    calendar
}

fn kind(text: &str) -> Option<DayKind> {
    match text.trim().to_lowercase().as_str() {
        "rest" | "休" | "休息" | "放假" | "假日" | "节假日" => Some(DayKind::Rest),
        "work" | "班" | "上班" | "调休" | "补班" | "工作" | "工作日" => {
            Some(DayKind::Work)
        }
        _ => None,
    }
}
