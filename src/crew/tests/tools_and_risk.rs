//! Tools by simultaneous use, and the risk of a day's hours.

use super::*;
use crate::crew::{JobHours, VisitTools, hours_risk, staff};
use crate::domain::settings::TourSettings;
use crate::domain::{Calendar, Catalogue, Tool};

#[test]
fn tools_are_counted_by_simultaneous_use() {
    let visit = |at_once: u32, jobs: u32| VisitTools {
        at_once,
        jobs: (0..jobs).map(|_| words(&["jack"])).collect(),
    };
    let mut tour = work("T01", "2026-12-08", 1, 1, &[]);
    tour.tools = vec![visit(2, 5), visit(3, 1)];
    let mut catalogue = Catalogue::default();
    catalogue.tools.insert(
        "jack".into(),
        Tool {
            code: "jack".into(),
            name: "Jack".into(),
            owned: 3,
        },
    );
    let lines = crate::crew::tool_lines(&[tour], &catalogue);
    assert_eq!(lines.len(), 1);
    assert_eq!(
        (lines[0].qty, lines[0].owned, lines[0].name.as_str()),
        (2, 3, "Jack")
    );
}

#[test]
fn a_tool_wanted_by_two_tours_on_one_day_is_short_and_on_two_days_is_not() {
    let of = |tour: &str, first: &str| TourWork {
        tools: vec![VisitTools {
            at_once: 1,
            jobs: vec![words(&["jack"])],
        }],
        ..work(tour, first, 2, 1, &[])
    };
    let mut catalogue = Catalogue::default();
    let jack = Tool {
        code: "jack".into(),
        name: "Jack".into(),
        owned: 1,
    };
    catalogue.tools.insert("jack".into(), jack);
    let short = |second: &str| {
        let tours = [of("T01", "2026-12-08"), of("T02", second)];
        let (settings, calendar) = (TourSettings::default(), Calendar::official());
        let staffed = staff(&tours, &[], &[], &settings, &catalogue, &calendar);
        staffed
            .findings
            .iter()
            .any(|finding| finding.code == "P017")
    };
    assert!(short("2026-12-09"));
    assert!(!short("2026-12-10"));
}

#[test]
fn hours_risk_is_the_exact_distribution() {
    let mut tour = work("T01", "2026-12-08", 1, 1, &[]);
    // Ten hours with probability 0.2, so nine days in ten need ten hours: (8 − 0.5 − 2) × 0.85 = 4.675 each.
    tour.days[0].jobs = vec![JobHours {
        show: 0.2,
        base_hours: 1.0,
        items: vec![(1.0, 9.0)],
    }];
    let risk = hours_risk(&tour.days, &TourSettings::default());
    assert!((risk[0].mean - 2.0).abs() < 1e-9);
    assert_eq!((risk[0].p90, risk[0].technicians_for_p90), (10.0, 3));
}
