//! Kits for vans too small for all, against every stock there is.

use super::super::closure::price;
use super::oracle::{EveryStock, problem};
use super::*;

#[test]
fn without_looking_at_every_kit_the_answer_is_seldom_far_from_the_best() {
    let effort = Effort {
        cuts: 40,
        swap: 4_000_000,
        tree: 0,
    };
    // Problems, and those not solved to the optimum: with room for all, and in a van too small for that.
    let mut told = [(0, 0); 2];
    for seed in 1..120 {
        let mut problem = problem(seed);
        problem.policy = UsePolicy::Partial;
        let Some(every) = EveryStock::of(&problem) else {
            continue;
        };
        for told in &mut told {
            let requirements = outcomes::enumerated(&problem).expect("small");
            let limits = Limits::of(&problem, demand::caps(&problem, &part_demand(&problem)));
            let target = problem.target_job_fill;
            let found = optimise(&problem, &limits, &requirements, target, effort, None);
            assert!(limits.fits(&found.kit), "{seed}");
            let fill = every.fill[every.place(&found.kit)];
            let cost = price(&limits.cost, &found.kit);
            let (least, most, _) = every.best(&problem);
            let loss = match least {
                Some(least) if fill >= target - 1e-11 => (cost - least) / least.max(1.0),
                _ => most.min(target) - fill,
            };
            assert!(loss > -1e-9, "{seed}: {loss}");
            told.0 += 1;
            told.1 += usize::from(loss > 1e-9);
            let litres = |each: &KitProblem| -> f64 {
                let units = found.kit.iter().zip(&each.parts);
                units.map(|(n, part)| f64::from(*n) * part.volume_l).sum()
            };
            problem.van.volume_l = Some(0.7 * litres(&problem));
        }
    }
    let [(roomy, missed), (small, missed_there)] = told;
    assert!(roomy > 100 && small == roomy, "{told:?}");
    assert!(missed == 0 && missed_there < 2, "{told:?}");
}

#[test]
fn where_only_looking_at_every_kit_finds_one_that_fits_it_is_still_the_cheapest() {
    let mut problem = KitProblem {
        policy: UsePolicy::Partial,
        target_job_fill: 0.9,
        ..problem(986)
    };
    for part in &mut problem.parts {
        part.available = None;
    }
    let every = EveryStock::of(&problem).expect("1,456 stocks");
    let sum = |kit: &[u32], each: fn(&KitPart) -> f64| -> f64 {
        let units = kit.iter().zip(&problem.parts);
        units.map(|(n, part)| f64::from(*n) * each(part)).sum()
    };
    let (litres, kilos) = (
        |part: &KitPart| part.volume_l,
        |part: &KitPart| part.weight_kg,
    );
    // A twentieth more room than the smallest kit that reaches the target takes.
    let enough = (0..every.fill.len()).filter(|place| every.fill[*place] >= 0.9);
    let room = |kit: &Vec<u32>| sum(kit, litres) + sum(kit, kilos);
    let smallest = enough
        .map(|place| every.stock(place))
        .min_by(|a, b| room(a).total_cmp(&room(b)))
        .expect("some kit");
    let van = VanLimits {
        volume_l: Some(1.05 * sum(&smallest, litres)),
        payload_kg: Some(1.05 * sum(&smallest, kilos)),
    };
    problem.van = van;
    let least = every.best(&problem).0.expect("it fits");
    let solution = solve(&problem, 1).expect("valid");
    // It was the fullest kit, for 800.53 yuan, and called proven.
    assert!((least - 753.07).abs() < 0.01);
    assert!((solution.cost - least).abs() < 1e-5, "{}", solution.cost);
    assert_eq!(solution.lower_bound, Some(solution.cost));
}
