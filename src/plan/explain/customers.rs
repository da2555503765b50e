//! customers.csv read back: every accepted vehicle, once.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::domain::Date;
use crate::plan::model::{CustomerRow, Status};

/// The rows of the table; what cannot be read is said in words.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<CustomerRow<'static>>, String> {
    let body = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::Reader::from_reader(body);
    let header = reader.headers().map_err(|error| error.to_string())?.clone();
    let at: BTreeMap<&str, usize> = header.iter().zip(0..).collect();
    if let Some(missing) = ["vehicle", "status", "cell", "reason"]
        .iter()
        .find(|name| !at.contains_key(*name))
    {
        return Err((*missing).to_owned());
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| error.to_string())?;
        let cell = |name: &str| at.get(name).and_then(|at| record.get(*at)).unwrap_or("");
        let text = |name: &str| Cow::Owned(cell(name).to_owned());
        let number = |name: &str| cell(name).parse::<f64>().ok();
        rows.push(CustomerRow {
            vehicle: text("vehicle"),
            plate: text("plate"),
            customer: text("customer"),
            county: text("county"),
            town: text("town"),
            cell: text("cell"),
            status: status(cell("status")).ok_or_else(|| cell("status").to_owned())?,
            tour: text("tour"),
            visit: text("visit"),
            point: text("point"),
            date: Date::parse_iso(cell("date")),
            km: number("km"),
            items: text("items"),
            workshop_items: text("workshop_items"),
            expected_hours: number("expected_hours").unwrap_or(0.0),
            share: number("share"),
            planning_value: number("planning_value").unwrap_or(0.0),
            reason: text("reason"),
            missing: text("missing"),
        });
    }
    Ok(rows)
}

fn status(word: &str) -> Option<Status> {
    let all = [
        Status::Visit,
        Status::Waitlist,
        Status::Invite,
        Status::Deferred,
    ];
    all.into_iter().find(|status| status.key() == word)
}
