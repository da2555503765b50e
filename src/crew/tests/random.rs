//! Random people and months: the rules of people hold in each.

use proptest::prelude::*;

use super::people::{covered, staffed};
use super::*;
use crate::crew::Staffed;
use crate::plan::model::Duty;

prop_compose! {
    fn any_person()(
        skills in prop::collection::btree_set(0_usize..3, 0..3), driver: bool, leader in prop::bool::weighted(0.2),
        off in prop::collection::btree_set(0_i64..8, 0..3), hours in prop::option::of(4.0_f64..9.0),
    ) -> Person {
        Person {
            role: if leader { Role::Leader } else { Role::Technician },
            skills: skills.into_iter().map(|skill| format!("s{skill}")).collect(),
            driver,
            hours_per_day: hours,
            days_off: off.into_iter().map(|offset| day("2026-12-07").plus_days(offset)).collect(),
            ..technician("", &[])
        }
    }
}

prop_compose! {
    fn any_work()(
        start in 0_i64..6, days in 1_i64..4, technicians in 1_u32..4, van in 1_u32..3,
        skills in prop::collection::btree_map(0_usize..3, 0.0_f64..6.0, 0..3),
        keep in prop::collection::btree_set(0_usize..8, 0..4),
    ) -> TourWork {
        let first = day("2026-12-07").plus_days(start).to_string();
        TourWork {
            van: format!("W{van}"),
            skills: skills.into_iter().map(|(skill, hours)| (format!("s{skill}"), hours)).collect(),
            keep: keep.into_iter().map(|person| format!("N{person}")).collect(),
            ..work("", &first, days, technicians, &[])
        }
    }
}

fn check_duties(tours: &[TourWork], crew: &[Person], vans: &[Van], staffed: &Staffed) {
    let mut seen: BTreeSet<(Date, &str)> = BTreeSet::new();
    for duty in &staffed.duties {
        let person = crew
            .iter()
            .find(|person| person.name == duty.person)
            .expect("a person of the crew");
        assert!(
            seen.insert((duty.date, &duty.person)),
            "{} is in two places on {}",
            duty.person,
            duty.date
        );
        assert!(!person.days_off.contains(&duty.date));
        assert!(duty.hours <= person.hours_per_day.unwrap_or(8.0).min(8.0) + 0.005);
        assert!(!duty.driver || person.driver);
    }
    for tour in tours {
        let uncovered = staffed.uncovered.get(&tour.tour);
        for day in &tour.days {
            let there: Vec<&Duty> = staffed
                .duties
                .iter()
                .filter(|duty| duty.tour == tour.tour && duty.date == day.date)
                .collect();
            if there.is_empty() {
                assert!(!staffed.leaders.contains_key(&tour.tour));
                continue;
            }
            let seats = vans
                .iter()
                .find(|van| van.id == tour.van)
                .map_or(u32::MAX, |van| van.seats);
            assert!(there.len() as u32 <= seats);
            assert_eq!(there.iter().filter(|duty| duty.role == "leader").count(), 1);
            let excused = |what: &str| {
                let of_tour =
                    |finding: &&crate::findings::Finding| finding.args["tour"] == tour.tour;
                staffed
                    .findings
                    .iter()
                    .filter(of_tour)
                    .any(|finding| finding.args["short"].contains(what))
            };
            assert!(there.iter().filter(|duty| duty.driver).count() == 1 || excused("drivers"));
            for skill in tour.skills.keys() {
                let held = there
                    .iter()
                    .any(|duty| duty.skills.split('|').any(|known| known == skill));
                assert!(
                    held || uncovered.is_some_and(|skills| skills.contains(skill)),
                    "{skill} is missing"
                );
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn people_rules_hold_on_random_months(
        crew in prop::collection::vec(any_person(), 0..8), tours in prop::collection::vec(any_work(), 1..4),
    ) {
        let crew: Vec<Person> =
            crew.into_iter().enumerate().map(|(n, person)| Person { name: format!("N{n}"), ..person }).collect();
        let tours: Vec<TourWork> =
            tours.into_iter().enumerate().map(|(n, tour)| TourWork { tour: format!("T0{n}"), ..tour }).collect();
        let vans = [van("W1", 2), van("W2", 4)];
        let answer = staffed(&tours, &crew, &vans);
        check_duties(&tours, &crew, &vans, &answer);

        let (left, covered) = covered(&tours, &crew, &vans);
        check_duties(&left, &crew, &vans, &covered);
        prop_assert!(covered.uncovered.is_empty(), "nobody there can do {:?}", covered.uncovered);

        let mut turned = crew.clone();
        turned.reverse();
        prop_assert_eq!(answer, staffed(&tours, &turned, &vans));
    }
}
