//! Rule 6 of the contracts on random months, recomputed from the answer alone.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::domain::{Calendar, DayKind, PeerStock, Van};
use crate::plan::model::{PartFacts, PartRequirement, SourceKind, SourcingLine};
use crate::stage::{Staged, stage};

const CODES: [&str; 4] = ["A", "B", "C", "D"];
const MODES: [TransportMode; 3] = [
    TransportMode::Road,
    TransportMode::Express,
    TransportMode::Air,
];

#[derive(Clone, Debug)]
pub(super) struct Month {
    pub(super) tours: Vec<TourJobs>,
    pub(super) catalogue: Catalogue,
    pub(super) supply: Supply,
    calendar: Calendar,
    today: Date,
}

fn first_of_december() -> Date {
    day("2026-12-01")
}

prop_compose! {
    fn any_part()(
        modes in 0_usize..8, review in 0_u32..4, monitored: bool, vin_specific in prop::bool::weighted(0.2),
        volume_l in 0.5_f64..20.0, weight_kg in 0.1_f64..15.0, qty in 1_u32..4, pack_qty in 1_u32..6, whole_packs in prop::bool::weighted(0.3),
    ) -> (Part, u32) {
        let allowed = MODES.iter().enumerate().filter(|(bit, _)| modes >> bit & 1 == 1).map(|(_, mode)| *mode);
        let part = Part {
            price: Fen(5_000), volume_l, weight_kg, monitored, review_workdays: review, vin_specific, pack_qty, whole_packs,
            allowed_modes: allowed.collect(), ..Part::default()
        };
        (part, qty)
    }
}

prop_compose! {
    fn any_catalogue()(parts in prop::collection::vec(any_part(), 4)) -> Catalogue {
        let named = parts.into_iter().zip(CODES).map(|((part, qty), code)| (Part { code: code.into(), ..part }, qty));
        catalogue(&named.collect::<Vec<_>>())
    }
}

prop_compose! {
    fn any_tour()(
        start in 0_i64..24, days in 1_i64..5, receives: bool, van in prop::option::of(30.0_f64..120.0),
        jobs in prop::collection::vec((0.2_f64..1.0, prop::collection::vec((0_usize..4, 0.1_f64..1.0), 0..3)), 0..5),
        split in 0_usize..5,
    ) -> TourJobs {
        let depart = first_of_december().plus_days(start);
        let ret = depart.plus_days(days - 1);
        let mut needs: Vec<JobNeed> = Vec::new();
        for (n, (show, items)) in jobs.into_iter().enumerate() {
            let items = items.into_iter().map(|(code, p)| (format!("k:{}", CODES[code]), p)).collect();
            needs.push(JobNeed { vehicle: format!("V{n}"), model: None, show, items, ..JobNeed::default() });
        }
        let second = needs.split_off(split.min(needs.len()));
        let visit = |stop: u32, first_day: Date, jobs: Vec<JobNeed>| VisitJobs {
            visit: format!("-{stop}"), point: format!("P{stop}"), first_day, receives_goods: receives && stop == 2, jobs,
        };
        let van = van.map(|room| Van { id: "W".into(), volume_l: room, payload_kg: room, seats: 3, days_off: [].into() });
        TourJobs { tour: String::new(), depart, ret, van, visits: vec![visit(1, depart, needs), visit(2, ret, second)], loaded: None }
    }
}

prop_compose! {
    fn any_way()(
        kind in 0_u32..3, mode in 0_usize..3, lead in 0_u32..8, fixed in 0_u32..80, kg in 0_u32..20, weekday in prop::option::of(0_u32..5),
    ) -> SupplierMode {
        let (name, kind) = match kind {
            0 => ("maker", SupplierKind::Maker),
            1 => ("maker-2", SupplierKind::Maker),
            _ => ("sister", SupplierKind::Peer),
        };
        let cutoff_weekday = weekday.map(Weekday::from_monday_index);
        SupplierMode { cutoff_weekday, ..way(name, kind, MODES[mode], lead, f64::from(fixed), f64::from(kg)) }
    }
}

prop_compose! {
    fn any_supply()(
        stock in prop::collection::vec((0_u32..5, 0_u32..4, 0_u32..3, prop::option::of(-2_i64..25)), 4),
        peers in prop::collection::vec(0_u32..3, 4),
        ways in prop::collection::vec(any_way(), 0..6),
    ) -> Supply {
        let mut suppliers: Vec<SupplierMode> = Vec::new();
        for way in ways {
            if !suppliers.iter().any(|known| (&known.supplier, known.mode) == (&way.supplier, way.mode)) {
                suppliers.push(way);
            }
        }
        let line = |(code, (on_hand, reserved, on_order, eta)): (&str, (u32, u32, u32, Option<i64>))| StockLine {
            part: code.into(), on_hand, reserved, bin: String::new(), on_order,
            eta: eta.map(|days| day("2026-11-20").plus_days(days)),
        };
        let peer = |(code, on_hand): (&str, u32)| PeerStock {
            dealer: "sister".into(), part: code.into(), on_hand, contact: String::new(),
        };
        Supply {
 coming: vec![],
            stock: CODES.into_iter().zip(stock).map(line).collect(),
            peers: CODES.into_iter().zip(peers).map(peer).collect(),
            suppliers,
        }
    }
}

prop_compose! {
    pub(super) fn any_month()(
        catalogue in any_catalogue(), supply in any_supply(), ahead in 0_i64..20,
        tours in prop::collection::vec(any_tour(), 1..6),
        special in prop::collection::vec((0_i64..40, any::<bool>()), 0..6),
    ) -> Month {
        let mut calendar = Calendar::official();
        for (days, works) in special {
            let kind = if works { DayKind::Work } else { DayKind::Rest };
            calendar.mark(day("2026-11-15").plus_days(days), kind);
        }
        let mut tours = tours;
        tours.sort_by_key(|tour| tour.depart);
        for (n, tour) in tours.iter_mut().enumerate() {
            tour.tour = format!("T{:02}", n + 1);
            for visit in &mut tour.visits {
                visit.visit = format!("{}{}", tour.tour, visit.visit);
            }
        }
        Month { tours, catalogue, supply, calendar, today: first_of_december().plus_days(-ahead) }
    }
}

pub(super) fn run(month: &Month) -> Staged {
    stage(
        &month.tours,
        &month.catalogue,
        &month.supply,
        &month.calendar,
        &settings(),
        month.today,
        3,
    )
}

/// Counted day by day, without the calendar's own stepping.
fn arrival(calendar: &Calendar, order_by: Date, workdays: u32) -> Date {
    let mut day = order_by;
    let mut left = workdays;
    while left > 0 {
        day = day.plus_days(1);
        left -= u32::from(calendar.is_work(day));
    }
    day
}

fn kit_of(staged: &Staged, tour: &str, part: &str) -> u32 {
    staged
        .kit
        .iter()
        .filter(|line| line.tour == tour && line.part == part)
        .map(|line| line.qty)
        .sum()
}

fn check_figures(month: &Month, staged: &Staged, line: &PartRequirement) {
    let kit: u32 = month
        .tours
        .iter()
        .map(|tour| kit_of(staged, &tour.tour, &line.part))
        .sum();
    assert_eq!(line.kit_qty, kit);
    let sources = line.from_stock + line.on_order + line.from_peer + line.to_order + line.short;
    assert_eq!(line.peak_qty, sources);
    assert!(line.peak_qty <= line.kit_qty);
    for tour in &month.tours {
        let out = |other: &&TourJobs| other.depart <= tour.depart && tour.depart <= other.ret;
        let together: u32 = month
            .tours
            .iter()
            .filter(out)
            .map(|other| kit_of(staged, &other.tour, &line.part))
            .sum();
        assert!(
            line.peak_qty >= together,
            "{} pieces are out on {}",
            together,
            tour.depart
        );
    }
    let mut sums: BTreeMap<(SourceKind, bool), u32> = BTreeMap::new();
    for source in staged
        .sourcing
        .iter()
        .filter(|source| source.part == line.part)
    {
        *sums.entry((source.source, source.feasible)).or_default() += source.qty;
    }
    let sum = |source, feasible| sums.get(&(source, feasible)).copied().unwrap_or(0);
    assert_eq!(line.from_stock, sum(SourceKind::Stock, true));
    assert_eq!(line.on_order, sum(SourceKind::OnOrder, true));
    assert_eq!(line.from_peer, sum(SourceKind::Peer, true));
    assert_eq!(line.to_order, sum(SourceKind::Order, true));
    assert_eq!(line.short, sum(SourceKind::Order, false));
    assert_eq!(sums.values().sum::<u32>(), line.peak_qty);
    let stock = month
        .supply
        .stock
        .iter()
        .find(|stock| stock.part == line.part)
        .expect("stock");
    assert!(line.from_stock <= stock.on_hand.saturating_sub(stock.reserved));
    assert!(
        line.from_stock + line.on_order
            <= (stock.on_hand + stock.on_order).saturating_sub(stock.reserved)
    );
    let peer = month
        .supply
        .peers
        .iter()
        .find(|peer| peer.part == line.part)
        .expect("peer");
    assert!(line.from_peer <= peer.on_hand);
}

/// The maker is asked for whole packs: no fewer pieces than the lines need, and less than a pack more for the depot.
fn check_packs(month: &Month, staged: &Staged, part: &Part) {
    let mut to_depot = (0, 0);
    for line in staged
        .sourcing
        .iter()
        .filter(|line| line.part == part.code && line.feasible)
    {
        match line.source {
            SourceKind::Order => assert_eq!(line.order_qty % part.pack(), 0),
            SourceKind::Peer => assert_eq!(line.order_qty, line.qty),
            _ => assert_eq!(line.order_qty, 0),
        }
        if line.source == SourceKind::Order && line.to == "depot" {
            to_depot.0 += line.order_qty;
            to_depot.1 += line.qty;
        } else if line.source == SourceKind::Order {
            assert!(line.order_qty >= line.qty && line.order_qty < line.qty + part.pack());
        }
    }
    assert!(to_depot.0 >= to_depot.1);
    assert!(to_depot.0 < to_depot.1 + part.pack());
    for tour in &month.tours {
        let kit = kit_of(staged, &tour.tour, &part.code);
        assert!(
            !part.whole_packs || kit.is_multiple_of(part.pack()),
            "{kit} of {}",
            part.pack()
        );
    }
}

fn day_needed(month: &Month, line: &SourcingLine) -> Date {
    let tour = month
        .tours
        .iter()
        .find(|tour| tour.tour == line.tour)
        .expect("tour");
    match tour.visits.iter().find(|visit| visit.point == line.to) {
        Some(visit) => visit.first_day,
        None => tour.depart.plus_days(-1),
    }
}

fn check_line(month: &Month, line: &SourcingLine) {
    let needed = day_needed(month, line);
    let Some(order_by) = line.order_by else {
        assert!(line.arrives.is_none_or(|arrives| arrives <= needed));
        return;
    };
    let part = &month.catalogue.parts[&line.part];
    let way = month
        .supply
        .suppliers
        .iter()
        .find(|way| way.supplier == line.supplier && way.mode.key() == line.mode);
    let way = way.expect("a way of the table");
    assert!(part.allowed_modes.contains(&way.mode));
    let review = if part.monitored && way.kind == SupplierKind::Maker {
        part.review_workdays
    } else {
        0
    };
    let workdays = way.lead_workdays + review;
    let calendar = &month.calendar;
    let may = |day: Date| {
        calendar.is_work(day)
            && way
                .cutoff_weekday
                .is_none_or(|weekday| weekday == day.weekday())
    };
    assert!(order_by >= month.today && may(order_by));
    assert_eq!(line.arrives, Some(arrival(calendar, order_by, workdays)));
    assert_eq!(
        line.feasible,
        arrival(calendar, order_by, workdays) <= needed
    );
    let later = (1..40)
        .map(|days| order_by.plus_days(days))
        .filter(|day| may(*day));
    // The rest of a pack comes when the pack does.
    assert!(
        !line.feasible
            || line.order_qty == 0
            || !later
                .into_iter()
                .any(|day| arrival(calendar, day, workdays) <= needed),
        "a later day would do"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_figure_of_a_random_month_reconciles(month in any_month()) {
        let staged = run(&month);
        for line in &staged.parts {
            check_figures(&month, &staged, line);
            check_packs(&month, &staged, &month.catalogue.parts[&line.part]);
        }
        for line in &staged.sourcing {
            prop_assert!(line.qty > 0);
            check_line(&month, line);
        }
        let listed = |part: &String| staged.parts.iter().any(|line| line.part == *part);
        prop_assert!(staged.kit.iter().all(|line| line.qty > 0 && listed(&line.part)));
        prop_assert!(staged.kit.iter().all(|line| line.visit.is_empty() == line.vehicle.is_empty()));
        for (tour, facts) in month.tours.iter().zip(&staged.kits) {
            let load: f64 = staged.kit.iter().filter(|line| line.tour == tour.tour)
                .map(|line| f64::from(line.qty) * month.catalogue.parts[&line.part].volume_l).sum();
            prop_assert!((facts.volume_l - load).abs() < 1e-9);
            prop_assert!(tour.van.as_ref().is_none_or(|van| load <= van.volume_l + 1e-9 && facts.weight_kg <= van.payload_kg + 1e-9));
        }
    }

    #[test]
    fn what_was_placed_is_never_ordered_again_and_its_signature_holds(month in any_month()) {
        use crate::month::{Event, Journal, TableHashes, book, lines_to_place, ordered_pieces, seen, supply_now};
        let staged = run(&month);
        let mut plan = crate::plan::model::small::plan();
        plan.parts = staged.parts.clone();
        plan.sourcing = staged.sourcing.clone();
        let packs = |part: &Part| PartFacts { pack_qty: part.pack(), ..PartFacts::default() };
        plan.part_facts = month.catalogue.parts.values().map(|part| (part.code.clone(), packs(part))).collect();
        let (calendar, hashes, out) = (month.calendar.clone(), TableHashes::default(), BTreeMap::new());
        let signed = ordered_pieces(&plan);
        let placing = lines_to_place(&plan, &month.supply, &month.catalogue, &calendar, month.today);
        prop_assert!(placing.findings.is_empty());
        let mut journal = Journal::default();
        let lines = placing.lines;
        journal.add(month.today, Event::Ordered { lines, stock: String::new(), peers: String::new() });
        let now = supply_now(&month.supply, &journal, &hashes, &out, month.today);
        let netted = crate::stage::net(&month.tours, &staged.kit, &month.catalogue, &now.supply, &calendar, month.today);
        for (before, after) in staged.parts.iter().zip(&netted.parts) {
            prop_assert_eq!((after.to_order, after.from_peer, after.short), (0, 0, before.short), "{}", after.part);
            prop_assert_eq!(after.on_order, before.on_order + before.from_peer + before.to_order);
        }
        plan.parts = netted.parts;
        plan.sourcing = netted.sourcing;
        plan.orders = book(&journal);
        plan.supply = seen(&plan, &month.supply, &hashes, &out, (month.today, month.today));
        prop_assert_eq!(ordered_pieces(&plan), signed);
    }

    #[test]
    fn the_order_of_the_tables_decides_nothing(month in any_month()) {
        let mut turned = month.clone();
        turned.tours.reverse();
        turned.catalogue.bom.reverse();
        turned.supply.stock.reverse();
        turned.supply.peers.reverse();
        turned.supply.suppliers.reverse();
        prop_assert_eq!(run(&month), run(&turned));
    }
}
