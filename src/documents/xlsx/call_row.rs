//! One vehicle's line of the call sheet: its columns and its cells, side by side.

use super::super::mask;
use super::desk::Desk;
use super::sheet::{Cell, Column, Entry};
use crate::documents::call_days::{OUTCOMES, outcome_key, slot, status_key};
use crate::documents::call_view::chance;
use crate::plan::model::{Call, Callable, CalledVehicle, PlannedItem};

/// The columns: what the caller needs to know, then what is written in.
pub(super) fn columns(desk: &Desk<'_>) -> Vec<Column> {
    let printed = [
        ("booking", 15.0),
        ("priority", 7.0),
        ("customer", 20.0),
        ("contact", 10.0),
        ("phone", 14.0),
        ("same_customer", 10.0),
        ("callable", 10.0),
        ("plate", 11.0),
        ("vin", 20.0),
        ("model", 16.0),
        ("town", 16.0),
        ("status", 8.0),
        ("slot", 17.0),
        ("point", 18.0),
        ("last_answer", 16.0),
        ("last_service", 12.0),
        ("last_service_km", 12.0),
        ("odometer", 18.0),
        ("history", 28.0),
        ("items", 46.0),
        ("workshop_items", 20.0),
    ];
    let printed = printed
        .into_iter()
        .map(|(key, width)| Column::new(desk.head(key), width));
    printed.chain(entries(desk)).collect()
}

fn entries(desk: &Desk<'_>) -> Vec<Column> {
    [
        ("in_result", 12.0, desk.choice(&OUTCOMES)),
        ("in_called_on", 13.0, Entry::Day),
        ("in_odometer_now", 12.0, Entry::Km),
        ("in_use", 18.0, Entry::Text),
        ("in_symptoms", 22.0, Entry::Text),
        ("in_wishes", 18.0, Entry::Text),
        ("in_elsewhere_yn", 12.0, desk.yes_no()),
        ("in_confirmed", 22.0, Entry::Text),
        ("in_struck", 18.0, Entry::Text),
        ("in_added", 18.0, Entry::Text),
        ("in_price", 12.0, Entry::Yuan),
        ("in_day", 13.0, Entry::Day),
        ("in_time", 13.0, Entry::Text),
        ("in_do_not_call", 12.0, desk.yes_no()),
        ("in_sms_optout", 12.0, desk.yes_no()),
        ("in_handover", 12.0, desk.yes_no()),
        ("in_again_on", 13.0, Entry::Day),
    ]
    .into_iter()
    .map(|(key, width, entry)| Column::entry(desk.head(key), width, entry))
    .collect()
}

/// The cells of one call, in the order of [`columns`]; the write-in cells are left blank. `together`: how many
/// vehicles of this contact are on the sheet.
pub(super) fn cells(
    desk: &Desk<'_>,
    call: &Call,
    one: &CalledVehicle,
    together: usize,
    count: usize,
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
        Cell::Text(same_customer),
        Cell::Text(desk.say_of("callable", call.callable.key())),
        Cell::text(&one.plate),
        Cell::text(Desk::vin(one)),
        Cell::text(&one.model),
        Cell::Text(town(desk, one)),
        Cell::Text(desk.say(status_key(one))),
        Cell::text(slot(call, one)),
        Cell::Text(desk.visit_point(&one.visit)),
        Cell::Text(last_answer(desk, call, one)),
        Cell::day(one.last_service),
        Cell::km(one.last_service_km),
        Cell::Text(desk.odometer(one)),
        Cell::Text(desk.history(one)),
        Cell::Text(lines(one.items.iter().map(|item| item_line(desk, item)))),
        Cell::Text(lines(
            one.workshop_items
                .iter()
                .map(|item| desk.item_name(&item.item)),
        )),
    ];
    cells.resize(count, Cell::Blank);
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

/// `oil 机油机滤（很可能）96.00+336.00=432.00`: the code is what a filled sheet names.
pub(super) fn item_line(desk: &Desk<'_>, item: &PlannedItem) -> String {
    let (name, chance) = (desk.item_name(&item.item), desk.say(chance(item.p)));
    let (labour, parts, sum) = (item.labour, item.parts, item.labour + item.parts);
    let chance = desk.aside(&chance);
    format!("{} {name}{chance}{labour}+{parts}={sum}", item.item)
}

pub(super) fn lines(texts: impl Iterator<Item = String>) -> String {
    texts.collect::<Vec<_>>().join("\n")
}
