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
    let (after, choice) = backward(model, room, |start, days| value(model, priced, start, days));
    (after[0], read(&choice, model.min_days_home))
}

/// The tours of a best use, in order of time.
fn read(choice: &[Option<Slot>], home: usize) -> Vec<Slot> {
    let mut slots = Vec::new();
    let mut day = 0;
    while day < choice.len() {
        match choice[day] {
            Some(slot) => {
                slots.push(slot);
                day = slot.start + slot.days + home;
            }
            None => day += 1,
        }
    }
    slots
}

fn value(model: &Model, priced: &Priced, start: usize, days: usize) -> Option<f64> {
    let route = priced[model.look_of_day[start]].get(days - 1)?;
    route.as_ref().map(|route| route.value)
}

/// What the days from each day on are worth at best, and the tour that the best use begins with on that day.
fn backward(
    model: &Model,
    room: &[usize],
    value: impl Fn(usize, usize) -> Option<f64>,
) -> (Vec<f64>, Vec<Option<Slot>>) {
    let mut best = vec![0.0; model.days + 1];
    let mut choice: Vec<Option<Slot>> = vec![None; model.days];
    for start in (0..model.days).rev() {
        best[start] = best[start + 1];
        for days in 1..=room[start] {
            let Some(value) = value(start, days) else {
                continue;
            };
            let after = (start + days + model.min_days_home).min(model.days);
            if value + best[after] > best[start] {
                best[start] = value + best[after];
                choice[start] = Some(Slot { start, days, value });
            }
        }
    }
    (best, choice)
}

/// A team's days at given values of tours.
#[derive(Debug, Clone)]
pub(super) struct Frame {
    /// What the days before each day are worth at best.
    before: Vec<f64>,
    /// What the days from each day on are worth at best.
    after: Vec<f64>,
    /// The best use of all days, in order of time.
    choice: Vec<Option<Slot>>,
    home: usize,
}

impl Frame {
    /// `value(start, days)` is what the best tour of that length from that day on is worth.
    pub(super) fn new(
        model: &Model,
        room: &[usize],
        value: impl Fn(usize, usize) -> Option<f64>,
    ) -> Self {
        let home = model.min_days_home;
        let (after, choice) = backward(model, room, &value);
        let mut before = vec![0.0f64; model.days + 1];
        for start in 0..model.days {
            before[start + 1] = before[start + 1].max(before[start]);
            for days in 1..=room[start] {
                if let Some(value) = value(start, days) {
                    let next = (start + days + home).min(model.days);
                    before[next] = before[next].max(before[start] + value);
                }
            }
        }
        Self {
            before,
            after,
            choice,
            home,
        }
    }

    /// As [`Frame::new`], from priced routes.
    pub(super) fn priced(model: &Model, priced: &Priced, room: &[usize]) -> Self {
        Self::new(model, room, |start, days| value(model, priced, start, days))
    }

    /// The best use of all days.
    pub(super) fn best(&self) -> f64 {
        self.after[0]
    }

    /// The best use of the days around a tour.
    pub(super) fn rest(&self, start: usize, days: usize) -> f64 {
        let next = (start + days + self.home).min(self.after.len() - 1);
        self.before[start] + self.after[next]
    }

    /// The tours of the best use, in order of time.
    pub(super) fn slots(&self) -> Vec<Slot> {
        read(&self.choice, self.home)
    }
}

/// Every slot of a second price list, each worth its value plus the best use of the days around it, less the best use of all days.
///
/// So a tour that must be made is judged by what it leaves, and is never counted twice.
pub(super) fn around(model: &Model, priced: &Priced, forced: &Priced, room: &[usize]) -> Vec<Slot> {
    let frame = Frame::priced(model, priced, room);
    let mut slots = Vec::new();
    for start in 0..model.days {
        for (days, route) in (1..=room[start]).zip(&forced[model.look_of_day[start]]) {
            if let Some(route) = route {
                let value = route.value + frame.rest(start, days) - frame.best();
                slots.push(Slot { start, days, value });
            }
        }
    }
    slots
}
