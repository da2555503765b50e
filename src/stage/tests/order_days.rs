//! Latest order days over weekends, holidays, cut-offs and reviews. 2026-12-01 is a Tuesday.

use super::*;
use crate::domain::{Calendar, DayKind};
use crate::stage::{OrderOption, order_options};

fn first(part: &Part, ways: Vec<SupplierMode>, today: &str, needed: &str) -> Option<OrderOption> {
    let calendar = Calendar::official();
    let supply = supply(Vec::new(), ways);
    order_options(part, &supply, &calendar, day(today), day(needed), 1)
        .into_iter()
        .next()
}

fn road(lead: u32) -> SupplierMode {
    way(
        "maker",
        SupplierKind::Maker,
        TransportMode::Road,
        lead,
        20.0,
        1.0,
    )
}

fn dates(option: Option<OrderOption>) -> (String, String, bool) {
    let option = option.expect("a way");
    (
        option.order_by.to_string(),
        option.arrives.to_string(),
        option.in_time,
    )
}

#[test]
fn a_lead_of_two_workdays_for_monday_is_ordered_on_thursday() {
    let answer = dates(first(
        &road_part("A"),
        vec![road(2)],
        "2026-11-20",
        "2026-12-07",
    ));
    assert_eq!(answer, ("2026-12-03".into(), "2026-12-07".into(), true));
}

#[test]
fn a_need_on_a_sunday_is_met_on_the_friday_before() {
    let answer = dates(first(
        &road_part("A"),
        vec![road(1)],
        "2026-11-20",
        "2026-12-06",
    ));
    assert_eq!(answer, ("2026-12-03".into(), "2026-12-04".into(), true));
}

#[test]
fn nothing_is_ordered_on_a_rest_day_even_without_lead_time() {
    let answer = dates(first(
        &road_part("A"),
        vec![road(0)],
        "2026-11-20",
        "2026-12-06",
    ));
    assert_eq!(answer, ("2026-12-04".into(), "2026-12-04".into(), true));
}

#[test]
fn a_cut_off_moves_the_order_back_to_its_weekday() {
    let weekly = SupplierMode {
        cutoff_weekday: Some(Weekday::Wed),
        ..road(3)
    };
    let answer = dates(first(
        &road_part("A"),
        vec![weekly],
        "2026-11-20",
        "2026-12-04",
    ));
    // Wednesday 2 December would arrive on Monday the 7th.
    assert_eq!(answer, ("2026-11-25".into(), "2026-11-30".into(), true));
}

#[test]
fn a_cut_off_on_a_holiday_falls_back_a_week() {
    let weekly = SupplierMode {
        cutoff_weekday: Some(Weekday::Fri),
        ..road(1)
    };
    let mut calendar = Calendar::official();
    calendar.mark(day("2026-12-04"), DayKind::Rest);
    let supply = supply(Vec::new(), vec![weekly]);
    let options = order_options(
        &road_part("A"),
        &supply,
        &calendar,
        day("2026-11-20"),
        day("2026-12-08"),
        1,
    );
    assert_eq!(dates(options.into_iter().next()).0, "2026-11-27");
}

#[test]
fn a_monitored_part_is_ordered_its_review_earlier_from_the_maker_only() {
    let monitored = Part {
        monitored: true,
        review_workdays: 3,
        ..road_part("A")
    };
    let answer = dates(first(&monitored, vec![road(2)], "2026-11-20", "2026-12-07"));
    assert_eq!(answer, ("2026-11-30".into(), "2026-12-07".into(), true));
    let peer = way(
        "sister",
        SupplierKind::Peer,
        TransportMode::Road,
        2,
        20.0,
        1.0,
    );
    let answer = dates(first(&monitored, vec![peer], "2026-11-20", "2026-12-07"));
    assert_eq!(answer.0, "2026-12-03");
}

#[test]
fn make_up_workdays_count_and_the_long_holiday_does_not() {
    let answer = dates(first(
        &road_part("A"),
        vec![road(2)],
        "2026-09-20",
        "2026-10-10",
    ));
    // Saturday 10 October is worked, 1 to 7 October are not: Thursday 8 + 2 workdays.
    assert_eq!(answer, ("2026-10-08".into(), "2026-10-10".into(), true));
}

#[test]
fn today_is_still_in_time_and_yesterday_is_not() {
    let on_the_day = dates(first(
        &road_part("A"),
        vec![road(2)],
        "2026-12-03",
        "2026-12-07",
    ));
    assert_eq!(on_the_day, ("2026-12-03".into(), "2026-12-07".into(), true));
    let a_day_late = dates(first(
        &road_part("A"),
        vec![road(2)],
        "2026-12-04",
        "2026-12-07",
    ));
    assert_eq!(
        a_day_late,
        ("2026-12-04".into(), "2026-12-08".into(), false)
    );
}

#[test]
fn a_mode_not_allowed_is_no_option() {
    let air = way(
        "maker",
        SupplierKind::Maker,
        TransportMode::Air,
        1,
        1.0,
        1.0,
    );
    assert_eq!(
        first(&road_part("A"), vec![air], "2026-12-01", "2026-12-07"),
        None
    );
}

#[test]
fn an_absurd_lead_time_is_too_late_and_ends() {
    let answer = first(
        &road_part("A"),
        vec![road(u32::MAX)],
        "2026-12-01",
        "2026-12-07",
    );
    assert!(answer.is_some_and(|option| !option.in_time));
}
