//! past-visits.csv.

use crate::ingest::PastVisit;
use crate::ingest::aliases::PAST_VISITS;
use crate::ingest::desk::{Desk, Need};

use super::values;

/// When areas were served, in order of place and day.
pub(crate) fn read(desk: &mut Desk<'_>) -> Vec<PastVisit> {
    let rows = desk.rows(&PAST_VISITS, Need::Optional, &mut |record| {
        let (point, county) = (record.text("point"), record.text("county"));
        let place = if point.is_empty() {
            county.clone()
        } else {
            point.clone()
        };
        record.needed("point", (!place.is_empty()).then_some(()))?;
        let date = record.date("date");
        let date = record.needed("date", date)?;
        Some((
            format!("{place} {date}"),
            PastVisit {
                point,
                county,
                date,
            },
        ))
    });
    let mut visits = values(rows);
    visits.dedup();
    visits
}
