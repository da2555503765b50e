//! What a change makes of the last plan: days, slots and calls where they would be, before it is planned again.

use std::collections::{BTreeMap, BTreeSet};

use super::cannot;
use super::days::tours_of;
use crate::domain::Date;
use crate::findings::{Failure, Finding};
use crate::plan::model::{Call, Callable, MOVED, Plan, RestState, Resting, Visit};

/// Moves a tour by so many days: the same times of day on the new days. A customer who had wished a day that
/// the visit still has is booked anew on that day. Calls not made yet are to be planned anew, unless their day still
/// fits; calls made keep their day, with a deviation where it no longer does.
pub(super) fn shift(plan: &mut Plan, tour: &str, days: i64, today: Date) {
    let laid: Vec<Laid> = plan
        .visits_of(tour)
        .map(|visit| Laid {
            visit: visit.clone(),
            first: visit.first_day.plus_days(days),
            last: visit.last_day.plus_days(days),
            by: days,
        })
        .collect();
    lay(plan, tour, &laid);
    move_calls(plan, tour, today);
    leave_clashes(plan, tour);
}

/// One visit where it is to be.
#[derive(Clone)]
struct Laid {
    /// As it was.
    visit: Visit,
    first: Date,
    last: Date,
    /// By how many days its slots move.
    by: i64,
}

/// Lays a tour's visits anew; visits of it that are not listed must be gone from all lists.
fn lay(plan: &mut Plan, tour: &str, laid: &[Laid]) {
    let (Some(first), Some(last)) = (laid.first(), laid.last()) else {
        return;
    };
    let (depart, ret) = (first.first, last.last);
    let old_depart = plan.tour(tour).map_or(depart, |tour| tour.depart);
    if let Some(known) = plan.tours.iter_mut().find(|known| known.id == tour) {
        known.depart = depart;
        known.ret = ret;
    }
    for duty in plan.crew.iter_mut().filter(|duty| duty.tour == tour) {
        duty.date = duty.date.plus_days(depart.days_since(old_depart));
    }
    let by_id: BTreeMap<&str, (usize, &Laid)> = laid
        .iter()
        .enumerate()
        .map(|(stop, one)| (one.visit.id.as_str(), (stop, one)))
        .collect();
    let new_id = |stop: usize| format!("{tour}-{}", stop + 1);
    let mut moved: BTreeMap<String, i64> = BTreeMap::new();
    for one in plan.vehicles.iter_mut().filter(|one| one.tour == tour) {
        let Some((stop, to)) = by_id.get(one.visit.as_str()) else {
            continue;
        };
        one.visit = new_id(*stop);
        one.slot = shifted(&one.slot, to.by);
        moved.insert(one.vehicle.clone(), to.by);
        let day = one.slot.get(..10).and_then(Date::parse_iso);
        let wished = one.told.as_mut().filter(|told| {
            told.day
                .is_some_and(|wish| to.first <= wish && wish <= to.last && Some(wish) != day)
        });
        // Forgotten here, so that it counts as a new wish.
        if let Some(told) = wished {
            told.day = None;
        }
    }
    for call in plan.calls.iter_mut().filter(|call| call.tour == tour) {
        if let Some(by) = moved.get(&call.vehicle) {
            call.slot_offered = shifted(&call.slot_offered, *by);
        }
    }
    let at = plan.visits.iter().position(|visit| visit.tour == tour);
    plan.visits.retain(|visit| visit.tour != tour);
    let visits = laid.iter().enumerate().map(|(stop, one)| Visit {
        id: new_id(stop),
        stop: stop as u32 + 1,
        first_day: one.first,
        last_day: one.last,
        ..one.visit.clone()
    });
    let at = at.unwrap_or(plan.visits.len()).min(plan.visits.len());
    plan.visits.splice(at..at, visits);
}

/// A slot so many days later, at the same time; nothing stays nothing.
fn shifted(slot: &str, days: i64) -> String {
    let day = slot.get(..10).and_then(Date::parse_iso);
    match (day, slot.get(10..)) {
        (Some(day), Some(time)) => format!("{}{time}", day.plus_days(days)),
        _ => slot.to_owned(),
    }
}

/// Calls of a tour whose days have changed.
fn move_calls(plan: &mut Plan, tour: &str, today: Date) {
    let Some(depart) = plan.tour(tour).map(|tour| tour.depart) else {
        return;
    };
    let rules = &plan.settings.calls;
    let from = depart.plus_days(-i64::from(rules.from_days));
    let to = depart.plus_days(-i64::from(rules.to_days));
    let fits = |day: Date| from <= day && day <= to;
    // A fleet is one call: made for all where it was made for one.
    let made: BTreeSet<String> = plan
        .calls
        .iter()
        .filter(|call| call.tour == tour)
        .filter(|call| call.outcome.is_some() || call.call_date.is_some_and(|day| day < today))
        .map(|call| call.contact.clone())
        .collect();
    plan.calls.retain(|call| {
        let open =
            call.tour == tour && call.callable == Callable::Yes && !made.contains(&call.contact);
        !open || call.call_date.is_some_and(fits)
    });
    for call in plan.calls.iter_mut().filter(|call| call.tour == tour) {
        let late = call.call_date.is_some_and(|day| !fits(day));
        call.deviation.clear();
        if late {
            call.deviation.push_str(MOVED);
        }
    }
}

/// People who are on another tour now are no longer wished for on this one: what else goes keeps its crew.
fn leave_clashes(plan: &mut Plan, tour: &str) {
    let tours = tours_of(plan);
    let Some(own) = tours.iter().find(|given| given.id == tour) else {
        return;
    };
    let days = own.days();
    let others = tours.iter().filter(|other| other.id != tour);
    let busy: BTreeSet<&String> = others
        .filter(|other| other.days().iter().any(|day| days.contains(day)))
        .flat_map(|other| &other.crew)
        .collect();
    plan.crew
        .retain(|duty| duty.tour != tour || !busy.contains(&duty.person));
}

/// Takes a tour out of the month, as it stands; a suspended one changes its state.
pub(super) fn rest(plan: &mut Plan, tour: &str, state: RestState) {
    let Some(at) = plan.tours.iter().position(|known| known.id == tour) else {
        let mut resting = plan.resting.iter_mut().rev();
        let suspended =
            resting.find(|rest| rest.tour.id == tour && rest.state == RestState::Suspended);
        if let Some(rest) = suspended {
            rest.state = state;
        }
        return;
    };
    let known = plan.tours.remove(at);
    let rest = Resting {
        state,
        visits: taken(&mut plan.visits, |visit| visit.tour == tour),
        // Who a closed stop left without a place rests there already.
        vehicles: taken(&mut plan.vehicles, |one| {
            one.tour == tour && !one.visit.is_empty()
        }),
        calls: taken(&mut plan.calls, |call| call.tour == tour),
        crew: taken(&mut plan.crew, |duty| duty.tour == tour),
        tour: known,
    };
    plan.resting.push(rest);
}

/// Brings a suspended tour back as it stood.
pub(super) fn resume(plan: &mut Plan, tour: &str) {
    let suspended = |rest: &Resting| rest.tour.id == tour && rest.state == RestState::Suspended;
    let Some(at) = plan.resting.iter().rposition(suspended) else {
        return;
    };
    let rest = plan.resting.remove(at);
    plan.vehicles.retain(|one| !rest.holds(&one.vehicle));
    plan.tours.push(rest.tour);
    plan.visits.extend(rest.visits);
    plan.vehicles.extend(rest.vehicles);
    plan.calls.extend(rest.calls);
    plan.crew.extend(rest.crew);
}

fn taken<T>(list: &mut Vec<T>, wanted: impl Fn(&T) -> bool) -> Vec<T> {
    let (taken, left) = std::mem::take(list).into_iter().partition(wanted);
    *list = left;
    taken
}

/// Takes one stop out of a tour. The others keep their days where that can be: the tour leaves later or comes
/// home earlier, else its days go to the next stop; of a stop in between, the stop before stays longer, else the one
/// after begins earlier, else the later ones move forward (this first where nobody is booked there).
///
/// # Errors
/// Status 3 where the point is no stop of the tour or its only one, 4 where no way of going on is allowed.
pub(super) fn close_point(
    plan: &mut Plan,
    (tour, point): (&str, &str),
    today: Date,
    broken: &dyn Fn(&Plan) -> Vec<Finding>,
) -> Result<(), Failure> {
    let visits: Vec<Visit> = plan.visits_of(tour).cloned().collect();
    let Some(at) = visits.iter().position(|visit| visit.point == point) else {
        let points: Vec<&str> = visits.iter().map(|visit| visit.point.as_str()).collect();
        let finding = Finding::new("M086").value(point).arg("tour", tour);
        return Err(Failure::input(finding.arg("points", points.join(", "))));
    };
    if visits.len() == 1 {
        let finding = Finding::new("M087").value(point).arg("tour", tour);
        return Err(Failure::input(finding));
    }
    let Some(known) = plan.tour(tour).cloned() else {
        return Ok(());
    };
    let gone = visits[at].id.clone();
    let vehicles = taken(&mut plan.vehicles, |one| {
        one.tour == tour && one.visit == gone
    });
    let there: BTreeSet<&str> = vehicles.iter().map(|one| one.vehicle.as_str()).collect();
    let calls: Vec<Call> = taken(&mut plan.calls, |call| {
        call.tour == tour && there.contains(call.vehicle.as_str())
    });
    plan.resting.push(Resting {
        state: RestState::PointClosed,
        tour: known,
        visits: vec![visits[at].clone()],
        vehicles,
        calls,
        crew: Vec::new(),
    });
    let mut refused = Vec::new();
    let later: BTreeSet<&str> = visits[at + 1..].iter().map(|v| v.id.as_str()).collect();
    let mut booked = plan.vehicles.iter().filter(|one| one.is_booked());
    let keeps_days = booked.any(|one| later.contains(one.visit.as_str()));
    for laid in ways_on(&visits, at, keeps_days) {
        let mut tried = plan.clone();
        lay(&mut tried, tour, &laid);
        let why = broken(&tried);
        if why.is_empty() {
            move_calls(&mut tried, tour, today);
            *plan = tried;
            return Ok(());
        }
        refused.extend(why);
    }
    let finding = Finding::new("M088").value(point).arg("tour", tour);
    Err(cannot(finding, refused))
}

/// The ways a tour can go on without one of its stops, the best first: with nobody booked later on, the
/// shortest.
fn ways_on(visits: &[Visit], at: usize, keeps_days: bool) -> Vec<Vec<Laid>> {
    let days = visits[at].last_day.days_since(visits[at].first_day) + 1;
    let laid = |visit: &Visit, by: i64| Laid {
        visit: visit.clone(),
        first: visit.first_day.plus_days(by),
        last: visit.last_day.plus_days(by),
        by,
    };
    let without = |later_by: i64| -> Vec<Laid> {
        let others = visits.iter().enumerate().filter(|(stop, _)| *stop != at);
        let by = |stop: usize| if stop > at { later_by } else { 0 };
        others.map(|(stop, visit)| laid(visit, by(stop))).collect()
    };
    let mut longer = without(0);
    if let Some(before) = at.checked_sub(1).and_then(|stop| longer.get_mut(stop)) {
        before.last = before.last.plus_days(days);
    }
    let mut earlier = without(0);
    if let Some(after) = earlier.get_mut(at) {
        after.first = after.first.plus_days(-days);
    }
    if at == 0 {
        vec![without(0), earlier]
    } else if at + 1 == visits.len() {
        vec![without(0), longer]
    } else if keeps_days {
        vec![longer, earlier, without(-days)]
    } else {
        vec![without(-days), longer, earlier]
    }
}
