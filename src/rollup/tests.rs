use super::*;
use crate::plan::model::{PartRequirement, SeenStock, small};

/// A small plan of this dealer and month that needs so much of `oil`, and what lies on its shelf.
fn plan(dealer: &str, month: &str, (used, peak): (f64, u32), (free, coming): (u32, u32)) -> Plan {
    let mut plan = small::plan();
    plan.settings.dealer.name = dealer.into();
    plan.month = month.into();
    plan.parts = vec![PartRequirement {
        part: "oil".into(),
        needed_expected: used,
        kit_qty: peak,
        peak_qty: peak,
        on_hand: free + 2,
        from_stock: peak.min(free),
        on_order: 0,
        from_peer: 0,
        to_order: peak.saturating_sub(free),
        short: 0,
        monitored: dealer == "South",
    }];
    plan.supply.stock = vec![SeenStock {
        part: "oil".into(),
        on_hand: free + 2,
        reserved: 2,
        on_order: coming,
        eta: None,
    }];
    plan
}

#[test]
fn a_shelf_serves_all_months_of_its_dealer_once() {
    // Either month alone is served by ten on the shelf; both are not: six are used up, then eight must be there.
    let plans = [
        plan("North", "2026-12", (6.0, 9), (10, 0)),
        plan("North", "2027-01", (5.0, 8), (10, 0)),
    ];
    let together = rollup(&plans).expect("two months");
    let part = &together.parts[0];
    assert_eq!((part.needed, part.own, part.to_buy), (14, 10, 4));
    assert_eq!(together.by_dealer[0].months, "2026-12|2027-01");
}

#[test]
fn the_order_of_the_plans_changes_nothing() {
    let mut plans = vec![
        plan("North", "2027-01", (5.0, 8), (10, 0)),
        plan("South", "2026-12", (3.0, 4), (1, 0)),
        plan("North", "2026-12", (6.0, 9), (10, 0)),
    ];
    let one = rollup(&plans).expect("three plans");
    plans.reverse();
    assert_eq!(one, rollup(&plans).expect("three plans"));
}

#[test]
fn what_one_dealer_has_to_spare_another_need_not_buy() {
    let plans = [
        plan("North", "2026-12", (2.0, 3), (8, 0)),
        plan("South", "2026-12", (5.0, 7), (1, 0)),
        plan("West", "2026-12", (2.0, 2), (0, 9)),
    ];
    let together = rollup(&plans).expect("three dealers");
    let part = &together.parts[0];
    // South misses six; North has five to spare; what is on its way to West is not given on.
    assert_eq!(
        (
            part.needed,
            part.own,
            part.from_group,
            part.to_buy,
            part.dealers
        ),
        (12, 6, 5, 1, 3)
    );
    assert_eq!(part.needed, part.own + part.from_group + part.to_buy);
    assert_eq!(together.transfers.len(), 1);
    let moved = &together.transfers[0];
    assert_eq!((&*moved.from, &*moved.to, moved.qty), ("North", "South", 5));
    assert!(part.monitored, "monitored at one is monitored");
}

#[test]
fn figures_add_up_and_a_missing_bound_makes_no_gap() {
    let mut plans = [
        plan("North", "2026-12", (2.0, 3), (8, 0)),
        plan("South", "2026-12", (5.0, 7), (1, 0)),
    ];
    for plan in &mut plans {
        plan.search.objective = 90.0;
        plan.search.bound = Some(100.0);
    }
    let together = rollup(&plans).expect("two dealers");
    let all = together.figures.last().expect("a sum");
    assert_eq!(all.tours, 2 * plans[0].tours.len() as u64);
    assert!((all.gap.expect("a gap") - 0.1).abs() < 1e-12);
    plans[1].search.bound = None;
    let all = rollup(&plans).expect("two dealers").figures.pop();
    assert_eq!(all.expect("a sum").gap, None);
}

#[test]
fn a_month_taken_twice_or_of_another_schema_is_refused() {
    let twice = [
        plan("North", "2026-12", (2.0, 3), (8, 0)),
        plan("North ", "2026-12", (2.0, 3), (8, 0)),
    ];
    let said = rollup(&twice).expect_err("counted double");
    assert_eq!(said.findings[0].code, "M141");
    let mut other = plan("North", "2026-12", (2.0, 3), (8, 0));
    other.schema = "tourplan-plan/9".into();
    assert_eq!(
        rollup(&[other]).expect_err("unknown").findings[0].code,
        "M140"
    );
}

#[test]
fn tables_hold_a_line_each_and_no_formula() {
    let plans = [plan("=1+1", "2026-12", (2.0, 3), (8, 0))];
    let files = written(&rollup(&plans).expect("a plan")).expect("files");
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "calendar.csv",
            "kpis.csv",
            "orders.csv",
            "parts-by-dealer.csv",
            "parts.csv",
            "rollup.json",
            "transfers.csv"
        ]
    );
    let kpis = String::from_utf8(files["kpis.csv"].clone()).expect("UTF-8");
    assert!(kpis.contains("\r\n'=1+1,2026-12,"), "{kpis}");
    assert_eq!(kpis.lines().count(), 3, "header, plan, all");
}

#[test]
fn the_calendar_counts_contacts_not_vehicles() {
    let plans = [plan("North", "2026-12", (2.0, 3), (8, 0))];
    let together = rollup(&plans).expect("a plan");
    let called: BTreeSet<_> = plans[0]
        .calls
        .iter()
        .filter_map(|call| Some((call.call_date?, &call.contact)))
        .collect();
    let counted: u32 = together.calendar.iter().map(|day| day.calls).sum();
    assert_eq!(counted as usize, called.len());
    let tour = &plans[0].tours[0];
    let out = together.calendar.iter().filter(|day| !day.tours.is_empty());
    assert_eq!(out.count() as i64, tour.ret.days_since(tour.depart) + 1);
}
