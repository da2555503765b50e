//! The region as a pure problem: everybody summed by place, as things are or as they would be by other rates.
//!
//! Not responsible for: where everybody is and what everybody needs (`region`), what a problem's numbers are (`territory`).

use rayon::prelude::*;

use super::cells::{Cells, Whereabouts};
use super::needs::Ask;
use super::region::Region;
use super::{Given, PlanInputs, earliest_depart};
use crate::domain::Date;
use crate::domain::settings::{TeamSettings, is_pin};
use crate::findings::{Failure, FailureKind, Finding};
use crate::predict::Outline;
use crate::solve::territory::{Problem, validate};
use crate::territory::{
    BuildInput, DemandCell, PlacedPoint, Reach, VehicleDemand, build, demand_cells, depot_stop,
};

/// What everybody asks for, summed by place.
pub(super) struct Demand {
    cells: Vec<DemandCell>,
    /// Beside the cells.
    counties: Vec<String>,
}

impl Demand {
    /// Of everybody who is not near the workshop and has not turned the tour down. Not to be asked on a thread that
    /// others wait for: Polars sums on threads of its own, and a thread that waits for them takes up whatever else
    /// there is to do.
    pub(super) fn of(
        inputs: &PlanInputs<'_>,
        all: Whereabouts<'_>,
        cells: &Cells,
        ask: &(dyn Fn(usize) -> Ask + Sync),
    ) -> Result<Self, Failure> {
        let vehicles = &inputs.ingested.tables.vehicles;
        let stays = |index: usize| {
            let given = inputs.given;
            given.is_some_and(|given| given.turned_down(&vehicles[index].id, inputs.month))
        };
        let asked = all.located.par_iter().enumerate();
        let asked = asked.filter_map(|(index, place)| {
            let place = place
                .as_ref()
                .filter(|_| !all.near[index] && !stays(index))?;
            let Ask {
                all, lift_value, ..
            } = ask(index);
            Some(VehicleDemand {
                cell: cells.number(index)?,
                at: place.at,
                hours: all.hours,
                value: all.value,
                lift_value,
            })
        });
        let asked: Vec<VehicleDemand> = asked.collect();
        let list = demand_cells(cells.ids(), &asked)?;
        let county = cells.counties();
        let county = |cell: &DemandCell| county.get(cell.id.as_str()).copied();
        let counties = list
            .iter()
            .map(|cell| county(cell).unwrap_or("").to_owned());
        Ok(Self {
            counties: counties.collect(),
            cells: list,
        })
    }

    /// The same if everybody needed something else.
    pub(super) fn if_asked(
        inputs: &PlanInputs<'_>,
        points: &[PlacedPoint<'_>],
        all: Whereabouts<'_>,
        ask: &(dyn Fn(usize) -> Ask + Sync),
    ) -> Result<Self, Failure> {
        let cells = Cells::of(points, all, |index| ask(index).due);
        Self::of(inputs, all, &cells, ask)
    }
}

impl Region<'_> {
    /// The pure problem.
    pub(super) fn problem(
        &self,
        inputs: &PlanInputs<'_>,
        teams: &[TeamSettings],
    ) -> Result<Problem, Failure> {
        let demand = self.demand_if(inputs, &|outline| *outline)?;
        self.pose(inputs, teams, &demand)
    }

    /// What everybody asks for if things were otherwise, but for what is due.
    pub(super) fn demand_if(
        &self,
        inputs: &PlanInputs<'_>,
        otherwise: &(dyn Fn(&Outline) -> Outline + Sync),
    ) -> Result<Demand, Failure> {
        Demand::of(inputs, self.whereabouts(), &self.cells, &|index| {
            Ask::from(&otherwise(&self.needs.outlines[index]))
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
            let (days, of_problem) = (&problem.days, &mut problem.teams);
            given.close_days((days, of_problem), teams, earliest);
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

/// A pin must name a point of points.csv, and a day of the month.
pub(super) fn unknown_pins(inputs: &PlanInputs<'_>) -> Result<(), Failure> {
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
