//! Responsible for: how many technicians a day needs (`tourplan-crew/1`), and which named people go on which tour.
//! Not responsible for: tours and their dates, or where hours, skills and people come from. Numbers in, numbers out.

mod assignment;
mod hours;
#[cfg(test)]
mod tests;
mod witness;

pub use assignment::{Assignment, AssignmentProblem, Person, TourCrew, TourNeed, assign};
pub use hours::{
    CREW_SCHEMA, CrewDay, CrewError, CrewItem, CrewJob, CrewProblem, CrewSolution, DayCrew,
    HOURS_STEP, Newsvendor, Quantiles, hours_pmf, quantile_hours, solve,
};
pub use witness::{Lack, Shortfall};
