//! Who would come how far: road km from a place to the points, and the share that comes.

use super::locate::PlacedPoint;
use crate::domain::settings::TourSettings;
use crate::place::{Stop, TravelTable};

/// Distances and shares under the dealer's limits.
pub struct Reach<'a> {
    /// Road distances.
    pub travel: &'a TravelTable,
    /// Limits.
    pub tour: &'a TourSettings,
}

impl Reach<'_> {
    /// Road km from a place to a point, rounded to metres; `None` beyond `max_customer_km`.
    pub fn km(&self, from: Stop<'_>, point: &PlacedPoint<'_>) -> Option<f64> {
        let most = self.tour.max_customer_km;
        self.travel.km_within(from, point.stop(), most)
    }

    /// a(d) = 2^(−max(0, d − `d0)/d_half`), 0 beyond `max_customer_km`.
    pub fn share(&self, km: f64) -> f64 {
        if km > self.tour.max_customer_km {
            return 0.0;
        }
        let beyond = (km - self.tour.attendance_full_km).max(0.0);
        if self.tour.attendance_half_km <= 0.0 {
            return if beyond > 0.0 { 0.0 } else { 1.0 };
        }
        let share = libm::exp2(-beyond / self.tour.attendance_half_km);
        (share * 1e6).round() / 1e6
    }
}
