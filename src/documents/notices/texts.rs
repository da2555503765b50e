//! 提醒短信/微信文本: whom to text or call on which day, and with what words. Full phones: somebody sends.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::segments::{Size, size};
use super::{Dial, label, wording};
use crate::documents::plan_view::day;
use crate::documents::{DocumentSet, Messages};
use crate::domain::Date;
use crate::plan::model::{CalledVehicle, Channel, Reminder, ReminderKind, Tour};

/// One message to one contact.
pub(in crate::documents) struct Message<'a> {
    /// The day; `None` = no message.
    pub(in crate::documents) date: Option<Date>,
    /// Which message of the visit.
    pub(in crate::documents) kind: ReminderKind,
    /// Text, call or none.
    pub(in crate::documents) channel: Channel,
    /// Number or numbers to dial.
    pub(in crate::documents) phone: String,
    /// Whom to ask for.
    pub(in crate::documents) name: String,
    /// The vehicles it is about.
    pub(in crate::documents) vehicles: Vec<&'a CalledVehicle>,
    /// What to send or say; empty where nothing is sent.
    pub(in crate::documents) text: String,
    /// Its length; nothing where it is not texted.
    pub(in crate::documents) size: Option<Size>,
    /// Why outside the window, or why none.
    pub(in crate::documents) why: String,
}

impl Message<'_> {
    pub(in crate::documents) fn labels(&self, words: &Messages) -> String {
        let labels: Vec<String> = self.vehicles.iter().map(|one| label(one)).collect();
        labels.join(&words.get("list_comma"))
    }

    pub(in crate::documents) fn segments(&self) -> usize {
        self.size.map_or(0, |size| size.segments)
    }

    pub(in crate::documents) fn customer(&self) -> &str {
        self.vehicles.first().map_or("", |one| &one.customer)
    }
}

/// No day last, then day, channel, kind, contact and reason.
type Key<'a> = (bool, Option<Date>, Channel, ReminderKind, &'a str, &'a str);

/// Every message of a tour: a fleet gets one a day and kind.
pub(in crate::documents) fn messages<'a>(
    set: &DocumentSet<'a>,
    tour: &Tour,
    words: &Messages,
) -> Vec<Message<'a>> {
    let vehicles: BTreeMap<&str, &CalledVehicle> = set
        .plan
        .vehicles
        .iter()
        .map(|one| (one.vehicle.as_str(), one))
        .collect();
    let mut together: BTreeMap<Key<'_>, Vec<&Reminder>> = BTreeMap::new();
    for one in set.plan.reminders.iter().filter(|one| one.tour == tour.id) {
        let (contact, why) = (one.contact.as_str(), one.deviation.as_str());
        let key = (
            one.date.is_none(),
            one.date,
            one.channel,
            one.kind,
            contact,
            why,
        );
        together.entry(key).or_default().push(one);
    }
    let make = |((_, date, channel, kind, _, why), rows): (Key<'_>, Vec<&Reminder>)| {
        let own = rows
            .iter()
            .filter_map(|row| vehicles.get(row.vehicle.as_str()));
        let own: Vec<&'a CalledVehicle> = own.copied().collect();
        let dial = Dial::of(set, own.iter().map(|one| one.vehicle.as_str()));
        let text = match channel {
            Channel::None => String::new(),
            _ => wording::reminder(set, words, tour, (kind, channel), &own),
        };
        Message {
            date,
            kind,
            channel,
            phone: match channel {
                Channel::Text => dial.mobile(),
                _ => dial.all(),
            },
            name: dial.name,
            size: (channel == Channel::Text).then(|| size(&text)),
            text,
            vehicles: own,
            why: if why.is_empty() {
                String::new()
            } else {
                words.get(&format!("deviation_{why}"))
            },
        }
    };
    together.into_iter().map(make).collect()
}

pub(super) fn view(set: &DocumentSet<'_>, tour: &Tour, words: &Messages) -> Value {
    let messages = messages(set, tour, words);
    let mut days: Vec<(Option<Date>, Vec<&Message<'_>>)> = Vec::new();
    for one in &messages {
        match days.last_mut() {
            Some((date, list)) if *date == one.date => list.push(one),
            _ => days.push((one.date, vec![one])),
        }
    }
    let line = |one: &&Message<'_>| {
        json!({
            "kind": words.get(&format!("reminder_{}", one.kind.key())),
            "phone": one.phone, "name": one.name, "customer": one.customer(),
            "vehicles": one.labels(words), "text": one.text, "why": one.why,
            "units": one.size.map_or(0, |size| size.units), "segments": one.segments(),
        })
    };
    let days: Vec<Value> = days
        .iter()
        .map(|(date, list)| {
            let of = |channel| {
                let own = list.iter().filter(move |one| one.channel == channel);
                own.map(line).collect::<Vec<_>>()
            };
            json!({
                "date": date.map(|date| day(set, date)),
                "texts": of(Channel::Text), "calls": of(Channel::Call), "none": of(Channel::None),
                "segments": list.iter().map(|one| one.segments()).sum::<usize>(),
            })
        })
        .collect();
    json!({
        "title": words.get("doc_texts"), "tour": tour.id,
        "depart": day(set, tour.depart), "leader": tour.leader, "leader_phone": tour.leader_phone,
        "days": days,
        "texts": messages.iter().filter(|one| one.channel == Channel::Text).count(),
        "calls": messages.iter().filter(|one| one.channel == Channel::Call).count(),
        "segments": messages.iter().map(Message::segments).sum::<usize>(),
    })
}
