//! One vehicle's line of the call sheet: its columns and its cells, side by side.

use super::super::mask;
use super::desk::Desk;
use super::sheet::{Cell, Column, Entry};
use crate::documents::call_view::chance;
use crate::plan::model::{Call, Callable, CalledVehicle, PlannedItem, Status};

/// The columns: what the caller needs to know, then what is written in.
pub(super) fn columns(desk: &Desk<'_>) -> Vec<Column> {
    let printed = [
        ("booking", 15.0),
        ("call_date", 12.0),
        ("caller", 10.0),
        ("priority", 7.0),
        ("callable", 10.0),
        ("status", 8.0),
        ("customer", 20.0),
        ("contact", 10.0),
        ("phone", 14.0),
        ("plate", 11.0),
        ("vin", 20.0),
        ("model", 16.0),
        ("town", 16.0),
        ("last_service", 12.0),
        ("last_service_km", 12.0),
        ("odometer", 18.0),
        ("history", 28.0),
        ("items", 46.0),
        ("workshop", 20.0),
        ("crib", 28.0),
        ("slot", 17.0),
        ("point", 18.0),
    ];
    let mut columns: Vec<Column> = printed
        .into_iter()
        .map(|(key, width)| {
            let column = Column::new(desk.say(key), width);
            // The whole crib has a sheet of its own.
            if key == "crib" {
                column.clipped()
            } else {
                column
            }
        })
        .collect();
    columns.extend(entries(desk));
    columns
}

fn entries(desk: &Desk<'_>) -> Vec<Column> {
    let choice = |keys: &[&str]| Entry::Choice(keys.iter().map(|key| desk.say(key)).collect());
    let yes_no = || choice(&["choice_yes", "choice_no"]);
    let results = choice(&[
        "result_reached",
        "result_not_reached",
        "result_wrong",
        "result_later",
    ]);
    [
        ("in_result", 12.0, results),
        ("in_odometer", 12.0, Entry::Km),
        ("in_use", 18.0, Entry::Text),
        ("in_symptoms", 22.0, Entry::Text),
        ("in_wishes", 18.0, Entry::Text),
        ("in_elsewhere", 12.0, yes_no()),
        ("in_confirmed", 22.0, Entry::Text),
        ("in_struck", 18.0, Entry::Text),
        ("in_added", 18.0, Entry::Text),
        ("in_price", 12.0, Entry::Yuan),
        ("in_date", 13.0, Entry::Day),
        ("in_time", 13.0, Entry::Text),
        ("in_do_not_call", 12.0, yes_no()),
        ("in_sms_optout", 12.0, yes_no()),
        ("in_handover", 12.0, yes_no()),
        ("in_again", 17.0, Entry::Text),
    ]
    .into_iter()
    .map(|(key, width, entry)| Column::entry(desk.say(key), width, entry))
    .collect()
}

/// The cells of one call, in the order of [`columns`]; the write-in cells are left blank.
pub(super) fn cells(desk: &Desk<'_>, call: &Call, one: &CalledVehicle, count: usize) -> Vec<Cell> {
    let contact = desk.set.contacts.get(&call.vehicle);
    let status = if one.status == Status::Visit {
        "status_visit"
    } else {
        "status_waitlist"
    };
    let vin = if one.vehicle == one.plate {
        ""
    } else {
        one.vehicle.as_str()
    };
    let mut cells = vec![
        Cell::text(&call.booking),
        Cell::day(call.call_date),
        Cell::text(&call.caller),
        Cell::count(call.priority),
        Cell::Text(desk.say_of("callable", call.callable.key())),
        Cell::Text(desk.say(status)),
        Cell::text(&one.customer),
        Cell::text(contact.map_or("", |line| &line.contact)),
        Cell::Text(phones(desk, call)),
        Cell::text(&one.plate),
        Cell::text(vin),
        Cell::text(&one.model),
        Cell::Text(town(desk, one)),
        Cell::day(one.last_service),
        Cell::km(one.last_service_km),
        Cell::Text(odometer(desk, one)),
        Cell::Text(history(desk, one)),
        Cell::Text(lines(one.items.iter().map(|item| item_line(desk, item)))),
        Cell::Text(lines(
            one.workshop_items
                .iter()
                .map(|item| desk.item_name(&item.item)),
        )),
        Cell::Text(crib(desk, &one.model)),
        Cell::text(&call.slot_offered),
        Cell::Text(desk.visit_point(&one.visit)),
    ];
    cells.resize(count, Cell::Blank);
    cells
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
        format!("{place}（{}）", desk.say("uncertain"))
    } else {
        place.to_owned()
    }
}

/// Never one bare number: it is an estimate.
fn odometer(desk: &Desk<'_>, one: &CalledVehicle) -> String {
    one.odometer.as_ref().map_or_else(
        || desk.say("unknown"),
        |odometer| format!("≈ {:.0} ± {:.0}", odometer.mean_km, odometer.sd_km),
    )
}

fn history(desk: &Desk<'_>, one: &CalledVehicle) -> String {
    lines(
        one.history
            .iter()
            .map(|past| format!("{} {}", past.date, desk.item_name(&past.what))),
    )
}

/// `oil 机油机滤（很可能）96.00+336.00=432.00`: the code is what a filled sheet names.
fn item_line(desk: &Desk<'_>, item: &PlannedItem) -> String {
    let (name, chance) = (desk.item_name(&item.item), desk.say(chance(item.p)));
    let (labour, parts, sum) = (item.labour, item.parts, item.labour + item.parts);
    format!("{} {name}（{chance}）{labour}+{parts}={sum}", item.item)
}

/// Symptom → items and prices of a model, one symptom a line.
fn crib(desk: &Desk<'_>, model: &str) -> String {
    let mut rows: Vec<(&str, String)> = Vec::new();
    for line in desk
        .set
        .plan
        .cribs
        .get(model)
        .map_or(&[][..], Vec::as_slice)
    {
        let text = format!(
            "{} {:.0}% {}",
            desk.item_name(&line.item),
            line.probability * 100.0,
            line.price
        );
        match rows.last_mut() {
            Some((words, items)) if *words == line.words => {
                items.push('；');
                items.push_str(&text);
            }
            _ => rows.push((&line.words, text)),
        }
    }
    lines(
        rows.into_iter()
            .map(|(words, items)| format!("{words} → {items}")),
    )
}

fn lines(texts: impl Iterator<Item = String>) -> String {
    texts.collect::<Vec<_>>().join("\n")
}
