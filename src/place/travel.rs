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

use serde::{Deserialize, Serialize};

use super::distance::distance_km;
use super::terrain::{Terrain, terrain_of};
use crate::domain::geo::LonLat;

/// The parameters of the estimate.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TravelCurve {
    /// Road over straight line on a long trip.
    pub detour_far: f64,
    /// What a very short trip adds to it.
    pub detour_near: f64,
    /// Straight-line kilometres over which that addition falls to 1/e.
    pub detour_fade_km: f64,
    /// Factor on plains.
    pub plain: f64,
    /// Factor in hills.
    pub hills: f64,
    /// Factor in mountains.
    pub mountains: f64,
    /// Shortest leg between two different places.
    pub least_km: f64,
    /// Door-to-door speed of a very long trip, km/h.
    pub speed_far: f64,
    /// How much slower a very short trip is, km/h.
    pub speed_loss_near: f64,
    /// Road kilometres over which that loss falls to 1/e.
    pub speed_fade_km: f64,
    /// Driving after which a rest is due, in hours.
    pub rest_after_hours: f64,
    /// Length of the rest in minutes.
    pub rest_minutes: u32,
}

impl Default for TravelCurve {
    fn default() -> Self {
        Self {
            detour_far: 1.20,
            detour_near: 0.28,
            detour_fade_km: 40.0,
            plain: 1.0,
            hills: 1.08,
            mountains: 1.15,
            least_km: 1.0,
            speed_far: 85.0,
            speed_loss_near: 57.0,
            speed_fade_km: 70.0,
            rest_after_hours: 4.0,
            rest_minutes: 20,
        }
    }
}

/// One end of a leg.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stop<'a> {
    /// `depot`, a point's id, or nothing for a customer's place.
    pub id: Option<&'a str>,
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
    /// No measurement: from the straight line.
    pub estimated: bool,
}

impl TravelCurve {
    fn factor(&self, stop: &Stop<'_>) -> f64 {
        match stop.county.map_or(Terrain::Hills, terrain_of) {
            Terrain::Plain => self.plain,
            Terrain::Hills => self.hills,
            Terrain::Mountains => self.mountains,
        }
    }

    /// Estimated road metres; 0 only for a place and itself.
    fn road_m(&self, from: &Stop<'_>, to: &Stop<'_>) -> u32 {
        let straight = distance_km(from.lonlat, to.lonlat);
        let detour = self.detour_far + self.detour_near * fade(straight, self.detour_fade_km);
        let terrain = f64::midpoint(self.factor(from), self.factor(to));
        ((straight * detour * terrain).max(self.least_km) * 1000.0).round() as u32
    }

    /// Minutes at the wheel for a road distance.
    fn driving_minutes(&self, road_m: u32) -> u32 {
        let km = f64::from(road_m) / 1000.0;
        let speed = self.speed_far - self.speed_loss_near * fade(km, self.speed_fade_km);
        // A setting that gives no speed must not give no time: walking pace at least.
        (km / speed.max(4.0) * 60.0).round() as u32
    }

    /// The rests that fall within a drive: one after each full period that is not its end.
    fn rest(&self, driving_minutes: u32) -> u32 {
        let period = (self.rest_after_hours * 60.0).round() as u32;
        let rests = driving_minutes.saturating_sub(1).checked_div(period);
        rests.unwrap_or(0) * self.rest_minutes
    }

    fn leg(&self, road_m: u32, driving_minutes: u32, estimated: bool) -> Leg {
        let minutes = driving_minutes + self.rest(driving_minutes);
        Leg {
            km: f64::from(road_m) / 1000.0,
            hours: f64::from(minutes) / 60.0,
            estimated,
        }
    }
}

/// e^(−value/scale); 0 for a scale of nothing.
fn fade(value: f64, scale: f64) -> f64 {
    if scale > 0.0 {
        libm::exp(-value / scale)
    } else {
        0.0
    }
}

/// A measured drive, without rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Measured {
    metres: u32,
    minutes: u32,
}

/// Travel between stops: measured where a pair was measured, else estimated.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TravelTable {
    curve: TravelCurve,
    measured: BTreeMap<String, BTreeMap<String, Measured>>,
}

impl TravelTable {
    /// A table that estimates everything.
    pub fn estimate(curve: TravelCurve) -> Self {
        Self {
            curve,
            measured: BTreeMap::new(),
        }
    }

    /// Adds a measured pair, one way; `minutes` at the wheel, rests are added by the table. A pair
    /// given twice keeps the later one. Returns false (and keeps nothing) for a negative or
    /// non-finite figure.
    pub fn measure(&mut self, from: &str, to: &str, km: f64, minutes: f64) -> bool {
        let sound = |value: f64| value.is_finite() && (0.0..=100_000.0).contains(&value);
        if !sound(km) || !sound(minutes) {
            return false;
        }
        let drive = Measured {
            metres: (km * 1000.0).round() as u32,
            minutes: minutes.round() as u32,
        };
        self.measured
            .entry(from.to_owned())
            .or_default()
            .insert(to.to_owned(), drive);
        true
    }

    /// The parameters of the estimate.
    pub fn curve(&self) -> &TravelCurve {
        &self.curve
    }

    /// Whether any pair was measured.
    pub fn has_measurements(&self) -> bool {
        !self.measured.is_empty()
    }

    /// The leg between two stops. The same id, or the same place twice without ids, is no leg.
    pub fn leg(&self, from: Stop<'_>, to: Stop<'_>) -> Leg {
        let same = match (from.id, to.id) {
            (Some(from), Some(to)) => from == to,
            _ => false,
        };
        if same {
            return Leg {
                km: 0.0,
                hours: 0.0,
                estimated: false,
            };
        }
        if let Some(drive) = self.measured_drive(&from, &to) {
            return self.curve.leg(drive.metres, drive.minutes, false);
        }
        let road_m = self.curve.road_m(&from, &to);
        self.curve
            .leg(road_m, self.curve.driving_minutes(road_m), true)
    }

    fn measured_drive(&self, from: &Stop<'_>, to: &Stop<'_>) -> Option<Measured> {
        self.measured.get(from.id?)?.get(to.id?).copied()
    }

    /// The ordered pairs of different ids that were not measured, in the order given: what an
    /// "estimated" note must list.
    pub fn estimated_pairs<'i>(&self, ids: &[&'i str]) -> Vec<(&'i str, &'i str)> {
        let measured = |from: &str, to: &str| {
            self.measured
                .get(from)
                .is_some_and(|row| row.contains_key(to))
        };
        let mut missing = Vec::new();
        for &from in ids {
            missing.extend(
                ids.iter()
                    .filter(|to| **to != from && !measured(from, to))
                    .map(|&to| (from, to)),
            );
        }
        missing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stop<'a>(id: &'a str, lon: f64, lat: f64, county: &'a str) -> Stop<'a> {
        Stop {
            id: Some(id),
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
            assert!(leg.estimated);
        }
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
                estimated: false
            }
        );
        assert!(table.leg(a, depot).estimated);
        assert_eq!(table.estimated_pairs(&["depot", "a"]), vec![("a", "depot")]);
    }

    #[test]
    fn adds_a_rest_for_every_four_hours_but_not_at_the_end() {
        let curve = TravelCurve::default();
        let minutes = |driving| (curve.leg(1, driving, false).hours * 60.0).round() as u32;
        assert_eq!([240, 241, 480, 481].map(minutes), [240, 261, 500, 521]);
    }

    #[test]
    fn refuses_a_measurement_that_is_no_number() {
        let mut table = TravelTable::default();
        assert!(!table.measure("a", "b", f64::NAN, 3.0) && !table.measure("a", "b", 3.0, -1.0));
        assert!(!table.has_measurements());
    }
}
