//! crew.csv, calls.csv and reminders.csv.

use super::{Files, table};
use crate::domain::Date;
use crate::findings::Finding;
use crate::plan::verify::sheet::{Line, Number};

/// One line of crew.csv.
#[derive(Clone, Debug)]
pub(in crate::plan::verify) struct Duty {
    pub(in crate::plan::verify) line: u32,
    pub(in crate::plan::verify) tour: String,
    pub(in crate::plan::verify) date: Date,
    pub(in crate::plan::verify) person: String,
    pub(in crate::plan::verify) skills: Vec<String>,
    pub(in crate::plan::verify) hours: Option<Number>,
    /// Marked as the driver; `None` = the table does not say.
    pub(in crate::plan::verify) driver: Option<bool>,
}

/// One line of calls.csv.
#[derive(Clone, Debug, Default)]
pub(in crate::plan::verify) struct Call {
    pub(in crate::plan::verify) line: u32,
    pub(in crate::plan::verify) booking: String,
    pub(in crate::plan::verify) tour: String,
    pub(in crate::plan::verify) vehicle: String,
    pub(in crate::plan::verify) contact: String,
    pub(in crate::plan::verify) date: Option<Date>,
    pub(in crate::plan::verify) caller: String,
    pub(in crate::plan::verify) priority: Option<u64>,
    pub(in crate::plan::verify) slot: String,
    pub(in crate::plan::verify) callable: String,
    pub(in crate::plan::verify) rest_day: Option<bool>,
    /// How the call went; empty = not called yet.
    pub(in crate::plan::verify) outcome: String,
    /// The slot booked; empty = none.
    pub(in crate::plan::verify) booked: String,
    /// Why it may lie outside its window after a move.
    pub(in crate::plan::verify) deviation: String,
}

/// One line of reminders.csv.
#[derive(Clone, Debug)]
pub(in crate::plan::verify) struct Reminder {
    pub(in crate::plan::verify) line: u32,
    pub(in crate::plan::verify) tour: String,
    pub(in crate::plan::verify) vehicle: String,
    pub(in crate::plan::verify) date: Option<Date>,
    pub(in crate::plan::verify) channel: String,
    pub(in crate::plan::verify) slot: String,
    /// `first`, `second` or `departure`; empty = the table does not say.
    pub(in crate::plan::verify) kind: String,
    pub(in crate::plan::verify) deviation: String,
}

pub(in crate::plan::verify) fn duties(files: &Files, findings: &mut Vec<Finding>) -> Vec<Duty> {
    const COLUMNS: [&str; 6] = ["tour", "date", "person", "role", "skills", "hours"];
    table(files, "crew.csv", &COLUMNS, findings, |line, findings| {
        let skills = line
            .text("skills")
            .split('|')
            .filter(|skill| !skill.is_empty());
        Some(Duty {
            line: line.number,
            tour: line.owned("tour"),
            date: line.needed("date", findings, Line::date)?,
            person: line.owned("person"),
            skills: skills.map(str::to_owned).collect(),
            hours: line.needed("hours", findings, Line::number),
            driver: line.yes("driver", findings),
        })
    })
}

pub(in crate::plan::verify) fn calls(files: &Files, findings: &mut Vec<Finding>) -> Vec<Call> {
    const COLUMNS: [&str; 9] = [
        "booking",
        "tour",
        "vehicle",
        "contact",
        "call_date",
        "caller",
        "priority",
        "slot_offered",
        "callable",
    ];
    table(files, "calls.csv", &COLUMNS, findings, |line, findings| {
        Some(Call {
            line: line.number,
            booking: line.owned("booking"),
            tour: line.owned("tour"),
            vehicle: line.owned("vehicle"),
            contact: line.owned("contact"),
            date: line.date("call_date", findings),
            caller: line.owned("caller"),
            priority: line.needed("priority", findings, Line::count),
            slot: line.owned("slot_offered"),
            callable: line.owned("callable"),
            rest_day: line.yes("rest_day", findings),
            outcome: line.owned("outcome"),
            booked: line.owned("slot_booked"),
            deviation: line.owned("deviation"),
        })
    })
}

/// reminders.csv stands only after `confirm`.
pub(in crate::plan::verify) fn reminders(
    files: &Files,
    findings: &mut Vec<Finding>,
) -> Vec<Reminder> {
    const COLUMNS: [&str; 6] = [
        "booking",
        "tour",
        "vehicle",
        "reminder_date",
        "channel",
        "slot",
    ];
    if !files.contains_key("reminders.csv") {
        return Vec::new();
    }
    table(
        files,
        "reminders.csv",
        &COLUMNS,
        findings,
        |line, findings| {
            Some(Reminder {
                line: line.number,
                tour: line.owned("tour"),
                vehicle: line.owned("vehicle"),
                date: line.date("reminder_date", findings),
                channel: line.owned("channel"),
                slot: line.owned("slot"),
                kind: line.owned("kind"),
                deviation: line.owned("deviation"),
            })
        },
    )
}
