//! Who may have a place on which visits, and how strong his claim is; who may not, and why.
//!
//! Not responsible for: giving the places out (`territory::assign`).

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::around::point_of;
use super::given::{Claim, Given, as_it_left, claim, last_call_day};
use super::nearness::Nearness;
use super::region::{Region, group_of, uncallable};
use super::resting::{Held, Holds};
use super::tours::{MonthTours, said_yes};
use super::{PlanInputs, vehicle_of};
use crate::domain::Date;
use crate::plan::model::{CalledVehicle, Status};
use crate::territory::{Placed, Reach, VisitPlan};

/// A visit in reach: its position, road km, share, hours and planning value there.
type InReach = (usize, f64, f64, f64, f64);

/// A vehicle that gets no place and waits nowhere.
struct NotPlaced {
    why: &'static str,
    /// The visit it was called for and turned down.
    called_for: Option<usize>,
}

impl From<&'static str> for NotPlaced {
    fn from(why: &'static str) -> Self {
        Self {
            why,
            called_for: None,
        }
    }
}

/// Some vehicles looked at.
#[derive(Default)]
struct Candidates {
    placed: Vec<Placed>,
    /// The others, by position.
    others: Vec<(usize, NotPlaced)>,
}

/// Vehicles looked at at a time.
const PIECE: usize = 1 << 12;

/// What every vehicle is looked at with.
struct Ground<'a> {
    inputs: &'a PlanInputs<'a>,
    region: &'a Region<'a>,
    nearness: Nearness<'a>,
    /// Called vehicles of the last plan.
    places: BTreeMap<&'a str, &'a CalledVehicle>,
    holds: Holds<'a>,
}

impl MonthTours {
    /// Vehicles in reach of a visit; the others get their reason.
    pub(super) fn placed(&mut self, inputs: &PlanInputs<'_>, region: &Region<'_>) -> Vec<Placed> {
        let ground = Ground {
            inputs,
            region,
            nearness: Nearness::of(
                Reach {
                    travel: &region.travel,
                    tour: &inputs.settings.tour,
                },
                &region.points,
                &region.located,
            ),
            places: inputs.given.map(Given::places).unwrap_or_default(),
            holds: Holds::of(inputs),
        };
        let mut placed = Vec::new();
        let far: Vec<usize> = (0..region.near.len())
            .filter(|index| !region.near[*index])
            .collect();
        let pieces: Vec<Candidates> = far
            .par_chunks(PIECE)
            .map(|some| self.candidates(&ground, some))
            .collect();
        placed.reserve_exact(pieces.iter().map(|piece| piece.placed.len()).sum());
        for mut piece in pieces {
            placed.append(&mut piece.placed);
            for (index, none) in piece.others {
                if let Some(visit) = none.called_for {
                    self.out.insert(index, visit);
                }
                self.deferred[index] = Some(none.why);
            }
        }
        placed
    }

    fn candidates(&self, ground: &Ground<'_>, vehicles: &[usize]) -> Candidates {
        let mut found = Candidates::default();
        for index in vehicles.iter().copied() {
            match self.candidate(ground, index) {
                Ok(one) => found.placed.push(one),
                Err(none) => found.others.push((index, none)),
            }
        }
        found
    }

    /// A vehicle with its claim and the visits it may have.
    fn candidate(&self, ground: &Ground<'_>, index: usize) -> Result<Placed, NotPlaced> {
        let Ground { inputs, region, .. } = ground;
        let mut claim = self.claim_of(ground, index);
        if let Some((Claim::Out(why), visit)) = claim {
            return Err(NotPlaced {
                why,
                called_for: visit.or_else(|| self.nearest(ground, index)),
            });
        }
        let vehicle = vehicle_of(&inputs.ingested.tables, index);
        let last = ground.places.get(vehicle.id.as_str());
        let had_place = last.is_some_and(|one| one.status == Status::Visit);
        // A change of a tour is nobody's fault who has a place: a late call is no reason to lose it then.
        if let Some((Claim::Wants(tier), _)) = &mut claim
            && had_place
            && ground.holds.changing().is_some()
        {
            *tier = (*tier).min(1);
        }
        let held = ground.holds.held(inputs, index);
        match (&held, &mut claim) {
            (Some(Held::Deferred(why)), _) => return Err((*why).into()),
            (Some(Held::Keeps), Some((claim, _))) => *claim = Claim::Keeps,
            _ => {}
        }
        let seeks = match held {
            Some(Held::Seeks(why, _)) => Some(why),
            _ => None,
        };
        let mut in_reach = self.in_reach(ground, index, claim.is_none(), seeks)?;
        // Who is on a tour's list already is offered that tour only.
        let listed = claim.and_then(|(claim, at)| {
            let at = at.filter(|at| in_reach.iter().any(|reach| reach.0 == *at))?;
            Some((claim, at))
        });
        if let Some((_, at)) = listed {
            let tour = self.visits[at].tour;
            in_reach.retain(|reach| self.visits[reach.0].tour == tour);
        }
        let waits = self.waits(&ground.holds, held.as_ref(), &mut in_reach);
        let says_yes = said_yes(inputs, index);
        Ok(Placed {
            tier: match (listed, held) {
                (Some((Claim::Wants(tier), _)), _) | (None, Some(Held::Seeks(_, tier))) => tier,
                // Who says yes and whose visit is not made any more goes where there is one.
                (None, _) if says_yes => 3,
                // New on the list: behind everybody who waits.
                (None, _) if inputs.given.is_some() => 6,
                _ => 0,
            },
            keeps: listed.filter(|_| had_place).map(|(_, at)| at),
            pinned: listed.is_some_and(|(claim, _)| claim == Claim::Keeps),
            waits_at: listed.map(|(_, at)| at),
            vehicle: index,
            group: group_of(inputs, region, index),
            reach: in_reach,
            uncallable: match listed {
                Some((Claim::Missed, _)) => Some("tour_left"),
                // Who says yes and wants no more calls comes all the same.
                _ => uncallable(vehicle).filter(|_| !says_yes).or(waits),
            },
        })
    }

    /// The visits in reach of a vehicle, nearest first. `new` = it is on no list yet; `seeks` = its tour was
    /// taken away, for this reason.
    fn in_reach(
        &self,
        ground: &Ground<'_>,
        index: usize,
        new: bool,
        seeks: Option<&'static str>,
    ) -> Result<Vec<InReach>, NotPlaced> {
        let Ground { inputs, region, .. } = ground;
        let place = region.located[index].as_ref().ok_or("no_place")?;
        let from = ground.nearness.from(place);
        let outline = &region.needs.outlines[index];
        let customer = &vehicle_of(&inputs.ingested.tables, index).customer;
        let mut found = Vec::new();
        for (position, visit) in self.visits.iter().enumerate() {
            // Nobody seeks a place where the team has been already, or joins a tour that is out or home.
            let been = seeks.is_some() && visit.first_day <= inputs.today;
            if been || (new && self.has_left(visit.tour, inputs)) {
                continue;
            }
            let point = &region.points[visit.point];
            if !point.point.serves(customer) {
                continue;
            }
            let Some(km) = from.km(visit.point) else {
                continue;
            };
            let expected = outline.expected(point.point.lift);
            // Who knows the place and says yes: the distance has spoken already.
            let share = if said_yes(inputs, index) {
                1.0
            } else {
                ground.nearness.reach().share(km)
            };
            found.push((position, km, share, expected.hours, expected.value));
        }
        if found.is_empty() {
            let mut points = region.points.iter().enumerate();
            let near_any = points.any(|(position, point)| {
                point.point.serves(customer) && from.km(position).is_some()
            });
            let why = if near_any {
                "not_this_month"
            } else {
                "out_of_reach"
            };
            return Err(seeks.unwrap_or(why).into());
        }
        found.sort_by(|a: &InReach, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        Ok(found)
    }

    /// The claim of a vehicle after the calls, with the visit it had, by position, where that is still made;
    /// `None` before any call, for whom was on no list.
    fn claim_of(&self, ground: &Ground<'_>, index: usize) -> Option<(Claim, Option<usize>)> {
        let inputs = ground.inputs;
        let given = inputs.given?;
        let vehicle = vehicle_of(&inputs.ingested.tables, index);
        let answer = given.said(&vehicle.id, inputs.month).answer;
        let one = ground.places.get(vehicle.id.as_str()).copied();
        if one.is_none() && answer.is_none() {
            return None;
        }
        let position = one.and_then(|one| self.visit_now(ground.region, given, one));
        if let (Some(one), Some(at)) = (one, position)
            && self.has_left(self.visits[at].tour, inputs)
        {
            return Some((as_it_left(one), position));
        }
        let called_out = position.is_some_and(|position| {
            let depart = self.first_day(self.visits[position].tour);
            inputs.today > last_call_day(inputs.settings, depart)
        });
        let refuses = vehicle.do_not_call || answer.is_some_and(|a| a.do_not_call == Some(true));
        Some((claim(one, answer, refuses, called_out), position))
    }

    /// Whether a tour is out or home; only where tours are given can one have left.
    pub(super) fn has_left(&self, tour: usize, inputs: &PlanInputs<'_>) -> bool {
        inputs.given.is_some() && self.first_day(tour) < inputs.today
    }

    /// The visit that is now what a vehicle's was: the same point in the same tour, whatever its stop; for a
    /// booking also another tour that is there on its day.
    fn visit_now(
        &self,
        region: &Region<'_>,
        given: &Given<'_>,
        one: &CalledVehicle,
    ) -> Option<usize> {
        let point = point_of(given.last, &one.visit)?;
        let day = one.slot.get(..10).and_then(Date::parse_iso);
        let there = |visit: &VisitPlan| region.points[visit.point].point.id == point;
        let holds = |visit: &VisitPlan| {
            day.is_some_and(|day| visit.first_day <= day && day <= visit.last_day)
        };
        let find = |wanted: &dyn Fn(&VisitPlan) -> bool| {
            let found = |visit: &VisitPlan| there(visit) && wanted(visit);
            self.visits.iter().position(found)
        };
        let same_tour = |visit: &VisitPlan| self.tours[visit.tour].id == one.tour;
        find(&|visit| same_tour(visit) && holds(visit))
            .or_else(|| find(&holds))
            .or_else(|| find(&same_tour))
    }

    /// The visit nearest to a vehicle, where one is in reach.
    fn nearest(&self, ground: &Ground<'_>, index: usize) -> Option<usize> {
        let region = ground.region;
        let place = region.located[index].as_ref()?;
        let from = ground.nearness.from(place);
        let customer = &vehicle_of(&ground.inputs.ingested.tables, index).customer;
        let visits = self.visits.iter().enumerate();
        let km = visits.filter_map(|(position, visit)| {
            let point = &region.points[visit.point];
            if !point.point.serves(customer) {
                return None;
            }
            let km = from.km(visit.point)?;
            Some((position, km))
        });
        let nearest = km.min_by(|a, b| a.1.total_cmp(&b.1));
        nearest.map(|(position, _)| position)
    }

    /// Why a vehicle gets no place while a tour is changed, if so. Who seeks one finds it on that tour only.
    fn waits(
        &self,
        holds: &Holds<'_>,
        held: Option<&Held>,
        in_reach: &mut Vec<InReach>,
    ) -> Option<&'static str> {
        match (held?, holds.changing()) {
            (Held::Waits(why), _) => Some(why),
            (Held::Seeks(why, _), Some(changing)) => {
                let there = |reach: &InReach| self.tours[self.visits[reach.0].tour].id == changing;
                if in_reach.iter().any(there) {
                    in_reach.retain(there);
                    None
                } else {
                    Some(why)
                }
            }
            _ => None,
        }
    }
}
