//! peers.csv.

use crate::domain::{Catalogue, PeerStock};
use crate::ingest::aliases::PEERS;
use crate::ingest::desk::{Desk, Need};

use super::{refer, values};

/// Sister dealers' stock, in order of part and dealer.
pub(crate) fn read(desk: &mut Desk<'_>, catalogue: &Catalogue) -> Vec<PeerStock> {
    values(desk.unique_rows(&PEERS, Need::Wanted, &mut |record| {
        let dealer = record.needed_text("dealer")?;
        let part = record.needed_text("part")?;
        refer(record, "part", catalogue.parts.contains_key(&part), "D302");
        let on_hand = record.count("on_hand", f64::floor);
        let on_hand = record.needed("on_hand", on_hand)?;
        let contact = record.text("contact");
        Some((
            format!("{part} / {dealer}"),
            PeerStock {
                dealer,
                part,
                on_hand,
                contact,
            },
        ))
    }))
}
