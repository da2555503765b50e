//! Vehicles by place and status, for the map.

use std::collections::BTreeMap;

use super::region::Region;
use crate::domain::LonLat;
use crate::plan::model::{CustomerRow, PlaceDemand};

/// Every place with a vehicle that has a place, in order of county and town.
pub(super) fn by_place(customers: &[CustomerRow], region: &Region<'_>) -> Vec<PlaceDemand> {
    let mut places: BTreeMap<(&str, &str), Place<'_>> = BTreeMap::new();
    for (row, located) in customers.iter().zip(&region.located) {
        let Some(located) = located else {
            continue;
        };
        let place = places.entry((&row.county, &row.town)).or_default();
        place.vehicles += 1;
        place.east += micro(located.cell_at.lon);
        place.north += micro(located.cell_at.lat);
        *place.by_status.entry(row.status.key().into()).or_default() += 1;
        if !row.tour.is_empty() {
            *place.tours.entry(&row.tour).or_default() += 1;
        }
    }
    let demand = places.into_iter().map(|((county, town), place)| {
        let at = place.middle();
        PlaceDemand {
            county: county.to_owned(),
            town: town.to_owned(),
            lon: at.lon,
            lat: at.lat,
            tour: place.tour(),
            by_status: place.by_status,
        }
    });
    demand.collect()
}

/// Sums in whole units, so that the order of the rows does not matter.
#[derive(Default)]
struct Place<'a> {
    vehicles: i64,
    east: i64,
    north: i64,
    by_status: BTreeMap<String, u64>,
    tours: BTreeMap<&'a str, u64>,
}

impl Place<'_> {
    /// The middle of its cells, to about 100 m.
    fn middle(&self) -> LonLat {
        let of = |sum: i64| (sum as f64 / self.vehicles.max(1) as f64 / 1000.0).round() / 1000.0;
        LonLat {
            lon: of(self.east),
            lat: of(self.north),
        }
    }

    /// The tour with most of them, the earlier one of equals.
    fn tour(&self) -> String {
        let most = self
            .tours
            .iter()
            .max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)));
        most.map_or_else(String::new, |(tour, _)| (*tour).to_owned())
    }
}

fn micro(degrees: f64) -> i64 {
    (degrees * 1e6).round() as i64
}
