//! Hunan's counties and townships from the embedded gazetteer, with an invented weight each.

use std::error::Error;
use std::path::Path;

/// A township.
#[derive(Clone)]
pub(crate) struct Town {
    pub(crate) name: String,
    pub(crate) lon: f64,
    pub(crate) lat: f64,
}

/// A county with its townships.
pub(crate) struct County {
    pub(crate) city: String,
    pub(crate) name: String,
    pub(crate) lon: f64,
    pub(crate) lat: f64,
    /// Invented share of the vehicles.
    pub(crate) weight: f64,
    pub(crate) towns: Vec<Town>,
}

/// Where the invented dealer stands.
pub(crate) const DEPOT: (f64, f64) = (112.91, 28.21);

/// Straight distance in km, near enough for sampling.
pub(crate) fn km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let east = (a.0 - b.0) * 98.6;
    let north = (a.1 - b.1) * 111.3;
    (east * east + north * north).sqrt()
}

/// Reads the counties of Hunan.
pub(crate) fn read(root: &Path) -> Result<Vec<County>, Box<dyn Error>> {
    let mut reader = csv::Reader::from_path(root.join("data/gazetteer.csv"))?;
    let mut counties: Vec<County> = Vec::new();
    let mut codes: Vec<String> = Vec::new();
    let mut towns: Vec<(String, Town)> = Vec::new();
    for row in reader.records() {
        let row = row?;
        if !row[0].starts_with("43") {
            continue;
        }
        let at = (row[6].parse().unwrap_or(0.0), row[7].parse().unwrap_or(0.0));
        match &row[1] {
            "county" => {
                codes.push(row[0].to_owned());
                let far = km(at, DEPOT);
                let city_district = row[4].ends_with('区');
                let weight = if far < 25.0 { 4.0 } else { 1.0 }
                    + if city_district { 0.6 } else { 0.0 }
                    + if far < 120.0 { 0.8 } else { 0.0 };
                counties.push(County {
                    city: row[3].to_owned(),
                    name: row[4].to_owned(),
                    lon: at.0,
                    lat: at.1,
                    weight,
                    towns: Vec::new(),
                });
            }
            "township" => {
                let town = Town {
                    name: row[5].to_owned(),
                    lon: at.0,
                    lat: at.1,
                };
                towns.push((row[0][..6].to_owned(), town));
            }
            _ => {}
        }
    }
    for (code, town) in towns {
        if let Some(index) = codes.iter().position(|c| *c == code) {
            counties[index].towns.push(town);
        }
    }
    Ok(counties)
}
