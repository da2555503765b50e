//! Which variable leaves, and which enters.

use super::*;
use crate::territory::rng::Rng;

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

/// Up to eight cells, most of which can be served at all of four points, at figures drawn anew for each seed.
fn drawn(seed: u64) -> Simplex {
    let mut rng = Rng::new(seed);
    let cells = 2 + rng.below(7);
    let (mut columns, mut first) = (Vec::new(), vec![0]);
    for _ in 0..cells {
        for row in 0..4 {
            if rng.below(6) > 0 {
                columns.push(Column {
                    row,
                    hours: 1.0 + 4.0 * rng.unit(),
                    gain: 10.0 * rng.unit(),
                });
            }
        }
        first.push(columns.len());
    }
    Simplex {
        names: (0..cells).collect(),
        columns,
        first,
        capacity: (0..4).map(|_| 0.5 + rng.unit()).collect(),
        key: (0..cells).map(|cell| Var::Rest { cell }).collect(),
        basis: (0..4).map(|row| Var::Idle { row }).collect(),
        cursor: 0,
    }
}

/// Whether what was carried along is what follows from the basis alone.
fn assert_up_to_date(lp: &Simplex, now: &Tableau, told: &str) {
    let anew = lp.tableau().unwrap();
    let both = [
        (&now.inverse, &anew.inverse),
        (&now.amounts, &anew.amounts),
        (&now.prices, &anew.prices),
    ];
    for (kept, anew) in both {
        assert_eq!(kept.len(), anew.len());
        for (a, b) in kept.iter().zip(anew) {
            assert!(
                (a - b).abs() < 1e-7 * (1.0 + b.abs()),
                "{told}: {a}, not {b}"
            );
        }
    }
}

/// How many columns of the cell are in the working basis, besides its key.
fn others(lp: &Simplex, cell: usize) -> usize {
    let own = lp
        .basis
        .iter()
        .filter(|&&var| Simplex::cell_of(var) == Some(cell));
    own.count()
}

#[test]
fn what_is_carried_from_pivot_to_pivot_is_what_follows_from_the_basis() {
    let (mut pivots, mut shared) = (0, 0);
    for seed in 0..60 {
        let mut lp = drawn(seed);
        let mut now = lp.tableau().unwrap();
        while let Some(entering) = lp.entering(&now.prices, 1e-9, pivots % 2 == 0) {
            lp.pivot(entering, &mut now, false).unwrap();
            assert_up_to_date(&lp, &now, &format!("seed {seed}"));
            // No variable is ever negative.
            assert!(now.amounts.iter().all(|&amount| amount > -1e-9));
            pivots += 1;
            assert!(pivots < 5_000);
        }
        shared += usize::from((0..lp.cells()).any(|cell| others(&lp, cell) > 1));
    }
    assert!(pivots > 300 && shared > 5, "{pivots}, {shared}");
}

#[test]
fn the_key_of_a_cell_served_at_three_points_changes_places_with_any_of_the_others() {
    // A cell that takes 4, 5 and 10 hours at three points of 1, 1 and 9 hours: a quarter, a fifth and the rest.
    let pair = |column| Var::Pair { cell: 0, column };
    let column = |row, hours, gain| Column { row, hours, gain };
    let at_three = || Simplex {
        names: vec![0],
        columns: vec![
            column(0, 4.0, 8.0),
            column(1, 5.0, 9.0),
            column(2, 10.0, 7.0),
        ],
        first: vec![0, 3],
        capacity: vec![1.0, 1.0, 9.0],
        key: vec![pair(2)],
        basis: vec![pair(0), pair(1), Var::Idle { row: 2 }],
        cursor: 0,
    };
    for (slot, amounts) in [(0, [0.55, 0.2]), (1, [0.25, 0.55])] {
        let mut lp = at_three();
        let mut now = lp.tableau().unwrap();
        let close = |a: f64, b: f64| (a - b).abs() < 1e-12;
        assert!(close(now.amounts[0], 0.25) && close(now.amounts[1], 0.2));
        // Of 9 hours the rest of the cell takes 5.5.
        assert!(close(now.amounts[2], 3.5));
        lp.change_key(0, slot, &mut now);
        assert_eq!((lp.key[0], lp.basis[slot]), (pair(slot), pair(2)));
        assert!(close(now.amounts[0], amounts[0]) && close(now.amounts[1], amounts[1]));
        assert_up_to_date(&lp, &now, &format!("slot {slot}"));
    }
}
