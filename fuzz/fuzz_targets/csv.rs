//! See `tourplan_fuzz::population`.
#![no_main]
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| tourplan_fuzz::population(bytes));
