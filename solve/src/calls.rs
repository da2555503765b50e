//! How many contacts of each tour are called on which day, so that nobody is left uncalled who could be called, and
//! the desk has as even a load as the windows allow.
//!
//! Responsible for: days and lists as numbers. Not responsible for: who calls whom.
//!
//! An optimal semi-matching (Harvey, Ladner, Lovász, Tamir 2003):
//! contact after contact takes the least busy day that can be had, where others may be shifted within their own
//! windows to make room. Among all ways out it leaves the fewest uncalled and the least sum of any convex cost of a
//! day's calls.

use std::collections::{BTreeMap, VecDeque};

/// What one tour asks of the desk. A day is anything that has an order.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a, Day> {
    /// Contacts to call.
    pub contacts: usize,
    /// The days they may be called on, each once.
    pub days: &'a [Day],
}

/// What a day can take.
#[derive(Clone, Copy, Debug)]
pub struct Room {
    /// Contacts called on it anyway.
    pub busy: usize,
    /// Contacts that can be called besides.
    pub free: usize,
}

/// Per tour, contacts by its days, in their order; fewer than asked where the days are full.
pub fn quotas<Day: Copy + Ord>(
    asked: &[Asked<'_, Day>],
    room: &dyn Fn(Day) -> Room,
) -> Vec<Vec<usize>> {
    let mut days: BTreeMap<Day, usize> = BTreeMap::new();
    for day in asked.iter().flat_map(|tour| tour.days) {
        days.insert(*day, 0);
    }
    for (position, index) in days.values_mut().enumerate() {
        *index = position;
    }
    let mut desk = Desk {
        windows: asked
            .iter()
            .map(|tour| tour.days.iter().map(|day| days[day]).collect())
            .collect(),
        room: days.keys().map(|day| room(*day)).collect(),
        given: vec![vec![0; days.len()]; asked.len()],
        taken: vec![0; days.len()],
    };
    // In turns: where not all can be called, every list loses its least urgent ones.
    let mut wanted: Vec<usize> = asked.iter().map(|tour| tour.contacts).collect();
    while wanted.iter().any(|left| *left > 0) {
        for (tour, left) in wanted.iter_mut().enumerate().filter(|(_, left)| **left > 0) {
            // Who finds no day now finds none later: days only fill up.
            *left = if desk.add(tour) { *left - 1 } else { 0 };
        }
    }
    let windows = desk.windows.iter().zip(&desk.given);
    windows
        .map(|(window, given)| window.iter().map(|day| given[*day]).collect())
        .collect()
}

struct Desk {
    /// Days each tour may use.
    windows: Vec<Vec<usize>>,
    room: Vec<Room>,
    /// Contacts by tour and day.
    given: Vec<Vec<usize>>,
    /// Contacts by day.
    taken: Vec<usize>,
}

impl Desk {
    /// One contact more for a tour; false where no day within reach has room.
    fn add(&mut self, tour: usize) -> bool {
        // How each day was reached: by shifting a contact of this tour there, from the day before in the chain.
        let mut reached: Vec<Option<(usize, Option<usize>)>> = vec![None; self.room.len()];
        let mut queue = VecDeque::new();
        let mut seen = vec![false; self.windows.len()];
        self.reach(tour, None, &mut seen, &mut reached, &mut queue);
        let mut best: Option<usize> = None;
        while let Some(day) = queue.pop_front() {
            let load = |day: usize| self.room[day].busy + self.taken[day];
            if self.taken[day] < self.room[day].free
                && best.is_none_or(|best| (load(day), day) < (load(best), best))
            {
                best = Some(day);
            }
            for other in 0..self.windows.len() {
                if self.given[other][day] > 0 {
                    self.reach(other, Some(day), &mut seen, &mut reached, &mut queue);
                }
            }
        }
        let Some(mut day) = best else { return false };
        self.taken[day] += 1;
        while let Some((tour, from)) = reached[day] {
            self.given[tour][day] += 1;
            let Some(from) = from else { break };
            self.given[tour][from] -= 1;
            day = from;
        }
        true
    }

    fn reach(
        &self,
        tour: usize,
        from: Option<usize>,
        seen: &mut [bool],
        reached: &mut [Option<(usize, Option<usize>)>],
        queue: &mut VecDeque<usize>,
    ) {
        if std::mem::replace(&mut seen[tour], true) {
            return;
        }
        for &day in &self.windows[tour] {
            if reached[day].is_none() {
                reached[day] = Some((tour, from));
                queue.push_back(day);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(asked: &[(usize, &[i64])], free: usize) -> Vec<Vec<usize>> {
        let asked: Vec<Asked<'_, i64>> = asked
            .iter()
            .map(|(contacts, days)| Asked {
                contacts: *contacts,
                days,
            })
            .collect();
        quotas(&asked, &|_| Room { busy: 0, free })
    }

    #[test]
    fn one_tours_calls_are_spread_evenly() {
        assert_eq!(given(&[(7, &[0, 1, 2])], 10), [[3, 2, 2]]);
    }

    #[test]
    fn a_tour_makes_room_for_the_next_ones_calls() {
        // Even shares of the first tour alone would take seven places of day 2 and leave calls of the second undone.
        let quotas = given(&[(20, &[0, 1, 2]), (30, &[2, 3, 4])], 10);
        assert_eq!(quotas, [vec![10, 10, 0], vec![10, 10, 10]]);
    }

    #[test]
    fn what_no_day_can_take_is_left_and_the_tour_that_leaves_first_goes_first() {
        let quotas = given(&[(15, &[0]), (15, &[0, 1])], 10);
        assert_eq!(quotas, [vec![10], vec![0, 10]]);
    }

    #[test]
    fn days_with_calls_already_get_fewer() {
        let asked = [Asked {
            contacts: 6,
            days: &[0, 1],
        }];
        let room = |day: i64| Room {
            busy: if day == 0 { 4 } else { 0 },
            free: 10,
        };
        assert_eq!(quotas(&asked, &room), [[1, 5]]);
    }

    #[test]
    fn a_tour_without_days_gets_none() {
        assert_eq!(given(&[(3, &[])], 10), [Vec::<usize>::new()]);
    }
}
