//! 改期通知: what was changed about a tour, what it costs, and everybody who has to be told, booked first.

use serde_json::{Value, json};

use super::segments::{Size, size};
use super::{Dial, label, slot_parts, wording};
use crate::documents::plan_view::day;
use crate::documents::{DocumentSet, Messages};
use crate::domain::Fen;
use crate::plan::model::{CalledVehicle, Change, Channel, Concerned, TourChange};

/// One contact to be told.
pub(in crate::documents) struct Line {
    /// Had a booked slot for at least one vehicle.
    pub(in crate::documents) booked: bool,
    /// Whom to ask for.
    pub(in crate::documents) name: String,
    /// All numbers.
    pub(in crate::documents) phones: String,
    /// The owner.
    pub(in crate::documents) customer: String,
    /// Vehicle, old time and place, new time and place.
    pub(in crate::documents) vehicles: Vec<[String; 3]>,
    /// Booking keys.
    pub(in crate::documents) bookings: String,
    /// What to send or say.
    pub(in crate::documents) text: String,
    /// Its length where it may be texted.
    pub(in crate::documents) size: Option<Size>,
}

/// One change, ready to be told.
pub(in crate::documents) struct Notice {
    /// Path without ending: `changes/C01-T01`.
    pub(in crate::documents) path: String,
    pub(in crate::documents) tour: String,
    pub(in crate::documents) number: u32,
    /// What was done, in words.
    pub(in crate::documents) what: String,
    on: String,
    reason: String,
    leader: String,
    leader_phone: String,
    cost_before: Fen,
    cost_now: Fen,
    pub(in crate::documents) lines: Vec<Line>,
    /// Windows that can no longer be met.
    deviations: Vec<String>,
}

/// `changes/C01-T01`.
pub(super) fn path(change: &TourChange) -> String {
    let tour: String = change
        .tour
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect();
    format!("changes/C{:02}-{tour}", change.number)
}

/// One notice for each change, in order.
pub(in crate::documents) fn notices(set: &DocumentSet<'_>, words: &Messages) -> Vec<Notice> {
    let changes = set.plan.changes.iter();
    changes.map(|change| notice(set, change, words)).collect()
}

fn notice(set: &DocumentSet<'_>, change: &TourChange, words: &Messages) -> Notice {
    let tour = set.plan.tour_or_resting(&change.tour);
    let mut groups: Vec<(&str, Vec<&Concerned>)> = Vec::new();
    for one in &change.concerned {
        let key = if one.contact.is_empty() {
            &one.vehicle
        } else {
            &one.contact
        };
        match groups.iter_mut().find(|(known, _)| known == key) {
            Some((_, list)) => list.push(one),
            None => groups.push((key, vec![one])),
        }
    }
    let mut lines: Vec<Line> = groups
        .iter()
        .map(|(_, list)| line(set, change, list, words))
        .collect();
    lines.sort_by_key(|line| !line.booked);
    Notice {
        path: path(change),
        tour: change.tour.clone(),
        number: change.number,
        what: what(set, change, words),
        on: day(set, change.on),
        reason: change.reason.clone(),
        leader: tour.map_or_else(String::new, |tour| tour.leader.clone()),
        leader_phone: tour.map_or_else(String::new, |tour| tour.leader_phone.clone()),
        cost_before: change.cost_before,
        cost_now: change.cost_now,
        lines,
        deviations: deviations(set, &change.tour, words),
    }
}

fn what(set: &DocumentSet<'_>, change: &TourChange, words: &Messages) -> String {
    let mut values = vec![("tour", change.tour.clone())];
    let mut say = |key: &str, own: Vec<(&'static str, String)>| {
        values.extend(own);
        wording::fill(&words.get(key), &values)
    };
    let replaced = |reserve: &String| {
        if reserve.is_empty() {
            words.get("change_no_reserve")
        } else {
            reserve.clone()
        }
    };
    match &change.change {
        Change::Moved { from, to } => say(
            "change_moved",
            vec![("from", day(set, *from)), ("to", day(set, *to))],
        ),
        Change::Suspended { from } => say("change_suspended", vec![("from", day(set, *from))]),
        Change::Cancelled { from } => say("change_cancelled", vec![("from", day(set, *from))]),
        Change::WithoutVan { van, reserve } => say(
            "change_van",
            vec![("lost", van.clone()), ("reserve", replaced(reserve))],
        ),
        Change::WithoutPerson { person, reserve } => say(
            "change_person",
            vec![("lost", person.clone()), ("reserve", replaced(reserve))],
        ),
        Change::WithoutPoint { point } => {
            say("change_point", vec![("lost", point_name(set, point))])
        }
    }
}

fn line(set: &DocumentSet<'_>, change: &TourChange, list: &[&Concerned], words: &Messages) -> Line {
    let dial = Dial::of(set, list.iter().map(|one| one.vehicle.as_str()));
    let known: Vec<Option<&CalledVehicle>> = list
        .iter()
        .map(|one| {
            set.plan
                .vehicles
                .iter()
                .find(|known| known.vehicle == one.vehicle)
        })
        .collect();
    let name = |one: &Concerned, known: Option<&CalledVehicle>| {
        known.map_or_else(|| one.vehicle.clone(), label)
    };
    let said = list.iter().zip(&known).map(|(one, known)| {
        wording::fill(
            &words.get(phrase(change, one)),
            &phrase_values(set, one, name(one, *known)),
        )
    });
    let no_texts = known.iter().flatten().any(|one| one.sms_optout);
    let by_text = dial.reach().mobile && !no_texts;
    let channel = if by_text {
        Channel::Text
    } else {
        Channel::Call
    };
    let mut values = wording::standing(set, words, set.plan.tour_or_resting(&change.tour), channel);
    values.push((
        "changes",
        said.collect::<Vec<_>>().join(&words.get("text_and")),
    ));
    let text = wording::fill(&words.get("change_text"), &values);
    let row = |(one, known): (&&Concerned, Option<&CalledVehicle>)| {
        let old = time_and_place(set, &one.old_slot, &one.old_point, words);
        let new = time_and_place(set, &one.new_slot, &one.new_point, words);
        [name(one, known), old, new]
    };
    let bookings: Vec<&str> = list.iter().map(|one| one.booking.as_str()).collect();
    Line {
        booked: list.iter().any(|one| one.booked),
        customer: known
            .iter()
            .flatten()
            .next()
            .map_or_else(String::new, |one| one.customer.clone()),
        vehicles: list.iter().zip(known.iter().copied()).map(row).collect(),
        bookings: bookings.join(&words.get("list_comma")),
        size: by_text.then(|| size(&text)),
        phones: dial.all(),
        name: dial.name,
        text,
    }
}

/// The sentence that fits what became of one vehicle.
fn phrase(change: &TourChange, one: &Concerned) -> &'static str {
    let cancelled = matches!(change.change, Change::Cancelled { .. });
    match (one.old_slot.is_empty(), one.new_slot.is_empty()) {
        (_, false) => "change_phrase_moved",
        (false, true) if cancelled => "change_phrase_cancelled",
        (false, true) => "change_phrase_suspended",
        (true, true) => "change_phrase_waiting",
    }
}

fn phrase_values(
    set: &DocumentSet<'_>,
    one: &Concerned,
    vehicle: String,
) -> Vec<(&'static str, String)> {
    let time = |slot: &str| {
        slot_parts(slot).map_or_else(String::new, |(date, time)| {
            format!("{} {time}", wording::spoken_day(set.lang, date))
        })
    };
    vec![
        ("vehicle", vehicle),
        ("old", time(&one.old_slot)),
        ("new", time(&one.new_slot)),
        ("old_place", point_name(set, &one.old_point)),
        ("place", point_name(set, &one.new_point)),
    ]
}

fn point_name(set: &DocumentSet<'_>, id: &str) -> String {
    set.plan
        .point(id)
        .map_or_else(|| id.to_owned(), |point| point.name.clone())
}

/// `2026-12-10 10:00 大瑶汽修`; a dash where there is nothing.
fn time_and_place(set: &DocumentSet<'_>, slot: &str, point: &str, words: &Messages) -> String {
    match (slot.is_empty(), point.is_empty()) {
        (true, true) => words.get("change_nothing"),
        (true, false) => format!("{} {}", words.get("change_no_time"), point_name(set, point)),
        _ => format!("{slot} {}", point_name(set, point))
            .trim()
            .to_owned(),
    }
}

/// Calls and reminders of the tour outside their windows, counted by reason.
fn deviations(set: &DocumentSet<'_>, tour: &str, words: &Messages) -> Vec<String> {
    let mut counts: std::collections::BTreeMap<(&str, &str), usize> =
        std::collections::BTreeMap::new();
    let calls = set.plan.calls.iter().filter(|call| call.tour == tour);
    for call in calls.filter(|call| !call.deviation.is_empty()) {
        *counts
            .entry(("change_late_calls", &call.deviation))
            .or_default() += 1;
    }
    let reminders = set.plan.reminders.iter().filter(|one| one.tour == tour);
    for one in reminders.filter(|one| !one.deviation.is_empty()) {
        *counts
            .entry(("change_late_reminders", &one.deviation))
            .or_default() += 1;
    }
    let say = |((key, why), count): ((&str, &str), usize)| {
        let word = words.get(&format!("deviation_{why}"));
        // Reasons of other rooms may have no word here: they show as they are.
        let why = word
            .strip_prefix("deviation_")
            .map_or(word.as_str(), |_| why)
            .to_owned();
        wording::fill(
            &words.get(key),
            &[("count", count.to_string()), ("why", why)],
        )
    };
    counts.into_iter().map(say).collect()
}

impl Notice {
    /// Cost before and now, and by how much it rose.
    pub(in crate::documents) fn costs(&self) -> [Fen; 3] {
        let more = Fen(self.cost_now.0 - self.cost_before.0);
        [self.cost_before, self.cost_now, more]
    }

    pub(super) fn view(&self, words: &Messages) -> Value {
        let line = |line: &Line| {
            json!({
                "booked": line.booked, "name": line.name, "phones": line.phones,
                "customer": line.customer, "bookings": line.bookings, "text": line.text,
                "vehicles": line.vehicles.iter().map(|[name, old, new]| json!({
                    "name": name, "old": old, "new": new })).collect::<Vec<_>>(),
                "size": line.size.map(|size| json!({ "units": size.units, "segments": size.segments })),
            })
        };
        let [before, now, more] = self.costs().map(|fen| fen.to_string());
        json!({
            "title": words.get("doc_change"), "tour": self.tour, "number": self.number,
            "what": self.what, "on": self.on, "reason": self.reason,
            "leader": self.leader, "leader_phone": self.leader_phone,
            "before": before, "now": now, "more": more,
            "lines": self.lines.iter().map(line).collect::<Vec<_>>(),
            "booked": self.lines.iter().filter(|line| line.booked).count(),
            "segments": self.lines.iter().filter_map(|line| line.size).map(|size| size.segments).sum::<usize>(),
            "deviations": self.deviations,
        })
    }
}
