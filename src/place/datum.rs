//! Datums: Chinese map coordinates to WGS-84 and back.
//!
//! Responsible for: GCJ-02 and BD-09 conversions. Not responsible for: finding out which
//! datum a file uses (a setting; wrong by at most 1.3 km).
//!
//! The forward GCJ-02 polynomial on the Krasovsky ellipsoid is the publicly known one; it has no
//! closed inverse, so the inverse iterates until it moves less than a millimetre.

use std::f64::consts::PI;

use crate::domain::geo::{Datum, LonLat};

/// Semi-major axis of the Krasovsky 1940 ellipsoid in metres.
const AXIS_M: f64 = 6_378_245.0;
/// Its first eccentricity, squared.
const ECCENTRICITY_SQ: f64 = 0.006_693_421_622_965_943;
/// Baidu's own angular constant.
const BAIDU_PI: f64 = PI * 3000.0 / 180.0;

/// A position given in `datum` as WGS-84.
pub fn to_wgs84(at: LonLat, datum: Datum) -> LonLat {
    match datum {
        Datum::Wgs84 => at,
        Datum::Gcj02 => gcj02_to_wgs84(at),
        Datum::Bd09 => gcj02_to_wgs84(bd09_to_gcj02(at)),
    }
}

/// A WGS-84 position written in `datum`.
pub fn from_wgs84(at: LonLat, datum: Datum) -> LonLat {
    match datum {
        Datum::Wgs84 => at,
        Datum::Gcj02 => wgs84_to_gcj02(at),
        Datum::Bd09 => gcj02_to_bd09(wgs84_to_gcj02(at)),
    }
}

/// Outside this box the Chinese systems are not shifted.
fn outside_china(at: LonLat) -> bool {
    !(72.004..=137.8347).contains(&at.lon) || !(0.8293..=55.8271).contains(&at.lat)
}

fn wgs84_to_gcj02(at: LonLat) -> LonLat {
    if outside_china(at) {
        return at;
    }
    let (x, y) = (at.lon - 105.0, at.lat - 35.0);
    let radians = at.lat / 180.0 * PI;
    let sine = libm::sin(radians);
    let magic = 1.0 - ECCENTRICITY_SQ * sine * sine;
    let root = magic.sqrt();
    let north =
        shift_north(x, y) * 180.0 / (AXIS_M * (1.0 - ECCENTRICITY_SQ) / (magic * root) * PI);
    let east = shift_east(x, y) * 180.0 / (AXIS_M / root * libm::cos(radians) * PI);
    LonLat {
        lon: at.lon + east,
        lat: at.lat + north,
    }
}

/// Sum of two waves of half-length `a` and `b` in units of π, as the polynomial has them.
fn waves(value: f64, terms: [(f64, f64); 2]) -> f64 {
    terms
        .iter()
        .map(|(amplitude, pi_factor)| amplitude * libm::sin(value * pi_factor * PI))
        .sum()
}

fn shift_north(x: f64, y: f64) -> f64 {
    let polynomial = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * x.abs().sqrt();
    let sines = waves(x, [(20.0, 6.0), (20.0, 2.0)])
        + waves(y, [(20.0, 1.0), (40.0, 1.0 / 3.0)])
        + waves(y, [(160.0, 1.0 / 12.0), (320.0, 1.0 / 30.0)]);
    polynomial + sines * 2.0 / 3.0
}

fn shift_east(x: f64, y: f64) -> f64 {
    let polynomial = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * x.abs().sqrt();
    let sines = waves(x, [(20.0, 6.0), (20.0, 2.0)])
        + waves(x, [(20.0, 1.0), (40.0, 1.0 / 3.0)])
        + waves(x, [(150.0, 1.0 / 12.0), (300.0, 1.0 / 30.0)]);
    polynomial + sines * 2.0 / 3.0
}

/// Fixed-point iteration; the shift varies slowly, so each step gains about four digits.
fn invert(target: LonLat, forward: fn(LonLat) -> LonLat) -> LonLat {
    let mut guess = target;
    for _ in 0..8 {
        let image = forward(guess);
        let (east, north) = (target.lon - image.lon, target.lat - image.lat);
        guess = LonLat {
            lon: guess.lon + east,
            lat: guess.lat + north,
        };
        if east.abs() < 1e-10 && north.abs() < 1e-10 {
            break;
        }
    }
    guess
}

fn gcj02_to_wgs84(at: LonLat) -> LonLat {
    if outside_china(at) {
        at
    } else {
        invert(at, wgs84_to_gcj02)
    }
}

fn gcj02_to_bd09(at: LonLat) -> LonLat {
    if outside_china(at) {
        return at;
    }
    let radius =
        (at.lon * at.lon + at.lat * at.lat).sqrt() + 0.000_02 * libm::sin(at.lat * BAIDU_PI);
    let angle = libm::atan2(at.lat, at.lon) + 0.000_003 * libm::cos(at.lon * BAIDU_PI);
    LonLat {
        lon: radius * libm::cos(angle) + 0.0065,
        lat: radius * libm::sin(angle) + 0.006,
    }
}

fn bd09_to_gcj02(at: LonLat) -> LonLat {
    if outside_china(at) {
        at
    } else {
        invert(at, gcj02_to_bd09)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WGS: LonLat = LonLat {
        lon: 112.933_440,
        lat: 28.231_600,
    };
    const GCJ: LonLat = LonLat {
        lon: 112.938_879,
        lat: 28.228_084,
    };
    const BD: LonLat = LonLat {
        lon: 112.945_352,
        lat: 28.234_275,
    };

    fn near(a: LonLat, b: LonLat, tolerance: f64) -> bool {
        (a.lon - b.lon).abs() < tolerance && (a.lat - b.lat).abs() < tolerance
    }

    #[test]
    fn shifts_the_published_test_vector_forward() {
        assert!(near(from_wgs84(WGS, Datum::Gcj02), GCJ, 1e-6));
        assert!(near(from_wgs84(WGS, Datum::Bd09), BD, 1e-6));
    }

    #[test]
    fn brings_map_coordinates_back_to_within_a_millimetre() {
        for datum in [Datum::Gcj02, Datum::Bd09] {
            let back = to_wgs84(from_wgs84(WGS, datum), datum);
            assert!(near(back, WGS, 1e-8), "{datum:?} {back:?}");
        }
        assert!(near(to_wgs84(GCJ, Datum::Gcj02), WGS, 2e-6));
        assert!(near(to_wgs84(BD, Datum::Bd09), WGS, 2e-6));
    }

    #[test]
    fn leaves_places_outside_china_where_they_are() {
        let paris = LonLat {
            lon: 2.35,
            lat: 48.85,
        };
        assert_eq!(to_wgs84(paris, Datum::Bd09), paris);
    }
}
