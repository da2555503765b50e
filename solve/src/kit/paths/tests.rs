//! Tours served by hand, and their scatter.

use super::super::UsePolicy;
use super::super::tests::questions::{item, job, long_tour, part};
use super::*;

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}

#[test]
fn the_scatter_of_batches_is_that_of_their_completed_jobs_about_the_ratio() {
    // 11 of 15: 2 of 4 is 14/15 too few, 6 of 6 is 24/15 too many, 3 of 5 is 10/15 too few.
    let batches = [(4, 2), (6, 6), (5, 3)];
    let squares = f64::from(14 * 14 + 24 * 24 + 10 * 10) / 225.0;
    let expected = (squares * 3.0 / 2.0).sqrt() / 15.0;
    assert!(near(error(&batches, 11.0 / 15.0, 15.0), expected));
    let two = error(&batches[..2], 0.8, 10.0);
    assert!(near(
        two,
        (2.0 * (1.2_f64.powi(2) + 1.2_f64.powi(2))).sqrt() / 10.0
    ));
    // One batch says nothing, nor do jobs that need nothing.
    assert!(near(error(&batches[..1], 0.5, 4.0), 0.0));
    assert!(near(error(&[(0, 0), (0, 0)], 1.0, 0.0), 0.0));
}

/// Three jobs, the first of which always needs a unit of the first part.
fn problem(policy: UsePolicy) -> KitProblem {
    KitProblem {
        parts: (0..4).map(|k| part(&k.to_string(), 1.0)).collect(),
        items: vec![
            item("one", &[(0, 1)]),
            item("none", &[]),
            item("two", &[(0, 2), (1, 1)]),
            item("three", &[(2, 1), (0, 1)]),
        ],
        jobs: vec![
            job(1.0, &[(0, 1.0), (1, 0.5)]),
            job(0.6, &[(1, 0.7), (2, 0.6), (3, 0.5)]),
            job(0.8, &[(3, 0.4), (1, 0.3), (2, 0.5)]),
        ],
        ..long_tour(policy)
    }
}

#[test]
fn a_fill_is_that_of_each_tour_served_job_by_job() {
    for policy in [UsePolicy::Partial, UsePolicy::AllOrNothing] {
        let partial = policy == UsePolicy::Partial;
        let paths = Paths::sampled(&problem(policy), 3 * BATCH, &mut Stream::new(3, 0));
        let mut tours: Vec<Vec<Units>> = Vec::new();
        paths.each_demand(|first, units| {
            if first {
                tours.push(Vec::new());
            }
            tours.last_mut().expect("a tour").push(units.to_vec());
        });
        assert_eq!((tours.len(), paths.count()), (3 * BATCH, 3 * BATCH));
        for stock in [
            [1, 0, 0, 0],
            [3, 1, 0, 0],
            [3, 1, 1, 0],
            [4, 2, 1, 0],
            [9, 9, 9, 9],
        ] {
            let (mut batches, mut whole) = (vec![(0_u64, 0_u64); 3], 0);
            for (n, tour) in tours.iter().enumerate() {
                let (mut left, mut all): ([u32; 4], bool) = (stock, true);
                for units in tour {
                    let mut after = left;
                    for &(part, qty) in units {
                        after[part as usize] = after[part as usize].saturating_sub(qty);
                    }
                    let there = units.iter().all(|&(part, qty)| left[part as usize] >= qty);
                    left = if there || partial { after } else { left };
                    all &= there;
                    batches[n / BATCH].0 += 1;
                    batches[n / BATCH].1 += u64::from(there);
                }
                whole += u32::from(all);
            }
            let asked: u64 = batches.iter().map(|batch| batch.0).sum();
            let done: u64 = batches.iter().map(|batch| batch.1).sum();
            let ratio = done as f64 / asked as f64;
            let found = paths.fill(&stock, partial);
            assert!(near(found.job_fill, ratio), "{stock:?}: {found:?}");
            assert!(near(found.tour_fill, f64::from(whole) / 750.0), "{stock:?}");
            let expected = error(&batches, ratio, asked as f64);
            assert!(near(found.error, expected) && (expected > 0.0 || done == asked));
        }
    }
}

#[test]
fn what_needs_no_part_is_no_job_and_all_others_come_as_often_as_they_should() {
    let paths = Paths::sampled(
        &problem(UsePolicy::Partial),
        4 * BATCH,
        &mut Stream::new(5, 0),
    );
    let mut jobs = 0;
    paths.each_demand(|_, _| jobs += 1);
    // 1 + 0.6·(1 − 0.4·0.5) + 0.8·(1 − 0.6·0.5) = 2.04 of a thousand tours.
    assert!((f64::from(jobs) / 1000.0 - 2.04).abs() < 0.06, "{jobs}");
    let nobody = KitProblem {
        jobs: vec![job(1.0, &[(1, 1.0)]), job(0.0, &[(0, 1.0)])],
        ..problem(UsePolicy::Partial)
    };
    let paths = Paths::sampled(&nobody, BATCH, &mut Stream::new(5, 0));
    let found = paths.fill(&[0; 4], true);
    assert!(near(found.job_fill, 1.0) && near(found.tour_fill, 1.0) && near(found.error, 0.0));
}

#[test]
fn a_job_may_need_more_items_than_a_word_has_bits() {
    let mut wanted: Vec<(usize, f64)> = (0..150).map(|k| (k, 0.0)).collect();
    for needed in [3, 64, 70, 149] {
        wanted[needed].1 = 1.0;
    }
    let many = KitProblem {
        parts: (0..150).map(|k| part(&k.to_string(), 1.0)).collect(),
        items: (0..150).map(|k| item(&k.to_string(), &[(k, 1)])).collect(),
        jobs: vec![job(1.0, &[(5, 1.0)]), job(1.0, &wanted)],
        ..long_tour(UsePolicy::Partial)
    };
    let paths = Paths::sampled(&many, BATCH, &mut Stream::new(5, 0));
    let mut seen = 0;
    paths.each_demand(|first, units| {
        let expected: &[u32] = if first { &[5] } else { &[3, 64, 70, 149] };
        assert!(units.iter().map(|unit| unit.0).eq(expected.iter().copied()));
        seen += 1;
    });
    assert_eq!(seen, 2 * BATCH);
    let mut stock = vec![0; 150];
    for needed in [3, 5, 64, 70] {
        stock[needed] = 1;
    }
    assert!(near(paths.fill(&stock, true).job_fill, 0.5));
    stock[149] = 1;
    assert!(near(paths.fill(&stock, true).job_fill, 1.0));
}
