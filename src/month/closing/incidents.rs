//! What went wrong on the way, and the way out of each.

use std::collections::BTreeSet;

use super::kit::Kit;
use super::ways::{Need, choose, options};
use super::{Ground, reports};
use crate::domain::{Fen, Priority};
use crate::plan::model::{Incident, IncidentKind, Outcome, Tour, TourClosing, VehicleOutcome};

/// What happened to a vehicle, before a way is chosen.
struct Happened<'o> {
    outcome: &'o VehicleOutcome,
    kind: IncidentKind,
    part: &'o str,
    qty: u32,
}

/// All incidents of a tour, safety first. One decided before keeps its number and its way: its sheet may be
/// signed.
pub(super) fn of(
    ground: &Ground<'_>,
    tour: &Tour,
    closing: &TourClosing,
    kit: &Kit<'_>,
    known: &[Incident],
) -> Vec<Incident> {
    let happened = closing.outcomes.iter().flat_map(happened);
    let mut list: Vec<Incident> = happened
        .map(|one| {
            let same = |old: &&Incident| {
                old.vehicle == one.outcome.vehicle
                    && old.kind == one.kind
                    && old.part == one.part
                    && old.qty == one.qty
            };
            let old = known.iter().find(same).cloned();
            old.unwrap_or_else(|| incident(ground, tour, kit, &one))
        })
        .collect();
    list.sort_by_key(|one| {
        let fresh = one.number == 0;
        (fresh, one.number, rank(&one.need), one.on)
    });
    let mut next = list.iter().map(|one| one.number).max().unwrap_or(0);
    for one in list.iter_mut().filter(|one| one.number == 0) {
        next += 1;
        one.number = next;
    }
    list.sort_by_key(|one| (rank(&one.need), one.number));
    list
}

fn happened(outcome: &VehicleOutcome) -> Vec<Happened<'_>> {
    let of = |kind, part, qty| Happened {
        outcome,
        kind,
        part,
        qty,
    };
    let missing = outcome.missing.iter();
    let mut list: Vec<Happened<'_>> = missing
        .map(|(part, qty)| of(IncidentKind::MissingPart, part.as_str(), *qty))
        .collect();
    let wrong = outcome.wrong.iter();
    list.extend(wrong.map(|(part, qty)| of(IncidentKind::WrongPart, part.as_str(), *qty)));
    match outcome.result {
        Outcome::TooHard => list.push(of(IncidentKind::TooHard, "", 0)),
        Outcome::PartlyDone if list.is_empty() => {
            list.push(of(IncidentKind::Unfinished, "", 0));
        }
        _ => {}
    }
    list
}

fn incident(ground: &Ground<'_>, tour: &Tour, kit: &Kit<'_>, one: &Happened<'_>) -> Incident {
    let outcome = one.outcome;
    let items = waiting(ground, one);
    let priority = priority(ground, &items);
    let worth = items.iter().map(|item| worth(ground, outcome, item)).sum();
    let facts = |code: &String| ground.catalogue.items.get(code);
    let workshop_only = one.kind == IncidentKind::TooHard
        && !items.is_empty()
        && items
            .iter()
            .all(|code| facts(code).is_some_and(|item| !item.on_site));
    let need = Need {
        // The part that did not fit is not the one to send: which one fits has to be asked first.
        part: if one.kind == IncidentKind::MissingPart {
            one.part
        } else {
            ""
        },
        qty: one.qty,
        visit: ground
            .plan
            .visits_of(&tour.id)
            .find(|visit| visit.id == outcome.visit),
        priority,
        worth,
        can_be_phoned: match one.kind {
            IncidentKind::WrongPart => true,
            IncidentKind::TooHard => !workshop_only,
            IncidentKind::MissingPart | IncidentKind::Unfinished => false,
        },
        workshop_only,
    };
    let options = options(ground, &need, kit);
    let (chosen, why) = choose(ground, &need, &options);
    Incident {
        number: 0,
        vehicle: outcome.vehicle.clone(),
        booking: outcome.booking.clone(),
        kind: one.kind,
        on: outcome.on,
        part: one.part.to_owned(),
        qty: one.qty,
        items,
        need: word(priority).to_owned(),
        worth,
        chosen,
        options,
        why: why.to_owned(),
    }
}

/// The open items that take the part; all open items where none of them does.
fn waiting(ground: &Ground<'_>, one: &Happened<'_>) -> Vec<String> {
    let open = &one.outcome.items_open;
    let model = reports::called(ground.plan, &one.outcome.vehicle).map(|called| &called.model);
    let takes = |item: &&String| {
        model.is_some_and(|model| {
            let bom = ground.catalogue.bom_of(item, model);
            bom.iter().any(|(part, _)| *part == one.part)
        })
    };
    let own: Vec<String> = open.iter().filter(takes).cloned().collect();
    if own.is_empty() { open.clone() } else { own }
}

fn priority(ground: &Ground<'_>, items: &[String]) -> Priority {
    let known = items
        .iter()
        .filter_map(|code| ground.catalogue.items.get(code));
    let all: BTreeSet<Priority> = known.map(|item| item.priority).collect();
    all.into_iter().next().unwrap_or_default()
}

/// Labour and parts of an item, as promised, else by the catalogue.
fn worth(ground: &Ground<'_>, outcome: &VehicleOutcome, code: &str) -> Fen {
    let called = reports::called(ground.plan, &outcome.vehicle);
    let planned = called.and_then(|one| one.items.iter().find(|item| item.item == code));
    if let Some(item) = planned {
        return item.labour + item.parts;
    }
    let labour = ground.catalogue.items.get(code);
    let labour = labour.map_or(Fen(0), |item| item.labour_price);
    let model = called.map_or("", |one| one.model.as_str());
    let bom = ground.catalogue.bom_of(code, model);
    let parts = bom
        .into_iter()
        .filter_map(|(part, qty)| Some(ground.catalogue.parts.get(part)?.price * qty));
    labour + parts.sum()
}

fn word(priority: Priority) -> &'static str {
    match priority {
        Priority::Safety => "safety",
        Priority::Warranty => "warranty",
        Priority::Wear => "wear",
        Priority::Comfort => "comfort",
    }
}

fn rank(need: &str) -> usize {
    let order = ["safety", "warranty", "wear", "comfort"];
    let at = order.iter().position(|word| *word == need);
    at.unwrap_or(order.len())
}
