//! Whole runs of the program on a small part of the sample region.

mod common;

use std::fs;
use std::path::Path;

use common::{plan, tourplan, workspace, written};

#[test]
fn a_plan_of_the_sample_keeps_every_rule_and_accounts_for_every_row() {
    let folder = workspace(4);
    plan(folder.path());
    let said = tourplan(folder.path()).arg("verify").assert().success();
    let said = String::from_utf8_lossy(&said.get_output().stdout).into_owned();
    assert!(said.contains(" 0 faults"), "{said}");
    let shown = tourplan(folder.path())
        .args(["show", "--json"])
        .assert()
        .success();
    let shown: serde_json::Value =
        serde_json::from_slice(&shown.get_output().stdout).expect("JSON on stdout");
    assert!(
        shown["tours"]
            .as_array()
            .is_some_and(|tours| !tours.is_empty())
    );
    let plan: serde_json::Value = serde_json::from_slice(
        &fs::read(folder.path().join("plans/2026-12/plan.json")).expect("plan.json"),
    )
    .expect("plan.json is JSON");
    let rows = |key: &str| plan["rows"][key].as_u64().expect("a count");
    assert_eq!(
        rows("rows"),
        rows("accepted") + rows("merged") + rows("rejected") + rows("ignored")
    );
}

#[test]
fn the_same_inputs_give_the_same_bytes_on_one_thread_and_on_two() {
    let folder = workspace(6);
    let run = |threads: &str| {
        tourplan(folder.path())
            .args(["plan", "--effort", "20", "--quiet"])
            .env("RAYON_NUM_THREADS", threads)
            .env("POLARS_MAX_THREADS", threads)
            .assert()
            .success();
        written(folder.path())
    };
    let (one, two) = (run("1"), run("2"));
    assert_eq!(
        one.keys().collect::<Vec<_>>(),
        two.keys().collect::<Vec<_>>()
    );
    for (name, bytes) in &one {
        assert!(two.get(name) == Some(bytes), "{} differs", name.display());
    }
}

#[test]
fn permuting_the_input_rows_changes_no_decision() {
    let folder = workspace(6);
    plan(folder.path());
    let before = written(folder.path());
    for file in ["population/retail.csv", "population/fleets.csv"] {
        let path = folder.path().join(file);
        let text = fs::read_to_string(&path).expect("a population");
        let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
        lines[1..].reverse();
        fs::write(&path, lines.concat()).expect("reversed");
    }
    plan(folder.path());
    let after = written(folder.path());
    let cites_lines = ["rejects.csv", "repairs.csv", "plan.json"];
    for (name, bytes) in &before {
        if !cites_lines.iter().any(|cites| name.ends_with(cites)) {
            assert!(after.get(name) == Some(bytes), "{} differs", name.display());
        }
    }
}

#[test]
fn full_phones_stand_only_where_somebody_dials() {
    let folder = workspace(8);
    plan(folder.path());
    let files = written(folder.path());
    let contacts = fs::read_to_string(folder.path().join("plans/2026-12/private/contacts.csv"))
        .expect("contacts");
    let phone = contacts
        .lines()
        .skip(1)
        .filter_map(|line| line.rsplit(',').next())
        .find(|phone| phone.len() == 11)
        .expect("somebody with a phone");
    for (name, bytes) in &files {
        let text = String::from_utf8_lossy(bytes);
        let name = name.display().to_string();
        let allowed = ["private", "call-sheet", "rejects.csv", "repairs.csv"];
        if !allowed.iter().any(|allowed| name.contains(allowed)) {
            assert!(!text.contains(phone), "{name} holds a full phone");
        }
    }
}

/// Runs the program and gives what it said to people.
fn said(folder: &Path, args: &[&str], status: i32) -> String {
    let output = tourplan(folder).args(args).assert().code(status);
    String::from_utf8_lossy(&output.get_output().stderr).into_owned()
}

#[test]
fn a_signature_of_the_month_holds_until_something_it_covers_changes() {
    let folder = workspace(8);
    let plans = folder.path().join("plans/2026-12");
    let read = |name: &str| fs::read_to_string(plans.join(name)).unwrap_or_default();
    let early = said(folder.path(), &["approve", "--by", "周建国"], 3);
    assert!(early.contains("C005") && !plans.exists(), "{early}");

    plan(folder.path());
    assert!(read("parts-list.html").contains("NOT APPROVED"));
    let before = written(folder.path());
    let unknown = said(folder.path(), &["approve", "--tour", "T99", "--by", "a"], 3);
    assert!(
        unknown.contains("M002") && unknown.contains("T01"),
        "{unknown}"
    );
    said(folder.path(), &["approve", "--by", " "], 2);
    said(folder.path(), &["approve", "--by", "a", "--dry-run"], 0);
    assert!(before == written(folder.path()), "nothing was signed yet");

    said(
        folder.path(),
        &["approve", "--orders", "--by", "<b>周建国</b>"],
        0,
    );
    said(
        folder.path(),
        &["approve", "--tour", "T01", "--by", "李总"],
        0,
    );
    let page = read("parts-list.html");
    assert!(page.contains("Approved by &lt;b&gt;周建国") && !page.contains("NOT APPROVED"));
    said(folder.path(), &["verify"], 0);
    let journal = read("journal.jsonl");
    let events = |name: &str| journal.matches(&format!("\"event\":\"{name}\"")).count();
    assert_eq!((events("planned"), events("approved")), (1, 2));

    plan(folder.path());
    assert!(
        read("parts-list.html").contains("Approved by"),
        "the same order"
    );

    // Nothing on the shelf: much more has to be ordered, and the tours stay as they are.
    let stock = fs::read_to_string(folder.path().join("stock.csv")).expect("stock");
    let header = stock.lines().next().expect("a header").to_owned();
    fs::write(folder.path().join("stock.csv"), header + "\n").expect("no stock");
    let again = said(folder.path(), &["plan", "--effort", "40"], 0);
    assert!(again.contains("M003"), "{again}");
    assert!(read("parts-list.html").contains("NOT APPROVED"));
    let changes = read("approval-changes.csv");
    assert!(changes.contains("\r\norders,sourcing,"), "{changes}");
    said(folder.path(), &["verify"], 0);
    let signed = said(folder.path(), &["approve", "--orders", "--by", "周建国"], 0);
    assert!(signed.contains("orders sourcing "), "{signed}");
    assert!(read("parts-list.html").contains("Approved by 周建国"));
    assert!(!read("approval-changes.csv").contains("\r\norders,"));
    said(folder.path(), &["verify"], 0);
}

#[test]
fn a_missing_column_is_one_clear_error_naming_its_aliases() {
    let folder = workspace(50);
    fs::write(
        folder.path().join("points.csv"),
        "name,county,bays\nx,浏阳市,1\n",
    )
    .expect("points");
    let output = tourplan(folder.path()).arg("check").assert().code(3);
    let said = String::from_utf8_lossy(&output.get_output().stderr).into_owned();
    assert!(
        said.contains("points.csv") && said.contains("point"),
        "{said}"
    );
}

#[test]
fn usage_and_order_of_steps_have_their_own_exit_status() {
    let folder = workspace(50);
    tourplan(folder.path()).arg("verify").assert().code(3);
    tourplan(folder.path())
        .arg("--no-such-option")
        .assert()
        .code(2);
    tourplan(&folder.path().join("nowhere"))
        .arg("check")
        .assert()
        .code(3);
    tourplan(folder.path())
        .args(["plan", "--month", "soon"])
        .assert()
        .code(2);
    fs::write(
        folder.path().join("tour.toml"),
        "[tour]\nmax_nights = \"many\"\n",
    )
    .expect("toml");
    tourplan(folder.path()).arg("check").assert().code(3);
}

#[test]
fn a_region_nobody_can_reach_is_no_plan() {
    let folder = workspace(50);
    let settings = fs::read_to_string(folder.path().join("tour.toml")).expect("settings");
    let far = settings
        .lines()
        .map(|line| {
            if line.starts_with("max_customer_km") {
                "max_customer_km = 0"
            } else {
                line
            }
        })
        .collect::<Vec<_>>()
        .join("\n");
    fs::write(folder.path().join("tour.toml"), far).expect("settings");
    tourplan(folder.path()).arg("plan").assert().code(4);
}

#[test]
fn a_gazetteer_of_the_workspace_replaces_the_built_in_one() {
    let folder = workspace(1);
    let own = folder.path().join("gazetteer.csv");
    fs::write(&own, "adcode,province,city,county,township\n43,湖南省,,,\n").expect("a table");
    let output = tourplan(folder.path()).arg("plan").assert().code(3);
    let said = String::from_utf8_lossy(&output.get_output().stderr).into_owned();
    assert!(said.contains("C011") && said.contains("line 2"), "{said}");
    // One county only: whoever lives elsewhere has no place any more.
    fs::write(
        &own,
        "adcode,province,city,county,township,lon,lat\n\
         430000,湖南省,,,,112.98,28.19\n430100,湖南省,长沙市,,,112.98,28.19\n\
         430104,湖南省,长沙市,岳麓区,,112.91,28.21\n430181,湖南省,长沙市,浏阳市,,113.63,28.14\n",
    )
    .expect("a table");
    plan(folder.path());
    let customers =
        fs::read_to_string(folder.path().join("plans/2026-12/customers.csv")).expect("customers");
    assert!(
        customers.contains(",no_place,"),
        "nobody is without a place"
    );
    let without = customers.lines().filter(|line| line.contains(",no_place,"));
    assert!(
        without.count() * 2 > customers.lines().count(),
        "the built-in gazetteer was used"
    );
}

#[test]
fn the_page_of_findings_is_what_the_registry_says() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/findings.md");
    let written = fs::read_to_string(page).expect("docs/findings.md");
    assert!(
        written == tourplan::findings::markdown(),
        "run: tourplan schema findings"
    );
}
