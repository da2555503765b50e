use proptest::prelude::*;

use crate::ingest::{Fate, Ingested};

use super::Workspace;
use super::population::{HEADER, only, read, without_source};

#[test]
fn rows_of_one_vehicle_are_merged_by_vin_and_by_plate() {
    let ingested = read(&[
        "LSKG5GL14HA000001,湘A12345,老车主,,13800138000,V80,宁乡市,,50000,2025-01-01,,,,,,",
        "LSKG5GL14HA000001,,新车主,,13900139000,,,,60000,2026-01-01,,,,,是,",
        ",湘A12345,,,13700137000,,,2020-05-01,55000,2025-06-01,,,,,,",
    ]);
    let vehicle = only(&ingested);
    assert_eq!(vehicle.customer, "新车主");
    assert_eq!(vehicle.phones[..], ["13900139000", "13700137000"]);
    assert!(ingested.has("D213"), "the former owner is not called");
    assert_eq!(
        vehicle.readings.iter().map(|r| r.km).collect::<Vec<_>>(),
        [50_000.0, 55_000.0, 60_000.0]
    );
    assert!(vehicle.do_not_call && vehicle.buy_date.is_some() && vehicle.county == "宁乡市");
    assert_eq!((ingested.counts.accepted, ingested.counts.merged), (1, 2));
    assert!(
        ingested
            .fates
            .iter()
            .all(|f| f.fate == Fate::Merged && f.vehicle == vehicle.id)
    );
    let conflict = ingested
        .findings
        .iter()
        .find(|f| f.code == "D210")
        .expect("a conflict");
    assert_eq!(conflict.args["columns"], "phone");
}

#[test]
fn another_name_alone_or_on_the_same_day_is_no_change_of_owner() {
    let shared_phone = read(&[
        "LSKG5GL14HA000001,湘A12345,张三,,13800138000,V80,宁乡市,,50000,2025-01-01,,,,,,",
        "LSKG5GL14HA000001,,张三物流,,13800138000,,,,60000,2026-01-01,,,,,,",
    ]);
    let same_day = read(&[
        "LSKG5GL14HA000001,湘A12345,张三,,13800138000,V80,宁乡市,,60000,2026-01-01,,,,,,",
        "LSKG5GL14HA000001,,李四,,13900139000,,,,60000,2026-01-01,,,,,,",
    ]);
    for ingested in [shared_phone, same_day] {
        assert!(!ingested.has("D213") && ingested.has("D210"));
    }
}

#[test]
fn a_new_owner_brings_the_place_and_a_refusal_stays() {
    let ingested = read(&[
        "LSKG5GL14HA000001,湘A12345,老车主,,13800138000,V80,宁乡市,,50000,2025-01-01,,,,,是,",
        "LSKG5GL14HA000001,,新车主,,13900139000,,浏阳市,,60000,2026-01-01,,,,,,",
    ]);
    let vehicle = only(&ingested);
    assert_eq!(vehicle.county, "浏阳市");
    assert!(vehicle.do_not_call && ingested.has("D213") && !ingested.has("D210"));
}

#[test]
fn a_plate_on_two_vins_stays_two_vehicles_and_decides_nothing() {
    let ingested = read(&[
        "LSKG5GL14HA000001,湘A12345,,,,,,,,,,,,,,",
        "1G1BN53E6NW128495,湘A12345,,,,,,,,,,,,,,",
        ",湘A12345,,,,,,,,,,,,,,",
    ]);
    assert_eq!(ingested.tables.vehicles.len(), 3);
    assert!(ingested.has("D211") && ingested.has("D212") && ingested.adds_up());
}

/// Few identities and values, so that rows often collide.
fn any_row() -> impl Strategy<Value = String> {
    let vin = prop_oneof![
        Just(""),
        Just("LSKG5GL14HA000001"),
        Just("1G1BN53E6NW128495"),
        Just("00123")
    ];
    let plate = prop_oneof![
        Just(""),
        Just("湘A12345"),
        Just("湘a·12345"),
        Just("湘B12345")
    ];
    let name = prop_oneof![Just(""), Just("甲"), Just("乙")];
    let phone = prop_oneof![
        Just(""),
        Just("13800138000"),
        Just("13900139000/13800138000")
    ];
    let county = prop_oneof![Just(""), Just("宁乡市"), Just("浏阳市")];
    let km = prop_oneof![Just(""), Just("50000"), Just("6万")];
    let day = prop_oneof![Just(""), Just("2026-01-01"), Just("2025/6/1")];
    let yes = prop_oneof![Just(""), Just("是"), Just("否")];
    (vin, plate, name, phone, county, km, (day.clone(), day), yes).prop_map(
        |(vin, plate, name, phone, county, km, (read, served), yes)| {
            format!("{vin},{plate},{name},,{phone},V80,{county},,{km},{read},{served},,,,{yes},")
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_rows_and_files_never_matters(
        rows in prop::collection::vec(any_row(), 1..12),
        order in any::<u64>(),
        split in 0_usize..12,
    ) {
        let refs: Vec<&str> = rows.iter().map(String::as_str).collect();
        let one = read(&refs);
        prop_assert!(one.adds_up());
        prop_assert_eq!(one.counts.rows as usize, rows.len());
        let mut shuffled = refs.clone();
        // A simple deterministic shuffle: sort by a hash of position and seed.
        let mut keyed: Vec<(u64, &str)> = shuffled
            .drain(..)
            .enumerate()
            .map(|(i, row)| ((i as u64 + 1).wrapping_mul(order | 1).rotate_left(17), row))
            .collect();
        keyed.sort_unstable();
        let shuffled: Vec<&str> = keyed.into_iter().map(|(_, row)| row).collect();
        let (a, b) = shuffled.split_at(split.min(shuffled.len()));
        let file = |rows: &[&str]| format!("{HEADER}\n{}\n", rows.join("\n"));
        let other = Workspace::with("population/a.csv", file(a)).and("population/b.csv", file(b)).read();
        let counts = |ingested: &Ingested| {
            let counts = ingested.counts;
            (counts.accepted, counts.merged, counts.rejected)
        };
        prop_assert_eq!(counts(&other), counts(&one));
        prop_assert_eq!(without_source(other.tables.vehicles), without_source(one.tables.vehicles));
    }
}

#[test]
fn a_merged_row_is_cited_as_it_stands_in_its_file_with_a_mark_in_front_and_without() {
    let second = ",湘A12345,,,13700137000,,,2020-05-01,55000,2025-06-01,,,,,,";
    let rows = [
        "LSKG5GL14HA000001,湘A12345,老车主,,13800138000,V80,宁乡市,,50000,2025-01-01,,,,,,",
        second,
    ];
    let text = format!("{HEADER}\n{}\n", rows.join("\n"));
    let workspace = Workspace::with("population/1.csv", format!("\u{feff}{text}"));
    let ingested = workspace.and("population/2.csv", text).read();
    let merged = ingested.fates.iter().filter(|one| one.fate == Fate::Merged);
    let cited: Vec<(&str, u32, &str)> = merged
        .map(|one| (&*one.file, one.line, one.original.as_str()))
        .collect();
    assert_eq!(
        cited,
        [
            ("population/1.csv", 3, second),
            ("population/2.csv", 2, rows[0]),
            ("population/2.csv", 3, second),
        ]
    );
}
