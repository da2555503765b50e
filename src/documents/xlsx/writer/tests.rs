use super::*;

/// The number of a cell's format in the workbook.
fn format_of(sheet: &str, cell: &str) -> u32 {
    let (_, behind) = sheet
        .split_once(&format!("<c r=\"{cell}\" s=\""))
        .expect(cell);
    let (number, _) = behind.split_once('"').expect("a number");
    number.parse().expect("a number")
}

#[test]
fn a_cell_has_the_format_of_its_column_its_kind_and_its_place_in_the_block() {
    let head = Head {
        title: String::new(),
        plan: String::new(),
        state: String::new(),
        dealer: String::new(),
        footer: String::new(),
        made_on: Date::parse_iso("2026-11-25").expect("a day"),
    };
    let row = |count: u64| vec![Cell::text("甲"), Cell::Whole(count), Cell::Blank];
    let table = Table {
        name: "x".into(),
        columns: vec![
            Column::new("a".into(), 9.0),
            Column::new("b".into(), 9.0),
            Column::entry("c".into(), 9.0, Entry::Km),
        ],
        rows: vec![row(1), row(2), row(3), row(4)],
        totals: vec![row(10)],
        blocks: [0, 3].into(),
        ..Table::default()
    };
    let mut book = Book::new(&head).expect("a workbook");
    book.table(&table).expect("a sheet");
    let bytes = book.finish().expect("bytes");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a zip");
    let sheet = archive
        .by_name("xl/worksheets/sheet1.xml")
        .expect("a sheet");
    let sheet = std::io::read_to_string(sheet).expect("text");
    let mut seen = std::collections::BTreeSet::new();
    for column in ["A", "B", "C"] {
        let at = |row: u32| format_of(&sheet, &format!("{column}{row}"));
        let (begins, goes_on) = (at(2), at(3));
        assert_eq!((at(4), at(5)), (goes_on, begins), "{column}");
        seen.extend([begins, goes_on]);
    }
    assert_eq!(seen.len(), 6, "{seen:?}");
    // Below the table: no entry, no block.
    assert_eq!(format_of(&sheet, "B7"), format_of(&sheet, "B3"));
    assert_ne!(format_of(&sheet, "C7"), format_of(&sheet, "C3"));
}
