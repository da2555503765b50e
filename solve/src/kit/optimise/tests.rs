//! Which of two kits is gone on from.

use super::super::UsePolicy;
use super::super::problem::KitProblem;
use super::super::tests::questions::{long_tour, part};
use super::*;

#[test]
fn of_what_is_filled_up_and_what_is_pruned_the_cheaper_one_that_fits_is_taken() {
    // Either part covers a half; the second is dearer.
    let requirements = Requirements {
        rows: vec![(vec![(0, 1)], 0.5), (vec![(1, 1)], 0.5)],
        ..Requirements::default()
    };
    let taken = |below: [u32; 2], above: [u32; 2], caps: [u32; 2], litres: Option<f64>| {
        let mut parts = vec![part("cheap", 2.0), part("dear", 3.0)];
        parts[0].volume_l = 2.0;
        let mut problem = KitProblem {
            parts,
            items: Vec::new(),
            jobs: Vec::new(),
            ..long_tour(UsePolicy::Partial)
        };
        problem.van.volume_l = litres;
        let limits = Limits::of(&problem, caps.to_vec());
        let mut shelf = Shelf::empty(&requirements, 2);
        let threshold = shelf.threshold(0.5);
        let search = Search::new(&problem, &limits, limits.cost.clone(), &requirements);
        from_both_sides(&search, &mut shelf, &below, &above, threshold)
    };
    let (cheap, dear) = ([1, 0], [0, 1]);
    assert_eq!(taken(cheap, dear, [1, 1], None), cheap);
    assert_eq!(taken(dear, cheap, [1, 1], None), cheap);
    // Both are made enough and no more.
    assert_eq!(taken([0, 0], [1, 1], [1, 1], None), cheap);
    // The van takes only the dear one.
    assert_eq!(taken(cheap, dear, [1, 1], Some(1.5)), dear);
    assert_eq!(taken(dear, cheap, [1, 1], Some(1.5)), dear);
    // From below the target is not reached: nothing is cheap, and not enough.
    assert_eq!(taken([0, 0], dear, [0, 0], None), dear);
}
