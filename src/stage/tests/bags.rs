//! Bags and common stock.

use super::*;
use crate::domain::{Calendar, Van};
use crate::plan::model::KitLine;
use crate::stage::{Staged, stage};

fn staged(tours: &[TourJobs], catalogue: &Catalogue, settings: &PartsSettings) -> Staged {
    let supply = supply(Vec::new(), maker());
    stage(
        tours,
        catalogue,
        &supply,
        &Calendar::official(),
        settings,
        day("2026-11-10"),
        7,
    )
}

fn pieces(kit: &[KitLine], vehicle: &str, part: &str) -> u32 {
    kit.iter()
        .filter(|line| line.vehicle == vehicle && line.part == part)
        .map(|line| line.qty)
        .sum()
}

#[test]
fn a_likely_part_goes_into_the_bag_and_an_unlikely_one_into_common_stock() {
    let catalogue = catalogue(&[(road_part("LIKELY"), 2), (road_part("RARE"), 1)]);
    let jobs = vec![job("V1", 1.0, &[("k:LIKELY", 0.9), ("k:RARE", 0.2)])];
    let all = PartsSettings {
        target_job_fill: 1.0,
        ..settings()
    };
    let staged = staged(
        &[tour("T01", "2026-12-08", "2026-12-09", jobs)],
        &catalogue,
        &all,
    );
    assert_eq!(pieces(&staged.kit, "V1", "LIKELY"), 2);
    assert_eq!(pieces(&staged.kit, "V1", "RARE"), 0);
    assert_eq!(pieces(&staged.kit, "", "RARE"), 1);
    let common = staged.kit.iter().find(|line| line.vehicle.is_empty());
    assert!(common.is_some_and(|line| line.visit.is_empty()));
}

#[test]
fn the_likeliest_use_gets_the_bag_while_the_kit_lasts() {
    let catalogue = catalogue(&[(road_part("A"), 4)]);
    let jobs = vec![
        job("V1", 0.4, &[("k:A", 0.9)]),
        job("V2", 0.8, &[("k:A", 0.9)]),
    ];
    let half = PartsSettings {
        target_job_fill: 0.5,
        ..settings()
    };
    let staged = staged(
        &[tour("T01", "2026-12-08", "2026-12-09", jobs)],
        &catalogue,
        &half,
    );
    assert_eq!(staged.parts[0].kit_qty, 4, "one job's worth reaches half");
    assert_eq!(pieces(&staged.kit, "V2", "A"), 4);
    assert_eq!(pieces(&staged.kit, "V1", "A"), 0);
}

#[test]
fn a_part_made_for_one_vin_is_never_common_and_never_serves_the_next_tour() {
    let coded = Part {
        vin_specific: true,
        ..road_part("KEY")
    };
    let catalogue = catalogue(&[(coded, 1)]);
    let of = |id: &str, depart: &str, vehicle: &str| {
        tour(
            id,
            depart,
            depart,
            vec![job(vehicle, 0.5, &[("k:KEY", 0.3)])],
        )
    };
    let tours = [of("T01", "2026-12-08", "V1"), of("T02", "2026-12-15", "V2")];
    let staged = staged(&tours, &catalogue, &settings());
    assert_eq!(pieces(&staged.kit, "V1", "KEY"), 1);
    assert_eq!(pieces(&staged.kit, "V2", "KEY"), 1);
    assert_eq!(staged.parts[0].peak_qty, 2);
}

#[test]
fn parts_the_catalogue_does_not_know_are_left_out() {
    let mut catalogue = catalogue(&[(road_part("A"), 1)]);
    let ghost = BomLine {
        item: "k:A".into(),
        applies_to: "*".into(),
        part: "GHOST".into(),
        qty: 1,
    };
    catalogue.bom.push(ghost);
    let staged = staged(
        &[tour(
            "T01",
            "2026-12-08",
            "2026-12-08",
            vec![sure("V1", "A")],
        )],
        &catalogue,
        &settings(),
    );
    assert_eq!(
        staged
            .parts
            .iter()
            .map(|line| line.part.as_str())
            .collect::<Vec<_>>(),
        ["A"]
    );
}

#[test]
fn a_kit_never_exceeds_its_van_and_says_what_it_misses() {
    let catalogue = catalogue(&[(road_part("A"), 1)]);
    let jobs = (0..10).map(|n| sure(&format!("V{n}"), "A")).collect();
    let van = Van {
        id: "W".into(),
        volume_l: 500.0,
        payload_kg: 9.0,
        seats: 3,
        days_off: [].into(),
    };
    let mut small = tour("T01", "2026-12-08", "2026-12-09", jobs);
    small.van = Some(van);
    let staged = staged(&[small], &catalogue, &settings());
    assert_eq!(staged.parts[0].kit_qty, 4, "two kilograms each");
    assert!(staged.kits[0].weight_kg <= 9.0);
    assert!(staged.findings.iter().any(|finding| finding.code == "P015"));
}

#[test]
fn a_quantity_no_van_carries_leaves_no_kit_and_a_finding() {
    let catalogue = catalogue(&[(road_part("A"), u32::MAX)]);
    let staged = staged(
        &[tour(
            "T01",
            "2026-12-08",
            "2026-12-08",
            vec![sure("V1", "A")],
        )],
        &catalogue,
        &settings(),
    );
    assert!(staged.kit.is_empty());
    assert!(staged.findings.iter().any(|finding| finding.code == "P015"));
}

#[test]
fn a_tour_inside_the_forecast_days_says_its_order_is_late() {
    let catalogue = catalogue(&[(road_part("A"), 1)]);
    let late = |depart: &str| {
        let tours = [tour("T01", depart, depart, vec![sure("V1", "A")])];
        staged(&tours, &catalogue, &settings())
            .findings
            .iter()
            .any(|finding| finding.code == "P002")
    };
    assert!(late("2026-11-24"));
    assert!(!late("2026-11-25"));
}
