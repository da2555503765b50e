//! What differs between two plans: figures, tours, vehicles, parts and orders.
//!
//! Responsible for: pairing the tours of two plans that speak of the same trip, and naming every vehicle whose
//! place is another one. Not responsible for: what a signature covers (`month::difference`: lines as text, for
//! one thing signed), printing (`cli`).

mod goods;
mod tours;
mod vehicles;

use serde::Serialize;

pub use goods::{OrderDifference, PartDifference, Pieces};
pub use tours::{Stop, TourDifference, TourKind, TourSide, contribution};
pub use vehicles::{Place, PlaceKind, VehicleDifference};

use super::model::{Plan, Status};

/// Everything that differs; what is equal is not listed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Difference {
    /// The months' figures side by side, all of them.
    pub figures: Vec<Figure>,
    /// Tours that are there in both and are the same in team, days and stops.
    pub same_tours: usize,
    /// Tours added, removed and changed, in order of departure.
    pub tours: Vec<TourDifference>,
    /// Vehicles whose place is another one, by id.
    pub vehicles: Vec<VehicleDifference>,
    /// Parts of which another number is carried or has to be had, by code.
    pub parts: Vec<PartDifference>,
    /// Lines of the order book that came, went or changed, by key.
    pub orders: Vec<OrderDifference>,
}

/// One figure of both plans.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// What it is; amounts end in `_yuan`.
    pub key: &'static str,
    /// In the first plan.
    pub before: f64,
    /// In the second.
    pub after: f64,
    /// `after` − `before`.
    pub difference: f64,
}

impl Difference {
    /// What turns `before` into `after`.
    pub fn between(before: &Plan, after: &Plan) -> Self {
        let (same_tours, tours) = tours::between(before, after);
        Self {
            figures: figures(before, after),
            same_tours,
            tours,
            vehicles: vehicles::between(before, after),
            parts: goods::parts(before, after),
            orders: goods::orders(before, after),
        }
    }

    /// Whether nothing differs beside figures that follow from the day a plan was made on.
    pub fn is_empty(&self) -> bool {
        self.tours.is_empty()
            && self.vehicles.is_empty()
            && self.parts.is_empty()
            && self.orders.is_empty()
    }

    /// Vehicles of one kind of change.
    pub fn count(&self, kind: PlaceKind) -> usize {
        let of = self.vehicles.iter().filter(|one| one.kind == kind);
        of.count()
    }
}

fn figures(before: &Plan, after: &Plan) -> Vec<Figure> {
    let of = |plan: &Plan| {
        let status = |key: Status| {
            let count = plan.figures.by_status.get(key.key());
            count.copied().unwrap_or(0) as f64
        };
        let booked = plan.vehicles.iter().filter(|one| one.is_booked()).count();
        let contribution: f64 = plan
            .tours
            .iter()
            .map(|tour| contribution(plan, &tour.id))
            .sum();
        [
            ("tours", plan.tours.len() as f64),
            ("visits", plan.visits.len() as f64),
            ("team_days", plan.figures.team_days as f64),
            ("km", plan.figures.km),
            ("places", status(Status::Visit)),
            ("waiting", status(Status::Waitlist)),
            ("due_on_visit", plan.figures.due_on_visit as f64),
            ("booked", booked as f64),
            ("cost_yuan", plan.figures.cost.yuan()),
            ("expected_income_yuan", plan.figures.expected_income.yuan()),
            ("contribution_yuan", contribution),
            ("objective_yuan", plan.search.objective),
        ]
    };
    let pairs = of(before).into_iter().zip(of(after));
    pairs
        .map(|((key, before), (_, after))| Figure {
            key,
            before: rounded(before),
            after: rounded(after),
            difference: rounded(after - before),
        })
        .collect()
}

/// To two decimals, and never −0.
fn rounded(figure: f64) -> f64 {
    (figure * 100.0).round() / 100.0 + 0.0
}

#[cfg(test)]
mod tests;
