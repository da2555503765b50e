//! The demand cell of everybody: by place, by whether something is due, and by the yard that serves the vehicle.
//!
//! Not responsible for: what a cell asks for (`posing`), what its id says (`territory`).

use std::collections::HashMap;
use std::sync::Arc;

use crate::territory::{Located, Place, PlacedPoint, cell_id};

/// A vehicle without a place.
const NONE: u32 = u32::MAX;

/// Where everybody is, beside the tables' vehicles: the place, whether the workshop is near, the own yard in reach.
#[derive(Clone, Copy)]
pub(super) struct Whereabouts<'a> {
    pub(super) located: &'a [Option<Located>],
    pub(super) near: &'a [bool],
    pub(super) yard: &'a [Option<usize>],
}

/// Cells, and who is in which.
pub(super) struct Cells {
    /// Beside the tables' vehicles; positions in `ids` or [`NONE`].
    of: Vec<u32>,
    ids: Vec<String>,
    /// Code of the county, beside the ids: that of the last vehicle there.
    counties: Vec<String>,
}

impl Cells {
    /// With `due` for what is due.
    pub(super) fn of(
        points: &[PlacedPoint<'_>],
        all: Whereabouts<'_>,
        due: impl Fn(usize) -> bool,
    ) -> Self {
        let mut list = List::default();
        // Places are shared, so that one met again needs no look at its names. Looked up only.
        let mut known: HashMap<(*const Place, bool, Option<usize>), u32> = HashMap::new();
        let places = all.located.iter().zip(all.near).zip(all.yard);
        let of = places
            .enumerate()
            .map(|(index, ((place, near), yard))| {
                let Some(Located { place, .. }) = place else {
                    return NONE;
                };
                let due = !near && due(index);
                let key = (Arc::as_ptr(place), due, *yard);
                let cell = *known.entry(key).or_insert_with(|| {
                    let yard = yard.map(|index| points[index].point.id.as_str());
                    list.number(cell_id(&place.cell, due, yard))
                });
                list.last[cell as usize] = index;
                cell
            })
            .collect();
        let county = |index: usize| all.located[index].as_ref().map(|at| at.county_code.clone());
        let last = list.last.into_iter();
        Self {
            of,
            ids: list.ids,
            counties: last
                .map(|index| county(index).unwrap_or_default())
                .collect(),
        }
    }

    /// A vehicle's cell, by position.
    pub(super) fn number(&self, index: usize) -> Option<u32> {
        self.of.get(index).copied().filter(|cell| *cell != NONE)
    }

    /// A vehicle's cell; empty = none.
    pub(super) fn id(&self, index: usize) -> &str {
        self.number(index)
            .map_or("", |cell| &self.ids[cell as usize])
    }

    /// All ids, by position.
    pub(super) fn ids(&self) -> &[String] {
        &self.ids
    }

    /// The county's code of every cell, by id.
    pub(super) fn counties(&self) -> HashMap<&str, &str> {
        let ids = self.ids.iter().map(String::as_str);
        ids.zip(self.counties.iter().map(String::as_str)).collect()
    }
}

/// Cells as they are met.
#[derive(Default)]
struct List {
    ids: Vec<String>,
    /// The last vehicle in each.
    last: Vec<usize>,
    numbers: HashMap<String, u32>,
}

impl List {
    /// Two places may lie in one cell: a hex has several townships.
    fn number(&mut self, id: String) -> u32 {
        let next = self.ids.len() as u32;
        let number = *self.numbers.entry(id.clone()).or_insert(next);
        if number == next {
            self.ids.push(id);
            self.last.push(0);
        }
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{LonLat, PlaceLevel, ServicePoint};

    fn place(cell: &str, town: &str) -> Arc<Place> {
        Arc::new(Place {
            level: PlaceLevel::Point,
            typical_error_km: 0.1,
            adcode: town.into(),
            county_code: format!("county of {town}"),
            county: String::new(),
            town: town.into(),
            cell: cell.into(),
            cell_at: LonLat::default(),
        })
    }

    #[test]
    fn a_cell_is_a_place_of_those_who_have_something_due_or_of_the_others() {
        let (one, other) = (place("hex1", "a"), place("hex1", "b"));
        let at = |place: &Arc<Place>| {
            Some(Located {
                at: LonLat::default(),
                place: place.clone(),
            })
        };
        let point = ServicePoint {
            id: "P1".into(),
            ..ServicePoint::default()
        };
        let points = [PlacedPoint {
            point: &point,
            at: LonLat::default(),
            adcode: String::new(),
            county: String::new(),
        }];
        let located = [at(&one), at(&one), None, at(&other), at(&one), at(&one)];
        let all = Whereabouts {
            located: &located,
            near: &[false, false, false, false, true, false],
            yard: &[None, None, None, None, None, Some(0)],
        };
        let cells = Cells::of(&points, all, |index| [1, 2, 4].contains(&index));
        let ids: Vec<&str> = (0..6).map(|index| cells.id(index)).collect();
        assert_eq!(ids, ["hex1", "hex1-due", "", "hex1", "hex1", "hex1@P1"]);
        assert_eq!(cells.ids().len(), 3, "two places, one cell");
        assert_eq!(
            cells.counties()["hex1"],
            "county of a",
            "of the last one there"
        );
        assert_eq!(cells.number(2), None);
    }
}
