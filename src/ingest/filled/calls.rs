//! Call sheets: one line per vehicle.

use crate::domain::{Answer, FilledAt};

use super::line::{Line, keep};
use super::words::{Asks, OUTCOME_WORDS, means_all, means_none, outcome};
use super::{Returned, Said};

/// What is written in by the caller.
const WRITTEN: [&str; 17] = [
    "outcome",
    "odometer_km",
    "usage",
    "symptoms",
    "wishes",
    "elsewhere",
    "confirmed",
    "struck",
    "added",
    "price_told",
    "day",
    "time",
    "when",
    "do_not_call",
    "sms_optout",
    "handover_consent",
    "again",
];

impl Returned for Answer {
    fn about(&self) -> String {
        self.booking.clone()
    }
    fn at(&mut self) -> &mut FilledAt {
        &mut self.at
    }
}

pub(super) fn answer(line: &mut Line<'_, '_>) -> Said<Answer> {
    // The day alone says nothing about the customer.
    if !line.any(&WRITTEN) {
        return Said::Nothing;
    }
    let Some((booking, booked)) = line.booking() else {
        return Said::Aside;
    };
    let mut wishes = line.text("wishes");
    let (mut confirmed, mut struck) = (Vec::new(), Vec::new());
    if means_all(line.record.raw("confirmed")) && !booked.items.is_empty() {
        confirmed.clone_from(&booked.items);
    } else {
        confirmed.extend(line.items("confirmed", &mut wishes));
    }
    if means_none(line.record.raw("struck")) && !booked.items.is_empty() {
        struck.clone_from(&booked.items);
    } else {
        let mut unknown = String::new();
        struck.extend(line.items("struck", &mut unknown));
        if !unknown.is_empty() {
            // A word that is not wanted must not read as a wish.
            keep(&mut wishes, &format!("✗ {unknown}"));
        }
    }
    let added = line.items("added", &mut wishes);
    let (both, day, time) = (
        line.day_and_time("when"),
        line.day_and_time("day"),
        line.time("time"),
    );
    let answer = Answer {
        booking: booking.to_owned(),
        called_on: line.day("called_on"),
        outcome: line.choice("outcome", outcome, OUTCOME_WORDS),
        odometer_km: line.kilometres("odometer_km"),
        usage: line.text("usage"),
        symptoms: line.text("symptoms"),
        wishes,
        elsewhere: line.yes_no("elsewhere", Asks::Fact),
        confirmed,
        struck,
        added,
        price_told: line.yuan("price_told"),
        day: day.day.or(time.day).or(both.day),
        minutes: time.minutes.or(day.minutes).or(both.minutes),
        do_not_call: line.yes_no("do_not_call", Asks::Refusal),
        sms_optout: line.yes_no("sms_optout", Asks::Refusal),
        handover_consent: line.yes_no("handover_consent", Asks::Consent),
        again: line.day("again"),
        at: line.at(),
    };
    if answer.outcome.is_none() && !line.any(&["outcome"]) {
        line.tell("M054", "outcome", "");
    }
    Said::Line(answer)
}
