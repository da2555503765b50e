//! Vehicles of one place, taken together.
//!
//! A place makes up to two cells: vehicles with an item due, and the others, so that the engine can fill
//! a day with those who need it first. The sums are a group-by over the region table (polars), in whole
//! units, so that they are the same on any number of threads.

use polars::prelude::{DataFrame, NamedFrom, PolarsResult, Series};
use rayon::prelude::*;

use super::units;
use crate::domain::LonLat;
use crate::findings::{Failure, Finding};

/// Mark of vehicles with something due, behind the place.
const DUE: &str = "-due";
/// Between that and the customer's own yard.
const AT_YARD: char = '@';

/// A cell's id: its place, whether something is due, and the yard that serves these vehicles only:
/// `430981104-due@P31`.
pub fn cell_id(place: &str, due: bool, yard: Option<&str>) -> String {
    let due = if due { DUE } else { "" };
    let yard = yard.map_or_else(String::new, |point| format!("{AT_YARD}{point}"));
    format!("{place}{due}{yard}")
}

fn parts(id: &str) -> (&str, Option<&str>) {
    id.split_once(AT_YARD)
        .map_or((id, None), |(before, yard)| (before, Some(yard)))
}

/// The place of a cell: an adcode or a hex.
pub fn place_of_cell(id: &str) -> &str {
    let before = parts(id).0;
    before.strip_suffix(DUE).unwrap_or(before)
}

/// Whether a cell is of vehicles with something due.
pub fn is_due_cell(id: &str) -> bool {
    parts(id).0.ends_with(DUE)
}

/// The yard that serves a cell's vehicles only.
pub(super) fn yard_of_cell(id: &str) -> Option<&str> {
    parts(id).1
}

/// What one vehicle asks of a tour.
#[derive(Clone, Debug, PartialEq)]
pub struct VehicleDemand {
    /// Its cell, by position in the list of their ids.
    pub cell: u32,
    /// Where it is.
    pub at: LonLat,
    /// Expected hours, all items that can be done in the field.
    pub hours: f64,
    /// Planning value likewise, yuan.
    pub value: f64,
    /// The part of `value` that needs a lift.
    pub lift_value: f64,
}

/// A demand cell.
#[derive(Clone, Debug, PartialEq)]
pub struct DemandCell {
    /// [`cell_id`].
    pub id: String,
    /// Vehicles.
    pub vehicles: u32,
    /// Their middle.
    pub at: LonLat,
    /// Σ expected hours.
    pub hours: f64,
    /// Σ planning value, yuan.
    pub value: f64,
    /// The part of `value` that needs a lift.
    pub lift_value: f64,
}

/// Sums vehicles into those of the cells with these ids where one is, in order of id.
pub fn demand_cells(
    ids: &[String],
    vehicles: &[VehicleDemand],
) -> Result<Vec<DemandCell>, Failure> {
    if vehicles.is_empty() {
        return Ok(Vec::new());
    }
    sum_by_cell(ids, vehicles).map_err(|error| {
        Failure::running(
            Finding::new("C003")
                .in_file("region table")
                .arg("message", error),
        )
    })
}

/// Degrees as millionths.
fn micro(degrees: f64) -> i64 {
    (degrees * 1e6).round() as i64
}

/// The columns summed.
const SUMMED: [&str; 6] = ["vehicles", "lon", "lat", "hours", "value", "lift_value"];

fn sum_by_cell(ids: &[String], vehicles: &[VehicleDemand]) -> PolarsResult<Vec<DemandCell>> {
    let cells: Vec<u32> = vehicles.iter().map(|v| v.cell).collect();
    let column = |name: &str, value: fn(&VehicleDemand) -> i64| {
        let numbers: Vec<i64> = vehicles.par_iter().map(value).collect();
        Series::new(name.into(), numbers).into()
    };
    let region = DataFrame::new(
        vehicles.len(),
        vec![
            Series::new("cell".into(), cells).into(),
            column("vehicles", |_| 1),
            column("lon", |v| micro(v.at.lon)),
            column("lat", |v| micro(v.at.lat)),
            column("hours", |v| units(v.hours)),
            column("value", |v| units(v.value)),
            column("lift_value", |v| units(v.lift_value)),
        ],
    )?;
    #[expect(
        deprecated,
        reason = "the lazy engine that replaces it doubles the build: docs/decisions/polars-eager.md"
    )]
    let sums = region.group_by_stable(["cell"])?.select(SUMMED).sum()?;
    let mut cells = read_cells(ids, &sums)?;
    cells.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(cells)
}

fn read_cells(ids: &[String], table: &DataFrame) -> PolarsResult<Vec<DemandCell>> {
    let cells = table.column("cell")?.u32()?;
    let number = |name: &str| -> PolarsResult<Vec<i64>> {
        Ok(table
            .column(&format!("{name}_sum"))?
            .i64()?
            .iter()
            .map(Option::unwrap_or_default)
            .collect())
    };
    let vehicles = number("vehicles")?;
    let (lon, lat) = (number("lon")?, number("lat")?);
    let (hours, value, lift) = (number("hours")?, number("value")?, number("lift_value")?);
    let cells = cells
        .iter()
        .enumerate()
        .filter_map(|(row, cell)| {
            let id = ids.get(cell? as usize)?.clone();
            let vehicles = vehicles[row] as u32;
            let mean = |sum: i64| sum as f64 / 1e6 / f64::from(vehicles.max(1));
            Some(DemandCell {
                id,
                vehicles,
                at: LonLat {
                    lon: mean(lon[row]),
                    lat: mean(lat[row]),
                },
                hours: super::from_units(hours[row]),
                value: super::from_units(value[row]),
                lift_value: super::from_units(lift[row]),
            })
        })
        .collect();
    Ok(cells)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn a_cells_id_says_its_place_its_yard_and_whether_something_is_due() {
        for yard in [None, Some("P31"), Some("a@b-due")] {
            for due in [false, true] {
                let id = cell_id("430981104", due, yard);
                let told = (place_of_cell(&id), is_due_cell(&id), yard_of_cell(&id));
                assert_eq!(told, ("430981104", due, yard), "{id}");
            }
        }
    }

    #[test]
    fn the_region_table_sums_as_a_plain_loop_does() {
        // Out of order, and nobody in the last one.
        let ids = ["c3", "c0", "c6", "c1", "c4", "c2", "c5", "c7"].map(String::from);
        let vehicles: Vec<VehicleDemand> = (0..1000)
            .map(|n| VehicleDemand {
                cell: n % 7,
                at: LonLat {
                    lon: 110.0 + f64::from(n % 13) / 10.0,
                    lat: 27.0,
                },
                hours: f64::from(n) * 0.1,
                value: f64::from(n) * 1.7,
                lift_value: 0.3,
            })
            .collect();
        let mut plain: BTreeMap<&str, (u32, i64)> = BTreeMap::new();
        for vehicle in &vehicles {
            let sums = plain.entry(&ids[vehicle.cell as usize]).or_default();
            sums.0 += 1;
            sums.1 += units(vehicle.hours);
        }
        let cells = demand_cells(&ids, &vehicles).expect("sums");
        let ours: Vec<(&str, u32, i64)> = cells
            .iter()
            .map(|c| (c.id.as_str(), c.vehicles, units(c.hours)))
            .collect();
        let expected: Vec<(&str, u32, i64)> = plain
            .iter()
            .map(|(id, (n, hours))| (*id, *n, *hours))
            .collect();
        assert_eq!(ours, expected);
    }
}
