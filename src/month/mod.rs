//! What happens to a month's plan after it was made.
//!
//! Responsible for: the journal (what was read in and signed, one line each, only ever added to), what a
//! signature covers, what changed since, and what is to be done on which day. Not responsible for: making a plan (`plan::pipeline`), the
//! disk (`workspace`), printing (`cli`).

mod agenda;
pub mod closing;
mod difference;
mod filled;
mod journal;
mod signing;
#[cfg(test)]
mod tests;

pub use agenda::{Task, What, agenda};
pub use difference::{Change, difference};
pub use filled::{FILLED, Filled, Read};
pub use journal::{Entry, Event, JOURNAL, Journal, Sheet};
pub use signing::{
    CHANGES, Content, Fields, Renewal, changes_table, content, renew, seal, sign, signed_file,
};
