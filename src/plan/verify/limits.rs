//! Rule 3, the ground it stands on: problem.json holds the workspace's own figures.

use super::case::{Case, differs, fault};
use super::problem::Problem;
use crate::domain::Settings;
use crate::findings::Finding;

const PROBLEM: &str = "problem.json";

/// Name, figure in problem.json, figure of the workspace.
type Figure = (String, f64, f64);

/// problem.json holds the limits, costs, teams and points of tour.toml and points.csv, and no others.
pub(super) fn the_problem_is_the_workspace(case: &Case<'_>) -> Vec<Finding> {
    let Some(problem) = &case.problem else {
        return Vec::new();
    };
    let mut figures = tour_figures(problem, case.inputs.settings);
    figures.extend(point_figures(problem, case));
    figures.extend(team_figures(problem, case.inputs.settings));
    let wrong = figures
        .into_iter()
        .filter(|(_, found, wanted)| (found - wanted).abs() > 1e-9);
    let mut faults: Vec<Finding> = wrong
        .map(|(key, found, wanted)| differs("V307", (PROBLEM, 0), key, found, wanted))
        .collect();
    // The days follow each other without gaps.
    for pair in problem.days.windows(2) {
        let [before, after] = pair else { continue };
        if after.date != before.date.plus_days(1) {
            faults.push(fault("V308", PROBLEM, 0, after.date));
        }
    }
    faults
}

fn tour_figures(problem: &Problem, settings: &Settings) -> Vec<Figure> {
    let (limits, tour) = (&problem.limits, &settings.tour);
    let drive = (limits.max_drive_hours_per_day, tour.max_drive_hours_per_day);
    let visits = (
        limits.visits_per_point as f64,
        f64::from(tour.visits_per_point),
    );
    let home = (limits.min_days_home as f64, f64::from(tour.min_days_home));
    let figures = [
        (
            "max_nights",
            (limits.max_nights as f64, f64::from(tour.max_nights)),
        ),
        ("setup_hours", (limits.setup_hours, tour.setup_hours)),
        (
            "min_service_hours",
            (limits.min_service_hours, tour.min_service_hours),
        ),
        ("max_drive_hours_per_day", drive),
        ("visits_per_point", visits),
        ("utilisation", (limits.utilisation, tour.utilisation)),
        ("min_days_home", home),
        ("per_km", (problem.costs.per_km, settings.costs.per_km)),
        (
            "per_night",
            (problem.costs.per_night, settings.costs.per_night),
        ),
    ];
    figures
        .map(|(name, (found, wanted))| (name.to_owned(), found, wanted))
        .to_vec()
}

fn point_figures(problem: &Problem, case: &Case<'_>) -> Vec<Figure> {
    let mut figures = Vec::new();
    for point in &problem.points {
        let id = &point.id;
        let Some(known) = case.point(id) else {
            // One such point in the problem, none in the workspace.
            figures.push((id.clone(), 1.0, 0.0));
            continue;
        };
        let days = [point.max_days, known.max_days.map(u64::from)];
        let [found, wanted] = days.map(|days| days.map_or(f64::MAX, |days| days as f64));
        figures.push((format!("{id} bays"), point.bays, f64::from(known.bays)));
        figures.push((
            format!("{id} fee_per_day"),
            point.fee_per_day,
            known.fee_per_day,
        ));
        figures.push((format!("{id} max_days"), found, wanted));
    }
    figures
}

fn team_figures(problem: &Problem, settings: &Settings) -> Vec<Figure> {
    let mut figures = Vec::new();
    for team in &problem.teams {
        let hours = (team.hours_per_day, settings.tour.hours_per_day);
        figures.push((format!("{} hours_per_day", team.id), hours.0, hours.1));
        let Some(known) = settings.team.iter().find(|known| known.id == team.id) else {
            continue;
        };
        // A team may be cut to the people there are, never grow.
        let most = f64::from(known.technicians);
        figures.push((
            format!("{} technicians", team.id),
            team.technicians.max(most),
            most,
        ));
        let cost = (team.cost_per_day, known.cost_per_day);
        figures.push((format!("{} cost_per_day", team.id), cost.0, cost.1));
    }
    figures
}
