//! Plan → pages for people.
//!
//! Responsible for: what each document shows, in both languages, from one set of templates.
//! Not responsible for: the CSV tables (`plan::files`), the disk (`workspace`). Returns bytes only.

mod call_view;
mod closing;
mod html;
mod map;
mod map_labels;
mod messages;
mod parts_view;
mod plan_view;
mod worklist;
pub mod xlsx;

use std::collections::BTreeMap;

use crate::findings::{Failure, Lang};
use crate::place::Outline;
use crate::plan::model::{ORDERS, Plan, Tour};
use crate::stage::LoadLine;

pub use messages::Messages;
pub use worklist::{Worklist, WorklistRow};

/// Whom to dial for a vehicle.
#[derive(Clone, Debug)]
pub struct ContactLine {
    /// Name to ask for.
    pub contact: String,
    /// Numbers, in order.
    pub phones: Vec<String>,
}

/// What documents are made from.
pub struct DocumentSet<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Contacts by vehicle; used only where somebody dials.
    pub contacts: &'a BTreeMap<String, ContactLine>,
    /// Load lists by tour.
    pub load: &'a BTreeMap<String, Vec<LoadLine>>,
    /// Language.
    pub lang: Lang,
    /// County outlines for the map.
    pub outlines: &'a [Outline],
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
    let mut pages = vec![
        press.page(
            "index.html",
            "index.html",
            ORDERS,
            plan_view::index(set, &words),
        )?,
        press.page(
            "parts-list.html",
            "parts-list.html",
            ORDERS,
            parts_view::month(set, &words),
        )?,
        press.page(
            "crew-and-tools.html",
            "crew-and-tools.html",
            ORDERS,
            plan_view::crew(set),
        )?,
    ];
    for tour in &set.plan.tours {
        let folder = tour_folder(set.plan, tour);
        let mut add = |file: &str, view| -> Result<(), Failure> {
            pages.push(press.page(file, &format!("{folder}/{file}"), &tour.id, view)?);
            Ok(())
        };
        add("plan.html", plan_view::tour(set, tour, &words))?;
        add("call-sheet.html", call_view::sheet(set, tour, &words))?;
        add("pick-list.html", parts_view::pick_list(set, tour, &words))?;
        add("load-list.html", parts_view::load_list(set, tour, &words))?;
    }
    pages.extend(closing::pages(set, &words, &press)?);
    pages.extend(xlsx::workbooks(set, &words)?);
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
