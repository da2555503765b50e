//! Where every vehicle and point is: given coordinates win, else the address is read.

use std::collections::HashMap;
use std::ops::Deref;
use std::sync::Arc;

use rayon::prelude::*;

use super::hex::{axial, hex, hex_middle};
use crate::domain::{LonLat, PlaceLevel, ServicePoint, Settings, Vehicle};
use crate::place::{Adcode, Found, Matcher, Outlines, Query, Resolution, Stop, to_wgs84};

/// Where somebody is.
#[derive(Clone, Debug, PartialEq)]
pub struct Located {
    /// The point counted from.
    pub at: LonLat,
    /// The place it lies in; kept once for everybody who was found there together.
    pub place: Arc<Place>,
}

/// A place with a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// How exactly it is known where in it somebody is.
    pub level: PlaceLevel,
    /// Typical distance of the customer from `at`, km.
    pub typical_error_km: f64,
    /// Code of the finest division known.
    pub adcode: String,
    /// Code of its county.
    pub county_code: String,
    /// County's name.
    pub county: String,
    /// Township's name; empty where unknown.
    pub town: String,
    /// Demand cell: township, else county, or a hex of about 5 km where coordinates were given.
    pub cell: String,
    /// The place that stands for the whole cell, and for nobody in it: the gazetteer's, or the hex's middle.
    pub cell_at: LonLat,
}

impl Deref for Located {
    type Target = Place;

    fn deref(&self) -> &Place {
        &self.place
    }
}

impl Located {
    /// As an end of a leg: a customer's place.
    pub fn stop(&self) -> Stop<'_> {
        Stop {
            id: None,
            cell: Some(&self.cell),
            lonlat: self.at,
            county: Some(&self.county_code),
        }
    }
}

/// The depot as an end of a leg.
pub fn depot_stop(depot: &Located) -> Stop<'_> {
    Stop {
        id: Some("depot"),
        cell: None,
        ..depot.stop()
    }
}

/// A service point on the map.
#[derive(Clone, Debug)]
pub struct PlacedPoint<'a> {
    /// The point.
    pub point: &'a ServicePoint,
    /// Where.
    pub at: LonLat,
    /// County code.
    pub adcode: String,
    /// County's name.
    pub county: String,
}

impl PlacedPoint<'_> {
    /// As an end of a leg.
    pub fn stop(&self) -> Stop<'_> {
        Stop {
            id: Some(&self.point.id),
            cell: None,
            lonlat: self.at,
            county: Some(&self.adcode),
        }
    }
}

/// The dealer's yard: where every tour starts and ends.
pub fn depot(settings: &Settings, matcher: &Matcher<'_>) -> Option<Located> {
    let dealer = &settings.dealer;
    let given = match (dealer.lon, dealer.lat) {
        (Some(lon), Some(lat)) => Some(to_wgs84(LonLat { lon, lat }, settings.place.datum)),
        _ => None,
    };
    let home = settings.place.province.as_deref().and_then(Adcode::parse);
    Locator::new(matcher, home).find(given, &Query::address(&dealer.address))
}

/// A vehicle's place as written, without house numbers: `示例路63号` and `示例路5号` are the same.
fn write_street(vehicle: &Vehicle, key: &mut String) {
    key.clear();
    for part in [
        &vehicle.province,
        &vehicle.city,
        &vehicle.county,
        &vehicle.town,
    ] {
        key.push_str(part);
        key.push('\n');
    }
    let mut rest = vehicle.address.as_str();
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, number) = rest.split_at(at);
        let behind = number.trim_start_matches(|c: char| c.is_ascii_digit());
        key.push_str(before);
        // Any other number may be part of a name: 107国道, 142团.
        if !behind.starts_with(['号', '组', '栋', '室', '楼', '幢', '层']) {
            key.push_str(number.strip_suffix(behind).unwrap_or_default());
        }
        rest = behind;
    }
    key.push_str(rest);
}

/// What tells one place from another.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum PlaceKey {
    /// A hex, by county, finest division and axial coordinates.
    Hex(Adcode, Adcode, (i64, i64)),
    /// What an address was read as: division, level, and where it says that is.
    Read(Adcode, PlaceLevel, [u64; 3]),
}

/// Places, each kept once however many live there. Looked up only.
type Places = HashMap<PlaceKey, Arc<Place>>;

/// What has been read: whole streets live at one place, so what a text says but for house numbers is read once.
#[derive(Default)]
struct Known {
    streets: HashMap<String, Option<Found>>,
    places: Places,
    /// The street looked up, kept for its memory.
    key: String,
}

/// Looks at every vehicle, in parts that each remember what they have read.
fn each<T: Send>(
    vehicles: &[Vehicle],
    look: &(dyn Fn(&Vehicle, &mut Known) -> T + Sync),
) -> Vec<T> {
    // A part must be large to meet a street twice, and small to leave none of the cores without work.
    const PARTS: usize = 8;
    const LEAST: usize = 1 << 10;
    let at_a_time = vehicles.len().div_ceil(PARTS).max(LEAST);
    let parts: Vec<Vec<T>> = vehicles
        .par_chunks(at_a_time)
        .map(|part| {
            let mut known = Known::default();
            part.iter()
                .map(|vehicle| look(vehicle, &mut known))
                .collect()
        })
        .collect();
    parts.into_iter().flatten().collect()
}

/// Finds places for one dealer.
pub struct Locator<'a> {
    matcher: &'a Matcher<'a>,
    home: Option<Adcode>,
}

/// Coordinates outside this box are no place in China.
const CHINA: (f64, f64, f64, f64) = (73.0, 3.0, 136.0, 54.0);

impl<'a> Locator<'a> {
    /// A locator; `home` is the dealer's province or anything inside it.
    pub fn new(matcher: &'a Matcher<'a>, home: Option<Adcode>) -> Self {
        Self { matcher, home }
    }

    /// Places of all vehicles, beside the input; `None` = not to be found to county level.
    pub fn vehicles(&self, vehicles: &[Vehicle]) -> Vec<Option<Located>> {
        each(vehicles, &|vehicle, known| self.vehicle(vehicle, known))
    }

    /// Whether each vehicle can be found, beside the input.
    pub fn can_place(&self, vehicles: &[Vehicle]) -> Vec<bool> {
        each(vehicles, &|vehicle, known| {
            self.vehicle(vehicle, known).is_some()
        })
    }

    fn vehicle(&self, vehicle: &Vehicle, known: &mut Known) -> Option<Located> {
        let Known {
            streets,
            places,
            key,
        } = known;
        write_street(vehicle, key);
        if let Some(read) = streets.get(key) {
            return self.located(vehicle.lon_lat, read.as_ref(), places);
        }
        let read = self.resolve(&Query {
            address: &vehicle.address,
            province: &vehicle.province,
            city: &vehicle.city,
            county: &vehicle.county,
            town: &vehicle.town,
        });
        let located = self.located(vehicle.lon_lat, read.as_ref(), places);
        streets.insert(key.clone(), read);
        located
    }

    /// A service point's place.
    pub fn point<'p>(&self, point: &'p ServicePoint) -> Option<PlacedPoint<'p>> {
        let query = Query {
            address: &point.address,
            city: &point.city,
            county: &point.county,
            town: &point.town,
            ..Query::default()
        };
        let found = self.find(point.lon_lat, &query)?;
        Some(PlacedPoint {
            point,
            at: found.at,
            adcode: found.county_code.clone(),
            county: found.county.clone(),
        })
    }

    /// Given coordinates, else an address.
    pub fn find(&self, given: Option<LonLat>, query: &Query<'_>) -> Option<Located> {
        self.located(given, self.resolve(query).as_ref(), &mut Places::new())
    }

    fn resolve(&self, query: &Query<'_>) -> Option<Found> {
        match self.matcher.resolve_from(query, self.home) {
            Resolution::Found(found) => Some(found),
            Resolution::Ambiguous { .. } | Resolution::Unknown => None,
        }
    }

    fn located(
        &self,
        given: Option<LonLat>,
        read: Option<&Found>,
        known: &mut Places,
    ) -> Option<Located> {
        let in_china = |at: &LonLat| {
            (CHINA.0..=CHINA.2).contains(&at.lon) && (CHINA.1..=CHINA.3).contains(&at.lat)
        };
        match given.filter(in_china) {
            Some(at) => self.given(at, read, known),
            None => self.read(read?, known),
        }
    }

    fn given(&self, at: LonLat, read: Option<&Found>, known: &mut Places) -> Option<Located> {
        let outline = Outlines::builtin()
            .county_at(at)
            .map(|outline| outline.adcode);
        let code = outline.or_else(|| read.map(|found| found.adcode))?;
        // The text may name the township, but only inside the county the point lies in.
        let finer = read
            .map(|found| found.adcode)
            .filter(|fine| code.contains(*fine))
            .unwrap_or(code);
        let key = PlaceKey::Hex(code, finer, axial(at));
        let place = known.entry(key).or_insert_with(|| {
            let names = self.matcher.gazetteer().names(finer);
            Arc::new(Place {
                level: PlaceLevel::Point,
                typical_error_km: 0.1,
                adcode: finer.to_string(),
                county_code: code.county().to_string(),
                county: names.county.to_owned(),
                town: names.town.to_owned(),
                cell: hex(at),
                cell_at: hex_middle(at),
            })
        });
        let place = place.clone();
        Some(Located { at, place })
    }

    fn read(&self, found: &Found, known: &mut Places) -> Option<Located> {
        if found.level > PlaceLevel::County {
            return None;
        }
        let at = found.lonlat?;
        let typical_error_km = found.typical_error_km.unwrap_or(20.0);
        let spot = [at.lon, at.lat, typical_error_km].map(f64::to_bits);
        let key = PlaceKey::Read(found.adcode, found.level, spot);
        let place = known.entry(key).or_insert_with(|| {
            let names = self.matcher.gazetteer().names(found.adcode);
            Arc::new(Place {
                level: found.level,
                typical_error_km,
                adcode: found.adcode.to_string(),
                county_code: found.adcode.county().to_string(),
                county: names.county.to_owned(),
                town: names.town.to_owned(),
                cell: found.adcode.to_string(),
                cell_at: at,
            })
        });
        let place = place.clone();
        Some(Located { at, place })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::GazetteerChoice;

    #[test]
    fn given_coordinates_win_over_the_text() {
        let locator = Locator::new(
            Matcher::builtin(GazetteerChoice::All),
            Adcode::parse("430000"),
        );
        let vehicle = Vehicle {
            address: "湖南省长沙市宁乡市".into(),
            lon_lat: Some(LonLat {
                lon: 113.64,
                lat: 28.16,
            }),
            ..Vehicle::default()
        };
        let found = locator.vehicle(&vehicle, &mut Known::default());
        let found = found.expect("in Hunan");
        assert_eq!(
            (found.county.as_str(), found.level),
            ("浏阳市", PlaceLevel::Point)
        );
    }

    #[test]
    fn an_address_known_only_to_its_city_is_no_place_to_plan_with() {
        let locator = Locator::new(Matcher::builtin(GazetteerChoice::All), None);
        let vehicle = Vehicle {
            address: "湖南省长沙市".into(),
            ..Vehicle::default()
        };
        assert_eq!(locator.vehicle(&vehicle, &mut Known::default()), None);
    }
}
