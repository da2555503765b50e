//! A tour from its first evening to the follow-up calls, by whole runs of the program.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use common::{plan, table, tourplan, verified, workspace};
use serde_json::{Value, json};

/// Books the first vehicles of T01 with a place, every second one with consent to a hand-over.
fn booked(folder: &Path, vehicles: usize) -> (Vec<String>, BTreeMap<String, String>) {
    let tours = table(folder, "tours.csv");
    let tour = tours.into_iter().find(|tour| tour["tour"] == "T01");
    let calls = table(folder, "calls.csv").into_iter();
    let with_place = calls.filter(|call| {
        call["tour"] == "T01" && call["callable"] == "yes" && !call["slot_offered"].is_empty()
    });
    let calls: Vec<_> = with_place.take(vehicles).collect();
    assert_eq!(calls.len(), vehicles, "the sample has enough vehicles");
    let customers = table(folder, "customers.csv");
    let line = |(number, call): (usize, &BTreeMap<String, String>)| {
        let consent = if number % 2 == 1 { "是" } else { "否" };
        let row = customers
            .iter()
            .find(|row| row["vehicle"] == call["vehicle"]);
        let items = &row.expect("its row")["items"];
        let codes = items.split('|').filter_map(|item| item.split(':').next());
        let codes: Vec<&str> = codes.collect();
        let (wanted, struck) = codes.split_first().expect("something is predicted");
        let struck = struck.join(" ");
        let (booking, day) = (&call["booking"], &call["call_date"]);
        format!("{booking},来,{day},{consent},{wanted},{struck}\n")
    };
    let lines: String = calls.iter().enumerate().map(line).collect();
    let sheet = folder.join("calls.csv");
    fs::write(
        &sheet,
        format!("预约编号,接通结果,通话日期,转交同意,确认项目,划掉项目\n{lines}"),
    )
    .expect("a sheet");
    let last = calls.iter().map(|call| &call["call_date"]).max();
    tourplan(folder)
        .args(["confirm", "--today", last.expect("a day"), "--calls"])
        .arg(&sheet)
        .assert()
        .success();
    let now = table(folder, "calls.csv");
    let is_booked = |call: &&BTreeMap<String, String>| !call["slot_booked"].is_empty();
    assert_eq!(now.iter().filter(is_booked).count(), vehicles);
    let bookings = calls.into_iter().map(|call| call["booking"].clone());
    (bookings.collect(), tour.expect("T01"))
}

/// A vehicle nobody calls this month, and its phone; it may be called, though.
fn uncalled(folder: &Path) -> (String, String) {
    let rows = table(folder, "customers.csv");
    let deferred: Vec<&str> = rows
        .iter()
        .filter(|row| row["status"] == "deferred")
        .map(|row| row["vehicle"].as_str())
        .collect();
    let path = folder.join("population/retail.csv");
    let text = fs::read_to_string(path).expect("a population");
    // 车架号 … 手机号码 … 拒绝联系.
    let mut lines = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let found = lines
        .find(|cells| deferred.contains(&cells[0]) && !cells[4].is_empty() && cells[22].is_empty());
    let found = found.expect("a deferred vehicle");
    (found[0].to_owned(), found[4].to_owned())
}

fn read_json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).expect("a file")).expect("JSON")
}

const HEADER: &str = "booking,tour,vehicle,walk_in,on,result,odometer_km,done,used,missing,wrong,hours,settled,warranty,handover_consent,note\n";

/// Runs `close` and gives what it said to people.
fn close(folder: &Path, today: &str, args: &[&str], status: i32) -> String {
    let output = tourplan(folder)
        .arg("close")
        .args(args)
        .args(["--today", today])
        .assert()
        .code(status);
    let output = output.get_output();
    let said = [&output.stdout[..], &output.stderr].concat();
    String::from_utf8_lossy(&said).into_owned()
}

#[test]
fn a_tour_is_read_in_by_evenings_closed_at_home_and_followed_up() {
    let folder = workspace(6);
    let root = folder.path();
    plan(root);
    let (bookings, tour) = booked(root, 6);
    let (depart, home) = (tour["depart"].clone(), tour["return"].clone());
    let part = {
        let kit = fs::read_to_string(root.join("plans/2026-12/kit.csv")).expect("a kit");
        let line = kit
            .lines()
            .find(|line| line.starts_with("T01,"))
            .expect("T01's kit");
        line.split(',').nth(3).expect("a part").to_owned()
    };
    let (known, phone) = uncalled(root);
    let first = root.join("day-1.csv");
    let lines = [
        format!(
            "{},T01,,,,done,80000,,{part},,,1.5,432.00,,,\n",
            bookings[0]
        ),
        format!("{},T01,,,,no_show,,,,,,,,,,\n", bookings[1]),
        format!("{},T01,,,,no_show,,,,,,,,,,\n", bookings[2]),
        format!("{},T01,,,,partly_done,,,,{part},,0.5,0,,,\n", bookings[3]),
        format!(",T01,湘A00000,yes,{depart},done,,,,,,0.4,80,,,\n"),
        format!(",T01,{known},yes,{depart},done,,,,,,0.4,80,,,\n"),
    ];
    fs::write(&first, format!("{HEADER}{}", lines.concat())).expect("a job sheet");
    let first = first.to_str().expect("a path");

    // Before it has left nothing is read and nothing changes.
    let before = fs::read(root.join("plans/2026-12/plan.json")).expect("a plan");
    let early = close(root, "2026-11-20", &["--visits", first], 3);
    assert!(early.contains("M072"), "{early}");
    assert_eq!(
        before,
        fs::read(root.join("plans/2026-12/plan.json")).expect("a plan")
    );

    let said = close(root, &depart, &["--visits", first, "--evening"], 0);
    assert!(
        said.contains("still running: 2 came, 2 did not, 2 walk-ins;"),
        "{said}"
    );
    verified(root);
    let again = close(root, &depart, &["--visits", first, "--evening"], 0);
    assert!(
        again.contains("M016") && again.contains("nothing changed"),
        "{again}"
    );

    let visits = root.join("past-visits.csv");
    let old = fs::read(&visits).expect("past visits");
    let said = close(root, &home, &["--tour", "T01"], 0);
    assert!(said.contains("2 not reported"), "{said}");
    verified(root);
    let new = fs::read(&visits).expect("past visits");
    assert!(new.starts_with(&old) && new.len() > old.len());

    let plans = root.join("plans/2026-12");
    let plan = read_json(&plans.join("plan.json"));
    let closing = &plan["closings"][0];
    let partners: Vec<&Value> = closing["hand_overs"]
        .as_array()
        .expect("hand-overs")
        .iter()
        .collect();
    assert_eq!(partners.len(), 2);
    let asked = partners
        .iter()
        .find(|one| one["consent"] == true)
        .expect("one agreed");
    assert_eq!(asked["booking"], json!(bookings[1]));
    assert_ne!(asked["partner"], "");

    // The partner agrees and the customer who came is satisfied.
    let answers = root.join("partners.csv");
    fs::write(
        &answers,
        format!("预约编号,网点同意,配件已留网点\n{},是,否\n", bookings[1]),
    )
    .expect("answers");
    let calls = root.join("calls.csv");
    fs::write(
        &calls,
        format!(
            "booking,satisfaction,fault_again\n{},5,no\n2611-ZZZZ,1,yes\n",
            bookings[0]
        ),
    )
    .expect("calls");
    let files = [
        answers.to_str().expect("a path"),
        calls.to_str().expect("a path"),
    ];
    let said = close(root, &home, &["--follow-up", files[0], files[1]], 0);
    assert!(said.contains("M041"), "{said}");
    verified(root);
    let figures = fs::read_to_string(plans.join("kpis.csv")).expect("figures");
    assert!(figures.contains("satisfaction,T01,5.0000"), "{figures}");
    let tours = fs::read_dir(plans.join("tours")).expect("tours").flatten();
    let mut own = tours.filter(|one| one.file_name().to_string_lossy().starts_with("T01-"));
    let page = own.next().expect("T01's folder").path();
    let sheet = fs::read_to_string(page.join("hand-overs.html")).expect("hand-overs");
    assert!(sheet.contains(&bookings[1]) && !sheet.contains(&bookings[2]));
    // Who came unbooked and is in the population can be called too.
    let calls = fs::read_to_string(page.join("follow-up.html")).expect("follow-up calls");
    assert!(calls.contains(&known) && calls.contains(&phone), "{known}");
}
