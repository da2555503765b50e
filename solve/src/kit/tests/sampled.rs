//! Tours that are sampled: what they reach, what is proven about them, and what is said where the target is out of reach.

use super::super::outcomes::{enumerated, sampled};
use super::super::paths::Paths;
use super::super::random::Stream;
use super::*;

#[test]
fn whatever_the_seed_the_target_is_reached_on_a_fresh_sample_and_dearer_kits_are_not_taken() {
    for seed in 1..9 {
        let solution = solve(&long_tour(UsePolicy::Partial), seed).expect("valid");
        assert!(
            solution.target_met && solution.job_fill >= 0.9 - 1e-11,
            "{seed}"
        );
        // Asking for a little more on the sample is enough.
        assert!(
            solution.job_fill < 0.906,
            "{seed}: {} is far beyond the target",
            solution.job_fill
        );
        let (cost, bound) = (solution.cost, solution.lower_bound.expect("proven"));
        assert!(
            (solution.gap.expect("proven") - (1.0 - bound / cost)).abs() < 1e-12,
            "{seed}"
        );
    }
}

#[test]
fn the_bound_of_a_sample_is_that_of_its_cuts_less_99_percent_of_its_scatter() {
    let problem = long_tour(UsePolicy::Partial);
    let seeds = 1..=8;
    let mut far = 0.0;
    for seed in seeds.clone() {
        let solution = solve(&problem, seed).expect("valid");
        let requirements = sampled(&problem, 2_000, &mut Stream::new(seed, 1));
        let limits = Limits::of(&problem, demand::caps(&problem, &part_demand(&problem)));
        let effort = Effort {
            cuts: 24,
            swap: 6_000_000,
            tree: 0,
        };
        let found = optimise(&problem, &limits, &requirements, 0.9, effort, None);
        let (bound, slope) = found.cut.expect("within reach");
        // The scatter of the fill of a sample of 2,000 is that of the larger one, widened by the root of the sizes' ratio.
        let (_, error) = fresh_scorer(&problem, seed).fill(&found.kit);
        let wider = (solution.outcomes as f64 / 2_000.0).sqrt();
        let expected = bound - 2.326_347_874 * slope * error * wider;
        let told = solution.lower_bound.expect("proven");
        assert!(
            (told - expected).abs() < 1e-4,
            "{seed}: {told} against {expected}"
        );
        far += (bound - told) / bound;
    }
    // The scatter costs something, and not much.
    let far = far / seeds.count() as f64;
    assert!(far > 0.001 && far < 0.05, "{far}");
}

#[test]
fn a_sampled_tour_short_of_parts_is_filled_as_far_as_they_reach() {
    let mut problem = long_tour(UsePolicy::Partial);
    for part in &mut problem.parts {
        part.available = Some(4);
    }
    let all = vec![4; problem.parts.len()];
    let most = evaluate(&problem, &[all], 3).expect("valid")[0].job_fill;
    let solution = solve(&problem, 3).expect("valid");
    assert!(!solution.target_met && solution.lower_bound.is_none());
    assert!(
        (solution.job_fill - most).abs() < 1e-9 && most > 0.3,
        "{} of {most}",
        solution.job_fill
    );
}

#[test]
fn what_a_job_leaves_untouched_makes_a_sampled_kit_cheaper() {
    let [safe, bold] = [UsePolicy::Partial, UsePolicy::AllOrNothing]
        .map(|policy| solve(&long_tour(policy), 3).expect("valid"));
    assert!(safe.target_met && bold.target_met);
    assert!(bold.cost < safe.cost, "{} {}", bold.cost, safe.cost);
    assert_eq!(bold.lower_bound, None);
}

#[test]
fn a_quick_answer_is_within_two_points_of_the_exact_one() {
    for (name, text) in FIXTURES {
        let problem = read(text);
        let exact = evaluate(&problem, &problem.evaluate, 1).expect("valid");
        for (stock, exact) in problem.evaluate.iter().zip(exact) {
            let about = job_fill_about(&problem, stock, 5).expect("valid");
            assert!(
                (about - exact.job_fill).abs() < 0.02,
                "{name}: {about} {exact:?}"
            );
        }
    }
}

#[test]
fn a_stock_of_another_length_is_refused_whoever_asks() {
    let problem = read(FIXTURES[0].1);
    let (short, right) = (vec![1], vec![1; problem.parts.len()]);
    let asked = [short.clone()];
    for answer in [
        evaluate(&problem, &asked, 1).map(|_| ()),
        job_fill_about(&problem, &short, 1).map(|_| ()),
    ] {
        let Err(KitError::Invalid(faults)) = answer else {
            panic!("accepted")
        };
        assert_eq!(faults[0].at, "evaluate[0]");
    }
    assert!(job_fill_about(&problem, &right, 1).is_ok());
}

#[test]
fn the_requirements_of_a_sample_are_those_of_its_tours() {
    let problem = long_tour(UsePolicy::Partial);
    let requirements = sampled(&problem, 500, &mut Stream::new(7, 1));
    let paths = Paths::sampled(&problem, 500, &mut Stream::new(7, 1));
    assert_eq!((requirements.outcomes, paths.count()), (500, 500));
    let weight: f64 = requirements.rows.iter().map(|row| row.1).sum();
    assert!((weight - 1.0).abs() < 1e-9);
    for of_each in 0..9 {
        let stock = vec![of_each; problem.parts.len()];
        let walked = paths.fill(&stock, true).job_fill;
        assert!((requirements.job_fill(&stock) - walked).abs() < 1e-9);
    }
}

/// One job that may need any of so many items, each with a part of its own.
fn coins(items: usize) -> KitProblem {
    let each = 0..items;
    let wanted: Vec<_> = each.clone().map(|item| (item, 0.5)).collect();
    KitProblem {
        parts: each.clone().map(|k| part(&k.to_string(), 1.0)).collect(),
        items: each.map(|k| item(&k.to_string(), &[(k, 1)])).collect(),
        jobs: vec![job(1.0, &wanted)],
        ..long_tour(UsePolicy::Partial)
    }
}

#[test]
fn as_many_outcomes_as_allowed_are_enumerated_and_no_more() {
    let every = enumerated(&coins(16)).expect("65,536 outcomes");
    assert_eq!(every.outcomes, 65_536);
    assert!(enumerated(&coins(17)).is_none());
    // What certainly happens or never does makes no outcome more.
    let mut certain = coins(18);
    (certain.jobs[0].items[0].p, certain.jobs[0].items[1].p) = (1.0, 0.0);
    let every = enumerated(&certain).expect("65,536 outcomes");
    assert_eq!(every.outcomes, 65_536);
    certain.jobs[0].show = 0.0;
    assert_eq!(enumerated(&certain).expect("one outcome").outcomes, 1);
}
