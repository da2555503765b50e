//! Orders placed by the signature, goods received, nothing ordered twice: whole runs of the program.

mod common;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use common::{plan, tourplan, workspace, written};
use serde_json::Value;

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
        let _ = writeln!(text, "{order},{part},,{counted},{damaged},,,");
    }
    let path = folder.join(name);
    fs::write(&path, text).expect("a sheet");
    path.display().to_string()
}

#[test]
#[expect(clippy::too_many_lines, reason = "one story, told in order")]
fn an_order_is_placed_once_and_only_damaged_pieces_are_ordered_again() {
    let folder = workspace(8);
    let root = folder.path();
    // Nothing on the shelf: every part has to be ordered.
    let stock = fs::read_to_string(root.join("stock.csv")).expect("stock");
    let header = stock.lines().next().expect("a header").to_owned();
    fs::write(root.join("stock.csv"), header + "\n").expect("no stock");
    plan(root);
    let nothing = sheet(root, "early.csv", &[("2612-O001", "x", 1, 0)]);
    let untouched = written(root);
    let early = said(root, &["receive", "--goods", &nothing], 3);
    assert!(
        early.contains("M020") && early.contains("approve --orders"),
        "{early}"
    );
    assert!(untouched == written(root), "nothing was received");

    let planned = plan_json(root);
    let wanted = pieces(&planned, "parts", |line| {
        figure(line, "to_order") + figure(line, "from_peer")
    });
    assert!(!wanted.is_empty());
    said(
        root,
        &["approve", "--orders", "--by", "周建国", "--dry-run"],
        0,
    );
    assert!(untouched == written(root), "a dry run places nothing");
    said(root, &["approve", "--orders", "--by", "周建国"], 0);
    let placed = plan_json(root);
    let ordered = |plan: &Value| pieces(plan, "orders", |line| figure(line, "qty"));
    assert_eq!(ordered(&placed), wanted);
    assert!(
        pieces(&placed, "parts", |line| figure(line, "to_order")
            + figure(line, "from_peer"))
        .is_empty()
    );
    assert!(
        placed["approvals"]["orders"].is_object(),
        "placing keeps the signature"
    );
    said(root, &["verify"], 0);
    let once = written(root);
    said(root, &["approve", "--orders", "--by", "周建国"], 0);
    assert!(once == written(root), "approving twice changes nothing");
    assert!(root.join("plans/2026-12/goods-received.html").exists());

    // Everything comes but one piece of one line, and one piece of it is damaged.
    let lines = placed["orders"].as_array().expect("orders");
    let text = |line: &'_ Value, name: &str| line[name].as_str().expect("text").to_owned();
    let first = lines
        .iter()
        .find(|line| figure(line, "qty") >= 3 && line["to"] == "depot" && line["source"] == "order")
        .expect("a line of three pieces");
    let (key, part, qty) = (
        text(first, "order"),
        text(first, "part"),
        figure(first, "qty"),
    );
    let wrong = sheet(root, "wrong.csv", &[(&key, &part, qty + 1, 0)]);
    let refused = said(root, &["receive", "--goods", &wrong], 3);
    assert!(refused.contains("M025"), "{refused}");
    assert!(
        once == written(root),
        "a sheet that cannot be right changes nothing"
    );

    let goods = sheet(root, "goods.csv", &[(&key, &part, qty - 1, 1)]);
    let day = ["--today", "2026-11-17"];
    let told = said(
        root,
        &[&["receive", "--goods", &goods], &day[..]].concat(),
        0,
    );
    assert!(
        told.contains(&part) && (told.contains("M029") || told.contains("M030")),
        "{told}"
    );
    assert!(
        told.contains("M003"),
        "one piece more asks for a signature: {told}"
    );
    said(root, &["verify"], 0);
    let received = plan_json(root);
    let line = received["orders"]
        .as_array()
        .expect("orders")
        .iter()
        .find(|line| line["order"] == key.as_str());
    let line = line.expect("the line");
    assert_eq!(
        (figure(line, "received"), figure(line, "damaged")),
        (qty - 2, 1)
    );
    assert_eq!(line["closed"], false);
    let requirement = |plan: &Value, name: &str| {
        let found = plan["parts"]
            .as_array()
            .expect("parts")
            .iter()
            .find(|line| line["part"] == part.as_str());
        figure(found.expect("the part"), name)
    };
    assert_eq!(
        requirement(&received, "on_hand"),
        qty - 2,
        "what is sound lies on the shelf"
    );
    let again = requirement(&received, "to_order") + requirement(&received, "from_peer");
    assert_eq!(
        again + requirement(&received, "short") - requirement(&planned, "short"),
        1
    );
    let twice = written(root);
    let known = said(
        root,
        &[&["receive", "--goods", &goods], &day[..]].concat(),
        0,
    );
    assert!(known.contains("M016") && twice == written(root), "{known}");

    said(
        root,
        &[&["approve", "--orders", "--by", "周建国"], &day[..]].concat(),
        0,
    );
    let replaced = plan_json(root);
    let mut expected = wanted.clone();
    *expected.entry(part.clone()).or_default() += again;
    assert_eq!(
        ordered(&replaced),
        expected,
        "the damaged piece and nothing else"
    );
    said(root, &["verify"], 0);

    // Planned again, and with a stock table exported since: the book stays, and nothing is ordered twice.
    tourplan(root)
        .args(["plan", "--effort", "40", "--quiet", "--today", "2026-11-17"])
        .assert()
        .success();
    let replanned = plan_json(root);
    assert_eq!(ordered(&replanned), expected);
    assert!(replanned["approvals"]["orders"].is_object());
    said(root, &["verify"], 0);
    let table = format!(
        "part,on_hand,reserved,bin,on_order,eta\n{part},{},0,,,\n",
        qty - 2
    );
    fs::write(root.join("stock.csv"), table).expect("stock");
    said(root, &["verify"], 0);
    let parts = tourplan(root)
        .args(["parts", "--json", "--quiet", "--today", "2026-11-17"])
        .assert()
        .success();
    let parts: Value = serde_json::from_slice(&parts.get_output().stdout).expect("JSON");
    assert_eq!(
        requirement(&parts, "on_hand"),
        qty - 2,
        "booked in, not counted twice"
    );
}
