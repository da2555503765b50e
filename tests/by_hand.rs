//! Tours changed by hand, months planned anew around bookings: whole runs of the program on a small part of the
//! sample region.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use common::{Row, plan, table, tourplan, verified, workspace, written};

/// One stop of a tours sheet: tour, team, departure, number, point, days.
type Stop = [String; 6];

/// The plan's tours as its tours sheet prints them.
fn stops(folder: &Path) -> Vec<Stop> {
    let visits = table(folder, "visits.csv");
    let days = |visit: &Row| {
        let day = |key: &str| {
            let text = &visit[key];
            let number = |range: std::ops::Range<usize>| text[range].parse::<i64>().expect("a day");
            number(5..7) * 31 + number(8..10)
        };
        (day("last_day") - day("first_day") + 1).to_string()
    };
    let mut stops = Vec::new();
    for tour in table(folder, "tours.csv") {
        for visit in visits.iter().filter(|visit| visit["tour"] == tour["tour"]) {
            stops.push([
                tour["tour"].clone(),
                tour["team"].clone(),
                tour["depart"].clone(),
                visit["stop"].clone(),
                visit["point"].clone(),
                days(visit),
            ]);
        }
    }
    stops
}

fn sheet(folder: &Path, stops: &[Stop]) -> PathBuf {
    let path = folder.join("tours-by-hand.csv");
    let rows: String = stops.iter().map(|stop| stop.join(",") + "\n").collect();
    fs::write(
        &path,
        format!("\u{feff}巡回,班组,出发,站次,服务地点,天数\n{rows}"),
    )
    .expect("a sheet");
    path
}

/// Runs `plan` with more arguments; what it said.
fn planned(folder: &Path, args: &[&str], status: i32) -> String {
    let output = tourplan(folder)
        .args(["plan", "--effort", "30"])
        .args(args)
        .assert();
    let output = output.get_output();
    let (out, err) = (&output.stdout, &output.stderr);
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(out),
        String::from_utf8_lossy(err)
    );
    assert_eq!(output.status.code(), Some(status), "{said}");
    said
}

fn by_hand(folder: &Path, stops: &[Stop], today: &str, status: i32) -> String {
    let path = sheet(folder, stops);
    let path = path.to_string_lossy().into_owned();
    planned(folder, &["--today", today, "--tours", &path], status)
}

/// The plan folder set aside, to compare with later.
fn aside(folder: &Path, name: &str) -> PathBuf {
    let target = folder.join(name);
    fs::create_dir_all(&target).expect("a folder");
    let plan = folder.join("plans/2026-12/plan.json");
    fs::copy(plan, target.join("plan.json")).expect("a copy");
    target
}

fn difference(folder: &Path, before: &Path) -> serde_json::Value {
    let said = tourplan(folder)
        .arg("diff")
        .arg(before)
        .args(["2026-12", "--json"])
        .assert()
        .success();
    let json: serde_json::Value =
        serde_json::from_slice(&said.get_output().stdout).expect("JSON on stdout");
    json["difference"].clone()
}

/// Points no tour goes to.
fn unvisited(folder: &Path) -> Vec<String> {
    let visited: BTreeSet<String> = stops(folder)
        .into_iter()
        .map(|stop| stop[4].clone())
        .collect();
    let plan = fs::read(folder.join("plans/2026-12/plan.json")).expect("plan.json");
    let plan: serde_json::Value = serde_json::from_slice(&plan).expect("JSON");
    let points = plan["points"].as_array().expect("points").iter();
    let ids = points.filter_map(|point| point["id"].as_str().map(str::to_owned));
    ids.filter(|id| id != "depot" && !visited.contains(id))
        .collect()
}

const TODAY: &str = "2026-11-20";

#[test]
fn a_tours_sheet_changed_by_hand_is_completed_planned_and_compared() {
    let folder = workspace(6);
    let folder = folder.path();
    let path = sheet(folder, &[]);
    let early = planned(folder, &["--tours", &path.to_string_lossy()], 3);
    assert!(early.contains("C005"), "{early}");
    planned(folder, &["--today", TODAY], 0);
    let before = aside(folder, "before");
    let printed = stops(folder);

    // As it was printed, nothing is another tour.
    let said = by_hand(folder, &printed, TODAY, 0);
    assert!(said.contains("Against the best plan found"), "{said}");
    verified(folder);
    let same = difference(folder, &before);
    assert_eq!(same["tours"].as_array().map(Vec::len), Some(0), "{same}");
    assert_eq!(same["vehicles"].as_array().map(Vec::len), Some(0), "{same}");

    // A tour of two stops: driven the other way round, then one stop fewer.
    let tours: BTreeSet<&String> = printed.iter().map(|stop| &stop[0]).collect();
    let long = tours
        .into_iter()
        .find(|tour| printed.iter().filter(|stop| stop[0] == **tour).count() > 1);
    let long = long.expect("a tour of two stops").clone();
    let mut turned = printed.clone();
    let of_long = printed.iter().filter(|stop| stop[0] == long).count();
    for stop in turned.iter_mut().filter(|stop| stop[0] == long) {
        let number: usize = stop[3].parse().expect("a number");
        stop[3] = (of_long + 1 - number).to_string();
    }
    let path = sheet(folder, &turned);
    let output = tourplan(folder)
        .args(["plan", "--effort", "30", "--today", TODAY, "--tours"])
        .arg(&path)
        .assert();
    // The other way round may break a limit of driving; then every rule is said and nothing changes.
    match output.get_output().status.code() {
        Some(0) => {
            let points = |stops: &[Stop]| -> Vec<String> {
                let of = stops.iter().filter(|stop| stop[0] == long);
                of.map(|stop| stop[4].clone()).collect()
            };
            let mut wanted = points(&printed);
            wanted.reverse();
            assert_eq!(points(&stops(folder)), wanted);
        }
        Some(4) => assert_eq!(stops(folder), printed),
        other => panic!("{other:?}"),
    }
    verified(folder);
    let mut shorter = printed.clone();
    let last = shorter
        .iter()
        .rposition(|stop| stop[0] == long)
        .expect("a stop");
    let dropped = shorter.remove(last);
    by_hand(folder, &shorter, TODAY, 0);
    verified(folder);
    assert!(!stops(folder).iter().any(|stop| stop[4] == dropped[4]));
    let changed = difference(folder, &before);
    let [tour] = &changed["tours"].as_array().expect("tours")[..] else {
        panic!("one tour changed: {changed}")
    };
    assert_eq!(
        (&tour["kind"], &tour["after"]["id"]),
        (&"changed".into(), &long.as_str().into())
    );

    // A new tour with nothing but points: team, days and order are filled in, and it gets a new number.
    let new = unvisited(folder);
    let mut grown = shorter.clone();
    for point in new.iter().take(1) {
        let row = ["新".to_owned(), String::new(), String::new(), String::new()];
        let [tour, team, depart, number] = row;
        grown.push([tour, team, depart, number, point.clone(), String::new()]);
    }
    let said = by_hand(folder, &grown, TODAY, 0);
    verified(folder);
    let now = stops(folder);
    let added = now
        .iter()
        .find(|stop| stop[4] == new[0])
        .expect("the new stop");
    let ids: BTreeSet<&String> = printed.iter().map(|stop| &stop[0]).collect();
    assert!(!ids.contains(&added[0]), "{said}");
    for stop in &shorter {
        assert!(now.contains(stop), "{stop:?} changed");
    }
    let journal =
        fs::read_to_string(folder.join("plans/2026-12/journal.jsonl")).expect("a journal");
    assert!(journal.contains("\"sheet\":\"tours\""), "{journal}");
}

#[test]
fn sheets_that_cannot_be_used_or_break_a_rule_change_nothing() {
    let folder = workspace(8);
    let folder = folder.path();
    planned(folder, &["--today", TODAY], 0);
    let printed = stops(folder);
    let before = written(folder);
    let changed = |at: usize, cell: usize, text: &str| {
        let mut stops = printed.clone();
        text.clone_into(&mut stops[at][cell]);
        stops
    };
    let said = by_hand(folder, &changed(0, 4, "P999"), TODAY, 3);
    assert!(said.contains("M058"), "{said}");
    let said = by_hand(folder, &[], TODAY, 3);
    assert!(said.contains("M101"), "{said}");
    // 6 December 2026 is a Sunday.
    let mut rest = printed.clone();
    let first = rest[0][0].clone();
    for stop in rest.iter_mut().filter(|stop| stop[0] == first) {
        stop[2] = "2026-12-06".into();
    }
    let said = by_hand(folder, &rest, TODAY, 4);
    assert!(said.contains("M107") && said.contains(&first), "{said}");
    let said = by_hand(folder, &changed(0, 5, "20"), TODAY, 4);
    assert!(said.contains("M109"), "{said}");
    // Twice the same team on the same day.
    let mut twice = printed.clone();
    let free = unvisited(folder);
    let [_, team, depart, ..] = printed[0].clone();
    twice.push([
        "新".into(),
        team,
        depart,
        "1".into(),
        free[0].clone(),
        "1".into(),
    ]);
    let said = by_hand(folder, &twice, TODAY, 4);
    assert!(said.contains("M114"), "{said}");
    let said = by_hand(folder, &changed(0, 2, "2026-11-01"), TODAY, 4);
    assert!(said.contains("M104") || said.contains("M120"), "{said}");
    assert!(before == written(folder), "nothing may change");
    // A tour that left stays on the sheet.
    let later = format!("{} ", printed[0][2]);
    let mut gone = printed.clone();
    gone.retain(|stop| stop[0] != first);
    let said = by_hand(folder, &gone, later.trim(), 4);
    assert!(said.contains("M119") && said.contains(&first), "{said}");
    assert!(before == written(folder), "nothing may change");
}

/// Reads one call sheet: these bookings with this result; what was said.
fn confirm(folder: &Path, lines: &[(String, &str)], day: &str) -> String {
    let path = folder.join(format!("calls-{day}-{}.csv", lines.len()));
    let rows: Vec<String> = lines
        .iter()
        .map(|(booking, result)| format!("{booking},{result},{day}\n"))
        .collect();
    let rows = rows.concat();
    fs::write(&path, format!("\u{feff}预约编号,接通结果,通话日期\n{rows}")).expect("a sheet");
    let said = tourplan(folder)
        .args(["confirm", "--today", day, "--json", "--calls"])
        .arg(&path)
        .assert()
        .success();
    String::from_utf8_lossy(&said.get_output().stdout).into_owned()
}

/// Calls that can be made and offer a place, most urgent first.
fn offered(folder: &Path) -> Vec<Row> {
    let mut calls = table(folder, "calls.csv");
    calls.retain(|call| call["callable"] == "yes" && !call["slot_offered"].is_empty());
    calls
}

/// A vehicle's status and reason.
fn status(folder: &Path, vehicle: &str) -> (String, String) {
    let rows = table(folder, "customers.csv");
    let row = rows.into_iter().find(|row| row["vehicle"] == vehicle);
    row.map(|row| (row["status"].clone(), row["reason"].clone()))
        .expect("a row")
}

/// Booked slots with their points, by booking.
fn booked(folder: &Path) -> BTreeMap<String, (String, String)> {
    let places: BTreeMap<String, String> = table(folder, "customers.csv")
        .into_iter()
        .map(|row| (row["vehicle"].clone(), row["point"].clone()))
        .collect();
    let mut calls = table(folder, "calls.csv");
    calls.retain(|call| !call["slot_booked"].is_empty());
    calls
        .into_iter()
        .map(|call| {
            let point = places[&call["vehicle"]].clone();
            (
                call["booking"].clone(),
                (call["slot_booked"].clone(), point),
            )
        })
        .collect()
}

/// A month in which the first three offered a place on the tour called first say yes: the tour and the day.
fn with_bookings(folder: &Path) -> (String, String) {
    let calls = offered(folder);
    let (tour, day) = (calls[0]["tour"].clone(), calls[0]["call_date"].clone());
    let yes: Vec<(String, &str)> = calls
        .iter()
        .filter(|call| call["tour"] == tour)
        .take(3)
        .map(|call| (call["booking"].clone(), "来"))
        .collect();
    confirm(folder, &yes, &day);
    // Long jobs may fill the visit before all three are in.
    assert!(!booked(folder).is_empty());
    (tour, day)
}

#[test]
fn bookings_survive_a_new_plan_and_a_no_is_not_forgotten() {
    let folder = workspace(6);
    let folder = folder.path();
    plan(folder);
    let calls = offered(folder);
    let (first, day) = (calls[0]["tour"].clone(), calls[0]["call_date"].clone());
    let no = calls.iter().find(|call| call["tour"] != first);
    let no = no.expect("a call of another tour");
    let declined = ("deferred".to_owned(), "declined".to_owned());

    // Only a no so far: the month may be planned anew, and the no still holds.
    confirm(folder, &[(no["booking"].clone(), "不来")], &day);
    assert_eq!(status(folder, &no["vehicle"]), declined);
    planned(folder, &["--today", &day], 0);
    verified(folder);
    assert_eq!(status(folder, &no["vehicle"]), declined);

    // Some say yes: now it takes --replan, and they keep place, day and time.
    let (tour, day) = with_bookings(folder);
    let kept = booked(folder);
    let refused = planned(folder, &["--today", &day], 3);
    assert!(
        refused.contains("M017") && refused.contains("--replan"),
        "{refused}"
    );
    let before = aside(folder, "before");
    let said = planned(folder, &["--today", &day, "--replan", "--seed", "7"], 0);
    assert!(said.contains("that stand"), "{said}");
    verified(folder);
    assert_eq!(booked(folder), kept);
    assert_eq!(status(folder, &no["vehicle"]), declined);
    let changed = difference(folder, &before);
    let mut touched = changed["tours"].as_array().expect("tours").iter();
    let stands = touched.all(|one| {
        let fields = one["fields"].to_string();
        one["before"]["id"] != tour.as_str()
            || (one["kind"] == "changed" && !fields.contains("stops") && !fields.contains("depart"))
    });
    assert!(stands, "{changed}");
}

#[test]
fn a_change_by_hand_that_would_cost_a_booking_is_refused_and_any_other_is_made() {
    let folder = workspace(8);
    let folder = folder.path();
    plan(folder);
    let (tour, day) = with_bookings(folder);
    let kept = booked(folder);
    let printed = stops(folder);
    let files = written(folder);
    let named = |said: &str| {
        said.contains("M118") && kept.keys().all(|booking| said.contains(booking.as_str()))
    };
    let mut gone = printed.clone();
    gone.retain(|stop| stop[0] != tour);
    let said = by_hand(folder, &gone, &day, 4);
    assert!(named(&said), "{said}");
    assert!(files == written(folder), "nothing may change");
    let other = printed.iter().find(|stop| stop[0] != tour);
    let other = other.expect("another tour")[0].clone();
    let mut fewer = printed.clone();
    fewer.retain(|stop| stop[0] != other);
    by_hand(folder, &fewer, &day, 0);
    verified(folder);
    assert_eq!(booked(folder), kept);

    // A point that closes on a booked day: its tour cannot stand, and the rule is said.
    let (slot, point) = kept.values().next().expect("a booking").clone();
    let path = folder.join("points.csv");
    let text = fs::read_to_string(&path).expect("points");
    let lines = text.lines().map(|line| {
        let mut cells: Vec<&str> = line.split(',').collect();
        if cells[0] == point {
            // The column `closed`.
            cells[13] = &slot[..10];
        }
        cells.join(",") + "\n"
    });
    let closed: Vec<String> = lines.collect();
    fs::write(&path, closed.concat()).expect("points");
    let files = written(folder);
    let said = planned(folder, &["--today", &day, "--replan"], 4);
    assert!(said.contains("M113") && said.contains(&point), "{said}");
    assert!(files == written(folder), "nothing may change");
}

#[test]
fn who_was_called_in_vain_stays_called_where_the_tour_is_put_a_week_later_by_hand() {
    let folder = workspace(6);
    let folder = folder.path();
    plan(folder);
    let called = offered(folder).swap_remove(0);
    let (tour, day) = (&called["tour"], &called["call_date"]);
    confirm(folder, &[(called["booking"].clone(), "未接")], day);

    let mut later = stops(folder);
    later.retain(|stop| stop[0] == *tour);
    for stop in &mut later {
        let depart: chrono::NaiveDate = stop[2].parse().expect("a day");
        stop[2] = (depart + chrono::Days::new(7)).to_string();
    }
    let depart: chrono::NaiveDate = later[0][2].parse().expect("a day");
    by_hand(folder, &later, day, 0);
    verified(folder);
    let calls = table(folder, "calls.csv");
    let (made, open): (Vec<&Row>, Vec<&Row>) = calls
        .iter()
        .filter(|call| !call["call_date"].is_empty())
        .partition(|call| call["contact"] == called["contact"]);
    let stays = |call: &&Row| call["call_date"] == *day && call["deviation"] == "moved";
    assert!(!made.is_empty() && made.iter().all(stays), "{made:?}");
    let anew = |call: &&Row| {
        let called: chrono::NaiveDate = call["call_date"].parse().expect("a day");
        (3..=5).contains(&(depart - called).num_days()) && call["deviation"].is_empty()
    };
    assert!(!open.is_empty() && open.iter().all(anew), "{open:?}");
}

#[test]
fn visits_with_too_much_or_too_little_to_do_are_named_with_what_helps() {
    let folder = workspace(8);
    let folder = folder.path();
    plan(folder);
    let rows = table(folder, "customers.csv");
    let calls = table(folder, "calls.csv");
    let day = offered(folder)[0]["call_date"].clone();
    let visits: Vec<String> = table(folder, "visits.csv")
        .iter()
        .map(|visit| visit["visit"].clone())
        .collect();
    let of = |visit: &str, word: &'static str| -> Vec<(String, &'static str)> {
        let here: BTreeSet<&str> = rows
            .iter()
            .filter(|row| row["visit"] == visit)
            .map(|row| row["vehicle"].as_str())
            .collect();
        calls
            .iter()
            .filter(|call| here.contains(call["vehicle"].as_str()))
            .map(|call| (call["booking"].clone(), word))
            .collect()
    };
    // Everybody of the first visit declines, everybody of the second comes.
    let mut lines = of(&visits[0], "不来");
    lines.extend(of(&visits[1], "来"));
    let said: serde_json::Value =
        serde_json::from_str(&confirm(folder, &lines, &day)).expect("JSON");
    verified(folder);
    let told = |codes: &[&str], visit: &str| {
        let findings = said["findings"].as_array().expect("findings").iter();
        let mut of_visit = findings.filter(|one| one["args"]["visit"] == visit);
        of_visit
            .find(|one| codes.iter().any(|code| one["code"] == *code))
            .cloned()
    };
    let few = told(&["M015"], &visits[0]).expect("the first visit has nothing to do");
    assert_eq!(few["args"]["booked"], "0");
    let saved: f64 = few["args"]["saved"]
        .as_str()
        .and_then(|saved| saved.replace(',', "").parse().ok())
        .expect("an amount");
    assert!(saved > 0.0, "{few}");
    assert!(
        told(&["M121", "M122", "M123"], &visits[1]).is_some(),
        "{said}"
    );
}
