//! Job sheets: one line per vehicle that came or was to come, walk-ins on spare lines.

use crate::domain::{FilledAt, JobReport};

use super::line::Line;
use super::words::{Asks, RESULT_WORDS, result};
use super::{Returned, Said};

/// What is written in on the day.
const WRITTEN: [&str; 11] = [
    "result",
    "odometer_km",
    "done",
    "used",
    "missing",
    "wrong",
    "hours",
    "settled",
    "warranty",
    "handover_consent",
    "note",
];

impl Returned for JobReport {
    fn about(&self) -> String {
        format!("{}|{}", self.booking, self.vehicle)
    }
    fn at(&mut self) -> &mut FilledAt {
        &mut self.at
    }
}

pub(super) fn report(line: &mut Line<'_, '_>) -> Said<JobReport> {
    if !line.any(&WRITTEN) {
        return Said::Nothing;
    }
    let walks_in = line.yes_no("walk_in", Asks::Fact) == Some(true);
    let mut vehicle = line.word("vehicle", "M041");
    if vehicle.is_empty() {
        vehicle = line.word("plate", "M041");
    }
    let mut tour = line.word("tour", "M058");
    let has_key = line.any(&["booking"]);
    // A line written anew by hand names the vehicle only: its booking is still the vehicle's own.
    let known = (!has_key && !walks_in)
        .then(|| line.lookup.booking_of(&vehicle))
        .flatten();
    let mut booking = String::new();
    if has_key || (vehicle.is_empty() && !walks_in) {
        let Some((key, booked)) = line.booking() else {
            return Said::Aside;
        };
        key.clone_into(&mut booking);
        booked.vehicle.clone_into(&mut vehicle);
        booked.tour.clone_into(&mut tour);
    } else if let Some((key, booked)) = known.and_then(|key| line.lookup.booking(key)) {
        key.clone_into(&mut booking);
        booked.vehicle.clone_into(&mut vehicle);
        booked.tour.clone_into(&mut tour);
    } else if vehicle.is_empty() {
        line.tell("M042", "vehicle", "");
        return Said::Aside;
    }
    let mut note = line.text("note");
    let report = JobReport {
        walk_in: booking.is_empty(),
        booking,
        tour,
        vehicle,
        on: line.day("on"),
        result: line.choice("result", result, RESULT_WORDS),
        odometer_km: line.kilometres("odometer_km"),
        done: line.items("done", &mut note),
        used: line.parts("used", &mut note),
        missing: line.parts("missing", &mut note),
        wrong: line.parts("wrong", &mut note),
        hours: line.hours("hours"),
        settled: line.yuan("settled"),
        warranty: line.yuan("warranty"),
        handover_consent: line.yes_no("handover_consent", Asks::Consent),
        note,
        at: line.at(),
    };
    if report.result.is_none() && !line.any(&["result"]) {
        line.tell("M054", "result", "");
    }
    Said::Line(report)
}
