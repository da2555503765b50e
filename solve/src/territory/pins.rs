//! Pins that cannot be kept: which, and by which rule.
//!
//! Responsible for: proving that a pin is impossible by itself, and saying why in words.
//! Not responsible for: keeping pins (`builder`).

use super::curves::Curves;
use super::model::{Model, Pinned};
use super::plan::Plan;
use super::problem::{Pin, Problem};
use super::routes::{Offer, Stops, pin_bonus};
use super::solver::Infeasible;

/// The first pinned point that no allowed tour of any team can visit as pinned, were it the only tour of the month.
///
/// Exact: routes may pass a point twice here, so a pin that is refused is impossible.
pub(super) fn impossible_pin(model: &Model) -> Option<usize> {
    let pinned: Vec<usize> = (0..model.sites.len())
        .filter(|&p| model.sites[p].pinned != Pinned::Free)
        .collect();
    if pinned.is_empty() {
        return None;
    }
    let curves = Curves::new(model);
    let reward = pin_bonus(model);
    let mut kept = vec![false; model.sites.len()];
    for class in &model.classes {
        let mut stops = Stops::new(model, class, usize::MAX);
        (0..model.sites.len()).for_each(|p| stops.refresh(model, class, &curves, p, 0.0));
        let room = Plan::default().room(model, class.members[0]);
        for &p in pinned
            .iter()
            .filter(|&&p| model.visits_per_point > 0 && !kept[p])
            .collect::<Vec<_>>()
        {
            let mut offer = Offer {
                days_left: model
                    .sites
                    .iter()
                    .map(|s| s.max_days.min(model.longest))
                    .collect(),
                bonus: vec![0.0; model.sites.len()],
                pin_bonus: vec![0.0; model.sites.len()],
                relaxed: true,
            };
            offer.pin_bonus[p] = reward;
            kept[p] = (0..model.days).any(|day| {
                let routes = stops.best(model, class, &offer, model.look_of_day[day], room[day]);
                routes
                    .iter()
                    .flatten()
                    .any(|route| route.value > 0.5 * reward)
            });
        }
    }
    pinned.into_iter().find(|&p| !kept[p])
}

/// Why the pin of a point is impossible, as far as a single rule explains it.
pub(super) fn cannot_be_pinned(problem: &Problem, point: usize) -> Infeasible {
    let host = &problem.points[point];
    let why = match &host.pin {
        _ if problem.teams.is_empty() => "there is no team".to_owned(),
        _ if host.max_days == Some(0) => "its max_days is 0".to_owned(),
        _ if problem.limits.visits_per_point == 0 => "visits_per_point is 0".to_owned(),
        Pin::On(date) => match problem.days.iter().find(|d| d.date == *date) {
            None => format!("{date} is not one of the days planned"),
            Some(day) if !day.work => format!("{date} is a rest day"),
            _ if host.open.as_ref().is_some_and(|open| !open.contains(date)) => {
                format!("it is not open on {date}")
            }
            _ if problem.teams.iter().all(|t| t.days_off.contains(date)) => {
                format!("every team has {date} off")
            }
            _ => format!(
                "no allowed tour of any team (driving, nights, open days, first_depart) begins a visit there on {date}"
            ),
        },
        _ => "no allowed tour of any team (driving, nights, open days, first_depart) reaches it"
            .to_owned(),
    };
    Infeasible {
        reason: format!("the pin of point '{}' cannot be kept: {why}", host.id),
        point: Some(host.id.clone()),
    }
}

/// Each pin can be kept by itself, but the search found no plan that keeps all.
pub(super) fn not_together(problem: &Problem, model: &Model, plan: &Plan) -> Infeasible {
    let open = plan.open_pins(model);
    let left: Vec<&str> = problem
        .points
        .iter()
        .zip(&open)
        .filter(|(_, open)| **open)
        .map(|(p, _)| p.id.as_str())
        .collect();
    let reason = format!(
        "no set of tours was found that keeps all pins together (team days, days home and driving); left over: {}",
        left.join(", ")
    );
    Infeasible {
        reason,
        point: left.first().map(|id| (*id).to_owned()),
    }
}
