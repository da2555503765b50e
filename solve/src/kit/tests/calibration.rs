//! Are the figures a kit is reported with met on the road? Tours are driven here by other means than the engine's.

use super::*;

/// A linear congruential generator (Knuth's MMIX constants), its upper bits: not the engine's stream.
struct Road(u64);

impl Road {
    fn happens(&mut self, p: f64) -> bool {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 11) as f64) < p * 9_007_199_254_740_992.0
    }
}

/// What was seen on many tours.
struct Seen {
    tours: f64,
    needing: f64,
    completed: f64,
    whole: f64,
    /// By part: units asked for, and their squares.
    asked: Vec<(f64, f64)>,
    served: f64,
    /// Σ (completed − fill·needing)², with the fill it is asked about.
    scatter: f64,
}

fn drive(problem: &KitProblem, kit: &[u32], reported: f64, tours: u32, seed: u64) -> Seen {
    let mut road = Road(seed);
    let mut seen = Seen {
        tours: f64::from(tours),
        needing: 0.0,
        completed: 0.0,
        whole: 0.0,
        asked: vec![(0.0, 0.0); kit.len()],
        served: 0.0,
        scatter: 0.0,
    };
    for _ in 0..tours {
        let mut left: Vec<i64> = kit.iter().map(|units| i64::from(*units)).collect();
        let mut of_tour = vec![0_u32; kit.len()];
        let (mut needing, mut completed) = (0.0, 0.0);
        for job in &problem.jobs {
            if !road.happens(job.show) {
                continue;
            }
            let mut wanted = vec![0_u32; kit.len()];
            for item in &job.items {
                if road.happens(item.p) {
                    for line in &problem.items[item.item].bom {
                        wanted[line.part] += line.qty;
                    }
                }
            }
            if wanted.iter().all(|units| *units == 0) {
                continue;
            }
            needing += 1.0;
            let done = (0..kit.len()).all(|part| left[part] >= i64::from(wanted[part]));
            completed += f64::from(u8::from(done));
            for part in 0..kit.len() {
                of_tour[part] += wanted[part];
                if done || problem.policy == UsePolicy::Partial {
                    left[part] = (left[part] - i64::from(wanted[part])).max(0);
                }
            }
        }
        for (part, units) in of_tour.iter().enumerate() {
            let units = f64::from(*units);
            seen.asked[part].0 += units;
            seen.asked[part].1 += units * units;
            seen.served += units.min(f64::from(kit[part]));
        }
        seen.needing += needing;
        seen.completed += completed;
        seen.whole += f64::from(u8::from(completed == needing));
        seen.scatter += (completed - reported * needing).powi(2);
    }
    seen
}

fn is_met_on_the_road(name: &str, problem: &KitProblem, tours: u32) {
    let solution = solve(problem, 3).expect("valid");
    let seen = drive(problem, &solution.kit, solution.job_fill, tours, 20_261_201);
    let fill = seen.completed / seen.needing;
    assert!(
        (fill - solution.job_fill).abs() < 0.003,
        "{name}: reported {}, seen {fill}",
        solution.job_fill
    );
    let road_error = seen.scatter.sqrt() / seen.needing;
    let error = (road_error.powi(2) + solution.job_fill_error.powi(2)).sqrt();
    assert!(
        (fill - solution.job_fill).abs() < 3.0 * error,
        "{name}: reported {}, seen {fill}, standard error {error}",
        solution.job_fill
    );
    let whole = seen.whole / seen.tours;
    assert!(
        (whole - solution.tour_fill).abs() < 0.01,
        "{name}: {whole} {}",
        solution.tour_fill
    );
    let units: f64 = seen.asked.iter().map(|part| part.0).sum();
    assert!(
        (seen.served / units - solution.part_fill).abs() < 0.003,
        "{name}"
    );
    for (part, expected) in expectations(problem, &solution.kit).iter().enumerate() {
        let mean = seen.asked[part].0 / seen.tours;
        let variance = seen.asked[part].1 / seen.tours - mean * mean;
        let error = (variance / seen.tours).sqrt();
        assert!(
            (mean - expected.need).abs() <= 3.0 * error + 1e-12,
            "{name}, part {part}: expected {}, seen {mean} ± {error}",
            expected.need
        );
    }
}

#[test]
fn an_enumerated_kits_figures_are_met_on_200_000_fresh_tours() {
    for (name, text) in FIXTURES {
        for policy in [UsePolicy::Partial, UsePolicy::AllOrNothing] {
            is_met_on_the_road(
                name,
                &KitProblem {
                    policy,
                    ..read(text)
                },
                200_000,
            );
        }
    }
}

#[test]
fn a_sampled_kits_figures_are_met_on_200_000_fresh_tours() {
    for policy in [UsePolicy::Partial, UsePolicy::AllOrNothing] {
        is_met_on_the_road("long tour", &long_tour(policy), 200_000);
        // As many vehicles as a team sees in a week.
        let mut week = long_tour(policy);
        week.jobs = vec![week.jobs; 4].concat();
        is_met_on_the_road("week", &week, 200_000);
    }
}
