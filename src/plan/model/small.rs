//! A small month for tests: one tour, one stop, three vehicles of two contacts.

use std::collections::BTreeMap;

use crate::domain::{CallOutcome, Date, Fen, Settings};
use crate::plan::model::{
    Call, Callable, CalledVehicle, CribLine, Figures, ItemReason, KitLine, PLAN_SCHEMA,
    PLAN_VERSION, PartFacts, Plan, PlanPoint, PlannedItem, RowCounts, Search, Status, SupplySeen,
    Told, Tour, TourCost, Visit,
};

pub(crate) const VIN: &str = "12345678901234567";
pub(crate) const HOSTILE: &str = "=cmd|' /C calc'!A0";
pub(crate) const PHONE: &str = "13800008000";
pub(crate) const LEADER_PHONE: &str = "13900009000";

pub(crate) fn day(number: u32) -> Date {
    Date::new(2026, 12, number).unwrap()
}

fn called(vehicle: &str, booking: &str, customer: &str) -> CalledVehicle {
    let reason = ItemReason {
        rule: "interval".into(),
        by: "km".into(),
        since_km: None,
        since_months: None,
        interval_km: None,
        interval_months: None,
        severe: false,
        counted_from: "new".into(),
    };
    CalledVehicle {
        vehicle: vehicle.into(),
        booking: booking.into(),
        plate: "湘A00123".into(),
        customer: customer.into(),
        model: "V80".into(),
        county: "浏阳市".into(),
        town: "大瑶镇".into(),
        status: Status::Visit,
        tour: "T01".into(),
        visit: "T01-1".into(),
        km: 12.0,
        share: 0.9,
        place_uncertain: false,
        buy_date: None,
        odometer: None,
        last_service: Some(day(1)),
        last_service_km: Some(45_000.0),
        history: vec![],
        show_up: 0.8,
        items: vec![PlannedItem {
            item: "oil".into(),
            p: 0.8,
            hours: 0.5,
            labour: Fen(9_600),
            parts: Fen(33_600),
            agreed: false,
            reason,
        }],
        workshop_items: vec![],
        expected_hours: 0.4,
        planning_value: 100.0,
        expected_income: Fen(20_000),
        urgency: 1,
        key_customer: false,
        sms_optout: false,
        reason: String::new(),
        slot: String::new(),
        had_place: false,
        told: None,
    }
}

pub(crate) fn call(vehicle: &str, booking: &str, contact: &str, priority: u32) -> Call {
    Call {
        booking: booking.into(),
        tour: "T01".into(),
        vehicle: vehicle.into(),
        contact: contact.into(),
        call_date: Some(day(5)),
        caller: "王".into(),
        priority,
        slot_offered: "2026-12-10 09:00".into(),
        callable: Callable::Yes,
        rest_day: false,
        outcome: None,
        deviation: String::new(),
    }
}

fn tour() -> Tour {
    Tour {
        id: "T01".into(),
        team: "team-1".into(),
        van: "van-1".into(),
        leader: "李".into(),
        leader_phone: LEADER_PHONE.into(),
        technicians: 2,
        depart: day(10),
        ret: day(11),
        km: 180.0,
        drive_hours: 4.0,
        service_hours: 20.0,
        expected_hours: 12.0,
        nights: 1,
        cost: TourCost {
            travel: Fen(27_000),
            ..TourCost::default()
        },
        days: vec![],
        vehicles: 3,
        waitlist: 0,
        expected_income: Fen(60_000),
        hours_risk: vec![],
    }
}

fn point() -> PlanPoint {
    PlanPoint {
        id: "P07".into(),
        name: "大瑶汽修".into(),
        county: "浏阳市".into(),
        address: "金刚路 1 号".into(),
        lon: 113.7,
        lat: 28.0,
        visited: true,
        bays: 2,
        host: "陈".into(),
        lift: false,
        receives_goods: true,
        last_served: None,
        lost_share: 0.0,
    }
}

fn visit() -> Visit {
    Visit {
        id: "T01-1".into(),
        tour: "T01".into(),
        stop: 1,
        point: "P07".into(),
        first_day: day(10),
        last_day: day(11),
        vehicles: 3,
        expected_hours: 12.0,
        capacity_hours: 20.0,
        leg_km: 90.0,
        leg_hours: 2.0,
        leg_estimated: true,
        opens_at: 9.5,
    }
}

/// The small month after its calls: the vehicle with this booking comes at this time.
pub(crate) fn book(plan: &mut Plan, booking: &str, slot: &str) {
    for one in plan
        .vehicles
        .iter_mut()
        .filter(|one| one.booking == booking)
    {
        one.slot = slot.into();
        one.show_up = 0.9;
        for item in &mut one.items {
            item.agreed = true;
            item.p = 1.0;
        }
        one.told = Some(Told {
            outcome: Some(CallOutcome::Coming),
            on: Some(day(5)),
            price: Some(Fen(43_200)),
            ..Told::default()
        });
    }
}

pub(crate) fn plan() -> Plan {
    let kit = |vehicle: &str, visit: &str, qty| KitLine {
        tour: "T01".into(),
        visit: visit.into(),
        vehicle: vehicle.into(),
        part: "0012".into(),
        qty,
        ..KitLine::default()
    };
    let crib = CribLine {
        words: "抖动".into(),
        item: "oil".into(),
        probability: 0.4,
        price: Fen(43_200),
    };
    let facts = PartFacts {
        name: "机滤".into(),
        bin: "A-01".into(),
        weight_kg: 0.5,
        ..PartFacts::default()
    };
    Plan {
        schema: PLAN_SCHEMA.into(),
        schema_version: PLAN_VERSION.into(),
        id: "abc123".into(),
        made_by: "0.1.0".into(),
        month: "2026-12".into(),
        today: day(1),
        seed: 1,
        search: Search::default(),
        outlook: crate::plan::model::Outlook::default(),
        inputs: vec![],
        rows: RowCounts::default(),
        settings: Settings::default(),
        figures: Figures::default(),
        demand: vec![],
        points: vec![point()],
        tours: vec![tour()],
        visits: vec![visit()],
        vehicles: vec![
            called(VIN, "B-001", HOSTILE),
            called("LSK00000000000002", "B-002", "单车客户"),
            called("LSK00000000000003", "B-003", HOSTILE),
        ],
        calls: vec![
            call(VIN, "B-001", "C0001", 1),
            call("LSK00000000000002", "B-002", "C0002", 2),
            call("LSK00000000000003", "B-003", "C0001", 3),
        ],
        kit: vec![kit(VIN, "T01-1", 1), kit("", "", 2)],
        kits: vec![],
        parts: vec![],
        sourcing: vec![],
        crew: vec![],
        tools: vec![],
        items: BTreeMap::new(),
        part_facts: BTreeMap::from([("0012".to_owned(), facts)]),
        cribs: BTreeMap::from([("V80".to_owned(), vec![crib])]),
        reminders: vec![],
        orders: vec![],
        supply: SupplySeen::default(),
        changes: vec![],
        closings: vec![],
        month_closing: None,
        own_days: vec![],
        travel: super::RoadNote::default(),
        resting: vec![],
        approvals: BTreeMap::new(),
        findings: vec![],
    }
}
