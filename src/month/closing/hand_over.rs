//! No-shows: the nearest partner that can do the repair, where the customer agreed to be handed over.

use super::super::filled::Filled;
use super::kit::Kit;
use super::{Ground, HAND_OVER_DAYS, reports};
use crate::domain::{HandOverAnswer, Role, ServicePoint};
use crate::findings::Finding;
use crate::plan::model::{CalledVehicle, HandOver, Outcome, PartsBy, Tour, TourClosing};

/// From here on an item counts as expected where the customer agreed to none.
const LIKELY: f64 = 0.5;

/// One for every no-show of a tour, in the order of its outcomes.
pub(super) fn of(
    ground: &Ground<'_>,
    tour: &Tour,
    closing: &TourClosing,
    kit: &Kit<'_>,
    filled: &Filled,
    findings: &mut Vec<Finding>,
) -> Vec<HandOver> {
    let no_shows = closing.outcomes.iter();
    let no_shows = no_shows.filter(|one| !one.walk_in && one.result == Outcome::NoShow);
    let mut list = Vec::new();
    for outcome in no_shows {
        let Some(called) = reports::called(ground.plan, &outcome.vehicle) else {
            continue;
        };
        let on = outcome.on.unwrap_or(tour.ret);
        let (name, phone) = technical_contact(ground, tour);
        let mut one = HandOver {
            booking: called.booking.clone(),
            vehicle: called.vehicle.clone(),
            consent: outcome.consent == Some(true),
            partner: String::new(),
            partner_name: String::new(),
            partner_address: String::new(),
            partner_phone: String::new(),
            partner_contact: String::new(),
            km: None,
            km_from_point: false,
            items: wanted(called),
            parts: Vec::new(),
            parts_short: Vec::new(),
            parts_by: PartsBy::Sent,
            technical_contact: name,
            technical_phone: phone,
            price: outcome.estimate,
            valid_until: on.plus_days(HAND_OVER_DAYS),
            agreed_on: None,
            declined: Vec::new(),
            parts_received: None,
            repaired_on: None,
        };
        if one.consent {
            ask(ground, called, filled, &mut one, findings);
        }
        list.push(one);
    }
    pack(kit, &mut list, findings);
    list
}

/// Agreed items; where none was agreed, those more likely needed than not.
fn wanted(called: &CalledVehicle) -> Vec<String> {
    let agreed: Vec<String> = called
        .items
        .iter()
        .filter(|item| item.agreed)
        .map(|item| item.item.clone())
        .collect();
    if !agreed.is_empty() {
        return agreed;
    }
    let likely = called.items.iter().filter(|item| item.p >= LIKELY);
    likely.map(|item| item.item.clone()).collect()
}

/// The leader answers for his tour; where he has no number, a foreman.
fn technical_contact(ground: &Ground<'_>, tour: &Tour) -> (String, String) {
    let leader = ground
        .crew
        .iter()
        .find(|person| person.name == tour.leader && !person.phone.is_empty());
    let foreman = || {
        ground
            .crew
            .iter()
            .find(|person| person.role == Role::Foreman && !person.phone.is_empty())
    };
    match leader.or_else(foreman) {
        Some(person) => (person.name.clone(), person.phone.clone()),
        None => (
            tour.leader.clone(),
            ground.plan.settings.dealer.phone.clone(),
        ),
    }
}

/// Asks one partner after the other, the nearest first, as far as they have answered.
fn ask(
    ground: &Ground<'_>,
    called: &CalledVehicle,
    filled: &Filled,
    one: &mut HandOver,
    findings: &mut Vec<Finding>,
) {
    let answers: Vec<&HandOverAnswer> = filled
        .hand_overs
        .iter()
        .map(|read| &read.line)
        .filter(|line| line.booking.eq_ignore_ascii_case(&called.booking))
        .collect();
    for (km, from_point, partner) in near(ground, called, &one.items) {
        // A line without a partner means the one printed: the first that has not declined yet.
        let own = |line: &&&HandOverAnswer| {
            line.partner == partner.id || (line.partner.is_empty() && one.declined.is_empty())
        };
        let said = answers.iter().filter(own);
        let last = said.clone().rev().find_map(|line| line.agreed);
        if last == Some(false) {
            one.declined.push(partner.id.clone());
            continue;
        }
        one.partner.clone_from(&partner.id);
        one.partner_name.clone_from(&partner.name);
        one.partner_address = format!("{}{}", partner.county, partner.address);
        one.partner_phone.clone_from(&partner.phone);
        one.partner_contact.clone_from(&partner.contact);
        (one.km, one.km_from_point) = (Some(km), from_point);
        for line in said {
            if line.agreed == Some(true) {
                one.agreed_on = line.on;
            }
            if let Some(left) = line.parts_left {
                one.parts_by = if left { PartsBy::Left } else { PartsBy::Sent };
            }
            one.parts_received = line.parts_received.or(one.parts_received);
            one.repaired_on = line.repaired_on.or(one.repaired_on);
        }
        return;
    }
    findings.push(
        Finding::new("M070")
            .vehicle(&called.vehicle)
            .value(&called.booking)
            .arg("declined", one.declined.len()),
    );
}

/// Partners that can do the items: km, whether these count from the visit's point, the partner; nearest first.
fn near<'g>(
    ground: &Ground<'g>,
    called: &CalledVehicle,
    items: &[String],
) -> Vec<(f64, bool, &'g ServicePoint)> {
    let visit = ground.plan.visits.iter().find(|one| one.id == called.visit);
    let needs_lift = items.iter().any(|code| {
        let item = ground.catalogue.items.get(code);
        item.is_some_and(|item| item.needs_lift)
    });
    let able = |point: &&ServicePoint| point.partner && (point.lift || !needs_lift);
    let mut list: Vec<(f64, bool, &ServicePoint)> = ground
        .points
        .iter()
        .filter(able)
        .filter_map(|point| {
            if let Some(km) = ground.roads.from_vehicle(&called.vehicle, &point.id) {
                return Some((km, false, point));
            }
            let km = ground.roads.between(&visit?.point, &point.id)?;
            // The way to the visit's point was known when it was booked there.
            Some((km + called.km, true, point))
        })
        .collect();
    list.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.2.id.cmp(&b.2.id)));
    list
}

/// What is left of each bag; pieces others took out of it are said.
fn pack(kit: &Kit<'_>, list: &mut [HandOver], findings: &mut Vec<Finding>) {
    let asked: Vec<usize> = (0..list.len())
        .filter(|index| list.get(*index).is_some_and(HandOver::has_partner))
        .collect();
    let vehicles: Vec<&str> = asked
        .iter()
        .filter_map(|index| list.get(*index))
        .map(|one| one.vehicle.as_str())
        .collect();
    let shared = kit.bags_left(&vehicles);
    for (index, (there, gone)) in asked.into_iter().zip(shared) {
        let Some(one) = list.get_mut(index) else {
            continue;
        };
        if !gone.is_empty() {
            let pieces: u32 = gone.iter().map(|(_, qty)| qty).sum();
            findings.push(
                Finding::new("M071")
                    .vehicle(&one.vehicle)
                    .value(&one.booking)
                    .arg("pieces", pieces),
            );
        }
        (one.parts, one.parts_short) = (there, gone);
    }
}
