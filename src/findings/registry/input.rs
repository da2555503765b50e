//! `D…`: what was noticed while reading the tables.

mod alone;
mod cells;
mod files;
mod references;
mod rows;

use super::Entry;

/// All of them, in order of code.
pub(super) fn entries() -> impl Iterator<Item = &'static Entry> {
    files::ENTRIES
        .iter()
        .chain(cells::ENTRIES)
        .chain(rows::ENTRIES)
        .chain(references::ENTRIES)
        .chain(alone::ENTRIES)
}
