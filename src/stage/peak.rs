//! How many pieces must exist at once: what is out, plus what returned tours will have used.

use crate::domain::Date;

/// Returned tours together use no more than is reckoned with, with this probability.
const SAFE_USE: f64 = 0.95;

/// One tour's pieces of one part.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Carried {
    /// First day out (inclusive).
    pub(super) depart: Date,
    /// Last day out (inclusive); what comes back serves from the day after.
    pub(super) ret: Date,
    /// Pieces carried.
    pub(super) kit: u32,
    /// `used[n]` = probability that exactly n of them do not come back; empty = none comes back.
    pub(super) used: Vec<f64>,
}

/// The pieces each departure needs on top of everything had before. Tours in order of departure; the sum is
/// the peak: at least what is out together on any day, at most the sum of the kits.
///
/// At a departure there must exist its own kit, every kit still out, and what all returned tours together have
/// used. That use is uncertain: its 95 % quantile is taken, exactly by convolution, not the mean.
pub(super) fn additions(tours: &[Carried]) -> Vec<u32> {
    let mut had = 0_u32;
    let mut back = vec![false; tours.len()];
    let mut used = vec![1.0];
    let mut extra = Vec::with_capacity(tours.len());
    for (index, tour) in tours.iter().enumerate() {
        let mut out = 0_u32;
        for (other, back) in tours.iter().zip(&mut back).take(index) {
            if !*back && other.ret < tour.depart {
                *back = true;
                used = convolved(&used, &not_returned(other));
            } else if !*back {
                out += other.kit;
            }
        }
        let more = (quantile(&used, SAFE_USE) + out + tour.kit).saturating_sub(had);
        had += more;
        extra.push(more);
    }
    extra
}

/// The distribution of demand cut at the pieces there are: what cannot be used beyond the kit counts as the kit.
pub(super) fn held(demand: &[f64], kit: u32) -> Vec<f64> {
    let kit = kit as usize;
    let mut used: Vec<f64> = demand.iter().copied().take(kit + 1).collect();
    let beyond: f64 = demand.iter().skip(kit + 1).sum();
    if let Some(last) = used.last_mut() {
        *last += beyond;
    }
    used
}

fn not_returned(tour: &Carried) -> Vec<f64> {
    if tour.used.is_empty() {
        let mut all = vec![0.0; tour.kit as usize + 1];
        if let Some(last) = all.last_mut() {
            *last = 1.0;
        }
        return all;
    }
    held(&tour.used, tour.kit)
}

/// Distribution of the sum of two independent numbers of pieces.
pub(super) fn convolved(a: &[f64], b: &[f64]) -> Vec<f64> {
    let mut sum = vec![0.0; a.len() + b.len() - 1];
    for (shift, chance) in b.iter().enumerate().filter(|(_, chance)| **chance > 0.0) {
        for (slot, other) in sum.iter_mut().skip(shift).zip(a) {
            *slot += chance * other;
        }
    }
    sum
}

/// The least number of pieces that suffices with the given probability.
fn quantile(pmf: &[f64], probability: f64) -> u32 {
    let mut sum = 0.0;
    for (pieces, chance) in pmf.iter().enumerate() {
        sum += chance;
        if sum >= probability - 1e-9 {
            return pieces as u32;
        }
    }
    pmf.len().saturating_sub(1) as u32
}
