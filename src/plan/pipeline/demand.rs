//! Vehicles by place and status, for the map.

use std::collections::BTreeMap;

use crate::domain::LonLat;
use crate::plan::model::{CustomerRow, PlaceDemand, Status};
use crate::territory::Located;

/// Every place with a vehicle that has a place, by county and town.
#[derive(Default)]
pub(super) struct Places(BTreeMap<String, BTreeMap<String, Place>>);

impl Places {
    /// One vehicle more, where its place is known.
    pub(super) fn count(&mut self, row: &CustomerRow, located: Option<&Located>) {
        let Some(located) = located else {
            return;
        };
        let tour = &*row.tour;
        here(&mut self.0, &row.county, |towns| {
            here(towns, &row.town, |place| {
                place.count(located, row.status, tour);
            });
        });
    }

    pub(super) fn add(&mut self, more: Self) {
        for (county, towns) in more.0 {
            let mine = self.0.entry(county).or_default();
            for (town, more) in towns {
                mine.entry(town).or_default().add(more);
            }
        }
    }

    /// In order of county and town.
    pub(super) fn finish(self) -> Vec<PlaceDemand> {
        let places = self.0.into_iter().flat_map(|(county, towns)| {
            let towns = towns.into_iter();
            towns.map(move |(town, place)| (county.clone(), town, place))
        });
        let demand = places.map(|(county, town, place)| {
            let at = place.middle();
            PlaceDemand {
                county,
                town,
                lon: at.lon,
                lat: at.lat,
                tour: place.tour(),
                by_status: place.by_status(),
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
    by_status: BTreeMap<&'static str, u64>,
    tours: BTreeMap<String, u64>,
}

impl Place {
    fn count(&mut self, located: &Located, status: Status, tour: &str) {
        self.vehicles += 1;
        self.east += micro(located.cell_at.lon);
        self.north += micro(located.cell_at.lat);
        *self.by_status.entry(status.key()).or_default() += 1;
        if !tour.is_empty() {
            here(&mut self.tours, tour, |count| *count += 1);
        }
    }

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

    fn by_status(&self) -> BTreeMap<String, u64> {
        let counts = self.by_status.iter();
        counts
            .map(|(status, count)| ((*status).to_owned(), *count))
            .collect()
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

/// Looks at what stands under a name, made where nothing does. Nearly always something does: no name is copied then.
pub(super) fn here<V: Default>(
    map: &mut BTreeMap<String, V>,
    name: &str,
    see: impl FnOnce(&mut V),
) {
    match map.get_mut(name) {
        Some(known) => see(known),
        None => see(map.entry(name.to_owned()).or_default()),
    }
}

fn micro(degrees: f64) -> i64 {
    (degrees * 1e6).round() as i64
}
