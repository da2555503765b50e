//! Responsible for: making a kit cheaper where a job that cannot be completed uses nothing.
//! Not responsible for: the kit to start from: one that reaches the target with partial use reaches it here too.

use super::closure::price;
use super::score::Scorer;
use super::search::Limits;

/// Takes units off, then exchanges one unit for another, as long as the target holds. At most `trials` kits are scored.
pub(super) fn cheaper(
    scorer: &Scorer,
    limits: &Limits,
    target: f64,
    start: &[u32],
    trials: u32,
) -> Vec<u32> {
    let mut kit = start.to_vec();
    if scorer.job_fill(&kit) < target {
        return kit;
    }
    let mut parts: Vec<usize> = (0..kit.len()).collect();
    let cost = |part: usize| limits.cost.get(part).copied().unwrap_or(0.0);
    parts.sort_by(|a, b| cost(*b).total_cmp(&cost(*a)).then(a.cmp(b)));
    let mut left = trials;
    loop {
        let before = price(&limits.cost, &kit);
        for &part in &parts {
            while left > 0 {
                left -= 1;
                let Some(fewer) = changed(&kit, part, None) else {
                    break;
                };
                if scorer.job_fill(&fewer) < target {
                    break;
                }
                kit = fewer;
            }
        }
        'exchange: for &dear in &parts {
            for &cheap in parts
                .iter()
                .rev()
                .take_while(|cheap| cost(**cheap) < cost(dear))
            {
                if left == 0 {
                    break 'exchange;
                }
                let Some(other) = changed(&kit, dear, Some(cheap)) else {
                    break;
                };
                if other.get(cheap) > limits.caps.get(cheap) || !limits.fits(&other) {
                    continue;
                }
                left -= 1;
                if scorer.job_fill(&other) >= target {
                    kit = other;
                    break 'exchange;
                }
            }
        }
        if left == 0 || price(&limits.cost, &kit) >= before - 1e-9 {
            return kit;
        }
    }
}

/// The kit with one unit less of one part and, if wanted, one more of another; `None` where there is none to take.
fn changed(kit: &[u32], less: usize, more: Option<usize>) -> Option<Vec<u32>> {
    let mut other = kit.to_vec();
    let held = other.get_mut(less)?;
    *held = held.checked_sub(1)?;
    if let Some(more) = more {
        *other.get_mut(more)? += 1;
    }
    Some(other)
}
