//! Each step of the search on a few requirements by hand. Weights are powers of two: counted without rounding.

use super::super::shelf::Shelf;
use super::*;

fn requirements(rows: &[(&[(u32, u32)], f64)]) -> Requirements {
    Requirements {
        rows: rows
            .iter()
            .map(|(units, weight)| (units.to_vec(), *weight))
            .collect(),
        ..Requirements::default()
    }
}

/// Nothing is held back by the van: every part takes a litre, and there is room for all.
fn limits(cost: &[f64], caps: &[u32]) -> Limits {
    Limits {
        cost: cost.to_vec(),
        caps: caps.to_vec(),
        volume_l: vec![1.0; cost.len()],
        weight_kg: vec![0.0; cost.len()],
        van_volume_l: f64::INFINITY,
        van_payload_kg: f64::INFINITY,
    }
}

fn search<'a>(limits: &'a Limits, requirements: &'a Requirements) -> Search<'a> {
    Search {
        limits,
        cost: limits.cost.clone(),
        requirements,
        fixed: (0..limits.cost.len() as u32)
            .map(|part| vec![(part, 1)])
            .collect(),
    }
}

/// What a step makes of a stock.
fn after(
    limits: &Limits,
    requirements: &Requirements,
    start: &[u32],
    share: f64,
    step: impl Fn(&Search<'_>, &mut Shelf, u64),
) -> Vec<u32> {
    let mut shelf = Shelf::empty(requirements, start.len());
    shelf.become_stock(start);
    let threshold = shelf.threshold(share);
    step(&search(limits, requirements), &mut shelf, threshold);
    shelf.stock
}

fn filled(limits: &Limits, requirements: &Requirements, start: &[u32], share: f64) -> Vec<u32> {
    after(
        limits,
        requirements,
        start,
        share,
        |search, shelf, threshold| {
            search.fill_up(shelf, threshold);
        },
    )
}

fn pruned(limits: &Limits, requirements: &Requirements, start: &[u32], share: f64) -> Vec<u32> {
    after(
        limits,
        requirements,
        start,
        share,
        |search, shelf, threshold| {
            search.prune(shelf, threshold);
        },
    )
}

#[test]
fn what_fills_most_for_its_cost_is_put_first_and_no_more_than_is_missing_counts() {
    // 1/8 for 1 yuan, 1/2 for 3.5, 3/8 for 2; the last part is cheap and nobody wants it.
    let asked = requirements(&[(&[(0, 1)], 0.125), (&[(1, 1)], 0.5), (&[(2, 1)], 0.375)]);
    let limits = limits(&[1.0, 3.5, 2.0, 0.1], &[4, 4, 4, 4]);
    let fill = |share| filled(&limits, &asked, &[0; 4], share);
    assert_eq!(fill(0.0), [0, 0, 0, 0]);
    assert_eq!(fill(0.375), [0, 0, 1, 0]);
    // A sixteenth is missing: the cheapest that fills it.
    assert_eq!(fill(0.4375), [1, 0, 1, 0]);
    assert_eq!(fill(0.75), [1, 1, 1, 0]);
    assert_eq!(fill(1.0), [1, 1, 1, 0]);
    // With an eighth there already, it is the rest that counts.
    assert_eq!(filled(&limits, &asked, &[1, 0, 0, 0], 0.5), [1, 0, 1, 0]);
    // What nobody wants is not put in where the target is out of reach.
    let short = Limits {
        caps: vec![4, 0, 4, 4],
        ..limits
    };
    assert_eq!(filled(&short, &asked, &[0; 4], 1.0), [1, 0, 1, 0]);
}

#[test]
fn parts_that_are_only_wanted_together_are_put_together() {
    let asked = requirements(&[(&[(0, 2), (1, 1)], 0.75), (&[(2, 1)], 0.25)]);
    let limits = limits(&[1.0, 1.0, 9.0], &[2, 2, 2]);
    assert_eq!(filled(&limits, &asked, &[0; 3], 0.5), [2, 1, 0]);
    assert_eq!(filled(&limits, &asked, &[1, 0, 0], 0.5), [2, 1, 0]);
    let short = Limits {
        caps: vec![1, 2, 2],
        ..limits
    };
    assert_eq!(filled(&short, &asked, &[0; 3], 0.5), [0, 0, 1]);
}

#[test]
fn no_more_is_put_than_the_van_takes() {
    let asked = requirements(&[(&[(0, 1)], 0.5), (&[(0, 2)], 0.5)]);
    let mut limits = limits(&[1.0], &[4]);
    limits.van_volume_l = 1.5;
    assert_eq!(filled(&limits, &asked, &[0], 1.0), [1]);
    limits.van_volume_l = 2.0;
    assert_eq!(filled(&limits, &asked, &[0], 1.0), [2]);
    // Three of a tenth are three tenths, whichever way that is rounded.
    (limits.weight_kg, limits.van_payload_kg) = (vec![0.1], 0.3);
    assert!(limits.fits(&[2]));
    (limits.van_volume_l, limits.caps) = (4.0, vec![3]);
    assert!(limits.fits(&[3]) && !limits.fits(&[4]));
}

#[test]
fn the_cheaper_of_what_two_orders_leave_is_kept() {
    // The dearest first: a quarter for 10 yuan. Most saved for what is lost: 6 for an eighth, then 1 for a sixteenth.
    let dearest = requirements(&[
        (&[(0, 1)], 0.25),
        (&[(1, 1)], 0.125),
        (&[(2, 1)], 0.0625),
        (&[(3, 1)], 0.5625),
    ]);
    let limits_of = |cost: &[f64]| limits(cost, &[4; 4]);
    let all = [1, 1, 1, 1];
    assert_eq!(
        pruned(&limits_of(&[10.0, 6.0, 1.0, 1.0]), &dearest, &all, 0.75),
        [0, 1, 1, 1]
    );
    // The dearest first: a quarter for 10 yuan. Most saved for what is lost: 8 for an eighth, and again.
    let least = requirements(&[
        (&[(0, 1)], 0.25),
        (&[(1, 1)], 0.125),
        (&[(2, 1)], 0.125),
        (&[(3, 1)], 0.5),
    ]);
    assert_eq!(
        pruned(&limits_of(&[10.0, 8.0, 8.0, 1.0]), &least, &all, 0.75),
        [1, 0, 0, 1]
    );
    // Nothing is to be taken where the target is missed already; what nobody wants, where it is just reached.
    let limits = limits_of(&[10.0, 8.0, 8.0, 1.0]);
    assert_eq!(pruned(&limits, &least, &[3, 0, 0, 1], 0.875), [3, 0, 0, 1]);
    assert_eq!(pruned(&limits, &least, &[3, 0, 0, 1], 0.75), [1, 0, 0, 1]);
    assert_eq!(pruned(&limits, &least, &[3, 2, 1, 1], 1.0), all);
}

#[test]
fn each_order_takes_as_many_as_may_go() {
    let asked = requirements(&[(&[(0, 1)], 0.25), (&[(1, 2)], 0.25), (&[(1, 1)], 0.5)]);
    let limits = limits(&[3.0, 2.0], &[4, 4]);
    let by = |step: fn(&Search<'_>, &mut Shelf, u64), share| {
        after(&limits, &asked, &[2, 3], share, step)
    };
    let dearest: fn(&Search<'_>, &mut Shelf, u64) =
        |search, shelf, threshold| search.prune_dearest(shelf, threshold);
    let least: fn(&Search<'_>, &mut Shelf, u64) =
        |search, shelf, threshold| search.prune_least_loss(shelf, threshold);
    for (share, left) in [(1.0, [1, 2]), (0.75, [0, 2]), (0.5, [0, 1]), (0.0, [0, 0])] {
        assert_eq!(by(dearest, share), left, "{share}");
        assert_eq!(by(least, share), left, "{share}");
    }
}

/// One part covers what another covers for less.
fn dear_or_cheap() -> (Requirements, Limits) {
    let asked = requirements(&[(&[(0, 1)], 0.5), (&[(1, 1)], 0.5)]);
    (asked, limits(&[10.0, 3.0], &[1, 1]))
}

#[test]
fn a_swap_is_kept_where_it_is_cheaper_allowed_and_fits() {
    let (asked, limits) = dear_or_cheap();
    let swapped = |limits: &Limits, start: &[u32], work| {
        after(limits, &asked, start, 0.5, |search, shelf, threshold| {
            search.swap(shelf, threshold, work);
        })
    };
    assert_eq!(swapped(&limits, &[1, 0], 1_000), [0, 1]);
    assert_eq!(swapped(&limits, &[0, 1], 1_000), [0, 1]);
    assert_eq!(swapped(&limits, &[1, 0], 0), [1, 0]);
    let none = Limits {
        caps: vec![1, 0],
        ..limits.clone()
    };
    assert_eq!(swapped(&none, &[1, 0], 1_000), [1, 0]);
    let large = Limits {
        volume_l: vec![1.0, 3.0],
        van_volume_l: 2.0,
        ..limits.clone()
    };
    assert_eq!(swapped(&large, &[1, 0], 1_000), [1, 0]);
}

#[test]
fn swapping_ends_where_nothing_gets_cheaper() {
    let (asked, limits) = dear_or_cheap();
    for cost in [10.0, 3.0] {
        // As dear as the other, or cheaper already.
        let limits = Limits {
            cost: vec![cost, 3.0],
            ..limits.clone()
        };
        let mut shelf = Shelf::empty(&asked, 2);
        shelf.become_stock(&[0, 1]);
        let threshold = shelf.threshold(0.5);
        search(&limits, &asked).swap(&mut shelf, threshold, 1_000_000);
        assert_eq!(shelf.stock, [0, 1]);
        assert!(shelf.work < 1_000, "{}", shelf.work);
    }
}

#[test]
fn units_are_traded_for_what_covers_more_in_the_same_room() {
    // A fills two litres and covers 5/16, D as many and 3/16; B and C a litre each and 1/4.
    let asked = requirements(&[
        (&[(0, 1)], 0.3125),
        (&[(1, 1)], 0.25),
        (&[(2, 1)], 0.25),
        (&[(3, 1)], 0.1875),
    ]);
    let mut limits = limits(&[4.0, 2.0, 2.0, 1.0], &[1; 4]);
    limits.volume_l = vec![2.0, 1.0, 1.0, 2.0];
    limits.van_volume_l = 2.0;
    let traded = |limits: &Limits, start: &[u32], work| {
        after(limits, &asked, start, 1.0, |search, shelf, threshold| {
            search.trade(shelf, work, threshold);
        })
    };
    // D, which fills most for its cost, is tried first, and in vain.
    assert_eq!(traded(&limits, &[1, 0, 0, 0], 1_000_000), [0, 1, 1, 0]);
    assert_eq!(traded(&limits, &[1, 0, 0, 0], 0), [1, 0, 0, 0]);
    assert_eq!(traded(&limits, &[0, 1, 1, 0], 1_000_000), [0, 1, 1, 0]);
    let none = Limits {
        caps: vec![1, 0, 0, 1],
        ..limits.clone()
    };
    assert_eq!(traded(&none, &[1, 0, 0, 0], 1_000_000), [1, 0, 0, 0]);
    // Trading ends where nothing covers more.
    let mut shelf = Shelf::empty(&asked, 4);
    shelf.become_stock(&[0, 1, 1, 0]);
    let total = shelf.total;
    search(&limits, &asked).trade(&mut shelf, 1_000_000, total);
    assert!(shelf.work < 1_000, "{}", shelf.work);
}

#[test]
fn what_covers_least_for_its_space_is_left_behind_but_not_what_was_just_put_there() {
    let asked = requirements(&[(&[(0, 1)], 0.5), (&[(1, 1)], 0.3125), (&[(2, 1)], 0.1875)]);
    let mut limits = limits(&[1.0; 5], &[4; 5]);
    limits.van_volume_l = 2.0;
    // The last two cover nothing; the last takes no space either.
    limits.volume_l[4] = 0.0;
    let shed = |start: &[u32], added: &[(u32, u32)]| {
        let mut shelf = Shelf::empty(&asked, 5);
        shelf.become_stock(start);
        let mut search = search(&limits, &asked);
        search.cost[4] = 0.0;
        search.shed(&mut shelf, added);
        shelf.stock
    };
    assert_eq!(shed(&[1, 1, 0, 0, 2], &[]), [1, 1, 0, 0, 2]);
    assert_eq!(shed(&[1, 1, 1, 0, 2], &[]), [1, 1, 0, 0, 2]);
    assert_eq!(shed(&[1, 1, 1, 0, 2], &[(2, 1)]), [1, 0, 1, 0, 2]);
    assert_eq!(shed(&[1, 0, 3, 0, 2], &[(2, 1)]), [1, 0, 1, 0, 2]);
    assert_eq!(shed(&[1, 1, 0, 2, 2], &[]), [1, 1, 0, 0, 2]);
    // What takes no space frees none.
    assert_eq!(shed(&[0, 0, 3, 0, 2], &[(2, 3)]), [0, 0, 3, 0, 2]);
}

#[test]
fn bundles_are_what_is_missing_by_what_they_fill_for_their_cost() {
    let asked = requirements(&[
        (&[(0, 2)], 0.125),
        (&[(0, 1), (1, 1)], 0.125),
        (&[(1, 1)], 0.125),
        (&[(1, 12)], 0.25),
        (&[(1, 13)], 0.25),
        (&[(0, 1)], 0.125),
    ]);
    let limits = limits(&[1.0, 1.5], &[20, 20]);
    let search = search(&limits, &asked);
    let mut shelf = Shelf::empty(&asked, 2);
    shelf.become_stock(&[1, 0]);
    // Two want the same unit; thirteen at once are too many; nothing is missing for the last.
    let missing = [vec![(1, 1)], vec![(0, 1)], vec![(1, 12)]];
    let fixed = [vec![(0, 1)], vec![(1, 1)]];
    for most in [0, 1, 3, 9] {
        let expected: Vec<Units> = missing.iter().take(most).chain(&fixed).cloned().collect();
        assert_eq!(search.bundles(&mut shelf, most), expected);
    }
}
