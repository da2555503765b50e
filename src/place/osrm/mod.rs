//! An OSRM server's table service: measured drives between places.
//!
//! Responsible for: what is asked ([`blocks`](Asking), within the server's limit), what an answer may be
//! taken for (`reply`), when to ask again and when to give up (`client`), and the text answers are kept
//! as ([`Cache`]). Not responsible for: the network and the file (`cli::roads`), which pairs are wanted
//! (`plan::pipeline`), the estimate (`travel`).
//!
//! Only coordinates are sent, WGS-84, to five decimals (about a metre).
//! Service: <https://project-osrm.org/docs/v5.24.0/api/#table-service>.

mod blocks;
mod cache;
mod client;
mod reply;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

pub use cache::Cache;
pub use client::{Asking, NoReply, Reply, Server, service};

use super::distance::distance_m;
use crate::domain::LonLat;

/// A place as it is sent: degrees × 10⁵ on WGS-84.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    lon: i32,
    lat: i32,
}

/// Steps in a degree.
const STEPS: f64 = 1e5;

impl Spot {
    /// A position, rounded.
    pub fn of(at: LonLat) -> Self {
        Self {
            lon: (at.lon * STEPS).round() as i32,
            lat: (at.lat * STEPS).round() as i32,
        }
    }

    /// Where that is.
    pub fn lonlat(self) -> LonLat {
        LonLat {
            lon: f64::from(self.lon) / STEPS,
            lat: f64::from(self.lat) / STEPS,
        }
    }

    /// Reads `lon,lat` back.
    pub fn parse(text: &str) -> Option<Self> {
        let (lon, lat) = text.split_once(',')?;
        let at = LonLat {
            lon: lon.parse().ok()?,
            lat: lat.parse().ok()?,
        };
        let on_earth = at.lon.abs() <= 180.0 && at.lat.abs() <= 90.0;
        on_earth.then(|| Self::of(at))
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let LonLat { lon, lat } = self.lonlat();
        write!(f, "{lon:.5},{lat:.5}")
    }
}

/// Drives wanted, one way each: from, to.
pub type Wanted = BTreeSet<(Spot, Spot)>;

/// A drive as the server gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Road {
    /// Metres.
    pub metres: u32,
    /// Seconds at the wheel.
    pub seconds: u32,
}

/// What is known of a wanted drive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drive {
    /// Measured.
    Road(Road),
    /// The server knows no road between them.
    NoRoad,
    /// This end lies too far from any road the server knows, in metres; `None` = it found none at all.
    Off(Spot, Option<u32>),
    /// Shorter than the straight line, or faster than any van.
    Impossible(Road),
    /// Never answered.
    Unknown,
}

/// Everything one server said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roads {
    /// `None` = no road.
    drives: BTreeMap<(Spot, Spot), Option<Road>>,
    /// Metres to the next road; `None` = none found.
    snaps: BTreeMap<Spot, Option<u32>>,
}

/// No van is faster on average, metres a second (200 km/h).
const FASTEST: u32 = 56;

impl Roads {
    /// What is known of a drive, where places may lie `snap_m` metres from the next road.
    pub fn drive(&self, from: Spot, to: Spot, snap_m: u32) -> Drive {
        for end in [from, to] {
            match self.snaps.get(&end) {
                Some(None) => return Drive::Off(end, None),
                Some(Some(metres)) if *metres > snap_m => return Drive::Off(end, Some(*metres)),
                _ => {}
            }
        }
        match self.drives.get(&(from, to)) {
            None => Drive::Unknown,
            Some(None) => Drive::NoRoad,
            Some(Some(road)) if self.possible(from, to, *road) => Drive::Road(*road),
            Some(Some(road)) => Drive::Impossible(*road),
        }
    }

    /// The straight line is the least a road can be; it begins and ends where the places were snapped to.
    fn possible(&self, from: Spot, to: Spot, road: Road) -> bool {
        let snap = |spot: Spot| self.snaps.get(&spot).copied().flatten().unwrap_or(0);
        let straight = distance_m(from.lonlat(), to.lonlat());
        let least = (f64::from(straight) * 0.99) as u32;
        let reached = road.metres + snap(from) + snap(to) + 100;
        reached >= least && road.metres <= road.seconds.saturating_mul(FASTEST) + 1000
    }

    /// The wanted drives that are still to be asked for.
    pub fn missing(&self, wanted: &Wanted) -> Wanted {
        let nowhere = |spot: &Spot| self.snaps.get(spot) == Some(&None);
        let open = |pair: &&(Spot, Spot)| {
            let (from, to) = pair;
            from != to && !nowhere(from) && !nowhere(to) && !self.drives.contains_key(*pair)
        };
        wanted.iter().filter(open).copied().collect()
    }
}
