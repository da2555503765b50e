//! How far the service points are from the customers' places: measured once for a place that many share.
//!
//! Not responsible for: what a distance means for a customer (`territory::reach`, `placing`).

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::territory::{Located, PlacedPoint, Reach};

/// So many vehicles at one place are worth a list of its distances: a region of scattered coordinates keeps none.
const MANY: usize = 16;

/// Where vehicles are that are equally far from everything: position, and which place of those kept once.
type Spot = (u64, u64, usize);

fn spot(located: &Located) -> Spot {
    let (lon, lat) = (located.at.lon.to_bits(), located.at.lat.to_bits());
    (lon, lat, Arc::as_ptr(&located.place).addr())
}

/// How many vehicles are where, with one of them.
type Counts<'a> = HashMap<Spot, (&'a Located, usize)>;

fn counts(located: &[Option<Located>]) -> Counts<'_> {
    let mut at = Counts::new();
    for place in located.iter().flatten() {
        at.entry(spot(place)).or_insert((place, 0)).1 += 1;
    }
    at
}

fn together<'a>(mut one: Counts<'a>, mut other: Counts<'a>) -> Counts<'a> {
    if one.len() < other.len() {
        std::mem::swap(&mut one, &mut other);
    }
    let add = |mut sums: Counts<'a>, (spot, (place, here))| {
        sums.entry(spot).or_insert((place, 0)).1 += here;
        sums
    };
    other.into_iter().fold(one, add)
}

/// Road km from places to points.
pub(super) struct Nearness<'a> {
    reach: Reach<'a>,
    points: &'a [PlacedPoint<'a>],
    /// Looked up only, so in no order.
    shared: HashMap<Spot, Vec<Option<f64>>>,
}

impl<'a> Nearness<'a> {
    /// Of all points, for the places of these vehicles.
    pub(super) fn of(
        reach: Reach<'a>,
        points: &'a [PlacedPoint<'a>],
        located: &'a [Option<Located>],
    ) -> Self {
        let part = located.len().div_ceil(rayon::current_num_threads()).max(1);
        let counted = located.par_chunks(part).map(counts);
        let at = counted.reduce(HashMap::new, together);
        let many = at.into_par_iter().filter(|(_, (_, here))| *here >= MANY);
        let measured = many.map(|(spot, (place, _))| {
            let km = points.iter().map(|point| reach.km(place.stop(), point));
            (spot, km.collect())
        });
        let shared = measured.collect();
        Self {
            reach,
            points,
            shared,
        }
    }

    /// The limits distances are held against.
    pub(super) fn reach(&self) -> &Reach<'a> {
        &self.reach
    }

    /// As seen from a place.
    pub(super) fn from<'p>(&'p self, place: &'p Located) -> FromPlace<'p> {
        FromPlace {
            nearness: self,
            place,
            known: self.shared.get(&spot(place)).map(Vec::as_slice),
        }
    }
}

/// Distances as seen from one place.
pub(super) struct FromPlace<'p> {
    nearness: &'p Nearness<'p>,
    place: &'p Located,
    known: Option<&'p [Option<f64>]>,
}

impl FromPlace<'_> {
    /// Road km to a point, by its position; `None` where it is out of reach.
    pub(super) fn km(&self, point: usize) -> Option<f64> {
        if let Some(known) = self.known {
            return known[point];
        }
        let to = &self.nearness.points[point];
        self.nearness.reach.km(self.place.stop(), to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::geo::LonLat;
    use crate::domain::settings::TourSettings;
    use crate::domain::{PlaceLevel, ServicePoint};
    use crate::place::TravelTable;
    use crate::territory::Place;

    fn at(lon: f64) -> Located {
        let at = LonLat { lon, lat: 27.0 };
        let place = Place {
            level: PlaceLevel::Township,
            typical_error_km: 5.0,
            adcode: "430426100".into(),
            county_code: "430426".into(),
            county: "县".into(),
            town: "镇".into(),
            cell: "430426100".into(),
            cell_at: at,
        };
        let place = Arc::new(place);
        Located { at, place }
    }

    #[test]
    fn a_place_that_many_share_is_as_far_from_everything_as_one_looked_at_alone() {
        let point = ServicePoint::default();
        let points = [111.0, 112.2, 116.0].map(|lon| PlacedPoint {
            point: &point,
            at: LonLat { lon, lat: 27.0 },
            adcode: "430426".into(),
            county: "县".into(),
        });
        let (travel, tour) = (TravelTable::default(), TourSettings::default());
        let reach = || Reach {
            travel: &travel,
            tour: &tour,
        };
        let here = at(112.0);
        let same_place_elsewhere = Located {
            at: at(112.1).at,
            ..here.clone()
        };
        let crowd = (0..MANY).map(|_| Some(here.clone()));
        let located: Vec<_> = crowd.chain([Some(same_place_elsewhere), None]).collect();
        let nearness = Nearness::of(reach(), &points, &located);
        assert_eq!(nearness.shared.len(), 1, "one place of many");
        for place in located.iter().flatten() {
            let from = nearness.from(place);
            let alone: Vec<_> = points.iter().map(|p| reach().km(place.stop(), p)).collect();
            let asked: Vec<_> = (0..points.len()).map(|at| from.km(at)).collect();
            assert_eq!(asked, alone);
            assert!(alone[1].is_some() && alone[2].is_none(), "{alone:?}");
        }
    }
}
