//! The region surveyed: where everybody is, what everybody needs, what every place asks for.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::roads::travel_table;
use super::{Given, PlanInputs, earliest_depart, vehicle_of};
use crate::domain::settings::TeamSettings;
use crate::domain::{Date, Month, Role, Vehicle};
use crate::findings::{Failure, Finding};
use crate::place::{Adcode, TravelTable};
use crate::plan::model::PlanPoint;
use crate::predict::{
    PastWork, Prediction, Predictor, RepairRecord, UsageClasses, asks_foreman, is_due, with_reading,
};
use crate::solve::territory::{Problem, validate};
use crate::territory::{
    BuildInput, Located, Locator, PlacedPoint, Reach, VehicleDemand, build, demand_cells, depot,
    depot_stop,
};

/// Value lost where an area was served within this many days.
const LATELY_DAYS: i64 = 60;
/// The share lost.
const LATELY_SHARE: f64 = 0.3;

/// Everything known about the region; lists stand beside `tables.vehicles`.
pub(super) struct Region<'a> {
    pub(super) depot: Located,
    pub(super) points: Vec<PlacedPoint<'a>>,
    pub(super) travel: TravelTable,
    pub(super) located: Vec<Option<Located>>,
    pub(super) predictions: Vec<Prediction>,
    pub(super) record: RepairRecord,
    /// Inside the dealer's own catchment.
    pub(super) near: Vec<bool>,
    /// Vehicles with symptoms in words no table knows.
    pub(super) asks_foreman: BTreeSet<usize>,
    /// Demand cell; empty = none.
    pub(super) cell: Vec<String>,
    /// Skills the crew has.
    pub(super) skills: BTreeSet<String>,
}

impl<'a> Region<'a> {
    pub(super) fn survey(
        inputs: &PlanInputs<'a>,
        findings: &mut Vec<Finding>,
    ) -> Result<Self, Failure> {
        let (tables, settings) = (&inputs.ingested.tables, inputs.settings);
        let matcher = inputs.places;
        let depot = depot(settings, matcher)
            .ok_or_else(|| Failure::input(Finding::new("P012").in_file("tour.toml")))?;
        let locator = Locator::new(matcher, Adcode::parse(&depot.county_code));
        let mut points = Vec::new();
        for point in &tables.points {
            match locator.point(point) {
                Some(placed) => points.push(placed),
                None => findings.push(Finding::new("P009").arg("point", &point.id)),
            }
        }
        if points.is_empty() {
            return Err(Failure::input(Finding::new("P013").in_file("points.csv")));
        }
        let located = locator.vehicles(&tables.vehicles);
        let travel = travel_table(inputs, &depot, &points, &located, findings);
        let from = depot_stop(&depot);
        let near: Vec<bool> = located
            .par_iter()
            .map(|place| {
                let to = place.as_ref().map(Located::stop);
                to.is_some_and(|to| travel.leg(from, to).km < settings.dealer.catchment_km)
            })
            .collect();
        let record = RepairRecord::new(tables.history.iter().map(|entry| {
            let work = PastWork {
                date: entry.date,
                km: entry.km,
                what: entry.what.clone(),
            };
            (entry.vehicle.clone(), work)
        }));
        let classes = UsageClasses::learn(
            &tables.vehicles,
            &tables.catalogue,
            settings.predict.km_per_day,
        );
        let predictor = Predictor {
            catalogue: &tables.catalogue,
            rates: &settings.predict,
            tour: &settings.tour,
            record: &record,
            classes: &classes,
            day: inputs.month.reference_day(),
        };
        let known = (inputs.given, inputs.month, inputs.today);
        let predictions: Vec<Prediction> = tables
            .vehicles
            .par_iter()
            .map(|vehicle| predicted(known, &predictor, vehicle))
            .collect();
        let cell = cells_of(&located, &near, &predictions);
        let asks_foreman = inputs.given.map_or_else(BTreeSet::new, |given| {
            let vehicles = tables.vehicles.iter().enumerate();
            vehicles
                .filter(|(_, vehicle)| {
                    asks_foreman(&predictor, vehicle, given.said(&vehicle.id, inputs.month))
                })
                .map(|(index, _)| index)
                .collect()
        });
        let skills = tables
            .crew
            .iter()
            .filter(|person| matches!(person.role, Role::Technician | Role::Leader))
            .flat_map(|person| person.skills.iter().cloned())
            .collect();
        Ok(Self {
            depot,
            points,
            travel,
            located,
            predictions,
            record,
            near,
            asks_foreman,
            cell,
            skills,
        })
    }

    /// Whether an item can be done on tour at all.
    pub(super) fn fieldable(&self, inputs: &PlanInputs<'_>, item: &str) -> bool {
        let catalogue = &inputs.ingested.tables.catalogue;
        catalogue
            .items
            .get(item)
            .is_some_and(|item| item.on_site && item.skills.is_subset(&self.skills))
    }

    /// Whether it needs a lift.
    pub(super) fn needs_lift(inputs: &PlanInputs<'_>, item: &str) -> bool {
        inputs
            .ingested
            .tables
            .catalogue
            .items
            .get(item)
            .is_some_and(|item| item.needs_lift)
    }

    /// The pure problem.
    pub(super) fn problem(
        &self,
        inputs: &PlanInputs<'_>,
        teams: &[TeamSettings],
    ) -> Result<Problem, Failure> {
        let demands = self.demands(inputs);
        let cells = demand_cells(&demands)?;
        let county_of: BTreeMap<&str, &str> = self
            .cell
            .iter()
            .zip(&self.located)
            .filter_map(|(cell, place)| Some((cell.as_str(), place.as_ref()?.county_code.as_str())))
            .collect();
        let cell_counties: Vec<String> = cells
            .iter()
            .map(|cell| {
                county_of
                    .get(cell.id.as_str())
                    .copied()
                    .unwrap_or("")
                    .to_owned()
            })
            .collect();
        let reach = Reach {
            travel: &self.travel,
            tour: &inputs.settings.tour,
        };
        let mut problem = build(&BuildInput {
            month: inputs.month,
            first_depart: first_depart(inputs),
            calendar: &inputs.ingested.tables.calendar,
            teams,
            vans: &inputs.ingested.tables.vans,
            costs: &inputs.settings.costs,
            reach: &reach,
            depot: depot_stop(&self.depot),
            points: &self.points,
            cells: &cells,
            cell_counties: &cell_counties,
            lately: &self.lately(inputs),
        });
        if let Some(given) = inputs.given.filter(|given| given.searched) {
            let earliest = earliest_depart(inputs.settings, inputs.month, inputs.today);
            given.close_days(&mut problem, earliest);
        }
        match validate(&problem).into_iter().next() {
            Some(fault) => Err(Failure::input(
                Finding::new("C008")
                    .value(fault.path.clone())
                    .arg("expected", fault.message)
                    .arg("key", "tour.toml, points.csv"),
            )),
            None => Ok(problem),
        }
    }

    fn demands(&self, inputs: &PlanInputs<'_>) -> Vec<VehicleDemand> {
        let mut demands = Vec::new();
        for (index, prediction) in self.predictions.iter().enumerate() {
            let Some(place) = self.located[index].as_ref().filter(|_| !self.near[index]) else {
                continue;
            };
            let vehicle = vehicle_of(&inputs.ingested.tables, index);
            if inputs
                .given
                .is_some_and(|given| given.turned_down(&vehicle.id, inputs.month))
            {
                continue;
            }
            let field = |item: &str| self.fieldable(inputs, item);
            let without_lift = |item: &str| field(item) && !Self::needs_lift(inputs, item);
            let value = prediction.planning_value(&field);
            demands.push(VehicleDemand {
                cell: self.cell[index].clone(),
                at: place.at,
                hours: prediction.expected_hours(&field),
                value,
                lift_value: value - prediction.planning_value(&without_lift),
            });
        }
        demands
    }

    /// Points served lately, themselves or by their county.
    fn lately(&self, inputs: &PlanInputs<'_>) -> BTreeMap<String, f64> {
        let since = inputs.month.first().plus_days(-LATELY_DAYS);
        let recent = || {
            inputs
                .ingested
                .tables
                .past_visits
                .iter()
                .filter(|visit| visit.date >= since)
        };
        self.points
            .iter()
            .filter(|placed| {
                recent().any(|visit| {
                    visit.point == placed.point.id
                        || (!visit.county.is_empty() && visit.county == placed.county)
                })
            })
            .map(|placed| (placed.point.id.clone(), LATELY_SHARE))
            .collect()
    }

    /// Depot and points as the documents print them.
    pub(super) fn plan_points(
        &self,
        inputs: &PlanInputs<'_>,
        month: &super::tours::MonthTours,
    ) -> Vec<PlanPoint> {
        let dealer = &inputs.settings.dealer;
        let mut list = vec![PlanPoint {
            id: "depot".into(),
            name: dealer.name.clone(),
            county: self.depot.county.clone(),
            address: dealer.address.clone(),
            lon: self.depot.at.lon,
            lat: self.depot.at.lat,
            visited: true,
            bays: 0,
            host: String::new(),
            lift: true,
            receives_goods: true,
        }];
        for (index, placed) in self.points.iter().enumerate() {
            let point = placed.point;
            list.push(PlanPoint {
                id: point.id.clone(),
                name: point.name.clone(),
                county: placed.county.clone(),
                address: point.address.clone(),
                lon: placed.at.lon,
                lat: placed.at.lat,
                visited: month.visits.iter().any(|visit| visit.point == index),
                bays: point.bays,
                host: point.host.clone(),
                lift: point.lift,
                receives_goods: point.receives_goods,
            });
        }
        list
    }
}

/// A vehicle's prediction, with what was said about it.
fn predicted(
    (given, month, today): (Option<&Given<'_>>, Month, Date),
    predictor: &Predictor<'_>,
    vehicle: &Vehicle,
) -> Prediction {
    let said = given
        .map(|given| given.said(&vehicle.id, month))
        .unwrap_or_default();
    let read = said
        .answer
        .and_then(|answer| with_reading(vehicle, answer, today));
    let vehicle = read.as_ref().unwrap_or(vehicle);
    predictor.predict(vehicle).after(predictor, vehicle, said)
}

/// The call window must fit between today and departure; tours that stand keep their days.
fn first_depart(inputs: &PlanInputs<'_>) -> Date {
    let earliest = earliest_depart(inputs.settings, inputs.month, inputs.today);
    let standing = inputs.given.and_then(Given::first_depart);
    match (inputs.given, standing) {
        (Some(given), Some(first)) if given.searched => first.min(earliest),
        (_, first) => first.unwrap_or(earliest),
    }
}

fn cells_of(located: &[Option<Located>], near: &[bool], predictions: &[Prediction]) -> Vec<String> {
    located
        .iter()
        .zip(near)
        .zip(predictions)
        .map(|((place, near), prediction)| match place {
            Some(place) if !near && is_due(prediction) => format!("{}-due", place.cell),
            Some(place) => place.cell.clone(),
            None => String::new(),
        })
        .collect()
}

/// Why a vehicle cannot be called, if it cannot.
pub(super) fn uncallable(vehicle: &Vehicle) -> Option<&'static str> {
    if vehicle.do_not_call {
        Some("do_not_call")
    } else if vehicle.phones.is_empty() {
        Some("no_phone")
    } else {
        None
    }
}

/// The vehicles of one contact at one place stay together.
pub(super) fn group_of(inputs: &PlanInputs<'_>, region: &Region<'_>, index: usize) -> String {
    let vehicle = vehicle_of(&inputs.ingested.tables, index);
    let cell = region.cell[index].trim_end_matches("-due");
    format!("{cell}|{}", vehicle.contact_key())
}
