//! A month's vehicles and calls by id, and what several documents read of all of them: worked out once for all.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;

use super::call_days::{CallDay, call_days};
use crate::plan::model::{Call, CalledVehicle, Plan, Tour, Visit};

/// Of one plan.
pub struct Found<'a> {
    /// Looked up only.
    vehicles: HashMap<&'a str, &'a CalledVehicle>,
    /// Likewise, by vehicle.
    calls: HashMap<&'a str, &'a Call>,
    /// Likewise.
    visits: HashMap<&'a str, &'a Visit>,
    /// By tour, in the plan's order.
    of_tours: BTreeMap<&'a str, Vec<&'a CalledVehicle>>,
    /// By tour.
    days: BTreeMap<&'a str, Vec<CallDay<'a>>>,
    /// By tour, the models of its vehicles.
    models: BTreeMap<&'a str, BTreeSet<&'a str>>,
    /// By county, the tour that calls most of its vehicles.
    areas: BTreeMap<&'a str, &'a str>,
}

impl<'a> Found<'a> {
    /// Looks through a plan.
    pub fn of(plan: &'a Plan) -> Self {
        let vehicles = plan.vehicles.iter();
        let vehicles: HashMap<_, _> = vehicles.map(|one| (one.vehicle.as_str(), one)).collect();
        let visits = plan.visits.iter();
        let mut of_tours: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for one in &plan.vehicles {
            of_tours.entry(one.tour.as_str()).or_default().push(one);
        }
        let (days, (calls, areas)) = rayon::join(
            || {
                let tours = plan.tours.par_iter();
                tours
                    .map(|tour| (tour.id.as_str(), call_days(plan, &vehicles, tour)))
                    .collect()
            },
            || rayon::join(|| calls_of(plan, &vehicles), || areas(plan)),
        );
        Self {
            vehicles,
            calls,
            visits: visits.map(|visit| (visit.id.as_str(), visit)).collect(),
            models: of_tours
                .iter()
                .map(|(tour, own)| (*tour, models(own)))
                .collect(),
            of_tours,
            days,
            areas,
        }
    }

    /// A vehicle that is called.
    pub(super) fn called(&self, vehicle: &str) -> Option<&'a CalledVehicle> {
        self.vehicles.get(vehicle).copied()
    }

    /// Its call.
    pub(super) fn call_of(&self, vehicle: &str) -> Option<&'a Call> {
        self.calls.get(vehicle).copied()
    }

    /// A visit.
    pub(super) fn visit(&self, id: &str) -> Option<&'a Visit> {
        self.visits.get(id).copied()
    }

    /// The vehicles a tour calls, in the plan's order.
    pub(super) fn vehicles_of(&self, tour: &Tour) -> &[&'a CalledVehicle] {
        self.of_tours
            .get(tour.id.as_str())
            .map_or(&[], Vec::as_slice)
    }

    /// Their models, each once, in order.
    pub(super) fn models_of(&self, tour: &Tour) -> impl Iterator<Item = &'a str> {
        self.models
            .get(tour.id.as_str())
            .into_iter()
            .flatten()
            .copied()
    }

    /// The call sheets of a tour, those without a caller last.
    pub(super) fn call_days(&self, tour: &Tour) -> &[CallDay<'a>] {
        self.days.get(tour.id.as_str()).map_or(&[], Vec::as_slice)
    }

    /// The tour that calls most of a county's vehicles.
    pub(super) fn tour_of_county(&self, county: &str) -> Option<&'a str> {
        self.areas.get(county).copied()
    }
}

fn models<'a>(vehicles: &[&'a CalledVehicle]) -> BTreeSet<&'a str> {
    vehicles.iter().map(|one| one.model.as_str()).collect()
}

/// Every vehicle's call on the list of its own tour.
fn calls_of<'a>(
    plan: &'a Plan,
    vehicles: &HashMap<&str, &CalledVehicle>,
) -> HashMap<&'a str, &'a Call> {
    let mut calls = HashMap::with_capacity(plan.calls.len());
    for call in &plan.calls {
        let vehicle = call.vehicle.as_str();
        if vehicles
            .get(vehicle)
            .is_some_and(|one| one.tour == call.tour)
        {
            calls.entry(vehicle).or_insert(call);
        }
    }
    calls
}

fn areas<'a>(plan: &'a Plan) -> BTreeMap<&'a str, &'a str> {
    let mut counts: BTreeMap<&str, BTreeMap<&str, u32>> = BTreeMap::new();
    for vehicle in &plan.vehicles {
        let tours = counts.entry(&vehicle.county).or_default();
        *tours.entry(&vehicle.tour).or_default() += 1;
    }
    let most = |tours: BTreeMap<&'a str, u32>| {
        let most = tours
            .into_iter()
            .max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0)));
        most.map(|(tour, _)| tour)
    };
    let areas = counts.into_iter();
    areas
        .filter_map(|(county, tours)| Some((county, most(tours)?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::model::small::plan;

    #[test]
    fn a_vehicles_call_is_the_one_on_its_own_tours_list() {
        let mut plan = plan();
        let (first, second) = (
            plan.vehicles[0].vehicle.clone(),
            plan.vehicles[1].vehicle.clone(),
        );
        for call in &mut plan.calls {
            if call.vehicle == second {
                call.tour = "T99".into();
            }
        }
        let found = Found::of(&plan);
        assert_eq!(found.called(&second).map(|one| &one.vehicle), Some(&second));
        assert_eq!(
            found.call_of(&first).map(|call| &call.vehicle),
            Some(&first)
        );
        for vehicle in [second.as_str(), "", "unheard-of"] {
            assert!(found.call_of(vehicle).is_none(), "{vehicle}");
            assert_eq!(found.call_of(vehicle), plan.call_of(vehicle));
        }
        let of_tours: usize = plan
            .tours
            .iter()
            .map(|tour| found.call_days(tour).len())
            .sum();
        assert!(of_tours > 0 && found.called("unheard-of").is_none());
        let tour = &plan.tours[0];
        let own: Vec<&CalledVehicle> = plan
            .vehicles
            .iter()
            .filter(|one| one.tour == tour.id)
            .collect();
        assert!(!own.is_empty() && found.vehicles_of(tour) == own);
        let models: BTreeSet<&str> = own.iter().map(|one| one.model.as_str()).collect();
        assert!(found.models_of(tour).eq(models));
        let visit = &plan.visits[0];
        assert_eq!(found.visit(&visit.id), Some(visit));
        assert_eq!(found.visit("unheard-of"), None);
    }

    #[test]
    fn a_county_is_the_tours_that_calls_most_of_it() {
        let mut plan = plan();
        let county = plan.vehicles[0].county.clone();
        let one = plan.vehicles[0].clone();
        for (tour, vehicles) in [("T08", 5), ("T07", 5)] {
            for number in 0..vehicles {
                let mut more = one.clone();
                (more.vehicle, more.tour) = (format!("{tour}-{number}"), tour.into());
                plan.vehicles.push(more);
            }
        }
        plan.vehicles.sort_by(|a, b| a.vehicle.cmp(&b.vehicle));
        let found = Found::of(&plan);
        assert_eq!(
            found.tour_of_county(&county),
            Some("T07"),
            "of two as good the first"
        );
        assert_eq!(found.tour_of_county("unheard-of"), None);
    }
}
