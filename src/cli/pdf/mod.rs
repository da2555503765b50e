//! `--pdf` and `tourplan pdf`: every page of a month as a PDF beside it, for sending by chat.
//!
//! Responsible for: which pages, when, and that nothing is skipped. Printing is done by an installed browser
//! (docs/decisions/pdf.md): `find` looks for it, `browser` drives it over its `wire`, `dates` takes the clock out of what
//! it writes. What a team takes along is bound into one file (`merge`); the index links what is there (`documents::page_links`).

mod browser;
mod dates;
mod find;
mod merge;
#[cfg(test)]
mod tests;
#[expect(unreachable_pub, reason = "shared with the tests that look at pages")]
mod wire;

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::output::Output;
use super::{Common, Opened};
use crate::documents::page_links;
use crate::domain::Date;
use crate::findings::{Failure, Finding};
use crate::plan::model::{Plan, Use};
use browser::Browser;
use wire::Way;

/// What a team takes along, in the order it is used: the plan, loading, the bags, who comes when, what was agreed on,
/// one sheet a vehicle.
const TAKEN_ALONG: [&str; 6] = [
    "plan",
    "load-list",
    "pick-list",
    "slots",
    "estimates",
    "job-sheets",
];
/// All of it as one file in the tour's folder.
const BUNDLE: &str = "take-along.pdf";
/// The page that links the others.
const INDEX: &str = "index.html";

/// The flag of every command that writes documents.
#[derive(clap::Args, Debug, Clone, Copy)]
pub(super) struct Asked {
    /// Also every page as a PDF, printed by an installed Edge, Chrome or Chromium
    #[arg(long)]
    pdf: bool,
}

impl Asked {
    /// The browser, looked for before anything is planned.
    ///
    /// # Errors
    /// Status 1 where PDFs are asked for and there is none.
    pub(super) fn printer(self) -> Result<Option<Printer>, Failure> {
        self.pdf.then(Printer::find).transpose()
    }
}

/// An installed browser.
pub(super) struct Printer {
    program: PathBuf,
}

impl Printer {
    fn find() -> Result<Self, Failure> {
        let program = find::browser()?;
        Ok(Self { program })
    }

    /// Adds a PDF beside every page whose path `wanted` takes; those of an earlier run must be gone. Gives how many.
    ///
    /// # Errors
    /// Status 1 where the browser does not start, or does not print a page.
    pub(super) fn add(
        &self,
        files: &mut BTreeMap<String, Vec<u8>>,
        made_on: Date,
        wanted: &dyn Fn(&str) -> bool,
        output: &mut Output,
    ) -> Result<usize, Failure> {
        let pages: Vec<String> = files
            .keys()
            .filter(|path| ends_in(path, "html") && wanted(path))
            .cloned()
            .collect();
        let mut browser = Browser::start(&self.program, Way::usual())?;
        for (done, path) in pages.iter().enumerate() {
            output.step(format!("PDF {done}/{}", pages.len()));
            let html = files.get(path).map_or(&[][..], Vec::as_slice);
            let printed = browser.print(path, &String::from_utf8_lossy(html))?;
            files.insert(beside(path), dates::pinned(printed, made_on));
        }
        bundle(files, made_on, wanted)?;
        link(files);
        Ok(pages.len())
    }
}

/// One file a tour with everything its team takes along.
fn bundle(
    files: &mut BTreeMap<String, Vec<u8>>,
    made_on: Date,
    wanted: &dyn Fn(&str) -> bool,
) -> Result<(), Failure> {
    let first = TAKEN_ALONG[0];
    let plans = files
        .keys()
        .filter_map(|path| path.strip_suffix(&format!("/{first}.pdf")));
    let folders: Vec<String> = plans.map(str::to_owned).collect();
    for folder in folders {
        let path = format!("{folder}/{BUNDLE}");
        if !wanted(&path) {
            continue;
        }
        let parts = TAKEN_ALONG.iter();
        let parts = parts.filter_map(|name| files.get(&format!("{folder}/{name}.pdf")));
        let parts: Vec<&[u8]> = parts.map(Vec::as_slice).collect();
        let name = folder.rsplit('/').next().unwrap_or_default();
        let bound = merge::merged(&parts, name, made_on).map_err(|message| {
            let finding = Finding::new("C016").in_file(&path);
            Failure::running(finding.arg("program", "PDF").arg("message", message))
        })?;
        files.insert(path, bound);
    }
    Ok(())
}

/// Links the PDFs that are there on the index, and no others.
fn link(files: &mut BTreeMap<String, Vec<u8>>) {
    let Some(index) = files.get(INDEX) else {
        return;
    };
    let linked = page_links::with_pdfs(&String::from_utf8_lossy(index), &|path| {
        files.contains_key(path)
    });
    files.insert(INDEX.to_owned(), linked.into_bytes());
}

/// Whether a path the tool made itself has this ending.
fn ends_in(path: &str, ending: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, own)| own == ending)
}

/// `plan.pdf` beside `plan.html`.
fn beside(page: &str) -> String {
    let stem = page.strip_suffix(".html").unwrap_or(page);
    format!("{stem}.pdf")
}

/// Takes PDFs of an earlier run out of a folder: they show what was.
pub(super) fn forget(files: &mut BTreeMap<String, Vec<u8>>) {
    files.retain(|path, _| !ends_in(path, "pdf"));
    link(files);
}

#[derive(clap::Args, Debug)]
#[command(
    after_help = "The pages as they stand; the next command that changes the plan removes them, unless it is given --pdf. Which browser:
Edge, Chrome or Chromium where they are usually installed, else the path in TOURPLAN_BROWSER.

Examples:
  tourplan pdf -C sample-data/hunan
  tourplan pdf --tour T01 --tour T02

What a team takes along (plan, load list, pick list, slots, estimates, job sheets) stands in its tour's folder
as one file, take-along.pdf."
)]
pub(super) struct Args {
    /// Only the pages of this tour; may be given several times
    #[arg(long, value_name = "TOUR")]
    tour: Vec<String>,
    /// The month, yyyy-mm
    #[arg(long, value_name = "YYYY-MM")]
    month: Option<String>,
}

pub(super) fn run(args: &Args, common: &Common, output: &mut Output) -> Result<u8, Failure> {
    let opened = Opened::new(common, args.month.as_deref(), output)?;
    let printer = Printer::find()?;
    let _lock = opened.workspace.lock()?;
    let mut files = opened.workspace.read_plan(opened.month)?;
    let plan = super::show::plan_of(&files, opened.month, Use::Looking)?;
    let folders = folders(&plan, &args.tour)?;
    let wanted = |path: &str| folders.is_empty() || folders.iter().any(|own| path.starts_with(own));
    if folders.is_empty() {
        forget(&mut files);
    }
    let count = if common.dry_run {
        files
            .keys()
            .filter(|path| ends_in(path, "html") && wanted(path))
            .inspect(|path| output.say(&beside(path)))
            .count()
    } else {
        let count = printer.add(&mut files, plan.today, &wanted, output)?;
        opened.workspace.publish(opened.month, &files)?;
        count
    };
    output.done();
    if output.json {
        output.json(&serde_json::json!({
            "status": 0, "month": plan.month, "plan": plan.id, "documents": count,
        }));
    } else {
        let folder = opened.workspace.plan_folder(opened.month);
        let said = match output.lang() {
            crate::findings::Lang::En => format!("{count} PDF files in {}\n", folder.display()),
            crate::findings::Lang::Zh => {
                format!("{count} 个 PDF 文件，位于 {}\n", folder.display())
            }
        };
        output.result(said.as_bytes());
    }
    Ok(0)
}

/// Folders of the tours asked for; none = all of the month.
fn folders(plan: &Plan, tours: &[String]) -> Result<Vec<String>, Failure> {
    let folder = |name: &String| {
        let tour = plan.tour(name).ok_or_else(|| {
            let finding = Finding::new("C017").value(name);
            Failure::usage(finding.arg("month", &plan.month))
        })?;
        Ok(format!("{}/", crate::documents::tour_folder(plan, tour)))
    };
    tours.iter().map(folder).collect()
}
