//! What goes out to customers after the calls: texts, slot sheets, estimates and change notices.
//!
//! Responsible for: what each of them says, once for the page and once for the workbook from the same
//! plain structs. Not responsible for: who is reminded when (`month::reminders`), layout (the templates,
//! `xlsx`).

mod changes;
mod estimates;
pub(super) mod segments;
pub(super) mod slots;
pub(super) mod sms;
pub(super) mod wording;

pub(super) mod texts;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::html::Press;
use super::{DocumentSet, Messages, Page, tour_folder};
use crate::domain::{Date, Phones, is_mobile};
use crate::findings::Failure;
use crate::plan::model::{CalledVehicle, Plan};

pub(super) use changes::{Notice, notices};
pub(super) use estimates::{Row as EstimateRow, estimates};
pub(super) use slots::{Waiting, days, waiting, without_slot};

/// Whether anybody of the tour has a slot.
pub(super) fn has_bookings(plan: &Plan, tour: &str) -> bool {
    let mut own = plan.vehicles.iter().filter(|one| one.tour == tour);
    own.any(CalledVehicle::is_booked)
}

/// Whether the tour has messages to send.
pub(super) fn has_texts(plan: &Plan, tour: &str) -> bool {
    plan.reminders.iter().any(|one| one.tour == tour)
}

/// Every page of this room: only where there is something to say.
pub(super) fn pages(
    set: &DocumentSet<'_>,
    words: &Messages,
    press: &Press,
) -> Result<Vec<Page>, Failure> {
    let mut pages = Vec::new();
    for tour in &set.plan.tours {
        let folder = tour_folder(set.plan, tour);
        let mut add = |file: &str, view| -> Result<(), Failure> {
            pages.push(press.page(file, &format!("{folder}/{file}"), &tour.id, view)?);
            Ok(())
        };
        if has_texts(set.plan, &tour.id) {
            add("texts.html", texts::view(set, tour, words))?;
        }
        if has_bookings(set.plan, &tour.id) {
            add("slots.html", slots::view(set, tour, words))?;
            add("estimates.html", estimates::view(set, tour, words))?;
        }
        pages.extend(sms::tables(set, tour, words, &folder));
    }
    for notice in notices(set, words) {
        let path = format!("{}.html", notice.path);
        pages.push(press.page(
            "change-notice.html",
            &path,
            &notice.tour,
            notice.view(words),
        )?);
    }
    Ok(pages)
}

/// What the index links to, by change.
pub(super) fn change_links(set: &DocumentSet<'_>) -> Vec<Value> {
    let changes = set.plan.changes.iter();
    changes
        .map(|change| {
            let path = changes::path(change);
            json!({ "path": path, "tour": change.tour, "number": change.number })
        })
        .collect()
}

/// The contact key of every called vehicle; a vehicle without one stands alone.
fn contact_keys(plan: &Plan) -> BTreeMap<&str, &str> {
    let calls = plan.calls.iter().filter(|call| !call.contact.is_empty());
    calls
        .map(|call| (call.vehicle.as_str(), call.contact.as_str()))
        .collect()
}

/// Name and numbers of a contact: of its first vehicle that has any.
#[derive(Clone, Debug, Default)]
pub(super) struct Dial {
    /// Whom to ask for.
    pub(super) name: String,
    /// All numbers, in order, each once.
    pub(super) phones: Vec<String>,
}

impl Dial {
    fn of<'v>(set: &DocumentSet<'_>, vehicles: impl IntoIterator<Item = &'v str>) -> Self {
        let mut dial = Self::default();
        for vehicle in vehicles {
            let Some(line) = set.contacts.get(vehicle) else {
                continue;
            };
            if dial.name.is_empty() {
                dial.name.clone_from(&line.contact);
            }
            for phone in &line.phones {
                if !dial.phones.contains(phone) {
                    dial.phones.push(phone.clone());
                }
            }
        }
        dial
    }

    /// The number a text goes to.
    fn mobile(&self) -> String {
        let mobile = self.phones.iter().find(|phone| is_mobile(phone));
        mobile.cloned().unwrap_or_default()
    }

    fn reach(&self) -> Phones {
        Phones::of(self.phones.iter().map(String::as_str))
    }

    fn all(&self) -> String {
        self.phones.join(" / ")
    }
}

/// How people name a vehicle: its plate, else model and the end of its number.
pub(super) fn label(one: &CalledVehicle) -> String {
    if one.plate.is_empty() {
        let tail: Vec<char> = one.vehicle.chars().rev().take(6).collect();
        let tail: String = tail.into_iter().rev().collect();
        format!("{} …{tail}", one.model)
    } else {
        one.plate.clone()
    }
}

/// Day and time of a slot `yyyy-mm-dd HH:MM`.
fn slot_parts(slot: &str) -> Option<(Date, &str)> {
    let day = slot.get(0..10).and_then(Date::parse_iso)?;
    Some((day, slot.get(11..16).unwrap_or_default()))
}

/// Minutes after midnight of `HH:MM`.
fn minutes(time: &str) -> Option<u32> {
    let (hours, minutes) = time.split_once(':')?;
    let (hours, minutes) = (hours.parse::<u32>().ok()?, minutes.parse::<u32>().ok()?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

fn clock(minutes: u32) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests;
