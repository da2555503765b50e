//! Vehicles by place and status, for the map.

use std::collections::BTreeMap;

use crate::domain::LonLat;
use crate::plan::model::{CustomerRow, PlaceDemand};
use crate::territory::Located;

/// Every place with a vehicle that has a place, by county and town.
#[derive(Default)]
pub(super) struct Places(BTreeMap<(String, String), Place>);

impl Places {
    /// One vehicle more, where its place is known.
    pub(super) fn count(&mut self, row: &CustomerRow, located: Option<&Located>) {
        let Some(located) = located else {
            return;
        };
        let key = (row.county.clone(), row.town.clone());
        let place = self.0.entry(key).or_default();
        place.vehicles += 1;
        place.east += micro(located.cell_at.lon);
        place.north += micro(located.cell_at.lat);
        *place.by_status.entry(row.status.key().into()).or_default() += 1;
        if !row.tour.is_empty() {
            *place.tours.entry(row.tour.clone()).or_default() += 1;
        }
    }

    pub(super) fn add(&mut self, more: Self) {
        for (key, more) in more.0 {
            self.0.entry(key).or_default().add(more);
        }
    }

    /// In order of county and town.
    pub(super) fn finish(self) -> Vec<PlaceDemand> {
        let demand = self.0.into_iter().map(|((county, town), place)| {
            let at = place.middle();
            PlaceDemand {
                county,
                town,
                lon: at.lon,
                lat: at.lat,
                tour: place.tour(),
                by_status: place.by_status,
            }
        });
        demand.collect()
    }
}

/// Sums in whole units, so that the order of the rows does not matter.
#[derive(Default)]
struct Place {
    vehicles: i64,
    east: i64,
    north: i64,
    by_status: BTreeMap<String, u64>,
    tours: BTreeMap<String, u64>,
}

impl Place {
    fn add(&mut self, more: Self) {
        self.vehicles += more.vehicles;
        self.east += more.east;
        self.north += more.north;
        for (status, count) in more.by_status {
            *self.by_status.entry(status).or_default() += count;
        }
        for (tour, count) in more.tours {
            *self.tours.entry(tour).or_default() += count;
        }
    }

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
        most.map_or_else(String::new, |(tour, _)| tour.clone())
    }
}

fn micro(degrees: f64) -> i64 {
    (degrees * 1e6).round() as i64
}
