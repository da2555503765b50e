//! Signatures: what they cover, what they survive, and what asks for a new one.

use std::collections::BTreeMap;

use super::*;
use crate::domain::Date;
use crate::plan::model::small::plan;
use crate::plan::model::{KitLine, Plan};

fn day(text: &str) -> Date {
    Date::parse_iso(text).expect("a test date")
}

/// Signs T01 and gives what the plan folder then holds.
fn signed(plan: &mut Plan) -> (Journal, BTreeMap<String, Vec<u8>>) {
    let mut journal = Journal::default();
    let bytes = sign(plan, &mut journal, "T01", "周建国", day("2026-11-20")).expect("signs");
    (journal, BTreeMap::from([(signed_file("T01"), bytes)]))
}

#[test]
fn a_signature_holds_on_a_plan_that_says_the_same() {
    let mut first = plan();
    let (journal, files) = signed(&mut first);
    let mut again = plan();
    again.figures.km += 1.0;
    let renewal = renew(&mut again, &journal, &files).expect("reads back");
    assert_eq!(again.approvals, first.approvals);
    assert_eq!(renewal, Renewal::default());
}

#[test]
fn a_change_asks_again_and_is_shown_line_by_line() {
    let (journal, files) = signed(&mut plan());
    let mut other = plan();
    other.kit.push(KitLine {
        tour: "T01".into(),
        visit: String::new(),
        vehicle: String::new(),
        part: "new-part".into(),
        qty: 3,
        ..KitLine::default()
    });
    let leader = std::mem::replace(&mut other.tours[0].leader, "别人".into());
    let renewal = renew(&mut other, &journal, &files).expect("reads back");
    assert!(other.approvals.is_empty());
    assert_eq!(other.findings.last(), renewal.findings.last());
    assert_eq!(renewal.findings[0].code, "M003");
    assert_eq!(renewal.findings[0].args["changes"], "2");
    let texts: Vec<[&str; 5]> = renewal
        .changes
        .iter()
        .map(|(_, c)| [&*c.list, &*c.key, &*c.field, &*c.before, &*c.after])
        .collect();
    assert_eq!(
        texts,
        [
            ["kit", "new-part", "", "", "qty 3"],
            ["tour", "T01", "leader", &leader, "别人"],
        ]
    );
    let mut journal = journal;
    sign(&mut other, &mut journal, "T01", "周建国", day("2026-11-21")).expect("signs");
    assert!(other.findings.iter().all(|finding| finding.code != "M003"));
    assert_eq!(journal.entries().len(), 2);
}

#[test]
fn a_tour_that_is_gone_is_told() {
    let (journal, files) = signed(&mut plan());
    let mut other = plan();
    other.tours.clear();
    let renewal = renew(&mut other, &journal, &files).expect("reads back");
    assert_eq!(renewal.findings[0].code, "M004");
    assert!(
        sign(
            &mut other,
            &mut Journal::default(),
            "T01",
            "a",
            day("2026-11-21")
        )
        .is_err()
    );
}

#[test]
fn the_journal_is_read_back_and_says_nothing_twice() {
    let mut journal = Journal::default();
    let planned = |plan: &str| Event::Planned { plan: plan.into() };
    journal.add(day("2026-11-20"), planned("a"));
    journal.add(day("2026-11-20"), planned("a"));
    journal.add(day("2026-11-20"), planned("b"));
    journal.add(day("2026-11-20"), planned("a"));
    assert_eq!(journal.entries().len(), 3);
    let bytes = journal.written().expect("JSON");
    assert_eq!(Journal::read(Some(&bytes)).expect("reads"), journal);
    let failure = Journal::read(Some(&bytes[..bytes.len() - 4])).expect_err("cut off");
    assert_eq!(failure.findings[0].code, "M001");
    assert_eq!(failure.findings[0].args["line"], "3");
}

#[test]
fn the_agenda_asks_for_signatures_until_they_are_there() {
    let mut plan = plan();
    plan.sourcing = vec![crate::plan::model::SourcingLine {
        part: "filter".into(),
        tour: "T01".into(),
        source: crate::plan::model::SourceKind::Order,
        supplier: "maker".into(),
        mode: "road".into(),
        qty: 4,
        order_qty: 4,
        number: String::new(),
        order_by: Some(day("2026-11-25")),
        arrives: Some(day("2026-12-01")),
        to: "depot".into(),
        cost: crate::domain::Fen::default(),
        feasible: true,
        reason: String::new(),
    }];
    let signatures = |plan: &Plan| {
        let all = agenda(plan);
        assert!(all.is_sorted_by_key(|task| task.by));
        let asked = all.into_iter().filter_map(|task| match task.what {
            What::ApproveOrders { lines } => Some((task.by.to_string(), lines)),
            What::ApproveTour { .. } => Some((task.by.to_string(), 0)),
            _ => None,
        });
        asked.collect::<Vec<_>>()
    };
    let firm = plan.tours[0].depart.plus_days(-3).to_string();
    assert_eq!(signatures(&plan), [("2026-11-25".to_owned(), 1), (firm, 0)]);
    for covers in ["orders", "T01"] {
        sign(
            &mut plan,
            &mut Journal::default(),
            covers,
            "a",
            day("2026-11-20"),
        )
        .expect("signs");
    }
    assert_eq!(signatures(&plan), []);
}

#[test]
fn a_fleet_is_one_call_on_the_agenda() {
    let plan = plan();
    let contacts: std::collections::BTreeSet<_> = plan
        .calls
        .iter()
        .filter(|call| call.call_date.is_some())
        .map(|call| (call.tour.clone(), call.call_date, call.contact.clone()))
        .collect();
    let called: usize = agenda(&plan)
        .into_iter()
        .filter_map(|task| match task.what {
            What::Call { contacts, .. } => Some(contacts),
            _ => None,
        })
        .sum();
    assert!(called > 0 && called < plan.calls.len());
    assert_eq!(called, contacts.len());
}
