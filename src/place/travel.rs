//! Road kilometres and hours between places.
//!
//! Responsible for: estimating a leg from the straight line and the terrain, using a measured
//! matrix where there is one, legal driving breaks, and saying which legs are estimated. Not
//! responsible for: asking a routing server (that fills a measured matrix), the order of stops.
//!
//! Estimate: `road_km = d · (1.20 + 0.28 · e^(−d/40)) · m`, at least 1 km, and
//! `speed = 85 − 57 · e^(−road_km/70)` km/h door to door. Fitted by eye to published detour
//! indices (25 Chinese cities 1.32; Korea 1.22 flat to 1.44 mountainous): times may be off by a
//! quarter, so every figure is a setting and every estimated leg is marked.

use std::collections::BTreeMap;

use crate::domain::geo::LonLat;
pub use crate::domain::settings::TravelCurve;

/// One end of a leg.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stop<'a> {
    /// `depot`, a point's id, or nothing for a customer's place.
    pub id: Option<&'a str>,
    /// The demand cell of a customer's place: drives are measured for all of a cell at once.
    pub cell: Option<&'a str>,
    /// Where it is.
    pub lonlat: LonLat,
    /// Code of its county (a township's will do), for the terrain.
    pub county: Option<&'a str>,
}

/// A leg driven from one stop to another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Leg {
    /// Road kilometres, to the metre.
    pub km: f64,
    /// Hours with legal rests, in whole minutes.
    pub hours: f64,
    /// Who says so.
    pub source: LegSource,
}

/// Where the figures of a leg come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LegSource {
    /// The straight line and the terrain.
    Estimate,
    /// matrix.csv.
    Matrix,
    /// A routing server.
    Server,
}

/// A measured drive, without rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Measured {
    metres: u32,
    minutes: u32,
    source: LegSource,
}

/// What is known of a pair of stops before anything is estimated.
enum Known {
    Same,
    Measured(Measured),
    Nothing,
}

/// What measured drives are kept under: a named place or a demand cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum End<'a> {
    Place(&'a str),
    Cell(&'a str),
}

impl<'a> End<'a> {
    fn of(stop: &Stop<'a>) -> Option<Self> {
        let place = stop.id.map(Self::Place);
        place.or_else(|| stop.cell.map(Self::Cell))
    }
}

/// Measured drives from places and cells, by the other end's name.
type Drives = BTreeMap<String, BTreeMap<String, Measured>>;

/// Travel between stops: measured where a pair was measured, else estimated.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TravelTable {
    curve: TravelCurve,
    between_places: Drives,
    from_cells: Drives,
    to_cells: Drives,
}

impl TravelTable {
    /// A table that estimates everything.
    pub fn estimate(curve: TravelCurve) -> Self {
        Self {
            curve,
            ..Self::default()
        }
    }

    /// Adds a measured pair of matrix.csv, one way; `minutes` at the wheel, rests are added by the table.
    /// A pair given twice keeps the later one. Returns false (and keeps nothing) for a negative or
    /// non-finite figure.
    pub fn measure(&mut self, from: &str, to: &str, km: f64, minutes: f64) -> bool {
        let (from, to) = (End::Place(from), End::Place(to));
        self.keep(from, to, km, minutes, LegSource::Matrix)
    }

    /// The same for what a routing server says of two stops; never over a pair of matrix.csv, and not
    /// between two customers' places.
    pub fn measure_between(
        &mut self,
        from: &Stop<'_>,
        to: &Stop<'_>,
        km: f64,
        minutes: f64,
    ) -> bool {
        let by_hand = |drive: &Measured| drive.source == LegSource::Matrix;
        if self.measured_drive(from, to).as_ref().is_some_and(by_hand) {
            return false;
        }
        match (End::of(from), End::of(to)) {
            (Some(from), Some(to)) => self.keep(from, to, km, minutes, LegSource::Server),
            _ => false,
        }
    }

    fn keep(
        &mut self,
        from: End<'_>,
        to: End<'_>,
        km: f64,
        minutes: f64,
        source: LegSource,
    ) -> bool {
        let sound = |value: f64| value.is_finite() && (0.0..=100_000.0).contains(&value);
        if !sound(km) || !sound(minutes) {
            return false;
        }
        let (drives, from, to) = match (from, to) {
            (End::Place(from), End::Place(to)) => (&mut self.between_places, from, to),
            (End::Cell(from), End::Place(to)) => (&mut self.from_cells, from, to),
            (End::Place(from), End::Cell(to)) => (&mut self.to_cells, from, to),
            (End::Cell(_), End::Cell(_)) => return false,
        };
        let drive = Measured {
            metres: (km * 1000.0).round() as u32,
            minutes: minutes.round() as u32,
            source,
        };
        let row = drives.entry(from.to_owned()).or_default();
        row.insert(to.to_owned(), drive);
        true
    }

    /// The parameters of the estimate.
    pub fn curve(&self) -> &TravelCurve {
        &self.curve
    }

    /// Road kilometres between two stops, as [`Self::leg`] has them; `None` where they are more than `most`.
    pub fn km_within(&self, from: Stop<'_>, to: Stop<'_>, most: f64) -> Option<f64> {
        let km = match self.known(&from, &to) {
            Known::Same => 0.0,
            Known::Measured(drive) => f64::from(drive.metres) / 1000.0,
            Known::Nothing => {
                // Most places are too far off at a glance; to the metre, as the estimate is rounded.
                let least = self.curve.least_km_over(to.lonlat.lat - from.lonlat.lat);
                if least > most + 0.001 {
                    return None;
                }
                f64::from(self.curve.road_m(&from, &to)) / 1000.0
            }
        };
        (km <= most).then_some(km)
    }

    fn known(&self, from: &Stop<'_>, to: &Stop<'_>) -> Known {
        match (from.id, to.id) {
            (Some(from), Some(to)) if from == to => Known::Same,
            _ => self
                .measured_drive(from, to)
                .map_or(Known::Nothing, Known::Measured),
        }
    }

    /// The leg between two stops. The same id, or the same place twice without ids, is no leg.
    pub fn leg(&self, from: Stop<'_>, to: Stop<'_>) -> Leg {
        match self.known(&from, &to) {
            Known::Same => Leg {
                km: 0.0,
                hours: 0.0,
                source: LegSource::Estimate,
            },
            Known::Measured(drive) => self.curve.leg(drive.metres, drive.minutes, drive.source),
            Known::Nothing => {
                let road_m = self.curve.road_m(&from, &to);
                let minutes = self.curve.driving_minutes(road_m);
                self.curve.leg(road_m, minutes, LegSource::Estimate)
            }
        }
    }

    fn measured_drive(&self, from: &Stop<'_>, to: &Stop<'_>) -> Option<Measured> {
        let (drives, from, to) = match (End::of(from)?, End::of(to)?) {
            (End::Place(from), End::Place(to)) => (&self.between_places, from, to),
            (End::Cell(from), End::Place(to)) => (&self.from_cells, from, to),
            (End::Place(from), End::Cell(to)) => (&self.to_cells, from, to),
            (End::Cell(_), End::Cell(_)) => return None,
        };
        drives.get(from)?.get(to).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stop<'a>(id: &'a str, lon: f64, lat: f64, county: &'a str) -> Stop<'a> {
        Stop {
            id: Some(id),
            cell: None,
            lonlat: LonLat { lon, lat },
            county: Some(county),
        }
    }

    /// Kilometres north of the depot on the plain.
    fn north(id: &str, km: f64) -> Stop<'_> {
        stop(id, 113.0, 28.0 + km / 111.195, "430121")
    }

    #[test]
    fn estimates_the_detour_and_the_speed_of_the_curve() {
        let table = TravelTable::estimate(TravelCurve::default());
        let depot = north("depot", 0.0);
        for (km, ratio, minutes) in [(5.0, 1.447, 12), (20.0, 1.370, 36), (110.0, 1.218, 107)] {
            let leg = table.leg(depot, north("a", km));
            assert!((leg.km / km - ratio).abs() < 0.002, "{km}: {}", leg.km);
            assert!(
                (leg.hours * 60.0 - f64::from(minutes)).abs() < 3.0,
                "{km}: {}",
                leg.hours * 60.0
            );
            assert_eq!(leg.source, LegSource::Estimate);
        }
    }

    #[test]
    fn what_is_within_reach_is_what_its_leg_says() {
        let table = TravelTable::estimate(TravelCurve::default());
        let from = stop("a", 112.0, 28.0, "430121");
        let (mut near, mut far) = (0, 0);
        for step in 0..4_000 {
            let (lon, lat) = (f64::from(step % 61) / 40.0, f64::from(step % 67) / 50.0);
            let to = stop("b", 111.3 + lon, 27.4 + lat, "431221");
            let km = table.leg(from, to).km;
            for most in [km - 0.001, km, 60.0] {
                let within = table.km_within(from, to, most);
                assert_eq!(within, (km <= most).then_some(km), "{km} {most}");
            }
            (near, far) = (near + u32::from(km <= 60.0), far + u32::from(km > 60.0));
        }
        assert!(near > 500 && far > 500, "{near} {far}");
    }

    #[test]
    fn a_mountain_road_is_longer_than_one_on_the_plain() {
        let table = TravelTable::estimate(TravelCurve::default());
        let plain = table.leg(
            stop("a", 112.0, 28.0, "430121"),
            stop("b", 112.3, 28.0, "430121"),
        );
        let mountain = table.leg(
            stop("a", 112.0, 28.0, "431221"),
            stop("b", 112.3, 28.0, "431221"),
        );
        assert!((mountain.km / plain.km - 1.15).abs() < 1e-3);
    }

    #[test]
    fn two_places_are_never_nearer_than_one_kilometre_and_one_place_is_no_leg() {
        let table = TravelTable::estimate(TravelCurve::default());
        assert_eq!(table.leg(north("a", 0.0), north("b", 0.0)).km, 1.0);
        assert_eq!(table.leg(north("a", 0.0), north("a", 0.0)).km, 0.0);
    }

    #[test]
    fn a_measured_pair_wins_one_way_and_the_way_back_is_marked_estimated() {
        let mut table = TravelTable::estimate(TravelCurve::default());
        assert!(table.measure("depot", "a", 61.5, 70.0));
        let (depot, a) = (north("depot", 0.0), north("a", 40.0));
        assert_eq!(
            table.leg(depot, a),
            Leg {
                km: 61.5,
                hours: 70.0 / 60.0,
                source: LegSource::Matrix
            }
        );
        assert_eq!(table.leg(a, depot).source, LegSource::Estimate);
    }

    #[test]
    fn what_a_server_says_never_goes_over_a_pair_measured_by_hand() {
        let mut table = TravelTable::estimate(TravelCurve::default());
        let (depot, a) = (north("depot", 0.0), north("a", 40.0));
        table.measure("depot", "a", 61.5, 70.0);
        assert!(!table.measure_between(&depot, &a, 50.0, 60.0));
        assert!(table.measure_between(&a, &depot, 50.0, 60.0));
        assert_eq!(table.leg(depot, a).km, 61.5);
        let back = table.leg(a, depot);
        assert_eq!((back.km, back.source), (50.0, LegSource::Server));
    }

    #[test]
    fn a_cell_and_a_point_of_the_same_name_are_two_places() {
        let mut table = TravelTable::estimate(TravelCurve::default());
        let (point, other) = (north("430121", 0.0), north("b", 40.0));
        let cell = Stop {
            id: None,
            cell: Some("430121"),
            ..point
        };
        assert!(table.measure_between(&cell, &other, 77.0, 80.0));
        assert_eq!(table.leg(cell, other).km, 77.0);
        assert_eq!(table.leg(point, other).source, LegSource::Estimate);
        assert!(!table.measure_between(&cell, &cell, 1.0, 1.0));
    }

    #[test]
    fn adds_a_rest_for_every_four_hours_but_not_at_the_end() {
        let curve = TravelCurve::default();
        let minutes =
            |driving| (curve.leg(1, driving, LegSource::Matrix).hours * 60.0).round() as u32;
        assert_eq!([240, 241, 480, 481].map(minutes), [240, 261, 500, 521]);
    }

    #[test]
    fn refuses_a_measurement_that_is_no_number() {
        let mut table = TravelTable::default();
        assert!(!table.measure("a", "b", f64::NAN, 3.0) && !table.measure("a", "b", 3.0, -1.0));
        assert_eq!(table, TravelTable::default());
    }
}
