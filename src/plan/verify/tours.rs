//! Rule 4, the road: a tour starts and ends at the depot, on consecutive allowed days, and its sums are true.

use std::collections::BTreeMap;

use super::case::{Case, differs, fault, figure};
use super::sheet::Number;
use super::tables::Tour;
use crate::findings::Finding;

const TOURS: &str = "tours.csv";
const VISITS: &str = "visits.csv";

/// Every visit belongs to a tour, every tour has visits, and team and points stand in problem.json.
pub(super) fn tours_have_visits(case: &Case<'_>) -> Vec<Finding> {
    let mut faults = Vec::new();
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    for visit in &case.visits {
        *seen.entry(&visit.id).or_default() += 1;
        if case.tour(&visit.tour).is_none() || seen.get(visit.id.as_str()) > Some(&1) {
            faults.push(fault("V401", VISITS, visit.line, &visit.id));
        }
    }
    for (tour, laid) in case.tours.iter().zip(&case.laid) {
        let twice = case
            .tours
            .iter()
            .filter(|other| other.id == tour.id)
            .count()
            > 1;
        if twice || (laid.is_none() && case.problem.is_some()) {
            faults.push(fault("V401", TOURS, tour.line, &tour.id));
        }
    }
    faults
}

/// Stops are numbered 1, 2 … and their days follow each other from departure to return.
pub(super) fn days_are_consecutive(case: &Case<'_>) -> Vec<Finding> {
    let mut faults = Vec::new();
    for tour in &case.tours {
        let mut next = tour.depart;
        for (stop, visit) in (1_u64..).zip(case.visits_of(&tour.id)) {
            let at = (VISITS, visit.line);
            if visit.first_day != next || visit.last_day < visit.first_day {
                faults.push(differs("V402", at, &visit.id, visit.first_day, next));
            }
            if visit.stop != stop {
                faults.push(differs("V402", at, &visit.id, visit.stop, stop));
            }
            next = visit.last_day.plus_days(1);
        }
        let home = next.plus_days(-1);
        if home != tour.ret {
            faults.push(differs(
                "V402",
                (TOURS, tour.line),
                &tour.id,
                tour.ret,
                home,
            ));
        }
    }
    faults
}

/// Nights = days − 1, and no more than `max_nights`.
pub(super) fn nights_are_few(case: &Case<'_>) -> Vec<Finding> {
    let most = i64::from(case.inputs.settings.tour.max_nights);
    let mut faults = Vec::new();
    for tour in &case.tours {
        let nights = tour.ret.days_since(tour.depart);
        let written = tour.nights.map(|nights| nights as i64);
        if nights > most || written.is_some_and(|written| written != nights) {
            let found = written.unwrap_or(nights);
            let wanted = nights.min(most);
            faults.push(differs("V403", (TOURS, tour.line), &tour.id, found, wanted));
        }
    }
    faults
}

/// Tours run on days of the plan, on workdays (unless rest days are allowed), not before `first_depart`,
/// and not on days off of their team.
pub(super) fn days_are_allowed(case: &Case<'_>) -> Vec<Finding> {
    let Some(problem) = &case.problem else {
        return Vec::new();
    };
    let rest_allowed = case.inputs.settings.tour.rest_days_allowed;
    let mut faults = Vec::new();
    for tour in &case.tours {
        let at = (TOURS, tour.line);
        if let Some(first) = problem
            .limits
            .first_depart
            .filter(|first| tour.depart < *first)
        {
            faults.push(differs("V419", at, &tour.id, tour.depart, first));
        }
        let settings = case
            .inputs
            .settings
            .team
            .iter()
            .find(|team| team.id == tour.team);
        let count = tour.ret.days_since(tour.depart).min(366);
        for date in (0..=count).map(|day| tour.depart.plus_days(day)) {
            let listed = problem.days.iter().find(|day| day.date == date);
            let works = rest_allowed || case.inputs.calendar.is_work(date);
            if !works || !listed.is_some_and(|day| day.work) {
                faults.push(differs("V404", at, &tour.id, date, "work"));
            }
            let in_problem = problem
                .team(&tour.team)
                .is_some_and(|t| t.days_off.contains(&date));
            if in_problem || settings.is_some_and(|team| team.days_off.contains(&date)) {
                faults.push(differs("V405", at, &tour.id, date, &tour.team));
            }
        }
    }
    faults
}

/// No team and no van is on two tours at once; a team stays at home long enough in between.
pub(super) fn nobody_is_out_twice(case: &Case<'_>) -> Vec<Finding> {
    let home = i64::from(case.inputs.settings.tour.min_days_home);
    let mut tours: Vec<&Tour> = case.tours.iter().collect();
    tours.sort_by_key(|tour| (tour.depart, tour.line));
    let mut faults = Vec::new();
    for (index, tour) in tours.iter().enumerate() {
        for later in tours.iter().skip(index + 1) {
            let at = (TOURS, later.line);
            let between = later.depart.days_since(tour.ret) - 1;
            if later.team == tour.team && between < home.max(0) {
                faults.push(differs("V406", at, &later.id, &tour.id, &tour.team));
            }
            if !later.van.is_empty() && later.van == tour.van && later.overlaps(tour) {
                faults.push(differs("V407", at, &later.id, &tour.id, &tour.van));
            }
        }
    }
    faults
}

/// Km, driving, service hours and cost of a tour are the sums of its legs, visits and days.
pub(super) fn sums_are_true(case: &Case<'_>) -> Vec<Finding> {
    let Some(problem) = &case.problem else {
        return Vec::new();
    };
    let mut faults = Vec::new();
    for (tour, laid) in case.laid_tours() {
        let nights = tour.ret.days_since(tour.depart) as f64;
        let team = problem
            .teams
            .get(laid.team)
            .map_or(0.0, |team| team.cost_per_day);
        let cost = problem.costs.per_km * laid.km
            + problem.costs.per_night * nights
            + team * laid.days.len() as f64
            + laid.fees;
        let (mut service, mut slack) = (0.0, 0.0);
        for capacity in case
            .visits_of(&tour.id)
            .iter()
            .filter_map(|visit| visit.capacity)
        {
            service += capacity.value;
            slack += capacity.slack;
        }
        let sums: [(&str, Option<Number>, f64, f64); 4] = [
            ("V410", tour.km, laid.km, 0.0),
            ("V411", tour.drive_hours, laid.drive_hours, 0.0),
            ("V412", tour.service_hours, service, slack),
            // Four amounts, each rounded to the fen.
            ("V413", tour.cost, cost, 0.02),
        ];
        for (code, written, wanted, slack) in sums {
            if let Some(written) = written.filter(|written| !written.is(wanted, slack)) {
                let found = figure(written.value);
                faults.push(differs(
                    code,
                    (TOURS, tour.line),
                    &tour.id,
                    found,
                    figure(wanted),
                ));
            }
        }
    }
    faults
}

/// No point is visited more often than `visits_per_point`, nor twice in one tour.
pub(super) fn points_are_visited_seldom(case: &Case<'_>) -> Vec<Finding> {
    let most = u64::from(case.inputs.settings.tour.visits_per_point);
    let mut visits: BTreeMap<&str, u64> = BTreeMap::new();
    let mut in_tour: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    let mut faults = Vec::new();
    for visit in &case.visits {
        let count = visits.entry(&visit.point).or_default();
        *count += 1;
        let again = in_tour.entry((&visit.tour, &visit.point)).or_default();
        *again += 1;
        if *count > most || *again > 1 {
            faults.push(differs(
                "V414",
                (VISITS, visit.line),
                &visit.point,
                *count,
                most,
            ));
        }
    }
    faults
}

/// On every day enough hours are left for service, and nobody drives too long.
pub(super) fn days_are_worth_it(case: &Case<'_>) -> Vec<Finding> {
    let Some(problem) = &case.problem else {
        return Vec::new();
    };
    let tour_settings = &case.inputs.settings.tour;
    let mut faults = Vec::new();
    for (tour, laid) in case.laid_tours() {
        let at = (TOURS, tour.line);
        let hours = problem
            .teams
            .get(laid.team)
            .map_or(0.0, |team| team.hours_per_day);
        for day in &laid.days {
            let key = format!("{} {}", tour.id, day.date);
            let left = hours - problem.limits.setup_hours - day.drive_hours;
            let least = tour_settings.min_service_hours;
            if left < least - 1e-6 {
                faults.push(differs("V415", at, &key, figure(left), least));
            }
            let most = tour_settings.max_drive_hours_per_day;
            if day.drive_hours > most + 1e-6 {
                faults.push(differs("V416", at, &key, figure(day.drive_hours), most));
            }
        }
    }
    faults
}

/// What the manager fixed about points is kept.
pub(super) fn pins_are_kept(case: &Case<'_>) -> Vec<Finding> {
    let mut faults = Vec::new();
    for point in case.problem.iter().flat_map(|problem| &problem.points) {
        let Some(pin) = &point.pin else { continue };
        let mut visits = case.visits.iter().filter(|visit| visit.point == point.id);
        let kept = match pin.as_str() {
            "never" => visits.next().is_none(),
            "must" => visits.next().is_some(),
            date => visits.any(|visit| visit.first_day.to_string() == date),
        };
        if !kept {
            faults.push(differs("V420", (VISITS, 0), &point.id, "–", pin));
        }
    }
    faults
}
