//! A small month: one tour, one stop, three booked vehicles; each rule of its end.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::domain::{
    BomLine, Fen, FollowUpAnswer, HandOverAnswer, Item, JobReport, Part, Priority, Role, StockLine,
    SupplierKind, SupplierMode, TransportMode, VisitResult,
};
use crate::month::{Read, What, agenda};
use crate::plan::model::small::{VIN, day, plan};
use crate::plan::model::{
    Callable, Incident, IncidentKind, Outcome, PartsBy, PlanPoint, Told, Way,
};

const SECOND: &str = "LSK00000000000002";
const THIRD: &str = "LSK00000000000003";

/// The month and everything beside it; tests change one thing at a time.
struct Month {
    plan: Plan,
    catalogue: Catalogue,
    supply: Supply,
    points: Vec<ServicePoint>,
    crew: Vec<Person>,
    /// Who wants no calls, by what the population says.
    refusing: BTreeSet<String>,
    filled: Filled,
    today: Date,
}

impl Month {
    fn new() -> Self {
        let mut plan = plan();
        for (one, slot) in plan.vehicles.iter_mut().zip(["09:00", "10:00", "11:00"]) {
            one.slot = format!("2026-12-10 {slot}");
            one.items[0].agreed = true;
            one.items[0].p = 1.0;
        }
        plan.points.push(PlanPoint {
            id: "depot".into(),
            lon: 113.0,
            ..plan.points[0].clone()
        });
        plan.points.push(PlanPoint {
            id: "P09".into(),
            lon: 113.8,
            ..plan.points[0].clone()
        });
        plan.settings.dealer.name = "示例店".into();
        plan.settings.dealer.catchment_km = 20.0;
        plan.settings.costs.per_km = 1.5;
        let mut catalogue = Catalogue::default();
        let oil = Item {
            id: "oil".into(),
            on_site: true,
            margin: 100.0,
            priority: Priority::Wear,
            labour_price: Fen(9_600),
            ..Item::default()
        };
        catalogue.items.insert("oil".into(), oil);
        let filter = Part {
            code: "0012".into(),
            price: Fen(33_600),
            weight_kg: 0.5,
            allowed_modes: [TransportMode::Road, TransportMode::Express].into(),
            ..Part::default()
        };
        catalogue.parts.insert("0012".into(), filter);
        catalogue.bom.push(BomLine {
            item: "oil".into(),
            applies_to: "*".into(),
            part: "0012".into(),
            qty: 1,
        });
        let supply = Supply {
            coming: vec![],
            stock: vec![StockLine {
                part: "0012".into(),
                on_hand: 5,
                ..StockLine::default()
            }],
            peers: vec![],
            suppliers: vec![SupplierMode {
                supplier: "maker".into(),
                kind: SupplierKind::Maker,
                mode: TransportMode::Express,
                lead_workdays: 1,
                cost_fixed: 25.0,
                cost_per_kg: 8.0,
                cutoff_weekday: None,
            }],
        };
        let point = |id: &str, partner: bool, lift: bool| ServicePoint {
            id: id.into(),
            name: format!("网点{id}"),
            phone: "19900000001".into(),
            partner,
            lift,
            ..ServicePoint::default()
        };
        let leader = Person {
            name: "李".into(),
            role: Role::Leader,
            phone: "19900000002".into(),
            skills: BTreeSet::new(),
            level: 1,
            hours_per_day: None,
            calls_per_day: 0,
            days_off: BTreeSet::new(),
            driver: true,
        };
        Self {
            plan,
            catalogue,
            supply,
            points: vec![point("P07", true, false), point("P09", true, true)],
            crew: vec![leader],
            filled: Filled::default(),
            refusing: BTreeSet::new(),
            today: day(10),
        }
    }

    /// A job sheet read in today.
    fn report(&mut self, line: JobReport) {
        let on = self.today;
        self.filled.reports.push(Read { on, line });
    }

    fn closed(&self, tours: &[&str]) -> Closed {
        let roads = Roads::read(&self.plan, b"", b"");
        let calendar = Calendar::official();
        let ground = Ground {
            plan: &self.plan,
            catalogue: &self.catalogue,
            supply: &self.supply,
            calendar: &calendar,
            points: &self.points,
            crew: &self.crew,
            refuses: &|vehicle| self.refusing.contains(vehicle),
            roads: &roads,
            today: self.today,
        };
        let tours = tours.iter().map(|tour| (*tour).to_owned()).collect();
        close(&ground, &self.filled, &tours, &BTreeMap::new())
    }

    /// What one evening gives.
    fn evening(&self) -> TourClosing {
        self.closed(&[]).closings.remove(0)
    }

    /// Says yes or no to being handed over.
    fn consent(&mut self, vehicle: usize, consent: Option<bool>) {
        self.plan.vehicles[vehicle].told = Some(Told {
            handover_consent: consent,
            ..Told::default()
        });
    }
}

fn report(booking: &str, result: VisitResult) -> JobReport {
    JobReport {
        booking: booking.into(),
        result: Some(result),
        ..JobReport::default()
    }
}

fn done(booking: &str) -> JobReport {
    JobReport {
        used: vec![("0012".into(), 1)],
        hours: Some(0.5),
        settled: Some(Fen(43_200)),
        ..report(booking, VisitResult::Done)
    }
}

fn codes(closed: &Closed) -> Vec<&str> {
    closed
        .findings
        .iter()
        .map(|one| one.code.as_str())
        .collect()
}

fn value(kpis: &[crate::plan::model::Kpi], key: &str) -> Option<f64> {
    kpis.iter()
        .find(|kpi| kpi.key == key)
        .and_then(|kpi| kpi.value)
}

#[test]
fn a_closed_tour_accounts_for_every_booked_vehicle_and_silence_is_no_no_show() {
    let mut month = Month::new();
    month.report(done("B-001"));
    month.report(report("B-002", VisitResult::NoShow));
    let evening = month.evening();
    assert_eq!(evening.closed_on, None);
    assert_eq!(evening.outcomes.len(), 2);
    let closed = month.closed(&["T01"]);
    let tour = &closed.closings[0];
    let results: Vec<Outcome> = tour.outcomes.iter().map(|one| one.result).collect();
    assert_eq!(
        results,
        [Outcome::Done, Outcome::NoShow, Outcome::NotReported]
    );
    assert_eq!(tour.outcomes[0].items_done, ["oil"]);
    assert!(codes(&closed).contains(&"M069"));
    assert_eq!(value(&tour.kpis, "no_show"), Some(0.5));
}

#[test]
fn copies_of_one_day_count_once_and_sheets_of_two_days_add_up() {
    let mut month = Month::new();
    month.report(done("B-001"));
    month.report(JobReport {
        hours: Some(0.8),
        ..report("B-001", VisitResult::Done)
    });
    let closed = month.closed(&[]);
    let one = &closed.closings[0].outcomes[0];
    assert_eq!(one.hours, Some(0.8));
    assert_eq!(one.used, [("0012".to_owned(), 1)]);
    assert_eq!(codes(&closed), ["M062"]);
    month.report(JobReport {
        on: Some(day(11)),
        ..done("B-001")
    });
    let one = &month.evening().outcomes[0];
    assert_eq!(one.hours, Some(1.3));
    assert_eq!(one.used, [("0012".to_owned(), 2)]);
}

#[test]
fn a_walk_in_counts_apart_and_an_unknown_booking_is_said_and_kept() {
    let mut month = Month::new();
    month.report(JobReport {
        vehicle: "湘a99999".into(),
        tour: "T01".into(),
        walk_in: true,
        ..done("")
    });
    month.report(JobReport {
        tour: "T01".into(),
        ..done("2611-XXXX")
    });
    month.report(JobReport {
        vehicle: "湘A88888".into(),
        ..done("")
    });
    let closed = month.closed(&[]);
    let tour = &closed.closings[0];
    assert!(tour.outcomes.iter().all(|one| one.walk_in));
    assert_eq!(tour.outcomes.len(), 2);
    assert_eq!(codes(&closed), ["M060", "M061"]);
    assert_eq!(value(&tour.kpis, "walk_ins"), Some(2.0));
    assert_eq!(value(&tour.kpis, "income"), Some(0.0));
    assert_eq!(value(&tour.kpis, "income_walk_in"), Some(864.0));
}

#[test]
fn a_kit_balances_to_the_piece_and_what_was_never_on_the_van_is_said() {
    let mut month = Month::new();
    month.report(JobReport {
        used: vec![("0012".into(), 5), ("9999".into(), 1)],
        ..done("B-001")
    });
    let closed = month.closed(&[]);
    for line in &closed.closings[0].returns {
        assert_eq!(
            line.carried + line.extra,
            line.used + line.handed_over + line.back
        );
    }
    let filter = &closed.closings[0].returns[0];
    assert_eq!((filter.carried, filter.extra, filter.back), (3, 2, 0));
    assert_eq!(codes(&closed), ["M068", "M066"]);
}

#[test]
fn a_part_that_did_not_fit_comes_back_and_the_right_one_is_asked_for_first() {
    let mut month = Month::new();
    month.report(JobReport {
        wrong: vec![("0012".into(), 1)],
        ..report("B-001", VisitResult::PartlyDone)
    });
    let tour = month.evening();
    assert_eq!((tour.returns[0].back, tour.returns[0].wrong), (3, 1));
    assert_eq!(tour.incidents[0].kind, IncidentKind::WrongPart);
    assert_eq!(tour.incidents[0].chosen.way, Way::Phone);
    assert_eq!(tour.revisits[0].items, ["oil"]);
}

fn lacks_a_filter(month: &mut Month) -> Incident {
    month.report(JobReport {
        missing: vec![("0012".into(), 1)],
        ..report("B-001", VisitResult::PartlyDone)
    });
    month.evening().incidents.remove(0)
}

#[test]
fn a_missing_part_comes_from_the_vans_common_stock_while_there_is_some() {
    // Two pieces for nobody in particular, and the bags of two who are still to come stay untouched.
    let mut month = Month::new();
    assert_eq!(lacks_a_filter(&mut month).chosen.way, Way::Van);
}

#[test]
fn a_missing_part_is_sent_on_where_a_parcel_is_in_time_and_cheaper_than_a_trip() {
    let mut month = Month::new();
    month.plan.kit.clear();
    let incident = lacks_a_filter(&mut month);
    assert_eq!(
        (incident.chosen.way, incident.why.as_str()),
        (Way::SendOn, "cheapest")
    );
    assert_eq!(incident.chosen.cost, Some(Fen(2_900)));
    assert_eq!(incident.chosen.ready, Some(day(11)));
    let trip = incident
        .options
        .iter()
        .find(|one| one.way == Way::SecondTrip);
    let trip = trip.expect("considered");
    assert_eq!(trip.cost, Some(Fen::from_yuan(trip.km * 1.5)));
}

#[test]
fn where_no_parcel_can_be_received_a_trip_is_made_if_the_work_is_worth_it() {
    let mut month = Month::new();
    month.plan.kit.clear();
    month.plan.points[0].receives_goods = false;
    assert_eq!(lacks_a_filter(&mut month).chosen.way, Way::SecondTrip);
    let mut month = Month::new();
    month.plan.kit.clear();
    month.plan.points[0].receives_goods = false;
    month.plan.settings.costs.per_km = 50.0;
    let incident = lacks_a_filter(&mut month);
    assert_eq!(incident.chosen.way, Way::NextTour);
    assert_eq!(incident.why, "not_worth_it");
}

#[test]
fn safety_does_not_ask_what_it_costs_and_is_listed_first() {
    let mut month = Month::new();
    month.plan.kit.clear();
    month.plan.points[0].receives_goods = false;
    month.plan.settings.costs.per_km = 50.0;
    month.report(report("B-002", VisitResult::TooHard));
    let oil = month.catalogue.items.get_mut("oil").expect("an item");
    oil.priority = Priority::Safety;
    oil.on_site = false;
    let first = month.evening().incidents.remove(0);
    assert_eq!((first.chosen.way, first.chosen.cost), (Way::Tow, None));
    let oil = month.catalogue.items.get_mut("oil").expect("an item");
    oil.on_site = true;
    month.filled.reports.clear();
    assert_eq!(lacks_a_filter(&mut month).chosen.way, Way::SecondTrip);
}

#[test]
fn an_incident_decided_once_keeps_its_number_and_its_way() {
    let mut month = Month::new();
    month.plan.kit.clear();
    let first = lacks_a_filter(&mut month);
    month.plan.closings = month.closed(&[]).closings;
    month.supply.stock.clear();
    month.report(report("B-002", VisitResult::TooHard));
    let incidents = month.evening().incidents;
    assert!(incidents.contains(&first));
    assert_eq!(incidents.iter().map(|one| one.number).max(), Some(2));
}

#[test]
fn without_consent_nobody_is_handed_over() {
    let mut month = Month::new();
    for vehicle in ["B-001", "B-002", "B-003"] {
        month.report(report(vehicle, VisitResult::NoShow));
    }
    month.consent(0, None);
    month.consent(1, Some(false));
    let hand_overs = month.evening().hand_overs;
    assert_eq!(hand_overs.len(), 3);
    assert!(
        hand_overs
            .iter()
            .all(|one| !one.consent && !one.has_partner())
    );
}

#[test]
fn the_nearest_partner_that_can_do_it_is_asked_and_the_next_one_after_a_no() {
    let mut month = Month::new();
    month.consent(0, Some(true));
    month.report(report("B-001", VisitResult::NoShow));
    let one = month.evening().hand_overs.remove(0);
    assert_eq!((one.partner.as_str(), one.agreed_on), ("P07", None));
    assert_eq!(one.technical_contact, "李");
    assert_eq!(one.valid_until, day(10).plus_days(30));
    assert_eq!(one.parts, [("0012".to_owned(), 1)]);
    assert_eq!(month.evening().returns[0].held, 1);
    let answer = |partner: &str, agreed| Read {
        on: day(12),
        line: HandOverAnswer {
            booking: "B-001".into(),
            partner: partner.into(),
            agreed: Some(agreed),
            on: Some(day(12)),
            parts_left: Some(true),
            ..HandOverAnswer::default()
        },
    };
    month.filled.hand_overs.push(answer("P07", false));
    let one = month.evening().hand_overs.remove(0);
    assert_eq!((one.partner.as_str(), one.agreed_on), ("P09", None));
    month.filled.hand_overs.push(answer("P09", true));
    let tour = month.evening();
    let one = &tour.hand_overs[0];
    assert_eq!(
        (one.agreed_on, one.parts_by),
        (Some(day(12)), PartsBy::Left)
    );
    let line = &tour.returns[0];
    assert_eq!((line.handed_over, line.held, line.back), (1, 0, 2));
    month.filled.hand_overs.push(answer("P09", false));
    assert!(codes(&month.closed(&[])).contains(&"M070"));
}

#[test]
fn an_item_for_the_lift_goes_to_a_partner_with_one() {
    let mut month = Month::new();
    month.consent(0, Some(true));
    month.report(report("B-001", VisitResult::NoShow));
    let oil = month.catalogue.items.get_mut("oil").expect("an item");
    oil.needs_lift = true;
    assert_eq!(month.evening().hand_overs[0].partner, "P09");
}

#[test]
fn a_bag_others_took_from_is_sent_from_the_shelf_and_said() {
    let mut month = Month::new();
    month.consent(0, Some(true));
    month.report(report("B-001", VisitResult::NoShow));
    month.report(JobReport {
        used: vec![("0012".into(), 3)],
        ..done("B-002")
    });
    let closed = month.closed(&[]);
    let one = &closed.closings[0].hand_overs[0];
    assert!(one.parts.is_empty());
    assert_eq!(one.parts_short, [("0012".to_owned(), 1)]);
    assert!(codes(&closed).contains(&"M071"));
}

#[test]
fn three_days_later_everybody_who_came_is_called_but_not_who_wants_no_calls() {
    let mut month = Month::new();
    month.plan.calls[1].callable = Callable::DoNotCall;
    for booking in ["B-001", "B-002"] {
        month.report(done(booking));
    }
    month.report(report("B-003", VisitResult::NoShow));
    let calls = month.evening().follow_ups;
    assert_eq!(calls.len(), 1);
    assert_eq!((calls[0].vehicle.as_str(), calls[0].on), (VIN, day(13)));
    month.refusing.insert(VIN.into());
    assert_eq!(month.evening().follow_ups, [], "the population says so");
    month.refusing.clear();
    month.filled.follow_ups.push(Read {
        on: day(13),
        line: FollowUpAnswer {
            booking: "b-001".into(),
            satisfaction: Some(2),
            fault_again: Some(true),
            ..FollowUpAnswer::default()
        },
    });
    let tour = month.evening();
    assert_eq!(value(&tour.kpis, "satisfaction"), Some(2.0));
    assert_eq!(value(&tour.kpis, "fault_again"), Some(1.0));
    assert_eq!(value(&tour.kpis, "first_visit"), Some(0.5));
}

#[test]
fn a_figure_that_lacks_something_is_withheld_and_says_why() {
    let mut month = Month::new();
    month.report(done("B-001"));
    month.report(JobReport {
        hours: None,
        settled: None,
        ..done("B-002")
    });
    let tour = month.evening();
    for (key, note) in [("hours_used", "no_hours"), ("income", "no_settled")] {
        let kpi = tour
            .kpis
            .iter()
            .find(|kpi| kpi.key == key)
            .expect("printed");
        assert_eq!(
            (kpi.value, kpi.note.key.as_str(), kpi.note.count),
            (None, note, 1)
        );
    }
    assert_eq!(value(&tour.kpis, "job_fill"), Some(1.0));
    assert_eq!(value(&tour.kpis, "cost"), Some(270.0));
}

#[test]
fn the_figures_of_a_month_are_read_back_as_those_of_the_month_before() {
    let mut month = Month::new();
    month.report(done("B-001"));
    let closed = month.closed(&["T01"]);
    month.plan.closings = closed.closings;
    month.plan.month_closing = Some(closed.month);
    let table = kpis_table(&month.plan, &str::to_owned);
    let before = figures_before(&table);
    assert_eq!(before.get("served"), Some(&1.0));
    assert!(!before.contains_key("satisfaction"));
    let outcomes = String::from_utf8(outcomes_table(&month.plan)).expect("text");
    assert!(
        outcomes.contains("B-001,yes,yes,0.8000,,,oil,1.0000,yes,yes"),
        "{outcomes}"
    );
    assert!(
        outcomes.contains("B-003,yes,,0.8000,,,oil,1.0000,yes,no"),
        "{outcomes}"
    );
}

#[test]
fn nothing_is_read_before_a_tour_has_left_nor_closed_before_it_is_home() {
    let month = Month::new();
    let early = [done("b-001")];
    let refused = may_be_read(&month.plan, &early, day(9)).expect_err("too early");
    assert_eq!(refused.findings[0].code, "M072");
    assert!(may_be_read(&month.plan, &early, day(10)).is_ok());
    let out = to_be_closed(&month.plan, &month.filled, Some("T01"), day(10));
    assert_eq!(out.expect_err("still out").findings[0].code, "M076");
    let home = to_be_closed(&month.plan, &month.filled, None, day(11));
    assert_eq!(home, Ok(BTreeSet::new()), "nobody told anything yet");
    let home = to_be_closed(&month.plan, &month.filled, Some("T01"), day(11));
    assert_eq!(home, Ok(BTreeSet::from(["T01".to_owned()])));
}

#[test]
fn the_agenda_asks_for_the_closing_the_calls_and_the_partners_until_they_are_done() {
    let mut month = Month::new();
    month.consent(1, Some(true));
    month.report(done("B-001"));
    month.report(report("B-002", VisitResult::NoShow));
    let asked = |plan: &Plan| {
        let own = agenda(plan).into_iter().filter_map(|task| match task.what {
            What::Close { .. } => Some((task.by, "close")),
            What::FollowUp { calls: 1, .. } => Some((task.by, "call")),
            What::HandOver { vehicles: 1, .. } => Some((task.by, "partner")),
            _ => None,
        });
        own.collect::<Vec<_>>()
    };
    assert_eq!(asked(&month.plan), [(day(11), "close")]);
    month.plan.closings = month.closed(&["T01"]).closings;
    let until = day(10).plus_days(30);
    assert_eq!(asked(&month.plan), [(day(13), "call"), (until, "partner")]);
    assert!(month.plan.is_closed("T01"));
    assert_eq!(
        month
            .plan
            .closing("T01")
            .and_then(|one| one.outcome(SECOND))
            .map(|one| one.result),
        Some(Outcome::NoShow)
    );
    assert!(
        month
            .plan
            .closing("T01")
            .is_some_and(|one| one.outcome(THIRD).is_some())
    );
}
