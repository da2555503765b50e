//! Texts, slot sheets, estimates and change notices as workbooks.

use rust_xlsxwriter::XlsxError;

use super::desk::Desk;
use super::sheet::{Alert, Cell, Column, Entry, Table};
use super::{Page, page, tour_folder};
use crate::documents::notices::slots::{Square, item_names};
use crate::documents::notices::{self, EstimateRow, Notice, Waiting, label, texts};
use crate::domain::Fen;
use crate::findings::Failure;
use crate::plan::model::Tour;

/// Every workbook of this room: only where there is something to say.
pub(super) fn books(desk: &Desk<'_>) -> Result<Vec<Page>, Failure> {
    let plan = desk.set.plan;
    let mut pages = Vec::new();
    for tour in &plan.tours {
        let folder = tour_folder(plan, tour);
        if notices::has_texts(plan, &tour.id) {
            pages.push(page(format!("{folder}/texts.xlsx"), text_book(desk, tour))?);
            for (file, book) in super::sms::books(desk, tour) {
                pages.push(page(format!("{folder}/{file}"), book)?);
            }
        }
        if notices::has_bookings(plan, &tour.id) {
            pages.push(page(format!("{folder}/slots.xlsx"), slot_book(desk, tour))?);
            let estimates = estimate_book(desk, tour);
            pages.push(page(format!("{folder}/estimates.xlsx"), estimates)?);
        }
    }
    for notice in notices::notices(desk.set, desk.words) {
        let path = format!("{}.xlsx", notice.path);
        pages.push(page(path, change_book(desk, &notice))?);
    }
    Ok(pages)
}

fn columns(desk: &Desk<'_>, list: &[(&str, f64)]) -> Vec<Column> {
    let column = |(key, width): &(&str, f64)| Column::new(desk.head(key), *width);
    list.iter().map(column).collect()
}

fn text_book(desk: &Desk<'_>, tour: &Tour) -> Result<Vec<u8>, XlsxError> {
    let messages = texts::messages(desk.set, tour, desk.words);
    let mut columns = columns(
        desk,
        &[
            ("date", 12.0),
            ("channel", 8.0),
            ("notice_phone", 16.0),
            ("texts_text", 70.0),
            ("texts_segments", 8.0),
            ("texts_units", 8.0),
            ("notice_contact", 12.0),
            ("notice_customer", 20.0),
            ("notice_vehicles", 18.0),
            ("kind_of_reminder", 12.0),
            ("reason", 14.0),
            ("booking", 16.0),
        ],
    );
    let done = [desk.say("choice_yes"), desk.say("choice_no")];
    columns.push(Column::entry(
        desk.say("texts_sent"),
        12.0,
        Entry::Choice(done.into()),
    ));
    let rows = messages.iter().map(|one| {
        let bookings: Vec<&str> = one
            .vehicles
            .iter()
            .map(|one| one.booking.as_str())
            .collect();
        vec![
            Cell::day(one.date),
            Cell::Text(desk.say_of("channel", one.channel.key())),
            Cell::text(&one.phone),
            Cell::text(&one.text),
            one.size
                .map_or(Cell::Blank, |size| Cell::Whole(size.segments as u64)),
            one.size
                .map_or(Cell::Blank, |size| Cell::Whole(size.units as u64)),
            Cell::text(&one.name),
            Cell::text(one.customer()),
            Cell::Text(one.labels(desk.words)),
            Cell::Text(desk.say_of("reminder", one.kind.key())),
            Cell::text(&one.why),
            Cell::Text(bookings.join(" ")),
            Cell::Blank,
        ]
    });
    let segments: usize = messages.iter().map(texts::Message::segments).sum();
    let mut total = vec![Cell::Blank; columns.len()];
    total[3] = Cell::Text(desk.say("texts_total"));
    total[4] = Cell::Whole(segments as u64);
    let mut book = desk.book("doc_texts", &tour.id, &tour.id)?;
    let table = Table {
        name: desk.say("doc_texts").replace('/', " "),
        rows: rows.collect(),
        columns,
        totals: vec![total],
        landscape: true,
        frozen_columns: 0,
        ..Table::default()
    };
    // From three parts on a text costs more than a call.
    book.table(&table.alert(&desk.head("texts_segments"), Alert::Above(2)))?;
    book.finish()
}

fn slot_book(desk: &Desk<'_>, tour: &Tour) -> Result<Vec<u8>, XlsxError> {
    let plan = desk.set.plan;
    let mut book = desk.book("doc_slots", &tour.id, &tour.id)?;
    for day in notices::days(plan, tour) {
        let lanes = day.rows.first().map_or(0, |(_, squares)| squares.len());
        let mut columns = vec![Column::new(desk.head("slots_time"), 9.0)];
        columns.extend((1..=lanes).map(|lane| {
            let title = if lane > day.bays {
                format!("{} {}", desk.say("slots_spare"), lane - day.bays)
            } else {
                format!("{} {lane}", desk.say("slots_bay"))
            };
            Column::new(title, 36.0)
        }));
        let cell = |square: &Square<'_>| match square {
            Square::Free => Cell::Blank,
            Square::GoesOn => Cell::text(desk.ditto()),
            Square::Begins(place, _) => {
                let state = if place.booked {
                    "slots_booked"
                } else {
                    "slots_offered"
                };
                Cell::Text(format!(
                    "{} {} {} · {} · {:.1} h · {}",
                    label(place.one),
                    place.one.customer,
                    place.one.model,
                    item_names(desk.set, desk.words, place.one),
                    place.hours,
                    desk.say(state),
                ))
            }
        };
        let rows = day.rows.iter().map(|(time, squares)| {
            let squares = squares.iter().map(cell);
            std::iter::once(Cell::text(time)).chain(squares).collect()
        });
        let date = day.date.to_string();
        book.table(&Table {
            name: format!("{} {}", day.visit.id, date.get(5..).unwrap_or_default()),
            columns,
            rows: rows.collect(),
            landscape: true,
            frozen_columns: 1,
            ..Table::default()
        })?;
    }
    let without = notices::without_slot(plan, tour);
    if !without.is_empty() {
        book.table(&list_table(desk, "sheet_without_slot", &without))?;
    }
    let waiting = notices::waiting(plan, tour);
    book.table(&list_table(desk, "slots_waiting", &waiting))?;
    book.finish()
}

fn list_table(desk: &Desk<'_>, name: &str, list: &[Waiting<'_>]) -> Table {
    let rows = list.iter().map(|waiting| {
        let one = waiting.one;
        vec![
            Cell::text(&one.booking),
            Cell::text(waiting.visit),
            Cell::text(&one.plate),
            Cell::text(&one.vehicle),
            Cell::text(&one.model),
            Cell::text(&one.customer),
            Cell::Text(item_names(desk.set, desk.words, one)),
            Cell::Tenths(waiting.hours),
        ]
    });
    Table {
        name: desk.say(name),
        rows: rows.collect(),
        columns: columns(
            desk,
            &[
                ("booking", 16.0),
                ("visit_id", 9.0),
                ("plate", 12.0),
                ("vin", 20.0),
                ("model", 16.0),
                ("customer", 22.0),
                ("estimate_item", 40.0),
                ("slots_hours", 8.0),
            ],
        ),
        landscape: true,
        ..Table::default()
    }
}

fn estimate_book(desk: &Desk<'_>, tour: &Tour) -> Result<Vec<u8>, XlsxError> {
    let columns = columns(
        desk,
        &[
            ("customer", 20.0),
            ("contact", 12.0),
            ("notice_phone", 14.0),
            ("booking", 16.0),
            ("plate", 12.0),
            ("vin", 20.0),
            ("estimate_slot", 17.0),
            ("estimate_item", 26.0),
            ("estimate_hours", 8.0),
            ("estimate_labour", 12.0),
            ("estimate_parts", 12.0),
            ("estimate_sum", 12.0),
            ("estimate_cover", 22.0),
            ("estimate_told", 12.0),
        ],
    );
    let mut rows = Vec::new();
    let mut total = Fen(0);
    for estimate in notices::estimates(desk.set, tour, desk.words) {
        total += estimate.sum();
        for vehicle in &estimate.vehicles {
            let one = vehicle.one;
            let mut head = |row: Option<&EstimateRow>, told: Option<Fen>| {
                let mut cells = vec![
                    Cell::text(&one.customer),
                    Cell::text(&estimate.name),
                    Cell::text(&estimate.phone),
                    Cell::text(&one.booking),
                    Cell::text(&one.plate),
                    Cell::text(&one.vehicle),
                    Cell::text(&one.slot),
                ];
                cells.extend(line(desk, row));
                cells.push(told.map_or(Cell::Blank, Cell::Yuan));
                rows.push(cells);
            };
            let all: Vec<&EstimateRow> = vehicle.rows.iter().chain(&vehicle.apart).collect();
            if all.is_empty() {
                head(None, vehicle.told);
            }
            for (index, row) in all.into_iter().enumerate() {
                // Told once for the vehicle, not once for each line.
                head(Some(row), vehicle.told.filter(|_| index == 0));
            }
        }
    }
    let mut totals = vec![Cell::Blank; columns.len()];
    totals[7] = Cell::Text(desk.say("estimate_total"));
    totals[11] = Cell::Yuan(total);
    let mut book = desk.book("doc_estimates", &tour.id, &tour.id)?;
    book.table(&Table {
        name: desk.say("doc_estimates"),
        columns,
        rows,
        totals: vec![totals],
        landscape: true,
        frozen_columns: 0,
        ..Table::default()
    })?;
    book.finish()
}

/// Item, hours, labour, parts, sum, cover. What may be paid by others stands in no sum.
fn line(desk: &Desk<'_>, row: Option<&EstimateRow>) -> [Cell; 6] {
    let Some(row) = row else {
        return [
            Cell::Text(desk.say("estimate_nothing")),
            Cell::Blank,
            Cell::Blank,
            Cell::Blank,
            Cell::Blank,
            Cell::Blank,
        ];
    };
    let labour = row
        .labour
        .map_or_else(|| Cell::Text(desk.say("to_confirm")), Cell::Yuan);
    let sum = if row.is_apart() {
        Cell::Text(desk.say("to_confirm"))
    } else {
        Cell::Yuan(row.sum())
    };
    let cover = if row.cover.is_empty() {
        Cell::Blank
    } else {
        Cell::Text(desk.say(row.cover))
    };
    [
        Cell::text(&row.name),
        row.hours.map_or(Cell::Blank, Cell::Tenths),
        labour,
        Cell::Yuan(row.parts),
        sum,
        cover,
    ]
}

fn change_book(desk: &Desk<'_>, notice: &Notice) -> Result<Vec<u8>, XlsxError> {
    let mut columns = columns(
        desk,
        &[
            ("booking", 16.0),
            ("change_booked", 8.0),
            ("customer", 20.0),
            ("contact", 12.0),
            ("notice_phone", 16.0),
            ("notice_vehicles", 14.0),
            ("change_old", 28.0),
            ("change_new", 28.0),
            ("texts_text", 60.0),
            ("texts_segments", 8.0),
        ],
    );
    columns.push(Column::entry(desk.head("change_tick"), 16.0, Entry::Text));
    let rows = notice.lines.iter().map(|line| {
        let joined = |at: usize| {
            let cells = line.vehicles.iter().map(|one| one[at].as_str());
            Cell::Text(cells.collect::<Vec<_>>().join("\n"))
        };
        vec![
            Cell::text(&line.bookings),
            desk.tick(line.booked),
            Cell::text(&line.customer),
            Cell::text(&line.name),
            Cell::text(&line.phones),
            joined(0),
            joined(1),
            joined(2),
            Cell::text(&line.text),
            line.size.map_or_else(
                || Cell::Text(desk.say("change_by_call")),
                |size| Cell::Whole(size.segments as u64),
            ),
            Cell::Blank,
        ]
    });
    let [before, now, more] = notice.costs();
    let mut totals = vec![vec![Cell::Blank; columns.len()]; 4];
    for (row, (key, amount)) in totals.iter_mut().skip(1).zip([
        ("change_before", before),
        ("change_now", now),
        ("change_more", more),
    ]) {
        row[6] = Cell::Text(desk.say(key));
        row[7] = Cell::Yuan(amount);
    }
    totals[0][6] = Cell::text(&notice.what);
    let about = format!("{} {}", notice.tour, notice.number);
    let mut book = desk.book("doc_change", &about, &notice.tour)?;
    book.table(&Table {
        name: desk.say("doc_change"),
        rows: rows.collect(),
        columns,
        totals,
        landscape: true,
        frozen_columns: 0,
        ..Table::default()
    })?;
    book.finish()
}
