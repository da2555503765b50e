//! One set of tours: whether the teams can run it, and when.
//!
//! Responsible for: laying given tours on the calendars of one class of teams, exactly.
//! Not responsible for: which tours, or what they are worth.

use super::super::model::Model;

/// Most tours of one class that are laid exactly.
const MOST: usize = 16;

/// A tour without a date: its length, and whether it may start on each day.
pub(super) struct Undated<'a> {
    pub(super) days: usize,
    pub(super) starts: &'a [bool],
}

/// What is known about laying a set of tours.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Laid {
    /// (team, first day) of each tour.
    On(Vec<(usize, usize)>),
    /// The teams cannot run them.
    Never,
    /// There are too many to tell.
    Unknown,
}

/// How a set of tours was reached on a team's calendar.
#[derive(Clone, Copy)]
struct Way {
    /// The day from which the team is free again.
    free: usize,
    /// The last tour and its first day; none where an earlier team ran the whole set.
    last: Option<(usize, usize)>,
}

/// Lays all tours on the calendars of teams with these rooms (team, longest tour from each day).
///
/// By sets of tours: the earliest day on which a team can have run a set is all that matters for the rest.
pub(super) fn lay(model: &Model, rooms: &[(usize, &[usize])], tours: &[Undated]) -> Laid {
    if tours.is_empty() {
        return Laid::On(Vec::new());
    }
    if tours.len() > MOST {
        return Laid::Unknown;
    }
    let sets = 1usize << tours.len();
    let mut ways: Vec<Vec<Option<Way>>> = Vec::with_capacity(rooms.len());
    for (_, room) in rooms {
        let mut now: Vec<Option<Way>> = match ways.last() {
            None => vec![None; sets],
            Some(before) => before
                .iter()
                .map(|way| {
                    way.map(|_| Way {
                        free: 0,
                        last: None,
                    })
                })
                .collect(),
        };
        now[0] = Some(Way {
            free: 0,
            last: None,
        });
        for set in 0..sets {
            let Some(way) = now[set] else { continue };
            for (t, tour) in tours
                .iter()
                .enumerate()
                .filter(|(t, _)| set & (1 << t) == 0)
            {
                let start =
                    (way.free..model.days).find(|&day| tour.starts[day] && room[day] >= tour.days);
                if let Some(start) = start {
                    let free = start + tour.days + model.min_days_home;
                    let next = &mut now[set | (1 << t)];
                    if next.is_none_or(|other| free < other.free) {
                        *next = Some(Way {
                            free,
                            last: Some((t, start)),
                        });
                    }
                }
            }
        }
        ways.push(now);
    }
    let mut dates = vec![(0, 0); tours.len()];
    let mut set = sets - 1;
    for ((team, _), ways) in rooms.iter().zip(&ways).rev() {
        loop {
            match ways[set] {
                None => return Laid::Never,
                Some(Way { last: None, .. }) => break,
                Some(Way {
                    last: Some((t, start)),
                    ..
                }) => {
                    dates[t] = (*team, start);
                    set &= !(1 << t);
                }
            }
        }
    }
    Laid::On(dates)
}
