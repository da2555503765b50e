//! The program against a real OSRM on the loopback address, over invented roads (tests/recorded/osrm).
//!
//! Needs OSRM's programs: `TOURPLAN_OSRM` names the folder that holds `bin/osrm-routed` and
//! `share/profiles/car.lua`; `.ci/run` fetches them. Without it the test says that it is skipped.

mod common;

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use common::{plan, tourplan, verified, workspace, written};
use serde_json::Value;
use tempfile::TempDir;

/// OSRM's folder; `None` = skipped, said why.
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn osrm() -> Option<PathBuf> {
    let Some(folder) = std::env::var_os("TOURPLAN_OSRM") else {
        eprintln!("SKIPPED: no real routing server here; TOURPLAN_OSRM names no OSRM folder");
        return None;
    };
    let folder = PathBuf::from(folder);
    let program = folder.join("bin/osrm-routed");
    assert!(
        program.is_file(),
        "TOURPLAN_OSRM is set, and there is no {}",
        program.display()
    );
    Some(folder)
}

/// A running server; it ends with the value.
struct Routed {
    child: Child,
    port: u16,
    _map: TempDir,
}

impl Drop for Routed {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn run(program: &Path, folder: &Path, arguments: &[&str]) {
    let mut command = Command::new(program);
    command
        .current_dir(folder)
        .args(arguments)
        .stdout(Stdio::null());
    let status = command.status().expect("OSRM's program starts");
    assert!(
        status.success(),
        "{} {arguments:?}: {status}",
        program.display()
    );
}

fn start(osrm: &Path) -> Routed {
    let map = TempDir::new().expect("a temporary folder");
    let roads =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recorded/osrm/hunan-synthetic.osm.pbf");
    fs::copy(roads, map.path().join("roads.osm.pbf")).expect("the roads");
    let profile = osrm.join("share/profiles/car.lua");
    let profile = profile.to_str().expect("a path");
    let bin = |name: &str| osrm.join("bin").join(name);
    run(
        &bin("osrm-extract"),
        map.path(),
        &["-p", profile, "roads.osm.pbf"],
    );
    run(&bin("osrm-partition"), map.path(), &["roads.osrm"]);
    run(&bin("osrm-customize"), map.path(), &["roads.osrm"]);
    let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    let port = free.expect("a free port").port();
    let child = Command::new(bin("osrm-routed"))
        .current_dir(map.path())
        .args([
            "--algorithm",
            "mld",
            "--ip",
            "127.0.0.1",
            "--threads",
            "1",
            "--max-table-size",
            "100",
        ])
        .args(["--port", &port.to_string(), "roads.osrm"])
        .stdout(Stdio::null())
        .spawn()
        .expect("osrm-routed starts");
    let server = Routed {
        child,
        port,
        _map: map,
    };
    for _ in 0..200 {
        if TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return server;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("osrm-routed does not listen after 20 s");
}

/// The server's own answer for one drive: metres and seconds.
fn asked_directly(port: u16, from: (f64, f64), to: (f64, f64)) -> (f64, f64) {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("a connection");
    let path = format!(
        "/route/v1/driving/{:.5},{:.5};{:.5},{:.5}?overview=false",
        from.0, from.1, to.0, to.1
    );
    let request = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("sent");
    let mut reply = String::new();
    stream.read_to_string(&mut reply).expect("a reply");
    let (_, body) = reply.split_once("\r\n\r\n").expect("a body");
    let route: Value = serde_json::from_str(body).expect("JSON");
    let figure = |key: &str| route["routes"][0][key].as_f64().expect("a figure");
    (figure("distance"), figure("duration"))
}

#[test]
fn a_month_by_a_real_routing_server_keeps_every_rule_and_is_repeated_without_it() {
    let Some(osrm) = osrm() else { return };
    let server = start(&osrm);
    let folder = workspace(30);
    let file = folder.path().join("tour.toml");
    let text = fs::read_to_string(&file).expect("the settings");
    let text = text.replace("mode = \"estimate\"", "mode = \"osrm\"");
    let text = text.replace(
        "http://127.0.0.1:5000",
        &format!("http://127.0.0.1:{}", server.port),
    );
    fs::write(&file, text).expect("settings");
    plan(folder.path());
    verified(folder.path());
    let first = written(folder.path());
    let read = |name: &str| -> Value {
        let bytes = fs::read(folder.path().join("plans/2026-12").join(name)).expect(name);
        serde_json::from_slice(&bytes).expect("JSON")
    };
    let (made, problem) = (read("plan.json"), read("problem.json"));
    let count = |of: &str, who: &str| made["travel"][of][who].as_u64().expect("a count");
    assert_eq!(
        count("legs", "server") + count("legs", "estimated"),
        55 * 54
    );
    assert!(count("legs", "server") > 2800);
    assert!(count("customers", "server") > 9 * count("customers", "estimated"));

    // The drive from the depot to each of five points is what the server's other service says.
    let at = |index: usize| {
        let point = &made["points"][index];
        (
            point["lon"].as_f64().expect("lon"),
            point["lat"].as_f64().expect("lat"),
        )
    };
    for point in [3, 11, 19, 27, 35] {
        let km = problem["legs"]["km"][0][point].as_f64().expect("km");
        let hours = problem["legs"]["hours"][0][point].as_f64().expect("hours");
        let (metres, seconds) = asked_directly(server.port, at(0), at(point));
        let rest = 20.0 * (((seconds / 60.0).round() - 1.0) / 240.0).floor();
        assert!((km - metres / 1000.0).abs() < 0.2, "{km} km, {metres} m");
        assert!(
            (hours * 60.0 - seconds / 60.0 - rest).abs() < 1.5,
            "{hours} h, {seconds} s"
        );
    }

    let mut command = tourplan(folder.path());
    let url = format!("http://127.0.0.1:{}", server.port);
    let told = command
        .args(["calibrate", "--osrm", &url, "--json"])
        .assert()
        .success();
    let told: Value = serde_json::from_slice(&told.get_output().stdout).expect("JSON");
    let mean = |when: &str| told["minutes"][when]["mean"].as_f64().expect("a figure");
    assert!(mean("after") < mean("before"));

    drop(server);
    fs::remove_dir_all(folder.path().join("plans")).expect("no plan");
    plan(folder.path());
    assert!(
        written(folder.path()) == first,
        "another plan without the server"
    );
}
