//! How long a tour's list may be: whom nobody can call is not on it.
//!
//! In a dense region far more customers are in reach of a visit than the desk can call between T-5 and T-3. The list keeps
//! [`LISTED_PER_CALL`] contacts for each call that can be made, the most valuable first, so that there is somebody to call in place of
//! who is not reached; the others are deferred. Where a list is cut so, it is cut at the same value for those who cannot be called
//! at all: nobody looks through thousands of lines without a number. Who has a place, or was on the list before, stays on it.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::PlanInputs;
use super::calls::{advisers, contacts_by_day, room, window};
use super::region::{Region, uncallable};
use super::tours::{MonthTours, OnTour};
use super::vehicle_of;
use crate::domain::{Date, beginning};
use crate::findings::Finding;
use crate::solve::calls::{Asked, quotas};

/// Contacts on a list for each call that can be made: numbers are wrong, engaged or not answered.
const LISTED_PER_CALL: usize = 2;

/// Why they wait no more.
const NOT_CALLED: &str = "not_called";

/// A vehicle that is new on its tour's list.
struct NewOnList {
    tour: usize,
    contact: String,
    /// Its beginning, all of a phone number: contacts are compared by it first.
    begin: [u64; 3],
    vehicle: usize,
    /// It has a place.
    stays: bool,
    /// Why it cannot be called, if it cannot.
    uncallable: Option<&'static str>,
    value: f64,
}

/// One contact's claim to be on the list: who has a place first, then by value.
struct Claim<'a> {
    stays: bool,
    /// A call is made for it.
    called: bool,
    value: f64,
    /// Its vehicles, one at least.
    asks: &'a [NewOnList],
}

impl<'a> Claim<'a> {
    fn of(asks: &'a [NewOnList]) -> Self {
        Self {
            stays: asks.iter().any(|ask| ask.stays),
            called: asks.iter().any(|ask| ask.uncallable.is_none()),
            value: asks.iter().map(|ask| ask.value).fold(0.0, f64::max),
            asks,
        }
    }
}

/// How many of these a call is made for.
fn called(claims: &[Claim<'_>]) -> usize {
    claims.iter().filter(|claim| claim.called).count()
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
        let asks = self.asks(inputs, region, &before);
        let mut lists: Vec<Vec<Claim<'_>>> = Vec::new();
        lists.resize_with(self.tours.len(), Vec::new);
        for of_contact in
            asks.chunk_by(|a, b| (a.tour, a.begin, &a.contact) == (b.tour, b.begin, &b.contact))
        {
            lists[of_contact[0].tour].push(Claim::of(of_contact));
        }
        let windows: Vec<Vec<Date>> = self
            .tours
            .iter()
            .map(|tour| window(inputs, &tour.facts.depart, &tour.id, &mut Vec::new()).days)
            .collect();
        let asked: Vec<Asked<'_, Date>> = lists
            .iter()
            .zip(&windows)
            .map(|(claims, days)| Asked {
                contacts: called(claims),
                days,
            })
            .collect();
        let quotas = quotas(&asked, &|day| room(&advisers, &used, day));
        let mut without = Vec::new();
        for (position, mut claims) in lists.into_iter().enumerate() {
            let calls: usize = quotas[position].iter().sum();
            let most = calls * LISTED_PER_CALL;
            // A window that is over says nothing about how many could be called.
            if windows[position].is_empty() || called(&claims) <= most {
                continue;
            }
            claims.par_sort_unstable_by(|a, b| {
                b.stays
                    .cmp(&a.stays)
                    .then(b.value.total_cmp(&a.value))
                    .then_with(|| a.asks[0].contact.cmp(&b.asks[0].contact))
            });
            let mut calls = 0;
            let beyond = claims.into_iter().skip_while(|claim| {
                calls += usize::from(claim.called);
                calls <= most
            });
            let beyond: Vec<Claim<'_>> = beyond.filter(|claim| !claim.stays).collect();
            let not_called = beyond.iter().filter(|claim| claim.called).count();
            self.not_called
                .insert(self.tours[position].id.clone(), not_called);
            without.extend(beyond.into_iter().flat_map(|claim| claim.asks));
        }
        for ask in without {
            self.deferred[ask.vehicle] = Some(ask.uncallable.unwrap_or(NOT_CALLED));
        }
        let deferred = &self.deferred;
        self.called.retain(|index, _| deferred[*index].is_none());
    }

    /// The vehicles that are new on their tour's list, by tour, contact and vehicle.
    fn asks(
        &self,
        inputs: &PlanInputs<'_>,
        region: &Region<'_>,
        before: &BTreeSet<&str>,
    ) -> Vec<NewOnList> {
        let called: Vec<(&usize, &OnTour)> = self.called.iter().collect();
        let asks = called.into_par_iter().filter_map(|(index, on)| {
            let vehicle = vehicle_of(&inputs.ingested.tables, *index);
            if before.contains(&*vehicle.id) {
                return None;
            }
            let contact = vehicle.contact_key();
            Some(NewOnList {
                tour: self.visits[on.visit].tour,
                begin: beginning(&contact),
                contact,
                vehicle: *index,
                stays: on.waits.is_none(),
                uncallable: uncallable(vehicle),
                value: region.needs.outlines[*index].expected(true).value * on.share,
            })
        });
        let mut asks: Vec<NewOnList> = asks.collect();
        asks.par_sort_unstable_by(|a, b| {
            let order = (a.tour, a.begin).cmp(&(b.tour, b.begin));
            let order = order.then_with(|| a.contact.cmp(&b.contact));
            order.then(a.vehicle.cmp(&b.vehicle))
        });
        asks
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
