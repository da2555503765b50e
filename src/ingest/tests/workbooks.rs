use rust_xlsxwriter::{Format, Workbook};

use crate::ingest::Ingested;

use super::Workspace;

const HEADERS: [&str; 8] = [
    "车架号",
    "车牌号",
    "客户名称",
    "手机号码",
    "车型",
    "购车日期",
    "行驶里程",
    "里程日期",
];

/// A title, the header on row 2, a vehicle with numbers and dates as Excel holds them.
fn workbook() -> Workbook {
    let mut book = Workbook::new();
    let date = Format::new().set_num_format("yyyy/m/d");
    let sheet = book.add_worksheet();
    sheet.set_name("保有量").expect("a name");
    sheet
        .merge_range(0, 0, 0, 7, "2026年保有量", &Format::new())
        .expect("a title");
    for (column, header) in (0..).zip(HEADERS) {
        sheet.write(1, column, header).expect("a header");
    }
    sheet.write(2, 0, "LSKG5GL14HA000001").expect("a cell");
    sheet.write(2, 1, "湘A12345").expect("a cell");
    sheet.write(2, 2, "甲").expect("a cell");
    sheet.write(2, 3, 13_800_138_000_i64).expect("a cell");
    sheet.write(2, 4, "V80").expect("a cell");
    sheet
        .write_with_format(2, 5, 45_047, &date)
        .expect("a cell");
    sheet.write(2, 6, 86_000.0).expect("a cell");
    sheet.write(2, 7, 46_296).expect("a cell");
    sheet.write(5, 1, "湘B12345").expect("a cell");
    sheet.write(6, 0, "合计").expect("a cell");
    book
}

fn read(mut book: Workbook) -> Ingested {
    let bytes = book.save_to_buffer().expect("a workbook");
    Workspace::with("population/a.xlsx", bytes).read()
}

#[test]
fn numbers_and_dates_of_a_workbook_come_out_exactly() {
    let ingested = read(workbook());
    let vehicle = &ingested.tables.vehicles[0];
    assert_eq!(vehicle.phones[..], ["13800138000"]);
    assert_eq!(
        vehicle.buy_date.map(|d| d.to_string()).as_deref(),
        Some("2023-05-01")
    );
    assert_eq!(vehicle.readings[0].date.to_string(), "2026-10-01");
    assert_eq!(vehicle.readings[0].km, 86_000.0);
}

#[test]
fn rows_are_cited_as_the_spreadsheet_numbers_them() {
    let ingested = read(workbook());
    assert_eq!(ingested.tables.vehicles[1].source.line, 6);
    let ignored: Vec<(u32, &str, &str)> = ingested
        .fates
        .iter()
        .map(|f| (f.line, f.code, f.sheet.as_ref()))
        .collect();
    let sheet = "保有量";
    assert_eq!(
        ignored,
        [
            (1, "D206", sheet),
            (4, "D205", sheet),
            (5, "D205", sheet),
            (7, "D207", sheet)
        ]
    );
    assert!(ingested.adds_up());
}

#[test]
fn a_stray_cell_at_the_far_corner_costs_neither_time_nor_memory() {
    let mut book = workbook();
    let sheet = book.worksheet_from_index(0).expect("a sheet");
    sheet.write(1_048_575, 16_383, "x").expect("a cell");
    let ingested = read(book);
    assert_eq!(ingested.tables.vehicles.len(), 2);
    assert!(ingested.has("D018") && ingested.adds_up());
}

#[test]
fn all_sheets_with_the_header_are_read_and_others_are_said() {
    let mut book = workbook();
    let second = book.add_worksheet();
    second.write(0, 0, "车牌号").expect("a cell");
    for (column, header) in [(1, "客户"), (2, "电话"), (3, "车系")] {
        second.write(0, column, header).expect("a cell");
    }
    second.write(1, 0, "湘C12345").expect("a cell");
    let cover = book.add_worksheet();
    cover.write(0, 0, "封面").expect("a cell");
    let ingested = read(book);
    assert_eq!(ingested.tables.vehicles.len(), 3);
    assert!(ingested.has("D014"));
}

#[test]
fn a_workbook_named_csv_is_read_by_what_it_is() {
    let bytes = workbook().save_to_buffer().expect("a workbook");
    let ingested = Workspace::with("population/a.csv", bytes).read();
    assert_eq!(ingested.tables.vehicles.len(), 2);
}

#[test]
fn a_catalogue_table_may_be_a_workbook_too() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, (header, value)) in (0..).zip([
        ("van", "VAN7"),
        ("volume_l", "2500"),
        ("payload_kg", "700"),
        ("seats", "3"),
    ]) {
        sheet.write(0, column, header).expect("a cell");
        sheet.write(1, column, value).expect("a cell");
    }
    let ingested = Workspace::with(
        "population/a.csv",
        "plate,customer,phone,model\n湘A12345,甲,,V80\n",
    )
    .remove("vans.csv")
    .and("vans.xlsx", book.save_to_buffer().expect("a workbook"))
    .read();
    assert_eq!(ingested.tables.vans[0].id, "VAN7");
}

#[test]
fn an_archive_that_unpacks_without_end_is_refused() {
    use std::io::Write as _;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    archive
        .start_file("xl/sharedStrings.xml", options)
        .expect("a part");
    archive.write_all(b"<sst><si><t>").expect("a part");
    archive.write_all(&vec![b'a'; 4 << 20]).expect("a part");
    let bytes = archive.finish().expect("an archive").into_inner();
    let failure = Workspace::with("population/a.xlsx", bytes).failure();
    assert_eq!(failure[0].code, "D007");
}

#[test]
fn a_workbook_of_excel_97_is_read_like_a_new_one() {
    // Two invented vehicles, saved as .xls by LibreOffice.
    let ingested = Workspace::with("population/a.xls", include_bytes!("excel-97.xls")).read();
    let vehicles = &ingested.tables.vehicles;
    assert_eq!(vehicles.len(), 2);
    let known: Vec<&str> = vehicles.iter().map(|v| v.id.as_str()).collect();
    assert_eq!(known, ["LSKDEM000H0009001", "LSKDEM000H0009002"]);
    assert_eq!(vehicles[0].phones[..], ["19900000001"]);
    assert_eq!(
        vehicles[1].buy_date.map(|d| d.to_string()).as_deref(),
        Some("2023-05-01")
    );
}

#[test]
fn a_page_named_xls_is_read_in_its_own_encoding_and_its_rows_are_named() {
    let page = "<html><head><meta charset=gb2312></head><body>\
        <table><tr><td colspan=4>区域车辆保有量</td></tr>\
        <tr><th>车架号(VIN)</th><th>客户姓名</th><th>联系电话</th><th>品牌车型</th></tr>\
        <tr><td>LSKDEM000H0009001</td><td>测试&amp;客户</td><td>199&nbsp;0000&nbsp;0001</td><td>EV30</td></tr>\
        <tr><td></td><td>测试客户丙</td><td>19900000003</td><td>EV30</td></tr>\
        <tr><td>合计</td><td>2</td></tr></table></body></html>";
    let (bytes, _, _) = encoding_rs::GB18030.encode(page);
    let ingested = Workspace::with("population/a.xls", bytes.as_ref()).read();
    assert_eq!(ingested.tables.vehicles.len(), 1);
    assert_eq!(ingested.tables.vehicles[0].phones[..], ["19900000001"]);
    let counts = ingested.counts;
    assert_eq!(
        (
            counts.rows,
            counts.accepted,
            counts.rejected,
            counts.ignored
        ),
        (4, 1, 1, 2)
    );
    let rejected = ingested
        .fates
        .iter()
        .find(|fate| fate.code == "D201")
        .expect("the row without identity");
    assert_eq!(rejected.line, 4);
}
