//! The stage's promises: order days, bags, the peak, sources, loading, and rule 6 on random months.

mod bags;
mod ledger;
mod loading;
mod order_days;
mod packs;
mod reasons;
mod rule_six;
mod sources;

use super::{JobNeed, TourJobs, VisitJobs};
use crate::domain::settings::PartsSettings;
use crate::domain::{
    BomLine, Catalogue, Date, Fen, Item, Part, StockLine, SupplierKind, SupplierMode, Supply,
    TransportMode, Weekday,
};

fn day(text: &str) -> Date {
    Date::parse_iso(text).expect("a test date")
}

fn part(code: &str, modes: &[TransportMode]) -> Part {
    Part {
        code: code.into(),
        name: code.into(),
        price: Fen(10_000),
        volume_l: 1.0,
        weight_kg: 2.0,
        allowed_modes: modes.iter().copied().collect(),
        ..Part::default()
    }
}

fn road_part(code: &str) -> Part {
    part(code, &[TransportMode::Road, TransportMode::Express])
}

/// Items `k:<part>` that need `qty` of one part, on every model.
fn catalogue(parts: &[(Part, u32)]) -> Catalogue {
    let mut catalogue = Catalogue::default();
    for (part, qty) in parts {
        let item = format!("k:{}", part.code);
        catalogue.items.insert(
            item.clone(),
            Item {
                id: item.clone(),
                ..Item::default()
            },
        );
        catalogue.bom.push(BomLine {
            item,
            applies_to: "*".into(),
            part: part.code.clone(),
            qty: *qty,
        });
        catalogue.parts.insert(part.code.clone(), part.clone());
    }
    catalogue
}

fn way(
    supplier: &str,
    kind: SupplierKind,
    mode: TransportMode,
    lead: u32,
    fixed: f64,
    kg: f64,
) -> SupplierMode {
    SupplierMode {
        supplier: supplier.into(),
        kind,
        mode,
        lead_workdays: lead,
        cost_fixed: fixed,
        cost_per_kg: kg,
        cutoff_weekday: None::<Weekday>,
    }
}

/// Road in 5 workdays for 20 + 1/kg, express in 2 for 30 + 10/kg.
fn maker() -> Vec<SupplierMode> {
    vec![
        way(
            "maker",
            SupplierKind::Maker,
            TransportMode::Road,
            5,
            20.0,
            1.0,
        ),
        way(
            "maker",
            SupplierKind::Maker,
            TransportMode::Express,
            2,
            30.0,
            10.0,
        ),
    ]
}

fn on_shelf(part: &str, on_hand: u32) -> StockLine {
    StockLine {
        part: part.into(),
        on_hand,
        ..StockLine::default()
    }
}

fn job(vehicle: &str, show: f64, items: &[(&str, f64)]) -> JobNeed {
    JobNeed {
        vehicle: vehicle.into(),
        model: Some("V80".into()),
        show,
        items: items
            .iter()
            .map(|(item, p)| ((*item).to_owned(), *p))
            .collect(),
        ..JobNeed::default()
    }
}

fn tour(id: &str, depart: &str, ret: &str, jobs: Vec<JobNeed>) -> TourJobs {
    let visit = VisitJobs {
        visit: format!("{id}-1"),
        point: "P1".into(),
        first_day: day(depart),
        receives_goods: false,
        jobs,
    };
    TourJobs {
        tour: id.into(),
        depart: day(depart),
        ret: day(ret),
        van: None,
        visits: vec![visit],
        loaded: None,
    }
}

fn sure(vehicle: &str, part: &str) -> JobNeed {
    job(vehicle, 1.0, &[(&format!("k:{part}"), 1.0)])
}

fn settings() -> PartsSettings {
    PartsSettings::default()
}

fn supply(stock: Vec<StockLine>, suppliers: Vec<SupplierMode>) -> Supply {
    Supply {
        coming: vec![],
        stock,
        peers: Vec::new(),
        suppliers,
    }
}
