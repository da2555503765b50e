//! Responsible for: the cheapest kit that reaches a share of the outcomes it is shown, with partial use.
//! Not responsible for: whether those outcomes are all or a sample, nor for all-or-nothing (`all_or_nothing`).

use super::ROUNDING;
use super::closure::{Frontier, frontier, price};
use super::exact::{Goal, best_kit};
use super::outcomes::Requirements;
use super::problem::KitProblem;
use super::search::{Limits, Search};
use super::shelf::Shelf;

/// How much work the parts of the search may do, in requirements touched.
#[derive(Debug, Clone, Copy)]
pub(super) struct Effort {
    /// The most minimum cuts.
    pub(super) cuts: u32,
    /// Swapping.
    pub(super) swap: u64,
    /// Looking at every kit.
    pub(super) tree: u64,
}

/// A kit and what is known about it on the outcomes shown.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// Units per part.
    pub(super) kit: Vec<u32>,
    /// No kit that reaches the target costs less; `None` where the target is out of reach.
    pub(super) bound: Option<f64>,
    /// The bound the cuts prove by themselves, and what it loses for each unit the target is lower.
    pub(super) cut: Option<(f64, f64)>,
    /// The kits around the target.
    pub(super) edge: Frontier,
}

/// The best kit found for this target (`near`: the kits around one a little lower); where the target is out of reach, the one that covers the most.
pub(super) fn optimise(
    problem: &KitProblem,
    limits: &Limits,
    requirements: &Requirements,
    target: f64,
    effort: Effort,
    near: Option<&Frontier>,
) -> Found {
    // A kit that fills exactly the target has missed nothing: its weights add up to it only as well as they are rounded.
    // Half of what the answer is judged with, so that what counts here counts there.
    let target = (target - ROUNDING / 2.0).max(0.0);
    let mut shelf = Shelf::empty(requirements, problem.parts.len());
    let wanted = shelf.threshold(target);
    shelf.become_stock(&limits.caps);
    let within_reach = shelf.covered >= wanted;
    let threshold = wanted.min(shelf.covered);
    let share = if within_reach {
        target
    } else {
        shelf.covered as f64 / shelf.total.max(1) as f64 - 1e-12
    };

    let edge = frontier(
        requirements,
        &limits.cost,
        &limits.caps,
        share,
        effort.cuts,
        near,
    );
    let search = Search::new(problem, limits, limits.cost.clone(), requirements);
    let mut kit = from_both_sides(&search, &mut shelf, &edge.below, &edge.above, threshold);
    if limits.fits(&kit) {
        shelf.become_stock(&kit);
        search.swap(&mut shelf, threshold, effort.swap);
        kit.clone_from(&shelf.stock);
    } else {
        kit = in_a_small_van(problem, limits, requirements, share, effort, &mut shelf);
    }
    shelf.become_stock(&kit);
    let mut bound = within_reach.then_some(edge.bound);
    let mut best = (shelf.covered < threshold)
        .then(|| best_kit(&mut shelf, limits, Goal::Fullest, &kit, effort.tree))
        .flatten();
    if let Some(fullest) = &best {
        kit.clone_from(fullest);
    }
    shelf.become_stock(&kit);
    // The fullest kit may reach what none was found for before: it is the cheapest of those that is asked for.
    if shelf.covered >= threshold {
        best = best_kit(
            &mut shelf,
            limits,
            Goal::Cheapest(threshold),
            &kit,
            effort.tree,
        );
    }
    if let Some(best) = best {
        shelf.become_stock(&best);
        kit = best;
        if shelf.covered >= wanted {
            bound = Some(price(&limits.cost, &kit));
        }
    }
    if shelf.covered < wanted {
        bound = None;
    }
    Found {
        kit,
        bound,
        cut: within_reach.then_some((edge.bound, edge.slope)),
        edge,
    }
}

/// Fills up from below and prunes from above; the cheaper kit, one that the van takes first.
fn from_both_sides(
    search: &Search<'_>,
    shelf: &mut Shelf,
    below: &[u32],
    above: &[u32],
    threshold: u64,
) -> Vec<u32> {
    shelf.become_stock(above);
    search.prune(shelf, threshold);
    let pruned = shelf.stock.clone();
    shelf.become_stock(below);
    search.fill_up(shelf, threshold);
    search.prune(shelf, threshold);
    let reached = shelf.covered >= threshold;
    let cost = |kit: &[u32]| (!search.limits.fits(kit), price(&search.limits.cost, kit));
    if reached && cost(&shelf.stock) <= cost(&pruned) {
        shelf.stock.clone()
    } else {
        pruned
    }
}

/// Prices the van's space higher and higher; the best kit that fits: one that reaches the target, and the cheapest of
/// those, else the one that covers the most.
fn in_a_small_van(
    problem: &KitProblem,
    limits: &Limits,
    requirements: &Requirements,
    target: f64,
    effort: Effort,
    shelf: &mut Shelf,
) -> Vec<u32> {
    let threshold = shelf.threshold(target);
    let full = price(&limits.cost, &limits.caps).max(1.0);
    let mut best: Option<((u64, f64), Vec<u32>)> = None;
    for worth in [0.3, 2.0, 100.0] {
        let cost = limits.cost_with_space(worth * full);
        let edge = frontier(
            requirements,
            &cost,
            &limits.caps,
            target,
            effort.cuts / 2,
            None,
        );
        let search = Search::new(problem, limits, cost, requirements);
        for start in [&edge.below, &edge.above] {
            shelf.become_stock(start);
            search.prune(shelf, threshold);
            search.shed(shelf, &[]);
            search.fill_up(shelf, threshold);
            if shelf.covered < threshold {
                search.trade(shelf, effort.swap / 8, threshold);
            }
            search.prune(shelf, threshold);
            if shelf.covered >= threshold {
                search.swap(shelf, threshold, effort.swap / 8);
            }
            let score = (
                shelf.covered.min(threshold),
                price(&limits.cost, &shelf.stock),
            );
            let better =
                |old: &(u64, f64)| score.0 > old.0 || (score.0 == old.0 && score.1 < old.1);
            if limits.fits(&shelf.stock) && best.as_ref().is_none_or(|(old, _)| better(old)) {
                best = Some((score, shelf.stock.clone()));
            }
        }
    }
    best.map_or_else(|| vec![0; limits.caps.len()], |(_, kit)| kit)
}

#[cfg(test)]
mod tests;
