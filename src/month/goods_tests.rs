//! Orders and goods: no piece is counted twice, and a signature over the order means what was ordered.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::domain::{Date, Fen, GoodsLine, PeerStock, StockLine, Supply};
use crate::plan::model::small::plan;
use crate::plan::model::{
    KitLine, ORDERS, OrderLine, Plan, ReturnLine, SourceKind, SourcingLine, TourClosing,
};

fn day(text: &str) -> Date {
    Date::parse_iso(text).expect("a test date")
}

/// `2612-O00n`: ten filters of the maker by road, there on the 28th of November.
fn order(number: u32, source: SourceKind, to: &str) -> OrderLine {
    let peer = source == SourceKind::Peer;
    OrderLine {
        order: format!("2612-O{number:03}"),
        part: "0012".into(),
        source,
        supplier: if peer { "sister" } else { "maker" }.into(),
        mode: "road".into(),
        to: to.into(),
        tour: "T01".into(),
        qty: 10,
        spare: 0,
        cost: Fen(0),
        reason: "cheapest".into(),
        ordered_on: day("2026-11-20"),
        expected: Some(day("2026-11-28")),
        received: 0,
        damaged: 0,
        received_on: None,
        closed: false,
    }
}

fn placed(lines: Vec<OrderLine>) -> Journal {
    let mut journal = Journal::default();
    let (stock, peers) = ("s1".into(), "p1".into());
    journal.add(
        day("2026-11-20"),
        Event::Ordered {
            lines,
            stock,
            peers,
        },
    );
    journal
}

fn counted(order: u32, counted: u32, damaged: u32) -> GoodsLine {
    GoodsLine {
        order: format!("2612-O{order:03}"),
        part: "0012".into(),
        counted: Some(counted),
        damaged,
        ..GoodsLine::default()
    }
}

fn receive(journal: &mut Journal, line: GoodsLine, stock: &str) {
    let (lines, stock) = (vec![line], stock.to_owned());
    journal.add(day("2026-11-28"), Event::Received { lines, stock });
}

fn hashes(stock: &str, peers: &str) -> TableHashes {
    TableHashes {
        stock: stock.into(),
        peers: peers.into(),
    }
}

/// Five on the shelf, six on order for the 30th, twelve at the sister dealer.
fn tables() -> Supply {
    Supply {
        stock: vec![StockLine {
            part: "0012".into(),
            on_hand: 5,
            on_order: 6,
            eta: Some(day("2026-11-30")),
            ..StockLine::default()
        }],
        peers: vec![PeerStock {
            dealer: "sister".into(),
            part: "0012".into(),
            on_hand: 12,
            contact: String::new(),
        }],
        ..Supply::default()
    }
}

fn now(journal: &Journal, stock: &str, today: &str) -> SupplyNow {
    let out = BTreeMap::new();
    supply_now(&tables(), journal, &hashes(stock, "p1"), &out, day(today))
}

/// On the shelf, on order by the table, coming by the book.
fn pieces(now: &SupplyNow) -> (u32, u32, u32) {
    let line = &now.supply.stock[0];
    let coming = now.supply.coming.iter().map(|line| line.qty).sum();
    (line.on_hand, line.on_order, coming)
}

fn codes(findings: &[Finding]) -> Vec<&str> {
    findings
        .iter()
        .map(|finding| finding.code.as_str())
        .collect()
}

use crate::findings::Finding;

#[test]
fn open_pieces_come_and_received_ones_lie_on_the_shelf_until_the_table_holds_them() {
    let mut journal = placed(vec![order(1, SourceKind::Order, "depot")]);
    assert_eq!(pieces(&now(&journal, "s1", "2026-11-21")), (5, 6, 10));
    receive(&mut journal, counted(1, 7, 2), "s1");
    let after = now(&journal, "s1", "2026-11-28");
    assert_eq!(pieces(&after), (10, 6, 3), "damaged pieces serve nobody");
    assert!(after.findings.is_empty());
    // Exported again after booking: the pieces are in the table, which is said once.
    let newer = now(&journal, "s2", "2026-11-28");
    assert_eq!(newer.supply.stock[0].on_hand, 5);
    assert_eq!(codes(&newer.findings), ["M028"]);
    assert_eq!(newer.findings[0].args["pieces"], "5");
}

#[test]
fn of_a_newer_tables_orders_and_the_books_the_larger_counts() {
    let journal = placed(vec![order(1, SourceKind::Order, "depot")]);
    assert_eq!(pieces(&now(&journal, "s2", "2026-11-21")), (5, 0, 10));
    let mut few = order(1, SourceKind::Order, "depot");
    few.qty = 4;
    let journal = placed(vec![few]);
    assert_eq!(pieces(&now(&journal, "s2", "2026-11-21")), (5, 2, 4));
}

#[test]
fn an_overdue_order_is_told_and_not_counted_on_until_a_new_day_is_announced() {
    let mut journal = placed(vec![order(1, SourceKind::Order, "depot")]);
    let late = now(&journal, "s1", "2026-11-29");
    assert_eq!(pieces(&late), (5, 6, 0));
    assert_eq!(codes(&late.findings), ["M032"]);
    let announced = GoodsLine {
        order: "2612-O001".into(),
        announced: Some(day("2026-12-02")),
        ..GoodsLine::default()
    };
    receive(&mut journal, announced, "s1");
    let again = now(&journal, "s1", "2026-11-29");
    assert_eq!(pieces(&again), (5, 6, 10));
    assert_eq!(again.supply.coming[0].eta, day("2026-12-02"));
}

#[test]
fn what_a_peer_was_asked_for_is_gone_from_there() {
    let mut journal = placed(vec![order(1, SourceKind::Peer, "depot")]);
    let left = |journal: &Journal, peers: &str| {
        let out = BTreeMap::new();
        let today = day("2026-11-21");
        let now = supply_now(&tables(), journal, &hashes("s1", peers), &out, today);
        now.supply.peers[0].on_hand
    };
    assert_eq!(left(&journal, "p1"), 2);
    assert_eq!(
        left(&journal, "p2"),
        2,
        "not sent yet, perhaps not booked out"
    );
    receive(&mut journal, counted(1, 10, 0), "s1");
    assert_eq!(left(&journal, "p1"), 2);
    assert_eq!(
        left(&journal, "p2"),
        12,
        "the newer table no longer shows them"
    );
}

#[test]
fn what_was_sent_to_a_point_stays_with_its_tour_when_it_is_there() {
    let mut journal = placed(vec![order(1, SourceKind::Order, "P07")]);
    receive(&mut journal, counted(1, 6, 0), "s0");
    let now = now(&journal, "s1", "2026-11-28");
    assert_eq!(
        now.supply.stock[0].on_hand, 5,
        "no stock table ever holds them"
    );
    let lots: Vec<(bool, u32, &str)> = now
        .supply
        .coming
        .iter()
        .map(|line| (line.here, line.qty, line.tour.as_str()))
        .collect();
    assert_eq!(lots, [(true, 6, "T01"), (false, 4, "T01")]);
}

#[test]
fn kits_out_on_tour_are_added_to_a_table_made_while_they_were_away() {
    let mut last = plan();
    last.supply.stock_sha256 = "s1".into();
    last.supply.since = Some(day("2026-11-20"));
    let out = |last: &Plan, stock: &str, today: &str| {
        out_with_tours(Some(last), &hashes(stock, ""), day(today))
    };
    let none = BTreeMap::new();
    assert_eq!(out(&last, "s1", "2026-12-11"), none, "the same table");
    assert_eq!(out(&last, "s2", "2026-12-10"), none, "not gone yet");
    assert_eq!(out(&last, "s2", "2026-12-11")["0012"], 3);
    assert_eq!(out(&last, "s2", "2026-12-12"), none, "home again");
    // Seen first while they were away, it stays the table of that day.
    last.supply.stock_sha256 = "s2".into();
    last.supply.since = Some(day("2026-12-11"));
    assert_eq!(out(&last, "s2", "2026-12-20")["0012"], 3);
}

#[test]
fn what_a_tour_used_counts_whether_it_is_closed_before_a_newer_table_or_after() {
    let mut last = plan();
    let table_of = |day_seen: &str, last: &mut Plan| {
        last.supply.stock_sha256 = "s2".into();
        last.supply.since = Some(day(day_seen));
    };
    last.closings = vec![TourClosing {
        tour: "T01".into(),
        closed_on: Some(day("2026-12-13")),
        returns: vec![ReturnLine {
            part: "0012".into(),
            carried: 3,
            used: 2,
            back: 1,
            ..ReturnLine::default()
        }],
        ..TourClosing::default()
    }];
    let now = |last: &Plan| out_with_tours(Some(last), &hashes("s2", ""), day("2026-12-20"));
    let used = BTreeMap::from([("0012".to_owned(), 2)]);
    // Closed before the table was seen, and seen before it was closed.
    for seen in ["2026-12-14", "2026-12-12"] {
        table_of(seen, &mut last);
        assert_eq!(now(&last), used, "{seen}");
    }
    table_of("2026-12-09", &mut last);
    assert_eq!(now(&last), BTreeMap::new(), "made before it left");
}

#[test]
fn a_sheet_that_cannot_be_right_is_refused_line_by_line() {
    let mut journal = placed(vec![order(1, SourceKind::Order, "depot")]);
    let check = |journal: &Journal, line: GoodsLine| check_goods(journal, vec![line]);
    let fault = |line: GoodsLine| check(&journal, line).errors[0].code.clone();
    assert_eq!(fault(counted(9, 1, 0)), "M023");
    let other = GoodsLine {
        part: "other".into(),
        ..counted(1, 1, 0)
    };
    assert_eq!(fault(other), "M024");
    assert_eq!(fault(counted(1, 11, 0)), "M025");
    assert_eq!(fault(counted(1, 2, 3)), "M026");
    let twice = check_goods(&journal, vec![counted(1, 6, 0), counted(1, 5, 0)]);
    assert_eq!(twice.errors[0].code, "M025", "together more than ordered");
    let blank = GoodsLine {
        order: "2612-O001".into(),
        ..GoodsLine::default()
    };
    assert_eq!(check(&journal, blank), CheckedGoods::default());
    receive(&mut journal, counted(1, 4, 1), "s1");
    let again = check(&journal, counted(1, 4, 1));
    assert!(again.lines.is_empty() && again.errors.is_empty());
    assert_eq!(again.said_before[0].code, "M027");
    assert_eq!(check(&journal, counted(1, 6, 0)).lines.len(), 1);
    let line = &book(&journal)[0];
    assert_eq!((line.received, line.damaged, line.closed), (3, 1, false));
    receive(&mut journal, counted(1, 6, 0), "s1");
    assert!(book(&journal)[0].closed);
}

fn line(source: SourceKind, qty: u32, feasible: bool) -> SourcingLine {
    SourcingLine {
        part: "0012".into(),
        tour: "T01".into(),
        source,
        supplier: "maker".into(),
        mode: "road".into(),
        qty,
        order_qty: qty,
        number: String::new(),
        order_by: (source == SourceKind::Order).then(|| day("2026-11-25")),
        arrives: Some(day("2026-11-28")),
        to: "depot".into(),
        cost: Fen(0),
        feasible,
        reason: "cheapest".into(),
    }
}

/// The plan with ten pieces placed, of which `used` are needed, and `more` to be ordered.
fn after(used: u32, more: u32) -> Plan {
    let mut plan = plan();
    plan.supply.on = Some(day("2026-11-21"));
    plan.orders = vec![order(1, SourceKind::Order, "depot")];
    plan.sourcing = vec![line(SourceKind::OnOrder, used, true)];
    if more > 0 {
        plan.sourcing.push(line(SourceKind::Order, more, true));
    }
    plan
}

#[test]
fn placing_keeps_the_signature_and_more_or_less_asks_again() {
    let mut before = plan();
    before.sourcing = vec![line(SourceKind::Order, 10, true)];
    let mut journal = Journal::default();
    let on = day("2026-11-20");
    let bytes = sign(&mut before, &mut journal, ORDERS, "周建国", on).expect("signs");
    let files = BTreeMap::from([(signed_file(ORDERS), bytes)]);
    let changes = |mut plan: Plan| {
        let renewal = renew(&mut plan, &journal, &files).expect("reads back");
        let texts = renewal.changes.into_iter().map(|(_, change)| change);
        texts
            .map(|change| format!("{}: {} → {}", change.key, change.before, change.after))
            .collect::<Vec<_>>()
    };
    let key = "0012 / order / maker / road / depot";
    assert_eq!(changes(after(10, 0)), Vec::<String>::new());
    assert_eq!(changes(after(10, 4)), [format!("{key}: 10 → 14")]);
    assert_eq!(changes(after(7, 0)), [format!("{key}: 10 → 7")]);
    // Once they have come, what is left of them is the shelf's: the order was right when it was placed.
    let mut received = after(0, 0);
    received.orders[0].received = 10;
    received.orders[0].closed = true;
    received.sourcing.clear();
    assert_eq!(changes(received), Vec::<String>::new());
}

#[test]
fn the_delta_says_what_to_order_and_what_to_cancel_or_send_back() {
    assert_eq!(delta(&after(10, 0)), []);
    let more = &delta(&after(10, 4))[0];
    assert_eq!((more.placed, more.more, more.cancel), (10, 4, 0));
    let less = &delta(&after(7, 0))[0];
    assert_eq!((less.more, less.cancel, less.send_back), (0, 3, 0));
    assert_eq!(less.orders, ["2612-O001"]);
    let mut nothing_placed = after(0, 4);
    nothing_placed.orders.clear();
    assert_eq!(delta(&nothing_placed), []);
}

#[test]
fn the_agenda_asks_to_count_what_is_expected_and_no_longer_to_order_it() {
    let mut plan = after(10, 0);
    let tasks = |plan: &Plan| {
        let all = agenda(plan).into_iter();
        let goods = all.filter_map(|task| match task.what {
            What::Order { pieces, .. } => Some((task.by.to_string(), "order", pieces)),
            What::Receive { pieces, .. } => Some((task.by.to_string(), "count", pieces)),
            _ => None,
        });
        goods.collect::<Vec<_>>()
    };
    assert_eq!(tasks(&plan), [("2026-11-28".to_owned(), "count", 10)]);
    plan.orders[0].received = 8;
    plan.orders[0].damaged = 1;
    assert_eq!(tasks(&plan), [("2026-11-28".to_owned(), "count", 1)]);
    plan.orders[0].closed = true;
    assert_eq!(tasks(&plan), []);
    let more = after(10, 4);
    assert!(tasks(&more).contains(&("2026-11-25".to_owned(), "order", 4)));
}

#[test]
fn common_stock_goes_first_and_then_the_last_booked_customer_is_called() {
    let mut plan = plan();
    let bag = |vehicle: &str| KitLine {
        tour: "T01".into(),
        visit: "T01-1".into(),
        vehicle: vehicle.into(),
        part: "0012".into(),
        qty: 1,
        ..KitLine::default()
    };
    let ids: Vec<String> = plan
        .vehicles
        .iter()
        .map(|one| one.vehicle.clone())
        .collect();
    plan.kit = vec![bag(&ids[0]), bag(&ids[1]), bag(&ids[2])];
    plan.kit.push(KitLine {
        visit: String::new(),
        ..bag("")
    });
    plan.vehicles[0].slot = "2026-12-10 09:30".into();
    plan.vehicles[1].slot = "2026-12-11 09:00".into();
    let called = |plan: &Plan| {
        let bags = short_bags(plan).into_iter();
        bags.map(|bag| bag.booking).collect::<Vec<_>>()
    };
    let lacking = |plan: &mut Plan, pieces: u32| {
        plan.sourcing = vec![line(SourceKind::Order, pieces, false)];
    };
    lacking(&mut plan, 1);
    assert_eq!(called(&plan), Vec::<String>::new(), "common stock");
    lacking(&mut plan, 2);
    assert_eq!(
        called(&plan),
        Vec::<String>::new(),
        "nothing was promised to the third"
    );
    lacking(&mut plan, 3);
    assert_eq!(called(&plan), ["B-002"], "the last to come");
    lacking(&mut plan, 4);
    assert_eq!(called(&plan), ["B-001", "B-002"]);
    let findings = shortage_findings(&plan, &BTreeSet::from(["0012".to_owned()]));
    assert_eq!(codes(&findings), ["M030"]);
    assert_eq!(findings[0].args["bookings"], "B-001, B-002");
    plan.sourcing = vec![line(SourceKind::Order, 4, true)];
    assert_eq!(called(&plan), Vec::<String>::new(), "in time once ordered");
    let findings = shortage_findings(&plan, &BTreeSet::from(["0012".to_owned()]));
    assert_eq!(codes(&findings), ["M029"]);
}
