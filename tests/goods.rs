//! Orders placed by the signature, goods received, nothing ordered twice: whole runs of the program.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use common::{plan, tourplan, workspace, written};
use serde_json::Value;
use tempfile::TempDir;

fn said(folder: &Path, args: &[&str], status: i32) -> String {
    let output = tourplan(folder).args(args).assert().code(status);
    String::from_utf8_lossy(&output.get_output().stderr).into_owned()
}

fn plan_json(folder: &Path) -> Value {
    let bytes = fs::read(folder.join("plans/2026-12/plan.json")).expect("plan.json");
    serde_json::from_slice(&bytes).expect("JSON")
}

/// Pieces of a list by part.
fn pieces(plan: &Value, list: &str, count: impl Fn(&Value) -> u64) -> BTreeMap<String, u64> {
    let mut pieces = BTreeMap::new();
    for line in plan[list].as_array().expect("a list") {
        let part = line["part"].as_str().expect("a part").to_owned();
        *pieces.entry(part).or_default() += count(line);
    }
    pieces.retain(|_, count| *count > 0);
    pieces
}

fn figure(line: &Value, name: &str) -> u64 {
    line[name].as_u64().expect("a figure")
}

/// A filled goods-received sheet: order, part, counted, damaged.
fn sheet(folder: &Path, name: &str, rows: &[(&str, &str, u64, u64)]) -> String {
    let mut text =
        "\u{feff}订单行号,配件编码,应到,实到,破损,到货日期,预计新到货日,备注\n".to_owned();
    for (order, part, counted, damaged) in rows {
        let line = format!("{order},{part},,{counted},{damaged},,,\n");
        text.push_str(&line);
    }
    let path = folder.join(name);
    fs::write(&path, text).expect("a sheet");
    path.display().to_string()
}

/// A month in which every part has to be ordered: nothing is on the shelf.
fn planned_without_stock(by_the_piece: bool) -> TempDir {
    let folder = workspace(8);
    let root = folder.path();
    if by_the_piece {
        sell_by_the_piece(&root.join("catalogue/parts.csv"));
    }
    let stock = fs::read_to_string(root.join("stock.csv")).expect("stock");
    let header = stock.lines().next().expect("a header").to_owned();
    fs::write(root.join("stock.csv"), header + "\n").expect("no stock");
    plan(root);
    folder
}

/// Every part in packs of one.
fn sell_by_the_piece(parts: &Path) {
    let mut table = csv::Reader::from_path(parts).expect("parts");
    let headers = table.headers().expect("headers").clone();
    let pack = headers.iter().position(|header| header == "pack_qty");
    let pack = pack.expect("the column");
    let mut written = csv::Writer::from_writer(Vec::new());
    written.write_record(&headers).expect("headers");
    for record in table.records() {
        let record = record.expect("a row");
        let cells = record.iter().enumerate();
        let cells = cells.map(|(at, cell)| if at == pack { "1" } else { cell });
        written.write_record(cells).expect("a row");
    }
    fs::write(parts, written.into_inner().expect("a table")).expect("parts");
}

const APPROVE: [&str; 4] = ["approve", "--orders", "--by", "周建国"];

/// Pieces still to be ordered, in whole packs, or asked for, by part.
fn wanted(plan: &Value) -> BTreeMap<String, u64> {
    pieces(plan, "sourcing", |line| match line["feasible"].as_bool() {
        Some(true) => figure(line, "order_qty"),
        _ => 0,
    })
}

/// Pieces in the order book, by part.
fn ordered(plan: &Value) -> BTreeMap<String, u64> {
    pieces(plan, "orders", |line| figure(line, "qty"))
}

/// A figure of a part's line on the parts list.
fn of_part(plan: &Value, part: &str, name: &str) -> u64 {
    let lines = plan["parts"].as_array().expect("parts");
    let found = lines.iter().find(|line| line["part"] == part);
    figure(found.expect("the part"), name)
}

/// An order line of three pieces or more that comes to the depot: key, part, pieces.
fn a_line(plan: &Value) -> (String, String, u64) {
    let lines = plan["orders"].as_array().expect("orders");
    let line = lines
        .iter()
        .find(|line| figure(line, "qty") >= 3 && line["to"] == "depot")
        .expect("a line of three pieces");
    let text = |name: &str| line[name].as_str().expect("text").to_owned();
    (text("order"), text("part"), figure(line, "qty"))
}

#[test]
fn an_order_is_placed_once_by_its_signature_and_nothing_is_received_before() {
    let folder = planned_without_stock(false);
    let root = folder.path();
    let early = sheet(root, "early.csv", &[("2612-O001", "x", 1, 0)]);
    let untouched = written(root);
    let refused = said(root, &["receive", "--goods", &early], 3);
    assert!(refused.contains("M020") && refused.contains("approve --orders"));
    said(root, &[&APPROVE[..], &["--dry-run"]].concat(), 0);
    assert!(untouched == written(root), "nothing was placed or received");

    let planned = plan_json(root);
    said(root, &APPROVE, 0);
    let placed = plan_json(root);
    assert!(!wanted(&planned).is_empty());
    assert_eq!(ordered(&placed), wanted(&planned));
    assert!(wanted(&placed).is_empty());
    assert!(
        placed["approvals"]["orders"].is_object(),
        "placing keeps the signature"
    );
    said(root, &["verify"], 0);
    let once = written(root);
    said(root, &APPROVE, 0);
    assert!(once == written(root), "approving twice changes nothing");
    let (key, part, qty) = a_line(&placed);
    let wrong = sheet(root, "wrong.csv", &[(&key, &part, qty + 1, 0)]);
    let refused = said(root, &["receive", "--goods", &wrong], 3);
    assert!(refused.contains("M025"), "{refused}");
    assert!(
        once == written(root),
        "a sheet that cannot be right changes nothing"
    );
}

#[test]
fn a_damaged_piece_is_ordered_again_and_no_piece_twice() {
    let folder = planned_without_stock(true);
    let root = folder.path();
    said(root, &APPROVE, 0);
    let placed = plan_json(root);
    let (key, part, qty) = a_line(&placed);
    let day = ["--today", "2026-11-17"];
    let run = |args: &[&str]| said(root, &[args, &day[..]].concat(), 0);

    // All but one piece has come, and one of these is damaged.
    let goods = sheet(root, "goods.csv", &[(&key, &part, qty - 1, 1)]);
    let told = run(&["receive", "--goods", &goods]);
    assert!(told.contains("M029") || told.contains("M030"), "{told}");
    assert!(told.contains("M003"), "one piece more asks again: {told}");
    run(&["verify"]);
    let received = plan_json(root);
    let lines = received["orders"].as_array().expect("orders");
    let line = lines.iter().find(|line| line["order"] == key.as_str());
    let line = line.expect("the line");
    assert_eq!(
        (figure(line, "received"), figure(line, "damaged")),
        (qty - 2, 1)
    );
    assert_eq!(line["closed"], false);
    assert_eq!(
        of_part(&received, &part, "on_hand"),
        qty - 2,
        "sound pieces"
    );
    let again = wanted(&received).get(&part).copied().unwrap_or(0);
    let short = |plan: &Value| of_part(plan, &part, "short");
    assert_eq!(again + short(&received) - short(&placed), 1);
    let twice = written(root);
    let known = run(&["receive", "--goods", &goods]);
    assert!(known.contains("M016") && twice == written(root), "{known}");

    run(&APPROVE);
    let mut expected = ordered(&placed);
    *expected.entry(part.clone()).or_default() += again;
    assert_eq!(
        ordered(&plan_json(root)),
        expected,
        "the damaged piece only"
    );
    run(&["verify"]);

    // Planned again, and with a stock table exported since: the book stays.
    run(&["plan", "--effort", "40", "--quiet"]);
    let replanned = plan_json(root);
    assert_eq!(ordered(&replanned), expected);
    assert!(replanned["approvals"]["orders"].is_object());
    run(&["verify"]);
    let header = "part,on_hand,reserved,bin,on_order,eta";
    let table = format!("{header}\n{part},{},0,,,\n", qty - 2);
    fs::write(root.join("stock.csv"), table).expect("stock");
    run(&["verify"]);
    let parts = tourplan(root)
        .args(["parts", "--json", "--quiet", "--today", "2026-11-17"])
        .assert()
        .success();
    let parts: Value = serde_json::from_slice(&parts.get_output().stdout).expect("JSON");
    assert_eq!(
        of_part(&parts, &part, "on_hand"),
        qty - 2,
        "not counted twice"
    );
}
