//! Plan → pages for people.
//!
//! Responsible for: what each document shows, in both languages, from one set of templates.
//! Not responsible for: the CSV tables (`plan::files`), the disk (`workspace`). Returns bytes only.

mod calendar;
mod call_days;
mod call_view;
mod closing;
mod foreman_view;
mod found;
mod goods_rows;
mod goods_view;
#[cfg(test)]
pub(crate) mod hostile;
mod html;
mod index;
mod inert;
mod job_view;
mod load_view;
mod map;
mod messages;
mod notices;
mod numbers;
mod outlook_view;
pub(crate) mod page_links;
mod parts_view;
mod plan_view;
mod qr;
#[cfg(test)]
mod tests;
mod worklist;
pub mod xlsx;

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde_json::Value;

use crate::findings::{Failure, Lang};
use crate::place::Outline;
use crate::plan::files::Contacts;
use crate::plan::model::{ORDERS, PartFacts, Plan, Tour};
use crate::stage::LoadLine;

pub use crate::plan::files::ContactLine;
pub use found::Found;
pub use messages::Messages;
pub use worklist::{Worklist, WorklistRow};

/// Documents of a month that are there only while they say something, by their path in the plan folder.
pub const PASSING: [&str; 11] = [
    "orders.csv",
    "orders.html",
    "orders.xlsx",
    "goods-received.html",
    "goods-received.xlsx",
    "order-changes.csv",
    "order-changes.html",
    "order-changes.xlsx",
    "shortage-calls.csv",
    "shortage-calls.html",
    "shortage-calls.xlsx",
];
/// What a customer said about a vehicle, in the caller's words. Personal: never in plan.json.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordsTold {
    /// What it is used for.
    pub usage: String,
    /// Symptoms.
    pub symptoms: String,
    /// Other wishes.
    pub wishes: String,
}

/// What documents are made from.
pub struct DocumentSet<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Its vehicles and calls by id.
    pub found: Found<'a>,
    /// Contacts by vehicle; used only where somebody dials.
    pub contacts: &'a Contacts,
    /// Load lists by tour.
    pub load: &'a BTreeMap<String, Vec<LoadLine>>,
    /// Language.
    pub lang: Lang,
    /// What customers said, by booking; empty before the first answers. Used on the foreman's sheet and on job sheets.
    pub words_told: BTreeMap<String, WordsTold>,
    /// County outlines for the map.
    pub outlines: &'a [Outline],
}

impl DocumentSet<'_> {
    /// A part's unit in the reader's language; empty where the part is not known.
    fn unit<'s>(&self, facts: Option<&'s PartFacts>) -> &'s str {
        facts.map_or("", |facts| facts.unit_in(self.lang))
    }
}

/// One finished document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Path inside the plan folder.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Every page of a month. `overrides` replaces built-in templates by name.
///
/// # Errors
/// Status 3 where a template of the workspace cannot be used.
pub fn render(
    set: &DocumentSet<'_>,
    overrides: &BTreeMap<String, String>,
) -> Result<Vec<Page>, Failure> {
    let words = Messages::new(set.lang);
    let press = html::Press::new(set, &words, overrides)?;
    // Put together in their order: the same on any number of threads.
    let ((pages, books), drawn) = rayon::join(
        || {
            rayon::join(
                || pages_of(set, &words, &press),
                || xlsx::workbooks(set, &words),
            )
        },
        || index::Drawn::of(set, &words),
    );
    let mut pages = pages?;
    pages.extend(books?);
    pages.push(calendar::page(set, &words));
    // Last, because it links to all of them.
    let view = index::view(set, &words, &pages, drawn);
    pages.insert(0, press.page("index.html", "index.html", ORDERS, view)?);
    Ok(pages)
}

/// All pages but the first one.
fn pages_of(
    set: &DocumentSet<'_>,
    words: &Messages,
    press: &html::Press,
) -> Result<Vec<Page>, Failure> {
    let mut pages = month_pages(set, words, press)?;
    let tours = set.plan.tours.par_iter();
    let of_tours = tours.map(|tour| tour_pages(set, tour, words, press));
    let of_tours = of_tours.collect::<Result<Vec<_>, _>>()?;
    pages.extend(of_tours.into_iter().flatten());
    pages.extend(notices::pages(set, words, press)?);
    pages.extend(closing::pages(set, words, press)?);
    Ok(pages)
}

/// Pages of the whole month.
fn month_pages(
    set: &DocumentSet<'_>,
    words: &Messages,
    press: &html::Press,
) -> Result<Vec<Page>, Failure> {
    let mut pages = vec![
        press.page(
            "parts-list.html",
            "parts-list.html",
            ORDERS,
            parts_view::month(set, words),
        )?,
        press.page(
            "crew-and-tools.html",
            "crew-and-tools.html",
            ORDERS,
            plan_view::crew(set),
        )?,
    ];
    for (name, _) in goods_rows::present(set) {
        let view = match name {
            "orders" => goods_view::orders(set, words),
            "order-changes" => goods_view::changes(set, words),
            "goods-received" => goods_view::received(set, words),
            _ => goods_view::calls(set, words),
        };
        let file = format!("{name}.html");
        pages.push(press.page(&file, &file, ORDERS, view)?);
    }
    pages.extend(goods_view::changes_csv(set));
    pages.extend(goods_view::calls_csv(set, words));
    if foreman_view::is_asked(set.plan) {
        let view = foreman_view::sheet(set, words);
        pages.push(press.page("foreman.html", "foreman.html", ORDERS, view)?);
    }
    Ok(pages)
}

/// Pages a tour goes out with.
fn tour_pages(
    set: &DocumentSet<'_>,
    tour: &Tour,
    words: &Messages,
    press: &html::Press,
) -> Result<Vec<Page>, Failure> {
    let folder = tour_folder(set.plan, tour);
    let path = |file: &str| format!("{folder}/{file}");
    let page = |file: &str, view: Value| press.page(file, &path(file), &tour.id, view);
    let calls = call_view::sheet(set, tour, words);
    let file = "call-sheet.html";
    let mut pages = vec![
        page("plan.html", plan_view::tour(set, tour, words))?,
        press.page(file, &path(file), &tour.id, calls)?,
        page("pick-list.html", parts_view::pick_list(set, tour, words))?,
        page("load-list.html", load_view::load_list(set, tour, words))?,
        page("labels.html", load_view::label_sheets(set, tour, words))?,
    ];
    if job_view::has_jobs(set, tour) {
        pages.push(page("job-sheets.html", job_view::sheets(set, tour, words))?);
    }
    Ok(pages)
}

/// `tours/T01-浏阳市`: the folder of a tour's documents, named by its first stop's county.
pub fn tour_folder(plan: &Plan, tour: &Tour) -> String {
    let county = plan
        .visits_of(&tour.id)
        .next()
        .and_then(|visit| plan.point(&visit.point))
        .map_or("", |point| point.county.as_str());
    let safe: String = county
        .chars()
        .filter(|c| c.is_alphanumeric())
        .take(12)
        .collect();
    format!("tours/{}-{safe}", tour.id)
}

/// A text in which whatever could be dialled is masked: what people say on the phone holds numbers now and then.
pub(crate) fn without_numbers(text: &str) -> String {
    let (mut out, mut run) = (String::new(), String::new());
    for c in text.chars().chain(['\n']) {
        // Blanks and hyphens stand inside numbers.
        if c.is_ascii_digit() || (matches!(c, '-' | ' ') && !run.is_empty()) {
            run.push(c);
            continue;
        }
        let digits: String = run.chars().filter(char::is_ascii_digit).collect();
        if digits.len() >= 7 {
            out.push_str(&mask(&digits));
        } else {
            out.push_str(&run);
        }
        run.clear();
        out.push(c);
    }
    out.trim_end().to_owned()
}

/// `138****8000`: three and four digits.
pub fn mask(phone: &str) -> String {
    let digits: Vec<char> = phone.chars().collect();
    if digits.len() < 8 {
        return "****".to_owned();
    }
    let head: String = digits[..3].iter().collect();
    let tail: String = digits[digits.len() - 4..].iter().collect();
    format!("{head}****{tail}")
}
