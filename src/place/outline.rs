//! County outlines of Hunan and of the counties around it.
//!
//! Responsible for: which county a point lies in, a point inside a county, the rings a map
//! draws. Not responsible for: drawing them. The outlines are simplified (at most about 5 km
//! off, mostly far less): 天地图 GS(2024)0650号.

use std::sync::OnceLock;

use serde::Deserialize;

use super::adcode::Adcode;
use crate::domain::geo::LonLat;

const HUNAN: &str = include_str!("../../data/hunan-counties-lite.geojson");
const NEIGHBOURS: &str = include_str!("../../data/hunan-neighbours-lite.geojson");

/// One county's outline.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline {
    /// The county.
    pub adcode: Adcode,
    /// Its name.
    pub name: String,
    /// Name of its city; empty directly under a province.
    pub city: String,
    /// Name of its province.
    pub province: String,
    /// Closed rings of (longitude, latitude); a point is inside when it is in an odd number of them.
    pub rings: Vec<Vec<(f64, f64)>>,
    /// West, south, east, north.
    pub bounds: [f64; 4],
}

/// All outlines, sorted by code.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlines {
    counties: Vec<Outline>,
}

#[derive(Deserialize)]
struct Collection {
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    properties: Properties,
    geometry: Geometry,
}

#[derive(Deserialize)]
struct Properties {
    adcode: String,
    name: String,
    #[serde(default)]
    city: String,
    #[serde(default)]
    province: String,
}

#[derive(Deserialize)]
#[serde(tag = "type", content = "coordinates")]
enum Geometry {
    Polygon(Vec<Vec<(f64, f64)>>),
    MultiPolygon(Vec<Vec<Vec<(f64, f64)>>>),
}

impl Outlines {
    /// The outlines that come with the program, read once.
    pub fn builtin() -> &'static Self {
        static OUTLINES: OnceLock<Outlines> = OnceLock::new();
        OUTLINES.get_or_init(|| {
            let mut counties: Vec<Outline> =
                [HUNAN, NEIGHBOURS].into_iter().flat_map(read).collect();
            counties.sort_by_key(|county| county.adcode);
            Self { counties }
        })
    }

    /// All counties, by code.
    pub fn counties(&self) -> &[Outline] {
        &self.counties
    }

    /// One county's outline.
    pub fn county(&self, adcode: Adcode) -> Option<&Outline> {
        let at = self
            .counties
            .binary_search_by_key(&adcode, |county| county.adcode)
            .ok()?;
        self.counties.get(at)
    }

    /// The county a WGS-84 position lies in; `None` outside the outlines.
    pub fn county_at(&self, at: LonLat) -> Option<&Outline> {
        self.counties.iter().find(|county| county.contains(at))
    }
}

/// The embedded files are checked by a test; one that could not be read would be no outline.
fn read(text: &str) -> Vec<Outline> {
    let Ok(collection) = serde_json::from_str::<Collection>(text) else {
        return Vec::new();
    };
    collection
        .features
        .into_iter()
        .filter_map(Outline::from_feature)
        .collect()
}

impl Outline {
    fn from_feature(feature: Feature) -> Option<Self> {
        let rings: Vec<Vec<(f64, f64)>> = match feature.geometry {
            Geometry::Polygon(rings) => rings,
            Geometry::MultiPolygon(polygons) => polygons.into_iter().flatten().collect(),
        };
        let mut bounds = [
            f64::INFINITY,
            f64::INFINITY,
            f64::NEG_INFINITY,
            f64::NEG_INFINITY,
        ];
        for &(lon, lat) in rings.iter().flatten() {
            bounds = [
                bounds[0].min(lon),
                bounds[1].min(lat),
                bounds[2].max(lon),
                bounds[3].max(lat),
            ];
        }
        let Properties {
            adcode,
            name,
            city,
            province,
        } = feature.properties;
        Some(Self {
            adcode: Adcode::parse(&adcode)?,
            name,
            city,
            province,
            rings,
            bounds,
        })
    }

    /// Whether the position is inside (even-odd rule over all rings).
    pub fn contains(&self, at: LonLat) -> bool {
        let [west, south, east, north] = self.bounds;
        if !(west..=east).contains(&at.lon) || !(south..=north).contains(&at.lat) {
            return false;
        }
        self.crossings(at.lat).filter(|&lon| lon > at.lon).count() % 2 == 1
    }

    /// Longitudes at which the rings cross a parallel. Half-open edges, so that a shared corner
    /// counts once.
    fn crossings(&self, lat: f64) -> impl Iterator<Item = f64> + '_ {
        self.rings
            .iter()
            .flat_map(|ring| ring.windows(2))
            .filter_map(move |edge| {
                let &[(lon1, lat1), (lon2, lat2)] = edge else {
                    return None;
                };
                ((lat1 > lat) != (lat2 > lat))
                    .then(|| lon1 + (lat - lat1) / (lat2 - lat1) * (lon2 - lon1))
            })
    }

    /// A point well inside: the middle of the widest stretch on one of nine parallels.
    pub fn inside_point(&self) -> Option<LonLat> {
        let [_, south, _, north] = self.bounds;
        let mut best: Option<(f64, LonLat)> = None;
        for step in 1..10 {
            let lat = south + (north - south) * f64::from(step) / 10.0;
            let mut lons: Vec<f64> = self.crossings(lat).collect();
            lons.sort_by(f64::total_cmp);
            for stretch in lons.chunks_exact(2) {
                let &[from, to] = stretch else { continue };
                if best.is_none_or(|(width, _)| to - from > width) {
                    best = Some((
                        to - from,
                        LonLat {
                            lon: f64::midpoint(from, to),
                            lat,
                        },
                    ));
                }
            }
        }
        best.map(|(_, point)| point)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_embedded_outline_is_read_and_holds_its_own_inside_point() {
        let all = Outlines::builtin();
        assert_eq!(all.counties().len(), 122 + 71);
        for county in all.counties() {
            let point = county.inside_point().unwrap();
            assert_eq!(
                all.county_at(point).map(|c| c.adcode),
                Some(county.adcode),
                "{}",
                county.name
            );
        }
    }

    #[test]
    fn a_point_in_liuyang_is_in_liuyang_and_one_in_beijing_in_no_outline() {
        let all = Outlines::builtin();
        let liuyang = all.county_at(LonLat {
            lon: 113.64,
            lat: 28.16,
        });
        assert_eq!(liuyang.map(|c| c.name.as_str()), Some("浏阳市"));
        assert!(
            all.county_at(LonLat {
                lon: 116.4,
                lat: 39.9
            })
            .is_none()
        );
    }
}
