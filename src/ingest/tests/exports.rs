//! Reports as systems export them: what stands around the table, and what sheets a file has.

use rust_xlsxwriter::{Format, Workbook};

use crate::ingest::{Fate, Ingested};

use super::Workspace;

const HEADER: &str = "车架号,车牌号,客户名称,手机号码,车型";

fn vehicle(number: u32) -> String {
    format!("LSKG5GL1{number:09},湘A{number:05},测试客户{number},199{number:08},V80")
}

fn read(text: &str) -> Ingested {
    Workspace::with("population/a.csv", text).read()
}

fn counts(ingested: &Ingested) -> (u64, u64, u64, u64) {
    assert!(ingested.adds_up());
    let counts = ingested.counts;
    (
        counts.accepted,
        counts.merged,
        counts.rejected,
        counts.ignored,
    )
}

#[test]
fn what_a_report_says_around_its_table_is_counted_and_rejected_nowhere() {
    let page = format!("测试大通,,,,\n保有量明细,,,,\n{HEADER}\n");
    let end = "本页小计：,2,,,\n共2条记录,,,,\n第1页/共2页,,,,\n注：仅供内部使用,,,,\n2、里程以进店为准,,,,\n制表：测试,,审核：测试,,\n";
    let (one, two) = (vehicle(1), vehicle(2));
    let ingested = read(&format!("{page}{one}\n{page}{two}\n{end}"));
    assert_eq!(counts(&ingested), (2, 0, 0, 11));
}

#[test]
fn a_row_with_a_phone_is_no_sum_whatever_it_begins_with() {
    let ingested = read(&format!(
        "{HEADER}\n{}\n,,合计,19900000009,V80\n注：见附页,,测试客户,19900000008,\n",
        vehicle(1)
    ));
    assert_eq!(counts(&ingested), (1, 0, 2, 0));
}

#[test]
fn a_header_of_two_rows_may_be_repeated() {
    let header = "车辆,,客户,,,上次保养,\n车架号,车牌号,姓名,电话,车型,日期,里程\n";
    let row = |number| format!("{},2026-05-01,20000\n", vehicle(number));
    let ingested = read(&format!("{header}{}{header}{}", row(1), row(2)));
    assert_eq!(counts(&ingested), (2, 0, 0, 3));
    assert!(
        ingested
            .tables
            .vehicles
            .iter()
            .all(|v| v.last_service.km == Some(20_000.0))
    );
}

#[test]
fn a_file_joined_from_two_encodings_is_read_whole() {
    let mut bytes = format!("{HEADER}\n{}\n{}\n", vehicle(1), vehicle(2)).into_bytes();
    bytes.extend_from_slice(&encoding_rs::GB18030.encode(&vehicle(3)).0);
    let ingested = Workspace::with("population/a.csv", bytes).read();
    let customers = ingested.tables.vehicles.iter().map(|v| v.customer.as_str());
    assert_eq!(
        customers.collect::<Vec<_>>(),
        ["测试客户1", "测试客户2", "测试客户3"]
    );
    assert!(ingested.has("D010"));
}

/// A sheet with these rows of text.
fn add_sheet(book: &mut Workbook, name: &str, rows: &[String]) {
    let sheet = book.add_worksheet();
    sheet.set_name(name).expect("a name");
    for (at, row) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(row.split(',')) {
            if !cell.is_empty() {
                sheet.write(at, column, cell).expect("a cell");
            }
        }
    }
}

fn read_book(mut book: Workbook) -> Ingested {
    let bytes = book.save_to_buffer().expect("a workbook");
    Workspace::with("population/a.xlsx", bytes).read()
}

#[test]
fn a_list_of_repairs_beside_the_vehicles_does_not_fail_the_file() {
    let mut book = Workbook::new();
    add_sheet(&mut book, "车辆", &[HEADER.to_owned(), vehicle(1)]);
    let repairs = [
        "车牌号,维修日期,项目".to_owned(),
        "湘A00001,2026-05-01,换机油".to_owned(),
    ];
    add_sheet(&mut book, "维修记录", &repairs);
    let ingested = read_book(book);
    assert_eq!(counts(&ingested), (1, 0, 0, 0));
    let told = ingested
        .findings
        .iter()
        .find(|finding| finding.code == "D020");
    let told = told.expect("the other sheet is said");
    assert_eq!(
        (told.at.sheet.as_str(), told.args["columns"].as_str()),
        ("维修记录", "customer, phone, model")
    );
}

#[test]
fn a_hidden_sheet_is_said_and_not_read() {
    let mut book = Workbook::new();
    add_sheet(&mut book, "车辆", &[HEADER.to_owned(), vehicle(1)]);
    add_sheet(&mut book, "旧数据", &[HEADER.to_owned(), vehicle(2)]);
    let hidden = book.worksheet_from_index(1).expect("a sheet");
    hidden.set_hidden(true);
    let ingested = read_book(book);
    assert_eq!(counts(&ingested).0, 1);
    assert!(ingested.has("D021"));
}

#[test]
fn a_cell_merged_over_a_fleets_rows_holds_for_each_of_them() {
    let mut book = Workbook::new();
    let rows: Vec<String> = (1..=3)
        .map(|n| format!("LSKG5GL1{n:09},湘A{n:05},,,V80"))
        .collect();
    add_sheet(
        &mut book,
        "车辆",
        &[&[HEADER.to_owned()], rows.as_slice()].concat(),
    );
    let sheet = book.worksheet_from_index(0).expect("a sheet");
    let plain = Format::new();
    sheet
        .merge_range(1, 2, 2, 2, "测试车队", &plain)
        .expect("merged");
    sheet
        .merge_range(1, 3, 2, 3, "19900000001", &plain)
        .expect("merged");
    sheet
        .merge_range(3, 0, 9, 0, "LSKG5GL1000000003", &plain)
        .expect("merged");
    let ingested = read_book(book);
    assert_eq!(counts(&ingested).0, 3);
    let customers = ingested
        .tables
        .vehicles
        .iter()
        .map(|v| (v.customer.as_str(), v.phones.len()));
    assert_eq!(
        customers.collect::<Vec<_>>(),
        [("测试车队", 1), ("测试车队", 1), ("", 0)]
    );
}

/// A workbook put together by hand: its sheet, and its properties.
fn by_hand(properties: &str, sheet: &str) -> Vec<u8> {
    use std::io::Write as _;
    let relations = |id: &str, kind: &str, target: &str| {
        format!(
            "<Relationships><Relationship Id=\"{id}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let workbook = format!(
        "<workbook xmlns:r=\"r\">{properties}<sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let parts = [
        ("xl/worksheets/sheet1.xml", sheet.to_owned()),
        ("xl/workbook.xml", workbook),
        (
            "xl/_rels/workbook.xml.rels",
            relations("rId1", "worksheet", "worksheets/sheet1.xml"),
        ),
        (
            "_rels/.rels",
            relations("rId1", "officeDocument", "xl/workbook.xml"),
        ),
    ];
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, text) in parts {
        archive.start_file(name, options).expect("a part");
        archive.write_all(text.as_bytes()).expect("written");
    }
    archive.finish().expect("an archive").into_inner()
}

fn sheet_of(rows: &[&str]) -> String {
    let row = |text: &&str| {
        let cell = |cell: &str| match cell.parse::<f64>() {
            Ok(number) => format!("<c><v>{number}</v></c>"),
            Err(_) => format!("<c t=\"inlineStr\"><is><t>{cell}</t></is></c>"),
        };
        format!(
            "<row>{}</row>",
            text.split(',').map(cell).collect::<String>()
        )
    };
    format!(
        "<worksheet><sheetData>{}</sheetData></worksheet>",
        rows.iter().map(row).collect::<String>()
    )
}

#[test]
fn a_day_without_a_date_format_counts_from_the_workbooks_own_epoch() {
    let sheet = sheet_of(&[
        "车架号,客户名称,手机号码,车型,购车日期",
        "LSKG5GL14HA000001,甲,19900000001,V80,43585",
    ]);
    for (properties, day) in [
        ("", "2019-04-30"),
        ("<workbookPr date1904=\"1\"/>", "2023-05-01"),
    ] {
        let bytes = by_hand(properties, &sheet);
        let ingested = Workspace::with("population/a.xlsx", bytes).read();
        let bought = ingested.tables.vehicles[0]
            .buy_date
            .map(|date| date.to_string());
        assert_eq!(bought.as_deref(), Some(day), "{properties}");
        let repaired = ingested.repairs.iter().filter(|repair| repair.line == 2);
        assert!(repaired.into_iter().any(|repair| repair.from == "43585"));
    }
}

#[test]
fn a_cell_address_beyond_every_sheet_is_a_damaged_workbook() {
    // Found by chance inputs: the workbook reader multiplied beyond its integers.
    let sheet =
        "<worksheet><sheetData><row r=\"orksheetzzzzz1\"><c/></row></sheetData></worksheet>";
    let failure = Workspace::with("population/a.xlsx", by_hand("", sheet)).failure();
    assert_eq!(failure[0].code, "D008");
}

#[test]
fn pages_are_known_by_their_first_element_whatever_stands_before() {
    let row = |cells: &str, tag: &str| {
        let cells = cells
            .split(',')
            .map(|cell| format!("<{tag}>{cell}</{tag}>"));
        format!("<tr>{}</tr>", cells.collect::<String>())
    };
    let table = format!(
        "<table>{}{}</table>",
        row(HEADER, "th"),
        row(&vehicle(1), "td")
    );
    let wide: Vec<u8> = format!("\u{feff}<html>{table}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let pages = [
        format!("<!-- exported --><html>{table}</html>").into_bytes(),
        format!("<div>{table}</div>").into_bytes(),
        wide,
    ];
    for page in pages {
        let ingested = Workspace::with("population/a.xls", page).read();
        assert_eq!(counts(&ingested), (1, 0, 0, 0));
    }
    let fates = read(&format!("{HEADER}\n{}\n", vehicle(1))).fates;
    assert!(fates.iter().all(|fate| fate.fate != Fate::Rejected));
}
