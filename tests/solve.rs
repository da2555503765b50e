//! One question alone: `tourplan solve wear` and `usage` from a file to the answer.

use std::fs;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

fn solve(kind: &str, text: &str, more: &[&str]) -> (i32, String, String) {
    let folder = TempDir::new().expect("a temporary folder");
    let file = folder.path().join("asked.csv");
    fs::write(&file, text).expect("written");
    let mut command = Command::cargo_bin("tourplan").expect("the program");
    command.args(["solve", kind]).arg(&file).args(more);
    let done = command.args(["--lang", "en"]).output().expect("run");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (
        done.status.code().expect("an exit status"),
        text(done.stdout),
        text(done.stderr),
    )
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

#[test]
fn lives_become_a_law_with_its_errors() {
    let lives = "time,status,count,entry\n60,1,1,40\n85,1,2,70\n90,0,3,55\n75,1,1,\n120,1,1,80\n";
    let (status, out, _) = solve("wear", lives, &[]);
    let law = json(&out);
    assert_eq!(
        (status, &law["n"], &law["failures"]),
        (0, &8.into(), &5.into())
    );
    assert_eq!(law["warning"], Value::Null);
    for key in ["shape", "scale", "se_log_shape", "se_log_scale"] {
        assert!(law[key].as_f64().is_some_and(|x| x > 0.0), "{key}: {law}");
    }
}

#[test]
fn where_no_law_can_be_told_there_is_a_reason_and_no_number() {
    let (status, out, _) = solve("wear", "time,status\n5,0\n9,0\n", &[]);
    let law = json(&out);
    assert_eq!((status, &law["shape"]), (0, &Value::Null));
    assert!(
        law["warning"]
            .as_str()
            .is_some_and(|why| why.contains("nothing failed"))
    );
}

#[test]
fn a_file_that_holds_no_lives_ends_in_status_3_with_codes() {
    let (status, out, err) = solve("wear", "time,status\nabc,1\n5,1\n", &["--json"]);
    assert_eq!(status, 3);
    assert_eq!(json(&out)["findings"][0]["code"], "D401");
    assert!(err.contains("D401") && err.contains(":2"), "{err}");
}

const READINGS: &str = "vehicle,date,odometer_km,class\nA,2026-01-01,1000,van\nA,2026-02-01,4100,van\nA,2026-02-10,410000,van\nA,2026-03-01,6900,van\nB,2026-01-01,0,van\n=C,2026-01-01,,van\n";

#[test]
fn every_vehicle_has_its_odometer_and_what_was_set_aside() {
    let (status, out, _) = solve("usage", READINGS, &["--at", "2026-03-11"]);
    assert_eq!(status, 0);
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines.len(), 4, "{out}");
    assert!(lines[1].starts_with("'=C,van,"), "no formula: {out}");
    assert!(lines[1].contains(",age,assumed,0,0,"), "{out}");
    assert!(
        lines[2].contains(",readings,assumed,4,3,2026-02-10=410000:backwards"),
        "{out}"
    );
    assert!(lines[3].contains(",age,assumed,1,1,"), "{out}");
    let (_, out, _) = solve("usage", READINGS, &["--at", "2026-03-11", "--json"]);
    let a = &json(&out)["vehicles"][1];
    let km = a["odometer_km"].as_f64().expect("a number");
    assert!((7_500.0..8_000.0).contains(&km), "{a}");
    assert_eq!(a["set_aside"][0]["why"], "backwards");
}

#[test]
fn a_day_that_is_none_is_wrong_usage() {
    let (status, _, _) = solve("usage", READINGS, &["--at", "soon"]);
    assert_eq!(status, 2);
}
