//! Where a relaxation is undecided, and the two ways to decide it.
//!
//! Responsible for: reading what the last steps of an ascent chose, picking a question, and which routes keep an
//! answer. Not responsible for: solving the two parts (`tree`).

use std::collections::BTreeMap;

use super::pool::Pool;

/// A tour that a step chose: route of the pool, number of teams.
pub(super) type Chosen = (usize, f64);

/// A question about a plan with two answers, no and yes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Question {
    /// Is the point visited?
    Visited(usize),
    /// Is the point visited for more than so many days (or not at all)?
    Longer(usize, usize),
    /// Are both points in one tour (or none of them visited)?
    Together(usize, usize),
    /// Does the second point follow the first in a tour (or is none of them visited)?
    Follows(usize, usize),
    /// Is the point visited by this class of teams (or not at all)?
    By(usize, usize),
}

impl Question {
    /// Whether a route may be in a plan with this answer, as far as its stops tell.
    pub(super) fn keeps(self, pool: &Pool, route: usize, answer: bool) -> bool {
        let at = |point: usize| pool.calls_of(route).position(|c| c.point == point);
        match self {
            Question::Visited(p) => answer || at(p).is_none(),
            Question::Longer(p, days) => pool
                .calls_of(route)
                .find(|c| c.point == p)
                .is_none_or(|c| (c.stay > days) == answer),
            Question::Together(p, q) => match (at(p), at(q)) {
                (Some(_), Some(_)) => answer,
                (None, None) => true,
                _ => !answer,
            },
            Question::Follows(p, q) => match (at(p), at(q)) {
                (None, None) => true,
                (Some(p), Some(q)) => (q == p + 1) == answer,
                _ => !answer,
            },
            Question::By(p, class) => {
                at(p).is_none() || (pool.groups[pool.routes[route].group].class == class) == answer
            }
        }
    }
}

/// The question that the chosen tours of the last steps answer least clearly, of those that
/// divide the node, and the likelier answer.
pub(super) fn question(
    pool: &Pool,
    steps: &[Vec<Chosen>],
    divides: impl Fn(Question) -> bool,
) -> Option<(Question, bool)> {
    let mut yes: BTreeMap<Question, f64> = BTreeMap::new();
    let weight = 1.0 / steps.len().max(1) as f64;
    let mut stays: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    let mut visits: BTreeMap<usize, f64> = BTreeMap::new();
    for &(route, teams) in steps.iter().flatten() {
        let w = weight * teams;
        let class = pool.groups[pool.routes[route].group].class;
        let mut before = None;
        let calls: Vec<_> = pool.calls_of(route).collect();
        for (k, call) in calls.iter().enumerate() {
            *visits.entry(call.point).or_default() += w;
            *stays.entry((call.point, call.stay)).or_default() += w;
            *yes.entry(Question::By(call.point, class)).or_default() += w;
            if let Some(before) = before {
                *yes.entry(Question::Follows(before, call.point))
                    .or_default() += w;
            }
            for other in &calls[..k] {
                let (p, q) = (call.point.min(other.point), call.point.max(other.point));
                *yes.entry(Question::Together(p, q)).or_default() += w;
            }
            before = Some(call.point);
        }
    }
    for (&p, &w) in &visits {
        yes.insert(Question::Visited(p), w);
    }
    for &(p, stay) in stays.keys() {
        let longer = stays.range((p, stay + 1)..(p + 1, 0)).map(|(_, w)| w);
        yes.insert(Question::Longer(p, stay), longer.sum());
    }
    let mut doubts: Vec<(f64, Question, bool)> = yes
        .into_iter()
        .map(|(question, w)| {
            let (weight, all) = match question {
                Question::Visited(_) => (1.0, 1.0),
                Question::Longer(p, _) => (0.8, visits[&p].min(1.0)),
                Question::Together(p, q) => (0.7, visits[&p].min(visits[&q]).min(1.0)),
                Question::By(p, _) => (0.5, visits[&p].min(1.0)),
                Question::Follows(p, q) => (0.3, visits[&p].min(visits[&q]).min(1.0)),
            };
            (weight * w.min(all - w), question, 2.0 * w > all)
        })
        .filter(|(doubt, ..)| *doubt > 1e-9)
        .collect();
    doubts.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    doubts
        .into_iter()
        .find(|d| divides(d.1))
        .map(|d| (d.1, d.2))
}

/// A question that divides these routes, where the steps left no doubt; `None` where no two routes share a point and
/// every point must be visited.
pub(super) fn any_question(pool: &Pool, routes: &[u32], must: &[bool]) -> Option<Question> {
    let mut first: BTreeMap<usize, usize> = BTreeMap::new();
    for &route in routes {
        for call in pool.calls_of(route as usize) {
            match first.get(&call.point) {
                Some(&other) => {
                    if let Some(question) = difference(pool, other, route as usize, call.point) {
                        return Some(question);
                    }
                }
                None => {
                    first.insert(call.point, route as usize);
                }
            }
        }
    }
    first.into_keys().find(|&p| !must[p]).map(Question::Visited)
}

/// What tells two routes apart that share a point.
fn difference(pool: &Pool, a: usize, b: usize, shared: usize) -> Option<Question> {
    let (one, two) = (pool.route(a), pool.route(b));
    let has = |route: &[(usize, usize)], p: usize| route.iter().any(|stop| stop.0 == p);
    for (mine, others) in [(&one, &two), (&two, &one)] {
        if let Some(&(q, _)) = mine.iter().find(|stop| !has(others, stop.0)) {
            return Some(Question::Together(shared, q));
        }
    }
    for &(p, stay) in &one {
        if let Some(&(_, other)) = two
            .iter()
            .find(|stop| stop.0 == p)
            .filter(|stop| stop.1 != stay)
        {
            return Some(Question::Longer(p, stay.min(other)));
        }
    }
    let follows = |route: &[(usize, usize)], p: usize, q: usize| {
        route
            .windows(2)
            .any(|pair| pair[0].0 == p && pair[1].0 == q)
    };
    if let Some(pair) = one
        .windows(2)
        .find(|pair| !follows(&two, pair[0].0, pair[1].0))
    {
        return Some(Question::Follows(pair[0].0, pair[1].0));
    }
    let class = |route: usize| pool.groups[pool.routes[route].group].class;
    (class(a) != class(b)).then(|| Question::By(shared, class(a)))
}
