//! Everybody who is called, to search by plate, name, place or booking number: compact data in the page itself.
//!
//! Responsible for: which rows, how names are masked, and that no value can leave its script element.
//! Not responsible for: searching (the page's script).

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::documents::call_days::{slot, status_key};
use crate::documents::inert::{is_mark, plain};
use crate::documents::numbers::whole;
use crate::documents::{DocumentSet, Messages, without_numbers};
use crate::plan::model::{Call, CalledVehicle, Status};

/// Rows in the page at most, about 3 MB: those with a place come first.
const MOST_ROWS: usize = 20_000;
/// Letters of a value kept at most; a name of thousands is somebody's mistake.
const LETTERS: usize = 30;

/// Words that only a firm's name holds.
const FIRM_WORDS: [&str; 26] = [
    "公司",
    "集团",
    "厂",
    "店",
    "商行",
    "车行",
    "经营部",
    "门市",
    "中心",
    "合作社",
    "农场",
    "超市",
    "学校",
    "医院",
    "幼儿园",
    "车队",
    "物流",
    "运输",
    "工程",
    "租赁",
    "服务部",
    "委员会",
    "办事处",
    "酒店",
    "Ltd",
    "Co.",
];

/// The data and what is said about it.
pub(super) fn view(set: &DocumentSet<'_>, words: &Messages) -> Value {
    let plan = set.plan;
    let calls: BTreeMap<&str, &Call> = plan
        .calls
        .iter()
        .map(|call| (call.vehicle.as_str(), call))
        .collect();
    let mut vehicles: Vec<&CalledVehicle> = plan.vehicles.iter().collect();
    vehicles.sort_by_key(|one| {
        let rank = match one.status {
            Status::Visit => 0,
            Status::Waitlist => 1,
            Status::Invite | Status::Deferred => 2,
        };
        (rank, one.tour.as_str(), one.urgency)
    });
    let total = vehicles.len();
    vehicles.truncate(MOST_ROWS);
    let mut states: Vec<&str> = vehicles.iter().map(|one| status_key(one)).collect();
    states.sort_unstable();
    states.dedup();
    let rows: Vec<Value> = vehicles
        .iter()
        .map(|one| row(one, calls.get(one.vehicle.as_str()).copied(), &states))
        .collect();
    let names: Vec<String> = states.iter().map(|key| words.get(key)).collect();
    json!({
        "count": rows.len(),
        "left_out": (total > rows.len()).then(|| whole((total - rows.len()) as u64)),
        "data": inert(&json!({ "states": names, "rows": rows })),
    })
}

/// Plate, name, model, place, tour, state, slot, call day, caller, booking.
fn row(one: &CalledVehicle, call: Option<&Call>, states: &[&str]) -> Value {
    let plate = if one.plate.is_empty() {
        &one.vehicle
    } else {
        &one.plate
    };
    let state = status_key(one);
    let town = if one.town == one.county {
        ""
    } else {
        &one.town
    };
    json!([
        kept(plate),
        masked_name(&one.customer),
        kept(&one.model),
        kept(&format!("{} {town}", one.county)),
        one.tour,
        states.iter().position(|key| *key == state),
        call.map_or("", |call| slot(call, one)),
        call.and_then(|call| call.call_date),
        call.map_or("", |call| call.caller.as_str()),
        one.booking,
    ])
}

/// A value on one line, without signs that turn the direction of writing, and not longer than anybody reads.
fn kept(text: &str) -> String {
    let mut kept: String = text
        .chars()
        .filter(|c| !is_mark(*c))
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(LETTERS + 1)
        .collect();
    if kept.chars().count() > LETTERS {
        kept.pop();
        kept.push('…');
    }
    kept.trim().to_owned()
}

/// `张**`; a firm's name stays. Whatever does not look like a firm's is taken for a person's.
pub(super) fn masked_name(name: &str) -> String {
    let name = kept(name);
    let firm = name.chars().count() >= 4 && FIRM_WORDS.iter().any(|word| name.contains(word));
    if firm {
        // What could be dialled is masked there too.
        return without_numbers(&name);
    }
    let first = name.chars().find(|c| c.is_alphabetic());
    first.map_or_else(String::new, |first| format!("{first}**"))
}

/// JSON that ends no script element, whatever its values hold.
fn inert(data: &Value) -> String {
    plain(&data.to_string())
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}
