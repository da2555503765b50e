//! `M060…`: closing a tour and a month.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[];
