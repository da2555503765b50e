//! What part of the world is drawn, and where a place comes to lie on the paper.

use crate::plan::model::PlanPoint;

/// Drawing width, px.
pub(super) const WIDTH: f64 = 860.0;
/// Degrees shown around the outermost points.
const MARGIN: f64 = 0.35;
/// Shown where there is no point at all: west, south, east, north of Hunan.
const NOTHING: [f64; 4] = [108.6, 24.6, 114.3, 30.2];

/// A window on the world, degrees; an even scale both ways.
pub(super) struct Frame {
    west: f64,
    south: f64,
    east: f64,
    north: f64,
    /// cos of the middle latitude.
    east_west: f64,
}

impl Frame {
    pub(super) fn around(points: &[PlanPoint]) -> Self {
        let (mut west, mut south, mut east, mut north) =
            (180.0_f64, 90.0_f64, -180.0_f64, -90.0_f64);
        for point in points {
            west = west.min(point.lon - MARGIN);
            east = east.max(point.lon + MARGIN);
            south = south.min(point.lat - MARGIN);
            north = north.max(point.lat + MARGIN);
        }
        if points.is_empty() {
            [west, south, east, north] = NOTHING;
        }
        Self {
            west,
            south,
            east,
            north,
            east_west: libm::cos(libm::fabs(south + north) / 2.0 * std::f64::consts::PI / 180.0),
        }
    }

    /// Pixels per degree of latitude.
    fn scale(&self) -> f64 {
        WIDTH / ((self.east - self.west) * self.east_west)
    }

    /// Drawing height, px.
    pub(super) fn height(&self) -> f64 {
        (self.north - self.south) * self.scale()
    }

    /// Pixels from the left and from the top.
    pub(super) fn at(&self, lon: f64, lat: f64) -> (f64, f64) {
        let scale = self.scale();
        (
            (lon - self.west) * self.east_west * scale,
            (self.north - lat) * scale,
        )
    }

    /// Whether a place lies inside.
    pub(super) fn holds(&self, lon: f64, lat: f64) -> bool {
        (self.west..=self.east).contains(&lon) && (self.south..=self.north).contains(&lat)
    }

    /// Whether a box (west, south, east, north) touches the frame.
    pub(super) fn meets(&self, bounds: [f64; 4]) -> bool {
        bounds[0] < self.east
            && bounds[2] > self.west
            && bounds[1] < self.north
            && bounds[3] > self.south
    }

    /// Kilometres a bar of the scale stands for, and its length in pixels: about a sixth of the width.
    pub(super) fn scale_bar(&self) -> (u32, f64) {
        let px_per_km = self.scale() / 111.2;
        let km = [200_u32, 100, 50, 20, 10, 5, 2, 1];
        let fits = km
            .into_iter()
            .find(|km| f64::from(*km) * px_per_km <= WIDTH / 6.0);
        let km = fits.unwrap_or(1);
        (km, f64::from(km) * px_per_km)
    }
}
