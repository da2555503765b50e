//! The small month's planning problem and the workspace's tables.

use super::fixture::POINTS;
use crate::domain::{
    Catalogue, Item, LonLat, Part, Person, Role, ServicePoint, SupplierKind, SupplierMode, Supply,
    TransportMode, Van, Vehicle, catalogue::BomLine,
};
use crate::ingest::{Ingested, Tables};
use crate::plan::model::small::{self, VIN, day};
use crate::solve::territory::{
    Cell, Costs, Day, Legs, Limits, PROBLEM_SCHEMA, Pair, Pin, Point, Problem, Team,
};

pub(super) fn problem() -> Problem {
    let days = (1..=31).map(|number| {
        let date = day(number);
        Day {
            work: !date.is_weekend(),
            date: date.to_string(),
        }
    });
    let point = |id: &str| Point {
        id: id.into(),
        bays: 2.0,
        fee_per_day: 100.0,
        open: None,
        max_days: Some(2),
        pin: Pin::Free,
    };
    let mut points: Vec<Point> = POINTS.iter().map(|id| point(id)).collect();
    points[2].open = Some(Vec::new());
    points[4].pin = Pin::Never;
    let hours = [0.0, 1.0, 1.0, 1.0, 9.0, 1.0, 1.0];
    let leg = |a: usize, b: usize| {
        if a == b {
            0.0
        } else {
            f64::max(hours[a], hours[b])
        }
    };
    let table = |per_hour: f64| -> Vec<Vec<f64>> {
        (0..7)
            .map(|a| (0..7).map(|b| leg(a, b) * per_hour).collect())
            .collect()
    };
    let cell = |id: &str, hours: f64, value: f64| Cell {
        id: id.into(),
        vehicles: 3.0,
        hours,
        value,
    };
    let pair = |cell: usize, point: usize| Pair {
        cell,
        point,
        km: 12.0,
        share: 0.9,
        cost: 0.0,
    };
    Problem {
        schema: PROBLEM_SCHEMA.into(),
        days: days.collect(),
        teams: vec![Team {
            id: "team-1".into(),
            technicians: 2.0,
            hours_per_day: 8.0,
            cost_per_day: 900.0,
            days_off: vec!["2026-12-22".into()],
        }],
        limits: Limits {
            max_nights: 2,
            setup_hours: 0.5,
            min_service_hours: 2.0,
            max_drive_hours_per_day: 6.0,
            visits_per_point: 1,
            utilisation: 0.85,
            first_depart: Some("2026-12-04".into()),
            min_days_home: 0,
        },
        costs: Costs {
            per_km: 1.5,
            per_night: 300.0,
        },
        points,
        legs: Legs {
            km: table(60.0),
            hours: table(1.0),
        },
        cells: vec![
            cell("full", 40.0, 9_000.0),
            cell("poor", 10.0, 500.0),
            cell("shut", 10.0, 5_000.0),
        ],
        pairs: vec![pair(0, 0), pair(1, 1), pair(2, 2), pair(2, 3), pair(2, 4)],
    }
}

pub(super) fn ingested() -> Ingested {
    let mut catalogue = Catalogue::default();
    let oil = Item {
        id: "oil".into(),
        name: "机油保养".into(),
        hours: 0.5,
        skills: ["mech".to_owned()].into(),
        on_site: true,
        ..Item::default()
    };
    catalogue.items.insert("oil".into(), oil);
    let part = |code: &str, name: &str| Part {
        code: code.into(),
        name: name.into(),
        allowed_modes: [TransportMode::Road, TransportMode::Express].into(),
        weight_kg: 0.5,
        ..Part::default()
    };
    catalogue.parts.insert("0012".into(), part("0012", "机滤"));
    catalogue.bom.push(BomLine {
        item: "oil".into(),
        applies_to: "*".into(),
        part: "0012".into(),
        qty: 1,
    });
    let way = |mode: TransportMode, lead_workdays: u32, cost_fixed: f64| SupplierMode {
        supplier: "主机厂".into(),
        kind: SupplierKind::Maker,
        mode,
        lead_workdays,
        cost_fixed,
        cost_per_kg: 1.0,
        cutoff_weekday: None,
    };
    let at = |lon: f64| Some(LonLat { lon, lat: 28.2 });
    let vehicle = |id: &str, lon: f64| Vehicle {
        id: id.into(),
        customer: "王小明".into(),
        phones: [small::PHONE.into()].into(),
        lon_lat: at(lon),
        ..Vehicle::default()
    };
    let person = |name: &str, role: Role, skills: &str, driver: bool| Person {
        name: name.into(),
        role,
        phone: small::LEADER_PHONE.into(),
        skills: skills.split('|').map(str::to_owned).collect(),
        level: 1,
        hours_per_day: None,
        calls_per_day: 60,
        days_off: [day(24)].into(),
        driver,
    };
    let point = |id: &str| ServicePoint {
        id: id.into(),
        name: if id == "P07" {
            "大瑶汽修".into()
        } else {
            format!("名{id}")
        },
        bays: 2,
        lon_lat: at(114.0),
        ..ServicePoint::default()
    };
    let tables = Tables {
        vehicles: vec![
            vehicle(VIN, 114.0),
            vehicle("FAR", 109.7),
            vehicle("HOME", 112.95),
        ],
        points: POINTS.iter().map(|id| point(id)).collect(),
        catalogue,
        supply: Supply {
            suppliers: vec![
                way(TransportMode::Road, 3, 10.0),
                way(TransportMode::Express, 1, 80.0),
            ],
            ..Supply::default()
        },
        crew: vec![
            person("王", Role::Adviser, "", false),
            person("张", Role::Technician, "mech", false),
            person("李", Role::Leader, "mech", true),
            person("赵", Role::Technician, "paint", false),
            person("钱", Role::Technician, "mech", false),
        ],
        vans: vec![Van {
            id: "van-1".into(),
            volume_l: 0.0,
            payload_kg: 0.0,
            seats: 5,
            days_off: [].into(),
        }],
        ..Tables::default()
    };
    Ingested {
        tables,
        ..Ingested::default()
    }
}
