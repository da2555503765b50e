//! The region surveyed: where everybody is, what everybody needs, what every place asks for.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::roads::travel_table;
use super::yards::{yards_of, yards_without_vehicles};
use super::{Given, PlanInputs, earliest_depart, vehicle_of};
use crate::domain::settings::{PredictSettings, TeamSettings, is_pin};
use crate::domain::{Catalogue, Date, Month, Role, Vehicle};
use crate::findings::{Failure, FailureKind, Finding};
use crate::ingest::HistoryEntry;
use crate::place::{Adcode, TravelTable};
use crate::plan::model::PlanPoint;
use crate::predict::{
    Prediction, Predictor, RepairRecord, UsageClasses, asks_foreman, is_due, with_reading,
};
use crate::solve::territory::{Problem, validate};
use crate::territory::{
    BuildInput, Located, Locator, PlacedPoint, Reach, VehicleDemand, build, cell_id, demand_cells,
    depot, depot_stop, place_of_cell,
};

/// Everything known about the region; lists stand beside `tables.vehicles`.
pub(super) struct Region<'a> {
    pub(super) depot: Located,
    pub(super) points: Vec<PlacedPoint<'a>>,
    pub(super) travel: TravelTable,
    pub(super) located: Vec<Option<Located>>,
    pub(super) predictions: Vec<Prediction>,
    pub(super) record: RepairRecord,
    classes: UsageClasses,
    /// Inside the dealer's own catchment.
    pub(super) near: Vec<bool>,
    /// Vehicles with symptoms in words no table knows.
    pub(super) asks_foreman: BTreeSet<usize>,
    /// The own yard of its customer within reach, by position of the point.
    yard: Vec<Option<usize>>,
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
        unknown_pins(inputs)?;
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
        let record = RepairRecord::new(tables.history.iter().map(HistoryEntry::past_work));
        let classes = UsageClasses::learn(
            &tables.vehicles,
            &tables.catalogue,
            settings.predict.km_per_day,
        );
        let known = Known {
            record: &record,
            classes: &classes,
        };
        let predictor = known.predictor(inputs, &settings.predict, &tables.catalogue);
        let predictions = predictions(inputs, &predictor);
        yards_without_vehicles(inputs, findings);
        let yard = yards_of(inputs, &points, &located, &travel);
        let cell = cells_of(&points, (&located, &near, &yard), &predictions);
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
            classes,
            near,
            asks_foreman,
            yard,
            cell,
            skills,
        })
    }

    /// Predicts everybody anew by other rates; what stood before is handed out for [`Self::restore`].
    pub(super) fn assume(
        &mut self,
        inputs: &PlanInputs<'_>,
        rates: &PredictSettings,
        catalogue: &Catalogue,
    ) -> Assumed {
        let known = Known {
            record: &self.record,
            classes: &self.classes,
        };
        let new = predictions(inputs, &known.predictor(inputs, rates, catalogue));
        let places = (&*self.located, &*self.near, &*self.yard);
        let cell = cells_of(&self.points, places, &new);
        Assumed {
            predictions: std::mem::replace(&mut self.predictions, new),
            cell: std::mem::replace(&mut self.cell, cell),
        }
    }

    /// Takes back predictions set aside by [`Self::assume`].
    pub(super) fn restore(&mut self, assumed: Assumed) {
        self.predictions = assumed.predictions;
        self.cell = assumed.cell;
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
            lost_shares: &self.lost_shares(inputs),
            pins: &inputs.settings.pins,
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

    /// The day each point was last served before the month, itself or by its county.
    fn last_served(&self, inputs: &PlanInputs<'_>) -> BTreeMap<&str, Date> {
        let past = &inputs.ingested.tables.past_visits;
        let before = || {
            past.iter()
                .filter(|visit| visit.date < inputs.month.first())
        };
        let days = self.points.iter().filter_map(|placed| {
            let here = before().filter(|visit| {
                visit.point == placed.point.id
                    || (!visit.county.is_empty() && visit.county == placed.county)
            });
            let last = here.map(|visit| visit.date).max()?;
            Some((placed.point.id.as_str(), last))
        });
        days.collect()
    }

    /// Share of the planning value lost there, by point.
    fn lost_shares(&self, inputs: &PlanInputs<'_>) -> BTreeMap<String, f64> {
        let (policy, day) = (&inputs.settings.policy, inputs.month.reference_day());
        self.last_served(inputs)
            .into_iter()
            .map(|(point, served)| (point.to_owned(), policy.lost_share(served, day)))
            .filter(|(_, lost)| *lost > 0.0)
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
            last_served: None,
            lost_share: 0.0,
        }];
        let served = self.last_served(inputs);
        let lost = self.lost_shares(inputs);
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
                last_served: served.get(point.id.as_str()).copied(),
                lost_share: lost.get(&point.id).copied().unwrap_or(0.0),
            });
        }
        list
    }
}

/// Predictions set aside while others are looked at.
pub(super) struct Assumed {
    predictions: Vec<Prediction>,
    cell: Vec<String>,
}

/// What predictions rest on beside rates and catalogue.
struct Known<'a> {
    record: &'a RepairRecord,
    classes: &'a UsageClasses,
}

impl<'a> Known<'a> {
    fn predictor(
        &self,
        inputs: &PlanInputs<'a>,
        rates: &'a PredictSettings,
        catalogue: &'a Catalogue,
    ) -> Predictor<'a> {
        Predictor {
            catalogue,
            rates,
            policy: &inputs.settings.policy,
            tour: &inputs.settings.tour,
            record: self.record,
            classes: self.classes,
            day: inputs.month.reference_day(),
        }
    }
}

/// Everybody's prediction, with what was said, beside the tables' vehicles.
fn predictions(inputs: &PlanInputs<'_>, predictor: &Predictor<'_>) -> Vec<Prediction> {
    let known = (inputs.given, inputs.month, inputs.today);
    let vehicles = &inputs.ingested.tables.vehicles;
    vehicles
        .par_iter()
        .map(|vehicle| predicted(known, predictor, vehicle))
        .collect()
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

fn cells_of(
    points: &[PlacedPoint<'_>],
    (located, near, yard): (&[Option<Located>], &[bool], &[Option<usize>]),
    predictions: &[Prediction],
) -> Vec<String> {
    let places = located.iter().zip(near).zip(yard);
    places
        .zip(predictions)
        .map(|(((place, near), yard), prediction)| {
            let yard = yard.map(|index| points[index].point.id.as_str());
            place.as_ref().map_or_else(String::new, |place| {
                cell_id(&place.cell, !near && is_due(prediction), yard)
            })
        })
        .collect()
}

/// A pin must name a point of points.csv, and a day of the month.
fn unknown_pins(inputs: &PlanInputs<'_>) -> Result<(), Failure> {
    let points = &inputs.ingested.tables.points;
    let is_wrong = |(id, pin): &(&String, &String)| {
        points.iter().all(|point| point.id != **id) || !is_pin(pin, Some(inputs.month))
    };
    let wrong = inputs.settings.pins.iter().filter(is_wrong);
    let findings: Vec<Finding> = wrong
        .map(|(id, pin)| {
            let finding = Finding::new("C008").in_file("tour.toml").value(pin.clone());
            let days = format!("{} … {}", inputs.month.first(), inputs.month.last());
            finding
                .arg("key", format!("pins.{id}"))
                .arg("expected", format!("points.csv; must | never | {days}"))
        })
        .collect();
    if findings.is_empty() {
        return Ok(());
    }
    Err(Failure {
        kind: FailureKind::Input,
        findings,
    })
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
    let place = place_of_cell(&region.cell[index]);
    format!("{place}|{}", vehicle.contact_key())
}
