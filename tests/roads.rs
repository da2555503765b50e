//! Roads by a routing server: whole runs of the program against a small server on this machine that knows
//! made-up roads and writes down what it is asked. (Against a real one: `routing_server.rs`.)

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use common::{plan, tourplan, verified, workspace, written};
use serde_json::{Value, json};

/// What the server makes of a request line's path.
type Play = fn(&str) -> (u16, Vec<u8>);

/// A server on the loopback address; it ends with the value.
struct Server {
    url: String,
    asked: Arc<Mutex<Vec<String>>>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    fn start(play: Play) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("its address");
        let (asked, stop) = (
            Arc::new(Mutex::new(Vec::new())),
            Arc::new(AtomicBool::new(false)),
        );
        let (heard, ends) = (Arc::clone(&asked), Arc::clone(&stop));
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if ends.load(Ordering::SeqCst) {
                    return;
                }
                answer(stream, play, &heard);
            }
        });
        Self {
            url: format!("http://{address}"),
            asked,
            stop,
            thread: Some(thread),
        }
    }

    /// Every request, whole: line and headers.
    fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("the requests").clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.url.trim_start_matches("http://"));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// One request, one answer, and the connection ends.
fn answer(mut stream: TcpStream, play: Play, heard: &Mutex<Vec<String>>) {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    while !request.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read(&mut buffer) {
            Ok(count) if count > 0 => request.extend_from_slice(&buffer[..count]),
            _ => return,
        }
    }
    let request = String::from_utf8_lossy(&request).into_owned();
    let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
    heard.lock().expect("the requests").push(request);
    let (status, body) = play(&path);
    let head = format!(
        "HTTP/1.1 {status} x\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    let _ = stream.write_all(head.as_bytes());
    let _ = stream.write_all(&body);
}

type At = (f64, f64);

/// Places, sources and destinations of a table request.
fn question(path: &str) -> (Vec<At>, Vec<usize>, Vec<usize>) {
    let (places, query) = path.split_once('?').expect("a query");
    let places = places.rsplit('/').next().expect("coordinates");
    let at = |place: &str| {
        let (lon, lat) = place.split_once(',').expect("a pair");
        (
            lon.parse().expect("a number"),
            lat.parse().expect("a number"),
        )
    };
    let indices = |name: &str| {
        let list = query.split('&').find_map(|part| part.strip_prefix(name));
        let list = list.expect("a list").split(';');
        list.map(|index| index.parse().expect("an index")).collect()
    };
    (
        places.split(';').map(at).collect(),
        indices("sources="),
        indices("destinations="),
    )
}

/// Made-up roads: 1.5 times the straight line and 3 km more going west, at 45 km/h.
fn metres(from: At, to: At) -> f64 {
    let north = (to.1 - from.1) * 111.2;
    let east = (to.0 - from.0) * 98.0;
    let west = if east < 0.0 { 3.0 } else { 0.0 };
    (north.hypot(east) * 1.5 + west) * 1000.0
}

fn roads(path: &str) -> (u16, Vec<u8>) {
    let (places, sources, destinations) = question(path);
    if places.len() > 60 {
        return (
            400,
            br#"{"code":"TooBig","message":"Too many table coordinates"}"#.to_vec(),
        );
    }
    let table = |unit: f64| -> Vec<Vec<f64>> {
        let row = |from: &usize| {
            let cell = |to: &usize| metres(places[*from], places[*to]) * unit;
            destinations.iter().map(cell).collect()
        };
        sources.iter().map(row).collect()
    };
    let ends = |of: &[usize]| vec![json!({"distance": 12.5, "name": ""}); of.len()];
    let body = json!({
        "code": "Ok", "distances": table(1.0), "durations": table(0.08),
        "sources": ends(&sources), "destinations": ends(&destinations),
    });
    (200, body.to_string().into_bytes())
}

fn web_page(_: &str) -> (u16, Vec<u8>) {
    (200, b"<html><body>It works!</body></html>".to_vec())
}

/// More than any table can be, and no end to what it would be read as.
fn flood(_: &str) -> (u16, Vec<u8>) {
    (200, vec![b'['; 70 << 20])
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
    for (play, code) in [
        (web_page as Play, "R003"),
        (flood, "R003"),
        (elsewhere, "R003"),
    ] {
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
