//! stub
pub mod crew;
pub mod domain;
pub mod findings;
pub mod ingest;
pub mod place;
pub mod plan;
pub mod predict;
pub mod solve;
pub mod stage;
pub mod territory;
