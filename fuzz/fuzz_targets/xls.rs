//! See `tourplan_fuzz::old_workbook`.
#![no_main]
use std::sync::Once;

use libfuzzer_sys::fuzz_target;

/// The reader catches what the library under it breaks off with; the fuzzer would end at that, not only at what gets
/// through.
static CATCHING: Once = Once::new();

fuzz_target!(|bytes: &[u8]| {
    CATCHING.call_once(|| std::panic::set_hook(Box::new(|_| {})));
    tourplan_fuzz::old_workbook(bytes);
});
