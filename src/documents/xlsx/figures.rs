//! The figures of a tour, and of the month with its tours side by side, each with its formula.

use super::super::closing::{figure, note};
use super::desk::Desk;
use super::sheet::{Cell, Column, Table};
use crate::plan::model::Kpi;

pub(super) const FIGURE_COLUMNS: [(&str, f64); 4] = [
    ("figure", 24.0),
    ("figure_value", 14.0),
    ("figure_formula", 60.0),
    ("figure_note", 36.0),
];

/// So many tours side by side leave room for the formulas on paper.
const TOURS_WITH_FORMULAS: usize = 8;

pub(super) fn figure_row(desk: &Desk<'_>, kpi: &Kpi) -> Vec<Cell> {
    vec![
        Cell::Text(desk.say(&format!("kpi_{}", kpi.key))),
        Cell::Text(figure(kpi.value, &kpi.unit)),
        Cell::Text(desk.say(&format!("formula_{}", kpi.key))),
        Cell::Text(note(desk.words, kpi)),
    ]
}

/// The month, the month before and each tour side by side.
pub(super) fn month_figures(desk: &Desk<'_>, kpis: &[Kpi]) -> Table {
    let tours = &desk.set.plan.closings;
    let mut columns = vec![
        Column::new(desk.head("figure"), 24.0),
        Column::new(desk.head("whole_month"), 14.0),
        Column::new(desk.head("month_before"), 14.0),
    ];
    columns.extend(tours.iter().map(|one| Column::new(one.tour.clone(), 12.0)));
    columns.push(Column::new(desk.head("figure_formula"), 60.0));
    columns.push(Column::new(desk.head("figure_note"), 36.0));
    let rows = kpis.iter().map(|kpi| {
        let mut row = vec![
            Cell::Text(desk.say(&format!("kpi_{}", kpi.key))),
            Cell::Text(figure(kpi.value, &kpi.unit)),
            Cell::Text(figure(kpi.before, &kpi.unit)),
        ];
        row.extend(tours.iter().map(|one| {
            let own = one.kpis.iter().find(|own| own.key == kpi.key);
            Cell::Text(figure(own.and_then(|own| own.value), &kpi.unit))
        }));
        row.push(Cell::Text(desk.say(&format!("formula_{}", kpi.key))));
        row.push(Cell::Text(note(desk.words, kpi)));
        row
    });
    Table {
        name: desk.say("figures_title"),
        columns,
        rows: rows.collect(),
        landscape: true,
        frozen_columns: 1,
        // Beside many tours there is no room for the formulas; they stand on every tour's own sheet.
        printed: (tours.len() > TOURS_WITH_FORMULAS).then_some(3 + tours.len()),
        ..Table::default()
    }
}
