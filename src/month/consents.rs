//! Refusals and consents: who said what when, kept as proof, on every later list.
//!
//! Responsible for: consents.csv at the workspace's root, written only at its end; what the newest word on
//! each vehicle is; applying it to the population. Not responsible for: the disk (`workspace`), reading call
//! sheets (`ingest::filled`). `purge` leaves this file alone: that somebody refused must stay known.

use std::collections::BTreeMap;

use crate::domain::{Answer, Date, Vehicle};
use crate::findings::Finding;
use crate::ingest::cells;
use crate::plan::files::Table;

/// Its place in the workspace.
pub const CONSENTS: &str = "consents.csv";

const COLUMNS: [&str; 6] = ["vehicle", "what", "value", "date", "source", "month"];
/// Other names of the columns, in the same order.
const NAMES: [&[&str]; 6] = [
    &["车辆", "车架号", "vin"],
    &["事项", "内容"],
    &["结果", "是否"],
    &["日期"],
    &["来源"],
    &["月份"],
];

/// What can be refused or agreed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// No calls; a refusal counts for everything the contact owns.
    DoNotCall,
    /// No texts; likewise.
    SmsOptout,
    /// A partner workshop may get the data a repair needs.
    HandoverConsent,
}

impl About {
    const ALL: [Self; 3] = [Self::DoNotCall, Self::SmsOptout, Self::HandoverConsent];

    /// The word used in the file.
    pub fn key(self) -> &'static str {
        match self {
            Self::DoNotCall => "do_not_call",
            Self::SmsOptout => "sms_optout",
            Self::HandoverConsent => "handover_consent",
        }
    }

    fn read(text: &str) -> Option<Self> {
        let chinese = |about: Self| match about {
            Self::DoNotCall => "拒绝联系",
            Self::SmsOptout => "短信退订",
            Self::HandoverConsent => "转交同意",
        };
        Self::ALL
            .into_iter()
            .find(|about| text.eq_ignore_ascii_case(about.key()) || text == chinese(*about))
    }

    /// Whether this answer keeps the dealer from doing something.
    fn refuses(self, value: bool) -> bool {
        value != (self == Self::HandoverConsent)
    }
}

/// One word of one customer about one vehicle.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Consent {
    /// Vehicle id.
    pub vehicle: String,
    /// About what.
    pub about: About,
    /// The answer.
    pub value: bool,
    /// The day it was given.
    pub date: Date,
    /// Where it was written down: file and row.
    pub source: String,
    /// The month planned, `yyyy-mm`.
    pub month: String,
}

/// What consents.csv says, in its order; a line that cannot be read is a finding (M090) and stays in the file.
pub fn read(bytes: &[u8]) -> (Vec<Consent>, Vec<Finding>) {
    // The reader counts a line only at its second end mark: with one mark lines are counted right.
    let text = decoded(bytes).replace("\r\n", "\n");
    let mut reader = reader(&text);
    let at = columns(&mut reader);
    let mut consents = Vec::new();
    let mut findings = Vec::new();
    for record in reader.records() {
        let read = record.as_ref().ok().and_then(|record| line(record, &at));
        if let Some(consent) = read {
            consents.push(consent);
        } else {
            let place = match &record {
                Ok(record) => record.position().map(csv::Position::line),
                Err(error) => error.position().map(csv::Position::line),
            };
            let mut finding = Finding::new("M090").in_file(CONSENTS);
            finding.at.line = place.unwrap_or(0) as u32;
            findings.push(finding);
        }
    }
    (consents, findings)
}

/// UTF-8, else as a Chinese Excel saves it.
fn decoded(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_or_else(
        |_| encoding_rs::GB18030.decode(bytes).0.into_owned(),
        str::to_owned,
    )
}

fn reader(text: &str) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(text.as_bytes())
}

/// Where each column stands; the usual order where the header does not say.
fn columns(reader: &mut csv::Reader<&[u8]>) -> [usize; 6] {
    let header = reader.headers().cloned().unwrap_or_default();
    let mut at = [0, 1, 2, 3, 4, 5];
    for (place, (key, names)) in at.iter_mut().zip(COLUMNS.iter().zip(NAMES)) {
        let named = header.iter().position(|name| {
            let name = name.trim();
            name.eq_ignore_ascii_case(key)
                || names.iter().any(|other| name.eq_ignore_ascii_case(other))
        });
        *place = named.unwrap_or(*place);
    }
    at
}

fn line(record: &csv::StringRecord, at: &[usize; 6]) -> Option<Consent> {
    let cell = |column: usize| {
        let text = record.get(at[column]).unwrap_or_default().trim();
        text.strip_prefix('\'').unwrap_or(text)
    };
    let vehicle = cell(0);
    Some(Consent {
        vehicle: (!vehicle.is_empty()).then(|| vehicle.to_uppercase())?,
        about: About::read(cell(1))?,
        value: cells::yes_no::read(cell(2)).into_value()?,
        date: cells::date::read(cell(3)).into_value()?,
        source: cell(4).to_owned(),
        month: cell(5).to_owned(),
    })
}

/// What call answers say about consent, in order of booking. `vehicle_of` names the vehicle of a booking;
/// the day is that of the call, else `today`.
pub fn from_answers(
    answers: &BTreeMap<String, Answer>,
    vehicle_of: &dyn Fn(&str) -> Option<String>,
    month: &str,
    today: Date,
) -> Vec<Consent> {
    let mut consents = Vec::new();
    for (booking, answer) in answers {
        let Some(vehicle) = vehicle_of(booking) else {
            continue;
        };
        let said = [
            (About::DoNotCall, answer.do_not_call),
            (About::SmsOptout, answer.sms_optout),
            (About::HandoverConsent, answer.handover_consent),
        ];
        for (about, value) in said {
            let Some(value) = value else { continue };
            consents.push(Consent {
                vehicle: vehicle.clone(),
                about,
                value,
                date: answer.called_on.unwrap_or(today),
                source: format!("{}:{}", answer.at.file, answer.at.line),
                month: month.to_owned(),
            });
        }
    }
    consents
}

/// The file with these words added at its end: what stands there already stays byte for byte, nothing is
/// written twice. Returns `None` where there is nothing new.
pub fn added(existing: Option<&[u8]>, consents: &[Consent]) -> Option<Vec<u8>> {
    let (known, _) = existing.map(read).unwrap_or_default();
    // The same answer read again, from whatever copy of the sheet, is no new word.
    let same = |a: &Consent, b: &Consent| {
        (&a.vehicle, a.about, a.value, a.date) == (&b.vehicle, b.about, b.value, b.date)
    };
    let mut fresh: Vec<&Consent> = Vec::new();
    for one in consents {
        // Only the last word on a day counts: the same word after another one is new again.
        let about = |other: &&Consent| {
            (&other.vehicle, other.about, other.date) == (&one.vehicle, one.about, one.date)
        };
        let last = fresh.iter().copied().rev().find(about);
        let last = last.or_else(|| known.iter().rev().find(about));
        if !last.is_some_and(|last| same(last, one)) {
            fresh.push(one);
        }
    }
    if fresh.is_empty() {
        return None;
    }
    let text = existing.map_or_else(String::new, decoded);
    let width_and_order = if text.trim().is_empty() {
        (COLUMNS.len(), [0, 1, 2, 3, 4, 5])
    } else {
        let mut reader = reader(&text);
        let at = columns(&mut reader);
        let width = reader.headers().map_or(0, csv::StringRecord::len);
        (width.max(at.iter().max().map_or(0, |last| last + 1)), at)
    };
    Some(appended(&text, &fresh, width_and_order))
}

fn appended(text: &str, fresh: &[&Consent], (width, at): (usize, [usize; 6])) -> Vec<u8> {
    let header: Vec<&str> = if text.trim().is_empty() {
        COLUMNS.to_vec()
    } else {
        vec![""; width]
    };
    let mut table = Table::new(&header);
    for one in fresh {
        let mut cells = vec![String::new(); width];
        let values = [
            one.vehicle.clone(),
            one.about.key().to_owned(),
            if one.value { "yes" } else { "no" }.to_owned(),
            one.date.to_string(),
            one.source.clone(),
            one.month.clone(),
        ];
        for (place, value) in at.into_iter().zip(values) {
            if let Some(cell) = cells.get_mut(place) {
                *cell = value;
            }
        }
        table.row(&cells);
    }
    let written = table.finish();
    if text.trim().is_empty() {
        return written;
    }
    let mut bytes = b"\xef\xbb\xbf".to_vec();
    bytes.extend_from_slice(text.as_bytes());
    if !text.ends_with('\n') {
        bytes.extend_from_slice(b"\r\n");
    }
    // The new table without its mark and its empty header.
    let body = written
        .iter()
        .position(|byte| *byte == b'\n')
        .map_or(0, |end| end + 1);
    bytes.extend_from_slice(written.get(body..).unwrap_or_default());
    bytes
}

/// The newest word on each vehicle and matter: the later day, on one day the later line.
pub fn newest(consents: &[Consent]) -> BTreeMap<(&str, About), &Consent> {
    let mut newest: BTreeMap<(&str, About), &Consent> = BTreeMap::new();
    for one in consents {
        let known = newest.entry((&one.vehicle, one.about)).or_insert(one);
        if known.date <= one.date {
            *known = one;
        }
    }
    newest
}

/// Puts the newest words into the population, over what its own columns say. Calls and texts are a matter
/// of the contact: the newest word about any of its vehicles counts for all of them, on one day the
/// refusal. A hand-over is agreed to for one vehicle and refused for all. A refusal in the population that is dated later than a consent
/// stands.
pub fn apply(consents: &[Consent], vehicles: &mut [Vehicle]) {
    if consents.is_empty() {
        return;
    }
    let newest = newest(consents);
    let mut of_contact: BTreeMap<(String, About), &Consent> = BTreeMap::new();
    for vehicle in vehicles.iter() {
        for about in About::ALL {
            let Some(word) = newest.get(&(vehicle.id.as_str(), about)) else {
                continue;
            };
            let rank = |word: &Consent| (word.date, about.refuses(word.value));
            let known = of_contact
                .entry((vehicle.contact_key(), about))
                .or_insert(word);
            if rank(known) < rank(word) {
                *known = word;
            }
        }
    }
    for vehicle in vehicles {
        let key = vehicle.contact_key();
        for about in About::ALL {
            let Some(shared) = of_contact.get(&(key.clone(), about)).copied() else {
                continue;
            };
            let own = newest.get(&(vehicle.id.as_str(), about)).copied();
            let word = match about {
                About::HandoverConsent if !about.refuses(shared.value) => own,
                _ => Some(shared),
            };
            let Some(word) = word else { continue };
            let later = vehicle.as_of.is_some_and(|as_of| as_of > word.date);
            let set = |now: bool| {
                if later && about.refuses(now) {
                    now
                } else {
                    word.value
                }
            };
            match about {
                About::DoNotCall => vehicle.do_not_call = set(vehicle.do_not_call),
                About::SmsOptout => vehicle.sms_optout = set(vehicle.sms_optout),
                About::HandoverConsent => {
                    let now = vehicle.handover_consent;
                    vehicle.handover_consent = Some(now.map_or(word.value, set));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
