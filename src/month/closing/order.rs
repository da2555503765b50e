//! Which step is allowed when: no sheet before a tour has left, no closing before it is home.

use std::collections::BTreeSet;

use super::super::filled::Filled;
use crate::domain::{Date, HandOverAnswer, JobReport};
use crate::findings::{Failure, Finding};
use crate::plan::model::{Plan, TourClosing};

/// A sheet that speaks of a day before its tour left.
///
/// # Errors
/// Status 3, with the tour and the day.
pub fn may_be_read(plan: &Plan, reports: &[JobReport], today: Date) -> Result<(), Failure> {
    for line in reports {
        let Some(tour) = tour_of(plan, line).and_then(|id| plan.tour(id)) else {
            continue;
        };
        let on = line.on.unwrap_or(today).min(today);
        if on < tour.depart {
            return Err(Failure::input(
                Finding::new("M072")
                    .in_file(&line.at.file)
                    .arg("tour", &tour.id)
                    .arg("depart", tour.depart)
                    .arg("on", on),
            ));
        }
    }
    Ok(())
}

/// The tour a sheet belongs to: the one written on it, else the booking's.
fn tour_of<'p>(plan: &'p Plan, line: &'p JobReport) -> Option<&'p str> {
    if plan.tour(&line.tour).is_some() {
        return Some(&line.tour);
    }
    let own = |booking: &str| booking.eq_ignore_ascii_case(&line.booking);
    let called = plan.vehicles.iter();
    let mut called = called.filter(|one| !line.booking.is_empty() && own(&one.booking));
    called.next().map(|one| one.tour.as_str())
}

/// The tours to be closed today: the one named; else every tour that is home, was told of and is not closed.
///
/// # Errors
/// Status 3 where the one named does not exist or is still out.
pub fn to_be_closed(
    plan: &Plan,
    filled: &Filled,
    named: Option<&str>,
    today: Date,
) -> Result<BTreeSet<String>, Failure> {
    if let Some(id) = named {
        let Some(tour) = plan.tour(id) else {
            let tours: Vec<&str> = plan.tours.iter().map(|tour| tour.id.as_str()).collect();
            let finding = Finding::new("M002").value(id);
            return Err(Failure::input(finding.arg("tours", tours.join(", "))));
        };
        if today < tour.ret {
            let finding = Finding::new("M076").value(id);
            return Err(Failure::input(
                finding.arg("ret", tour.ret).arg("on", today),
            ));
        }
    }
    let told: BTreeSet<&str> = filled
        .reports
        .iter()
        .filter_map(|read| tour_of(plan, &read.line))
        .collect();
    let home = plan.tours.iter().filter(|tour| {
        named.map_or(told.contains(tour.id.as_str()), |id| id == tour.id)
            && tour.ret <= today
            && !plan.is_closed(&tour.id)
    });
    Ok(home.map(|tour| tour.id.clone()).collect())
}

/// One finding for each answer about nobody who was called or handed over.
pub fn unasked(closings: &[TourClosing], filled: &Filled) -> Vec<Finding> {
    let called = closings.iter().flat_map(|one| &one.follow_ups);
    let called: BTreeSet<&str> = called
        .flat_map(|call| [call.booking.as_str(), call.vehicle.as_str()])
        .collect();
    let handed = closings.iter().flat_map(|one| &one.hand_overs);
    let handed: BTreeSet<&str> = handed
        .filter(|one| one.consent)
        .map(|one| one.booking.as_str())
        .collect();
    let mut findings = Vec::new();
    for line in filled.follow_ups.iter().map(|read| &read.line) {
        let key = if line.booking.is_empty() {
            &line.vehicle
        } else {
            &line.booking
        };
        if !called.contains(key.as_str()) {
            findings.push(nobody(&line.at.file, key));
        }
    }
    let partners = filled.hand_overs.iter().map(|read| &read.line);
    let about = |line: &&HandOverAnswer| !handed.contains(line.booking.as_str());
    for line in partners.filter(about) {
        findings.push(nobody(&line.at.file, &line.booking));
    }
    findings
}

fn nobody(file: &str, key: &str) -> Finding {
    Finding::new("M079").in_file(file).value(key)
}
