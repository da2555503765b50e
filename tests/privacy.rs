//! Least data: a whole month, and everything the program writes or says looked through for what is personal.

mod common;
#[path = "../examples/fill_sheets/fill.rs"]
mod fill;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use common::small::write_small;
use tempfile::TempDir;

/// What is personal in the small region.
struct Personal {
    /// Customers' numbers, eleven digits.
    phones: BTreeSet<String>,
    /// Customers and those who answer for them.
    names: BTreeSet<String>,
    /// Staff, hosts and partners: printed wherever customers need them, but in no result for scripts.
    staff: BTreeSet<String>,
}

impl Personal {
    fn of(root: &Path) -> Self {
        let (mut phones, mut names) = (BTreeSet::new(), BTreeSet::new());
        for file in ["retail.csv", "fleets.csv"] {
            let text = fs::read_to_string(root.join("population").join(file)).expect("it");
            let mut reader =
                csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
            let headers = reader.headers().expect("headers").clone();
            for row in reader.records() {
                let row = row.expect("a row");
                for (header, cell) in headers.iter().zip(&row) {
                    match header {
                        "手机号码" => phones.extend(numbers(cell)),
                        "客户名称" | "联系人" if cell.chars().count() > 2 => {
                            names.insert(cell.to_owned());
                        }
                        _ => {}
                    }
                }
            }
        }
        assert!(
            phones.len() > 20 && names.len() > 20,
            "{} {}",
            phones.len(),
            names.len()
        );
        let mut staff = BTreeSet::new();
        for file in ["crew.csv", "points.csv"] {
            staff.extend(numbers(&fs::read_to_string(root.join(file)).expect(file)));
        }
        Self {
            phones,
            names,
            staff,
        }
    }

    /// A number that stands in the text, also with blanks or hyphens in it.
    fn phone_in(&self, text: &str) -> Option<String> {
        let close: String = text
            .chars()
            .filter(|c| !matches!(c, ' ' | '-' | '\u{a0}'))
            .collect();
        let found = numbers(text).chain(numbers(&close));
        found
            .into_iter()
            .find(|number| self.phones.contains(number))
    }

    fn name_in(&self, text: &str) -> Option<&String> {
        self.names.iter().find(|name| text.contains(name.as_str()))
    }
}

/// Runs of eleven digits, also behind a country code.
fn numbers(text: &str) -> impl Iterator<Item = String> + use<> {
    let runs: Vec<String> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|run| run.len() >= 11)
        .map(|run| run[run.len() - 11..].to_owned())
        .collect();
    runs.into_iter()
}

/// A file's text: as it is, and what is packed in a workbook, part by part.
fn texts(bytes: &[u8]) -> Vec<String> {
    if !bytes.starts_with(b"PK") {
        return vec![String::from_utf8_lossy(bytes).into_owned()];
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a workbook");
    let mut texts = Vec::new();
    for index in 0..archive.len() {
        let mut text = Vec::new();
        archive
            .by_index(index)
            .expect("a part")
            .read_to_end(&mut text)
            .expect("unpacked");
        texts.push(String::from_utf8_lossy(&text).into_owned());
    }
    texts
}

/// Where somebody dials, corrects or answers (product.md, "Least data"): full numbers may stand there.
fn may_hold_phones(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let sheets = [
        "call-sheet",
        "texts",
        "follow-up",
        "hand-over",
        "change",
        "shortage-calls",
        // Texts to those who did not come.
        "customer-notice",
    ];
    path.contains("/private/")
        || path.contains("/changes/")
        || ["rejects.csv", "repairs.csv"].contains(&name)
        || sheets.iter().any(|sheet| name.starts_with(sheet))
        // What came in.
        || path.starts_with("population/")
        || ["calls.csv", "crew.csv", "points.csv"].contains(&path)
}

struct Month {
    folder: TempDir,
    personal: Personal,
    /// Command → everything it said.
    said: BTreeMap<String, String>,
}

impl Month {
    fn new() -> Self {
        let folder = TempDir::new().expect("a folder");
        write_small(folder.path());
        let personal = Personal::of(folder.path());
        Self {
            folder,
            personal,
            said: BTreeMap::new(),
        }
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    fn run(&mut self, args: &str, status: i32) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tourplan"));
        command
            .args(["-C", ".", "--lang", "en"])
            .args(args.split(' '))
            .current_dir(self.root());
        let output = command.output().expect("a run");
        let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        assert_eq!(output.status.code(), Some(status), "{args}: {text}");
        self.said.insert(args.to_owned(), text);
    }

    fn sheet(&self, name: &str, filled: &dyn Fn(&fill::Month) -> String) {
        let month = fill::Month::open(&self.root().join("plans/2026-12")).expect("a plan");
        fs::write(self.root().join(name), filled(&month)).expect("a sheet");
    }

    /// Everything the program wrote: files of the month and beside it, the set-aside folder too.
    fn written(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        let mut open: Vec<PathBuf> = vec![self.root().to_owned()];
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(folder).expect("a folder").flatten() {
                let path = entry.path();
                if path.is_dir() {
                    open.push(path);
                    continue;
                }
                let name = path.strip_prefix(self.root()).expect("inside");
                let name = name.to_string_lossy().into_owned();
                files.insert(name, fs::read(path).expect("a file"));
            }
        }
        files
    }

    fn looks_through(&self, when: &str) {
        let mut with = 0;
        for (path, bytes) in self.written() {
            let found = texts(&bytes)
                .iter()
                .find_map(|text| self.personal.phone_in(text));
            with += usize::from(found.is_some());
            if let Some(number) = found {
                assert!(may_hold_phones(&path), "{when}: {path} holds {number}");
            }
        }
        assert!(with > 3, "{when}: the test sees no number anywhere");
        for (command, text) in &self.said {
            let found = self.personal.phone_in(text);
            assert_eq!(found, None, "{when}: {command} says a number");
            let of_staff = numbers(text).find(|number| self.personal.staff.contains(number));
            let for_scripts = command.ends_with("--json");
            assert!(
                !for_scripts || of_staff.is_none(),
                "{when}: {command} says {of_staff:?}"
            );
        }
    }
}

/// Who of the called booked a place, which a command can be asked about.
fn one_booked(root: &Path) -> String {
    let bytes = fs::read(root.join("plans/2026-12/plan.json")).expect("a plan");
    let plan: serde_json::Value = serde_json::from_slice(&bytes).expect("JSON");
    let vehicles = plan["vehicles"].as_array().expect("vehicles");
    let booked = vehicles
        .iter()
        .find(|one| one["slot"].as_str().is_some_and(|slot| !slot.is_empty()));
    booked.expect("a booking")["vehicle"]
        .as_str()
        .expect("an id")
        .to_owned()
}

#[test]
#[expect(clippy::too_many_lines, reason = "one month, told in order")]
fn a_whole_month_holds_numbers_only_where_somebody_dials_and_says_nobodys_name() {
    let mut month = Month::new();
    // Rows that are refused and repaired: what is personal in them stays out of what is said.
    let path = month.root().join("population/retail.csv");
    let mut text = fs::read_to_string(&path).expect("it");
    let template: Vec<String> = text
        .lines()
        .nth(3)
        .expect("a row")
        .split(',')
        .map(str::to_owned)
        .collect();
    let mut bad = template.clone();
    (bad[0], bad[1]) = ("X".into(), String::new());
    bad[4] = "19990000077，坏".into();
    text.push_str(&(bad.join(",") + "\n"));
    let mut odd = template;
    odd[0] = "LSKDEM000H9999999".into();
    odd[4] = "+86 199-9000-0078".into();
    odd[14] = "五万公里".into();
    text.push_str(&(odd.join(",") + "\n"));
    fs::write(&path, text).expect("written");
    month
        .personal
        .phones
        .extend(["19990000077", "19990000078"].map(str::to_owned));

    month.run("check", 0);
    month.run("check --json", 0);
    month.run("check --worklist private-list.xlsx", 0);
    fs::remove_file(month.root().join("private-list.xlsx")).expect("a list");
    month.run("plan --effort 5", 0);
    month.run("plan --effort 5 --json", 0);
    month.looks_through("planned");
    month.run("approve --by 周建国 --today 2026-11-16 --json", 0);
    month.sheet("goods.csv", &fill::Month::goods);
    month.run("receive --goods goods.csv --today 2026-11-24 --json", 0);
    // Customers say numbers and names on the phone, and a sheet is filled in wrongly.
    month.sheet("calls.csv", &|plan| {
        let sheet = plan.calls(&(0..100));
        let lines = sheet
            .lines()
            .enumerate()
            .map(|(number, line)| match number {
                0 => format!("{line},备注\n"),
                1 => format!("{line},请打19990000079找王小明\n"),
                _ => format!("{line},\n"),
            });
        lines.collect::<String>() + "NOBODY,来,2026-11-27,,,,,,,打19990000079\n"
    });
    month.personal.phones.insert("19990000079".into());
    month.run("confirm --calls calls.csv --today 2026-11-29 --json", 0);
    month.looks_through("called");
    month.run("due --today 2026-11-29", 0);
    month.run("due --today 2026-11-29 --json", 0);
    month.run("show --json", 0);
    month.run("parts --json", 0);
    let booked = one_booked(month.root());
    month.run(&format!("explain {booked}"), 0);
    month.run(&format!("explain {booked} --json"), 0);
    month.run("explain 19990000078", 2);
    month.run(
        "move T01 --to 2026-12-09 --reason 暴雨 --today 2026-11-30 --json",
        0,
    );
    month.looks_through("moved");
    month.sheet("jobs.csv", &|plan| plan.jobs("T01"));
    month.run("close --visits jobs.csv --today 2026-12-20 --json", 0);
    month.run("learn --today 2026-12-21 --json", 0);
    month.run("rollup 2026-12 --out together --json", 0);
    month.run("diff 2026-12 2026-12 --json", 0);
    month.run("verify --json", 0);
    month.looks_through("closed");

    // Names: never in what is said; and where they stand, a person looks for somebody.
    for (command, text) in &month.said {
        let found = month.personal.name_in(text);
        assert!(
            found.is_none() || command.starts_with("explain "),
            "{command} says {found:?}"
        );
    }
    for name in [
        "journal.jsonl",
        "problem.json",
        "solution.json",
        "calendar.ics",
        "kit.csv",
        "parts.csv",
    ] {
        let text = fs::read_to_string(month.root().join("plans/2026-12").join(name)).expect(name);
        assert_eq!(month.personal.name_in(&text), None, "{name}");
    }
    // Commands that fail, on files that hold what is personal.
    month.said.clear();
    let plan = month.root().join("plans/2026-12/plan.json");
    let whole = fs::read(&plan).expect("a plan");
    fs::write(&plan, &whole[..whole.len() / 2]).expect("cut");
    for command in ["show --json", "learn", "rollup plans/2026-12"] {
        month.run(command, 3);
    }
    month.run("verify", 1);
    fs::write(&plan, whole).expect("whole");
    let contacts = month.root().join("plans/2026-12/private/contacts.csv");
    let text = fs::read_to_string(&contacts).expect("contacts");
    fs::write(&contacts, text.replace("phone", "fone") + "\"19990000079").expect("broken");
    month.run("approve --by X --json", 3);
    fs::write(&contacts, text).expect("whole");
    month.looks_through("failed");
    for (command, text) in &month.said {
        assert_eq!(month.personal.name_in(text), None, "{command}");
    }

    month.run("purge --before 2027-01-01 --today 2027-12-31 --json", 0);
    let kept = month.written();
    for (path, bytes) in kept.iter().filter(|(path, _)| path.starts_with("plans/")) {
        let found = texts(bytes)
            .iter()
            .find_map(|text| month.personal.phone_in(text));
        let rows = path.ends_with("rejects.csv") || path.ends_with("repairs.csv");
        assert!(
            found.is_none() || rows,
            "after purging {path} holds {found:?}"
        );
    }
    assert!(
        kept.keys().all(|path| !path.contains(".last-")),
        "what was set aside is gone"
    );
    let index = String::from_utf8_lossy(&kept["plans/2026-12/index.html"]).into_owned();
    let links = index.split("href=\"").skip(1);
    let links = links.filter_map(|rest| rest.split('"').next());
    let links: Vec<&str> = links.filter(|target| !target.starts_with('#')).collect();
    assert!(links.len() > 20, "{links:?}");
    for target in links {
        let path = format!("plans/2026-12/{}", target.replace("&#x2F;", "/"));
        assert!(
            kept.contains_key(&path),
            "after purging the index links {target}"
        );
    }
}

#[test]
#[cfg(unix)]
fn what_is_private_is_its_owners_only_from_the_first_byte_on() {
    use std::os::unix::fs::PermissionsExt as _;
    let mut month = Month::new();
    let mode = |path: &Path| fs::metadata(path).expect("it").permissions().mode() & 0o777;
    // As wide as a system can be.
    let script = "umask 000; $P plan --effort 2 --quiet && $P check --worklist list.csv --quiet";
    let mut command = Command::new("sh");
    command
        .args(["-c", script])
        .env("P", env!("CARGO_BIN_EXE_tourplan"))
        .current_dir(month.root());
    assert!(command.output().expect("a run").status.success());
    fs::write(month.root().join("calls.csv"), "").expect("a sheet");
    month.sheet("calls.csv", &|plan| plan.calls(&(0..100)));
    month.run("confirm --calls calls.csv --today 2026-11-29", 0);
    let plan = month.root().join("plans/2026-12");
    assert_eq!(mode(&plan.join("private")), 0o700);
    let mut private = 0;
    for entry in fs::read_dir(plan.join("private")).expect("it").flatten() {
        assert_eq!(mode(&entry.path()), 0o600, "{:?}", entry.path());
        private += 1;
    }
    assert!(private >= 2, "contacts and what was said");
    let aside = month.root().join("plans/.last-2026-12/private");
    assert_eq!(mode(&aside), 0o700);
    assert_eq!(mode(&month.root().join("list.csv")), 0o600);
    assert_eq!(mode(&month.root().join("consents.csv")), 0o600);
}
