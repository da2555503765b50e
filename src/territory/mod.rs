//! Vehicles → demand cells → problem; solution → areas, tours, dates, visits, slots.
//!
//! Responsible for: where every vehicle is, what a place asks for, writing the pure problem, and reading the
//! engine's answer back into vehicles: visit, waitlist, invite or deferred, each with its reason.
//! Not responsible for: the search (`solve::territory`), parts and people.

mod assign;
mod booking;
mod build;
mod cells;
mod hex;
mod interpret;
mod locate;
mod reach;
mod slots;

pub use assign::{Assigned, Fate, Placed, assign};
pub use booking::{Booked, BookingDay, Wish, book};
pub use build::{BuildInput, build};
pub use cells::{DemandCell, VehicleDemand, cell_id, demand_cells, is_due_cell, place_of_cell};
pub use interpret::{LaidTour, VisitPlan, interpret};
pub use locate::{Located, Locator, Place, PlacedPoint, depot, depot_stop};
pub use reach::Reach;
pub use slots::{DayOffer, Offer, offers, opening_minutes, slot_text};

/// Hours and yuan are summed as ten-thousandths, so that a sum is the same in any order.
pub(crate) fn units(amount: f64) -> i64 {
    (amount * 1e4).round() as i64
}

/// Back from ten-thousandths.
pub(crate) fn from_units(units: i64) -> f64 {
    units as f64 / 1e4
}
