//! Branch and bound over the routes of a pool.
//!
//! Each node is a part of all plans: a list of routes it may use, points it must visit, days on which visits may
//! begin. Its relaxation is that of `root` over just these routes, so every value at every prices bounds the plans of
//! the node; routes that cannot lead to a plan better than the best known one leave the list. Nodes are taken up by
//! falling bound, every other time followed by a dive along the likelier answers, which finds plans; the greatest
//! bound of the open ones bounds all plans.
//!
//! Responsible for: nodes, their ascents, and the bound of what is left. Not responsible for: what to ask (`branch`).

mod price;

use super::super::curves::Curves;
use super::super::model::Model;
use super::super::plan::{Plan, Trip};
use super::super::transport::allot;
use super::ascent::{Ascent, Prices};
use super::branch::{Chosen, Question, any_question, question};
use super::leaf::{Laid, Undated, lay};
use super::pool::{Listed, Pool};
use super::standing::{Standing, allowance};

/// Steps of the ascent of a node.
const STEPS: usize = 40;
/// Most nodes of a dive.
const DEPTH: usize = 40;
/// Steps whose choices say where a node is undecided.
const LOOK_BACK: usize = 20;
/// First step of a node's ascent, as a part of the distance to the target.
const LENGTH: f64 = 0.5;
/// Steps without progress before it is shortened.
const PATIENCE: u32 = 4;

/// A part of all plans.
struct Node {
    /// No plan of this part is worth more.
    bound: f64,
    prices: Prices,
    /// Routes of the pool that it may use.
    routes: Vec<u32>,
    /// Points that must be visited.
    must: Vec<bool>,
}

/// Bounds within this part of the best known plan count as reached.
pub(super) const TOLERANCE: f64 = 1e-7;

/// The node at work.
struct Focus {
    node: Node,
    ascent: Ascent,
    /// Calls that some route of the node makes.
    calls: Vec<u32>,
    /// Points that one of them or a standing tour visits.
    points: Vec<usize>,
    /// Pairs of these points.
    items: usize,
    /// What the last steps chose.
    chosen: Vec<Vec<Chosen>>,
    steps: usize,
}

/// The search.
pub(super) struct Tree<'a> {
    model: &'a Model,
    standing: Standing,
    pool: Pool,
    curves: Curves,
    open: Vec<Node>,
    focus: Option<Focus>,
    /// The greatest bound of parts that could not be divided further.
    stuck: f64,
    /// Nodes that the present dive may still take up.
    dive: usize,
    /// Whether the last node was divided.
    divided: bool,
    /// Worth of each call at the current prices.
    worth: Vec<f64>,
    nodes: u64,
}

impl<'a> Tree<'a> {
    pub(super) fn new(
        model: &'a Model,
        standing: &Standing,
        pool: Pool,
        prices: &Prices,
        bound: f64,
    ) -> Self {
        let root = Node {
            bound,
            prices: prices.clone(),
            routes: (0..pool.routes.len() as u32).collect(),
            must: standing.must.clone(),
        };
        Self {
            model,
            standing: standing.clone(),
            worth: vec![0.0; pool.calls.len()],
            pool,
            curves: Curves::new(model),
            open: vec![root],
            focus: None,
            stuck: f64::NEG_INFINITY,
            dive: 0,
            divided: false,
            nodes: 0,
        }
    }

    /// Such a search among the plans that hold the `kept` tours, the others from this pool.
    pub(super) fn near(model: &'a Model, elite: &Pool, kept: &Plan, prices: &Prices) -> Self {
        let standing = Standing::new(model, kept);
        let fits = |route: &&Listed| {
            let mut calls = route.calls.iter().map(|&c| &elite.calls[c as usize]);
            calls.all(|call| standing.days_left[call.point] >= call.stay)
        };
        let pool = Pool {
            calls: elite.calls.clone(),
            groups: elite.groups.clone(),
            routes: elite.routes.iter().filter(fits).cloned().collect(),
        };
        Tree::new(model, &standing, pool, prices, f64::INFINITY)
    }

    /// No plan that is better than every known one is worth more than this.
    pub(super) fn bound(&self) -> f64 {
        let focus = self
            .focus
            .as_ref()
            .map_or(f64::NEG_INFINITY, |f| f.node.bound.min(f.ascent.value));
        self.open
            .iter()
            .fold(self.stuck.max(focus), |most, node| most.max(node.bound))
    }

    /// Whether nothing is left to look at.
    pub(super) fn done(&self) -> bool {
        self.open.is_empty() && self.focus.is_none()
    }

    /// The best prices of the node at work.
    pub(super) fn prices(&self) -> Option<&Prices> {
        self.focus.as_ref().map(|f| &f.ascent.best)
    }

    /// One step of the node at work, or of the next; plans worth `floor` or less are of no interest. Returns the work
    /// done (about the number of additions) and tours worth trying: those of a node that is done with, or of a step
    /// that chose each point once at most.
    pub(super) fn step(&mut self, floor: f64) -> (u64, Option<Vec<Trip>>) {
        let Some(mut focus) = self.focus.take().or_else(|| self.next(floor)) else {
            return (1, None);
        };
        let (work, chosen) = self.evaluate(&mut focus, floor);
        focus.steps += 1;
        let bound = focus.node.bound.min(focus.ascent.value);
        focus.node.bound = bound;
        if bound <= floor || self.impossible(&focus.node) {
            return (work, Some(chosen));
        }
        if focus.steps < STEPS && !focus.ascent.done {
            self.focus = Some(focus);
            let single = self.each_once(&chosen);
            return (work, single.then_some(chosen));
        }
        let settled = self.divide(focus);
        (work, Some(settled.unwrap_or(chosen)))
    }

    fn each_once(&self, trips: &[Trip]) -> bool {
        let mut seen = vec![false; self.model.sites.len()];
        trips
            .iter()
            .flat_map(|trip| &trip.stops)
            .all(|stop| !std::mem::replace(&mut seen[stop.point], true))
    }

    /// Whether a point that must be visited is in no route.
    fn impossible(&self, node: &Node) -> bool {
        let mut missing = node.must.clone();
        for &route in &node.routes {
            self.pool
                .calls_of(route as usize)
                .for_each(|c| missing[c.point] = false);
        }
        missing.contains(&true)
    }

    /// Takes up the open node with the greatest bound.
    fn next(&mut self, floor: f64) -> Option<Focus> {
        // A dive ends where nothing is left of its last node.
        if self.open.last().is_none_or(|node| node.bound <= floor) || !self.divided {
            self.dive = 0;
        }
        self.divided = false;
        self.open.retain(|node| node.bound > floor);
        let last = self.open.len().checked_sub(1)?;
        let at = if self.dive > 0 {
            self.dive -= 1;
            last
        } else {
            self.dive = if self.nodes.is_multiple_of(2) {
                DEPTH
            } else {
                0
            };
            (0..last).fold(last, |a, b| {
                if self.open[b].bound > self.open[a].bound {
                    b
                } else {
                    a
                }
            })
        };
        let node = self.open.swap_remove(at);
        self.nodes += 1;
        let mut calls: Vec<u32> = node
            .routes
            .iter()
            .flat_map(|&r| self.pool.routes[r as usize].calls.iter().copied())
            .collect();
        calls.sort_unstable();
        calls.dedup();
        let visited = calls.iter().map(|&c| self.pool.calls[c as usize].point);
        let mut points: Vec<usize> = visited.chain(self.standing.points()).collect();
        points.sort_unstable();
        points.dedup();
        let sites = &self.model.sites;
        Some(Focus {
            items: points.iter().map(|&p| sites[p].items.len()).sum(),
            points,
            ascent: Ascent::new(
                self.model,
                node.prices.clone(),
                &node.must,
                LENGTH,
                PATIENCE,
            ),
            node,
            calls,
            chosen: Vec::new(),
            steps: 0,
        })
    }

    /// One set of tours is left, all of them in every plan of the node: lays them on the calendar.
    fn settle(&mut self, node: &Node) -> Option<Vec<Trip>> {
        let model = self.model;
        let mut trips = Vec::new();
        for (c, class) in model.classes.iter().enumerate() {
            let group = |r: u32| &self.pool.groups[self.pool.routes[r as usize].group];
            let own: Vec<u32> = node
                .routes
                .iter()
                .copied()
                .filter(|&r| group(r).class == c)
                .collect();
            let tours: Vec<Undated> = own
                .iter()
                .map(|&r| Undated {
                    days: group(r).days,
                    starts: &group(r).starts,
                })
                .collect();
            let rooms: Vec<(usize, &[usize])> = class
                .members
                .iter()
                .map(|&team| (team, &self.standing.room_of[team][..]))
                .collect();
            match lay(model, &rooms, &tours) {
                Laid::Never => return None,
                Laid::Unknown => {
                    self.stuck = self.stuck.max(node.bound);
                    return None;
                }
                Laid::On(dates) => {
                    for (&route, (team, start)) in own.iter().zip(dates) {
                        let stops = self.pool.route(route as usize);
                        trips.push(Trip::new(model, team, start, &stops));
                    }
                }
            }
        }
        let mut whole = self.standing.plan();
        whole.trips.extend(trips.iter().cloned());
        let capacity = whole.capacity(model);
        let prices = allot(model, &capacity, &[]);
        // The prices of the allocation bound it from above, whatever the pivoting came to.
        let hours: f64 = capacity
            .iter()
            .zip(&prices.hour_price)
            .map(|(hours, price)| hours.unwrap_or(0.0) * price)
            .sum();
        let worth = hours + prices.cell_price.iter().sum::<f64>();
        let bound = worth + allowance(worth) - whole.cost();
        self.stuck = self.stuck.max(node.bound.min(bound));
        Some(trips)
    }

    /// Divides a node in two where it is undecided.
    fn divide(&mut self, focus: Focus) -> Option<Vec<Trip>> {
        let asked = question(&self.pool, &focus.chosen, |question| match question {
            Question::Visited(p) => !focus.node.must[p],
            _ => [false, true].iter().all(|&answer| {
                let mut routes = focus.node.routes.iter();
                routes.any(|&r| !question.keeps(&self.pool, r as usize, answer))
            }),
        });
        let asked = asked.or_else(|| {
            let question = any_question(&self.pool, &focus.node.routes, &focus.node.must);
            question.map(|question| (question, true))
        });
        let Some((question, likely)) = asked else {
            return self.settle(&focus.node);
        };
        let Focus { node, ascent, .. } = focus;
        // The likelier part last, where a dive takes it up.
        for answer in [!likely, likely] {
            let mut part = Node {
                bound: node.bound,
                prices: ascent.best.clone(),
                routes: node
                    .routes
                    .iter()
                    .copied()
                    .filter(|&r| question.keeps(&self.pool, r as usize, answer))
                    .collect(),
                must: node.must.clone(),
            };
            if let (Question::Visited(p), true) = (question, answer) {
                part.must[p] = true;
            }
            self.open.push(part);
        }
        self.divided = true;
        None
    }
}
