//! Yards of customers as service points: whose vehicles they serve.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::PlanInputs;
use crate::domain::Vehicle;
use crate::findings::Finding;
use crate::place::TravelTable;
use crate::territory::{Located, PlacedPoint, Reach};

/// The nearest yard of each vehicle's own customer that is within reach.
pub(super) fn yards_of(
    inputs: &PlanInputs<'_>,
    points: &[PlacedPoint<'_>],
    located: &[Option<Located>],
    travel: &TravelTable,
) -> Vec<Option<usize>> {
    let reach = Reach {
        travel,
        tour: &inputs.settings.tour,
    };
    let mut yards: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, point) in points.iter().enumerate() {
        if !point.point.customer.is_empty() {
            yards.entry(&point.point.customer).or_default().push(index);
        }
    }
    let vehicles = inputs.ingested.tables.vehicles.par_iter();
    let nearest = |(vehicle, place): (&Vehicle, &Option<Located>)| {
        let place = place.as_ref()?;
        let own = yards.get(vehicle.customer.trim())?.iter();
        let near = own.filter_map(|index| Some((reach.km(place.stop(), &points[*index])?, *index)));
        let nearest = near.min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        nearest.map(|(_, index)| index)
    };
    vehicles.zip(located).map(nearest).collect()
}

/// A yard whose customer has no vehicle here is nobody's: most likely its name is written otherwise.
pub(super) fn yards_without_vehicles(inputs: &PlanInputs<'_>, findings: &mut Vec<Finding>) {
    let tables = &inputs.ingested.tables;
    for point in tables
        .points
        .iter()
        .filter(|point| !point.customer.is_empty())
    {
        let mut vehicles = tables.vehicles.iter();
        if !vehicles.any(|vehicle| point.serves(&vehicle.customer)) {
            findings.push(Finding::new("P018").arg("point", &point.id));
        }
    }
}
