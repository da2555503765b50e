//! The end of a tour: pieces balance, every booked vehicle is accounted for, partners get only what customers
//! agreed to, and the figures are what their formulas give.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::case::{Case, differs, fault, figure};
use super::sheet::Sheet;
use crate::findings::Finding;

const PLAN: &str = "plan.json";
const KPIS: &str = "kpis.csv";
const OUTCOMES: &str = "outcomes.csv";
const FILLED: &str = "private/filled.json";

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    let list = value.get(key).and_then(Value::as_array);
    list.map_or(&[], Vec::as_slice)
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn count(value: &Value, key: &str) -> u64 {
    value.get(key).and_then(Value::as_u64).unwrap_or_default()
}

fn number(value: &Value, key: &str) -> Option<f64> {
    value.get(key).and_then(Value::as_f64)
}

fn is_closed(closing: &Value) -> bool {
    closing.get("closed_on").is_some_and(|day| !day.is_null())
}

/// Part → pieces of a list of (part, pieces).
fn pieces<'v>(lists: impl Iterator<Item = &'v Value>, key: &str) -> BTreeMap<&'v str, u64> {
    let mut sums = BTreeMap::new();
    for line in lists.flat_map(|one| list(one, key)) {
        if let (Some(part), Some(qty)) = (
            line.get(0).and_then(Value::as_str),
            line.get(1).and_then(Value::as_u64),
        ) {
            *sums.entry(part).or_default() += qty;
        }
    }
    sums
}

/// carried + extra = used + handed over + back, part by part; carried is the kit, used is what the sheets say,
/// handed over is what partners agreed to take.
pub(super) fn kits_come_back(case: &Case<'_>) -> Vec<Finding> {
    let mut faults = Vec::new();
    for closing in list(&case.plan, "closings") {
        let tour = text(closing, "tour");
        let mut carried: BTreeMap<&str, u64> = BTreeMap::new();
        for line in case.kit.iter().filter(|line| line.tour == tour) {
            *carried.entry(&line.part).or_default() += line.qty;
        }
        let used = pieces(list(closing, "outcomes").iter(), "used");
        let agreed = list(closing, "hand_overs").iter();
        let agreed = agreed.filter(|one| !one.get("agreed_on").is_none_or(Value::is_null));
        let handed = pieces(agreed, "parts");
        let lines: BTreeMap<&str, &Value> = list(closing, "returns")
            .iter()
            .map(|line| (text(line, "part"), line))
            .collect();
        let parts: BTreeSet<&str> = [&carried, &used, &handed]
            .into_iter()
            .flat_map(|sums| sums.keys().copied())
            .chain(lines.keys().copied())
            .collect();
        for part in parts {
            let of = |key: &str| lines.get(part).map_or(0, |line| count(line, key));
            let key = format!("{tour} {part}");
            let kit = carried.get(part).copied().unwrap_or_default();
            if of("carried") != kit {
                faults.push(differs("V951", (PLAN, 0), &key, of("carried"), kit));
            }
            let known = |sums: &BTreeMap<&str, u64>| sums.get(part).copied().unwrap_or_default();
            let (into, out) = (
                of("carried") + of("extra"),
                known(&used) + known(&handed) + of("back"),
            );
            if into != out || of("wrong") > of("back") || of("held") > of("back") {
                faults.push(differs("V950", (PLAN, 0), &key, out, into));
            }
        }
    }
    faults
}

/// Every booked vehicle of a closed tour stands in its outcomes once, and outcomes.csv says the same.
pub(super) fn everybody_is_accounted_for(case: &Case<'_>) -> Vec<Finding> {
    let mut faults = Vec::new();
    let mut written: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    let closed = || {
        list(&case.plan, "closings")
            .iter()
            .filter(|one| is_closed(one))
    };
    if closed().next().is_some() {
        let columns = ["tour", "vehicle", "came"];
        if let Some(sheet) = Sheet::read(case.files, OUTCOMES, &columns, &mut faults) {
            for line in sheet.lines() {
                let key = (line.owned("tour"), line.owned("vehicle"));
                written.entry(key).or_default().insert(line.owned("came"));
            }
        }
    }
    for closing in closed() {
        let tour = text(closing, "tour");
        let mut times: BTreeMap<&str, u64> = BTreeMap::new();
        for one in list(&case.plan, "vehicles") {
            if text(one, "tour") == tour && !text(one, "slot").is_empty() {
                times.insert(text(one, "booking"), 0);
            }
        }
        for one in list(closing, "outcomes") {
            let walk_in = one.get("walk_in").and_then(Value::as_bool) == Some(true);
            if !walk_in {
                // A vehicle nobody booked counts too: it must not stand here.
                *times.entry(text(one, "booking")).or_insert(1) += 1;
            }
            let came = match text(one, "result") {
                "not_reported" => "",
                "no_show" => "no",
                _ => "yes",
            };
            let key = (tour.to_owned(), text(one, "vehicle").to_owned());
            let said = written.get(&key).cloned().unwrap_or_default();
            let said: Vec<String> = said.into_iter().collect();
            if said != [came.to_owned()] {
                let key = format!("{tour} {}", key.1);
                faults.push(differs("V955", (OUTCOMES, 0), key, said.join("|"), came));
            }
        }
        for (booking, times) in times.into_iter().filter(|(_, times)| *times != 1) {
            let key = format!("{tour} {booking}");
            faults.push(differs("V952", (PLAN, 0), key, times, 1));
        }
    }
    faults
}

/// No partner is told of anybody who has not agreed to that, on the last word of calls and job sheets.
pub(super) fn partners_know_only_who_agreed(case: &Case<'_>) -> Vec<Finding> {
    let mut agreed: BTreeMap<String, bool> = BTreeMap::new();
    for one in list(&case.plan, "vehicles") {
        let said = one.pointer("/told/handover_consent");
        if let Some(said) = said.and_then(Value::as_bool) {
            agreed.insert(text(one, "booking").to_lowercase(), said);
        }
    }
    let filled = case.files.get(FILLED).map_or(&[][..], Vec::as_slice);
    let filled: Value = serde_json::from_slice(filled).unwrap_or_default();
    let mut reports: Vec<&Value> = list(&filled, "reports").iter().collect();
    reports.sort_by_key(|read| {
        let on = read.pointer("/line/on").and_then(Value::as_str);
        on.unwrap_or_else(|| text(read, "on")).to_owned()
    });
    for line in reports.iter().filter_map(|read| read.get("line")) {
        if let Some(said) = line.get("handover_consent").and_then(Value::as_bool) {
            agreed.insert(text(line, "booking").to_lowercase(), said);
        }
    }
    let has_agreed = |booking: &str| agreed.get(&booking.to_lowercase()) == Some(&true);
    let mut faults = Vec::new();
    for closing in list(&case.plan, "closings") {
        for one in list(closing, "hand_overs") {
            let booking = text(one, "booking");
            if !text(one, "partner").is_empty() && !has_agreed(booking) {
                faults.push(fault("V953", PLAN, 0, booking));
            }
        }
    }
    let pages = case.files.iter();
    for (path, bytes) in pages.filter(|(path, _)| path.ends_with("/hand-overs.html")) {
        let page = String::from_utf8_lossy(bytes);
        for one in list(&case.plan, "vehicles") {
            let booking = text(one, "booking");
            if !booking.is_empty() && page.contains(booking) && !has_agreed(booking) {
                faults.push(fault("V953", path, 0, booking));
            }
        }
    }
    faults
}

/// Every figure that can be had from outcomes, calls, returns and answers, computed again.
pub(super) fn figures_are_their_formulas(case: &Case<'_>) -> Vec<Finding> {
    let closings = list(&case.plan, "closings");
    let mut faults = Vec::new();
    if closings.is_empty() {
        return faults;
    }
    let columns = ["key", "tour", "value", "note"];
    let Some(sheet) = Sheet::read(case.files, KPIS, &columns, &mut faults) else {
        return faults;
    };
    let mut wanted: BTreeMap<(String, &str), Option<f64>> = BTreeMap::new();
    for closing in closings {
        let tour = text(closing, "tour").to_owned();
        for (key, value) in recomputed(case, std::slice::from_ref(closing)) {
            wanted.insert((tour.clone(), key), value);
        }
    }
    for (key, value) in recomputed(case, closings) {
        wanted.insert((String::new(), key), value);
    }
    let mut seen = BTreeSet::new();
    for line in sheet.lines() {
        let key = (line.owned("tour"), line.text("key"));
        let Some(wanted) = wanted.get(&key) else {
            continue;
        };
        seen.insert((key.0.clone(), key.1.to_owned()));
        let value = line.number("value", &mut faults);
        let same = match (value, wanted) {
            (Some(value), Some(wanted)) => value.is(*wanted, 0.000_1),
            // A figure that is withheld has to say why.
            (None, None) => !line.text("note").is_empty(),
            _ => false,
        };
        if !same {
            let shown = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), figure);
            let about = format!("{} {}", key.1, key.0);
            faults.push(differs(
                "V954",
                (KPIS, 0),
                about.trim(),
                shown(value.map(|value| value.value)),
                shown(*wanted),
            ));
        }
    }
    let lost = wanted
        .keys()
        .filter(|(tour, key)| !seen.contains(&(tour.clone(), (*key).to_owned())));
    faults.extend(lost.map(|(tour, key)| fault("V954", KPIS, 0, format!("{key} {tour}"))));
    faults
}

/// Key → value; `None` where it has to be withheld.
fn recomputed(case: &Case<'_>, closings: &[Value]) -> Vec<(&'static str, Option<f64>)> {
    let ratio = |upper: f64, lower: f64| (lower > 0.0).then(|| upper / lower);
    let tours: BTreeSet<&str> = closings.iter().map(|one| text(one, "tour")).collect();
    let outcomes = || closings.iter().flat_map(|one| list(one, "outcomes"));
    let walk_in = |one: &&Value| one.get("walk_in").and_then(Value::as_bool) == Some(true);
    let came = |one: &&Value| !matches!(text(one, "result"), "no_show" | "not_reported");
    let tally = |keep: &dyn Fn(&&Value) -> bool| outcomes().filter(keep).count() as f64;
    let booked_came = tally(&|one| !walk_in(one) && came(one));
    let no_show = tally(&|one| !walk_in(one) && text(one, "result") == "no_show");
    let silent = tally(&|one| !walk_in(one) && text(one, "result") == "not_reported");
    let vehicles = list(&case.plan, "vehicles").iter();
    let booked = vehicles
        .filter(|one| tours.contains(text(one, "tour")) && !text(one, "slot").is_empty())
        .count() as f64;
    let told = (booked - silent).max(0.0);
    let served = tally(&|one| came(one));
    let sum_of = |key: &str, keep: &dyn Fn(&&Value) -> bool| {
        let own = outcomes().filter(|one| came(one) && keep(one));
        own.filter_map(|one| number(one, key)).sum::<f64>()
    };
    let lacks = |key: &str| outcomes().any(|one| came(&one) && number(one, key).is_none());
    let or_withheld = |value: f64, withheld: bool| (!withheld).then_some(value);
    let calls = list(&case.plan, "calls").iter();
    let callable: Vec<&Value> = calls
        .filter(|one| tours.contains(text(one, "tour")) && text(one, "callable") == "yes")
        .collect();
    let reached = callable
        .iter()
        .filter(|one| {
            let outcome = text(one, "outcome");
            matches!(outcome, "coming" | "undecided" | "declined" | "call_later")
        })
        .count() as f64;
    let returns = |key: &str| {
        let lines = closings.iter().flat_map(|one| list(one, "returns"));
        lines.map(|line| count(line, key)).sum::<u64>() as f64
    };
    let all = |key: &str| {
        let sums = pieces(outcomes().filter(|one| came(one)), key);
        sums.values().sum::<u64>() as f64
    };
    let with_parts = |one: &&Value| {
        let some = |key: &str| !list(one, key).is_empty();
        came(one) && (some("used") || some("missing") || some("wrong"))
    };
    let filled = |one: &&Value| {
        let none = |key: &str| list(one, key).is_empty();
        with_parts(one) && none("missing") && none("wrong")
    };
    let answers = || closings.iter().flat_map(|one| list(one, "follow_ups"));
    let grades: Vec<f64> = answers()
        .filter_map(|one| number(one, "satisfaction"))
        .collect();
    let again: Vec<bool> = answers()
        .filter_map(|one| one.get("fault_again").and_then(Value::as_bool))
        .collect();
    let unsettled = lacks("settled");
    let yuan = |key: &str, keep: &dyn Fn(&&Value) -> bool| {
        or_withheld(sum_of(key, keep) / 100.0, unsettled)
    };
    let faults = again.iter().filter(|again| **again).count() as f64;
    vec![
        ("reach", ratio(reached, callable.len() as f64)),
        ("booking_rate", ratio(booked, reached)),
        ("show_up", ratio(booked_came, told)),
        ("no_show", ratio(no_show, told)),
        ("walk_ins", Some(tally(&|one| walk_in(one) && came(one)))),
        ("served", Some(served)),
        (
            "hours_used",
            or_withheld(sum_of("hours", &|_| true), lacks("hours")),
        ),
        ("job_fill", ratio(tally(&filled), tally(&with_parts))),
        (
            "part_fill",
            ratio(all("used"), all("used") + all("missing")),
        ),
        ("return_rate", ratio(returns("back"), returns("carried"))),
        ("income", yuan("settled", &|one| !walk_in(one))),
        ("income_walk_in", yuan("settled", &|one| walk_in(one))),
        ("warranty", yuan("warranty", &|_| true)),
        (
            "satisfaction",
            ratio(grades.iter().sum(), grades.len() as f64),
        ),
        ("fault_again", ratio(faults, again.len() as f64)),
    ]
}
