//! Sources in their order, peaks, points and shortages.

use super::*;
use crate::domain::{Calendar, Coming, PeerStock};
use crate::plan::model::{SourceKind, SourcingLine};
use crate::stage::peak::{Carried, additions};
use crate::stage::{Staged, stage};

const TODAY: &str = "2026-11-20";

fn staged(tours: &[TourJobs], parts: &[(Part, u32)], supply: &Supply, today: &str) -> Staged {
    let catalogue = catalogue(parts);
    stage(
        tours,
        &catalogue,
        supply,
        &Calendar::official(),
        &settings(),
        day(today),
        7,
    )
}

fn jobs(count: u32, part: &str) -> Vec<JobNeed> {
    (0..count).map(|n| sure(&format!("V{n}"), part)).collect()
}

/// Five sure jobs on 8 December.
fn five() -> Vec<TourJobs> {
    let all = PartsSettings::default().target_job_fill;
    assert!(all > 0.8, "five of five are needed");
    vec![tour("T01", "2026-12-08", "2026-12-09", jobs(5, "A"))]
}

fn short_form(lines: &[SourcingLine]) -> Vec<(SourceKind, u32, &str, &str)> {
    lines
        .iter()
        .map(|line| {
            (
                line.source,
                line.qty,
                line.mode.as_str(),
                line.reason.as_str(),
            )
        })
        .collect()
}

#[test]
fn stock_then_on_order_then_peer_then_the_maker() {
    let stock = StockLine {
        part: "A".into(),
        on_hand: 3,
        reserved: 2,
        on_order: 1,
        eta: Some(day("2026-12-07")),
        ..StockLine::default()
    };
    let mut supply = supply(vec![stock], maker());
    supply.suppliers.push(way(
        "sister",
        SupplierKind::Peer,
        TransportMode::Road,
        1,
        5.0,
        1.0,
    ));
    supply.peers.push(PeerStock {
        dealer: "sister".into(),
        part: "A".into(),
        on_hand: 1,
        contact: String::new(),
    });
    let staged = staged(&five(), &[(road_part("A"), 1)], &supply, TODAY);
    let expected = [
        (SourceKind::Stock, 1, "", ""),
        (SourceKind::OnOrder, 1, "", ""),
        (SourceKind::Peer, 1, "road", "cheapest"),
        (SourceKind::Order, 2, "road", "cheapest"),
    ];
    assert_eq!(short_form(&staged.sourcing), expected);
    let line = &staged.parts[0];
    assert_eq!(
        (
            line.on_hand,
            line.from_stock,
            line.on_order,
            line.from_peer,
            line.to_order,
            line.short
        ),
        (3, 1, 1, 1, 2, 0)
    );
    // 20 yuan the order, 2 pieces of 2 kg.
    assert_eq!(staged.sourcing[3].cost, Fen(2_400));
    assert_eq!(staged.sourcing[3].order_by, Some(day("2026-11-30")));
}

#[test]
fn what_arrives_after_the_day_before_departure_is_not_counted_on() {
    let coming = |eta: Option<Date>| {
        let stock = StockLine {
            part: "A".into(),
            on_order: 9,
            eta,
            ..StockLine::default()
        };
        staged(
            &five(),
            &[(road_part("A"), 1)],
            &supply(vec![stock], maker()),
            TODAY,
        )
        .parts[0]
            .on_order
    };
    assert_eq!(coming(Some(day("2026-12-07"))), 5);
    assert_eq!(coming(Some(day("2026-12-08"))), 0);
    assert_eq!(coming(Some(day("2026-11-19"))), 0, "overdue");
    assert_eq!(coming(None), 0);
}

#[test]
fn the_dearer_mode_is_taken_when_only_it_is_in_time() {
    let staged = staged(
        &five(),
        &[(road_part("A"), 1)],
        &supply(Vec::new(), maker()),
        "2026-12-02",
    );
    assert_eq!(
        short_form(&staged.sourcing),
        [(SourceKind::Order, 5, "express", "only_in_time")]
    );
}

#[test]
fn a_late_order_is_short_with_its_arrival_and_a_finding() {
    let staged = staged(
        &five(),
        &[(road_part("A"), 1)],
        &supply(Vec::new(), maker()),
        "2026-12-07",
    );
    assert_eq!(
        short_form(&staged.sourcing),
        [(SourceKind::Order, 5, "express", "too_late")]
    );
    assert!(!staged.sourcing[0].feasible);
    assert_eq!(staged.sourcing[0].arrives, Some(day("2026-12-09")));
    assert_eq!((staged.parts[0].to_order, staged.parts[0].short), (0, 5));
    assert!(staged.findings.iter().any(|finding| finding.code == "P010"));
}

#[test]
fn a_part_unfit_for_every_mode_there_is_is_short_and_says_so() {
    let air = part("A", &[TransportMode::Air]);
    let staged_air = staged(&five(), &[(air, 1)], &supply(Vec::new(), maker()), TODAY);
    assert_eq!(
        short_form(&staged_air.sourcing),
        [(SourceKind::Order, 5, "", "mode_not_allowed")]
    );
    let nobody = staged(&five(), &[(road_part("A"), 1)], &Supply::default(), TODAY);
    assert_eq!(
        short_form(&nobody.sourcing),
        [(SourceKind::Order, 5, "", "no_supplier")]
    );
}

#[test]
fn what_is_late_for_the_depot_is_sent_to_a_point_that_receives_goods() {
    let mut tours = vec![tour("T01", "2026-12-08", "2026-12-10", jobs(1, "A"))];
    tours[0].visits.push(VisitJobs {
        visit: "T01-2".into(),
        point: "P2".into(),
        first_day: day("2026-12-10"),
        receives_goods: true,
        jobs: vec![sure("W1", "A"), sure("W2", "A")],
    });
    let staged = staged(
        &tours,
        &[(road_part("A"), 1)],
        &supply(Vec::new(), maker()),
        "2026-12-07",
    );
    let expected = [
        (SourceKind::Order, 2, "express", "sent_to_point"),
        (SourceKind::Order, 1, "express", "too_late"),
    ];
    assert_eq!(short_form(&staged.sourcing), expected);
    assert_eq!(staged.sourcing[0].to, "P2");
    assert_eq!(staged.sourcing[0].order_by, Some(day("2026-12-08")));
    assert_eq!(staged.sourcing[0].arrives, Some(day("2026-12-10")));
    assert_eq!((staged.parts[0].to_order, staged.parts[0].short), (2, 1));
}

#[test]
fn no_more_is_sent_to_a_point_than_its_jobs_can_use_whatever_is_on_its_way_there() {
    let mut tours = vec![tour("T01", "2026-12-08", "2026-12-10", jobs(1, "A"))];
    tours[0].visits.push(VisitJobs {
        visit: "T01-2".into(),
        point: "P2".into(),
        first_day: day("2026-12-10"),
        receives_goods: true,
        jobs: vec![sure("W1", "A"), sure("W2", "A")],
    });
    let mut supply = supply(Vec::new(), maker());
    supply.coming.push(Coming {
        part: "A".into(),
        order: "2612-O001".into(),
        supplier: "maker".into(),
        mode: "express".into(),
        to: "P2".into(),
        tour: "T01".into(),
        eta: day("2026-12-10"),
        here: false,
        qty: 2,
    });
    let staged = staged(&tours, &[(road_part("A"), 1)], &supply, "2026-12-07");
    let expected = [
        (SourceKind::OnOrder, 2, "express", ""),
        (SourceKind::Order, 1, "express", "too_late"),
    ];
    assert_eq!(short_form(&staged.sourcing), expected);
}

#[test]
fn the_fixed_cost_of_an_order_is_shared_to_the_fen() {
    let jobs = vec![sure("V1", "A"), sure("V2", "B"), sure("V3", "C")];
    let tours = [tour("T01", "2026-12-08", "2026-12-09", jobs)];
    let parts = [
        (road_part("A"), 1),
        (road_part("B"), 1),
        (road_part("C"), 1),
    ];
    let staged = staged(&tours, &parts, &supply(Vec::new(), maker()), TODAY);
    let costs: Vec<i64> = staged.sourcing.iter().map(|line| line.cost.0).collect();
    assert_eq!(costs, [867, 867, 866], "20.00 in three, and 2.00 each");
}

#[test]
fn reservations_beyond_the_shelf_eat_what_is_on_order() {
    let stock = StockLine {
        part: "A".into(),
        on_hand: 1,
        reserved: 3,
        on_order: 4,
        eta: Some(day("2026-11-25")),
        ..StockLine::default()
    };
    let staged = staged(
        &five(),
        &[(road_part("A"), 1)],
        &supply(vec![stock], maker()),
        TODAY,
    );
    assert_eq!(
        (staged.parts[0].from_stock, staged.parts[0].on_order),
        (0, 2)
    );
}

/// `used` pieces do not come back for sure.
fn carried(depart: &str, ret: &str, kit: u32, used: usize) -> Carried {
    let mut pmf = vec![0.0; used + 1];
    pmf[used] = 1.0;
    Carried {
        depart: day(depart),
        ret: day(ret),
        kit,
        used: pmf,
    }
}

#[test]
fn tours_out_together_need_the_sum_and_tours_in_turn_what_was_used() {
    let together = [
        carried("2026-12-01", "2026-12-03", 5, 3),
        carried("2026-12-03", "2026-12-04", 4, 2),
    ];
    assert_eq!(
        additions(&together),
        [5, 4],
        "what comes back on the 3rd cannot leave on the 3rd"
    );
    let in_turn = [
        carried("2026-12-01", "2026-12-03", 5, 3),
        carried("2026-12-04", "2026-12-05", 4, 2),
    ];
    assert_eq!(additions(&in_turn), [5, 2]);
    let unused = [
        carried("2026-12-01", "2026-12-03", 5, 0),
        carried("2026-12-04", "2026-12-05", 4, 0),
    ];
    assert_eq!(additions(&unused), [5, 0]);
}

#[test]
fn use_of_several_tours_is_taken_together() {
    // Each uses its one piece one time in ten; together at most one, 97 times in 100.
    let tour = |depart: &str| Carried {
        used: vec![0.9, 0.1],
        ..carried(depart, depart, 1, 0)
    };
    let tours = [
        tour("2026-12-01"),
        tour("2026-12-03"),
        tour("2026-12-07"),
        tour("2026-12-09"),
    ];
    assert_eq!(additions(&tours), [1, 1, 0, 0]);
}

#[test]
fn where_nothing_is_known_of_use_nothing_comes_back() {
    let tour = |depart: &str| Carried {
        used: Vec::new(),
        ..carried(depart, depart, 2, 0)
    };
    assert_eq!(additions(&[tour("2026-12-01"), tour("2026-12-03")]), [2, 2]);
}

#[test]
fn stock_serves_the_first_tour_and_what_comes_back_the_second() {
    let tours = [
        tour(
            "T01",
            "2026-12-08",
            "2026-12-09",
            vec![job("V1", 0.5, &[("k:A", 0.2)])],
        ),
        tour("T02", "2026-12-15", "2026-12-16", vec![sure("V2", "A")]),
    ];
    let staged = staged(
        &tours,
        &[(road_part("A"), 1)],
        &supply(vec![on_shelf("A", 1)], maker()),
        TODAY,
    );
    let line = &staged.parts[0];
    assert_eq!(
        (line.kit_qty, line.peak_qty),
        (2, 2),
        "one time in ten it is used: not safe to count on"
    );
    let free_of = |p: f64| {
        let tours = [
            tour(
                "T01",
                "2026-12-08",
                "2026-12-09",
                vec![job("V1", 0.2, &[("k:A", p)])],
            ),
            tour("T02", "2026-12-15", "2026-12-16", vec![sure("V2", "A")]),
        ];
        stage(
            &tours,
            &catalogue(&[(road_part("A"), 1)]),
            &Supply::default(),
            &Calendar::official(),
            &settings(),
            day(TODAY),
            7,
        )
        .parts[0]
            .peak_qty
    };
    assert_eq!(free_of(0.2), 1, "used one time in twenty-five");
}
