//! Unloading order.

use std::collections::BTreeMap;

use crate::plan::model::{KitLine, PartFacts};
use crate::stage::{LoadZone, load_order, zone_weights};

fn line(visit: &str, vehicle: &str, part: &str, qty: u32) -> KitLine {
    KitLine {
        tour: "T01".into(),
        visit: visit.into(),
        vehicle: vehicle.into(),
        part: part.into(),
        qty,
        ..KitLine::default()
    }
}

fn facts() -> BTreeMap<String, PartFacts> {
    let fact = |weight_kg: f64, fragile: bool| PartFacts {
        weight_kg,
        fragile,
        ..PartFacts::default()
    };
    [
        ("HEAVY", fact(12.0, false)),
        ("SMALL", fact(0.5, false)),
        ("GLASS", fact(1.0, true)),
    ]
    .map(|(code, facts)| (code.to_owned(), facts))
    .into()
}

#[test]
fn the_last_stop_goes_in_first_and_common_stock_by_the_door() {
    let kit = [
        line("T01-1", "V1", "SMALL", 1),
        line("T01-2", "V2", "SMALL", 1),
        line("", "", "SMALL", 1),
    ];
    let visits = ["T01-1".to_owned(), "T01-2".to_owned()];
    let order: Vec<String> = load_order("T01", &visits, &kit, &facts())
        .into_iter()
        .map(|line| line.visit)
        .collect();
    assert_eq!(order, ["T01-2", "T01-1", ""]);
}

#[test]
fn heavy_goes_below_on_both_sides_small_in_the_middle_fragile_on_top() {
    let kit = [
        line("T01-1", "V1", "GLASS", 1),
        line("T01-1", "V1", "SMALL", 4),
        line("T01-1", "V1", "HEAVY", 1),
        line("T01-1", "V2", "HEAVY", 1),
    ];
    let loaded = load_order("T01", &["T01-1".to_owned()], &kit, &facts());
    let zones: Vec<LoadZone> = loaded.iter().map(|line| line.zone).collect();
    assert_eq!(
        zones,
        [
            LoadZone::Left,
            LoadZone::Right,
            LoadZone::Middle,
            LoadZone::Top
        ]
    );
    assert_eq!(
        loaded.iter().map(|line| line.position).collect::<Vec<_>>(),
        [1, 2, 3, 4]
    );
    assert_eq!(
        loaded.iter().map(|line| line.bag).collect::<Vec<_>>(),
        [1, 2, 1, 1]
    );
}

#[test]
fn only_the_asked_tour_is_loaded_and_every_piece_of_it() {
    let other = KitLine {
        tour: "T02".into(),
        ..line("T02-1", "V9", "SMALL", 3)
    };
    let kit = [
        line("T01-1", "V1", "SMALL", 2),
        other,
        line("", "", "UNKNOWN", 5),
    ];
    let loaded = load_order("T01", &["T01-1".to_owned()], &kit, &facts());
    assert_eq!(loaded.iter().map(|line| line.qty).sum::<u32>(), 7);
}

#[test]
fn left_and_right_differ_by_one_piece_at_most_whenever_a_stop_has_been_unloaded() {
    let kit = [
        line("T01-1", "V1", "HEAVY", 5),
        line("T01-2", "V2", "HEAVY", 3),
        line("T01-3", "V3", "HEAVY", 2),
        line("", "", "HEAVY", 4),
    ];
    let visits = ["T01-1", "T01-2", "T01-3"].map(str::to_owned);
    let loaded = load_order("T01", &visits, &kit, &facts());
    assert_eq!(loaded.iter().map(|line| line.qty).sum::<u32>(), 14);
    for still_in in 1..=loaded.len() {
        let weights = zone_weights(&loaded[..still_in]);
        let on = |zone| weights.get(&zone).copied().unwrap_or(0.0);
        let (left, right): (f64, f64) = (on(LoadZone::Left), on(LoadZone::Right));
        // A line may be cut in two: between its halves the left one alone is in.
        let between_halves = loaded.get(still_in).is_some_and(|next| {
            let last = &loaded[still_in - 1];
            (&next.visit, &next.part) == (&last.visit, &last.part)
        });
        assert!(
            between_halves || (left - right).abs() <= 12.0 + 1e-9,
            "{left} {right}"
        );
    }
    let weights = zone_weights(&loaded);
    assert_eq!(weights.values().sum::<f64>(), 14.0 * 12.0);
}
