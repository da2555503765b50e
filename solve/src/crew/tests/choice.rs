//! Who goes, where the best crew can be told by hand, and whether it is known to be the best.

use super::super::*;
use super::everyone;

/// A tour for so many technicians, with seats for everybody.
fn tour(first_day: usize, last_day: usize, technicians: u32) -> TourNeed {
    TourNeed {
        first_day,
        last_day,
        seats: 9,
        technicians,
        ..TourNeed::default()
    }
}

fn assigned(people: Vec<Person>, tours: Vec<TourNeed>) -> Assignment {
    assign(&AssignmentProblem { people, tours }).expect("enough people")
}

fn leading(rank: u32, skills: &[usize]) -> Person {
    Person {
        leader: true,
        rank,
        ..everyone(skills)
    }
}

fn only_leading() -> Person {
    Person {
        technician: false,
        ..leading(0, &[])
    }
}

#[test]
fn of_equal_people_the_first_goes_and_drives_himself_where_he_is_alone() {
    let found = assigned(vec![everyone(&[]); 3], vec![tour(0, 0, 1)]);
    let crew = TourCrew {
        technicians: vec![0],
        leader: 0,
        driver: Some(0),
    };
    assert_eq!(found.tours, [crew]);
    assert!(found.proven);
}

#[test]
fn somebody_else_drives_where_the_leader_need_not() {
    let people = vec![everyone(&[]), leading(3, &[]), everyone(&[])];
    let found = assigned(people, vec![tour(0, 0, 3)]);
    assert_eq!((found.tours[0].leader, found.tours[0].driver), (1, Some(0)));
    // The only other one has no licence.
    let people = vec![
        Person {
            driver: false,
            ..everyone(&[])
        },
        leading(3, &[]),
    ];
    let found = assigned(people, vec![tour(0, 0, 2)]);
    assert_eq!(found.tours[0].driver, Some(1));
}

#[test]
fn the_senior_of_those_who_may_lead_leads() {
    let stays = Person {
        technician: false,
        ..everyone(&[])
    };
    let people = vec![stays, leading(1, &[]), leading(3, &[]), everyone(&[])];
    let found = assigned(people, vec![tour(0, 0, 3)]);
    assert_eq!(found.tours[0].technicians, [1, 2, 3]);
    assert_eq!(found.tours[0].leader, 2);
}

#[test]
fn four_days_of_one_weigh_as_much_as_four_single_days_of_another() {
    let mut tours = vec![tour(0, 3, 1)];
    tours.extend((4..8).map(|day| tour(day, day, 1)));
    let found = assigned(vec![everyone(&[]); 2], tours);
    let who: Vec<usize> = found.tours.iter().map(|crew| crew.leader).collect();
    assert_eq!(who, [0, 1, 1, 1, 1]);
}

#[test]
fn short_days_are_not_counted_as_long_ones() {
    // Two hours a day against eight: after four days the one has what the other had after the first.
    let short = Person {
        hours_per_day: 2.0,
        ..everyone(&[])
    };
    let tours = (0..5).map(|day| tour(day, day, 1)).collect();
    let found = assigned(vec![everyone(&[]), short], tours);
    let days = found.tours.iter().filter(|crew| crew.leader == 0).count();
    // 0 or 1 days of the first: squares of (0, 10) = 100 against (8, 8) = 128.
    assert_eq!(days, 0);
}

#[test]
fn a_crew_may_have_exactly_the_hours_a_skill_needs() {
    let need = |hours: f64| TourNeed {
        skills: vec![(4, hours)],
        ..tour(0, 2, 1)
    };
    let people = vec![everyone(&[]), everyone(&[4])];
    let found = assigned(people.clone(), vec![need(24.0)]);
    assert_eq!(found.tours[0].technicians, [1]);
    let asked = AssignmentProblem {
        people,
        tours: vec![need(24.1)],
    };
    assert!(assign(&asked).is_err());
}

/// Skills that share a person: one by one and all together there are hours enough, for the first two there are not.
#[test]
fn two_skills_of_one_person_need_the_hours_of_both() {
    let asked = |second: f64| AssignmentProblem {
        people: vec![everyone(&[0, 1]), everyone(&[2]), everyone(&[2])],
        tours: vec![TourNeed {
            skills: vec![(0, 4.0), (1, second), (2, 1.0)],
            ..tour(0, 0, 3)
        }],
    };
    assert!(assign(&asked(4.0)).is_ok());
    assert!(assign(&asked(4.5)).is_err());
}

#[test]
fn of_many_skills_each_and_all_together_are_looked_at() {
    let asked = |first: f64, others: f64| {
        let mut skills = vec![(0, first)];
        skills.extend((1..13).map(|skill| (skill, others)));
        let helper: Vec<usize> = (1..13).collect();
        AssignmentProblem {
            people: vec![everyone(&[0]), everyone(&helper)],
            tours: vec![TourNeed {
                skills,
                ..tour(0, 0, 2)
            }],
        }
    };
    assert!(assign(&asked(8.0, 0.5)).is_ok());
    // The first alone has too little.
    assert!(assign(&asked(8.5, 0.5)).is_err());
    // Each has enough, both have not.
    let mut together = asked(4.0, 1.0);
    together.people[0] = everyone(&(0..13).collect::<Vec<_>>());
    together.people[1] = everyone(&(0..13).collect::<Vec<_>>());
    assert!(assign(&together).is_ok());
    together.tours[0].skills[5].1 = 1.5;
    assert!(assign(&together).is_err());
}

/// What later tours must add at least ends the search: without it each further leader is tried at every tour before.
#[test]
fn a_month_of_lone_leaders_is_known_to_be_the_best() {
    let mut people = vec![leading(0, &[1])];
    people.extend(vec![only_leading(); 4]);
    let tours = (0..24)
        .map(|day| TourNeed {
            skills: vec![(1, 0.0)],
            ..tour(day, day, 1)
        })
        .collect();
    let found = assigned(people, tours);
    assert!(found.proven);
    assert!(found.tours.iter().all(|crew| crew.people() == [0]));
}

#[test]
fn tours_nobody_can_lead_do_not_hide_that_the_others_are_best() {
    let mut people = vec![leading(0, &[1]), everyone(&[2])];
    people.extend(vec![only_leading(); 4]);
    let tours = (0..24)
        .map(|day| TourNeed {
            skills: vec![(if day < 20 { 1 } else { 2 }, 0.0)],
            seats: if day < 20 { 2 } else { 1 },
            ..tour(day, day, 1)
        })
        .collect();
    let found = assigned(people, tours);
    assert!(found.proven);
    let who: Vec<usize> = found.tours.iter().map(|crew| crew.leader).collect();
    assert_eq!(who, [[0; 20].as_slice(), &[1; 4]].concat());
}

#[test]
fn of_sixty_four_people_the_best_is_known_and_of_more_it_is_not() {
    let of = |number: usize| assigned(vec![everyone(&[]); number], vec![tour(0, 0, 1)]);
    assert!(of(64).proven);
    assert!(!of(65).proven);
}

/// 91,390 ways to choose four of forty.
#[test]
fn a_list_of_crews_that_was_cut_short_proves_nothing() {
    let found = assigned(vec![everyone(&[]); 40], vec![tour(0, 0, 4)]);
    assert_eq!(found.tours[0].technicians, [0, 1, 2, 3]);
    assert!(!found.proven);
}

#[test]
fn the_last_four_of_forty_are_found_where_nobody_else_can() {
    let mut people = vec![everyone(&[]); 36];
    people.extend((0..4).map(|skill| everyone(&[skill])));
    let need = TourNeed {
        skills: (0..4).map(|skill| (skill, 0.0)).collect(),
        ..tour(0, 0, 4)
    };
    let found = assigned(people, vec![need]);
    assert_eq!(found.tours[0].technicians, [36, 37, 38, 39]);
    assert!(found.proven);
}

/// Too many ways to try them all: what was tried first must be even already.
#[test]
fn a_month_too_large_to_try_is_shared_evenly_all_the_same() {
    let tours = (0..12).map(|n| tour(n * 2, n * 2 + 1, 4)).collect();
    let found = assigned(vec![everyone(&[]); 12], tours);
    for person in 0..12 {
        let days = found.tours.iter();
        let days = days.filter(|crew| crew.people().contains(&person)).count();
        assert_eq!(days, 4, "person {person}");
    }
}
