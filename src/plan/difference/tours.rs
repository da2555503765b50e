//! Tours of two plans, paired.

use std::collections::BTreeSet;

use serde::Serialize;

use super::rounded;
use crate::domain::{Date, Fen};
use crate::plan::model::{Plan, Status, Tour};

/// What became of a tour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TourKind {
    /// Only in the second plan.
    Added,
    /// Only in the first.
    Removed,
    /// In both: same trip, other team, days, stops, customers or sums.
    Changed,
}

/// One tour of both plans, or of one of them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TourDifference {
    /// What became of it.
    pub kind: TourKind,
    /// As it was; `None` = added.
    pub before: Option<TourSide>,
    /// As it is; `None` = removed.
    pub after: Option<TourSide>,
    /// What differs: `id`, `team`, `depart`, `stops`, `km`, `cost`, `vehicles`.
    pub fields: Vec<&'static str>,
}

/// A tour as one plan has it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TourSide {
    /// Id.
    pub id: String,
    /// Team.
    pub team: String,
    /// First day.
    pub depart: Date,
    /// Last day.
    pub ret: Date,
    /// Stops in order.
    pub stops: Vec<Stop>,
    /// Kilometres.
    pub km: f64,
    /// Places given.
    pub vehicles: u64,
    /// Cost, fen.
    pub cost: Fen,
    /// Planning value of its places less its cost, yuan.
    pub contribution_yuan: f64,
}

/// One stop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stop {
    /// Point.
    pub point: String,
    /// Days there.
    pub days: i64,
}

impl TourSide {
    fn of(plan: &Plan, tour: &Tour) -> Self {
        let stops = plan.visits_of(&tour.id).map(|visit| Stop {
            point: visit.point.clone(),
            days: visit.last_day.days_since(visit.first_day) + 1,
        });
        Self {
            id: tour.id.clone(),
            team: tour.team.clone(),
            depart: tour.depart,
            ret: tour.ret,
            stops: stops.collect(),
            km: rounded(tour.km),
            vehicles: tour.vehicles,
            cost: tour.cost.total(),
            contribution_yuan: rounded(contribution(plan, &tour.id)),
        }
    }

    /// The same trip: team, days and stops.
    pub fn is_trip_of(&self, other: &Self) -> bool {
        self.team == other.team && self.depart == other.depart && self.stops == other.stops
    }

    /// Points both stop at.
    fn shared(&self, other: &Self) -> usize {
        let points = |side: &Self| -> BTreeSet<String> {
            side.stops.iter().map(|stop| stop.point.clone()).collect()
        };
        points(self).intersection(&points(other)).count()
    }
}

/// What a tour brings: the planning value of its places, as far as they come, less its cost; yuan.
pub fn contribution(plan: &Plan, tour: &str) -> f64 {
    let places = plan
        .vehicles
        .iter()
        .filter(|one| one.tour == tour && one.status == Status::Visit);
    let value: f64 = places.map(|one| one.share * one.planning_value).sum();
    let cost = plan.tour(tour).map_or(Fen(0), |tour| tour.cost.total());
    value - cost.yuan()
}

/// Equal tours counted, and the others.
pub(super) fn between(before: &Plan, after: &Plan) -> (usize, Vec<TourDifference>) {
    let sides = |plan: &Plan| -> Vec<TourSide> {
        let tours = plan.tours.iter();
        tours.map(|tour| TourSide::of(plan, tour)).collect()
    };
    let (old, new) = (sides(before), sides(after));
    let (mut same, mut list) = (0, Vec::new());
    let pairs = pairs(&old, &new);
    for (before, after) in &pairs {
        let fields = fields(&old[*before], &new[*after]);
        if old[*before].is_trip_of(&new[*after]) {
            same += 1;
        }
        if !fields.is_empty() {
            list.push(TourDifference {
                kind: TourKind::Changed,
                before: Some(old[*before].clone()),
                after: Some(new[*after].clone()),
                fields,
            });
        }
    }
    let alone = |side: &TourSide, kind: TourKind| TourDifference {
        kind,
        before: (kind == TourKind::Removed).then(|| side.clone()),
        after: (kind == TourKind::Added).then(|| side.clone()),
        fields: Vec::new(),
    };
    for (at, side) in old.iter().enumerate() {
        if pairs.iter().all(|pair| pair.0 != at) {
            list.push(alone(side, TourKind::Removed));
        }
    }
    for (at, side) in new.iter().enumerate() {
        if pairs.iter().all(|pair| pair.1 != at) {
            list.push(alone(side, TourKind::Added));
        }
    }
    list.sort_by_cached_key(|one| {
        let side = one.after.as_ref().or(one.before.as_ref());
        side.map(|side| (side.depart, side.id.clone()))
    });
    (same, list)
}

/// Positions of tours that speak of the same trip: equal ones; then the same id with a point in common; then
/// by the number of points in common.
fn pairs(old: &[TourSide], new: &[TourSide]) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let mut take = |wanted: &dyn Fn(&TourSide, &TourSide) -> bool| {
        for (before, one) in old.iter().enumerate() {
            for (after, other) in new.iter().enumerate() {
                let free = pairs.iter().all(|p| p.0 != before && p.1 != after);
                if free && wanted(one, other) {
                    pairs.push((before, after));
                }
            }
        }
    };
    take(&TourSide::is_trip_of);
    take(&|one, other| one.id == other.id && one.shared(other) > 0);
    let most = old.iter().map(|side| side.stops.len()).max().unwrap_or(0);
    for shared in (1..=most).rev() {
        take(&|one, other| one.shared(other) == shared);
    }
    pairs.sort_unstable();
    pairs
}

fn fields(old: &TourSide, new: &TourSide) -> Vec<&'static str> {
    [
        ("id", old.id != new.id),
        ("team", old.team != new.team),
        ("depart", old.depart != new.depart),
        ("stops", old.stops != new.stops),
        ("km", (old.km - new.km).abs() > 0.005),
        ("cost", old.cost != new.cost),
        ("vehicles", old.vehicles != new.vehicles),
    ]
    .into_iter()
    .filter(|(_, differs)| *differs)
    .map(|(name, _)| name)
    .collect()
}
