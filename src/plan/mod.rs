//! The Plan document, the pipeline that assembles it, and its independent checker.

pub mod difference;
pub mod explain;
pub mod files;
pub mod jobs;
pub mod model;
pub mod pipeline;
pub mod verify;
