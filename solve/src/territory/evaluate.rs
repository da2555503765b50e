//! Checks a solution from scratch and computes its objective again.
//!
//! Responsible for: every rule of the contract between a problem and its solution; knows nothing of how it was found.
//! Not responsible for: the rules of one tour alone (`facts`), searching.

use super::broken::Broken;
use super::facts::{Ids, TourFacts, Violation, lay_out};
use super::problem::{Pin, Problem};
use super::solution::Solution;

/// Slack, relative to the size of what is compared, of sums over an allocation.
const SUM_TOLERANCE: f64 = 1e-6;

/// What a correct solution is worth.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// Yuan: `value` − `cost`.
    pub objective: f64,
    /// Yuan brought by the allocation, pair costs taken off.
    pub value: f64,
    /// Yuan of all tours.
    pub cost: f64,
    /// Hours allocated.
    pub used_hours: f64,
    /// Hours offered.
    pub capacity_hours: f64,
    /// The tours laid on the calendar, in the solution's order.
    pub tours: Vec<TourFacts>,
}

/// Checks every rule and computes the objective from the problem alone.
///
/// The problem must be one that `validate` finds nothing in. The solution's own `objective` is not looked at.
///
/// # Errors
/// Every rule the solution breaks.
pub fn evaluate(problem: &Problem, solution: &Solution) -> Result<Score, Vec<Violation>> {
    let ids = Ids::new(problem);
    let mut broken = Vec::new();
    let mut laid: Vec<Option<TourFacts>> = Vec::with_capacity(solution.tours.len());
    for (t, tour) in solution.tours.iter().enumerate() {
        let (facts, faults) = lay_out(problem, &ids, tour);
        broken.extend(faults.into_iter().map(|(stop, rule)| Violation {
            tour: Some(t),
            stop,
            rule,
        }));
        laid.push(facts);
    }
    check_teams(problem, &laid, &mut broken);
    check_points(problem, &laid, &mut broken);
    let (value, used_hours) = check_allocation(problem, solution, &laid, &mut broken);
    if !broken.is_empty() {
        return Err(broken);
    }
    let tours: Vec<TourFacts> = laid.into_iter().flatten().collect();
    let cost = tours.iter().map(|t| t.cost).sum();
    let capacity_hours = tours.iter().map(|t| t.capacity_hours).sum();
    Ok(Score {
        objective: value - cost,
        value,
        cost,
        used_hours,
        capacity_hours,
        tours,
    })
}

/// A team is on one tour at a time and at home long enough in between.
fn check_teams(problem: &Problem, laid: &[Option<TourFacts>], broken: &mut Vec<Violation>) {
    let mut trips: Vec<(usize, usize, usize, usize)> = laid
        .iter()
        .enumerate()
        .filter_map(|(t, f)| {
            f.as_ref()
                .map(|f| (f.team, f.start, f.start + f.days as usize, t))
        })
        .collect();
    trips.sort_unstable();
    for pair in trips.windows(2) {
        let [(team, _, end, before), (next_team, start, _, tour)] = *pair else {
            continue;
        };
        let home = problem.limits.min_days_home as usize;
        if team == next_team && start < end + home {
            broken.push(Violation {
                tour: Some(tour),
                stop: None,
                rule: Broken::Away {
                    team: problem.teams[team].id.clone(),
                    home,
                    before,
                },
            });
        }
    }
}

/// Visits and days per point, and the pins.
fn check_points(problem: &Problem, laid: &[Option<TourFacts>], broken: &mut Vec<Violation>) {
    let mut visits = vec![0u32; problem.points.len()];
    let mut days = vec![0u64; problem.points.len()];
    let mut kept: Vec<bool> = problem
        .points
        .iter()
        .map(|p| matches!(p.pin, Pin::Free | Pin::Never))
        .collect();
    for stop in laid.iter().flatten().flat_map(|t| &t.stops) {
        visits[stop.point] += 1;
        days[stop.point] += u64::from(stop.days);
        kept[stop.point] |= match &problem.points[stop.point].pin {
            Pin::On(date) => stop.first_day == *date,
            _ => true,
        };
    }
    for (p, point) in problem.points.iter().enumerate() {
        let mut say = |rule: Broken| {
            broken.push(Violation {
                tour: None,
                stop: None,
                rule,
            });
        };
        let id = || point.id.clone();
        if visits[p] > problem.limits.visits_per_point {
            say(Broken::Visits {
                point: id(),
                visits: visits[p],
            });
        }
        if let Some(most) = point.max_days
            && days[p] > u64::from(most)
        {
            say(Broken::Days {
                point: id(),
                days: days[p],
                most,
            });
        }
        let mut pin = |message: String| say(Broken::Pin { message });
        if point.pin == Pin::Never && visits[p] > 0 {
            pin(format!(
                "point '{}' is pinned 'never' and visited",
                point.id
            ));
        }
        if !kept[p] {
            match &point.pin {
                Pin::On(date) => pin(format!(
                    "no visit of point '{}' begins on its pinned date {date}",
                    point.id
                )),
                _ => pin(format!(
                    "point '{}' is pinned 'must' and not visited",
                    point.id
                )),
            }
        }
    }
}

/// Every entry is an allowed pair, no cell is served twice over, no visit beyond its hours. Returns value and hours.
fn check_allocation(
    problem: &Problem,
    solution: &Solution,
    laid: &[Option<TourFacts>],
    broken: &mut Vec<Violation>,
) -> (f64, f64) {
    let mut pairs: Vec<(usize, usize, usize)> = problem
        .pairs
        .iter()
        .enumerate()
        .map(|(k, pair)| (pair.cell, pair.point, k))
        .collect();
    pairs.sort_unstable();
    let mut served = vec![0.0; problem.cells.len()];
    let mut used: Vec<Vec<f64>> = laid
        .iter()
        .map(|f| vec![0.0; f.as_ref().map_or(0, |f| f.stops.len())])
        .collect();
    let (mut value, mut hours) = (0.0, 0.0);
    for (k, entry) in solution.allocation.iter().enumerate() {
        let stop = laid
            .get(entry.tour)
            .and_then(Option::as_ref)
            .and_then(|f| f.stops.get(entry.stop));
        let pair = stop.and_then(|s| {
            let at = pairs
                .binary_search_by_key(&(entry.cell, s.point), |&(c, p, _)| (c, p))
                .ok()?;
            problem.pairs.get(pairs[at].2)
        });
        let Some((pair, cell)) = pair.and_then(|p| Some((p, problem.cells.get(p.cell)?))) else {
            let message = format!(
                "allocation {k}: cell {} may not be served at that stop, or there is no such stop",
                entry.cell
            );
            broken.push(Violation {
                tour: Some(entry.tour),
                stop: Some(entry.stop),
                rule: Broken::Allocation { message },
            });
            continue;
        };
        if !(entry.x >= -SUM_TOLERANCE && entry.x <= 1.0 + SUM_TOLERANCE) {
            let message = format!("allocation {k}: x = {} is not between 0 and 1", entry.x);
            broken.push(Violation {
                tour: Some(entry.tour),
                stop: Some(entry.stop),
                rule: Broken::Allocation { message },
            });
        }
        served[entry.cell] += entry.x;
        used[entry.tour][entry.stop] += entry.x * pair.share * cell.hours;
        value += entry.x * (pair.share * cell.value - pair.cost);
        hours += entry.x * pair.share * cell.hours;
    }
    for (c, &sum) in served.iter().enumerate() {
        if sum > 1.0 + SUM_TOLERANCE {
            let message = format!("cell '{}' is served {sum:.6} times", problem.cells[c].id);
            broken.push(Violation {
                tour: None,
                stop: None,
                rule: Broken::Allocation { message },
            });
        }
    }
    for (t, facts) in laid.iter().enumerate() {
        for (s, stop) in facts.iter().flat_map(|f| &f.stops).enumerate() {
            if used[t][s] > stop.capacity_hours + SUM_TOLERANCE * stop.capacity_hours.max(1.0) {
                let message = format!(
                    "{:.6} h allocated of {:.6} h offered",
                    used[t][s], stop.capacity_hours
                );
                broken.push(Violation {
                    tour: Some(t),
                    stop: Some(s),
                    rule: Broken::Allocation { message },
                });
            }
        }
    }
    (value, hours)
}
