//! Which variable leaves, and which enters.

use super::*;

#[test]
fn the_variable_that_reaches_zero_first_leaves() {
    let row = |row| Var::Idle { row };
    let test =
        |candidates: &[(f64, f64, Var)], first| ratio_test(candidates.iter().copied(), first);
    assert_eq!(test(&[], false), None);
    // What rises or stays never reaches it.
    assert_eq!(
        test(
            &[
                (-1.0, 1.0, row(0)),
                (0.0, 0.0, row(1)),
                (1e-10, 1.0, row(2))
            ],
            false
        ),
        None
    );
    let some = [(1.0, 3.0, row(0)), (2.0, 4.0, row(1)), (1.0, 2.5, row(2))];
    assert_eq!(test(&some, false), Some((2.0, row(1))));
    // Below zero by rounding is zero.
    assert_eq!(
        test(&[(1.0, 0.5, row(0)), (1.0, -1e-9, row(1))], false),
        Some((0.0, row(1)))
    );
    // Of equal ones the larger pivot, or the first by number; a rounding error makes no difference.
    for (a, b) in [(2.0, 4.0), (2.0 + 5e-12, 4.0), (2.0, 4.0 + 1e-11)] {
        let ties = [(1.0, a, row(3)), (2.0, b, row(7)), (0.5, 1.0, row(5))];
        assert_eq!(test(&ties, false).unwrap().1, row(7), "{a}, {b}");
        assert_eq!(test(&ties, true).unwrap().1, row(3), "{a}, {b}");
        let turned = [ties[1], ties[0], ties[2]];
        assert_eq!(test(&turned, false).unwrap().1, row(7), "{a}, {b}");
        assert_eq!(test(&turned, true).unwrap().1, row(3), "{a}, {b}");
    }
    let apart = [(1.0, 2.0 + 3e-11, row(3)), (1.0, 2.0, row(7))];
    assert_eq!(test(&apart, true), Some((2.0, row(7))));
}

/// Cells that bring so much an hour at a point each, nothing served yet.
fn open(gains: &[f64]) -> Simplex {
    let columns = gains.iter().map(|&gain| Column {
        row: 0,
        hours: 1.0,
        gain,
    });
    Simplex {
        names: (0..gains.len()).collect(),
        columns: columns.collect(),
        first: (0..=gains.len()).collect(),
        capacity: vec![2.0],
        key: (0..gains.len()).map(|cell| Var::Rest { cell }).collect(),
        basis: vec![Var::Idle { row: 0 }],
        cursor: 0,
    }
}

#[test]
fn what_brings_most_enters_and_against_cycling_the_first() {
    let pair = |at| {
        Some(Var::Pair {
            cell: at,
            column: at,
        })
    };
    let mut lp = open(&[1.0, 3.0, 2.0]);
    assert_eq!(lp.entering(&[0.0], 1e-9, false), pair(1));
    assert_eq!(lp.entering(&[0.0], 1e-9, true), pair(0));
    // At a price of 2 the second only, at 3 none; hours with a price below zero are given back.
    assert_eq!(lp.entering(&[2.0], 1e-9, true), pair(1));
    assert_eq!(lp.entering(&[3.0], 1e-9, false), None);
    assert_eq!(lp.entering(&[-4.0], 1e-9, false), pair(1));
    let idle = Some(Var::Idle { row: 0 });
    assert_eq!(open(&[]).entering(&[-4.0], 1e-9, true), idle);
    // A gain within the tolerance is none.
    assert_eq!(lp.entering(&[2.5], 0.5, false), None);
    // A cell served at a loss gives its part back.
    lp.key[1] = Var::Pair { cell: 1, column: 1 };
    assert_eq!(
        lp.entering(&[4.0], 1e-9, false),
        Some(Var::Rest { cell: 1 })
    );
    // Of very many cells a part is enough, on from where the last was found.
    let gains: Vec<f64> = (0..600).map(f64::from).collect();
    let mut lp = open(&gains);
    assert_eq!(lp.entering(&[0.0], 1e-9, false), pair(139));
    assert_eq!(lp.entering(&[0.0], 1e-9, false), pair(139 + 139));
    lp.cursor = 560;
    assert_eq!(lp.entering(&[0.0], 1e-9, false), pair(599));
}

#[test]
fn pivoting_careful_or_not_ends_at_the_optimum() {
    let mut lp = open(&[1.0, 3.0, 2.0, 0.5]);
    let end = lp.solve();
    // Two hours for the two cells that bring most; an hour more would bring what the third does.
    assert_eq!(end.prices.len(), 1);
    assert!((1.0..=2.0).contains(&end.prices[0]));
    let start = lp.restart();
    assert!(start.amounts.iter().all(|&amount| amount >= 0.0));
}
