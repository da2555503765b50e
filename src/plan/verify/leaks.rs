//! Rule 8: no document runs what an input says, and full phones stand only where somebody dials.
//!
//! Responsible for: CSV, HTML, JSON and calendar files. Not responsible for: workbooks, whose cells are
//! typed as text when they are written.

use std::collections::BTreeSet;

use super::case::{Case, fault};
use super::sheet::Sheet;
use crate::findings::Finding;

const CONTACTS: &str = "private/contacts.csv";
/// Tables that may hold full phones (product.md, "Least data").
const PHONE_TABLES: [&str; 5] = [
    "rejects.csv",
    "repairs.csv",
    CONTACTS,
    "shortage-calls.csv",
    "shortage-calls.html",
];
/// Words in the names of documents that may: call, change, reminder and follow-up sheets, hand-overs.
const PHONE_DOCUMENTS: [&str; 15] = [
    "call",
    "change",
    "remind",
    "text",
    "follow",
    "hand-over",
    "handover",
    "notice",
    "邀约",
    "电话",
    "改期",
    "提醒",
    "短信",
    "回访",
    "转交",
];
/// Shorter runs of digits are dates, counts or codes, not numbers anybody could dial.
const LEAST_PHONE_DIGITS: usize = 7;

fn has_ending(path: &str, endings: &[&str]) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    endings
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known))
}

/// Documents somebody dials from stand in the folder of a tour; change notices in their own.
fn may_hold_phones(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    PHONE_TABLES.contains(&path)
        || path.starts_with("changes/")
        || (path.starts_with("tours/") && PHONE_DOCUMENTS.iter().any(|word| name.contains(word)))
}

/// Customers' numbers, digits only, without those of the dealer's own people and hosts, which are printed
/// wherever customers need them.
fn customers_phones(case: &Case<'_>) -> BTreeSet<String> {
    let mut phones = BTreeSet::new();
    if let Some(sheet) = Sheet::read(case.files, CONTACTS, &["vehicle", "phone"], &mut Vec::new()) {
        for line in sheet.lines() {
            phones.extend(line.text("phone").split(['|', ';', ',', '/']).map(digits));
        }
    }
    let own = case.inputs.crew.iter().map(|person| digits(&person.phone));
    let hosts = case.inputs.points.iter().map(|point| digits(&point.phone));
    let dealer = std::iter::once(digits(&case.inputs.settings.dealer.phone));
    for known in own.chain(hosts).chain(dealer) {
        phones.remove(&known);
    }
    phones.retain(|phone| phone.len() >= LEAST_PHONE_DIGITS);
    phones
}

fn digits(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    without_country(&digits).to_owned()
}

/// A number without the country code in front of it.
fn without_country(digits: &str) -> &str {
    let bare = digits
        .strip_prefix("86")
        .or_else(|| digits.strip_prefix("0086"));
    bare.filter(|bare| bare.len() == 11).unwrap_or(digits)
}

/// No full phone stands in a file where nobody dials. The finding names the line, never the number.
pub(super) fn phones_stay_private(case: &Case<'_>) -> Vec<Finding> {
    let phones = customers_phones(case);
    let mut faults = Vec::new();
    if phones.is_empty() {
        return faults;
    }
    let readable = ["csv", "html", "json", "ics", "txt", "svg", "md"];
    let open = case
        .files
        .iter()
        .filter(|(path, _)| has_ending(path, &readable));
    for (path, bytes) in open.filter(|(path, _)| !may_hold_phones(path)) {
        for (number, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
            if numbers_in(line)
                .iter()
                .any(|found| phones.contains(without_country(found)))
            {
                faults.push(fault("V801", path, number as u32 + 1, path));
            }
        }
    }
    faults
}

/// Runs of digits in a line that stand alone (no letter, digit or decimal point beside them), plain and with
/// single blanks or hyphens inside.
fn numbers_in(line: &[u8]) -> Vec<String> {
    let mut numbers = Vec::new();
    let at = |index: Option<usize>| index.and_then(|index| line.get(index)).copied();
    let mut index = 0;
    while let Some(byte) = at(Some(index)) {
        if !byte.is_ascii_digit() {
            index += 1;
            continue;
        }
        let before = at(index.checked_sub(1));
        let inside = before.is_some_and(|b| b.is_ascii_alphanumeric() || b == b'.');
        let (mut plain, mut joined) = (String::new(), String::new());
        let mut broken = false;
        while let Some(byte) = at(Some(index)) {
            let next_is_digit = at(Some(index + 1)).is_some_and(|next| next.is_ascii_digit());
            if byte.is_ascii_digit() {
                joined.push(char::from(byte));
                if !broken {
                    plain.push(char::from(byte));
                }
            } else if matches!(byte, b'-' | b' ') && next_is_digit {
                broken = true;
                if plain.len() >= LEAST_PHONE_DIGITS && !inside {
                    numbers.push(std::mem::take(&mut plain));
                }
                // The piece after the separator may itself be a number.
                let rest = line.get(index + 1..).unwrap_or_default();
                let piece = rest.iter().take_while(|byte| byte.is_ascii_digit());
                numbers.push(piece.map(|byte| char::from(*byte)).collect());
            } else {
                break;
            }
            index += 1;
        }
        let goes_on = at(Some(index)).is_some_and(|b| b.is_ascii_alphabetic());
        if !inside && !goes_on {
            numbers.extend([plain, joined]);
        }
    }
    numbers.retain(|number| number.len() >= LEAST_PHONE_DIGITS);
    numbers
}

/// No page holds a value of the input with its `<`, `>` or `"` as they were written.
pub(super) fn pages_escape_what_they_print(case: &Case<'_>) -> Vec<Finding> {
    let values = dangerous_values(case);
    let mut faults = Vec::new();
    for (path, bytes) in case
        .files
        .iter()
        .filter(|(path, _)| has_ending(path, &["html", "svg"]))
    {
        let page = String::from_utf8_lossy(bytes);
        for value in values.iter().filter(|value| page.contains(value.as_str())) {
            let at = page.find(value.as_str()).unwrap_or_default();
            let line = page
                .get(..at)
                .map_or(0, |before| before.matches('\n').count());
            faults.push(fault("V802", path, line as u32 + 1, path));
        }
    }
    faults
}

/// Values that would break out of a page, as far as they cannot be mistaken for a page's own tags.
fn dangerous_values(case: &Case<'_>) -> BTreeSet<String> {
    let inputs = case.inputs;
    let mut values: Vec<&str> = Vec::new();
    for row in &case.customers {
        values.extend(
            [&row.vehicle, &row.plate, &row.owner, &row.county, &row.town].map(String::as_str),
        );
    }
    for point in inputs.points {
        values.extend([&point.id, &point.name, &point.county, &point.address].map(String::as_str));
        values.extend([&point.host, &point.contact, &point.remark].map(String::as_str));
    }
    values.extend(inputs.crew.iter().map(|person| person.name.as_str()));
    values.extend(inputs.vans.iter().map(|van| van.id.as_str()));
    let catalogue = inputs.catalogue;
    values.extend(catalogue.models.keys().map(String::as_str));
    values.extend(
        catalogue
            .items
            .values()
            .flat_map(|item| [item.id.as_str(), &item.name, &item.name_en]),
    );
    values.extend(
        catalogue
            .parts
            .values()
            .flat_map(|part| [part.code.as_str(), &part.name, &part.bin]),
    );
    values.extend(
        catalogue
            .tools
            .values()
            .flat_map(|tool| [tool.code.as_str(), &tool.name]),
    );
    values.extend(
        catalogue
            .symptoms
            .iter()
            .flat_map(|symptom| &symptom.words)
            .map(String::as_str),
    );
    values.extend(
        inputs
            .supply
            .peers
            .iter()
            .flat_map(|peer| [peer.dealer.as_str(), &peer.contact]),
    );
    let dealer = &inputs.settings.dealer;
    values.extend([&dealer.name, &dealer.greeting, &dealer.address].map(String::as_str));
    let contacts = Sheet::read(case.files, CONTACTS, &[], &mut Vec::new());
    let names = contacts
        .iter()
        .flat_map(Sheet::lines)
        .map(|line| line.text("contact"));
    values.extend(names);
    let telling = values
        .into_iter()
        .map(str::trim)
        .filter(|value| breaks_out(value));
    telling.map(str::to_owned).collect()
}

/// Whether the value holds markup and, tags apart, at least two letters of its own.
fn breaks_out(value: &str) -> bool {
    let mut in_tag = false;
    let mut own = 0;
    for c in value.chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            _ if !in_tag && c.is_alphanumeric() => own += 1,
            _ => {}
        }
    }
    // An event handler inside a tag is telling enough.
    let handler = value.contains('=') && value.contains('<');
    value.contains(['<', '>', '"']) && (own >= 2 || handler)
}

/// Pages load nothing: no script, style or picture from elsewhere.
pub(super) fn pages_need_no_network(case: &Case<'_>) -> Vec<Finding> {
    const LOADS: [&str; 8] = [
        "<script src",
        "src=\"http",
        "src='http",
        "src=\"//",
        "url(http",
        "url(\"http",
        "@import",
        "<iframe",
    ];
    let mut faults = Vec::new();
    for (path, bytes) in case
        .files
        .iter()
        .filter(|(path, _)| has_ending(path, &["html", "svg"]))
    {
        let page = String::from_utf8_lossy(bytes).to_lowercase();
        for (number, line) in page.lines().enumerate() {
            let linked = line.contains("<link") && line.contains("href=\"http");
            if linked || LOADS.iter().any(|load| line.contains(load)) {
                faults.push(fault("V803", path, number as u32 + 1, path));
            }
        }
    }
    faults
}

/// No cell of a table begins like a formula.
pub(super) fn cells_run_no_formula(case: &Case<'_>) -> Vec<Finding> {
    let mut faults = Vec::new();
    for (path, bytes) in case
        .files
        .iter()
        .filter(|(path, _)| has_ending(path, &["csv"]))
    {
        // Faults of the table itself are told once, where it is read.
        let sheet = Sheet::parse(path, bytes, &mut Vec::new());
        for line in sheet.lines().filter(|line| line.runs_a_formula()) {
            faults.push(fault("V804", path, line.number, path));
        }
    }
    faults
}
