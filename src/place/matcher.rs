//! Addresses to divisions: the door of the matcher.
//!
//! Responsible for: turning a customer's address and place columns into a [`Resolution`] with
//! point, typical error and confidence. Not responsible for: coordinates a file already has
//! (`datum`, `outline`).

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::adcode::Adcode;
use super::chain::Chain;
use super::chains::chains;
use super::gazetteer::{Gazetteer, GazetteerChoice};
use super::index::{Form, NO_SPOT, NameIndex};
use super::normalise::Plain;
use super::score::{Choice, choose, contradiction};
use crate::domain::geo::{LonLat, PlaceLevel};

/// The cells of a row that say where something is; any of them may be empty.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Query<'a> {
    /// Free address text.
    pub address: &'a str,
    /// Province column.
    pub province: &'a str,
    /// City (prefecture) column.
    pub city: &'a str,
    /// County column.
    pub county: &'a str,
    /// Township column.
    pub town: &'a str,
}

impl<'a> Query<'a> {
    /// Only an address.
    pub fn address(address: &'a str) -> Self {
        Self {
            address,
            ..Self::default()
        }
    }
}

/// How an answer was found, from the surest to the least sure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Via {
    /// Official names.
    Names,
    /// A former name.
    Former,
    /// At least one short name.
    Short,
    /// The county was inferred from the township.
    Town,
    /// The county was inferred from a development zone.
    Zone,
    /// Only the dealer's own province decided.
    Home,
}

/// A place that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The division; for a village the township or county it belongs to.
    pub adcode: Adcode,
    /// How exactly the place is known (a village is finer than its `adcode`).
    pub level: PlaceLevel,
    /// The point, WGS-84: the place's own or that of the nearest division above it.
    pub lonlat: Option<LonLat>,
    /// Typical distance of the customer from that point.
    pub typical_error_km: Option<f64>,
    /// 0 to 1: how sure the division is.
    pub confidence: f64,
    /// How it was found.
    pub via: Via,
}

/// The answer for one row.
#[derive(Debug, Clone, PartialEq)]
pub enum Resolution {
    /// One place.
    Found(Found),
    /// Several places fit equally well: none is chosen.
    Ambiguous {
        /// Their codes, sorted.
        candidates: Vec<Adcode>,
    },
    /// No division is named.
    Unknown,
}

impl Resolution {
    /// The place, if one was found.
    pub fn found(&self) -> Option<&Found> {
        match self {
            Self::Found(found) => Some(found),
            Self::Ambiguous { .. } | Self::Unknown => None,
        }
    }
}

/// Reads addresses against one gazetteer. Building it sorts every name once (tens of
/// milliseconds); reading needs no lock, so threads may share it.
#[derive(Debug)]
pub struct Matcher<'g> {
    gazetteer: &'g Gazetteer,
    index: NameIndex,
}

impl<'g> Matcher<'g> {
    /// A matcher over a gazetteer.
    pub fn new(gazetteer: &'g Gazetteer) -> Self {
        Self {
            gazetteer,
            index: NameIndex::new(gazetteer),
        }
    }

    /// The matcher over the built-in gazetteer, built once for each choice.
    pub fn builtin(choice: GazetteerChoice) -> &'static Matcher<'static> {
        static ALL: OnceLock<Matcher<'static>> = OnceLock::new();
        static CLEAN: OnceLock<Matcher<'static>> = OnceLock::new();
        let cell = match choice {
            GazetteerChoice::All => &ALL,
            GazetteerChoice::Clean => &CLEAN,
        };
        cell.get_or_init(|| Matcher::new(Gazetteer::builtin(choice)))
    }

    /// The gazetteer it reads against.
    pub fn gazetteer(&self) -> &'g Gazetteer {
        self.gazetteer
    }

    /// Reads one row for nobody in particular.
    pub fn resolve(&self, query: &Query<'_>) -> Resolution {
        self.resolve_from(query, None)
    }

    /// Reads one row for a dealer in `home` (any division inside his province will do): where two readings are equal, the one
    /// at home is taken and marked [`Via::Home`].
    pub fn resolve_from(&self, query: &Query<'_>, home: Option<Adcode>) -> Resolution {
        let Query {
            address,
            province,
            city,
            county,
            town,
        } = *query;
        let plain = Plain::from_cells(&[province, city, county, town, address]);
        let home = home.map(Adcode::province);
        let chains = chains(&self.index, &plain);
        if let Some(candidates) = contradiction(&chains, &plain) {
            return Resolution::Ambiguous { candidates };
        }
        match choose(&chains, home) {
            Choice::One(chain, by_home) => Resolution::Found(self.found(&chain, by_home)),
            Choice::Equals(candidates) => Resolution::Ambiguous { candidates },
            Choice::Nothing => Resolution::Unknown,
        }
    }

    fn found(&self, chain: &Chain, by_home: bool) -> Found {
        let via = via(chain, by_home);
        let spot = Some(chain.spot)
            .filter(|spot| *spot != NO_SPOT)
            .and_then(|at| self.gazetteer.spot(at));
        let own_point = spot.and_then(|spot| Some((spot.lonlat?, Gazetteer::spot_error_km(spot))));
        let point = own_point.or_else(|| self.gazetteer.point(chain.code));
        Found {
            adcode: chain.code,
            level: spot.map_or(chain.level, |spot| spot.level),
            lonlat: point.map(|(lonlat, _)| lonlat),
            typical_error_km: point.map(|(_, error)| error),
            confidence: confidence(chain, via),
            via,
        }
    }
}

fn via(chain: &Chain, by_home: bool) -> Via {
    if by_home {
        return Via::Home;
    }
    match chain.form {
        Form::Zone => Via::Zone,
        _ if chain.inferred => Via::Town,
        Form::Full => Via::Names,
        Form::Former => Via::Former,
        Form::Variant | Form::Short | Form::FormerShort => Via::Short,
    }
}

/// How sure an answer is: a fixed value per way of finding it, less for a name that stands alone
/// or behind unread text. Ordered, not calibrated.
fn confidence(chain: &Chain, via: Via) -> f64 {
    let alone = chain.names == 1;
    let base = match via {
        Via::Names if alone => 0.92,
        Via::Names => 0.99,
        Via::Former => 0.93,
        Via::Short if alone && chain.level <= PlaceLevel::County => 0.6,
        Via::Short => 0.88,
        Via::Town if alone => 0.65,
        Via::Town => 0.85,
        Via::Zone | Via::Home => 0.7,
    };
    if chain.gap { base - 0.07 } else { base }
}
