//! Responsible for: choosing named people for tours: skills covered, seats and days off kept, load even.
//! Not responsible for: how many technicians a tour needs (`hours`), or saying what is missing (`witness`).
//!
//! Every crew a tour could have is listed; a depth-first search over the tours picks one each, so that nobody is in two
//! places. Best first: a proper leader on as many tours as possible, then fewest people, then the most even load
//! (least sum of squared hours), then the lowest numbers. The search is exact within its work budget.

use serde::{Deserialize, Serialize};

use super::witness::{Lack, Shortfall, shortfall};

/// The most crews listed for one tour, and the most steps of the search.
const CREWS: usize = 60_000;
const STEPS: u64 = 300_000;

/// People and the tours that need them. Days are indices of the month's days.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct AssignmentProblem {
    /// At most 64 people.
    pub people: Vec<Person>,
    /// The tours.
    pub tours: Vec<TourNeed>,
}

/// One person.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Person {
    /// Skills by index, in any order.
    pub skills: Vec<usize>,
    /// `days[d]` = can go on day d; days past the end are off.
    pub days: Vec<bool>,
    /// Can do work on vehicles.
    pub technician: bool,
    /// Has the role of a tour leader.
    pub leader: bool,
    /// Drives the van.
    pub driver: bool,
    /// Seniority; higher leads.
    pub rank: u32,
    /// Hours of work a day.
    pub hours_per_day: f64,
    /// Hours already planned this month.
    pub load_hours: f64,
}

/// What one tour needs.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TourNeed {
    /// First day, inclusive.
    pub first_day: usize,
    /// Last day, inclusive.
    pub last_day: usize,
    /// Seats in the van.
    pub seats: u32,
    /// Technicians who work, exactly.
    pub technicians: u32,
    /// Skills needed with the hours of work that need them (0 = only somebody who can), over the whole tour.
    pub skills: Vec<(usize, f64)>,
    /// Somebody must drive.
    pub needs_driver: bool,
}

/// Who goes, tour by tour.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Assignment {
    /// In the order of the tours.
    pub tours: Vec<TourCrew>,
    /// True where no better assignment exists by the order in the module's head.
    pub proven: bool,
}

/// The people of one tour, each from its first day to its last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TourCrew {
    /// Those who work, ascending.
    pub technicians: Vec<usize>,
    /// The one who leads: one of the technicians, or a further person.
    pub leader: usize,
    /// One who drives, if one does: not the leader where there is a choice.
    pub driver: Option<usize>,
}

impl TourCrew {
    /// Everybody in the van, ascending.
    pub fn people(&self) -> Vec<usize> {
        let mut people = self.technicians.clone();
        people.push(self.leader);
        people.sort_unstable();
        people.dedup();
        people
    }
}

impl Person {
    /// True if the person has the skill.
    pub(super) fn has(&self, skill: usize) -> bool {
        self.skills.contains(&skill)
    }

    /// True if no day of the tour is a day off.
    pub(super) fn free_for(&self, tour: &TourNeed) -> bool {
        (tour.first_day..=tour.last_day).all(|day| self.days.get(day) == Some(&true))
    }
}

impl TourNeed {
    /// Days away, first and last included.
    pub(super) fn days(&self) -> usize {
        (self.last_day + 1).saturating_sub(self.first_day)
    }
}

/// A crew a tour could have.
#[derive(Debug, Clone)]
struct Crew {
    mask: u64,
    /// Leaderless by role, then people: smaller is better.
    rank: (u32, u32),
    technicians: Vec<usize>,
    leader: usize,
}

/// Names the people.
///
/// # Errors
/// [`Shortfall`] with what is short, when, and who there is.
pub fn assign(problem: &AssignmentProblem) -> Result<Assignment, Shortfall> {
    let mut crews = Vec::with_capacity(problem.tours.len());
    let mut cut_short = problem.people.len() > 64;
    for (index, tour) in problem.tours.iter().enumerate() {
        let (list, all) = crews_for(problem, tour);
        cut_short |= !all;
        if list.is_empty() {
            return Err(why_not(problem, Some(index), cut_short));
        }
        crews.push(list);
    }
    let mut order: Vec<usize> = (0..problem.tours.len()).collect();
    order.sort_by_key(|tour| {
        (
            problem
                .tours
                .get(*tour)
                .map(|need| (need.first_day, need.last_day)),
            *tour,
        )
    });
    let mut least_rank = vec![(0, 0); order.len() + 1];
    for (place, tour) in order.iter().enumerate().rev() {
        let first = crews
            .get(*tour)
            .and_then(|list| list.first())
            .map_or((0, 0), |crew| crew.rank);
        let rest: (u32, u32) = least_rank.get(place + 1).copied().unwrap_or((0, 0));
        if let Some(slot) = least_rank.get_mut(place) {
            *slot = (first.0 + rest.0, first.1 + rest.1);
        }
    }
    let load = problem
        .people
        .iter()
        .map(|person| person.load_hours)
        .collect();
    let mut search = Search {
        problem,
        crews,
        order,
        least_rank,
        load,
        chosen: Vec::new(),
        best: None,
        steps: 0,
    };
    search.descend(0, (0, 0));
    let exhausted = search.steps >= STEPS;
    match search.best.take() {
        Some((_, chosen)) => Ok(Assignment {
            tours: search.named(&chosen),
            proven: !exhausted && !cut_short,
        }),
        None => Err(why_not(problem, None, exhausted || cut_short)),
    }
}

/// What is short; where not everything was tried and nothing plain is, that there may be an assignment.
fn why_not(problem: &AssignmentProblem, stuck: Option<usize>, cut_short: bool) -> Shortfall {
    let plain = shortfall(problem, stuck);
    if plain.lack != Lack::Together || !cut_short {
        return plain;
    }
    let tours = (0..problem.tours.len()).collect();
    let people = (0..problem.people.len()).collect();
    Shortfall {
        lack: Lack::SearchBudget,
        day: None,
        tours,
        people,
        needed: 0,
        there: 0,
    }
}

/// Every crew for one tour, best rank first; false if the list was cut short.
fn crews_for(problem: &AssignmentProblem, tour: &TourNeed) -> (Vec<Crew>, bool) {
    let free = |technician: bool| {
        let able = move |person: &Person| {
            if technician {
                person.technician
            } else {
                person.leader
            }
        };
        let mut people: Vec<usize> = (0..problem.people.len().min(64))
            .filter(|p| {
                problem
                    .people
                    .get(*p)
                    .is_some_and(|person| able(person) && person.free_for(tour))
            })
            .collect();
        let load = |p: &usize| {
            problem
                .people
                .get(*p)
                .map_or(0.0, |person| person.load_hours)
        };
        people.sort_by(|a, b| load(a).total_cmp(&load(b)).then(a.cmp(b)));
        people
    };
    let (technicians, leaders) = (free(true), free(false));
    let mut list = Vec::new();
    let mut picked = Vec::new();
    let mut tried = 0;
    let all = pick(
        &technicians,
        tour.technicians as usize,
        &mut picked,
        &mut tried,
        &mut |picked| {
            add_crews(problem, tour, picked, &leaders, &mut list);
            list.len() < CREWS
        },
    );
    list.sort_by_key(|crew: &Crew| (crew.rank, crew.mask, crew.leader));
    (list, all)
}

/// Calls `found` with every choice of `count`, in order; stops where it says false or too many were tried.
fn pick(
    from: &[usize],
    count: usize,
    picked: &mut Vec<usize>,
    tried: &mut usize,
    found: &mut impl FnMut(&[usize]) -> bool,
) -> bool {
    if picked.len() == count {
        *tried += 1;
        return found(picked) && *tried < CREWS * 10;
    }
    for (place, &person) in from.iter().enumerate() {
        if from.len() - place < count - picked.len() {
            break;
        }
        picked.push(person);
        let go_on = pick(
            from.get(place + 1..).unwrap_or(&[]),
            count,
            picked,
            tried,
            found,
        );
        picked.pop();
        if !go_on {
            return false;
        }
    }
    true
}

/// The crews with exactly these technicians: led by one of them, or by a further person with the role.
fn add_crews(
    problem: &AssignmentProblem,
    tour: &TourNeed,
    picked: &[usize],
    leaders: &[usize],
    list: &mut Vec<Crew>,
) {
    if !skills_covered(problem, tour, picked) {
        return;
    }
    let mut technicians = picked.to_vec();
    technicians.sort_unstable();
    let mask = technicians
        .iter()
        .fold(0_u64, |mask, person| mask | 1 << person);
    let mut add = |leader: usize, without_role: u32| {
        let mask = mask | 1 << leader;
        let drives = |p: usize| {
            mask >> p & 1 == 1 && problem.people.get(p).is_some_and(|person| person.driver)
        };
        if mask.count_ones() <= tour.seats && (!tour.needs_driver || (0..64).any(drives)) {
            let rank = (without_role, mask.count_ones());
            list.push(Crew {
                mask,
                rank,
                technicians: technicians.clone(),
                leader,
            });
        }
    };
    let senior = |with_role: bool| {
        let fitting = technicians
            .iter()
            .copied()
            .filter_map(|p| Some((p, problem.people.get(p)?)));
        let fitting = fitting.filter(|(_, person)| !with_role || person.leader);
        fitting
            .max_by_key(|(p, person)| (person.rank, std::cmp::Reverse(*p)))
            .map(|(p, _)| p)
    };
    if let Some(leader) = senior(true) {
        add(leader, 0);
    } else if let Some(leader) = senior(false) {
        add(leader, 1);
    }
    // A further person may be the only one who drives, so this is tried in any case.
    for &leader in leaders.iter().filter(|leader| mask >> **leader & 1 == 0) {
        add(leader, 0);
    }
}

/// Each skill is there, and for every set of skills the people who have any of them have the hours (Hall).
fn skills_covered(problem: &AssignmentProblem, tour: &TourNeed, picked: &[usize]) -> bool {
    let people: Vec<&Person> = picked
        .iter()
        .filter_map(|p| problem.people.get(*p))
        .collect();
    if !tour
        .skills
        .iter()
        .all(|need| people.iter().any(|person| person.has(need.0)))
    {
        return false;
    }
    // Past twelve skills only single ones and all together are looked at.
    let count = tour.skills.len();
    let enough = |set: &dyn Fn(usize) -> bool| {
        let needs = || {
            tour.skills
                .iter()
                .enumerate()
                .filter(|(n, _)| set(*n))
                .map(|(_, need)| need)
        };
        let wanted: f64 = needs().map(|need| need.1).sum();
        let able = people
            .iter()
            .filter(|person| needs().any(|need| person.has(need.0)));
        let there: f64 = able
            .map(|person| person.hours_per_day * tour.days() as f64)
            .sum();
        wanted <= there + 1e-9
    };
    if count <= 12 {
        (1..1_u32 << count).all(|set| enough(&|n| set >> n & 1 == 1))
    } else {
        (0..count).all(|one| enough(&|n| n == one)) && enough(&|_| true)
    }
}

/// What is compared: leaderless tours and people, then the sum of squared hours.
type Score = ((u32, u32), f64);

struct Search<'a> {
    problem: &'a AssignmentProblem,
    crews: Vec<Vec<Crew>>,
    /// Tours by first day.
    order: Vec<usize>,
    /// The least rank the tours from a place on add.
    least_rank: Vec<(u32, u32)>,
    load: Vec<f64>,
    /// Per place in `order`, the crew taken.
    chosen: Vec<usize>,
    best: Option<(Score, Vec<usize>)>,
    steps: u64,
}

impl Search<'_> {
    fn descend(&mut self, place: usize, rank: (u32, u32)) {
        self.steps += 1;
        let squares: f64 = self.load.iter().map(|hours| hours * hours).sum();
        let rest = self.least_rank.get(place).copied().unwrap_or((0, 0));
        let at_least: Score = ((rank.0 + rest.0, rank.1 + rest.1), squares);
        if self
            .best
            .as_ref()
            .is_some_and(|(best, _)| !better(&at_least, best))
        {
            return;
        }
        let Some(&tour) = self.order.get(place) else {
            self.best = Some(((rank, squares), self.chosen.clone()));
            return;
        };
        let taken = self.taken(tour, place);
        let mut options: Vec<((u32, u32), f64, usize)> = Vec::new();
        for (index, crew) in self.crews.get(tour).into_iter().flatten().enumerate() {
            if crew.mask & taken == 0 {
                options.push((crew.rank, self.added_squares(tour, crew.mask), index));
            }
        }
        options.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));
        for (own, _, index) in options {
            if self.steps >= STEPS {
                return;
            }
            let Some(mask) = self.mask(tour, index) else {
                continue;
            };
            self.shift_load(tour, mask, 1.0);
            self.chosen.push(index);
            self.descend(place + 1, (rank.0 + own.0, rank.1 + own.1));
            self.chosen.pop();
            self.shift_load(tour, mask, -1.0);
        }
    }

    fn mask(&self, tour: usize, crew: usize) -> Option<u64> {
        Some(self.crews.get(tour)?.get(crew)?.mask)
    }

    /// Everybody on an already decided tour that shares a day with this one.
    fn taken(&self, tour: usize, place: usize) -> u64 {
        let Some(own) = self.problem.tours.get(tour) else {
            return 0;
        };
        let decided = self.order.iter().take(place).zip(&self.chosen);
        let meets =
            |other: &TourNeed| own.first_day <= other.last_day && other.first_day <= own.last_day;
        decided
            .filter(|(other, _)| self.problem.tours.get(**other).is_some_and(meets))
            .filter_map(|(other, crew)| self.mask(*other, *crew))
            .fold(0, |all, mask| all | mask)
    }

    fn hours(&self, tour: usize, person: usize) -> f64 {
        let days = self.problem.tours.get(tour).map_or(0, TourNeed::days);
        self.problem
            .people
            .get(person)
            .map_or(0.0, |person| person.hours_per_day * days as f64)
    }

    fn added_squares(&self, tour: usize, mask: u64) -> f64 {
        members(mask)
            .map(|person| {
                let (load, more) = (
                    self.load.get(person).copied().unwrap_or(0.0),
                    self.hours(tour, person),
                );
                more * (2.0 * load + more)
            })
            .sum()
    }

    fn shift_load(&mut self, tour: usize, mask: u64, sign: f64) {
        for person in members(mask) {
            let more = self.hours(tour, person);
            if let Some(load) = self.load.get_mut(person) {
                *load += sign * more;
            }
        }
    }

    fn named(&self, chosen: &[usize]) -> Vec<TourCrew> {
        let mut tours: Vec<(usize, TourCrew)> = Vec::with_capacity(chosen.len());
        for (tour, crew) in self.order.iter().zip(chosen) {
            let Some(crew) = self.crews.get(*tour).and_then(|list| list.get(*crew)) else {
                continue;
            };
            let drives = |p: &usize| {
                self.problem
                    .people
                    .get(*p)
                    .is_some_and(|person| person.driver)
            };
            let other = members(crew.mask)
                .filter(|p| *p != crew.leader)
                .find(drives);
            let driver = other.or_else(|| Some(crew.leader).filter(drives));
            tours.push((
                *tour,
                TourCrew {
                    technicians: crew.technicians.clone(),
                    leader: crew.leader,
                    driver,
                },
            ));
        }
        tours.sort_by_key(|entry| entry.0);
        tours.into_iter().map(|entry| entry.1).collect()
    }
}

/// Squares are compared with room for rounding, so that an equal assignment found later does not replace the first.
fn better(a: &Score, b: &Score) -> bool {
    a.0 < b.0 || (a.0 == b.0 && a.1 < b.1 - 1e-6)
}

fn members(mask: u64) -> impl Iterator<Item = usize> {
    (0..64).filter(move |person| mask >> person & 1 == 1)
}
