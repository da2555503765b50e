//! Kits for jobs that use nothing where they cannot be completed: made cheaper until no exchange of two units is left.

use super::super::all_or_nothing::cheaper;
use super::super::closure::price;
use super::super::score::Scorer;
use super::*;

fn question(problem: KitProblem) -> (KitProblem, Scorer, Limits) {
    let problem = KitProblem {
        policy: UsePolicy::AllOrNothing,
        ..problem
    };
    let every = outcomes::enumerated(&problem).expect("small");
    let scorer = Scorer::exact(&problem, every).expect("small");
    let limits = Limits::of(&problem, demand::caps(&problem, &scorer.demand));
    (problem, scorer, limits)
}

/// Every kit with one unit less of a part that costs something, and with one unit less and one more of a cheaper part.
fn steps(problem: &KitProblem, kit: &[u32]) -> Vec<Vec<u32>> {
    let cost = |part: usize| problem.parts[part].cost;
    let mut all = Vec::new();
    for less in (0..kit.len()).filter(|part| kit[*part] > 0) {
        let mut fewer = kit.to_vec();
        fewer[less] -= 1;
        for more in (0..kit.len()).filter(|more| cost(*more) < cost(less)) {
            let mut other = fewer.clone();
            other[more] += 1;
            all.push(other);
        }
        all.push(fewer);
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_unit_can_be_left_out_or_exchanged_for_a_cheaper_one(problem in small_problem()) {
        let (problem, scorer, limits) = question(problem);
        let target = problem.target_job_fill.min(scorer.job_fill(&limits.caps));
        let kit = cheaper(&scorer, &limits, target, &limits.caps, 100_000);
        prop_assert!(scorer.job_fill(&kit) >= target);
        let outcomes = coin_by_coin(&problem);
        for other in steps(&problem, &kit) {
            let held = other.iter().zip(&limits.caps).all(|(units, cap)| units <= cap);
            let fill = fill_by_hand(&problem, &outcomes, &other);
            prop_assert!(!held || !limits.fits(&other) || fill < target + 1e-9, "{kit:?}, but {other:?}");
        }
    }

    #[test]
    fn a_kit_stays_within_the_limits_while_it_is_exchanged(problem in small_problem(), of_each in 0_u32..3) {
        let (_, scorer, limits) = question(problem);
        let start: Vec<u32> = limits.caps.iter().map(|cap| of_each.min(*cap)).collect();
        if limits.fits(&start) {
            let target = scorer.job_fill(&start);
            let kit = cheaper(&scorer, &limits, target, &start, 100_000);
            prop_assert!(limits.fits(&kit));
            prop_assert!(kit.iter().zip(&limits.caps).all(|(units, cap)| units <= cap), "{kit:?}");
            prop_assert!(price(&limits.cost, &kit) <= price(&limits.cost, &start));
        }
    }
}

/// A dear part and a cheap one, and a job that may need either.
fn either() -> (Scorer, Limits) {
    let mut problem = read(FIXTURES[0].1);
    problem.parts = vec![part("dear", 9.0), part("cheap", 2.0)];
    problem.items = vec![item("dear", &[(0, 1)]), item("cheap", &[(1, 1)])];
    problem.jobs = vec![job(1.0, &[(0, 0.5)]), job(1.0, &[(1, 0.5)])];
    problem.van = VanLimits::default();
    problem.evaluate.clear();
    let (_, scorer, limits) = question(problem);
    (scorer, limits)
}

#[test]
fn a_dear_unit_is_exchanged_for_a_cheap_one_that_serves_as_many() {
    let (scorer, limits) = either();
    assert_eq!(cheaper(&scorer, &limits, 0.5, &[1, 0], 100), [0, 1]);
    assert_eq!(cheaper(&scorer, &limits, 0.5, &[1, 1], 100), [0, 1]);
    assert_eq!(cheaper(&scorer, &limits, 0.6, &[1, 1], 100), [1, 1]);
    // Not a kit that misses the target already.
    assert_eq!(cheaper(&scorer, &limits, 0.9, &[1, 0], 100), [1, 0]);
}

#[test]
fn no_more_kits_are_scored_than_allowed() {
    let (scorer, limits) = either();
    assert_eq!(cheaper(&scorer, &limits, 0.0, &[1, 1], 0), [1, 1]);
    assert_eq!(cheaper(&scorer, &limits, 0.0, &[1, 1], 1), [0, 1]);
    assert_eq!(cheaper(&scorer, &limits, 0.5, &[1, 0], 1), [1, 0]);
    assert_eq!(cheaper(&scorer, &limits, 0.5, &[1, 0], 3), [0, 1]);
}

#[test]
fn what_is_too_large_to_list_is_walked_through_exactly() {
    let mut problem = read(FIXTURES[0].1);
    // Millilitres: twenty million stocks, of which few are different.
    problem.parts = vec![part("oil", 0.01), part("coolant", 0.02)];
    problem.items = vec![
        item("oil", &[(0, 1_500)]),
        item("coolant", &[(1, 1_500)]),
        item("both", &[(0, 1_500), (1, 1_500)]),
    ];
    problem.jobs = vec![
        job(0.9, &[(2, 0.7), (0, 0.0)]),
        job(1.0, &[(0, 0.6), (1, 0.5)]),
        job(0.6, &[(1, 0.3), (0, 0.8)]),
    ];
    problem.policy = UsePolicy::AllOrNothing;
    problem.target_job_fill = 0.75;
    problem.van = VanLimits::default();
    let amounts = [0, 1_499, 1_500, 3_000, 4_500];
    problem.evaluate = amounts
        .iter()
        .flat_map(|oil| amounts.map(|coolant| vec![*oil, coolant]))
        .collect();
    let outcomes = coin_by_coin(&problem);
    let solution = solve(&problem, 1).expect("valid");
    assert_eq!(solution.method, Method::Enumeration);
    for (stock, found) in problem.evaluate.iter().zip(&solution.evaluated) {
        let fill = fill_by_hand(&problem, &outcomes, stock);
        assert!(
            (found.job_fill - fill).abs() < 1e-12,
            "{stock:?}: {} {fill}",
            found.job_fill
        );
    }
    let fill = fill_by_hand(&problem, &outcomes, &solution.kit);
    assert!(solution.target_met && (solution.job_fill - fill).abs() < 1e-12);
    problem.jobs.truncate(1);
    problem.jobs[0].show = 0.0;
    assert!((evaluate(&problem, &[vec![0, 0]], 1).expect("valid")[0].job_fill - 1.0).abs() < 1e-12);
}
