//! The region as a pure problem: everybody summed by place, as things are or as they would be by other rates.
//!
//! Not responsible for: where everybody is and what everybody needs (`region`), what a problem's numbers are (`territory`).

use std::collections::HashMap;
use std::sync::Arc;

use super::region::Region;
use super::{Given, PlanInputs, earliest_depart, vehicle_of};
use crate::domain::Date;
use crate::domain::settings::TeamSettings;
use crate::findings::{Failure, Finding};
use crate::predict::Outline;
use crate::solve::territory::{Problem, validate};
use crate::territory::{
    BuildInput, DemandCell, Located, PlacedPoint, Reach, VehicleDemand, build, cell_id,
    demand_cells, depot_stop,
};

/// What everybody asks for, summed by place.
pub(super) struct Demand {
    cells: Vec<DemandCell>,
    /// Beside the cells.
    counties: Vec<String>,
}

impl Region<'_> {
    /// The pure problem.
    pub(super) fn problem(
        &self,
        inputs: &PlanInputs<'_>,
        teams: &[TeamSettings],
    ) -> Result<Problem, Failure> {
        let demand = self.demand(inputs, (&self.cell, &|index| self.outlines[index]))?;
        self.pose(inputs, teams, &demand)
    }

    /// What everybody asks for if everybody needed something else. Not to be asked on a thread that others wait for:
    /// Polars sums on threads of its own, and a thread that waits for them takes up whatever else there is to do.
    pub(super) fn demand_if(
        &self,
        inputs: &PlanInputs<'_>,
        outline: &dyn Fn(usize) -> Outline,
    ) -> Result<Demand, Failure> {
        let places = (&*self.located, &*self.near, &*self.yard);
        let cell = cells_of(&self.points, places, outline);
        self.demand(inputs, (&cell, outline))
    }

    fn demand(
        &self,
        inputs: &PlanInputs<'_>,
        (cell, outline): (&[Arc<str>], &dyn Fn(usize) -> Outline),
    ) -> Result<Demand, Failure> {
        let demands = self.demands(inputs, (cell, outline));
        let cells = demand_cells(&demands)?;
        // Looked up only: a million entries need no order.
        let county_of: HashMap<&str, &str> = cell
            .iter()
            .zip(&self.located)
            .filter_map(|(cell, place)| Some((&**cell, &*place.as_ref()?.county_code)))
            .collect();
        let county = |cell: &DemandCell| county_of.get(cell.id.as_str()).copied();
        let counties = cells
            .iter()
            .map(|cell| county(cell).unwrap_or("").to_owned());
        Ok(Demand {
            counties: counties.collect(),
            cells,
        })
    }

    /// The problem that such demand is.
    pub(super) fn pose(
        &self,
        inputs: &PlanInputs<'_>,
        teams: &[TeamSettings],
        demand: &Demand,
    ) -> Result<Problem, Failure> {
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
            cells: &demand.cells,
            cell_counties: &demand.counties,
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

    fn demands<'s>(
        &'s self,
        inputs: &PlanInputs<'_>,
        (cell, outline): (&'s [Arc<str>], &dyn Fn(usize) -> Outline),
    ) -> Vec<VehicleDemand<'s>> {
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
            let outline = outline(index);
            let all = outline.expected(true);
            demands.push(VehicleDemand {
                cell: &cell[index],
                at: place.at,
                hours: all.hours,
                value: all.value,
                lift_value: all.value - outline.expected(false).value,
            });
        }
        demands
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

/// The demand cell of everybody, beside the tables' vehicles; empty = none.
pub(super) fn cells_of(
    points: &[PlacedPoint<'_>],
    (located, near, yard): (&[Option<Located>], &[bool], &[Option<usize>]),
    outline: &dyn Fn(usize) -> Outline,
) -> Vec<Arc<str>> {
    let mut shared: HashMap<(&str, bool, Option<usize>), Arc<str>> = HashMap::new();
    let none: Arc<str> = "".into();
    let places = located.iter().zip(near).zip(yard);
    places
        .enumerate()
        .map(|(index, ((place, near), yard))| {
            let Some(place) = place else {
                return none.clone();
            };
            let due = !near && outline(index).due;
            let id = || {
                let yard = yard.map(|index| points[index].point.id.as_str());
                cell_id(&place.cell, due, yard).into()
            };
            let known = shared.entry((&place.cell, due, *yard));
            known.or_insert_with(id).clone()
        })
        .collect()
}
