//! The list of all stocks at its ends.

use super::super::UsePolicy;
use super::super::problem::{KitProblem, VanLimits};
use super::super::tests::questions::{long_tour, part};
use super::*;

#[test]
fn more_than_can_be_asked_for_counts_as_that() {
    // A job that wants one of the first part or two of the second, half of the time each.
    let job = vec![(vec![(0, 1)], 0.5), (vec![(1, 2)], 0.5)];
    let table = Table::of(&[job], &[1, 2]).expect("six stocks");
    for (stock, fill) in [
        ([0, 0], 0.0),
        ([1, 0], 0.5),
        ([7, 0], 0.5),
        ([2, 1], 0.5),
        ([0, 2], 0.5),
        ([0, 9], 0.5),
        ([3, 3], 1.0),
    ] {
        assert!((table.job_fill(&stock) - fill).abs() < 1e-12, "{stock:?}");
    }
}

#[test]
fn what_is_too_much_to_list_is_not_listed() {
    let most = 1 << 11;
    assert!(Table::of(&[], &[most - 1, most - 1]).is_some());
    assert!(Table::of(&[], &[most, most]).is_none());
    assert!(Table::of(&[], &[usize::MAX - 1, 3]).is_none());
    let outcome = (vec![(0_u32, 1_u32)], 0.0);
    let job = vec![outcome; 1_000];
    assert!(Table::of(&[job], &[most - 1, most - 1]).is_none());
}

#[test]
fn of_kits_that_fill_as_much_but_for_rounding_the_cheapest_is_taken() {
    // A tenth and two tenths are more than three tenths, by the rounding of their sum.
    let half = |part: u32, chance: f64| (vec![(part, 1)], chance);
    let job = vec![half(0, 0.1), half(0, 0.2), half(1, 0.3), half(2, 0.4)];
    let table = Table::of(&[job], &[1, 1, 1]).expect("eight stocks");
    assert!(table.job_fill(&[1, 0, 0]) > table.job_fill(&[0, 1, 0]));
    for (costs, best) in [([5.0, 4.0], [0, 1, 0]), ([4.0, 5.0], [1, 0, 0])] {
        // The last cannot be had, and there is room for one.
        let problem = KitProblem {
            parts: vec![part("a", costs[0]), part("b", costs[1]), part("c", 1.0)],
            van: VanLimits {
                volume_l: Some(1.0),
                payload_kg: None,
            },
            ..long_tour(UsePolicy::AllOrNothing)
        };
        let limits = Limits::of(&problem, vec![1, 1, 0]);
        assert_eq!(table.best(&limits, 0.9), best);
    }
}
