//! Responsible for: the kits that are best for some price of a job, and the lower bound they prove.
//! Not responsible for: the last step from those kits to the target (`search`).
//!
//! For a price λ of the whole job fill, max λ·fill(S) − cost(S) is a maximum closure: covering a requirement earns its
//! weight times λ and needs levels 1…L of its parts; level l needs level l−1. One minimum cut solves it (Mamer and
//! Smith 1982, carried to many jobs and units). Its kits are nested in λ, so each cut is made only between the two
//! kits that enclose the target, and the next λ is where their lines cross (Eisner and Severance 1976).

use super::demand::Units;
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
///
/// `near`: what was found for a target a little lower, on the same requirements and costs. Without it the first λ are
/// guessed, to get near the target with few large cuts; any λ proves a bound.
pub(super) fn frontier(
    requirements: &Requirements,
    cost: &[f64],
    caps: &[u32],
    target: f64,
    cuts: u32,
    near: Option<&Frontier>,
) -> Frontier {
    let corner = |kit: Vec<u32>| Corner {
        cost: price(cost, &kit),
        fill: requirements.job_fill(&kit),
        kit,
    };
    let mut below = near
        .map(|near| corner(near.below.clone()))
        .filter(|below| below.fill < target)
        .unwrap_or_else(|| corner(vec![0; caps.len()]));
    let mut above = near
        .map(|near| corner(near.above.clone()))
        .filter(|above| above.fill >= target)
        .unwrap_or_else(|| corner(caps.to_vec()));
    let mut guess = match near {
        Some(_) => Guess::none(),
        None => Guess::near(requirements, cost, caps, target),
    };
    let (mut bound, mut slope) = (0.0_f64, 0.0_f64);
    for _ in 0..cuts {
        let (rise, run) = (above.cost - below.cost, above.fill - below.fill);
        if rise <= 0.0 || run <= 1e-12 {
            break;
        }
        let guessed = guess.next();
        let lambda = guessed.unwrap_or(rise / run);
        let found = corner(closure(requirements, cost, &below.kit, &above.kit, lambda));
        let height = |corner: &Corner| lambda.mul_add(target - corner.fill, corner.cost);
        // Capacities are rounded down to 1/scale each, so the cut may be off by that much, never more.
        let slack = 1e-9 * (above.cost + lambda);
        let least = height(&below).min(height(&above));
        let proven = height(&found).min(least) - slack;
        if proven > bound {
            (bound, slope) = (proven, lambda);
        }
        let new =
            found.kit != below.kit && found.kit != above.kit && height(&found) < least - slack;
        if !new && guessed.is_none() {
            break;
        }
        guess.told(found.fill >= target);
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

/// Guesses of λ until one kit on each side of the target is found.
#[derive(Debug)]
struct Guess {
    /// The next one; `None` = no more.
    lambda: Option<f64>,
    left: u32,
    /// On which side the last kit lay.
    reached: Option<bool>,
}

impl Guess {
    /// No guess is needed.
    fn none() -> Self {
        Self {
            lambda: None,
            left: 0,
            reached: None,
        }
    }

    /// λ as it is on the kits of parts taken alone: each level of a part is worth the requirements that need
    /// exactly it, shared with their other parts.
    fn near(requirements: &Requirements, cost: &[f64], caps: &[u32], target: f64) -> Self {
        let mut worth: Vec<Vec<f64>> = caps
            .iter()
            .map(|cap| vec![0.0; *cap as usize + 1])
            .collect();
        for (units, weight) in &requirements.rows {
            for &(part, need) in units {
                let levels = worth.get_mut(part as usize);
                if let Some(level) = levels.and_then(|levels| levels.get_mut(need as usize)) {
                    *level += weight / units.len() as f64;
                }
            }
        }
        let kit = |lambda: f64| -> Vec<u32> {
            let of_part = |(levels, each): (&Vec<f64>, &f64)| {
                let pays = levels.iter().rposition(|level| lambda * level >= *each);
                pays.unwrap_or(0) as u32
            };
            worth.iter().zip(cost).map(of_part).collect()
        };
        let (mut low, mut high) = (1e-3_f64, 1e9_f64);
        for _ in 0..20 {
            let middle = (low * high).sqrt();
            if requirements.job_fill(&kit(middle)) >= target {
                high = middle;
            } else {
                low = middle;
            }
        }
        let (less, more) = (kit(high / 1.6), kit(high * 1.6));
        let run = requirements.job_fill(&more) - requirements.job_fill(&less);
        let lambda = (price(cost, &more) - price(cost, &less)) / run;
        Self {
            lambda: (lambda.is_finite() && lambda > 0.0).then_some(lambda),
            left: 6,
            reached: None,
        }
    }

    fn next(&mut self) -> Option<f64> {
        self.left = self.left.checked_sub(1)?;
        self.lambda
    }

    /// The last kit reached the target, or not.
    fn told(&mut self, reached: bool) {
        if self.reached.is_some_and(|before| before != reached) {
            self.lambda = None;
        }
        self.reached = Some(reached);
        let step = if reached { 0.8 } else { 1.25 };
        self.lambda = self.lambda.map(|lambda| lambda * step);
    }
}

/// Cost of a kit.
pub(super) fn price(cost: &[f64], kit: &[u32]) -> f64 {
    cost.iter()
        .zip(kit)
        .map(|(each, &units)| each * f64::from(units))
        .sum()
}

/// What requirements lack beyond the inner kit, as nodes of levels; those that lack the same count as one.
struct Lacking {
    /// By node: the weight of the requirements that lack it alone. They need no node of their own.
    single: Vec<f64>,
    /// The nodes of all others, one after the other.
    nodes: Vec<u32>,
    /// Where each one's nodes begin and end, and its weight; the same nodes beside each other.
    rows: Vec<(u32, u32, f64)>,
}

impl Lacking {
    fn of(
        open: &[&(Units, f64)],
        levels: &[Vec<u32>],
        first: &[usize],
        level_nodes: usize,
    ) -> Self {
        let node = |part: u32, need: u32| {
            let place = levels.get(part as usize)?.binary_search(&need).ok()?;
            Some((first.get(part as usize)? + place) as u32)
        };
        let mut lacking = Self {
            single: vec![0.0; level_nodes],
            nodes: Vec::new(),
            rows: Vec::new(),
        };
        for (units, weight) in open {
            let from = lacking.nodes.len();
            let levels = units.iter().filter_map(|&(part, need)| node(part, need));
            lacking.nodes.extend(levels);
            if let [level] = lacking.nodes[from..] {
                lacking.single[level as usize] += weight;
                lacking.nodes.truncate(from);
            } else {
                let to = lacking.nodes.len() as u32;
                lacking.rows.push((from as u32, to, *weight));
            }
        }
        let nodes = &lacking.nodes;
        // Stable: weights are added in the order of the requirements.
        lacking.rows.sort_by(|a, b| {
            nodes[a.0 as usize..a.1 as usize].cmp(&nodes[b.0 as usize..b.1 as usize])
        });
        lacking
    }

    /// Each set of nodes once, with the weight of all that lack it.
    fn several(&self) -> impl Iterator<Item = (&[u32], f64)> {
        let nodes = |row: &(u32, u32, f64)| &self.nodes[row.0 as usize..row.1 as usize];
        let alike = self.rows.chunk_by(move |a, b| nodes(a) == nodes(b));
        alike.filter_map(move |rows| {
            let weight = rows.iter().map(|row| row.2).sum();
            Some((nodes(rows.first()?), weight))
        })
    }
}

/// The best kit between `inner` and `outer` at price `lambda`; of equally good ones the smallest.
pub(super) fn closure(
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
    let mut nodes = 2;
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
    let lacking = Lacking::of(&open, &levels, &first, nodes);
    for (level, weight) in lacking.single.iter().enumerate() {
        if *weight > 0.0 {
            network.edge(source, level, whole(lambda * weight));
        }
    }
    for (levels, weight) in lacking.several() {
        network.edge(source, nodes, whole(lambda * weight));
        for &level in levels {
            network.edge(nodes, level as usize, UNLIMITED);
        }
        nodes += 1;
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

#[cfg(test)]
mod tests;
