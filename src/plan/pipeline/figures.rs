//! The month in figures: each a sum over the lists beside it.

use rayon::prelude::*;

use super::region::Region;
use super::register::Counts;
use super::tour_rows::Documents;
use super::tours::MonthTours;
use crate::domain::Fen;
use crate::plan::model::{Figures, Status};

pub(super) fn of(
    inputs: &super::PlanInputs<'_>,
    counts: Counts,
    region: &Region<'_>,
    month: &MonthTours,
    documents: &Documents,
) -> Figures {
    let mut figures = Figures::default();
    for status in [
        Status::Visit,
        Status::Waitlist,
        Status::Invite,
        Status::Deferred,
    ] {
        figures.by_status.insert(status.key().into(), 0);
    }
    figures.by_status.extend(counts.by_status);
    figures.deferred_by_reason = counts.deferred_by_reason;
    figures.missing = counts.missing;
    let outlines = region.needs.outlines.par_iter().zip(&region.near);
    let due = outlines.filter(|(outline, near)| outline.due && !**near);
    figures.due = due.count() as u64;
    let on_visits = month.called.values().filter(|on| on.waits.is_none());
    let due =
        on_visits.filter(|on| region.needs.outlines[on.vehicle].due && !region.near[on.vehicle]);
    figures.due_on_visit = due.count() as u64;
    let mut margin = 0.0;
    for on in month.called.values().filter(|on| on.waits.is_none()) {
        let prediction = region.prediction(inputs, on.vehicle);
        let keep = |item: &str| month.done_on_tour(inputs, region, on, item);
        figures.expected_arrivals += prediction.show_up * on.share;
        margin += prediction.expected_margin(&keep) * on.share;
    }
    figures.expected_arrivals = (figures.expected_arrivals * 10.0).round() / 10.0;
    figures.expected_margin = Fen::from_yuan(margin);
    figures.expected_income = documents
        .tours
        .iter()
        .map(|tour| tour.expected_income)
        .sum();
    figures.cost = documents.tours.iter().map(|tour| tour.cost.total()).sum();
    figures.team_days = documents
        .tours
        .iter()
        .map(|tour| tour.days.len() as u64)
        .sum();
    figures.km = documents
        .tours
        .iter()
        .map(|tour| (tour.km * 1000.0).round())
        .sum::<f64>()
        / 1000.0;
    figures
}
