//! A tour changed by hand: moved, suspended, resumed, cancelled, without its van, a person or a stop.
//!
//! Responsible for: whether the change is in order, what it makes of the last plan (`edit`), which days are left
//! (`days`), and whom it concerns once the month is planned again (`concerned`). Not responsible for: planning
//! again (`plan::pipeline`, with everybody else held where he is), the notices (`documents::notices`).

mod concerned;
mod days;
mod edit;
mod reserve;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use super::journal::{Event, Journal};
use crate::domain::{Date, Fen};
use crate::findings::{Failure, FailureKind, Finding};
use crate::plan::model::{Change, Plan, RestState, Tour, TourChange};
use concerned::Before;
pub use days::Rules;

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Leave on another day; of a suspended tour: leave after all.
    To(Date),
    /// Not leave until further notice.
    Suspend,
    /// Not leave at all.
    Cancel,
    /// Go without this van or this person.
    Without(String),
    /// Not stop at this point.
    ClosePoint(String),
}

/// A change decided, to be planned: the last plan as it would stand, and what has to be said afterwards.
pub struct Moving {
    /// The last plan with the change in it: tours, slots and calls where they would be.
    pub last: Plan,
    /// Everybody on the tour's lists, as it was.
    before: BTreeMap<String, Before>,
    /// Technicians who went.
    technicians: usize,
    /// Days on which it could be done instead, for a refusal.
    other_days: Vec<Date>,
}

impl Moving {
    /// The tour that changes.
    pub fn tour(&self) -> &str {
        self.last
            .changes
            .last()
            .map_or("", |change| change.tour.as_str())
    }
}

/// Decides a change of a tour on `today`.
///
/// # Errors
/// Status 3 where the step is out of order (no such tour, gone, cancelled, a day that cannot be), 4 where a rule or a
/// missing reserve forbids it: with the rule and the nearest days that are allowed.
pub fn decide(
    plan: &Plan,
    journal: &Journal,
    rules: &Rules<'_>,
    (tour, asked, reason): (&str, &Asked, &str),
    today: Date,
) -> Result<Moving, Failure> {
    let standing = standing(plan, journal, tour, today)?;
    let mut moving = Moving {
        last: plan.clone(),
        before: concerned::before(plan, tour),
        technicians: reserve::technicians(plan, rules.crew, tour),
        other_days: Vec::new(),
    };
    let last = &mut moving.last;
    let change = match (asked, &standing) {
        (_, Standing::Cancelled) => return Err(out_of_order(tour, RestState::Cancelled.key())),
        (Asked::Suspend | Asked::Without(_) | Asked::ClosePoint(_), Standing::Suspended(_)) => {
            return Err(out_of_order(tour, RestState::Suspended.key()));
        }
        (Asked::To(to), Standing::Stands(known) | Standing::Suspended(known)) => {
            let resumes = matches!(standing, Standing::Suspended(_));
            days::check_day(plan, known, *to, resumes, today)?;
            if resumes {
                edit::resume(last, tour);
            }
            edit::shift(last, tour, to.days_since(known.depart), today);
            let broken = rules.broken(last, tour);
            if !broken.is_empty() {
                let mut days = rules.nearest(last, tour, *to, today);
                days.retain(|day| resumes || *day != known.depart);
                return Err(not_then(tour, *to, broken, &days));
            }
            moving.other_days = rules.nearest(last, tour, *to, today);
            moving.other_days.retain(|day| day != to);
            Change::Moved {
                from: known.depart,
                to: *to,
            }
        }
        (Asked::Suspend, Standing::Stands(known)) => {
            edit::rest(last, tour, RestState::Suspended);
            Change::Suspended { from: known.depart }
        }
        (Asked::Cancel, Standing::Stands(known) | Standing::Suspended(known)) => {
            edit::rest(last, tour, RestState::Cancelled);
            Change::Cancelled { from: known.depart }
        }
        (Asked::Without(lost), Standing::Stands(known)) => {
            let (change, other_days) = reserve::without(plan, rules, known, lost, today)?;
            moving.other_days = other_days;
            if let Change::WithoutPerson { person, .. } = &change {
                last.crew
                    .retain(|duty| duty.tour != tour || duty.person != *person);
            }
            change
        }
        (Asked::ClosePoint(point), Standing::Stands(_)) => {
            let broken = |plan: &Plan| rules.broken(plan, tour);
            edit::close_point(last, (tour, point), today, &broken)?;
            Change::WithoutPoint {
                point: point.clone(),
            }
        }
    };
    let cost_before = plan
        .tour(tour)
        .map_or(Fen::default(), |tour| tour.cost.total());
    last.changes.push(TourChange {
        number: plan.changes.iter().map(|one| one.number).max().unwrap_or(0) + 1,
        tour: tour.to_owned(),
        on: today,
        reason: reason.trim().to_owned(),
        change,
        cost_before,
        cost_now: Fen::default(),
        concerned: Vec::new(),
    });
    Ok(moving)
}

/// Where a tour stands before the change.
enum Standing {
    Stands(Tour),
    Suspended(Tour),
    Cancelled,
}

fn standing(plan: &Plan, journal: &Journal, id: &str, today: Date) -> Result<Standing, Failure> {
    let closed = journal
        .entries()
        .iter()
        .any(|entry| matches!(&entry.event, Event::Closed { tour } if tour == id));
    if closed {
        return Err(out_of_order(id, "closed"));
    }
    if let Some(tour) = plan.tour(id) {
        // Who has job sheets has been served: whatever the clock says, the tour is under way.
        if tour.depart < today || plan.closing(id).is_some() {
            return Err(out_of_order(id, "gone"));
        }
        return Ok(Standing::Stands(tour.clone()));
    }
    let whole = |state| state != RestState::PointClosed;
    let mut resting = plan.resting.iter().rev();
    let rest = resting.find(|rest| rest.tour.id == id && whole(rest.state));
    match rest {
        Some(rest) if rest.state == RestState::Suspended => {
            Ok(Standing::Suspended(rest.tour.clone()))
        }
        Some(_) => Ok(Standing::Cancelled),
        None => {
            let resting = plan.resting.iter().filter(|rest| whole(rest.state));
            let tours = plan.tours.iter().map(|tour| tour.id.as_str());
            let mut known: Vec<&str> = tours.chain(resting.map(|r| r.tour.id.as_str())).collect();
            known.sort_unstable();
            let finding = Finding::new("M002").value(id);
            Err(Failure::input(finding.arg("tours", known.join(", "))))
        }
    }
}

/// The step does not fit where the tour stands: `gone`, `closed`, `suspended`, `cancelled`.
fn out_of_order(tour: &str, state: &str) -> Failure {
    Failure::input(Finding::new("M018").value(tour).arg("state", state))
}

/// The rules forbid the day.
fn not_then(tour: &str, to: Date, broken: Vec<Finding>, days: &[Date]) -> Failure {
    let finding = Finding::new("M019").value(tour).arg("date", to);
    cannot(finding.arg("days", days::listed(days)), broken)
}

/// What cannot be, and each rule that forbids it.
fn cannot(what: Finding, rules: Vec<Finding>) -> Failure {
    let mut findings = vec![what];
    for rule in rules {
        if !findings.contains(&rule) {
            findings.push(rule);
        }
    }
    Failure {
        kind: FailureKind::NoPlan,
        findings,
    }
}
