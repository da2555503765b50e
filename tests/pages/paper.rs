//! On paper: whole A4 sheets, nothing over the edge, texts that can be copied.

use std::fs;
use std::path::{Path, PathBuf};

use crate::common::browser::Browser;
use crate::common::paper::{a4_pages, every_word_stands_on_its_page, sheets};
use crate::common::programs::{chromium, is_there};
use crate::{month, pages, read_plan};

#[test]
fn every_kind_of_page_prints_on_whole_a4_sheets_and_its_chinese_can_be_copied() {
    let Some(program) = chromium() else {
        return;
    };
    if !is_there(Path::new("pdftotext"), "-v", "poppler-utils") {
        return;
    }
    let mut browser = Browser::start(&program);
    let plan = read_plan(month());
    let folder = month().join("zh");
    let first = format!("tours{}T01-", std::path::MAIN_SEPARATOR);
    let of_month_or_first = |page: &PathBuf| {
        let path = page
            .strip_prefix(&folder)
            .expect("inside")
            .to_string_lossy()
            .into_owned();
        path.starts_with(&first) || !path.starts_with("tours")
    };
    let booked = plan
        .vehicles
        .iter()
        .filter(|one| one.tour == "T01" && one.is_booked())
        .count();
    for page in pages(&folder).into_iter().filter(of_month_or_first) {
        let name = page
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        browser.open(&page);
        let pdf = month().join(format!("{name}.pdf"));
        fs::write(&pdf, browser.pdf()).expect("a PDF");
        a4_pages(&pdf);
        every_word_stands_on_its_page(&pdf);
        let printed = sheets(&pdf);
        let text: String = printed
            .iter()
            .flat_map(|(_, words)| words)
            .map(|(word, _)| word.as_str())
            .collect();
        let title = browser.run("document.querySelector('h1').firstChild.textContent.trim()");
        let title = title
            .as_str()
            .expect("a title")
            .replace(char::is_whitespace, "");
        // Sheets of labels have no room for a title.
        assert!(
            text.contains(&title) || name == "labels",
            "{name}: {title} cannot be copied out of the PDF"
        );
        let wanted = match name.as_str() {
            "index" => 3..=7,
            "plan" | "month-closing" => 1..=2,
            "job-sheets" => booked..=booked * 2,
            _ => 1..=200,
        };
        assert!(
            wanted.contains(&printed.len()),
            "{name}: {} sheets, not {wanted:?}",
            printed.len()
        );
    }
}
