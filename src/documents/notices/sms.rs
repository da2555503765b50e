//! 短信平台表: the texts of one day as platforms take them, a file a day, so that nothing goes out on another.
//!
//! Chinese platforms want one of two shapes: number and whole text, the signature 【…】 in front; or number and the
//! values of a template they have approved, where they put the signature themselves. Both are given. Only who may be
//! texted stands here; who must be called stands on the reminder sheet.

use std::collections::BTreeMap;

use super::segments::Size;
use super::texts;
use super::wording::reminder_values;
use crate::documents::{DocumentSet, Messages, Page};
use crate::domain::Date;
use crate::plan::files::Table;
use crate::plan::model::{Channel, ReminderKind, Tour};

/// One text.
pub(in crate::documents) struct Sms {
    pub(in crate::documents) phone: String,
    /// Signature and all.
    pub(in crate::documents) text: String,
    pub(in crate::documents) size: Size,
    pub(in crate::documents) kind: ReminderKind,
    pub(in crate::documents) bookings: String,
    /// What its template is filled with, by name.
    pub(in crate::documents) values: Vec<(&'static str, String)>,
}

/// The texts of one day.
pub(in crate::documents) struct SmsDay {
    pub(in crate::documents) date: Date,
    pub(in crate::documents) texts: Vec<Sms>,
}

impl SmsDay {
    /// `texts-sms-2026-11-29`: its files' name without ending.
    pub(in crate::documents) fn name(&self) -> String {
        format!("texts-sms-{}", self.date)
    }

    /// The kinds of text of this day, each once.
    pub(in crate::documents) fn kinds(&self) -> Vec<ReminderKind> {
        let mut kinds: Vec<ReminderKind> = self.texts.iter().map(|one| one.kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }
}

/// `【示例店】`: the signature a platform knows the dealer by.
pub(in crate::documents) fn signature(set: &DocumentSet<'_>) -> String {
    format!("【{}】", set.plan.settings.dealer.name)
}

/// A tour's texts, day by day.
pub(in crate::documents) fn days(
    set: &DocumentSet<'_>,
    tour: &Tour,
    words: &Messages,
) -> Vec<SmsDay> {
    let mut days: BTreeMap<Date, Vec<Sms>> = BTreeMap::new();
    for one in texts::messages(set, tour, words) {
        let (Some(date), Channel::Text, Some(size)) = (one.date, one.channel, one.size) else {
            continue;
        };
        let bookings: Vec<&str> = one
            .vehicles
            .iter()
            .map(|one| one.booking.as_str())
            .collect();
        let what = (one.kind, one.channel);
        days.entry(date).or_default().push(Sms {
            bookings: bookings.join(" "),
            values: reminder_values(set, words, tour, what, &one.vehicles),
            phone: one.phone,
            text: one.text,
            size,
            kind: one.kind,
        });
    }
    let days = days.into_iter();
    days.map(|(date, texts)| SmsDay { date, texts }).collect()
}

/// The template of a kind as a platform has to approve it: without the signature, with `${name}` for what differs from text
/// to text; and those names.
pub(in crate::documents) fn template(
    set: &DocumentSet<'_>,
    words: &Messages,
    kind: ReminderKind,
) -> (String, Vec<&'static str>) {
    let template = words.get(&format!("text_{}", kind.key()));
    let name = &set.plan.settings.dealer.name;
    let mut text = template.replace("【{dealer}】", "");
    for (key, value) in [
        ("{dealer}", name.clone()),
        ("{optout}", words.get("text_optout")),
    ] {
        text = text.replace(key, &value);
    }
    let mut names = Vec::new();
    for name in VARIABLES {
        let place = format!("{{{name}}}");
        if text.contains(&place) {
            text = text.replace(&place, &format!("${place}"));
            names.push(name);
        }
    }
    (text, names)
}

/// What differs from text to text.
const VARIABLES: [&str; 5] = ["visits", "items", "arrival", "leader", "phone"];

/// One CSV a day: number and text in front, as platforms that take tables want them.
pub(super) fn tables(
    set: &DocumentSet<'_>,
    tour: &Tour,
    words: &Messages,
    folder: &str,
) -> Vec<Page> {
    let days = days(set, tour, words).into_iter();
    days.map(|day| {
        let titles = [
            "sms_phone",
            "sms_text",
            "texts_units",
            "texts_segments",
            "kind_of_reminder",
        ];
        let titles = titles.map(|key| words.get(key));
        let mut table = Table::new(&titles.each_ref().map(String::as_str));
        for one in &day.texts {
            table.row(&[
                one.phone.clone(),
                one.text.clone(),
                one.size.units.to_string(),
                one.size.segments.to_string(),
                words.get(&format!("reminder_{}", one.kind.key())),
            ]);
        }
        Page {
            path: format!("{folder}/{}.csv", day.name()),
            bytes: table.finish(),
        }
    })
    .collect()
}
