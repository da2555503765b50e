//! What happens to a month's plan after it was made.
//!
//! Responsible for: the journal (what was read in and signed, one line each, only ever added to), what a
//! signature covers, what changed since, changes of tours (`moving`), and what is to be done on which day. Not responsible for: making a plan (`plan::pipeline`), the
//! disk (`workspace`), printing (`cli`).

mod agenda;
pub mod closing;
mod codes;
pub mod consents;
mod difference;
mod filled;
#[cfg(test)]
mod goods_tests;
mod journal;
mod late;
pub mod moving;
mod orders;
mod place;
mod purge;
mod receiving;
mod reminders;
mod shortage;
mod signing;
mod supply;
#[cfg(test)]
mod tests;

pub use agenda::{Task, What, agenda};
pub use codes::codes_of;
pub use difference::{Change, difference};
pub use filled::{FILLED, Filled, Read};
pub use journal::{Entry, Event, JOURNAL, Journal, Sheet};
pub use late::{late_advice, late_answers};
pub use orders::{
    DeltaLine, OrderKey, book, delta, ordered_pieces, still_open, to_be_ordered, unneeded,
};
pub use place::{Placing, lines_to_place};
pub use purge::{Removed, purge};
pub use receiving::{CheckedGoods, check_goods};
pub use reminders::{Refusals, schedule};
pub use shortage::{ShortBag, short_bags, shortage_findings};
pub use signing::{
    CHANGES, Content, Fields, Renewal, SIGNED, changes_table, content, renew, seal, sign,
    signed_file,
};
pub use supply::{SupplyNow, TableHashes, first_seen, out_with_tours, seen, supply_now};
