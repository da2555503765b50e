//! What hours and cells are worth beside tours that are given: the dual prices of their best allocation.
//!
//! The allocation is the exact linear program of `transport`. By duality its value is Σ cell prices + Σ hour price ×
//! hours offered, so a price says what one more hour, or one more cell like this, would bring.
//!
//! Responsible for: prices of a fixed set of tours, and what further hours at a point would bring at these prices.
//! Not responsible for: finding tours (`solve`).

use super::facts::{TourFacts, Violation};
use super::model::Model;
use super::problem::Problem;
use super::solution::TourPlan;
use super::solver::laid;
use super::transport::allot;

/// The best allocation of given tours, priced.
#[derive(Debug, Clone, PartialEq)]
pub struct Prices {
    /// Yuan: value less the cost of all tours.
    pub objective: f64,
    /// Yuan brought by the allocation.
    pub value: f64,
    /// Yuan per further hour at each point of the problem; 0 where it is not visited or hours are left over.
    pub hour: Vec<f64>,
    /// Yuan at which each cell of the problem is sold already; 0 where some of it is left over.
    pub cell: Vec<f64>,
    /// Hours allocated at each point.
    pub used_hours: Vec<f64>,
    /// Yuan brought at each point, pair costs taken off.
    pub brought: Vec<f64>,
    /// The tours laid on the calendar, in the order given.
    pub tours: Vec<TourFacts>,
}

/// Prices of the best allocation for tours that are given. The problem must be one that `validate` finds nothing in.
///
/// # Errors
/// Every rule the tours break (pins included).
pub fn prices(problem: &Problem, tours: &[TourPlan]) -> Result<Prices, Vec<Violation>> {
    let model = Model::new(problem);
    let (plan, score) = laid(problem, &model, tours)?;
    let allotment = allot(&model, &plan.capacity(&model), &[]);
    let mut used_hours = vec![0.0; problem.points.len()];
    let mut brought = vec![0.0; problem.points.len()];
    for &(cell, point, x) in &allotment.served {
        let items = &model.sites[point].items;
        if let Ok(at) = items.binary_search_by_key(&cell, |item| item.cell) {
            used_hours[point] += x * items[at].hours;
            brought[point] += x * items[at].gain;
        }
    }
    let mut cell = vec![0.0; problem.cells.len()];
    for (&at, &price) in model.cell_in_problem.iter().zip(&allotment.cell_price) {
        cell[at] = price;
    }
    Ok(Prices {
        objective: allotment.value - score.cost,
        value: allotment.value,
        hour: allotment.hour_price,
        cell,
        used_hours,
        brought,
        tours: score.tours,
    })
}

impl Prices {
    /// What hours at a point that is not visited would bring at these prices, yuan: the fractional knapsack
    /// max { Σ (share·value − cost − price)·x : Σ share·hours·x ≤ hours, 0 ≤ x ≤ 1 } over its cells. The tours
    /// given stay as they are, so no plan with them and the point brings more there.
    pub fn worth(&self, problem: &Problem, point: usize, hours: f64) -> f64 {
        let mut worth = 0.0;
        let mut ranked: Vec<(f64, f64, usize)> = Vec::new();
        for pair in problem.pairs.iter().filter(|pair| pair.point == point) {
            let cell = &problem.cells[pair.cell];
            let price = self.cell.get(pair.cell).copied().unwrap_or(0.0);
            let net = pair.share * cell.value - pair.cost - price;
            let needed = pair.share * cell.hours;
            if net > 0.0 && needed > 0.0 {
                ranked.push((net / needed, needed, pair.cell));
            } else if net > 0.0 {
                worth += net;
            }
        }
        ranked.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.2.cmp(&b.2)));
        let mut left = hours.max(0.0);
        for (density, needed, _) in ranked {
            let taken = needed.min(left);
            worth += density * taken;
            left -= taken;
        }
        worth
    }
}
