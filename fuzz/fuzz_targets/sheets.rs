//! See `tourplan_fuzz::sheets`.
#![no_main]
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| tourplan_fuzz::sheets(bytes));
