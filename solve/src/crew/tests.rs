//! The crew engine against brute force.

use proptest::prelude::*;

use super::*;

mod choice;
mod figures;
mod short;

fn problem(days: Vec<CrewDay>) -> CrewProblem {
    CrewProblem {
        schema: CREW_SCHEMA.to_owned(),
        service_level: 0.9,
        effective_hours: 6.12,
        staffed_hour_cost: 30.0,
        overtime_hour_cost: 55.0,
        days,
    }
}

/// Every coin one by one: (probability, hours) of each outcome.
fn coin_by_coin(jobs: &[CrewJob]) -> Vec<(f64, f64)> {
    let mut all = vec![(1.0, 0.0)];
    for job in jobs {
        let mut own = vec![(job.show, job.base_hours)];
        for item in &job.items {
            own = own
                .iter()
                .flat_map(|(c, h)| [(c * (1.0 - item.p), *h), (c * item.p, h + item.hours)])
                .collect();
        }
        own.push((1.0 - job.show, 0.0));
        all = all
            .iter()
            .flat_map(|(c, h)| own.iter().map(move |(d, more)| (c * d, h + more)))
            .collect();
    }
    all
}

prop_compose! {
    fn small_day()(jobs in prop::collection::vec(
        (0_u32..=10, 0_u32..5, prop::collection::vec((0_u32..=10, 1_u32..30), 0..3)), 0..5)) -> Vec<CrewJob> {
        jobs.into_iter().map(|(show, base, items)| CrewJob {
            show: f64::from(show) / 10.0,
            base_hours: f64::from(base) / 10.0,
            items: items.into_iter()
                .map(|(p, hours)| CrewItem { p: f64::from(p) / 10.0, hours: f64::from(hours) / 10.0 }).collect(),
        }).collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn hours_are_those_of_every_outcome(jobs in small_day()) {
        let outcomes = coin_by_coin(&jobs);
        let asked = problem(vec![CrewDay { jobs }]);
        let day = solve(&asked).expect("valid").days.remove(0);
        let mean: f64 = outcomes.iter().map(|(c, h)| c * h).sum();
        let variance: f64 = outcomes.iter().map(|(c, h)| c * (h - mean) * (h - mean)).sum();
        prop_assert!((day.mean - mean).abs() < 1e-9 && (day.sd - variance.sqrt()).abs() < 1e-6);
        let within = |hours: f64| outcomes.iter().filter(|(_, h)| *h <= hours + 1e-6).map(|(c, _)| c).sum::<f64>();
        for (level, hours) in [(0.5, day.quantiles.q50), (0.8, day.quantiles.q80), (0.95, day.quantiles.q95)] {
            prop_assert!(within(hours) >= level - 1e-9);
            prop_assert!(hours == 0.0 || within(hours - 0.1) < level + 1e-9);
        }
        let n = f64::from(day.technicians);
        prop_assert!(n * 6.12 >= day.quantiles.q90 - 1e-9 && (n - 1.0) * 6.12 < day.quantiles.q90.max(1e-9));
        let cost = |n: u32| {
            let staffed = f64::from(n) * 6.12;
            30.0 * staffed + 55.0 * outcomes.iter().map(|(c, h)| c * (h - staffed).max(0.0)).sum::<f64>()
        };
        let least = (0..12).map(cost).fold(f64::INFINITY, f64::min);
        prop_assert!((day.newsvendor.expected_cost - least).abs() < 1e-6);
        prop_assert!((cost(day.newsvendor.technicians) - least).abs() < 1e-6);
    }

    #[test]
    fn people_are_assigned_as_well_as_brute_force_can(asked in small_month()) {
        match (assign(&asked), best_by_hand(&asked)) {
            (Ok(found), Some(best)) => {
                prop_assert!(found.proven);
                let score = score_by_hand(&asked, &found.tours);
                prop_assert!(score.is_some(), "a rule is broken: {found:?}");
                let score = score.unwrap_or_default();
                prop_assert!((score.0, score.1) == (best.0, best.1) && (score.2 - best.2).abs() < 1e-6,
                    "{score:?} against {best:?}");
            }
            (Err(short), None) => prop_assert!(short.lack != Lack::SearchBudget),
            (found, best) => prop_assert!(false, "{found:?} against {best:?}"),
        }
    }
}

prop_compose! {
    fn small_month()(
        people in prop::collection::vec((0_u8..8, 0_u8..32, any::<bool>(), 0_u8..4, 0_u32..3, 0_u32..3), 1..6),
        tours in prop::collection::vec((0_usize..4, 0_usize..2, 1_u32..4, 1_u32..3, 0_u8..8), 1..4),
    ) -> AssignmentProblem {
        AssignmentProblem {
            people: people.into_iter().map(|(skills, off, driver, role, rank, load)| Person {
                skills: (0..3).filter(|s| skills >> s & 1 == 1).collect(),
                // One day in four off at most, so that some months work out.
                days: (0..5).map(|day| off >> day & 1 == 0 || off % 4 != 0).collect(),
                technician: role != 0,
                leader: role < 2,
                driver,
                rank,
                hours_per_day: 8.0,
                load_hours: f64::from(load) * 8.0,
            }).collect(),
            tours: tours.into_iter().map(|(first_day, more, seats, technicians, skills)| TourNeed {
                first_day,
                last_day: (first_day + more).min(4),
                seats,
                technicians,
                skills: (0..3).filter(|s| skills >> s & 1 == 1 && skills % 2 == 0)
                    .map(|s| (s, if skills > 5 { 9.0 } else { 0.0 })).collect(),
                needs_driver: skills % 3 == 0,
            }).collect(),
        }
    }
}

/// Leaderless tours, people, squares; `None` where a rule is broken.
fn score_by_hand(asked: &AssignmentProblem, crews: &[TourCrew]) -> Option<(usize, usize, f64)> {
    let mut load: Vec<f64> = asked
        .people
        .iter()
        .map(|person| person.load_hours)
        .collect();
    let (mut leaderless, mut count) = (0, 0);
    for (index, (tour, crew)) in asked.tours.iter().zip(crews).enumerate() {
        let people = crew.people();
        let of = |p: &usize| &asked.people[*p];
        let days = (tour.first_day..=tour.last_day).count() as f64;
        let free = people
            .iter()
            .all(|p| (tour.first_day..=tour.last_day).all(|day| of(p).days[day]));
        let works = crew.technicians.iter().all(|p| of(p).technician);
        let drives = !tour.needs_driver || people.iter().any(|p| of(p).driver);
        // Flow by brute force: every set of skills against the people who have any of them.
        let hours = (1..1_usize << tour.skills.len()).all(|set| {
            let wanted: Vec<_> = tour
                .skills
                .iter()
                .enumerate()
                .filter(|(n, _)| set >> n & 1 == 1)
                .collect();
            let able = crew
                .technicians
                .iter()
                .filter(|p| wanted.iter().any(|(_, s)| of(p).skills.contains(&s.0)));
            let able = able.count();
            able > 0
                && able as f64 * 8.0 * days >= wanted.iter().map(|(_, need)| need.1).sum::<f64>()
        });
        let alone = asked
            .tours
            .iter()
            .zip(crews)
            .take(index)
            .all(|(other, others)| {
                let apart = other.last_day < tour.first_day || tour.last_day < other.first_day;
                apart || others.people().iter().all(|p| !people.contains(p))
            });
        let seated = people.len() <= tour.seats as usize
            && crew.technicians.len() == tour.technicians as usize;
        if !(free && works && drives && hours && alone && seated) {
            return None;
        }
        let leads = of(&crew.leader);
        if !leads.leader {
            let most = crew.technicians.iter().map(|p| of(p).rank).max();
            if most != Some(leads.rank) || !crew.technicians.contains(&crew.leader) {
                return None;
            }
            leaderless += 1;
        }
        count += people.len();
        for p in people {
            load[p] += 8.0 * days;
        }
    }
    Some((
        leaderless,
        count,
        load.iter().map(|hours| hours * hours).sum(),
    ))
}

fn best_by_hand(asked: &AssignmentProblem) -> Option<(usize, usize, f64)> {
    let people = asked.people.len();
    let mut plans: Vec<Vec<TourCrew>> = vec![Vec::new()];
    for tour in 0..asked.tours.len() {
        let part = AssignmentProblem {
            people: asked.people.clone(),
            tours: asked.tours[..=tour].to_vec(),
        };
        let mut next = Vec::new();
        for plan in &plans {
            for set in 0..1_usize << people {
                for leader in 0..people {
                    let technicians = (0..people).filter(|p| set >> p & 1 == 1).collect();
                    let mut longer = plan.clone();
                    longer.push(TourCrew {
                        technicians,
                        leader,
                        driver: None,
                    });
                    // A proper leader among the technicians goes before an extra one.
                    if score_by_hand(&part, &longer).is_some() {
                        next.push(longer);
                    }
                }
            }
        }
        plans = next;
    }
    let scores = plans.iter().filter_map(|plan| score_by_hand(asked, plan));
    scores.min_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(a.2.total_cmp(&b.2)))
}

fn everyone(skills: &[usize]) -> Person {
    Person {
        skills: skills.to_vec(),
        days: vec![true; 31],
        technician: true,
        driver: true,
        hours_per_day: 8.0,
        ..Person::default()
    }
}

#[test]
fn two_tours_on_one_day_that_need_one_electrician_name_him() {
    let tour = |first_day| TourNeed {
        first_day,
        last_day: first_day + 1,
        seats: 5,
        technicians: 1,
        skills: vec![(2, 0.0)],
        needs_driver: true,
    };
    let asked = AssignmentProblem {
        people: vec![everyone(&[0]), everyone(&[2]), everyone(&[1])],
        tours: vec![tour(3), tour(4)],
    };
    let short = assign(&asked).expect_err("one electrician cannot be on two tours");
    assert_eq!(short.lack, Lack::Skill(2));
    assert_eq!(
        (short.day, short.tours, short.people),
        (Some(4), vec![0, 1], vec![1])
    );
    assert_eq!((short.needed, short.there), (2, 1));
}

#[test]
fn tours_that_follow_each_other_share_the_load() {
    let tour = |first_day| TourNeed {
        first_day,
        last_day: first_day,
        seats: 3,
        technicians: 1,
        ..TourNeed::default()
    };
    let asked = AssignmentProblem {
        people: vec![everyone(&[]); 4],
        tours: (0..8).map(tour).collect(),
    };
    let found = assign(&asked).expect("enough people");
    for person in 0..4 {
        assert_eq!(
            found
                .tours
                .iter()
                .filter(|crew| crew.leader == person)
                .count(),
            2
        );
    }
}

#[test]
fn a_full_month_is_assigned_within_the_work_budget() {
    let mut people: Vec<Person> = (0..18).map(|p| everyone(&[p % 5, (p + 2) % 5])).collect();
    people.push(Person {
        leader: true,
        technician: false,
        ..everyone(&[])
    });
    people.push(Person {
        leader: true,
        rank: 3,
        ..everyone(&[0, 1])
    });
    let tour = |t: usize| TourNeed {
        first_day: t * 2,
        last_day: t * 2 + 4,
        seats: 5,
        technicians: 4,
        skills: (0..5).map(|skill| (skill, 6.0)).collect(),
        needs_driver: true,
    };
    let asked = AssignmentProblem {
        people,
        tours: (0..12).map(tour).collect(),
    };
    let found = assign(&asked).expect("enough people");
    assert!(score_by_hand(&asked, &found.tours).is_some());
}

#[test]
fn names_every_fault_of_a_crew_problem_at_once() {
    let mut asked = problem(vec![CrewDay {
        jobs: vec![CrewJob {
            show: 1.2,
            base_hours: -1.0,
            items: Vec::new(),
        }],
    }]);
    asked.effective_hours = 0.0;
    let faults = solve(&asked).expect_err("not valid").faults;
    assert_eq!(faults.len(), 3, "{faults:?}");
}
