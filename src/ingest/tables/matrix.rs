//! matrix.csv.

use crate::ingest::MatrixLeg;
use crate::ingest::aliases::MATRIX;
use crate::ingest::desk::{Desk, Need};

use super::values;

/// Measured roads, in order of both ends. It need not be symmetric.
pub(crate) fn read(desk: &mut Desk<'_>, points: &[crate::domain::ServicePoint]) -> Vec<MatrixLeg> {
    values(desk.unique_rows(&MATRIX, Need::Optional, &mut |record| {
        let from = record.needed_text("from")?;
        let to = record.needed_text("to")?;
        for (key, place) in [("from", &from), ("to", &to)] {
            if place != "depot" && !points.iter().any(|point| point.id == *place) {
                record.tell(record.finding("D310", key));
            }
        }
        let km = record.amount("km");
        let km = record.needed("km", km)?;
        let minutes = record.amount("minutes");
        let minutes = record.needed("minutes", minutes)?;
        Some((
            format!("{from} / {to}"),
            MatrixLeg {
                from,
                to,
                km,
                minutes,
            },
        ))
    }))
}
