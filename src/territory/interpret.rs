//! The engine's answer → visits with dates, hours and places on the map.

use crate::domain::Date;
use crate::findings::{Failure, Finding};
use crate::solve::territory::{Problem, Solution, TourFacts, TourPlan, tour_facts};

/// One visit of the answer.
#[derive(Clone, Debug, PartialEq)]
pub struct VisitPlan {
    /// `T01-1`.
    pub id: String,
    /// Position of the tour in departure order.
    pub tour: usize,
    /// 0-based stop in the tour.
    pub stop: usize,
    /// Position of the point in the problem.
    pub point: usize,
    /// First day (inclusive).
    pub first_day: Date,
    /// Last day (inclusive).
    pub last_day: Date,
    /// Hours offered.
    pub capacity_hours: f64,
    /// Hours offered day by day.
    pub capacity_by_day: Vec<f64>,
    /// Driving before service, day by day.
    pub drive_by_day: Vec<f64>,
}

/// One tour of the answer.
#[derive(Clone, Debug, PartialEq)]
pub struct LaidTour {
    /// `T01`.
    pub id: String,
    /// Days, km, hours and cost.
    pub facts: TourFacts,
}

/// Tours with their facts, and all visits.
pub(super) type Interpreted = (Vec<LaidTour>, Vec<VisitPlan>);

/// The answer laid out: tours in order of departure, then team, and all visits in that order. `id_of` names
/// tours that have an id already; the others are numbered by their position.
pub fn interpret(
    problem: &Problem,
    solution: &Solution,
    id_of: &dyn Fn(&TourPlan) -> Option<String>,
) -> Result<Interpreted, Failure> {
    let mut tours = Vec::with_capacity(solution.tours.len());
    for tour in &solution.tours {
        let facts = tour_facts(problem, tour).map_err(|violations| {
            let message = violations
                .iter()
                .map(|v| v.rule.to_string())
                .collect::<Vec<_>>()
                .join("; ");
            Failure::running(
                Finding::new("C003")
                    .in_file("solve territory")
                    .arg("message", message),
            )
        })?;
        tours.push((tour.clone(), facts));
    }
    tours.sort_by_key(|a| (a.1.start, a.1.team));
    let mut laid = Vec::with_capacity(tours.len());
    let mut visits = Vec::new();
    for (index, (tour, facts)) in tours.into_iter().enumerate() {
        let id = id_of(&tour).unwrap_or_else(|| format!("T{:02}", index + 1));
        for stop in 0..facts.stops.len() {
            visits.push(visit(problem, (&id, index), &facts, stop)?);
        }
        laid.push(LaidTour { id, facts });
    }
    Ok((laid, visits))
}

fn visit(
    problem: &Problem,
    (id, tour): (&str, usize),
    facts: &TourFacts,
    stop: usize,
) -> Result<VisitPlan, Failure> {
    let here = &facts.stops[stop];
    let unreadable = || {
        Failure::running(
            Finding::new("C003")
                .in_file("solve territory")
                .arg("message", "date"),
        )
    };
    let offset = here.first - facts.start;
    let drive_by_day: Vec<f64> = facts
        .drive_hours_by_day
        .iter()
        .skip(offset)
        .take(here.days as usize)
        .copied()
        .collect();
    let team = &problem.teams[facts.team];
    let bays = problem.points[here.point].bays;
    let capacity_by_day = drive_by_day
        .iter()
        .map(|drive| crate::solve::territory::visit_hours(&problem.limits, team, bays, &[*drive]))
        .collect();
    Ok(VisitPlan {
        id: format!("{id}-{}", stop + 1),
        tour,
        stop,
        point: here.point,
        first_day: Date::parse_iso(&here.first_day).ok_or_else(unreadable)?,
        last_day: Date::parse_iso(&here.last_day).ok_or_else(unreadable)?,
        capacity_hours: here.capacity_hours,
        capacity_by_day,
        drive_by_day,
    })
}
