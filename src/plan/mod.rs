//! The Plan document, the pipeline that assembles it, and its independent checker.

pub mod model;
pub mod verify;
