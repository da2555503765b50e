use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use calamine::{DataRef, Reader, Xlsx};

use super::super::{ContactLine, DocumentSet, Found, Messages, Page, WordsTold};
use super::words::{WORDS, own_word};
use super::workbooks;
use crate::domain::Fen;
use crate::findings::Lang;
use crate::plan::model::small::{HOSTILE, PHONE, VIN, day, plan};
use crate::plan::model::{Callable, Plan, Signature, SourceKind, SourcingLine};
use crate::stage::{LoadLine, load_order};

pub(super) fn pages_of(plan: &Plan, lang: Lang) -> Vec<Page> {
    let line = ContactLine {
        contact: "张".into(),
        phones: vec![PHONE.into()],
    };
    let contacts = plan
        .vehicles
        .iter()
        .map(|one| (one.vehicle.clone(), line.clone()))
        .collect();
    let visits: Vec<String> = plan.visits.iter().map(|visit| visit.id.clone()).collect();
    let load: BTreeMap<String, Vec<LoadLine>> = BTreeMap::from([(
        "T01".to_owned(),
        load_order("T01", &visits, &plan.kit, &plan.part_facts),
    )]);
    let set = DocumentSet {
        plan,
        found: Found::of(plan),
        contacts: &contacts,
        load: &load,
        lang,
        words_told: words_told(),
        outlines: &[],
    };
    workbooks(&set, &Messages::new(lang)).unwrap()
}

/// What the second vehicle's owner said, with a number nobody may dial from the foreman's sheet.
fn words_told() -> BTreeMap<String, WordsTold> {
    let told = WordsTold {
        usage: "跑乡镇".into(),
        symptoms: format!("刹车异响，打我儿子电话{PHONE}"),
        wishes: String::new(),
    };
    BTreeMap::from([("B-002".to_owned(), told)])
}

pub(super) fn page<'a>(pages: &'a [Page], name: &str) -> &'a Page {
    pages.iter().find(|page| page.path.ends_with(name)).unwrap()
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Seen {
    Text(String),
    Number(f64),
    Date(f64),
}

/// The filled cells of the first sheet, read as the tool itself reads what comes back.
pub(super) fn cells(page: &Page) -> BTreeMap<(u32, u32), Seen> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(page.bytes.as_slice())).unwrap();
    let sheet = book.sheet_names().first().unwrap().clone();
    let mut reader = book.worksheet_cells_reader(&sheet).unwrap();
    let mut cells = BTreeMap::new();
    while let Some(cell) = reader.next_cell().unwrap() {
        let value = match cell.get_value() {
            DataRef::SharedString(text) => Seen::Text((*text).to_owned()),
            DataRef::String(text) => Seen::Text(text.clone()),
            DataRef::Float(number) => Seen::Number(*number),
            DataRef::Int(number) => Seen::Number(*number as f64),
            DataRef::DateTime(moment) => Seen::Date(moment.as_f64()),
            _ => continue,
        };
        cells.insert(cell.get_position(), value);
    }
    cells
}

fn column(cells: &BTreeMap<(u32, u32), Seen>, title: &str) -> u32 {
    let wanted = Seen::Text(title.to_owned());
    cells
        .iter()
        .find(|((row, _), value)| *row == 0 && **value == wanted)
        .map(|((_, column), _)| *column)
        .unwrap()
}

/// One part of the archive, as text.
fn xml(page: &Page, part: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(page.bytes.as_slice())).unwrap();
    let mut text = String::new();
    archive
        .by_name(part)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

#[test]
fn a_call_sheet_has_its_header_in_row_1_and_the_booking_key_in_column_a() {
    let pages = pages_of(&plan(), Lang::Zh);
    let cells = cells(page(&pages, "call-sheet-2026-12-05-王.xlsx"));
    assert_eq!(cells.get(&(0, 0)), Some(&Seen::Text("预约编号".into())));
    for row in 1..=3 {
        let Some(Seen::Text(key)) = cells.get(&(row, 0)) else {
            panic!("row {row} has no key")
        };
        assert!(key.starts_with("B-00"));
    }
}

#[test]
fn vehicles_of_one_contact_stand_together() {
    let pages = pages_of(&plan(), Lang::Zh);
    let cells = cells(page(&pages, "call-sheet-2026-12-05-王.xlsx"));
    let order: Vec<_> = (1..=3)
        .filter_map(|row| cells.get(&(row, 0)).cloned())
        .collect();
    assert_eq!(
        order,
        ["B-001", "B-003", "B-002"].map(|key| Seen::Text(key.into()))
    );
}

#[test]
fn a_vin_of_digits_a_phone_and_a_hostile_customer_are_text() {
    let pages = pages_of(&plan(), Lang::Zh);
    let sheet = page(&pages, "call-sheet-2026-12-05-王.xlsx");
    let cells = cells(sheet);
    for (title, text) in [("车架号", VIN), ("手机号码", PHONE), ("客户名称", HOSTILE)] {
        let found = cells.get(&(1, column(&cells, title)));
        assert_eq!(found, Some(&Seen::Text(text.into())), "{title}");
    }
    assert!(!xml(sheet, "xl/worksheets/sheet1.xml").contains("<f>"));
}

#[test]
fn days_are_real_dates() {
    let pages = pages_of(&plan(), Lang::Zh);
    let sheet = page(&pages, "call-sheet-2026-12-05-王.xlsx");
    let cells = cells(sheet);
    // 2026-12-01 as a spreadsheet counts days.
    assert_eq!(
        cells.get(&(1, column(&cells, "上次保养日期"))),
        Some(&Seen::Date(46_357.0))
    );
    assert!(xml(sheet, "xl/styles.xml").contains("formatCode=\"yyyy-mm-dd\""));
}

#[test]
fn a_part_code_keeps_its_zeros_and_the_list_its_total() {
    let pages = pages_of(&plan(), Lang::Zh);
    let cells = cells(page(&pages, "pick-list.xlsx"));
    assert_eq!(
        cells.get(&(1, column(&cells, "编码"))),
        Some(&Seen::Text("0012".into()))
    );
    let qty = column(&cells, "数量");
    assert_eq!(cells.get(&(4, qty)), Some(&Seen::Number(3.0)));
}

#[test]
fn the_tours_sheet_names_point_and_days_of_every_stop() {
    let pages = pages_of(&plan(), Lang::En);
    let cells = cells(page(&pages, "tours.xlsx"));
    assert_eq!(
        cells.get(&(1, column(&cells, "Point"))),
        Some(&Seen::Text("P07".into()))
    );
    assert_eq!(
        cells.get(&(1, column(&cells, "Days"))),
        Some(&Seen::Number(2.0))
    );
}

#[test]
fn full_phones_stand_only_in_the_call_sheet_and_never_for_who_is_not_to_be_called() {
    let mut plan = plan();
    let shows = |page: &Page| xml(page, "xl/sharedStrings.xml").contains(PHONE);
    let with: Vec<String> = pages_of(&plan, Lang::Zh)
        .iter()
        .filter(|page| shows(page))
        .map(|page| page.path.clone())
        .collect();
    assert_eq!(with, ["tours/T01-浏阳市/call-sheet-2026-12-05-王.xlsx"]);
    for call in &mut plan.calls {
        call.callable = Callable::DoNotCall;
    }
    assert!(!pages_of(&plan, Lang::Zh).iter().any(shows));
}

#[test]
fn a_sheet_prints_on_a4_with_page_numbers_a_repeated_header_and_lists_to_choose_from() {
    let pages = pages_of(&plan(), Lang::Zh);
    let sheet = page(&pages, "call-sheet-2026-12-05-王.xlsx");
    let text = xml(sheet, "xl/worksheets/sheet1.xml");
    for wanted in [
        "paperSize=\"9\"",
        "orientation=\"landscape\"",
        "fitToHeight=\"0\"",
        "第&amp;P页/共&amp;N页",
        "abc123 · 未审批",
        "来,未定,不来,未接,空号,再打",
        "state=\"frozen\"",
        "<autoFilter",
    ] {
        assert!(text.contains(wanted), "{wanted}");
    }
    let names = xml(sheet, "xl/workbook.xml");
    assert!(names.contains("_xlnm.Print_Titles") && names.contains("_xlnm.Print_Area"));
}

#[test]
fn a_signature_is_printed_on_what_it_covers() {
    let mut plan = plan();
    let sign = Signature {
        by: "刘 & 周".into(),
        on: day(2),
        sha256: String::new(),
    };
    plan.approvals.insert("T01".into(), sign);
    let pages = pages_of(&plan, Lang::Zh);
    let load = xml(page(&pages, "load-list.xlsx"), "xl/worksheets/sheet1.xml");
    assert!(load.contains("已审批 刘 &amp;&amp; 周 2026-12-02"));
    let parts = xml(page(&pages, "parts-list.xlsx"), "xl/worksheets/sheet1.xml");
    assert!(parts.contains("未审批"));
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    let first = pages_of(&plan(), Lang::Zh);
    std::thread::sleep(std::time::Duration::from_millis(2_100));
    assert!(first == pages_of(&plan(), Lang::Zh));
    assert_eq!(first.len(), 8);
}

#[test]
fn a_text_longer_than_a_cell_and_an_empty_month_are_still_workbooks() {
    let mut long = plan();
    long.vehicles[0].customer = "长".repeat(40_000);
    assert_eq!(pages_of(&long, Lang::En).len(), 8);
    let mut empty = plan();
    empty.calls.clear();
    empty.kit.clear();
    // Nobody to call: no call sheet.
    assert_eq!(pages_of(&empty, Lang::En).len(), 7);
    empty.tours.clear();
    assert_eq!(pages_of(&empty, Lang::En).len(), 3);
}

#[test]
fn characters_no_workbook_may_hold_do_not_damage_it() {
    let mut odd = plan();
    odd.vehicles[0].customer = "张\u{1}三\u{ffff}".into();
    odd.tours[0].van = "van\u{1}\u{fffe}&&&&".repeat(20);
    let pages = pages_of(&odd, Lang::Zh);
    for page in &pages {
        for part in [
            "docProps/core.xml",
            "docProps/app.xml",
            "xl/worksheets/sheet1.xml",
        ] {
            assert!(
                !xml(page, part).contains(['\u{1}', '\u{fffe}', '\u{ffff}']),
                "{part}"
            );
        }
        assert!(xml(page, "xl/worksheets/sheet1.xml").contains("<oddHeader>"));
    }
    assert!(
        !xml(
            page(&pages, "call-sheet-2026-12-05-王.xlsx"),
            "xl/sharedStrings.xml"
        )
        .contains(['\u{1}', '\u{ffff}'])
    );
}

#[test]
fn every_word_stands_once_and_in_both_languages() {
    let keys: BTreeSet<&str> = WORDS.iter().map(|(key, _, _)| *key).collect();
    assert_eq!(keys.len(), WORDS.len());
    assert!(
        WORDS
            .iter()
            .all(|(_, zh, en)| !zh.is_empty() && !en.is_empty())
    );
    assert_eq!(own_word(Lang::En, "vin"), Some("VIN"));
}

#[test]
fn no_header_is_a_key_that_has_no_word_and_no_two_columns_share_a_title() {
    for page in pages_of(&plan(), Lang::Zh)
        .iter()
        .filter(|page| !page.path.ends_with("/plan.xlsx"))
    {
        let mut seen = BTreeSet::new();
        for ((_, _), title) in cells(page).into_iter().filter(|((row, _), _)| *row == 0) {
            let Seen::Text(text) = title else {
                panic!("{}: a header is not text", page.path)
            };
            let is_key = text.chars().all(|c| c.is_ascii_lowercase() || c == '_');
            assert!(!is_key, "{}: {text}", page.path);
            assert!(seen.insert(text.clone()), "{}: {text} twice", page.path);
        }
    }
}

#[test]
fn figures_have_their_unit_in_the_title() {
    for (lang, titles) in [
        (
            Lang::Zh,
            ["当前里程（km）", "告知价格（元）", "上次保养里程（km）"],
        ),
        (
            Lang::En,
            ["Odometer now (km)", "Price told (yuan)", "Last service km"],
        ),
    ] {
        let pages = pages_of(&plan(), lang);
        let cells = cells(page(&pages, "call-sheet-2026-12-05-王.xlsx"));
        for title in titles {
            column(&cells, title);
        }
    }
}

#[test]
fn what_is_short_late_or_damaged_stands_out_without_any_colour() {
    let mut plan = plan();
    plan.sourcing.push(SourcingLine {
        part: "0012".into(),
        tour: "T01".into(),
        source: SourceKind::Order,
        supplier: String::new(),
        mode: String::new(),
        qty: 2,
        order_qty: 0,
        number: String::new(),
        to: "depot".into(),
        order_by: None,
        arrives: None,
        cost: Fen(0),
        feasible: false,
        reason: "too_late".into(),
    });
    let pages = pages_of(&plan, Lang::Zh);
    let parts = page(&pages, "parts-list.xlsx");
    assert!(xml(parts, "xl/worksheets/sheet1.xml").contains("operator=\"greaterThan\""));
    let late = xml(parts, "xl/worksheets/sheet2.xml");
    assert!(
        late.contains("operator=\"equal\"") && late.contains("<formula>\"来不及\"</formula>"),
        "{late}"
    );
    let style = xml(parts, "xl/styles.xml");
    let (_, alerts) = style.split_once("<dxfs").expect("formats");
    assert!(alerts.contains("<b/>") && alerts.contains('▲'), "{alerts}");
}

#[test]
fn every_bag_has_a_label_in_unloading_order_and_its_number_is_that_of_the_pick_list() {
    let pages = pages_of(&plan(), Lang::Zh);
    let labels = cells(page(&pages, "labels.xlsx"));
    let text = |text: &str| Some(Seen::Text(text.into()));
    let at = |row: u32, title: &str| labels.get(&(row, column(&labels, title))).cloned();
    // What every stop may need lies nearest to the door.
    assert_eq!((at(1, "车牌"), at(1, "袋")), (text("公用备件"), None));
    assert_eq!(
        (at(2, "车牌"), at(2, "预约编号")),
        (text("湘A00123"), text("B-001"))
    );
    assert_eq!(
        (at(2, "袋"), at(2, "到站编号")),
        (Some(Seen::Number(1.0)), text("T01-1"))
    );
    let picked = cells(page(&pages, "pick-list.xlsx"));
    assert_eq!(
        picked.get(&(1, column(&picked, "袋号"))),
        Some(&Seen::Number(1.0))
    );
}
