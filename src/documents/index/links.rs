//! The way from the index to every document of the month, by what is really there.
//!
//! A document added to the month is linked without a word here: a page names itself in its title, a workbook
//! stands beside the page of its name.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::documents::{DocumentSet, Messages, Page, tour_folder};
use crate::plan::model::Tour;

/// Tables beside the pages, in the order people ask for them.
const TABLES: [&str; 7] = [
    "customers.csv",
    "calls.csv",
    "parts.csv",
    "sourcing.csv",
    "rejects.csv",
    "repairs.csv",
    "calendar.ics",
];

/// One document: what it is called and its files.
#[derive(Default)]
struct Document {
    title: String,
    page: Option<String>,
    others: Vec<(String, String)>,
}

/// The month's documents by folder.
pub(super) struct Files<'a> {
    folders: BTreeMap<&'a str, Vec<Document>>,
}

impl<'a> Files<'a> {
    pub(super) fn of(set: &DocumentSet<'_>, words: &Messages, pages: &'a [Page]) -> Self {
        let mut folders: BTreeMap<&str, Vec<Document>> = BTreeMap::new();
        let mut places: BTreeMap<&str, (&str, usize)> = BTreeMap::new();
        let html = |page: &&Page| parts(&page.path).2 == "html";
        for page in pages.iter().filter(html) {
            let (folder, stem, _) = parts(&page.path);
            let list = folders.entry(folder).or_default();
            places.insert(without_ending(&page.path), (folder, list.len()));
            list.push(Document {
                title: title_of(page, &set.plan.month).unwrap_or_else(|| stem.to_owned()),
                page: Some(page.path.clone()),
                others: Vec::new(),
            });
        }
        let others = pages.iter().filter(|page| !html(page));
        for page in others.filter(|page| !TABLES.contains(&page.path.as_str())) {
            let (folder, stem, ending) = parts(&page.path);
            let file = (ending.to_uppercase(), page.path.clone());
            let beside = places.get(without_ending(&page.path));
            let known = beside.and_then(|(folder, index)| folders.get_mut(folder)?.get_mut(*index));
            match known {
                Some(document) => document.others.push(file),
                None => folders.entry(folder).or_default().push(Document {
                    title: named(words, stem),
                    page: None,
                    others: vec![file],
                }),
            }
        }
        Self { folders }
    }

    /// A tour's documents; the call sheets of all callers and days under one name.
    pub(super) fn tour(&self, set: &DocumentSet<'_>, tour: &Tour, words: &Messages) -> Vec<Value> {
        let folder = tour_folder(set.plan, tour);
        let mut rows = Vec::new();
        let mut days: Vec<Value> = Vec::new();
        let calls = set.found.call_days(tour);
        for document in self.folders.get(folder.as_str()).into_iter().flatten() {
            let call = document.others.first().and_then(|(_, path)| {
                let name = path.rsplit('/').next()?;
                calls.iter().find(|day| day.file == name)
            });
            match call {
                Some(day) if document.page.is_none() => {
                    let label = day.date.map_or_else(
                        || words.get("unassigned"),
                        |date| format!("{:02}-{:02} {}", date.month(), date.day(), day.caller),
                    );
                    days.push(json!({ "label": label, "path": document.others[0].1 }));
                }
                _ => rows.push(row(document)),
            }
        }
        if !days.is_empty() {
            rows.push(
                json!({ "title": words.get("index_call_books"), "page": null, "others": days }),
            );
        }
        rows
    }

    /// The month's own documents and tables, and the change notices.
    pub(super) fn month(&self, words: &Messages) -> Vec<Value> {
        let own = self.folders.iter();
        let own = own.filter(|(folder, _)| !folder.starts_with("tours/"));
        let mut rows: Vec<Value> = own.flat_map(|(_, list)| list.iter().map(row)).collect();
        let linked: Vec<&str> = self.folders.get("").map_or_else(Vec::new, |list| {
            let others = list.iter().flat_map(|document| &document.others);
            others.map(|(_, path)| path.as_str()).collect()
        });
        let tables: Vec<Value> = TABLES
            .iter()
            .filter(|table| !linked.contains(*table))
            .map(|table| json!({ "label": table, "path": table }))
            .collect();
        rows.push(json!({ "title": words.get("index_tables"), "page": null, "others": tables }));
        rows
    }
}

fn row(document: &Document) -> Value {
    let others = document.others.iter();
    let others: Vec<Value> = others
        .map(|(label, path)| json!({ "label": label, "path": path }))
        .collect();
    let page = document.page.as_deref();
    let pdf = page.map(|page| format!("{}.pdf", without_ending(page)));
    json!({ "title": document.title, "page": page, "pdf": pdf, "others": others })
}

/// Folder, name and ending.
fn parts(path: &str) -> (&str, &str, &str) {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    (folder, stem, ending)
}

/// What a workbook without a page is called: by the catalogue, else by its file.
fn named(words: &Messages, stem: &str) -> String {
    let key = format!("index_file_{stem}");
    let name = words.get(&key);
    if name == key { stem.to_owned() } else { name }
}

fn without_ending(path: &str) -> &str {
    path.rsplit_once('.').map_or(path, |(before, _)| before)
}

/// What stands before the month in a page's title.
fn title_of(page: &Page, month: &str) -> Option<String> {
    let head = page.bytes.get(..page.bytes.len().min(2000))?;
    let text = String::from_utf8_lossy(head);
    let title = text.split("<title>").nth(1)?.split("</title>").next()?;
    let title = title.split(month).next()?.trim();
    (!title.is_empty()).then(|| title.to_owned())
}
