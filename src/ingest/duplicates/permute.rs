//! A long list put in order in place: a second one would be half the memory of a run.
//!
//! Responsible for: large items, moved as seldom as can be, on two cores. Not responsible for: which order.

use rayon::prelude::*;

/// Fewer are put in order by one core.
const HALVED: usize = 50_000;
/// Fewer trades are made by one core.
const TRADES: usize = 10_000;

/// Puts item `from[at]` at `at`. `from` holds every position of `items` once.
pub(super) fn permute<T: Send>(items: &mut [T], from: Vec<usize>) {
    if items.len() < HALVED {
        follow(items, from);
    } else {
        by_halves(items, from);
    }
}

/// Each half is put in order by a core of its own, once it holds what belongs into it.
fn by_halves<T: Send>(items: &mut [T], mut from: Vec<usize>) {
    let middle = items.len() / 2;
    let mut high = from.split_off(middle);
    let mut low = from;
    // As many stand below that belong above as the other way round.
    let (below, above) = rayon::join(
        || strangers(&high, |source| source < middle),
        || strangers(&low, |source| source >= middle),
    );
    let mut stands_at: Vec<usize> = (0..items.len()).collect();
    for (below, above) in below.iter().zip(&above) {
        stands_at.swap(*below, *above);
    }
    let (lower, upper) = items.split_at_mut(middle);
    trade((lower, 0, &below), (upper, middle, &above));
    let now_in = |half: &mut Vec<usize>, start: usize| {
        for source in half {
            *source = stands_at.get(*source).map_or(0, |at| at - start);
        }
    };
    rayon::join(
        || {
            now_in(&mut low, 0);
            follow(lower, low);
        },
        || {
            now_in(&mut high, middle);
            follow(upper, high);
        },
    );
}

/// Of the sources a half wants, those that stand in the other one, in order.
fn strangers(wanted: &[usize], is_strange: impl Fn(usize) -> bool + Sync) -> Vec<usize> {
    let wanted = wanted.iter().copied();
    let mut strangers: Vec<usize> = wanted.filter(|source| is_strange(*source)).collect();
    strangers.par_sort_unstable();
    strangers
}

/// A part of a list, the position of its first item, and those of the items to be given away, in order.
type Side<'a, T> = (&'a mut [T], usize, &'a [usize]);

/// Swaps the first item given away by each side, the second, and so on.
fn trade<T: Send>((low, low_start, below): Side<'_, T>, (high, high_start, above): Side<'_, T>) {
    let half = below.len() / 2;
    match (below.get(half), above.get(half)) {
        (Some(low_cut), Some(high_cut)) if below.len() >= TRADES => {
            let (low_first, low_rest) = low.split_at_mut(low_cut - low_start);
            let (high_first, high_rest) = high.split_at_mut(high_cut - high_start);
            let (below_first, below_rest) = below.split_at(half);
            let (above_first, above_rest) = above.split_at(half);
            rayon::join(
                || {
                    trade(
                        (low_first, low_start, below_first),
                        (high_first, high_start, above_first),
                    );
                },
                || {
                    trade(
                        (low_rest, *low_cut, below_rest),
                        (high_rest, *high_cut, above_rest),
                    );
                },
            );
        }
        _ => {
            for (below, above) in below.iter().zip(above) {
                let pair = (
                    low.get_mut(below - low_start),
                    high.get_mut(above - high_start),
                );
                if let (Some(one), Some(other)) = pair {
                    std::mem::swap(one, other);
                }
            }
        }
    }
}

/// Follows each cycle of the permutation once.
fn follow<T>(items: &mut [T], mut from: Vec<usize>) {
    for start in 0..from.len() {
        let mut at = start;
        while let Some(source) = from.get(at).copied() {
            if let Some(done) = from.get_mut(at) {
                *done = at;
            }
            if source == start || source == at {
                break;
            }
            items.swap(at, source);
            at = source;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Positions in an order that looks like none: by the remainders of a number that shares no divisor.
    fn scattered(count: usize) -> Vec<usize> {
        (0..count).map(|at| (at * 7919 + 13) % count).collect()
    }

    fn is_put_in_order(from: Vec<usize>) {
        let mut items: Vec<String> = (0..from.len()).map(|at| at.to_string()).collect();
        let wanted: Vec<String> = from.iter().map(ToString::to_string).collect();
        permute(&mut items, from);
        assert_eq!(items, wanted);
    }

    #[test]
    fn every_item_comes_to_its_place_on_one_core_and_on_two() {
        for count in [
            0,
            1,
            2,
            1_000,
            HALVED - 1,
            HALVED,
            HALVED + 1,
            3 * HALVED + 1,
        ] {
            is_put_in_order(scattered(count));
        }
    }

    #[test]
    fn a_list_in_order_or_the_other_way_round_or_with_halves_exchanged_is_one_too() {
        let count = HALVED + 7;
        is_put_in_order((0..count).collect());
        is_put_in_order((0..count).rev().collect());
        is_put_in_order((count / 2..count).chain(0..count / 2).collect());
    }
}
