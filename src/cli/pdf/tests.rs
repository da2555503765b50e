#[expect(unreachable_pub, reason = "shared with the tests of whole runs")]
#[path = "../../../tests/common/paper.rs"]
mod paper;

use super::browser::Browser;
use super::{dates, find};
use crate::documents::hostile::{HARMLESS, documents, payloads};
use crate::domain::Date;

/// The browser, where there is one. On CI there must be.
#[expect(clippy::print_stderr, reason = "a test that skips says so")]
fn browser() -> Option<Browser> {
    let found = find::browser().and_then(|program| Browser::start(&program));
    match found {
        Ok(browser) => Some(browser),
        Err(failure) => {
            let on_ci = std::env::var("CI").as_deref() == Ok("true");
            assert!(!on_ci, "no browser to print with: {failure}");
            eprintln!("SKIPPED: no browser on this machine, nothing was printed");
            None
        }
    }
}

#[test]
fn the_same_page_printed_twice_is_the_same_file_with_the_plans_date() {
    let Some(mut browser) = browser() else {
        return;
    };
    let documents = documents(HARMLESS);
    let page = documents
        .iter()
        .find(|page| page.path.ends_with("/labels.html"));
    let page = String::from_utf8_lossy(&page.expect("labels").bytes).into_owned();
    let made_on = Date::new(2026, 11, 16).expect("a day");
    let mut print = || dates::pinned(browser.print("labels.html", &page).expect("a PDF"), made_on);
    let first = print();
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    assert!(first == print(), "two prints differ");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("labels.pdf");
    std::fs::write(&file, first).expect("written");
    assert_eq!(paper::a4_pages(&file), 1);
    let text = paper::text(&file);
    assert!(text.contains("B-001") && text.contains(HARMLESS), "{text}");
}

#[test]
fn endless_and_backward_names_print_and_no_word_leaves_its_page() {
    let Some(mut browser) = browser() else {
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    for payload in [&payloads()[0], &payloads()[7], &payloads()[8]] {
        for page in documents(payload) {
            // The first page is looked at on a screen.
            if !super::ends_in(&page.path, "html") || page.path == "index.html" {
                continue;
            }
            let html = String::from_utf8_lossy(&page.bytes);
            let pdf = browser.print(&page.path, &html).expect("a PDF");
            let file = folder.path().join("page.pdf");
            std::fs::write(&file, pdf).expect("written");
            assert!(paper::a4_pages(&file) > 0, "{}", page.path);
            paper::every_word_stands_on_its_page(&file);
        }
    }
}
