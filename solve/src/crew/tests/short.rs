//! What is said to be missing, where it can be counted by hand.

use super::super::*;
use super::everyone;

fn tour(first_day: usize, last_day: usize, technicians: u32) -> TourNeed {
    TourNeed {
        first_day,
        last_day,
        seats: technicians,
        technicians,
        ..TourNeed::default()
    }
}

fn missing(people: Vec<Person>, tours: Vec<TourNeed>) -> Shortfall {
    assign(&AssignmentProblem { people, tours }).expect_err("something is missing")
}

#[test]
fn a_van_too_small_for_its_technicians_is_named_with_its_seats() {
    let small = TourNeed {
        seats: 2,
        ..tour(5, 6, 4)
    };
    let short = missing(vec![everyone(&[]); 6], vec![tour(0, 0, 2), small]);
    let expected = Shortfall {
        lack: Lack::Seats,
        day: Some(5),
        tours: vec![1],
        people: Vec::new(),
        needed: 4,
        there: 2,
    };
    assert_eq!(short, expected);
}

#[test]
fn a_van_that_is_just_full_is_not_what_is_missing() {
    let short = missing(vec![everyone(&[]); 2], vec![tour(3, 4, 3)]);
    let expected = Shortfall {
        lack: Lack::Technicians,
        day: Some(3),
        tours: vec![0],
        people: vec![0, 1],
        needed: 3,
        there: 2,
    };
    assert_eq!(short, expected);
}

#[test]
fn tours_that_do_not_need_the_skill_are_not_named() {
    let skilled = TourNeed {
        skills: vec![(2, 0.0)],
        ..tour(0, 1, 1)
    };
    let tours = vec![tour(0, 1, 1), skilled.clone(), skilled];
    let short = missing(vec![everyone(&[]), everyone(&[]), everyone(&[2])], tours);
    let expected = Shortfall {
        lack: Lack::Skill(2),
        day: Some(0),
        tours: vec![1, 2],
        people: vec![2],
        needed: 2,
        there: 1,
    };
    assert_eq!(short, expected);
}

#[test]
fn the_hours_of_a_skill_are_those_of_the_best_who_can_go() {
    let need = |hours: f64| TourNeed {
        skills: vec![(1, hours)],
        ..tour(0, 2, 2)
    };
    let of = |hours_per_day: f64, skills: &[usize]| Person {
        hours_per_day,
        ..everyone(skills)
    };
    let idle = Person {
        technician: false,
        ..of(20.0, &[1])
    };
    let away = Person {
        days: vec![true, true],
        ..of(20.0, &[1])
    };
    // Three days of two people: 3 · (7.5 + 6) = 40.5 h at most.
    let people = vec![
        of(5.0, &[1]),
        idle,
        of(6.0, &[1]),
        of(20.0, &[0]),
        away,
        of(7.5, &[1]),
    ];
    let asked = |hours: f64| AssignmentProblem {
        people: people.clone(),
        tours: vec![tour(8, 8, 1), need(hours)],
    };
    assert!(assign(&asked(40.5)).is_ok());
    let expected = Shortfall {
        lack: Lack::SkillHours(vec![1]),
        day: None,
        tours: vec![1],
        people: vec![0, 2, 5],
        needed: 42,
        there: 40,
    };
    assert_eq!(assign(&asked(41.2)), Err(expected));
}

#[test]
fn hours_that_just_suffice_are_not_what_is_missing() {
    // Each skill fills the only one who has it; both do not fit.
    let need = TourNeed {
        skills: vec![(0, 8.0), (1, 8.0)],
        ..tour(0, 0, 1)
    };
    let short = missing(vec![everyone(&[0, 1]), everyone(&[])], vec![need]);
    assert_eq!(short.lack, Lack::Together);
    assert_eq!((short.tours, short.people), (vec![0], vec![0, 1]));
}

#[test]
fn needs_that_only_one_person_meets_at_once_are_short_together() {
    let of = |skill: usize| TourNeed {
        skills: vec![(skill, 0.0)],
        ..tour(0, 0, 1)
    };
    let short = missing(vec![everyone(&[0, 1]), everyone(&[])], vec![of(0), of(1)]);
    assert_eq!(short.lack, Lack::Together);
    assert_eq!(short.tours, [0, 1]);
}

/// People past the sixty-fourth are not tried: there may be an answer with them.
#[test]
fn says_that_the_search_was_cut_short_where_one_past_the_sixty_fourth_could_help() {
    let of = |skill: usize| TourNeed {
        skills: vec![(skill, 0.0)],
        ..tour(0, 0, 1)
    };
    let mut people = vec![everyone(&[]); 65];
    people[0] = everyone(&[1, 2]);
    people[64] = everyone(&[1]);
    let short = missing(people.clone(), vec![of(1), of(1)]);
    assert_eq!(short.lack, Lack::SearchBudget);
    // Nobody of the first sixty-four has the skill.
    people[64] = everyone(&[3]);
    let short = missing(people.clone(), vec![of(3)]);
    assert_eq!(short.lack, Lack::SearchBudget);
    // What is missing in any case is said.
    let short = missing(people, vec![of(7)]);
    assert_eq!(short.lack, Lack::Skill(7));
}

/// Five technicians of forty who have one skill each cannot have six; there are 658,008 fives, of which 600,000 are tried.
#[test]
fn a_search_through_too_many_crews_is_given_up() {
    let people = (0..40).map(|person| everyone(&[person % 6])).collect();
    let need = TourNeed {
        skills: (0..6).map(|skill| (skill, 0.0)).collect(),
        ..tour(0, 0, 5)
    };
    assert_eq!(missing(people, vec![need]).lack, Lack::SearchBudget);
}
