//! The kit engine on made-up tours: time only. How good its kits are is measured by `examples/bench_engines` and
//! `examples/kit_rules` (docs/kits.md).

use divan::{Bencher, black_box};
use tourplan_solve::kit::{
    BomLine, JobItem, KIT_SCHEMA, KitItem, KitJob, KitPart, KitProblem, Method, UsePolicy,
    VanLimits, evaluate, expectations, job_fill_about, solve,
};

mod dice;
use dice::Dice;

fn main() {
    divan::main();
}

/// (jobs, parts) of a tour: a short one, and one of the sample's size.
const SIZES: [(usize, usize); 2] = [(12, 20), (30, 60)];

/// A tour whose jobs may need five items each, an item one part to three; some parts dear and some heavy.
fn tour((jobs, parts): (usize, usize), policy: UsePolicy) -> KitProblem {
    let mut dice = Dice::new((jobs * 1000 + parts) as u64);
    let items = parts;
    let part = |dice: &mut Dice, n: usize| KitPart {
        id: format!("part-{n}"),
        cost: 0.5 + (dice.unit() * 4.0).exp2(),
        volume_l: 0.5 + 8.0 * dice.unit(),
        weight_kg: 0.2 + 6.0 * dice.unit(),
        available: None,
    };
    let line = |dice: &mut Dice| BomLine {
        part: dice.below(parts),
        qty: 1 + dice.below(2) as u32,
    };
    KitProblem {
        schema: KIT_SCHEMA.to_owned(),
        target_job_fill: 0.9,
        policy,
        parts: (0..parts).map(|n| part(&mut dice, n)).collect(),
        items: (0..items)
            .map(|n| KitItem {
                id: format!("item-{n}"),
                bom: (0..=dice.below(3)).map(|_| line(&mut dice)).collect(),
            })
            .collect(),
        jobs: (0..jobs)
            .map(|n| KitJob {
                id: format!("job-{n}"),
                show: 0.6 + 0.4 * dice.unit(),
                items: (0..5)
                    .map(|_| JobItem {
                        item: dice.below(items),
                        p: 0.05 + 0.6 * dice.unit() * dice.unit(),
                    })
                    .collect(),
            })
            .collect(),
        van: VanLimits {
            volume_l: Some(3000.0),
            payload_kg: Some(1200.0),
        },
        evaluate: Vec::new(),
    }
}

/// One iteration: the cheapest kit of three jobs, every outcome enumerated.
#[divan::bench]
fn kit_enumerated(bencher: Bencher<'_, '_>) {
    let problem = tour((3, 6), UsePolicy::Partial);
    bencher.bench_local(|| {
        let kit = solve(black_box(&problem), 1).expect("well formed");
        assert_eq!(kit.method, Method::Enumeration);
        kit
    });
}

/// One iteration: a tour's kit chosen on sampled outcomes with its lower bound; a job that cannot be completed uses
/// what is there.
#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn kit_partial_use(bencher: Bencher<'_, '_>, size: (usize, usize)) {
    let problem = tour(size, UsePolicy::Partial);
    bencher.bench_local(|| {
        let kit = solve(black_box(&problem), 1).expect("well formed");
        assert_eq!(kit.method, Method::Sampling);
        kit
    });
}

/// One iteration: the same where a job that cannot be completed uses nothing.
#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn kit_all_or_nothing(bencher: Bencher<'_, '_>, size: (usize, usize)) {
    let problem = tour(size, UsePolicy::AllOrNothing);
    bencher.bench_local(|| solve(black_box(&problem), 1).expect("well formed"));
}

/// One iteration: the fill rates of ten stocks on the same fresh outcomes.
#[divan::bench(args = SIZES, sample_count = 20, sample_size = 1)]
fn fill_of_ten_stocks(bencher: Bencher<'_, '_>, size: (usize, usize)) {
    let problem = tour(size, UsePolicy::Partial);
    let stocks: Vec<Vec<u32>> = (0..10).map(|units| vec![units; size.1]).collect();
    bencher.bench_local(|| evaluate(black_box(&problem), &stocks, 1).expect("well formed"));
}

/// One iteration: the job fill of one stock on a few thousand outcomes, as a search for other sizes asks for it.
#[divan::bench(args = SIZES)]
fn job_fill_of_a_stock_about(bencher: Bencher<'_, '_>, size: (usize, usize)) {
    let problem = tour(size, UsePolicy::Partial);
    let stock = vec![3; size.1];
    bencher.bench_local(|| job_fill_about(black_box(&problem), &stock, 1).expect("well formed"));
}

/// One iteration: need, shortage and leftover of every part, exactly, by convolution.
#[divan::bench(args = SIZES)]
fn expectations_of_parts(bencher: Bencher<'_, '_>, size: (usize, usize)) {
    let problem = tour(size, UsePolicy::Partial);
    let stock = vec![3; size.1];
    bencher.bench_local(|| expectations(black_box(&problem), &stock));
}
