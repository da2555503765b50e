//! Positions on the ground and the levels of the Chinese administrative divisions.
//!
//! Responsible for: the plain data. Not responsible for: distances, datum shifts
//! and names (`place`).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A position in degrees on WGS-84: longitude east, latitude north.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LonLat {
    /// Degrees east of Greenwich, −180 to 180.
    pub lon: f64,
    /// Degrees north of the equator, −90 to 90.
    pub lat: f64,
}

/// The coordinate system a file's longitudes and latitudes are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Datum {
    /// Satellite coordinates; what everything inside the program uses.
    #[default]
    Wgs84,
    /// The shifted system of Chinese public maps (Amap, Tencent), 0.6 km off in Hunan.
    Gcj02,
    /// Baidu's system, shifted once more, 1.2 km off in Hunan.
    Bd09,
}

/// How exactly a place is known, from the finest to the coarsest (`Point < Province`).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum PlaceLevel {
    /// Coordinates of the place itself.
    Point,
    /// Village or community (村, 社区).
    Village,
    /// Township, town or street (乡, 镇, 街道).
    Township,
    /// County, county city or district (县, 市, 区, 旗).
    County,
    /// Prefecture or prefecture city (地级市, 自治州).
    City,
    /// Province, region or municipality (省, 自治区, 直辖市).
    Province,
}
