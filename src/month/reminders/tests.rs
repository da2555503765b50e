//! Which day, which channel, and what is said where neither can be had.

use proptest::prelude::*;

use super::*;
use crate::domain::{DayKind, Vehicle};
use crate::plan::model::TourChange;
use crate::plan::model::small::{VIN, book, day, plan};

const MOBILE: Phones = Phones {
    mobile: true,
    landline: false,
};
const LANDLINE: Phones = Phones {
    mobile: false,
    landline: true,
};

/// The small month (T01 leaves on Thursday the 10th) with these bookings.
fn booked(bookings: &[(&str, &str)]) -> Plan {
    let mut plan = plan();
    for (booking, slot) in bookings {
        book(&mut plan, booking, slot);
    }
    plan
}

fn one(slot: &str) -> Plan {
    booked(&[("B-002", slot)])
}

fn on(plan: &Plan, today: Date) -> (Vec<Reminder>, Vec<Finding>) {
    schedule(
        plan,
        &|_| MOBILE,
        &nothing,
        &[],
        &Calendar::official(),
        today,
    )
}

fn nothing(_: &str) -> Refusals {
    Refusals::default()
}

fn seen(reminders: &[Reminder]) -> Vec<(ReminderKind, Option<Date>, &str)> {
    let see = |one: &'_ Reminder| (one.kind, one.date, one.channel.key());
    reminders.iter().map(see).collect()
}

fn change(plan: &mut Plan, change: Change) {
    plan.changes.push(TourChange {
        number: plan.changes.len() as u32 + 1,
        tour: "T01".into(),
        on: day(8),
        reason: String::new(),
        change,
        cost_before: crate::domain::Fen(0),
        cost_now: crate::domain::Fen(0),
        concerned: vec![],
    });
}

#[test]
fn a_booking_is_reminded_on_the_first_workday_of_the_window_and_on_departure() {
    let (reminders, findings) = on(&one("2026-12-10 10:00"), day(4));
    assert_eq!(
        seen(&reminders),
        [
            (ReminderKind::First, Some(day(8)), "text"),
            (ReminderKind::Departure, Some(day(10)), "text"),
        ]
    );
    assert_eq!(findings, Vec::new());
    assert_eq!(reminders[0].contact, "C0002");
}

#[test]
fn who_has_no_slot_is_not_reminded() {
    assert_eq!(on(&plan(), day(4)).0, Vec::new());
}

#[test]
fn a_rest_day_is_used_only_where_the_window_has_no_workday() {
    let plan = one("2026-12-10 10:00");
    let mut calendar = Calendar::official();
    calendar.mark(day(8), DayKind::Rest);
    let (reminders, findings) = schedule(&plan, &|_| MOBILE, &nothing, &[], &calendar, day(4));
    assert_eq!(reminders[0].date, Some(day(9)), "the workday first");
    assert_eq!(findings, Vec::new());
    calendar.mark(day(9), DayKind::Rest);
    let (reminders, findings) = schedule(&plan, &|_| MOBILE, &nothing, &[], &calendar, day(4));
    assert_eq!(reminders[0].date, Some(day(8)));
    assert_eq!(reminders[0].deviation, "", "inside the window it is none");
    assert_eq!(findings[0].code, "M082");
}

#[test]
fn after_the_window_the_next_day_is_used_and_said() {
    let mut plan = one("2026-12-11 10:00");
    let (reminders, findings) = on(&plan, day(10));
    assert_eq!(
        seen(&reminders),
        [(ReminderKind::First, Some(day(10)), "text")]
    );
    assert_eq!(reminders[0].deviation, "booked_late");
    assert_eq!(
        (&*findings[0].code, &*findings[0].args["bookings"]),
        ("M080", "B-002")
    );
    let moved = Change::Moved {
        from: day(12),
        to: day(10),
    };
    change(&mut plan, moved);
    assert_eq!(on(&plan, day(10)).0[0].deviation, "moved");
}

#[test]
fn on_the_day_of_the_visit_only_the_departure_text_is_left_and_that_is_said() {
    let (reminders, findings) = on(&one("2026-12-10 10:00"), day(10));
    assert_eq!(
        seen(&reminders),
        [
            (ReminderKind::Departure, Some(day(10)), "text"),
            (ReminderKind::First, None, "none"),
        ]
    );
    assert_eq!(reminders[1].deviation, "too_late");
    assert_eq!(findings[0].code, "M081");
}

#[test]
fn what_was_sent_before_today_stays_as_long_as_the_slot_does() {
    let mut plan = one("2026-12-11 10:00");
    let (sent, _) = on(&plan, day(4));
    let again = |plan: &Plan| {
        schedule(
            plan,
            &|_| MOBILE,
            &nothing,
            &sent,
            &Calendar::official(),
            day(10),
        )
    };
    let (reminders, findings) = again(&plan);
    assert_eq!((reminders, findings), (sent.clone(), Vec::new()));
    book(&mut plan, "B-002", "2026-12-11 14:00");
    let (reminders, _) = again(&plan);
    assert_eq!(
        reminders[0].date,
        Some(day(10)),
        "another slot is told again"
    );
    assert_eq!(reminders[0].deviation, "booked_late");
}

#[test]
fn a_visit_from_the_third_day_on_gets_a_second_text_on_its_eve() {
    let mut plan = one("2026-12-12 10:00");
    plan.visits[0].first_day = day(12);
    plan.visits[0].last_day = day(13);
    plan.tours[0].ret = day(13);
    let kinds = seen(&on(&plan, day(4)).0)
        .iter()
        .map(|(kind, date, _)| (*kind, *date))
        .collect::<Vec<_>>();
    assert_eq!(
        kinds,
        [
            (ReminderKind::First, Some(day(8))),
            (ReminderKind::Departure, Some(day(10))),
            (ReminderKind::Second, Some(day(11))),
        ]
    );
    plan.visits[0].first_day = day(11);
    let second = |one: &Reminder| one.kind == ReminderKind::Second;
    assert!(!on(&plan, day(4)).0.iter().any(second), "second day: none");
}

#[test]
fn channels_follow_numbers_and_wishes() {
    let channel = |plan: &Plan, phones: Phones| {
        let (reminders, findings) = schedule(
            plan,
            &|_| phones,
            &nothing,
            &[],
            &Calendar::official(),
            day(4),
        );
        let why = findings.first().map(|one| one.args["why"].clone());
        (reminders[0].channel.key(), reminders.len(), why)
    };
    let mut plan = one("2026-12-10 10:00");
    assert_eq!(channel(&plan, MOBILE), ("text", 2, None));
    assert_eq!(channel(&plan, LANDLINE), ("call", 2, None));
    let no_number = channel(&plan, Phones::default());
    assert_eq!(no_number, ("none", 1, Some("no_number".into())));
    plan.vehicles[1].sms_optout = true;
    assert_eq!(channel(&plan, MOBILE), ("call", 2, None));
    plan.calls[1].callable = Callable::DoNotCall;
    assert_eq!(channel(&plan, MOBILE), ("none", 1, Some("refused".into())));
    plan.vehicles[1].sms_optout = false;
    assert_eq!(
        channel(&plan, MOBILE),
        ("text", 2, None),
        "refuses calls only"
    );
}

#[test]
fn a_refusal_about_one_vehicle_counts_for_the_whole_fleet() {
    let mut plan = booked(&[("B-001", "2026-12-10 10:00"), ("B-003", "2026-12-11 10:00")]);
    plan.vehicles[2].sms_optout = true;
    let (reminders, _) = on(&plan, day(4));
    assert!(reminders.iter().all(|one| one.channel == Channel::Call));
    let first: BTreeSet<_> = reminders
        .iter()
        .filter(|one| one.kind == ReminderKind::First)
        .map(|one| (one.date, one.contact.as_str()))
        .collect();
    assert_eq!(first.len(), 1, "a fleet is one message a day");
    assert!(reminders.iter().any(|one| one.vehicle == VIN));
}

#[test]
fn a_refusal_about_a_vehicle_on_no_list_counts_for_its_number_too() {
    let vehicle = |id: &str, phone: &str| Vehicle {
        id: id.into(),
        phones: [phone.into()].into(),
        ..Vehicle::default()
    };
    let (number, other) = ("19900000001", "19900000002");
    let mut population = [
        vehicle("A", number),
        vehicle("B", number),
        vehicle("C", other),
    ];
    (population[0].do_not_call, population[1].sms_optout) = (true, true);
    let refusing = Refusals::of(&population);
    let all = Refusals {
        texts: true,
        calls: true,
    };
    assert_eq!(refusing[&population[1].contact_key()], all);
    assert!(!refusing.contains_key(&population[2].contact_key()));

    let plan = one("2026-12-10 10:00");
    let calendar = Calendar::official();
    let channel = |refused: Refusals| {
        schedule(&plan, &|_| MOBILE, &|_| refused, &[], &calendar, day(4)).0[0].channel
    };
    assert_eq!(channel(all), Channel::None);
    let texts = Refusals {
        calls: false,
        ..all
    };
    assert_eq!(channel(texts), Channel::Call);
    assert_eq!(channel(nothing("")), Channel::Text);
}

#[test]
fn a_suspended_or_cancelled_tour_reminds_nobody_until_it_is_resumed() {
    let mut plan = one("2026-12-10 10:00");
    change(&mut plan, Change::Suspended { from: day(10) });
    assert_eq!(on(&plan, day(4)).0, Vec::new());
    let van = Change::WithoutVan {
        van: "v".into(),
        reserve: "r".into(),
    };
    change(&mut plan, van);
    assert_eq!(
        on(&plan, day(4)).0,
        Vec::new(),
        "another van resumes nothing"
    );
    let resumed = Change::Moved {
        from: day(10),
        to: day(10),
    };
    change(&mut plan, resumed);
    assert_eq!(on(&plan, day(4)).0.len(), 2);
    change(&mut plan, Change::Cancelled { from: day(10) });
    assert_eq!(on(&plan, day(4)).0, Vec::new());
}

proptest! {
    /// Whatever the day, tour and slot: a first reminder lies in its window or says why not, nothing is
    /// sent before today or after the eve, and the message of departure goes out on that day.
    #[test]
    fn reminders_keep_their_window_or_say_why(
        depart in 5_u32..20, into in 0_i64..5, today in 1_u32..25, rest in 1_u32..25, fleet in any::<bool>()
    ) {
        let slot = day(depart).plus_days(into);
        let mut plan = one(&format!("{slot} 10:00"));
        if fleet {
            book(&mut plan, "B-001", &format!("{slot} 11:00"));
        }
        plan.tours[0].depart = day(depart);
        plan.tours[0].ret = slot;
        plan.visits[0].first_day = slot;
        plan.visits[0].last_day = slot;
        let mut calendar = Calendar::official();
        calendar.mark(day(rest), DayKind::Rest);
        let (reminders, findings) = schedule(&plan, &|_| MOBILE, &nothing, &[], &calendar, day(today));
        let window = [day(depart).plus_days(-2), day(depart).plus_days(-1)];
        for one in &reminders {
            let Some(date) = one.date else {
                prop_assert_eq!(&*one.deviation, "too_late");
                continue;
            };
            prop_assert!(date >= day(today));
            match one.kind {
                ReminderKind::First if one.deviation.is_empty() => prop_assert!(window.contains(&date)),
                ReminderKind::First => prop_assert!(date < slot && date > window[1]),
                ReminderKind::Second => prop_assert!(date == slot.plus_days(-1) && into >= 2),
                ReminderKind::Departure => prop_assert_eq!(date, day(depart)),
            }
        }
        let firsts = reminders.iter().filter(|one| one.kind == ReminderKind::First).count();
        prop_assert_eq!(firsts, 1 + usize::from(fleet));
        let deviates = reminders.iter().any(|one| !one.deviation.is_empty());
        prop_assert_eq!(deviates, findings.iter().any(|one| one.code != "M082"));
    }
}
