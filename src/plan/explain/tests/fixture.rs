//! A small month to be explained: one tour to one of six points, and a customer for every reason to have no place.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::tables::{ingested, problem};
use crate::domain::{Date, Month};
use crate::findings::Lang;
use crate::ingest::Ingested;
use crate::place::{GazetteerChoice, Matcher};
use crate::plan::explain::{Explanation, Ground, Why, explain};
use crate::plan::model::small::{self, VIN, day};
use crate::plan::model::{
    CustomerRow, Duty, ItemFacts, PartRequirement, Plan, PlanPoint, SourceKind, SourcingLine,
    Status,
};
use crate::solve::territory::{Problem, Solution, StopPlan, TourPlan, solve_fixed};

/// Points: visited, not worth it, closed, too far, never, without customers.
pub(super) const POINTS: [&str; 6] = ["P07", "P08", "P09", "P10", "P11", "P12"];

/// Everything an explanation is drawn from, owned.
pub(super) struct SmallMonth {
    pub(super) plan: Plan,
    pub(super) ingested: Ingested,
    pub(super) problem: Problem,
    pub(super) customers: Vec<CustomerRow<'static>>,
}

impl SmallMonth {
    pub(super) fn new() -> Self {
        let problem = problem();
        let mut plan = plan();
        let tours = vec![TourPlan {
            team: "team-1".into(),
            depart: "2026-12-10".into(),
            stops: vec![StopPlan {
                point: "P07".into(),
                days: 2,
            }],
        }];
        let solution = solve_fixed(&problem, &tours).expect("a tour that keeps the rules");
        plan.search.objective = solution.objective;
        let customers = customers(&plan);
        Self {
            plan,
            ingested: ingested(),
            problem,
            customers,
        }
    }

    pub(super) fn solution(&self) -> Solution {
        let tours = [TourPlan {
            team: "team-1".into(),
            depart: "2026-12-10".into(),
            stops: vec![StopPlan {
                point: "P07".into(),
                days: 2,
            }],
        }];
        solve_fixed(&self.problem, &tours).expect("a tour that keeps the rules")
    }

    pub(super) fn ask(&self, key: &str, lang: Lang) -> Result<Explanation, Why> {
        let ground = Ground {
            plan: &self.plan,
            month: Month::parse("2026-12").expect("a month"),
            ingested: &self.ingested,
            places: Matcher::builtin(GazetteerChoice::All),
            problem: self.problem.clone(),
            solution: self.solution(),
            customers: self.customers.clone(),
            changed: Vec::new(),
        };
        explain(&ground, key, lang)
    }

    /// The English answer.
    pub(super) fn answer(&self, key: &str) -> Explanation {
        self.ask(key, Lang::En).expect("an explanation")
    }

    /// What customers.csv says of a vehicle, changed.
    pub(super) fn row(&mut self, vehicle: &str) -> &mut CustomerRow<'static> {
        let mut rows = self.customers.iter_mut();
        rows.find(|row| row.vehicle == vehicle).expect("a row")
    }
}

fn plan() -> Plan {
    let mut plan = small::plan();
    let point = |id: &str| PlanPoint {
        id: id.into(),
        name: format!("名{id}"),
        visited: false,
        ..plan.points[0].clone()
    };
    let others: Vec<PlanPoint> = POINTS[1..].iter().map(|id| point(id)).collect();
    plan.points.extend(others);
    plan.settings.dealer.lon = Some(112.9);
    plan.settings.dealer.lat = Some(28.2);
    plan.vehicles[2].status = Status::Waitlist;
    plan.vehicles[2].reason = "capacity".into();
    // The last place is worth less an hour than who waits, but fits into what is left.
    plan.visits[0].expected_hours = 19.8;
    plan.items.insert(
        "oil".into(),
        ItemFacts {
            name: "机油保养".into(),
            name_en: "Oil service".into(),
            hours: 0.5,
            ..ItemFacts::default()
        },
    );
    plan.parts = vec![PartRequirement {
        part: "0012".into(),
        needed_expected: 2.0 * 0.8 * 0.9 * 0.8,
        kit_qty: 3,
        peak_qty: 3,
        on_hand: 1,
        from_stock: 1,
        on_order: 0,
        from_peer: 0,
        to_order: 2,
        short: 0,
        monitored: false,
    }];
    let line = |source: SourceKind, qty: u32| SourcingLine {
        part: "0012".into(),
        tour: "T01".into(),
        source,
        supplier: String::new(),
        mode: String::new(),
        qty,
        order_by: None,
        arrives: None,
        to: "depot".into(),
        cost: crate::domain::Fen(0),
        feasible: true,
        reason: String::new(),
        order_qty: 0,
        number: String::new(),
    };
    let mut order = line(SourceKind::Order, 2);
    order.supplier = "主机厂".into();
    order.mode = "road".into();
    order.order_by = Some(day(4));
    order.arrives = Some(day(9));
    order.reason = "cheapest".into();
    plan.sourcing = vec![line(SourceKind::Stock, 1), order];
    let duty = |person: &str, role: &str, date: Date| Duty {
        tour: "T01".into(),
        date,
        person: person.into(),
        role: role.into(),
        driver: person == "李",
        skills: "mech".into(),
        hours: 7.5,
        rest_day: false,
    };
    plan.crew = vec![
        duty("李", "leader", day(10)),
        duty("张", "technician", day(10)),
        duty("李", "leader", day(11)),
        duty("张", "technician", day(11)),
    ];
    plan
}

/// A row for everybody called, and one for every reason to have no place.
fn customers(plan: &Plan) -> Vec<CustomerRow<'static>> {
    let blank = CustomerRow {
        vehicle: Cow::default(),
        plate: Cow::default(),
        customer: "王小明".into(),
        county: "浏阳市".into(),
        town: "大瑶镇".into(),
        cell: Cow::default(),
        status: Status::Deferred,
        tour: Cow::default(),
        visit: Cow::default(),
        point: Cow::default(),
        date: None,
        km: None,
        items: "oil:0.8".into(),
        workshop_items: Cow::default(),
        expected_hours: 0.4,
        share: None,
        planning_value: 100.0,
        reason: Cow::default(),
        missing: Cow::default(),
    };
    let mut rows: Vec<CustomerRow<'static>> = plan
        .vehicles
        .iter()
        .map(|one| CustomerRow {
            vehicle: one.vehicle.clone().into(),
            plate: one.plate.clone().into(),
            cell: "full".into(),
            status: one.status,
            tour: one.tour.clone().into(),
            visit: one.visit.clone().into(),
            point: "P07".into(),
            date: Some(day(10)),
            km: Some(one.km),
            share: Some(one.share),
            reason: one.reason.clone().into(),
            ..blank.clone()
        })
        .collect();
    // The three share a plate in the small plan.
    rows[1].plate = "湘A00124".into();
    rows[2].plate = "湘A00125".into();
    let other =
        |vehicle: &'static str, cell: &'static str, status, reason: &'static str| CustomerRow {
            vehicle: vehicle.into(),
            cell: cell.into(),
            status,
            reason: reason.into(),
            ..blank.clone()
        };
    rows.extend([
        other("POOR", "poor", Status::Deferred, "not_this_month"),
        other("SHUT", "shut", Status::Deferred, "not_this_month"),
        other("FAR", "far", Status::Deferred, "out_of_reach"),
        other("LOST", "", Status::Deferred, "no_place"),
        other("NO", "full", Status::Deferred, "declined"),
        other("HOME", "home", Status::Invite, "catchment"),
    ]);
    rows
}

/// Objective of tours.
pub(super) fn objective(problem: &Problem, tours: &[TourPlan]) -> f64 {
    solve_fixed(problem, tours)
        .expect("tours that keep the rules")
        .objective
}

/// Nobody's phone and no customer's full name.
pub(super) fn keeps_secrets(said: &Explanation) {
    let json = said.facts.to_string();
    for secret in [
        small::PHONE,
        small::LEADER_PHONE,
        "王小明",
        small::HOSTILE,
        "单车客户",
    ] {
        assert!(!said.text.contains(secret), "{secret}: {}", said.text);
        assert!(!json.contains(secret), "{secret}: {json}");
    }
}

/// Facts by pointer, as numbers.
pub(super) fn number(said: &Explanation, pointer: &str) -> f64 {
    let found = said
        .facts
        .pointer(pointer)
        .and_then(serde_json::Value::as_f64);
    found.unwrap_or_else(|| panic!("{pointer}: {}", said.facts))
}

/// All kinds of keys of this month.
pub(super) fn keys() -> BTreeMap<&'static str, &'static str> {
    BTreeMap::from([
        ("T01", "tour"),
        ("T01-1", "visit"),
        ("P07", "point"),
        ("P08", "point"),
        (VIN, "vehicle"),
        ("LSK00000000000003", "vehicle"),
        ("FAR", "vehicle"),
        ("0012", "part"),
        ("oil", "item"),
        ("李", "person"),
        ("王", "person"),
        ("2026-12-10", "day"),
    ])
}
