//! The rules, each as a ladder of kits from little to much, and the first rung that reaches a job fill.

use tourplan::solve::kit::{KitError, KitProblem, evaluate, part_demand};

/// A rule of thumb.
pub(crate) struct Rule {
    /// What the table calls it.
    pub(crate) name: &'static str,
    /// Its kits, from little to much.
    ladder: fn(&KitProblem) -> Vec<Vec<u32>>,
}

/// The rules compared.
pub(crate) const RULES: [Rule; 3] = [
    Rule {
        name: "everything with p·q above a threshold",
        ladder: by_threshold,
    },
    Rule {
        name: "same service level for every part",
        ladder: by_service_level,
    },
    Rule {
        name: "part fill, greedy",
        ladder: by_part_fill,
    },
];

/// Cost of each rule's first kit that reaches `fill`, on the outcomes the engine itself scores with.
///
/// Rungs only grow, so the fill does (partial use): every round looks at four rungs of each ladder at once.
pub(crate) fn cheapest(problem: &KitProblem, fill: f64) -> Result<[f64; RULES.len()], KitError> {
    let ladders = RULES.map(|rule| {
        let mut ladder = (rule.ladder)(problem);
        ladder.dedup();
        ladder
    });
    let mut spans = ladders.each_ref().map(|ladder| (0, ladder.len() - 1));
    while spans.iter().any(|(low, high)| low < high) {
        let rungs = spans.map(|(low, high)| [1, 2, 3, 4].map(|n| low + (high - low) * n / 5));
        let kits = ladders.iter().zip(&rungs);
        let kits = kits.flat_map(|(ladder, rungs)| rungs.map(|rung| ladder[rung].clone()));
        let found = evaluate(problem, &kits.collect::<Vec<_>>(), 1)?;
        let found = found.chunks(rungs[0].len());
        for ((found, rungs), span) in found.zip(&rungs).zip(&mut spans) {
            for (found, rung) in found.iter().zip(rungs) {
                if found.job_fill >= fill - 1e-9 {
                    span.1 = span.1.min(*rung);
                } else {
                    span.0 = span.0.max(rung + 1).min(span.1);
                }
            }
        }
    }
    let mut costs = [0.0; RULES.len()];
    for ((cost, ladder), (rung, _)) in costs.iter_mut().zip(&ladders).zip(spans) {
        let units = ladder[rung].iter().map(|units| f64::from(*units));
        *cost = units
            .zip(&problem.parts)
            .map(|(units, part)| units * part.cost)
            .sum();
    }
    Ok(costs)
}

/// Whole bills of material of every item with show × p at or above the threshold, vehicle by vehicle, nothing pooled.
fn by_threshold(problem: &KitProblem) -> Vec<Vec<u32>> {
    let mut wanted: Vec<(f64, usize)> = Vec::new();
    for job in &problem.jobs {
        wanted.extend(job.items.iter().map(|item| (job.show * item.p, item.item)));
    }
    wanted.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut kit = vec![0; problem.parts.len()];
    let mut ladder = vec![kit.clone()];
    for equal in wanted.chunk_by(|a, b| a.0 == b.0) {
        for line in equal.iter().flat_map(|(_, item)| &problem.items[*item].bom) {
            kit[line.part] += line.qty;
        }
        ladder.push(kit.clone());
    }
    ladder
}

/// For each part the fewest pieces that suffice with the same probability.
fn by_service_level(problem: &KitProblem) -> Vec<Vec<u32>> {
    let demand = part_demand(problem);
    let mut levels: Vec<f64> = Vec::new();
    for pmf in &demand {
        levels.extend(cumulated(pmf));
    }
    levels.sort_by(f64::total_cmp);
    let enough =
        |pmf: &Vec<f64>, level: f64| cumulated(pmf).take_while(|sum| *sum < level).count() as u32;
    levels
        .into_iter()
        .map(|level| demand.iter().map(|pmf| enough(pmf, level)).collect())
        .collect()
}

/// One piece more at a time, of the part with the greatest P(one more is needed) per yuan.
fn by_part_fill(problem: &KitProblem) -> Vec<Vec<u32>> {
    let demand = part_demand(problem);
    let mut pieces: Vec<(f64, usize)> = Vec::new();
    for (part, pmf) in demand.iter().enumerate() {
        let needed = cumulated(pmf).take(pmf.len() - 1).map(|sum| 1.0 - sum);
        let cost = problem.parts[part].cost.max(1e-9);
        pieces.extend(needed.map(|needed| (needed / cost, part)));
    }
    pieces.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut kit = vec![0; problem.parts.len()];
    let mut ladder = vec![kit.clone()];
    for (_, part) in pieces {
        kit[part] += 1;
        ladder.push(kit.clone());
    }
    ladder
}

/// P(demand ≤ n) for n = 0, 1, …
fn cumulated(pmf: &[f64]) -> impl Iterator<Item = f64> {
    pmf.iter().scan(0.0, |sum, chance| {
        *sum += chance;
        Some(*sum)
    })
}
