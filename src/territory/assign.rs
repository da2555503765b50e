//! Vehicles → visits: who gets a place, who waits, who is invited, who is deferred and why.
//!
//! Groups (the vehicles of one contact at one place) are kept together. Places go to the highest planning
//! value per hour; between visits in reach, the nearer. All sums are whole units, ties fall to ids.

use rayon::prelude::*;

use super::interpret::VisitPlan;
use super::units;
use crate::domain::beginning;

/// What happens to one vehicle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// A place on this visit (position in the list of visits).
    Visit(usize),
    /// In the area of this visit, without a place, with the reason.
    Waitlist(usize, &'static str),
    /// Invited to the workshop.
    Invite,
    /// Not this month, with the reason.
    Deferred(&'static str),
}

/// A vehicle that can be put on a visit.
#[derive(Clone, Debug)]
pub struct Placed {
    /// Position in the caller's list of vehicles (which is in id order).
    pub vehicle: usize,
    /// Contact and place: such vehicles stay together.
    pub group: String,
    /// Visits in reach: (visit, km, share, hours there, planning value there). Nearest first.
    pub reach: Vec<(usize, f64, f64, f64, f64)>,
    /// Whether it can be called at all, and if not why.
    pub uncallable: Option<&'static str>,
    /// Smaller goes first, whatever the value: claims after the calls. The same for all before them.
    pub tier: u8,
    /// The only visit it wants: the one it has a place on.
    pub keeps: Option<usize>,
    /// Has its place on `keeps` in any case, also beyond what the visit offers.
    pub pinned: bool,
    /// Where it waits if it gets no place; `None` = where its group is, else the nearest.
    pub waits_at: Option<usize>,
}

/// The outcome for `Placed` vehicles, beside the input.
#[derive(Clone, Debug, Default)]
pub struct Assigned {
    /// Fate of each.
    pub fates: Vec<Option<Fate>>,
    /// Filled hours of each visit, ten-thousandths.
    pub filled: Vec<i64>,
}

struct Bid {
    tier: u8,
    group: usize,
    visit: usize,
    hours: i64,
    value: f64,
    share: f64,
}

/// Gives out the places.
pub fn assign(vehicles: &[Placed], visits: &[VisitPlan]) -> Assigned {
    let groups = Groups::of(vehicles);
    let capacity: Vec<i64> = visits
        .iter()
        .map(|v| (v.capacity_hours * 1e4).floor() as i64)
        .collect();
    let mut filled = vec![0_i64; visits.len()];
    let mut place_of: Vec<Option<usize>> = vec![None; vehicles.len()];
    for (index, placed) in vehicles.iter().enumerate() {
        if let Some(visit) = placed.keeps.filter(|_| placed.pinned) {
            filled[visit] += at(placed, visit).0;
            place_of[index] = Some(visit);
        }
    }
    let mut done = vec![false; groups.len()];
    let mut bids = bids(vehicles, &groups);
    sort_bids(&mut bids);
    for bid in &bids {
        if !done[bid.group]
            && bid.value > 0.0
            && filled[bid.visit] + bid.hours <= capacity[bid.visit]
        {
            done[bid.group] = true;
            filled[bid.visit] += bid.hours;
            for &member in groups.members(bid.group) {
                place_of[member] = Some(bid.visit);
            }
        }
    }
    // A group too large for what is left anywhere comes in part, to one visit.
    for bid in &bids {
        if done[bid.group] || groups.members(bid.group).len() < 2 || bid.value <= 0.0 {
            continue;
        }
        for member in by_density(vehicles, groups.members(bid.group), bid.visit) {
            let (hours, _) = at(&vehicles[member], bid.visit);
            if filled[bid.visit] + hours <= capacity[bid.visit] {
                filled[bid.visit] += hours;
                place_of[member] = Some(bid.visit);
                done[bid.group] = true;
            }
        }
    }
    let fates = fates(vehicles, &groups, &place_of);
    Assigned { fates, filled }
}

/// Who stays together: one list of all, cut where a group ends, for there are as many groups as contacts.
struct Groups {
    members: Vec<usize>,
    /// Where each group ends.
    ends: Vec<usize>,
}

impl Groups {
    /// In order of claim, visit kept, contact and place; members in their order.
    fn of(vehicles: &[Placed]) -> Self {
        let sorted = sorted_members(vehicles);
        let key = |member: &Member| named(vehicles, member);
        let same = |a: &Member, b: &Member| a.begin == b.begin && key(a) == key(b);
        let ends = sorted.chunk_by(same).scan(0, |end, group| {
            *end += group.len();
            Some(*end)
        });
        Self {
            ends: ends.collect(),
            members: sorted.iter().map(|member| member.index).collect(),
        }
    }

    fn len(&self) -> usize {
        self.ends.len()
    }

    fn members(&self, group: usize) -> &[usize] {
        let from = group.checked_sub(1).map_or(0, |last| self.ends[last]);
        &self.members[from..self.ends[group]]
    }
}

/// A vehicle on its way into its group.
struct Member {
    claim: (u8, Option<usize>),
    /// The beginning of its group's name: a place and most of a phone number.
    begin: [u64; 4],
    index: usize,
}

/// A member's group.
fn named<'a>(vehicles: &'a [Placed], member: &Member) -> (u8, Option<usize>, &'a str) {
    let placed = &vehicles[member.index];
    (placed.tier, placed.keeps, placed.group.as_str())
}

/// Who seeks a place, group by group.
fn sorted_members(vehicles: &[Placed]) -> Vec<Member> {
    let members = vehicles
        .par_iter()
        .enumerate()
        .filter_map(|(index, placed)| {
            let seeks = placed.uncallable.is_none() && !placed.reach.is_empty() && !placed.pinned;
            seeks.then(|| Member {
                claim: (placed.tier, placed.keeps),
                begin: beginning(&placed.group),
                index,
            })
        });
    let mut members: Vec<Member> = members.collect();
    members.par_sort_unstable_by(|a, b| {
        let begin = (a.claim, a.begin).cmp(&(b.claim, b.begin));
        let named = |member| named(vehicles, member);
        begin.then_with(|| named(a).cmp(&named(b)).then(a.index.cmp(&b.index)))
    });
    members
}

/// Hours (units) and value of a vehicle at a visit in its reach.
fn at(placed: &Placed, visit: usize) -> (i64, f64) {
    placed
        .reach
        .iter()
        .find(|r| r.0 == visit)
        .map_or((0, 0.0), |r| (units(r.2 * r.3), r.2 * r.4))
}

fn bids(vehicles: &[Placed], groups: &Groups) -> Vec<Bid> {
    let all = (0..groups.len()).into_par_iter();
    let bids = all.flat_map_iter(|group| {
        let members = groups.members(group);
        let first = &vehicles[members[0]];
        // Members stand at one place, so they share their visits in reach.
        first.reach.iter().filter_map(move |reach| {
            let visit = reach.0;
            let shares = |&member: &usize| vehicles[member].reach.iter().any(|r| r.0 == visit);
            if first.keeps.is_some_and(|keeps| keeps != visit) || !members.iter().all(shares) {
                return None;
            }
            let (hours, value) = members.iter().fold((0, 0.0), |sum, &member| {
                let one = at(&vehicles[member], visit);
                (sum.0 + one.0, sum.1 + one.1)
            });
            Some(Bid {
                tier: first.tier,
                group,
                visit,
                hours,
                value,
                share: reach.2,
            })
        })
    });
    bids.collect()
}

fn sort_bids(bids: &mut [Bid]) {
    let density = |bid: &Bid| bid.value / (bid.hours.max(1) as f64);
    bids.par_sort_unstable_by(|a, b| {
        a.tier
            .cmp(&b.tier)
            .then(density(b).total_cmp(&density(a)))
            .then(b.share.total_cmp(&a.share))
            .then(a.group.cmp(&b.group))
            .then(a.visit.cmp(&b.visit))
    });
}

fn by_density(vehicles: &[Placed], members: &[usize], visit: usize) -> Vec<usize> {
    let density = |member: usize| {
        let (hours, value) = at(&vehicles[member], visit);
        value / (hours.max(1) as f64)
    };
    let mut order = members.to_vec();
    order.sort_by(|&a, &b| density(b).total_cmp(&density(a)).then(a.cmp(&b)));
    order
}

fn fates(vehicles: &[Placed], groups: &Groups, place_of: &[Option<usize>]) -> Vec<Option<Fate>> {
    // Whoever waits, waits for the visit the rest of his group has, else for the nearest one.
    let mut group_visit: Vec<Option<usize>> = vec![None; vehicles.len()];
    for group in 0..groups.len() {
        let members = groups.members(group);
        let visit = members.iter().find_map(|&member| place_of[member]);
        for &member in members {
            group_visit[member] = visit;
        }
    }
    vehicles
        .iter()
        .enumerate()
        .map(|(index, placed)| {
            if let Some(visit) = place_of[index] {
                return Some(Fate::Visit(visit));
            }
            let nearest = placed.reach.first().map(|r| r.0);
            let visit = placed.waits_at.or(group_visit[index]).or(nearest)?;
            Some(Fate::Waitlist(
                visit,
                placed.uncallable.unwrap_or("capacity"),
            ))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Date;

    fn visit(capacity: f64) -> VisitPlan {
        let day = Date::parse_iso("2026-12-01").expect("a test date");
        VisitPlan {
            id: "T01-1".into(),
            tour: 0,
            stop: 0,
            point: 0,
            first_day: day,
            last_day: day,
            capacity_hours: capacity,
            capacity_by_day: vec![capacity],
            drive_by_day: vec![0.0],
        }
    }

    fn placed(vehicle: usize, group: &str, hours: f64, value: f64) -> Placed {
        Placed {
            vehicle,
            group: group.into(),
            reach: vec![(0, 5.0, 1.0, hours, value)],
            uncallable: None,
            tier: 0,
            keeps: None,
            pinned: false,
            waits_at: None,
        }
    }

    #[test]
    fn a_fleet_is_kept_together_or_waits_together() {
        let vehicles = [
            placed(0, "fleet", 2.0, 100.0),
            placed(1, "fleet", 2.0, 100.0),
            placed(2, "single", 3.0, 300.0),
        ];
        let assigned = assign(&vehicles, &[visit(4.0)]);
        assert_eq!(assigned.fates[2], Some(Fate::Visit(0)));
        assert_eq!(assigned.fates[0], Some(Fate::Waitlist(0, "capacity")));
        assert_eq!(assigned.fates[1], Some(Fate::Waitlist(0, "capacity")));
        let roomy = assign(&vehicles, &[visit(7.0)]);
        assert!(roomy.fates.iter().all(|fate| *fate == Some(Fate::Visit(0))));
    }

    #[test]
    fn a_fleet_larger_than_the_visit_comes_in_part() {
        let vehicles: Vec<Placed> = (0..5).map(|n| placed(n, "fleet", 1.0, 50.0)).collect();
        let assigned = assign(&vehicles, &[visit(3.0)]);
        let on = assigned
            .fates
            .iter()
            .filter(|f| **f == Some(Fate::Visit(0)))
            .count();
        assert_eq!((on, assigned.filled[0]), (3, 30_000));
    }

    #[test]
    fn who_has_a_booking_keeps_it_and_claims_go_before_value() {
        let mut vehicles = [
            placed(0, "a", 2.0, 10.0),
            placed(1, "b", 2.0, 500.0),
            placed(2, "c", 2.0, 20.0),
        ];
        vehicles[0].keeps = Some(0);
        vehicles[0].pinned = true;
        vehicles[1].tier = 4;
        vehicles[2].tier = 2;
        let assigned = assign(&vehicles, &[visit(4.0)]);
        assert_eq!(assigned.fates[0], Some(Fate::Visit(0)));
        assert_eq!(assigned.fates[2], Some(Fate::Visit(0)));
        assert_eq!(assigned.fates[1], Some(Fate::Waitlist(0, "capacity")));
        // Booked beyond what the visit offers: kept all the same, and nobody else gets in.
        let tight = assign(&vehicles, &[visit(1.0)]);
        assert_eq!(tight.fates[0], Some(Fate::Visit(0)));
        assert_eq!(tight.fates[2], Some(Fate::Waitlist(0, "capacity")));
    }

    #[test]
    fn capacity_is_never_passed_and_the_better_value_per_hour_goes_first() {
        let vehicles: Vec<Placed> = (0..40)
            .map(|n| placed(n, &format!("g{n:02}"), 0.7, 10.0 + n as f64))
            .collect();
        let assigned = assign(&vehicles, &[visit(10.0)]);
        assert!(assigned.filled[0] <= 100_000);
        let on: Vec<usize> = (0..40)
            .filter(|n| assigned.fates[*n] == Some(Fate::Visit(0)))
            .collect();
        assert_eq!(on, (26..40).collect::<Vec<_>>());
    }
}
