//! The region surveyed: where everybody is, what everybody needs, what every place asks for.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

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
    Book, Outline, Prediction, Predictor, RepairRecord, Said, UsageClasses, asks_foreman,
    with_reading,
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
    /// What everybody needs, in a few figures.
    pub(super) outlines: Vec<Outline>,
    /// The same in full, of those whose items were read.
    full: Vec<OnceLock<Box<Prediction>>>,
    book: Book<'a>,
    pub(super) record: RepairRecord,
    classes: UsageClasses,
    /// Inside the dealer's own catchment.
    pub(super) near: Vec<bool>,
    /// Vehicles with symptoms in words no table knows.
    pub(super) asks_foreman: BTreeSet<usize>,
    /// The own yard of its customer within reach, by position of the point.
    yard: Vec<Option<usize>>,
    /// Demand cell; empty = none.
    pub(super) cell: Vec<Arc<str>>,
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
        let skills = tables
            .crew
            .iter()
            .filter(|person| matches!(person.role, Role::Technician | Role::Leader))
            .flat_map(|person| person.skills.iter().cloned())
            .collect();
        let book = Book::for_crew(&tables.catalogue, &skills);
        let known = Known {
            record: &record,
            classes: &classes,
        };
        let predictor = known.predictor(inputs, &settings.predict, &book);
        let outlines = outlines(inputs, &predictor, &skills);
        yards_without_vehicles(inputs, findings);
        let yard = yards_of(inputs, &points, &located, &travel);
        let cell = cells_of(&points, (&located, &near, &yard), &outlines);
        let asks_foreman = inputs.given.map_or_else(BTreeSet::new, |given| {
            let vehicles = tables.vehicles.iter().enumerate();
            vehicles
                .filter(|(_, vehicle)| {
                    asks_foreman(&predictor, vehicle, given.said(&vehicle.id, inputs.month))
                })
                .map(|(index, _)| index)
                .collect()
        });
        Ok(Self {
            depot,
            points,
            travel,
            located,
            full: unread(&outlines),
            outlines,
            book,
            record,
            classes,
            near,
            asks_foreman,
            yard,
            cell,
            skills,
        })
    }

    /// Looks at everybody by other rates, `called` in full; what stood before is handed out for [`Self::restore`].
    pub(super) fn assume(
        &mut self,
        inputs: &PlanInputs<'_>,
        other: &OtherRates,
        called: &mut dyn Iterator<Item = usize>,
    ) -> Assumed {
        let book = Book::for_crew(&other.catalogue, &self.skills);
        let known = Known {
            record: &self.record,
            classes: &self.classes,
        };
        let predictor = known.predictor(inputs, &other.rates, &book);
        let outlines: Vec<Outline> = match other.show_up {
            // Nobody needs anything else.
            Some(factor) => {
                let now = self.outlines.iter();
                now.map(|outline| outline.if_more_came(factor)).collect()
            }
            None => outlines(inputs, &predictor, &self.skills),
        };
        let mut full = unread(&outlines);
        let heard = Heard::of(inputs);
        for index in called {
            let vehicle = vehicle_of(&inputs.ingested.tables, index);
            full[index] = OnceLock::from(Box::new(heard.predicted(&predictor, vehicle)));
        }
        let places = (&*self.located, &*self.near, &*self.yard);
        let cell = cells_of(&self.points, places, &outlines);
        Assumed {
            outlines: std::mem::replace(&mut self.outlines, outlines),
            full: std::mem::replace(&mut self.full, full),
            cell: std::mem::replace(&mut self.cell, cell),
        }
    }

    /// Takes back predictions set aside by [`Self::assume`].
    pub(super) fn restore(&mut self, assumed: Assumed) {
        self.outlines = assumed.outlines;
        self.full = assumed.full;
        self.cell = assumed.cell;
    }

    /// What a vehicle needs, in full: made when it is first asked for.
    pub(super) fn prediction(&self, inputs: &PlanInputs<'_>, index: usize) -> &Prediction {
        self.full[index].get_or_init(|| Box::new(self.predict(inputs, index)))
    }

    /// The same for a single look at many.
    pub(super) fn glance(&self, inputs: &PlanInputs<'_>, index: usize) -> Cow<'_, Prediction> {
        match self.full[index].get() {
            Some(known) => Cow::Borrowed(known),
            None => Cow::Owned(self.predict(inputs, index)),
        }
    }

    fn predict(&self, inputs: &PlanInputs<'_>, index: usize) -> Prediction {
        let known = Known {
            record: &self.record,
            classes: &self.classes,
        };
        let predictor = known.predictor(inputs, &inputs.settings.predict, &self.book);
        Heard::of(inputs).predicted(&predictor, vehicle_of(&inputs.ingested.tables, index))
    }

    /// Whether an item can be done on tour at all.
    pub(super) fn fieldable(&self, inputs: &PlanInputs<'_>, item: &str) -> bool {
        can_field(&inputs.ingested.tables.catalogue, &self.skills, item)
    }

    /// Whether it needs a lift.
    pub(super) fn needs_lift(inputs: &PlanInputs<'_>, item: &str) -> bool {
        needs_lift(&inputs.ingested.tables.catalogue, item)
    }

    /// The pure problem.
    pub(super) fn problem(
        &self,
        inputs: &PlanInputs<'_>,
        teams: &[TeamSettings],
    ) -> Result<Problem, Failure> {
        let demands = self.demands(inputs);
        let cells = demand_cells(&demands)?;
        // Looked up only: a million entries need no order.
        let county_of: HashMap<&str, &str> = self
            .cell
            .iter()
            .zip(&self.located)
            .filter_map(|(cell, place)| Some((&**cell, &*place.as_ref()?.county_code)))
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

    fn demands(&self, inputs: &PlanInputs<'_>) -> Vec<VehicleDemand<'_>> {
        let mut demands = Vec::new();
        for (index, place) in self.located.iter().enumerate() {
            let Some(place) = place.as_ref().filter(|_| !self.near[index]) else {
                continue;
            };
            let vehicle = vehicle_of(&inputs.ingested.tables, index);
            if inputs
                .given
                .is_some_and(|given| given.turned_down(&vehicle.id, inputs.month))
            {
                continue;
            }
            let outline = &self.outlines[index];
            let all = outline.expected(true);
            demands.push(VehicleDemand {
                cell: &self.cell[index],
                at: place.at,
                hours: all.hours,
                value: all.value,
                lift_value: all.value - outline.expected(false).value,
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
            county: self.depot.county.to_string(),
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

/// Rates other than those assumed.
pub(super) struct OtherRates {
    pub(super) rates: PredictSettings,
    pub(super) catalogue: Catalogue,
    /// How many times as often everybody comes, where that is all that is other.
    pub(super) show_up: Option<f64>,
}

/// Predictions set aside while others are looked at.
pub(super) struct Assumed {
    outlines: Vec<Outline>,
    full: Vec<OnceLock<Box<Prediction>>>,
    cell: Vec<Arc<str>>,
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
        book: &'a Book<'a>,
    ) -> Predictor<'a> {
        Predictor {
            book,
            rates,
            policy: &inputs.settings.policy,
            tour: &inputs.settings.tour,
            record: self.record,
            classes: self.classes,
            day: inputs.month.reference_day(),
        }
    }
}

/// Everybody's prediction in a few figures, with what was said, beside the tables' vehicles.
fn outlines(
    inputs: &PlanInputs<'_>,
    predictor: &Predictor<'_>,
    skills: &BTreeSet<String>,
) -> Vec<Outline> {
    let tables = &inputs.ingested.tables;
    let catalogue = &tables.catalogue;
    let field = |item: &str| can_field(catalogue, skills, item);
    let lift = |item: &str| needs_lift(catalogue, item);
    let heard = Heard::of(inputs);
    tables
        .vehicles
        .par_iter()
        .map(|vehicle| {
            if heard.said(vehicle).is_nothing() {
                predictor.outline(vehicle)
            } else {
                Outline::of(&heard.predicted(predictor, vehicle), &field, &lift)
            }
        })
        .collect()
}

/// As many places for predictions in full, none made yet.
fn unread(outlines: &[Outline]) -> Vec<OnceLock<Box<Prediction>>> {
    outlines.iter().map(|_| OnceLock::new()).collect()
}

fn can_field(catalogue: &Catalogue, skills: &BTreeSet<String>, item: &str) -> bool {
    let known = catalogue.items.get(item);
    known.is_some_and(|item| item.on_site && item.skills.is_subset(skills))
}

fn needs_lift(catalogue: &Catalogue, item: &str) -> bool {
    let known = catalogue.items.get(item);
    known.is_some_and(|item| item.needs_lift)
}

/// What was said about the vehicles.
struct Heard<'a> {
    given: Option<&'a Given<'a>>,
    month: Month,
    today: Date,
}

impl<'a> Heard<'a> {
    fn of(inputs: &PlanInputs<'a>) -> Self {
        Self {
            given: inputs.given,
            month: inputs.month,
            today: inputs.today,
        }
    }

    fn said(&self, vehicle: &Vehicle) -> Said<'a> {
        let said = self.given.map(|given| given.said(&vehicle.id, self.month));
        said.unwrap_or_default()
    }

    /// A vehicle's prediction, with what was said about it.
    fn predicted(&self, predictor: &Predictor<'_>, vehicle: &Vehicle) -> Prediction {
        let said = self.said(vehicle);
        let read = said
            .answer
            .and_then(|answer| with_reading(vehicle, answer, self.today));
        let vehicle = read.as_ref().unwrap_or(vehicle);
        predictor.predict(vehicle).after(predictor, vehicle, said)
    }
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
    outlines: &[Outline],
) -> Vec<Arc<str>> {
    let mut shared: HashMap<(&str, bool, Option<usize>), Arc<str>> = HashMap::new();
    let none: Arc<str> = "".into();
    let places = located.iter().zip(near).zip(yard);
    places
        .zip(outlines)
        .map(|(((place, near), yard), outline)| {
            let Some(place) = place else {
                return none.clone();
            };
            let due = !near && outline.due;
            let id = || {
                let yard = yard.map(|index| points[index].point.id.as_str());
                cell_id(&place.cell, due, yard).into()
            };
            let known = shared.entry((&place.cell, due, *yard));
            known.or_insert_with(id).clone()
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
