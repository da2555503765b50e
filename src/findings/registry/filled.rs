//! `M040…`: filled sheets that come back.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[];
