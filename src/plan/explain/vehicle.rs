//! Why a vehicle is where it is: its place, its odometer, its items with their reasons, its visit or why it has none.

use serde::Serialize;

use super::page::Page;
use super::waiting::{Waiting, per_hour};
use super::{Ground, Said, value, vehicle_words};
use crate::domain::{CallOutcome, Date, Fen};
use crate::findings::{Failure, Finding, Lang};
use crate::plan::model::{
    Call, Callable, CalledVehicle, CustomerRow, ItemReason, OdometerEstimate, PlannedItem,
    RestState, Status,
};

/// A vehicle.
#[derive(Debug, Serialize)]
pub(super) struct VehicleFacts {
    pub(super) vehicle: String,
    pub(super) plate: String,
    /// First character only.
    pub(super) customer: String,
    pub(super) model: String,
    pub(super) county: String,
    pub(super) town: String,
    /// Demand cell; empty = no place.
    pub(super) cell: String,
    pub(super) place_uncertain: bool,
    /// What is missing on it: `model`, `phone`, `place`.
    pub(super) missing: Vec<String>,
    pub(super) status: Status,
    /// The word of customers.csv; empty for visits.
    pub(super) reason: String,
    pub(super) tour: String,
    pub(super) visit: String,
    pub(super) point: String,
    pub(super) date: Option<Date>,
    pub(super) km: Option<f64>,
    pub(super) share: Option<f64>,
    pub(super) show_up: f64,
    pub(super) free_check_hours: f64,
    /// As in customers.csv.
    pub(super) expected_hours: f64,
    pub(super) planning_value: f64,
    pub(super) expected_income: Option<Fen>,
    pub(super) key_customer: bool,
    pub(super) odometer: Option<OdometerEstimate>,
    pub(super) items: Vec<ItemWhy>,
    /// Parts packed for it.
    pub(super) bag: Vec<BagLine>,
    pub(super) booking: String,
    pub(super) callable: Option<Callable>,
    pub(super) call_date: Option<Date>,
    pub(super) caller: String,
    pub(super) slot_offered: String,
    pub(super) slot: String,
    pub(super) outcome: Option<CallOutcome>,
    pub(super) called_on: Option<Date>,
    /// Tours taken out of the month whose lists it was on.
    pub(super) resting: Vec<(String, RestState)>,
    /// Where it stands among all who are called for its visit; `None` = for none.
    pub(super) standing: Option<Standing>,
    /// Why it has no place.
    pub(super) waiting: Option<Waiting>,
}

/// The order in which places are given: by planning value per expected hour.
#[derive(Debug, Serialize)]
pub(super) struct Standing {
    pub(super) per_hour: f64,
    /// 1 = the highest.
    pub(super) rank: usize,
    /// With a place or waiting there.
    pub(super) called: usize,
    pub(super) places: usize,
}

/// One item.
#[derive(Debug, Serialize)]
pub(super) struct ItemWhy {
    pub(super) item: String,
    pub(super) p: f64,
    pub(super) hours: f64,
    pub(super) labour: Fen,
    pub(super) parts: Fen,
    pub(super) agreed: bool,
    /// Needs the workshop: not done on tour.
    pub(super) workshop: bool,
    pub(super) reason: ItemReason,
}

#[derive(Debug, Serialize)]
pub(super) struct BagLine {
    pub(super) part: String,
    pub(super) name: String,
    pub(super) qty: u32,
}

pub(super) fn explain(ground: &Ground<'_>, id: &str, lang: Lang) -> Said {
    let facts = gather(ground, id)?;
    let mut page = Page::default();
    vehicle_words::tell(&facts, ground, lang, &mut page);
    Ok((value(&facts), page))
}

fn gather(ground: &Ground<'_>, id: &str) -> Result<VehicleFacts, Failure> {
    let row = ground.customer(id).ok_or_else(|| {
        let finding = Finding::new("C010").arg("month", ground.month);
        Failure::input(finding.arg("message", format!("customers.csv: {id}")))
    })?;
    let plan = ground.plan;
    let called = plan.vehicles.iter().find(|one| one.vehicle == id);
    let call = plan.calls.iter().find(|call| call.vehicle == id);
    let mut facts = of_row(row);
    match called {
        Some(one) => {
            of_called(&mut facts, one);
            facts.standing = standing(ground, one);
        }
        None => of_prediction(&mut facts, ground, row),
    }
    of_call(&mut facts, call);
    facts.free_check_hours = plan.settings.tour.free_check_hours;
    let bag = plan.kit.iter().filter(|line| line.vehicle == id);
    facts.bag = bag
        .map(|line| BagLine {
            part: line.part.clone(),
            name: plan
                .part_facts
                .get(&line.part)
                .map_or_else(String::new, |part| part.name.clone()),
            qty: line.qty,
        })
        .collect();
    facts.resting = plan
        .resting
        .iter()
        .filter(|rest| rest.holds(id))
        .map(|rest| (rest.tour.id.clone(), rest.state))
        .collect();
    if row.status != Status::Visit {
        facts.waiting = Some(Waiting::of(ground, row)?);
    }
    Ok(facts)
}

/// What customers.csv says.
fn of_row(row: &CustomerRow<'static>) -> VehicleFacts {
    VehicleFacts {
        vehicle: row.vehicle.to_string(),
        plate: row.plate.to_string(),
        customer: super::page::masked(&row.customer),
        model: String::new(),
        county: row.county.to_string(),
        town: row.town.to_string(),
        cell: row.cell.to_string(),
        place_uncertain: false,
        missing: row
            .missing
            .split('|')
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect(),
        status: row.status,
        reason: row.reason.to_string(),
        tour: row.tour.to_string(),
        visit: row.visit.to_string(),
        point: row.point.to_string(),
        date: row.date,
        km: row.km,
        share: row.share,
        show_up: 0.0,
        free_check_hours: 0.0,
        expected_hours: row.expected_hours,
        planning_value: row.planning_value,
        expected_income: None,
        key_customer: false,
        odometer: None,
        items: Vec::new(),
        bag: Vec::new(),
        booking: String::new(),
        callable: None,
        call_date: None,
        caller: String::new(),
        slot_offered: String::new(),
        slot: String::new(),
        outcome: None,
        called_on: None,
        resting: Vec::new(),
        standing: None,
        waiting: None,
    }
}

fn standing(ground: &Ground<'_>, own: &CalledVehicle) -> Option<Standing> {
    let on = ground.plan.vehicles.iter();
    let on: Vec<&CalledVehicle> = on
        .filter(|one| one.visit == own.visit && one.status != Status::Deferred)
        .collect();
    let before = on.iter().filter(|one| per_hour(one) > per_hour(own));
    (own.status != Status::Deferred).then(|| Standing {
        per_hour: per_hour(own),
        rank: before.count() + 1,
        called: on.len(),
        places: on.iter().filter(|one| one.status == Status::Visit).count(),
    })
}

fn item_why(item: &PlannedItem, workshop: bool) -> ItemWhy {
    ItemWhy {
        item: item.item.clone(),
        p: item.p,
        hours: item.hours,
        labour: item.labour,
        parts: item.parts,
        agreed: item.agreed,
        workshop,
        reason: item.reason.clone(),
    }
}

/// What the plan keeps of who is called.
fn of_called(facts: &mut VehicleFacts, one: &CalledVehicle) {
    facts.model.clone_from(&one.model);
    facts.place_uncertain = one.place_uncertain;
    facts.show_up = one.show_up;
    facts.expected_income = Some(one.expected_income);
    facts.key_customer = one.key_customer;
    facts.odometer.clone_from(&one.odometer);
    let own = one.items.iter().map(|item| item_why(item, false));
    let workshop = one.workshop_items.iter().map(|item| item_why(item, true));
    facts.items = own.chain(workshop).collect();
    facts.booking.clone_from(&one.booking);
    facts.slot.clone_from(&one.slot);
    if let Some(told) = &one.told {
        facts.outcome = told.outcome;
        facts.called_on = told.on;
    }
}

/// The same prediction again, for those the plan keeps no more of than the row.
fn of_prediction(facts: &mut VehicleFacts, ground: &Ground<'_>, row: &CustomerRow<'static>) {
    let (Some(vehicle), Some(prediction)) = (
        ground.vehicle(&row.vehicle),
        ground.prediction(&row.vehicle),
    ) else {
        return;
    };
    let model = vehicle.model.as_ref().unwrap_or(&vehicle.model_text);
    facts.model = model.to_string();
    facts.key_customer = vehicle.key_customer;
    facts.show_up = prediction.show_up;
    facts.odometer.clone_from(&prediction.odometer);
    let workshop = |code: &str| {
        let mut listed = row.workshop_items.split('|');
        listed.any(|item| item.split(':').next() == Some(code))
    };
    let items = prediction.items.iter();
    facts.items = items
        .map(|item| item_why(item, workshop(&item.item)))
        .collect();
}

fn of_call(facts: &mut VehicleFacts, call: Option<&Call>) {
    let Some(call) = call else {
        return;
    };
    facts.callable = Some(call.callable);
    facts.call_date = call.call_date;
    facts.caller.clone_from(&call.caller);
    facts.slot_offered.clone_from(&call.slot_offered);
}
