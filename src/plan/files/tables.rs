//! The columns of every table of the plan folder.

use std::collections::BTreeMap;

use super::table::{Table, fixed, plain};
use super::{ContactLine, Contacts};
use crate::domain::{CallOutcome, Date, Fen};
use crate::findings::{Failure, Finding, Lang, describe};
use crate::ingest::{Repair, RowFate};
use crate::plan::model::{Plan, SourcingLine};

pub(super) fn day(date: Option<Date>) -> String {
    date.map_or_else(String::new, |date| date.to_string())
}

fn yes(flag: bool) -> String {
    if flag { "yes" } else { "no" }.to_owned()
}

fn money(amount: Fen) -> String {
    amount.plain()
}

pub(super) fn rejects(fates: &[RowFate], lang: Lang) -> Vec<u8> {
    let mut table = Table::new(&[
        "fate",
        "file",
        "sheet",
        "line",
        "column",
        "value",
        "code",
        "reason",
        "original row",
        "vehicle",
        "rows",
    ]);
    for fate in fates {
        table.row(&[
            fate.fate.key().into(),
            fate.file.to_string(),
            fate.sheet.to_string(),
            fate.line.to_string(),
            fate.column.clone(),
            fate.value.clone(),
            fate.code.into(),
            describe(&fate.reason(), lang),
            fate.original.clone(),
            fate.vehicle.clone(),
            fate.rows.to_string(),
        ]);
    }
    table.finish()
}

pub(super) fn repairs(repairs: &[Repair]) -> Vec<u8> {
    let mut table = Table::new(&["file", "line", "column", "from", "to", "rule"]);
    for repair in repairs {
        table.row(&[
            repair.file.to_string(),
            repair.line.to_string(),
            repair.column.to_string(),
            repair.from.clone(),
            repair.to.clone(),
            repair.rule.into(),
        ]);
    }
    table.finish()
}

pub(super) fn tours(plan: &Plan) -> Vec<u8> {
    let mut table = Table::new(&[
        "tour",
        "team",
        "van",
        "leader",
        "depart",
        "return",
        "km",
        "drive_hours",
        "service_hours",
        "nights",
        "cost",
    ]);
    for tour in &plan.tours {
        table.row(&[
            tour.id.clone(),
            tour.team.clone(),
            tour.van.clone(),
            tour.leader.clone(),
            tour.depart.to_string(),
            tour.ret.to_string(),
            fixed(tour.km, 3),
            fixed(tour.drive_hours, 4),
            fixed(tour.service_hours, 4),
            tour.nights.to_string(),
            money(tour.cost.total()),
        ]);
    }
    table.finish()
}

pub(super) fn visits(plan: &Plan) -> Vec<u8> {
    let mut table = Table::new(&[
        "visit",
        "tour",
        "stop",
        "point",
        "first_day",
        "last_day",
        "vehicles",
        "expected_hours",
        "capacity_hours",
    ]);
    for visit in &plan.visits {
        table.row(&[
            visit.id.clone(),
            visit.tour.clone(),
            visit.stop.to_string(),
            visit.point.clone(),
            visit.first_day.to_string(),
            visit.last_day.to_string(),
            visit.vehicles.to_string(),
            fixed(visit.expected_hours, 4),
            fixed(visit.capacity_hours, 4),
        ]);
    }
    table.finish()
}

pub(super) fn parts(plan: &Plan) -> Vec<u8> {
    let mut table = Table::new(&[
        "part",
        "name",
        "needed_expected",
        "kit_qty",
        "peak_qty",
        "on_hand",
        "from_stock",
        "on_order",
        "from_peer",
        "to_order",
        "short",
        "monitored",
        "unit",
        "bin",
    ]);
    for line in &plan.parts {
        let facts = plan.part_facts.get(&line.part);
        table.row(&[
            line.part.clone(),
            facts.map_or_else(String::new, |part| part.name.clone()),
            fixed(line.needed_expected, 2),
            line.kit_qty.to_string(),
            line.peak_qty.to_string(),
            line.on_hand.to_string(),
            line.from_stock.to_string(),
            line.on_order.to_string(),
            line.from_peer.to_string(),
            line.to_order.to_string(),
            line.short.to_string(),
            yes(line.monitored),
            facts.map_or_else(String::new, |part| part.unit.clone()),
            facts.map_or_else(String::new, |part| part.bin.clone()),
        ]);
    }
    table.finish()
}

pub(super) fn sourcing(lines: &[SourcingLine]) -> Vec<u8> {
    let mut table = Table::new(&[
        "part",
        "tour",
        "source",
        "supplier",
        "mode",
        "qty",
        "order_by",
        "arrives",
        "to",
        "cost",
        "feasible",
        "reason",
        "order_qty",
        "number",
    ]);
    for line in lines {
        table.row(&[
            line.part.clone(),
            line.tour.clone(),
            line.source.key().into(),
            line.supplier.clone(),
            line.mode.clone(),
            line.qty.to_string(),
            day(line.order_by),
            day(line.arrives),
            line.to.clone(),
            money(line.cost),
            yes(line.feasible),
            line.reason.clone(),
            line.order_qty.to_string(),
            line.number.clone(),
        ]);
    }
    table.finish()
}

pub(super) fn kit(plan: &Plan) -> Vec<u8> {
    let mut table = Table::new(&[
        "tour", "visit", "vehicle", "part", "qty", "why", "items", "need", "shortage", "leftover",
    ]);
    for line in &plan.kit {
        let items: Vec<String> = line
            .items
            .iter()
            .map(|one| format!("{}:{:.2}", one.item, one.pieces))
            .collect();
        table.row(&[
            line.tour.clone(),
            line.visit.clone(),
            line.vehicle.clone(),
            line.part.clone(),
            line.qty.to_string(),
            line.why.key().into(),
            items.join("|"),
            fixed(line.need, 4),
            fixed(line.shortage, 4),
            fixed(line.leftover, 4),
        ]);
    }
    table.finish()
}

pub(super) fn crew(plan: &Plan) -> Vec<u8> {
    let mut table = Table::new(&[
        "tour", "date", "person", "role", "skills", "hours", "driver", "rest_day",
    ]);
    for duty in &plan.crew {
        table.row(&[
            duty.tour.clone(),
            duty.date.to_string(),
            duty.person.clone(),
            duty.role.clone(),
            duty.skills.clone(),
            fixed(duty.hours, 2),
            yes(duty.driver),
            yes(duty.rest_day),
        ]);
    }
    table.finish()
}

pub(super) fn tools(plan: &Plan) -> Vec<u8> {
    let mut table = Table::new(&["tour", "tool", "qty", "name", "owned"]);
    for line in &plan.tools {
        table.row(&[
            line.tour.clone(),
            line.tool.clone(),
            line.qty.to_string(),
            line.name.clone(),
            line.owned.to_string(),
        ]);
    }
    table.finish()
}

fn outcome(outcome: CallOutcome) -> &'static str {
    match outcome {
        CallOutcome::Coming => "coming",
        CallOutcome::Undecided => "undecided",
        CallOutcome::Declined => "declined",
        CallOutcome::NotReached => "not_reached",
        CallOutcome::WrongNumber => "wrong_number",
        CallOutcome::CallLater => "call_later",
    }
}

pub(super) fn calls(plan: &Plan) -> Vec<u8> {
    let mut table = Table::new(&[
        "booking",
        "tour",
        "vehicle",
        "contact",
        "call_date",
        "caller",
        "priority",
        "slot_offered",
        "callable",
        "rest_day",
        "outcome",
        "slot_booked",
        "deviation",
    ]);
    let slots: BTreeMap<&str, &str> = plan
        .vehicles
        .iter()
        .map(|one| (one.vehicle.as_str(), one.slot.as_str()))
        .collect();
    for call in &plan.calls {
        table.row(&[
            call.booking.clone(),
            call.tour.clone(),
            call.vehicle.clone(),
            call.contact.clone(),
            day(call.call_date),
            call.caller.clone(),
            call.priority.to_string(),
            call.slot_offered.clone(),
            call.callable.key().into(),
            yes(call.rest_day),
            call.outcome.map(outcome).unwrap_or_default().to_owned(),
            slots
                .get(call.vehicle.as_str())
                .copied()
                .unwrap_or_default()
                .to_owned(),
            call.deviation.clone(),
        ]);
    }
    table.finish()
}

pub(super) fn reminders(plan: &Plan) -> Vec<u8> {
    let mut table = Table::new(&[
        "booking",
        "tour",
        "vehicle",
        "reminder_date",
        "channel",
        "slot",
        "kind",
        "contact",
        "deviation",
    ]);
    for one in &plan.reminders {
        table.row(&[
            one.booking.clone(),
            one.tour.clone(),
            one.vehicle.clone(),
            day(one.date),
            one.channel.key().into(),
            one.slot.clone(),
            one.kind.key().into(),
            one.contact.clone(),
            one.deviation.clone(),
        ]);
    }
    table.finish()
}

pub(super) fn contacts(contacts: &Contacts) -> Vec<u8> {
    let mut table = Table::new(&["vehicle", "contact", "phone"]);
    for (vehicle, line) in contacts {
        table.row(&[vehicle.as_str(), &line.contact, &line.phones.join("|")]);
    }
    table.finish()
}

/// `contacts` read back.
pub(super) fn read_contacts(bytes: &[u8]) -> Result<Contacts, Failure> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::Reader::from_reader(bytes);
    let rows = reader.deserialize::<(String, String, String)>();
    let contact = |row: (String, String, String)| {
        let [vehicle, contact, phones] = [row.0, row.1, row.2].map(|cell| plain(&cell).to_owned());
        let phones = phones.split('|').filter(|phone| !phone.is_empty());
        let phones = phones.map(str::to_owned).collect();
        (vehicle, ContactLine { contact, phones })
    };
    rows.map(|row| row.map(contact))
        .collect::<Result<_, _>>()
        .map_err(|error| {
            let line = error.position().map_or(0, csv::Position::line);
            let finding = Finding::new("M001").in_file("private/contacts.csv");
            // The error's own words could hold a name or a number.
            Failure::input(finding.arg("line", line).arg("message", "CSV"))
        })
}
