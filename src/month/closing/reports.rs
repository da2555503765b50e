//! Job sheets → one outcome per vehicle and tour.
//!
//! Sheets of the same day about the same vehicle are copies of one another: the newest word counts, cell by
//! cell, and a difference is named. Sheets of different days are different work: hours, parts and money add up.

use std::collections::{BTreeMap, BTreeSet};

use super::super::filled::Read;
use super::Ground;
use crate::domain::{Date, Fen, JobReport, VisitResult};
use crate::findings::{Finding, Spot};
use crate::plan::model::{CalledVehicle, Outcome, PartQty, Plan, Tour, VehicleOutcome};

/// Tour → outcomes told so far.
pub(super) type ByTour = BTreeMap<String, Vec<VehicleOutcome>>;

/// Tour, vehicle.
type Key = (String, String);

/// What all sheets say, by tour.
pub(super) fn fold(ground: &Ground<'_>, reports: &[Read<JobReport>]) -> (ByTour, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut days: BTreeMap<Key, BTreeMap<Date, JobReport>> = BTreeMap::new();
    let mut order: Vec<&Read<JobReport>> = reports.iter().collect();
    order.sort_by_key(|read| read.on);
    for read in order {
        let Some(place) = Place::of(ground.plan, &read.line, &mut findings) else {
            continue;
        };
        let day = read.line.on.or_else(|| place.day()).unwrap_or(read.on);
        let key = (place.tour, place.vehicle);
        let sheets = days.entry(key).or_default();
        match sheets.get_mut(&day) {
            None => {
                sheets.insert(day, read.line.clone());
            }
            Some(known) => findings.extend(newer(known, &read.line)),
        }
    }
    let mut by_tour = ByTour::new();
    for ((tour, vehicle), sheets) in days {
        let outcome = added_up(ground, &tour, &vehicle, &sheets, &mut findings);
        by_tour.entry(tour).or_default().push(outcome);
    }
    (by_tour, findings)
}

/// Booked vehicles first, by visit and slot; then walk-ins by day. At the end of the tour every booked vehicle
/// stands here, told or not.
pub(super) fn complete(
    plan: &Plan,
    tour: &Tour,
    mut told: Vec<VehicleOutcome>,
    closed: bool,
    findings: &mut Vec<Finding>,
) -> Vec<VehicleOutcome> {
    let known: BTreeSet<String> = told.iter().map(|one| one.vehicle.clone()).collect();
    let booked = |one: &&CalledVehicle| one.tour == tour.id && one.is_booked();
    let silent = plan.vehicles.iter().filter(booked);
    for one in silent.filter(|one| closed && !known.contains(&one.vehicle)) {
        findings.push(
            Finding::new("M069")
                .vehicle(&one.vehicle)
                .value(&one.booking)
                .arg("tour", &tour.id),
        );
        told.push(VehicleOutcome {
            on: slot_day(one),
            ..blank(plan, &tour.id, &one.vehicle)
        });
    }
    let slot = |one: &VehicleOutcome| {
        let called = called(plan, &one.vehicle);
        called.map_or(String::new(), |called| called.slot.clone())
    };
    told.sort_by(|a, b| {
        let key = |one: &VehicleOutcome| {
            let day = one.on.filter(|_| one.walk_in);
            (one.walk_in, day, slot(one), one.vehicle.clone())
        };
        key(a).cmp(&key(b))
    });
    told
}

/// The vehicle of the plan with this id.
pub(super) fn called<'p>(plan: &'p Plan, vehicle: &str) -> Option<&'p CalledVehicle> {
    plan.vehicles
        .iter()
        .find(|one| !vehicle.is_empty() && one.vehicle == vehicle)
}

/// The day of a booked slot.
pub(super) fn slot_day(one: &CalledVehicle) -> Option<Date> {
    one.slot.get(..10).and_then(Date::parse_iso)
}

/// Which vehicle of which tour a sheet is about.
struct Place<'p> {
    tour: String,
    vehicle: String,
    called: Option<&'p CalledVehicle>,
}

impl<'p> Place<'p> {
    fn of(plan: &'p Plan, line: &JobReport, findings: &mut Vec<Finding>) -> Option<Self> {
        let booking = line.booking.trim();
        let by_booking = plan
            .vehicles
            .iter()
            .find(|one| !booking.is_empty() && one.booking.eq_ignore_ascii_case(booking));
        if !booking.is_empty() && by_booking.is_none() {
            findings.push(at(Finding::new("M060"), line).value(booking));
        }
        let name = line.vehicle.trim();
        let named = |one: &&CalledVehicle| {
            !name.is_empty()
                && (one.vehicle.eq_ignore_ascii_case(name) || one.plate.eq_ignore_ascii_case(name))
        };
        let called = by_booking.or_else(|| plan.vehicles.iter().find(named));
        let stated = plan.tour(line.tour.trim()).map(|tour| tour.id.clone());
        let tour = stated.or_else(|| called.map(|one| one.tour.clone()));
        let vehicle = match called {
            Some(one) => one.vehicle.clone(),
            None if name.is_empty() => booking.to_owned(),
            None => name.to_uppercase(),
        };
        match tour.filter(|tour| plan.tour(tour).is_some()) {
            Some(tour) if !vehicle.is_empty() => Some(Self {
                tour,
                vehicle,
                called,
            }),
            _ => {
                findings.push(at(Finding::new("M061"), line).value(&line.tour));
                None
            }
        }
    }

    /// The day it was to come.
    fn day(&self) -> Option<Date> {
        self.called.and_then(slot_day)
    }
}

fn at(finding: Finding, line: &JobReport) -> Finding {
    finding.at(Spot {
        file: line.at.file.clone(),
        sheet: line.at.sheet.clone(),
        line: line.at.line,
        ..Spot::default()
    })
}

/// Takes over every cell the newer sheet fills; names the cells that both fill differently.
fn newer(known: &mut JobReport, line: &JobReport) -> Vec<Finding> {
    let mut findings = Vec::new();
    let old = format!("{} {}", known.at.file, known.at.line);
    let mut differs = |cell: &str| {
        let key = if line.booking.is_empty() {
            &line.vehicle
        } else {
            &line.booking
        };
        findings.push(
            at(Finding::new("M062"), line)
                .value(key)
                .arg("cell", cell)
                .arg("old", &old),
        );
    };
    macro_rules! newest {
        ($empty:expr; $($cell:ident),*) => {$(
            if !$empty(&line.$cell) {
                if !$empty(&known.$cell) && known.$cell != line.$cell {
                    differs(stringify!($cell));
                }
                known.$cell.clone_from(&line.$cell);
            }
        )*};
    }
    newest!(Option::is_none; result);
    newest!(Option::is_none; odometer_km, hours);
    newest!(Option::is_none; settled, warranty);
    newest!(Option::is_none; handover_consent);
    newest!(Vec::is_empty; done);
    newest!(Vec::is_empty; used, missing, wrong);
    newest!(String::is_empty; note);
    known.at = line.at.clone();
    findings
}

/// An outcome that says nothing yet.
fn blank(plan: &Plan, tour: &str, vehicle: &str) -> VehicleOutcome {
    let Some(one) = called(plan, vehicle) else {
        return VehicleOutcome {
            vehicle: vehicle.to_owned(),
            walk_in: true,
            ..VehicleOutcome::default()
        };
    };
    let agreed = one.items.iter().filter(|item| item.agreed);
    let sum: Vec<Fen> = agreed.map(|item| item.labour + item.parts).collect();
    let told = one.told.as_ref();
    let estimate = told
        .and_then(|told| told.price)
        .or_else(|| (!sum.is_empty()).then(|| sum.into_iter().sum()));
    VehicleOutcome {
        vehicle: vehicle.to_owned(),
        booking: one.booking.clone(),
        plate: one.plate.clone(),
        walk_in: !(one.is_booked() && one.tour == tour),
        visit: one.visit.clone(),
        // What was agreed for another tour is no estimate of this one.
        estimate: estimate.filter(|_| one.tour == tour),
        consent: told.and_then(|told| told.handover_consent),
        ..VehicleOutcome::default()
    }
}

/// All days of one vehicle.
fn added_up(
    ground: &Ground<'_>,
    tour: &str,
    vehicle: &str,
    sheets: &BTreeMap<Date, JobReport>,
    findings: &mut Vec<Finding>,
) -> VehicleOutcome {
    let mut one = blank(ground.plan, tour, vehicle);
    let mut done = BTreeSet::new();
    let (mut used, mut missing, mut wrong) = (Pieces::new(), Pieces::new(), Pieces::new());
    for (day, line) in sheets {
        one.on = Some(*day);
        if let Some(result) = line.result {
            one.result = outcome(result);
        }
        one.odometer_km = line.odometer_km.or(one.odometer_km);
        one.consent = line.handover_consent.or(one.consent);
        one.hours = sum(one.hours, line.hours, |a, b| a + b);
        one.settled = sum(one.settled, line.settled, |a, b| a + b);
        one.warranty = sum(one.warranty, line.warranty, |a, b| a + b);
        one.noted |= !line.note.is_empty();
        done.extend(line.done.iter().cloned());
        add(&mut used, &line.used);
        add(&mut missing, &line.missing);
        add(&mut wrong, &line.wrong);
    }
    (one.used, one.missing, one.wrong) = (listed(used), listed(missing), listed(wrong));
    if let (None, Some(day)) = (called(ground.plan, vehicle), one.on) {
        one.visit = visit_on(ground.plan, tour, day);
    }
    remarks(ground, &one, sheets, &done, findings);
    elsewhere(ground.plan, tour, &one, sheets, findings);
    items(ground.plan, &mut one, done);
    one
}

fn outcome(result: VisitResult) -> Outcome {
    match result {
        VisitResult::Done => Outcome::Done,
        VisitResult::PartlyDone => Outcome::PartlyDone,
        VisitResult::TooHard => Outcome::TooHard,
        VisitResult::NoShow => Outcome::NoShow,
    }
}

/// What is written and cannot be right.
fn remarks(
    ground: &Ground<'_>,
    one: &VehicleOutcome,
    sheets: &BTreeMap<Date, JobReport>,
    done: &BTreeSet<String>,
    findings: &mut Vec<Finding>,
) {
    let Some(line) = sheets.values().next_back() else {
        return;
    };
    for item in done {
        if !ground.catalogue.items.contains_key(item) {
            let finding = at(Finding::new("M063"), line).vehicle(&one.vehicle);
            findings.push(finding.value(item));
        }
    }
    let worked = !done.is_empty() || !one.used.is_empty() || one.hours.is_some();
    if one.result == Outcome::NotReported && worked {
        findings.push(at(Finding::new("M064"), line).vehicle(&one.vehicle));
    }
    if one.result == Outcome::NoShow && worked {
        findings.push(at(Finding::new("M065"), line).vehicle(&one.vehicle));
    }
}

/// What may be one thing told twice: work on two days, and a walk-in whose own visit is still to come.
fn elsewhere(
    plan: &Plan,
    tour: &str,
    one: &VehicleOutcome,
    sheets: &BTreeMap<Date, JobReport>,
    findings: &mut Vec<Finding>,
) {
    let Some(line) = sheets.values().next_back() else {
        return;
    };
    let key = if one.booking.is_empty() {
        &one.vehicle
    } else {
        &one.booking
    };
    let worked = sheets.iter().filter(|(_, line)| {
        !line.used.is_empty() || line.hours.is_some() || line.settled.is_some()
    });
    let days: Vec<String> = worked.map(|(day, _)| day.to_string()).collect();
    if days.len() > 1 {
        let finding = at(Finding::new("M130"), line).value(key);
        findings.push(finding.arg("days", days.join(", ")));
    }
    let booked = called(plan, &one.vehicle).filter(|own| own.is_booked() && own.tour != tour);
    if let Some(own) = booked.filter(|_| one.result.came()) {
        let finding = at(Finding::new("M078"), line).value(key);
        let finding = finding.arg("tour", tour).arg("other", &own.tour);
        findings.push(finding.arg("slot", &own.slot));
    }
}

/// Agreed items against items done. "Everything done" without a list means the agreed ones.
fn items(plan: &Plan, one: &mut VehicleOutcome, mut done: BTreeSet<String>) {
    let items = called(plan, &one.vehicle).map_or(&[][..], |called| &called.items);
    let agreed = items.iter().filter(|item| item.agreed);
    let agreed: BTreeSet<String> = agreed.map(|item| item.item.clone()).collect();
    if one.result == Outcome::Done && done.is_empty() {
        done.clone_from(&agreed);
    }
    if one.result != Outcome::Done {
        one.items_open = agreed.difference(&done).cloned().collect();
    }
    one.items_done = done.into_iter().collect();
}

/// The visit of a tour that is there on a day.
fn visit_on(plan: &Plan, tour: &str, day: Date) -> String {
    plan.visits_of(tour)
        .find(|visit| visit.first_day <= day && day <= visit.last_day)
        .map_or_else(String::new, |visit| visit.id.clone())
}

type Pieces = BTreeMap<String, u32>;

fn add(pieces: &mut Pieces, more: &[PartQty]) {
    for (part, qty) in more {
        let known = pieces.entry(part.clone()).or_default();
        *known = known.saturating_add(*qty);
    }
}

fn listed(pieces: Pieces) -> Vec<PartQty> {
    pieces.into_iter().filter(|(_, qty)| *qty > 0).collect()
}

fn sum<T>(known: Option<T>, more: Option<T>, add: impl Fn(T, T) -> T) -> Option<T> {
    match (known, more) {
        (Some(known), Some(more)) => Some(add(known, more)),
        (known, more) => known.or(more),
    }
}
