//! Responsible for: the kits that are best for some price of a job, and the lower bound they prove.
//! Not responsible for: the last step from those kits to the target (`search`).
//!
//! For a price λ of the whole job fill, max λ·fill(S) − cost(S) is a maximum closure: covering a requirement earns its
//! weight times λ and needs levels 1…L of its parts; level l needs level l−1. One minimum cut solves it (Mamer and
//! Smith 1982, carried to many jobs and units). Its kits are nested in λ, so each cut is made only between the two
//! kits that enclose the target, and the next λ is where their lines cross (Eisner and Severance 1976).

use super::maxflow::{Network, UNLIMITED};
use super::outcomes::{Requirements, holds};

/// The two kits around the target and what they prove.
#[derive(Debug, Clone)]
pub(super) struct Frontier {
    /// The largest kit found that stays below the target (or the empty one).
    pub(super) below: Vec<u32>,
    /// The smallest kit found that reaches it.
    pub(super) above: Vec<u32>,
    /// No kit within the caps reaches the target for less.
    pub(super) bound: f64,
    /// What the bound loses for each unit the target is lower: the λ that proved it.
    pub(super) slope: f64,
}

/// A kit with what it costs and covers.
#[derive(Debug, Clone)]
struct Corner {
    kit: Vec<u32>,
    cost: f64,
    fill: f64,
}

/// Cuts until the corner kits around `target` are neighbours. `caps` must reach the target.
pub(super) fn frontier(
    requirements: &Requirements,
    cost: &[f64],
    caps: &[u32],
    target: f64,
    cuts: u32,
) -> Frontier {
    let corner = |kit: Vec<u32>| Corner {
        cost: price(cost, &kit),
        fill: fill(requirements, &kit),
        kit,
    };
    let mut below = corner(vec![0; caps.len()]);
    let mut above = corner(caps.to_vec());
    let (mut bound, mut slope) = (0.0_f64, 0.0_f64);
    for _ in 0..cuts {
        let (rise, run) = (above.cost - below.cost, above.fill - below.fill);
        if rise <= 0.0 || run <= 1e-12 {
            break;
        }
        let lambda = rise / run;
        let found = corner(closure(requirements, cost, &below.kit, &above.kit, lambda));
        let height = |corner: &Corner| lambda.mul_add(target - corner.fill, corner.cost);
        // Capacities are rounded down to 1/scale each, so the cut may be off by that much, never more.
        let slack = 1e-9 * (above.cost + lambda);
        let proven = height(&found).min(height(&below)) - slack;
        if proven > bound {
            (bound, slope) = (proven, lambda);
        }
        let new = found.kit != below.kit
            && found.kit != above.kit
            && height(&found) < height(&below) - slack;
        if !new {
            break;
        }
        if found.fill >= target {
            above = found;
        } else {
            below = found;
        }
    }
    Frontier {
        below: below.kit,
        above: above.kit,
        bound,
        slope,
    }
}

/// Cost of a kit.
pub(super) fn price(cost: &[f64], kit: &[u32]) -> f64 {
    cost.iter()
        .zip(kit)
        .map(|(each, &units)| each * f64::from(units))
        .sum()
}

fn fill(requirements: &Requirements, kit: &[u32]) -> f64 {
    requirements.job_fill(kit)
}

/// The best kit between `inner` and `outer` at price `lambda`; of equally good ones the smallest.
fn closure(
    requirements: &Requirements,
    cost: &[f64],
    inner: &[u32],
    outer: &[u32],
    lambda: f64,
) -> Vec<u32> {
    let open: Vec<_> = requirements
        .rows
        .iter()
        .filter(|(units, _)| holds(outer, units) && !holds(inner, units))
        .collect();
    // Only the numbers that are asked for matter: the levels between them are one node.
    let mut levels: Vec<Vec<u32>> = vec![Vec::new(); inner.len()];
    for (units, _) in &open {
        for &(part, need) in units {
            let part = part as usize;
            if inner.get(part).is_some_and(|&held| need > held)
                && let Some(needs) = levels.get_mut(part)
            {
                needs.push(need);
            }
        }
    }
    let mut first = Vec::with_capacity(levels.len());
    let mut nodes = 2 + open.len();
    for needs in &mut levels {
        needs.sort_unstable();
        needs.dedup();
        first.push(nodes);
        nodes += needs.len();
    }
    let span = lambda + price(cost, outer);
    let scale = 1_152_921_504_606_846_976.0 / span.max(f64::MIN_POSITIVE);
    let whole = |amount: f64| (amount * scale) as i64;
    let (source, sink) = (0, 1);
    let mut network = Network::default();
    for (n, (units, weight)) in open.iter().enumerate() {
        network.edge(source, 2 + n, whole(lambda * weight));
        for &(part, need) in units {
            let part = part as usize;
            let place = levels
                .get(part)
                .and_then(|needs| needs.binary_search(&need).ok());
            if let (Some(place), Some(base)) = (place, first.get(part)) {
                network.edge(2 + n, base + place, UNLIMITED);
            }
        }
    }
    for (part, needs) in levels.iter().enumerate() {
        let (base, each) = (
            first.get(part).copied().unwrap_or(0),
            cost.get(part).copied().unwrap_or(0.0),
        );
        let mut held = inner.get(part).copied().unwrap_or(0);
        for (place, &need) in needs.iter().enumerate() {
            network.edge(base + place, sink, whole(each * f64::from(need - held)));
            if place > 0 {
                network.edge(base + place, base + place - 1, UNLIMITED);
            }
            held = need;
        }
    }
    let chosen = network.source_side(nodes, source, sink);
    let mut kit = inner.to_vec();
    for (part, needs) in levels.iter().enumerate() {
        let base = first.get(part).copied().unwrap_or(0);
        for (place, &need) in needs.iter().enumerate() {
            if chosen.get(base + place) == Some(&true)
                && let Some(held) = kit.get_mut(part)
            {
                *held = (*held).max(need);
            }
        }
    }
    kit
}
