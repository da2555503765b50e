//! The engines: numbers in, numbers out. They know no vehicle, no file and no clock.
//!
//! Each answers one of the planning questions through one door, and `tourplan solve` opens the same doors
//! to experts (all but that of `calls`): there is no second implementation.

pub mod calls;
pub mod crew;
pub mod kit;
pub mod territory;
pub mod usage;
pub mod wear;
