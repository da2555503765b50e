//! The month in figures: each a sum over the lists beside it.

use super::region::Region;
use super::register::Register;
use super::tour_rows::Documents;
use super::tours::MonthTours;
use crate::domain::Fen;
use crate::plan::model::{Figures, Status};

pub(super) fn of(
    inputs: &super::PlanInputs<'_>,
    register: &Register,
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
    figures.by_status.extend(register.counts.by_status.clone());
    figures.deferred_by_reason = register.counts.deferred_by_reason.clone();
    figures.missing = register.counts.missing.clone();
    for (index, outline) in region.needs.outlines.iter().enumerate() {
        if !region.near[index] && outline.due {
            let on = month.called.get(&index);
            figures.due += 1;
            figures.due_on_visit += u64::from(on.is_some_and(|on| on.waits.is_none()));
        }
    }
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
