//! How far a day's hours may exceed what is planned.

use super::work::{JobHours, WorkDay};
use crate::domain::settings::TourSettings;
use crate::plan::model::HoursRisk;
use crate::solve::crew::{CREW_SCHEMA, CrewDay, CrewItem, CrewJob, CrewProblem, solve};

/// The share of days that the technicians named must cover.
const SERVICE_LEVEL: f64 = 0.9;
/// Least hours a technician counts for, so that a day of driving alone still has an answer.
const LEAST_HOURS: f64 = 0.01;

/// The exact distribution of every day's hours. A technician's hours of a day are those of the capacity formula:
/// (hours − set-up − driving) × utilisation.
pub fn hours_risk(days: &[WorkDay], settings: &TourSettings) -> Vec<HoursRisk> {
    days.iter()
        .filter_map(|day| of_day(day, settings))
        .collect()
}

fn of_day(day: &WorkDay, settings: &TourSettings) -> Option<HoursRisk> {
    let offered = settings.hours_per_day - settings.setup_hours - day.drive_hours;
    let problem = CrewProblem {
        schema: CREW_SCHEMA.to_owned(),
        service_level: SERVICE_LEVEL,
        effective_hours: (offered * settings.utilisation).max(LEAST_HOURS),
        staffed_hour_cost: 0.0,
        overtime_hour_cost: 0.0,
        days: vec![CrewDay {
            jobs: day.jobs.iter().map(crew_job).collect(),
        }],
    };
    // Figures the engine refuses give no risk rather than a wrong one.
    let solution = solve(&problem).ok()?;
    let answer = solution.days.first()?;
    Some(HoursRisk {
        date: day.date,
        mean: answer.mean,
        p90: answer.quantiles.q90,
        technicians_for_p90: answer.technicians,
    })
}

fn crew_job(job: &JobHours) -> CrewJob {
    let share = |p: f64| p.clamp(0.0, 1.0);
    CrewJob {
        show: share(job.show),
        base_hours: job.base_hours.max(0.0),
        items: job
            .items
            .iter()
            .map(|(p, hours)| CrewItem {
                p: share(*p),
                hours: hours.max(0.0),
            })
            .collect(),
    }
}
