#[expect(unreachable_pub, reason = "shared with the tests of whole runs")]
#[path = "../../../tests/common/paper.rs"]
mod paper;

#[cfg(target_os = "linux")]
use std::{
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use super::browser::Browser;
use super::wire::Way;
use super::{dates, find, merge};
use crate::documents::hostile::{HARMLESS, documents, payloads};
use crate::domain::Date;

/// The browser, where there is one. On CI there must be.
#[expect(clippy::print_stderr, reason = "a test that skips says so")]
fn browser() -> Option<Browser> {
    let found = find::browser().and_then(|program| Browser::start(&program, Way::usual()));
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

/// A page of the harmless month.
fn page(name: &str) -> String {
    let documents = documents(HARMLESS);
    let page = documents.iter().find(|page| page.path.ends_with(name));
    String::from_utf8_lossy(&page.expect(name).bytes).into_owned()
}

#[test]
fn pages_bound_into_one_file_keep_their_order_their_size_and_their_text() {
    let Some(mut browser) = browser() else {
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let made_on = Date::new(2026, 11, 16).expect("a day");
    let mut print = |name: &str| browser.print(name, &page(name)).expect("a PDF");
    let names = ["/plan.html", "/pick-list.html", "/labels.html"];
    let parts = names.map(&mut print);
    let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
    let file = folder.path().join("bound.pdf");
    std::fs::write(
        &file,
        merge::merged(&parts, "T01 甲", made_on).expect("bound"),
    )
    .expect("written");
    let mut single = Vec::new();
    for part in &parts {
        let own = folder.path().join("one.pdf");
        std::fs::write(&own, part).expect("written");
        single.extend(paper::sheets(&own));
    }
    let bound = paper::sheets(&file);
    assert_eq!(bound.len(), single.len());
    assert!(bound == single, "words moved");
    assert!(paper::text(&file).contains("B-001"));
}

#[test]
fn over_a_socket_the_same_file_is_printed_as_over_pipes() {
    let Ok(program) = find::browser() else {
        return;
    };
    let page = page("/labels.html");
    let made_on = Date::new(2026, 11, 16).expect("a day");
    let print = |way: Way| {
        let mut browser = Browser::start(&program, way).expect("a browser");
        dates::pinned(browser.print("labels.html", &page).expect("a PDF"), made_on)
    };
    assert!(print(Way::Socket) == print(Way::Pipe), "two prints differ");
}

/// Where the process to be killed keeps its browser's profile; set for that process alone.
const KILLED: &str = "TOURPLAN_TEST_PRINTS_UNTIL_KILLED";

#[test]
#[ignore = "run by the test below, in a process of its own"]
fn prints_until_it_is_killed() {
    if std::env::var_os(KILLED).is_none() {
        return;
    }
    let mut browser = browser().expect("a browser");
    let page = format!("<p>{}", "甲<br>".repeat(20_000));
    loop {
        browser.print("endless.html", &page).expect("a PDF");
    }
}

/// Processes whose command line names this folder.
#[cfg(target_os = "linux")]
fn processes_of(folder: &Path) -> usize {
    let wanted = folder.display().to_string();
    let all = std::fs::read_dir("/proc").expect("processes").flatten();
    let lines = all.filter_map(|one| std::fs::read(one.path().join("cmdline")).ok());
    lines
        .filter(|line| String::from_utf8_lossy(line).contains(&wanted))
        .count()
}

#[cfg(target_os = "linux")]
#[test]
fn a_browser_does_not_outlive_a_process_killed_while_printing() {
    if browser().is_none() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let mut printing = Command::new(std::env::current_exe().expect("this program"))
        .args([
            "--exact",
            "cli::pdf::tests::prints_until_it_is_killed",
            "--ignored",
        ])
        .env(KILLED, "1")
        .env("TMPDIR", folder.path())
        .spawn()
        .expect("a process");
    let until = |count: &dyn Fn(usize) -> bool, most: u64| {
        let end = Instant::now() + Duration::from_secs(most);
        while Instant::now() < end && !count(processes_of(folder.path())) {
            std::thread::sleep(Duration::from_millis(100));
        }
        processes_of(folder.path())
    };
    // The browser and what prints the page.
    assert!(until(&|count| count > 2, 60) > 2, "nothing was started");
    std::thread::sleep(Duration::from_secs(1));
    printing.kill().expect("killed");
    printing.wait().expect("gone");
    assert_eq!(until(&|count| count == 0, 15), 0, "a browser is left");
}
