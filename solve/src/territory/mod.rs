//! The territory engine: which points to visit, for how many days, in which tours, on which dates.
//!
//! Responsible for: the problem and solution formats, the one capacity formula, checking, and the search.
//! Not responsible for: vehicles, files, clocks, or what the numbers stand for.
//!
//! The way through: [`Problem`] → [`validate`] → [`solve`] → [`Solution`] → [`evaluate`].

mod bound;
mod broken;
mod builder;
mod calendar;
mod completion;
mod curves;
mod evaluate;
mod facts;
mod hand;
mod iso;
mod linear;
mod market;
mod model;
mod pins;
mod plan;
mod prices;
mod problem;
mod rng;
mod routes;
mod search;
mod simplex;
mod solution;
mod solver;
mod transport;
mod validate;

pub use broken::Broken;
pub use completion::{NotCompleted, OpenTour, complete};
pub use evaluate::{Score, evaluate};
pub use facts::{
    HOURS_TOLERANCE, StopFacts, TourFacts, Violation, day_factor, tour_facts, visit_hours,
};
pub use prices::{Prices, prices};
pub use problem::{
    Cell, Costs, Day, Legs, Limits, PROBLEM_SCHEMA, Pair, Pin, Point, Problem, Team,
};
pub use solution::{Allocation, SOLUTION_SCHEMA, Solution, StopPlan, StoppedBy, TourPlan};
pub use solver::{
    Budget, DEFAULT_ITERATIONS, Infeasible, Stuck, default_iterations, improve, solve,
    solve_around, solve_fixed,
};
pub use validate::{ProblemFault, validate};

#[cfg(test)]
mod tests;
