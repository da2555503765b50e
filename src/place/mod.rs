//! Places: from an address, columns or coordinates to a division, a point and a road distance.
//!
//! Responsible for: the gazetteer, reading addresses, datums, distances, travel tables and
//! county outlines. Not responsible for: reading the customers' files (`ingest`), choosing
//! tour areas (`territory`), drawing (`documents`).
//!
//! The rooms, in the order a customer passes through them:
//!
//! - [`datum`] and [`distance`]: coordinates to WGS-84; the one distance function;
//! - [`adcode`], [`gazetteer`] (read by `tables`), [`outline`]: what is known about divisions;
//! - [`matcher`]: an address to a [`Resolution`]; it normalises (`normalise`), finds names
//!   (`names`, `collect`, `zones`, `index`), links them into chains (`chain`, `chains`, `wording`)
//!   and chooses (`score`);
//! - [`travel`]: kilometres and hours between stops, estimated or measured;
//! - [`osrm`]: what a routing server is asked, and what it answers;
//! - [`solve`]: the rows of `tourplan solve place`.
//!
//! A place is never guessed: two equally good readings are [`Resolution::Ambiguous`], and an
//! answer says how it was found ([`Via`]) and how far off its point usually is.

pub mod adcode;
mod chain;
mod chains;
mod collect;
mod curve;
pub mod datum;
pub mod distance;
pub mod fit;
pub mod gazetteer;
mod index;
pub mod matcher;
mod names;
mod normalise;
pub mod osrm;
pub mod outline;
mod score;
pub mod solve;
mod tables;
pub mod terrain;
pub mod travel;
mod wording;
mod zones;

#[cfg(test)]
mod tests;

pub use adcode::Adcode;
pub use datum::to_wgs84;
pub use distance::{distance_km, distance_m};
pub use gazetteer::{Division, DivisionNames, Gazetteer, GazetteerChoice, GazetteerError, Source};
pub use matcher::{Found, Matcher, Query, Resolution, Via};
pub use outline::{Outline, Outlines};
pub use travel::{Leg, LegSource, Stop, TravelCurve, TravelTable};
