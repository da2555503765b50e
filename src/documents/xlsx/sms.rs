//! 短信平台表 as workbooks, one a day: whole texts on the first sheet, then the values of each template, then the
//! templates to have approved.

use rust_xlsxwriter::XlsxError;

use super::desk::Desk;
use super::sheet::{Cell, Column, Table};
use crate::documents::notices::sms::{SmsDay, days, signature, template};
use crate::plan::model::{ReminderKind, Tour};

/// File name and bytes, day by day.
pub(super) fn books(desk: &Desk<'_>, tour: &Tour) -> Vec<(String, Result<Vec<u8>, XlsxError>)> {
    let days = days(desk.set, tour, desk.words).into_iter();
    days.map(|day| (format!("{}.xlsx", day.name()), book(desk, tour, &day)))
        .collect()
}

fn book(desk: &Desk<'_>, tour: &Tour, day: &SmsDay) -> Result<Vec<u8>, XlsxError> {
    let about = format!("{} {}", tour.id, day.date);
    let mut book = desk.book("doc_sms", &about, &tour.id)?;
    book.table(&whole_texts(desk, day))?;
    for kind in day.kinds() {
        book.table(&values(desk, day, kind))?;
    }
    book.table(&templates(desk, day))?;
    book.finish()
}

fn table(desk: &Desk<'_>, name: String, columns: &[(&str, f64)], rows: Vec<Vec<Cell>>) -> Table {
    let columns = columns.iter();
    Table {
        name,
        columns: columns
            .map(|(key, width)| Column::new(desk.head(key), *width))
            .collect(),
        rows,
        landscape: true,
        frozen_columns: 1,
        ..Table::default()
    }
}

/// Number and text in the first two columns: what most platforms read.
fn whole_texts(desk: &Desk<'_>, day: &SmsDay) -> Table {
    let columns = [
        ("sms_phone", 15.0),
        ("sms_text", 80.0),
        ("texts_units", 8.0),
        ("texts_segments", 9.0),
        ("kind_of_reminder", 12.0),
        ("booking", 18.0),
    ];
    let rows = day.texts.iter().map(|one| {
        vec![
            Cell::text(&one.phone),
            Cell::text(&one.text),
            Cell::Whole(one.size.units as u64),
            Cell::Whole(one.size.segments as u64),
            Cell::Text(desk.say_of("reminder", one.kind.key())),
            Cell::text(&one.bookings),
        ]
    });
    table(desk, desk.say("sms_texts"), &columns, rows.collect())
}

/// Number and the template's values, in the template's order.
fn values(desk: &Desk<'_>, day: &SmsDay, kind: ReminderKind) -> Table {
    let (_, names) = template(desk.set, desk.words, kind);
    let mut columns = vec![("sms_phone", 15.0)];
    let width = |name: &str| match name {
        "visits" => 60.0,
        "items" | "arrival" => 30.0,
        _ => 14.0,
    };
    // Platforms match the template's own names.
    columns.extend(names.iter().map(|name| (*name, width(name))));
    let texts = day.texts.iter().filter(|one| one.kind == kind);
    let rows = texts.map(|one| {
        let value = |name: &&str| {
            let found = one.values.iter().find(|(known, _)| known == name);
            Cell::text(found.map_or("", |(_, value)| value.as_str()))
        };
        std::iter::once(Cell::text(&one.phone))
            .chain(names.iter().map(value))
            .collect()
    });
    let rows = rows.collect();
    let mut made = table(desk, desk.say_of("reminder", kind.key()), &columns, rows);
    for (column, name) in made.columns.iter_mut().skip(1).zip(&names) {
        (*name).clone_into(&mut column.title);
    }
    made
}

fn templates(desk: &Desk<'_>, day: &SmsDay) -> Table {
    let columns = [
        ("kind_of_reminder", 14.0),
        ("sms_signature", 24.0),
        ("sms_template", 90.0),
    ];
    let rows = day.kinds().into_iter().map(|kind| {
        vec![
            Cell::Text(desk.say_of("reminder", kind.key())),
            Cell::Text(signature(desk.set)),
            Cell::Text(template(desk.set, desk.words, kind).0),
        ]
    });
    table(desk, desk.say("sms_templates"), &columns, rows.collect())
}
