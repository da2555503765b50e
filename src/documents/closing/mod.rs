//! What a tour's end gives people: incidents to sign, hand-overs, notices, the return list, calls, figures.
//!
//! Responsible for: the words and order of these pages, for print and for work. Not responsible for: what
//! became of whom (`month::closing`).

mod figures;
mod notices;
mod tables;
#[cfg(test)]
mod tests;

use serde_json::{Value, json};

use super::call_view::item_name;
use super::plan_view::day;
use super::{DocumentSet, Messages, Page, html::Press, tour_folder};
use crate::domain::Date;
use crate::findings::Failure;
use crate::plan::model::{CalledVehicle, ORDERS, PartQty, TourClosing};

pub(super) use figures::{figure, note};
pub(super) use notices::notices;

/// Every page of the tours read in, and of the month.
pub(super) fn pages(
    set: &DocumentSet<'_>,
    words: &Messages,
    press: &Press,
) -> Result<Vec<Page>, Failure> {
    let mut pages = Vec::new();
    for closing in &set.plan.closings {
        let Some(tour) = set.plan.tour(&closing.tour) else {
            continue;
        };
        let folder = tour_folder(set.plan, tour);
        let desk = Desk {
            set,
            words,
            closing,
        };
        let views = [
            ("incidents.html", desk.incidents()),
            ("hand-overs.html", desk.hand_overs()),
            ("customer-notices.html", desk.notices()),
            ("return-list.html", desk.return_list()),
            ("follow-up.html", desk.follow_up()),
            ("closing.html", desk.figures(tour)),
        ];
        for (file, mut view) in views {
            if let Value::Object(view) = &mut view {
                let head = json!({
                    "tour": tour.id, "depart": day(set, tour.depart), "ret": day(set, tour.ret),
                    "leader": tour.leader, "van": tour.van, "closed_on": desk.closed_on(),
                });
                if let Value::Object(head) = head {
                    view.extend(head);
                }
            }
            pages.push(press.page(file, &format!("{folder}/{file}"), &tour.id, view)?);
        }
    }
    if let Some(month) = &set.plan.month_closing {
        let view = figures::month(set, words, month);
        pages.push(press.page("month-closing.html", "month-closing.html", ORDERS, view)?);
    }
    Ok(pages)
}

/// One tour's closing and the words for it.
pub(super) struct Desk<'a> {
    pub(super) set: &'a DocumentSet<'a>,
    pub(super) words: &'a Messages,
    pub(super) closing: &'a TourClosing,
}

impl<'a> Desk<'a> {
    /// `2026-12-11 周五`, or that the tour is still running.
    pub(super) fn closed_on(&self) -> String {
        match self.closing.closed_on {
            Some(date) => format!("{} {}", self.words.get("closed_on"), day(self.set, date)),
            None => self.words.get("still_running"),
        }
    }

    /// The vehicle in the plan; walk-ins may not be.
    pub(super) fn called(&self, vehicle: &str) -> Option<&'a CalledVehicle> {
        self.set.found.called(vehicle)
    }

    /// The plate, else the vehicle's id.
    pub(super) fn plate(&self, vehicle: &str) -> String {
        let plate = self.called(vehicle).map_or("", |one| one.plate.as_str());
        if plate.is_empty() { vehicle } else { plate }.to_owned()
    }

    /// Items by name.
    pub(super) fn items(&self, codes: &[String]) -> String {
        let names: Vec<&str> = codes.iter().map(|code| item_name(self.set, code)).collect();
        names.join(&self.words.get("list_comma"))
    }

    /// `0012 机滤 ×2`.
    pub(super) fn parts(&self, parts: &[PartQty]) -> String {
        let names: Vec<String> = parts
            .iter()
            .map(|(code, qty)| self.part(code, *qty))
            .collect();
        names.join(&self.words.get("list_comma"))
    }

    pub(super) fn part(&self, code: &str, qty: u32) -> String {
        let facts = self.set.plan.part_facts.get(code);
        let name = facts.map_or("", |part| part.name.as_str());
        format!("{code} {name} ×{qty}").replace("  ", " ")
    }

    /// A word built from a prefix and a key; nothing for an empty key.
    pub(super) fn word(&self, prefix: &str, key: &str) -> String {
        if key.is_empty() {
            String::new()
        } else {
            self.words.get(&format!("{prefix}_{key}"))
        }
    }

    pub(super) fn date(&self, date: Option<Date>) -> String {
        date.map_or_else(String::new, |date| day(self.set, date))
    }

    /// Numbers to dial, in full: only where somebody dials.
    pub(super) fn phones(&self, vehicle: &str) -> String {
        let line = self.set.contacts.get(vehicle);
        line.map_or_else(String::new, |line| line.phones.join(" / "))
    }

    /// Whom to ask for, else the owner.
    pub(super) fn addressee(&self, vehicle: &str) -> String {
        let contact = self.set.contacts.get(vehicle);
        let contact = contact.map_or("", |line| line.contact.as_str());
        if contact.is_empty() {
            let called = self.called(vehicle);
            called.map_or("", |one| one.customer.as_str()).to_owned()
        } else {
            contact.to_owned()
        }
    }
}
