//! Tours on a team's calendar: which of the priced routes to run, when.
//!
//! Responsible for: weighted interval scheduling of one team, exact by dynamic programming over the days.
//! Not responsible for: several teams wanting the same point.

use super::model::Model;
use super::routes::Route;

/// A route of a given length from a given day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    pub(super) start: usize,
    pub(super) days: usize,
    pub(super) value: f64,
}

/// The best routes by look and length.
pub(super) type Priced = Vec<Vec<Option<Route>>>;

/// The most valuable set of tours of one team, in order of time, and its value.
///
/// `room[d]` is the longest tour that may start on day d.
pub(super) fn schedule(model: &Model, priced: &Priced, room: &[usize]) -> (f64, Vec<Slot>) {
    let mut best = vec![0.0; model.days + 1];
    let mut choice: Vec<Option<Slot>> = vec![None; model.days];
    for start in (0..model.days).rev() {
        best[start] = best[start + 1];
        let routes = &priced[model.look_of_day[start]];
        for (days, route) in (1..=room[start]).zip(routes) {
            let Some(route) = route else { continue };
            let after = (start + days + model.min_days_home).min(model.days);
            let value = route.value + best[after];
            if value > best[start] {
                best[start] = value;
                choice[start] = Some(Slot {
                    start,
                    days,
                    value: route.value,
                });
            }
        }
    }
    let mut slots = Vec::new();
    let mut day = 0;
    while day < model.days {
        match choice[day] {
            Some(slot) => {
                slots.push(slot);
                day = slot.start + slot.days + model.min_days_home;
            }
            None => day += 1,
        }
    }
    (best[0], slots)
}

/// Every slot of a second price list, each worth its value plus the best use of the days around it, less the best use of all days.
///
/// So a tour that must be made is judged by what it leaves, and is never counted twice.
pub(super) fn around(model: &Model, priced: &Priced, forced: &Priced, room: &[usize]) -> Vec<Slot> {
    let home = model.min_days_home;
    let mut after = vec![0.0; model.days + 1];
    let mut before = vec![0.0f64; model.days + 1];
    for start in (0..model.days).rev() {
        after[start] = after[start + 1];
        for (days, route) in (1..=room[start]).zip(&priced[model.look_of_day[start]]) {
            if let Some(route) = route {
                let next = (start + days + home).min(model.days);
                after[start] = f64::max(after[start], route.value + after[next]);
            }
        }
    }
    for start in 0..model.days {
        before[start + 1] = before[start + 1].max(before[start]);
        for (days, route) in (1..=room[start]).zip(&priced[model.look_of_day[start]]) {
            if let Some(route) = route {
                let next = (start + days + home).min(model.days);
                before[next] = before[next].max(before[start] + route.value);
            }
        }
    }
    let mut slots = Vec::new();
    for start in 0..model.days {
        for (days, route) in (1..=room[start]).zip(&forced[model.look_of_day[start]]) {
            if let Some(route) = route {
                let next = (start + days + home).min(model.days);
                let value = before[start] + route.value + after[next] - after[0];
                slots.push(Slot { start, days, value });
            }
        }
    }
    slots
}
