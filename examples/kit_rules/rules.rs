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

/// Cost of the rule's first kit that reaches `fill`, on the outcomes the engine itself scores with.
pub(crate) fn cheapest(problem: &KitProblem, rule: &Rule, fill: f64) -> Result<f64, KitError> {
    let mut ladder = (rule.ladder)(problem);
    ladder.dedup();
    // Rungs only grow, so the fill does (partial use): halve the ladder until one rung is left.
    let (mut low, mut high) = (0, ladder.len().saturating_sub(1));
    while low < high {
        let middle = usize::midpoint(low, high);
        let kit = ladder.get(middle).cloned().unwrap_or_default();
        let reached = evaluate(problem, &[kit], 1)?
            .first()
            .is_some_and(|found| found.job_fill >= fill - 1e-9);
        if reached {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    let kit = ladder.get(low).cloned().unwrap_or_default();
    let units = kit.iter().map(|units| f64::from(*units));
    Ok(units
        .zip(&problem.parts)
        .map(|(units, part)| units * part.cost)
        .sum())
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
