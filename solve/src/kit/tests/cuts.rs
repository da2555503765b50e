//! The cuts against every kit there is: what they choose, what they prove, and the flow under them.

use super::super::closure::{Frontier, closure, frontier, price};
use super::super::exact::{Goal, best_kit};
use super::super::maxflow::{Network, UNLIMITED};
use super::super::outcomes::Requirements;
use super::super::shelf::Shelf;
use super::*;

/// Every stock up to these.
fn every_stock(caps: &[u32]) -> Vec<Vec<u32>> {
    let mut kits = vec![Vec::new()];
    for &most in caps {
        let longer = |kit: &Vec<u32>, units| [kit.as_slice(), &[units]].concat();
        kits = kits
            .iter()
            .flat_map(|kit| (0..=most).map(move |units| longer(kit, units)))
            .collect();
    }
    kits
}

/// Cost and fill of every kit within the caps, the fill outcome by outcome.
fn every_kit(problem: &KitProblem, caps: &[u32]) -> Vec<(Vec<u32>, f64, f64)> {
    let outcomes = coin_by_coin(problem);
    let score = |kit: Vec<u32>| {
        let each = kit.iter().zip(&problem.parts);
        let cost = each
            .map(|(units, part)| f64::from(*units) * part.cost)
            .sum();
        let fill = fill_by_hand(problem, &outcomes, &kit);
        (kit, cost, fill)
    };
    every_stock(caps).into_iter().map(score).collect()
}

/// The best bound any price of a job proves: the lower hull of (fill, cost) at the target, edge by edge.
fn best_bound(kits: &[(Vec<u32>, f64, f64)], target: f64) -> f64 {
    let (below, above): (Vec<_>, Vec<_>) = kits.iter().partition(|(_, _, fill)| *fill < target);
    let mut least = f64::INFINITY;
    for (_, dear, more) in &above {
        least = least.min(*dear);
        for (_, cheap, less) in &below {
            let share = (target - less) / (more - less);
            least = least.min(cheap + share * (dear - cheap));
        }
    }
    least
}

struct Question {
    problem: KitProblem,
    requirements: Requirements,
    caps: Vec<u32>,
    kits: Vec<(Vec<u32>, f64, f64)>,
}

impl Question {
    fn of(problem: KitProblem) -> Self {
        let problem = KitProblem {
            policy: UsePolicy::Partial,
            ..problem
        };
        let caps = demand::caps(&problem, &part_demand(&problem));
        Self {
            requirements: outcomes::enumerated(&problem).expect("small"),
            kits: every_kit(&problem, &caps),
            problem,
            caps,
        }
    }

    fn cost(&self) -> Vec<f64> {
        self.problem.parts.iter().map(|part| part.cost).collect()
    }

    fn most(&self) -> f64 {
        self.kits.iter().fold(0.0, |most, kit| kit.2.max(most))
    }

    fn frontier(&self, target: f64, near: Option<&Frontier>) -> Frontier {
        let (requirements, cost) = (&self.requirements, self.cost());
        frontier(requirements, &cost, &self.caps, target, 200, near)
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_cuts_prove_the_best_bound_that_a_price_of_a_job_gives(problem in small_problem()) {
        let asked = Question::of(problem);
        let target = asked.problem.target_job_fill.min(asked.most() - 1e-9);
        if target > 0.0 && !asked.requirements.rows.is_empty() {
            let best = best_bound(&asked.kits, target);
            let lower = asked.frontier(target * 0.9, None);
            for near in [None, Some(&lower)] {
                let found = asked.frontier(target, near);
                // Capacities are whole numbers: a billionth of the costs and of the price of a job may be lost.
                let hair = 1e-6 + 4e-9 * (price(&asked.cost(), &asked.caps) + found.slope);
                prop_assert!((found.bound - best).abs() < hair, "{} against {best}", found.bound);
                // What it proves for any lower target too, by its slope.
                let lowest = asked.kits.iter().map(|(_, cost, fill)| cost - found.slope * fill);
                let proven = lowest.fold(f64::INFINITY, f64::min);
                prop_assert!((found.bound - found.slope * target - proven).abs() < hair);
                let fill = |kit: &Vec<u32>| asked.requirements.job_fill(kit);
                prop_assert!(fill(&found.below) < target && fill(&found.above) >= target);
            }
        }
    }

    #[test]
    fn a_cut_takes_the_smallest_of_the_kits_that_earn_most(problem in small_problem(), lambda in 1.0_f64..400.0) {
        let asked = Question::of(problem);
        let none = vec![0; asked.caps.len()];
        let kit = closure(&asked.requirements, &asked.cost(), &none, &asked.caps, lambda);
        let most = asked.kits.iter().map(|(_, cost, fill)| lambda * fill - cost);
        let most = most.fold(f64::NEG_INFINITY, f64::max);
        let earned = lambda * asked.requirements.job_fill(&kit) - price(&asked.cost(), &kit);
        let earned = if asked.requirements.rows.is_empty() { most } else { earned };
        prop_assert!((earned - most).abs() < 1e-6, "{earned} of {most}");
        // Between that kit and the caps nothing more is earned; between nothing and it, it is found again.
        let inside = closure(&asked.requirements, &asked.cost(), &none, &kit, lambda);
        prop_assert_eq!(&inside, &kit);
        let outside = closure(&asked.requirements, &asked.cost(), &kit, &asked.caps, lambda);
        prop_assert_eq!(&outside, &kit);
    }

    #[test]
    fn looking_at_every_kit_finds_the_best_one_from_the_worst_start(problem in small_problem()) {
        let asked = Question::of(problem);
        let limits = Limits::of(&asked.problem, asked.caps.clone());
        let allowed: Vec<_> = asked.kits.iter().filter(|kit| limits.fits(&kit.0)).collect();
        let mut shelf = Shelf::empty(&asked.requirements, asked.caps.len());
        let (most, target) = (asked.most(), asked.problem.target_job_fill);
        if !asked.requirements.rows.is_empty() {
            // The fullest from nothing, and of those the cheapest.
            let none = vec![0; asked.caps.len()];
            let kit = best_kit(&mut shelf, &limits, Goal::Fullest, &none, 1 << 40).expect("enough work");
            let fullest = allowed.iter().fold(0.0_f64, |most, kit| kit.2.max(most));
            prop_assert!(limits.fits(&kit));
            prop_assert!((asked.requirements.job_fill(&kit) - fullest).abs() < 1e-9);
            let cheapest = |share: f64| {
                let enough = allowed.iter().filter(|kit| kit.2 >= share - 1e-11);
                enough.map(|kit| kit.1).fold(f64::INFINITY, f64::min)
            };
            prop_assert!((price(&limits.cost, &kit) - cheapest(fullest)).abs() < 1e-6, "{kit:?}");
            // The cheapest that reaches the target, from the dearest; where the van is too small for all, from there.
            if target <= most && cheapest(target).is_finite() {
                let goal = Goal::Cheapest(shelf.threshold(target - 1e-12));
                let start = if limits.fits(&asked.caps) { asked.caps.clone() } else { kit };
                let kit = best_kit(&mut shelf, &limits, goal, &start, 1 << 40).expect("enough work");
                prop_assert!(limits.fits(&kit) && asked.requirements.job_fill(&kit) >= target - 1e-11);
                prop_assert!((price(&limits.cost, &kit) - cheapest(target)).abs() < 1e-6, "{kit:?}");
            }
        }
    }

    #[test]
    fn the_source_side_of_a_flow_is_the_smallest_of_the_cheapest_cuts(
        edges in prop::collection::vec((0_usize..7, 0_usize..7, 0_i64..12), 1..24),
        endless in 2_usize..7,
    ) {
        let edges: Vec<_> = edges.into_iter().filter(|(from, to, _)| from != to)
            .map(|(from, to, room)| (from, to, if (from, to) == (endless, 2) { UNLIMITED } else { room }))
            .collect();
        let mut network = Network::default();
        for &(from, to, room) in &edges {
            network.edge(from, to, room);
        }
        let side = network.source_side(7, 0, 1);
        let cost = |set: u32| -> i64 {
            let cut = edges.iter().filter(|(from, to, _)| set >> from & 1 == 1 && set >> to & 1 == 0);
            cut.map(|edge| edge.2).fold(0, i64::saturating_add)
        };
        // Every set with the source and without the sink.
        let sets: Vec<u32> = (0..1 << 7).filter(|set| set & 3 == 1).collect();
        let least = sets.iter().map(|set| cost(*set)).min().expect("some set");
        let smallest = sets.iter().filter(|set| cost(**set) == least).fold(u32::MAX, |all, set| all & set);
        let found = (0..7).filter(|node| side[*node]).fold(0, |set, node| set | 1 << node);
        prop_assert_eq!(found, smallest);
    }
}
