//! Steps out of their order: each is refused with a coded error that says what to do, and changes nothing.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use common::{plan, table, tourplan, workspace};

/// Every file of the workspace but the lock.
fn all(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if entry.file_name() != ".tourplan.lock" {
                files.insert(path.clone(), fs::read(&path).expect("a file"));
            }
        }
    }
    files
}

/// The step is refused with this code, in both languages with words of what to do, and nothing is written.
fn refused(folder: &Path, args: &[&str], status: i32, code: &str) {
    let before = all(folder);
    for lang in ["en", "zh-CN"] {
        let output = tourplan(folder)
            .args(args)
            .args(["--lang", lang])
            .assert()
            .code(status);
        let said = String::from_utf8_lossy(&output.get_output().stderr).into_owned();
        assert!(said.contains(code), "{args:?}: {said}");
        assert!(said.contains('→'), "{args:?} says what to do: {said}");
    }
    assert!(before == all(folder), "{args:?} changed something");
}

#[test]
fn steps_of_a_month_out_of_order_are_refused_with_what_to_do_and_change_nothing() {
    let folder = workspace(8);
    let root = folder.path();
    let calls = root.join("calls.csv").display().to_string();
    fs::write(
        root.join("calls.csv"),
        "预约编号,接通结果\n2612-00000000,来\n",
    )
    .expect("a sheet");
    let jobs = root.join("jobs.csv").display().to_string();
    fs::write(
        root.join("jobs.csv"),
        "预约编号,服务结果\n2612-00000000,完成\n",
    )
    .expect("a sheet");
    let tours = root.join("tours.csv").display().to_string();
    fs::write(root.join("tours.csv"), "巡回,服务点\nT01,P01\n").expect("a sheet");
    let goods = root.join("goods.csv").display().to_string();
    fs::write(root.join("goods.csv"), "订单行号,实到\n2612-O001,1\n").expect("a sheet");

    // Before there is a plan.
    for args in [
        &["approve", "--orders", "--by", "周建国"][..],
        &["confirm", "--calls", &calls],
        &["receive", "--goods", &goods],
        &["move", "T01", "--suspend"],
        &["close", "--visits", &jobs],
        &["plan", "--tours", &tours],
        &["parts"],
        &["show"],
        &["verify"],
    ] {
        refused(root, args, 3, "C005");
    }

    // After planning.
    plan(root);
    let first = table(root, "tours.csv").remove(0);
    let (tour, depart) = (first["tour"].as_str(), first["depart"].as_str());
    let booking = table(root, "calls.csv")
        .into_iter()
        .find(|call| call["tour"] == tour && !call["slot_offered"].is_empty())
        .map(|call| call["booking"].clone())
        .expect("somebody has a place");
    let early = root.join("early.csv").display().to_string();
    let sheet = format!("预约编号,服务日期,服务结果\n{booking},2026-11-20,完成\n");
    fs::write(root.join("early.csv"), sheet).expect("a sheet");
    refused(root, &["receive", "--goods", &goods], 3, "M020");
    refused(
        root,
        &["approve", "--tour", "T99", "--by", "周建国"],
        3,
        "M002",
    );
    refused(
        root,
        &["close", "--visits", &early, "--today", "2026-11-20"],
        3,
        "M072",
    );
    refused(
        root,
        &["close", "--tour", tour, "--today", depart],
        3,
        "M076",
    );
    refused(root, &["close", "--today", "2026-11-20"], 3, "M075");
    refused(root, &["move", "T99", "--suspend"], 3, "M002");
    refused(root, &["move", tour, "--to", "2026-11-02"], 3, "M083");
    refused(root, &["move", tour, "--to", depart], 3, "M083");

    // After a yes, and after a tour was given up.
    let yes = root.join("yes.csv").display().to_string();
    fs::write(
        root.join("yes.csv"),
        format!("预约编号,接通结果\n{booking},来\n"),
    )
    .expect("a sheet");
    let done = |args: &[&str]| {
        tourplan(root).args(args).assert().success();
    };
    done(&["confirm", "--calls", &yes, "--today", "2026-11-27"]);
    refused(root, &["plan"], 3, "M017");
    let last = table(root, "tours.csv").pop().expect("tours");
    let last = last["tour"].as_str();
    done(&["move", last, "--cancel", "--today", "2026-11-27"]);
    refused(
        root,
        &["move", last, "--to", "2026-12-10", "--today", "2026-11-27"],
        3,
        "M018",
    );
    refused(root, &["plan"], 3, "M017");

    // After it is home: closed once, moved no more.
    let back = first["return"].as_str();
    done(&["close", "--tour", tour, "--today", back]);
    refused(
        root,
        &["move", tour, "--suspend", "--today", back],
        3,
        "M018",
    );
    refused(root, &["close", "--today", back], 3, "M075");
}
