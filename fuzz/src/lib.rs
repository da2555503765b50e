//! What must hold of every reader, whatever bytes it is given: no panic, a failure that says why, only findings of
//! the registry, and what was read can be worked with. The fuzz targets and the test `tests/hostile_bytes.rs`
//! call these functions; `seeds/` holds what they start from.

use std::io::{Cursor, Write as _};

use tourplan::domain::{LonLat, Month, Settings};
use tourplan::findings::{Failure, Finding, Lang, describe, entry};
use tourplan::ingest::filled::{self, Codes, ReadBack};
use tourplan::ingest::{self, ReadOptions};
use tourplan::month::{Filled, Journal, consents};
use tourplan::plan::difference::Difference;
use tourplan::plan::model::Plan;
use tourplan::solve::territory;
use zip::write::SimpleFileOptions;

/// A reader's name, as in `seeds/`, and the function.
pub type Reader = (&'static str, fn(&[u8]));

/// Every reader.
pub const READERS: [Reader; 9] = [
    ("csv", population),
    ("xlsx", workbook),
    ("xls", old_workbook),
    ("html", page),
    ("settings", settings),
    ("journal", journal),
    ("problem", problem),
    ("sheets", sheets),
    ("plan", plan),
];

const PARTS: [&str; 6] = [
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "_rels/.rels",
];
const USUAL: [&str; 6] = [
    "<worksheet><sheetData/></worksheet>",
    "<sst/>",
    "<styleSheet/>",
    "<workbook xmlns:r=\"r\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
    "<Relationships><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>",
    "<Relationships><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
];

/// Workbooks. Chance never hits a checksum, so the archive is put together here: the bytes hold the parts inside it, one
/// after another with a zero byte between them; what is an archive already is read as it is.
pub fn workbook(bytes: &[u8]) {
    let book = if bytes.starts_with(b"PK") {
        Some(bytes.to_vec())
    } else {
        archive(bytes)
    };
    if let Some(book) = book {
        population(&book);
        sheets(&book);
    }
}

/// Workbooks of Excel 97 to 2003. The file they lie in is put together here, or hardly anything of chance would get into it:
/// the bytes are the records; what is such a file already is read as it is.
pub fn old_workbook(bytes: &[u8]) {
    let book = if bytes.starts_with(&COMPOUND) {
        bytes.to_vec()
    } else {
        compound(bytes)
    };
    population(&book);
    sheets(&book);
}

/// Vehicles read from records.
pub fn vehicles_of_records(records: &[u8]) -> usize {
    let read = ingest::read_population(
        "population/x",
        compound(records),
        &Settings::default(),
        OPTIONS,
    );
    read.map_or(0, |read| read.tables.vehicles.len())
}

/// What a compound file begins with ([MS-CFB] 2.2).
const COMPOUND: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// Numbers of sectors that are none ([MS-CFB] 2.1): nothing, the end of a chain, the table itself.
const FREE: u32 = 0xFFFF_FFFF;
const END: u32 = 0xFFFF_FFFE;
const TABLE: u32 = 0xFFFF_FFFD;
const SECTOR: usize = 512;
/// A shorter stream would lie among the small ones.
const LEAST_STREAM: usize = 4096;

/// A compound file with a stream `Workbook` ([MS-CFB]): the directory, the stream, the table of sectors.
fn compound(stream: &[u8]) -> Vec<u8> {
    let length = stream.len().max(LEAST_STREAM);
    let of_stream = length.div_ceil(SECTOR);
    let (mut of_table, entries) = (0, SECTOR / 4);
    while of_table * entries < 1 + of_stream + of_table {
        of_table += 1;
    }
    let table_at = 1 + of_stream;
    let mut head = COMPOUND.to_vec();
    head.resize(24, 0);
    for number in [0x3E_u16, 3, 0xFFFE, 9, 6] {
        head.extend(number.to_le_bytes());
    }
    head.resize(44, 0);
    for number in [of_table as u32, 0, 0, LEAST_STREAM as u32, END, 0, END, 0] {
        head.extend(number.to_le_bytes());
    }
    let own = (table_at..table_at + of_table).map(|sector| sector as u32);
    head.extend(
        own.chain(std::iter::repeat(FREE))
            .take(109)
            .flat_map(u32::to_le_bytes),
    );
    let mut file = head;
    file.extend(entry_of("Root Entry", 5, 1, END, 0));
    file.extend(entry_of("Workbook", 2, FREE, 1, length as u32));
    file.resize(2 * SECTOR, 0);
    file.extend_from_slice(stream);
    file.resize((2 + of_stream) * SECTOR, 0);
    let chain = (2..table_at as u32).chain([END]);
    let table = std::iter::once(END).chain(chain);
    let table = table.chain(std::iter::repeat_n(TABLE, of_table));
    let table = table.chain(std::iter::repeat(FREE));
    file.extend(table.take(of_table * entries).flat_map(u32::to_le_bytes));
    file
}

/// An entry of the directory: name, kind, child, first sector and length.
fn entry_of(name: &str, kind: u8, child: u32, first: u32, length: u32) -> Vec<u8> {
    let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let named = entry.len() as u16 + 2;
    entry.resize(64, 0);
    entry.extend(named.to_le_bytes());
    entry.extend([kind, 1]);
    for link in [FREE, FREE, child] {
        entry.extend(link.to_le_bytes());
    }
    entry.resize(116, 0);
    for number in [first, length, 0] {
        entry.extend(number.to_le_bytes());
    }
    entry
}

/// Pages that call themselves workbooks, and XML spreadsheets.
pub fn page(bytes: &[u8]) {
    if bytes.starts_with(b"<") {
        population(bytes);
    } else {
        population(&[b"<html>", bytes].concat());
    }
}

fn archive(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut given = bytes.split(|byte| *byte == 0);
    for (name, usual) in PARTS.iter().zip(USUAL) {
        zip.start_file(*name, stored).ok()?;
        let part = given.next().filter(|part| !part.is_empty());
        zip.write_all(part.unwrap_or(usual.as_bytes())).ok()?;
    }
    Some(zip.finish().ok()?.into_inner())
}

fn known(findings: &[Finding]) {
    for finding in findings {
        assert!(
            entry(&finding.code).is_some(),
            "{} is registered",
            finding.code
        );
        for lang in [Lang::Zh, Lang::En] {
            assert!(
                !describe(finding, lang).is_empty(),
                "{} says something",
                finding.code
            );
        }
    }
}

fn says_why(failure: &Failure) {
    assert!(!failure.findings.is_empty(), "a failure says why");
    known(&failure.findings);
}

const OPTIONS: ReadOptions<'static> = ReadOptions {
    extra: &[],
    encoding: None,
    to_wgs84: &|_, at: LonLat| at,
};

/// A population file: every row is accounted for.
pub fn population(bytes: &[u8]) {
    let settings = Settings::default();
    match ingest::read_population("population/x", bytes.to_vec(), &settings, OPTIONS) {
        Ok(read) => {
            let counts = read.counts;
            let sum = counts.accepted + counts.merged + counts.rejected + counts.ignored;
            assert_eq!(counts.rows, sum, "every row is accounted for");
            assert_eq!(counts.accepted, read.tables.vehicles.len() as u64);
            for pair in read.tables.vehicles.windows(2) {
                assert!(pair[0].id < pair[1].id, "vehicles are sorted and differ");
            }
            for vehicle in &read.tables.vehicles {
                let at = vehicle
                    .lon_lat
                    .map(|at| at.lon.abs() <= 180.0 && at.lat.abs() <= 90.0);
                assert!(at.unwrap_or(true), "a place on the earth");
            }
            known(&read.findings);
        }
        Err(failure) => says_why(&failure),
    }
}

/// tour.toml.
pub fn settings(bytes: &[u8]) {
    match tourplan::workspace::read_settings(bytes) {
        Ok((_, findings)) => known(&findings),
        Err(failure) => says_why(&failure),
    }
}

/// A month's journal, and what was said: written again they say the same.
pub fn journal(bytes: &[u8]) {
    match Journal::read(Some(bytes)) {
        Ok(journal) => {
            let written = journal.written().expect("what was read can be written");
            let again = Journal::read(Some(&written)).expect("what was written can be read");
            assert_eq!(journal, again);
        }
        Err(failure) => says_why(&failure),
    }
    match Filled::read(Some(bytes)) {
        Ok(filled) => known(&filled.answers().1),
        Err(failure) => says_why(&failure),
    }
    known(&consents::read(bytes).1);
}

/// A planning problem: what is found for it keeps its own rules.
pub fn problem(bytes: &[u8]) {
    /// Larger ones cost the fuzzer more than they show.
    const MOST: usize = 60;
    let Ok(problem) = serde_json::from_slice::<territory::Problem>(bytes) else {
        return;
    };
    if !territory::validate(&problem).is_empty() {
        return;
    }
    let sizes = [
        problem.days.len(),
        problem.points.len(),
        problem.cells.len(),
        problem.teams.len(),
    ];
    if sizes.iter().any(|size| *size > MOST) {
        return;
    }
    let budget = territory::Budget {
        iterations: 2,
        stop: None,
    };
    if let Ok(solution) = territory::solve(&problem, 1, &budget) {
        assert!(solution.objective.is_finite(), "an objective is a number");
        assert!(
            solution.bound.is_none_or(f64::is_finite),
            "a bound is a number"
        );
        let score = territory::evaluate(&problem, &solution);
        assert!(score.is_ok(), "what is found keeps the rules: {score:?}");
    }
}

/// Sheets that come back filled, read as each kind there is.
pub fn sheets(bytes: &[u8]) {
    let codes = Codes::new(Month::parse("2026-12").expect("a month"));
    back(filled::read_calls(bytes, "x", &codes));
    back(filled::read_foreman(bytes, "x", &codes));
    back(filled::read_goods(bytes, "x", &codes));
    back(filled::read_jobs(bytes, "x", &codes));
    back(filled::read_tours(bytes, "x", &codes));
    if let Err(failure) = filled::read_after(bytes, "x", &codes) {
        says_why(&failure);
    }
    if let Err(failure) = ingest::read_marks(bytes, "x") {
        says_why(&failure);
    }
    match ingest::read_learned(bytes, "x") {
        Ok((_, findings)) => known(&findings),
        Err(failure) => says_why(&failure),
    }
}

fn back<T>(read: Result<ReadBack<T>, Failure>) {
    match read {
        Ok(read) => known(&read.findings),
        Err(failure) => says_why(&failure),
    }
}

/// plan.json, as `rollup` and `diff` take it from another dealer.
pub fn plan(bytes: &[u8]) {
    let Ok(plan) = serde_json::from_slice::<Plan>(bytes) else {
        return;
    };
    let two = [plan.clone(), plan];
    match tourplan::rollup::rollup(&two[..1]) {
        Ok(together) => {
            let files = tourplan::rollup::written(&together).expect("tables");
            assert!(!files.is_empty());
        }
        Err(failure) => says_why(&failure),
    }
    let difference = Difference::between(&two[0], &two[1]);
    assert!(difference.is_empty(), "a plan does not differ from itself");
}
