//! customers.csv, tours.csv, visits.csv and rejects.csv.

use super::{Files, table};
use crate::domain::Date;
use crate::findings::Finding;
use crate::plan::verify::sheet::{Line, Number};

/// One line of customers.csv.
#[derive(Clone, Debug, Default)]
pub(in crate::plan::verify) struct Customer {
    pub(in crate::plan::verify) line: u32,
    pub(in crate::plan::verify) vehicle: String,
    pub(in crate::plan::verify) plate: String,
    pub(in crate::plan::verify) owner: String,
    pub(in crate::plan::verify) county: String,
    pub(in crate::plan::verify) town: String,
    pub(in crate::plan::verify) cell: String,
    pub(in crate::plan::verify) status: String,
    pub(in crate::plan::verify) tour: String,
    pub(in crate::plan::verify) visit: String,
    pub(in crate::plan::verify) point: String,
    pub(in crate::plan::verify) date: Option<Date>,
    pub(in crate::plan::verify) km: Option<Number>,
    /// Item codes; the probabilities are not needed here.
    pub(in crate::plan::verify) items: Vec<String>,
    pub(in crate::plan::verify) hours: Option<Number>,
    pub(in crate::plan::verify) share: Option<Number>,
    pub(in crate::plan::verify) reason: String,
    pub(in crate::plan::verify) missing: String,
}

impl Customer {
    pub(in crate::plan::verify) fn on_visit(&self) -> bool {
        self.status == "visit"
    }

    /// Whether the vehicle stands on a call list.
    pub(in crate::plan::verify) fn is_called(&self) -> bool {
        matches!(self.status.as_str(), "visit" | "waitlist")
    }
}

/// One line of tours.csv.
#[derive(Clone, Debug)]
pub(in crate::plan::verify) struct Tour {
    pub(in crate::plan::verify) line: u32,
    pub(in crate::plan::verify) id: String,
    pub(in crate::plan::verify) team: String,
    pub(in crate::plan::verify) van: String,
    pub(in crate::plan::verify) leader: String,
    pub(in crate::plan::verify) depart: Date,
    pub(in crate::plan::verify) ret: Date,
    pub(in crate::plan::verify) km: Option<Number>,
    pub(in crate::plan::verify) drive_hours: Option<Number>,
    pub(in crate::plan::verify) service_hours: Option<Number>,
    pub(in crate::plan::verify) nights: Option<u64>,
    pub(in crate::plan::verify) cost: Option<Number>,
}

impl Tour {
    pub(in crate::plan::verify) fn is_out_on(&self, day: Date) -> bool {
        self.depart <= day && day <= self.ret
    }

    pub(in crate::plan::verify) fn overlaps(&self, other: &Self) -> bool {
        self.depart <= other.ret && other.depart <= self.ret
    }
}

/// One line of visits.csv.
#[derive(Clone, Debug)]
pub(in crate::plan::verify) struct Visit {
    pub(in crate::plan::verify) line: u32,
    pub(in crate::plan::verify) id: String,
    pub(in crate::plan::verify) tour: String,
    pub(in crate::plan::verify) stop: u64,
    pub(in crate::plan::verify) point: String,
    pub(in crate::plan::verify) first_day: Date,
    pub(in crate::plan::verify) last_day: Date,
    pub(in crate::plan::verify) vehicles: Option<u64>,
    pub(in crate::plan::verify) expected: Option<Number>,
    pub(in crate::plan::verify) capacity: Option<Number>,
}

impl Visit {
    /// Its days; none where the dates make no sense.
    pub(in crate::plan::verify) fn days(&self) -> Vec<Date> {
        let count = self.last_day.days_since(self.first_day).min(366);
        (0..=count)
            .map(|day| self.first_day.plus_days(day))
            .collect()
    }
}

/// One line of rejects.csv.
#[derive(Clone, Debug)]
pub(in crate::plan::verify) struct Reject {
    pub(in crate::plan::verify) line: u32,
    pub(in crate::plan::verify) fate: String,
    pub(in crate::plan::verify) reason: String,
}

pub(in crate::plan::verify) fn customers(
    files: &Files,
    findings: &mut Vec<Finding>,
) -> Vec<Customer> {
    const COLUMNS: [&str; 17] = [
        "vehicle",
        "plate",
        "customer",
        "county",
        "town",
        "cell",
        "status",
        "tour",
        "visit",
        "point",
        "date",
        "km",
        "items",
        "expected_hours",
        "planning_value",
        "reason",
        "missing",
    ];
    table(
        files,
        "customers.csv",
        &COLUMNS,
        findings,
        |line, findings| {
            Some(Customer {
                line: line.number,
                vehicle: line.owned("vehicle"),
                plate: line.owned("plate"),
                owner: line.owned("customer"),
                county: line.owned("county"),
                town: line.owned("town"),
                cell: line.owned("cell"),
                status: line.owned("status"),
                tour: line.owned("tour"),
                visit: line.owned("visit"),
                point: line.owned("point"),
                date: line.date("date", findings),
                km: line.number("km", findings),
                items: item_codes(line.text("items")),
                hours: line.number("expected_hours", findings),
                share: line.number("share", findings),
                reason: line.owned("reason"),
                missing: line.owned("missing"),
            })
        },
    )
}

/// The codes of `code:p|code:p`.
fn item_codes(cell: &str) -> Vec<String> {
    let code = |entry: &str| {
        entry
            .rsplit_once(':')
            .map_or(entry, |(code, _)| code)
            .to_owned()
    };
    cell.split('|')
        .filter(|entry| !entry.is_empty())
        .map(code)
        .collect()
}

pub(in crate::plan::verify) fn tours(files: &Files, findings: &mut Vec<Finding>) -> Vec<Tour> {
    const COLUMNS: [&str; 11] = [
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
    ];
    table(files, "tours.csv", &COLUMNS, findings, |line, findings| {
        Some(Tour {
            line: line.number,
            id: line.owned("tour"),
            team: line.owned("team"),
            van: line.owned("van"),
            leader: line.owned("leader"),
            depart: line.needed("depart", findings, Line::date)?,
            ret: line.needed("return", findings, Line::date)?,
            km: line.needed("km", findings, Line::number),
            drive_hours: line.needed("drive_hours", findings, Line::number),
            service_hours: line.needed("service_hours", findings, Line::number),
            nights: line.needed("nights", findings, Line::count),
            cost: line.needed("cost", findings, Line::number),
        })
    })
}

pub(in crate::plan::verify) fn visits(files: &Files, findings: &mut Vec<Finding>) -> Vec<Visit> {
    const COLUMNS: [&str; 9] = [
        "visit",
        "tour",
        "stop",
        "point",
        "first_day",
        "last_day",
        "vehicles",
        "expected_hours",
        "capacity_hours",
    ];
    table(files, "visits.csv", &COLUMNS, findings, |line, findings| {
        Some(Visit {
            line: line.number,
            id: line.owned("visit"),
            tour: line.owned("tour"),
            stop: line
                .needed("stop", findings, Line::count)
                .unwrap_or_default(),
            point: line.owned("point"),
            first_day: line.needed("first_day", findings, Line::date)?,
            last_day: line.needed("last_day", findings, Line::date)?,
            vehicles: line.needed("vehicles", findings, Line::count),
            expected: line.needed("expected_hours", findings, Line::number),
            capacity: line.needed("capacity_hours", findings, Line::number),
        })
    })
}

pub(in crate::plan::verify) fn rejects(files: &Files, findings: &mut Vec<Finding>) -> Vec<Reject> {
    const COLUMNS: [&str; 4] = ["fate", "file", "line", "reason"];
    table(files, "rejects.csv", &COLUMNS, findings, |line, _| {
        Some(Reject {
            line: line.number,
            fate: line.owned("fate"),
            reason: line.owned("reason"),
        })
    })
}
