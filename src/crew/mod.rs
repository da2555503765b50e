//! Hours → people by skill; tools.
//!
//! Responsible for: what teams can be manned, who goes on which tour with which skills, who leads and drives,
//! how long everybody's day is planned, how far a day's work may exceed it, and which tools go along.
//! Not responsible for: the distributions and the matching themselves (`solve::crew`), calls (`lifecycle`).

mod capacity;
mod cover;
mod duty;
mod question;
mod risk;
mod roster;
mod staff;
#[cfg(test)]
mod tests;
mod tools;
mod work;

pub use capacity::{team_capacity, travels, works};
pub use cover::{SkillsByTour, staff_covered};
pub use duty::day_limit;
pub use risk::hours_risk;
pub use staff::{Staffed, staff};
pub use tools::tool_lines;
pub use work::{JobHours, TourWork, VisitTools, WorkDay};
