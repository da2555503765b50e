//! Hours and technicians of days small enough to be worked out by hand.

use super::super::*;
use super::problem;

fn job(show: f64, base_hours: f64) -> CrewJob {
    CrewJob {
        show,
        base_hours,
        items: Vec::new(),
    }
}

fn day_of(jobs: Vec<CrewJob>) -> CrewDay {
    CrewDay { jobs }
}

/// The answer to one day at six hours a technician.
fn answer(jobs: Vec<CrewJob>, staffed: f64, overtime: f64) -> DayCrew {
    let asked = CrewProblem {
        effective_hours: 6.0,
        staffed_hour_cost: staffed,
        overtime_hour_cost: overtime,
        ..problem(vec![day_of(jobs)])
    };
    solve(&asked).expect("valid").days.remove(0)
}

#[test]
fn twelve_certain_hours_are_two_technicians_of_six_and_a_tenth_more_is_three() {
    assert_eq!(answer(vec![job(1.0, 12.0)], 30.0, 55.0).technicians, 2);
    assert_eq!(answer(vec![job(1.0, 12.1)], 30.0, 55.0).technicians, 3);
    assert_eq!(answer(Vec::new(), 30.0, 55.0).technicians, 0);
}

#[test]
fn a_chance_of_exactly_the_level_is_enough() {
    // Nobody comes with 1 − 0.1.
    let day = answer(vec![job(0.1, 2.0)], 30.0, 55.0);
    assert_eq!((day.quantiles.q90, day.quantiles.q95), (0.0, 2.0));
    // Nobody comes, or the first alone: 0.8 · 0.8 + 0.2 · 0.8 = 0.8.
    let two = answer(vec![job(0.2, 1.0), job(0.2, 4.0)], 30.0, 55.0);
    assert_eq!((two.quantiles.q50, two.quantiles.q80), (0.0, 1.0));
}

#[test]
fn a_long_day_costs_least_with_as_many_technicians_as_it_fills() {
    // 30 h, certain: five of six hours each at 30 yuan, and each hour without one at 55.
    let day = answer(vec![job(1.0, 30.0)], 30.0, 55.0);
    assert_eq!(day.newsvendor.technicians, 5);
    assert!((day.newsvendor.expected_cost - 900.0).abs() < 1e-9);
    // Where an hour beyond costs less than a staffed one nobody is staffed.
    let day = answer(vec![job(1.0, 30.0)], 30.0, 20.0);
    assert_eq!(day.newsvendor.technicians, 0);
    assert!((day.newsvendor.expected_cost - 600.0).abs() < 1e-9);
}

#[test]
fn of_numbers_that_cost_the_same_the_smallest_is_taken() {
    // Staffed hours cost nothing: from two technicians on nothing is left to pay.
    let free = answer(vec![job(1.0, 12.0)], 0.0, 55.0);
    assert_eq!(free.newsvendor.technicians, 2);
    assert!(free.newsvendor.expected_cost.abs() < 1e-9);
    // A staffed hour costs as much as one beyond: it is all one until the day is full.
    let even = answer(vec![job(1.0, 12.0)], 40.0, 40.0);
    assert_eq!(even.newsvendor.technicians, 0);
    assert!((even.newsvendor.expected_cost - 480.0).abs() < 1e-9);
}

#[test]
fn a_day_may_add_up_to_ten_thousand_hours_and_no_more() {
    let item = CrewItem {
        p: 0.5,
        hours: 1_000.0,
    };
    let busy = |more: f64| {
        let mut first = job(0.5, 2_500.0);
        first.items = vec![item, item];
        let mut second = job(0.5, 3_000.0 + more);
        second.items = vec![
            item,
            item,
            CrewItem {
                p: 0.1,
                hours: 500.0,
            },
        ];
        problem(vec![day_of(vec![first, second]), day_of(Vec::new())])
    };
    assert_eq!(busy(0.0).validate(), Ok(()));
    let faults = busy(0.1).validate().expect_err("too many hours").faults;
    assert_eq!(
        faults,
        ["days[0]: may add up to 10000.1 hours, the most is 10000"]
    );
}
