//! A fleet's own yard as a service point: it serves that customer's vehicles only.

mod common;

use std::fs;
use std::path::Path;

use common::story::{said, table};
use common::{plan, verified, workspace};

const FLEET: &str = "示例车队有限公司09";

/// The sample's fleets all of them, and a yard in the county of one.
fn with_yard(folder: &Path, customer: &str) {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/hunan");
    let fleets = "population/fleets.csv";
    fs::copy(sample.join(fleets), folder.join(fleets)).expect("the sample's fleets");
    let points = fs::read_to_string(sample.join("points.csv")).expect("points");
    let mut lines: Vec<String> = points.lines().map(|line| format!("{line},")).collect();
    lines[0].push_str("所属客户");
    let columns = lines[0].matches(',').count();
    let mut yard = vec![String::new(); columns + 1];
    for (column, cell) in [
        (0, "P99"),
        (1, "保靖县示例车队场地"),
        (3, "保靖县"),
        (10, "2"),
        (columns, customer),
    ] {
        cell.clone_into(&mut yard[column]);
    }
    lines.push(yard.join(","));
    fs::write(folder.join("points.csv"), lines.join("\n")).expect("points");
    let settings = folder.join("tour.toml");
    let text = fs::read_to_string(&settings).expect("settings");
    let pinned = text.replace("[pins]\n", "[pins]\nP99 = \"must\"\n");
    assert_ne!(pinned, text);
    fs::write(&settings, pinned).expect("settings");
}

#[test]
fn a_fleets_yard_serves_its_vehicles_and_nobody_elses() {
    let folder = workspace(4);
    let folder = folder.path();
    with_yard(folder, FLEET);
    plan(folder);
    verified(folder);
    let customers = table(folder, "customers.csv");
    let there: Vec<_> = customers
        .iter()
        .filter(|row| row["point"] == "P99")
        .collect();
    assert!(there.len() > 2, "the yard must be visited");
    for row in &there {
        assert_eq!(row["customer"], FLEET);
        assert!(row["cell"].ends_with("@P99"), "{}", row["cell"]);
    }
    let neighbours = customers.iter().filter(|row| row["county"] == "保靖县");
    assert!(
        neighbours.filter(|row| row["customer"] != FLEET).count() > 5,
        "there must be others whom the yard could have taken"
    );
    // The checker finds a stranger there.
    let path = folder.join("plans/2026-12/customers.csv");
    let text = fs::read_to_string(&path).expect("customers");
    fs::write(&path, text.replacen(FLEET, "示例车队有限公司77", 1)).expect("customers");
    assert!(said(folder, &["verify"], 1).contains("V209"));
}

#[test]
fn a_yard_whose_customer_nobody_knows_is_named() {
    let folder = workspace(12);
    let folder = folder.path();
    with_yard(folder, "示例车队有限公司九");
    let settings = folder.join("tour.toml");
    let text = fs::read_to_string(&settings).expect("settings");
    fs::write(&settings, text.replace("P99 = \"must\"\n", "")).expect("settings");
    assert!(said(folder, &["plan", "--effort", "20"], 0).contains("P018"));
}
