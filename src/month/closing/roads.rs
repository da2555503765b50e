//! Road km between the depot, the points and the vehicles' places, by the plan's own tables.

use std::collections::BTreeMap;

use crate::domain::LonLat;
use crate::place::distance_km;
use crate::plan::model::Plan;
use crate::solve::territory::Problem;

/// Roads are longer than the straight line; used only where the plan's tables know no road.
const DETOUR: f64 = 1.4;

/// Road km, read from a plan folder.
#[derive(Clone, Debug, Default)]
pub struct Roads {
    legs: BTreeMap<(String, String), f64>,
    places: BTreeMap<String, LonLat>,
    cell_of: BTreeMap<String, String>,
    pairs: BTreeMap<(String, String), f64>,
}

impl Roads {
    /// From the bytes of problem.json and customers.csv, and the places in the plan. What cannot be read is
    /// not there: distances fall back to the straight line.
    pub fn read(plan: &Plan, problem: &[u8], customers: &[u8]) -> Self {
        let mut roads = Self::default();
        for point in &plan.points {
            let at = LonLat {
                lon: point.lon,
                lat: point.lat,
            };
            roads.places.insert(point.id.clone(), at);
        }
        if let Ok(problem) = serde_json::from_slice::<Problem>(problem) {
            roads.take(&problem);
        }
        let bytes = customers.strip_prefix(b"\xef\xbb\xbf").unwrap_or(customers);
        let mut reader = csv::Reader::from_reader(bytes);
        let header = reader.headers().cloned().unwrap_or_default();
        let at = |name: &str| header.iter().position(|cell| cell == name);
        if let (Some(vehicle), Some(cell)) = (at("vehicle"), at("cell")) {
            for record in reader.records().flatten() {
                let text = |index: usize| record.get(index).unwrap_or_default().to_owned();
                roads.cell_of.insert(text(vehicle), text(cell));
            }
        }
        roads
    }

    fn take(&mut self, problem: &Problem) {
        let ids: Vec<&str> = std::iter::once("depot")
            .chain(problem.points.iter().map(|point| point.id.as_str()))
            .collect();
        for (row, from) in problem.legs.km.iter().zip(&ids) {
            for (km, to) in row.iter().zip(&ids) {
                let key = ((*from).to_owned(), (*to).to_owned());
                self.legs.insert(key, *km);
            }
        }
        for pair in &problem.pairs {
            let cell = problem.cells.get(pair.cell);
            let point = problem.points.get(pair.point);
            if let (Some(cell), Some(point)) = (cell, point) {
                let key = (cell.id.clone(), point.id.clone());
                self.pairs.insert(key, pair.km);
            }
        }
    }

    /// Between two points, or `depot` and a point; `None` where one of them is unknown.
    pub fn between(&self, from: &str, to: &str) -> Option<f64> {
        if from == to {
            return Some(0.0);
        }
        let key = (from.to_owned(), to.to_owned());
        self.legs.get(&key).copied().or_else(|| {
            let (from, to) = (self.places.get(from)?, self.places.get(to)?);
            Some(distance_km(*from, *to) * DETOUR)
        })
    }

    /// From a vehicle's own place to a point, where the plan's tables hold that road.
    pub fn from_vehicle(&self, vehicle: &str, point: &str) -> Option<f64> {
        let cell = self.cell_of.get(vehicle)?;
        self.pairs.get(&(cell.clone(), point.to_owned())).copied()
    }
}
