//! The kit engine against answers known from elsewhere (`fixtures/`, proved by enumeration, ours) and brute force.

use proptest::prelude::*;

use super::optimise::{Effort, optimise};
use super::search::Limits;
use super::*;

mod calibration;
mod cuts;
mod exchange;
mod figures;
mod oracle;
pub(super) mod questions;
mod sampled;
mod vans;

use questions::{item, job, long_tour, part};

const FIXTURES: [(&str, &str); 4] = [
    (
        "small-00-0.9.json",
        include_str!("fixtures/small-00-0.9.json"),
    ),
    (
        "small-01-0.95.json",
        include_str!("fixtures/small-01-0.95.json"),
    ),
    (
        "small-02-0.9.json",
        include_str!("fixtures/small-02-0.9.json"),
    ),
    (
        "small-05-0.95.json",
        include_str!("fixtures/small-05-0.95.json"),
    ),
];

fn read(text: &str) -> KitProblem {
    serde_json::from_str(text).expect("a fixture is a kit problem")
}

fn expected(file: &str) -> serde_json::Value {
    let all: Vec<serde_json::Value> = serde_json::from_str(include_str!("fixtures/expected.json"))
        .expect("expected.json is a list");
    all.into_iter()
        .find(|case| case["file"] == file)
        .expect("every fixture has an expected answer")
}

#[test]
fn agrees_with_known_optima_and_exact_fill_rates() {
    for (file, text) in FIXTURES {
        let (solution, known) = (solve(&read(text), 7).expect("valid"), expected(file));
        let number = |value: &serde_json::Value| value.as_f64().expect("a number");
        assert_eq!(solution.method, Method::Enumeration, "{file}");
        assert!(
            (solution.cost - number(&known["optimum_cost"])).abs() < 1e-6,
            "{file}: {}",
            solution.cost
        );
        assert!(
            solution
                .lower_bound
                .is_some_and(|bound| bound <= number(&known["optimum_cost"]) + 1e-6),
            "{file}"
        );
        for (ours, theirs) in solution
            .evaluated
            .iter()
            .zip(known["evaluated"].as_array().expect("a list"))
        {
            assert!(
                (ours.job_fill - number(&theirs["job_fill"])).abs() < 1e-9,
                "{file}"
            );
            assert!(
                (ours.part_fill - number(&theirs["part_fill"])).abs() < 1e-9,
                "{file}"
            );
            assert!(
                (ours.tour_fill - number(&theirs["tour_fill"])).abs() < 1e-9,
                "{file}"
            );
        }
    }
}

/// Every outcome of every coin, one by one: probability and the jobs' demands.
fn coin_by_coin(problem: &KitProblem) -> Vec<(f64, Vec<Vec<u32>>)> {
    let mut all = vec![(1.0, Vec::new())];
    for job in &problem.jobs {
        let mut own = vec![
            (1.0 - job.show, vec![0; problem.parts.len()]),
            (job.show, vec![0; problem.parts.len()]),
        ];
        for wanted in &job.items {
            let with: Vec<_> = own
                .iter()
                .skip(1)
                .map(|(chance, demand): &(f64, Vec<u32>)| {
                    let mut demand = demand.clone();
                    for line in &problem.items[wanted.item].bom {
                        demand[line.part] += line.qty;
                    }
                    (chance * wanted.p, demand)
                })
                .collect();
            for entry in own.iter_mut().skip(1) {
                entry.0 *= 1.0 - wanted.p;
            }
            own.extend(with);
        }
        all = all
            .iter()
            .flat_map(|(chance, before)| {
                own.iter().map(move |(more, demand)| {
                    let mut jobs = before.clone();
                    jobs.push(demand.clone());
                    (chance * more, jobs)
                })
            })
            .collect();
    }
    all
}

fn fill_by_hand(problem: &KitProblem, outcomes: &[(f64, Vec<Vec<u32>>)], stock: &[u32]) -> f64 {
    let (mut needing, mut completed) = (0.0, 0.0);
    for (chance, jobs) in outcomes {
        let mut left = stock.to_vec();
        for demand in jobs
            .iter()
            .filter(|demand| demand.iter().any(|units| *units > 0))
        {
            needing += chance;
            let there = left.iter().zip(demand).all(|(held, units)| held >= units);
            completed += if there { *chance } else { 0.0 };
            if there || problem.policy == UsePolicy::Partial {
                left = left
                    .iter()
                    .zip(demand)
                    .map(|(held, units)| held.saturating_sub(*units))
                    .collect();
            }
        }
    }
    if needing > 0.0 {
        completed / needing
    } else {
        1.0
    }
}

/// Cheapest cost that reaches the target, and the highest fill at all, over every kit that is allowed.
fn best_by_hand(problem: &KitProblem, outcomes: &[(f64, Vec<Vec<u32>>)]) -> (Option<f64>, f64) {
    let most: Vec<u32> = (0..problem.parts.len())
        .map(|part| {
            let asked = outcomes
                .iter()
                .map(|(_, jobs)| jobs.iter().map(|demand| demand[part]).sum::<u32>())
                .max();
            asked
                .unwrap_or(0)
                .min(problem.parts[part].available.unwrap_or(u32::MAX))
        })
        .collect();
    let mut kits = vec![Vec::new()];
    for &most in &most {
        kits = kits
            .iter()
            .flat_map(|kit| (0..=most).map(move |units| [kit.as_slice(), &[units]].concat()))
            .collect();
    }
    let sum = |kit: &[u32], each: fn(&KitPart) -> f64| -> f64 {
        kit.iter()
            .zip(&problem.parts)
            .map(|(units, part)| f64::from(*units) * each(part))
            .sum()
    };
    let (mut cheapest, mut fullest) = (None::<f64>, 0.0_f64);
    for kit in kits {
        if sum(&kit, |part| part.volume_l) > problem.van.volume_l.unwrap_or(f64::INFINITY) + 1e-9 {
            continue;
        }
        let fill = fill_by_hand(problem, outcomes, &kit);
        fullest = fullest.max(fill);
        if fill >= problem.target_job_fill - 1e-11 {
            let cost = sum(&kit, |part| part.cost);
            cheapest = Some(cheapest.map_or(cost, |known| known.min(cost)));
        }
    }
    (cheapest, fullest)
}

prop_compose! {
    fn small_problem()(
        parts in prop::collection::vec((1_u32..40, 1_u32..4, prop::option::of(0_u32..4)), 2..4),
        boms in prop::collection::vec(prop::collection::vec((0_usize..3, 1_u32..3), 0..3), 2..4),
        jobs in prop::collection::vec((5_u32..=10, prop::collection::vec((0_usize..3, 1_u32..=10), 0..3)), 1..4),
        target in 50_u32..=100,
        all_or_nothing in any::<bool>(),
        litres in prop::option::of(1_u32..20),
    ) -> KitProblem {
        let (part_count, item_count) = (parts.len(), boms.len());
        KitProblem {
            schema: KIT_SCHEMA.to_owned(),
            target_job_fill: f64::from(target) / 100.0,
            policy: if all_or_nothing { UsePolicy::AllOrNothing } else { UsePolicy::Partial },
            parts: parts.into_iter().enumerate().map(|(j, (cost, volume, available))| KitPart {
                id: format!("p{j}"), cost: f64::from(cost), volume_l: f64::from(volume), weight_kg: 0.0, available,
            }).collect(),
            items: boms.into_iter().enumerate().map(|(k, bom)| KitItem {
                id: format!("k{k}"),
                bom: bom.into_iter().map(|(part, qty)| BomLine { part: part % part_count, qty }).collect(),
            }).collect(),
            jobs: jobs.into_iter().enumerate().map(|(i, (show, items))| KitJob {
                id: format!("j{i}"),
                show: f64::from(show) / 10.0,
                items: items.into_iter()
                    .map(|(item, p)| JobItem { item: item % item_count, p: f64::from(p) / 10.0 }).collect(),
            }).collect(),
            van: VanLimits { volume_l: litres.map(f64::from), payload_kg: None },
            evaluate: Vec::new(),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn finds_the_kit_that_brute_force_finds(problem in small_problem()) {
        let outcomes = coin_by_coin(&problem);
        let (cheapest, fullest) = best_by_hand(&problem, &outcomes);
        let solution = solve(&problem, 1).expect("valid");
        prop_assert!((solution.job_fill - fill_by_hand(&problem, &outcomes, &solution.kit)).abs() < 1e-9);
        prop_assert_eq!(solution.target_met, cheapest.is_some());
        if let Some(cheapest) = cheapest {
            prop_assert!((solution.cost - cheapest).abs() < 1e-6, "{} against {}", solution.cost, cheapest);
        } else {
            prop_assert!(solution.lower_bound.is_none());
            prop_assert!((solution.job_fill - fullest).abs() < 1e-9, "{} of {}", solution.job_fill, fullest);
        }
    }

    #[test]
    fn the_bound_of_the_cuts_never_passes_the_optimum(problem in small_problem()) {
        let problem = KitProblem { policy: UsePolicy::Partial, ..problem };
        let (cheapest, _) = best_by_hand(&problem, &coin_by_coin(&problem));
        let requirements = outcomes::enumerated(&problem).expect("small");
        let limits = Limits::of(&problem, demand::caps(&problem, &part_demand(&problem)));
        let effort = Effort { cuts: 40, swap: 1_000_000, tree: 0 };
        let found = optimise(&problem, &limits, &requirements, problem.target_job_fill, effort, None);
        if let (Some(cheapest), Some(bound)) = (cheapest, found.bound) {
            prop_assert!(bound <= cheapest + 1e-6, "{bound} against {cheapest}");
        }
    }

    #[test]
    fn expectations_are_those_of_the_outcomes(problem in small_problem()) {
        let stock = vec![1; problem.parts.len()];
        for (part, ours) in expectations(&problem, &stock).iter().enumerate() {
            let (mut need, mut shortage) = (0.0, 0.0);
            for (chance, jobs) in coin_by_coin(&problem) {
                let units = f64::from(jobs.iter().map(|demand| demand[part]).sum::<u32>());
                need += chance * units;
                shortage += chance * (units - 1.0).max(0.0);
            }
            prop_assert!((ours.need - need).abs() < 1e-9 && (ours.shortage - shortage).abs() < 1e-9);
            prop_assert!((ours.leftover - (1.0 - need + shortage)).abs() < 1e-9);
        }
    }
}

/// A tour too large to enumerate: every job may need any of eight items.

#[test]
fn a_sampled_tour_reaches_its_target_and_repeats_exactly() {
    for policy in [UsePolicy::Partial, UsePolicy::AllOrNothing] {
        let problem = long_tour(policy);
        let solution = solve(&problem, 3).expect("valid");
        assert_eq!(solution.method, Method::Sampling);
        assert!(solution.target_met);
        let confidence = (policy == UsePolicy::Partial).then_some(0.99);
        assert_eq!(solution.bound_confidence, confidence);
        assert_eq!(solution, solve(&problem, 3).expect("valid"));
        let other = evaluate(&problem, std::slice::from_ref(&solution.kit), 99).expect("valid");
        assert!(
            (other[0].job_fill - solution.job_fill).abs() < 0.003,
            "another sample says {}",
            other[0].job_fill
        );
    }
}

#[test]
fn a_sampled_kit_is_close_to_its_bound() {
    let solution = solve(&long_tour(UsePolicy::Partial), 3).expect("valid");
    let bound = solution.lower_bound.expect("the target is within reach");
    assert!(
        solution.cost <= bound * 1.05,
        "{} against {bound}",
        solution.cost
    );
}

#[test]
fn samples_agree_with_enumeration() {
    for (_, text) in FIXTURES {
        let problem = read(text);
        let exact = evaluate(&problem, &problem.evaluate, 1).expect("valid");
        let sample = fresh_scorer(&problem, 5);
        for (stock, exact) in problem.evaluate.iter().zip(exact) {
            let (fill, _) = sample.fill(stock);
            assert!(
                (fill.job_fill - exact.job_fill).abs() < 0.003,
                "{fill:?} {exact:?}"
            );
            assert!(
                (fill.tour_fill - exact.tour_fill).abs() < 0.006,
                "{fill:?} {exact:?}"
            );
        }
    }
}

#[test]
fn a_tour_that_needs_nothing_is_filled_by_nothing() {
    let mut problem = read(FIXTURES[0].1);
    problem.jobs.clear();
    let solution = solve(&problem, 1).expect("valid");
    assert_eq!(
        (solution.cost, solution.job_fill, solution.tour_fill),
        (0.0, 1.0, 1.0)
    );
}

#[test]
fn names_every_fault_at_once() {
    let mut problem = read(FIXTURES[0].1);
    problem.target_job_fill = 1.5;
    problem.parts[0].cost = f64::NAN;
    problem.items[0].bom[0].part = 99;
    problem.jobs[1].items[0].p = -0.1;
    problem.evaluate[2] = vec![1];
    let Err(KitError::Invalid(faults)) = solve(&problem, 1) else {
        panic!("accepted")
    };
    let places: Vec<&str> = faults.iter().map(|fault| fault.at.as_str()).collect();
    assert_eq!(
        places,
        [
            "target_job_fill",
            "parts[0].cost",
            "items[0].bom[0].part",
            "jobs[1].items[0].p",
            "evaluate[2]"
        ]
    );
}
