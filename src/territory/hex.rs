//! Hexes of about 5 km: the demand cells of those whose coordinates are given.

use crate::domain::LonLat;

/// Kilometres of a degree of latitude.
const KM_PER_DEGREE: f64 = 111.32;
/// Hex cells are this wide, km.
const HEX_KM: f64 = 5.0;
/// cos of Hunan's middle latitude: hexes need to be equal, not true to the last per cent elsewhere.
const EAST_WEST: f64 = 0.886;

/// Side of a hex, km.
fn side() -> f64 {
    HEX_KM / 3.0_f64.sqrt()
}

/// Column and row (axial coordinates, rounded by the cube rule) of the hex a point lies in.
pub(super) fn axial(at: LonLat) -> (i64, i64) {
    let x = at.lon * KM_PER_DEGREE * EAST_WEST;
    let y = at.lat * KM_PER_DEGREE;
    let size = side();
    let q = (3.0_f64.sqrt() / 3.0 * x - y / 3.0) / size;
    let r = (2.0 / 3.0 * y) / size;
    let (mut column, mut row, third) = (q.round(), r.round(), (-q - r).round());
    let (dq, dr, ds) = ((column - q).abs(), (row - r).abs(), (third + q + r).abs());
    if dq > dr && dq > ds {
        column = -row - third;
    } else if dr > ds {
        row = -column - third;
    }
    (column as i64, row as i64)
}

/// Id of the hex a point lies in.
pub(super) fn hex(at: LonLat) -> String {
    let (column, row) = axial(at);
    format!("hex{column}.{row}")
}

/// The middle of that hex.
pub(super) fn hex_middle(at: LonLat) -> LonLat {
    let (column, row) = axial(at);
    let (column, row) = (column as f64, row as f64);
    let x = side() * 3.0_f64.sqrt() * (column + row / 2.0);
    let y = side() * 1.5 * row;
    LonLat {
        lon: x / (KM_PER_DEGREE * EAST_WEST),
        lat: y / KM_PER_DEGREE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_points_share_a_hex_and_far_ones_do_not() {
        let at = |lon, lat| hex(LonLat { lon, lat });
        assert_eq!(at(112.9388, 28.2282), at(112.9389, 28.2283));
        assert_ne!(at(112.9388, 28.2282), at(113.0388, 28.2282));
    }

    #[test]
    fn the_middle_of_a_hex_lies_in_it_and_is_the_same_for_everybody_there() {
        for step in 0..500 {
            let at = LonLat {
                lon: 110.0 + f64::from(step) * 0.0071,
                lat: 25.0 + f64::from(step) * 0.0093,
            };
            let middle = hex_middle(at);
            assert_eq!(hex(middle), hex(at));
            assert_eq!(hex_middle(middle), middle);
            assert!(crate::place::distance_km(at, middle) < 3.0);
        }
    }
}
