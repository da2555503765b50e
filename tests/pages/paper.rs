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

/// Width of a page's text at full size, px: upright and across.
const TEXT_WIDTH: (u32, u32) = (718, 1047);

#[test]
fn no_word_of_a_columns_title_is_broken_on_an_english_page() {
    let Some(program) = chromium() else {
        return;
    };
    let mut browser = Browser::start(&program);
    let print = serde_json::json!({ "media": "print" });
    browser.ask("Emulation.setEmulatedMedia", &print);
    let mut titles = 0;
    for page in pages(&month().join("en")) {
        let text = fs::read_to_string(&page).expect("a page");
        let across = text.contains("size: A4 landscape");
        let width = if across { TEXT_WIDTH.1 } else { TEXT_WIDTH.0 };
        browser.size(width, 1000);
        browser.open(&page);
        let broken = browser.run(
            "(() => { const broken = []; let seen = 0; \
             for (const th of document.querySelectorAll('thead th')) { \
               const walk = document.createTreeWalker(th, NodeFilter.SHOW_TEXT); \
               for (let node = walk.nextNode(); node; node = walk.nextNode()) { \
                 for (const word of node.data.matchAll(/[A-Za-z]+/g)) { \
                   const range = document.createRange(); \
                   range.setStart(node, word.index); range.setEnd(node, word.index + word[0].length); \
                   seen += 1; \
                   const lines = new Set([...range.getClientRects()].map(box => Math.round(box.top))); \
                   if (lines.size > 1) broken.push(word[0]); } } } \
             return [seen, broken]; })()",
        );
        let words = broken[1].as_array().expect("words");
        assert!(words.is_empty(), "{}: {words:?}", page.display());
        titles += broken[0].as_u64().expect("a count");
    }
    assert!(titles > 300, "{titles}");
}
