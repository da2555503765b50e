//! How long a tour's list may be: whom nobody can call is not on it.
//!
//! In a dense region far more customers are in reach of a visit than the desk can call between T-5 and T-3. The list keeps
//! [`LISTED_PER_CALL`] contacts for each call that can be made, the most valuable first, so that there is somebody to call in place of
//! who is not reached; the others are deferred. Who has a place, or was on the list before, stays on it.

use std::collections::{BTreeMap, BTreeSet};

use super::PlanInputs;
use super::calls::{advisers, contacts_by_day, room, window};
use super::region::{Region, uncallable};
use super::tours::MonthTours;
use super::vehicle_of;
use crate::domain::Date;
use crate::findings::Finding;
use crate::solve::calls::{Asked, quotas};

/// Contacts on a list for each call that can be made: numbers are wrong, engaged or not answered.
const LISTED_PER_CALL: usize = 2;

/// Why they wait no more.
const NOT_CALLED: &str = "not_called";

/// One contact's claim on a call: who has a place first, then by value.
struct Claim<'a> {
    stays: bool,
    value: f64,
    contact: &'a str,
}

impl MonthTours {
    /// Defers those of the waiting lists whom nobody can call.
    pub(super) fn shorten_lists(&mut self, inputs: &PlanInputs<'_>, region: &Region<'_>) {
        let tables = &inputs.ingested.tables;
        let advisers = advisers(tables);
        if advisers.is_empty() {
            return;
        }
        let last = inputs.given.map_or(&[][..], |given| &given.last.calls);
        let before: BTreeSet<&str> = last.iter().map(|call| call.vehicle.as_str()).collect();
        let used = contacts_by_day(last, &advisers);
        // Contacts of each tour that are new on its list, with their vehicles that only wait.
        let mut keys: BTreeMap<usize, String> = BTreeMap::new();
        for (index, on) in &self.called {
            let vehicle = vehicle_of(tables, *index);
            if !before.contains(&*vehicle.id) && uncallable(vehicle).is_none() {
                keys.insert(
                    *index,
                    format!("{}|{}", self.visits[on.visit].tour, vehicle.contact_key()),
                );
            }
        }
        let mut lists: Vec<BTreeMap<&str, (bool, f64)>> = vec![BTreeMap::new(); self.tours.len()];
        for (index, key) in &keys {
            let on = &self.called[index];
            let contact = lists[self.visits[on.visit].tour].entry(key).or_default();
            contact.0 |= on.waits.is_none();
            contact.1 = contact
                .1
                .max(region.needs.outlines[*index].expected(true).value * on.share);
        }
        let windows: Vec<Vec<Date>> = self
            .tours
            .iter()
            .map(|tour| window(inputs, &tour.facts.depart, &tour.id, &mut Vec::new()).days)
            .collect();
        let asked: Vec<Asked<'_, Date>> = lists
            .iter()
            .zip(&windows)
            .map(|(contacts, days)| Asked {
                contacts: contacts.len(),
                days,
            })
            .collect();
        let quotas = quotas(&asked, &|day| room(&advisers, &used, day));
        let mut without: BTreeSet<String> = BTreeSet::new();
        for (position, contacts) in lists.iter().enumerate() {
            let calls: usize = quotas[position].iter().sum();
            let most = calls * LISTED_PER_CALL;
            // A window that is over says nothing about how many could be called.
            if windows[position].is_empty() || contacts.len() <= most {
                continue;
            }
            let mut claims: Vec<Claim<'_>> = contacts
                .iter()
                .map(|(contact, (stays, value))| Claim {
                    stays: *stays,
                    value: *value,
                    contact,
                })
                .collect();
            claims.sort_by(|a, b| {
                b.stays
                    .cmp(&a.stays)
                    .then(b.value.total_cmp(&a.value))
                    .then(a.contact.cmp(b.contact))
            });
            let beyond = claims.into_iter().skip(most).filter(|claim| !claim.stays);
            let beyond: BTreeSet<String> = beyond.map(|claim| claim.contact.to_owned()).collect();
            self.not_called
                .insert(self.tours[position].id.clone(), beyond.len());
            without.extend(beyond);
        }
        for (index, key) in &keys {
            if without.contains(key) {
                self.called.remove(index);
                self.deferred.insert(*index, NOT_CALLED);
            }
        }
    }

    /// How many customers of each tour's area are not called.
    pub(super) fn shortened_findings(&self) -> impl Iterator<Item = Finding> {
        self.not_called.iter().map(|(tour, contacts)| {
            Finding::new("P019")
                .arg("contacts", contacts)
                .arg("tour", tour)
        })
    }
}
