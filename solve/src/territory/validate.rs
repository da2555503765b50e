//! Is this a territory problem one can plan with?
//!
//! Responsible for: every rule of the format beyond what serde checks; every rule runs, none hides the next.
//! Not responsible for: whether a plan exists.

use std::collections::HashSet;

use super::iso::{is_date, next_day};
use super::problem::{PROBLEM_SCHEMA, Pin, Problem};

/// Something wrong with a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemFault {
    /// Where, e.g. `pairs[3].share`.
    pub path: String,
    /// What is wrong, with the value found.
    pub message: String,
}

/// Every fault of the problem; an empty list means that the other functions of this module may be called on it.
pub fn validate(problem: &Problem) -> Vec<ProblemFault> {
    let mut faults = Faults(Vec::new());
    if problem.schema != PROBLEM_SCHEMA {
        faults.add(
            "schema",
            format!("'{}' is not '{PROBLEM_SCHEMA}'", problem.schema),
        );
    }
    days(problem, &mut faults);
    teams(problem, &mut faults);
    limits_and_costs(problem, &mut faults);
    points(problem, &mut faults);
    legs(problem, &mut faults);
    cells_and_pairs(problem, &mut faults);
    faults.0
}

struct Faults(Vec<ProblemFault>);

impl Faults {
    fn add(&mut self, path: impl Into<String>, message: impl Into<String>) {
        self.0.push(ProblemFault {
            path: path.into(),
            message: message.into(),
        });
    }

    /// The number must be finite and ≥ 0.
    fn amount(&mut self, path: impl Into<String>, value: f64) {
        if !(value.is_finite() && value >= 0.0) {
            self.add(path, format!("{value} is not a finite number ≥ 0"));
        }
    }

    /// The number must be between 0 and 1.
    fn part(&mut self, path: impl Into<String>, value: f64) {
        if !(0.0..=1.0).contains(&value) {
            self.add(path, format!("{value} is not between 0 and 1"));
        }
    }

    fn date(&mut self, path: impl Into<String>, text: &str) {
        if !is_date(text) {
            self.add(path, format!("'{text}' is not a date like 2026-12-01"));
        }
    }

    fn unique<'a>(&mut self, list: &str, ids: impl Iterator<Item = &'a str>) {
        let mut seen = HashSet::new();
        for (i, id) in ids.enumerate() {
            if id.is_empty() {
                self.add(format!("{list}[{i}].id"), "an id must not be empty");
            } else if !seen.insert(id) {
                self.add(format!("{list}[{i}].id"), format!("'{id}' stands twice"));
            }
        }
    }
}

fn days(problem: &Problem, faults: &mut Faults) {
    if problem.days.is_empty() {
        faults.add("days", "there is no day to plan");
    }
    for (i, day) in problem.days.iter().enumerate() {
        faults.date(format!("days[{i}].date"), &day.date);
    }
    for (i, pair) in problem.days.windows(2).enumerate() {
        if let [before, after] = pair
            && let Some(next) = next_day(&before.date)
            && is_date(&after.date)
            && next != after.date
        {
            let message = format!(
                "{} follows {}; days must be ascending without gaps",
                after.date, before.date
            );
            faults.add(format!("days[{}].date", i + 1), message);
        }
    }
}

fn teams(problem: &Problem, faults: &mut Faults) {
    faults.unique("teams", problem.teams.iter().map(|t| t.id.as_str()));
    for (i, team) in problem.teams.iter().enumerate() {
        faults.amount(format!("teams[{i}].technicians"), team.technicians);
        faults.amount(format!("teams[{i}].hours_per_day"), team.hours_per_day);
        faults.amount(format!("teams[{i}].cost_per_day"), team.cost_per_day);
        for (k, date) in team.days_off.iter().enumerate() {
            faults.date(format!("teams[{i}].days_off[{k}]"), date);
        }
    }
}

fn limits_and_costs(problem: &Problem, faults: &mut Faults) {
    let limits = &problem.limits;
    faults.amount("limits.setup_hours", limits.setup_hours);
    faults.amount("limits.min_service_hours", limits.min_service_hours);
    faults.amount(
        "limits.max_drive_hours_per_day",
        limits.max_drive_hours_per_day,
    );
    faults.part("limits.utilisation", limits.utilisation);
    if let Some(date) = &limits.first_depart {
        faults.date("limits.first_depart", date);
    }
    faults.amount("costs.per_km", problem.costs.per_km);
    faults.amount("costs.per_night", problem.costs.per_night);
}

fn points(problem: &Problem, faults: &mut Faults) {
    faults.unique("points", problem.points.iter().map(|p| p.id.as_str()));
    for (i, point) in problem.points.iter().enumerate() {
        faults.amount(format!("points[{i}].bays"), point.bays);
        faults.amount(format!("points[{i}].fee_per_day"), point.fee_per_day);
        for (k, date) in point.open.iter().flatten().enumerate() {
            faults.date(format!("points[{i}].open[{k}]"), date);
        }
        if let Pin::On(text) = &point.pin
            && !is_date(text)
        {
            faults.add(
                format!("points[{i}].pin"),
                format!("'{text}' is neither null, 'must', 'never' nor a date"),
            );
        }
    }
}

fn legs(problem: &Problem, faults: &mut Faults) {
    let size = problem.points.len() + 1;
    for (name, table) in [
        ("legs.km", &problem.legs.km),
        ("legs.hours", &problem.legs.hours),
    ] {
        if table.len() != size {
            faults.add(
                name,
                format!("{} rows; the depot and the points make {size}", table.len()),
            );
        }
        for (i, row) in table.iter().enumerate() {
            if row.len() != size {
                faults.add(
                    format!("{name}[{i}]"),
                    format!(
                        "{} columns; the depot and the points make {size}",
                        row.len()
                    ),
                );
            }
            for (k, &value) in row.iter().enumerate() {
                faults.amount(format!("{name}[{i}][{k}]"), value);
            }
        }
    }
}

fn cells_and_pairs(problem: &Problem, faults: &mut Faults) {
    faults.unique("cells", problem.cells.iter().map(|c| c.id.as_str()));
    for (i, cell) in problem.cells.iter().enumerate() {
        faults.amount(format!("cells[{i}].vehicles"), cell.vehicles);
        faults.amount(format!("cells[{i}].hours"), cell.hours);
        faults.amount(format!("cells[{i}].value"), cell.value);
    }
    let mut seen = HashSet::new();
    for (i, pair) in problem.pairs.iter().enumerate() {
        if pair.cell >= problem.cells.len() {
            faults.add(
                format!("pairs[{i}].cell"),
                format!("{} is beyond the {} cells", pair.cell, problem.cells.len()),
            );
        }
        if pair.point >= problem.points.len() {
            faults.add(
                format!("pairs[{i}].point"),
                format!(
                    "{} is beyond the {} points",
                    pair.point,
                    problem.points.len()
                ),
            );
        }
        if !seen.insert((pair.cell, pair.point)) {
            faults.add(
                format!("pairs[{i}]"),
                format!("cell {} and point {} stand twice", pair.cell, pair.point),
            );
        }
        faults.amount(format!("pairs[{i}].km"), pair.km);
        faults.part(format!("pairs[{i}].share"), pair.share);
        faults.amount(format!("pairs[{i}].cost"), pair.cost);
    }
}
