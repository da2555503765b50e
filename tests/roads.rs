//! Roads by a routing server: whole runs of the program against a small server on this machine that knows
//! made-up roads and writes down what it is asked. (Against a real one: `routing_server.rs`.)

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::net::TcpListener;
use std::path::Path;

use common::made_up_roads::{At, Play, Server, metres, roads};
use common::{plan, tourplan, verified, workspace, written};
use serde_json::{Value, json};

fn web_page(_: &str) -> (u16, Vec<u8>) {
    (200, b"<html><body>It works!</body></html>".to_vec())
}

/// Sends whoever asks to another machine.
fn elsewhere(_: &str) -> (u16, Vec<u8>) {
    (302, b"{}".to_vec())
}

fn asks(folder: &Path, url: &str) {
    let file = folder.join("tour.toml");
    let text = fs::read_to_string(&file).expect("the settings");
    let text = text.replace("mode = \"estimate\"", "mode = \"osrm\"");
    let text = text.replace("http://127.0.0.1:5000", url);
    fs::write(file, text).expect("settings");
}

fn plan_json(folder: &Path) -> Value {
    let bytes = fs::read(folder.join("plans/2026-12/plan.json")).expect("a plan");
    serde_json::from_slice(&bytes).expect("JSON")
}

fn codes(plan: &Value) -> BTreeSet<String> {
    let findings = plan["findings"].as_array().expect("findings").iter();
    let codes = findings.map(|finding| finding["code"].as_str().expect("a code").to_owned());
    codes.filter(|code| code.starts_with('R')).collect()
}

#[test]
fn a_month_by_a_routing_server_is_the_same_again_from_the_kept_answers_alone() {
    let folder = workspace(30);
    let server = Server::start(roads);
    asks(folder.path(), &server.url);
    plan(folder.path());
    verified(folder.path());
    let first = written(folder.path());
    let made = plan_json(folder.path());
    assert_eq!(codes(&made), BTreeSet::new());
    let travel = &made["travel"];
    assert_eq!(
        (
            &travel["legs"]["estimated"],
            &travel["customers"]["estimated"]
        ),
        (&json!(0), &json!(0))
    );
    assert_eq!(travel["legs"]["server"], json!(55 * 54));
    assert!(travel["customers"]["server"].as_u64().expect("a count") > 100);

    // A drive of the plan is the server's, one way and the other.
    let problem = fs::read(folder.path().join("plans/2026-12/problem.json")).expect("a problem");
    let problem: Value = serde_json::from_slice(&problem).expect("JSON");
    let points: BTreeMap<&str, At> = made["points"]
        .as_array()
        .expect("points")
        .iter()
        .map(|point| {
            let number = |key: &str| (point[key].as_f64().expect("degrees") * 1e5).round() / 1e5;
            (
                point["id"].as_str().expect("an id"),
                (number("lon"), number("lat")),
            )
        })
        .collect();
    let (depot, p7) = (points["depot"], points["P07"]);
    for (row, column, from, to) in [(0, 7, depot, p7), (7, 0, p7, depot)] {
        let km = problem["legs"]["km"][row][column].as_f64().expect("km");
        assert!((km - metres(from, to) / 1000.0).abs() < 0.002, "{km}");
        let minutes = (problem["legs"]["hours"][row][column]
            .as_f64()
            .expect("hours")
            * 60.0)
            .round();
        let driven = (metres(from, to) * 0.08 / 60.0).round();
        let rest = 20.0 * ((driven - 1.0) / 240.0).floor();
        assert_eq!(minutes, driven + rest);
    }

    let requests = server.asked().len();
    assert!(requests < 60, "{requests} requests");
    plan(folder.path());
    assert_eq!(server.asked().len(), requests, "nothing is asked twice");
    drop(server);
    fs::remove_dir_all(folder.path().join("plans")).expect("no plan");
    plan(folder.path());
    assert!(
        written(folder.path()) == first,
        "another plan without the server"
    );
}

#[test]
fn only_coordinates_leave_the_machine_and_no_customers_own() {
    let folder = workspace(30);
    let file = folder.path().join("population/retail.csv");
    let text = fs::read_to_string(&file).expect("customers");
    // Every other customer has coordinates of his own, near Ningxiang.
    let mut own = Vec::new();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for (index, line) in lines.iter_mut().enumerate().skip(1).step_by(2) {
        let mut cells: Vec<String> = line.split(',').map(str::to_owned).collect();
        let at = (
            112.5 + index as f64 * 0.001_37,
            28.25 + index as f64 * 0.000_71,
        );
        own.push(format!("{:.5},{:.5}", at.0, at.1));
        cells[11] = at.0.to_string();
        cells[12] = at.1.to_string();
        *line = cells.join(",");
    }
    fs::write(&file, lines.join("\n")).expect("customers");
    let server = Server::start(roads);
    asks(folder.path(), &server.url);
    plan(folder.path());
    let asked = server.asked();
    assert!(!asked.is_empty());
    let mut sent = BTreeSet::new();
    for request in &asked {
        let (line, headers) = request.split_once("\r\n").expect("headers");
        let path = line
            .strip_prefix("GET /table/v1/driving/")
            .expect("a table");
        let path = path.strip_suffix(" HTTP/1.1").expect("a request line");
        let (places, query) = path.split_once('?').expect("a query");
        assert!(
            places
                .bytes()
                .all(|b| b.is_ascii_digit() || b",.;".contains(&b)),
            "{places}"
        );
        sent.extend(places.split(';').map(str::to_owned));
        let rest =
            query.strip_prefix("annotations=duration,distance&generate_hints=false&sources=");
        let (sources, destinations) = rest
            .and_then(|rest| rest.split_once("&destinations="))
            .expect("lists");
        let numbers = |list: &str| list.bytes().all(|b| b.is_ascii_digit() || b == b';');
        assert!(numbers(sources) && numbers(destinations), "{query}");
        let names: BTreeSet<String> = headers
            .lines()
            .filter_map(|header| Some(header.split_once(':')?.0.to_lowercase()))
            .collect();
        let known = ["accept", "host", "user-agent"].map(str::to_owned);
        assert!(names.is_subset(&BTreeSet::from(known)), "{names:?}");
    }
    let theirs: Vec<&String> = own.iter().filter(|at| sent.contains(*at)).collect();
    assert_eq!(theirs, Vec::<&String>::new());
    // Their hexes were asked about all the same.
    let kept = fs::read_to_string(folder.path().join("travel-cache.csv")).expect("the answers");
    assert!(own.iter().all(|at| !kept.contains(at)));
    let made = plan_json(folder.path());
    let cells =
        fs::read_to_string(folder.path().join("plans/2026-12/problem.json")).expect("cells");
    assert!(cells.contains("\"hex"));
    assert_eq!(made["travel"]["customers"]["estimated"], json!(0));
}

#[test]
fn without_the_server_the_month_is_estimated_and_says_so() {
    let folder = workspace(30);
    plan(folder.path());
    let estimated = plan_json(folder.path());
    assert_eq!(codes(&estimated), BTreeSet::new());
    fs::remove_dir_all(folder.path().join("plans")).expect("no plan");
    // A port nobody listens on: taken, and given back.
    let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    asks(folder.path(), &format!("http://{}", port.expect("a port")));
    let said = tourplan(folder.path())
        .args(["plan", "--effort", "40"])
        .assert()
        .success();
    let said = String::from_utf8_lossy(&said.get_output().stderr).into_owned();
    assert!(said.contains("R001") && said.contains("R010"), "{said}");
    let made = plan_json(folder.path());
    assert_eq!(
        codes(&made),
        BTreeSet::from(["R001".to_owned(), "R010".to_owned()])
    );
    assert_eq!(made["tours"], estimated["tours"]);
    assert_eq!(made["travel"]["legs"]["server"], json!(0));
    let page = fs::read_to_string(folder.path().join("plans/2026-12/index.html")).expect("a page");
    assert!(
        page.contains("estimated 2970"),
        "the page does not say what is estimated"
    );
    assert!(!folder.path().join("travel-cache.csv").exists());
}

#[test]
fn answers_of_other_programs_end_in_the_estimate_with_a_word() {
    for (play, code) in [(web_page as Play, "R003"), (elsewhere, "R003")] {
        let server = Server::start(play);
        let fresh = workspace(20);
        asks(fresh.path(), &server.url);
        plan(fresh.path());
        let found = codes(&plan_json(fresh.path()));
        assert_eq!(found, BTreeSet::from([code.to_owned(), "R010".to_owned()]));
        assert_eq!(server.asked().len(), 1, "asked once");
    }
}

#[test]
fn a_cache_that_was_cut_off_is_said_and_asked_for_again() {
    let folder = workspace(30);
    let server = Server::start(roads);
    asks(folder.path(), &server.url);
    plan(folder.path());
    let file = folder.path().join("travel-cache.csv");
    let whole = fs::read(&file).expect("the answers");
    let requests = server.asked().len();
    fs::write(&file, &whole[..whole.len() / 2]).expect("half of it");
    let said = tourplan(folder.path())
        .args(["plan", "--effort", "40"])
        .assert()
        .success();
    let said = String::from_utf8_lossy(&said.get_output().stderr).into_owned();
    assert!(said.contains("R007"), "{said}");
    assert!(server.asked().len() > requests);
    assert!(fs::read(&file).expect("the answers") == whole);
}

#[test]
fn a_dry_run_asks_and_keeps_nothing() {
    let folder = workspace(30);
    let server = Server::start(roads);
    asks(folder.path(), &server.url);
    let mut command = tourplan(folder.path());
    command
        .args(["plan", "--effort", "10", "--dry-run", "--quiet"])
        .assert()
        .success();
    assert!(!server.asked().is_empty());
    assert!(!folder.path().join("travel-cache.csv").exists());
}

#[test]
fn calibrate_fits_the_estimate_to_the_server_and_changes_nothing() {
    let folder = workspace(60);
    let server = Server::start(roads);
    let before = fs::read_to_string(folder.path().join("tour.toml")).expect("settings");
    let mut command = tourplan(folder.path());
    command.args([
        "calibrate",
        "--osrm",
        &server.url,
        "--samples",
        "500",
        "--json",
    ]);
    let told = command.assert().success();
    let told: Value = serde_json::from_slice(&told.get_output().stdout).expect("JSON");
    assert_eq!(
        (&told["source"], &told["samples"]),
        (&json!("osrm"), &json!(500))
    );
    for figure in ["km", "minutes"] {
        let mean = |when: &str| told[figure][when]["mean"].as_f64().expect("a figure");
        assert!(mean("after") < mean("before") / 5.0, "{figure}: {told}");
    }
    // 1.5 times the straight line everywhere, at 45 km/h.
    let far = told["proposal"]["detour_far"].as_f64().expect("a key");
    assert!((far - 1.5).abs() < 0.1, "{told}");
    let settings = fs::read_to_string(folder.path().join("tour.toml")).expect("settings");
    assert!(settings == before && !folder.path().join("travel-cache.csv").exists());

    // The keys proposed are keys of tour.toml, and the estimate is the better for them.
    let mut command = tourplan(folder.path());
    let told = command
        .args(["calibrate", "--osrm", &server.url])
        .assert()
        .success();
    let keys = String::from_utf8_lossy(&told.get_output().stdout).into_owned();
    let start = before.find("[travel.estimate]").expect("the table");
    let end = before.find("[predict]").expect("the next table");
    let text = format!("{}{keys}{}", &before[..start], &before[end..]);
    fs::write(folder.path().join("tour.toml"), text).expect("settings");
    let told = tourplan(folder.path())
        .args(["calibrate", "--osrm", &server.url, "--json"])
        .assert()
        .success();
    assert_eq!(String::from_utf8_lossy(&told.get_output().stderr), "");
    let told: Value = serde_json::from_slice(&told.get_output().stdout).expect("JSON");
    assert!(
        told["km"]["before"]["mean"].as_f64().expect("km") < 3.0,
        "{told}"
    );
}

#[test]
fn calibrate_without_measured_drives_says_what_is_missing() {
    let folder = workspace(60);
    let told = tourplan(folder.path()).arg("calibrate").assert().code(3);
    let said = String::from_utf8_lossy(&told.get_output().stderr).into_owned();
    assert!(said.contains("R012"), "{said}");
}

#[test]
fn calibrate_by_a_table_proposes_the_keys_that_change() {
    let folder = workspace(30);
    plan(folder.path());
    let problem = fs::read(folder.path().join("plans/2026-12/problem.json")).expect("a problem");
    let problem: Value = serde_json::from_slice(&problem).expect("JSON");
    let leg = |of: &str, to: usize| problem["legs"][of][0][to].as_f64().expect("a figure");
    // Every road measured a fifth longer than estimated, and as fast.
    let mut matrix = "from,to,km,minutes\n".to_owned();
    for point in (1..30).filter(|point| leg("hours", *point) < 4.0) {
        let minutes = leg("hours", point) * 60.0 * 1.2;
        let km = leg("km", point) * 1.2;
        writeln!(matrix, "depot,P{point:02},{km:.3},{minutes:.1}").expect("a line");
    }
    fs::write(folder.path().join("matrix.csv"), matrix).expect("a table");
    let told = tourplan(folder.path()).arg("calibrate").assert().success();
    let keys = String::from_utf8_lossy(&told.get_output().stdout).into_owned();
    let keys: toml::Table = keys.parse().expect("lines of tour.toml");
    let far = keys["travel"]["estimate"]["detour_far"]
        .as_float()
        .expect("a key");
    assert!((far - 1.44).abs() < 0.01, "{keys}");
    let mut command = tourplan(folder.path());
    let told = command
        .args(["calibrate", "--lang", "zh-CN"])
        .assert()
        .success();
    let said = String::from_utf8_lossy(&told.get_output().stderr).into_owned();
    assert!(said.contains("公里 校准前"), "{said}");
}

#[test]
fn what_is_sent_is_wgs_84_whatever_the_datum_of_the_tables() {
    let folder = workspace(60);
    let file = folder.path().join("tour.toml");
    let text = fs::read_to_string(&file).expect("the settings");
    fs::write(
        &file,
        text.replace("datum = \"wgs84\"", "datum = \"gcj02\""),
    )
    .expect("settings");
    let server = Server::start(roads);
    let mut command = tourplan(folder.path());
    command
        .args(["calibrate", "--osrm", &server.url])
        .assert()
        .success();
    let depot = tourplan::domain::LonLat {
        lon: 112.91,
        lat: 28.21,
    };
    let shifted = tourplan::place::to_wgs84(depot, tourplan::domain::Datum::Gcj02);
    let asked = server.asked().concat();
    assert!(asked.contains(&format!("{:.5},{:.5}", shifted.lon, shifted.lat)));
    assert!(!asked.contains("112.91000,28.21000"));
}

#[test]
fn by_a_matrix_nobody_is_asked_and_what_it_lacks_is_said() {
    let folder = workspace(30);
    let server = Server::start(roads);
    let file = folder.path().join("tour.toml");
    let text = fs::read_to_string(&file).expect("the settings");
    let text = text.replace("mode = \"estimate\"", "mode = \"matrix\"");
    fs::write(&file, text.replace("http://127.0.0.1:5000", &server.url)).expect("settings");
    let matrix = "from,to,km,minutes\ndepot,P07,61.5,70\n";
    fs::write(folder.path().join("matrix.csv"), matrix).expect("a table");
    plan(folder.path());
    verified(folder.path());
    assert_eq!(server.asked(), Vec::<String>::new());
    let made = plan_json(folder.path());
    assert_eq!(codes(&made), BTreeSet::from(["R010".to_owned()]));
    let legs = &made["travel"]["legs"];
    assert_eq!(
        (&legs["matrix"], &legs["estimated"]),
        (&json!(1), &json!(2969))
    );
}
