//! The region surveyed: where everybody is and what everybody needs.
//!
//! Not responsible for: what every place asks for (`posing`).

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::OnceLock;

use rayon::prelude::*;

use super::cells::{Cells, Whereabouts};
use super::heard::Heard;
use super::needs::Needs;
use super::posing::{Demand, unknown_pins};
use super::roads::travel_table;
use super::yards::{yards_of, yards_without_vehicles};
use super::{PlanInputs, vehicle_of};
use crate::domain::settings::PredictSettings;
use crate::domain::{Catalogue, Date, Role, Vehicle};
use crate::findings::{Failure, Finding};
use crate::ingest::HistoryEntry;
use crate::place::{Adcode, TravelTable};
use crate::plan::model::PlanPoint;
use crate::predict::{Book, Prediction, Predictor, RepairRecord, UsageClasses, Used, asks_foreman};
use crate::territory::{Located, Locator, PlacedPoint, depot, depot_stop, place_of_cell};

/// Everything known about the region; lists stand beside `tables.vehicles`.
pub(super) struct Region<'a> {
    pub(super) depot: Located,
    pub(super) points: Vec<PlacedPoint<'a>>,
    pub(super) travel: TravelTable,
    pub(super) located: Vec<Option<Located>>,
    /// What everybody needs, in short.
    pub(super) needs: Needs,
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
    pub(super) yard: Vec<Option<usize>>,
    /// Demand cells.
    pub(super) cells: Cells,
    /// Skills the crew has.
    pub(super) skills: BTreeSet<String>,
    /// The catalogue's items in its order: code, and whether it can be done on tour at all.
    pub(super) items: Vec<(&'a str, bool)>,
}

impl<'a> Region<'a> {
    /// The region as it is.
    pub(super) fn survey(
        inputs: &PlanInputs<'a>,
        findings: &mut Vec<Finding>,
    ) -> Result<Self, Failure> {
        Ok(Self::survey_by(inputs, None, findings)?.0)
    }

    /// The same, and what would be asked for by two other catalogues, which differ from the tables' in how fast
    /// things wear only: looking at everybody is dear, and most of it is the same by any of them.
    pub(super) fn survey_by(
        inputs: &PlanInputs<'a>,
        others: Option<[&Catalogue; 2]>,
        findings: &mut Vec<Finding>,
    ) -> Result<(Self, Vec<Demand>), Failure> {
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
        let near = near_the_workshop(&travel, &depot, &located, settings.dealer.catchment_km);
        let record = RepairRecord::new(tables.history.iter().map(HistoryEntry::past_work));
        let used = Used::of_all(&tables.vehicles);
        let classes = UsageClasses::learn_from(
            &used,
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
        let (needs, others) = match others {
            None => Needs::look(inputs, &used, &predictor, &skills, [&book]),
            Some(others) => {
                let others = others.map(|catalogue| Book::for_crew(catalogue, &skills));
                let [low, high] = &others;
                Needs::look(inputs, &used, &predictor, &skills, [&book, low, high])
            }
        };
        drop(used);
        yards_without_vehicles(inputs, findings);
        let yard = yards_of(inputs, &points, &located, &travel);
        let all = Whereabouts {
            located: &located,
            near: &near,
            yard: &yard,
        };
        let (others, cells) = rayon::join(
            || {
                let others = others.into_par_iter();
                others
                    .map(|asked| Demand::if_asked(inputs, &points, all, &|index| asked[index]))
                    .collect::<Result<Vec<_>, _>>()
            },
            || Cells::of(&points, all, |index| needs.outlines[index].due),
        );
        let others = others?;
        let asks_foreman = inputs.given.map_or_else(BTreeSet::new, |given| {
            let vehicles = tables.vehicles.iter().enumerate();
            vehicles
                .filter(|(_, vehicle)| {
                    asks_foreman(&predictor, vehicle, given.said(&vehicle.id, inputs.month))
                })
                .map(|(index, _)| index)
                .collect()
        });
        let items = tables.catalogue.items.keys();
        let items = items.map(|code| (&**code, can_field(&tables.catalogue, &skills, code)));
        let region = Self {
            items: items.collect(),
            depot,
            points,
            travel,
            located,
            full: tables.vehicles.iter().map(|_| OnceLock::new()).collect(),
            needs,
            book,
            record,
            classes,
            near,
            asks_foreman,
            yard,
            cells,
            skills,
        };
        Ok((region, others))
    }

    /// Where everybody is.
    pub(super) fn whereabouts(&self) -> Whereabouts<'_> {
        Whereabouts {
            located: &self.located,
            near: &self.near,
            yard: &self.yard,
        }
    }

    /// What these vehicles need by other rates, in full.
    pub(super) fn predictions_by(
        &self,
        inputs: &PlanInputs<'_>,
        other: &OtherRates,
        vehicles: impl Iterator<Item = usize>,
    ) -> HashMap<usize, Prediction> {
        let book = Book::for_crew(&other.catalogue, &self.skills);
        let predictor = self.predictor(inputs, &other.rates, &book);
        let heard = Heard::of(inputs);
        let predicted = |index| {
            let vehicle = vehicle_of(&inputs.ingested.tables, index);
            (index, heard.predicted(&predictor, vehicle))
        };
        vehicles.map(predicted).collect()
    }

    /// What a vehicle needs, in full: made when it is first asked for.
    pub(super) fn prediction(&self, inputs: &PlanInputs<'_>, index: usize) -> &Prediction {
        self.full[index].get_or_init(|| Box::new(self.predict(inputs, index)))
    }

    /// The same for a single look: not kept if it is not known already.
    pub(super) fn prediction_once(
        &self,
        inputs: &PlanInputs<'_>,
        index: usize,
    ) -> Cow<'_, Prediction> {
        match self.full[index].get() {
            Some(known) => Cow::Borrowed(known),
            None => Cow::Owned(self.predict(inputs, index)),
        }
    }

    /// Whether something was said about a vehicle: then [`Needs::items`] are not its own.
    pub(super) fn was_heard(inputs: &PlanInputs<'_>, index: usize) -> bool {
        let vehicle = vehicle_of(&inputs.ingested.tables, index);
        !Heard::of(inputs).said(vehicle).is_nothing()
    }

    fn predict(&self, inputs: &PlanInputs<'_>, index: usize) -> Prediction {
        let predictor = self.predictor(inputs, &inputs.settings.predict, &self.book);
        Heard::of(inputs).predicted(&predictor, vehicle_of(&inputs.ingested.tables, index))
    }

    fn predictor<'p>(
        &'p self,
        inputs: &PlanInputs<'p>,
        rates: &'p PredictSettings,
        book: &'p Book<'p>,
    ) -> Predictor<'p> {
        let known = Known {
            record: &self.record,
            classes: &self.classes,
        };
        known.predictor(inputs, rates, book)
    }

    /// Whether an item can be done on tour at all.
    pub(super) fn fieldable(&self, inputs: &PlanInputs<'_>, item: &str) -> bool {
        can_field(&inputs.ingested.tables.catalogue, &self.skills, item)
    }

    /// Whether it needs a lift.
    pub(super) fn needs_lift(inputs: &PlanInputs<'_>, item: &str) -> bool {
        needs_lift(&inputs.ingested.tables.catalogue, item)
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
    pub(super) fn lost_shares(&self, inputs: &PlanInputs<'_>) -> BTreeMap<String, f64> {
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

/// Rates other than those assumed.
pub(super) struct OtherRates {
    pub(super) rates: PredictSettings,
    pub(super) catalogue: Catalogue,
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

/// Who lives nearer to the workshop than so many road km.
fn near_the_workshop(
    travel: &TravelTable,
    depot: &Located,
    located: &[Option<Located>],
    within: f64,
) -> Vec<bool> {
    let from = depot_stop(depot);
    let is_near = |place: &Located| {
        let km = travel.km_within(from, place.stop(), within);
        km.is_some_and(|km| km < within)
    };
    let near = located.par_iter();
    near.map(|place| place.as_ref().is_some_and(is_near))
        .collect()
}

pub(super) fn can_field(catalogue: &Catalogue, skills: &BTreeSet<String>, item: &str) -> bool {
    let known = catalogue.items.get(item);
    known.is_some_and(|item| item.on_site && item.skills.is_subset(skills))
}

pub(super) fn needs_lift(catalogue: &Catalogue, item: &str) -> bool {
    let known = catalogue.items.get(item);
    known.is_some_and(|item| item.needs_lift)
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
    let place = place_of_cell(region.cells.id(index));
    // Room for a number.
    let mut group = String::with_capacity(place.len() + 1 + "phone:13800138000".len());
    group.push_str(place);
    group.push('|');
    vehicle.push_contact_key(&mut group);
    group
}
