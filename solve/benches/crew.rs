//! The crew engine on made-up months.

use divan::{Bencher, black_box};
use tourplan_solve::crew::{
    AssignmentProblem, CREW_SCHEMA, CrewDay, CrewItem, CrewJob, CrewProblem, Person, TourNeed,
    assign, solve,
};

mod dice;
use dice::Dice;

fn main() {
    divan::main();
}

/// Days of 16 vehicles with five items each that they may need.
fn month(days: usize) -> CrewProblem {
    let mut dice = Dice::new(days as u64);
    let job = |dice: &mut Dice| CrewJob {
        show: 0.5 + 0.5 * dice.unit(),
        base_hours: 0.3 + 0.5 * dice.unit(),
        items: (0..5)
            .map(|_| CrewItem {
                p: 0.5 * dice.unit(),
                hours: 0.2 + 3.0 * dice.unit(),
            })
            .collect(),
    };
    CrewProblem {
        schema: CREW_SCHEMA.to_owned(),
        service_level: 0.9,
        effective_hours: 6.12,
        staffed_hour_cost: 30.0,
        overtime_hour_cost: 55.0,
        days: (0..days)
            .map(|_| CrewDay {
                jobs: (0..16).map(|_| job(&mut dice)).collect(),
            })
            .collect(),
    }
}

/// One iteration: the distribution of every day's hours, and the technicians each day needs.
#[divan::bench(args = [1, 20])]
fn technicians_of_days(bencher: Bencher<'_, '_>, days: usize) {
    let problem = month(days);
    bencher.bench_local(|| solve(black_box(&problem)).expect("well formed"));
}

/// People of four skills, each with two or three of them, and a month of tours two at a time.
fn tours((people, tours): (usize, usize)) -> AssignmentProblem {
    let mut dice = Dice::new((people * 100 + tours) as u64);
    let person = |dice: &mut Dice, n: usize| Person {
        skills: (0..4)
            .filter(|skill| skill % 2 == n % 2 || dice.below(3) == 0)
            .collect(),
        days: (0..31).map(|_| dice.below(40) > 0).collect(),
        technician: n % 5 != 4,
        leader: n.is_multiple_of(3),
        driver: n.is_multiple_of(2),
        rank: dice.below(4) as u32,
        hours_per_day: 8.0,
        load_hours: 0.0,
    };
    let need = |dice: &mut Dice, n: usize| TourNeed {
        first_day: (n / 2) * 5,
        last_day: (n / 2) * 5 + 2,
        seats: 4,
        technicians: 2,
        skills: vec![(dice.below(4), 6.0 * dice.unit())],
        needs_driver: true,
    };
    AssignmentProblem {
        people: (0..people).map(|n| person(&mut dice, n)).collect(),
        tours: (0..tours).map(|n| need(&mut dice, n)).collect(),
    }
}

/// One iteration: the people of every tour of a month, named; (people, tours).
#[divan::bench(args = [(10, 6), (20, 12)], sample_count = 20, sample_size = 1)]
fn people_of_tours(bencher: Bencher<'_, '_>, size: (usize, usize)) {
    let problem = tours(size);
    bencher.bench_local(|| assign(black_box(&problem)).expect("there are enough"));
}
