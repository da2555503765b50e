//! Input as it really comes: the same region in another dress, and sheets that come back corrected.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use common::{tourplan, workspace, written};
use tempfile::TempDir;

/// What stands for the rows' places in the input and may differ.
const CITING: [&str; 3] = ["files.csv", "rejects.csv", "repairs.csv"];

fn population(folder: &Path) -> Vec<PathBuf> {
    ["retail.csv", "fleets.csv"]
        .map(|name| folder.join("population").join(name))
        .to_vec()
}

/// The plan's files without what cites input lines and hashes.
fn plan_of(folder: &Path, environment: &[(&str, &str)]) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut command = tourplan(folder);
    command.args(["plan", "--effort", "10", "--quiet"]);
    command.envs(environment.iter().copied()).assert().success();
    let mut files = written(folder);
    files.retain(|path, _| !CITING.iter().any(|name| path.ends_with(name)));
    for (path, bytes) in &mut files {
        if path.ends_with("plan.json") {
            let mut plan: serde_json::Value = serde_json::from_slice(bytes).expect("a plan");
            let prints = plan.as_object_mut().and_then(|plan| plan.remove("inputs"));
            assert!(prints.is_some(), "plan.json names its inputs");
            *bytes = serde_json::to_vec(&plan).expect("bytes");
        }
    }
    files
}

/// Writes every population file anew.
fn rewrite(folder: &Path, change: &dyn Fn(&str) -> Vec<u8>) {
    for path in population(folder) {
        let text = fs::read_to_string(&path).expect("a population file");
        let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        fs::write(&path, change(&text)).expect("written");
    }
}

/// Rows in another order; the header stays.
fn shuffled(text: &str) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    let rows = lines.get_mut(1..).expect("a header");
    rows.reverse();
    let third = rows.len() / 3;
    rows.rotate_left(third);
    lines.join("\n")
}

/// Name, what is done to a population file's text, environment.
type Dress = (
    &'static str,
    fn(&str) -> Vec<u8>,
    &'static [(&'static str, &'static str)],
);

#[test]
fn the_same_region_in_another_dress_is_the_same_plan() {
    const EVERY: usize = 30;
    let plain = workspace(EVERY);
    let expected = plan_of(plain.path(), &[]);
    assert!(expected.len() > 20, "{} files", expected.len());
    let dresses: [Dress; 4] = [
        (
            "shuffled",
            |text| shuffled(text).into_bytes(),
            &[("RAYON_NUM_THREADS", "1")],
        ),
        (
            "semicolons and CRLF",
            |text| {
                assert!(!text.contains([';', '"']), "the sample needs no quotes");
                text.replace(',', ";").replace('\n', "\r\n").into_bytes()
            },
            &[("TZ", "America/St_Johns"), ("LANG", "de_DE.UTF-8")],
        ),
        (
            "GB18030 and CR",
            |text| {
                encoding_rs::GB18030
                    .encode(&text.replace('\n', "\r"))
                    .0
                    .into_owned()
            },
            &[("TZ", "Asia/Kathmandu"), ("RAYON_NUM_THREADS", "2")],
        ),
        (
            "UTF-16 and tabs",
            |text| {
                let text = format!("\u{feff}{}", text.replace(',', "\t"));
                text.encode_utf16().flat_map(u16::to_le_bytes).collect()
            },
            &[("LC_ALL", "C")],
        ),
    ];
    for (name, change, environment) in dresses {
        let folder = workspace(EVERY);
        rewrite(folder.path(), &change);
        let got = plan_of(folder.path(), environment);
        let names: Vec<_> = got.keys().collect();
        assert_eq!(names, expected.keys().collect::<Vec<_>>(), "{name}");
        for (path, bytes) in &got {
            assert!(
                expected[path] == *bytes,
                "{name}: {} differs",
                path.display()
            );
        }
    }
}

/// Copies a folder's files, without plans.
fn sample(name: &str) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    common::copy(&from.join(name), folder.path());
    folder
}

/// Blanks the phones of these vehicles.
fn without_phones(folder: &Path, vins: &[String]) {
    rewrite(folder, &|text| {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let headers = reader.headers().expect("headers").clone();
        let column = |name: &str| headers.iter().position(|h| h == name).expect("a column");
        let (vin, phone) = (column("车架号"), column("手机号码"));
        let mut out = csv::Writer::from_writer(Vec::new());
        out.write_record(&headers).expect("written");
        for row in reader.records() {
            let mut cells: Vec<String> = row.expect("a row").iter().map(str::to_owned).collect();
            if vins.contains(&cells[vin]) {
                cells[phone].clear();
            }
            out.write_record(&cells).expect("written");
        }
        out.into_inner().expect("bytes")
    });
}

#[test]
fn the_sample_as_exported_gives_the_plan_of_the_clean_one_but_for_phones_that_are_lost() {
    let (clean, exported) = (sample("hunan"), sample("hunan-as-exported"));
    let lacking_phone = |folder: &Path| -> BTreeMap<String, bool> {
        let found = check(folder, &[]);
        let lines = found["incomplete"].as_array().expect("a list").iter();
        let lines = lines.map(|line| {
            let lacks = line["missing"].as_str().expect("text").contains("phone");
            (line["vehicle"].as_str().expect("an id").to_owned(), lacks)
        });
        lines.collect()
    };
    let before = lacking_phone(clean.path());
    let lost: Vec<String> = lacking_phone(exported.path())
        .into_iter()
        .filter(|(id, lacks)| *lacks && before.get(id) != Some(&true))
        .map(|(id, _)| id)
        .collect();
    assert!(
        (5..=30).contains(&lost.len()),
        "{} phones were lost",
        lost.len()
    );
    without_phones(clean.path(), &lost);
    let (expected, got) = (plan_of(clean.path(), &[]), plan_of(exported.path(), &[]));
    assert_eq!(
        got.keys().collect::<Vec<_>>(),
        expected.keys().collect::<Vec<_>>()
    );
    for (path, bytes) in &got {
        // These two also count the titles and sums an export has.
        if path.ends_with("plan.json") || path.ends_with("index.html") {
            continue;
        }
        assert!(expected[path] == *bytes, "{} differs", path.display());
    }
}

/// A workspace with three vehicles: one without anything, one of an unknown model, one in order; and
/// a row without identity.
fn incomplete() -> TempDir {
    let folder = workspace(4000);
    fs::remove_file(folder.path().join("population/fleets.csv")).expect("removed");
    let rows = "车架号,车牌号,客户名称,手机号码,车型,县(区),地址,里程日期,行驶里程\n\
        LSKDEM000H0000001,湘A00001,测试客户甲,,,,,2026-11-01,20000\n\
        LSKDEM002H0000002,湘A00002,测试客户乙,19900000002,某某车,浏阳市,示例路1号,2026-11-02,30000\n\
        LSKDEM004H0000003,湘A00003,测试客户丙,19900000003,V80,浏阳市,示例路2号,,\n\
        ,,测试客户丁,19900000004,V80,浏阳市,示例路3号,,\n";
    fs::write(folder.path().join("population/retail.csv"), rows).expect("written");
    folder
}

fn check(folder: &Path, more: &[&str]) -> serde_json::Value {
    let output = tourplan(folder)
        .args(["check", "--json"])
        .args(more)
        .output();
    let output = output.expect("a run");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn a_worklist_filled_in_completes_what_it_names() {
    let folder = incomplete();
    let list = folder.path().join("worklist.csv");
    let shown = list.to_str().expect("a path");
    let before = check(folder.path(), &["--worklist", shown]);
    assert_eq!(
        before["missing"],
        serde_json::json!({"model": 2, "phone": 1, "place": 1})
    );
    assert_eq!(before["rows"]["rejected"], 1);
    assert_eq!(before["incomplete"][0]["missing"], "model|phone|place");
    assert_eq!(before["not_accepted"][0]["line"], 5);

    let text = fs::read_to_string(&list).expect("the worklist");
    let headers: Vec<&str> = text.lines().next().expect("headers").split(',').collect();
    let column = |key: &str| {
        headers
            .iter()
            .position(|header| *header == key)
            .expect("a column")
    };
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let mut filled = csv::Writer::from_writer(Vec::new());
    filled
        .write_record(reader.headers().expect("headers"))
        .expect("written");
    for row in reader.records() {
        let mut cells: Vec<String> = row.expect("a row").iter().map(str::to_owned).collect();
        let fill: &[(&str, &str)] = match cells[column("customer")].as_str() {
            "测试客户甲" => &[
                ("phone", "19900000001"),
                ("model", "V80"),
                ("county", "宁乡市"),
            ],
            "测试客户乙" => &[("model", "V90 2.0T柴")],
            _ => &[("plate", "湘A00004")],
        };
        for (key, value) in fill {
            cells[column(key)] = (*value).to_owned();
        }
        filled.write_record(&cells).expect("written");
    }
    fs::write(&list, filled.into_inner().expect("bytes")).expect("written");

    let after = check(folder.path(), &[shown]);
    assert_eq!(
        after["missing"],
        serde_json::json!({"model": 0, "phone": 0, "place": 0})
    );
    let rows = &after["rows"];
    assert_eq!(
        (&rows["accepted"], &rows["merged"]),
        (&4.into(), &2.into()),
        "{rows}"
    );
}

#[test]
fn the_worklist_workbook_is_a_population_file_and_its_owners_only() {
    let folder = incomplete();
    let list = folder.path().join("worklist.xlsx");
    let shown = list.to_str().expect("a path");
    check(folder.path(), &["--worklist", shown]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(&list).expect("the file").permissions().mode();
        assert_eq!(mode & 0o077, 0, "others may read it");
    }
    let again = check(folder.path(), &[shown]);
    let rows = &again["rows"];
    // Unchanged it adds nothing: two vehicles merge, the row without identity is rejected once more.
    assert_eq!(rows["rows"], 7, "{rows}");
    assert_eq!((&rows["merged"], &rows["rejected"]), (&2.into(), &2.into()));
    assert_eq!(again["missing"]["model"], 2);
    let refused = tourplan(folder.path())
        .args(["check", "--worklist", "list.pdf"])
        .assert();
    refused.failure().code(2);
}

#[test]
fn the_encoding_named_wins_over_what_fits() {
    let folder = incomplete();
    let path = folder.path().join("population/retail.csv");
    let text = fs::read_to_string(&path).expect("the population");
    fs::write(&path, encoding_rs::GB18030.encode(&text).0).expect("written");
    let status = |more: &[&str]| {
        let output = tourplan(folder.path()).arg("check").args(more).output();
        output.expect("a run").status.code()
    };
    assert_eq!(status(&[]), Some(0));
    assert_eq!(status(&["--encoding", "GBK"]), Some(0));
    assert_eq!(
        status(&["--encoding", "big5"]),
        Some(3),
        "its headers are no words then"
    );
    assert_eq!(status(&["--encoding", "klingon"]), Some(2));
}
