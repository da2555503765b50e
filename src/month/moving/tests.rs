//! Changes decided on a small plan.

use super::edit::{close_point, rest, resume, shift};
use super::*;
use crate::domain::CallOutcome;
use crate::plan::model::{Callable, Status, Told, small};

fn day(text: &str) -> Date {
    Date::parse_iso(text).expect("a test date")
}

/// The small plan with its first vehicle booked on the first day of its visit.
fn booked() -> (Plan, String, Date) {
    let mut plan = small::plan();
    let tour = plan.tours[0].id.clone();
    let first = plan.tours[0].depart;
    let one = plan
        .vehicles
        .iter_mut()
        .find(|one| one.tour == tour && one.status == Status::Visit)
        .expect("a vehicle with a place");
    one.slot = format!("{first} 10:30");
    (plan, tour, first)
}

fn slot(plan: &Plan) -> &str {
    let booked = plan.vehicles.iter().find(|one| one.is_booked());
    booked.map_or("", |one| one.slot.as_str())
}

#[test]
fn a_tour_moved_keeps_the_time_of_day_of_every_slot() {
    let (mut plan, tour, first) = booked();
    let (length, kept) = (plan.tours[0].ret.days_since(first), plan.visits.len());
    shift(&mut plan, &tour, 3, first.plus_days(-2));
    let moved = plan.tour(&tour).expect("the tour");
    assert_eq!(moved.depart, first.plus_days(3));
    assert_eq!(moved.ret.days_since(moved.depart), length);
    assert_eq!(slot(&plan), format!("{} 10:30", first.plus_days(3)));
    assert_eq!(plan.visits.len(), kept);
    let mut duties = plan.crew.iter().filter(|duty| duty.tour == tour);
    assert!(duties.all(|duty| duty.date >= first.plus_days(3)));
}

#[test]
fn a_day_wished_that_the_visit_still_has_counts_as_a_new_wish() {
    let (mut plan, tour, first) = booked();
    let one = plan.vehicles.iter_mut().find(|one| one.is_booked());
    let one = one.expect("a booked vehicle");
    let (id, visit) = (one.vehicle.clone(), one.visit.clone());
    one.told = Some(Told {
        day: Some(first),
        ..Told::default()
    });
    for visit in plan.visits.iter_mut().filter(|known| known.id == visit) {
        visit.first_day = first.plus_days(-1);
        visit.last_day = first;
    }
    let wish = |plan: &Plan| {
        let one = plan.vehicles.iter().find(|one| one.vehicle == id);
        one.and_then(|one| one.told.as_ref())
            .and_then(|told| told.day)
    };
    let mut far = plan.clone();
    shift(&mut far, &tour, 9, first.plus_days(-5));
    assert_eq!(
        wish(&far),
        Some(first),
        "the visit is elsewhere: the slot just moves"
    );
    shift(&mut plan, &tour, 1, first.plus_days(-5));
    assert_eq!(wish(&plan), None, "the day wished is still there");
}

#[test]
fn calls_made_keep_their_day_with_a_deviation_and_open_ones_are_planned_anew() {
    let (mut plan, tour, first) = booked();
    let mut own = plan.calls.iter_mut().filter(|call| call.tour == tour);
    let call = own.next().expect("a call");
    call.callable = Callable::Yes;
    call.call_date = Some(first.plus_days(-4));
    call.contact = "C1".into();
    let open = crate::plan::model::Call {
        vehicle: "open".into(),
        booking: "open".into(),
        contact: "C2".into(),
        outcome: None,
        ..call.clone()
    };
    let made = call.vehicle.clone();
    call.outcome = Some(CallOutcome::Coming);
    plan.calls.push(open);
    shift(&mut plan, &tour, 7, first.plus_days(-5));
    let of = |vehicle: &str| plan.calls.iter().find(|call| call.vehicle == vehicle);
    assert_eq!(of(&made).map(|call| call.deviation.as_str()), Some("moved"));
    assert_eq!(of("open"), None);
}

#[test]
fn a_suspended_tour_takes_nothing_and_comes_back_as_it_stood() {
    let (plan, tour, _) = booked();
    let mut changed = plan.clone();
    rest(&mut changed, &tour, RestState::Suspended);
    assert!(changed.tour(&tour).is_none() && slot(&changed).is_empty());
    assert!(changed.visits_of(&tour).next().is_none());
    assert!(changed.calls.iter().all(|call| call.tour != tour));
    assert_eq!(changed.tour_or_resting(&tour), plan.tour(&tour));
    resume(&mut changed, &tour);
    let sorted = |plan: &Plan| {
        let mut ids: Vec<String> = plan
            .vehicles
            .iter()
            .map(|one| one.vehicle.clone())
            .collect();
        ids.sort();
        (ids, plan.calls.len(), plan.crew.len(), plan.visits.len())
    };
    assert_eq!(sorted(&changed), sorted(&plan));
    assert_eq!((slot(&changed), changed.resting.len()), (slot(&plan), 0));
}

#[test]
fn a_tour_that_has_left_is_closed_or_unknown_is_not_changed() {
    let (plan, tour, first) = booked();
    let mut journal = Journal::default();
    let state = |journal: &Journal, id: &str, today| {
        let failure = standing(&plan, journal, id, today).err()?;
        let finding = failure.findings.into_iter().next()?;
        let state = finding.args.get("state").cloned().unwrap_or_default();
        Some((finding.code, state))
    };
    let said = |code: &str, state: &str| Some((code.to_owned(), state.to_owned()));
    assert_eq!(
        state(&journal, &tour, first),
        None,
        "it may still break down at home"
    );
    assert_eq!(
        state(&journal, &tour, first.plus_days(1)),
        said("M018", "gone")
    );
    assert_eq!(state(&journal, "T99", first), said("M002", ""));
    journal.add(first, Event::Closed { tour: tour.clone() });
    assert_eq!(state(&journal, &tour, first), said("M018", "closed"));
}

#[test]
fn the_only_stop_of_a_tour_cannot_be_closed() {
    let (mut plan, tour, first) = booked();
    plan.visits
        .retain(|visit| visit.tour != tour || visit.stop == 1);
    let point = plan.visits_of(&tour).next().expect("a stop").point.clone();
    let failure = close_point(&mut plan, (&tour, &point), first, &|_| Vec::new());
    let codes = failure
        .err()
        .map(|failure| failure.findings[0].code.clone());
    assert_eq!(codes.as_deref(), Some("M087"));
}

#[test]
fn customers_of_a_stop_in_between_rest_and_the_others_keep_their_days() {
    let (mut plan, tour, first) = booked();
    let model = plan.visits_of(&tour).next().expect("a stop").clone();
    plan.visits.retain(|visit| visit.tour != tour);
    for stop in 0..3_u32 {
        plan.visits.push(crate::plan::model::Visit {
            id: format!("{tour}-{}", stop + 1),
            stop: stop + 1,
            point: format!("P{stop}"),
            first_day: first.plus_days(i64::from(stop)),
            last_day: first.plus_days(i64::from(stop)),
            ..model.clone()
        });
    }
    let one = plan.vehicles.iter_mut().find(|one| one.is_booked());
    let one = one.expect("a booked vehicle");
    one.visit = format!("{tour}-3");
    one.slot = format!("{} 10:30", first.plus_days(2));
    let at_second = crate::plan::model::CalledVehicle {
        vehicle: "second".into(),
        visit: format!("{tour}-2"),
        slot: format!("{} 09:00", first.plus_days(1)),
        ..one.clone()
    };
    plan.vehicles.push(at_second);
    close_point(&mut plan, (&tour, "P1"), first.plus_days(-9), &|_| {
        Vec::new()
    })
    .expect("it goes on");
    let days: Vec<(Date, Date, String)> = plan
        .visits_of(&tour)
        .map(|visit| (visit.first_day, visit.last_day, visit.id.clone()))
        .collect();
    let third = first.plus_days(2);
    assert_eq!(days[0], (first, first.plus_days(1), format!("{tour}-1")));
    assert_eq!(days[1], (third, third, format!("{tour}-2")));
    assert_eq!(slot(&plan), format!("{third} 10:30"));
    assert!(plan.resting[0].holds("second") && plan.resting[0].state == RestState::PointClosed);
    assert!(plan.vehicles.iter().all(|one| one.vehicle != "second"));
}

#[test]
fn a_day_that_is_over_in_another_month_or_the_same_is_refused() {
    let (plan, tour, first) = booked();
    let known = plan.tour(&tour).expect("the tour");
    let why = |to: Date, resumes: bool| {
        let failure = days::check_day(&plan, known, to, resumes, first.plus_days(-3)).err()?;
        failure.findings[0].args.get("why").cloned()
    };
    assert_eq!(why(first.plus_days(-3), false).as_deref(), Some("past"));
    assert_eq!(
        why(day("2027-02-01"), false).as_deref(),
        Some("other_month")
    );
    assert_eq!(why(first, false).as_deref(), Some("same_day"));
    assert_eq!(why(first, true), None);
}
