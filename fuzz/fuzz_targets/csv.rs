//! Delimited text, in whatever encoding.
#![no_main]
use libfuzzer_sys::fuzz_target;
use tourplan_fuzz::ingest::source::SourceKind;

fuzz_target!(|bytes: &[u8]| {
    if SourceKind::of(bytes) == SourceKind::Delimited {
        tourplan_fuzz::read_population(bytes.to_vec());
    }
});
