//! The pages of a tour's end: both languages, nobody's number where nobody dials, sheets that read back.

use std::collections::BTreeMap;

use super::super::{ContactLine, DocumentSet, Found, Page, render};
use crate::domain::Catalogue;
use crate::domain::Fen;
use crate::findings::Lang;
use crate::ingest::filled::{AfterTour, read_after};
use crate::month::codes_of;
use crate::plan::model::small::{HOSTILE, PHONE, VIN, day, plan};
use crate::plan::model::{
    FollowUp, HandOver, Incident, IncidentKind, Kpi, KpiNote, MonthClosing, Outcome, PartsBy, Plan,
    ReturnLine, Revisit, TourClosing, VehicleOutcome, Way, WayOption,
};

const SECOND: &str = "LSK00000000000002";

fn outcome(vehicle: &str, booking: &str, result: Outcome) -> VehicleOutcome {
    VehicleOutcome {
        vehicle: vehicle.into(),
        booking: booking.into(),
        visit: "T01-1".into(),
        result,
        on: Some(day(10)),
        ..VehicleOutcome::default()
    }
}

fn hand_over(vehicle: &str, booking: &str, partner: &str) -> HandOver {
    HandOver {
        booking: booking.into(),
        vehicle: vehicle.into(),
        consent: !partner.is_empty(),
        partner: partner.into(),
        partner_name: "示例网点".into(),
        partner_address: "浏阳市示例路9号".into(),
        partner_phone: "19900000009".into(),
        partner_contact: "示例场长".into(),
        km: Some(7.0),
        km_from_point: true,
        items: vec!["oil".into()],
        parts: vec![("0012".into(), 1)],
        parts_short: vec![],
        parts_by: PartsBy::Left,
        technical_contact: "李".into(),
        technical_phone: "19900000002".into(),
        price: Some(Fen(43_200)),
        valid_until: day(30),
        agreed_on: Some(day(12)),
        declined: vec![],
        parts_received: Some(true),
        repaired_on: None,
    }
}

fn closed() -> Plan {
    let mut plan = plan();
    for one in &mut plan.vehicles {
        one.slot = "2026-12-10 09:00".into();
    }
    let way = WayOption {
        way: Way::SendOn,
        from: "depot".into(),
        mode: "express".into(),
        km: 0.0,
        cost: Some(Fen(2_900)),
        ready: Some(day(11)),
        in_time: true,
    };
    let trip = WayOption {
        way: Way::SecondTrip,
        km: 180.0,
        cost: Some(Fen(27_000)),
        ..way.clone()
    };
    let kpi = |key: &str, value, note: &str| Kpi {
        key: key.into(),
        unit: "share".into(),
        value,
        numerator: Some(1.0),
        denominator: Some(2.0),
        note: KpiNote {
            key: note.into(),
            count: 3,
        },
        before: Some(0.25),
    };
    let kpis = vec![
        kpi("show_up", Some(0.5), ""),
        kpi("utilisation", None, "no_hours"),
    ];
    plan.closings = vec![TourClosing {
        tour: "T01".into(),
        closed_on: Some(day(11)),
        outcomes: vec![
            outcome(VIN, "B-001", Outcome::PartlyDone),
            outcome(SECOND, "B-002", Outcome::NoShow),
            outcome("LSK00000000000003", "B-003", Outcome::NoShow),
        ],
        incidents: vec![Incident {
            number: 1,
            vehicle: VIN.into(),
            booking: "B-001".into(),
            kind: IncidentKind::MissingPart,
            on: Some(day(10)),
            part: "0012".into(),
            qty: 1,
            items: vec!["oil".into()],
            need: "safety".into(),
            worth: Fen(43_200),
            chosen: way.clone(),
            options: vec![way, trip],
            why: "safety_first".into(),
        }],
        hand_overs: vec![
            hand_over(SECOND, "B-002", "P09"),
            hand_over("LSK00000000000003", "B-003", ""),
        ],
        returns: vec![ReturnLine {
            part: "0012".into(),
            carried: 3,
            extra: 0,
            used: 1,
            handed_over: 1,
            back: 1,
            wrong: 1,
            held: 0,
        }],
        revisits: vec![Revisit {
            booking: "B-001".into(),
            vehicle: VIN.into(),
            items: vec!["oil".into()],
            parts: vec![("0012".into(), 1)],
            way: Way::SendOn,
            ready: Some(day(11)),
        }],
        follow_ups: vec![FollowUp {
            booking: "B-001".into(),
            vehicle: VIN.into(),
            on: day(13),
            called_on: Some(day(14)),
            satisfaction: Some(4),
            fault_again: Some(false),
        }],
        kpis: kpis.clone(),
    }];
    plan.month_closing = Some(MonthClosing {
        tours: vec!["T01".into()],
        running: vec![],
        kpis,
    });
    plan
}

fn pages(lang: Lang) -> Vec<Page> {
    let plan = closed();
    let contacts: BTreeMap<String, ContactLine> = plan
        .vehicles
        .iter()
        .map(|one| {
            let line = ContactLine {
                contact: HOSTILE.into(),
                phones: vec![PHONE.into()],
            };
            (one.vehicle.clone(), line)
        })
        .collect();
    let set = DocumentSet {
        plan: &plan,
        found: Found::of(&plan),
        contacts: &contacts,
        load: &BTreeMap::new(),
        words_told: BTreeMap::new(),
        lang,
        outlines: &[],
    };
    render(&set, &BTreeMap::new()).expect("renders")
}

fn page<'p>(pages: &'p [Page], name: &str) -> &'p Page {
    let found = pages.iter().find(|page| page.path.ends_with(name));
    found.unwrap_or_else(|| panic!("no {name}"))
}

fn html(pages: &[Page], name: &str) -> String {
    String::from_utf8_lossy(&page(pages, name).bytes).into_owned()
}

#[test]
fn numbers_stand_only_on_the_sheets_somebody_dials_from() {
    let pages = pages(Lang::Zh);
    for name in ["hand-overs", "customer-notices", "follow-up"] {
        assert!(
            html(&pages, &format!("/{name}.html")).contains(PHONE),
            "{name}"
        );
    }
    for name in ["/incidents", "/return-list", "/closing", "month-closing"] {
        assert!(
            !html(&pages, &format!("{name}.html")).contains(PHONE),
            "{name}"
        );
    }
}

#[test]
fn a_partner_gets_a_page_only_of_who_agreed() {
    let text = html(&pages(Lang::Zh), "/hand-overs.html");
    assert!(text.contains("B-002") && !text.contains("B-003"));
    let notices = html(&pages(Lang::En), "/customer-notices.html");
    assert!(notices.contains("B-002") && notices.contains("B-003"));
    // The one who agreed is told where to go; the other is asked to call.
    assert_eq!(notices.matches("示例网点").count(), 1);
}

#[test]
fn every_word_is_known_in_both_languages_and_nothing_from_an_input_runs() {
    for lang in [Lang::Zh, Lang::En] {
        let pages = pages(lang);
        for name in [
            "/incidents",
            "/hand-overs",
            "/customer-notices",
            "/return-list",
            "/follow-up",
            "/closing",
            "month-closing",
        ] {
            let text = html(&pages, &format!("{name}.html"));
            for key in [
                "kpi_", "formula_", "way_", "why_", "outcome_", "notice_", "need_", "{n}",
            ] {
                assert!(!text.contains(key), "{name} shows {key}");
            }
            assert!(!text.contains(HOSTILE), "{name} is not escaped");
            page(&pages, &format!("{name}.xlsx"));
        }
    }
}

#[test]
fn the_figures_show_formula_note_and_the_month_before() {
    let pages = pages(Lang::En);
    let tour = html(&pages, "/closing.html");
    assert!(
        tour.contains("50.0 %") && tour.contains("came ÷ booked"),
        "{tour}"
    );
    assert!(tour.contains("vehicles without hours: 3"));
    assert!(html(&pages, "month-closing.html").contains("25.0 %"));
}

#[test]
fn follow_up_and_hand_over_workbooks_read_back_in_both_languages() {
    for lang in [Lang::Zh, Lang::En] {
        let pages = pages(lang);
        let codes = codes_of(&closed(), &Catalogue::default());
        let read = |name: &str| {
            let read = read_after(&page(&pages, name).bytes, "f.xlsx", &codes);
            read.expect("reads")
        };
        let AfterTour::FollowUps(calls) = read("/follow-up.xlsx") else {
            panic!("a follow-up sheet");
        };
        assert_eq!(calls.findings, []);
        let call = &calls.lines[0];
        assert_eq!(
            (call.booking.as_str(), call.vehicle.as_str()),
            ("B-001", VIN)
        );
        assert_eq!(
            (call.satisfaction, call.fault_again),
            (Some(4), Some(false))
        );
        assert_eq!(call.called_on, Some(day(14)));
        let AfterTour::HandOvers(partners) = read("/hand-overs.xlsx") else {
            panic!("a hand-over sheet");
        };
        assert_eq!(partners.findings, []);
        let partners = partners.lines;
        assert_eq!(partners.len(), 1);
        assert_eq!(
            (partners[0].partner.as_str(), partners[0].agreed),
            ("P09", Some(true))
        );
        assert_eq!(partners[0].parts_left, Some(true));
        assert_eq!(partners[0].on, Some(day(12)));
    }
}
