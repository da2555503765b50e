//! `M090…`: consents and purging.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[];
