//! What if, other sizes of the month, other rates, pins and fairness: whole runs on a small part of the sample region.

mod common;

use std::fs;
use std::path::Path;

use common::{plan, table, tourplan, verified, workspace, written};
use serde_json::Value;

/// Runs `plan` with more arguments; its JSON.
fn asked(folder: &Path, args: &[&str], status: i32) -> Value {
    let output = tourplan(folder)
        .args(["plan", "--effort", "40", "--json"])
        .args(args)
        .assert()
        .code(status);
    serde_json::from_slice(&output.get_output().stdout).unwrap_or_default()
}

fn read_plan(folder: &Path) -> Value {
    let text = fs::read(folder.join("plans/2026-12/plan.json")).expect("a plan");
    serde_json::from_slice(&text).expect("JSON")
}

/// The first point the plan visits.
fn first_point(folder: &Path) -> String {
    table(folder, "visits.csv")[0]["point"].clone()
}

/// Yuan that serving everybody at a point falls short of their value, by problem.json.
fn lost_yuan(folder: &Path, point: &str) -> f64 {
    let text = fs::read(folder.join("plans/2026-12/problem.json")).expect("a problem");
    let problem: Value = serde_json::from_slice(&text).expect("JSON");
    let points = problem["points"].as_array().expect("points");
    let at = points.iter().position(|one| one["id"] == point);
    let at = at.expect("the point") as u64;
    let pairs = problem["pairs"].as_array().expect("pairs").iter();
    let here = pairs.filter(|pair| pair["point"] == at);
    here.filter_map(|pair| pair["cost"].as_f64()).sum()
}

#[test]
fn what_if_prints_the_difference_and_writes_nothing() {
    let folder = workspace(8);
    let folder = folder.path();
    plan(folder);
    let before = written(folder);
    let point = first_point(folder);
    let never = asked(folder, &["--pin", &format!("{point}=never")], 0);
    let only_now: Vec<&str> = never["points_only_now"]
        .as_array()
        .expect("points")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    assert!(only_now.contains(&point.as_str()), "{never}");
    let value = |side: &str, key: &str| never[side][key].as_f64().expect(key);
    assert!(value("now", "contribution_yuan") >= value("then", "contribution_yuan") - 0.01);

    let one = asked(folder, &["--teams", "1", "--max-nights", "0"], 0);
    assert_eq!(one["then"]["teams"], 1, "{one}");
    assert_eq!(one["then"]["nights"], 0, "{one}");
    assert_eq!(one["now"], never["now"], "the same plan is set beside each");
    let three = asked(folder, &["--teams", "3"], 0);
    let worth = |side: &Value| side["contribution_yuan"].as_f64().expect("yuan");
    assert!(
        worth(&three["then"]) >= worth(&three["now"]) - 0.01,
        "more teams never bring less: {three}"
    );
    assert!(
        before == written(folder),
        "a question must not change the plan"
    );
}

#[test]
fn a_question_that_makes_no_sense_is_refused() {
    let folder = workspace(16);
    let folder = folder.path();
    for (args, status) in [
        (["--pin", "P01=maybe"], 2),
        (["--teams", "0"], 2),
        (["--max-customer-km", "nan"], 2),
        (["--pin", "P99=must"], 3),
        (["--pin", "P01=2027-02-01"], 3),
    ] {
        let said = asked(folder, &args, status);
        assert!(
            !folder.join("plans").exists(),
            "{args:?} wrote a plan: {said}"
        );
    }
}

#[test]
fn pins_of_the_settings_are_kept_and_fairness_moves_value_away_from_places_just_served() {
    let folder = workspace(8);
    let folder = folder.path();
    plan(folder);
    let visited = first_point(folder);
    let points = read_plan(folder)["points"]
        .as_array()
        .expect("points")
        .clone();
    let unvisited = points
        .iter()
        .find(|point| point["visited"] == false && point["bays"].as_u64() > Some(0))
        .and_then(|point| point["id"].as_str())
        .expect("a point nobody goes to")
        .to_owned();
    let settings = folder.join("tour.toml");
    let text = fs::read_to_string(&settings).expect("settings");
    let pins = format!("[pins]\n{visited} = \"never\"\n{unvisited} = \"must\"\n");
    fs::write(&settings, text.replace("[pins]\n", &pins)).expect("settings");
    plan(folder);
    verified(folder);
    let visits: Vec<String> = table(folder, "visits.csv")
        .iter()
        .map(|visit| visit["point"].clone())
        .collect();
    assert!(
        visits.contains(&unvisited) && !visits.contains(&visited),
        "{visits:?}"
    );

    // Served the day before the month: most of the lost share is still lost, and the plan says so.
    let past = folder.join("past-visits.csv");
    let rows = fs::read_to_string(&past).expect("past visits");
    fs::write(
        &past,
        format!("{}\n{unvisited},2026-11-15\n", rows.trim_end()),
    )
    .expect("past visits");
    let before = lost_yuan(folder, &unvisited);
    plan(folder);
    verified(folder);
    let after = read_plan(folder);
    let point = after["points"]
        .as_array()
        .and_then(|points| {
            points
                .iter()
                .find(|point| point["id"] == unvisited.as_str())
        })
        .cloned()
        .expect("the point");
    assert_eq!(point["last_served"], "2026-11-15");
    let lost = point["lost_share"].as_f64().expect("a share");
    assert!((0.2..0.3).contains(&lost), "{lost}");
    assert!(
        lost_yuan(folder, &unvisited) > before,
        "a place just served is worth less"
    );
}

#[test]
fn other_sizes_and_other_rates_stand_beside_the_certificate() {
    let folder = workspace(6);
    let folder = folder.path();
    plan(folder);
    let plan = read_plan(folder);
    let curve = plan["outlook"]["curve"].as_array().expect("a curve");
    let mine: Vec<&Value> = curve
        .iter()
        .filter(|choice| choice["is_plan"] == true)
        .collect();
    assert_eq!(mine.len(), 1);
    assert_eq!(mine[0]["team_days"], plan["figures"]["team_days"]);
    let objective = plan["search"]["objective"].as_f64().expect("yuan");
    assert!((mine[0]["contribution_yuan"].as_f64().expect("yuan") - objective).abs() < 0.02);
    let days: Vec<u64> = curve
        .iter()
        .filter_map(|choice| choice["team_days"].as_u64())
        .collect();
    assert!(days.windows(2).all(|pair| pair[0] < pair[1]), "{days:?}");
    let smaller: Vec<f64> = curve
        .iter()
        .take_while(|choice| choice["is_plan"] == false)
        .filter_map(|choice| choice["contribution_yuan"].as_f64())
        .collect();
    assert!(
        smaller.windows(2).all(|pair| pair[0] < pair[1]),
        "{smaller:?}"
    );

    let rates = plan["outlook"]["rates"].as_array().expect("rates");
    assert_eq!(rates.len(), 4);
    let of = |rate: &str, factor: f64, key: &str| {
        let case = rates
            .iter()
            .find(|case| case["rate"] == rate && case["factor"] == factor);
        case.and_then(|case| case[key].as_f64()).expect(key)
    };
    for rate in ["show_up", "wear"] {
        let (less, more) = (of(rate, 0.8, "needed"), of(rate, 1.2, "needed"));
        assert!(
            less < more,
            "{rate}: {less} pieces at −20 %, {more} at +20 %"
        );
        assert!(
            of(rate, 0.8, "job_fill") > of(rate, 1.2, "job_fill"),
            "{rate}"
        );
        assert!(of(rate, 0.8, "best_yuan") >= of(rate, 0.8, "kept_yuan"));
    }
    let page = fs::read_to_string(folder.join("plans/2026-12/index.html")).expect("the page");
    assert!(page.contains("class=\"curve\"") && page.contains("Show-up −20%"));
}
