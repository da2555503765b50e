//! A tour laid on the calendar anew, from visits.csv and the legs of problem.json.
//!
//! Responsible for: days, driving by day, km and hours. Not responsible for: judging them (`tours`, `capacity`).

use crate::domain::Date;

use super::case::Case;
use super::tables::Tour;

/// One day of a tour.
#[derive(Clone, Debug)]
pub(super) struct TourDay {
    pub(super) date: Date,
    /// Visit id.
    pub(super) visit: String,
    /// Position of the point in problem.json.
    pub(super) point: usize,
    pub(super) drive_hours: f64,
}

/// A tour as its visits make it.
#[derive(Clone, Debug)]
pub(super) struct Laid {
    /// Position of the team in problem.json.
    pub(super) team: usize,
    pub(super) days: Vec<TourDay>,
    pub(super) km: f64,
    pub(super) drive_hours: f64,
    /// Fees of its points, yuan.
    pub(super) fees: f64,
}

/// A leg is driven on the morning of the first day at its end; the leg home on the last day.
pub(super) fn lay_out(case: &Case<'_>, tour: &Tour) -> Option<Laid> {
    let problem = case.problem.as_ref()?;
    let team = problem.teams.iter().position(|team| team.id == tour.team)?;
    let mut laid = Laid {
        team,
        days: Vec::new(),
        km: 0.0,
        drive_hours: 0.0,
        fees: 0.0,
    };
    let mut from = 0;
    for visit in case.visits_of(&tour.id) {
        let point = problem.point_at(&visit.point)?;
        let (km, hours) = problem.legs.leg(from, point + 1)?;
        let days = visit.days();
        laid.km += km;
        laid.drive_hours += hours;
        laid.fees += problem.points.get(point)?.fee_per_day * days.len() as f64;
        from = point + 1;
        for (number, date) in days.into_iter().enumerate() {
            let drive_hours = if number == 0 { hours } else { 0.0 };
            laid.days.push(TourDay {
                date,
                visit: visit.id.clone(),
                point,
                drive_hours,
            });
        }
    }
    let (km, hours) = problem.legs.leg(from, 0)?;
    laid.km += km;
    laid.drive_hours += hours;
    laid.days.last_mut()?.drive_hours += hours;
    Some(laid)
}
