//! `M080…`: reminders, estimates and notices.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[];
