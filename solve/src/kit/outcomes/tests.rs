//! What is enumerated and what is not even begun.

use super::super::UsePolicy;
use super::super::problem::{JobItem, KitProblem};
use super::super::tests::questions::{item, job, long_tour, part};
use super::*;

/// Jobs that may need any of so many items, each with a part of its own and one that all share.
fn coins(items: usize, jobs: usize) -> KitProblem {
    let wanted: Vec<_> = (0..items).map(|item| (item, 0.5)).collect();
    let bill = |k: usize| item(&k.to_string(), &[(k, 1), (items, 1)]);
    KitProblem {
        parts: (0..=items).map(|k| part(&k.to_string(), 1.0)).collect(),
        items: (0..items).map(bill).collect(),
        jobs: (0..jobs).map(|_| job(0.5, &wanted)).collect(),
        ..long_tour(UsePolicy::Partial)
    }
}

#[test]
fn what_certainly_has_too_many_outcomes_is_not_begun() {
    let too_many = |change: fn(&mut KitProblem)| {
        let mut problem = coins(17, 1);
        change(&mut problem);
        certainly_too_many(&problem)
    };
    assert!(too_many(|_| ()));
    assert!(!certainly_too_many(&coins(16, 3)));
    // Wanted by another job as well, whether or not that comes, they still may be in the total and may not.
    assert!(too_many(|p| p.jobs.push(job(1.0, &[(3, 0.1), (5, 0.9)]))));
    assert!(too_many(|p| p.jobs.push(job(0.0, &[(3, 1.0)]))));
    // What is certain or never happens makes none more.
    assert!(!too_many(|p| p.jobs[0].items[16].p = 1.0));
    assert!(!too_many(|p| p.jobs[0].items[16].p = 0.0));
    assert!(!too_many(|p| p.jobs[0].show = 0.0));
    assert!(!too_many(|p| {
        p.jobs.insert(0, job(1.0, &[(4, 1.0)]));
    }));
    // Nor what nobody wants, what has no part of its own, or none at all.
    assert!(!too_many(|p| p.jobs[0].items.truncate(16)));
    assert!(!too_many(|p| p.items[16].bom[0].part = 17));
    assert!(!too_many(|p| p.items[16].bom[0].part = 15));
    assert!(!too_many(|p| p.items[16].bom.clear()));
    // Wanted twice by one job is wanted.
    assert!(too_many(|p| p.jobs[0]
        .items
        .push(JobItem { item: 2, p: 0.5 })));
}

#[test]
fn outcomes_that_are_the_same_do_not_count_twice() {
    // 3⁷ totals of two jobs, each with 2⁵ more: 69,984, of which 4⁵·3² are different.
    let mut problem = coins(7, 3);
    problem.jobs[2].items.truncate(5);
    let every = enumerated(&problem).expect("few enough");
    assert_eq!(every.outcomes, 9_216);
    let chance: f64 = every.totals.iter().map(|row| row.1).sum();
    assert!((chance - 1.0).abs() < 1e-9);
}

#[test]
fn where_no_job_needs_a_part_every_job_is_filled() {
    let mut problem = coins(2, 1);
    problem.jobs[0].show = 0.0;
    let every = enumerated(&problem).expect("one outcome");
    assert_eq!(every.rows, []);
    assert!((every.job_fill(&[0, 0, 0]) - 1.0).abs() < 1e-12);
}
