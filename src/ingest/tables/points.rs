//! points.csv.

use crate::domain::{OpenDays, ServicePoint, Weekday};
use crate::ingest::aliases::POINTS;
use crate::ingest::cells;
use crate::ingest::desk::{Desk, Need};
use crate::ingest::record::Record;

use super::{Positions, dates, position, values};

/// Candidate service points, in order of id.
pub(crate) fn read(desk: &mut Desk<'_>) -> Vec<ServicePoint> {
    let positions = Positions {
        datum: desk.datum_of("points.csv"),
        to_wgs84: desk.options.to_wgs84,
    };
    values(desk.unique_rows(&POINTS, Need::Required, &mut |record| {
        let id = record.needed_text("point")?;
        let name = record.needed_text("name")?;
        let bays = record.count("bays", f64::floor);
        let bays = record.needed("bays", bays)?;
        let phones = cells::phone::read(record.raw("phone"));
        let phones = record.take("phone", phones, |numbers| numbers.join("|"));
        let point = ServicePoint {
            name,
            county: record.text("county"),
            city: record.text("city"),
            town: record.text("town"),
            address: record.text("address"),
            lon_lat: position(record, positions),
            customer: record.text("customer"),
            host: record.text("host"),
            contact: record.text("contact"),
            phone: phones
                .and_then(|numbers| numbers.into_iter().next())
                .unwrap_or_default()
                .into(),
            bays,
            fee_per_day: record.amount("fee_per_day").unwrap_or_default(),
            open: open_days(record),
            partner: record.yes_no("partner").unwrap_or(false),
            lift: record.yes_no("lift").unwrap_or(false),
            receives_goods: record.yes_no("receives_goods").unwrap_or(false),
            max_days: record.count("max_days", f64::floor),
            remark: record.text("remark"),
            id: id.clone(),
        };
        Some((id, point))
    }))
}

/// `open`: dates, weekdays and ranges of weekdays; `closed`: dates.
fn open_days(record: &mut Record<'_>) -> OpenDays {
    let mut open = OpenDays {
        closed: dates(record, "closed"),
        ..OpenDays::default()
    };
    for text in cells::list::read_days(record.raw("open")) {
        if matches!(
            text.to_lowercase().as_str(),
            "每天" | "每日" | "全部" | "all" | "daily"
        ) {
            return OpenDays {
                closed: open.closed,
                ..OpenDays::default()
            };
        }
        if let Some(days) = weekdays(&text) {
            open.weekdays.extend(days);
        } else if let Some(date) = cells::date::read(&text).into_value() {
            open.dates.insert(date);
        } else {
            record.tell(record.finding("D101", "open").value(text));
        }
    }
    open
}

/// `周三`, `mon`, `周一至周五`, `mon-fri`.
fn weekdays(text: &str) -> Option<Vec<Weekday>> {
    // A range first: a weekday is known by its beginning, so mon-fri alone would read as mon.
    let range = ["至", "到", "-", "~", "—"]
        .iter()
        .find_map(|sign| text.split_once(sign));
    let Some((first, last)) = range else {
        return Weekday::parse(text).map(|day| vec![day]);
    };
    let (first, last) = (Weekday::parse(first)?, Weekday::parse(last)?);
    let (first, last) = (first as u32, last as u32);
    let length = (last + 7 - first) % 7;
    Some(
        (0..=length)
            .map(|step| Weekday::from_monday_index(first + step))
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_of_weekdays_wrap_round_the_week() {
        assert_eq!(
            weekdays("周六至周一"),
            Some(vec![Weekday::Sat, Weekday::Sun, Weekday::Mon])
        );
        assert_eq!(weekdays("mon-fri").map(|days| days.len()), Some(5));
        assert_eq!(weekdays("2026-12-01"), None);
    }
}
