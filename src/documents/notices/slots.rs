//! 预约时段表: for every visit day the bays and half hours, who is booked and what is still offered. No phones.
//!
//! The plan books a time, not a bay: bays are given out here in order of time, booked vehicles first. A booked
//! vehicle that finds none stands in a column of its own, for the leader to see before the day. Who was only offered a
//! place that is gone, or never had a time, stands on a list: to be called again, for another day or the waiting list.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{clock, contact_keys, has_bookings, label, minutes, slot_parts};
use crate::documents::call_view::item_name;
use crate::documents::plan_view::day;
use crate::documents::{DocumentSet, Messages};
use crate::domain::Date;
use crate::plan::model::{CalledVehicle, Plan, Status, Tour, Visit};

const HALF_HOUR: u32 = 30;
/// The grid shows the working day at least up to here, minutes after midnight.
const DAY_ENDS: u32 = 17 * 60 + 30;
const LAST_MINUTE: u32 = 24 * 60;

/// One vehicle on the grid.
#[derive(Clone, Copy)]
pub(in crate::documents) struct Place<'a> {
    pub(in crate::documents) one: &'a CalledVehicle,
    /// Booked; else offered and still open.
    pub(in crate::documents) booked: bool,
    /// Hours it is expected to take once it is there.
    pub(in crate::documents) hours: f64,
    from: u32,
    until: u32,
}

/// One square of the grid.
#[derive(Clone, Copy)]
pub(in crate::documents) enum Square<'a> {
    Free,
    /// A vehicle's first half hour, and how many it takes.
    Begins(Place<'a>, usize),
    GoesOn,
}

/// One visit day.
pub(in crate::documents) struct DaySheet<'a> {
    pub(in crate::documents) visit: &'a Visit,
    pub(in crate::documents) date: Date,
    /// Bays the point has; columns beyond them found none.
    pub(in crate::documents) bays: usize,
    /// Time and the squares of that half hour, one per column.
    pub(in crate::documents) rows: Vec<(String, Vec<Square<'a>>)>,
    pub(in crate::documents) booked: usize,
    pub(in crate::documents) offered: usize,
    /// Offered, and no bay is left at that time.
    apart: Vec<&'a CalledVehicle>,
}

/// One vehicle on the waiting list of a visit.
pub(in crate::documents) struct Waiting<'a> {
    pub(in crate::documents) visit: &'a str,
    pub(in crate::documents) one: &'a CalledVehicle,
    pub(in crate::documents) hours: f64,
}

/// Hours in the field once the vehicle is there: free check, items by their chance, what the foreman added.
fn hours(plan: &Plan, one: &CalledVehicle) -> f64 {
    let items: f64 = one.items.iter().map(|item| item.p * item.hours).sum();
    let extra = one.told.as_ref().map_or(0.0, |told| told.extra_hours);
    plan.settings.tour.free_check_hours + items + extra
}

/// Every day of every visit of a tour, in order.
pub(in crate::documents) fn days<'a>(plan: &'a Plan, tour: &'a Tour) -> Vec<DaySheet<'a>> {
    let mut sheets = Vec::new();
    if !has_bookings(plan, &tour.id) {
        return sheets;
    }
    for visit in plan.visits_of(&tour.id) {
        let days = visit.last_day.days_since(visit.first_day).max(0);
        for into in 0..=days {
            sheets.push(sheet(plan, visit, visit.first_day.plus_days(into)));
        }
    }
    sheets
}

/// Who waits for a place, the most urgent first.
pub(in crate::documents) fn waiting<'a>(plan: &'a Plan, tour: &Tour) -> Vec<Waiting<'a>> {
    let own = plan.vehicles.iter().filter(|one| one.tour == tour.id);
    let mut list: Vec<Waiting<'a>> = own
        .filter(|one| one.status == Status::Waitlist && !one.is_booked())
        .map(|one| Waiting {
            visit: &one.visit,
            one,
            hours: hours(plan, one),
        })
        .collect();
    list.sort_by_key(|waiting| (waiting.visit, waiting.one.urgency, &waiting.one.vehicle));
    list
}

/// Who has a place on a visit and no time that is still free, the most urgent first.
pub(in crate::documents) fn without_slot<'a>(plan: &'a Plan, tour: &'a Tour) -> Vec<Waiting<'a>> {
    let offered = offers(plan);
    let none = |one: &CalledVehicle| {
        let slot = offered.get(one.vehicle.as_str()).copied();
        slot.unwrap_or_default().is_empty()
    };
    let mut list = Vec::new();
    for visit in plan.visits_of(&tour.id) {
        let own = plan.vehicles.iter().filter(|one| one.visit == visit.id);
        let never = own.filter(|one| one.status == Status::Visit && !one.is_booked() && none(one));
        let days = visit.last_day.days_since(visit.first_day).max(0);
        let gone =
            (0..=days).flat_map(|into| sheet(plan, visit, visit.first_day.plus_days(into)).apart);
        list.extend(never.chain(gone).map(|one| Waiting {
            visit: &visit.id,
            one,
            hours: hours(plan, one),
        }));
    }
    list.sort_by_key(|waiting| (waiting.visit, waiting.one.urgency, &waiting.one.vehicle));
    list
}

fn sheet<'a>(plan: &'a Plan, visit: &'a Visit, date: Date) -> DaySheet<'a> {
    let mut places = places(plan, visit, date);
    places.sort_by_key(|place| {
        (
            !place.booked,
            place.from,
            place.one.urgency,
            &place.one.vehicle,
        )
    });
    let point = plan.point(&visit.point);
    let bays = point.map_or(1, |point| point.bays.max(1)) as usize;
    let mut lanes: Vec<Vec<Place<'a>>> = vec![Vec::new(); bays];
    let mut apart = Vec::new();
    for place in &places {
        let free = |other: &Place<'_>| other.until <= place.from || place.until <= other.from;
        // Offers go into bays only.
        let open = if place.booked { lanes.len() } else { bays };
        match lanes[..open].iter_mut().find(|lane| lane.iter().all(free)) {
            Some(lane) => lane.push(*place),
            None if place.booked => lanes.push(vec![*place]),
            None => apart.push(place.one),
        }
    }
    places
        .retain(|place| place.booked || !apart.iter().any(|one| one.vehicle == place.one.vehicle));
    let opens = (visit.opens_at * 60.0).round() as u32 / HALF_HOUR * HALF_HOUR;
    let opens = (date == visit.first_day).then_some(opens);
    let first = places.iter().map(|place| place.from).chain(opens).min();
    let from = first.unwrap_or(9 * 60) / HALF_HOUR * HALF_HOUR;
    let last = places.iter().map(|place| place.until).max().unwrap_or(0);
    let until = last.clamp(DAY_ENDS, LAST_MINUTE);
    let rows = (from..until).step_by(HALF_HOUR as usize).map(|at| {
        let squares = lanes.iter().map(|lane| square(lane, at)).collect();
        (clock(at), squares)
    });
    DaySheet {
        visit,
        date,
        bays,
        rows: rows.collect(),
        booked: places.iter().filter(|place| place.booked).count(),
        offered: places.iter().filter(|place| !place.booked).count(),
        apart,
    }
}

fn square<'a>(lane: &[Place<'a>], at: u32) -> Square<'a> {
    let here = lane.iter().find(|place| {
        let begins = place.from / HALF_HOUR * HALF_HOUR;
        begins <= at && at < place.until
    });
    match here {
        None => Square::Free,
        Some(place) if place.from / HALF_HOUR * HALF_HOUR == at => {
            let span = (place.until - at).div_ceil(HALF_HOUR);
            Square::Begins(*place, span as usize)
        }
        Some(_) => Square::GoesOn,
    }
}

/// What was offered to whom.
fn offers(plan: &Plan) -> BTreeMap<&str, &str> {
    let calls = plan.calls.iter();
    calls
        .map(|call| (call.vehicle.as_str(), call.slot_offered.as_str()))
        .collect()
}

/// Booked vehicles of the day, and those whose offer still stands.
fn places<'a>(plan: &'a Plan, visit: &Visit, date: Date) -> Vec<Place<'a>> {
    let offered = offers(plan);
    let own = plan.vehicles.iter().filter(|one| one.visit == visit.id);
    own.filter(|one| one.is_booked() || one.status == Status::Visit)
        .filter_map(|one| {
            let slot = if one.is_booked() {
                one.slot.as_str()
            } else {
                offered.get(one.vehicle.as_str()).copied()?
            };
            let (on, time) = slot_parts(slot)?;
            let from = minutes(time).filter(|_| on == date)?;
            let hours = hours(plan, one);
            let halves = (hours * 2.0).ceil().clamp(1.0, 48.0) as u32;
            let until = (from + halves * HALF_HOUR).min(LAST_MINUTE);
            Some(Place {
                one,
                booked: one.is_booked(),
                hours,
                from,
                until,
            })
        })
        .collect()
}

/// The agreed items, else the predicted ones, by name.
pub(in crate::documents) fn item_names(
    set: &DocumentSet<'_>,
    words: &Messages,
    one: &CalledVehicle,
) -> String {
    let any = one.items.iter().any(|item| item.agreed);
    let items = one.items.iter().filter(|item| item.agreed || !any);
    let names: Vec<&str> = items.map(|item| item_name(set, &item.item)).collect();
    names.join(&words.get("list_comma"))
}

pub(super) fn view(set: &DocumentSet<'_>, tour: &Tour, words: &Messages) -> Value {
    let square = |square: &Square<'_>| match square {
        Square::Free => json!({ "free": true }),
        Square::GoesOn => json!({ "goes_on": true }),
        Square::Begins(place, span) => json!({
            "span": span, "booked": place.booked, "vehicle": label(place.one),
            "customer": place.one.customer, "model": place.one.model,
            "items": item_names(set, words, place.one), "hours": format!("{:.1}", place.hours),
            "booking": place.one.booking, "time": clock(place.from),
        }),
    };
    let days: Vec<Value> = days(set.plan, tour)
        .iter()
        .map(|sheet| {
            let point = set.plan.point(&sheet.visit.point);
            let rows = sheet.rows.iter().map(|(time, squares)| {
                json!({ "time": time, "squares": squares.iter().map(square).collect::<Vec<_>>() })
            });
            let columns = sheet.rows.first().map_or(0, |(_, squares)| squares.len());
            json!({
                "visit": sheet.visit.id, "date": day(set, sheet.date),
                "name": point.map_or(sheet.visit.point.as_str(), |point| point.name.as_str()),
                "address": point.map_or_else(String::new, |p| format!("{}{}", p.county, p.address)),
                "columns": (1..=columns).map(|n| json!({ "n": n, "spare": n > sheet.bays })).collect::<Vec<_>>(),
                "rows": rows.collect::<Vec<_>>(), "booked": sheet.booked, "offered": sheet.offered,
            })
        })
        .collect();
    let keys = contact_keys(set.plan);
    let listed = |waiting: &Waiting<'_>| {
        let one = waiting.one;
        json!({
            "visit": waiting.visit, "vehicle": label(one), "model": one.model,
            "customer": one.customer, "items": item_names(set, words, one),
            "hours": format!("{:.1}", waiting.hours), "booking": one.booking,
            "contact": keys.get(one.vehicle.as_str()),
        })
    };
    let without: Vec<Value> = without_slot(set.plan, tour).iter().map(listed).collect();
    let waiting: Vec<Value> = waiting(set.plan, tour).iter().map(listed).collect();
    json!({
        "title": words.get("doc_slots"), "tour": tour.id,
        "depart": day(set, tour.depart), "leader": tour.leader,
        "days": days, "lists": [
            { "title": words.get("slots_without"), "rows": without },
            { "title": words.get("slots_waiting"), "rows": waiting },
        ],
    })
}
