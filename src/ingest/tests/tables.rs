use crate::domain::{SupplierKind, TransportMode, Weekday};
use crate::ingest::alias_table;

use super::Workspace;

const POPULATION: &str =
    "vin,plate,customer,phone,model\nLSKG5GL14HA000001,湘A12345,甲,13800138000,V80\n";

fn workspace() -> Workspace {
    Workspace::with("population/a.csv", POPULATION)
}

#[test]
fn every_table_is_read_with_its_defaults() {
    let tables = workspace().read().tables;
    assert_eq!(tables.points.len(), 2);
    assert_eq!(tables.points[0].open.weekdays.len(), 5);
    assert!(tables.points[0].lift && tables.points[1].open.weekdays.is_empty());
    assert_eq!(tables.catalogue.items["I05"].skills.len(), 2);
    assert_eq!(
        tables.catalogue.items["I02"].labour_price.to_string(),
        "96.00"
    );
    assert_eq!(
        tables.catalogue.parts["C001"].allowed_modes.len(),
        3,
        "no mode stated = all"
    );
    assert_eq!(
        tables.catalogue.parts["C002"].allowed_modes,
        [TransportMode::Road].into()
    );
    assert_eq!(tables.catalogue.parts["C001"].pack_qty, 1);
    let supplier = &tables.supply.suppliers[0];
    assert_eq!(
        (supplier.kind, supplier.cutoff_weekday),
        (SupplierKind::Maker, Some(Weekday::Wed))
    );
    assert_eq!(tables.crew[0].days_off.len(), 1);
    assert_eq!(tables.vans[0].seats, 3);
    assert!(tables.calendar.knows(2026));
}

#[test]
fn a_fraction_of_a_piece_is_rounded_up_and_said() {
    let ingested = workspace().read();
    let line = ingested
        .tables
        .catalogue
        .bom
        .iter()
        .find(|l| l.part == "C002")
        .expect("a line");
    assert_eq!(line.qty, 7);
    assert!(
        ingested
            .repairs
            .iter()
            .any(|r| r.from == "6.5" && r.to == "7")
    );
}

#[test]
fn stock_on_several_shelves_is_added_up() {
    let ingested = workspace().read();
    let stock = &ingested.tables.supply.stock;
    assert_eq!(
        (stock.len(), stock[0].on_hand, stock[0].bin.as_str()),
        (1, 6, "A1|B1")
    );
    assert!(ingested.has("D307"));
}

#[test]
fn references_that_lead_nowhere_are_warnings() {
    let mut workspace = workspace()
        .and(
            "catalogue/rules.csv",
            "item,applies_to,kind,km\nI99,D,interval,1\nI02,Z9,interval,1\nI05,D,wear,\n",
        )
        .and(
            "catalogue/bom.csv",
            "item,applies_to,part,qty\nI99,D,C999,1\n",
        )
        .and("stock.csv", "part,on_hand\nC998,1\n")
        .and("matrix.csv", "from,to,km,minutes\ndepot,P99,10,20\n");
    workspace.settings.team = vec![crate::domain::settings::TeamSettings {
        van: "VAN9".into(),
        ..Default::default()
    }];
    let ingested = workspace.read();
    for code in ["D301", "D302", "D303", "D305", "D306", "D310"] {
        assert!(ingested.has(code), "{code}");
    }
}

#[test]
fn history_finds_its_vehicle_by_vin_and_by_plate() {
    let history = "车架号,车牌号,日期,进店里程,项目\nlskg5gl14ha000001,,2026/3/1,\"50,000\",I02\n,湘A·12345,2025-03-01,,I05\n,湘Z99999,2025-03-01,,I05\n";
    let ingested = workspace().and("history.csv", history).read();
    let seen: Vec<(&str, String, Option<f64>)> = ingested
        .tables
        .history
        .iter()
        .map(|entry| (entry.what.as_str(), entry.date.to_string(), entry.km))
        .collect();
    assert_eq!(
        seen,
        [
            ("I05", "2025-03-01".into(), None),
            ("I02", "2026-03-01".into(), Some(50_000.0))
        ]
    );
    assert!(ingested.has("D309"));
}

#[test]
fn a_row_of_any_table_that_cannot_be_read_is_named_and_the_others_are_read() {
    let history = "vin,plate,date,item\n\
        LSKG5GL14HA000001,,2026-03-01,\"I02\n\
        ,湘A12345,2025-03-01,I05,,x\n\
        ,湘A12345,2024-03-01,I05\n";
    let ingested = workspace()
        .and("history.csv", history)
        .and("stock.csv", "part,on_hand\nC001,4\nC002,1,000\n合计,5\n")
        .read();
    let lost: Vec<String> = ingested
        .findings
        .iter()
        .filter(|finding| finding.code.starts_with("D20"))
        .map(|finding| format!("{} {}:{}", finding.code, finding.at.file, finding.at.line))
        .collect();
    assert_eq!(
        lost,
        [
            "D203 history.csv:2",
            "D202 history.csv:3",
            "D202 stock.csv:3"
        ]
    );
    assert_eq!(ingested.tables.history.len(), 1);
    assert_eq!(ingested.tables.supply.stock.len(), 1);
}

#[test]
fn the_dealers_calendar_lies_over_the_published_one() {
    let ingested = workspace()
        .and(
            "calendar.csv",
            "日期,类型\n2026-12-05,班\n2026-12-07,rest\n",
        )
        .read();
    let day = |text| crate::domain::Date::parse_iso(text).expect("a day");
    assert!(ingested.tables.calendar.is_work(day("2026-12-05")));
    assert!(!ingested.tables.calendar.is_work(day("2026-12-07")));
    assert!(!ingested.tables.calendar.is_work(day("2026-10-01")));
}

#[test]
fn the_order_of_rows_of_any_table_does_not_matter() {
    let reversed = |text: &str| {
        let (header, rows) = text.split_once('\n').expect("a header");
        let mut rows: Vec<&str> = rows.lines().collect();
        rows.reverse();
        format!("{header}\n{}\n", rows.join("\n"))
    };
    let mut other = workspace();
    for (name, text) in super::TABLES {
        other = other.and(name, reversed(text));
    }
    assert_eq!(other.read().tables, workspace().read().tables);
}

#[test]
fn a_key_twice_keeps_one_row_whatever_the_order() {
    let rows = ["P01,甲站,宁乡市,2", "P01,乙站,宁乡市,3"];
    let read = |a: &str, b: &str| {
        let ingested = workspace()
            .and("points.csv", format!("point,name,county,bays\n{a}\n{b}\n"))
            .read();
        assert!(ingested.has("D304"));
        ingested.tables.points
    };
    assert_eq!(read(rows[0], rows[1]), read(rows[1], rows[0]));
}

#[test]
fn a_position_the_wrong_way_round_is_turned_and_one_abroad_is_not_used() {
    let points =
        "point,name,lon,lat,bays\nP01,a,28.2,112.9,1\nP02,b,2.3,48.8,1\nP03,c,112.5,28.0,1\n";
    let ingested = workspace().and("points.csv", points).read();
    let at: Vec<Option<f64>> = ingested
        .tables
        .points
        .iter()
        .map(|p| p.lon_lat.map(|at| at.lon))
        .collect();
    assert_eq!(at, [Some(112.9), None, Some(112.5)]);
    assert!(ingested.has("D113"));
}

#[test]
fn every_name_of_a_table_means_one_column() {
    let mut seen = std::collections::BTreeMap::new();
    for (table, key, names, _) in alias_table() {
        for name in names {
            let plain = crate::ingest::naming::plain(name);
            if let Some(other) = seen.insert((table, plain), key) {
                assert_eq!(other, key, "{table}: {name}");
            }
        }
    }
    assert!(seen.len() > 300);
}

#[test]
fn headers_match_whatever_their_dress() {
    for header in [
        "*车 架 号（ＶＩＮ）",
        "VIN",
        "vin码",
        "车架号",
        "[车架号]",
        "底盘号",
    ] {
        let text = format!(
            "{header},Customer Name,手机号码*,车型(必填)\nLSKG5GL14HA000001,甲,13800138000,V80\n"
        );
        let ingested = Workspace::with("population/a.csv", text).read();
        assert_eq!(
            ingested.tables.vehicles[0].id, "LSKG5GL14HA000001",
            "{header}"
        );
    }
}

#[test]
fn a_bill_of_a_thousand_million_pieces_is_named_and_left_out() {
    let bom = "item,applies_to,part,qty\nI02,*,C001,1000000000\nI02,*,C001,2\n";
    let ingested = workspace().and("catalogue/bom.csv", bom).read();
    assert!(ingested.findings.iter().any(|one| one.code == "D120"));
    let quantities: Vec<u32> = ingested
        .tables
        .catalogue
        .bom
        .iter()
        .map(|line| line.qty)
        .collect();
    assert_eq!(quantities, [2]);
}
