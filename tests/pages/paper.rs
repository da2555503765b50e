//! On paper: whole A4 sheets, nothing over the edge, texts that can be copied.

use std::fs;
use std::path::{Path, PathBuf};

use crate::common::browser::Browser;
use crate::common::programs::{chromium, is_there, poppler};
use crate::{month, pages, read_plan};

/// A4, points: short and long side.
const A4: (f64, f64) = (595.0, 842.0);

/// Width and height, and words with their boxes.
type Sheet = ((f64, f64), Vec<(String, [f64; 4])>);

/// Pages of a PDF: width and height, and the words with their boxes (left, top, right, bottom).
fn sheets(pdf: &Path) -> Vec<Sheet> {
    let boxes = poppler("pdftotext", &["-bbox"], pdf);
    let number = |tag: &str, name: &str| -> f64 {
        let value = tag
            .split(&format!("{name}=\""))
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        value
            .and_then(|value| value.parse().ok())
            .expect("a number")
    };
    let pages = boxes.split("<page ").skip(1);
    pages
        .map(|page| {
            let size = (number(page, "width"), number(page, "height"));
            let words = page.split("<word ").skip(1).map(|word| {
                let text = word
                    .split('>')
                    .nth(1)
                    .and_then(|rest| rest.split('<').next());
                let at = ["xMin", "yMin", "xMax", "yMax"].map(|side| number(word, side));
                (text.unwrap_or_default().to_owned(), at)
            });
            (size, words.collect())
        })
        .collect()
}

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
        let printed = sheets(&pdf);
        for (number, ((width, height), words)) in printed.iter().enumerate() {
            let sides = (width.min(*height), width.max(*height));
            assert!(
                (sides.0 - A4.0).abs() < 1.5 && (sides.1 - A4.1).abs() < 1.5,
                "{name}: {sides:?}"
            );
            assert!(!words.is_empty(), "{name}: sheet {} is empty", number + 1);
            for (word, [left, top, right, bottom]) in words {
                // The box of a CJK font is taller than its signs.
                let inside = *left >= -0.5
                    && *top >= -3.0
                    && *right <= width + 0.5
                    && *bottom <= height + 3.0;
                assert!(
                    inside,
                    "{name}, sheet {}: {word} stands outside",
                    number + 1
                );
            }
        }
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
