//! Roads, speeds and rests as they are estimated.
//!
//! Responsible for: the formulas that `travel` states. Not responsible for: what was measured.

use super::distance::{EARTH_RADIUS_KM, distance_km};
use super::terrain::{Terrain, terrain_of};
use super::travel::{Leg, LegSource, Stop, TravelCurve};

impl TravelCurve {
    /// A terrain's factor.
    pub(super) fn of_terrain(&self, terrain: Terrain) -> f64 {
        match terrain {
            Terrain::Plain => self.plain,
            Terrain::Hills => self.hills,
            Terrain::Mountains => self.mountains,
        }
    }

    fn factor(&self, stop: &Stop<'_>) -> f64 {
        self.of_terrain(stop.county.map_or(Terrain::Hills, terrain_of))
    }

    /// Estimated road kilometres for a straight line and the mean factor of its ends.
    pub(super) fn road_km(&self, straight: f64, terrain: f64) -> f64 {
        let detour = self.detour_far + self.detour_near * fade(straight, self.detour_fade_km);
        (straight * detour * terrain).max(self.least_km)
    }

    /// Door-to-door speed of a drive, km/h.
    pub(super) fn speed(&self, road_km: f64) -> f64 {
        let speed = self.speed_far - self.speed_loss_near * fade(road_km, self.speed_fade_km);
        // A setting that gives no speed must not give no time: walking pace at least.
        speed.max(4.0)
    }

    /// A road that goes so many degrees north or south is longer than this, km.
    pub(super) fn least_km_over(&self, degrees: f64) -> f64 {
        let straight = degrees.abs().to_radians() * EARTH_RADIUS_KM;
        let terrain = self.plain.min(self.hills).min(self.mountains);
        straight * (self.detour_far + self.detour_near.min(0.0)) * terrain
    }

    /// Estimated road metres; 0 only for a place and itself.
    pub(super) fn road_m(&self, from: &Stop<'_>, to: &Stop<'_>) -> u32 {
        let straight = distance_km(from.lonlat, to.lonlat);
        let terrain = f64::midpoint(self.factor(from), self.factor(to));
        (self.road_km(straight, terrain) * 1000.0).round() as u32
    }

    /// Minutes at the wheel for a road distance.
    pub(super) fn driving_minutes(&self, road_m: u32) -> u32 {
        let km = f64::from(road_m) / 1000.0;
        (km / self.speed(km) * 60.0).round() as u32
    }

    /// The rests that fall within a drive: one after each full period that is not its end.
    fn rest(&self, driving_minutes: u32) -> u32 {
        let period = (self.rest_after_hours * 60.0).round() as u32;
        let rests = driving_minutes.saturating_sub(1).checked_div(period);
        rests.unwrap_or(0) * self.rest_minutes
    }

    pub(super) fn leg(&self, road_m: u32, driving_minutes: u32, source: LegSource) -> Leg {
        let minutes = driving_minutes + self.rest(driving_minutes);
        Leg {
            km: f64::from(road_m) / 1000.0,
            hours: f64::from(minutes) / 60.0,
            source,
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
