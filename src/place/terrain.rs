//! Terrain of a county: how winding its roads are.
//!
//! Responsible for: plain, hills or mountains by division. Not responsible for: what that costs
//! (`travel`). An assumption by hand, coarse on purpose; the factors are settings.

/// How winding the roads of a county are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Terrain {
    /// Lake and river plains.
    Plain,
    /// Hills; also where nothing is known.
    Hills,
    /// Mountains.
    Mountains,
}

/// Counties that differ from their prefecture (Hunan), by code.
const COUNTIES: [(u32, Terrain); 27] = [
    (430_224, Terrain::Hills),
    (430_225, Terrain::Mountains),
    (430_423, Terrain::Hills),
    (430_525, Terrain::Mountains),
    (430_527, Terrain::Mountains),
    (430_528, Terrain::Mountains),
    (430_529, Terrain::Mountains),
    (430_581, Terrain::Mountains),
    (430_626, Terrain::Hills),
    (430_725, Terrain::Hills),
    (430_726, Terrain::Mountains),
    (430_922, Terrain::Hills),
    (430_923, Terrain::Mountains),
    (431_022, Terrain::Mountains),
    (431_025, Terrain::Mountains),
    (431_026, Terrain::Mountains),
    (431_027, Terrain::Mountains),
    (431_081, Terrain::Mountains),
    (431_123, Terrain::Mountains),
    (431_124, Terrain::Mountains),
    (431_125, Terrain::Mountains),
    (431_126, Terrain::Mountains),
    (431_127, Terrain::Mountains),
    (431_128, Terrain::Mountains),
    (431_129, Terrain::Mountains),
    (431_322, Terrain::Mountains),
    (430_181, Terrain::Hills),
];

/// Prefectures of Hunan.
const CITIES: [(u32, Terrain); 14] = [
    (4301, Terrain::Plain),
    (4302, Terrain::Plain),
    (4303, Terrain::Plain),
    (4304, Terrain::Plain),
    (4305, Terrain::Hills),
    (4306, Terrain::Plain),
    (4307, Terrain::Plain),
    (4308, Terrain::Mountains),
    (4309, Terrain::Plain),
    (4310, Terrain::Hills),
    (4311, Terrain::Hills),
    (4312, Terrain::Mountains),
    (4313, Terrain::Hills),
    (4331, Terrain::Mountains),
];

/// Provinces that are mostly one or the other.
const PROVINCES: [(u32, Terrain); 14] = [
    (11, Terrain::Plain),
    (12, Terrain::Plain),
    (13, Terrain::Plain),
    (31, Terrain::Plain),
    (32, Terrain::Plain),
    (34, Terrain::Plain),
    (37, Terrain::Plain),
    (41, Terrain::Plain),
    (50, Terrain::Mountains),
    (52, Terrain::Mountains),
    (53, Terrain::Mountains),
    (54, Terrain::Mountains),
    (62, Terrain::Mountains),
    (63, Terrain::Mountains),
];

/// The terrain of a division code (township, county, city or province); hills where unknown.
pub fn terrain_of(adcode: &str) -> Terrain {
    let find = |table: &[(u32, Terrain)], digits: usize| {
        let head: u32 = adcode.get(..digits)?.parse().ok()?;
        let known = table.iter().find(|(code, _)| *code == head);
        known.map(|(_, terrain)| *terrain)
    };
    find(&COUNTIES, 6)
        .or_else(|| find(&CITIES, 4))
        .or_else(|| find(&PROVINCES, 2))
        .unwrap_or(Terrain::Hills)
}
