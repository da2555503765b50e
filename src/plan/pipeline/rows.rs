//! Vehicles as the plan prints them: every accepted one in a row, the called ones in full.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use super::region::Region;
use super::resting::carried;
use super::tour_rows::income;
use super::tours::{MonthTours, OnTour};
use super::{Given, PlanInputs, booking_key, vehicle_of};
use crate::domain::{Missing, PlaceLevel, Vehicle};
use crate::ingest::Tables;
use crate::plan::files::{ContactLine, Contacts};
use crate::plan::model::{CalledVehicle, CustomerRow, PastRepair, PlannedItem, Status, Told};
use crate::predict::{Expected, Prediction};
use crate::territory::slot_text;

/// Latest repairs shown.
const HISTORY_SHOWN: usize = 5;

pub(super) fn called_vehicles(
    inputs: &PlanInputs<'_>,
    region: &Region<'_>,
    month: &MonthTours,
) -> Vec<CalledVehicle> {
    let turned_down = month.out.iter().map(|(vehicle, visit)| OnTour {
        vehicle: *vehicle,
        visit: *visit,
        km: 0.0,
        share: 0.0,
        waits: month.deferred[*vehicle],
    });
    let places = inputs.given.map(Given::places).unwrap_or_default();
    let all: Vec<OnTour> = month.called.values().cloned().chain(turned_down).collect();
    let mut list: Vec<CalledVehicle> = all
        .par_iter()
        .map(|on| {
            let mut one = called_vehicle(inputs, region, month, on);
            let before = places.get(one.vehicle.as_str());
            one.had_place |=
                before.is_some_and(|before| before.had_place || before.status == Status::Visit);
            one
        })
        .collect();
    list.extend(carried(inputs, month, &|index| told(inputs, region, index)));
    list.sort_by(|a, b| a.vehicle.cmp(&b.vehicle));
    rank(&mut list);
    list
}

fn called_vehicle(
    inputs: &PlanInputs<'_>,
    region: &Region<'_>,
    month: &MonthTours,
    on: &OnTour,
) -> CalledVehicle {
    let vehicle = vehicle_of(&inputs.ingested.tables, on.vehicle);
    let prediction = region.prediction_once(inputs, on.vehicle);
    let visit = &month.visits[on.visit];
    let keep = |item: &str| month.done_on_tour(inputs, region, on, item);
    let (expected_hours, planning_value) = (
        prediction.expected_hours(&keep),
        prediction.planning_value(&keep),
    );
    let Prediction {
        items,
        odometer,
        show_up,
        ..
    } = prediction.into_owned();
    let (mut items, mut workshop_items): (Vec<PlannedItem>, Vec<PlannedItem>) =
        items.into_iter().partition(|item| keep(&item.item));
    let expected_income = income(show_up * on.share, items.iter());
    // They stay until the plan is written.
    items.shrink_to_fit();
    workshop_items.shrink_to_fit();
    let place = region.located[on.vehicle].as_ref();
    let (county, town) = names(vehicle, place.map(|p| (&*p.county, &*p.town)));
    CalledVehicle {
        vehicle: vehicle.id.to_string(),
        booking: booking_key(&vehicle.id, &inputs.month.to_string()),
        plate: vehicle.plate.as_deref().unwrap_or_default().to_owned(),
        customer: vehicle.customer.to_string(),
        model: vehicle
            .model
            .as_ref()
            .unwrap_or(&vehicle.model_text)
            .to_string(),
        county: county.to_owned(),
        town: town.to_owned(),
        status: match on.status() {
            Status::Waitlist if month.out.contains_key(&on.vehicle) => Status::Deferred,
            status => status,
        },
        tour: month.tours[visit.tour].id.clone(),
        visit: visit.id.clone(),
        km: on.km,
        share: on.share,
        place_uncertain: place.is_none_or(|place| place.level >= PlaceLevel::County),
        buy_date: vehicle.buy_date,
        odometer,
        last_service: vehicle.last_service.date,
        last_service_km: vehicle.last_service.km,
        history: region
            .record
            .of(vehicle)
            .take(HISTORY_SHOWN)
            .map(|work| PastRepair {
                date: work.date,
                km: work.km,
                what: work.what.to_string(),
            })
            .collect(),
        show_up,
        items,
        workshop_items,
        expected_hours,
        planning_value,
        expected_income,
        urgency: 0,
        key_customer: vehicle.key_customer,
        sms_optout: vehicle.sms_optout || refuses_texts(inputs, &vehicle.id),
        reason: on.waits.unwrap_or_default().to_owned(),
        slot: month
            .slots
            .get(&on.vehicle)
            .filter(|_| month.booked.contains(&on.vehicle))
            .map(|slot| slot_text(visit.first_day, slot))
            .unwrap_or_default(),
        had_place: on.waits.is_none(),
        told: told(inputs, region, on.vehicle),
    }
}

fn refuses_texts(inputs: &PlanInputs<'_>, vehicle: &str) -> bool {
    let answer = inputs
        .given
        .and_then(|given| given.said(vehicle, inputs.month).answer);
    answer.is_some_and(|answer| answer.sms_optout == Some(true))
}

/// What was said about a vehicle, without the words.
fn told(inputs: &PlanInputs<'_>, region: &Region<'_>, index: usize) -> Option<Told> {
    let vehicle = vehicle_of(&inputs.ingested.tables, index);
    let said = inputs.given?.said(&vehicle.id, inputs.month);
    if said.answer.is_none() && said.advice.is_none() {
        return None;
    }
    let answer = said.answer;
    Some(Told {
        outcome: answer.and_then(|answer| answer.outcome),
        on: answer.and_then(|answer| answer.called_on),
        odometer_km: answer.and_then(|answer| answer.odometer_km),
        price: answer.and_then(|answer| answer.price_told),
        day: answer.and_then(|answer| answer.day),
        minutes: answer.and_then(|answer| answer.minutes),
        again: answer.and_then(|answer| answer.again),
        asks_foreman: region.asks_foreman.contains(&index),
        extra_hours: said.advice.and_then(|advice| advice.hours).unwrap_or(0.0),
        extra_parts: said
            .advice
            .map(|advice| advice.parts.clone())
            .unwrap_or_default(),
        handover_consent: answer
            .and_then(|answer| answer.handover_consent)
            .or(vehicle.handover_consent),
    })
}

/// Numbers each tour's vehicles: places before the waiting list, then by planning value.
fn rank(list: &mut [CalledVehicle]) {
    let mut order: Vec<usize> = (0..list.len()).collect();
    order.sort_by(|&a, &b| {
        let (a, b) = (&list[a], &list[b]);
        (&a.tour, a.status)
            .cmp(&(&b.tour, b.status))
            .then(b.planning_value.total_cmp(&a.planning_value))
            .then_with(|| a.vehicle.cmp(&b.vehicle))
    });
    let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
    for index in order {
        let number = numbers.entry(list[index].tour.clone()).or_default();
        *number += 1;
        list[index].urgency = *number;
    }
}

/// County and township found, else as written.
pub(super) fn names<'v>(
    vehicle: &'v Vehicle,
    found: Option<(&'v str, &'v str)>,
) -> (&'v str, &'v str) {
    let pick = |found: &'v str, written: &'v str| if found.is_empty() { written } else { found };
    let (county, town) = found.unwrap_or(("", ""));
    (pick(county, &vehicle.county), pick(town, &vehicle.town))
}

/// A vehicle's row of customers.csv; those on a tour's list are in `called`, by id.
pub(super) fn customer<'r>(
    inputs: &'r PlanInputs<'_>,
    region: &'r Region<'_>,
    month: &'r MonthTours,
    called: &HashMap<&str, &CalledVehicle>,
    index: usize,
) -> CustomerRow<'r> {
    let vehicle = vehicle_of(&inputs.ingested.tables, index);
    let place = region.located[index].as_ref();
    let on = month.called.get(&index);
    let told = match on.and_then(|_| called.get(vehicle.id.as_str())) {
        Some(one) => ItemsTold::on_tour(one),
        None => ItemsTold::of(inputs, region, index),
    };
    let (county, town) = names(vehicle, place.map(|p| (&*p.county, &*p.town)));
    let mut row = CustomerRow {
        vehicle: vehicle.id.as_str().into(),
        plate: vehicle.plate.as_deref().unwrap_or_default().into(),
        customer: vehicle.customer.as_str().into(),
        county: county.into(),
        town: town.into(),
        cell: region.cells.id(index).into(),
        status: month.standing(region, index).0,
        tour: Cow::default(),
        visit: Cow::default(),
        point: Cow::default(),
        date: None,
        km: None,
        items: told.items.into(),
        workshop_items: told.workshop_items.into(),
        expected_hours: told.expected.hours,
        share: None,
        planning_value: told.expected.value,
        reason: Cow::default(),
        missing: missing(vehicle, place.is_some()).into(),
    };
    if let Some(on) = on {
        let visit = &month.visits[on.visit];
        row.tour = month.tours[visit.tour].id.as_str().into();
        row.visit = visit.id.as_str().into();
        row.point = region.points[visit.point].point.id.as_str().into();
        row.date = Some(visit.first_day);
        row.km = Some(on.km);
        row.share = Some(on.share);
        row.reason = on.waits.unwrap_or_default().into();
    } else if region.near[index] {
        row.reason = "catchment".into();
    } else {
        let why = month.deferred[index].unwrap_or("no_place");
        row.reason = why.into();
    }
    row
}

/// What a row says of a vehicle's items.
struct ItemsTold {
    items: String,
    workshop_items: String,
    expected: Expected,
}

impl ItemsTold {
    /// Of a vehicle on a tour's list: what is done there.
    fn on_tour(one: &CalledVehicle) -> Self {
        Self {
            items: coded_items(one.items.iter()),
            workshop_items: coded_items(one.workshop_items.iter()),
            expected: Expected {
                hours: one.expected_hours,
                value: one.planning_value,
            },
        }
    }

    /// Of any other: what could be done on some tour.
    fn of(inputs: &PlanInputs<'_>, region: &Region<'_>, index: usize) -> Self {
        let kept = region.needs.items(index);
        let Some(kept) = kept.filter(|_| !Region::was_heard(inputs, index)) else {
            return Self::in_full(inputs, region, &region.prediction_once(inputs, index));
        };
        let coded = |wanted: bool| {
            let items = kept.iter();
            let items = items.map(|one| (region.items[usize::from(one.item)], one.p));
            let items = items.filter(|((_, fieldable), _)| *fieldable == wanted);
            coded(items.map(|((code, _), p)| (code, u32::from(p))))
        };
        Self {
            items: coded(true),
            workshop_items: coded(false),
            expected: region.needs.outlines[index].expected(true),
        }
    }

    fn in_full(inputs: &PlanInputs<'_>, region: &Region<'_>, prediction: &Prediction) -> Self {
        let keep = |item: &str| region.fieldable(inputs, item);
        let items = |wanted: bool| {
            let items = prediction.items.iter();
            coded_items(items.filter(move |item| keep(&item.item) == wanted))
        };
        Self {
            items: items(true),
            workshop_items: items(false),
            expected: Expected {
                hours: prediction.expected_hours(&keep),
                value: prediction.planning_value(&keep),
            },
        }
    }
}

fn coded_items<'i>(items: impl Iterator<Item = &'i PlannedItem>) -> String {
    coded(items.map(|item| (item.item.as_str(), (item.p * 1e4).round() as u32)))
}

/// `code:p|code:p`, of codes and ten-thousandths.
fn coded<'i>(items: impl Iterator<Item = (&'i str, u32)>) -> String {
    // Room for some ten items.
    let mut text = String::with_capacity(120);
    for (code, p) in items {
        if !text.is_empty() {
            text.push('|');
        }
        text.push_str(code);
        text.push(':');
        push_probability(&mut text, p);
    }
    text
}

/// A probability of so many ten-thousandths as its number is written, without the general way of a million rows' numbers.
fn push_probability(text: &mut String, p: u32) {
    let mut rest = p;
    let (mut digits, mut unit) = (0, 10_000);
    while unit > 0 && (digits == 0 || rest > 0) {
        if digits == 1 {
            text.push('.');
        }
        text.extend(char::from_digit(rest / unit, 10));
        rest %= unit;
        unit /= 10;
        digits += 1;
    }
}

fn missing(vehicle: &Vehicle, placed: bool) -> String {
    let missing = vehicle.missing(placed);
    let keys: Vec<&str> = missing.into_iter().map(Missing::key).collect();
    keys.join("|")
}

/// Names and numbers of called vehicles.
pub(super) fn contacts(tables: &Tables, called: &[CalledVehicle]) -> Contacts {
    called
        .par_iter()
        .filter_map(|one| {
            let vehicle = &tables.vehicles[tables.position(&one.vehicle)?];
            let line = ContactLine {
                contact: vehicle.addressee().to_owned(),
                phones: vehicle.phones.iter().map(ToString::to_string).collect(),
            };
            Some((one.vehicle.clone(), line))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_probability_is_written_as_its_number_is() {
        for parts in 0..=10_000_u32 {
            let mut text = String::new();
            push_probability(&mut text, parts);
            assert_eq!(text, (f64::from(parts) / 1e4).to_string());
        }
    }
}
