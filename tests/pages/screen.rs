//! On screen: nothing fails, nothing is fetched, everything is drawn, found, sorted and reached by keyboard.

use std::collections::BTreeSet;
use std::fs;

use crate::common::browser::Browser;
use crate::common::programs::chromium;
use crate::{index, month, pages, read_plan};

#[test]
fn every_page_opens_without_an_error_and_fetches_nothing() {
    let Some(program) = chromium() else {
        return;
    };
    let mut browser = Browser::start(&program);
    let mut kinds = BTreeSet::new();
    for page in pages(&month().join("zh")).into_iter().chain([index("en")]) {
        let faults = browser.open(&page);
        assert!(faults.is_empty(), "{}: {faults:?}", page.display());
        let text = browser.run("document.body.innerText.length");
        assert!(text.as_u64() > Some(40), "{} is empty", page.display());
        kinds.insert(page.file_name().expect("a name").to_owned());
    }
    // The month is rich enough to say something about every kind of page.
    for kind in [
        "call-sheet",
        "texts",
        "slots",
        "job-sheets",
        "estimates",
        "hand-overs",
        "follow-up",
        "closing",
    ] {
        let file = format!("{kind}.html");
        assert!(
            kinds.contains(std::ffi::OsStr::new(&file)),
            "no {file} in {kinds:?}"
        );
    }
}

#[test]
fn the_browser_tests_would_notice_an_error_and_a_request() {
    let Some(program) = chromium() else {
        return;
    };
    let mut browser = Browser::start(&program);
    let folder = tempfile::TempDir::new().expect("a folder");
    let page = folder.path().join("bad.html");
    for (bad, wanted) in [
        ("<script>nothing.there()</script>", "ReferenceError"),
        ("<script>console.warn('odd')</script>", "odd"),
        ("<img src=\"https://example.invalid/x.png\">", "fetches"),
        (
            "<style>body { background: url(near.png) }</style><p>x</p>",
            "fetches",
        ),
    ] {
        fs::write(
            &page,
            format!("<!DOCTYPE html><meta charset=utf-8><title>x</title>{bad}"),
        )
        .expect("a page");
        let faults = browser.open(&page).join(" ");
        assert!(faults.contains(wanted), "{bad}: {faults}");
    }
}

/// Of every element a selector finds: how many lie in their drawing's view box with an area, and how many there are.
const DRAWN: &str = "(what => { let all = [...document.querySelectorAll(what)]; let good = all.filter(one => { \
    let box = one.getBBox(), view = one.ownerSVGElement.viewBox.baseVal; \
    return box.width + box.height > 0.5 && box.x < view.width && box.y < view.height && box.x + box.width > 0 && box.y + box.height > 0; }); \
    return [good.length, all.length]; })";

#[test]
fn map_and_curve_are_drawn_with_everything_the_plan_says() {
    let Some(program) = chromium() else {
        return;
    };
    let mut browser = Browser::start(&program);
    let plan = read_plan(month());
    browser.size(1366, 768);
    browser.open(&index("zh"));
    let mut drawn = |what: &str| {
        let counts = browser.run(&format!("{DRAWN}(\"{what}\")"));
        (
            counts[0].as_u64().expect("a count"),
            counts[1].as_u64().expect("a count"),
        )
    };
    let counties = drawn(".map .counties path");
    assert!(counties.0 > 50 && counties.0 == counties.1, "{counties:?}");
    let tours = plan.tours.len() as u64;
    assert_eq!(drawn(".map .way"), (tours, tours));
    let stops = plan.visits.len() as u64;
    assert_eq!(drawn(".map .stop circle"), (stops, stops));
    assert_eq!(drawn(".map .depot"), (1, 1));
    let called = drawn(".map .area circle");
    let places = plan
        .demand
        .iter()
        .filter(|place| !place.tour.is_empty())
        .count() as u64;
    assert!(
        places > 20 && called == (places, places),
        "{called:?} of {places}"
    );
    let grey = drawn(".map .later circle");
    assert!(grey.0 > 20 && grey.0 == grey.1, "{grey:?}");
    let choices = plan.outlook.curve.len() as u64;
    assert!(choices > 1);
    assert_eq!(drawn(".curve circle"), (choices, choices));
    assert_eq!(drawn(".curve polyline"), (1, 1));
    // Nothing that can be read stands outside the map.
    let out = browser.run(
        "[...document.querySelectorAll('.map text')].filter(t => { let b = t.getBBox(), v = t.ownerSVGElement.viewBox.baseVal; \
         return b.x < -1 || b.y < -1 || b.x + b.width > v.width + 1 || b.y + b.height > v.height + 1 }).map(t => t.textContent)",
    );
    assert_eq!(out, serde_json::json!([]));
}

#[test]
fn search_filter_and_sort_change_what_is_shown_by_mouse_and_by_keyboard() {
    let Some(program) = chromium() else {
        return;
    };
    let mut browser = Browser::start(&program);
    let plan = read_plan(month());
    browser.open(&index("zh"));
    let plates = "[...document.querySelectorAll('#hits tr')].map(row => row.cells[0].textContent)";
    let shown = |browser: &mut Browser| -> Vec<String> {
        serde_json::from_value(browser.run(plates)).expect("plates")
    };
    let first = shown(&mut browser);
    assert_eq!(first.len(), 25);

    // By plate: exactly this one.
    let wanted = plan
        .vehicles
        .iter()
        .rev()
        .find(|one| !one.plate.is_empty())
        .expect("a plate");
    browser.run("document.getElementById('query').focus()");
    browser.types(&wanted.plate.to_lowercase());
    let found = shown(&mut browser);
    assert!(
        found.iter().all(|plate| *plate == wanted.plate) && !found.is_empty(),
        "{found:?}"
    );
    let said = browser.run("document.getElementById('hits-said').textContent");
    assert!(
        said.as_str()
            .is_some_and(|said| said.contains(&found.len().to_string())),
        "{said}"
    );

    // By a whole name, though only its beginning stands in the page.
    let person = plan
        .vehicles
        .iter()
        .find(|one| one.customer.starts_with("测试客户"))
        .expect("a person");
    browser.run("document.getElementById('query').select()");
    browser.types(&person.customer.chars().take(4).collect::<String>());
    let names = browser
        .run("[...document.querySelectorAll('#hits tr')].map(row => row.cells[1].textContent)");
    let names: Vec<String> = serde_json::from_value(names).expect("names");
    assert!(
        !names.is_empty() && names.iter().all(|name| name == "测**"),
        "{names:?}"
    );

    browser.run("document.getElementById('query').select()");
    browser.types("没有这样的车");
    assert!(shown(&mut browser).is_empty());
    browser.run("document.getElementById('query').value = ''; document.getElementById('query').dispatchEvent(new Event('input'))");
    assert_eq!(shown(&mut browser), first);

    // One tour alone: by keyboard on its button, then by a click on the map, then back.
    let last = &plan.tours.last().expect("a tour").id;
    browser.run(&format!(
        "document.querySelector('.chip[data-tour={last}]').focus()"
    ));
    browser.press("Enter", 13);
    let tours = "[...new Set([...document.querySelectorAll('#hits tr')].map(row => row.cells[4].textContent))]";
    assert_eq!(browser.run(tours), serde_json::json!([last]));
    let dim = "[...document.querySelectorAll('.area')].filter(one => !one.classList.contains('dim')).map(one => one.dataset.tour)";
    assert_eq!(browser.run(dim), serde_json::json!([last]));
    let other = &plan.tours[0].id;
    browser.run(&format!(
        "document.querySelector('.map a[data-tour={other}]').dispatchEvent(new MouseEvent('click', {{ bubbles: true, cancelable: true }}))"
    ));
    assert_eq!(browser.run(tours), serde_json::json!([other]));
    browser.press("Escape", 27);
    assert_eq!(shown(&mut browser), first);

    // Sorting: by plate up and down; tours by cost.
    let head = "document.querySelector('.hits th button').click()";
    browser.run(head);
    let up = shown(&mut browser);
    browser.run(head);
    let down = shown(&mut browser);
    assert_ne!(up, down);
    assert_eq!(
        browser.run("document.querySelector('.hits th').getAttribute('aria-sort')"),
        "descending"
    );
    browser.run("document.querySelectorAll('.tours th button')[11].click()");
    let costs = browser.run(
        "[...document.querySelectorAll('.tours tbody')].map(one => parseFloat(one.rows[0].cells[11].textContent.replace(/,/g, '')))",
    );
    let costs: Vec<f64> = serde_json::from_value(costs).expect("costs");
    assert_eq!(costs.len(), plan.tours.len());
    assert!(costs.is_sorted(), "{costs:?}");
    assert!(browser.faults().is_empty(), "{:?}", browser.faults());
}

#[test]
fn the_index_fits_a_small_screen_and_a_phone_and_can_be_walked_by_keyboard() {
    let Some(program) = chromium() else {
        return;
    };
    let mut browser = Browser::start(&program);
    for lang in ["zh", "en"] {
        for (width, height) in [(1366, 768), (360, 740)] {
            browser.size(width, height);
            browser.open(&index(lang));
            let wide = browser.run("document.documentElement.scrollWidth");
            assert!(
                wide.as_u64() <= Some(u64::from(width)),
                "{lang} at {width}: {wide}"
            );
            let small = browser.run(
                "[...document.querySelectorAll('body *')].filter(one => one.children.length === 0 && one.textContent.trim() \
                 && one.getClientRects().length && !one.closest('svg, script') && parseFloat(getComputedStyle(one).fontSize) < 11).length",
            );
            assert_eq!(small, 0, "{lang} at {width}: letters below 11 px");
        }
    }
    // The first stop of the keyboard leads past the head of the page, and what has the focus can be seen.
    browser.press("Tab", 9);
    assert_eq!(browser.run("document.activeElement.className"), "skip");
    assert_eq!(
        browser.run("getComputedStyle(document.activeElement).outlineStyle"),
        "solid"
    );
    let nameless = browser.run(
        "[...document.querySelectorAll('a[href], button, input, [role=region]')].filter(one => !one.textContent.trim() \
         && !one.getAttribute('aria-label') && !(one.labels && one.labels.length)).length",
    );
    assert_eq!(nameless, 0);
}
