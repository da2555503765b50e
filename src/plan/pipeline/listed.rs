//! How long a tour's list may be: whom nobody can call is not on it.
//!
//! In a dense region far more customers are in reach of a visit than the desk can call between T-5 and T-3. The list keeps
//! [`LISTED_PER_CALL`] contacts for each call that can be made, the most valuable first, so that there is somebody to call in place of
//! who is not reached; the others are deferred. Where a list is cut so, it is cut at the same value for those who cannot be called
//! at all (what they were worth if somebody could): nobody looks through thousands of lines without a number. Who has a place, says
//! that he comes, or was on a list before, also of a tour that rests, stays.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::PlanInputs;
use super::calls::{advisers, contacts_by_day, room, window};
use super::region::{Region, uncallable};
use super::tours::{MonthTours, OnTour, said_yes};
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
    /// It has a place, or its customer said that it comes.
    stays: bool,
    /// Why it cannot be called, if it cannot.
    uncallable: Option<&'static str>,
    value: f64,
}

/// One contact's claim to be on the list: who has a place first, then by value.
struct Claim<'a> {
    stays: bool,
    /// One of its vehicles at least.
    callable: bool,
    value: f64,
    /// Its vehicles, one at least.
    asks: &'a [NewOnList],
}

impl<'a> Claim<'a> {
    fn of(asks: &'a [NewOnList]) -> Self {
        Self {
            stays: asks.iter().any(|ask| ask.stays),
            callable: asks.iter().any(|ask| ask.uncallable.is_none()),
            value: asks.iter().map(|ask| ask.value).fold(0.0, f64::max),
            asks,
        }
    }
}

/// How many of these can be called.
fn callable(claims: &[Claim<'_>]) -> usize {
    claims.iter().filter(|claim| claim.callable).count()
}

/// Of the claims on a list for so many contacts that can be called, those that are not on it; none where all of them are.
fn beyond(mut claims: Vec<Claim<'_>>, most: usize) -> Vec<Claim<'_>> {
    claims.par_sort_unstable_by(|a, b| {
        b.stays
            .cmp(&a.stays)
            .then(b.value.total_cmp(&a.value))
            .then_with(|| a.asks[0].contact.cmp(&b.asks[0].contact))
    });
    let mut places = claims
        .iter()
        .enumerate()
        .filter(|(_, claim)| claim.callable);
    let Some((end, _)) = places.nth(most) else {
        return Vec::new();
    };
    let mut beyond = claims.split_off(end);
    beyond.retain(|claim| !claim.stays);
    // Who cannot be called is left out beside others only.
    if callable(&beyond) == 0 {
        beyond.clear();
    }
    beyond
}

impl MonthTours {
    /// Defers those of the waiting lists whom nobody can call.
    pub(super) fn shorten_lists(&mut self, inputs: &PlanInputs<'_>, region: &Region<'_>) {
        let tables = &inputs.ingested.tables;
        let advisers = advisers(tables);
        if advisers.is_empty() {
            return;
        }
        let last = inputs.given.map(|given| given.last);
        let called = last.map_or(&[][..], |last| &last.calls);
        let resting = last.map_or(&[][..], |last| &last.resting);
        let calls = called
            .iter()
            .chain(resting.iter().flat_map(|one| &one.calls));
        let before: BTreeSet<&str> = calls.map(|call| call.vehicle.as_str()).collect();
        let used = contacts_by_day(called, &advisers);
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
                contacts: callable(claims),
                days,
            })
            .collect();
        let quotas = quotas(&asked, &|day| room(&advisers, &used, day));
        let mut without = Vec::new();
        for (position, mut claims) in lists.into_iter().enumerate() {
            let is_over = windows[position].is_empty();
            // A first plan's window that is over says nothing about how many could be called; after it nobody new is.
            if is_over && inputs.given.is_none() {
                continue;
            }
            let beyond = if is_over {
                claims.retain(|claim| !claim.stays);
                claims
            } else {
                let calls: usize = quotas[position].iter().sum();
                beyond(claims, calls * LISTED_PER_CALL)
            };
            let not_called = callable(&beyond);
            if not_called > 0 {
                let tour = self.tours[position].id.clone();
                self.not_called.insert(tour, not_called);
            }
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
            let uncallable = uncallable(vehicle);
            let outline = &region.needs.outlines[*index];
            let outline = match uncallable {
                None => *outline,
                Some(_) => outline.if_called(&inputs.settings.predict, vehicle),
            };
            Some(NewOnList {
                tour: self.visits[on.visit].tour,
                begin: beginning(&contact),
                contact,
                vehicle: *index,
                stays: on.waits.is_none() || said_yes(inputs, *index),
                uncallable,
                value: outline.expected(true).value * on.share,
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

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(contact: &str, value: f64, uncallable: Option<&'static str>) -> NewOnList {
        NewOnList {
            tour: 0,
            contact: contact.to_owned(),
            begin: beginning(contact),
            vehicle: 0,
            stays: false,
            uncallable,
            value,
        }
    }

    /// The contacts that are not on a list for so many, of these.
    fn left_out(asks: &[NewOnList], most: usize) -> Vec<&str> {
        let of_contact = asks.chunk_by(|a, b| a.contact == b.contact);
        let claims = of_contact.map(Claim::of).collect();
        let beyond = beyond(claims, most).into_iter();
        beyond.map(|claim| claim.asks[0].contact.as_str()).collect()
    }

    const NOBODY: [&str; 0] = [];

    #[test]
    fn a_list_is_cut_at_one_value_for_who_can_be_called_and_who_cannot() {
        let asks = [
            ask("a", 9.0, None),
            ask("b", 8.0, Some("no_phone")),
            ask("c", 7.0, None),
            ask("d", 6.0, Some("do_not_call")),
            ask("e", 5.0, None),
            ask("f", 4.0, Some("no_phone")),
        ];
        assert_eq!(
            left_out(&asks, 3),
            NOBODY,
            "all who can be called are on it"
        );
        assert_eq!(left_out(&asks, 2), ["e", "f"]);
        assert_eq!(left_out(&asks, 1), ["c", "d", "e", "f"]);
        assert_eq!(left_out(&asks, 0), ["a", "b", "c", "d", "e", "f"]);
    }

    #[test]
    fn who_stays_takes_room_and_who_cannot_be_called_is_left_out_beside_others_only() {
        let mut asks = [
            ask("a", 1.0, None),
            ask("b", 2.0, None),
            ask("c", 9.0, Some("no_phone")),
            ask("d", 8.0, None),
        ];
        (asks[0].stays, asks[1].stays) = (true, true);
        assert_eq!(left_out(&asks, 1), ["c", "d"], "nobody who stays");
        assert_eq!(
            left_out(&asks[..3], 1),
            NOBODY,
            "nobody waits who could be called"
        );
        assert_eq!(left_out(&asks, 3), NOBODY);
    }

    #[test]
    fn a_contact_is_one_claim_that_can_be_called_where_one_of_its_vehicles_can() {
        let asks = [
            ask("a", 1.0, Some("do_not_call")),
            ask("a", 9.0, None),
            ask("b", 8.0, None),
        ];
        assert_eq!(left_out(&asks, 1), ["b"]);
    }
}
