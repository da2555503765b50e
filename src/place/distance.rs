//! Straight-line distance: the one distance function of the program.
//!
//! Responsible for: great-circle distance. Not responsible for: roads (`travel`).

use crate::domain::geo::LonLat;

/// Mean earth radius in kilometres (IUGG).
pub(super) const EARTH_RADIUS_KM: f64 = 6371.0088;

/// Great-circle distance in kilometres (haversine; `libm`, so that every machine agrees).
pub fn distance_km(from: LonLat, to: LonLat) -> f64 {
    let (lat1, lat2) = (from.lat.to_radians(), to.lat.to_radians());
    let half_lat = libm::sin((lat2 - lat1) / 2.0);
    let half_lon = libm::sin((to.lon - from.lon).to_radians() / 2.0);
    let h = half_lat * half_lat + libm::cos(lat1) * libm::cos(lat2) * half_lon * half_lon;
    2.0 * EARTH_RADIUS_KM * libm::asin(h.sqrt().min(1.0))
}

/// The same in whole metres: what decisions and ties are made on.
pub fn distance_m(from: LonLat, to: LonLat) -> u32 {
    (distance_km(from, to) * 1000.0).round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_degree_of_latitude_is_111_km() {
        let from = LonLat {
            lon: 113.0,
            lat: 28.0,
        };
        let to = LonLat {
            lon: 113.0,
            lat: 29.0,
        };
        assert!((distance_km(from, to) - 111.195).abs() < 0.01);
        assert_eq!(distance_m(from, to), distance_m(to, from));
    }

    #[test]
    fn a_place_is_no_distance_from_itself() {
        let here = LonLat {
            lon: 113.0,
            lat: 28.0,
        };
        assert_eq!(distance_m(here, here), 0);
    }
}
