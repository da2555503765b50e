//! A whole month on the sample region, step by step as docs/a-month.md tells it; after each step every rule holds and
//! everybody is accounted for.

mod common;
#[path = "../examples/fill_sheets/fill.rs"]
mod fill;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use common::{plan, table, tourplan, verified, workspace};
use fill::Month;
use serde_json::Value;

/// Runs a step on a day, checks what must hold after every step, and gives what was said.
fn step(folder: &Path, today: &str, args: &[&str]) -> String {
    let output = tourplan(folder)
        .args(args)
        .args(["--today", today])
        .assert()
        .success();
    let output = output.get_output();
    holds(folder);
    let said = [&output.stdout[..], &output.stderr].concat();
    String::from_utf8_lossy(&said).into_owned()
}

/// Every rule; every accepted vehicle once; everybody on a tour called once.
fn holds(folder: &Path) {
    verified(folder);
    let plan = plan_json(folder);
    let customers = table(folder, "customers.csv");
    let vehicles: BTreeSet<&str> = customers
        .iter()
        .map(|row| row["vehicle"].as_str())
        .collect();
    assert_eq!(vehicles.len(), customers.len());
    assert_eq!(plan["rows"]["accepted"], customers.len());
    let calls = table(folder, "calls.csv");
    let called: BTreeSet<&str> = calls.iter().map(|row| row["vehicle"].as_str()).collect();
    assert_eq!(called.len(), calls.len());
    for row in &customers {
        if row["status"] == "visit" || row["status"] == "waitlist" {
            assert!(called.contains(row["vehicle"].as_str()), "{row:?}");
        }
    }
}

fn plan_json(folder: &Path) -> Value {
    let bytes = fs::read(folder.join("plans/2026-12/plan.json")).expect("plan.json");
    serde_json::from_slice(&bytes).expect("JSON")
}

/// Writes a filled sheet and gives its path.
fn sheet(folder: &Path, name: &str, fill: impl FnOnce(&Month) -> String) -> String {
    let month = Month::open(&folder.join("plans/2026-12")).expect("a plan");
    let path = folder.join(name);
    fs::write(&path, fill(&month)).expect("a sheet");
    path.display().to_string()
}

/// Booked slots by booking.
fn booked(folder: &Path) -> BTreeMap<String, String> {
    let calls = table(folder, "calls.csv").into_iter();
    let booked = calls.filter(|call| !call["slot_booked"].is_empty());
    booked
        .map(|call| (call["booking"].clone(), call["slot_booked"].clone()))
        .collect()
}

#[test]
#[expect(clippy::too_many_lines, reason = "one story, told in order")]
fn a_whole_month_from_plan_to_closing_keeps_every_rule_and_every_piece() {
    let folder = workspace(4);
    let root = folder.path();
    plan(root);
    holds(root);

    step(
        root,
        "2026-11-16",
        &["approve", "--orders", "--by", "周建国"],
    );
    let ordered = plan_json(root)["orders"].as_array().map_or(0, Vec::len);
    assert!(ordered > 0);
    let goods = sheet(root, "goods.csv", Month::goods);
    let said = step(root, "2026-11-24", &["receive", "--goods", &goods]);
    assert!(said.contains(" 1 damaged"), "{said}");

    let first = sheet(root, "calls-1.csv", |month| month.calls(&(0..60)));
    step(root, "2026-11-27", &["confirm", "--calls", &first]);
    let of_first = booked(root);
    assert!(of_first.len() > 10, "{}", of_first.len());
    let rest = sheet(root, "calls-2.csv", |month| month.calls(&(60..100)));
    step(root, "2026-11-28", &["confirm", "--calls", &rest]);
    let all = booked(root);
    assert!(all.len() > of_first.len());
    for (booking, slot) in &of_first {
        assert_eq!(all.get(booking), Some(slot), "what is booked stays booked");
    }
    step(
        root,
        "2026-11-28",
        &["approve", "--orders", "--by", "周建国"],
    );
    step(
        root,
        "2026-11-28",
        &["approve", "--tour", "T01", "--by", "周建国"],
    );

    // The van of the second tour breaks down. Nothing is free in its place, until one is hired.
    let tours = table(root, "tours.csv");
    let second = tours.iter().find(|tour| tour["tour"] == "T02");
    let van = second.expect("T02")["van"].clone();
    let before = plan_json(root);
    let lost = ["move", "T02", "--without", &van, "--reason", "发动机故障"];
    let refused = tourplan(root)
        .args(lost)
        .args(["--today", "2026-11-29"])
        .assert()
        .code(4);
    let refused = String::from_utf8_lossy(&refused.get_output().stderr).into_owned();
    assert!(refused.contains("M085"), "{refused}");
    assert_eq!(plan_json(root), before, "nothing changed");
    let vans = fs::read_to_string(root.join("vans.csv")).expect("vans");
    fs::write(root.join("vans.csv"), vans + "van-hired,3500,800,6,\n").expect("vans");
    let said = step(root, "2026-11-29", &lost);
    assert!(said.contains("van-hired"), "{said}");
    let after = plan_json(root);
    assert_eq!(after["changes"].as_array().map_or(0, Vec::len), 1);
    for row in table(root, "changes.csv") {
        let lost = !row["old_slot"].is_empty() && row["new_slot"].is_empty();
        assert!(!lost, "the same work with another van: {row:?}");
    }
    let others = |plan: &Value| -> Vec<Value> {
        let visits = plan["visits"].as_array().expect("visits").iter();
        visits
            .filter(|visit| visit["tour"] != "T02")
            .cloned()
            .collect()
    };
    assert_eq!(others(&before), others(&after), "nothing else moves");

    // The first tour comes home: twelve in a hundred did not come, two came unbooked, one part did not fit.
    let first = tours
        .iter()
        .find(|tour| tour["tour"] == "T01")
        .expect("T01");
    let jobs = sheet(root, "jobs.csv", |month| month.jobs("T01"));
    let visits = fs::read(root.join("past-visits.csv")).expect("past visits");
    let said = step(root, &first["return"], &["close", "--visits", &jobs]);
    assert!(
        said.contains("2 walk-ins") && said.contains(" 0 not reported"),
        "{said}"
    );
    let grown = fs::read(root.join("past-visits.csv")).expect("past visits");
    assert!(grown.starts_with(&visits) && grown.len() > visits.len());
    let closed = plan_json(root);
    let closing = &closed["closings"][0];
    let outcomes = closing["outcomes"].as_array().expect("outcomes");
    let on_tour = closed["vehicles"].as_array().expect("vehicles").iter();
    let on_tour = on_tour
        .filter(|one| one["tour"] == "T01" && one["slot"] != "")
        .count();
    assert_eq!(
        outcomes.len(),
        on_tour + 2,
        "everybody booked, and two walk-ins"
    );
    let is = |word: &str| outcomes.iter().filter(|one| one["result"] == word).count();
    assert!(is("no_show") > 0 && is("partly_done") == 1);
    let incidents = closing["incidents"].as_array().expect("incidents");
    assert!(incidents.iter().any(|one| one["kind"] == "wrong_part"));

    // To the piece: what was carried is used, with a partner, or back.
    let mut carried: BTreeMap<String, u64> = BTreeMap::new();
    for line in table(root, "kit.csv")
        .iter()
        .filter(|line| line["tour"] == "T01")
    {
        *carried.entry(line["part"].clone()).or_default() +=
            line["qty"].parse::<u64>().expect("pieces");
    }
    let returns = closing["returns"].as_array().expect("returns");
    let mut left = carried;
    for line in returns {
        let count = |key: &str| line[key].as_u64().expect("pieces");
        assert_eq!(
            count("carried") + count("extra"),
            count("used") + count("handed_over") + count("back"),
            "{line}"
        );
        let kit = left.remove(line["part"].as_str().expect("a part"));
        assert_eq!(kit.unwrap_or_default(), count("carried"), "{line}");
    }
    assert!(left.is_empty(), "{left:?}");

    // A late call sheet changes nothing about a tour that is home.
    let late = root.join("late.csv");
    let one = outcomes
        .iter()
        .find(|one| one["booking"] != "" && one["result"] == "done")
        .expect("booked, and came");
    let booking = one["booking"].as_str().expect("a key");
    fs::write(&late, format!("预约编号,接通结果\n{booking},不来\n")).expect("a sheet");
    let slots = booked(root);
    let said = step(
        root,
        &first["return"],
        &["confirm", "--calls", &late.display().to_string()],
    );
    assert!(said.contains("M073"), "{said}");
    assert_eq!(slots, booked(root));

    // The customers that came are called; the month goes on with the tours that are left.
    let follow = root.join("follow-up.csv");
    fs::write(
        &follow,
        format!("预约编号,满意度,同一故障再现\n{booking},5分,否\n"),
    )
    .expect("a sheet");
    step(
        root,
        &first["return"],
        &["close", "--follow-up", &follow.display().to_string()],
    );
    let figures = fs::read_to_string(root.join("plans/2026-12/kpis.csv")).expect("figures");
    assert!(figures.contains("satisfaction,T01,5.0000"), "{figures}");

    // Paper and other programs: every workbook survives LibreOffice, every page of a tour is a PDF.
    let made = root.join("plans/2026-12");
    if common::programs::has_libreoffice() {
        let books = common::office::saves_the_same_cells(&made);
        assert!(books > 60, "{books}");
    }
    printed(root, &made, &closed);
}

/// The first tour's pages as PDFs: A4, as many pages as there are customers, in Chinese, no word cut off.
fn printed(root: &Path, made: &Path, plan: &Value) {
    let pdfinfo = Path::new("pdfinfo");
    let there = common::programs::is_there(pdfinfo, "-v", "poppler-utils");
    if common::programs::chromium().is_none() || !there {
        return;
    }
    let mut chinese = assert_cmd::Command::cargo_bin("tourplan").expect("the program");
    chinese.arg("-C").arg(root).args(["--lang", "zh-CN"]);
    chinese.args(["pdf", "--tour", "T01"]).assert().success();
    let tours = fs::read_dir(made.join("tours")).expect("tours").flatten();
    let folder = tours.map(|entry| entry.path()).find(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("T01-")
    });
    let folder = folder.expect("the first tour's folder");
    let mut pages = BTreeMap::new();
    for entry in fs::read_dir(&folder).expect("documents").flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|ending| ending == "html") {
            let pdf = path.with_extension("pdf");
            common::paper::every_word_stands_on_its_page(&pdf);
            let name = path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            pages.insert(name, common::paper::a4_pages(&pdf));
        }
    }
    let vehicles = plan["vehicles"].as_array().expect("vehicles").iter();
    let booked = vehicles.filter(|one| one["tour"] == "T01" && one["slot"] != "");
    // One page a vehicle, and one for whoever comes unbooked.
    assert_eq!(
        pages.get("job-sheets"),
        Some(&(booked.count() + 1)),
        "{pages:?}"
    );
    assert!(pages.len() > 12, "{pages:?}");
    let along = [
        "plan",
        "load-list",
        "pick-list",
        "slots",
        "estimates",
        "job-sheets",
    ];
    let along: usize = along.iter().map(|name| pages[*name]).sum();
    assert_eq!(
        common::paper::a4_pages(&folder.join("take-along.pdf")),
        along
    );
    // The first tour's PDFs are linked, and none that is not there.
    let index = fs::read_to_string(made.join("index.html")).expect("an index");
    let links = index.split("href=\"").skip(1);
    let links = links.filter_map(|rest| rest.split('"').next());
    let pdfs: Vec<&str> = links
        .filter(|link| Path::new(link).extension().is_some_and(|end| end == "pdf"))
        .collect();
    assert!(pdfs.len() > pages.len(), "{pdfs:?}");
    for link in pdfs {
        assert!(made.join(link).is_file(), "{link}");
    }
    let text = common::paper::text(&folder.join("pick-list.pdf"));
    assert!(
        text.contains("Pick list") && text.contains("示例"),
        "{text}"
    );
}
