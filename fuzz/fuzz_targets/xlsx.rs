//! Workbooks. Chance never hits a checksum, so the archive is put together here: the input holds the parts
//! inside it, one after another with a zero byte between them; an input that is an archive is read as it is.
#![no_main]
use std::io::{Cursor, Write as _};

use libfuzzer_sys::fuzz_target;
use zip::write::SimpleFileOptions;

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

fuzz_target!(|bytes: &[u8]| {
    let book = if bytes.starts_with(b"PK") {
        Some(bytes.to_vec())
    } else {
        archive(bytes)
    };
    if let Some(book) = book {
        tourplan_fuzz::read_population(book);
    }
});
