//! The page to decide by, on the small month.

use std::collections::BTreeMap;

use super::search::masked_name;
use crate::documents::render;
use crate::documents::tests::set_of;
use crate::findings::Lang;
use crate::plan::model::small::{PHONE, day, plan};
use crate::plan::model::{OwnDay, PlaceDemand, Plan, PlanPoint, TourDay};

fn page(plan: &Plan, lang: Lang) -> String {
    let pages = set_of(plan, lang, |set| render(set, &BTreeMap::new())).expect("pages");
    let index = pages.into_iter().find(|page| page.path == "index.html");
    String::from_utf8(index.expect("an index").bytes).expect("UTF-8")
}

/// The search's data, as a browser reads it.
fn rows(page: &str) -> serde_json::Value {
    let data = page.split("id=\"rows\">").nth(1).expect("the data");
    let data = data.split("</script>").next().expect("its end");
    serde_json::from_str(data).expect("JSON")
}

fn place(county: &str, town: &str, tour: &str, by_status: &[(&str, u64)]) -> PlaceDemand {
    PlaceDemand {
        county: county.into(),
        town: town.into(),
        lon: 113.7,
        lat: 28.1,
        by_status: by_status
            .iter()
            .map(|(status, count)| ((*status).to_owned(), *count))
            .collect(),
        tour: tour.into(),
    }
}

#[test]
fn persons_are_masked_and_firms_are_not() {
    for (name, shown) in [
        ("张三", "张**"),
        ("欧阳某某", "欧**"),
        ("示例物流有限公司", "示例物流有限公司"),
        ("中心", "中**"),
        ("John Smith", "J**"),
        ("张三的店13800008000", "张三的店138****8000"),
        ("", ""),
        ("\u{202e}李四", "李**"),
        ("=cmd|' /C calc'!A0", "c**"),
    ] {
        assert_eq!(masked_name(name), shown, "{name}");
    }
    assert!(
        masked_name(&format!("{}公司", "长".repeat(10_000)))
            .chars()
            .count()
            <= 31
    );
}

#[test]
fn every_called_vehicle_can_be_searched_and_no_value_leaves_its_script() {
    let mut plan = plan();
    plan.vehicles[1].model = "</script><script>alert(1)</script>".into();
    plan.vehicles[1].plate = String::new();
    plan.vehicles[2].customer = "x".repeat(10_000);
    let page = page(&plan, Lang::Zh);
    let rows = rows(&page);
    let rows = rows["rows"].as_array().expect("rows").clone();
    assert_eq!(rows.len(), plan.vehicles.len());
    // Without a plate the vehicle's own number stands for it.
    let named: Vec<&str> = rows.iter().filter_map(|row| row[0].as_str()).collect();
    assert!(
        named.contains(&plan.vehicles[1].vehicle.as_str()),
        "{named:?}"
    );
    assert!(!page.contains("<script>alert"));
    assert!(!page.contains(PHONE));
    assert!(page.len() < 1_000_000, "{}", page.len());
}

#[test]
fn deferred_vehicles_are_grey_dots_and_called_ones_stand_in_their_tours_group() {
    let mut plan = plan();
    plan.demand = vec![
        place("浏阳市", "大瑶镇", "T01", &[("visit", 9), ("deferred", 4)]),
        place("喀什市", "", "", &[("deferred", 7)]),
    ];
    plan.demand[1].lon = 76.0;
    let page = page(&plan, Lang::Zh);
    let grey = page.split("class=\"later\"").nth(1).expect("grey dots");
    let grey = grey.split("</g>").next().expect("their end");
    assert_eq!(grey.matches("<circle").count(), 1);
    let own = page
        .split("class=\"area\" data-tour=\"T01\"")
        .nth(1)
        .expect("the tour");
    assert!(
        own.split("</g>")
            .next()
            .expect("its end")
            .contains("r=\"4.2\"")
    );
    assert!(page.contains("另有 7 台不在图上"));
}

#[test]
fn the_calendar_rests_and_works_as_the_workspace_does_and_writes_weekdays_large() {
    let mut plan = plan();
    plan.own_days = vec![OwnDay {
        date: day(11),
        work: false,
    }];
    let head = |page: &str, title: &str| {
        let before = page.split(&format!("\" title=\"{title}\">")).next();
        let class = before.and_then(|text| text.rsplit("class=\"").next());
        class.unwrap_or_default().trim().to_owned()
    };
    let own = page(&plan, Lang::En);
    assert_eq!(head(&own, "2026-12-11 Fri"), "rest");
    plan.own_days.clear();
    assert_eq!(head(&page(&plan, Lang::En), "2026-12-11 Fri"), "");
    assert!(!own.contains(" fri"));
}

#[test]
fn a_point_that_two_tours_visit_has_two_marks_side_by_side() {
    let mut plan = plan();
    let (mut tour, mut visit) = (plan.tours[0].clone(), plan.visits[0].clone());
    (tour.id, visit.id, visit.tour) = ("T02".into(), "T02-1".into(), "T02".into());
    plan.tours.push(tour);
    plan.visits.push(visit);
    let page = page(&plan, Lang::En);
    let at: Vec<&str> = page
        .split("class=\"stop\"")
        .skip(1)
        .filter_map(|mark| mark.split("<circle cx=\"").nth(1)?.split('"').next())
        .collect();
    assert_eq!(at.len(), 2);
    assert_ne!(at[0], at[1]);
}

#[test]
fn the_calendar_is_as_wide_in_every_row_as_it_has_days() {
    let mut plan = plan();
    plan.tours[0].days = vec![TourDay {
        date: day(10),
        point: "P07".into(),
        visit: "T01-1".into(),
        drive_hours: 1.0,
        capacity_hours: 8.0,
        expected_hours: 6.0,
    }];
    let mut second = plan.tours[0].clone();
    // The same team at once: a plan that breaks the rule is still drawn.
    second.id = "T02".into();
    plan.tours.push(second);
    let view = set_of(&plan, Lang::Zh, |set| {
        super::gantt::view(set, &crate::documents::Messages::new(Lang::Zh))
    });
    let days = view["days"].as_array().expect("days").len() as u64;
    assert_eq!(
        days, 11,
        "from the plan on the 1st to the return on the 11th"
    );
    let lines = view["teams"].as_array().expect("teams");
    assert_eq!(lines.len(), 2);
    for line in lines {
        let cells = line["cells"].as_array().expect("cells").iter();
        let wide: u64 = cells.map(|cell| cell["days"].as_u64().unwrap_or(1)).sum();
        assert_eq!(wide, days);
    }
}

#[test]
fn every_page_and_workbook_of_the_month_is_linked_once_or_more_and_every_link_leads_to_one() {
    let plan = plan();
    let pages = set_of(&plan, Lang::Zh, |set| render(set, &BTreeMap::new())).expect("pages");
    let index = String::from_utf8(pages[0].bytes.clone()).expect("UTF-8");
    assert_eq!(pages[0].path, "index.html");
    for page in &pages[1..] {
        let link = format!("href=\"{}\"", page.path);
        assert!(index.contains(&link), "{} is not linked", page.path);
    }
    let there: Vec<&str> = pages.iter().map(|page| page.path.as_str()).collect();
    for link in index.split("href=\"").skip(1) {
        let link = link.split('"').next().expect("its end");
        let table = std::path::Path::new(link)
            .extension()
            .is_some_and(|ending| ending == "csv");
        assert!(
            link.starts_with('#') || table || there.contains(&link),
            "{link} leads nowhere"
        );
    }
}

#[test]
fn a_name_of_thousands_of_letters_does_not_swell_the_map() {
    let mut plan = plan();
    plan.points.push(PlanPoint {
        id: "P08".into(),
        county: "长".repeat(10_000),
        name: "<b>".repeat(5_000),
        ..plan.points[0].clone()
    });
    let page = page(&plan, Lang::Zh);
    assert!(!page.contains("<b><b>"));
}

#[test]
fn a_region_of_a_million_keeps_the_page_small_and_says_what_is_left_out() {
    let mut plan = plan();
    let one = plan.vehicles[0].clone();
    plan.vehicles = (0..21_500)
        .map(|number| {
            let mut next = one.clone();
            next.vehicle = format!("LSK{number:014}");
            next.booking = format!("B-{number}");
            next.urgency = number;
            if number < 2_000 {
                next.status = crate::plan::model::Status::Waitlist;
            }
            next
        })
        .collect();
    plan.demand = (0..9_000)
        .map(|number| place("浏阳市", &format!("{number}村"), "T01", &[("visit", 2)]))
        .collect();
    let view = set_of(&plan, Lang::Zh, |set| {
        let words = crate::documents::Messages::new(Lang::Zh);
        super::view(set, &words, &[], super::Drawn::of(set, &words))
    });
    let search = &view["search"];
    assert_eq!(
        (&search["count"], &search["left_out"]),
        (&20_000.into(), &"1,500".into())
    );
    // Who waits goes first.
    let data = search["data"].as_str().expect("the data");
    assert!(data.contains("\"B-2000\"") && !data.contains("\"B-1999\""));
    assert_eq!(view["map_unseen"], "12,000");
    assert!(
        view.to_string().len() < 5_000_000,
        "{}",
        view.to_string().len()
    );
}
