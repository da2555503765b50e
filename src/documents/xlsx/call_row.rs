//! One vehicle's line of the call sheet: its columns and its cells, side by side.

use super::super::mask;
use super::desk::Desk;
use super::sheet::{Cell, Column, Entry};
use crate::documents::call_days::{OUTCOMES, outcome_key, slot_words, status_key};
use crate::documents::call_view::{chance, item_name};
use crate::plan::model::{Call, Callable, CalledVehicle, PlannedItem};

/// What the caller reads at a glance. A page has room for these and [`WRITTEN`]; the rest is for the screen.
const READ: [(&str, f64); 11] = [
    ("booking", 15.0),
    ("priority", 6.0),
    ("customer", 14.0),
    ("contact", 9.0),
    ("phone", 13.0),
    ("plate", 11.0),
    ("model", 12.0),
    ("town", 12.0),
    ("slot", 12.0),
    ("point", 13.0),
    ("items", 36.0),
];
const WRITTEN: usize = 6;
/// All that is written in, on paper or on the screen.
const ENTRIES: usize = 17;
/// How many columns are printed.
pub(super) const PRINTED: usize = READ.len() + WRITTEN;
/// What helps while talking.
const BESIDES: [(&str, f64); 10] = [
    ("same_customer", 10.0),
    ("callable", 10.0),
    ("vin", 20.0),
    ("status", 8.0),
    ("last_answer", 16.0),
    ("last_service", 12.0),
    ("last_service_km", 12.0),
    ("odometer", 18.0),
    ("history", 28.0),
    ("workshop_items", 20.0),
];

/// The columns: what the caller needs to know first, what is written in, then what is looked up.
pub(super) fn columns(desk: &Desk<'_>) -> Vec<Column> {
    let read = |(key, width): &(&str, f64)| Column::new(desk.head(key), *width);
    let mut columns: Vec<Column> = READ.iter().map(read).collect();
    columns.extend(entries(desk));
    columns.extend(BESIDES.iter().map(read));
    columns
}

/// To be written in; the first [`WRITTEN`] also on paper.
fn entries(desk: &Desk<'_>) -> [Column; ENTRIES] {
    [
        ("in_result", 10.0, desk.choice(&OUTCOMES)),
        ("in_odometer_now", 10.0, Entry::Km),
        ("in_symptoms", 18.0, Entry::Text),
        ("in_confirmed", 16.0, Entry::Text),
        ("in_price", 10.0, Entry::Yuan),
        ("in_time", 10.0, Entry::Text),
        ("in_day", 13.0, Entry::Day),
        ("in_called_on", 13.0, Entry::Day),
        ("in_use", 18.0, Entry::Text),
        ("in_wishes", 18.0, Entry::Text),
        ("in_elsewhere_yn", 12.0, desk.yes_no()),
        ("in_struck", 18.0, Entry::Text),
        ("in_added", 18.0, Entry::Text),
        ("in_do_not_call", 12.0, desk.yes_no()),
        ("in_sms_optout", 12.0, desk.yes_no()),
        ("in_handover", 12.0, desk.yes_no()),
        ("in_again_on", 13.0, Entry::Day),
    ]
    .map(|(key, width, entry)| Column::entry(desk.head(key), width, entry))
}

/// The cells of one call, in the order of [`columns`]; the write-in cells are left blank. `together`: how many
/// vehicles of this contact are on the sheet.
pub(super) fn cells(
    desk: &Desk<'_>,
    call: &Call,
    one: &CalledVehicle,
    together: usize,
) -> Vec<Cell> {
    let contact = desk.set.contacts.get(&call.vehicle);
    let same_customer = if together > 1 {
        format!("{} ×{together}", call.contact)
    } else {
        String::new()
    };
    let mut cells = vec![
        Cell::text(&call.booking),
        Cell::count(call.priority),
        Cell::text(&one.customer),
        Cell::text(contact.map_or("", |line| &line.contact)),
        Cell::Text(phones(desk, call)),
        Cell::text(&one.plate),
        Cell::text(&one.model),
        Cell::Text(town(desk, one)),
        Cell::Text(slot_words(call, one, desk.words)),
        Cell::Text(desk.visit_point(&one.visit)),
        Cell::Text(lines(one.items.iter().map(|item| item_line(desk, item)))),
    ];
    cells.extend(std::iter::repeat_n(Cell::Blank, ENTRIES));
    cells.extend([
        Cell::Text(same_customer),
        Cell::Text(desk.say_of("callable", call.callable.key())),
        Cell::text(Desk::vin(one)),
        Cell::Text(desk.say(status_key(one))),
        Cell::Text(last_answer(desk, call, one)),
        Cell::day(one.last_service),
        Cell::km(one.last_service_km),
        Cell::Text(desk.odometer(one)),
        Cell::Text(desk.history(one)),
        Cell::Text(lines(
            one.workshop_items
                .iter()
                .map(|item| desk.item_name(&item.item)),
        )),
    ]);
    cells
}

/// `未接 2026-11-27`, with the day to call again behind it.
fn last_answer(desk: &Desk<'_>, call: &Call, one: &CalledVehicle) -> String {
    let told = one.told.as_ref();
    let outcome = call.outcome.or(told.and_then(|told| told.outcome));
    let mut words = outcome.map_or_else(String::new, |outcome| desk.say(outcome_key(outcome)));
    if let Some(on) = told.and_then(|told| told.on) {
        words = format!("{words} {on}");
    }
    if let Some(again) = told.and_then(|told| told.again) {
        words = format!("{words}\n{} {again}", desk.say("in_again_on"));
    }
    words.trim().to_owned()
}

/// In full only where somebody dials: who asked not to be called is not dialled.
fn phones(desk: &Desk<'_>, call: &Call) -> String {
    let numbers = desk
        .set
        .contacts
        .get(&call.vehicle)
        .map_or(&[][..], |line| &line.phones);
    lines(numbers.iter().map(|number| match call.callable {
        Callable::DoNotCall => mask(number),
        Callable::Yes | Callable::NoPhone => number.clone(),
    }))
}

fn town(desk: &Desk<'_>, one: &CalledVehicle) -> String {
    let place = format!("{} {}", one.county, one.town);
    let place = place.trim();
    if one.place_uncertain {
        format!("{place}{}", desk.aside(&desk.say("uncertain")).trim_end())
    } else {
        place.to_owned()
    }
}

/// `oil 机油机滤（很可能）432.00`: the code is what a filled sheet names; labour and parts apart stand on the printed sheet.
pub(super) fn item_line(desk: &Desk<'_>, item: &PlannedItem) -> String {
    let name = item_name(desk.set, &item.item);
    let chance = desk.aside(desk.word(chance(item.p)));
    format!("{} {name}{chance}{}", item.item, item.labour + item.parts)
}

pub(super) fn lines(texts: impl Iterator<Item = String>) -> String {
    texts.collect::<Vec<_>>().join("\n")
}
