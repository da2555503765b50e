//! The list of all stocks at its ends.

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
