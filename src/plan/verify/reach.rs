//! Rule 2: a vehicle on a visit can get there: the point is open, near enough, and all tables say the same.

use std::collections::{BTreeMap, BTreeSet};

use super::case::{Case, differs, fault, figure};
use super::tables::Customer;
use crate::findings::Finding;

const CUSTOMERS: &str = "customers.csv";
const VISITS: &str = "visits.csv";
/// A cell's middle and one of its vehicles may lie so far apart by road: hex cells are 5 km wide.
const WITHIN_A_CELL_KM: f64 = 10.0;

/// customers.csv and visits.csv agree on tour, point and first day of every vehicle's visit.
pub(super) fn tables_agree_on_visits(case: &Case<'_>) -> Vec<Finding> {
    let mut faults = Vec::new();
    for row in &case.customers {
        let at = (CUSTOMERS, row.line);
        if !row.on_visit() {
            if !row.visit.is_empty() && case.visit(&row.visit).is_none() {
                faults.push(differs("V201", at, &row.vehicle, &row.visit, "visits.csv"));
            }
            continue;
        }
        let Some(visit) = case.visit(&row.visit) else {
            faults.push(differs("V201", at, &row.vehicle, &row.visit, "visits.csv"));
            continue;
        };
        let date = row.date.map(|date| date.to_string()).unwrap_or_default();
        let sides = [
            (row.tour.as_str(), visit.tour.as_str()),
            (row.point.as_str(), visit.point.as_str()),
            (date.as_str(), &visit.first_day.to_string()),
        ];
        for (found, wanted) in sides {
            if found != wanted {
                faults.push(differs("V202", at, &row.vehicle, found, wanted));
            }
        }
    }
    faults
}

/// Every point visited is in points.csv and open on every day of the visit.
pub(super) fn points_are_open(case: &Case<'_>) -> Vec<Finding> {
    let mut faults = Vec::new();
    for visit in &case.visits {
        let at = (VISITS, visit.line);
        let Some(point) = case.point(&visit.point) else {
            faults.push(fault("V203", VISITS, visit.line, &visit.point));
            continue;
        };
        let in_problem = case.problem.as_ref().and_then(|problem| {
            problem
                .points
                .iter()
                .find(|known| known.id == visit.point)?
                .open
                .as_ref()
        });
        for day in visit.days() {
            let in_problem = in_problem.is_none_or(|open| open.contains(&day));
            if !point.open.is_open(day) || !in_problem {
                faults.push(differs("V204", at, &visit.id, day, &visit.point));
            }
        }
    }
    faults
}

/// No point is used on more days than its host allows.
pub(super) fn points_are_not_overused(case: &Case<'_>) -> Vec<Finding> {
    let mut days: BTreeMap<&str, u64> = BTreeMap::new();
    for visit in &case.visits {
        *days.entry(&visit.point).or_default() += visit.days().len() as u64;
    }
    let mut faults = Vec::new();
    for (id, used) in days {
        let most = case
            .point(id)
            .and_then(|point| point.max_days)
            .map(u64::from);
        if let Some(most) = most.filter(|most| used > *most) {
            faults.push(differs("V205", (VISITS, 0), id, used, most));
        }
    }
    faults
}

/// Nobody on a visit lives farther than `max_customer_km`, and the km are those of the plan's travel table.
pub(super) fn customers_are_near(case: &Case<'_>) -> Vec<Finding> {
    let most = case.inputs.settings.tour.max_customer_km;
    let table = pair_km(case);
    let said_yes: BTreeSet<&str> = case
        .calls
        .iter()
        .filter(|call| call.outcome == "coming")
        .map(|call| call.vehicle.as_str())
        .collect();
    let mut faults = Vec::new();
    for row in case.customers.iter().filter(|row| row.on_visit()) {
        let at = (CUSTOMERS, row.line);
        let Some(km) = row.km else {
            faults.push(differs("V206", at, &row.vehicle, "–", most));
            continue;
        };
        if !(0.0..=most + 1e-6).contains(&km.value) {
            faults.push(differs("V206", at, &row.vehicle, figure(km.value), most));
        }
        if let Some(pair) = table.get(&(row.cell.as_str(), row.point.as_str()))
            && (km.value - pair).abs() > WITHIN_A_CELL_KM
        {
            faults.push(differs(
                "V207",
                at,
                &row.vehicle,
                figure(km.value),
                figure(*pair),
            ));
        }
        // Who knows the place and says yes: the distance has spoken already.
        let km_that_counts = if said_yes.contains(row.vehicle.as_str()) {
            0.0
        } else {
            km.value
        };
        faults.extend(share_fault(case, row, km_that_counts, km.slack));
    }
    faults
}

/// A customer's own yard serves his vehicles only.
pub(super) fn yards_serve_their_own(case: &Case<'_>) -> Vec<Finding> {
    let mut faults = Vec::new();
    for row in case.customers.iter().filter(|row| row.on_visit()) {
        let yard_of = case.point(&row.point).map(|point| point.customer.trim());
        if yard_of.is_some_and(|owner| !owner.is_empty() && owner != row.owner.trim()) {
            let at = (CUSTOMERS, row.line);
            faults.push(differs("V209", at, &row.vehicle, &row.point, "–"));
        }
    }
    faults
}

/// Km by (cell, point) of problem.json.
fn pair_km<'a>(case: &'a Case<'_>) -> BTreeMap<(&'a str, &'a str), f64> {
    let mut table = BTreeMap::new();
    let Some(problem) = &case.problem else {
        return table;
    };
    for pair in &problem.pairs {
        if let (Some(cell), Some(point)) =
            (problem.cells.get(pair.cell), problem.points.get(pair.point))
        {
            table.insert((cell.id.as_str(), point.id.as_str()), pair.km);
        }
    }
    table
}

/// `a(d) = 2^(−max(0, d − d0)/d_half)`, the attendance of planning-model §1.
fn share_fault(case: &Case<'_>, row: &Customer, km: f64, slack: f64) -> Option<Finding> {
    let share = row.share?;
    let tour = &case.inputs.settings.tour;
    let beyond = (km - tour.attendance_full_km).max(0.0);
    let wanted = if tour.attendance_half_km > 0.0 {
        libm::exp2(-beyond / tour.attendance_half_km)
    } else if beyond > 0.0 {
        0.0
    } else {
        1.0
    };
    // Printed km move the share by at most ln 2 / half a km; where nobody counts from farther, from all to none.
    let slack = if tour.attendance_half_km > 0.0 {
        slack * std::f64::consts::LN_2 / tour.attendance_half_km
    } else if (km - tour.attendance_full_km).abs() <= slack {
        1.0
    } else {
        0.0
    };
    let at = (CUSTOMERS, row.line);
    (!share.is(wanted, slack)).then(|| {
        differs(
            "V208",
            at,
            &row.vehicle,
            figure(share.value),
            figure(wanted),
        )
    })
}
