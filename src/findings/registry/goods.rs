//! `M020…`: orders placed and goods received.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[];
