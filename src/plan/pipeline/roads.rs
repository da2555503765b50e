//! The month's roads: which drives are measured for it, and what is said where they are not.
//!
//! Not responsible for: asking (that comes in as a function), the estimate (`place::travel`).

use std::collections::BTreeMap;

use super::PlanInputs;
use super::region::Region;
use crate::domain::{LonLat, Settings};
use crate::findings::Finding;
use crate::ingest::Tables;
use crate::place::osrm::{Drive, Roads, Spot, Wanted};
use crate::place::{LegSource, Stop, TravelTable, distance_km};
use crate::plan::model::{RoadNote, RoadSources};
use crate::solve::territory::Problem;
use crate::territory::{Located, PlacedPoint, depot_stop, place_of_cell};

/// What a routing server said of the wanted drives, and what is to be said about it in the plan.
#[derive(Clone, Debug, Default)]
pub struct RoadAnswers {
    /// Drives, those of earlier runs included.
    pub roads: Roads,
    /// Why some are missing.
    pub findings: Vec<Finding>,
}

/// Places named in a finding; there may be hundreds.
const NAMED: usize = 5;

/// The month's travel table by `[travel] mode`.
pub(super) fn travel_table(
    inputs: &PlanInputs<'_>,
    depot: &Located,
    points: &[PlacedPoint<'_>],
    located: &[Option<Located>],
    findings: &mut Vec<Finding>,
) -> TravelTable {
    let travel = &inputs.settings.travel;
    let mut table = written_table(inputs.settings, &inputs.ingested.tables);
    let Some(ask) = inputs.roads.filter(|_| travel.mode == "osrm") else {
        return table;
    };
    let drives: Vec<Wish<'_>> = wishes(inputs, depot, points, located)
        .into_iter()
        .filter(|wish| table.leg(wish.from, wish.to).source != LegSource::Matrix)
        .collect();
    let wanted: Wanted = drives.iter().map(Wish::spots).collect();
    let answers = ask(&wanted);
    findings.extend(answers.findings);
    fill(inputs, &mut table, &drives, &answers.roads, findings);
    table
}

/// The travel table as far as settings and matrix.csv say it, without a routing server.
pub(in crate::plan) fn written_table(settings: &Settings, tables: &Tables) -> TravelTable {
    let travel = &settings.travel;
    let mut table = TravelTable::estimate(travel.estimate);
    if travel.mode != "estimate" {
        for leg in &tables.matrix {
            table.measure(&leg.from, &leg.to, leg.km, leg.minutes);
        }
    }
    table
}

/// A drive that a plan may need. Of a customer it knows the cell's place, never the customer's own.
struct Wish<'a> {
    from: Stop<'a>,
    to: Stop<'a>,
}

impl Wish<'_> {
    fn spots(&self) -> (Spot, Spot) {
        (Spot::of(self.from.lonlat), Spot::of(self.to.lonlat))
    }
}

/// All drives between depot and points; from the cells to the points they may be in reach of (a road is no
/// shorter than the straight line), and from the depot to the cells that may lie in its catchment.
fn wishes<'a>(
    inputs: &PlanInputs<'_>,
    depot: &'a Located,
    points: &'a [PlacedPoint<'_>],
    located: &'a [Option<Located>],
) -> Vec<Wish<'a>> {
    let depot = depot_stop(depot);
    let stops: Vec<Stop<'_>> = std::iter::once(depot)
        .chain(points.iter().map(PlacedPoint::stop))
        .collect();
    let mut wishes = Vec::new();
    for from in &stops {
        let others = stops.iter().filter(|to| to.id != from.id);
        wishes.extend(others.map(|to| Wish {
            from: *from,
            to: *to,
        }));
    }
    let within = |one: LonLat, other: LonLat, km: f64| distance_km(one, other) <= km;
    for cell in cells(located).into_values() {
        if within(
            depot.lonlat,
            cell.lonlat,
            inputs.settings.dealer.catchment_km,
        ) {
            wishes.push(Wish {
                from: depot,
                to: cell,
            });
        }
        let reach = inputs.settings.tour.max_customer_km;
        let points = stops[1..].iter();
        let near = points.filter(|point| within(cell.lonlat, point.lonlat, reach));
        wishes.extend(near.map(|point| Wish {
            from: cell,
            to: *point,
        }));
    }
    wishes
}

/// The cells of all vehicles, at the place that stands for each.
fn cells(located: &[Option<Located>]) -> BTreeMap<&str, Stop<'_>> {
    let mut cells: BTreeMap<&str, Stop<'_>> = BTreeMap::new();
    for place in located.iter().flatten() {
        let stop = Stop {
            lonlat: place.cell_at,
            ..place.stop()
        };
        let known = cells.entry(&place.cell).or_insert(stop);
        // One place, whatever the order of rows.
        if Spot::of(stop.lonlat) < Spot::of(known.lonlat) {
            *known = stop;
        }
    }
    cells
}

/// How a stop is called in a finding.
fn name<'a>(stop: &Stop<'a>) -> &'a str {
    stop.id.or(stop.cell).unwrap_or_default()
}

/// Takes what was measured into the table; what was not is named.
fn fill(
    inputs: &PlanInputs<'_>,
    table: &mut TravelTable,
    drives: &[Wish<'_>],
    roads: &Roads,
    findings: &mut Vec<Finding>,
) {
    let travel = &inputs.settings.travel;
    let mut off: BTreeMap<Spot, (&str, Option<u32>)> = BTreeMap::new();
    let (mut no_road, mut impossible) = (Vec::new(), Vec::new());
    for wish in drives {
        let (from, to) = wish.spots();
        match roads.drive(from, to, travel.snap_m) {
            Drive::Road(road) => {
                let minutes = f64::from(road.seconds) / 60.0 * travel.time_factor;
                let km = f64::from(road.metres) / 1000.0;
                table.measure_between(&wish.from, &wish.to, km, minutes);
            }
            Drive::Off(spot, metres) => {
                let end = if spot == from { &wish.from } else { &wish.to };
                off.entry(spot).or_insert((name(end), metres));
            }
            Drive::NoRoad => no_road.push(wish),
            Drive::Impossible(_) => impossible.push(wish),
            Drive::Unknown => {}
        }
    }
    if !off.is_empty() {
        let mut named: Vec<(&str, Option<u32>)> = off.into_values().collect();
        named.sort_unstable();
        let count = named.len();
        let named = named.into_iter().take(NAMED);
        let named: Vec<String> = named
            .map(|(name, metres)| match metres {
                Some(metres) => format!("{name} ({metres} m)"),
                None => name.to_owned(),
            })
            .collect();
        let finding = Finding::new("R004").arg("count", count);
        let finding = finding.arg("limit", travel.snap_m);
        findings.push(finding.arg("places", named.join(", ")));
    }
    for (code, drives) in [("R005", no_road), ("R008", impossible)] {
        let Some(first) = drives.first() else {
            continue;
        };
        let finding = Finding::new(code).arg("count", drives.len());
        let finding = finding.arg("from", name(&first.from));
        findings.push(finding.arg("to", name(&first.to)));
    }
}

/// Who said how far the drives of the month are; a finding where an estimate stands in for a measurement.
pub(super) fn note(
    inputs: &PlanInputs<'_>,
    region: &Region<'_>,
    problem: &Problem,
    findings: &mut Vec<Finding>,
) -> RoadNote {
    let mut note = RoadNote {
        mode: inputs.settings.travel.mode.clone(),
        ..RoadNote::default()
    };
    let depot = depot_stop(&region.depot);
    let points = region.points.iter().map(PlacedPoint::stop);
    let stops: Vec<Stop<'_>> = std::iter::once(depot).chain(points).collect();
    for from in &stops {
        for to in stops.iter().filter(|to| to.id != from.id) {
            count(&mut note.legs, region.travel.leg(*from, *to).source);
        }
    }
    for pair in &problem.pairs {
        let cell = problem.cells.get(pair.cell).map(|cell| cell.id.as_str());
        let from = Stop {
            id: None,
            cell: cell.map(place_of_cell),
            lonlat: LonLat::default(),
            county: None,
        };
        let to = stops.get(pair.point + 1).copied();
        let source = to.map_or(LegSource::Estimate, |to| region.travel.leg(from, to).source);
        count(&mut note.customers, source);
    }
    let asked = note.mode == "osrm";
    let missing = note.legs.estimated + if asked { note.customers.estimated } else { 0 };
    if note.mode != "estimate" && missing > 0 {
        let finding = Finding::new("R010").arg("legs", note.legs.estimated);
        let finding = finding.arg("all_legs", note.legs.all());
        let finding = finding.arg("customers", note.customers.estimated);
        findings.push(finding.arg("all_customers", note.customers.all()));
    }
    note
}

fn count(sources: &mut RoadSources, source: LegSource) {
    match source {
        LegSource::Estimate => sources.estimated += 1,
        LegSource::Matrix => sources.matrix += 1,
        LegSource::Server => sources.server += 1,
    }
}
