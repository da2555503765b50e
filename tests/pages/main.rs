//! The pages of a month as people see them: in a real browser, on screen and on paper.
//!
//! One month of the sample region, with calls answered and the first tour home, serves all tests here.

mod books;
#[path = "../common/mod.rs"]
mod common;
#[path = "../../examples/fill_sheets/fill.rs"]
mod fill;
mod languages;
mod paper;
mod screen;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use common::{plan, table, tourplan, workspace};
use fill::Month;
use tourplan::documents::{DocumentSet, Found, render};
use tourplan::findings::Lang;
use tourplan::place::Outlines;
use tourplan::plan::files::read_contacts;
use tourplan::plan::model::Plan;
use tourplan::stage::load_order;

/// The month's folder: `plans/2026-12` of a workspace, then the same documents in both languages.
fn month() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
        let _ = fs::remove_dir_all(&folder);
        let made = workspace(12);
        let root = made.path();
        plan(root);
        let said = |today: &str, args: &[&str]| {
            let run = tourplan(root).args(args).args(["--today", today]).assert();
            run.success();
        };
        let sheet = |name: &str, text: String| {
            let path = root.join(name);
            fs::write(&path, text).expect("a sheet");
            path.display().to_string()
        };
        let open = || Month::open(&root.join("plans/2026-12")).expect("a plan");
        said("2026-11-16", &["approve", "--orders", "--by", "周建国"]);
        let goods = sheet("goods.csv", open().goods());
        said("2026-11-24", &["receive", "--goods", &goods]);
        let calls = sheet("calls.csv", open().calls(&(0..100)));
        said("2026-11-28", &["confirm", "--calls", &calls]);
        let jobs = sheet("jobs.csv", open().jobs("T01"));
        let home = table(root, "tours.csv")[0]["return"].clone();
        said(&home, &["close", "--visits", &jobs]);
        let from = root.join("plans/2026-12");
        for (lang, name) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
            for (path, bytes) in documents(&read_plan(&from), &from, lang) {
                let path = folder.join(name).join(path);
                fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
                fs::write(path, bytes).expect("a document");
            }
        }
        fs::copy(from.join("plan.json"), folder.join("plan.json")).expect("the plan");
        folder
    })
}

fn read_plan(folder: &Path) -> Plan {
    let text = fs::read(folder.join("plan.json")).expect("plan.json");
    serde_json::from_slice(&text).expect("a plan")
}

/// Every document of a plan, by its path.
fn documents(plan: &Plan, folder: &Path, lang: Lang) -> BTreeMap<String, Vec<u8>> {
    let contacts = fs::read(folder.join("private/contacts.csv")).unwrap_or_default();
    let contacts = read_contacts(&contacts).expect("contacts");
    let load = plan.tours.iter().map(|tour| {
        let visits: Vec<String> = plan
            .visits_of(&tour.id)
            .map(|visit| visit.id.clone())
            .collect();
        (
            tour.id.clone(),
            load_order(&tour.id, &visits, &plan.kit, &plan.part_facts),
        )
    });
    let load = load.collect();
    let set = DocumentSet {
        plan,
        found: Found::of(plan),
        contacts: &contacts,
        load: &load,
        lang,
        words_told: BTreeMap::new(),
        outlines: Outlines::builtin().counties(),
    };
    let pages = render(&set, &BTreeMap::new()).expect("documents");
    pages
        .into_iter()
        .map(|page| (page.path, page.bytes))
        .collect()
}

/// Every HTML page below a folder, in order.
fn pages(folder: &Path) -> Vec<PathBuf> {
    common::files_ending("html", folder)
}

fn index(lang: &str) -> PathBuf {
    month().join(lang).join("index.html")
}
