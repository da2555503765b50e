//! `tourplan`: the architecture on one page.
//!
//! Data flows down this list; a room uses rooms below it.
//!
//! - [`cli`]: one file per command; the only room that prints and knows a terminal.
//! - [`workspace`]: the dealer's folder: settings, the lock, publishing a plan folder whole.
//! - [`learn`]: history and closed tours → proposals, and accepted ones laid over the tables.
//! - [`month`]: the month after it was planned: journal, signatures, what changed since.
//! - [`rollup`]: several plans as one parts requirement, calendar and table of figures.
//! - [`plan`]: the Plan document, the pipeline that assembles it, its files and its independent checker.
//! - [`documents`]: Plan → pages, workbooks, map.
//! - [`ingest`]: files → typed tables and findings.
//! - [`predict`]: vehicle and day → items with probabilities, hours, planning value.
//! - [`territory`]: vehicles → demand cells → problem; solution → visits, places, slots.
//! - [`stage`]: jobs → kits, netting, sourcing, load order. [`crew`]: hours → people, tools.
//! - [`place`]: gazetteer, addresses, datums, distances, travel tables, outlines.
//! - [`solve`]: the engines: numbers in, numbers out.
//! - [`findings`]: one registry of coded findings in two languages.
//! - [`domain`]: the nouns, units and the calendar; knows no other room.

pub mod cli;
pub mod crew;
pub mod documents;
pub mod domain;
pub mod findings;
pub mod ingest;
pub mod learn;
pub mod month;
pub mod place;
pub mod plan;
pub mod predict;
pub mod rollup;
pub mod stage;
pub mod territory;
pub mod workspace;

pub use tourplan_solve as solve;
