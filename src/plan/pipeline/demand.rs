//! Vehicles by place and status, for the map.

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use super::PlanInputs;
use super::region::Region;
use super::rows::names;
use super::tours::MonthTours;
use super::vehicle_of;
use crate::domain::LonLat;
use crate::plan::model::{PlaceDemand, Status};
use crate::territory::Located;

/// Every place with a vehicle that has a place, by county and town.
pub(super) fn by_place(
    inputs: &PlanInputs<'_>,
    region: &Region<'_>,
    month: &MonthTours,
) -> Vec<PlaceDemand> {
    let vehicles = (0..region.located.len()).into_par_iter();
    let counted = vehicles.fold(Places::default, |mut places, index| {
        if let Some(located) = &region.located[index] {
            let vehicle = vehicle_of(&inputs.ingested.tables, index);
            let names = names(vehicle, Some((&located.county, &located.town)));
            let place = places.0.entry(names).or_default();
            place.count(located, month.standing(region, index));
        }
        places
    });
    let places = counted.reduce(Places::default, Places::with);
    // In order of county and town.
    let places: BTreeMap<(&str, &str), Place> = places.0.into_iter().collect();
    let demand = places.into_iter().map(|((county, town), place)| {
        let at = place.middle();
        PlaceDemand {
            county: county.to_owned(),
            town: town.to_owned(),
            lon: at.lon,
            lat: at.lat,
            tour: place.tour(month),
            by_status: place.by_status(),
        }
    });
    demand.collect()
}

/// By the names of county and town.
#[derive(Default)]
struct Places<'r>(HashMap<(&'r str, &'r str), Place>);

impl Places<'_> {
    fn with(self, more: Self) -> Self {
        let add = |mut sums: HashMap<_, Place>, (names, place): (_, Place)| {
            sums.entry(names).or_default().add(&place);
            sums
        };
        Self(more.0.into_iter().fold(self.0, add))
    }
}

/// Sums in whole units, so that the order of the vehicles does not matter.
#[derive(Default)]
struct Place {
    vehicles: i64,
    east: i64,
    north: i64,
    by_status: Vec<(Status, u64)>,
    /// By the tour's position.
    by_tour: Vec<(usize, u64)>,
}

impl Place {
    fn count(&mut self, located: &Located, (status, tour): (Status, Option<usize>)) {
        self.vehicles += 1;
        self.east += micro(located.cell_at.lon);
        self.north += micro(located.cell_at.lat);
        add(&mut self.by_status, status, 1);
        if let Some(tour) = tour {
            add(&mut self.by_tour, tour, 1);
        }
    }

    fn add(&mut self, more: &Self) {
        self.vehicles += more.vehicles;
        self.east += more.east;
        self.north += more.north;
        for (status, count) in &more.by_status {
            add(&mut self.by_status, *status, *count);
        }
        for (tour, count) in &more.by_tour {
            add(&mut self.by_tour, *tour, *count);
        }
    }

    fn by_status(&self) -> BTreeMap<String, u64> {
        let counts = self.by_status.iter();
        counts
            .map(|(status, count)| (status.key().to_owned(), *count))
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
    fn tour(&self, month: &MonthTours) -> String {
        let named = self.by_tour.iter();
        let named = named.map(|(tour, count)| (*count, month.tours[*tour].id.as_str()));
        let most = named.max_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(a.1)));
        most.map_or_else(String::new, |(_, tour)| tour.to_owned())
    }
}

/// Counts under a key among few.
fn add<K: PartialEq>(counts: &mut Vec<(K, u64)>, key: K, more: u64) {
    match counts.iter_mut().find(|known| known.0 == key) {
        Some(known) => known.1 += more,
        None => counts.push((key, more)),
    }
}

fn micro(degrees: f64) -> i64 {
    (degrees * 1e6).round() as i64
}
