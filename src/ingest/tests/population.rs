use encoding_rs::GB18030;

use crate::domain::{CustomerType, SourceRow, Usage, Vehicle};
use crate::findings::{Lang, describe};
use crate::ingest::{Fate, Ingested};

use super::Workspace;

pub(super) const HEADER: &str = "*车架号(VIN),车牌号,*客户名称,联系人,手机号码,车型,县(区),购车日期,行驶里程,里程日期,上次保养日期,上次保养里程,客户类型,车辆用途,拒绝联系,备注";
const GOOD: &str = "LSKG5GL14HA000001,湘A·12345,甲公司,王师傅,138 0013 8000,大通V80,宁乡市,2020/5/1,8.6万,2026-10-01,2026-04-01,\"80,000\",单位,物流,否,";

pub(super) fn read(rows: &[&str]) -> Ingested {
    let text = format!("{HEADER}\n{}\n", rows.join("\n"));
    Workspace::with("population/a.csv", text).read()
}

pub(super) fn only(ingested: &Ingested) -> &Vehicle {
    assert_eq!(ingested.tables.vehicles.len(), 1);
    &ingested.tables.vehicles[0]
}

#[test]
fn a_row_becomes_a_vehicle_with_typed_values() {
    let ingested = read(&[GOOD]);
    let vehicle = only(&ingested);
    assert_eq!(vehicle.id, "LSKG5GL14HA000001");
    assert_eq!(vehicle.plate.as_deref(), Some("湘A12345"));
    assert_eq!(vehicle.phones[..], ["13800138000"]);
    assert_eq!(vehicle.model.as_deref(), Some("V80 2.5T柴"));
    assert_eq!(
        vehicle.buy_date.map(|d| d.to_string()).as_deref(),
        Some("2020-05-01")
    );
    let readings: Vec<(String, f64)> = vehicle
        .readings
        .iter()
        .map(|r| (r.date.to_string(), r.km))
        .collect();
    assert_eq!(
        readings,
        [
            ("2026-04-01".into(), 80_000.0),
            ("2026-10-01".into(), 86_000.0)
        ]
    );
    assert_eq!(
        (vehicle.customer_type, vehicle.usage),
        (CustomerType::Firm, Usage::Logistics)
    );
    assert!(!vehicle.do_not_call && vehicle.handover_consent.is_none());
    let rules: Vec<&str> = ingested
        .repairs
        .iter()
        .filter(|r| r.file.starts_with("population"))
        .map(|r| r.rule)
        .collect();
    assert_eq!(rules.len(), 5, "{rules:?}");
    let phone = ingested
        .repairs
        .iter()
        .find(|r| r.rule.starts_with("phone"))
        .expect("a repair");
    assert_eq!(
        (phone.from.as_str(), phone.to.as_str()),
        ("138 0013 8000", "13800138000")
    );
    assert_eq!((phone.line, phone.column.as_ref()), (2, "E 手机号码"));
}

#[test]
fn a_vehicle_without_model_phone_or_place_is_accepted() {
    let ingested = read(&[",湘A12345,,,,,,,,,,,,,,"]);
    let vehicle = only(&ingested);
    assert_eq!(vehicle.id, "湘A12345");
    assert!(vehicle.model.is_none() && vehicle.phones.is_empty() && vehicle.county.is_empty());
}

#[test]
fn only_a_row_without_identity_is_rejected_with_its_original_text() {
    let bad = ",无牌,丙某,,13900139000,V80,长沙县,,,,,,,,,";
    let ingested = read(&[GOOD, bad, "见附件,湘A,丁某,,,,,,,,,,,,,"]);
    assert_eq!((ingested.counts.accepted, ingested.counts.rejected), (1, 2));
    let fate = &ingested.fates[0];
    assert_eq!(
        (fate.fate, fate.line, fate.code),
        (Fate::Rejected, 3, "D201")
    );
    assert_eq!(
        (fate.original.as_str(), fate.column.as_str()),
        (bad, "B 车牌号")
    );
    assert!(ingested.has("D201") && ingested.adds_up());
}

#[test]
fn bad_cells_are_named_by_line_and_letter_and_left_empty() {
    let ingested = read(&[
        "LSKG5GL14HA000001,湘A12345,甲某,,1.38E+10,奇瑞,,2030-01-01,10000,2026-10-01,2026-04-01,20000,外星人,,maybe,",
    ]);
    let vehicle = only(&ingested);
    assert!(vehicle.phones.is_empty() && vehicle.buy_date.is_none());
    assert!(vehicle.do_not_call, "an unreadable refusal is a refusal");
    assert_eq!(
        ingested.found(),
        ["D106:2", "D102:2", "D104:2", "D109:2", "D108:2"]
    );
    let future = ingested
        .findings
        .iter()
        .find(|f| f.code == "D102")
        .expect("a finding");
    assert_eq!(
        (future.at.letter.as_str(), future.value.as_str()),
        ("H", "2030-01-01")
    );
}

#[test]
fn findings_never_show_names_phones_or_addresses() {
    let ingested = read(&[
        "LSKG5GL14HA000001,湘A12345,秘密客户,秘密联系人,13800138/秘密,奇瑞,,x,y,z,w,v,外星人,q,maybe,秘密",
        "LSKG5GL14HA000001,湘A12345,另一客户,,13900139000,V80,浏阳市,,,,,,,,,",
        ",,秘密客户,,13911112222,,,,,,,,,,,",
    ]);
    for finding in &ingested.findings {
        for lang in [Lang::Zh, Lang::En] {
            let text = describe(finding, lang);
            let shown = format!("{text} {finding:?}");
            for secret in ["秘密", "13800138", "13900139000", "13911112222", "另一客户"] {
                assert!(!shown.contains(secret), "{shown}");
            }
            assert!(!text.contains('{'), "a gap was not filled: {text}");
        }
    }
    let hidden = format!("{:?}{:?}", ingested.fates, ingested.repairs);
    assert!(
        !hidden.contains("秘密") && !hidden.contains("13800138"),
        "{hidden}"
    );
}

#[test]
fn a_malformed_vin_gives_way_to_the_plate_and_alone_still_identifies() {
    let ingested = read(&[
        "LSKG5GL14HAO00001,湘A12345,甲,,,,,,,,,,,,,",
        "00123,,乙,,,,,,,,,,,,,",
        "LSKG5GL10HA000001,湘B12345,丙,,,,,,,,,,,,,",
    ]);
    let ids: Vec<&str> = ingested
        .tables
        .vehicles
        .iter()
        .map(|v| v.id.as_str())
        .collect();
    assert_eq!(ids, ["00123", "LSKG5GL10HA000001", "湘A12345"]);
    assert_eq!(ingested.found(), ["D110:2", "D110:3", "D111:4"]);
    let first = describe(&ingested.findings[0], Lang::En);
    assert!(
        first.contains("LSKG5GL14HA000001"),
        "the suggestion: {first}"
    );
}

#[test]
fn titles_totals_blank_rows_and_repeated_headers_are_ignored_and_counted() {
    let text = format!(
        "湖南区域保有量明细表,,,\n导出时间：2026-11-01\n\n{HEADER}\n{GOOD}\n\n,,,\n,,,\n{HEADER}\n合计：,1台,,\n制表人：某某\n\n\n"
    );
    let ingested = Workspace::with("population/a.csv", text).read();
    assert_eq!(ingested.counts.accepted, 1);
    let ignored: Vec<(u32, &str)> = ingested.fates.iter().map(|f| (f.line, f.code)).collect();
    let expected = [
        (1, "D206"),
        (2, "D206"),
        (3, "D205"),
        (6, "D205"),
        (7, "D205"),
        (8, "D205"),
        (9, "D208"),
        (10, "D207"),
        (11, "D207"),
    ];
    assert_eq!(ignored, expected);
    assert_eq!((ingested.counts.ignored, ingested.counts.rows), (9, 10));
}

#[test]
fn a_long_blank_tail_is_one_entry_and_counted_in_full() {
    let text = format!("{HEADER}\n{GOOD}\n{}", ",,,\n".repeat(50_000));
    let ingested = Workspace::with("population/a.csv", text).read();
    assert_eq!((ingested.fates.len(), ingested.fates[0].rows), (1, 50_000));
    assert_eq!(ingested.counts.ignored, 50_000);
}

#[test]
fn a_shifted_row_and_an_unclosed_quote_cost_their_own_row_only() {
    let shifted = format!("{GOOD},多出来的");
    let ingested = read(&[
        &shifted,
        "\"LSKG5GL14HA000002,湘A22222,x",
        ",湘A33333,,,,,,,,,,,,,,",
    ]);
    let rejected: Vec<(u32, &str)> = ingested.fates.iter().map(|f| (f.line, f.code)).collect();
    assert_eq!(rejected, [(2, "D202"), (3, "D203")]);
    assert_eq!(only(&ingested).id, "湘A33333");
    assert!(ingested.adds_up());
}

#[test]
fn encoding_delimiter_and_newline_do_not_change_the_vehicles() {
    let rows = [
        GOOD,
        "LSKG5GL10HA000002,,㮾梨某公司,,13900139000,V80,长沙县,,,,,,,,,\"两\n行\"",
        ",湘B12345,,,,,,,,,,,,,,",
    ];
    let text = format!("{HEADER}\n{}\n", rows.join("\n"));
    let bare = |ingested: Ingested| without_source(ingested.tables.vehicles);
    let plain = bare(Workspace::with("population/a.csv", &text).read());
    assert_eq!(plain.len(), 3);
    let semicolon = text.replace("\"80,000\"", "80000").replace(',', ";");
    let variants: [(&str, Vec<u8>); 6] = [
        ("bom", format!("\u{feff}{text}").into_bytes()),
        ("gb18030", GB18030.encode(&text).0.into_owned()),
        ("crlf", text.replace('\n', "\r\n").into_bytes()),
        ("cr", text.replace('\n', "\r").into_bytes()),
        ("semicolon", semicolon.clone().into_bytes()),
        ("tab", semicolon.replace(';', "\t").into_bytes()),
    ];
    for (name, bytes) in variants {
        let mut read = bare(Workspace::with("population/a.csv", bytes).read());
        for vehicle in &mut read {
            vehicle.remark = vehicle
                .remark
                .replace("\r\n", "\n")
                .replace('\r', "\n")
                .into();
        }
        assert_eq!(read, plain, "{name}");
    }
}

#[test]
fn several_files_are_read_in_order_of_name_and_others_are_said() {
    let one = format!("{HEADER}\n{GOOD}\n");
    let two = "plate;车主;电话;车型\n湘C11111;乙;0731-84512345;EV30\n";
    let workspace = Workspace::with("population/b.csv", &one)
        .and("population/a.txt", two)
        .and("population/~$b.csv", "x")
        .and("population/说明.docx", "x");
    let ingested = workspace.read();
    assert_eq!(ingested.tables.vehicles.len(), 2);
    assert!(ingested.has("D009"));
    let names: Vec<&str> = ingested
        .files
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    assert!(names.contains(&"population/a.txt") && !names.contains(&"population/~$b.csv"));
}

#[test]
fn an_undated_odometer_is_taken_at_the_last_service_or_today_and_said() {
    let text = "车牌号,客户,电话,车型,公里数,上次保养日期\n湘A11111,甲,13800138000,V80,50000,2026-03-01\n湘A22222,乙,13800138001,V80,60000,\n";
    let ingested = Workspace::with("population/a.csv", text).read();
    let days: Vec<String> = ingested
        .tables
        .vehicles
        .iter()
        .map(|v| v.readings[0].date.to_string())
        .collect();
    assert_eq!(days, ["2026-03-01", "2026-11-23"]);
    let said = ingested
        .findings
        .iter()
        .find(|f| f.code == "D116")
        .expect("a finding");
    assert_eq!(said.args["count"], "1");
}

#[test]
fn several_phone_columns_are_several_phones() {
    let text = "车牌号,客户,手机,座机,车型\n湘A11111,甲,13800138000,0731-84512345,V80\n";
    let ingested = Workspace::with("population/a.csv", text).read();
    assert_eq!(only(&ingested).phones[..], ["13800138000", "073184512345"]);
    assert!(!ingested.has("D013"));
}

#[test]
fn model_texts_are_reported_once_however_many_vehicles_bear_them() {
    let rows = "湘A11111,甲,,T60\n湘A22222,乙,,T60\n湘A33333,丙,,大通V80长轴\n";
    let text = format!("车牌号,客户,电话,车型\n{rows}");
    let ingested = Workspace::with("population/a.csv", text).read();
    let said: Vec<(&str, &str)> = ingested
        .findings
        .iter()
        .filter(|f| f.code.starts_with("D11"))
        .map(|f| (f.code.as_str(), f.args["count"].as_str()))
        .collect();
    assert_eq!(said, [("D114", "2"), ("D115", "1")]);
    assert_eq!(
        ingested.tables.vehicles[2].model.as_deref(),
        Some("V80 2.5T柴")
    );
    assert_eq!(
        ingested.tables.vehicles[0].model, None,
        "never a guess among equals"
    );
}

/// Without the cited row, which alone depends on order.
pub(super) fn without_source(vehicles: Vec<Vehicle>) -> Vec<Vehicle> {
    vehicles
        .into_iter()
        .map(|vehicle| Vehicle {
            source: SourceRow::default(),
            ..vehicle
        })
        .collect()
}

#[test]
fn a_header_of_two_rows_is_read_as_one() {
    let text = "区域车辆台账,,,,,,,\n\
        车架号,客户,,车型,上次保养,,备注,\n\
        ,姓名,电话,,日期,里程,,\n\
        LSKDEM000H0009001,测试客户甲,19900000001,EV30,2026-05-01,8600,电话里说,\n";
    let ingested = Workspace::with("population/a.csv", text).read();
    let vehicle = &ingested.tables.vehicles[0];
    assert_eq!(vehicle.customer, "测试客户甲");
    assert_eq!(vehicle.phones[..], ["19900000001"]);
    assert_eq!(vehicle.last_service.km, Some(8600.0));
    assert_eq!((ingested.counts.accepted, ingested.counts.ignored), (1, 2));
}

#[test]
fn a_first_row_of_values_is_not_taken_for_the_lower_half_of_a_header() {
    let text = "车架号,客户名称,手机号码,车型,备注\n\
        LSKDEM000H0009001,车主,19900000001,EV30,电话\n";
    let ingested = Workspace::with("population/a.csv", text).read();
    assert_eq!(ingested.counts.accepted, 1);
    assert_eq!(ingested.tables.vehicles[0].customer, "车主");
}
