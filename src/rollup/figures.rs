//! The plans in figures: a line each, and one over all.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::dealer;
use crate::domain::Fen;
use crate::plan::model::{ORDERS, Plan};

/// One plan, or all of them (`dealer` and `month` empty).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Figure {
    /// Dealer.
    pub dealer: String,
    /// Month.
    pub month: String,
    /// The plan's id.
    pub plan: String,
    /// Signatures given, of those there could be: the orders and each tour.
    pub approved: u64,
    /// Signatures there could be.
    pub to_approve: u64,
    /// Tours.
    pub tours: u64,
    /// Days of all teams on tour.
    pub team_days: u64,
    /// Kilometres.
    pub km: f64,
    /// Vehicles with a place.
    pub visit: u64,
    /// Called without a place.
    pub waitlist: u64,
    /// Not this month.
    pub deferred: u64,
    /// Vehicles with something due.
    pub due: u64,
    /// Of these, with a place.
    pub due_on_visit: u64,
    /// Expected to turn up.
    pub expected_arrivals: f64,
    /// Expected income.
    pub expected_income: Fen,
    /// Expected margin.
    pub expected_margin: Fen,
    /// Cost of the tours.
    pub cost: Fen,
    /// Planning value less cost, yuan: what was searched for.
    pub objective: f64,
    /// No plan of the same month is worth more; `None` = one plan at least has no bound.
    pub bound: Option<f64>,
    /// (bound − objective) / bound.
    pub gap: Option<f64>,
    /// Jobs needing parts that can be finished from the van: share, weighted by places.
    pub job_fill: f64,
    /// Tours closed.
    pub closed_tours: u64,
}

/// By dealer and month, then their sum.
pub(super) fn of(plans: &[&Plan]) -> Vec<Figure> {
    let mut figures: Vec<Figure> = plans.iter().map(|plan| figure(plan)).collect();
    let all = sum(&figures);
    figures.push(all);
    figures
}

fn figure(plan: &Plan) -> Figure {
    let status = |key: &str| plan.figures.by_status.get(key).copied().unwrap_or(0);
    let covers = |key: &&String| *key == ORDERS || plan.tour(key).is_some();
    let fills = plan.kits.iter().map(|kit| {
        let places = plan.tour(&kit.tour).map_or(0, |tour| tour.vehicles);
        (kit.job_fill, places as f64)
    });
    Figure {
        dealer: dealer(plan).to_owned(),
        month: plan.month.clone(),
        plan: plan.id.clone(),
        approved: plan.approvals.keys().filter(covers).count() as u64,
        to_approve: plan.tours.len() as u64 + 1,
        tours: plan.tours.len() as u64,
        team_days: plan.figures.team_days,
        km: plan.figures.km,
        visit: status("visit"),
        waitlist: status("waitlist"),
        deferred: status("deferred"),
        due: plan.figures.due,
        due_on_visit: plan.figures.due_on_visit,
        expected_arrivals: plan.figures.expected_arrivals,
        expected_income: plan.figures.expected_income,
        expected_margin: plan.figures.expected_margin,
        cost: plan.figures.cost,
        objective: plan.search.objective,
        bound: plan.search.bound,
        gap: plan.search.gap,
        job_fill: mean(fills),
        closed_tours: plan
            .tours
            .iter()
            .filter(|tour| plan.is_closed(&tour.id))
            .count() as u64,
    }
}

fn sum(figures: &[Figure]) -> Figure {
    let count = |of: &dyn Fn(&Figure) -> u64| figures.iter().map(of).sum::<u64>();
    let real = |of: &dyn Fn(&Figure) -> f64| figures.iter().map(of).sum::<f64>();
    let fen = |of: &dyn Fn(&Figure) -> Fen| figures.iter().map(of).fold(Fen(0), |a, b| a + b);
    let objective = real(&|one| one.objective);
    let bounds: Option<Vec<f64>> = figures.iter().map(|one| one.bound).collect();
    let bound = bounds.map(|bounds| bounds.iter().sum::<f64>());
    Figure {
        approved: count(&|one| one.approved),
        to_approve: count(&|one| one.to_approve),
        tours: count(&|one| one.tours),
        team_days: count(&|one| one.team_days),
        km: real(&|one| one.km),
        visit: count(&|one| one.visit),
        waitlist: count(&|one| one.waitlist),
        deferred: count(&|one| one.deferred),
        due: count(&|one| one.due),
        due_on_visit: count(&|one| one.due_on_visit),
        expected_arrivals: real(&|one| one.expected_arrivals),
        expected_income: fen(&|one| one.expected_income),
        expected_margin: fen(&|one| one.expected_margin),
        cost: fen(&|one| one.cost),
        objective,
        bound,
        gap: bound
            .filter(|bound| *bound > 0.0)
            .map(|bound| (bound - objective) / bound),
        job_fill: mean(figures.iter().map(|one| (one.job_fill, one.visit as f64))),
        closed_tours: count(&|one| one.closed_tours),
        ..Figure::default()
    }
}

fn mean(weighted: impl Iterator<Item = (f64, f64)>) -> f64 {
    let (sum, weight) = weighted.fold((0.0, 0.0), |(sum, all), (value, weight)| {
        (sum + value * weight, all + weight)
    });
    if weight > 0.0 { sum / weight } else { 0.0 }
}
