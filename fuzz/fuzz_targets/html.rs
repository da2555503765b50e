//! Pages that call themselves workbooks, and XML spreadsheets.
#![no_main]
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut page = b"<html>".to_vec();
    page.extend_from_slice(bytes.strip_prefix(b"<?xml").map_or(bytes, |_| &[]));
    if bytes.starts_with(b"<?xml") {
        page = bytes.to_vec();
    }
    tourplan_fuzz::read_population(page);
});
