//! Whole packs, opened packs, drums, and numbers that were superseded.

use super::*;
use crate::domain::Calendar;
use crate::plan::model::{SourceKind, SourcingLine};
use crate::stage::{Staged, stage};

fn staged(tours: &[TourJobs], catalogue: &Catalogue, supply: &Supply) -> Staged {
    let all = PartsSettings {
        target_job_fill: 1.0,
        ..settings()
    };
    let today = day("2026-11-10");
    stage(
        tours,
        catalogue,
        supply,
        &Calendar::official(),
        &all,
        today,
        7,
    )
}

fn in_packs_of(pack_qty: u32) -> Part {
    Part {
        pack_qty,
        ..road_part("A")
    }
}

fn two_tours() -> [TourJobs; 2] {
    [
        tour(
            "T01",
            "2026-12-08",
            "2026-12-09",
            vec![sure("V1", "A"), sure("V2", "A")],
        ),
        tour("T02", "2026-12-15", "2026-12-16", vec![sure("V3", "A")]),
    ]
}

fn figures(lines: &[SourcingLine]) -> Vec<(&str, SourceKind, u32, u32, &str)> {
    let figures = |line: &'_ SourcingLine| (line.source, line.qty, line.order_qty);
    lines
        .iter()
        .map(|line| {
            let (source, qty, order_qty) = figures(line);
            (
                line.tour.as_str(),
                source,
                qty,
                order_qty,
                line.number.as_str(),
            )
        })
        .collect()
}

#[test]
fn the_maker_is_asked_for_a_whole_pack_and_its_rest_serves_the_next_tour() {
    let catalogue = catalogue(&[(in_packs_of(5), 2)]);
    let staged = staged(&two_tours(), &catalogue, &supply(vec![], maker()));
    assert_eq!(
        figures(&staged.sourcing),
        [
            ("T01", SourceKind::Order, 4, 5, ""),
            ("T02", SourceKind::Order, 1, 0, ""),
            ("T02", SourceKind::Order, 1, 5, ""),
        ]
    );
    let line = &staged.parts[0];
    assert_eq!((line.peak_qty, line.to_order), (6, 6));
    // Freight is paid for ten pieces of 2 kg; the fixed cost once an order.
    let rest = &staged.sourcing[1];
    assert_eq!(
        (rest.arrives, rest.reason.as_str()),
        (staged.sourcing[0].arrives, "rest_of_pack")
    );
}

#[test]
fn the_fixed_cost_of_an_order_is_whole_also_where_a_pack_serves_two_tours() {
    let catalogue = catalogue(&[(in_packs_of(10), 2)]);
    let staged = staged(&two_tours(), &catalogue, &supply(vec![], maker()));
    let cost: i64 = staged.sourcing.iter().map(|line| line.cost.0).sum();
    // Road: 20 yuan an order and 1 yuan a kilogram.
    assert_eq!(cost, 2_000 + 10 * 2 * 100);
}

#[test]
fn litres_are_taken_out_of_a_drum_and_a_pack_that_is_not_opened_goes_whole() {
    let drum = Part {
        unit: "L".into(),
        ..in_packs_of(200)
    };
    let sealed = Part {
        whole_packs: true,
        code: "B".into(),
        ..in_packs_of(4)
    };
    let catalogue = catalogue(&[(drum, 7), (sealed, 3)]);
    let jobs = vec![job("V1", 1.0, &[("k:A", 1.0), ("k:B", 1.0)])];
    let tours = [tour("T01", "2026-12-08", "2026-12-09", jobs)];
    let staged = staged(&tours, &catalogue, &supply(vec![], maker()));
    let pieces = |part: &str| {
        staged
            .kit
            .iter()
            .filter(|line| line.part == part)
            .map(|line| line.qty)
            .sum::<u32>()
    };
    assert_eq!((pieces("A"), pieces("B")), (7, 4));
    let ordered: Vec<u32> = staged.sourcing.iter().map(|line| line.order_qty).collect();
    assert_eq!(ordered, [200, 4]);
}

#[test]
fn stock_of_a_superseded_number_serves_first_and_orders_go_to_the_newest() {
    let newer = |code: &str, supersedes: &str| Part {
        supersedes: supersedes.into(),
        ..road_part(code)
    };
    // The bill of material still names the oldest number.
    let mut catalogue = catalogue(&[(road_part("A"), 2)]);
    for part in [newer("B", "A"), newer("C", "B")] {
        catalogue.parts.insert(part.code.clone(), part);
    }
    let stock = vec![on_shelf("A", 1), on_shelf("B", 2), on_shelf("C", 1)];
    let staged = staged(&two_tours(), &catalogue, &supply(stock, maker()));
    assert!(staged.kit.iter().all(|line| line.part == "C"));
    assert_eq!(
        figures(&staged.sourcing),
        [
            ("T01", SourceKind::Stock, 1, 0, "A"),
            ("T01", SourceKind::Stock, 2, 0, "B"),
            ("T01", SourceKind::Stock, 1, 0, ""),
            ("T02", SourceKind::Order, 2, 2, ""),
        ]
    );
    assert!(staged.sourcing.iter().all(|line| line.part == "C"));
    assert_eq!(staged.parts.len(), 1);
}

#[test]
fn numbers_that_supersede_each_other_in_a_circle_stay_as_they_are() {
    let newer = |code: &str, supersedes: &str| Part {
        supersedes: supersedes.into(),
        ..road_part(code)
    };
    let catalogue = catalogue(&[(newer("A", "B"), 1), (newer("B", "A"), 1)]);
    assert_eq!((catalogue.newest("A"), catalogue.newest("B")), ("A", "B"));
    assert!(catalogue.older("A").is_empty());
}
